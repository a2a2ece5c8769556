// Which way a fit takes, and why: what the trace tells by regression, what the spikes tell of the threshold by likelihood, what is left by search; a search of everything where that cannot be.
import { smallestOf } from "../base/lists.ts";
import { setupSymbol } from "../4-plan/symbols.ts";
import { partOf, startOf, valueAt } from "./coordinates.ts";
import { numberOf } from "./dependence.ts";
import type { Forced } from "./forced.ts";
import { JITTER, JITTERED, jittered } from "./jitter.ts";
import { marginsOf, mostLikely, spikeSteps, type Likelihood } from "./likelihood.ts";
import type { Optimiser } from "./optimisers/optimiser.ts";
import type { Approach } from "./approach.ts";
import type { FitProblem, FitRuns, FitSearch, FitStage, Window } from "./problem.ts";
import { comparedSamples, regression, type Compared, type Scan } from "./regression.ts";
import { readsSpikes } from "./scoring.ts";
import { searchFrom, type EndedSearch, type SearchWishes } from "./search.ts";

type Windows = readonly (readonly Window[])[];

export interface StageWishes {
  readonly forced: Forced | { readonly none: string };
  readonly optimiser: Optimiser;
  readonly stopped: () => boolean;
  readonly objective: (windows: Windows) => Approach;
  readonly windows: Windows;
  readonly own: readonly number[];
  /** `loss` is null of what is no search. */
  readonly count: (evaluations: number, loss: number | null) => void;
  /** Evaluations that searches may still take. */
  readonly left: () => number;
}

export interface Found {
  readonly values: readonly number[];
  readonly stages: readonly FitStage[];
  readonly searches: readonly FitSearch[];
  readonly stopped: string;
  readonly notes: readonly string[];
}

/** Standard deviations of first steps, as parts of the box: of a search that knows nothing, from where likelihood leaves off, and for a last look about. */
const COLD = 0.2;
const NEAR = 0.12;
const NEARER = 0.04;
/** Candidates at a time where a search begins near. */
const FEW = 12;
/** Of the data's variance, above which a regression has explained nothing. */
const UNEXPLAINED = 0.7;

