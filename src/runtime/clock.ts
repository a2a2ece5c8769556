// The clock is an integer; a time is computed from it and never accumulated.

/**
 * Time of step n (ms). Where a whole number m of steps makes a millisecond it is n/m, the double nearest to the decimal
 * that is meant (n = 1201 at dt = 0.1 gives 120.1); else n·dt.
 */
export function timeOf(n: number, dt: number): number {
  const perMillisecond = Math.round(1 / dt);
  return 1 / perMillisecond === dt ? n / perMillisecond : n * dt;
}
