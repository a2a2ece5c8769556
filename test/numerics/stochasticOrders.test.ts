// Claim: with multiplicative noise Euler-Maruyama (Itô) has the strong order 1/2 and the weak order 1, Heun (Stratonovich) the strong order 1; without noise Heun has order 2.
// Geometric Brownian motion has its solution in the path of the noise itself, which a second state with the same noise adds up: P. E. Kloeden & E. Platen, Numerical Solution of Stochastic Differential Equations (1992), 4.4 and 10.2.
import { expect, test } from "vitest";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";

const [τ, σ, T] = [1, 0.8, 1];

/** x and the path W of 4000 neurons at T. */
function atEnd(
  calculus: "Itô" | "Stratonovich",
  step: number,
  strength = σ,
): { readonly x: Float64Array; readonly W: Float64Array } {
  const text = `neuron G {
  param τ = ${τ} ms, σ = ${strength}
  interpret ${calculus}
  noise ξ_c
  state x : 1 = 1, W = 0 sqrt(ms)
  W' = ξ_c
  x' = -x/τ + σ*x*ξ_c/sqrt(1 ms)
}
network N { population P = 4000 G }
experiment E of N { duration ${T} ms; step ${step} ms }`;
  const plan = planSource("geometric.glif", text, "E");
  expect(plan.populations[0]?.groups.map((g) => g.method)).toEqual([calculus === "Itô" ? "euler" : "heun"]);
  const simulation = instantiate(plan, { seed: 11 });
  simulation.advance(plan.steps ?? 0);
  const arrays = simulation.populations[0]?.arrays ?? {};
  return { x: arrays["x"] as Float64Array, W: arrays["W"] as Float64Array };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** Mean distance of x from the solution on the same path. */
function strongError(calculus: "Itô" | "Stratonovich", step: number): number {
  const { x, W } = atEnd(calculus, step);
  const drift = -1 / τ - (calculus === "Itô" ? (σ * σ) / 2 : 0);
  return meanOf([...x].map((v, k) => Math.abs(v - Math.exp(drift * T + σ * (W[k] ?? NaN)))));
}

test.each([
  ["Itô", 0.5],
  ["Stratonovich", 1],
] as const)("%s: strong order %d", (calculus, order) => {
  const errors = [1 / 16, 1 / 64, 1 / 256].map((step) => strongError(calculus, step));
  const found = errors.slice(1).map((e, k) => Math.log((errors[k] ?? NaN) / e) / Math.log(4));
  for (const o of found) expect(Math.abs(o - order), found.join(", ")).toBeLessThan(0.12);
});

test("Itô: weak order 1", () => {
  // The mean is exp(-T/τ); that of the scheme on the same draws, less the path's own chance, is compared: the mean of the solution on these paths is subtracted.
  const errors = [1 / 8, 1 / 16, 1 / 32].map((step) => {
    const { x, W } = atEnd("Itô", step);
    return meanOf([...x].map((v, k) => v - Math.exp((-1 / τ - (σ * σ) / 2) * T + σ * (W[k] ?? NaN))));
  });
  const found = errors.slice(1).map((e, k) => Math.log2(Math.abs((errors[k] ?? NaN) / e)));
  for (const o of found) expect(Math.abs(o - 1), `${errors.join(", ")}: ${found.join(", ")}`).toBeLessThan(0.3);
});

test("without noise Heun has order 2", () => {
  const errors = [1 / 8, 1 / 16, 1 / 32].map((step) =>
    Math.abs((atEnd("Stratonovich", step, 0).x[0] ?? NaN) - Math.exp(-T / τ)),
  );
  const found = errors.slice(1).map((e, k) => Math.log2((errors[k] ?? NaN) / e));
  for (const o of found) expect(Math.abs(o - 2), found.join(", ")).toBeLessThan(0.15);
});
