// Differences held against seeds and step: cases that are counted by hand.
import { expect, test } from "vitest";
import { contrastOf, type Contrasted } from "../../src/compare/contrasts.ts";
import { studentT } from "../../src/measures/statistics.ts";

const words = { baseline: "LIF", unit: "Hz", isDistance: false };
const of = (values: readonly (number | null)[], stepEffect: number | null = null, random = values.length > 1): Contrasted => ({ values, stepEffect, random, undefinedBecause: "" });

test("mean of the differences seed by seed, its interval by Student's t, and the larger spread between seeds", () => {
  // Differences 9, 11, 10: mean 10, sd 1; the variants' sd are 1 and 0.
  const { difference, interval, seedSpread, verdict } = contrastOf(of([19, 21, 20]), of([10, 10, 10]), null, words);
  const half = (studentT(0.95, 2) * 1) / Math.sqrt(3);
  expect([difference, seedSpread, verdict]).toEqual([10, 1, "model"]);
  expect(interval?.[0]).toBeCloseTo(10 - half, 12);
  expect(interval?.[1]).toBeCloseTo(10 + half, 12);
});

test("the verdict goes to the larger of what could explain it", () => {
  const verdict = (a: Contrasted, b: Contrasted): string => contrastOf(a, b, null, words).verdict;
  // Nothing is random: the step alone.
  expect(verdict(of([30]), of([20], 0.1))).toBe("model");
  expect(verdict(of([20.05]), of([20], 0.1))).toBe("step");
  expect(verdict(of([20.05], -0.1), of([20], 0))).toBe("step");
  expect(verdict(of([20]), of([20], 0.1))).toBe("none");
  // 1 Hz of difference, 2 Hz between seeds.
  expect(verdict(of([20, 24, 22]), of([19, 23, 21]))).toBe("seed");
  // Seeds differ by 0.1, the step makes 2 Hz.
  expect(verdict(of([21, 21.1, 20.9]), of([20, 20.1, 19.9], 2))).toBe("step");
  // Larger than the spread of either, but two seeds cannot tell.
  expect(verdict(of([21, 23]), of([20, 19.9]))).toBe("seed");
  expect(verdict(of([null]), of([20]))).toBe("undefined");
  // One seed of something random tells nothing of the seed, whatever the other does; that the step could explain it is known.
  expect(verdict(of([30], null, true), of([20]))).toBe("undefined");
  expect(verdict(of([20.05], null, true), of([20], 0.1))).toBe("step");
});

test("one value of a deterministic variant stands beside every seed of a random one", () => {
  const { difference, seedSpread } = contrastOf(of([10]), of([20, 22, 24]), null, words);
  expect([difference, seedSpread]).toEqual([-12, 2]);
});

test("a distance is held against what another seed of the baseline makes", () => {
  const distance = { baseline: "LIF", unit: "", isDistance: true };
  expect(contrastOf(of([3, 3, 3]), of([0, 0, 0]), 4, distance).verdict).toBe("seed");
  expect(contrastOf(of([3, 3, 3]), of([0, 0, 0]), 1, distance)).toMatchObject({ verdict: "model", seedSpread: 1, sentence: "3 away from LIF: 3 times what another seed of LIF makes" });
});

test("the sentence says how many times, and in which unit", () => {
  expect(contrastOf(of([41.4, 41.6, 41.5]), of([20, 20.1, 20.2], 0.01), null, words).sentence).toBe("21.4 Hz more than LIF: 214 times the spread between seeds, more than 1000 times the effect of halving the step");
  expect(contrastOf(of([18]), of([20], 0), null, words).sentence).toBe("2 Hz less than LIF: half the step changes nothing");
  expect(contrastOf(of([20.05]), of([20], 0.1), null, words).sentence).toBe("0.05 Hz more than LIF, no more than the effect of halving the step (0.1 Hz): a smaller step would tell");
  expect(contrastOf({ ...of([null]), undefinedBecause: "no spikes" }, of([20]), null, words).sentence).toBe("no spikes");
});
