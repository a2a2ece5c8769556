// Locating a crossing inside a step.

/**
 * A point within `tolerance` after the crossing of f between low and high, by R. P. Brent's method (Algorithms for Minimization Without Derivatives, 1973, ch. 4).
 *
 * Returned is the end of the last bracket on the side of `high`: with fHigh > 0, a point where f >= 0, just at or after the crossing (with fHigh < 0, f <= 0).
 * fLow = f(low), fHigh = f(high). `low` may lie above `high`. Without a change of sign the answer is `high`; where fLow is 0 it is `low`.
 * At most 100 evaluations; after them the bracket is simply wider than asked for.
 */
export function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  fLow: number,
  fHigh: number,
  tolerance: number,
): number {
  if (fLow === 0) return low;
  if (!(fLow < 0 ? fHigh > 0 : fHigh < 0)) return high;
  const side = fHigh > 0 ? 1 : -1;
  // b: best estimate; c: the other end of the bracket; a: the estimate before
  let a = low,
    fa = fLow,
    b = high,
    fb = fHigh,
    c = a,
    fc = fa,
    move = b - a,
    moveBefore = move;
  for (let evaluations = 0; evaluations < 100; evaluations++) {
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      b = c;
      c = a;
      fa = fb;
      fb = fc;
      fc = fa;
    }
    const small = 2 * 2.220446049250313e-16 * Math.abs(b) + 0.5 * tolerance,
      half = 0.5 * (c - b);
    if (fb === 0 || Math.abs(half) <= small) break; // the bracket is within the tolerance
    if (Math.abs(moveBefore) >= small && Math.abs(fa) > Math.abs(fb)) {
      // inverse quadratic interpolation, or the secant where only two points differ
      const s = fb / fa;
      let p: number, q: number;
      if (a === c) {
        p = 2 * half * s;
        q = 1 - s;
      } else {
        const r = fb / fc,
          u = fa / fc;
        p = s * (2 * half * u * (u - r) - (b - a) * (r - 1));
        q = (u - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      if (2 * p < Math.min(3 * half * q - Math.abs(small * q), Math.abs(moveBefore * q))) {
        moveBefore = move;
        move = p / q;
      } else moveBefore = move = half;
    } else moveBefore = move = half;
    a = b;
    fa = fb;
    b += Math.abs(move) > small ? move : half > 0 ? small : -small;
    fb = f(b);
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      moveBefore = move = b - a;
    }
  }
  return fb === 0 || fb * side > 0 ? b : c;
}
