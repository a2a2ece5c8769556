// What a run comes to in numbers: spikes, rates, irregularity and synchrony of each population, gathered while it goes on.
import { timeOf } from "../runtime/clock.ts";
import type { Simulation } from "../runtime/simulation.ts";
import { stepOf, tally, type Counts, wholeSteps } from "../measures/tally.ts";

export interface PopulationStatistics extends Counts {
  readonly name: string;
  readonly model: string;
  readonly size: number;
  /** Mean over neurons (Hz), silent ones included; null where no time has passed or there are no neurons. */
  readonly rate: number | null;
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
export function spikeStatistics(
  simulation: Simulation,
  spikesOf: readonly string[],
  { from = 0, fewestIntervals = 3, bin = 3 }: Counting = {},
): SpikeStatistics {
  const { spikes, dt } = simulation;
  const firstStep = Math.round(from / dt);
  const binSteps = wholeSteps(bin, dt);
  const tallies = simulation.populations.map(({ name, size }) =>
    spikesOf.includes(name) ? tally(size, binSteps) : null,
  );
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
        const numbers = counted?.numbers(steps, fewestIntervals) ?? {
          spikes: 0,
          cv: null,
          synchrony: null,
          silent: null,
        };
        const rate = counted !== null && seconds > 0 && size > 0 ? numbers.spikes / size / seconds : null;
        return { name, model, size, rate, ...numbers };
      });
    },
  };
}

/** Of all spikes that the simulation still has. */
export function populationStatistics(
  simulation: Simulation,
  spikesOf: readonly string[],
  counting: Counting = {},
): readonly PopulationStatistics[] {
  const statistics = spikeStatistics(simulation, spikesOf, counting);
  statistics.take();
  return statistics.populations();
}
