// Draws for initial values and parameters, each a pure function of (stream, index, attempt).
//
// What a draw consumes are the steps 1024*attempt, 1024*attempt + 1, … of its stream at its index; no rejection method here comes near 512 rounds.

import { exp, floor, log, log1p, pow, sqrt } from "./math.ts";
import { fillNormal, fillUniform, normal, uniform, type Stream } from "./random.ts";
import { UsageError } from "./usageError.ts";

export function drawUniform(s: Stream, index: number, low: number, high: number, attempt: number = 0): number {
  return low + (high - low) * uniform(s, index, ROUNDS * attempt);
}

export function drawNormal(s: Stream, index: number, mean: number, sd: number, attempt: number = 0): number {
  demand(s, sd >= 0, "a normal distribution", "an sd of at least 0", sd);
  return mean + sd * normal(s, index, ROUNDS * attempt);
}

/** Mean and sd are those of the variable itself, not of its logarithm. */
export function drawLognormal(s: Stream, index: number, mean: number, sd: number, attempt: number = 0): number {
  demand(s, mean > 0, "a lognormal distribution", "a mean above 0", mean);
  demand(s, sd >= 0, "a lognormal distribution", "an sd of at least 0", sd);
  const ratio = sd / mean,
    variance = log1p(ratio * ratio);
  return mean * exp(sqrt(variance) * normal(s, index, ROUNDS * attempt) - 0.5 * variance);
}

/** By mean and sd: shape (mean/sd)², scale sd²/mean. G. Marsaglia & W. W. Tsang, ACM Trans. Math. Softw. 26, 363 (2000). */
export function drawGamma(s: Stream, index: number, mean: number, sd: number, attempt: number = 0): number {
  demand(s, mean > 0, "a gamma distribution", "a mean above 0", mean);
  demand(s, sd >= 0, "a gamma distribution", "an sd of at least 0", sd);
  if (sd === 0) return mean;
  const root = mean / sd,
    shape = root * root,
    first = ROUNDS * attempt;
  // Below shape 1: one more, and thinned by u^(1/shape).
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3,
    c = 1 / sqrt(9 * d);
  for (let round = first + 1; ; round += 2) {
    const x = normal(s, index, round),
      base = 1 + c * x;
    if (base <= 0) continue;
    const v = base * base * base;
    if (log(uniform(s, index, round + 1)) >= 0.5 * x * x + d - d * v + d * log(v)) continue;
    const thinning = shape < 1 ? pow(uniform(s, index, first), 1 / shape) : 1;
    return (d * v * thinning * sd) / root;
  }
}

export function drawExponential(s: Stream, index: number, mean: number, attempt: number = 0): number {
  demand(s, mean >= 0, "an exponential distribution", "a mean of at least 0", mean);
  return -mean * log(uniform(s, index, ROUNDS * attempt));
}

/** Right for any mean up to 1e9: inversion below 10, else transformed rejection (PTRS; W. Hörmann, Insur. Math. Econ. 12, 39, 1993). */
export function drawPoisson(s: Stream, index: number, mean: number, attempt: number = 0): number {
  demand(s, mean >= 0 && mean <= 1e9, "a Poisson distribution", "a mean from 0 to 1e9", mean);
  const first = ROUNDS * attempt;
  if (mean < 10) return invert(uniform(s, index, first), exp(-mean), (k) => mean / k);
  const b = 0.931 + 2.53 * sqrt(mean),
    a = 0.02483 * b - 0.059,
    acceptance = 1.1239 + 1.1328 / (b - 3.4),
    squeeze = 0.9277 - 3.6224 / (b - 2);
  for (let round = first; ; round += 2) {
    const u = uniform(s, index, round) - 0.5,
      v = uniform(s, index, round + 1),
      edge = 0.5 - Math.abs(u);
    const k = floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (edge < 0.013 && v > edge)) continue;
    if (log((v * acceptance) / (a / (edge * edge) + b)) <= logPoisson(k, mean)) return k;
  }
}

