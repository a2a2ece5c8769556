// Who connects to whom, one rule after another, in time linear in the number of connections; with one test for each pair where a condition or a varying probability decides.
//
// What is drawn for a row comes from that row's stream. A row of `random` is its number of connections, which is binomial, and then a sample without replacement: the same
// distribution as a draw for each pair. `total` shares its connections out among the sources in the same manner.

import {
  demandCandidates,
  demandPairs,
  lacksSelf,
  possiblePairs,
  probability,
  sizeOf,
  wholeNumber,
} from "./connectCheck.ts";
import { integers, MOST } from "./connectMemory.ts";
import { pairRows } from "./connectPairs.ts";
import type { ConnectionRequest, Rows } from "./connectRequest.ts";
import { columns, countedRows, foundRows, type Done } from "./connectRows.ts";
import { drawBinomial, drawHypergeometric } from "./distributions.ts";
import { fillUniform, rowStream, stream, type Stream } from "./random.ts";
import { sampleDistinct, sampleRepeated } from "./sampling.ts";

export function buildRows(request: ConnectionRequest, done: Done): Rows {
  const { rule, where, p, target } = request,
    sources = sizeOf(request.source),
    targets = sizeOf(target);
  if ((sources === 0 || targets === 0) && rule !== "pairs")
    return { starts: integers(sources + 1, request.name), target: integers(0, request.name), pair: null };
  switch (rule) {
    case "all":
      if (where === undefined)
        return countedRows(request, (i) => targets - (lacksSelf(request, i) ? 1 : 0), picker(request, false), done);
      return foundRows(
        request,
        targets,
        (i, out) => targetsWhere(where, i, target.first, target.last, lacksSelf(request, i) ? i : -1, out),
        done,
      );
    case "one_to_one": {
      const partner = target.first - request.source.first;
      return foundRows(
        request,
        1,
        (i, out) => ((out[0] = i + partner), (where?.(i, i + partner) ?? true) ? 1 : 0),
        done,
      );
    }
    case "random":
      return typeof p === "function" ? varyingChance(request, p, done) : sameChance(request, p!, done);
    case "outdegree": {
      const n = wholeNumber(request);
      return countedRows(request, () => n, picker(request, request.multiple, where), done);
    }
    case "indegree": {
      const n = wholeNumber(request),
        pick = picker(request, request.multiple, where);
      return columns(request, n, (j, out) => pick(j, n, out, 0), done);
    }
    case "total":
      return total(request, done);
    case "pairs":
      return pairRows(request);
  }
}

/** Samples `count` of a neuron's candidates (sources of a target for `indegree`, else targets of a source), ascending, into out[at], out[at + 1], … */
function picker(
  request: ConnectionRequest,
  repeated: boolean,
  where?: (i: number, j: number) => boolean,
): (neuron: number, count: number, out: Int32Array, at: number) => void {
  const draws = stream(request.seed, `${request.name}/connect`),
    ofTargets = request.rule === "indegree",
    end = ofTargets ? request.source : request.target;
  const candidates = new Int32Array(where === undefined ? 0 : sizeOf(end)),
    sample = repeated ? sampleRepeated : sampleDistinct;
  return (neuron, count, out, at) => {
    const alone = lacksSelf(request, neuron) ? neuron : -1,
      row = rowStream(draws, neuron);
    if (where === undefined) {
      sample(out, at, count, sizeOf(end) - (alone < 0 ? 0 : 1), row);
      number(out, at, count, end.first, alone < 0 ? MOST : alone - end.first);
      return;
    }
    const possible = (ofTargets ? sourcesWhere : targetsWhere)(where, neuron, end.first, end.last, alone, candidates);
    demandCandidates(request, count, possible, neuron);
    sample(out, at, count, possible, row);
    lookUp(out, at, count, candidates);
  };
}

/** Each pair with probability p. A condition is asked about the pairs that were drawn only. */
function sameChance(request: ConnectionRequest, p: number, done: Done): Rows {
  const targets = sizeOf(request.target),
    { where } = request,
    lengths = stream(request.seed, `${request.name}/connect lengths`),
    pick = picker(request, false);
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

/** n of all candidate pairs: how many fall to each source, one source after the other given what is left, then a sample within its row. */
function total(request: ConnectionRequest, done: Done): Rows {
  const { where, source, target, multiple } = request,
    n = wholeNumber(request),
    lengths = stream(request.seed, `${request.name}/connect lengths`);
  const counts = new Int32Array(sizeOf(source)),
    alone = (i: number): number => (lacksSelf(request, i) ? i : -1);
  let possible = possiblePairs(request);
  if (where !== undefined) {
    const row = new Int32Array(sizeOf(target));
    possible = 0;
    for (let r = 0; r < counts.length; r++)
      possible += counts[r] = targetsWhere(
        where,
        source.first + r,
        target.first,
        target.last,
        alone(source.first + r),
        row,
      );
    demandPairs(request, n, possible);
  }
  let left = n;
  return countedRows(
    request,
    (i) => {
      const own = where === undefined ? sizeOf(target) - (alone(i) < 0 ? 0 : 1) : counts[i - source.first]!;
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
    picker(request, multiple, where),
    done,
  );
}

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

/** The x-th candidate's number in its population: those from `gap` on are one further. */
function number(out: Int32Array, at: number, count: number, first: number, gap: number): void {
  for (let k = at; k < at + count; k++) {
    const x = out[k]!;
    out[k] = first + x + (x >= gap ? 1 : 0);
  }
}

function lookUp(out: Int32Array, at: number, count: number, candidates: Int32Array): void {
  for (let k = at; k < at + count; k++) out[k] = candidates[out[k]!]!;
}

function targetsWhere(
  where: (i: number, j: number) => boolean,
  i: number,
  first: number,
  last: number,
  alone: number,
  out: Int32Array,
): number {
  let count = 0;
  for (let j = first; j <= last; j++) if (j !== alone && where(i, j)) out[count++] = j;
  return count;
}

function sourcesWhere(
  where: (i: number, j: number) => boolean,
  j: number,
  first: number,
  last: number,
  alone: number,
  out: Int32Array,
): number {
  let count = 0;
  for (let i = first; i <= last; i++) if (i !== alone && where(i, j)) out[count++] = i;
  return count;
}

function keepWhere(where: (i: number, j: number) => boolean, i: number, targets: Int32Array, count: number): number {
  let kept = 0;
  for (let k = 0; k < count; k++) if (where(i, targets[k]!)) targets[kept++] = targets[k]!;
  return kept;
}
