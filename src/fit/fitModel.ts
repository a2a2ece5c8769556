// A fit from its question to its answer: which ways are taken, one after the other, and what they come to.
import { approach } from "./approach.ts";
import { placeIn, startOf } from "./coordinates.ts";
import { jittered, scatterOf } from "./jitter.ts";
import type { Optimiser } from "./optimisers/optimiser.ts";
import { optimisers } from "./optimisers/optimisers.ts";
import { profilesOf } from "./profiles.ts";
import type { FitProblem, FitResult, FitRuns, FitScore, FitSearch, FittedNumber, FreeNumber } from "./problem.ts";
import { ceilingOf, completed, drawsOf, scoredCases, scoreOf, type ScoredCases } from "./scoring.ts";
import { stagesOf } from "./stages.ts";
import { forcedOf } from "./forced.ts";
import { answersOf, drivenOf, type Answers } from "./answers.ts";

export interface FitOptions {
  readonly optimiser?: Optimiser;
  /** Asked between generations: the fit ends with what it has. */
  readonly stopped?: () => boolean;
  /** Intervals by profiles in the place of those by curvature: `profiles.ts`. */
  readonly profile?: boolean;
  /** Runs of candidates so far, of how many, and the lowest loss. */
  readonly progress?: (evaluations: number, of: number, loss: number) => void;
  /** The number whose profile is taken, after the searches. */
  readonly profiling?: (number: number, of: number) => void;
}

/** The same for any number of workers: it sees nothing of them. */
export async function fitModel(asked: FitProblem, runs: FitRuns, options: FitOptions = {}): Promise<FitResult> {
  const problem = completed(asked);
  const { optimiser = optimisers[0], stopped = () => false } = options;
  const windows = problem.cases.map((c) => c.train);
  const scored = scoredCases(problem, windows);
  const forced = forcedOf(problem);
  let [used, searched, lowest] = [0, 0, Infinity];
  const found = await stagesOf(problem, runs, {
    forced,
    optimiser,
    stopped,
    objective: (of) => approach(problem, runs, of, of === windows ? scored : scoredCases(problem, of)),
    windows,
    own: problem.free.map(startOf),
    count(candidates, loss) {
      used += candidates;
      if (loss === null) return;
      searched += candidates;
      lowest = Math.min(lowest, loss);
      options.progress?.(searched, problem.evaluations, lowest);
    },
    left: () => Math.max(0, problem.evaluations - searched),
  });
  const { values } = found;
  const near = jittered(problem, values);
  const testWindows = problem.cases.map((c) => c.test);
  const testScored = testWindows.some((w) => w.length > 0) ? scoredCases(problem, testWindows) : null;
  const trained = await scoresOf(problem, runs, scored, windows, testScored === null ? near : [values]);
  const tested = testScored === null ? [] : await scoresOf(problem, runs, testScored, testWindows, near);
  const [[train], [test = null]] = [trained, tested];
  const ceiling = ceilingOf(problem, scored);
  const driven = "none" in forced ? null : drivenOf(problem, runs, forced, windows);
  const answers = driven === null ? null : await answersOf(problem, driven, values);
  const profiles =
    options.profile === true && train?.loss !== Infinity
      ? await profilesOf(problem, runs, {
          windows,
          values,
          driven: driven === null ? null : { ...driven, stepwise: "none" in forced ? [] : forced.stepwise },
          near: problem.free.map((f, k) => halfWidth(f, answers?.intervals.get(k))),
          optimiser,
          stopped,
          progress: (k) => options.profiling?.(k, problem.free.length),
        })
      : null;
  return {
    model: problem.model,
    numbers: problem.free.map((f, k) => ({
      value: values[k] as number,
      atBound: boundOf(f, values[k] as number),
      ...(profiles?.known[k] ?? known(k, answers, forced)),
    })),
    train: train as FitScore,
    test,
    scatter: scatterOf((testScored === null ? trained : tested).map((s) => s.loss)),
    ceiling:
      ceiling === null ? null : { train: ceiling, test: testScored === null ? null : ceilingOf(problem, testScored) },
    stages: found.stages,
    searches: found.searches,
    agreement: agreementOf(found.searches),
    directions: answers?.directions ?? [],
    evaluations: used + (answers?.evaluations ?? 0) + (profiles?.evaluations ?? 0),
    stopped: stopped() ? "it was interrupted" : found.stopped,
    notes: [
      ...found.notes,
      ...failureIn(train as FitScore),
      ...valuelessIn(problem, train ?? null, test === null ? "" : " on what was seen"),
      ...valuelessIn(problem, test, " on what was kept back"),
      ...(profiles?.notes ?? []),
    ],
  };
}

