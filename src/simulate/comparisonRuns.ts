// All runs of a comparison: which can begin, what they are held against, what the journal has of them already. Gives the outcome of each job by its key.
import { planSimulation } from "../4-plan/planSimulation.ts";
import { evaluateRun, NOTHING, type Against } from "../compare/evaluate.ts";
import type { Job } from "../compare/jobs.ts";
import type { JobOutcome } from "../compare/outcome.ts";
import { isAgainstReference, prepareCase, type PreparedComparison } from "../compare/prepare.ts";
import { undefinedFor, type Measured, type RunData } from "../compare/runData.ts";
import { withSetup } from "../compare/sweepPoints.ts";
import { decisive } from "../4-plan/decisive.ts";
import type { Journal } from "./journal.ts";
import { moduleText } from "./load.ts";
import { runTasks, type Crew } from "./workers/pool.ts";
import type { Program, TaskResult, WorkerTask } from "./workers/protocol.ts";

export interface RunsOptions {
  /** Threads, where the work is worth them. */
  readonly workers: number;
  readonly stopped: () => boolean;
  /** Told of every job that is over: the share of the work that is done, and jobs. */
  readonly progress: (share: number, over: number, all: number) => void;
  readonly journal: Journal<JobOutcome> | null;
  /** What all runs are held against, a run a repeat; null where it is a variant. */
  readonly recording: readonly RunData[] | null;
  /** As of the pool. */
  readonly entry?: URL | null;
  readonly crew?: Crew | null;
  /** Work, as jobs have it, that threads are started for. */
  readonly threadsFrom?: number;
}

/** Work of some tenths of a second: threads take one to start. */
const MUCH = 1e7;
/** Work of some hundredths of a second: this thread can do it between two answers. */
const SHORT = 1e6;

/** Without those that were not over when it was stopped. @throws WorkerError, WriteError */
export async function runJobs(
  prepared: PreparedComparison,
  jobs: readonly Job[],
  options: RunsOptions,
): Promise<ReadonlyMap<string, JobOutcome>> {
  const { journal, recording, stopped, entry, crew = null, threadsFrom = MUCH } = options;
  const outcomes = new Map<string, JobOutcome>();
  for (const { key } of jobs) {
    const earlier = journal?.earlier.get(key);
    if (earlier !== undefined) outcomes.set(key, earlier);
  }
  const references = referenceRuns(jobs.filter((job) => !outcomes.has(job.key)));
  // Runs of the reference that unfinished jobs are held against are taken again where only their values are known.
  const queue = jobs.filter((job) => !outcomes.has(job.key) || references.isNeeded(job.key));
  const work = queue.reduce((sum, job) => sum + job.cost, 0);
  let [over, done] = [0, 0];

  const finish = (
    job: Job,
    { failure, warnings, figure }: TaskResult,
    measured: readonly Measured[],
    between: readonly Measured[] | null,
  ): void => {
    const outcome: JobOutcome = { measured, between, failure, warnings, figure };
    outcomes.set(job.key, outcome);
    journal?.add(job.key, outcome);
    references.release(job);
  };
  /** References that wait for other runs of their own. */
  const waiting = new Map<Job, TaskResult>();
  const finishReferences = (): void => {
    for (const [job, result] of waiting) {
      if (!references.areThere(job)) continue;
      waiting.delete(job);
      const { measured, between } = againstItself(prepared, job, result, references.of(job));
      finish(job, result, measured, between);
    }
  };
  const settle = (job: Job, result: TaskResult): void => {
    done += job.cost;
    over++;
    if (job.isReference) {
      references.keep(
        job.key,
        result.data ?? { missing: `the reference has no run: ${result.failure ?? "it was not kept"}` },
      );
      if (!outcomes.has(job.key)) waiting.set(job, result);
      finishReferences();
    } else finish(job, result, result.measured, null);
    options.progress(work === 0 ? 1 : done / work, over, queue.length);
  };

  const programs = prepared.cases.map((c): Program => ({ module: moduleText(c.plan), case: c.program }));
  const programAt = programsOfPoints(prepared);
  const taskOf = (job: Job, own: Program | null): WorkerTask => ({
    program: job.case,
    own,
    seed: job.seed,
    half: job.half,
    setup: job.setup,
    against:
      recording !== null ? "recording" : job.isReference || job.against.length === 0 ? NOTHING : references.of(job),
    figure: job.figure,
    keep: job.isReference,
  });

  const postponed: Job[] = [];
  let position = 0;
  /** The first job that can begin; null where none can. */
  const nextReady = (): Job | null => {
    const ready = postponed.findIndex(references.areThere);
    if (ready >= 0) return postponed.splice(ready, 1)[0] ?? null;
    while (position < queue.length && postponed.length < LOOK_AHEAD) {
      const job = queue[position++] as Job;
      if (job.isReference || references.areThere(job)) return job;
      postponed.push(job);
    }
    return null;
  };
  const handed: Job[] = [];
  const next = (): { readonly number: number; readonly task: WorkerTask } | "wait" | null => {
    for (let job = nextReady(); job !== null; job = nextReady()) {
      const own = programAt(job);
      if (own !== null && "impossible" in own) {
        const { impossible } = own;
        settle(job, {
          measured: (prepared.cases[job.case]?.program.tasks ?? []).map(() => undefinedFor(impossible)),
          failure: impossible,
          warnings: [],
          figure: null,
          data: null,
        });
        continue;
      }
      handed.push(job);
      return { number: handed.length - 1, task: taskOf(job, own) };
    }
    return postponed.length > 0 ? "wait" : null;
  };
  await runTasks(
    { programs, recording: recording === null ? null : { runs: recording, repeats: recording } },
    { next, done: (number, result) => settle(handed[number] as Job, result) },
    {
      workers: work > threadsFrom ? Math.min(options.workers, queue.length) : 1,
      stopped,
      crew,
      shortTasks: work < SHORT * queue.length,
      ...(entry === undefined ? {} : { entry }),
    },
  );
  return outcomes;
}

