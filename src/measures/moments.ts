// Mean and variance of samples, once for all measures that need them. Plain loops: a callback for each of a trace's samples would take longer than to simulate it.

/** NaN of none. */
export function mean(y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < y.length; k++) sum += y[k] as number;
  return sum / y.length;
}

/** Mean squared deviation (of n); NaN of none. Two passes, so that a large mean costs no digits; 0 where all are the same. */
export function variance(y: Float64Array): number {
  const first = y[0] ?? NaN;
  let shift = 0,
    sum = 0;
  for (let k = 0; k < y.length; k++) shift += (y[k] as number) - first;
  shift /= y.length;
  for (let k = 0; k < y.length; k++) sum += ((y[k] as number) - first - shift) * ((y[k] as number) - first - shift);
  return sum / y.length;
}
