// A fit from its question to its answer: which ways are taken, one after the other, and what they come to.
import { partOf, placeIn } from "./coordinates.ts";
import type { Optimiser } from "./optimisers/optimiser.ts";
import { optimisers } from "./optimisers/optimisers.ts";
import type { FitProblem, FitResult, FitRuns, FitScore, FitSearch, FitStage, FreeNumber } from "./problem.ts";
import { ceilingOf, drawsOf, scoredCases, scoreOf, type ScoredCases } from "./scoring.ts";
import { searchFrom } from "./search.ts";
import { approach } from "./approach.ts";

export interface FitOptions {
  readonly optimiser?: Optimiser;
  /** Asked between generations: the fit ends with what it has. */
  readonly stopped?: () => boolean;
  /** Runs of candidates so far, of how many, and the lowest loss. */
  readonly progress?: (evaluations: number, of: number, loss: number) => void;
}

/** The same for any number of workers: it sees nothing of them. */
export async function fitModel(problem: FitProblem, runs: FitRuns, options: FitOptions = {}): Promise<FitResult> {
  const { optimiser = optimisers[0], stopped = () => false } = options;
  const { free, seeds } = problem;
  const all = free.map((_, k) => k);
  const windows = problem.cases.map((c) => c.train);
  const scored = scoredCases(problem, windows);
  const stages: FitStage[] = [];
  const notes: string[] = [];
  let [used, lowest] = [0, Infinity];
  const count = (candidates: number, loss: number): void => {
    used += candidates * drawsOf(problem).length;
    lowest = Math.min(lowest, loss);
    options.progress?.(used, problem.evaluations, lowest);
  };
  const left = (): number => Math.max(0, Math.floor((problem.evaluations - used) / drawsOf(problem).length));

  const start = free.map(startOf);
  const objective = approach(problem, runs, windows, scored);
  const found = await searchFrom(objective, {
    optimiser,
    seeds,
    part: partOf(free, all, start),
    from: null,
    spread: SPREAD,
    restarts: true,
    evaluations: left(),
    stopped,
    progress: count,
  });
  if (objective.said() !== null) notes.push(objective.said() as string);
  stages.push({
    name: "search",
    words: `${optimiser.words} over ${listNumbers(problem, all)}, from ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}.`,
    numbers: all,
    evaluations: found.reduce((sum, s) => sum + s.evaluations, 0),
  });
  const best = found.reduce((a, b) => (b.loss < a.loss ? b : a));

  const [train] = await scoresOf(problem, runs, scored, windows, [best.values]);
  const testWindows = problem.cases.map((c) => c.test);
  const hasTest = testWindows.some((w) => w.length > 0);
  const testScored = hasTest ? scoredCases(problem, testWindows) : null;
  const test =
    testScored === null ? null : ((await scoresOf(problem, runs, testScored, testWindows, [best.values]))[0] ?? null);
  const ceiling = ceilingOf(problem, scored);
  return {
    model: problem.model,
    numbers: free.map((f, k) => ({
      value: best.values[k] as number,
      interval: null,
      because: "nothing is known of the curvature",
      atBound: boundOf(f, best.values[k] as number),
    })),
    train: train as FitScore,
    test,
    ceiling:
      ceiling === null ? null : { train: ceiling, test: testScored === null ? null : ceilingOf(problem, testScored) },
    stages,
    searches: found,
    agreement: agreementOf(found),
    directions: [],
    evaluations: used,
    stopped: best.stopped,
    notes,
  };
}

/** Standard deviation of the first steps of a search that knows nothing. */
const SPREAD = 0.2;

/** Scores of candidates in windows of the cases. */
export async function scoresOf(
  problem: FitProblem,
  runs: FitRuns,
  scored: ScoredCases,
  windows: FitProblem["cases"][number]["train"][],
  candidates: readonly (readonly number[])[],
): Promise<readonly FitScore[]> {
  const draws = drawsOf(problem);
  const outcomes = await runs.scores({
    windows,
    margin: false,
    candidates: candidates.flatMap((values) => draws.map((seed) => ({ seed, values }))),
  });
  return candidates.map((_, k) => scoreOf(problem, scored, outcomes.slice(k * draws.length, (k + 1) * draws.length)));
}

/** The model's own number, or the middle of the bounds. */
function startOf({ lower, upper, logarithmic, own }: FreeNumber): number {
  return own ?? (logarithmic ? Math.sqrt(lower * upper) : (lower + upper) / 2);
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
  const [first = Infinity, second] = losses;
  if (second === undefined) return { agree: false, words: "there was one search, so that nothing is known of others" };
  const near = losses.filter((loss) => loss - first <= AGREE).length;
  const apart = (second - first).toPrecision(2);
  return second - first <= AGREE
    ? { agree: true, words: `${near} of ${losses.length} searches came within ${AGREE} of the best` }
    : { agree: false, words: `not converged: the two best of ${losses.length} searches differ by ${apart}` };
}

function listNumbers({ free }: FitProblem, numbers: readonly number[]): string {
  return numbers.map((k) => free[k]?.name ?? "").join(", ");
}
