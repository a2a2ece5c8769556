// Intervals by profiles: a number is held at a value, the others are sought anew, and the value belongs to the interval unless the recording is then explained worse in more than a few of its parts.
// With d_b the rise in part b of what is minimised, that rises by Σ d_b = δ²/2(H^-1)_kk at a distance δ where it is smooth, and the variance of that sum is δ² (H^-1 S H^-1)_kk/(H^-1)_kk²: Σ d_b <= q/2 sqrt(Var Σ d_b)
// wherever δ <= q sqrt((H^-1 S H^-1)_kk), the interval of information.ts. But it asks for no slope: a number may be rounded to steps, and what is minimised may be a score of spikes.
import { sqrt } from "../runtime/math.ts";
import type { Driven } from "./answers.ts";
import { partOf, placeIn, valueAt } from "./coordinates.ts";
import { QUANTILE, slopesAt, surprisesAt, type Slopes } from "./information.ts";
import type { Optimiser } from "./optimisers/optimiser.ts";
import type { FitProblem, FitRuns, FittedNumber, FreeNumber, Window } from "./problem.ts";
import { drawsOf, isOfWhole, scoredCases, scoreOf } from "./scoring.ts";
import { searchFrom } from "./search.ts";
import { solve } from "./solve.ts";

export interface Profiles {
  /** By free number; of those that are after an interruption, undefined. */
  readonly known: readonly Pick<FittedNumber, "interval" | "because">[];
  readonly evaluations: number;
  readonly notes: readonly string[];
}

export interface ProfileWishes {
  readonly windows: Windows;
  /** As they were found. */
  readonly values: readonly number[];
  /** Null where the recorded spikes cannot drive the model. */
  readonly driven: (Driven & { readonly stepwise: readonly number[] }) | null;
  /** Half widths of intervals by curvature, as parts of the box: where to look first; null where there is none. */
  readonly near: readonly (number | null)[];
  readonly optimiser: Optimiser;
  readonly stopped: () => boolean;
  /** Which number is next. */
  readonly progress: (number: number) => void;
}

type Windows = readonly (readonly Window[])[];

/** What is minimised is compared in as many parts at least, however few windows there are; and how many windows are parts by themselves, sweeps of a recording for example. */
const PARTS = 12;
const ENOUGH = 8;
/** Of the box: the first step away, where nothing is known. */
const FIRST_STEP = 0.02;
/** Of the reach found: an end is known to that. */
const END = 0.1;

/** What the numbers are held against. */
interface Judge {
  readonly made: string;
  /** Of what is minimised. */
  readonly parts: number;
  /** A rise, all parts together, up to which nothing is told. */
  readonly floor: number;
  /** A fall of as much is worth being told of. */
  readonly better: number;
  /** This number held at that place, the others sought from there on, until the rises tell nothing against it. */
  holding(number: number, place: number, from: readonly number[], isWell: (rises: Rises) => boolean): Promise<Reached>;
  evaluations(): number;
}

/** By part, above what the numbers found come to; null where a run leaves the numbers. */
type Rises = readonly number[] | null;

interface Reached {
  /** Of all numbers. */
  readonly values: readonly number[];
  readonly rises: Rises;
}

/** Where a profile begins: at the numbers found, or lower. */
interface Start extends Reached {
  readonly place: number;
  readonly rises: readonly number[];
}

export async function profilesOf(problem: FitProblem, runs: FitRuns, wishes: ProfileWishes): Promise<Profiles> {
  const { values, driven, near, stopped } = wishes;
  const known: Pick<FittedNumber, "interval" | "because">[] = [];
  const notes: string[] = [];
  let [likelihood, loss]: [Judge | string | null, Judge | string | null] = [null, null];
  for (const [k, free] of problem.free.entries()) {
    if (stopped()) break;
    wishes.progress(k);
    const isDriven = driven !== null && [...driven.numbers, ...driven.stepwise].includes(k);
    const judge = isDriven
      ? (likelihood ??= await byLikelihood(problem, driven, values))
      : (loss ??= await byLoss(problem, runs, wishes));
    if (typeof judge === "string") {
      known.push({ interval: null, because: `there is none: ${judge}` });
      continue;
    }
    const { start, lower, upper } = await profileOf(judge, problem, k, values, near[k] ?? null, stopped);
    if (start.values !== values)
      notes.push(`the profile of ${free.name} is lowest at ${shown(free, start.place)}, which the search has missed`);
    const reached = [...(lower <= 0 ? ["lower"] : []), ...(upper >= 1 ? ["upper"] : [])].join(" and its ");
    known.push({
      interval: { lower: valueAt(free, lower), upper: valueAt(free, upper) },
      because: `${judge.made}${reached === "" ? "" : `; it goes on beyond its ${reached} bound`}`,
    });
  }
  const judges = [likelihood, loss].filter((j) => j !== null && typeof j === "object");
  return { known, evaluations: judges.reduce((all, j) => all + j.evaluations(), 0), notes };
}

