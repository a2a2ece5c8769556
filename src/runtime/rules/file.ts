// `file("pairs.csv")`: connections that are listed one by one, checked, and put into rows without losing which of the list each one is.
import { lacksSelf, sizeOf } from "../connectCheck.ts";
import { ConnectionError } from "../connectError.ts";
import { bytesFor, demandRoom, integers } from "../connectMemory.ts";
import type { ConnectionEnd, ConnectionRequest, Rows } from "../connectRequest.ts";
import type { RuleDeclaration, RuleMaking } from "./rule.ts";

export const FILE = {
  means: "the pairs in the file, whose columns are `source`, `target` and, if wanted, values: `w (nS)`, `delay (ms)`",
  arguments: [
    { name: "path", what: "the path of a file in quotes", example: '"pairs.csv"', is: "path", unit: "1", also: [] },
  ],
  draws: false,
  also: [],
} as const satisfies RuleDeclaration;

export const makingPairs: RuleMaking = {
  check({ name, pairs }) {
    if (pairs === undefined || pairs.sources.length !== pairs.targets.length)
      throw new ConnectionError(name, `\`${name}\` needs as many sources as targets in its list of pairs`);
  },
  asks: ({ pairs }) => [pairs?.sources.length ?? 0, 1],
  predict({ pairs, where }, mean) {
    const given = pairs?.sources.length ?? 0;
    return given === 0 || where === undefined
      ? given
      : given * mean((k) => (where(pairs!.sources[k]!, pairs!.targets[k]!) ? 1 : 0));
  },
  build: pairRows,
};

/** Rows of the given pairs; parallel connections stay in the order of the list. A pair that the request does not allow is refused, never dropped. */
function pairRows(request: ConnectionRequest): Rows {
  const { name, source, target, where, pairs } = request,
    { sources, targets } = pairs!,
    kept = new Int32Array(sources.length);
  let count = 0;
  for (let k = 0; k < sources.length; k++) {
    const i = sources[k]!,
      j = targets[k]!;
    checkMember(i, source, "source", k, name);
    checkMember(j, target, "target", k, name);
    if (i === j && lacksSelf(request, i))
      throw new ConnectionError(name, `pair ${k + 1} of \`${name}\` connects neuron ${i} to itself: \`allow self\``);
    if (where?.(i, j) ?? true) kept[count++] = k;
  }
  demandRoom(request, count, bytesFor(request, count, 1));
  // By target, then by source: both keep the order of what is equal.
  const byTarget = sortBy(kept, count, targets, target, name).order;
  const { order: pair, starts } = sortBy(byTarget, count, sources, source, name),
    ordered = integers(count, name);
  for (let c = 0; c < count; c++) ordered[c] = targets[pair[c]!]!;
  if (!request.multiple) checkSingle(pair, ordered, sources, name);
  return { starts, target: ordered, pair };
}

function checkMember(neuron: number, end: ConnectionEnd, role: string, k: number, name: string): void {
  if (Number.isInteger(neuron) && neuron >= end.first && neuron <= end.last) return;
  const members = end.last < end.first ? "there are none" : `they are the neurons ${end.first} to ${end.last}`;
  throw new ConnectionError(
    name,
    `the ${role} of pair ${k + 1} of \`${name}\` is ${neuron}, which is none of its ${role}s: ${members}`,
  );
}

function checkSingle(pair: Int32Array, targets: Int32Array, sources: ArrayLike<number>, name: string): void {
  for (let c = 1; c < pair.length; c++) {
    const i = sources[pair[c]!]!;
    if (targets[c] !== targets[c - 1] || i !== sources[pair[c - 1]!]) continue;
    throw new ConnectionError(
      name,
      `pairs ${pair[c - 1]! + 1} and ${pair[c]! + 1} of \`${name}\` both connect neuron ${i} to neuron ${targets[c]}: \`allow multiple\``,
    );
  }
}

/** The first `count` of `numbers`, in ascending order of key[number], and where each key's begin. */
function sortBy(
  numbers: Int32Array,
  count: number,
  key: ArrayLike<number>,
  end: ConnectionEnd,
  name: string,
): { readonly order: Int32Array; readonly starts: Int32Array } {
  const order = integers(count, name),
    starts = integers(sizeOf(end) + 1, name);
  for (let c = 0; c < count; c++) starts[key[numbers[c]!]! - end.first + 1]!++;
  for (let k = 1; k < starts.length; k++) starts[k]! += starts[k - 1]!;
  const next = starts.slice();
  for (let c = 0; c < count; c++) order[next[key[numbers[c]!]! - end.first]!++] = numbers[c]!;
  return { order, starts };
}
