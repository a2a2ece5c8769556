// The clock is an integer; a time is computed from it and never accumulated.
import { UsageError } from "./usageError.ts";

/** Which share of a count of steps the digits that a double lacks may come to: 0.15 ms is 1.4999999999999998 steps of 0.1 ms. */
const SLACK = 1e-12;

/** Steps between looks for values that are no longer finite, and between two saves. */
export const LOOK_EVERY = 128;

/** A time in steps, rounded to the nearest; decimals are meant as they are written, so that halves go away from 0 (0.15 ms is 2 steps of 0.1 ms); -0 where a negative time is rounded to none. */
export function stepsIn(time: number, dt: number): number {
  const steps = time / dt,
    size = Math.abs(steps);
  const whole = Math.floor(size + 0.5 + SLACK * Math.max(1, size));
  return steps < 0 ? -whole : whole;
}

/**
 * Time of step n (ms). Where a whole number m of steps makes a millisecond it is n/m, the double nearest to the decimal
 * that is meant (n = 1201 at dt = 0.1 gives 120.1); else n·dt.
 */
export function timeOf(n: number, dt: number): number {
  const perMillisecond = Math.round(1 / dt);
  return 1 / perMillisecond === dt ? n / perMillisecond : n * dt;
}

/** Whether a time is a whole number of steps, up to rounding: 0.3 ms is three steps of 0.1 ms although 0.3/0.1 is not 3. */
export function isMultiple(time: number, dt: number): boolean {
  const steps = time / dt;
  return Math.abs(steps - Math.round(steps)) <= 1e-9 * Math.max(1, Math.abs(steps));
}

/** Steps between two samples that are `interval` apart (ms). @throws UsageError where that is no whole number of them, or none */
export function samplingSteps(interval: number, dt: number): number {
  if (interval > 0 && isMultiple(interval, dt)) return stepsIn(interval, dt);
  throw new UsageError(
    `the sampling interval is ${plainTime(interval)} ms: it must be a multiple of the step, ${plainTime(dt)} ms, and positive`,
  );
}

/** Steps from one to the next of what repeats itself. @throws UsageError where they come to none */
export function periodIn(time: number, dt: number): number {
  const steps = stepsIn(time, dt);
  if (steps >= 1) return steps;
  throw new UsageError(
    `what repeats itself every ${plainTime(time)} ms must do so after a step, ${plainTime(dt)} ms, or later`,
  );
}

/** Without the digits that rounding leaves behind: 1.1, not 1.1000000000000001. */
export function plainTime(time: number): string {
  return String(Number(time.toPrecision(12)));
}