export async function stagesOf(problem: FitProblem, runs: FitRuns, wishes: StageWishes): Promise<Found> {
  const { forced, own } = wishes;
  if ("none" in forced) return cold(problem, wishes, `there is no other way: ${forced.none}`);
  const stages: FitStage[] = [];
  let values = own;
  let loose: readonly number[] = forced.membrane;

  const samples = comparedSamples(problem, forced, wishes.windows);
  const hasTrace = samples.some((c) => c.data.length > 0);
  if (hasTrace && forced.membrane.length > 0) {
    const scans = forced.stepwise.map((number) => scanOf(problem, forced, number));
    const found = await regression(problem, runs, samples, {
      numbers: forced.membrane,
      own: values,
      scans,
      piece: enough(comparedSamples(problem, forced, pieceOf(wishes.windows)), forced.membrane.length) ?? samples,
      optimiser: forced.bent === null ? null : wishes.optimiser,
      stopped: wishes.stopped,
    });
    const names = listNames(problem, forced.membrane);
    if (found === null || !(found.unexplained < UNEXPLAINED))
      return cold(
        problem,
        wishes,
        found === null
          ? `driven by the recorded spikes the model runs away between them, so that ${names} cannot be had by regression`
          : `regression on the trace explains only ${percent(1 - found.unexplained)} of it`,
      );
    wishes.count(found.evaluations, null);
    [values, loose] = [found.values, found.loose];
    stages.push({
      name: "regression",
      words: `${forced.spikes ? "With the recorded spikes in the place of its own, " : "Without spikes "}${observedText(forced)} ${forced.bent === null ? `is smooth in ${names}: least squares` : `hangs on ${names}, where ${forced.bent} waits for the recorded spike once it has run up: ${wishes.optimiser.words}, then least squares`} on the recorded trace, spikes cut out, leave ${percent(found.unexplained)} of its variance unexplained.${scans.length === 0 ? "" : ` Of ${listNames(problem, forced.stepwise)}, in which nothing has a slope, some values were tried.`}`,
      numbers: forced.membrane,
      evaluations: found.evaluations,
    });
  }

  const steps = spikeSteps(problem, forced, wishes.windows);
  const hasSpikes = steps.some((s) => s.spikes.length > 0);
  const likely = hasTrace ? forced.threshold : union(forced.membrane, forced.threshold);
  let likelihood: Likelihood | null = null;
  if (hasSpikes && likely.length > 0) {
    const part = partOf(problem.free, likely, values);
    likelihood = await mostLikely(marginsOf(runs, steps, part), steps, {
      part,
      own: values,
      seed: seedOf(problem),
      isRate: forced.isRate,
      dt: problem.cases[0]?.program.step ?? 1,
      stopped: wishes.stopped,
    });
    if (likelihood !== null) {
      wishes.count(likelihood.evaluations, null);
      values = part.values(likelihood.point);
      stages.push({
        name: "likelihood",
        words: forced.isRate
          ? `${listNames(problem, likely)}: where the recorded spikes are most likely under the model's own rate.`
          : `${listNames(problem, likely)}: where the recorded spikes are most likely under an escape rate about the spike condition.`,
        numbers: likely,
        evaluations: likelihood.evaluations,
      });
      if (!forced.isRate) {
        const shifted = await shift(problem, wishes, values, likely, likelihood);
        if (shifted !== null) {
          values = shifted.values;
          stages.push(shifted.stage);
        }
      }
    }
  }

  const known = new Set([...forced.membrane, ...forced.threshold]);
  const unseen = problem.free.flatMap((_, k) => (known.has(k) ? [] : [k]));
  // Where spikes are drawn, their likelihood says all that they tell, and a score of draws less: but for one of all draws together.
  if (forced.isRate && likelihood !== null)
    return last(problem, wishes, values, stages, unseen, isOfDraws(problem) ? likely : []);
  const matters = hasSpikes || wantsSpikes(problem) || (await spikes(problem, runs, wishes.windows, values));
  const sought = union(matters ? likely : [], unseen, forced.bent === null ? [] : loose);
  return last(problem, wishes, values, stages, sought, forced.membrane);
}

/** A pause is no longer than the shortest interval between recorded spikes. */
const SHORTEST_SHARE = 0.9;
const LOOKS = 100;

/** Which part of the box a number that is rounded to steps may be in: as far as no recorded spike would fall into the pause after another. */
function scanOf(problem: FitProblem, forced: Forced, number: number): Scan {
  const shortest = forced.runs.map(({ case: k, spikes }) => {
    const { step } = (problem.cases[k] as FitProblem["cases"][number]).program;
    return spikes.slice(1).reduce((least, n, i) => Math.min(least, (n - (spikes[i] as number)) * step), Infinity);
  });
  const fits = (place: number): boolean =>
    forced.runs.every(({ plan }, r) => {
      const given = new Map(
        problem.free.map((f, k) => [setupSymbol(f.setup), k === number ? valueAt(f, place) : startOf(f)] as const),
      );
      const period = plan.populations[0]?.refractory?.duration;
      const long = period === undefined ? 0 : numberOf(plan, period, given);
      return long === null || long <= SHORTEST_SHARE * (shortest[r] as number);
    });
  const places = Array.from({ length: LOOKS + 1 }, (_, k) => k / LOOKS).filter(fits);
  return { number, from: places[0] ?? 0, until: places.at(-1) ?? 0 };
}

