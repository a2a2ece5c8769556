// The runs of a fit: candidates are neurons of one population, and come back as what their windows have come to.
import { marginOf } from "../fit/margin.ts";
import type {
  FitCase,
  FitOutcome,
  FitProblem,
  FitRuns,
  ForcedOutcome,
  ForcedRequest,
  ScoreRequest,
  Window,
} from "../fit/problem.ts";
import { outcomeOf, scoredWindows, type ScoredWindow } from "../fit/scoring.ts";
import { firstAfter, firstFrom } from "../compare/windows.ts";
import { forcedOf, recordingAlso, type ForcedRun } from "../fit/forced.ts";
import type { SimulationPlan } from "../4-plan/plan.ts";
import { stepsIn } from "../runtime/clock.ts";
import type { RecordRequest } from "../runtime/simulation.ts";
import type { TraceData } from "../compare/runData.ts";
import { cut, MOST_TOGETHER, runner, type RunRequest, type RunResult, type Runner } from "./runner.ts";
import { runnerText } from "./runnerText.ts";
import { runDataOf } from "./workers/execute.ts";

/** What a spike condition's margin is recorded as: no name in a model has spaces. */
const MARGIN = "margin of the spike condition";
/** ms between two looks at it. */
const MARGIN_EVERY = 0.5;

/** Takes the runs in this thread. */
export function fitRuns(problem: FitProblem): FitRuns {
  const cases = problem.cases.map((c) => caseRuns(problem, c));
  const driven = forcedOf(problem);
  const forced = ("none" in driven ? [] : driven.runs).map((own) => ({ own, runner: runnerOf(problem, own.plan) }));
  return {
    scores(request) {
      return Promise.resolve(scores(cases, request));
    },
    forced(request) {
      const own = forced[request.run];
      if (own === undefined) throw new Error(`there is no forced run ${request.run}`);
      return Promise.resolve(forcedOutcomes(own, problem.seeds[0] ?? 1, request));
    },
  };
}

/** Compiled when it is first asked for a run. */
function runnerOf({ free }: FitProblem, plan: SimulationPlan): () => Runner {
  let made: Runner | null = null;
  return () =>
    (made ??= runner(
      runnerText(
        plan,
        free.map(({ setup }) => ({ kind: "setup", name: setup })),
      ),
    ));
}

function forcedOutcomes(
  { own, runner: made }: { readonly own: ForcedRun; readonly runner: () => Runner },
  seed: number,
  { reads, steps, every, candidates }: ForcedRequest,
): readonly ForcedOutcome[] {
  const records = own.reads[reads].map((read) => ({ ...read, every }));
  const most = Math.max(4, Math.floor((MOST_BYTES * every) / (32 * steps * Math.max(1, records.length))));
  return cut(candidates, Math.min(MOST_TOGETHER, most)).flatMap((batch) =>
    runPaired(
      made(),
      batch.map((values) => ({ seed, values, records })),
      steps,
    ).map(({ log }) => (log === null ? null : log.traces.map((trace) => trace.values().slice()))),
  );
}

/** Kernels take two neurons a pass, and populations of these at least: what is missing is run once more and forgotten. */
const LEAST_PAIRED = 8;

function runPaired(made: Runner, requests: readonly RunRequest[], steps: number): readonly RunResult[] {
  const [first] = requests;
  if (first === undefined) return [];
  const wanted = Math.max(LEAST_PAIRED, requests.length + (requests.length % 2));
  const more = Array.from({ length: requests.length === 1 ? 0 : wanted - requests.length }, () => ({
    ...first,
    records: [],
  }));
  return made.run([...requests, ...more], { steps }).slice(0, requests.length);
}

interface CaseRuns {
  readonly runner: () => Runner;
  readonly margin: RecordRequest | null;
  scored(windows: readonly Window[]): readonly ScoredWindow[];
  readonly fit: FitCase;
}

function caseRuns(problem: FitProblem, fit: FitCase): CaseRuns {
  const { plan, margin } = withMargin(fit.plan);
  const known = new Map<string, readonly ScoredWindow[]>();
  return {
    runner: runnerOf(problem, plan),
    margin,
    fit,
    scored(windows) {
      const key = windows.map((w) => `${w.from} ${w.until}`).join(",");
      const scored = known.get(key) ?? scoredWindows(fit, problem.terms, windows);
      known.set(key, scored);
      return scored;
    },
  };
}

/** The plan with the margin of its lone neuron's spike condition among what can be recorded. */
function withMargin(plan: SimulationPlan): { readonly plan: SimulationPlan; readonly margin: RecordRequest | null } {
  const [only] = plan.populations;
  const value = only?.spike == null || only.spike.mode === "rate" ? null : marginOf(only.spike.condition);
  if (only === undefined || plan.populations.length > 1 || value === null) return { plan, margin: null };
  const every = Math.max(1, stepsIn(MARGIN_EVERY, plan.step));
  const record = { population: only.name, first: 0, last: 0, every };
  return {
    plan: recordingAlso(plan, MARGIN, value, every),
    margin: { ...record, variable: MARGIN },
  };
}

/** Bytes of samples that are kept at once, four times over: logs grow by doubling and are copied for the measures. */
const MOST_BYTES = 2e8;

function scores(cases: readonly CaseRuns[], { windows, margin, candidates }: ScoreRequest): readonly FitOutcome[] {
  const outcomes = candidates.map((): { failure: string | null; windows: FitOutcome["windows"][number][] } => ({
    failure: null,
    windows: [],
  }));
  cases.forEach(({ fit, runner: own, margin: recorded, scored }, c) => {
    const asked = windows[c] ?? [];
    if (asked.length === 0) {
      for (const outcome of outcomes) outcome.windows.push([]);
      return;
    }
    const of = scored(asked);
    const { step, steps, measured } = fit.program;
    const last = Math.min(steps, Math.ceil(Math.max(...asked.map((w) => w.until)) / step - 1e-9));
    const records: readonly RecordRequest[] = [...measured, ...(margin && recorded !== null ? [recorded] : [])];
    const most = Math.max(4, Math.floor(MOST_BYTES / (32 * last * Math.max(1, records.length))));
    let at = 0;
    for (const batch of cut(candidates, Math.min(MOST_TOGETHER, most))) {
      const requests = batch.map(({ seed, values }) => ({ seed, values, records }));
      const results = runPaired(own(), requests, last);
      for (const { log, failure } of results) {
        const outcome = outcomes[at++] as (typeof outcomes)[number];
        if (log === null) {
          outcome.failure ??= failure;
          continue;
        }
        const { data, drawn } = runDataOf(fit.program, log);
        const [trace] = drawn;
        outcome.windows.push(outcomeOf(data, fit, of, trace === undefined ? null : (window) => highest(trace, window)));
      }
    }
  });
  return outcomes.map((o) => (o.failure === null ? o : { failure: o.failure, windows: [] }));
}

function highest({ t, y }: TraceData, { from, until }: Window): number | null {
  const seen = y.subarray(firstFrom(t, from), firstAfter(t, until));
  return seen.length === 0 ? null : seen.reduce((a, b) => Math.max(a, b));
}
