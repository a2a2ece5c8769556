// `total(n: 1000)`: n pairs drawn from all.
import { demandPairs, lacksSelf, possiblePairs, sizeOf, wholeNumber } from "../connectCheck.ts";
import { picker, targetsWhere } from "../connectPick.ts";
import { countedRows } from "../connectRows.ts";
import { drawBinomial } from "../distributions/binomial.ts";
import { drawHypergeometric } from "../distributions/hypergeometric.ts";
import { stream, type Stream } from "../random.ts";
import { NUMBER, type RuleDeclaration, type RuleMaking } from "./rule.ts";

export const TOTAL = {
  means: "n pairs drawn from all",
  arguments: [{ ...NUMBER, example: "1000", is: "pairs", also: ["N", "number"] }],
  draws: true,
  also: ["fixed_total_number"],
} as const satisfies RuleDeclaration;

export const makingTotal: RuleMaking = {
  check: (request) => demandPairs(request, wholeNumber(request), possiblePairs(request)),
  predict: ({ n = 0 }) => n,
  /** How many fall to each source, one source after the other given what is left, then a sample within its row. */
  build(request, done) {
    const { where, source, target, multiple } = request,
      n = wholeNumber(request),
      lengths = stream(request.seed, `${request.name}/connect lengths`),
      counts = new Int32Array(sizeOf(source));
    let possible = possiblePairs(request);
    if (where !== undefined) {
      const row = new Int32Array(sizeOf(target));
      possible = 0;
      for (let r = 0; r < counts.length; r++)
        possible += counts[r] = targetsWhere(request, where, source.first + r, row);
      demandPairs(request, n, possible);
    }
    let left = n;
    return countedRows(
      request,
      (i) => {
        const own = where === undefined ? sizeOf(target) - (lacksSelf(request, i) ? 1 : 0) : counts[i - source.first]!;
        const count =
          left === 0 || own === 0
            ? 0
            : multiple
              ? binomial(lengths, i, left, own / possible)
              : drawHypergeometric(lengths, i, possible, own, left);
        possible -= own;
        left -= count;
        return count;
      },
      picker(request, "targets", multiple, where),
      done,
    );
  },
};

/** Binomial for every n up to 2^31: in pieces of what a single draw can be. */
function binomial(lengths: Stream, i: number, n: number, p: number): number {
  const piece = 1e9;
  let sum = 0;
  for (let attempt = 0; n > 0; attempt++, n -= piece) {
    const trials = Math.min(n, piece);
    sum += Math.min(trials, drawBinomial(lengths, i, trials, p, attempt));
  }
  return sum;
}
