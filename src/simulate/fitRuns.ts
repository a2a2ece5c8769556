// Who takes the runs of a fit: this thread and its helpers, each a part of the candidates of a request. What comes back depends on no thread.
import type { SimulationPlan } from "../4-plan/plan.ts";
import { number } from "../algebra/expression.ts";
import { forcedOf, recordingAlso } from "../fit/forced.ts";
import { marginOf } from "../fit/margin.ts";
import type { FitProblem, FitRuns } from "../fit/problem.ts";
import { completed } from "../fit/scoring.ts";
import { stepsIn } from "../runtime/clock.ts";
import type { RecordRequest } from "../runtime/recording.ts";
import { cut } from "./runner.ts";
import { runnerText } from "./runnerText.ts";
import { fitExecutor } from "./workers/fitExecute.ts";
import { recruit, WorkerError, type Crew, type Thread } from "./workers/pool.ts";
import type { FitAsked, FitPart, ToWorker } from "./workers/protocol.ts";

export interface FitRunsOptions {
  /** Threads, this one among them. */
  readonly workers?: number;
  /** As of the pool. */
  readonly entry?: URL | null;
}

/** What a spike condition's margin is recorded as: no name in a model has spaces. */
const MARGIN = "margin of the spike condition";
/** ms between two looks at it. */
const MARGIN_EVERY = 0.5;
/** Neuron-steps of a request from which on others are asked: to ask takes some tenths of a millisecond. */
const WORTH_ASKING = 5e5;

/** Runs that somebody may have to end: `dismiss` does, and may be called again. */
export interface TakenRuns extends FitRuns {
  dismiss(): void;
}

export function fitRuns(asked: FitProblem, { workers = 1, entry }: FitRunsOptions = {}): TakenRuns {
  const problem = completed(asked);
  const own = fitExecutor();
  const parts = partsOf(problem);
  const others = helpers(workers - 1, entry);
  /** What each part is, to everybody, before it is asked for. */
  const introduce = (wanted: readonly { readonly kind: FitPart["kind"]; readonly number: number }[]): void => {
    for (const { kind, number } of wanted) {
      const part = parts(kind, number);
      if (part === null) continue;
      own.learn(part);
      others.tell({ part });
    }
  };
  return {
    async scores(request) {
      const cases = request.windows.flatMap((w, number) => (w.length > 0 ? [number] : []));
      introduce(cases.map((number) => ({ kind: "case", number })));
      const steps = cases.reduce((sum, c) => sum + (problem.cases[c]?.program.steps ?? 0), 0);
      return others.shared(
        request.candidates,
        steps * (request.candidates[0]?.seeds.length ?? 1),
        (candidates) => own.scores({ ...request, candidates }),
        (candidates) => ({ scores: { ...request, candidates } }),
      );
    },
    async forced(request) {
      introduce([{ kind: "forced", number: request.run }]);
      return others.shared(
        request.candidates,
        request.steps,
        (candidates) => own.forced({ ...request, candidates }),
        (candidates) => ({ forced: { ...request, candidates } }),
      );
    },
    dismiss: () => others.dismiss(),
  };
}

/** Each part is emitted when it is first asked for, and given once. */
function partsOf(problem: FitProblem): (kind: FitPart["kind"], number: number) => FitPart | null {
  const driven = forcedOf(problem);
  const given = new Set<string>();
  const textOf = (plan: SimulationPlan): FitPart["runner"] =>
    runnerText(
      plan,
      problem.free.map(({ setup }) => ({ kind: "setup", name: setup })),
    );
  return (kind, place) => {
    if (given.has(`${kind} ${place}`)) return null;
    given.add(`${kind} ${place}`);
    if (kind === "forced") {
      const run = "none" in driven ? undefined : driven.runs[place];
      if (run === undefined) throw new Error(`there is no forced run ${place}`);
      return { kind, number: place, runner: textOf(run.plan), seed: problem.seeds[0] ?? 1, reads: run.reads };
    }
    const fit = problem.cases[place];
    if (fit === undefined) throw new Error(`there is no case ${place}`);
    const { plan, margin } = withMargin(fit.plan);
    const searchStep = searchStepOf(plan);
    // What is recorded is asked for by each run: the module only has to be able to, in longer steps too.
    const records = plan.records.map((r) => ({ ...r, interval: number(r.every * searchStep) }));
    return {
      kind,
      number: place,
      runner: textOf({ ...plan, records }),
      program: fit.program,
      data: fit.data,
      terms: problem.terms,
      margin,
      searchStep,
    };
  };
}

