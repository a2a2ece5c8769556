// Statistics over seeds: against scipy, tables, and by drawing many samples.
import { expect, test } from "vitest";
import { bootstrapInterval, estimate, largestOf, pairedDifference, seedDifference, studentT } from "../../src/measures/statistics.ts";
import { drawNormal } from "../../src/runtime/distributions.ts";
import { stream } from "../../src/runtime/random.ts";
import { reference } from "./reference.ts";

test("Student's t as the incomplete beta function to 30 digits has it, for 1 to 5000 degrees of freedom", () => {
  expect(reference.student).toHaveLength(55);
  for (const { confidence, degrees, t } of reference.student) expect(Math.abs(studentT(confidence, degrees) / t - 1), `${confidence}, ${degrees}`).toBeLessThan(1e-11);
  // Closed forms: tan(π c/2), and c √(2/(1 - c²)).
  expect(studentT(0.95, 1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 11);
  expect(studentT(0.5, 2)).toBeCloseTo(0.5 * Math.sqrt(2 / 0.75), 14);
  expect(studentT(1, 3)).toBe(Infinity);
});

test("mean, deviation, interval and paired difference of twenty seeds as scipy has them", () => {
  const { x, y, mean, sd, interval, paired } = reference.seeds;
  const found = estimate(x);
  expect(found).toMatchObject({ n: 20, missing: 0, least: Math.min(...x), greatest: Math.max(...x) });
  expect(found?.mean).toBeCloseTo(mean, 12);
  expect(found?.sd).toBeCloseTo(sd, 12);
  expect(found?.interval?.low).toBeCloseTo(interval[0], 11);
  expect(found?.interval?.high).toBeCloseTo(interval[1], 11);
  const difference = pairedDifference(x, y);
  expect(difference?.mean).toBeCloseTo(paired.mean, 12);
  expect(difference?.interval?.low).toBeCloseTo(paired.interval[0], 11);
  expect(seedDifference(x)).toBeCloseTo(Math.SQRT2 * sd, 12);
});

test("one value has no spread, none no estimate, equal ones exactly none; seeds without a value are counted", () => {
  expect(estimate([5])).toEqual({ n: 1, missing: 0, mean: 5, sd: null, least: 5, greatest: 5, interval: null });
  expect(estimate([null, null])).toBeNull();
  expect(estimate([0.1, null, 0.1, 0.1])).toEqual({ n: 3, missing: 1, mean: 0.1, sd: 0, least: 0.1, greatest: 0.1, interval: { low: 0.1, high: 0.1, confidence: 0.95 } });
  expect(pairedDifference([1, null, 3], [0, 0, null])).toMatchObject({ n: 1, missing: 2, mean: 1 });
  expect(seedDifference([3])).toBeNull();
});

test("of a thousand intervals from five draws, 95 in a hundred hold the mean", () => {
  const draws = stream(9, "coverage");
  let held = 0;
  for (let k = 0; k < 1000; k++) {
    const interval = estimate([0, 1, 2, 3, 4].map((i) => drawNormal(draws, i, 7, 2, k)))?.interval;
    if (interval !== undefined && interval !== null && interval.low <= 7 && interval.high >= 7) held++;
  }
  expect(Math.abs(held - 950)).toBeLessThan(4 * Math.sqrt(1000 * 0.95 * 0.05));
});

test("the bootstrap is a pure function of its seed, and near Student's for a mean of many", () => {
  const draws = stream(4, "values");
  const values = Array.from({ length: 200 }, (_, i) => drawNormal(draws, i, 10, 3));
  const mean = (sample: readonly number[]): number => sample.reduce((a, b) => a + b, 0) / sample.length;
  const found = bootstrapInterval(values, mean, { seed: 1 });
  expect(bootstrapInterval(values, mean, { seed: 1 })).toEqual(found);
  expect(bootstrapInterval(values, mean, { seed: 2 })).not.toEqual(found);
  const student = estimate(values)?.interval;
  expect(Math.abs((found?.low ?? 0) - (student?.low ?? 0))).toBeLessThan(0.05);
  expect(Math.abs((found?.high ?? 0) - (student?.high ?? 0))).toBeLessThan(0.05);
  expect(bootstrapInterval([], mean)).toBeNull();
  expect(bootstrapInterval([1, 2], () => null)).toBeNull();
});

test("which difference is the largest, whatever its sign", () => {
  expect(largestOf({ models: -6, seeds: 2, step: 0.1 })).toEqual({ largest: "models", ratio: 3 });
  expect(largestOf({ models: 1, seeds: 2, step: 0.1 })).toEqual({ largest: "seeds", ratio: 0.5 });
  expect(largestOf({ models: 1, seeds: null, step: -4 })).toEqual({ largest: "step", ratio: 0.25 });
  expect(largestOf({ models: 1, seeds: null, step: null })).toEqual({ largest: "models", ratio: null });
  expect(largestOf({ models: 1, seeds: 0, step: 0 })).toEqual({ largest: "models", ratio: Infinity });
  expect(largestOf({ models: 0, seeds: 0, step: 0 })).toEqual({ largest: "equal", ratio: null });
  expect(largestOf({ models: 2, seeds: 2, step: 1 })).toEqual({ largest: "equal", ratio: 1 });
});
