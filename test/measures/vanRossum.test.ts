// Van Rossum distance: the paper's cases in closed form, and an integral on a fine grid.
import { expect, test } from "vitest";
import { vanRossum } from "../../src/measures/vanRossum.ts";
import { named, poisson, train } from "./reference.ts";

test("a spike too many gives D² = 1/2, a spike moved by Δ gives 1 - exp(-Δ/τ)", () => {
  expect(vanRossum(train([100, 200]), train([100]), 10)).toBeCloseTo(Math.SQRT1_2, 14);
  expect(vanRossum(train([100]), train([107]), 10) ** 2).toBeCloseTo(1 - Math.exp(-0.7), 14);
  expect(vanRossum(train([100]), train([100 + 1e-9]), 10) ** 2).toBeCloseTo(1e-10, 15);
});

test("n spikes at one time against none: D² = n²/2; spikes far apart: n/2", () => {
  expect(vanRossum(train([50, 50, 50]), train([]), 10)).toBeCloseTo(Math.sqrt(4.5), 13);
  expect(vanRossum(train([100, 500, 900]), train([]), 1)).toBeCloseTo(Math.sqrt(1.5), 13);
  expect(vanRossum(train([]), train([]), 10)).toBe(0);
});

test("the integral of the filtered trains on a grid", () => {
  const [a, b, tau, dt] = [named("poisson"), named("gamma"), 20, 0.01];
  let [f, g, i, j, integral] = [0, 0, 0, 0, 0];
  for (let k = 0; k < 130_000; k++) {
    const t = (k + 0.5) * dt;
    f *= Math.exp(-dt / tau);
    g *= Math.exp(-dt / tau);
    for (; (a.times[i] ?? Infinity) <= t; i++) f += Math.exp(-(t - (a.times[i] ?? 0)) / tau);
    for (; (b.times[j] ?? Infinity) <= t; j++) g += Math.exp(-(t - (b.times[j] ?? 0)) / tau);
    integral += ((f - g) ** 2 * dt) / tau;
  }
  expect(vanRossum(a, b, tau)).toBeCloseTo(Math.sqrt(integral), 3);
});

test("a hundred thousand spikes", () => {
  const [a, b] = [poisson(1, 50, 2e6), poisson(2, 50, 2e6)];
  // D² = ½ Σ over all pairs: of independent trains n/2 each, within the noise of the pairs.
  expect(vanRossum(a, b, 10) ** 2 / (0.5 * (a.times.length + b.times.length))).toBeCloseTo(1, 1);
  expect(vanRossum(a, a, 10)).toBe(0);
});
