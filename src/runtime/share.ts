// How a network is divided among threads: each sees to a range of the neurons of every population, and to the connections that end there.
import type { NeuronRange } from "./gridStepper.ts";
import type { Segments } from "./network.ts";
import { pairedFill } from "./pairs.ts";
import type { GridProjection } from "./projection.ts";
import { fillNormal, fillUniform } from "./random.ts";

/** Number `part` of `parts`. */
export interface Share {
  readonly part: number;
  readonly parts: number;
}

/** Kernels take neurons two at a time, and random numbers come by sixteen. */
const NEURONS_TOGETHER = 16;

/** The neurons of a population of `size` that belong to a share. */
export function rangeOf(size: number, { part, parts }: Share): NeuronRange {
  return { low: boundOf(size, part, parts), high: boundOf(size, part + 1, parts) };
}

function boundOf(size: number, part: number, parts: number): number {
  return part === parts
    ? size
    : Math.min(size, NEURONS_TOGETHER * Math.round((size * part) / parts / NEURONS_TOGETHER));
}

/** The share that sees to neuron i. */
export function ownerOf(i: number, size: number, parts: number): number {
  let part = 0;
  while (i >= boundOf(size, part + 1, parts)) part++;
  return part;
}

/** For each boundary between shares, the first connection of each segment whose target is not before it. */
export type Boundaries = readonly Int32Array[];

export function fillBoundary(
  { connections: { starts, target } }: GridProjection,
  targets: number,
  { part, parts }: Share,
  boundary: Int32Array,
): void {
  const first = boundOf(targets, part, parts);
  for (let s = 0; s < boundary.length; s++) {
    let low = starts[s] as number,
      high = starts[s + 1] as number;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((target[middle] as number) < first) low = middle + 1;
      else high = middle;
    }
    boundary[s] = low;
  }
}

/** Whether all connections end in the share that they begin in, as those one to one do. */
export function staysInShares(
  { connections: { starts, target, delays, firstSource } }: GridProjection,
  sources: number,
  targets: number,
  parts: number,
): boolean {
  for (let s = 0; s < starts.length - 1; s++)
    for (let c = starts[s] as number; c < (starts[s + 1] as number); c++) {
      const source = firstSource + Math.floor(s / delays.length);
      if (ownerOf(source, sources, parts) !== ownerOf(target[c] as number, targets, parts)) return false;
    }
  return true;
}

/** Of each segment the connections that end in the share: within a segment targets ascend. `near`: of the sources in the share, all. */
export function segmentsIn(
  { connections: { starts } }: GridProjection,
  { part, parts }: Share,
  boundaries: Boundaries,
  near: boolean,
): Segments {
  return {
    near,
    from: part === 0 ? starts : (boundaries[part - 1] as Int32Array),
    to: part === parts - 1 ? starts.subarray(1) : (boundaries[part] as Int32Array),
    whole: false,
  };
}

/** The share of an array that nobody's neurons divide. */
export function pieceOf<A extends Float64Array | Float32Array>(values: A, { part, parts }: Share): A {
  const at = (k: number): number => Math.floor((values.length * k) / parts);
  return values.subarray(at(part), at(part + 1)) as A;
}

/** What emitted modules draw noise by, for the share that `shareOf` tells at the time. */
export function fillsOf(shareOf: () => Share): {
  readonly fillNormal: typeof fillNormal;
  readonly fillUniform: typeof fillUniform;
  readonly pairedFill: typeof pairedFill;
} {
  const inShare =
    (fill: typeof fillNormal): typeof fillNormal =>
    (out, _low, size, stream, step) => {
      const { low, high } = rangeOf(size, shareOf());
      fill(out, low, high, stream, step);
    };
  return {
    fillNormal: inShare(fillNormal),
    fillUniform: inShare(fillUniform),
    pairedFill: (kernels, name) => inShare(pairedFill(kernels, name)),
  };
}
