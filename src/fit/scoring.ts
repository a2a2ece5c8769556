// What a candidate's runs are worth: the terms taken in each window, each as a loss, their weighted mean, and what the data's repeats are worth against each other.
import { evaluateRun, evaluateTogether } from "../compare/evaluate.ts";
import { undefinedFor, type Measured, type MeasureTask, type RunData } from "../compare/runData.ts";
import { measureOfName } from "../measures/catalogue.ts";
import { log } from "../runtime/math.ts";
import type { FitCase, FitOutcome, FitProblem, FitScore, FitTerm, Window, WindowOutcome } from "./problem.ts";
import { inWindow } from "../compare/windows.ts";

/** The data of one case in one window, and what losses of its terms are measured in. */
export interface ScoredWindow {
  readonly window: Window;
  readonly data: readonly RunData[];
  /** By term: how the value becomes a loss; null where the data can say nothing of it. */
  readonly losses: readonly (TermLoss | null)[];
  /** Mean number of recorded spikes; null where they are not known. */
  readonly spikes: number | null;
}

type TermLoss =
  /** 1 - value: 0 where the model explains everything. */
  | { readonly kind: "explained" }
  /** value over that of a run that does nothing: no spikes, the mean of the trace. */
  | { readonly kind: "distance"; readonly nothing: number }
  /** Distance from the data's own value in its standard deviations, or in what is told of them. */
  | { readonly kind: "feature"; readonly mean: number; readonly sd: number };

/** A feature of one recording, or of repeats that agree too well, is known no better than to this part of it. */
const FEATURE = 0.05;

/** The data of a case cut for its windows: once a fit. */
export function scoredWindows(
  { data: repeats, program }: Pick<FitCase, "data" | "program">,
  terms: readonly FitTerm[],
  windows: readonly Window[],
): readonly ScoredWindow[] {
  return windows.map((window) => {
    const data = repeats.map((run) => inWindow(run, window));
    const isKnown = data.every((run) => run.recorded?.unknown == null);
    return {
      window,
      data,
      losses: terms.map((term, k) => lossOfTerm(term, program.tasks[k] as MeasureTask, data)),
      spikes: isKnown ? data.reduce((sum, run) => sum + spikesOf(run), 0) / Math.max(1, data.length) : null,
    };
  });
}

function lossOfTerm(term: FitTerm, task: MeasureTask, data: readonly RunData[]): TermLoss | null {
  const entry = measureOfName(term.measure);
  if (entry === null || task.impossible !== null) return null;
  if (entry.nearer === "larger") return { kind: "explained" };
  const [first] = data;
  if (first === undefined) return null;
  if (entry.nearer === "smaller") {
    const { value } = evaluateRun(doingNothing(first), [task], { runs: data, repeats: data })[0] as Measured;
    // Of what has no value even so the data say nothing.
    return value === null ? null : { kind: "distance", nothing: value > 0 ? value : 1 };
  }
  const own = data.flatMap((run) => evaluateRun(run, [task], { runs: [], repeats: [] })[0]?.value ?? []);
  if (own.length === 0) return null;
  const mean = own.reduce((a, b) => a + b, 0) / own.length;
  const squares = own.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  const sd = own.length < 2 ? 0 : Math.sqrt(squares / (own.length - 1));
  return { kind: "feature", mean, sd: Math.max(sd, FEATURE * Math.abs(mean)) || 1 };
}

/** No spikes, and traces that stay at their mean. */
function doingNothing(run: RunData): RunData {
  return {
    ...run,
    populations: run.populations.map((p) => ({ ...p, times: new Float64Array(), neurons: new Int32Array() })),
    traces: run.traces.map((trace) => ({
      ...trace,
      y: new Float64Array(trace.y.length).fill(trace.y.reduce((a, b) => a + b, 0) / Math.max(1, trace.y.length)),
    })),
    recorded: null,
  };
}

function spikesOf({ populations }: RunData): number {
  return populations.reduce((sum, p) => (p.isSource ? sum : sum + p.times.length), 0);
}

/** What draws of a candidate have come to, by draw and window; null of one that failed. `margin`: of the spike condition, by draw and window. */
export function outcomesOf(
  draws: readonly (RunData | null)[],
  tasks: readonly MeasureTask[],
  windows: readonly ScoredWindow[],
  margin: ((draw: number, window: Window) => number | null) | null,
): readonly (readonly WindowOutcome[] | null)[] {
  const together = windows.map(({ window, data }) => {
    const seen = draws.flatMap((run) => (run === null ? [] : [inWindow(run, window)]));
    return tasks.map((task) => (task.together ? evaluateTogether(seen, task, data) : null));
  });
  return draws.map(
    (run, d) =>
      run &&
      windows.map(({ window, data }, w): WindowOutcome => {
        const seen = inWindow(run, window);
        const alone = evaluateRun(seen, tasks, { runs: data, repeats: data, valueOnly: true });
        return {
          terms: tasks.map(
            ({ together: isOfAll }, k) => ((isOfAll ? together[w]?.[k] : alone[k]) ?? null)?.value ?? null,
          ),
          spikes: spikesOf(seen),
          margin: margin === null ? null : margin(d, window),
        };
      }),
  );
}

/** The problem, its lists of spikes with the lone neuron that they do not name where it was silent. */
export function completed(problem: FitProblem): FitProblem {
  const completeIn = ({ plan }: FitCase, run: RunData): RunData => {
    const [only, ...others] = plan.populations;
    if (run.recorded?.onlyActive !== true || only?.size !== 1 || others.length > 0) return run;
    const nothing = { name: only.name, size: 1, isSource: false, times: new Float64Array(), neurons: new Int32Array() };
    return {
      ...run,
      populations: run.populations.length === 0 ? [nothing] : run.populations,
      recorded: { ...run.recorded, onlyActive: false },
    };
  };
  return { ...problem, cases: problem.cases.map((c) => ({ ...c, data: c.data.map((run) => completeIn(c, run)) })) };
}

