// What the figure of a run shows: the spiking variable with its threshold and spikes, other variables by unit, the stimulus below, a raster for many.
import { expect, test } from "vitest";
import { growthOf } from "../work.ts";
import type { Figure } from "../../src/figure/figure.ts";
import { renderSvg } from "../../src/figure/renderSvg.ts";
import { figureGathering, figureOf } from "../../src/simulate/figureOf.ts";
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
  const figure = figureOfText(
    `${LIF}experiment Step of LIF { duration 100 ms; I_e = pulse(20 mV, from: 10 ms, to: 90 ms); record spikes; record Θ_s, a, Θ, V }`,
  );
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
  const figure = figureOfText(
    `${LIF.replace("V > Θ", "V >= Θ_0 + 1 mV")}experiment Step of LIF { duration 10 ms; I_e = 20 mV; Θ_0 = 12 mV; record V }`,
  );
  expect(figure.panels[0]?.threshold).toMatchObject({ name: "threshold", t: [0, 10], y: [13, 13] });
  const named = figureOfText(
    `${LIF.replace("V > Θ", "Θ_0 < V")}experiment Step of LIF { duration 10 ms; I_e = 20 mV; record V }`,
  );
  expect(named.panels[0]?.threshold).toMatchObject({ name: "Θ_0", y: [10, 10] });
  const moving = figureOfText(`${LIF}experiment Step of LIF { duration 10 ms; I_e = 20 mV; record V }`);
  expect(moving.panels[0]?.threshold).toBeUndefined();
});

