// Refractory periods in exact steps, and what a reset does that leaves its condition true.
import { expect, test } from "vitest";
import { NonFiniteError } from "../../src/runtime/index.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource, run, runSource, spikeTimes } from "../conformance/harness.ts";

const driven = (refractory: string, drive = "1000 mV/ms"): string => `
  neuron N { input I : mV/ms; state V = 0 mV, q = 0 mV; V' = I; q' = 1 mV/ms
    spike when V > 1 mV
    reset { V <- 0 mV }
    ${refractory} }
  experiment X of N { duration 10 ms; step 0.1 ms; I = ${drive}; record V, q }`;

function intervals(times: readonly number[]): number[] {
  return times.slice(1).map((t, k) => Math.round((t - (times[k] ?? 0)) * 1e6) / 1e6);
}

test("under a drive that crosses in every step, the interval is the period and one step", () => {
  for (const [period, steps] of [
    ["0 ms", 0],
    ["0.1 ms", 1],
    ["1 ms", 10],
    ["0.96 ms", 10],
    ["1.04 ms", 10],
  ] as const) {
    const times = spikeTimes(runSource(driven(`refractory ${period} { hold V }`)));
    expect(new Set(intervals(times)), period).toEqual(new Set([Math.round((steps + 1) * 0.1 * 1e6) / 1e6]));
    expect(times[0]).toBe(0.1);
  }
});

test("the held variable keeps its value and the others go on", () => {
  const simulation = runSource(driven("refractory 2 ms { hold V }", "5 mV/ms"));
  const [first = 0] = spikeTimes(simulation);
  const V = simulation.traces.find((t) => t.variable === "V")?.values() ?? [];
  const q = simulation.traces.find((t) => t.variable === "q")?.values() ?? [];
  const at = Math.round(first / 0.1);
  expect(Array.from(V.slice(at, at + 21))).toEqual(Array.from({ length: 21 }, () => 0));
  expect(V[at + 21]).toBeCloseTo(0.5, 12);
  expect(q[at + 20]).toBeCloseTo(first + 2, 12);
});

test("without hold the voltage goes on but no spike comes before the period ends", () => {
  const simulation = runSource(driven("refractory 2 ms", "30 mV/ms"));
  expect(new Set(intervals(spikeTimes(simulation)))).toEqual(new Set([2.1]));
});

test("spikes precise: the period is [t*, t* + T) to the last digit", () => {
  const text = driven("refractory 1.23456 ms { hold V }", "7 mV/ms").replace(
    "step 0.1 ms;",
    "step 0.1 ms; spikes precise;",
  );
  const times = spikeTimes(runSource(text));
  expect(times[0]).toBeCloseTo(1 / 7, 11);
  for (const interval of times.slice(1).map((t, k) => t - (times[k] ?? 0)))
    expect(interval).toBeCloseTo(1.23456 + 1 / 7, 10);
});

test("a reset that leaves its condition true is told once, with neuron, time and values", () => {
  const text = `
    neuron N { param V_r = 0 mV; state V = 0 mV; V' = 3 mV/ms; spike when V > 1 mV; reset { V <- V_r } }
    network M { population P = 3 N }
    experiment X of M { duration 5 ms }`;
  const simulation = runSource(text, "X", { settings: ["P.V_r = 2 mV + 0 mV*i"] });
  expect(simulation.warnings).toEqual(["the reset of P[0] at t = 0.4 ms left its spike condition true: V = 2 mV"]);
});

test("a value that stops being finite stops the run with neuron, variable, time and last value; what came before stays", () => {
  const text = `
    neuron N { state x = 1; x' = x*x/(1 ms) }
    network M { population P = 2 N { x = 0.5 + 0.5*i } }
    experiment X of M { duration 3 ms; step 0.1 ms; method euler; record P.x }`;
  const simulation = instantiate(planSource("law.glif", text, "X"));
  let caught: unknown = null;
  try {
    simulation.advance(3000);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(NonFiniteError);
  const stop = caught as NonFiniteError;
  expect([stop.population, stop.neuron, stop.variable]).toEqual(["P", 1, "x"]);
  expect(stop.value).toBe(Infinity);
  expect(Number.isFinite(stop.lastValue)).toBe(true);
  expect(stop.lastValue).toBeGreaterThan(1e100);
  // One sample a step up to the last finite one, which is the last value that the message names.
  const x = simulation.traces.find((t) => t.neuron === 1)?.values() ?? new Float64Array();
  expect(x.length).toBe(Math.round(stop.time / 0.1));
  expect(x.at(-1)).toBe(stop.lastValue);
  expect(x.every(Number.isFinite)).toBe(true);
});

test("a period that is drawn below 0 is refused, on the grid and located", () => {
  for (const mode of ["", "spikes precise"]) {
    const text = `
      neuron N { param T = 1 ms; state V = 0; V' = 1 /ms; spike when V > 1; reset { V <- 0 } refractory T }
      network M { population P = 5 N { T ~ normal(0 ms, 0.04 ms) } }
      experiment X of M { duration 3 ms; seed 1; ${mode} }`;
    expect(() => runSource(text, "X"), mode).toThrow(
      /^the refractory period of `P`, neuron 0 is negative: -[\d.]+ ms; draws can be kept above 0 with `min: 0 ms`$/,
    );
  }
});

test("what is of order 4 outside of refractoriness is so meanwhile, though what is left there would take exponential steps", () => {
  const text = (step: number, method: string): string => `neuron N {
  state x = 0.1, y = 0.5, z = 0.2
  x' = (0.9 + 0.6*sin(y) - 0.7*x^3)/(1 ms)
  y' = (exp(-x^2)*(0.361 - y) - 0.446*z)/(1 ms)
  z' = (0.531*y - 0.971 - (0.756 + 0.1*y)*z)/(1 ms)
  spike when x > 0.8667
  reset { x <- 0 }
  refractory 0.381 ms { hold x }
}
experiment X of N { duration 8 ms; step ${step} ms; spikes precise; method ${method} }`;
  const end = (step: number, method: string): number => {
    const simulation = run(planSource("held.glif", text(step, method), "X"));
    expect(spikeTimes(simulation).length).toBeGreaterThan(3);
    return simulation.populations[0]?.states.find((s) => s.name === "y")?.values[0] ?? NaN;
  };
  const exact = end(0.1, "rk45(tolerance: 1e-12)");
  const [coarse, fine] = [0.2, 0.05].map((step) => Math.abs(end(step, "auto") - exact)) as [number, number];
  expect(coarse / fine).toBeGreaterThan(100); // 4^4 = 256 and more where steps meet the crossings well
  const [plan] = planSource("held.glif", text(0.1, "auto"), "X").populations;
  expect(plan?.heldGroups?.map((g) => [g.method, g.reason])).toEqual([
    ["rk4", "y and z keep the order that they have outside of refractoriness: Runge-Kutta of order 4"],
  ]);
});
