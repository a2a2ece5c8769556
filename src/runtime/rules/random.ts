// `random(p: 0.1)`: each pair with the probability p. A row is its number of connections, which is binomial, and then a sample without replacement: the same distribution as a draw for each pair.
import { lacksSelf, probability, sizeOf } from "../connectCheck.ts";
import { keepWhere, meanOfPairs, picker } from "../connectPick.ts";
import type { ConnectionRequest, Rows } from "../connectRequest.ts";
import { countedRows, foundRows, type Done } from "../connectRows.ts";
import { drawBinomial } from "../distributions/binomial.ts";
import { fillUniform, rowStream, stream } from "../random.ts";
import { PROBABILITY, type RuleDeclaration, type RuleMaking } from "./rule.ts";

export const RANDOM = {
  means: "each pair with the probability p, which may depend on `i`, `j`, `pre.x`, `post.x`",
  arguments: [PROBABILITY],
  draws: true,
  also: ["pairwise_bernoulli", "fixed_probability", "probability", "bernoulli"],
} as const satisfies RuleDeclaration;

export const makingRandom: RuleMaking = {
  check({ p, name }) {
    if (typeof p !== "function") probability(p ?? NaN, name);
  },
  predict: (request, mean) => meanOfPairs(request, request.p ?? 0, mean),
  build(request, done) {
    const p = typeof request.p === "function" ? (oneChance(request, request.p) ?? request.p) : (request.p ?? NaN);
    return typeof p === "function" ? varyingChance(request, p, done) : sameChance(request, p, done);
  },
};

/** What is rounded otherwise is no other probability. */
const ROUNDED = 1e-12;

/** The value of p at all pairs that may be connected, where it is one: how p is written decides nothing. Null where it varies, or there is no such pair. */
function oneChance(request: ConnectionRequest, p: (i: number, j: number) => number): number | null {
  const { source, target, where } = request;
  let one: number | null = null;
  for (let i = source.first; i <= source.last; i++) {
    const alone = lacksSelf(request, i) ? i : -1;
    for (let j = target.first; j <= target.last; j++) {
      if (j === alone || !(where?.(i, j) ?? true)) continue;
      const chance = probability(p(i, j), request.name, i, j);
      one ??= chance;
      if (Math.abs(chance - one) > ROUNDED * one) return null;
    }
  }
  return one;
}

/** A condition is asked about the pairs that were drawn only. */
function sameChance(request: ConnectionRequest, p: number, done: Done): Rows {
  const targets = sizeOf(request.target),
    { where } = request,
    lengths = stream(request.seed, `${request.name}/connect lengths`),
    pick = picker(request, "targets");
  const length = (i: number): number => {
    const possible = targets - (lacksSelf(request, i) ? 1 : 0);
    return Math.min(possible, drawBinomial(lengths, i, possible, p));
  };
  if (where === undefined) return countedRows(request, length, pick, done);
  return foundRows(
    request,
    targets,
    (i, out) => {
      const count = length(i);
      pick(i, count, out, 0);
      return keepWhere(where, i, out, count);
    },
    done,
  );
}

/** Pair (i, j) with probability p(i, j): draw number j of row i, whatever else is connected. */
function varyingChance(request: ConnectionRequest, p: (i: number, j: number) => number, done: Done): Rows {
  const { first, last } = request.target,
    draws = stream(request.seed, `${request.name}/connect`),
    chances = new Float64Array(last + 1),
    where = request.where ?? ((): boolean => true);
  return foundRows(
    request,
    last - first + 1,
    (i, out) => {
      fillUniform(chances, first, last + 1, rowStream(draws, i), 0);
      const alone = lacksSelf(request, i) ? i : -1;
      let count = 0;
      for (let j = first; j <= last; j++)
        if (j !== alone && where(i, j) && chances[j]! < probability(p(i, j), request.name, i, j)) out[count++] = j;
      return count;
    },
    done,
  );
}
