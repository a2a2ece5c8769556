// Statistics over seeds: against scipy, tables, and by drawing many samples.
import { expect, test } from "vitest";
import {
  chanceOf,
  holm,
  probabilityWithin,
  estimate,
  pairedDifference,
  studentT,
} from "../../src/measures/statistics.ts";
import { drawNormal } from "../../src/runtime/distributions.ts";
import { stream } from "../../src/runtime/random.ts";
import { reference } from "./reference.ts";

test("Student's t as the incomplete beta function to 30 digits has it, for 1 to 5000 degrees of freedom", () => {
  expect(reference.student).toHaveLength(55);
  for (const { confidence, degrees, t } of reference.student)
    expect(Math.abs(studentT(confidence, degrees) / t - 1), `${confidence}, ${degrees}`).toBeLessThan(1e-11);
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
});

test("one value has no spread, none no estimate, equal ones exactly none, and no interval; seeds without a value are counted", () => {
  expect(estimate([5])).toEqual({ n: 1, missing: 0, mean: 5, sd: null, least: 5, greatest: 5, interval: null });
  expect(estimate([null, null])).toBeNull();
  expect(estimate([0.1, null, 0.1, 0.1])).toEqual({
    n: 3,
    missing: 1,
    mean: 0.1,
    sd: 0,
    least: 0.1,
    greatest: 0.1,
    interval: null,
  });
  expect(pairedDifference([1, null, 3], [0, 0, null])).toMatchObject({ n: 1, missing: 2, mean: 1 });
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

test("the chance of paired differences is that of Student's t", () => {
  // Differences 1, 2, 3: t = 2/(1/√3) = 3.4641 with 2 degrees of freedom: p = 1 - t/√(2 + t²).
  const t = 2 * Math.sqrt(3);
  expect(chanceOf([11, 22, 33], [10, 20, 30])).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
  for (const [confidence, degrees] of [
    [0.95, 1],
    [0.99, 7],
    [0.5, 2000],
  ] as const)
    expect(probabilityWithin(studentT(confidence, degrees), degrees)).toBeCloseTo(confidence, 3);
  expect([
    chanceOf([1], [2]),
    chanceOf([1, 2], [2, 1]),
    chanceOf([5, 6], [4, 5]),
    chanceOf([5, 6, 7], [4, 5, 6]),
    chanceOf([5, 5, 5], [4, 4, 4]),
  ]).toEqual([null, 1, 1, 0.25, 0]);
});

test("Holm: the smallest of m against level/m, the next against level/(m - 1), until one fails", () => {
  expect(holm([0.01, 0.04, 0.03, null, 0.005])).toEqual([true, false, false, false, true]);
  expect(holm([0.04])).toEqual([true]);
  expect(holm([0.04, 0.04])).toEqual([false, false]);
  expect(holm([])).toEqual([]);
});
