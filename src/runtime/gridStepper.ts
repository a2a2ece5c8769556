// One step of a population on the grid: integrate, detect, reset (language reference, "Time").
import { plainTime, timeOf } from "./clock.ts";
import type { EventKernel, GridKernel } from "./kernel.ts";
import type { Course, Neurons, SentSpikes } from "./network.ts";
import { negativeRate } from "./source.ts";
import { StoppedError, UsageError } from "./usageError.ts";

/** Steps a population and tells of its spikes; can go back to where it was saved. */
export interface Stepper {
  /** From t_n to t_(n+1). */
  step(n: number): void;
  /** The spikes of the last step, by ascending neuron. */
  readonly sent: SentSpikes;
  /** Copies all that changes; `restore` goes back to the last copy. */
  save(): void;
  restore(): void;
}

/** A stepper of some neurons of a population, those of `range`. */
export interface GridStepper extends Stepper, Neurons {
  /** Goes on at step n with the states and the refractory periods that somebody else has brought there. */
  resume(n: number): void;
}

/** Neurons low .. high - 1. */
export interface NeuronRange {
  readonly low: number;
  readonly high: number;
}

/** What a stepper tells its simulation. */
export interface Listener {
  /** False where nobody wants to hear of spikes: sources send many. */
  readonly keepsSpikes: boolean;
  spike(neuron: number, time: number): void;
  /** The reset of neuron `neuron` left its own spike condition true. */
  stillTrue(neuron: number, time: number): void;
  /** Neuron `neuron` cannot go on, while the others do: where each is a run of its own. Without this the error is thrown. */
  ends?(neuron: number): void;
}

