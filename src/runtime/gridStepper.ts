// One step of a population on the grid: integrate, detect, reset (language reference, "Time").
import { timeOf } from "./clock.ts";
import type { EventKernel, GridKernel } from "./kernel.ts";

/** Steps a population and tells of its spikes; its own bookkeeping can be copied and put back. */
export interface Stepper {
  /** From t_n to t_(n+1). */
  step(n: number): void;
  /** A copy of all that changes, to go back to. */
  checkpoint(): () => void;
}

/** What a stepper tells its simulation. */
export interface Listener {
  spike(neuron: number, time: number): void;
  /** The reset of neuron `neuron` left its own spike condition true. */
  stillTrue(neuron: number, time: number): void;
}

export function gridStepper(kernel: GridKernel, dt: number, listener: Listener): Stepper {
  const { size, candidates } = kernel;
  // Refractory neurons, and for each neuron the first step in which it may spike again.
  const refractory = new Int32Array(size);
  const freeFrom = new Float64Array(size);
  let refractoryCount = 0;
  const found = kernel.events.map(() => new Int32Array(size));
  const happened = new Int32Array(kernel.events.length);

  const free = (neurons: Int32Array, count: number, n: number): number => {
    if (refractoryCount === 0) return count;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const i = neurons[k] as number;
      if ((freeFrom[i] as number) <= n) neurons[kept++] = i;
    }
    return kept;
  };

  return {
    step(n) {
      kernel.drive(n);
      kernel.shake(n);
      let kept = 0;
      for (let k = 0; k < refractoryCount; k++) {
        const i = refractory[k] as number;
        if ((freeFrom[i] as number) > n) refractory[kept++] = i;
      }
      refractoryCount = kept;

      if (refractoryCount > 0) kernel.hold(refractory, refractoryCount);
      let count = kernel.update(0, size);
      if (refractoryCount > 0) kernel.restore(refractory, refractoryCount);

      // All conditions are judged on the state before any reset.
      if (kernel.crossings !== undefined) count = kernel.crossings(0, size, candidates);
      for (let e = 0; e < kernel.events.length; e++) {
        const neurons = found[e] as Int32Array;
        happened[e] = free(neurons, (kernel.events[e] as EventKernel).detect(0, size, neurons), n);
      }
      count = free(candidates, count, n);

      const time = timeOf(n + 1, dt);
      if (count > 0) {
        for (let k = 0; k < count; k++) {
          const i = candidates[k] as number;
          for (const state of kernel.states) if (!Number.isFinite(state.values[i] as number)) throw new NotFinite();
        }
        kernel.reset(candidates, count);
        for (let k = 0; k < count; k++) {
          const i = candidates[k] as number;
          listener.spike(i, time);
          if (kernel.holds(i)) listener.stillTrue(i, time);
          const steps = kernel.refractorySteps(i);
          if (steps > 0) {
            refractory[refractoryCount++] = i;
            freeFrom[i] = n + 1 + steps;
          }
        }
      }
      for (let e = 0; e < kernel.events.length; e++) {
        if ((happened[e] as number) > 0) (kernel.events[e] as EventKernel).apply(found[e] as Int32Array, happened[e] as number);
      }
    },

    checkpoint() {
      const words = kernel.memory.words.slice();
      const list = refractory.slice(0, refractoryCount);
      const until = freeFrom.slice();
      return () => {
        kernel.memory.words.set(words);
        refractory.set(list);
        refractoryCount = list.length;
        freeFrom.set(until);
      };
    },
  };
}

/** A value has stopped being finite; the simulation finds out which and when. */
export class NotFinite extends Error {
  override readonly name = "NotFinite";
}
