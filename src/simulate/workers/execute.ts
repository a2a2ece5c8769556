// One run of a comparison, from its program to the values of its measures. The same in a worker and without any.
import { refusalText } from "../refusal.ts";
import { evaluateRun, NOTHING, type Against } from "../../compare/evaluate.ts";
import {
  undefinedFor,
  type CaseProgram,
  type FigureData,
  type PopulationData,
  type RunData,
  type TraceData,
} from "../../compare/runData.ts";
import {
  DrawError,
  drawProblemText,
  NonFiniteError,
  timeOf,
  type RecordRequest,
  type Simulation,
} from "../../runtime/index.ts";
import { evaluateModule } from "../evaluateModule.ts";
import type { Program, TaskResult, WorkerSetup, WorkerTask } from "./protocol.ts";

type Create = ReturnType<typeof evaluateModule>;

export interface Executor {
  /** In one go, as a worker does it. */
  run(task: WorkerTask): TaskResult;
  /** In slices, so that others have their turn in between; null where it was stopped. */
  runInSlices(task: WorkerTask, stopped: () => boolean, others: () => Promise<void>): Promise<TaskResult | null>;
}

export function executor({ programs, recording }: WorkerSetup): Executor {
  const created = new Map<Program, Create>();
  const begin = (
    task: WorkerTask,
  ): { readonly program: CaseProgram; readonly simulation: Simulation; readonly steps: number } => {
    const program = task.own ?? programs[task.program];
    if (program === undefined) throw new Error(`there is no program ${task.program}`);
    let create = created.get(program);
    if (create === undefined) {
      create = evaluateModule(program.module);
      // A program of one point alone is not needed again.
      if (task.own === null) created.set(program, create);
    }
    const { case: own } = program;
    const perStep = task.half ? 2 : 1;
    const simulation = create({ seed: task.seed, step: own.step / perStep, setup: task.setup }, (setup) => ({
      ...setup,
      records: recordsOf(own, task, perStep),
    }));
    return { program: own, simulation, steps: own.steps * perStep };
  };
  return {
    run: (task) =>
      guarded(task, programs, () => {
        const { program, simulation, steps } = begin(task);
        simulation.advance(steps);
        return resultOf(
          program,
          simulation,
          task,
          task.against === "recording" ? (recording ?? NOTHING) : task.against,
        );
      }),
    async runInSlices(task, stopped, others) {
      try {
        const { program, simulation, steps } = begin(task);
        const neurons = simulation.populations.reduce((sum, p) => sum + p.size, 0);
        const slice = Math.max(1, Math.round(SLICE / Math.max(1, neurons)));
        while (simulation.steps < steps) {
          simulation.advance(Math.min(slice, steps - simulation.steps));
          if (simulation.steps >= steps) break;
          await others();
          if (stopped()) return null;
        }
        return resultOf(
          program,
          simulation,
          task,
          task.against === "recording" ? (recording ?? NOTHING) : task.against,
        );
      } catch (error) {
        return guarded(task, programs, () => {
          throw error;
        });
      }
    },
  };
}

/** Neuron-steps between two looks at the rest of the world. */
const SLICE = 200_000;

/** What a model does wrong is the result of its run; only our own faults are thrown. */
function guarded(task: WorkerTask, programs: readonly Program[], action: () => TaskResult): TaskResult {
  try {
    return action();
  } catch (error) {
    // A state that left the numbers, a population that does not fit into memory, a draw that never comes to lie between its bounds.
    const reason = error instanceof NonFiniteError ? error.message : refusalText(error);
    if (reason === null) throw error;
    const { tasks, draws } = (task.own ?? programs[task.program])?.case ?? { tasks: [], draws: [] };
    const drawn = error instanceof DrawError ? draws.find((d) => d.key === error.purpose) : undefined;
    const failure =
      error instanceof DrawError && drawn !== undefined
        ? `${drawn.words}: ${drawProblemText(error.problem, drawn.unit === "" ? "" : ` ${drawn.unit}`)}`
        : reason;
    return { measured: tasks.map(() => undefinedFor(failure)), failure, warnings: [], figure: null, data: null };
  }
}

/** What the measures read stands first. */
function recordsOf(
  { measured, drawn }: CaseProgram,
  { figure }: WorkerTask,
  perStep: number,
): readonly RecordRequest[] {
  return [...measured, ...(figure === "all" ? drawn : [])].map(({ population, variable, first, last, every }) => ({
    population,
    variable,
    first,
    last,
    every: every * perStep,
  }));
}

function resultOf(program: CaseProgram, simulation: Simulation, task: WorkerTask, against: Against): TaskResult {
  // One log a neuron, in the order of the requests.
  const requests = program.measured.flatMap((r) => Array.from({ length: r.last - r.first + 1 }, () => r));
  const forMeasures = requests.length;
  const traces = simulation.traces.map((log, k): TraceData => {
    const { population, neuron, variable, every } = log;
    const y = log.values().slice();
    const { unit, multiply, divide } = requests[k] ?? { unit: log.unit, multiply: 1, divide: 1 };
    return {
      population,
      neuron,
      variable,
      unit,
      t: sampleTimes(y.length, every, simulation.dt),
      y: multiply === divide ? y : y.map((v) => (v * divide) / multiply),
    };
  });
  const data: RunData = {
    from: 0,
    until: timeOf(simulation.steps, simulation.dt),
    populations: populationsOf(program, simulation),
    traces: traces.slice(0, forMeasures),
    recorded: null,
  };
  return {
    measured: evaluateRun(data, program.tasks, against),
    failure: null,
    warnings: simulation.warnings.slice(simulation.rounded.length),
    figure: task.figure === "nothing" ? null : figureOf(data, traces.slice(forMeasures)),
    data: task.keep ? data : null,
  };
}

/** Of samples 0, 1, … that are so many steps apart (ms). */
function sampleTimes(count: number, every: number, dt: number): Float64Array {
  const times = new Float64Array(count);
  for (let s = 0; s < count; s++) times[s] = timeOf(s * every, dt);
  return times;
}

function populationsOf(
  { sources, spikesOf }: CaseProgram,
  { populations, spikes }: Simulation,
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