/** `freeFrom`: for each neuron the first step in which it may spike again; steppers of one population share it. */
export function gridStepper(
  kernel: GridKernel,
  dt: number,
  listener: Listener,
  freeFrom: Float64Array = new Float64Array(kernel.size),
  { low, high }: NeuronRange = { low: 0, high: kernel.size },
): GridStepper {
  const { size, source } = kernel;
  // -0: below 0, rounded.
  const isNegative = (steps: number): boolean => !(steps >= 0) || Object.is(steps, -0);
  for (let i = 0; i < size && kernel.periodsAtSpikes === undefined; i++)
    if (isNegative(kernel.refractorySteps(i))) throw negativePeriod(kernel.name, i);
  const held = kernel.states.filter((s) => kernel.held.includes(s.name)).map((s) => s.values);
  /** Of neurons that are refractory in the step that is protected. */
  const kept = new Float64Array(size * held.length);
  let keptIn = 0;
  let spikeCount = 0;
  const refractory = kernel.refractory ?? new Int32Array(size);
  let refractoryCount = 0;
  /** Whether they stand in the order in which they become free, as they do where the period is the same for all. */
  let inTurn = true;
  const found = kernel.events.map(() => new Int32Array(size));
  const happened = new Int32Array(kernel.events.length);
  const saved = {
    words: new Float64Array(kernel.memory.words.length),
    refractory: new Int32Array(size),
    refractoryCount: 0,
    inTurn: true,
    freeFrom: new Float64Array(size),
  };

  /** What a look ahead puts back, and what it has seen. */
  let present = new Float64Array(0),
    slopes = new Float64Array(0);

  const free = (neurons: Int32Array, count: number, n: number): number => {
    if (refractoryCount === 0) return count;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const i = neurons[k] as number;
      if ((freeFrom[i] as number) <= n) neurons[kept++] = i;
    }
    return kept;
  };

  /** Forgets those that are free in step n. */
  const release = (n: number): void => {
    if (inTurn) {
      let gone = 0;
      while (gone < refractoryCount && (freeFrom[refractory[gone] as number] as number) <= n) gone++;
      if (gone === 0) return;
      refractory.copyWithin(0, gone, refractoryCount);
      refractoryCount -= gone;
      return;
    }
    let still = 0;
    for (let k = 0; k < refractoryCount; k++) {
      const i = refractory[k] as number;
      if ((freeFrom[i] as number) > n) refractory[still++] = i;
    }
    refractoryCount = still;
  };

  const undo = (i: number): void => {
    if ((freeFrom[i] as number) <= keptIn) return;
    for (let h = 0; h < held.length; h++) (held[h] as Float64Array)[i] = kept[h * size + i] as number;
  };

  /** Over step n, up to what is detected; how many candidates there are. */
  const integrate = (n: number): number => {
    kernel.shake(n);
    release(n);
    if (refractoryCount > 0) kernel.hold(refractory, refractoryCount);
    const count = kernel.update(low, high);
    if (refractoryCount > 0) kernel.restore(refractory, refractoryCount);
    return count;
  };

  /** Of a neuron that is about to spike at the end of the step: what is wrong with it. */
  const whyNoSpike = (i: number, time: number): Error | null => {
    for (const state of kernel.states) if (!Number.isFinite(state.values[i])) return new NotFinite();
    const rate = kernel.rate?.(i) ?? 0;
    return rate >= 0 ? null : negativeRate(`the spike rate of ${kernel.name}[${i}]`, rate, time);
  };

  return {
    get sent() {
      return { neurons: source === undefined ? kernel.candidates : source.spikes, count: spikeCount };
    },
    protect(n) {
      release(n);
      keptIn = n;
      for (let h = 0; h < held.length; h++)
        for (let k = 0; k < refractoryCount; k++) {
          const i = refractory[k] as number;
          kept[h * size + i] = (held[h] as Float64Array)[i] as number;
        }
    },
    undo,
    unprotect() {
      for (let k = 0; k < refractoryCount; k++) undo(refractory[k] as number);
    },

    lookAhead(n, courses) {
      const { words } = kernel.memory;
      if (present.length !== words.length) present = new Float64Array(words.length);
      if (slopes.length !== size * courses.length) slopes = new Float64Array(size * courses.length);
      present.set(words);
      courses.forEach(({ values }, k) => slopes.set(values, k * size));
      integrate(n);
      for (let k = 0; k < courses.length; k++) {
        const { values } = courses[k] as Course;
        for (let i = low; i < high; i++)
          slopes[k * size + i] = ((values[i] as number) - (slopes[k * size + i] as number)) / dt;
      }
      // The slopes may lie in the same memory.
      words.set(present);
      courses.forEach(({ slope }, k) => slope.set(slopes.subarray(k * size, (k + 1) * size)));
    },

    step(n) {
      const { candidates, pasts = [] } = kernel;
      const isHeld = (i: number): boolean => (freeFrom[i] as number) > n;
      for (const past of pasts) past.begin(n, timeOf(n, dt), low, high, isHeld);
      let count = integrate(n);
      for (const past of pasts) past.end(n, timeOf(n + 1, dt), low, high, isHeld);

      // All conditions are judged on the state before any reset.
      if (kernel.crossings !== undefined) count = kernel.crossings(low, high, candidates);
      for (let e = 0; e < kernel.events.length; e++) {
        const neurons = found[e] as Int32Array;
        const event = kernel.events[e] as EventKernel;
        const detected = event.detect(low, high, neurons);
        happened[e] = event.byClock === true ? detected : free(neurons, detected, n);
      }
      count = free(candidates, count, n);

      if (source !== undefined) {
        spikeCount = source.fire(n, low, high);
        if (!listener.keepsSpikes || spikeCount === 0) return;
        const { spikes } = source;
        const time = timeOf(n + 1, dt);
        for (let k = 0; k < spikeCount; k++) listener.spike(spikes[k] as number, time);
        return;
      }
      if (count > 0) {
        const time = timeOf(n + 1, dt);
        let fit = 0;
        for (let k = 0; k < count; k++) {
          const i = candidates[k] as number;
          const problem = whyNoSpike(i, time);
          if (problem === null) candidates[fit++] = i;
          else if (listener.ends === undefined) throw problem;
          else listener.ends(i);
        }
        count = fit;
      }
      spikeCount = count;
      for (const past of pasts) past.straighten(n, candidates, count);
      if (count > 0) {
        const time = timeOf(n + 1, dt);
        kernel.reset(candidates, count);
        for (let k = 0; k < count; k++) {
          const i = candidates[k] as number;
          listener.spike(i, time);
          if (kernel.holds(i)) listener.stillTrue(i, time);
          const steps = kernel.refractorySteps(i);
          if (kernel.periodsAtSpikes === true && isNegative(steps)) {
            if (listener.ends === undefined) throw negativePeriodAt(kernel.name, i, time);
            listener.ends(i);
          }
          if (steps > 0) {
            if (refractoryCount === 0) inTurn = true;
            else if ((freeFrom[refractory[refractoryCount - 1] as number] as number) > n + 1 + steps) inTurn = false;
            refractory[refractoryCount++] = i;
            freeFrom[i] = n + 1 + steps;
          }
        }
      }
      for (let e = 0; e < kernel.events.length; e++) {
        if ((happened[e] as number) > 0)
          (kernel.events[e] as EventKernel).apply(found[e] as Int32Array, happened[e] as number);
      }
      if (kernel.rearm === undefined) return;
      if (count > 0) kernel.rearm(candidates, count);
      for (let e = 0; e < kernel.events.length; e++)
        if ((happened[e] as number) > 0) kernel.rearm(found[e] as Int32Array, happened[e] as number);
    },

    resume(n) {
      const held: number[] = [];
      for (let i = low; i < high; i++) if ((freeFrom[i] as number) > n) held.push(i);
      held.sort((a, b) => (freeFrom[a] as number) - (freeFrom[b] as number) || a - b);
      refractory.set(held);
      refractoryCount = held.length;
      inTurn = true;
    },

    save() {
      saved.words.set(kernel.memory.words);
      saved.refractory.set(refractory);
      saved.refractoryCount = refractoryCount;
      saved.inTurn = inTurn;
      saved.freeFrom.set(freeFrom);
    },
    restore() {
      kernel.memory.words.set(saved.words);
      refractory.set(saved.refractory);
      refractoryCount = saved.refractoryCount;
      inTurn = saved.inTurn;
      freeFrom.set(saved.freeFrom);
    },
  };
}

/** What a draw or a number computed for each neuron can be, and no period is. */
export function negativePeriod(population: string, i: number): UsageError {
  return new UsageError(
    `the refractory period of ${population}[${i}] is negative; draws can be kept above 0 with \`min: 0 ms\``,
  );
}

/** Of one that a spike has left. */
export function negativePeriodAt(population: string, i: number, time: number): StoppedError {
  return new StoppedError(
    `the refractory period of ${population}[${i}] is negative after its spike at t = ${plainTime(time)} ms; what is drawn is kept above 0 with \`min: 0 ms\``,
  );
}

/** A value has stopped being finite; the simulation finds out which and when. */
export class NotFinite extends Error {
  override readonly name = "NotFinite";
}
