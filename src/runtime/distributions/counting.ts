// What distributions of whole numbers share: inversion, and log probabilities without cancellation at large means, as C. Loader, Fast and accurate computation of binomial probabilities (2000).
import { log, log1p } from "../math.ts";

const TWO_PI = 6.283185307179586;

/** The smallest k whose cumulative probability reaches u, from the probability of 0 and the ratios of successive ones. */
export function invert(u: number, none: number, ratio: (k: number) => number): number {
  let k = 0;
  for (let probability = none, rest = u - none; rest > 0 && probability > 0; rest -= probability)
    probability *= ratio(++k);
  return k;
}

export function logPoisson(k: number, mean: number): number {
  return k === 0 ? -mean : -stirlingError(k) - deviance(k, mean) - 0.5 * log(TWO_PI * k);
}

export function logBinomial(k: number, n: number, p: number): number {
  if (k === 0) return n * log1p(-p);
  if (k === n) return n * log(p);
  const errors = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
  return errors - deviance(k, n * p) - deviance(n - k, n * (1 - p)) + 0.5 * log(n / (TWO_PI * k * (n - k)));
}

/** log n! - log(sqrt(2πn) (n/e)^n), n >= 1. */
function stirlingError(n: number): number {
  if (n < 16) {
    let factorial = 1;
    for (let i = 2; i <= n; i++) factorial *= i;
    return log(factorial) - 0.5 * log(TWO_PI * n) - n * log(n) + n;
  }
  const z = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / z) / z) / z) / z) / n;
}

/** k log(k/mean) + mean - k, k >= 1. */
function deviance(k: number, mean: number): number {
  const gap = k - mean;
  if (Math.abs(gap) >= 0.1 * (k + mean)) return k * log(k / mean) - gap;
  const v = gap / (k + mean);
  let sum = gap * v,
    term = 2 * k * v;
  for (let j = 3; ; j += 2) {
    term *= v * v;
    const next = sum + term / j;
    if (next === sum) return sum;
    sum = next;
  }
}
