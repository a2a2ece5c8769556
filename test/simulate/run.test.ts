// Slices, interruption, full disks and values that stop being finite: what was recorded before is a prefix of the whole.
import { expect, test } from "vitest";
import { runSimulation } from "../../src/simulate/run.ts";
import { spikesCsv } from "../../src/simulate/spikesCsv.ts";
import { tracesFiles } from "../../src/simulate/tracesCsv.ts";
import { WriteError } from "../../src/simulate/writeWhole.ts";
import { fileOf, simulationOf, tracesOf } from "./helpers.ts";

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
  expect(fileOf(spikesCsv(sliced))).toBe(fileOf(spikesCsv(whole)));
  expect(tracesOf(sliced)).toBe(tracesOf(whole));
});

test("an interrupted run keeps a prefix of the whole", async () => {
  const { simulation: whole } = simulationOf(NOISY, 7);
  await runSimulation(whole, 10_000);
  const { simulation: cut } = simulationOf(NOISY, 7);
  const finished = await runSimulation(cut, 10_000, { slice: 0.001, stopped: () => cut.steps > 4000 });
  expect(finished.ending).toEqual({ kind: "interrupted" });
  expect(cut.steps).toBeGreaterThan(4000);
  expect(cut.steps).toBeLessThan(10_000);
  const prefix = fileOf(spikesCsv(cut));
  const all = fileOf(spikesCsv(whole));
  expect(prefix.length).toBeGreaterThan(100);
  expect(prefix.length).toBeLessThan(all.length);
  expect(all.startsWith(prefix)).toBe(true);
  expect(tracesOf(whole).startsWith(tracesOf(cut))).toBe(true);
});

test("what is taken slice by slice is the whole, and nothing of it stays in the logs", async () => {
  const { simulation: whole } = simulationOf(NOISY, 7);
  whole.advance(10_000);
  const { simulation } = simulationOf(NOISY, 7);
  const tables = [spikesCsv(simulation), ...tracesFiles(simulation).map(({ csv }) => csv(simulation))];
  const told = tables.map((table) => table.header);
  let longest = 0;
  let now = 0;
  const finished = await runSimulation(simulation, 10_000, {
    clock: () => (now += 7),
    take() {
      longest = Math.max(longest, simulation.traces[0]?.length ?? 0);
      tables.forEach((table, k) => (told[k] += [...table.lines()].join("")));
    },
  });
  expect(finished.ending.kind).toBe("complete");
  expect([told[0], told.slice(1).join("")]).toEqual([fileOf(spikesCsv(whole)), tracesOf(whole)]);
  expect([simulation.spikes.length, simulation.traces[0]?.length]).toEqual([0, 0]);
  expect([simulation.spikes.first, simulation.traces[0]?.first]).toEqual([whole.spikes.length, 2001]);
  expect(longest).toBeLessThan(1000);
});

test("what cannot be written ends the run: before the first step, or in its midst", async () => {
  const { simulation } = simulationOf(NOISY, 7);
  const error = new WriteError("spikes.csv", "the disk is full");
  const never = await runSimulation(simulation, 10_000, {
    take: () => {
      throw error;
    },
  });
  expect(never.ending).toEqual({ kind: "not-written", error });
  expect(simulation.steps).toBe(0);
  let slices = 0;
  const midst = await runSimulation(simulation, 10_000, {
    take: () => {
      if (slices++ === 4) throw error;
    },
  });
  expect(midst.ending.kind).toBe("not-written");
  expect(simulation.steps).toBeGreaterThan(0);
  expect(simulation.steps).toBeLessThan(10_000);
});

test("R08: where memory is nearly used up the run ends, with what it has taken", async () => {
  const { simulation } = simulationOf(NOISY, 7);
  let taken = 0;
  const { ending } = await runSimulation(simulation, 10_000, {
    take: () => void (taken = simulation.steps),
    exhausted: () => simulation.steps > 300,
  });
  expect(ending).toEqual({ kind: "out-of-memory" });
  expect(simulation.steps).toBeGreaterThan(300);
  expect(simulation.steps).toBeLessThan(10_000);
  expect(taken).toBe(simulation.steps);
});

test("an array that the system has no room for is told as memory that ran out; another RangeError is a fault of ours", async () => {
  const { simulation } = simulationOf(NOISY, 7);
  const failing = (message: string) => ({
    ...simulation,
    get steps() {
      return 0;
    },
    advance: () => {
      throw new RangeError(message);
    },
  });
  expect((await runSimulation(failing("Array buffer allocation failed"), 10)).ending).toEqual({
    kind: "out-of-memory",
  });
  await expect(runSimulation(failing("something else"), 10)).rejects.toThrow("something else");
});

test("a Poisson process of a million spikes a step ends the run at once, and says where", async () => {
  const { simulation } = simulationOf(`neuron N { state V = 0 mV; V' = -V/(10 ms) }
    network Net { population P = 1 N; population X = 3 poisson(pulse(1e11 Hz, from: 2 ms)) }
    experiment E of Net { duration 10 ms; seed 1; record P.V }`);
  const { ending } = await runSimulation(simulation, 100);
  expect(ending).toEqual({
    kind: "stopped",
    message: expect.stringMatching(
      /the Poisson process `X\[0\]` would send 10000000 spikes in one step of 0.1 ms: 100000 at most/,
    ),
  });
  expect(simulation.steps).toBe(20);
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
