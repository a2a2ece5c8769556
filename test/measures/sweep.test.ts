// f-I curves and the rheobase from the rates at the points of a sweep.
import { expect, test } from "vitest";
import { fI, rheobase } from "../../src/measures/sweep.ts";
import type { SweepPoints } from "../../src/measures/train.ts";

const points = (x: number[], rates: number[]): SweepPoints => ({
  name: "I_0",
  unit: "pA",
  x: Float64Array.from(x),
  rates: Float64Array.from(rates),
});

test("the curve is the rates over what was varied", () => {
  expect(fI(points([100, 200], [0, 12]))).toMatchObject({
    xName: "I_0",
    xUnit: "pA",
    yUnit: "Hz",
    x: Float64Array.of(100, 200),
    y: Float64Array.of(0, 12),
  });
  expect(fI(points([], []))).toBeNull();
});

test("the rheobase lies midway between the first point with a spike and the one before", () => {
  expect(rheobase(points([0, 50, 100, 150], [0, 0, 3, 9]))).toBe(75);
  // Depolarisation block.
  expect(rheobase(points([0, 50, 100, 150], [0, 5, 90, 0]))).toBe(25);
  expect(rheobase(points([0, 50], [0, 0]))).toBeNull();
  expect(rheobase(points([0, 50], [1, 2]))).toBeNull();
  expect(rheobase(points([], []))).toBeNull();
});