/** Jobs that are looked past while they wait. */
const LOOK_AHEAD = 64;

type Kept = RunData | { readonly missing: string };

interface References {
  /** Some unfinished job is held against the run with that key. */
  isNeeded(key: string): boolean;
  keep(key: string, run: Kept): void;
  areThere(job: Job): boolean;
  of(job: Job): Against;
  /** The job needs its references no more; those that nobody needs are forgotten. */
  release(job: Job): void;
}

/** Runs that jobs are held against, kept for as long as one of them needs them. */
function referenceRuns(open: readonly Job[]): References {
  const uses = new Map<string, number>();
  for (const key of open.flatMap((job) => job.against)) uses.set(key, (uses.get(key) ?? 0) + 1);
  const kept = new Map<string, Kept>();
  return {
    isNeeded: (key) => uses.has(key),
    keep(key, run) {
      if ((uses.get(key) ?? 0) > 0) kept.set(key, run);
    },
    areThere: (job) => job.against.every((key) => kept.has(key)),
    of(job) {
      const [own, ...others] = job.against.flatMap((key) => kept.get(key) ?? []);
      const repeats = others.filter((run): run is RunData => !("missing" in run));
      return { runs: own === undefined ? [] : "missing" in own ? own : [own], repeats };
    },
    release(job) {
      for (const key of job.against) {
        const left = (uses.get(key) ?? 0) - 1;
        uses.set(key, left);
        if (left === 0) kept.delete(key);
      }
    },
  };
}

/** A run of the reference is held against itself and, as those of other variants are, the repeats among its measures against other seeds; besides against one of these: how far apart two seeds of one model are. */
function againstItself(
  { cases, comparison }: PreparedComparison,
  job: Job,
  result: TaskResult,
  { runs, repeats }: Against,
): { readonly measured: readonly Measured[]; readonly between: readonly Measured[] | null } {
  const { measured } = result;
  const tasks = cases[job.case]?.program.tasks ?? [];
  const [run] = "missing" in runs ? [] : runs;
  if (run === undefined) return { measured, between: null };
  const distancesTo = (against: Against): readonly Measured[] =>
    tasks.map((task) => {
      const measure = comparison.measures[task.measure];
      return measure !== undefined && isAgainstReference(measure)
        ? (evaluateRun(run, [task], against)[0] as Measured)
        : undefinedFor("");
    });
  const itself = distancesTo({ runs: [run], repeats });
  return {
    measured: measured.map((m, k) =>
      isAgainstReference(comparison.measures[k] ?? { name: "" }) ? (itself[k] ?? m) : m,
    ),
    between: repeats[0] === undefined ? null : distancesTo({ runs: [repeats[0]], repeats }),
  };
}

/** Where what is swept decides the clock or the sizes, a point has a program of its own, or none: a duration that is no multiple of the step. */
function programsOfPoints({
  cases,
  comparison,
}: PreparedComparison): (job: Job) => Program | { readonly impossible: string } | null {
  const deciding = cases.map((c) => decisive(c.case.experiment));
  return (job) => {
    const own = cases[job.case];
    if (own === undefined || !Object.keys(job.setup).some((name) => deciding[job.case]?.has(name) === true))
      return null;
    const { plan, diagnostics } = planSimulation(withSetup(own.case.experiment, job.setup));
    if (plan === null)
      return { impossible: diagnostics.find((d) => d.severity === "error")?.message ?? "there is no plan for it" };
    const prepared = prepareCase(own.case, plan, own.experiment, comparison.measures);
    return { module: moduleText(prepared.plan), case: prepared.program };
  };
}
