// Connections by target, for what a postsynaptic spike or a contribution of each connection must find.

import { integers } from "./connectMemory.ts";
import type { Connections } from "./connectRequest.ts";

/**
 * Connections by target: those of target j (number in its population) are position[starts[j]], … up to starts[j+1], ascending, with their sources
 * beside them. Length of `starts`: targetSize + 1.
 */
export function incoming(
  connections: Connections,
  targetSize: number,
): { readonly starts: Int32Array; readonly position: Int32Array; readonly source: Int32Array } {
  const { target, delays, firstSource } = connections,
    rows = (connections.starts.length - 1) / delays.length;
  const starts = integers(targetSize + 1, "connections by target"),
    position = integers(target.length, "connections by target"),
    source = integers(target.length, "connections by target");
  tallyTargets(starts, target);
  for (let j = 0; j < targetSize; j++) starts[j + 1]! += starts[j]!;
  const next = starts.slice();
  for (let r = 0; r < rows; r++)
    placeSources(
      position,
      source,
      next,
      target,
      connections.starts[r * delays.length]!,
      connections.starts[(r + 1) * delays.length]!,
      firstSource + r,
    );
  return { starts, position, source };
}

function tallyTargets(starts: Int32Array, target: Int32Array): void {
  for (let c = 0; c < target.length; c++) starts[target[c]! + 1]!++;
}

function placeSources(
  position: Int32Array,
  source: Int32Array,
  next: Int32Array,
  target: Int32Array,
  from: number,
  to: number,
  i: number,
): void {
  for (let c = from; c < to; c++) {
    const placeSources = next[target[c]!]!++;
    position[placeSources] = c;
    source[placeSources] = i;
  }
}
