// Delays of connections: drawn row by row, then each row is sorted by them, so that what arrives of a spike at one time is one segment.

import { ConnectionError } from "./connectError.ts";
import { bytesFor, demandRoom, integers } from "./connectMemory.ts";
import type { Connections, ConnectionRequest, DelayOf, DelayRow, Rows } from "./connectRequest.ts";
import type { Done } from "./connectRows.ts";
import { rowStream, stream, type Stream } from "./random.ts";

/** Gives the rows their delays; `rows.target` and `rows.pair` are sorted in placeByDelay. */
export function withDelays(request: ConnectionRequest, rows: Rows, done: Done): Connections {
  const { delay, name } = request,
    { target, pair } = rows,
    count = target.length,
    firstSource = request.source.first;
  if (count === 0 || typeof delay === "number")
    return {
      count,
      delays: Int32Array.of(count === 0 ? 0 : (delay as number)),
      starts: rows.starts,
      target,
      rank: null,
      pair,
      firstSource,
    };
  // Until the rows are sorted, `rank` holds the delays: no more memory than in the end.
  const rank = integers(count, name),
    far = new Set<number>(),
    draws = stream(request.seed, `${name}/delay`),
    sources = rows.starts.length - 1;
  let seen = new Uint8Array(256);
  for (let r = 0; r < sources; r++) {
    const from = rows.starts[r]!,
      to = rows.starts[r + 1]!,
      i = firstSource + r;
    if (from < to) drawRow(delay, rank, from, to, rowStream(draws, i), i, target, pair, name);
    seen = reaching(seen, longest(rank, from, to));
    note(seen, far, rank, from, to);
    done((0.7 * (r + 1)) / sources);
  }
  const delays = Int32Array.from([...near(seen), ...[...far].sort((a, b) => a - b)]);
  if (delays.length === 1) return { count, delays, starts: rows.starts, target, rank: null, pair, firstSource };
  demandRoom(request, count, bytesFor(request, count, delays.length));
  return { count, delays, starts: sortRows(rows, rank, delays, name, done), target, rank, pair, firstSource };
}

/** delays[from..to) of the connections of source i, whichever way they are asked for. */
export function drawRow(
  delay: DelayOf | DelayRow,
  delays: Int32Array,
  from: number,
  to: number,
  row: Stream,
  i: number,
  targets: Int32Array,
  pairs: Int32Array | null,
  name: string,
): void {
  if (typeof delay !== "function") {
    delay.fill(delays, from, to, row, i, targets, pairs);
    for (let c = from; c < to; c++) if (delays[c]! < 0) refuse(delays[c]!, i, targets[c]!, name);
    return;
  }
  for (let c = from; c < to; c++) {
    const steps = delay(row, c - from, i, targets[c]!, pairs === null ? -1 : pairs[c]!);
    if (!(steps >= 0 && (steps | 0) === steps)) refuse(steps, i, targets[c]!, name);
    delays[c] = steps;
  }
}

function refuse(steps: number, i: number, j: number, name: string): never {
  throw new ConnectionError(
    name,
    `the delay of \`${name}\` from neuron ${i} to neuron ${j} is a whole number of steps from 0 to 2147483647, not ${steps}`,
  );
}

/** Delays below this have a table, those beyond it a map. */
const NEAR = 1 << 20;

function longest(delays: Int32Array, from: number, to: number): number {
  let most = 0;
  for (let c = from; c < to; c++) most = Math.max(most, delays[c]!);
  return most;
}

/** The table, made to hold this delay if it is a near one. */
function reaching(seen: Uint8Array<ArrayBuffer>, steps: number): Uint8Array<ArrayBuffer> {
  if (steps < seen.length || seen.length === NEAR) return seen;
  const larger = new Uint8Array(Math.min(NEAR, 2 * steps));
  larger.set(seen);
  return larger;
}

function note(seen: Uint8Array, far: Set<number>, delays: Int32Array, from: number, to: number): void {
  for (let c = from; c < to; c++) {
    const steps = delays[c]!;
    if (steps < NEAR) seen[steps] = 1;
    else far.add(steps);
  }
}

function near(seen: Uint8Array): number[] {
  const found: number[] = [];
  for (let steps = seen.indexOf(1); steps >= 0; steps = seen.indexOf(1, steps + 1)) found.push(steps);
  return found;
}

/** A stable counting sort of each row by delay; where each segment begins. `rank` comes with delays and leaves with ranks. */
function sortRows(rows: Rows, rank: Int32Array, delays: Int32Array, name: string, done: Done): Int32Array {
  const sources = rows.starts.length - 1,
    distinct = delays.length,
    starts = integers(sources * distinct + 1, name);
  const table = new Int32Array(Math.min(NEAR, delays.at(-1)! + 1)),
    far = new Map<number, number>();
  delays.forEach((steps, d) => {
    if (steps < NEAR) table[steps] = d;
    else far.set(steps, d);
  });
  let most = 0;
  for (let r = 0; r < sources; r++) {
    const from = rows.starts[r]!,
      to = rows.starts[r + 1]!;
    numberDelays(rank, from, to, table, far);
    tallyDelays(starts, r * distinct + 1, rank, from, to);
    most = Math.max(most, to - from);
  }
  for (let k = 1; k < starts.length; k++) starts[k]! += starts[k - 1]!;
  const next = new Int32Array(distinct),
    row = new Int32Array(most),
    numbers = new Int32Array(most);
  for (let r = 0; r < sources; r++) {
    const from = rows.starts[r]!,
      count = rows.starts[r + 1]! - from;
    copy(next, starts, r * distinct, distinct);
    copy(numbers, rank, from, count);
    copy(row, rows.target, from, count);
    if (rows.pair === null) placeByDelay(rows.target, rank, next, row, numbers, count);
    else {
      placeByDelay(rows.target, rank, next.slice(), row, numbers, count);
      copy(row, rows.pair, from, count);
      placeByDelay(rows.pair, rank, next, row, numbers, count);
    }
    done(0.7 + (0.3 * (r + 1)) / sources);
  }
  return starts;
}

function numberDelays(
  delays: Int32Array,
  from: number,
  to: number,
  table: Int32Array,
  far: ReadonlyMap<number, number>,
): void {
  for (let c = from; c < to; c++) {
    const steps = delays[c]!;
    delays[c] = steps < NEAR ? table[steps]! : far.get(steps)!;
  }
}

function tallyDelays(counts: Int32Array, base: number, numbers: Int32Array, from: number, to: number): void {
  for (let c = from; c < to; c++) counts[base + numbers[c]!]!++;
}

function copy(to: Int32Array, from: Int32Array, first: number, count: number): void {
  for (let k = 0; k < count; k++) to[k] = from[first + k]!;
}

function placeByDelay(
  sorted: Int32Array,
  rank: Int32Array,
  next: Int32Array,
  row: Int32Array,
  numbers: Int32Array,
  count: number,
): void {
  for (let k = 0; k < count; k++) {
    const c = next[numbers[k]!]!++;
    sorted[c] = row[k]!;
    rank[c] = k;
  }
}
