// What a run comes to in numbers: spikes, rates, irregularity and synchrony of each population, gathered while it goes on.
import { timeOf } from "../runtime/clock.ts";
import type { Simulation } from "../runtime/simulation.ts";

export interface PopulationStatistics {
  readonly name: string;
  readonly model: string;
  readonly size: number;
  readonly spikes: number;
  /** Mean over neurons (Hz), silent ones included; null where no time has passed or there are no neurons. */
  readonly rate: number | null;
  /** Coefficient of variation of a neuron's interspike intervals (their standard deviation, of n rather than n - 1, over their mean), mean over neurons with enough intervals; null where there are none. */
  readonly cv: number | null;
  /**
   * Variance over mean of the population's spike count in bins of 3 ms, as in Potjans and Diesmann 2014 (doi:10.1093/cercor/bhs358): 1 for independent Poisson
   * neurons, up to the number of neurons that spike together. Null where no two bins or no spikes are.
   */
  readonly synchrony: number | null;
  /** Share of neurons without a spike; null where there are no neurons. */
  readonly silent: number | null;
}

/** What is counted. */
export interface Counting {
  /** ms; spikes up to here count for nothing. */
  readonly from?: number;
  /** Intervals that a neuron must have to enter the mean CV, 3 unless given: of fewer, the deviation is mostly chance. */
  readonly fewestIntervals?: number;
  /** Of synchrony (ms), 3 unless given; rounded to whole steps. */
  readonly bin?: number;
}

export interface SpikeStatistics {
  /** Counts the spikes that are new in the simulation's log. */
  take(): void;
  /** In the order of the simulation's populations, up to where the simulation stands. */
  populations(): readonly PopulationStatistics[];
}

/** Only populations in `spikesOf` have had their spikes kept. Memory is 32 bytes a neuron of theirs, however many spikes there are. */
export function spikeStatistics(simulation: Simulation, spikesOf: readonly string[], { from = 0, fewestIntervals = 3, bin = 3 }: Counting = {}): SpikeStatistics {
  const { spikes, dt } = simulation;
  const firstStep = Math.round(from / dt);
  const binSteps = Math.max(1, Math.round(bin / dt));
  const tallies = simulation.populations.map(({ name, size }) => (spikesOf.includes(name) ? tally(size, binSteps) : null));
  let told = 0;
  return {
    take() {
      for (let k = told - spikes.first; k < spikes.length; k++) {
        const time = spikes.time(k);
        const step = stepOf(time, dt) - firstStep;
        // A source may spike at 0 ms, before the first step.
        if (step >= 0 || firstStep === 0) tallies[spikes.population(k)]?.add(spikes.neuron(k), time, Math.max(0, step));
      }
      told = spikes.first + spikes.length;
    },
    populations: () => {
      const steps = Math.max(0, simulation.steps - firstStep);
      const seconds = timeOf(steps, dt) / 1000;
      return simulation.populations.map(({ name, model, size }, p) => {
        const counted = tallies[p] ?? null;
        const numbers = counted?.numbers(steps, fewestIntervals) ?? { spikes: 0, cv: null, synchrony: null, silent: null };
        const rate = counted !== null && seconds > 0 && size > 0 ? numbers.spikes / size / seconds : null;
        return { name, model, size, spikes: numbers.spikes, rate, cv: numbers.cv, synchrony: numbers.synchrony, silent: numbers.silent };
      });
    },
  };
}

/** Of all spikes that the simulation still has. */
export function populationStatistics(simulation: Simulation, spikesOf: readonly string[], counting: Counting = {}): readonly PopulationStatistics[] {
  const statistics = spikeStatistics(simulation, spikesOf, counting);
  statistics.take();
  return statistics.populations();
}

/** The step that ends with the spike, or inside which it is: (n·dt, (n+1)·dt] is step n. A millionth of a step belongs to rounding. */
export function stepOf(time: number, dt: number): number {
  return Math.ceil(time / dt - 1e-6) - 1;
}

/** Running counts, which also `src/compare/measures/` takes CV and synchrony from: they are defined here alone. */
export interface Tally {
  add(neuron: number, time: number, step: number): void;
  numbers(steps: number, fewestIntervals: number): Pick<PopulationStatistics, "spikes" | "cv" | "synchrony" | "silent">;
}

export function tally(size: number, binSteps: number): Tally {
  const counts = new Float64Array(size);
  const last = new Float64Array(size);
  // Welford's running mean and sum of squared deviations, of each neuron's intervals (Technometrics 4:419, 1962).
  const means = new Float64Array(size);
  const squares = new Float64Array(size);
  let spikes = 0;
  // The same of the counts in all bins before `bin`.
  let bin = 0;
  let inBin = 0;
  let mean = 0;
  let square = 0;
  return {
    add(i, time, step) {
      const intervals = counts[i] ?? 0;
      if (intervals > 0) {
        const interval = time - (last[i] ?? 0);
        const deviation = interval - (means[i] ?? 0);
        means[i] = (means[i] ?? 0) + deviation / intervals;
        squares[i] = (squares[i] ?? 0) + deviation * (interval - (means[i] ?? 0));
      }
      counts[i] = intervals + 1;
      last[i] = time;
      spikes++;
      for (const at = Math.floor(step / binSteps); bin < at; inBin = 0) {
        bin++;
        const deviation = inBin - mean;
        mean += deviation / bin;
        square += deviation * (inBin - mean);
      }
      inBin++;
    },
    numbers(steps, fewestIntervals) {
      let [cvs, regular, silent] = [0, 0, 0];
      for (let i = 0; i < size; i++) {
        const count = counts[i] ?? 0;
        if (count === 0) silent++;
        const interval = means[i] ?? 0;
        // Sources may spike several times at once, and then only.
        if (count - 1 < Math.max(1, fewestIntervals) || interval === 0) continue;
        cvs += Math.sqrt((squares[i] ?? 0) / (count - 1)) / interval;
        regular++;
      }
      return { spikes, cv: regular > 0 ? cvs / regular : null, synchrony: synchrony(Math.floor(steps / binSteps)), silent: size > 0 ? silent / size : null };
    },
  };

  /** With what came after `bin` was closed: one bin that holds `inBin`, the others up to `bins` empty. A bin that is not over does not count. */
  function synchrony(bins: number): number | null {
    let [n, m, s] = [bin, mean, square];
    for (let count = inBin; n < bins; count = 0) {
      n++;
      const deviation = count - m;
      m += deviation / n;
      s += deviation * (count - m);
    }
    return n > 1 && m > 0 ? s / n / m : null;
  }
}
