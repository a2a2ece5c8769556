// What events draw: each number is a pure function of the seed, what it is for, the neuron, the step, and its order among those of this neuron in this step.
import { plainTime } from "./clock.ts";
import { DrawError, drawProblemText } from "./drawError.ts";
import { farKey, stream, threefry, type Stream } from "./random.ts";
import { StoppedError } from "./usageError.ts";

/** The draws of one purpose, and the stream of one event, made anew for each. */
export interface EventStream extends Stream {
  readonly here: { purpose: string; k0: number; k1: number; neuron: number };
}

/** The stream of what events draw for a purpose such as "E/reset/Θ" or "exc E->I/on pre/u". */
export function eventStream(seed: number, purpose: string): EventStream {
  return { ...stream(seed, purpose), here: { purpose, k0: 0, k1: 0, neuron: 0 } };
}

/** The stream of the event number `order`, from 0, of a neuron in a step: `draw…(atEvent(s, step, order, neuron), neuron, …)`. It serves until the next one is asked for. */
export function atEvent(s: EventStream, step: number, order: number, neuron: number): Stream {
  threefry(EVENT_WORDS, (s.k0 + farKey(step)) | 0, s.k1, step | 0, order, 1, 0);
  s.here.k0 = EVENT_WORDS[0]!;
  s.here.k1 = EVENT_WORDS[1]!;
  s.here.neuron = neuron;
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

/** A draw of an event that cannot be made, with its time. */
export class EventDrawError extends StoppedError {
  override readonly name = "EventDrawError";
}

/** What an error is at a time of a run; `neurons` is whose number the draw bears: of the population itself, or of the one that a connection ends at. */
export function atTime(error: unknown, time: number, neurons: string): unknown {
  if (!(error instanceof DrawError) || error.neuron === null) return error;
  const [block, name] = eventAndName(error.purpose);
  return new EventDrawError(
    `\`${name}\` of \`${block}\` cannot be drawn for ${neurons}[${error.neuron}] at t = ${plainTime(time)} ms: ${drawProblemText(error.problem, "")} (what has a unit is in ms, mV, pF and what follows from them); what the distribution is made of must keep to that: \`round(…)\`, \`max(0, …)\`, or draws by \`min:\` and \`max:\``,
  );
}

/** `E/on V > 3 mV/u`, `exc E->I/on pre/n`: the event, and the name that it draws. */
function eventAndName(purpose: string): readonly [block: string, name: string] {
  const last = purpose.lastIndexOf("/");
  return [purpose.slice(purpose.indexOf("/") + 1, last), purpose.slice(last + 1)];
}
