// What adaptive integrators share: how long the next substep is, and how many there may be in one step.
import { exp, log } from "./math.ts";

/** Substeps of one call, rejected ones included; no step that anybody wants takes more. */
export const MOST_SUBSTEPS = 20_000;

/** Factor for the next substep of a method whose error estimate is of order n in the substep, with `exponent` 1/n: 0.9 (1/excess)^(1/n) within 0.2 … 5, and no growth right after a rejection. */
export function growth(excess: number, rejected: boolean, exponent: number): number {
  const factor = excess < 1e-4 ? 5 : 0.9 * exp(-exponent * log(excess));
  return Math.max(0.2, Math.min(rejected ? 1 : 5, factor));
}
