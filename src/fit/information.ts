// What the data tell of each number: residuals of the trace and the likelihood of the spikes, both with the model driven by the recorded spikes, and how much of it is repeated from one moment to the next.
// The covariance is H^-1 S H^-1, H the curvature and S the variance of its gradient over blocks of time (P. J. Huber, Proc. 5th Berkeley Symp. 1:221 (1967); blocks: W. K. Newey & K. D. West, Econometrica 55:703 (1987)).
import { exp, log, sqrt } from "../runtime/math.ts";
import { valueAt, type Part } from "./coordinates.ts";
import { eigen } from "./eigen.ts";
import { aside } from "./leastSquares.ts";
import { HIGHEST, resolution, type Margins, type SpikeSteps } from "./likelihood.ts";
import type { FreeNumber, OpenDirection } from "./problem.ts";
import type { Residuals } from "./leastSquares.ts";
import { inverse, product } from "./solve.ts";

export interface Information {
  /** Of the part's coordinates. */
  readonly covariance: readonly (readonly number[])[];
  readonly evaluations: number;
}

/** Blocks of time, longer than what happens in one of them is felt. */
const BLOCKS = 40;
/** Below this part of the data's standard deviation residuals are rounding. */
const LEAST_RESIDUAL = 1e-7;
/** What is known worse than this many boxes is not known: without it there would be no inverse. */
const WIDEST = 3;

/** What the data are held against: `residualsAt` of the traces, null without; margins of the spike condition, null without spikes. */
export interface Evidence {
  readonly trace: { readonly residualsAt: Residuals } | null;
  readonly spikes: {
    readonly marginsAt: Margins;
    readonly steps: readonly SpikeSteps[];
    readonly isRate: boolean;
    readonly dt: number;
  } | null;
}

/** What makes a likelihood of it: the variance of the residuals, and the rate exp(m/softness + level) at a margin m. */
export interface Scales {
  readonly variance: number;
  readonly softness: number;
  readonly level: number;
}

export interface Slopes {
  readonly curvature: readonly (readonly number[])[];
  /** Of the log-likelihood, by block of time. */
  readonly blocks: readonly (readonly number[])[];
  readonly scales: Scales;
  readonly evaluations: number;
}

/** By finite differences; with the scales of the point itself unless given. Null where there are no runs to take it of. */
export async function slopesAt(
  point: readonly number[],
  { trace, spikes }: Evidence,
  given: Scales | null = null,
): Promise<Slopes | null> {
  const n = point.length;
  const points = [point, ...point.map((_, i) => aside(point, i))];
  const widths = point.map((x, i) => (aside(point, i)[i] as number) - x);
  const curvature = point.map((_, i) => point.map((_, j) => (i === j ? 1 / (WIDEST * WIDEST) : 0)));
  const blocks = Array.from({ length: BLOCKS }, () => new Array<number>(n).fill(0));
  let scales = given ?? { variance: 1, softness: 1, level: 0 };
  let evaluations = 0;
  if (trace !== null) {
    const all = await trace.residualsAt(points);
    evaluations += all.length;
    const r = all[0] ?? null;
    if (r === null) return null;
    const slopes = point.map((_, i) => (all[1 + i] ?? r).map((y, k) => (y - (r[k] as number)) / (widths[i] as number)));
    const own = Math.max(LEAST_RESIDUAL ** 2, r.reduce((sum, x) => sum + x * x, 0) / Math.max(1, r.length));
    if (given === null) scales = { ...scales, variance: own };
    const { variance } = scales;
    for (let k = 0; k < r.length; k++) {
      const block = blocks[Math.floor((k * BLOCKS) / r.length)] as number[];
      for (let i = 0; i < n; i++) {
        const own = (slopes[i] as Float64Array)[k] as number;
        block[i] = (block[i] as number) - (own * (r[k] as number)) / variance;
        for (let j = 0; j < n; j++)
          (curvature[i] as number[])[j] =
            ((curvature[i] as number[])[j] as number) + (own * ((slopes[j] as Float64Array)[k] as number)) / variance;
      }
    }
  }
  if (spikes !== null) {
    const all = await spikes.marginsAt(points);
    evaluations += all.length;
    const here = all[0] ?? null;
    if (here === null) return null;
    if (given === null && !spikes.isRate) scales = { ...scales, ...softest(spikes.steps, here, spikes.dt) };
    const there = points.slice(1).map((_, i) => all[1 + i] ?? here);
    addSpikes(spikes, scales, here, there, widths, curvature, blocks);
  }
  return { curvature, blocks, scales, evaluations };
}

