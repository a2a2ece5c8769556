// The exact bytes of spikes.csv and traces.csv.
import { expect, test } from "vitest";
import { csvCell } from "../../src/base/csv.ts";
import { spikesCsv } from "../../src/simulate/spikesCsv.ts";
import { isTracesFile, tracesFiles } from "../../src/simulate/tracesCsv.ts";
import { spikeLog, traceLog } from "../../src/runtime/recording.ts";
import type { Simulation } from "../../src/runtime/simulation.ts";
import { fileOf, RAMP, simulationOf } from "./helpers.ts";

/** The tables of what is recorded, by the names of their files. */
function traces(simulation: Simulation): Record<string, string> {
  return Object.fromEntries(tracesFiles(simulation).map(({ name, csv }) => [name, fileOf(csv(simulation))]));
}

test("a lone neuron is a population that bears its model's name, neuron 0", () => {
  const { plan, simulation } = simulationOf(
    `${RAMP}experiment E of Ramp { duration 12 ms; step 0.5 ms; record spikes; record V every 4 ms }`,
  );
  simulation.advance(plan.steps ?? 0);
  expect(fileOf(spikesCsv(simulation))).toBe("t_ms,population,neuron\n5.5,Ramp,0\n11,Ramp,0\n");
  expect(traces(simulation)["traces.csv"]).toBe("t_ms,Ramp[0].V (mV)\n0,0\n4,4\n8,2.5\n12,1\n");
});

test("spikes are ordered by time, then population, then neuron", () => {
  const { plan, simulation } =
    simulationOf(`${RAMP}network N { population B = 2 Ramp; population A = 2 Ramp { V = 1 mV } }
experiment E of N { duration 6 ms; step 0.5 ms; record spikes }`);
  simulation.advance(plan.steps ?? 0);
  expect(fileOf(spikesCsv(simulation))).toBe("t_ms,population,neuron\n4.5,A,0\n4.5,A,1\n5.5,B,0\n5.5,B,1\n");
});

test("what is sampled at other intervals has a file of its own, and no cell is empty", () => {
  const { plan, simulation } = simulationOf(`${RAMP}network N { population P = 3 Ramp { V = i*1 mV } }
experiment E of N { duration 3 ms; step 0.5 ms; record P[0].V every 1 ms; record P[1].V every 1.5 ms; record P[2].V every 1 ms; record spikes }`);
  simulation.advance(plan.steps ?? 0);
  expect(traces(simulation)).toEqual({
    "traces_1ms.csv": ["t_ms,P[0].V (mV),P[2].V (mV)", "0,0,2", "1,1,3", "2,2,4", "3,3,5", ""].join("\n"),
    "traces_1.5ms.csv": ["t_ms,P[1].V (mV)", "0,1", "1.5,2.5", "3,4", ""].join("\n"),
  });
  for (const text of Object.values(traces(simulation)))
    expect(
      text
        .split("\n")
        .slice(1, -1)
        .flatMap((row) => row.split(","))
        .every((cell) => cell !== "" && Number.isFinite(Number(cell))),
    ).toBe(true);
});

test("one interval is traces.csv; what a run writes is known by its name", () => {
  const { simulation } = simulationOf(
    `${RAMP}experiment E of Ramp { duration 3 ms; step 0.5 ms; record V every 1 ms }`,
  );
  expect(tracesFiles(simulation).map((f) => f.name)).toEqual(["traces.csv"]);
  expect(["traces.csv", "traces_0.1ms.csv", "traces_1e-7ms.csv"].every(isTracesFile)).toBe(true);
  expect(
    ["traces_old.csv", "traces_1ms.csv.bak", "my_traces.csv", "traces_ms.csv", "spikes.csv"].some(isTracesFile),
  ).toBe(false);
});

test("numbers read back as the same doubles", () => {
  const spikes = spikeLog();
  const times = [0.1 + 0.2, 1e-7, 1 / 3, 123456789.12345679, 5e-324];
  for (const t of times) spikes.push(t, 0, 0);
  const samples = [Math.PI, -0.1 - 0.2, 1e300, 2 ** -1074];
  let k = 0;
  const trace = traceLog("P", 3, { name: "I[1]", unit: "pA", kind: "state", read: () => samples[k++] ?? NaN }, 1);
  samples.forEach(() => trace.sample());
  const simulation = { dt: 0.1, populations: [{ name: "P" }], spikes, traces: [trace] } as unknown as Simulation;
  const lines = fileOf(spikesCsv(simulation)).trim().split("\n").slice(1);
  expect(lines.map((line) => Number(line.split(",")[0]))).toEqual(times);
  const rows = (traces(simulation)["traces.csv"] ?? "").trim().split("\n");
  expect(rows[0]).toBe("t_ms,P[3].I[1] (pA)");
  expect(rows.slice(1).map((row) => Number(row.split(",")[1]))).toEqual(samples);
  // The time of a step, as the spikes' times are; never accumulated.
  expect(rows[4]?.split(",")[0]).toBe("0.3");
});

test("nothing recorded and nothing simulated give files with their header", () => {
  const { simulation } = simulationOf(`${RAMP}experiment E of Ramp { duration 0 ms; record spikes }`);
  expect(fileOf(spikesCsv(simulation))).toBe("t_ms,population,neuron\n");
  expect(traces(simulation)["traces.csv"]).toBe("t_ms\n");
});

test("cells are quoted as RFC 4180 has it", () => {
  expect(csvCell("E[0].V (mV)")).toBe("E[0].V (mV)");
  expect(csvCell('a,"b"\n')).toBe('"a,""b""\n"');
});

test("long files come in pieces that join to the same text", () => {
  const spikes = spikeLog();
  for (let k = 0; k < 20_000; k++) spikes.push(k * 0.1, 0, k);
  const simulation = { dt: 0.1, populations: [{ name: "P" }], spikes, traces: [] } as unknown as Simulation;
  const pieces = [...spikesCsv(simulation).lines()];
  expect(pieces.length).toBeGreaterThan(3);
  expect(pieces.every((piece) => piece.endsWith("\n"))).toBe(true);
  expect(pieces.join("").split("\n").length).toBe(20_001);
});

test("told slice by slice, with the logs cleared in between, the files are the same", () => {
  const text = `${RAMP}network N { population P = 3 Ramp { V = i*1 mV } }
experiment E of N { duration 40 ms; step 0.5 ms; record P[0].V every 1 ms; record P[1..2].V every 1.5 ms; record spikes }`;
  const { simulation: whole } = simulationOf(text);
  whole.advance(80);
  const { simulation } = simulationOf(text);
  const tables = [spikesCsv(simulation), ...tracesFiles(simulation).map(({ csv }) => csv(simulation))];
  const told = tables.map((table) => table.header);
  const take = (clear: boolean): void => {
    tables.forEach((table, k) => (told[k] += [...table.lines()].join("")));
    if (!clear) return;
    simulation.spikes.clear();
    for (const trace of simulation.traces) trace.clear();
  };
  take(true);
  for (const [steps, clear] of [
    [1, true],
    [2, true],
    [4, false],
    [1, true],
    [30, true],
    [0, true],
    [41, false],
    [1, false],
  ] as const) {
    simulation.advance(steps);
    take(clear);
  }
  expect(told).toEqual([fileOf(spikesCsv(whole)), ...Object.values(traces(whole))]);
  expect(told).toHaveLength(3);
  expect(told[0]?.split("\n").length).toBeGreaterThan(15);
  expect(simulation.spikes.first).toBeGreaterThan(0);
  expect(simulation.traces[0]?.first).toBeGreaterThan(15);
});
