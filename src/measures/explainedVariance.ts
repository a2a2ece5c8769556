// Explained variance of spike trains that are smoothed by a Gaussian, between a model and a recording with repeats.
import { exp } from "../runtime/math.ts";
import { variance } from "./moments.ts";
import type { SpikeTrain } from "./train.ts";

/**
 * Mean over all pairs of a repeat of the model and one of the reference of (var D + var M - var(D - M))/(var D + var M), D and M smoothed by a Gaussian of standard deviation `sigma` (ms),
 * variances over the window that all trains share: Teeter et al. 2018, pairwise explained variance. Two equal trains have 1, silent ones too. Null where no train has a spike.
 */
export function explainedVariance(
  models: readonly SpikeTrain[],
  references: readonly SpikeTrain[],
  sigma: number,
): number | null {
  const smoothed = smoothedTrains([models, references], sigma);
  if (smoothed === null) return null;
  const [m = [], d = []] = smoothed;
  return meanOf(m.flatMap((model) => d.map((data) => between(model, data))));
}

/**
 * The same over the explained variance of the reference by itself: of its repeats by their mean. As the paper has it, 1 says that the model predicts a repeat as well as the
 * mean of the repeats does. Null with fewer than 2 repeats of the reference, or where they have no spikes.
 */
export function explainedVarianceRatio(
  models: readonly SpikeTrain[],
  references: readonly SpikeTrain[],
  sigma: number,
): number | null {
  const smoothed = smoothedTrains([models, references], sigma);
  const [, d = []] = smoothed ?? [];
  return models.length === 0 ? null : quotient(explainedVariance(models, references, sigma), ofReference(d));
}

/** Of smoothed repeats by their mean; null with fewer than 2, or without spikes. */
function ofReference(d: readonly Float64Array[]): number | null {
  if (d.length < 2 || d.every((trace) => trace.every((y) => y === 0))) return null;
  const psth = Float64Array.from(d[0] ?? [], (_, k) => d.reduce((sum, trace) => sum + (trace[k] ?? 0), 0) / d.length);
  return meanOf(d.map((trace) => between(psth, trace)));
}

function quotient(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}

/** Both measures without each of the references in turn: what a jackknife over runs is made of. Null where there is no value. */
export function withoutEachReference(
  models: readonly SpikeTrain[],
  references: readonly SpikeTrain[],
  sigma: number,
): { readonly variance: readonly (number | null)[]; readonly ratio: readonly (number | null)[] } {
  const smoothed = smoothedTrains([models, references], sigma);
  const [m = [], d = []] = smoothed ?? [];
  const pairs = d.map((data) => meanOf(m.map((model) => between(model, data))));
  const others = <T>(all: readonly T[], j: number): T[] => all.filter((_, k) => k !== j);
  const variances = references.map((_, j) => meanOf(others(pairs, j).flatMap((p) => p ?? [])));
  return {
    variance: variances,
    ratio: references.map((_, j) => quotient(variances[j] ?? null, ofReference(others(d, j)))),
  };
}

/** Of two traces; 1 where they do not differ (but by a constant). */
function between(a: Float64Array, b: Float64Array): number {
  const [one, other] = [varianceOf(a), varianceOf(b)];
  if (difference.length !== a.length) difference = new Float64Array(a.length);
  for (let k = 0; k < a.length; k++) difference[k] = (a[k] as number) - (b[k] ?? 0);
  const left = variance(difference);
  return left === 0 ? 1 : (one + other - left) / (one + other);
}

/** Between one pair and the next nothing of it is of use. */
let difference = new Float64Array(0);

/** Trains are smoothed once, however many are held against them. */
const smoothedBefore = new WeakMap<SpikeTrain, Smoothed>();
const variances = new WeakMap<Float64Array, number>();

interface Smoothed {
  readonly from: number;
  readonly until: number;
  readonly sigma: number;
  readonly trace: Float64Array;
}

function varianceOf(trace: Float64Array): number {
  const there = variances.get(trace) ?? variance(trace);
  variances.set(trace, there);
  return there;
}

/** All sampled at the same moments of the window that they share; null where there is none, or no spike in it. */
function smoothedTrains(groups: readonly (readonly SpikeTrain[])[], sigma: number): Float64Array[][] | null {
  const all = groups.flat();
  const from = all.reduce((latest, train) => Math.max(latest, train.from), -Infinity);
  const until = all.reduce((earliest, train) => Math.min(earliest, train.until), Infinity);
  if (groups.some((group) => group.length === 0) || !(until > from)) return null;
  if (all.every(({ times }) => !times.some((t) => t >= from && t <= until))) return null;
  return groups.map((group) => group.map((train) => smoothed(train, from, until, sigma)));
}

function smoothed(train: SpikeTrain, from: number, until: number, sigma: number): Float64Array {
  const there = smoothedBefore.get(train);
  if (there?.from === from && there.until === until && there.sigma === sigma) return there.trace;
  const seen = train.times.filter((t) => t >= from && t <= until);
  const trace = smooth(seen, from, until, sigma);
  smoothedBefore.set(train, { from, until, sigma, trace });
  return trace;
}

/** The sum of Gaussians of height 1, at the middles of steps of sigma/5 or less: so fine that a sum over a whole Gaussian is its integral to rounding; of one that the window cuts off, which counts where the window is short, to about 1e-3 of it. */
function smooth(times: Float64Array, from: number, until: number, sigma: number): Float64Array {
  const samples = Math.max(FEWEST, Math.ceil((until - from) / (sigma / 5)));
  const step = (until - from) / samples;
  const out = new Float64Array(samples);
  for (const t of times) {
    const last = Math.min(samples - 1, Math.floor((t + REACH * sigma - from) / step));
    for (let k = Math.max(0, Math.floor((t - REACH * sigma - from) / step)); k <= last; k++) {
      const z = (from + (k + 0.5) * step - t) / sigma;
      out[k] = (out[k] ?? 0) + exp(-0.5 * z * z);
    }
  }
  return out;
}

/** Samples of a short window, whose edges cut off a good part of what is in it. */
const FEWEST = 500;

/** In standard deviations: beyond, a Gaussian is below 1e-15 of its height. */
const REACH = 8.5;

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}
