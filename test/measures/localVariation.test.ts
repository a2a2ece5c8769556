// CV2, LV, LvR and the adaptation index, against numpy and by hand.
import { expect, test } from "vitest";
import { cvIsi } from "../../src/measures/cvIsi.ts";
import { adaptation, cv2, lv, lvr } from "../../src/measures/localVariation.ts";
import { poisson, reference, shifted, train, trains } from "./reference.ts";

test("as numpy has them", () => {
  for (const [name, own] of Object.entries(trains)) {
    const expected = reference.trains[name];
    const found = { cv2: cv2(own), lv: lv(own), lvr: lvr(own, 5), adaptation: adaptation(own) };
    for (const [measure, value] of Object.entries(found)) {
      if (expected[measure] === null) expect(value, `${measure} of ${name}`).toBeNull();
      else expect(value, `${measure} of ${name}`).toBeCloseTo(expected[measure], 12);
    }
  }
});

test("by hand: intervals 10, 30", () => {
  const own = train([0, 10, 40]);
  expect(cv2(own)).toBe(1);
  expect(lv(own)).toBe(0.75);
  expect(lvr(own, 5)).toBe(0.75 * 1.5);
  expect(lvr(own, 0)).toBe(lv(own));
  expect(adaptation(own)).toBe(0.5);
  expect(adaptation(train([0, 30, 40]))).toBe(-0.5);
});

test("all intervals count in the adaptation index and in the CV, the first too", () => {
  // Intervals 100, 10, 10, 10: without the first there is neither.
  const own = train([0, 100, 110, 120, 130]);
  expect(adaptation(own)).toBeCloseTo(-90 / 110 / 3, 14);
  expect(cvIsi(own, 3)).toBeCloseTo(Math.sqrt((67.5 ** 2 + 3 * 22.5 ** 2) / 4) / 32.5, 14);
});

test("a clock has 0, a Poisson process 1, and the time it begins does not matter", () => {
  const clock = train([0, 20, 40, 60, 80]);
  expect([cv2(clock), lv(clock), lvr(clock, 5), adaptation(clock)]).toEqual([0, 0, 0, 0]);
  const own = poisson(4, 50, 2e6);
  // 2|a - b|/(a + b) is uniform in [0, 2]; successive pairs share an interval, which makes the error a little larger.
  const error = 2 / Math.sqrt(own.times.length);
  expect(Math.abs((cv2(own) ?? 0) - 1)).toBeLessThan(4 * error);
  expect(Math.abs((lv(own) ?? 0) - 1)).toBeLessThan(4 * error);
  expect(Math.abs(adaptation(own) ?? 1)).toBeLessThan(4 * error);
  expect(lv(shifted(trains["gamma"] ?? clock, 4096))).toBeCloseTo(reference.trains.gamma.lv, 9);
});

test("fewer than 2 intervals say nothing, and neither do spikes at one time", () => {
  for (const own of [train([]), train([5]), train([5, 9]), train([5, 5, 5])])
    expect([cv2(own), lv(own), lvr(own, 5), adaptation(own)]).toEqual([null, null, null, null]);
});
