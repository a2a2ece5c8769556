// Regression on the recorded trace: the model is driven by the recorded spikes, samples around them are cut out, and what is left is explained by least squares.
import { stream, uniform } from "../runtime/random.ts";
import type { Optimiser } from "./optimisers/optimiser.ts";
import { searchFrom } from "./search.ts";
import { partOf, valueAt } from "./coordinates.ts";
import type { Forced, ForcedRun } from "./forced.ts";
import { dot, gathered, leastSquares, type LeastSquares, type Residuals } from "./leastSquares.ts";
import type { FitProblem, FitRuns, FreeNumber, Window } from "./problem.ts";
import { inverse } from "./solve.ts";

/** ms cut out before and after each recorded spike: what an action potential does there is nothing that the equations between spikes describe. */
const BEFORE = 2;
const AFTER = 8;
/** ms between two samples that are compared: the membrane is slower. */
const EVERY = 0.5;

/** Of one trace: which samples of a forced run say what a sample of the data should be. */
export interface Compared {
  readonly run: number;
  readonly read: number;
  /** Steps of the run, and between two of its samples. */
  readonly steps: number;
  readonly every: number;
  /** Sample of the run before that of the data, and how far it lies beyond that. */
  readonly sample: Int32Array;
  readonly beyond: Float64Array;
  readonly data: Float64Array;
  /** 1 over the standard deviation of the data: traces of different units count alike. */
  readonly weight: number;
}

/** What of all traces is compared in the windows. */
export function comparedSamples(
  problem: FitProblem,
  forced: Forced,
  windows: readonly (readonly Window[])[],
): readonly Compared[] {
  return forced.runs.flatMap((run, r) =>
    run.traces.map((_, read) => compared(problem, run, r, read, windows[run.case] ?? [])),
  );
}

function compared(problem: FitProblem, run: ForcedRun, r: number, read: number, windows: readonly Window[]): Compared {
  const { step } = (problem.cases[run.case] as FitProblem["cases"][number]).program;
  const { t, y } = (run.traces[read] as ForcedRun["traces"][number]).data;
  const every = Math.max(1, Math.floor(EVERY / step + 1e-9));
  const last = Math.max(0, ...windows.map((w) => w.until));
  const steps = Math.min(run.steps, Math.ceil(last / step / every) * every);
  const between = every * step;
  const sample: number[] = [];
  const beyond: number[] = [];
  const data: number[] = [];
  let s = 0;
  for (let k = 0; k < t.length; k++) {
    const time = t[k] as number;
    const at = time / between;
    const n = Math.floor(at + 1e-9);
    // The first sample of the data at or after each of the run's: others would be interpolated for nothing.
    if (k > 0 && (t[k - 1] as number) / between > n - 1e-9) continue;
    if (time < 0 || time > steps * step || !Number.isFinite(y[k])) continue;
    if (!windows.some((w) => time >= w.from && time <= w.until)) continue;
    while (s < run.spikes.length && (run.spikes[s] as number) * step + AFTER < time) s++;
    if (s < run.spikes.length && time >= (run.spikes[s] as number) * step - BEFORE) continue;
    if ((n + 1) * every > steps && at > n + 1e-9) continue;
    sample.push(n);
    beyond.push(Math.max(0, at - n));
    data.push(y[k] as number);
  }
  const values = Float64Array.from(data);
  return {
    run: r,
    read,
    steps,
    every,
    sample: Int32Array.from(sample),
    beyond: Float64Array.from(beyond),
    data: values,
    weight: 1 / (deviation(values) || 1),
  };
}

function deviation(y: Float64Array): number {
  const mean = y.reduce((a, b) => a + b, 0) / Math.max(1, y.length);
  return Math.sqrt(y.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / Math.max(1, y.length));
}

