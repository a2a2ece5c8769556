// What the recorded spikes say of the spike condition, the model driven by them: an escape rate exp((a - b)/Δ)/τ about the condition `a > b`, or the model's own rate. In what is affine in the numbers the
// likelihood is concave: L. Paninski, Network 15:243 (2004); S. Mensi et al., J. Neurophysiol. 107:1756 (2012).
import { exp, log } from "../runtime/math.ts";
import { stream, uniform } from "../runtime/random.ts";
import type { Part } from "./coordinates.ts";
import type { Forced, ForcedRun } from "./forced.ts";
import { aside } from "./leastSquares.ts";
import type { FitProblem, FitRuns, Window } from "./problem.ts";
import { solve } from "./solve.ts";

/** Of one forced run: steps that count, and those at whose end it spikes. */
export interface SpikeSteps {
  readonly run: number;
  readonly steps: number;
  /** Where it could spike and did not. */
  readonly free: Int32Array;
  readonly spikes: Int32Array;
}

/** ms after a spike in which no other is looked for, whatever the model's period is. */
const PAUSE = 2;

export function spikeSteps(
  problem: FitProblem,
  forced: Forced,
  windows: readonly (readonly Window[])[],
): readonly SpikeSteps[] {
  return forced.runs.flatMap((run: ForcedRun, r) => {
    const { step } = (problem.cases[run.case] as FitProblem["cases"][number]).program;
    const own = windows[run.case] ?? [];
    const isSeen = (n: number): boolean => own.some((w) => n * step >= w.from && n * step <= w.until);
    const spikes = run.spikes.filter((n) => isSeen(n) && n > 1);
    const last = Math.max(0, ...own.map((w) => w.until));
    const steps = Math.min(run.steps, Math.ceil(last / step));
    const pause = Math.round(PAUSE / step);
    const free: number[] = [];
    let s = 0;
    for (let n = 1; n < steps; n++) {
      while (s < run.spikes.length && (run.spikes[s] as number) + pause < n) s++;
      if (s < run.spikes.length && n >= (run.spikes[s] as number)) continue;
      if (isSeen(n)) free.push(n);
    }
    return run.reads.margin.length === 0
      ? []
      : [{ run: r, steps, free: Int32Array.from(free), spikes: Int32Array.from(spikes) }];
  });
}

/** Margins at points of the box, by run; null where a run left the numbers. */
export type Margins = (points: readonly (readonly number[])[]) => Promise<readonly (readonly Float64Array[] | null)[]>;

export function marginsOf(runs: FitRuns, steps: readonly SpikeSteps[], part: Part): Margins {
  return async (points) => {
    const candidates = points.map((p) => part.values(p));
    const out: (Float64Array[] | null)[] = candidates.map(() => []);
    for (const { run, steps: taken } of steps) {
      const outcomes = await runs.forced({ run, reads: "margin", steps: taken, every: 1, candidates });
      outcomes.forEach((outcome, c) => {
        const trace = outcome?.[0];
        if (trace === undefined) out[c] = null;
        else out[c]?.push(trace);
      });
    }
    return out;
  };
}

/** ms: what the escape rate is at the threshold; any other only shifts it. */
const TAU = 1;
/** Beyond, a rate is as good as certain. */
export const HIGHEST = 20;

/** Of a margin: the logarithm of the rate there (1/ms). */
function logRate(margin: number, softness: number, isRate: boolean): number {
  return Math.min(HIGHEST, isRate ? margin : margin / softness - log(TAU));
}

/** Σ log ρ over spikes less Σ ρ dt where there was none. The step that ends in a spike shows the state after its reset, so that the one before it speaks. */
function logLikelihood(
  steps: readonly SpikeSteps[],
  margins: readonly Float64Array[],
  softness: number,
  isRate: boolean,
  dt: number,
): number {
  let sum = 0;
  steps.forEach(({ free, spikes }, r) => {
    const m = margins[r] as Float64Array;
    for (const n of spikes) sum += logRate(m[n - 1] as number, softness, isRate);
    let expected = 0;
    for (const n of free) expected += exp(logRate(m[n] as number, softness, isRate));
    sum -= expected * dt;
  });
  return Number.isNaN(sum) ? -Infinity : sum;
}

export interface Likelihood {
  readonly point: readonly number[];
  /** Δ, in the margin's unit. */
  readonly softness: number;
  readonly value: number;
  readonly evaluations: number;
  readonly steps: number;
  /** By number of the part: what the margin moves by along its coordinate, where it is the same everywhere; else null. */
  readonly shifts: readonly (number | null)[];
}

const FIRST_POINTS = 4;
const MOST_STEPS = 25;
/** A step that gains less (in nats) is the last. */
const GAIN = 0.01;
const DAMPING = [1e-6, 1e-3, 0.1, 10];