/** The interval by curvature, or why there is none. */
function known(
  k: number,
  answers: Answers | null,
  forced: ReturnType<typeof forcedOf>,
): Pick<FittedNumber, "interval" | "because"> {
  const interval = answers?.intervals.get(k) ?? null;
  const because =
    "none" in forced
      ? `there is none: ${forced.none}`
      : interval !== null
        ? (answers?.made ?? "")
        : forced.stepwise.includes(k)
          ? "there is none: it is rounded to steps, so that nothing has a slope in it"
          : "there is none: neither the observed traces nor the spikes have a slope in it";
  return { interval, because };
}

/** As a part of the box; null of no interval. */
function halfWidth(free: FreeNumber, interval: FittedNumber["interval"] | undefined): number | null {
  return interval == null ? null : (placeIn(free, interval.upper) - placeIn(free, interval.lower)) / 2;
}

/** Scores of candidates in windows of the cases. */
export async function scoresOf(
  problem: FitProblem,
  runs: FitRuns,
  scored: ScoredCases,
  windows: readonly FitProblem["cases"][number]["train"][],
  candidates: readonly (readonly number[])[],
): Promise<readonly FitScore[]> {
  const seeds = drawsOf(problem);
  const each = await runs.scores({
    windows,
    margin: false,
    coarse: false,
    candidates: candidates.map((values) => ({ seeds, values })),
  });
  return each.map((draws) => scoreOf(problem, scored, draws));
}

/** A number this near to a bound, as a part of the box, lies at it. */
const AT_BOUND = 1e-3;

function boundOf(free: FreeNumber, value: number): "lower" | "upper" | null {
  const place = placeIn(free, value);
  return place < AT_BOUND ? "lower" : place > 1 - AT_BOUND ? "upper" : null;
}

/** The two best searches differ by less. */
const AGREE = 0.02;

function agreementOf(searches: readonly FitSearch[]): FitResult["agreement"] {
  const losses = searches.map((s) => s.loss).sort((a, b) => a - b);
  const [first, second] = losses;
  if (first === undefined) return { agree: true, words: "nothing was left to search" };
  if (searches.every((s) => s.evaluations === 0))
    return { agree: false, words: "nothing was left of the evaluations for a search" };
  if (second === undefined) return { agree: false, words: "there was one search, so that nothing is known of others" };
  if (first === Infinity) return { agree: false, words: "no candidate could run" };
  const near = losses.filter((loss) => loss - first <= AGREE).length;
  return second - first <= AGREE
    ? { agree: true, words: `${near} of ${losses.length} searches came within ${AGREE} of the best` }
    : {
        agree: false,
        words: `not converged: the two best of ${losses.length} searches differ by ${(second - first).toPrecision(2)}`,
      };
}

function failureIn({ loss, terms }: FitScore): readonly string[] {
  return loss === Infinity ? [`the model cannot run: ${terms[0]?.because ?? ""}`] : [];
}

/** Measures without a value, which a table shows by a dash alone. */
function valuelessIn({ terms }: FitProblem, score: FitScore | null, where: string): readonly string[] {
  if (score === null || score.loss === Infinity) return [];
  return terms.flatMap(({ text }, k) => {
    const found = score.terms[k];
    return found === undefined || found.value !== null
      ? []
      : [`${text} has no value with these numbers${where}: ${found.because}`];
  });
}
