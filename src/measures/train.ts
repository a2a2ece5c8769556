// What measures are taken of: spike trains, populations, sampled traces and the points of a sweep, each with the window it was seen in.

/** Spikes of one neuron in a window. */
export interface SpikeTrain {
  /** ms, ascending (equal times may stand side by side), all in [from, until]. */
  readonly times: Float64Array;
  /** ms. */
  readonly from: number;
  /** ms, at least `from`. */
  readonly until: number;
}

/** Spikes of a population in one window that all trains share; neurons without a spike have an empty train. */
export interface PopulationSpikes {
  readonly size: number;
  /** One for each neuron, in their order. */
  readonly trains: readonly SpikeTrain[];
  /** ms. */
  readonly from: number;
  /** ms. */
  readonly until: number;
}

/** A quantity over time. */
export interface TraceSamples {
  /** ms, strictly ascending. */
  readonly t: Float64Array;
  /** Canonical, as long as `t`. */
  readonly y: Float64Array;
  /** The text of the canonical unit of `y`. */
  readonly unit: string;
  /** Spikes of the neuron whose trace this is (ms, ascending), for what is measured between spikes; empty where there are none. */
  readonly spikes: Float64Array;
}

/** Rates at the points of a sweep, in ascending order of what was varied. */
export interface SweepPoints {
  /** What was varied: `I_0`. */
  readonly name: string;
  /** The text of its canonical unit: `pA`. */
  readonly unit: string;
  readonly x: Float64Array;
  /** Hz, as long as `x`. */
  readonly rates: Float64Array;
}

/** Of times in any order; those outside [from, until] are left out. */
export function spikeTrain(times: Iterable<number>, from: number, until: number): SpikeTrain {
  const inside = Float64Array.from(times).filter((t) => t >= from && t <= until);
  return { times: inside.sort(), from, until };
}

/** Of spikes as pairs of a time (ms) and the number of a neuron below `size`, in any order; those outside [from, until] are left out. */
export function populationSpikes(
  size: number,
  times: ArrayLike<number>,
  neurons: ArrayLike<number>,
  from: number,
  until: number,
): PopulationSpikes {
  const counts = new Uint32Array(size);
  const isInside = (k: number): boolean => (times[k] ?? NaN) >= from && (times[k] ?? NaN) <= until;
  for (let k = 0; k < times.length; k++) {
    const neuron = neurons[k] ?? -1;
    if (isInside(k) && neuron >= 0 && neuron < size) counts[neuron] = (counts[neuron] ?? 0) + 1;
  }
  const own = Array.from(counts, (count) => new Float64Array(count));
  counts.fill(0);
  for (let k = 0; k < times.length; k++) {
    const neuron = neurons[k] ?? -1;
    const target = own[neuron];
    if (target === undefined || !isInside(k)) continue;
    target[counts[neuron] ?? 0] = times[k] ?? NaN;
    counts[neuron] = (counts[neuron] ?? 0) + 1;
  }
  return { size, trains: own.map((sorted) => ({ times: sorted.sort(), from, until })), from, until };
}

/** All spikes of a population as one train. */
export function pooled({ trains, from, until }: PopulationSpikes): SpikeTrain {
  const times = new Float64Array(trains.reduce((sum, train) => sum + train.times.length, 0));
  let at = 0;
  for (const train of trains) {
    times.set(train.times, at);
    at += train.times.length;
  }
  return { times: times.sort(), from, until };
}

/** Interspike intervals (ms), one fewer than there are spikes. */
export function intervals({ times }: SpikeTrain): Float64Array {
  return Float64Array.from({ length: Math.max(0, times.length - 1) }, (_, k) => (times[k + 1] ?? 0) - (times[k] ?? 0));
}

/** ms. */
export function duration({ from, until }: { readonly from: number; readonly until: number }): number {
  return until - from;
}
