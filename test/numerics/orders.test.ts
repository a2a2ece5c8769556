// The fitted order of every method: halving the step divides the error by 2^order, on a neuron whose solution is known.
import { expect, test } from "vitest";
import { planSource, run } from "../conformance/harness.ts";
import { isStagesName, methodNames, tableauOf } from "../../src/methods/methods.ts";

/** Logistic growth x' = x(1 - x)/τ from 0.1: x(t) = 1/(1 + 9 e^(-t/τ)). Not linear, and affine in nothing. */
const LOGISTIC = (method: string, step: number): string => `
  neuron Logistic { param τ = 2 ms; state x = 0.1; x' = x*(1 - x)/τ }
  experiment X of Logistic { duration 8 ms; step ${step} ms; method ${method} }`;

/** Two states that are each linear in themselves given the other; compared with a fine Runge-Kutta run. */
const COUPLED = (method: string, step: number): string => `
  neuron Coupled { param τ = 3 ms; state x = 1, y = 0.5; x' = (1 - x*y)/τ; y' = (x - y*x)/τ }
  experiment X of Coupled { duration 4 ms; step ${step} ms; method ${method} }`;

function final(text: string, state: string): number {
  const simulation = run(planSource("order.glif", text, "X"));
  return simulation.populations[0]?.states.find((s) => s.name === state)?.values[0] ?? NaN;
}

/** Least-squares slope of log error against log step. */
function fittedOrder(steps: readonly number[], errors: readonly number[]): number {
  const xs = steps.map(Math.log);
  const ys = errors.map(Math.log);
  const mean = (a: readonly number[]): number => a.reduce((s, v) => s + v, 0) / a.length;
  const [mx, my] = [mean(xs), mean(ys)];
  return xs.reduce((s, x, k) => s + (x - mx) * ((ys[k] ?? 0) - my), 0) / xs.reduce((s, x) => s + (x - mx) ** 2, 0);
}

const STEPS = [0.2, 0.1, 0.05, 0.025];
const EXACT = 1 / (1 + 9 * Math.exp(-4));

const TABLEAUS = methodNames()
  .filter(isStagesName)
  .map((method) => ({ method, ...tableauOf(method) }));

for (const { method, order } of TABLEAUS) {
  test(`${method} has order ${order}`, () => {
    const errors = STEPS.map((step) => Math.abs(final(LOGISTIC(method, step), "x") - EXACT));
    expect(Math.abs(fittedOrder(STEPS, errors) - order)).toBeLessThan(0.1);
  });
}

test("exponential Euler has order 1", () => {
  const reference = final(COUPLED("rk4", 0.002), "y");
  const errors = STEPS.map((step) => Math.abs(final(COUPLED("exponential_euler", step), "y") - reference));
  expect(Math.abs(fittedOrder(STEPS, errors) - 1)).toBeLessThan(0.1);
});

test("rk45 keeps its tolerance whatever the step", () => {
  for (const step of [4, 1, 0.1])
    expect(Math.abs(final(LOGISTIC("rk45(tolerance: 1e-9)", step), "x") - EXACT)).toBeLessThan(1e-8);
});

test("tableaus are consistent: rows of a sum to c, weights to the divisor", () => {
  const total = (row: readonly number[]): number => row.reduce((s, v) => s + v, 0);
  for (const { a, b, c, divisor } of TABLEAUS) {
    expect(a.map(total)).toEqual(c);
    expect(total(b)).toBe(divisor);
  }
});

test("the exact propagator meets the closed form of the leaky integrator within 5e-13 mV at 5 ms, for steps from 1 to 2^-10 ms", () => {
  // V(t) = E_L + I/G (1 - exp(-G t/C)), V(0) = E_L
  const closed = -70 + (100 / 10) * (1 - Math.exp((-10 * 5) / 200));
  for (let k = 0; k <= 10; k++) {
    const text = `
      neuron Leaky { param C = 200 pF, G = 10 nS, E_L = -70 mV; input I : pA; state V = E_L; V' = (I - G*(V - E_L))/C }
      experiment X of Leaky { duration 5 ms; step ${2 ** -k} ms; I = 100 pA }`;
    expect(Math.abs(final(text, "V") - closed), `step 2^-${k} ms`).toBeLessThan(5e-13);
  }
});

test("equal time constants, a singular matrix and spirals are no special case", () => {
  const chain = (gap: number): string => `
    neuron Chain { param τ_1 = 10 ms, τ_2 = ${10 * (1 + gap)} ms; state x = 1, y = 0; x' = -x/τ_1; y' = (x - y)/τ_2 }
    experiment X of Chain { duration 7 ms; step 0.7 ms }`;
  // τ_1 = τ_2: y = t/τ e^(-t/τ)
  expect(Math.abs(final(chain(0), "y") - 0.7 * Math.exp(-0.7))).toBeLessThan(1e-15);
  for (const gap of [1e-16, 1e-12, 1e-8, 1e-4])
    expect(Math.abs(final(chain(gap), "y") - 0.7 * Math.exp(-0.7))).toBeLessThan(Math.max(2e-15, gap));
  const integrator =
    "neuron I { param τ = 5 ms; state x = 1, y = 0; x' = 0 /ms; y' = x/τ } experiment X of I { duration 5 ms; step 0.5 ms }";
  expect(Math.abs(final(integrator, "y") - 1)).toBeLessThan(1e-15);
  const spiral =
    "neuron S { param ω = 2 /ms, γ = 0.1 /ms; state x = 1, y = 0; x' = -γ*x - ω*y; y' = ω*x - γ*y } experiment X of S { duration 5 ms; step 0.5 ms; method exact }";
  expect(Math.abs(final(spiral, "x") - Math.exp(-0.5) * Math.cos(10))).toBeLessThan(1e-14);
});
