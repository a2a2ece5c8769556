// What the figure of a run shows: the spiking variable with its threshold and spikes, other variables by unit, the stimulus below, a raster for many.
import { expect, test } from "vitest";
import type { Figure } from "../../src/figure/figure.ts";
import { figureOf } from "../../src/simulate/figureOf.ts";
import { RAMP, simulationOf } from "./helpers.ts";

function figureOfText(text: string): Figure {
  const { plan, simulation } = simulationOf(text, 42);
  simulation.advance(plan.steps ?? 0);
  return figureOf(plan, simulation);
}

const LIF = `neuron LIF {
  param Θ_0 = 10 mV, τ = 10 ms
  input I_e : mV
  state V = 0 mV, Θ_s = 0 mV, a[j] : 1 = 0
  index j = 1..2
  V' = (I_e - V)/τ
  Θ_s' = -Θ_s/τ
  a[j]' = -a[j]/τ
  let Θ = Θ_0 + Θ_s
  spike when V > Θ
  reset { V <- 0 mV; Θ_s <- Θ_s + 1 mV; a[j] <- a[j] + j }
}
`;

test("a lone neuron: V with its recorded threshold and its spikes, other variables by unit, the stimulus below", () => {
  const figure = figureOfText(`${LIF}experiment Step of LIF { duration 100 ms; I_e = pulse(20 mV, from: 10 ms, to: 90 ms); record spikes; record Θ_s, a, Θ, V }`);
  expect(figure.title).toBe("Step of LIF");
  expect(figure.subtitle).toMatch(/^100 ms, step 0.1 ms, \d+ spikes$/);
  expect(figure.duration).toBe(100);
  expect(figure.raster).toBeNull();
  expect(figure.panels.map((p) => [p.kind, p.title, p.traces.map((t) => t.name), p.threshold?.name ?? null])).toEqual([
    ["state", "V (mV)", ["V"], "Θ"],
    ["state", "Θ_s (mV)", ["Θ_s"], null],
    ["state", "a", ["a[1]", "a[2]"], null],
    ["stimulus", "I_e (mV)", ["I_e"], null],
  ]);
  const [v, other] = figure.panels;
  expect(v?.spikes?.length).toBeGreaterThan(3);
  expect(Math.min(...(v?.spikes ?? []))).toBeGreaterThan(10);
  expect(other?.spikes).toBeUndefined();
  // The threshold rises with every spike: it is the recorded one.
  expect(Math.max(...Array.from(v?.threshold?.y ?? []))).toBeGreaterThan(10.9);
  expect(v?.threshold?.t.length).toBe(v?.traces[0]?.t.length);
});

test("a threshold that is not recorded is drawn where parameters alone make it", () => {
  const figure = figureOfText(`${LIF.replace("V > Θ", "V >= Θ_0 + 1 mV")}experiment Step of LIF { duration 10 ms; I_e = 20 mV; Θ_0 = 12 mV; record V }`);
  expect(figure.panels[0]?.threshold).toMatchObject({ name: "threshold", t: [0, 10], y: [13, 13] });
  const named = figureOfText(`${LIF.replace("V > Θ", "Θ_0 < V")}experiment Step of LIF { duration 10 ms; I_e = 20 mV; record V }`);
  expect(named.panels[0]?.threshold).toMatchObject({ name: "Θ_0", y: [10, 10] });
  const moving = figureOfText(`${LIF}experiment Step of LIF { duration 10 ms; I_e = 20 mV; record V }`);
  expect(moving.panels[0]?.threshold).toBeUndefined();
});

test("the stimulus is drawn with both sides of its jumps, and a constant one as a line", () => {
  const step = figureOfText(`${LIF}experiment Step of LIF { duration 100 ms; I_e = pulse(20 mV, from: 10 ms, to: 90 ms) + 1 mV; record V }`);
  expect(step.panels.at(-1)?.traces[0]).toMatchObject({ t: [0, 9.9, 10, 89.9, 90, 100], y: [1, 1, 21, 21, 1, 1] });
  const constant = figureOfText(`${LIF}experiment Step of LIF { duration 100 ms; I_e = 20 mV; record V }`);
  expect(constant.panels.at(-1)?.traces[0]).toMatchObject({ t: [0, 100], y: [20, 20] });
  const none = figureOfText(`${LIF}experiment Step of LIF { duration 100 ms; record V }`);
  expect(none.panels.map((p) => p.kind)).toEqual(["state"]);
});

test("stimuli that change smoothly are sampled finely enough, as the kernel computes them", () => {
  const text = `${LIF}experiment Wave of LIF { duration 200 ms; param A = 3 mV; I_e = sine(A, frequency: 20 Hz, from: 50 ms, to: 150 ms) + ramp(0 mV, 2 mV, from: 0 ms, to: 100 ms) + steps(20 ms: 1 mV, 30 ms: 0 mV); record V }`;
  const drawn = figureOfText(text).panels.at(-1)?.traces[0];
  const recorded = figureOfText(text.replace("record V", "record V, I_e")).panels.at(-1)?.traces[0];
  expect(drawn?.t.length).toBeGreaterThan(1000);
  const at = new Map(Array.from(recorded?.t ?? [], (t, k) => [t, recorded?.y[k]]));
  Array.from(drawn?.t ?? []).forEach((t, k) => expect(drawn?.y[k], `t = ${t}`).toBeCloseTo(at.get(t) ?? NaN, 12));
});

test("a few neurons share a panel and bear labels; many get a raster", () => {
  const text = `${RAMP}network N { population P = 8 Ramp { V = i*0.5 mV }; population Q = 3 Ramp }
experiment E of N { duration 20 ms; record spikes; record P[0..7].V; record Q[1].V }`;
  const figure = figureOfText(text);
  expect(figure.raster?.populations.map(({ name, size, times }) => [name, size, times.length])).toEqual([["P", 8, 31], ["Q", 3, 9]]);
  expect(figure.panels[0]?.traces.map((t) => t.label)).toEqual(["P[0]", "P[1]", "P[2]", "P[3]", "P[4]"]);
  expect(figure.panels[0]?.spikes).toBeUndefined();
  expect(figure.panels[0]?.threshold?.y).toEqual([5, 5]);
});

test("a neuron of which nothing is recorded but spikes gets a raster and its stimulus", () => {
  const figure = figureOfText(`${RAMP}experiment E of Ramp { duration 20 ms; record spikes }`);
  expect(figure.raster?.populations).toMatchObject([{ name: "Ramp", size: 1 }]);
  expect(figure.raster?.populations[0]?.times.length).toBe(3);
  expect(figure.panels.map((p) => [p.kind, p.title])).toEqual([["stimulus", "drive (mV/ms)"]]);
});

test("the seed is told where something is drawn", () => {
  const noisy = figureOfText(`${LIF}experiment Step of LIF { duration 10 ms; I_e = 5 mV + 1 mV*sqrt(ms)*ξ; record V }`);
  expect(noisy.subtitle).toContain("seed 42");
  const drawn = figureOfText(`${LIF}experiment Step of LIF { duration 10 ms; V ~ uniform(0 mV, 5 mV); record V }`);
  expect(drawn.subtitle).toContain("seed 42");
});

test("a run that was stopped says so and ends where it stopped", () => {
  const { plan, simulation } = simulationOf(`${RAMP}experiment E of Ramp { duration 20 ms; record V }`);
  simulation.advance(50);
  const figure = figureOf(plan, simulation);
  expect(figure.duration).toBe(5);
  expect(figure.subtitle).toMatch(/^stopped at 5 ms of 20 ms/);
});
