// Statistics over seeds: spread, confidence intervals, differences in pairs.
import { atan, cos, erf, sin, sqrt, tan } from "../runtime/math.ts";

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
  /** Of the mean, by Student's t; null for one value, and where all are the same: then nothing says how far another would be. */
  readonly interval: Interval | null;
}

/** Null where no seed gave a value. The interval supposes values that are roughly normal. */
export function estimate(values: readonly (number | null)[], confidence = 0.95): Estimate | null {
  const all = values.filter((v) => v !== null);
  const n = all.length;
  if (n === 0) return null;
  // Shifted by the first, so that equal values have exactly no deviation.
  const first = all[0] ?? 0;
  const mean = first + all.reduce((sum, x) => sum + (x - first), 0) / n;
  const sd = n > 1 ? sqrt(all.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (n - 1)) : null;
  const half = sd === null || isRounding(sd, mean) ? null : (studentT(confidence, n - 1) * sd) / sqrt(n);
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

function isRounding(sd: number, mean: number): boolean {
  return sd <= 1e-12 * Math.abs(mean);
}

/** Of a - b, seed by seed: the same seed draws the same noise in both, which the difference is then free of. Seeds that have no value in one of them are missing. */
export function pairedDifference(
  a: readonly (number | null)[],
  b: readonly (number | null)[],
  confidence = 0.95,
): Estimate | null {
  return estimate(
    a.map((x, k) => (x === null || b[k] == null ? null : x - b[k])),
    confidence,
  );
}

/**
 * How probable differences like these between paired values, or larger ones in the mean, are where there is none (Student's t, two-sided). Values that are the same for every seed say that the
 * seed does not matter, from three seeds on; differences that are all the same although the values vary, that the values are few: then it is what their sign alone says, 2^(1 - n).
 * Null for fewer than two pairs.
 */
export function chanceOf(a: readonly (number | null)[], b: readonly (number | null)[]): number | null {
  const paired = pairedDifference(a, b);
  if (paired === null || paired.n < 2 || paired.sd === null) return null;
  const { n, mean, sd } = paired;
  if (mean === 0) return 1;
  if (!isRounding(sd, mean)) return 1 - probabilityWithin((Math.abs(mean) * sqrt(n)) / sd, n - 1);
  const varies = [a, b].some((values) => (estimate(values)?.sd ?? 0) > 1e-12 * Math.abs(mean));
  return n === 2 ? 1 : varies ? 2 ** (1 - n) : 0;
}

/**
 * Pseudo-values of a jackknife, Tukey 1958: n·θ - (n - 1)·θ without the k-th. Their mean and its interval are those of values that are not independent, such as those of all pairs of runs.
 * `whole`: of all n.
 */
export function pseudoValues(whole: number, without: readonly number[]): readonly number[] {
  const n = without.length;
  return without.map((left) => n * whole - (n - 1) * left);
}

/** A mean, its standard error and the degrees of freedom by which Student's t makes an interval of them. */
export interface MeanOfPairs {
  readonly mean: number;
  readonly error: number;
  readonly degrees: number;
}

/**
 * Of the values h_ij = h_ji of all pairs of n runs, which are not independent, since pairs share runs: h_ij = mean + a_i + a_j + b_ij (Hoeffding 1948), with a variance of 4 var(a)/n + 2 var(b)/(n(n - 1)) of the mean. A
 * jackknife over runs has more than twice the second part, which is taken off it here. Three runs do not tell the parts from each other: of them it is the jackknife. Null for fewer.
 */
export function meanOfPairs(pairs: readonly (readonly number[])[]): MeanOfPairs | null {
  const n = pairs.length;
  if (n < 3) return null;
  const ofRun = pairs.map((row, i) => row.reduce((sum, h, j) => (j === i ? sum : sum + h), 0) / (n - 1));
  const mean = ofRun.reduce((sum, m) => sum + m, 0) / n;
  const apart = ofRun.map((m) => ((n - 1) / (n - 2)) * (m - mean));
  const jackknife = (4 / (n * (n - 1))) * apart.reduce((sum, a) => sum + a * a, 0);
  if (n === 3) return { mean, error: sqrt(jackknife), degrees: 2 };
  const left = pairs.map((row, i) =>
    row.reduce((sum, h, j) => (j <= i ? sum : sum + (h - mean - (apart[i] ?? 0) - (apart[j] ?? 0)) ** 2), 0),
  );
  const ofPair = left.reduce((sum, x) => sum + x, 0) / ((n * (n - 3)) / 2);
  const own = (2 * ofPair) / (n * (n - 1));
  const shared = Math.max(0, jackknife - (4 * ofPair) / (n * (n - 2)));
  return { mean, error: sqrt(own + shared), degrees: n - 1 };
}

/**
 * Of values x_ij of n runs (rows), each held against the same m repeats (columns): x_ij = mean + a_i + c_j + e_ij, with a variance of var(a)/n + var(c)/m + var(e)/(n m) of the mean. The spreads of the row means and of the
 * column means both have the last part in them, which is taken off once; degrees of freedom after Satterthwaite 1946, Biometrics Bull. 2:110. One run says nothing of its own spread. Null for fewer than two repeats.
 */
export function meanOfTable(table: readonly (readonly number[])[]): MeanOfPairs | null {
  const [n, m] = [table.length, table[0]?.length ?? 0];
  if (n === 0 || m < 2) return null;
  const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [rows, columns] = [
    table.map(meanOf),
    (table[0] ?? []).map((_, j) => meanOf(table.map((row) => row[j] ?? NaN))),
  ];
  const mean = meanOf(rows);
  const squares = (values: readonly number[]): number => values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const ofColumns = { size: (n * squares(columns)) / (m - 1), degrees: m - 1 };
  if (n === 1) return { mean, error: sqrt(ofColumns.size / m), degrees: ofColumns.degrees };
  const ofRows = { size: (m * squares(rows)) / (n - 1), degrees: n - 1 };
  const left = {
    size:
      table.reduce(
        (sum, row, i) => sum + row.reduce((s, x, j) => s + (x - (rows[i] ?? 0) - (columns[j] ?? 0) + mean) ** 2, 0),
        0,
      ) /
      ((n - 1) * (m - 1)),
    degrees: (n - 1) * (m - 1),
  };
  const sum = ofRows.size + ofColumns.size - left.size;
  const larger = ofRows.size > ofColumns.size ? ofRows : ofColumns;
  // The mean varies at least as much as either alone makes it.
  const isSum = sum > larger.size;
  const degrees =
    (sum * sum) / [ofRows, ofColumns, left].reduce((all, part) => all + (part.size * part.size) / part.degrees, 0);
  return {
    mean,
    error: sqrt((isSum ? sum : larger.size) / (n * m)),
    degrees: isSum ? Math.max(1, Math.round(degrees)) : larger.degrees,
  };
}

/** Which of several hypotheses are rejected so that one that is true is rejected with a probability of `level` at most: Holm 1979, Scand. J. Statist. 6:65. Null is none. */
export function holm(chances: readonly (number | null)[], level = 0.05): readonly boolean[] {
  const order = chances.flatMap((p, k) => (p === null ? [] : [{ p, k }])).sort((x, y) => x.p - y.p);
  const last = order.findIndex(({ p }, k) => p > level / (order.length - k));
  const rejected = new Set(order.slice(0, last < 0 ? order.length : last).map(({ k }) => k));
  return chances.map((_, k) => rejected.has(k));
}

/** P(|T| < t) for a whole number of degrees of freedom. */
export function probabilityWithin(t: number, degrees: number): number {
  return degrees > MANY ? erf(t / Math.SQRT2) : within(atan(t / sqrt(degrees)), degrees);
}

/**
 * Two-sided quantile t of Student's distribution: P(|T| < t) = `confidence`, for a whole number of degrees of freedom from 1; Infinity for confidence 1.
 * Relative error below 1e-11 for confidences up to 0.9999.
 */
export function studentT(confidence: number, degrees: number): number {
  if (!(confidence < 1)) return Infinity;
  if (degrees > MANY)
    return fromNormal(
      bisect((z) => erf(z / Math.SQRT2) - confidence, 0, 40),
      degrees,
    );
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
