// CV of intervals, against numpy and by hand.
import { expect, test } from "vitest";
import { cvIsi } from "../../src/measures/cvIsi.ts";
import { poisson, reference, train, trains } from "./reference.ts";

test("as scipy's variation", () => {
  for (const [name, own] of Object.entries(trains)) {
    const expected = reference.trains[name].cv_isi;
    if (expected === null) expect(cvIsi(own, 3), name).toBeNull();
    else expect(cvIsi(own, 3), name).toBeCloseTo(expected, 12);
  }
});

test("by hand: intervals 10, 10, 40 have mean 20 and deviation √200", () => {
  expect(cvIsi(train([0, 10, 20, 60]), 3)).toBeCloseTo(Math.SQRT1_2, 14);
  expect(cvIsi(train([0, 10, 20, 60]), 4)).toBeNull();
  expect(cvIsi(train([0, 10, 40]), 2)).toBeCloseTo(0.5, 14);
});

test("a clock has none, a Poisson process 1, simultaneous spikes no value", () => {
  expect(cvIsi(train([0, 20, 40, 60, 80]), 3)).toBe(0);
  const own = poisson(3, 50, 2e6);
  expect(own.times.length).toBeGreaterThan(98_000);
  // Standard error of an exponential's CV over n intervals: 1/√n.
  expect(Math.abs((cvIsi(own, 3) ?? 0) - 1)).toBeLessThan(4 / Math.sqrt(own.times.length));
  expect(cvIsi(train([7, 7, 7, 7, 7]), 3)).toBeNull();
});