/** Windows by case, with their data. */
export type ScoredCases = readonly (readonly ScoredWindow[])[];

export function scoredCases(problem: FitProblem, windows: readonly (readonly Window[])[]): ScoredCases {
  return problem.cases.map((c, k) => scoredWindows(c, problem.terms, windows[k] ?? []));
}

/** Seeds of the runs: more than one only where they draw. */
export function drawsOf({ cases, seeds }: FitProblem): readonly number[] {
  return cases.some((c) => c.random) ? seeds : seeds.slice(0, 1);
}

/** Rates that differ by less than this factor cost nothing by themselves. */
const NEAR_RATE = log(2);

/** One outcome for each draw of the noise; the mean is what counts. */
export function scoreOf(problem: FitProblem, cases: ScoredCases, outcomes: readonly FitOutcome[]): FitScore {
  const failed = outcomes.find((o) => o.failure !== null)?.failure ?? null;
  if (failed !== null) return { loss: Infinity, terms: problem.terms.map(() => undefinedFor(failed)) };
  const sums = problem.terms.map(() => ({ loss: 0, losses: 0, value: 0, values: 0 }));
  let [guard, windows] = [0, 0];
  const isOfSpikes = problem.terms.some(({ measure }) => readsSpikes(measure));
  for (const outcome of outcomes)
    cases.forEach((own, c) =>
      own.forEach((window, w) => {
        const there = outcome.windows[c]?.[w];
        if (there === undefined) return;
        windows++;
        const bothSilent = there.spikes === 0 && window.spikes === 0;
        there.terms.forEach((value, k) => {
          const [sum, loss] = [sums[k], window.losses[k] ?? null];
          if (sum === undefined || loss === null) return;
          // What is not defined of two silent trains is no fault; of anything else it is as bad as doing nothing.
          sum.loss += value === null ? (bothSilent ? 0 : lossOfNone(problem.terms[k], loss)) : lossOf(loss, value);
          sum.losses++;
          if (value === null) return;
          sum.value += value;
          sum.values++;
        });
        if (isOfSpikes && window.spikes !== null) {
          const ratio = Math.abs(log((there.spikes + 0.5) / (window.spikes + 0.5)));
          guard += Math.max(0, ratio - NEAR_RATE);
        }
      }),
    );
  let [loss, weights] = [0, 0];
  problem.terms.forEach(({ weight }, k) => {
    const sum = sums[k];
    if (sum === undefined || sum.losses === 0) return;
    loss += (weight * sum.loss) / sum.losses;
    weights += weight;
  });
  return {
    loss: weights === 0 ? Infinity : loss / weights + (windows === 0 ? 0 : guard / windows),
    terms: sums.map(({ value, values }) =>
      values === 0 ? undefinedFor("it is defined in no window") : { value: value / values, because: "", curve: null },
    ),
  };
}

/** Above that of any trace that can be compared at all. */
const UNSEEN = 1000;

/** A neuron without a first spike must not be nearer to a recorded latency than one that spikes late, and one that spikes all the time, so that no sample lies away from a spike, no nearer than one whose trace is seen. */
function lossOfNone(term: FitTerm | undefined, loss: TermLoss): number {
  if (measureOfName(term?.measure ?? "")?.of === "pair of traces") return UNSEEN;
  return loss.kind === "feature" ? Math.max(1, Math.abs(loss.mean) / loss.sd) : 1;
}

function lossOf(loss: TermLoss, value: number): number {
  switch (loss.kind) {
    case "explained":
      return 1 - value;
    case "distance":
      return value / loss.nothing;
    case "feature":
      return Math.abs(value - loss.mean) / loss.sd;
  }
}

export function readsSpikes(measure: string): boolean {
  const of = measureOfName(measure)?.of;
  return of === "train" || of === "population" || of === "pair of trains" || of === "repeats";
}

/** Of a train as it begins, rises and ends: what it is of a piece of the window says nothing. */
export function isOfWhole(measure: string): boolean {
  const entry = measureOfName(measure);
  return entry !== null && entry.nearer === null && entry.of === "train" && entry.name !== "rate";
}

/** By term: each repeat of the data against the others, mean over repeats, cases and windows; null where nothing has repeats. */
export function ceilingOf(problem: FitProblem, cases: ScoredCases): readonly Measured[] | null {
  const repeated = cases.map((windows) => windows.filter(({ data }) => data.length > 1));
  if (repeated.every((windows) => windows.length === 0)) return null;
  return problem.terms.map((term, k) => {
    if (!readsSpikes(term.measure) || measureOfName(term.measure)?.nearer == null)
      return undefinedFor("the data has no repeats of it");
    const values = repeated.flatMap((windows, c) =>
      windows.flatMap(({ data }) =>
        data.flatMap((run, r) => {
          const others = data.filter((_, o) => o !== r);
          const task = problem.cases[c]?.program.tasks[k] as MeasureTask;
          return evaluateRun({ ...run, recorded: null }, [task], { runs: others, repeats: others })[0]?.value ?? [];
        }),
      ),
    );
    return values.length === 0
      ? undefinedFor("it is not defined between repeats")
      : { value: values.reduce((a, b) => a + b, 0) / values.length, because: "", curve: null };
  });
}
