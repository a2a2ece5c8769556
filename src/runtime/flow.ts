// Exact steps of any length, for spikes that are located inside the step.
import { partsOf, writePropagator } from "./linear.ts";
import { fastestRate, rateOfCycles } from "./rates.ts";

export interface ExactStep {
  readonly Q: Float64Array;
  readonly D: Float64Array;
}

export interface ExactSteps {
  /** Q = ∫_0^h exp(A s) ds and D = exp(A h) - 1, good until the next call; some lengths are remembered. */
  (h: number): ExactStep;
  /** What moves fastest has moved by half after so long (ms): the first look at a solution that has just been disturbed. */
  readonly firstLook: number;
  /** What goes to and fro is looked at this often (ms). */
  readonly longestLook: number;
}

/** `kept`, a power of two: neurons of one kind split their steps at the same arrivals. What a length is found by is its place in a table; what stood there before is overwritten. */
export function propagators(a: Float64Array, n: number, kept: number): ExactSteps {
  const lengths = new Float64Array(kept).fill(NaN),
    P = new Float64Array(n * n),
    parts = partsOf(a, n);
  const steps: (ExactStep | undefined)[] = [];
  const bits = new Float64Array(1),
    words = new Uint32Array(bits.buffer);
  // A piece is taken in two halves of one length. (A property is written in place, a variable that functions share takes a new object for each number.)
  const last: { h: number; step: ExactStep } = { h: NaN, step: { Q: P, D: P } };
  const find = (h: number): ExactStep => {
    bits[0] = h;
    const place =
      (Math.imul((words[0] as number) ^ Math.imul(words[1] as number, 0x85ebca6b), 0x9e3779b1) >>> SHIFT) & (kept - 1);
    const step = (steps[place] ??= { Q: new Float64Array(n * n), D: new Float64Array(n * n) });
    if (lengths[place] !== h) {
      writePropagator(a, n, parts, h, { P, Q: step.Q, D: step.D });
      lengths[place] = h;
    }
    return step;
  };
  const step = (h: number): ExactStep => {
    if (h !== last.h) {
      last.step = find(h);
      last.h = h;
    }
    return last.step;
  };
  return Object.assign(step, { firstLook: 1 / fastestRate(a, n), longestLook: 2 / rateOfCycles(a, n) });
}

/** The upper bits of a product are the mixed ones. */
const SHIFT = 16;