/** By point: minus the log-likelihood in each block of time, up to a constant; null where a run left the numbers. */
export async function surprisesAt(
  points: readonly (readonly number[])[],
  { trace, spikes }: Evidence,
  { variance, softness, level }: Scales,
): Promise<readonly (readonly number[] | null)[]> {
  const residuals = trace === null ? null : await trace.residualsAt(points);
  const margins = spikes === null ? null : await spikes.marginsAt(points);
  return points.map((_, p) => {
    const [r, m] = [residuals?.[p], margins?.[p]];
    if (r === null || m === null) return null;
    const blocks = new Array<number>(BLOCKS).fill(0);
    const add = (block: number, x: number): void => {
      blocks[block] = (blocks[block] as number) + x;
    };
    r?.forEach((x, k) => add(Math.floor((k * BLOCKS) / r.length), (x * x) / (2 * variance)));
    spikes?.steps.forEach(({ free, spikes: own, steps }, run) => {
      const margin = m?.[run] as Float64Array;
      for (const k of own) add(blockOf(k - 1, steps), -((margin[k - 1] as number) / softness + level));
      for (const k of free) add(blockOf(k, steps), expectedAt(margin[k] as number, softness, level, spikes.dt));
    });
    return blocks.some((x) => Number.isNaN(x)) ? null : blocks;
  });
}

/** The covariance at the point; null where there are no runs to take it of. */
export async function informationAt(point: readonly number[], evidence: Evidence): Promise<Information | null> {
  const n = point.length;
  const slopes = await slopesAt(point, evidence);
  if (slopes === null) return null;
  const { curvature, blocks, evaluations } = slopes;
  const bread = inverse(curvature);
  if (bread === null) return null;
  // Gradients of blocks about their mean: what a search has moved away from the top of the likelihood is no noise.
  const means = point.map((_, i) => blocks.reduce((sum, b) => sum + (b[i] as number), 0) / BLOCKS);
  const meat = point.map((_, i) =>
    point.map(
      (_, j) =>
        (BLOCKS / Math.max(1, BLOCKS - n)) *
        blocks.reduce(
          (sum, b) => sum + ((b[i] as number) - (means[i] as number)) * ((b[j] as number) - (means[j] as number)),
          0,
        ),
    ),
  );
  return { covariance: sandwich(bread, meat), evaluations };
}

/**
 * H^-1 S H^-1, and in no direction narrower than what independent samples would leave, H^-1: along what the data leave open no gradient moves, so that S knows nothing of it.
 * With R² = H^-1 it is R max(R S R, 1) R.
 */
export function sandwich(
  bread: readonly (readonly number[])[],
  meat: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const root = ofEigenvalues(bread, (x) => sqrt(Math.max(0, x)));
  const spread = ofEigenvalues(product(product(root, meat), root), (x) => Math.max(1, x));
  return product(product(root, spread), root);
}

/** A function of a symmetric matrix, by its eigenvalues. */
function ofEigenvalues(
  matrix: readonly (readonly number[])[],
  f: (value: number) => number,
): readonly (readonly number[])[] {
  const { values, vectors } = eigen(matrix);
  return matrix.map((_, i) =>
    matrix.map((_, j) => values.reduce((sum, x, k) => sum + f(x) * at(vectors, i, k) * at(vectors, j, k), 0)),
  );
}

function at(matrix: readonly (readonly number[])[], i: number, j: number): number {
  return (matrix[i] as readonly number[])[j] as number;
}

function addSpikes(
  { steps, dt }: { readonly steps: readonly SpikeSteps[]; readonly dt: number },
  { softness, level }: Scales,
  here: readonly Float64Array[],
  there: readonly (readonly Float64Array[])[],
  widths: readonly number[],
  curvature: number[][],
  blocks: number[][],
): void {
  const n = there.length;
  const η = new Float64Array(n);
  steps.forEach(({ free, spikes, steps: last }, r) => {
    const m = here[r] as Float64Array;
    const blockAt = (k: number): number[] => {
      for (let i = 0; i < n; i++)
        η[i] =
          ((((there[i] as readonly Float64Array[])[r] as Float64Array)[k] as number) - (m[k] as number)) /
          (widths[i] as number) /
          softness;
      return blocks[blockOf(k, last)] as number[];
    };
    for (const k of spikes) {
      const block = blockAt(k - 1);
      for (let i = 0; i < n; i++) block[i] = (block[i] as number) + (η[i] as number);
    }
    for (const k of free) {
      const expected = expectedAt(m[k] as number, softness, level, dt);
      if (expected < 1e-12) continue;
      const block = blockAt(k);
      for (let i = 0; i < n; i++) {
        block[i] = (block[i] as number) - expected * (η[i] as number);
        for (let j = 0; j < n; j++)
          (curvature[i] as number[])[j] =
            ((curvature[i] as number[])[j] as number) + expected * (η[i] as number) * (η[j] as number);
      }
    }
  });
}

function blockOf(step: number, steps: number): number {
  return Math.min(BLOCKS - 1, Math.floor((step * BLOCKS) / steps));
}

/** Spikes that are expected in a step. */
function expectedAt(margin: number, softness: number, level: number, dt: number): number {
  return exp(Math.min(HIGHEST, margin / softness + level)) * dt;
}