function shown(free: FreeNumber, place: number): string {
  const { text, scale } = free.unit;
  return `${Number((valueAt(free, place) * scale).toPrecision(4))}${text === "" ? "" : ` ${text}`}`;
}

/** How often a profile may begin anew where it has come upon something lower. */
const MOST_STARTS = 16;

async function profileOf(
  judge: Judge,
  { free }: FitProblem,
  k: number,
  values: readonly number[],
  near: number | null,
  stopped: () => boolean,
): Promise<{ readonly start: Start; readonly lower: number; readonly upper: number }> {
  let start: Start = {
    place: placeIn(free[k] as FreeNumber, values[k] as number),
    values,
    rises: new Array<number>(judge.parts).fill(0),
  };
  let step = near;
  for (let starts = 1; ; starts++) {
    const [low, high] = [
      await endOf(judge, free.length, k, start, -1, step, stopped),
      await endOf(judge, free.length, k, start, 1, step, stopped),
    ];
    const [lower] = [low, high]
      .filter((end) => typeof end !== "number")
      .sort((one, other) => sum(one.rises) - sum(other.rises));
    if (lower === undefined || starts === MOST_STARTS || stopped()) {
      const placeOf = (end: number | Start): number => (typeof end === "number" ? end : end.place);
      return { start, lower: placeOf(low), upper: placeOf(high) };
    }
    // The lowest lies further on, as likely as not.
    step = 2 * Math.abs(lower.place - start.place);
    start = lower;
  }
}

/** The place at which the interval ends on one side, or something lower than its start. The excess grows as the distance does where what is minimised is smooth, so that the next place is told by the last; else by halves. */
async function endOf(
  judge: Judge,
  numbers: number,
  k: number,
  start: Start,
  side: 1 | -1,
  near: number | null,
  stopped: () => boolean,
): Promise<number | Start> {
  const excessOver = (rises: Rises): number =>
    excessOf(rises?.map((d, p) => d - (start.rises[p] as number)) ?? null, numbers, judge.floor);
  const bound = side < 0 ? start.place : 1 - start.place;
  let [inside, outside] = [0, Infinity];
  let from = start.values;
  let reach = near === null || near <= 0 ? FIRST_STEP : near;
  const isOpen = (): boolean => outside === Infinity || outside - inside > END * Math.max(outside, FIRST_STEP);
  while (!stopped() && inside < bound && isOpen()) {
    reach = Math.min(bound, reach);
    const place = start.place + side * reach;
    const { values, rises } = await judge.holding(k, place, from, (own) => excessOver(own) <= 1);
    if (rises !== null && sum(rises) < sum(start.rises) - judge.better) return { place, values, rises };
    const excess = excessOver(rises);
    if (excess <= 1) [inside, from] = [reach, values];
    else outside = reach;
    const told = reach / excess;
    if (Math.abs(excess - 1) < END && reach < bound) return start.place + side * Math.min(bound, told);
    reach =
      outside === Infinity
        ? Math.min(Math.max(told, 1.5 * reach), 4 * reach)
        : Math.min(Math.max(told, (3 * inside + outside) / 4), (inside + 3 * outside) / 4);
  }
  return start.place + side * Math.min(bound, outside);
}

const MOST_STEPS = 6;
/** In nats: a step that gains less is the last. */
const GAIN = 0.02;
const DAMPING = [0, 0.1, 10];

