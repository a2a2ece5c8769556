// Statistics over seeds: spread, confidence intervals, differences in pairs, and which of several differences is the largest.
import { cos, erf, sin, sqrt, tan } from "../runtime/math.ts";
import { stream, uniform } from "../runtime/random.ts";

/** Of values in one unit, one for each seed. */
export interface Spread {
  /** Values that there are; at least 1. */
  readonly n: number;
  /** Seeds for which the measure gave none. */
  readonly missing: number;
  readonly mean: number;
  /** Standard deviation (of n - 1); null for one value. */
  readonly sd: number | null;
  readonly least: number;
  readonly greatest: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** The probability with which such an interval holds what it estimates: 0.95. */
  readonly confidence: number;
}

/** What the seeds say of one number. */
export interface Estimate extends Spread {
  /** Of the mean, by Student's t; null for one value. */
  readonly interval: Interval | null;
}

/** Null where no seed gave a value. The interval supposes values that are roughly normal; `bootstrapInterval` does not. */
export function estimate(values: readonly (number | null)[], confidence = 0.95): Estimate | null {
  const all = values.filter((v) => v !== null);
  const n = all.length;
  if (n === 0) return null;
  // Shifted by the first, so that equal values have exactly no deviation.
  const first = all[0] ?? 0;
  const mean = first + all.reduce((sum, x) => sum + (x - first), 0) / n;
  const sd = n > 1 ? sqrt(all.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (n - 1)) : null;
  const half = sd === null ? null : (studentT(confidence, n - 1) * sd) / sqrt(n);
  return {
    n,
    missing: values.length - n,
    mean,
    sd,
    least: all.reduce((a, b) => Math.min(a, b)),
    greatest: all.reduce((a, b) => Math.max(a, b)),
    interval: half === null ? null : { low: mean - half, high: mean + half, confidence },
  };
}

/** Of a - b, seed by seed: the same seed draws the same noise in both, which the difference is then free of. Seeds that have no value in one of them are missing. */
export function pairedDifference(a: readonly (number | null)[], b: readonly (number | null)[], confidence = 0.95): Estimate | null {
  return estimate(a.map((x, k) => (x === null || b[k] == null ? null : x - b[k])), confidence);
}

/** How far two seeds of one model lie apart: the root mean square over all pairs, √2 sd. Null with fewer than 2 values. */
export function seedDifference(values: readonly (number | null)[]): number | null {
  const sd = estimate(values)?.sd ?? null;
  return sd === null ? null : Math.SQRT2 * sd;
}

/** One measure's differences, all in its unit; null where one was not looked at. */
export interface Differences {
  /** Between the models (of their means, where there are seeds). */
  readonly models: number;
  /** Between two seeds of one model (`seedDifference`), the larger of both models. */
  readonly seeds: number | null;
  /** Between step and step/2, the larger of both models. */
  readonly step: number | null;
}

export interface Largest {
  /** "equal": all are 0, or the largest two are the same. */
  readonly largest: "models" | "seeds" | "step" | "equal";
  /** The difference between models over the larger of the others; Infinity where the others are 0, null where there are none or all is 0. */
  readonly ratio: number | null;
}

/** Which of the differences is the largest, signs aside: where it is not that between the models, they may be no different. */
export function largestOf({ models, seeds, step }: Differences): Largest {
  const model = Math.abs(models);
  const others = [seeds, step].filter((d) => d !== null).map(Math.abs);
  const other = Math.max(0, ...others);
  const ratio = others.length === 0 || (model === 0 && other === 0) ? null : model / other;
  if (model > other) return { largest: "models", ratio };
  const [seed, steps] = [Math.abs(seeds ?? 0), Math.abs(step ?? 0)];
  return { largest: model === other || seed === steps ? "equal" : seed > steps ? "seeds" : "step", ratio };
}

/**
 * Percentile bootstrap (Efron & Tibshirani 1993, ch. 13) of any statistic of the values: `resamples` samples of n of them with replacement, a pure function of `seed`.
 * Null where no resample has a statistic.
 */
export function bootstrapInterval(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number | null,
  { confidence = 0.95, resamples = 2000, seed = 0 }: { readonly confidence?: number; readonly resamples?: number; readonly seed?: number } = {},
): Interval | null {
  const draws = stream(seed, "bootstrap");
  const found: number[] = [];
  for (let b = 0; b < resamples; b++) {
    const value = values.length === 0 ? null : statistic(values.map((_, k) => values[Math.floor(uniform(draws, k, b) * values.length)] ?? 0));
    if (value !== null) found.push(value);
  }
  if (found.length === 0) return null;
  found.sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (found.length - 1);
    const [low, high] = [found[Math.floor(place)] ?? 0, found[Math.ceil(place)] ?? 0];
    return low + (place - Math.floor(place)) * (high - low);
  };
  return { low: at(0.5 * (1 - confidence)), high: at(0.5 * (1 + confidence)), confidence };
}

/**
 * Two-sided quantile t of Student's distribution: P(|T| < t) = `confidence`, for a whole number of degrees of freedom from 1; Infinity for confidence 1.
 * Relative error below 1e-12 for confidences from 1e-3 to 0.9999.
 */
export function studentT(confidence: number, degrees: number): number {
  if (!(confidence < 1)) return Infinity;
  if (degrees > MANY) return fromNormal(bisect((z) => erf(z / Math.SQRT2) - confidence, 0, 40), degrees);
  return sqrt(degrees) * tan(bisect((angle) => within(angle, degrees) - confidence, 0, 0.5 * Math.PI));
}

/** Beyond, the asymptotic series is as good as the sum and does not grow. */
const MANY = 1000;

/** P(|T| < t) with t = √ν tan(angle), a finite sum: Abramowitz & Stegun 1964, 26.7.3 and 26.7.4. */
function within(angle: number, degrees: number): number {
  const [c, s, odd] = [cos(angle), sin(angle), degrees % 2 === 1];
  let term = odd ? c : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= (c * c * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + s * sum) : s * sum;
}

/** Abramowitz & Stegun 1964, 26.7.5, from the normal quantile z. */
function fromNormal(z: number, degrees: number): number {
  const q = z * z;
  const g1 = (z * (q + 1)) / 4;
  const g2 = (z * ((5 * q + 16) * q + 3)) / 96;
  const g3 = (z * (((3 * q + 19) * q + 17) * q - 15)) / 384;
  const g4 = (z * ((((79 * q + 776) * q + 1482) * q - 1920) * q - 945)) / 92160;
  return z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees;
}

/** Where an increasing function crosses 0, to the last bit that halving reaches. */
function bisect(f: (x: number) => number, low: number, high: number): number {
  for (;;) {
    const middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) return middle;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
}