/** The softness Δ and the level c of a rate exp(m/Δ + c) under which the spikes are most likely: c = log(N/Σ exp(m/Δ) dt) for N spikes; Δ in equal ratios from what can be resolved. */
function softest(
  steps: readonly SpikeSteps[],
  margins: readonly Float64Array[],
  dt: number,
): { readonly softness: number; readonly level: number } {
  const least = resolution(steps, margins);
  let best = { softness: least, level: 0, value: -Infinity };
  for (let k = 0; k < 32; k++) {
    const softness = least * exp(k * log(1.25));
    let [spikes, at, expected] = [0, 0, 0];
    steps.forEach((own, r) => {
      const m = margins[r] as Float64Array;
      spikes += own.spikes.length;
      for (const n of own.spikes) at += (m[n - 1] as number) / softness;
      for (const n of own.free) expected += exp(Math.min(HIGHEST, (m[n] as number) / softness)) * dt;
    });
    const level = log(spikes / expected);
    const value = at + spikes * level - spikes;
    if (value > best.value) best = { softness, level, value };
  }
  return best;
}

/** Of Student's distribution with as many degrees of freedom as there are blocks: 95 %. */
export const QUANTILE = 2.03;

/** 95 %, inside the bounds. */
export function intervalOf(
  free: FreeNumber,
  place: number,
  variance: number,
): { readonly lower: number; readonly upper: number } {
  const half = QUANTILE * sqrt(variance);
  return { lower: valueAt(free, place - half), upper: valueAt(free, place + half) };
}

/** Standard deviations, as parts of the box, from which on a direction is open. */
const OPEN = 0.15;
const SHARE = 0.3;
/** Correlations from which on two numbers are known better together than alone. */
const TOGETHER = 0.95;

/** What the data leave open: directions along which much of the box explains them alike, and pairs that are known better together than alone. */
export function directionsOf(
  free: readonly FreeNumber[],
  part: Part,
  { covariance }: Information,
): readonly OpenDirection[] {
  const { values, vectors } = eigen(covariance);
  const name = (i: number): string => (free[part.numbers[i] as number] as FreeNumber).name;
  const found: OpenDirection[] = [];
  const told = new Set<string>();
  const order = values.map((_, k) => k).sort((a, b) => (values[b] as number) - (values[a] as number));
  for (const k of order) {
    if (sqrt(Math.max(0, values[k] as number)) < OPEN) break;
    const shares = vectors.map((row) => row[k] as number);
    const large = shares.map((_, i) => i).filter((i) => Math.abs(shares[i] as number) > SHARE);
    const sign = (shares[large[0] as number] as number) < 0 ? -1 : 1;
    const numbers = large.map((i) => ({ number: part.numbers[i] as number, share: sign * (shares[i] as number) }));
    const names = large.map(name);
    told.add(names.join(" "));
    found.push({ words: wordsOf(free, numbers, null), numbers });
  }
  for (let i = 0; i < part.numbers.length; i++)
    for (let j = 0; j < i; j++) {
      const correlation = at(covariance, i, j) / sqrt(at(covariance, i, i) * at(covariance, j, j));
      if (!(Math.abs(correlation) > TOGETHER) || told.has(`${name(j)} ${name(i)}`)) continue;
      const numbers = [
        { number: part.numbers[j] as number, share: sqrt(at(covariance, j, j)) },
        { number: part.numbers[i] as number, share: Math.sign(correlation) * sqrt(at(covariance, i, i)) },
      ];
      found.push({ words: wordsOf(free, numbers, correlation), numbers });
    }
  return found;
}

function wordsOf(free: readonly FreeNumber[], numbers: OpenDirection["numbers"], correlation: number | null): string {
  const own = numbers.map(({ number }) => free[number] as FreeNumber);
  const names = own.map((f) => f.name);
  const [a, b] = own;
  if (a === undefined || b === undefined)
    return `${names.join("")} is hardly known: the data are explained as well by very different values`;
  if (own.length > 2)
    return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""} are open together: only combinations of them are known`;
  const [first, second] = numbers.map(({ share }, k) => share * widthOf(own[k] as FreeNumber)) as [number, number];
  const known = correlation === null ? "only" : `with a correlation of ${correlation.toFixed(2)};`;
  const combination = combined(a, b, second / first);
  const moves = first * second > 0 ? "move together" : "move against each other";
  return `${a.name} and ${b.name} ${moves}: ${known} ${combination} is known${correlation === null ? "" : " better than either"}`;
}

/** Of a coordinate: of the logarithm where it is sought in ratios. */
function widthOf({ lower, upper, logarithmic }: FreeNumber): number {
  return logarithmic ? log(upper / lower) : upper - lower;
}

/** What stays the same where b moves by `ratio` for each step of a. */
function combined(a: FreeNumber, b: FreeNumber, ratio: number): string {
  const equal = Math.abs(Math.abs(ratio) - 1) < 0.25;
  if (a.logarithmic && b.logarithmic && equal) return ratio > 0 ? `${a.name}/${b.name}` : `${a.name}*${b.name}`;
  if (!a.logarithmic && !b.logarithmic && equal && a.unit.text === b.unit.text)
    return ratio > 0 ? `${a.name} - ${b.name}` : `${a.name} + ${b.name}`;
  return "a combination of them";
}
