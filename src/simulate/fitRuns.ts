// The runs of a fit: candidates are neurons of one population, and come back as what their windows have come to.
import { marginOf } from "../fit/margin.ts";
import type { FitCase, FitOutcome, FitProblem, FitRuns, ScoreRequest, Window } from "../fit/problem.ts";
import { outcomeOf, scoredWindows, type ScoredWindow } from "../fit/scoring.ts";
import { firstAfter, firstFrom } from "../fit/windows.ts";
import { recordingAlso } from "../fit/forced.ts";
import type { SimulationPlan } from "../4-plan/plan.ts";
import { stepsIn } from "../runtime/clock.ts";
import type { RecordRequest } from "../runtime/simulation.ts";
import type { TraceData } from "../compare/runData.ts";
import { cut, MOST_TOGETHER, runner, type Runner } from "./runner.ts";
import { runnerText } from "./runnerText.ts";
import { runDataOf } from "./workers/execute.ts";

/** What a spike condition's margin is recorded as: no name in a model has spaces. */
const MARGIN = "margin of the spike condition";
/** ms between two looks at it. */
const MARGIN_EVERY = 0.5;

/** Takes the runs in this thread. */
export function fitRuns(problem: FitProblem): FitRuns {
  const cases = problem.cases.map((c) => caseRuns(problem, c));
  return {
    scores(request) {
      return Promise.resolve(scores(cases, request));
    },
    forced() {
      return Promise.resolve([]);
    },
  };
}

interface CaseRuns {
  readonly runner: Runner;
  readonly margin: RecordRequest | null;
  scored(windows: readonly Window[]): readonly ScoredWindow[];
  readonly fit: FitCase;
}

function caseRuns(problem: FitProblem, fit: FitCase): CaseRuns {
  const { plan, margin } = withMargin(fit.plan);
  const made = runner(
    runnerText(
      plan,
      problem.free.map(({ setup }) => ({ kind: "setup", name: setup })),
    ),
  );
  const known = new Map<string, readonly ScoredWindow[]>();
  return {
    runner: made,
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
      const results = own.run(
        batch.map(({ seed, values }) => ({ seed, values, records })),
        { steps: last },
      );
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