/** Against trace and spikes, the model driven by the recorded spikes, the slope at the numbers found taken off: what a search has moved away from the top of the likelihood is no noise. The others by Newton's method, with the information in the place of the curvature. */
async function byLikelihood(
  problem: FitProblem,
  { numbers, evidence, words }: Driven,
  values: readonly number[],
): Promise<Judge | string> {
  const whole = partOf(problem.free, numbers, values);
  const found = whole.point(values);
  const slopes = await slopesAt(found, evidence(whole));
  const [before = null] = slopes === null ? [] : await surprisesAt([found], evidence(whole), slopes.scales);
  if (slopes === null || before === null) return "driven by the recorded spikes the model leaves the numbers";
  let evaluations = 2 * slopes.evaluations;
  const { scales } = slopes;
  const off = sumOf(slopes);
  const risesAt = async (
    slope: readonly number[],
    of: typeof whole,
    points: readonly (readonly number[])[],
  ): Promise<(number[] | null)[]> => {
    evaluations += points.length;
    return (await surprisesAt(points, evidence(of), scales)).map((own, p) => {
      const taken = (points[p] as readonly number[]).reduce(
        (sum, x, i) => sum + (slope[i] as number) * (x - (found[i] as number)),
        0,
      );
      return own?.map((d, b) => d - (before[b] as number) + taken / own.length) ?? null;
    });
  };
  return {
    made: `95 %, by its profile over the other numbers, from ${words}`,
    evaluations: () => evaluations,
    parts: before.length,
    floor: FLOOR,
    better: FLOOR,
    async holding(k, place, from, isWell) {
      const start = from.map((v, i) => (i === k ? valueAt(problem.free[k] as FreeNumber, place) : v));
      const part = partOf(problem.free, numbers, start);
      // Where it is rounded to steps, the others may have been found beside it.
      const slope = numbers.includes(k) ? off : off.map(() => 0);
      const movable = numbers.map((n) => n !== k);
      let point = numbers.map((n, i) => (n === k ? place : (whole.point(start)[i] as number)));
      let [rises = null] = await risesAt(slope, part, [point]);
      for (let step = 0; rises !== null && !isWell(rises) && step < MOST_STEPS; step++) {
        const here = await slopesAt(point, evidence(part), scales);
        if (here === null) break;
        evaluations += here.evaluations;
        const gradient = sumOf(here).map((g, i) => (movable[i] === true ? g - (slope[i] as number) : 0));
        const tries = DAMPING.flatMap((λ) => {
          const move = solve(
            here.curvature.map((row, i) =>
              row.map((x, j) => (i === j ? x * (1 + λ) : movable[i] === true && movable[j] === true ? x : 0)),
            ),
            gradient,
          );
          return move === null ? [] : [point.map((x, i) => Math.min(1, Math.max(0, x + (move[i] as number))))];
        });
        const tried = await risesAt(slope, part, tries);
        const last = sum(rises);
        tried.forEach((own, t) => {
          if (own !== null && sum(own) < sum(rises as number[])) [rises, point] = [own, tries[t] as number[]];
        });
        if (last - sum(rises) < GAIN) break;
      }
      return { values: part.values(point), rises };
    },
  };
}

/** Of half a deviance: never narrower than what independent samples would leave. */
const FLOOR = (QUANTILE * QUANTILE) / 2;

