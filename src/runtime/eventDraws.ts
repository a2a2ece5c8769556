// What events draw: each number is a pure function of the seed, what it is for, the neuron, the step, and its order among those of this neuron in this step.
import { farKey, stream, threefry, type Stream } from "./random.ts";

/** The draws of one purpose, and the stream of one event, made anew for each. */
export interface EventStream extends Stream {
  readonly here: { purpose: string; k0: number; k1: number };
}

/** The stream of what events draw for a purpose such as "E/reset/Θ" or "exc E->I/on pre/u". */
export function eventStream(seed: number, purpose: string): EventStream {
  return { ...stream(seed, purpose), here: { purpose, k0: 0, k1: 0 } };
}

/** The stream of the events number `order`, from 0, of each neuron in a step: `draw…(atEvent(s, step, order), neuron, …)`. It serves until the next one is asked for. */
export function atEvent(s: EventStream, step: number, order: number): Stream {
  threefry(EVENT_WORDS, (s.k0 + farKey(step)) | 0, s.k1, step | 0, order, 1, 0);
  s.here.k0 = EVENT_WORDS[0]!;
  s.here.k1 = EVENT_WORDS[1]!;
  return s.here;
}

const EVENT_WORDS = new Int32Array(2);

/** How many spikes have arrived at each target so far, in the step that goes on. */
export interface ArrivalOrder {
  step: number;
  readonly last: Int32Array;
  readonly count: Int32Array;
}

export function arrivalOrder(targets: number): ArrivalOrder {
  return { step: 0, last: new Int32Array(targets), count: new Int32Array(targets) };
}

/** None has arrived yet: a step begins, perhaps again. */
export function beginArrivals(order: ArrivalOrder): void {
  order.step = (order.step + 1) | 0;
}

/** How many have arrived at target j before this one. */
export function orderOfArrival(order: ArrivalOrder, j: number): number {
  const { step, last, count } = order;
  if (last[j] !== step) {
    last[j] = step;
    count[j] = 0;
  }
  return count[j]!++;
}
