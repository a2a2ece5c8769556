// Brent's method: the crossing within the tolerance, always from the side that has crossed.

import { expect, test } from "vitest";
import { findRoot } from "../../../src/runtime/root.ts";
import { points } from "./bigReference.ts";

function solve(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
): { x: number; evaluations: number } {
  let evaluations = 0;
  const fLow = f(low),
    fHigh = f(high);
  return {
    x: findRoot(
      (x) => {
        evaluations++;
        return f(x);
      },
      low,
      high,
      fLow,
      fHigh,
      tolerance,
    ),
    evaluations,
  };
}

const problems: [string, (x: number) => number, number, number, number][] = [
  ["line", (x) => 3 * x - 1, 0, 1, 1 / 3],
  ["cube", (x) => x ** 3 - 0.001, -1, 1, 0.1],
  ["flat cube", (x) => (x - 0.3) ** 3, 0, 1, 0.3],
  ["exponential", (x) => 1 - Math.exp(-x) - 0.5, 0, 50, Math.log(2)],
  ["upstroke", (x) => Math.exp(200 * x) - Math.exp(150), 0, 1, 0.75],
  ["step", (x) => (x < 0.7 ? -1 : 1), 0, 1, 0.7],
  ["cosine", (x) => -Math.cos(x), 0, 3, Math.PI / 2],
  ["ninth power", (x) => (x - 0.5) ** 9, 0, 1, 0.5],
  ["far scale", (x) => x - 1e-9, 0, 0.1, 1e-9],
  ["tiny values", (x) => 1e-200 * (x * x - 0.5), 0, 1, Math.SQRT1_2],
];

test("just at or after the crossing, for rising and falling functions, in few evaluations", () => {
  for (const [name, f, low, high, root] of problems) {
    for (const tolerance of [1e-3, 1e-6, 1e-10, 1e-13]) {
      const up = solve(f, low, high, tolerance),
        down = solve((x) => -f(x), low, high, tolerance),
        slack = tolerance + 4e-15 * Math.abs(root);
      expect(f(up.x), name).toBeGreaterThanOrEqual(0);
      expect(-f(down.x), name).toBeLessThanOrEqual(0);
      if (name !== "ninth power" && name !== "flat cube")
        expect(Math.abs(up.x - root), `${name}, ${tolerance}`).toBeLessThanOrEqual(slack);
      expect(up.evaluations, name).toBeLessThanOrEqual(100);
      expect(down.x).toBe(up.x);
      const back = solve(f, high, low, tolerance); // towards the side where f < 0
      expect(f(back.x)).toBeLessThanOrEqual(0);
    }
  }
  expect(solve((x) => Math.exp(x) - 2, 0, 1, 1e-12).evaluations).toBeLessThan(9);
});

test("random crossings of a membrane that charges", () => {
  const random = points(1);
  for (let i = 0; i < 2000; i++) {
    const tau = 1 + 20 * random(),
      drive = 1 + 10 * random() ** 4,
      h = 0.1,
      start = drive * (1 - Math.exp(-(random() * h) / tau)),
      threshold = 0 + start;
    const f = (x: number): number => drive * (1 - Math.exp(-x / tau)) - threshold,
      root = -tau * Math.log1p(-threshold / drive);
    if (!(f(h) > 0 && f(0) < 0)) continue;
    const { x } = solve(f, 0, h, 1e-10);
    expect(f(x)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(x - root)).toBeLessThan(1.1e-10);
  }
});

test("ends of the bracket: a zero at the start, at the end, no change of sign", () => {
  expect(findRoot((x) => x, 0, 1, 0, 1, 1e-9)).toBe(0);
  expect(findRoot((x) => x - 1, 0, 1, -1, 0, 1e-9)).toBe(1);
  expect(findRoot((x) => x + 1, 0, 1, 1, 2, 1e-9)).toBe(1);
  expect(findRoot(() => NaN, 0, 1, -1, 1, 1e-9)).toBeGreaterThanOrEqual(0);
});
