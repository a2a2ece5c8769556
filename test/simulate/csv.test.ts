// The exact bytes of spikes.csv and traces.csv.
import { expect, test } from "vitest";
import { csvCell } from "../../src/base/csv.ts";
import { spikesCsv } from "../../src/simulate/spikesCsv.ts";
import { tracesCsv } from "../../src/simulate/tracesCsv.ts";
import { spikeLog, traceLog } from "../../src/runtime/recording.ts";
import type { Simulation } from "../../src/runtime/simulation.ts";
import { fileOf, RAMP, simulationOf } from "./helpers.ts";

test("a lone neuron is a population that bears its model's name, neuron 0", () => {
  const { plan, simulation } = simulationOf(`${RAMP}experiment E of Ramp { duration 12 ms; step 0.5 ms; record spikes; record V every 4 ms }`);
  simulation.advance(plan.steps ?? 0);
  expect(fileOf(spikesCsv(simulation))).toBe("t_ms,population,neuron\n5.5,Ramp,0\n11,Ramp,0\n");
  expect(fileOf(tracesCsv(simulation))).toBe("t_ms,Ramp[0].V (mV)\n0,0\n4,4\n8,2.5\n12,1\n");
});

test("spikes are ordered by time, then population, then neuron", () => {
  const { plan, simulation } = simulationOf(`${RAMP}network N { population B = 2 Ramp; population A = 2 Ramp { V = 1 mV } }
experiment E of N { duration 6 ms; step 0.5 ms; record spikes }`);
  simulation.advance(plan.steps ?? 0);
  expect(fileOf(spikesCsv(simulation))).toBe("t_ms,population,neuron\n4.5,A,0\n4.5,A,1\n5.5,B,0\n5.5,B,1\n");
});

test("variables sampled at different times share rows; a cell without a sample is empty", () => {
  const { plan, simulation } = simulationOf(`${RAMP}network N { population P = 2 Ramp { V = i*1 mV } }
experiment E of N { duration 3 ms; step 0.5 ms; record P[0].V every 1 ms; record P[1].V every 1.5 ms; record spikes }`);
  simulation.advance(plan.steps ?? 0);
  expect(fileOf(tracesCsv(simulation))).toBe(
    ["t_ms,P[0].V (mV),P[1].V (mV)", "0,0,1", "1,1,", "1.5,,2.5", "2,2,", "3,3,4", ""].join("\n"),
  );
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
  const rows = fileOf(tracesCsv(simulation)).trim().split("\n");
  expect(rows[0]).toBe("t_ms,P[3].I[1] (pA)");
  expect(rows.slice(1).map((row) => Number(row.split(",")[1]))).toEqual(samples);
  // The time of a step, as the spikes' times are; never accumulated.
  expect(rows[4]?.split(",")[0]).toBe("0.3");
});

test("nothing recorded and nothing simulated give files with their header", () => {
  const { simulation } = simulationOf(`${RAMP}experiment E of Ramp { duration 0 ms; record spikes }`);
  expect(fileOf(spikesCsv(simulation))).toBe("t_ms,population,neuron\n");
  expect(fileOf(tracesCsv(simulation))).toBe("t_ms\n");
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
  const tables = [spikesCsv(simulation), tracesCsv(simulation)];
  const told = tables.map((table) => table.header);
  const take = (clear: boolean): void => {
    tables.forEach((table, k) => (told[k] += [...table.lines()].join("")));
    if (!clear) return;
    simulation.spikes.clear();
    for (const trace of simulation.traces) trace.clear();
  };
  take(true);
  for (const [steps, clear] of [[1, true], [2, true], [4, false], [1, true], [30, true], [0, true], [41, false], [1, false]] as const) {
    simulation.advance(steps);
    take(clear);
  }
  expect(told).toEqual([fileOf(spikesCsv(whole)), fileOf(tracesCsv(whole))]);
  expect(told[0]?.split("\n").length).toBeGreaterThan(15);
  expect(simulation.spikes.first).toBeGreaterThan(0);
  expect(simulation.traces[0]?.first).toBeGreaterThan(15);
});
