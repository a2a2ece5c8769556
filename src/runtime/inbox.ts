// The spikes that arrive at the neurons of one population inside a step, packed: neuron by neuron in the order of time.
import type { PreciseProjection } from "./projection.ts";

export interface Inbox {
  /** A spike of neuron `source` comes to neuron j at a time (ms) inside the coming step, through connection c of a projection. */
  add(j: number, time: number, projection: PreciseProjection, source: number, c: number): void;
  /** Nothing is added any more before `clear`: what has come to neuron j stands at first(j) … first(j + 1) - 1, in the order of time and, at one time, of the calls. */
  close(): void;
  first(j: number): number;
  time(k: number): number;
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
  const indexOf = (projection: PreciseProjection): number => {
    const known = projections.indexOf(projection);
    return known >= 0 ? known : projections.push(projection) - 1;
  };
  /** Those of one neuron are mostly in the order of time as they come. */
  const sortByTime = (from: number, to: number): void => {
    for (let k = from + 1; k < to; k++) {
      const late = order[k] as number,
        time = times[late] as number;
      if (time >= (times[order[k - 1] as number] as number)) continue;
      if (to - from > MANY_ARRIVALS) {
        order.subarray(from, to).sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
        return;
      }
      let place = k;
      for (; place > from && (times[order[place - 1] as number] as number) > time; place--)
        order[place] = order[place - 1] as number;
      order[place] = late;
    }
  };

  return {
    add(j, time, projection, i, c) {
      if (count === room) makeRoom();
      neuron[count] = j;
      times[count] = time;
      by[count] = indexOf(projection);
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
      for (let j = 0; j < size; j++) sortByTime(firsts[j] as number, firsts[j + 1] as number);
    },
    first: (j) => firsts[j] as number,
    time: (k) => times[order[k] as number] as number,
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