/** Residuals of values of all free numbers, model less data in standard deviations of the data, one trace after the other. */
export function residualsOf(runs: FitRuns, samples: readonly Compared[]): Residuals {
  const total = samples.reduce((sum, c) => sum + c.data.length, 0);
  const numbers = [...new Set(samples.map((c) => c.run))];
  return async (candidates) => {
    const out: (Float64Array | null)[] = candidates.map(() => new Float64Array(total));
    for (const run of numbers) {
      const { steps, every } = samples.find((c) => c.run === run) as Compared;
      const outcomes = await runs.forced({ run, reads: "traces", steps, every, candidates });
      outcomes.forEach((outcome, c) => {
        const residuals = out[c] ?? null;
        if (residuals === null) return;
        let at = 0;
        for (const { run: own, read, sample, beyond, data, weight } of samples) {
          if (own === run) {
            const y = outcome?.[read];
            if (y === undefined) {
              out[c] = null;
              return;
            }
            for (let k = 0; k < data.length; k++) {
              const n = sample[k] as number;
              const a = y[n] as number;
              const b = y[n + 1] ?? a;
              residuals[at + k] = weight * (a + (beyond[k] as number) * (b - a) - (data[k] as number));
            }
          }
          at += data.length;
        }
        if (!Number.isFinite(dot(residuals, residuals))) out[c] = null;
      });
    }
    return out;
  };
}

/** Points of the box that are looked at for a number, and how many of them are begun from. */
const FIRST_POINTS = 4;
const STARTS = 2;
/** Points whose residuals are kept at once. */
const AT_ONCE = 32;
/** Values that are tried of a number in which nothing has a slope, and steps of least squares for each. */
const SCANNED = 6;
const SCAN_STEPS = 3;
/** A sum of squares that is lower by less than this part of it is no lower. */
const LOWER = 1e-6;

/** Where an optimiser looks first: searches, candidates of each, their first spread. */
const ROUGH_SEARCHES = 2;
const ROUGH_EVALUATIONS = 800;
const ROUGH_SPREAD = 0.2;

/** What a number that is rounded to steps may be: places of its box. */
export interface Scan {
  readonly number: number;
  readonly from: number;
  readonly until: number;
}

export interface Regression {
  /** Of all free numbers. */
  readonly values: readonly number[];
  /** Of the data's variance, what is left unexplained. */
  readonly unexplained: number;
  /** The half of the numbers that the trace says less of. */
  readonly loose: readonly number[];
  readonly evaluations: number;
}

/**
 * Least squares from the model's own numbers and the best of some points all over the box, on a piece of the data; from where that came lowest with some values of what is scanned, on the piece too; from there on all
 * of it. Null where no run stays in the numbers.
 */
