// What a run leaves behind: spikes and sampled traces, in arrays that grow.
import type { Observable } from "./kernel.ts";

/** Spikes in the order of time, then population, then neuron. */
export interface SpikeLog {
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
}

export function spikeLog(): SpikeLog {
  let times = new Float64Array(1024);
  let populations = new Int32Array(1024);
  let neurons = new Int32Array(1024);
  let length = 0;
  const grow = (): void => {
    times = enlarged(times, new Float64Array(2 * length));
    populations = enlarged(populations, new Int32Array(2 * length));
    neurons = enlarged(neurons, new Int32Array(2 * length));
  };
  return {
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
      order.sort((a, b) => at(times, a) - at(times, b) || at(populations, a) - at(populations, b) || at(neurons, a) - at(neurons, b));
      times.set(order.map((k) => at(times, k)), start);
      populations.set(order.map((k) => at(populations, k)), start);
      neurons.set(order.map((k) => at(neurons, k)), start);
    },
  };
}

/** One recorded variable of one neuron, sampled at steps 0, every, 2·every, … */
export interface TraceLog {
  readonly population: string;
  readonly neuron: number;
  readonly variable: string;
  readonly unit: string;
  readonly kind: Observable["kind"];
  /** Steps between samples. */
  readonly every: number;
  readonly length: number;
  /** Samples so far; sample k was taken at step k·every. */
  values(): Float64Array;
  sample(): void;
  truncate(length: number): void;
}

export function traceLog(population: string, neuron: number, observable: Observable, every: number): TraceLog {
  let samples = new Float64Array(1024);
  let length = 0;
  return {
    population,
    neuron,
    variable: observable.name,
    unit: observable.unit,
    kind: observable.kind,
    every,
    get length() {
      return length;
    },
    values: () => samples.subarray(0, length),
    sample() {
      if (length === samples.length) samples = enlarged(samples, new Float64Array(2 * length));
      samples[length++] = observable.read(neuron);
    },
    truncate(to) {
      length = Math.min(length, to);
    },
  };
}

function enlarged<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
