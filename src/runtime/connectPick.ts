// What rules choose from: a neuron's candidates at the other end, all of them or those that meet a condition, and samples of them.
import { demandCandidates, lacksSelf, possiblePairs, probability, sizeOf } from "./connectCheck.ts";
import { MOST } from "./connectMemory.ts";
import type { ConnectionRequest } from "./connectRequest.ts";
import type { MeanOf } from "./rules/rule.ts";
import { rowStream, stream } from "./random.ts";
import { sampleDistinct, sampleRepeated } from "./sampling.ts";

type Condition = (i: number, j: number) => boolean;

/** Samples `count` of a neuron's candidates, `sources` of a target or `targets` of a source, ascending, into out[at], out[at + 1], … What is drawn for a neuron comes from its own stream. */
export function picker(
  request: ConnectionRequest,
  of: "sources" | "targets",
  repeated: boolean = false,
  where?: Condition,
): (neuron: number, count: number, out: Int32Array, at: number) => void {
  const draws = stream(request.seed, `${request.name}/connect`),
    end = of === "sources" ? request.source : request.target;
  const candidates = new Int32Array(where === undefined ? 0 : sizeOf(end)),
    sample = repeated ? sampleRepeated : sampleDistinct;
  return (neuron, count, out, at) => {
    const row = rowStream(draws, neuron);
    if (where === undefined) {
      const lacks = lacksSelf(request, neuron);
      sample(out, at, count, sizeOf(end) - (lacks ? 1 : 0), row);
      number(out, at, count, end.first, lacks ? neuron - end.first : MOST);
      return;
    }
    const possible = (of === "sources" ? sourcesWhere : targetsWhere)(request, where, neuron, candidates);
    demandCandidates(request, of, count, possible, neuron);
    sample(out, at, count, possible, row);
    lookUp(out, at, count, candidates);
  };
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

/** The targets of source i that meet the condition, ascending, to out[0], out[1], …: how many they are. */
export function targetsWhere(request: ConnectionRequest, where: Condition, i: number, out: Int32Array): number {
  const { first, last } = request.target,
    alone = lacksSelf(request, i) ? i : -1;
  let count = 0;
  for (let j = first; j <= last; j++) if (j !== alone && where(i, j)) out[count++] = j;
  return count;
}

function sourcesWhere(request: ConnectionRequest, where: Condition, j: number, out: Int32Array): number {
  const { first, last } = request.source,
    alone = lacksSelf(request, j) ? j : -1;
  let count = 0;
  for (let i = first; i <= last; i++) if (i !== alone && where(i, j)) out[count++] = i;
  return count;
}

export function keepWhere(where: Condition, i: number, targets: Int32Array, count: number): number {
  let kept = 0;
  for (let k = 0; k < count; k++) if (where(i, targets[k]!)) targets[kept++] = targets[k]!;
  return kept;
}

/** The mean number of connections where each pair that may be connected is so with that chance. */
export function meanOfPairs(
  request: ConnectionRequest,
  chance: number | ((i: number, j: number) => number),
  mean: MeanOf,
): number {
  const { name, source, target, where } = request;
  if (typeof chance === "number" && where === undefined) return possiblePairs(request) * chance;
  return (
    sizeOf(source) *
    sizeOf(target) *
    mean((a, b) => {
      const i = source.first + a,
        j = target.first + b;
      if ((i === j && lacksSelf(request, i)) || !(where?.(i, j) ?? true)) return 0;
      return typeof chance === "number" ? chance : probability(chance(i, j), name, i, j);
    })
  );
}
