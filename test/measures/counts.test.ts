// Fano factor and synchrony: variance over mean of counts; what `glif run` tells of the same spikes.
import { expect, test } from "vitest";
import { binOf, fano, synchrony, wholeBins } from "../../src/measures/counts.ts";
import { overNeurons } from "../../src/measures/compute.ts";
import { cvIsi } from "../../src/measures/cvIsi.ts";
import { rate } from "../../src/measures/rate.ts";
import { populationSpikes } from "../../src/measures/train.ts";
import { populationStatistics } from "../../src/simulate/spikeStatistics.ts";
import { simulationOf } from "../simulate/helpers.ts";
import { poisson, populationOf, reference, train, trains } from "./reference.ts";

test("as numpy has them", () => {
  for (const [name, own] of Object.entries(trains)) {
    const expected = reference.trains[name].fano;
    if (expected === null) expect(fano(own, 100), name).toBeNull();
    else expect(fano(own, 100), name).toBeCloseTo(expected, 12);
  }
  expect(synchrony(populationOf(reference.population.trains), 3)).toBeCloseTo(reference.population.synchrony, 12);
});

test("a window ends with its end: (0, 3], (3, 6], … and the first has its start", () => {
  expect([0, 0.1, 3, 3.1, 6, 6.1].map((t) => binOf({ from: 0 }, t, 3))).toEqual([0, 0, 0, 1, 1, 2]);
  // 0.3 is not thrice 0.1: rounding decides nothing.
  expect(binOf({ from: 0 }, 0.1 + 0.2, 0.1)).toBe(2);
  expect([
    wholeBins({ from: 0, until: 100 }, 3),
    wholeBins({ from: 0, until: 0.3 }, 0.1),
    wholeBins({ from: 5, until: 5 }, 3),
  ]).toEqual([33, 3, 0]);
});

test("by hand: 2, 0, 3, 1 spikes; what comes after the last whole window does not count", () => {
  const times = [0.1, 3, 6.1, 7, 9, 12, 12.5];
  expect(fano(train(times, 0, 14), 3)).toBeCloseTo(1.25 / 1.5, 14);
  expect(fano(train(times, 0, 5), 3)).toBeNull();
  expect(fano(train([], 0, 1000), 3)).toBeNull();
});

test("a Poisson process has 1", () => {
  const own = poisson(5, 50, 2e6);
  expect(Math.abs((fano(own, 100) ?? 0) - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
});

test("rate, CV and synchrony of a simulated population are those of the table of `glif run`", () => {
  const { simulation } = simulationOf(
    `neuron P { spike with rate 30 Hz }
network N { population A = 20 P }
experiment E of N { duration 2 s; step 0.1 ms; record spikes }`,
    7,
  );
  simulation.advance(20_000);
  const { spikes } = simulation;
  const all = Array.from({ length: spikes.length }, (_, k) => k);
  const population = populationSpikes(
    20,
    all.map((k) => spikes.time(k)),
    all.map((k) => spikes.neuron(k)),
    0,
    2000,
  );
  const [table] = populationStatistics(simulation, ["A"]);
  expect(spikes.length).toBeGreaterThan(1000);
  expect(synchrony(population, 3)).toBe(table?.synchrony);
  expect(overNeurons(population, (own) => cvIsi(own, 3)).value).toBe(table?.cv);
  expect(overNeurons(population, rate).value).toBeCloseTo(table?.rate ?? 0, 12);
});