/** ms: what the field takes for point neurons; more than that is a finer step than a search needs. */
const SEARCH_STEP = 0.1;

/** Where all that happens between spikes is integrated exactly the step says no more than how finely spikes are told apart. */
function searchStepOf({ populations, precise, step }: SimulationPlan): number {
  const isExact =
    !precise &&
    populations.every((p) => p.noises.length + p.pasts.length === 0 && p.groups.every((g) => g.method === "exact"));
  return isExact ? step * Math.max(1, Math.floor(SEARCH_STEP / step + 1e-9)) : step;
}

/** The plan with the margin of its lone neuron's spike condition among what can be recorded. */
function withMargin(plan: SimulationPlan): { readonly plan: SimulationPlan; readonly margin: RecordRequest | null } {
  const [only] = plan.populations;
  const value = only?.spike == null || only.spike.mode === "rate" ? null : marginOf(only.spike.condition);
  if (only === undefined || plan.populations.length > 1 || value === null) return { plan, margin: null };
  const every = Math.max(1, stepsIn(MARGIN_EVERY, plan.step));
  return {
    plan: recordingAlso(plan, MARGIN, value, every),
    margin: { population: only.name, variable: MARGIN, first: 0, last: 0, every },
  };
}

interface Helpers {
  tell(message: ToWorker): void;
  /** In the order of the candidates: a part here, the others there. */
  shared<Candidate, Outcome>(
    candidates: readonly Candidate[],
    steps: number,
    here: (candidates: readonly Candidate[]) => readonly Outcome[],
    request: (candidates: readonly Candidate[]) => FitAsked,
  ): Promise<readonly Outcome[]>;
  dismiss(): void;
}

/** Threads that begin when there is first enough to do. */
function helpers(count: number, entry: URL | null | undefined): Helpers {
  let crew: Crew | null = null;
  let number = 0;
  const told: ToWorker[] = [];
  const begun = (): readonly Thread[] => {
    if (crew === null) {
      crew = entry === undefined ? recruit(Math.max(0, count)) : recruit(Math.max(0, count), entry);
      for (const { worker } of crew.threads) for (const message of told) worker.postMessage(message);
    }
    return crew.threads;
  };
  const ask = <Outcome>(thread: Thread, asked: FitAsked): Promise<readonly Outcome[]> =>
    new Promise((resolve, reject) => {
      thread.answered = (message) => {
        if ("fault" in message) reject(new WorkerError(message.fault));
        else if ("outcomes" in message) resolve(message.outcomes as readonly Outcome[]);
      };
      thread.failed = reject;
      if (thread.failure !== null) reject(thread.failure);
      thread.worker.postMessage({ number: number++, asked } satisfies ToWorker);
    });
  return {
    tell(message) {
      told.push(message);
      for (const { worker } of crew?.threads ?? []) worker.postMessage(message);
    },
    async shared(candidates, steps, here, request) {
      const threads = count > 0 && candidates.length * steps >= WORTH_ASKING ? begun() : [];
      const [own = [], ...theirs] = cut(candidates, Math.ceil(candidates.length / (threads.length + 1)));
      const answers = theirs.map((part, k) =>
        ask<ReturnType<typeof here>[number]>(threads[k] as Thread, request(part)),
      );
      const first = here(own);
      return [...first, ...(await Promise.all(answers)).flat()];
    },
    dismiss() {
      crew?.dismiss();
      crew = null;
    },
  };
}
