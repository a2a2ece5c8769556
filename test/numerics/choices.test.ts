// What auto chooses for equations of the literature, and that it is worth it: invariants and closed forms of what is not linear, the noise of a conductance-driven membrane.
import { expect, test } from "vitest";
import { planSource, run } from "../conformance/harness.ts";

function states(text: string, seed = 1): ReadonlyMap<string, Float64Array> {
  const simulation = run(planSource("choice.glif", text, "X"), { seed });
  return new Map(simulation.populations[0]?.states.map((s) => [s.name, s.values]));
}

function methods(text: string): readonly string[] {
  return (
    planSource("choice.glif", text, "X").populations[0]?.groups.map((g) => `${g.method} ${g.told.join(" ")}`) ?? []
  );
}

const RIGID = `
  neuron Body { state x = 0 , y = 1, z = 1; x' = y*z/(1 ms); y' = -x*z/(1 ms); z' = -0.51*x*y/(1 ms) }
  experiment X of Body { duration 12 ms; step 0.01 ms }`;

test("a rigid body by Runge-Kutta keeps its invariants to 1e-9", () => {
  expect(methods(RIGID)).toEqual(["rk4 x y z"]);
  const [x = 0, y = 0, z = 0] = ["x", "y", "z"].map((name) => states(RIGID).get(name)?.[0]);
  expect(Math.abs(x * x + y * y - 1)).toBeLessThan(1e-9);
  expect(Math.abs(0.51 * x * x + z * z - 1)).toBeLessThan(1e-9);
});

test("Lorenz's constant own rates are no reason for exponential steps, and neither are a pendulum's zeros or growth at one another's rates", () => {
  const experiment = "experiment X of N { duration 1 ms }";
  expect(
    methods(
      `neuron N { state x = 1, y = 1, z = 1; x' = 10*(y - x)/(1 ms); y' = (x*(28 - z) - y)/(1 ms); z' = (x*y - 8/3*z)/(1 ms) } ${experiment}`,
    ),
  ).toEqual(["rk4 x y z"]);
  expect(
    methods(
      `neuron N { state x = 1, v : /ms = 0; x' = v; v' = -sin(x)/(1 ms)^2 } ${experiment}`.replace(
        "(1 ms)^2",
        "(1 ms)/(1 ms)",
      ),
    ),
  ).toEqual(["rk4 x v"]);
  expect(
    methods(`neuron N { state x = 1, y = 1; x' = x*(1 - y)/(1 ms); y' = y*(x - 1)/(1 ms) } ${experiment}`),
  ).toEqual(["rk4 x y"]);
});

test("a trace of a Hodgkin-Huxley voltage does not take its exponential steps away; a bent one does", () => {
  const neuron = (more: string): string => `
    neuron N { state V = 0, m = 0.1, c = 0
      V' = (m^3*(2 - V) - V)/(5 ms); m' = exp(V)*(1 - m)/(3 ms) - m/(3 ms)
      c' = ${more} }
    experiment X of N { duration 1 ms }`;
  expect(methods(neuron("(V - c)/(20 ms)"))).toEqual(["exponential_euler V m", "exponential_euler c"]);
  expect(methods(neuron("(V - c^2)/(20 ms)"))).toEqual(["rk4 V m c"]);
});

/** 4,000 membranes of which the conductance decays: mean and variance at the end against those of the linear equations of both moments. */
test("a conductance-driven membrane with noise has its mean and variance, also where the rate is twenty times one over the step", () => {
  const text = (g: number): string => `
    neuron N { param g_0 = ${g}
      state g : 1 = g_0, V = 0
      g' = -g/(5 ms)
      V' = (g*(1 - V) - V)/(1 ms) + 0.5 /sqrt(ms)*ξ }
    network M { population P = 4000 N }
    experiment X of M { duration 2 ms; step 0.1 ms }`;
  for (const g of [3, 200]) {
    expect(methods(text(g))).toEqual(["exact g", "exponential_euler V"]);
    const V = [...(states(text(g)).get("V") ?? [])];
    const mean = V.reduce((a, b) => a + b, 0) / V.length;
    const variance = V.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (V.length - 1);
    let [m, s] = [0, 0];
    const n = 20_000;
    for (let k = 0; k < n; k++) {
      const rate = g * Math.exp(-((k + 0.5) * 2) / n / 5) + 1;
      m += (2 / n) * (rate - 1 - rate * m);
      s += (2 / n) * (0.25 - 2 * rate * s);
    }
    const sd = Math.sqrt(s);
    expect(Math.abs(mean - m)).toBeLessThan((4 * sd) / Math.sqrt(V.length) + 2e-3);
    expect(Math.abs(variance / s - 1)).toBeLessThan(4 * Math.sqrt(2 / V.length) + 0.01);
  }
});
