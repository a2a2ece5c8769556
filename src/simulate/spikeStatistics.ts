// What a run comes to in numbers: spikes, rates and irregularity of each population.
import { timeOf } from "../runtime/clock.ts";
import type { Simulation } from "../runtime/simulation.ts";

export interface PopulationStatistics {
  readonly name: string;
  readonly model: string;
  readonly size: number;
  readonly spikes: number;
  /** Mean over neurons (Hz); null where no time has passed or there are no neurons. */
  readonly rate: number | null;
  /** Coefficient of variation of the interspike intervals, mean over neurons with three spikes or more; null where there are none. */
  readonly cv: number | null;
}

/** In the order of the simulation's populations. Only populations in `spikesOf` have had their spikes kept. */
export function populationStatistics(simulation: Simulation, spikesOf: readonly string[]): readonly PopulationStatistics[] {
  const { spikes } = simulation;
  const seconds = timeOf(simulation.steps, simulation.dt) / 1000;
  const counts = simulation.populations.map((p) => new Float64Array(p.size));
  const last = simulation.populations.map((p) => new Float64Array(p.size));
  // Welford's running mean and sum of squared deviations of each neuron's intervals.
  const means = simulation.populations.map((p) => new Float64Array(p.size));
  const squares = simulation.populations.map((p) => new Float64Array(p.size));
  for (let k = 0; k < spikes.length; k++) {
    const [p, i, time] = [spikes.population(k), spikes.neuron(k), spikes.time(k)];
    const [count, lastOf, mean, square] = [counts[p], last[p], means[p], squares[p]];
    if (count === undefined || lastOf === undefined || mean === undefined || square === undefined) continue;
    const intervals = count[i] ?? 0;
    if (intervals > 0) {
      const interval = time - (lastOf[i] ?? 0);
      const deviation = interval - (mean[i] ?? 0);
      mean[i] = (mean[i] ?? 0) + deviation / intervals;
      square[i] = (square[i] ?? 0) + deviation * (interval - (mean[i] ?? 0));
    }
    count[i] = intervals + 1;
    lastOf[i] = time;
  }
  return simulation.populations.map((population, p) => {
    const kept = spikesOf.includes(population.name);
    let total = 0;
    let cvs = 0;
    let regular = 0;
    for (let i = 0; i < population.size; i++) {
      const count = counts[p]?.[i] ?? 0;
      total += count;
      if (count < 3) continue;
      cvs += Math.sqrt((squares[p]?.[i] ?? 0) / (count - 1)) / (means[p]?.[i] ?? 1);
      regular++;
    }
    return {
      name: population.name,
      model: population.model,
      size: population.size,
      spikes: total,
      rate: kept && seconds > 0 && population.size > 0 ? total / population.size / seconds : null,
      cv: regular > 0 ? cvs / regular : null,
    };
  });
}
