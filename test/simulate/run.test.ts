// Slices, interruption and values that stop being finite: what was recorded before is a prefix of the whole.
import { expect, test } from "vitest";
import { runSimulation } from "../../src/simulate/run.ts";
import { spikesCsv } from "../../src/simulate/spikesCsv.ts";
import { tracesCsv } from "../../src/simulate/tracesCsv.ts";
import { simulationOf } from "./helpers.ts";

const NOISY = `neuron Noisy {
  param τ = 10 ms
  state V = 0 mV
  V' = (4 mV - V)/τ + 2 mV/sqrt(ms)*ξ
  spike when V > 5 mV
  reset { V <- 0 mV }
  refractory 2 ms { hold V }
}
experiment E of Noisy { duration 1 s; step 0.1 ms; record spikes; record V every 0.5 ms }
`;

test("slices change no bit", async () => {
  const { plan, simulation: whole } = simulationOf(NOISY, 7);
  whole.advance(plan.steps ?? 0);
  const { simulation: sliced } = simulationOf(NOISY, 7);
  let now = 0;
  let slices = 0;
  // A clock by which every slice takes far too long, so that slices become single steps.
  const finished = await runSimulation(sliced, 10_000, { clock: () => (now += 1000), progress: () => slices++ });
  expect(finished.ending.kind).toBe("complete");
  expect(slices).toBeGreaterThan(5000);
  expect(whole.spikes.length).toBeGreaterThan(20);
  expect([...spikesCsv(sliced)].join("")).toBe([...spikesCsv(whole)].join(""));
  expect([...tracesCsv(sliced)].join("")).toBe([...tracesCsv(whole)].join(""));
});

test("an interrupted run keeps a prefix of the whole", async () => {
  const { simulation: whole } = simulationOf(NOISY, 7);
  await runSimulation(whole, 10_000);
  const { simulation: cut } = simulationOf(NOISY, 7);
  const finished = await runSimulation(cut, 10_000, { slice: 0.001, stopped: () => cut.steps > 4000 });
  expect(finished.ending).toEqual({ kind: "interrupted" });
  expect(cut.steps).toBeGreaterThan(4000);
  expect(cut.steps).toBeLessThan(10_000);
  const prefix = [...spikesCsv(cut)].join("");
  const all = [...spikesCsv(whole)].join("");
  expect(prefix.length).toBeGreaterThan(100);
  expect(prefix.length).toBeLessThan(all.length);
  expect(all.startsWith(prefix)).toBe(true);
  expect([...tracesCsv(whole)].join("").startsWith([...tracesCsv(cut)].join(""))).toBe(true);
});

test("stopped before it began", async () => {
  const { simulation } = simulationOf(NOISY);
  expect((await runSimulation(simulation, 100, { stopped: () => true })).ending.kind).toBe("interrupted");
  expect(simulation.steps).toBe(0);
});

test("a value that stops being finite ends the run with neuron, variable, time and last value, and keeps what was before", async () => {
  // x' = x^2 from 1 /ms reaches infinity at t = 1 ms.
  const { simulation } = simulationOf(`neuron Blow { state x : 1 = 1; x' = x*x/(1 ms) }
experiment E of Blow { duration 100 ms; step 0.1 ms; record x }`);
  const { ending } = await runSimulation(simulation, 1000);
  if (ending.kind !== "not-finite") throw new Error(ending.kind);
  expect(ending.error).toMatchObject({ population: "Blow", neuron: 0, variable: "x" });
  expect(ending.error.time).toBeGreaterThan(1);
  expect(ending.error.time).toBeLessThan(3);
  expect(Number.isFinite(ending.error.lastValue)).toBe(true);
  const values = simulation.traces[0]?.values() ?? [];
  // Samples up to the last step that was good.
  expect((values.length - 1) * 0.1).toBeCloseTo(ending.error.time - 0.1, 9);
  expect(values.at(-1)).toBe(ending.error.lastValue);
  expect(values.length).toBeGreaterThan(10);
  expect([...values].every(Number.isFinite)).toBe(true);
});
