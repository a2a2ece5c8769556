// Rates and irregularity against numbers worked out by hand.
import { expect, test } from "vitest";
import { spikeLog } from "../../src/runtime/recording.ts";
import type { Simulation } from "../../src/runtime/simulation.ts";
import { populationStatistics } from "../../src/simulate/spikeStatistics.ts";

function simulationWith(trains: Readonly<Record<string, readonly (readonly number[])[]>>, steps: number): Simulation {
  const spikes = spikeLog();
  const populations = Object.entries(trains).map(([name, neurons]) => ({ name, model: "M", size: neurons.length }));
  Object.values(trains).forEach((neurons, p) => neurons.forEach((times, i) => times.forEach((t) => spikes.push(t, p, i))));
  spikes.arrange(0);
  return { dt: 0.1, steps, populations, spikes } as unknown as Simulation;
}

test("rate is the mean over neurons, silent ones included; CV the mean over neurons with three spikes or more", () => {
  // Intervals 10, 30 ms: mean 20, deviation 10, CV 0.5. Intervals 20, 20, 20: CV 0.
  const simulation = simulationWith({ A: [[100, 110, 140], [0, 20, 40, 60], [5, 6], []], B: [[]] }, 20_000);
  const [a, b] = populationStatistics(simulation, ["A", "B"]);
  expect(a).toMatchObject({ name: "A", size: 4, spikes: 9, rate: 9 / 4 / 2, cv: 0.25 });
  expect(b).toMatchObject({ spikes: 0, rate: 0, cv: null });
});

test("no time, no neurons, and spikes that were not kept have no rate", () => {
  expect(populationStatistics(simulationWith({ A: [[]] }, 0), ["A"])[0]?.rate).toBeNull();
  expect(populationStatistics(simulationWith({ A: [] }, 100), ["A"])[0]?.rate).toBeNull();
  expect(populationStatistics(simulationWith({ A: [[]] }, 100), [])[0]?.rate).toBeNull();
});