/** The search of what is left, and of everything where that makes a part that it does not see better. */
async function last(
  problem: FitProblem,
  wishes: StageWishes,
  begun: readonly number[],
  stages: FitStage[],
  sought: readonly number[],
  membrane: readonly number[],
): Promise<Found> {
  const objective = wishes.objective(wishes.windows);
  const notes: string[] = [];
  let values = begun;
  let [loss = Infinity] = await objective.losses([values]);
  wishes.count(1, loss);
  let searches: readonly FitSearch[] = [];
  let stopped = "nothing is left to search";
  if (sought.length > 0 && loss > 0 && !wishes.stopped()) {
    const found = await seek(problem, wishes, objective, sought, values, NEAR, problem.seeds, wishes.left());
    searches = found;
    const best = await steadiest(problem, wishes, objective, found);
    stages.push({
      name: "search",
      words: `${wishes.optimiser.words} over ${listNames(problem, sought)} from there, ${problem.seeds.length} ${problem.seeds.length === 1 ? "seed" : "seeds"}: ${best.loss < loss ? `the loss falls from ${loss.toPrecision(3)} to ${best.loss.toPrecision(3)}, where it stays low with the numbers ${percent(JITTER)} off` : `the loss stays at ${loss.toPrecision(3)}`}.`,
      numbers: sought,
      evaluations: found.reduce((sum, s) => sum + s.evaluations, 0),
    });
    stopped = bestOf(found).stopped;
    if (best.loss < loss) [values, loss] = [best.values, best.loss];
  }
  const refined =
    loss > ENOUGH && !wishes.stopped()
      ? await refine(problem, wishes, objective, { values, loss }, union(sought, membrane))
      : null;
  if (refined !== null) {
    stages.push(refined.stage);
    values = refined.values;
  }
  if (objective.said() !== null) notes.push(objective.said() as string);
  return { values, stages, searches, stopped, notes };
}

/** A loss that leaves nothing to refine. */
const ENOUGH = 1e-3;
/** A loss that a model has which does nothing: from there on a last search has to go farther. */
const FAR = 1;
/** Of each of few training windows, what the last search sees; and how many are many. */
const SEEN = 0.75;
const MANY = 8;
const LAST_SEARCHES = 2;
const LAST_EVALUATIONS = 1200;
/** What the loss of what it does not see must fall by, and how often in turn it may not. */
const BETTER = 2e-3;
const VAIN = 3;

/** All that the data speak of, on a part of the training windows: worth something only if the rest of them gets better, and all of them no worse. */
async function refine(
  problem: FitProblem,
  wishes: StageWishes,
  objective: Approach,
  from: { readonly values: readonly number[]; readonly loss: number },
  numbers: readonly number[],
): Promise<{ readonly values: readonly number[]; readonly stage: FitStage } | null> {
  const seeds = problem.seeds.slice(0, LAST_SEARCHES);
  const evaluations = Math.min(wishes.left(), LAST_EVALUATIONS * seeds.length);
  if (evaluations < 100 * seeds.length || numbers.length === 0) return null;
  const { seen, kept, words } = divided(wishes.windows);
  const rest = wishes.objective(kept);
  const [before = Infinity] = await rest.losses([from.values]);
  // What comes lowest on the rest, on the way too: from then on a search learns what is of its own part alone.
  let [values, after, vain] = [from.values, before, 0];
  const judge = async (bests: readonly (readonly number[])[]): Promise<boolean> => {
    const losses = await rest.losses(bests);
    vain++;
    losses.forEach((loss, k) => {
      if (loss < after - BETTER) [values, after, vain] = [bests[k] as readonly number[], loss, 0];
    });
    return vain < VAIN;
  };
  const searches = await seek(
    problem,
    wishes,
    wishes.objective(seen),
    numbers,
    from.values,
    from.loss > FAR ? NEAR : NEARER,
    seeds,
    evaluations,
    judge,
  );
  await judge(searches.map((s) => s.values));
  const [now = Infinity] = await objective.losses([values]);
  const better = after < before;
  const taken = better && now <= from.loss;
  return {
    values: taken ? values : from.values,
    stage: {
      name: "refinement",
      words: `${listNames(problem, numbers)} together, on ${words}: on the rest the loss ${better ? "falls" : "does not fall"}, from ${before.toPrecision(3)} to ${after.toPrecision(3)}, and the numbers ${taken ? "are taken" : "stay as they were"}.`,
      numbers,
      evaluations: searches.reduce((sum, s) => sum + s.evaluations, 0),
    },
  };
}

