// ISI-distance of periodic trains, in closed form.
import { expect, test } from "vitest";
import { isiDistance } from "../../src/measures/isiDistance.ts";
import { poisson, train } from "./reference.ts";

const clock = (period: number, phase = 0): number[] =>
  Array.from({ length: Math.ceil((1000 - phase) / period) }, (_, k) => phase + k * period);

test("clocks of 10 and 20 ms are 1/2 apart, whatever their phases; equal rates have none", () => {
  expect(isiDistance(train(clock(10)), train(clock(20)))).toBeCloseTo(0.5, 12);
  expect(isiDistance(train(clock(10, 4)), train(clock(20, 13)))).toBeCloseTo(0.5, 12);
  expect(isiDistance(train(clock(20, 4)), train(clock(20, 13)))).toBeCloseTo(0, 12);
});

test("by hand: one spike at 400 against none; an empty window has no value", () => {
  // Intervals 400 and 600 against 1000.
  expect(isiDistance(train([400]), train([]))).toBeCloseTo(0.4 * 0.6 + 0.6 * 0.4, 14);
  expect(isiDistance(train([], 5, 5), train([], 5, 5))).toBeNull();
});

test("independent Poisson trains have 1/2", () => {
  // The interval around a moment is Gamma(2), its share in the sum of two Beta(2, 2): E[min/max] = 2 ∫ 6u(1 - u) u/(1 - u) du over u < 1/2, which is 1/2.
  const found = isiDistance(poisson(1, 50, 4e5), poisson(2, 50, 4e5)) ?? NaN;
  expect(Math.abs(found - 0.5)).toBeLessThan(0.01);
});
