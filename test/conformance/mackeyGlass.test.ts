// Claim: models/mackey_glass.glif is the equation of Mackey and Glass, with the regimes that are known of it.
// Papers: M. C. Mackey, L. Glass, Science 197:287 (1977); J. D. Farmer, Physica D 4:366 (1982), for τ = 17 and the regimes.
// Model: x' = 0.2 x(t - τ)/(1 + x(t - τ)^10) - 0.1 x, x = 1.2 before 0; times in ms.
// Expected: the course of an independent solver (Heun with the delay in whole steps, 0.002 ms and 0.001 ms, extrapolated); rest at 1 for τ = 4, a limit cycle for 10; the bifurcation at
// arccos(-1/4)/√0.15 = 4.708 with the frequency √0.15; at τ = 17 courses 1e-6 apart part by more than 300 times in 1200 ms, at τ = 10 they do not.
import { expect, test } from "vitest";
import { instantiate } from "../../src/simulate/load.ts";
import { planModel } from "./harness.ts";

const PER_SAMPLE = 1;

/** x every ms. */
function course(τ: number, x: number, duration: number, step = 0.1): readonly number[] {
  const plan = planModel("mackey_glass", "Chaotic", [`MackeyGlass.τ = ${τ} ms`, `MackeyGlass.x = ${x}`]);
  const simulation = instantiate(plan, { seed: 1, step });
  const values = simulation.populations[0]?.states[0]?.values ?? new Float64Array(1);
  return [x, ...Array.from({ length: duration / PER_SAMPLE }, () => (simulation.run(PER_SAMPLE), values[0] ?? NaN))];
}

/** The same by another way. */
function heun(τ: number, x: number, duration: number, h: number): number {
  const steps = Math.round(duration / h),
    late = Math.round(τ / h);
  const xs = new Float64Array(steps + 1);
  xs[0] = x;
  const at = (k: number): number => (k <= 0 ? x : (xs[k] as number));
  const slope = (now: number, then: number): number => (0.2 * then) / (1 + then ** 10) - 0.1 * now;
  for (let k = 0; k < steps; k++) {
    const a = slope(at(k), at(k - late));
    const b = slope(at(k) + h * a, at(k + 1 - late));
    xs[k + 1] = at(k) + (h * (a + b)) / 2;
  }
  return at(steps);
}

test.each([4, 10, 17])("τ = %i ms: the course of an independent solver", (τ) => {
  const [coarse, fine] = [heun(τ, 1.2, 100, 0.002), heun(τ, 1.2, 100, 0.001)];
  expect(course(τ, 1.2, 100)[100]).toBeCloseTo((4 * fine - coarse) / 3, 7);
});

test("rest, a limit cycle, and chaos", () => {
  const rest = course(4, 1.2, 300).slice(250);
  expect(Math.max(...rest.map((x) => Math.abs(x - 1)))).toBeLessThan(0.005);

  // A cycle: it goes between the same two values again and again.
  const cycle = course(10, 1.2, 900);
  const [early, late] = [cycle.slice(600, 750), cycle.slice(750)];
  expect(Math.max(...early)).toBeCloseTo(Math.max(...late), 2);
  expect(Math.min(...early)).toBeCloseTo(Math.min(...late), 2);
  expect(Math.max(...late) - Math.min(...late)).toBeGreaterThan(0.4);

  const parted = (τ: number): number => {
    const [a, b] = [course(τ, 1.2, 1200), course(τ, 1.200001, 1200)];
    return Math.max(...a.slice(1000).map((x, k) => Math.abs(x - (b[1000 + k] ?? NaN)))) / 1e-6;
  };
  expect(parted(10)).toBeLessThan(10);
  expect(parted(17)).toBeGreaterThan(300);
});

test("the bifurcation: small courses shrink below 4.708 ms and grow above, with the frequency √0.15 /ms", () => {
  const sizes = (τ: number): readonly [number, number] => {
    const x = course(τ, 1.001, 400).map((v) => Math.abs(v - 1));
    return [Math.max(...x.slice(100, 150)), Math.max(...x.slice(350))];
  };
  const [below, above] = [sizes(4.6), sizes(4.8)];
  expect(below[1]).toBeLessThan(0.6 * below[0]);
  expect(above[1]).toBeGreaterThan(1.6 * above[0]);

  const x = course(4.7, 1.001, 400);
  const rises = x.flatMap((v, k) => {
    const before = (x[k - 1] ?? 1) - 1;
    return k > 100 && before < 0 && v >= 1 ? [k - 1 + before / (before - (v - 1))] : [];
  });
  const period = ((rises.at(-1) ?? NaN) - (rises[0] ?? NaN)) / (rises.length - 1);
  expect((2 * Math.PI) / period).toBeCloseTo(Math.sqrt(0.15), 2);
});