/** Successes in n trials of probability p: inversion below 10 expected, else transformed rejection (BTRS; W. Hörmann, J. Stat. Comput. Simul. 46, 101, 1993). */
export function drawBinomial(s: Stream, index: number, n: number, p: number, attempt: number = 0): number {
  demand(s, n >= 0 && n <= 1e9 && n === floor(n), "a binomial distribution", "a whole number n from 0 to 1e9", n);
  demand(s, p >= 0 && p <= 1, "a binomial distribution", "a probability from 0 to 1", p);
  if (p > 0.5) return n - drawBinomial(s, index, n, 1 - p, attempt);
  const first = ROUNDS * attempt,
    q = 1 - p,
    odds = p / q;
  if (n * p < 10) return invert(uniform(s, index, first), exp(n * log1p(-p)), (k) => ((n - k + 1) / k) * odds);
  const spread = sqrt(n * p * q),
    b = 1.15 + 2.53 * spread,
    a = 0.0248 * b + 0.01 * p - 0.0873;
  const squeeze = 0.92 - 4.2 / b,
    acceptance = (2.83 + 5.1 / b) * spread,
    atMode = logBinomial(floor((n + 1) * p), n, p);
  for (let round = first; ; round += 2) {
    const u = uniform(s, index, round) - 0.5,
      v = uniform(s, index, round + 1),
      edge = 0.5 - Math.abs(u);
    const k = floor(((2 * a) / edge + b) * u + n * p + 0.5);
    if (edge >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > n) continue;
    if (log((v * acceptance) / (a / (edge * edge) + b)) <= logBinomial(k, n, p) - atMode) return k;
  }
}

/**
 * How many of `marked` among `total` are in a sample of n without replacement, all up to 2^53: inversion from the mode outwards, in time that grows with the standard deviation.
 * The probability is that of three binomials (C. Loader 2000), so it is right for large numbers too.
 */
export function drawHypergeometric(
  s: Stream,
  index: number,
  total: number,
  marked: number,
  n: number,
  attempt: number = 0,
): number {
  demand(
    s,
    total >= 0 && total <= 2 ** 53 && total === floor(total),
    "a hypergeometric distribution",
    "a whole total from 0 to 2^53",
    total,
  );
  demand(
    s,
    marked >= 0 && marked <= total && marked === floor(marked),
    "a hypergeometric distribution",
    `a whole number of marked ones from 0 to ${total}`,
    marked,
  );
  demand(s, n >= 0 && n <= total && n === floor(n), "a hypergeometric distribution", `a whole n from 0 to ${total}`, n);
  const unmarked = total - marked,
    least = Math.max(0, n - unmarked),
    most = Math.min(n, marked);
  if (least === most) return least;
  const mode = Math.min(most, Math.max(least, floor(((n + 1) / (total + 2)) * (marked + 1)))),
    p = n / total;
  let above = mode,
    below = mode,
    pAbove = exp(logBinomial(mode, marked, p) + logBinomial(n - mode, unmarked, p) - logBinomial(n, total, p)),
    pBelow = pAbove;
  let rest = uniform(s, index, ROUNDS * attempt) - pAbove;
  // What is left when neither side has anything to speak of is rounding.
  while (rest >= 0 && pAbove + pBelow > 1e-18) {
    pAbove *= above < most ? ((marked - above) / (above + 1)) * ((n - above) / (unmarked - n + above + 1)) : 0;
    rest -= pAbove;
    above++;
    if (rest < 0) return above;
    pBelow *= below > least ? (below / (marked - below + 1)) * ((unmarked - n + below) / (n - below + 1)) : 0;
    rest -= pBelow;
    below--;
    if (rest < 0) return below;
  }
  return mode;
}

// Whole rows of draws, out[k] being what a single draw gives at index k, bit for bit: two to three times as fast.

export function fillRowUniform(out: Float64Array, count: number, row: Stream, low: number, high: number): void {
  fillUniform(out, 0, count, row, 0);
  for (let k = 0; k < count; k++) out[k] = low + (high - low) * out[k]!;
}

export function fillRowNormal(out: Float64Array, count: number, row: Stream, mean: number, sd: number): void {
  demand(row, sd >= 0, "a normal distribution", "an sd of at least 0", sd);
  fillNormal(out, 0, count, row, 0);
  for (let k = 0; k < count; k++) out[k] = mean + sd * out[k]!;
}