/** Fisher scoring: Newton's method with the information in the place of the curvature. Null where no run stays in the numbers. */
export async function mostLikely(
  marginsAt: Margins,
  steps: readonly SpikeSteps[],
  {
    part,
    own,
    seed,
    isRate,
    dt,
    stopped,
  }: {
    readonly part: Part;
    readonly own: readonly number[];
    readonly seed: number;
    readonly isRate: boolean;
    readonly dt: number;
    readonly stopped: () => boolean;
  },
): Promise<Likelihood | null> {
  const n = part.numbers.length;
  const draws = stream(seed, "fit/likelihood");
  const points = [
    part.point(own),
    ...Array.from({ length: FIRST_POINTS * n }, (_, k) => part.numbers.map((_, i) => uniform(draws, i, k))),
  ];
  const first = await marginsAt(points);
  let evaluations = points.length;
  let best: { point: readonly number[]; softness: number; value: number } | null = null;
  first.forEach((margins, k) => {
    if (margins === null) return;
    const spread = isRate ? 1 : deviation(steps, margins);
    for (const share of isRate ? [1] : [0.1, 0.3, 1]) {
      const value = logLikelihood(steps, margins, share * spread, isRate, dt);
      if (Number.isFinite(value) && (best === null || value > best.value))
        best = { point: points[k] as number[], softness: share * spread, value };
    }
  });
  if (best === null) return null;
  let { point, softness, value } = best as { point: readonly number[]; softness: number; value: number };
  for (let step = 0; ; step++) {
    const all = await marginsAt([point, ...point.map((_, i) => aside(point, i))]);
    evaluations += all.length;
    const here = all[0] ?? null;
    if (here === null) return null;
    const widths = point.map((x, i) => (aside(point, i)[i] as number) - x);
    const shifts = point.map((_, i) => constantSlope(steps, here, all[1 + i] ?? here, widths[i] as number));
    if (step === MOST_STEPS || stopped()) return { point, softness, value, evaluations, steps: step, shifts };
    const { gradient, information } = scores(
      steps,
      here,
      point.map((_, i) => all[1 + i] ?? here),
      widths,
      softness,
      isRate,
      dt,
    );
    const lowest = isRate ? 0 : resolution(steps, here);
    const tries = DAMPING.flatMap((λ) => {
      const move = solve(
        information.map((row, i) => row.map((x, j) => (i === j ? x * (1 + λ) + 1e-12 : x))),
        gradient,
      );
      if (move === null) return [];
      return [
        {
          point: point.map((x, i) => Math.min(1, Math.max(0, x + (move[i] as number)))),
          softness: isRate ? 1 : Math.max(lowest, softness * exp(Math.min(1, Math.max(-1, move[n] as number)))),
        },
      ];
    });
    const found = await marginsAt(tries.map((t) => t.point));
    evaluations += found.length;
    const before = value;
    tries.forEach((t, k) => {
      const margins = found[k] ?? null;
      const likely = margins === null ? -Infinity : logLikelihood(steps, margins, t.softness, isRate, dt);
      if (likely > value) [point, softness, value] = [t.point, t.softness, likely];
    });
    if (value - before < GAIN) return { point, softness, value, evaluations, steps: step + 1, shifts };
  }
}

/** Gradient and information of the numbers and, where the softness is free, of its logarithm. */
function scores(
  steps: readonly SpikeSteps[],
  here: readonly Float64Array[],
  there: readonly (readonly Float64Array[])[],
  widths: readonly number[],
  softness: number,
  isRate: boolean,
  dt: number,
): { readonly gradient: number[]; readonly information: number[][] } {
  const n = there.length;
  const size = isRate ? n : n + 1;
  const gradient = new Array<number>(size).fill(0);
  const information = gradient.map(() => new Array<number>(size).fill(0));
  const η = new Float64Array(size);
  steps.forEach(({ free, spikes }, r) => {
    const m = here[r] as Float64Array;
    const slopesAt = (k: number): void => {
      for (let i = 0; i < n; i++)
        η[i] =
          ((((there[i] as readonly Float64Array[])[r] as Float64Array)[k] as number) - (m[k] as number)) /
          (widths[i] as number) /
          softness;
      if (!isRate) η[n] = -(m[k] as number) / softness;
    };
    for (const k of spikes) {
      slopesAt(k - 1);
      for (let i = 0; i < size; i++) gradient[i] = (gradient[i] as number) + (η[i] as number);
    }
    for (const k of free) {
      const expected = exp(logRate(m[k] as number, softness, isRate)) * dt;
      // What is expected here says nothing.
      if (expected < 1e-12) continue;
      slopesAt(k);
      for (let i = 0; i < size; i++) {
        gradient[i] = (gradient[i] as number) - expected * (η[i] as number);
        const row = information[i] as number[];
        for (let j = 0; j <= i; j++) row[j] = (row[j] as number) + expected * (η[i] as number) * (η[j] as number);
      }
    }
  });
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) (information[j] as number[])[i] = (information[i] as number[])[j] as number;
  return { gradient, information };
}

function deviation(steps: readonly SpikeSteps[], margins: readonly Float64Array[]): number {
  let [count, sum, squares] = [0, 0, 0];
  steps.forEach(({ free }, r) => {
    for (const n of free) {
      const m = (margins[r] as Float64Array)[n] as number;
      count++;
      sum += m;
      squares += m * m;
    }
  });
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)) || 1;
}

/** By how much the margin moves in a step before a spike: what is softer cannot be told from it. */
export function resolution(steps: readonly SpikeSteps[], margins: readonly Float64Array[]): number {
  let [count, sum] = [0, 0];
  steps.forEach(({ spikes }, r) => {
    const m = margins[r] as Float64Array;
    for (const n of spikes) {
      if (n < 2) continue;
      sum += Math.abs((m[n - 1] as number) - (m[n - 2] as number));
      count++;
    }
  });
  return count === 0 || sum === 0 ? 1e-6 : sum / count;
}

/** What a step of a coordinate moves the margin by, where that is the same at all steps that count. */
function constantSlope(
  steps: readonly SpikeSteps[],
  here: readonly Float64Array[],
  there: readonly Float64Array[],
  width: number,
): number | null {
  let [least, most] = [Infinity, -Infinity];
  steps.forEach(({ free }, r) => {
    for (const n of free) {
      const d = (((there[r] as Float64Array)[n] as number) - ((here[r] as Float64Array)[n] as number)) / width;
      least = Math.min(least, d);
      most = Math.max(most, d);
    }
  });
  const size = Math.max(Math.abs(least), Math.abs(most));
  return Number.isFinite(size) && size > 0 && most - least < 1e-4 * size ? (least + most) / 2 : null;
}
