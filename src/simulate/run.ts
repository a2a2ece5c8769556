// Running a simulation in slices, so that it can be watched and stopped in between. However it is cut, the bits are the same.
import { setImmediate as letOthersRun } from "node:timers/promises";
import { NonFiniteError, type Simulation } from "../runtime/simulation.ts";

/** Why a run is over. What was recorded until then is in the simulation. */
export type Ending =
  | { readonly kind: "complete" }
  /** Somebody asked for it. */
  | { readonly kind: "interrupted" }
  | { readonly kind: "not-finite"; readonly error: NonFiniteError }
  /** The recordings have outgrown the memory. */
  | { readonly kind: "out-of-memory" };

export interface RunOptions {
  /** Asked between slices. */
  readonly stopped?: () => boolean;
  /** Told after every slice. */
  readonly progress?: (steps: number) => void;
  /** Wall time (ms) that a slice is to take, 30 unless given. */
  readonly slice?: number;
  /** Wall time in ms. */
  readonly clock?: () => number;
}

export interface FinishedRun {
  readonly ending: Ending;
  /** Wall time (s). */
  readonly wallTime: number;
}

/** Takes `steps` steps from where the simulation stands, or fewer if it is stopped or cannot go on. */
export async function runSimulation(simulation: Simulation, steps: number, options: RunOptions = {}): Promise<FinishedRun> {
  const { stopped = () => false, progress = () => {}, slice = 30, clock = () => performance.now() } = options;
  const began = clock();
  const end = simulation.steps + steps;
  const finish = (ending: Ending): FinishedRun => ({ ending, wallTime: (clock() - began) / 1000 });
  let count = FIRST_SLICE;
  while (simulation.steps < end) {
    if (stopped()) return finish({ kind: "interrupted" });
    const before = clock();
    const taken = Math.min(count, end - simulation.steps);
    try {
      simulation.advance(taken);
    } catch (error) {
      if (error instanceof NonFiniteError) return finish({ kind: "not-finite", error });
      if (error instanceof RangeError && /allocation|array length/i.test(error.message)) return finish({ kind: "out-of-memory" });
      throw error;
    }
    progress(simulation.steps);
    const elapsed = clock() - before;
    // Four times at most: the first slices are slow because V8 has not compiled the kernels yet.
    if (taken === count) count = Math.max(1, Math.round(count * Math.min(4, Math.max(0.25, slice / Math.max(elapsed, 0.01)))));
    if (simulation.steps < end) await letOthersRun();
  }
  return finish({ kind: "complete" });
}

/** Steps; small enough for a million neurons, large enough that a second of one neuron takes a few slices. */
const FIRST_SLICE = 64;
