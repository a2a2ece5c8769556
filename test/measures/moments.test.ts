// Mean and variance keep their digits on a large mean.
import { expect, test } from "vitest";
import { mean, variance } from "../../src/measures/moments.ts";

test("of n, in two passes", () => {
  expect(mean(Float64Array.of(1, 2, 6))).toBe(3);
  expect(variance(Float64Array.of(1, 2, 6))).toBeCloseTo(14 / 3, 14);
  expect(variance(Float64Array.of(1e9 + 1, 1e9 + 2, 1e9 + 6))).toBeCloseTo(14 / 3, 14);
  expect(variance(Float64Array.of(0.1, 0.1, 0.1))).toBe(0);
  expect(mean(new Float64Array(0))).toBeNaN();
});
