// All runs of a comparison: which can begin, what they are held against, what the journal has of them already. Gives the outcome of each job by its key.
import { planSimulation } from "../4-plan/planSimulation.ts";
import { evaluateIn, NOTHING, type Against } from "../compare/evaluate.ts";
import type { Job } from "../compare/jobs.ts";
import type { JobOutcome } from "../compare/outcome.ts";
import { isAgainstReference, prepareCase, type PreparedComparison } from "../compare/prepare.ts";
import { undefinedFor, type Measured, type RunData } from "../compare/runData.ts";
import { withSetup } from "../compare/sweepPoints.ts";
import { decisive } from "../4-plan/decisive.ts";
import type { FreeValue } from "../4-plan/together.ts";
import type { Journal } from "./journal.ts";
import { cut, MOST_TOGETHER } from "./runner.ts";
import { runnerText } from "./runnerText.ts";
import { runTasks, type Crew } from "./workers/pool.ts";
import type { Program, TaskResult, TaskRun, WorkerTask } from "./workers/protocol.ts";

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
  /** Steps of all runs of a case that a module for many runs is made for. */
  readonly togetherFrom?: number;
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
  const { journal, recording, stopped, entry, crew = null, threadsFrom = MUCH, togetherFrom = WORTH_STEPS } = options;
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
  const togetherIn = casesTogether(prepared, queue, togetherFrom);
  const programs = prepared.cases.map((c, k): Program => ({
    runner: runnerText(c.plan, freeIn(prepared, k), { oneByOne: !togetherIn.has(k) }),
    case: c.program,
  }));
  const programAt = programsOfPoints(prepared);
  const goTogether = (job: Job): boolean => programs[job.case]?.runner.together !== null && programAt.shared(job);
  const toDo = queue.reduce((sum, job) => sum + job.cost * (goTogether(job) ? SHARE_TOGETHER : 1), 0);
  const threads = toDo > threadsFrom ? options.workers : 1;
  const batches = batchesOf(queue, goTogether, (job) => mostTogether(prepared, job), threads);

  const finish = (
    job: Job,
    { failure, warnings, figure }: TaskResult,
    measured: readonly Measured[],
    between: readonly Measured[] | null,
  ): void => {
    const outcome = { measured, between, failure, warnings: warnings.length === 0 ? NO_WARNINGS : warnings, figure };
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

  const runOf = (job: Job): TaskRun => ({
    seed: job.seed,
    values: setupNames(prepared, job.case).map((name) => job.setup[name] ?? null),
    against:
      recording !== null ? "recording" : job.isReference || job.against.length === 0 ? NOTHING : references.of(job),
    figure: job.figure,
    keep: job.isReference,
  });

  const postponed: Batch[] = [];
  let position = 0;
  const canBegin = (batch: Batch): boolean => batch.every((job) => job.isReference || references.areThere(job));
  /** The first batch that can begin; null where none can. */
  const nextReady = (): Batch | null => {
    const ready = postponed.findIndex(canBegin);
    if (ready >= 0) return postponed.splice(ready, 1)[0] ?? null;
    while (position < batches.length && postponed.length < LOOK_AHEAD) {
      const batch = batches[position++] as Batch;
      if (canBegin(batch)) return batch;
      postponed.push(batch);
    }
    return null;
  };
  const handed: Batch[] = [];
  const next = (): { readonly number: number; readonly task: WorkerTask } | "wait" | null => {
    for (let batch = nextReady(); batch !== null; batch = nextReady()) {
      const [first] = batch;
      const own = programAt.own(first);
      if (own !== null && "impossible" in own) {
        const { impossible } = own;
        settle(first, {
          measured: (prepared.cases[first.case]?.program.tasks ?? []).map(() => undefinedFor(impossible)),
          failure: impossible,
          warnings: [],
          figure: null,
          data: null,
        });
        continue;
      }
      handed.push(batch);
      return {
        number: handed.length - 1,
        task: { program: first.case, own, half: first.half, runs: batch.map(runOf) },
      };
    }
    return postponed.length > 0 ? "wait" : null;
  };
  await runTasks(
    { programs, recording: recording === null ? null : { runs: recording, repeats: recording } },
    {
      next,
      done: (number, results) => (handed[number] as Batch).forEach((job, k) => settle(job, results[k] as TaskResult)),
    },
    {
      workers: Math.min(threads, batches.length),
      stopped,
      crew,
      shortTasks: toDo < SHORT * batches.length,
      ...(entry === undefined ? {} : { entry }),
    },
  );
  return outcomes;
}

/** Shared: there may be a million runs. */
const NO_WARNINGS: readonly string[] = [];

