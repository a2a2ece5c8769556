// Running a simulation in slices, so that it can be watched, written down and stopped in between. However it is cut, the bits are the same.
import { isOutOfMemory } from "./refusal.ts";
import { setImmediate as letOthersRun } from "node:timers/promises";
import { EndlessError } from "../runtime/endless.ts";
import { NonFiniteError, type Enough, type Simulation } from "../runtime/simulation.ts";
import { pace } from "./pace.ts";
import { StoppedError } from "../runtime/usageError.ts";
import { advanceWatched, type StepWatch } from "./stepWatch.ts";
import { WriteError } from "./writeWhole.ts";

/** Why a run is over. What was recorded until then has been taken, or is in the simulation. */
export type Ending =
  | { readonly kind: "complete" }
  /** Somebody asked for it. */
  | { readonly kind: "interrupted" }
  | { readonly kind: "not-finite"; readonly error: NonFiniteError }
  | { readonly kind: "out-of-memory" }
  /** One step of a neuron would not end. */
  | { readonly kind: "endless"; readonly error: EndlessError }
  /** A rate that is negative, no number, or of more spikes a step than anybody can mean; a draw that cannot be made. */
  | { readonly kind: "stopped"; readonly message: string }
  /** What it recorded could not be written. */
  | { readonly kind: "not-written"; readonly error: WriteError };

export interface RunOptions {
  /** Asked between slices. */
  readonly stopped?: () => boolean;
  /** Told at the start and after every slice. */
  readonly progress?: (steps: number) => void;
  /**
   * Takes what stands in the logs, before the first slice and after every one; they are cleared then, so that memory does not grow with the run.
   * A WriteError ends the run.
   */
  readonly take?: () => void;
  /** Asked between slices: there is hardly any memory left. */
  readonly exhausted?: () => boolean;
  /** Looks at the simulation before certain steps, which do not depend on the slices. */
  readonly watch?: StepWatch;
  /** Wall time (ms) that a slice is to take, 30 unless given. */
  readonly slice?: number;
  /** Wall time in ms. */
  readonly clock?: () => number;
}

export interface FinishedRun {
  readonly ending: Ending;
  /** Wall time (s). */
  readonly wallTime: number;
  /** Steps that several threads have taken. */
  readonly divided: number;
  /** Threads that took steps, of the slice that most took. */
  readonly threads: number;
}

/** Takes `wanted` steps from where the simulation stands, or fewer if it is stopped or cannot go on. */
export async function runSimulation(
  simulation: Simulation,
  wanted: number,
  options: RunOptions = {},
): Promise<FinishedRun> {
  const {
    stopped = () => false,
    progress = () => {},
    exhausted = () => false,
    slice = 30,
    clock = () => performance.now(),
  } = options;
  const began = clock();
  const end = simulation.steps + wanted;
  let threads = 1,
    divided = 0;
  const finish = (ending: Ending): FinishedRun => ({
    ending,
    wallTime: (clock() - began) / 1000,
    threads,
    divided,
  });
  const intervals = [...new Set(simulation.traces.map((trace) => trace.every))];
  let taken = -1;
  const take = (): Ending | null => {
    if (options.take === undefined) return null;
    const ending = endingOf(options.take);
    simulation.spikes.clear();
    // Of a hundred thousand traces that are sampled now and then, most slices have nothing to clear.
    if (intervals.some((every) => Math.floor(simulation.steps / every) > Math.floor(taken / every)))
      for (const trace of simulation.traces) trace.clear();
    taken = simulation.steps;
    return ending;
  };
  const atStart = take();
  if (atStart !== null) return finish(atStart);
  progress(simulation.steps);
  let count = 1;
  // Where there are other threads, it turns out while they run whether they make it faster.
  const chosen = pace();
  while (simulation.steps < end) {
    if (stopped()) return finish({ kind: "interrupted" });
    const before = clock();
    const first = simulation.steps;
    const wished = Math.min(count, end - first);
    const ending = endingOf(() =>
      advanceWatched(simulation, wished, tooLong(clock, before + LONGEST * slice, chosen.together), options.watch),
    );
    const steps = simulation.steps - first;
    if (simulation.threads > 1) divided += steps;
    if (steps > 0) threads = Math.max(threads, simulation.threads);
    // What was recorded before a bad value is good.
    if (ending?.kind === "not-finite") options.watch?.failed(ending.error);
    const ended = take() ?? ending;
    if (ended !== null) return finish(ended);
    if (exhausted()) return finish({ kind: "out-of-memory" });
    progress(simulation.steps);
    const elapsed = clock() - before;
    chosen.took(simulation.threads, elapsed / Math.max(1, steps));
    // Four times at most: the first slices are slow because V8 has not compiled the kernels yet, and one step of a large network may be all that a slice has room for.
    if (steps === count || steps < wished)
      count = Math.max(1, Math.round(steps * Math.min(4, Math.max(0.25, slice / Math.max(elapsed, 0.01)))));
    if (simulation.steps < end) await letOthersRun();
  }
  return finish({ kind: "complete" });
}

/** A slice whose steps have become so many times slower than they were is cut off: somebody may want to stop the run. */
const LONGEST = 4;
/** Steps between looks at the clock. */
const LOOK_EVERY = 8;

/** `together`: it may be asked by all threads, which stop after any step. */
function tooLong(clock: () => number, deadline: number, together: boolean): Enough {
  let steps = 0;
  let late = false;
  const enough = (): boolean => {
    if (++steps % LOOK_EVERY === 0) late = clock() > deadline;
    return late;
  };
  return together ? Object.assign(enough, { anywhere: true as const }) : enough;
}

/** What ends the run with this action; null where it goes on. */
function endingOf(action: () => void): Ending | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof NonFiniteError) return { kind: "not-finite", error };
    if (error instanceof EndlessError) return { kind: "endless", error };
    if (error instanceof WriteError) return { kind: "not-written", error };
    if (isOutOfMemory(error)) return { kind: "out-of-memory" };
    if (error instanceof StoppedError) return { kind: "stopped", message: error.message };
    throw error;
  }
}
