// The spikes that arrive at the neurons of one population inside a step, packed: neuron by neuron in the order of time.
import type { PreciseProjection } from "./projection.ts";

export interface Inbox {
  /** What the spikes that come through a projection are added by. Projections that are opened first act first on what arrives together. */
  open(projection: PreciseProjection): number;
  /** A spike of neuron `source` comes to neuron j at a time (ms) inside the coming step, through connection c of projection `by`. */
  add(j: number, time: number, by: number, source: number, c: number): void;
  /** Nothing is added any more before `clear`: what has come to neuron j stands at first(j) … first(j + 1) - 1, in the order of time. */
  close(): void;
  first(j: number): number;
  time(k: number): number;
  /** Those at from … to - 1 arrive together: puts them in the order of their projections, of their delays, the shortest first, and of their sources. */
  together(from: number, to: number): void;
  act(k: number, t: number, state: Float64Array): void;
  clear(): void;
}

/** More spikes than this are sorted by the engine; fewer are put in their places one by one. */
const MANY_ARRIVALS = 32;

export function createInbox(size: number): Inbox {
  const projections: PreciseProjection[] = [];
  let count = 0,
    room = 256;
  let neuron = new Int32Array(room),
    source = new Int32Array(room),
    connection = new Int32Array(room),
    by = new Int32Array(room),
    times = new Float64Array(room),
    order = new Int32Array(room);
  const firsts = new Int32Array(size + 1),
    next = new Int32Array(size);

  const makeRoom = (): void => {
    room *= 2;
    const ints = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const longer = new Int32Array(room);
      longer.set(old);
      return longer;
    };
    [neuron, source, connection, by, order] = [ints(neuron), ints(source), ints(connection), ints(by), ints(order)];
    const longer = new Float64Array(room);
    longer.set(times);
    times = longer;
  };
  const byTime = (a: number, b: number): number => (times[a] as number) - (times[b] as number);
  const byConnection = (a: number, b: number): number =>
    (by[a] as number) - (by[b] as number) ||
    delayOf(a) - delayOf(b) ||
    (source[a] as number) - (source[b] as number) ||
    (connection[a] as number) - (connection[b] as number);
  const delayOf = (a: number): number => {
    const { delays } = projections[by[a] as number] as PreciseProjection;
    return typeof delays === "number" ? delays : (delays[connection[a] as number] as number);
  };
  /** They mostly are in that order as they come; equal ones stay as they are. */
  const sort = (from: number, to: number, compare: (a: number, b: number) => number): void => {
    for (let k = from + 1; k < to; k++) {
      const late = order[k] as number;
      if (compare(order[k - 1] as number, late) <= 0) continue;
      if (to - from > MANY_ARRIVALS) {
        order.subarray(from, to).sort((a, b) => compare(a, b) || a - b);
        return;
      }
      let place = k;
      for (; place > from && compare(order[place - 1] as number, late) > 0; place--)
        order[place] = order[place - 1] as number;
      order[place] = late;
    }
  };

  return {
    open: (projection) => projections.push(projection) - 1,
    add(j, time, projection, i, c) {
      if (count === room) makeRoom();
      neuron[count] = j;
      times[count] = time;
      by[count] = projection;
      source[count] = i;
      connection[count++] = c;
    },
    close() {
      if (count === 0) return;
      firsts.fill(0);
      for (let k = 0; k < count; k++) firsts[(neuron[k] as number) + 1]! += 1;
      for (let j = 0; j < size; j++) {
        firsts[j + 1]! += firsts[j] as number;
        next[j] = firsts[j] as number;
      }
      for (let k = 0; k < count; k++) order[next[neuron[k] as number]!++] = k;
      for (let j = 0; j < size; j++) sort(firsts[j] as number, firsts[j + 1] as number, byTime);
    },
    first: (j) => firsts[j] as number,
    time: (k) => times[order[k] as number] as number,
    together(from, to) {
      sort(from, to, byConnection);
    },
    act(k, t, state) {
      const a = order[k] as number;
      (projections[by[a] as number] as PreciseProjection).jump(
        source[a] as number,
        neuron[a] as number,
        connection[a] as number,
        t,
        state,
      );
    },
    clear() {
      if (count > 0) firsts.fill(0);
      count = 0;
    },
  };
}
