// Mean and variance of samples, once for all measures that need them.

/** NaN of none. */
export function mean(y: Float64Array): number {
  return y.reduce((a, b) => a + b, 0) / y.length;
}

/** Mean squared deviation (of n); NaN of none. Two passes, so that a large mean costs no digits; 0 where all are the same. */
export function variance(y: Float64Array): number {
  const first = y[0] ?? NaN;
  const shift = mean(y.map((x) => x - first));
  return y.reduce((sum, x) => sum + (x - first - shift) * (x - first - shift), 0) / y.length;
}
