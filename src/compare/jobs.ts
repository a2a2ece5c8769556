// Which runs a comparison needs: every case with every seed, at the step and at half of it, and at every point of the sweep.
import type { PreparedCase, PreparedComparison } from "./prepare.ts";
import { isAgainstReference, subjectOf } from "./prepare.ts";
import { setupAt, type SweepPlan } from "./sweepPoints.ts";

/** One run. What it gives depends on nothing but this and the program of its case. */
export interface Job {
  /** Names it in the journal: `2 seed 3 half`, `0 seed 0 at 3,17`. */
  readonly key: string;
  readonly case: number;
  /** Which of the comparison's seeds, counted from 0. */
  readonly seedNumber: number;
  readonly seed: number;
  /** With half the step. */
  readonly half: boolean;
  /** Of set-up parameters, canonical: empty outside sweeps. */
  readonly setup: Readonly<Record<string, number>>;
  /** Tells points apart: empty outside sweeps. */
  readonly point: string;
  /** How long it takes, about: neurons and what a step takes besides them, times steps. */
  readonly cost: number;
  /** Runs of the reference that it is held against, by key: first that of its own seed, then the others where they are asked for. */
  readonly against: readonly string[];
  /** Others are held against it, or it is held against other runs of its own case. */
  readonly isReference: boolean;
  /** What of it is drawn: everything of the first seed, of lone neurons the spikes of some more; of a sweep of one variant everything at some points. */
  readonly figure: "all" | "spikes" | "nothing";
}

export interface JobWishes {
  readonly seeds: number;
  /** Whether everything runs at half the step, too. Points of a sweep never do. */
  readonly stepCheck: boolean;
}

/** A step of a lone neuron takes as long as five neurons of many do. */
const STEP_COST = 4;

/** Seeds whose spikes are shown beside each other. */
const SHOWN_SEEDS = 20;

/** Shared: there may be a million jobs. */
const NO_RUNS: readonly string[] = [];

/** The order decides nothing but which results come first. */
export function jobsOf(
  prepared: PreparedComparison,
  sweep: SweepPlan,
  { seeds, stepCheck }: JobWishes,
): readonly Job[] {
  const { cases, comparison, baseline, reference } = prepared;
  const distances = reference === "variant" && comparison.measures.some(isAgainstReference);
  const repeats = comparison.measures.some((m) => subjectOf(m) === "repeats");
  const referenceOf = (of: PreparedCase): number =>
    distances ? cases.findIndex((c) => c.variant === baseline && c.experiment === of.experiment) : -1;
  const numberOfSeeds = (c: number): number => (isRandomHere(c) ? seeds : 1);
  // A deterministic variant that is held against a random one has a distance for each of its seeds.
  const isRandomHere = (c: number): boolean => {
    const own = cases[c];
    return own !== undefined && (own.random || (cases[referenceOf(own)]?.random ?? false));
  };
  const isReference = (c: number): boolean => distances && cases[c]?.variant === baseline;
  const keyOf = (c: number, seedNumber: number, half: boolean, point: string): string =>
    [`${c} seed ${seedNumber}`, ...(half ? ["half"] : []), ...(point === "" ? [] : [`at ${point}`])].join(" ");

  const shown = new Set(comparison.variants.length === 1 ? shownPoints(sweep).map((at) => at.join(" ")) : []);
  const jobs = new Map<string, Job>();
  const add = (c: number, seedNumber: number, half: boolean, at: readonly number[] | null): void => {
    const own = cases[c];
    if (own === undefined) return;
    const point = at === null ? "" : pointOf(prepared, sweep, c, at);
    const key = keyOf(c, seedNumber, half, point);
    if (jobs.has(key)) return;
    const r = referenceOf(own);
    const referencePoint = at === null || r < 0 ? "" : pointOf(prepared, sweep, r, at);
    const referenceKey = (k: number): string => keyOf(r, (cases[r]?.random ?? false) ? k : 0, half, referencePoint);
    const last = (cases[r]?.random ?? false) ? seeds : 1;
    const others =
      repeats || r === c ? Array.from({ length: last }, (_, k) => referenceKey((seedNumber + k) % last)).slice(1) : [];
    const against = r < 0 ? NO_RUNS : [referenceKey(seedNumber), ...(repeats ? others : others.slice(0, 1))];
    jobs.set(key, {
      key,
      case: c,
      seedNumber,
      seed: own.firstSeed + seedNumber,
      half,
      setup: at === null ? {} : setupAt(comparison, sweep, c, at),
      point,
      cost: own.program.steps * (half ? 2 : 1) * (STEP_COST + own.plan.populations.reduce((sum, p) => sum + p.size, 0)),
      against,
      isReference: isReference(c),
      figure:
        at !== null && seedNumber === 0 && shown.has(at.join(" "))
          ? "all"
          : half || point !== ""
            ? "nothing"
            : seedNumber === 0
              ? "all"
              : own.lone && own.random && seedNumber < SHOWN_SEEDS
                ? "spikes"
                : "nothing",
    });
  };
  // Of each group the references come first: the others wait for them.
  const order = cases.map((_, c) => c).sort((a, b) => Number(isReference(b)) - Number(isReference(a)));
  const group = (half: boolean, at: readonly number[] | null): void =>
    order.forEach((c) => range(numberOfSeeds(c)).forEach((k) => add(c, k, half, at)));
  group(false, null);
  if (stepCheck) group(true, null);
  for (const at of sweep.points) group(false, at);
  return [...jobs.values()];
}

/** Of a line four points, of a plane its corners, of more parameters those of the slice through the middle; of draws the first. */
export function shownPoints({ axes }: SweepPlan): readonly (readonly number[])[] {
  if (axes.length === 0) return [];
  const along = axes.map(({ length }, k) => {
    if (k > 1) return [Math.floor(length / 2)];
    return [
      ...new Set(
        axes.length === 1
          ? [0, Math.round((length - 1) / 3), Math.round((2 * (length - 1)) / 3), length - 1]
          : [0, length - 1],
      ),
    ];
  });
  return along.reduce<readonly (readonly number[])[]>(
    (points, positions) => points.flatMap((at) => positions.map((p) => [...at, p])),
    [[]],
  );
}

/** The point as the case sees it: positions along the axes that it has, so that where it has none all points are one. */
export function pointOf(
  { comparison }: PreparedComparison,
  sweep: SweepPlan,
  c: number,
  at: readonly number[],
): string {
  const own = sweep.axes.map((axis, a) =>
    axis.sweeps.some((s) => comparison.sweeps[s]?.cases.includes(c) === true) ? String(at[a] ?? 0) : "-",
  );
  return own.every((position) => position === "-") ? "" : own.join(",");
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, k) => k);
}