/** Of many windows every fourth is kept apart, of few the last quarter of each. */
function divided(windows: Windows): { readonly seen: Windows; readonly kept: Windows; readonly words: string } {
  const count = windows.reduce((sum, own) => sum + own.length, 0);
  if (count >= MANY) {
    const those = (wanted: (place: number) => boolean): Windows => everyOf(windows, 4, wanted);
    return { seen: those((k) => k !== 3), kept: those((k) => k === 3), words: "three of four training windows" };
  }
  const part = (from: number, until: number): Windows =>
    windows.map((own) =>
      own.map((w) => ({
        from: w.from + from * (w.until - w.from),
        until: w.from + until * (w.until - w.from),
      })),
    );
  return { seen: part(0, SEEN), kept: part(SEEN, 1), words: `the first ${percent(SEEN)} of each training window` };
}

/** Of many windows every third, of few the first third of each, if that is a second at least. */
function pieceOf(windows: Windows): Windows {
  if (windows.flat().length >= MANY) return everyOf(windows, 3, (k) => k === 2);
  return windows.map((own) =>
    own.map(({ from, until }) => ({
      from,
      until: Math.min(until, from + Math.max(SHORTEST_PIECE, (until - from) / 3)),
    })),
  );
}

/** ms */
const SHORTEST_PIECE = 1000;

/** Samples for each number, below which a piece is too small. */
const ENOUGH_SAMPLES = 50;

function enough(piece: readonly Compared[], numbers: number): readonly Compared[] | null {
  return piece.reduce((sum, c) => sum + c.data.length, 0) < ENOUGH_SAMPLES * numbers ? null : piece;
}

/** Those windows whose place, modulo `of`, is wanted. */
function everyOf(windows: Windows, of: number, wanted: (place: number) => boolean): Windows {
  let k = 0;
  return windows.map((own) => own.filter(() => wanted(k++ % of)));
}

/** A rate that follows the margin spikes on the way to the threshold, a threshold only at it: by how much it lies apart is scanned. */
async function shift(
  problem: FitProblem,
  wishes: StageWishes,
  values: readonly number[],
  numbers: readonly number[],
  { shifts, softness, point }: Likelihood,
): Promise<{ readonly values: readonly number[]; readonly stage: FitStage } | null> {
  const i = shifts.findIndex((s) => s !== null);
  const slope = shifts[i];
  if (slope == null || !wantsSpikes(problem)) return null;
  const part = partOf(problem.free, numbers, values);
  const objective = wishes.objective(wishes.windows);
  let [centre, width] = [0, WIDEST_SHIFT];
  let best: { values: readonly number[]; loss: number } | null = null;
  let evaluations = 0;
  for (let round = 0; round < 2; round++) {
    const moves = Array.from({ length: SHIFTS }, (_, k) => centre + width * ((2 * k) / (SHIFTS - 1) - 1));
    const candidates = moves.map((m) =>
      part.values(point.map((x, j) => (j === i ? Math.min(1, Math.max(0, x + (m * softness) / slope)) : x))),
    );
    const losses = await objective.losses(candidates);
    evaluations += candidates.length;
    const lowest = losses.reduce((b, loss, k) => (loss < (losses[b] as number) ? k : b), 0);
    wishes.count(candidates.length, losses[lowest] as number);
    if (best === null || (losses[lowest] as number) < best.loss)
      best = { values: candidates[lowest] as readonly number[], loss: losses[lowest] as number };
    [centre, width] = [moves[lowest] as number, (2 * width) / (SHIFTS - 1)];
  }
  const name = problem.free[numbers[i] as number]?.name ?? "";
  return {
    values: best?.values ?? values,
    stage: {
      name: "shift",
      words: `${name}, which moves the threshold as a whole, to where the model that runs freely explains most.`,
      numbers: [numbers[i] as number],
      evaluations,
    },
  };
}

/** In softnesses, either way. */
const WIDEST_SHIFT = 4;
const SHIFTS = 24;