test("the stimulus is drawn with both sides of its jumps, and a constant one as a line", () => {
  const step = figureOfText(
    `${LIF}experiment Step of LIF { duration 100 ms; I_e = pulse(20 mV, from: 10 ms, to: 90 ms) + 1 mV; record V }`,
  );
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
  expect(figure.raster?.populations.map(({ name, size, times }) => [name, size, times.length])).toEqual([
    ["P", 8, 31],
    ["Q", 3, 9],
  ]);
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

/** The figure gathered slice by slice, nothing left in the logs. */
function gathered(text: string, slices: readonly number[], seed = 42): Figure {
  const { plan, simulation } = simulationOf(text, seed);
  const gathering = figureGathering(plan, simulation);
  gathering.take();
  for (const steps of slices) {
    simulation.advance(steps);
    gathering.take();
    simulation.spikes.clear();
    for (const trace of simulation.traces) trace.clear();
  }
  return gathering.figure();
}

test("gathered slice by slice a figure is the same, byte for byte", () => {
  const lone = `${LIF}experiment Step of LIF { duration 100 ms; I_e = pulse(20 mV, from: 10 ms, to: 90 ms); record spikes; record Θ_s, a, Θ, V }`;
  expect(renderSvg(gathered(lone, [1, 299, 300, 0, 400]))).toBe(renderSvg(figureOfText(lone)));
  const network = `${RAMP}network N { population P = 30 Ramp { V = i*0.1 mV }; population Q = 3 Ramp }
experiment E of N { duration 200 ms; record spikes; record P[0..7].V; record P[0].drive }`;
  expect(renderSvg(gathered(network, [3, 997, 1000]))).toBe(renderSvg(figureOfText(network)));
});

test("of a network: sizes and rates beside the raster, the rate over time below it in Hz a neuron", () => {
  // One spike every 5.1 ms; those of P all at once, 196 Hz.
  const figure = figureOfText(`${RAMP}network N { population P = 30 Ramp; population Q = 10 Ramp { drive = 0 mV/ms } }
experiment E of N { duration 1.02 s; record spikes }`);
  expect(figure.raster?.populations.map(({ name, rate }) => [name, Number(rate?.toFixed(9))])).toEqual([
    ["P", Number((200 / 1.02).toFixed(9))],
    ["Q", 0],
  ]);
  const [rates] = figure.panels;
  expect([rates?.kind, rates?.title]).toEqual(["rate", "rate (Hz)"]);
  const [p, q] = rates?.traces ?? [];
  expect([p?.label, q?.label]).toEqual(["P", "Q"]);
  // 5 ms a bin: 300 spikes in 10 ms allow for the shortest of at most 500 bins. A bin holds one volley or two, 51 of 204 one more than the others.
  expect(Array.from(p?.t ?? []).slice(0, 4)).toEqual([0, 5, 5, 10]);
  const heights = Array.from(p?.y ?? []).filter((_, k) => k % 2 === 0);
  expect(heights).toHaveLength(204);
  expect(new Set(heights)).toEqual(new Set([0, 200]));
  expect(heights.reduce((a, b) => a + b, 0) * 0.005).toBeCloseTo(200, 9);
  expect(Math.max(...Array.from(q?.y ?? []))).toBe(0);
  expect(
    figureOfText(
      `${RAMP}network N { population P = 8 Ramp }\nexperiment E of N { duration 20 ms; record spikes }`,
    ).panels.map((k) => k.kind),
  ).toEqual(["stimulus"]);
});

test("few spikes make wide bins, but never fewer than fifty", () => {
  const rare = figureOfText(
    `${RAMP}network N { population P = 30 Ramp { drive = 0.01 mV/ms } }\nexperiment E of N { duration 1 s; record spikes }`,
  );
  const t = Array.from(rare.panels[0]?.traces[0]?.t ?? []);
  expect([t.length, t[1]]).toEqual([100, 20]);
});

test("memory is bounded: a raster of more spikes than can be drawn becomes counts, a long trace its extremes", () => {
  const text = `neuron Tick {
  state V = 0 mV, peak = 0 mV
  V' = 1 mV/ms
  peak' = -peak/(0.05 ms)
  on V > 4990 mV { peak <- 50 mV }
  spike with rate 100 Hz
  reset { V <- V }
}
network N { population P = 40 Tick; population Q = 1 Tick }
experiment E of N { duration 9 s; step 0.1 ms; record spikes; record Q[0].peak }`;
  const figure = gathered(
    text,
    Array.from({ length: 90 }, () => 1000),
  );
  const [p, q] = figure.raster?.populations ?? [];
  const counted = [p, q].map((k) => k?.counts?.counts.reduce((a, b) => a + b, 0) ?? 0);
  expect([p?.times.length, q?.times.length]).toEqual([0, 0]);
  expect(counted.reduce((a, b) => a + b, 0)).toBe(Number(/(\d+) spikes/.exec(figure.subtitle)?.[1]));
  expect(counted[0]).toBeGreaterThan(20_000);
  expect(p?.counts).toMatchObject({ columns: 840, until: 9000 });
  const trace = figure.panels.find((k) => k.kind === "state")?.traces[0];
  // 90,001 samples; an excursion of a single one is as high as it was.
  expect(trace?.t.length).toBeLessThan(65_537);
  expect(Math.max(...Array.from(trace?.y ?? []))).toBe(50);
  const at = Array.from(trace?.y ?? []).indexOf(50);
  expect(Math.abs((trace?.t[at] ?? 0) - 4990.05)).toBeLessThan(0.06);
  expect(Array.from(trace?.t ?? []).every((t, k, all) => k === 0 || t > (all[k - 1] ?? NaN))).toBe(true);
});

test("the spikes of a neuron that spikes very often are kept as far as they can be told apart", () => {
  const figure = gathered(
    `neuron Fast { state V = 0 mV; V' = 10 mV/ms; spike when V > 0 mV; reset { V <- V } }
experiment E of Fast { duration 5 s; step 0.1 ms; record spikes; record V every 1 ms }`,
    Array.from({ length: 50 }, () => 1000),
  );
  const spikes = figure.panels[0]?.spikes ?? [];
  expect(figure.subtitle).toContain("50000 spikes");
  expect(spikes.length).toBeLessThan(30_000);
  // A figure's pixels are 5 ms and more.
  const gaps = spikes.slice(1).map((t, k) => t - (spikes[k] ?? NaN));
  expect(Math.max(...gaps)).toBeLessThan(1.3);
  expect(spikes.at(-1)).toBeGreaterThan(4998);
});

test("many recorded variables are no more work than they must be", () => {
  const growth = growthOf((size) => {
    const { plan, simulation } = simulationOf(
      `${RAMP}network N { population P = ${size} Ramp }\nexperiment E of N { duration 1 ms; record P.V }`,
    );
    const figure = figureGathering(plan, simulation).figure();
    expect(figure.panels.find((k) => k.kind === "state")?.traces.length).toBe(5);
  }, 2000);
  expect(growth).toBeLessThan(1.1);
});
