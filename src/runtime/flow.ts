// Exact steps of any length, for spikes that are located inside the step.
import { propagator } from "./linear.ts";
import { fastestRate, rateOfCycles } from "./rates.ts";

export interface ExactStep {
  readonly Q: Float64Array;
  readonly D: Float64Array;
}

export interface ExactSteps {
  /** Q = ∫_0^h exp(A s) ds and D = exp(A h) - 1; the last `kept` lengths are remembered. */
  (h: number): ExactStep;
  /** What moves fastest has moved by half after so long (ms): the first look at a solution that has just been disturbed. */
  readonly firstLook: number;
  /** What goes to and fro is looked at this often (ms). */
  readonly longestLook: number;
}

/** `kept`: neurons of one kind split their steps at the same arrivals. */
export function propagators(a: Float64Array, n: number, kept: number): ExactSteps {
  const known = new Map<number, ExactStep>();
  const step = (h: number): ExactStep => {
    const before = known.get(h);
    if (before !== undefined) return before;
    const { Q, D } = propagator(a, n, h);
    const made = { Q, D };
    if (known.size >= kept) known.clear();
    known.set(h, made);
    return made;
  };
  return Object.assign(step, { firstLook: 1 / fastestRate(a, n), longestLook: 2 / rateOfCycles(a, n) });
}
