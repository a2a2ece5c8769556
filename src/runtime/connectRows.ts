// Three ways of coming by rows of connections: their lengths are known beforehand, show when they are made, or targets choose their sources.

import { sizeOf } from "./connectCheck.ts";
import { bytesFor, demandRoom, integers } from "./connectMemory.ts";
import { createPacking } from "./connectPacking.ts";
import type { ConnectionRequest, Rows } from "./connectRequest.ts";

/** Told which part of the work is done, 0 to 1. */
export type Done = (part: number) => void;

/** count(i) connections of source i, whose ascending targets `fill` writes to out[at], out[at + 1], … */
export function countedRows(
  request: ConnectionRequest,
  count: (i: number) => number,
  fill: (i: number, count: number, out: Int32Array, at: number) => void,
  done: Done,
): Rows {
  const sources = sizeOf(request.source),
    { first } = request.source,
    starts = integers(sources + 1, request.name);
  let connections = 0;
  for (let r = 0; r < sources; r++) {
    connections += count(first + r);
    starts[r + 1] = connections; // beyond 2^31 it is refused below
  }
  demandRoom(request, connections, bytesFor(request, connections, 1));
  const target = integers(connections, request.name);
  for (let r = 0; r < sources; r++) {
    fill(first + r, starts[r + 1]! - starts[r]!, target, starts[r]!);
    done((r + 1) / sources);
  }
  return { starts, target, pair: null };
}

/** Rows that `find` writes, ascending, to out[0], out[1], … and whose length it gives; `longest` is the most it may be. */
export function foundRows(
  request: ConnectionRequest,
  longest: number,
  find: (i: number, out: Int32Array) => number,
  done: Done,
): Rows {
  const sources = sizeOf(request.source),
    { first } = request.source,
    starts = integers(sources + 1, request.name),
    packing = createPacking(),
    row = new Int32Array(longest);
  for (let r = 0; r < sources; r++) {
    const count = find(first + r, row),
      connections = starts[r]! + count;
    demandRoom(request, connections, packing.bytes() + bytesFor(request, connections, 1));
    packing.append(row, count, request.target.first);
    starts[r + 1] = connections;
    done((0.9 * (r + 1)) / sources);
  }
  const target = integers(starts[sources]!, request.name);
  for (let r = 0; r < sources; r++) packing.next(target, starts[r]!, starts[r + 1]! - starts[r]!, request.target.first);
  done(1);
  return { starts, target, pair: null };
}

/** Every target has `count` sources, which `fill` writes, ascending, to out[0], out[1], … */
export function columns(
  request: ConnectionRequest,
  count: number,
  fill: (j: number, out: Int32Array) => void,
  done: Done,
): Rows {
  const sources = sizeOf(request.source),
    targets = sizeOf(request.target),
    { first } = request.source;
  demandRoom(request, count * targets, bytesFor(request, count * targets, 1));
  const starts = integers(sources + 1, request.name),
    packing = createPacking(),
    column = new Int32Array(count);
  for (let c = 0; c < targets; c++) {
    fill(request.target.first + c, column);
    tallySources(starts, column, count, first - 1);
    packing.append(column, count, first);
    done((0.6 * (c + 1)) / targets);
  }
  for (let r = 0; r < sources; r++) starts[r + 1]! += starts[r]!;
  const target = integers(count * targets, request.name),
    next = starts.slice();
  for (let c = 0; c < targets; c++) {
    packing.next(column, 0, count, first);
    placeTargets(target, next, column, count, first, request.target.first + c);
    done(0.6 + (0.4 * (c + 1)) / targets);
  }
  return { starts, target, pair: null };
}

function tallySources(counts: Int32Array, sources: Int32Array, count: number, first: number): void {
  for (let k = 0; k < count; k++) counts[sources[k]! - first]!++;
}

function placeTargets(
  target: Int32Array,
  next: Int32Array,
  sources: Int32Array,
  count: number,
  first: number,
  j: number,
): void {
  for (let k = 0; k < count; k++) target[next[sources[k]! - first]!++] = j;
}
