// What a run leaves behind: spikes and sampled traces, in arrays that grow until somebody has taken what is in them.
import type { Observable } from "./kernel.ts";

/** What to sample: an observable of neurons first..last, every so many steps. */
export interface RecordRequest {
  readonly population: string;
  readonly variable: string;
  readonly first: number;
  readonly last: number;
  /** Steps between samples; the first sample is the initial state. */
  readonly every: number;
}

/** Spikes in the order of time, then population, then neuron: all there have been, or those since the last `clear`. */
export interface SpikeLog {
  /** Spikes that were cleared: spike k of the log is number first + k of the run. */
  readonly first: number;
  readonly length: number;
  /** ms */
  time(k: number): number;
  population(k: number): number;
  neuron(k: number): number;
  push(time: number, population: number, neuron: number): void;
  /** Forgets all but the first `length`. */
  truncate(length: number): void;
  /** Sorts what came since `start` by time, then population, then neuron. */
  arrange(start: number): void;
  /** Drops what is in the log, for whoever needs it has it. Only between two calls of `advance`: inside one, a simulation may go back. */
  clear(): void;
}

export function spikeLog(): SpikeLog {
  // Small at first: a sweep makes thousands of logs.
  let times = new Float64Array(64);
  let populations = new Int32Array(64);
  let neurons = new Int32Array(64);
  let first = 0;
  let length = 0;
  const grow = (): void => {
    times = enlarged(times, new Float64Array(2 * length));
    populations = enlarged(populations, new Int32Array(2 * length));
    neurons = enlarged(neurons, new Int32Array(2 * length));
  };
  return {
    get first() {
      return first;
    },
    get length() {
      return length;
    },
    time: (k) => times[k] ?? NaN,
    population: (k) => populations[k] ?? -1,
    neuron: (k) => neurons[k] ?? -1,
    push(time, population, neuron) {
      if (length === times.length) grow();
      times[length] = time;
      populations[length] = population;
      neurons[length] = neuron;
      length++;
    },
    truncate(to) {
      length = Math.min(length, to);
    },
    arrange(start) {
      const count = length - start;
      if (count < 2) return;
      const order = Array.from({ length: count }, (_, k) => start + k);
      const at = (a: ArrayLike<number>, k: number): number => a[k] ?? 0;
      order.sort(
        (a, b) =>
          at(times, a) - at(times, b) || at(populations, a) - at(populations, b) || at(neurons, a) - at(neurons, b),
      );
      times.set(
        order.map((k) => at(times, k)),
        start,
      );
      populations.set(
        order.map((k) => at(populations, k)),
        start,
      );
      neurons.set(
        order.map((k) => at(neurons, k)),
        start,
      );
    },
    clear() {
      first += length;
      length = 0;
    },
  };
}

/** One recorded variable of one neuron, sampled at steps 0, every, 2·every, …: all samples, or those since the last `clear`. */
export interface TraceLog {
  readonly population: string;
  readonly neuron: number;
  readonly variable: string;
  readonly unit: string;
  readonly kind: Observable["kind"];
  /** Steps between samples. */
  readonly every: number;
  /** Samples that were cleared: sample k of the log was taken at step (first + k)·every. */
  readonly first: number;
  readonly length: number;
  /** Samples in the log; valid until the next one is taken. */
  values(): Float64Array;
  sample(): void;
  /** Takes a sample that was read elsewhere. */
  push(value: number): void;
  truncate(length: number): void;
  /** As a SpikeLog's. */
  clear(): void;
}

export function traceLog(population: string, neuron: number, observable: Observable, every: number): TraceLog {
  // Small at first: of a hundred thousand logs, each need only hold what a slice of the run brings.
  let samples = new Float64Array(16);
  let first = 0;
  let length = 0;
  return {
    population,
    neuron,
    variable: observable.name,
    unit: observable.unit,
    kind: observable.kind,
    every,
    get first() {
      return first;
    },
    get length() {
      return length;
    },
    values: () => samples.subarray(0, length),
    sample() {
      this.push(observable.read(neuron));
    },
    push(value) {
      if (length === samples.length) samples = enlarged(samples, new Float64Array(2 * length));
      samples[length++] = value;
    },
    truncate(to) {
      length = Math.min(length, to);
    },
    clear() {
      first += length;
      length = 0;
    },
  };
}

/** The same numbers in a larger array. */
export function enlarged<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