/** Jobs that are handed out as one. */
type Batch = readonly [Job, ...Job[]];

/** What a run among others takes of the time that it takes alone. */
const SHARE_TOGETHER = 0.2;
/** Steps of all runs of a case from which a second module for it pays, and runs. */
const WORTH_STEPS = 2e6;
const WORTH_RUNS = 8;

/** Cases of which so much is to run that runs should go together, where they can. */
function casesTogether({ cases }: PreparedComparison, queue: readonly Job[], from: number): ReadonlySet<number> {
  return new Set(
    cases.flatMap((c, k) => {
      const own = queue.filter((job) => job.case === k);
      return own.length >= WORTH_RUNS && own.length * c.program.steps >= from ? [k] : [];
    }),
  );
}

/** Bytes of samples that a batch may keep, four times over: logs grow by doubling and are copied for the measures. */
const MOST_BYTES = 2e8;
/** Neuron-steps of a batch: what is lost where somebody stops it. */
const MOST_STEPS = 5e7;
const LEAST_AT_ONCE = 16;

/** How many runs like that one may go on together. */
function mostTogether({ cases }: PreparedComparison, job: Job): number {
  const { steps = 1, measured = [] } = cases[job.case]?.program ?? {};
  const taken = Math.max(1, steps * (job.half ? 2 : 1));
  const byMemory = MOST_BYTES / (4 * 8 * taken * Math.max(1, measured.length));
  return Math.max(1, Math.floor(Math.min(MOST_TOGETHER, byMemory, Math.max(LEAST_AT_ONCE, MOST_STEPS / taken))));
}

/** The queue in batches, each where its first job stands: jobs of one case and step, not more than leave every thread some. */
function batchesOf(
  queue: readonly Job[],
  goTogether: (job: Job) => boolean,
  most: (job: Job) => number,
  threads: number,
): readonly Batch[] {
  const groups = new Map<string, Job[]>();
  for (const job of queue) {
    const key = goTogether(job) ? `${job.case} ${String(job.half)}` : job.key;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [job]);
    else group.push(job);
  }
  const places = new Map(queue.map((job, place) => [job, place]));
  return [...groups.values()]
    .flatMap((group) => cut(group, Math.min(most(group[0] as Job), Math.ceil(group.length / threads))))
    .map((batch) => batch as unknown as Batch)
    .sort(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

/** What is swept in a case: parameters of its set-up. */
function setupNames({ comparison }: PreparedComparison, caseNumber: number): readonly string[] {
  return comparison.sweeps.filter((sweep) => sweep.cases.includes(caseNumber)).map((sweep) => sweep.setup);
}

function freeIn(prepared: PreparedComparison, caseNumber: number): readonly FreeValue[] {
  return setupNames(prepared, caseNumber).map((name) => ({ kind: "setup", name }));
}

/** Batches that are looked past while they wait. */
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
  const { tasks, windows } = cases[job.case]?.program ?? { tasks: [], windows: [] };
  const [run] = "missing" in runs ? [] : runs;
  if (run === undefined) return { measured, between: null };
  const distancesTo = (against: Against): readonly Measured[] =>
    tasks.map((task) => {
      const measure = comparison.measures[task.measure];
      return measure !== undefined && isAgainstReference(measure)
        ? (evaluateIn(windows, run, [task], against)[0] as Measured)
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

interface ProgramsOfPoints {
  /** Whether the program of its case serves the job. */
  shared(job: Job): boolean;
  /** Its own program, or why it can have none; null where it shares that of its case. */
  own(job: Job): Program | { readonly impossible: string } | null;
}

/** Where what is swept decides the clock or the sizes, a point has a program of its own, or none: a duration that is no multiple of the step. */
function programsOfPoints(prepared: PreparedComparison): ProgramsOfPoints {
  const { cases, comparison } = prepared;
  const deciding = cases.map((c) => decisive(c.case.experiment));
  const shared = (job: Job): boolean => !Object.keys(job.setup).some((name) => deciding[job.case]?.has(name) === true);
  return {
    shared,
    own(job) {
      const own = cases[job.case];
      if (own === undefined || shared(job)) return null;
      const { plan, diagnostics } = planSimulation(withSetup(own.case.experiment, job.setup));
      if (plan === null)
        return { impossible: diagnostics.find((d) => d.severity === "error")?.message ?? "there is no plan for it" };
      const made = prepareCase(own.case, plan, own.experiment, comparison);
      return { runner: runnerText(made.plan, freeIn(prepared, job.case), { oneByOne: true }), case: made.program };
    },
  };
}