async function seek(
  problem: FitProblem,
  wishes: StageWishes,
  objective: Approach,
  numbers: readonly number[],
  from: readonly number[] | null,
  spread: number,
  seeds: readonly number[],
  evaluations: number,
  judge?: SearchWishes["judge"],
): Promise<readonly EndedSearch[]> {
  const near: Partial<SearchWishes> =
    from === null ? {} : { population: Math.max(FEW, wishes.optimiser.population(numbers.length)) };
  return searchFrom(objective, {
    optimiser: wishes.optimiser,
    seeds,
    part: partOf(problem.free, numbers, from ?? wishes.own),
    from,
    own: wishes.own,
    spread,
    ...near,
    restarts: from === null,
    evaluations,
    stopped: wishes.stopped,
    ...(judge === undefined ? {} : { judge }),
    progress: wishes.count,
  });
}

async function cold(problem: FitProblem, wishes: StageWishes, why: string): Promise<Found> {
  const all = problem.free.map((_, k) => k);
  const objective = wishes.objective(wishes.windows);
  const searches = await seek(problem, wishes, objective, all, null, COLD, problem.seeds, wishes.left());
  const best = await steadiest(problem, wishes, objective, searches);
  const said = objective.said();
  return {
    values: best.values,
    stages: [
      {
        name: "search",
        words: `${wishes.optimiser.words} over ${listNames(problem, all)}, from ${problem.seeds.length} ${problem.seeds.length === 1 ? "seed" : "seeds"}; ${why}.`,
        numbers: all,
        evaluations: searches.reduce((sum, s) => sum + s.evaluations, 0),
      },
    ],
    searches,
    stopped: bestOf(searches).stopped,
    notes: said === null ? [] : [said],
  };
}

/** Of all searches the point, best or centre, that stays good where the numbers are a little off: spike trains jump, and the lowest loss of thousands is luck in part. */
async function steadiest(
  problem: FitProblem,
  wishes: StageWishes,
  objective: Approach,
  searches: readonly EndedSearch[],
): Promise<{ readonly values: readonly number[]; readonly loss: number }> {
  const points = searches.flatMap((s) => [s.values, s.centre]);
  const each = 1 + JITTERED;
  const losses = await objective.losses(points.flatMap((values) => jittered(problem, values)));
  wishes.count(losses.length, smallestOf(losses));
  const means = points.map((_, k) => losses.slice(k * each, (k + 1) * each).reduce((a, b) => a + b, 0) / each);
  const best = means.reduce((b, mean, k) => (mean < (means[b] as number) ? k : b), 0);
  return { values: points[best] as readonly number[], loss: losses[best * each] as number };
}

function bestOf(searches: readonly FitSearch[]): FitSearch {
  return searches.reduce((a, b) => (b.loss < a.loss ? b : a));
}

/** Whether the model spikes of itself. */
async function spikes(
  problem: FitProblem,
  runs: FitRuns,
  windows: Windows,
  values: readonly number[],
): Promise<boolean> {
  const [draws] = await runs.scores({
    windows,
    margin: false,
    coarse: true,
    candidates: [{ seeds: [seedOf(problem)], values }],
  });
  return draws?.[0]?.windows.some((own) => own.some((w) => w.spikes > 0)) === true;
}

/** In their order. */
function union(...sets: readonly (readonly number[])[]): readonly number[] {
  return [...new Set(sets.flat())].sort((a, b) => a - b);
}

/** Whether what is sought is taken of several draws together. */
function isOfDraws({ cases }: FitProblem): boolean {
  return cases.some(({ program }) => program.tasks.some((task) => task.together));
}

function wantsSpikes({ terms }: FitProblem): boolean {
  return terms.some(({ measure }) => readsSpikes(measure));
}

function seedOf({ seeds }: FitProblem): number {
  return seeds[0] ?? 1;
}

function observedText({ runs }: Forced): string {
  return [...new Set(runs.flatMap((r) => r.traces.map((t) => t.observed.variable)))].join(", ");
}

function listNames({ free }: FitProblem, numbers: readonly number[]): string {
  return numbers.map((k) => free[k]?.name ?? "").join(", ");
}

function percent(part: number): string {
  return `${Number((100 * part).toPrecision(2))} %`;
}
