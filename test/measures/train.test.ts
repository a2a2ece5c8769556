// How trains and populations are put together: order, windows, intervals.
import { expect, test } from "vitest";
import { intervals, pooled, populationSpikes, spikeTrain } from "../../src/measures/train.ts";

test("times are sorted, spikes on the window's edges belong to it, those outside do not", () => {
  expect([...spikeTrain([30, 10, 20, 9.999, 30.001, 10], 10, 30).times]).toEqual([10, 10, 20, 30]);
});

test("a population has a train for each neuron, silent ones included", () => {
  const population = populationSpikes(3, [5, 1, 3, 99, 2, 2], [2, 0, 2, 0, 7, -1], 0, 10);
  expect(population.trains.map((train) => [...train.times])).toEqual([[1], [], [3, 5]]);
  expect([...pooled(population).times]).toEqual([1, 3, 5]);
});

test("intervals are one fewer than spikes", () => {
  expect([...intervals(spikeTrain([1, 3, 6.5], 0, 10))]).toEqual([2, 3.5]);
  expect(intervals(spikeTrain([], 0, 10))).toHaveLength(0);
});
