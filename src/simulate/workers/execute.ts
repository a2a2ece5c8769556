// Runs of a comparison, from their program to the values of their measures. The same in a worker and without any.
import { evaluateIn, NOTHING } from "../../compare/evaluate.ts";
import {
  undefinedFor,
  type CaseProgram,
  type FigureData,
  type PopulationData,
  type RunData,
  type TraceData,
} from "../../compare/runData.ts";
import { timeOf, type RecordRequest, type RunLog } from "../../runtime/index.ts";
import { runner, type Runner, type RunResult } from "../runner.ts";
import type { Program, TaskResult, TaskRun, WorkerSetup, WorkerTask } from "./protocol.ts";

export interface Executor {
  /** In one go, as a worker does it: what each run has come to. */
  run(task: WorkerTask): readonly TaskResult[];
  /** In slices, so that others have their turn in between; null where it was stopped. */
  runInSlices(
    task: WorkerTask,
    stopped: () => boolean,
    others: () => Promise<void>,
  ): Promise<readonly TaskResult[] | null>;
}

export function executor({ programs, recording }: WorkerSetup): Executor {
  const made = new Map<Program, Runner>();
  const runnerOf = (program: Program): Runner => {
    const there = made.get(program) ?? runner(program.runner);
    made.set(program, there);
    return there;
  };
  /** The runs of a task with a pause after each slice. */
  function* going(task: WorkerTask, slice: number): Generator<void, readonly TaskResult[]> {
    const program = task.own ?? programs[task.program];
    if (program === undefined) throw new Error(`there is no program ${task.program}`);
    const { case: own } = program;
    const perStep = task.half ? 2 : 1;
    const results = yield* (task.own === null ? runnerOf(program) : runner(program.runner)).inSlices(
      task.runs.map((run) => ({ seed: run.seed, values: run.values, records: recordsOf(own, run, perStep) })),
      { steps: own.steps * perStep, step: own.step / perStep, slice },
    );
    return results.map((result, k) => resultOf(own, result, task.runs[k] as TaskRun, recording ?? NOTHING));
  }
  return {
    run(task) {
      const next = going(task, Infinity).next();
      if (next.done !== true) throw new Error("a task in one go has no pauses");
      return next.value;
    },
    async runInSlices(task, stopped, others) {
      const runs = going(task, SLICE);
      for (;;) {
        const next = runs.next();
        if (next.done === true) return next.value;
        await others();
        if (stopped()) return null;
      }
    },
  };
}

/** Neuron-steps between two looks at the rest of the world. */
const SLICE = 200_000;

/** What the measures read stands first. */
function recordsOf({ measured, drawn }: CaseProgram, { figure }: TaskRun, perStep: number): readonly RecordRequest[] {
  return [...measured, ...(figure === "all" ? drawn : [])].map(({ population, variable, first, last, every }) => ({
    population,
    variable,
    first,
    last,
    every: every * perStep,
  }));
}

/** What a model does wrong is the result of its run. */
function resultOf(
  program: CaseProgram,
  { log, failure }: RunResult,
  run: TaskRun,
  recording: Exclude<TaskRun["against"], "recording">,
): TaskResult {
  if (log === null)
    return {
      measured: program.tasks.map(() => undefinedFor(failure)),
      failure,
      warnings: [],
      figure: null,
      data: null,
    };
  const { data, drawn } = runDataOf(program, log);
  return {
    measured: evaluateIn(program.windows, data, program.tasks, run.against === "recording" ? recording : run.against),
    failure: null,
    warnings: log.warnings,
    figure: run.figure === "nothing" ? null : figureOf(data, drawn),
    data: run.keep ? data : null,
  };
}

/** What a run has recorded: what the measures read, canonical, and what stands after that, as it was recorded. */
export function runDataOf(
  program: Pick<CaseProgram, "measured" | "sources" | "spikesOf">,
  log: RunLog,
): { readonly data: RunData; readonly drawn: readonly TraceData[] } {
  // One log a neuron, in the order of the requests.
  const requests = program.measured.flatMap((r) => Array.from({ length: r.last - r.first + 1 }, () => r));
  const traces = log.traces.map((trace, k): TraceData => {
    const { population, neuron, variable, every } = trace;
    const y = trace.values().slice();
    const { unit, multiply, divide } = requests[k] ?? { unit: trace.unit, multiply: 1, divide: 1 };
    return {
      population,
      neuron,
      variable,
      unit,
      t: sampleTimes(y.length, every, log.dt),
      y: multiply === divide ? y : y.map((v) => (v * divide) / multiply),
    };
  });
  const data: RunData = {
    from: 0,
    until: timeOf(log.steps, log.dt),
    populations: populationsOf(program, log),
    traces: traces.slice(0, requests.length),
    recorded: null,
  };
  return { data, drawn: traces.slice(requests.length) };
}

/** Of samples 0, 1, … that are so many steps apart (ms): the same array for as many samples as the last ones were. */
function sampleTimes(count: number, every: number, dt: number): Float64Array {
  if (lastTimes.times.length === count && lastTimes.every === every && lastTimes.dt === dt) return lastTimes.times;
  const times = new Float64Array(count);
  for (let s = 0; s < count; s++) times[s] = timeOf(s * every, dt);
  lastTimes = { times, every, dt };
  return times;
}

let lastTimes: { readonly times: Float64Array; readonly every: number; readonly dt: number } = {
  times: new Float64Array(0),
  every: 0,
  dt: 0,
};

function populationsOf(
  { sources, spikesOf }: Pick<CaseProgram, "sources" | "spikesOf">,
  { populations, spikes }: RunLog,
): readonly PopulationData[] {
  const counts = populations.map(() => 0);
  for (let k = 0; k < spikes.length; k++) counts[spikes.population(k)] = (counts[spikes.population(k)] ?? 0) + 1;
  const times = counts.map((count) => new Float64Array(count));
  const neurons = counts.map((count) => new Int32Array(count));
  counts.fill(0);
  for (let k = 0; k < spikes.length; k++) {
    const p = spikes.population(k);
    const at = counts[p] ?? 0;
    counts[p] = at + 1;
    (times[p] ?? [])[at] = spikes.time(k);
    (neurons[p] ?? [])[at] = spikes.neuron(k);
  }
  return populations.flatMap(({ name, size }, p): PopulationData[] =>
    spikesOf.includes(name)
      ? [
          {
            name,
            size,
            isSource: sources.includes(name),
            times: times[p] ?? new Float64Array(),
            neurons: neurons[p] ?? new Int32Array(),
          },
        ]
      : [],
  );
}

/** Neurons of a population and spikes that a raster shows: more could not be told apart. */
const MOST_ROWS = 200;
const MOST_SPIKES = 50_000;

/** Of larger populations the first neurons. */
function figureOf({ populations }: RunData, traces: readonly TraceData[]): FigureData {
  return {
    traces,
    spikes: populations
      .filter((p) => !p.isSource)
      .map(({ name, size, times, neurons }) => {
        const shown: number[] = [];
        for (let k = 0; k < times.length && shown.length < MOST_SPIKES; k++)
          if ((neurons[k] ?? 0) < MOST_ROWS) shown.push(k);
        return {
          population: name,
          rows: Math.min(size, MOST_ROWS),
          times: Float64Array.from(shown, (k) => times[k] ?? 0),
          row: Float64Array.from(shown, (k) => neurons[k] ?? 0),
        };
      }),
  };
}
