// The rate of a population over time, from spikes as they come: counted in short bins, shown in bins as wide as the spikes are few.
import type { Trace } from "../figure/figure.ts";
import { timeOf } from "../runtime/clock.ts";
import { stepOf } from "../measures/tally.ts";

export interface PopulationRates {
  add(population: number, time: number): void;
  /** Hz a neuron, as level lines from edge to edge of the bins, of a run that came to `steps`; in the order of the populations. A bin that is not over is left out. */
  traces(steps: number): readonly Trace[];
}

/** Bins that are counted, for a whole run at most. */
const COUNTED_BINS = 5000;
/** Bins that are shown: more could not be told apart, fewer would hide how a rate changes. */
const MOST_BINS = 500;
const FEWEST_BINS = 50;
/** Spikes a bin, of the population that has most: the noise of a Poisson process is then a third of the mean. */
const ENOUGH = 10;

/** For a run of `steps` steps at most. Bins that are shown are 1, 2 or 5 times a power of ten steps long. */
export function populationRates(
  populations: readonly { readonly name: string; readonly size: number }[],
  steps: number,
  dt: number,
): PopulationRates {
  // A power of ten, so that every longer bin is a whole number of these.
  let short = 1;
  while (short * COUNTED_BINS < steps) short *= 10;
  const length = Math.max(1, Math.ceil(steps / short));
  const counts = populations.map(() => new Uint32Array(length));

  const widthFor = (taken: number): number => {
    const most = Math.max(0, ...counts.map((own) => own.reduce((a, b) => a + b, 0)));
    let width = short;
    for (const next of lengthsFrom(short)) {
      if (next > short && next * FEWEST_BINS > taken) break;
      width = next;
      if (width * MOST_BINS >= taken && most * width >= ENOUGH * taken) break;
    }
    return width;
  };

  return {
    add(population, time) {
      const bin = Math.min(length - 1, Math.max(0, Math.floor(stepOf(time, dt) / short)));
      const own = counts[population];
      if (own !== undefined) own[bin] = (own[bin] ?? 0) + 1;
    },
    traces(taken) {
      const width = widthFor(taken);
      const bins = Math.floor(taken / width);
      const edge = (bin: number): number => timeOf(bin * width, dt);
      return populations.map(({ name, size }, p) => {
        const rates = Float64Array.from({ length: bins }, (_, bin) => {
          const spikes =
            counts[p]?.subarray((bin * width) / short, ((bin + 1) * width) / short).reduce((a, b) => a + b, 0) ?? 0;
          return size > 0 ? (1000 * spikes) / size / edge(1) : 0;
        });
        const t = Float64Array.from({ length: 2 * bins }, (_, k) => edge((k + 1) >> 1));
        return { name: "rate", label: name, unit: "Hz", t, y: Float64Array.from(t, (_, k) => rates[k >> 1] ?? 0) };
      });
    },
  };
}

/** 1, 2, 5, 10, … times a power of ten, for ever. */
function* lengthsFrom(power: number): Generator<number> {
  for (let p = power; ; p *= 10) yield* [p, 2 * p, 5 * p];
}