export function fillRowLognormal(out: Float64Array, count: number, row: Stream, mean: number, sd: number): void {
  demand(row, mean > 0, "a lognormal distribution", "a mean above 0", mean);
  demand(row, sd >= 0, "a lognormal distribution", "an sd of at least 0", sd);
  const ratio = sd / mean,
    variance = log1p(ratio * ratio),
    spread = sqrt(variance);
  fillNormal(out, 0, count, row, 0);
  for (let k = 0; k < count; k++) out[k] = mean * exp(spread * out[k]! - 0.5 * variance);
}

export function fillRowExponential(out: Float64Array, count: number, row: Stream, mean: number): void {
  demand(row, mean >= 0, "an exponential distribution", "a mean of at least 0", mean);
  fillUniform(out, 0, count, row, 0);
  for (let k = 0; k < count; k++) out[k] = -mean * log(out[k]!);
}

/** Draws those of a row that lie outside [min, max] again, as `truncated` does; draw(k, attempt) is what filled the row at attempt 0. */
export function truncateRow(
  out: Float64Array,
  count: number,
  row: Stream,
  min: number,
  max: number,
  draw: (k: number, attempt: number) => number,
): void {
  for (let k = 0; k < count; k++)
    if (!(out[k]! >= min && out[k]! <= max)) out[k] = truncated(row, (attempt) => draw(k, attempt), min, max);
}

/** Draws again until the value lies in [min, max]. */
export function truncated(s: Stream, draw: (attempt: number) => number, min: number, max: number): number {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const value = draw(attempt);
    if (value >= min && value <= max) return value;
  }
  throw new DrawError(s.purpose, { kind: "bounds", min, max });
}

/** Why a distribution cannot give what is asked of it: bounds that it hardly ever comes between, or a parameter that makes it none. Numbers are canonical. */
export type DrawProblem =
  | { readonly kind: "bounds"; readonly min: number; readonly max: number }
  | { readonly kind: "parameter"; readonly distribution: string; readonly needed: string; readonly given: number };

/** A draw that cannot be made, with what it was for, so that it can be told where the model says it. */
export class DrawError extends UsageError {
  override readonly name = "DrawError";
  /** That of the stream: `E/V`, `exc E->I.w`. */
  readonly purpose: string;
  readonly problem: DrawProblem;
  constructor(purpose: string, problem: DrawProblem) {
    super(`${purpose}: ${drawProblemText(problem, "")} (what has a unit is in ms, mV, pF and what follows from them)`);
    this.purpose = purpose;
    this.problem = problem;
  }
}

/** In words; bounds with `unit` behind them. */
export function drawProblemText(problem: DrawProblem, unit: string): string {
  if (problem.kind === "parameter") return `${problem.distribution} needs ${problem.needed}, not ${problem.given}`;
  const [low, high] = [problem.min, problem.max].map((bound) => `${bound}${unit}`);
  const between =
    problem.min === -Infinity
      ? `at ${high} or below`
      : problem.max === Infinity
        ? `at ${low} or above`
        : `between ${low} and ${high}`;
  return `none of ${ATTEMPTS} draws lay ${between}: the distribution hardly ever comes there`;
}

const ROUNDS = 1024;
const ATTEMPTS = 100000;
const TWO_PI = 6.283185307179586;

function demand(s: Stream, condition: boolean, distribution: string, needed: string, given: number): void {
  if (!condition) throw new DrawError(s.purpose, { kind: "parameter", distribution, needed, given });
}

/** The smallest k whose cumulative probability reaches u, from the probability of 0 and the ratios of successive ones. */
function invert(u: number, none: number, ratio: (k: number) => number): number {
  let k = 0;
  for (let probability = none, rest = u - none; rest > 0 && probability > 0; rest -= probability)
    probability *= ratio(++k);
  return k;
}

// Log probabilities without cancellation at large means: C. Loader, Fast and accurate computation of binomial probabilities (2000).

function logPoisson(k: number, mean: number): number {
  return k === 0 ? -mean : -stirlingError(k) - deviance(k, mean) - 0.5 * log(TWO_PI * k);
}

function logBinomial(k: number, n: number, p: number): number {
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
