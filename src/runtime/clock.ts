// The clock is an integer; a time is computed from it and never accumulated.

/** Which share of a count of steps the digits that a double lacks may come to: 0.15 ms is 1.4999999999999998 steps of 0.1 ms. */
const SLACK = 1e-12;

/** A time in steps, rounded to the nearest; decimals are meant as they are written, so that halves go away from 0 (0.15 ms is 2 steps of 0.1 ms); -0 where a negative time is rounded to none. */
export function stepsIn(time: number, dt: number): number {
  const steps = time / dt, size = Math.abs(steps);
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