function sumOf({ blocks, curvature }: Slopes): readonly number[] {
  return curvature.map((_, i) => blocks.reduce((all, own) => all + (own[i] as number), 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

const FEW = 12;
const GENERATIONS = 12;
/** Standard deviation of a search's first steps, as a part of the box. */
const SPREAD = 0.03;
/** A loss that is lower by as much. */
const BETTER = 2e-3;

/** Against the loss, the model running freely; the others by search. */
async function byLoss(
  problem: FitProblem,
  runs: FitRuns,
  { windows, values, optimiser, stopped }: ProfileWishes,
): Promise<Judge | string> {
  const parts = partsOf(problem, windows);
  if ("none" in parts) return parts.none;
  const losses = await partLosses(problem, runs, parts.parts, values);
  if (losses === null) return "the objective is not defined in parts of what was seen";
  const { count } = losses;
  return {
    made: `95 %, by its profile over the other numbers, from the loss in ${count} parts of what was seen`,
    parts: count,
    floor: 0,
    better: BETTER * count,
    evaluations: losses.evaluations,
    async holding(k, place, from, isWell) {
      const start = from.map((v, i) => (i === k ? valueAt(problem.free[k] as FreeNumber, place) : v));
      const others = problem.free.flatMap((_, i) => (i === k ? [] : [i]));
      let best = { sum: Infinity, rises: null as Rises, values: start as readonly number[] };
      const lossesOf = async (candidates: readonly (readonly number[])[]): Promise<readonly number[]> =>
        (await losses.rises(candidates)).map((own, c) => {
          const all = sum(own);
          if (all < best.sum) best = { sum: all, rises: own, values: candidates[c] as readonly number[] };
          return all / count;
        });
      await lossesOf([start]);
      if (!isWell(best.rises) && others.length > 0)
        await searchFrom(
          { losses: lossesOf },
          {
            optimiser,
            seeds: problem.seeds.slice(0, 1),
            part: partOf(problem.free, others, start),
            from: start,
            own: start,
            spread: SPREAD,
            population: FEW,
            restarts: false,
            evaluations: FEW * GENERATIONS,
            stopped: () => stopped() || isWell(best.rises),
          },
        );
      return best;
    },
  };
}

/** Windows that are long enough to be judged by themselves, or pieces of them. */
function partsOf({ terms }: FitProblem, windows: Windows): { readonly parts: Windows } | { readonly none: string } {
  const count = windows.reduce((all, own) => all + own.length, 0);
  if (count >= ENOUGH) return { parts: windows };
  const whole = terms.find(({ measure }) => isOfWhole(measure));
  if (whole !== undefined)
    return {
      none: `a profile compares parts of what was seen, ${whole.text} is of a whole window, and there are fewer than ${ENOUGH} of those`,
    };
  const each = Math.ceil(PARTS / count);
  return {
    parts: windows.map((own) =>
      own.flatMap(({ from, until }) =>
        Array.from({ length: each }, (_, k) => ({
          from: from + ((until - from) * k) / each,
          until: from + ((until - from) * (k + 1)) / each,
        })),
      ),
    ),
  };
}

interface PartLosses {
  /** Parts in which the objective is defined. */
  readonly count: number;
  /** By candidate: by how much its loss in each part is above that of the numbers found; infinite where it cannot run. */
  rises(candidates: readonly (readonly number[])[]): Promise<readonly (readonly number[])[]>;
  evaluations(): number;
}

async function partLosses(
  problem: FitProblem,
  runs: FitRuns,
  parts: Windows,
  values: readonly number[],
): Promise<PartLosses | null> {
  const scored = scoredCases(problem, parts);
  const draws = drawsOf(problem);
  const places = parts.flatMap((own, c) => own.map((_, w) => ({ c, w })));
  // The score of each part by itself.
  const alone = places.map(({ c, w }) => scored.map((own, k) => (k === c ? own.slice(w, w + 1) : [])));
  let evaluations = 0;
  const losses = async (candidates: readonly (readonly number[])[]): Promise<readonly (readonly number[])[]> => {
    evaluations += candidates.length;
    const outcomes = await runs.scores({
      windows: parts,
      margin: false,
      coarse: true,
      candidates: candidates.map((own) => ({ seeds: draws, values: own })),
    });
    return candidates.map((_, k) => {
      const own = outcomes[k] ?? [];
      return places.map(({ c, w }, p) => {
        const there = own.map((o) => ({
          ...o,
          windows: o.windows.map((all, n) => (n === c ? all.slice(w, w + 1) : [])),
        }));
        return scoreOf(problem, alone[p] as (typeof alone)[number], there).loss;
      });
    });
  };
  const [found = []] = await losses([values]);
  const defined = found.flatMap((loss, p) => (Number.isFinite(loss) ? [p] : []));
  if (defined.length === 0) return null;
  return {
    count: defined.length,
    rises: async (candidates) =>
      (await losses(candidates)).map((own) => defined.map((p) => (own[p] as number) - (found[p] as number))),
    evaluations: () => evaluations,
  };
}

/** Σ d_b over q/2 sqrt(Var Σ d_b), where so many numbers were sought; rises up to the floor tell nothing. */
function excessOf(rises: readonly number[] | null, numbers: number, floor: number): number {
  const count = rises?.length ?? 0;
  const all = sum(rises ?? []);
  if (rises === null || count === 0 || !Number.isFinite(all)) return Infinity;
  if (all <= 0) return 0;
  const squares = rises.reduce((rest, d) => rest + (d - all / count) * (d - all / count), 0);
  const freedom = Math.max(1, count - numbers);
  return all / Math.max(floor, (student(freedom) / 2) * sqrt((count / freedom) * squares), 1e-300);
}

/** 97.5 % of Student's distribution, from the normal's: Abramowitz & Stegun 1964, 26.7.5. */
function student(ν: number): number {
  const z = 1.959963984540054;
  const [z3, z5] = [z * z * z, z * z * z * z * z];
  const z7 = z5 * z * z;
  return (
    z +
    (z3 + z) / (4 * ν) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * ν * ν) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * ν * ν * ν)
  );
}