export async function regression(
  problem: FitProblem,
  runs: FitRuns,
  samples: readonly Compared[],
  {
    numbers,
    own,
    scans,
    piece,
    optimiser,
    stopped,
  }: {
    readonly numbers: readonly number[];
    readonly own: readonly number[];
    readonly scans: readonly Scan[];
    /** A part of the samples that a first look needs. */
    readonly piece: readonly Compared[];
    /** Looks for where least squares begin, where what is explained has folds; null where they find it by themselves. */
    readonly optimiser: Optimiser | null;
    readonly stopped: () => boolean;
  },
): Promise<Regression | null> {
  const part = partOf(problem.free, numbers, own);
  const looked = residualsOf(runs, piece);
  const sumsAt = async (at: readonly (readonly number[])[]): Promise<number[]> => {
    const sums: number[] = [];
    for (let k = 0; k < at.length; k += AT_ONCE)
      for (const r of await looked(at.slice(k, k + AT_ONCE).map((point) => part.values(point))))
        sums.push(r === null ? Infinity : dot(r, r) / Math.max(1, r.length));
    return sums;
  };
  const draws = stream(problem.seeds[0] ?? 1, "fit/regression");
  const searched =
    optimiser === null
      ? []
      : await searchFrom(
          { losses: async (all) => await sumsAt(all.map((values) => part.point(values))) },
          {
            optimiser,
            seeds: problem.seeds.slice(0, ROUGH_SEARCHES),
            part,
            from: null,
            own,
            spread: ROUGH_SPREAD,
            restarts: false,
            evaluations: ROUGH_EVALUATIONS * ROUGH_SEARCHES,
            stopped,
          },
        );
  const points = [
    part.point(own),
    ...(optimiser === null
      ? Array.from({ length: FIRST_POINTS * numbers.length }, (_, k) => numbers.map((_, i) => uniform(draws, i, k)))
      : searched.map((s) => part.point(s.values))),
  ];
  const sums = await sumsAt(points);
  const order = points
    .map((_, k) => k)
    .filter((k) => Number.isFinite(sums[k]))
    .sort((a, b) => (sums[a] as number) - (sums[b] as number) || a - b);
  const begun = new Set([...(Number.isFinite(sums[0]) ? [0] : []), ...order.slice(0, STARTS)]);
  let evaluations = points.length + searched.reduce((sum, s) => sum + s.evaluations, 0);

  /** The lowest of least squares from several values, taken side by side. */
  const lowestFrom = async (
    of: readonly Compared[],
    starts: readonly (readonly number[])[],
    steps?: number,
  ): Promise<{ readonly values: readonly number[]; readonly found: LeastSquares } | null> => {
    const residualsAt = gathered(residualsOf(runs, of));
    const all = await Promise.all(
      starts.map(async (values) => {
        const there = partOf(problem.free, numbers, values);
        const at: Residuals = (points) => residualsAt(points.map((point) => there.values(point)));
        const found = await leastSquares(at, there.point(values), stopped, steps);
        return found === null ? null : { values: there.values(found.point), found };
      }),
    );
    return all.reduce((lowest, one) => {
      evaluations += one?.found.evaluations ?? 0;
      return one !== null && !(one.found.squares >= (lowest?.found.squares ?? Infinity) * (1 - LOWER)) ? one : lowest;
    }, null);
  };
  let first = await lowestFrom(
    piece,
    [...begun].map((k) => part.values(points[k] as number[])),
  );
  for (const scan of scans) {
    const begin = first?.values;
    if (begin === undefined) break;
    const places = Array.from(
      { length: SCANNED },
      (_, k) => scan.from + ((scan.until - scan.from) * k) / (SCANNED - 1),
    );
    const others = places.map((place) =>
      begin.map((v, i) => (i === scan.number ? valueAt(problem.free[i] as FreeNumber, place) : v)),
    );
    const scanned = await lowestFrom(piece, others, SCAN_STEPS);
    if (scanned !== null && scanned.found.squares < (first?.found.squares ?? Infinity) * (1 - LOWER)) first = scanned;
  }
  // Folds that the piece does not show may lie between it and the whole: least squares go on from where that is lowest.
  if (first !== null && optimiser !== null) {
    const starts = [first.values, ...[...begun].map((k) => part.values(points[k] as number[]))];
    const residuals = await residualsOf(runs, samples)(starts);
    evaluations += starts.length;
    const whole = residuals.map((r) => (r === null ? Infinity : dot(r, r)));
    first = { ...first, values: starts[whole.indexOf(Math.min(...whole))] as readonly number[] };
  }
  const all = first === null ? null : await lowestFrom(samples, [first.values]);
  return all === null
    ? null
    : {
        values: all.values,
        unexplained: all.found.squares / Math.max(1, all.found.residuals.length),
        loose: looseOf(numbers, all.found),
        evaluations,
      };
}

/** By the standard errors of their places, (J'J)^-1: all of them where some combination has no slope at all. */
function looseOf(numbers: readonly number[], { slopes }: LeastSquares): readonly number[] {
  const covariance = inverse(slopes.map((a) => slopes.map((b) => dot(a, b))));
  if (covariance === null) return numbers;
  const variance = (i: number): number => covariance[i]?.[i] ?? 0;
  const order = numbers.map((_, i) => i).sort((a, b) => variance(b) - variance(a) || a - b);
  return order
    .slice(0, Math.ceil(order.length / 2))
    .map((i) => numbers[i] as number)
    .sort((a, b) => a - b);
}
