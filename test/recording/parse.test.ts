// Recordings as CSV: what is read, and what a file that is none is told.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { positionAt, sourceText } from "../../src/base/source.ts";
import { catalogue } from "../../src/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import { readRecording, readRecordings } from "../../src/recording/parse.ts";
import type { Recording } from "../../src/recording/recording.ts";
import { spikesCsv } from "../../src/simulate/spikesCsv.ts";
import { tracesFiles } from "../../src/simulate/tracesCsv.ts";
import { simulationOf } from "../simulate/helpers.ts";

function read(text: string): Recording {
  const { recording, diagnostics } = readRecording(sourceText("cell.csv", text));
  expect(renderDiagnostics(diagnostics, { color: false })).toBe("");
  if (recording === null) throw new Error("nothing was read");
  return recording;
}

/** `line:column code` of each diagnostic. */
function told(text: string): string[] {
  const { recording, diagnostics } = readRecording(sourceText("cell.csv", text));
  expect(recording).toBeNull();
  return diagnostics.map((d) => `${place(d)} ${d.code}`);
}

function place({ primary: { span: at } }: Diagnostic): string {
  const { line, column } = positionAt(at.source, at.start);
  return `${line}:${column}`;
}

test("traces in canonical units, whatever their own are", () => {
  const { traces, spikes, from, until } = read("t (s),V (V),I_e (nA)\n0,-0.065,0.1\n0.0001,-0.0648,0.15\n");
  expect(spikes).toEqual([]);
  expect([from, until]).toEqual([0, 0.1]);
  expect(traces.map(({ name, t, y, unit }) => [name, [...t], [...y], unit.text])).toEqual([
    ["V", [0, 0.1], [-65, -64.8], "V"],
    ["I_e", [0, 0.1], [100, 150], "nA"],
  ]);
});

test("units after an underscore, where they cannot be anything else", () => {
  const { traces } = read("time_ms,V_mV,I_e_pA,g_Na (nS)\n0,-65,1,2\n");
  expect(traces.map(({ name, unit }) => `${name} ${unit.text}`)).toEqual(["V mV", "I_e pA", "g_Na nS"]);
  // The m of V_m is no metre.
  expect(told("t_ms,V_m\n0,-65\n")).toEqual(["1:6 recording/no-unit"]);
});

test("units in square brackets, and a time that is called Time", () => {
  const { traces } = read("V [mV],Time [s],I[1] [pA]\n-65,0.5,1\n");
  expect(traces.map(({ name, unit, t }) => [name, unit.text, ...t])).toEqual([
    ["V", "mV", 500],
    ["I[1]", "pA", 500],
  ]);
  // The number of an element is no unit.
  expect(told("Time [ms],I[1]\n0,1\n")).toEqual(["1:11 recording/no-unit"]);
  expect(told("Time [ms],V [mX]\n0,1\n")).toEqual(["1:11 recording/unknown-unit"]);
});

test("a column can have fewer samples than another: empty cells are none", () => {
  const { traces } = read("t (ms),V (mV),w (pA)\n0,-65,1\n1,-64,\n2,-63,2\n");
  expect(traces.map(({ t }) => [...t])).toEqual([
    [0, 1, 2],
    [0, 2],
  ]);
});

test("spikes of one neuron, of several, of several repeats; in any order", () => {
  expect(read("t_ms\n30\n10\n").spikes).toEqual([
    { population: null, neuron: null, repeat: null, sweep: null, times: Float64Array.of(10, 30) },
  ]);
  expect(read("spikes (s)\n0.5\n").spikes[0]?.times).toEqual(Float64Array.of(500));
  const { spikes, until } = read("neuron,time (ms),repeat\n1,5,0\n0,7,1\n0,3,0\n1,2,0\n");
  expect(spikes.map(({ neuron, repeat, times }) => [neuron, repeat, [...times]])).toEqual([
    [0, 0, [3]],
    [0, 1, [7]],
    [1, 0, [2, 5]],
  ]);
  expect(until).toBe(7);
});

test("what a run writes reads back bit for bit", () => {
  const { simulation } =
    simulationOf(`neuron N { input I: pA = 0 pA; param τ = 10 ms; state V = -65 mV; V' = (-65 mV - V + I*(0.1 GΩ))/τ; spike when V > -50 mV; reset { V <- -65 mV } }
network W { population A = 3 N; population B = 1 N }
experiment E of W { duration 100 ms; step 0.1 ms; A.I = 200 pA; B.I = 230 pA; record spikes; record A[1].V every 0.5 ms; record B[0].V }`);
  simulation.advance(1000);
  const whole = (table: ReturnType<typeof spikesCsv>): string => table.header + [...table.lines()].join("");
  const files = tracesFiles(simulation);
  expect(files.map((f) => f.name)).toEqual(["traces_0.1ms.csv", "traces_0.5ms.csv"]);
  const traces = files.flatMap(({ csv }) => read(whole(csv(simulation))).traces);
  const recorded = [...simulation.traces].sort((a, b) => a.every - b.every);
  expect(traces.map(({ population, neuron, name }) => `${population ?? ""} ${neuron ?? ""} ${name}`)).toEqual(
    recorded.map((t) => `${t.population} ${t.neuron} ${t.variable}`),
  );
  for (const [k, { y }] of traces.entries()) expect(y).toEqual(Float64Array.from(recorded[k]?.values() ?? []));
  const { spikes } = read(whole(spikesCsv(simulation)));
  expect(spikes.map(({ population, neuron }) => `${population ?? ""} ${neuron ?? ""}`)).toEqual([
    "A 0",
    "A 1",
    "A 2",
    "B 0",
  ]);
  const all = Array.from({ length: simulation.spikes.length }, (_, k) => k).filter(
    (k) => simulation.spikes.population(k) === 1,
  );
  expect(all.length).toBeGreaterThan(2);
  expect([...(spikes[3]?.times ?? [])]).toEqual(all.map((k) => simulation.spikes.time(k)));
});

test("byte-order marks, Windows and old Macintosh lines, blanks, quotes and empty lines change nothing", () => {
  const plain = read("t (ms),V (mV)\n0,-65\n1,-64\n").traces.map(({ name, t, y }) => ({ name, t, y }));
  for (const text of [
    "\uFEFFt (ms),V (mV)\r\n0,-65\r\n1,-64\r\n",
    "t (ms),V (mV)\r0,-65\r1,-64",
    ' t (ms) ,"V (mV)"\n\n0 , -65\n "1",-64.0\n\n\n',
  ]) {
    expect(read(text).traces.map(({ name, t, y }) => ({ name, t, y }))).toEqual(plain);
  }
});

test("each thing that can be wrong is told with its line and column", () => {
  const cases: Readonly<Record<string, string[]>> = {
    "": ["1:1 recording/empty"],
    "\n\n": ["1:1 recording/empty"],
    "t (ms),V (mV)\n": ["1:1 recording/empty"],
    "V (mV),I (pA)\n-65,1\n": ["1:1 recording/no-time-column"],
    "t (ms);V (mV)\n0;1\n": ["1:1 recording/no-time-column"],
    "t (ms)\tV (mV)\n0\t1\n": ["1:1 recording/no-time-column"],
    "t,V (mV)\n0,1\n": ["1:1 recording/no-unit"],
    "0,-65\n1,-64\n": ["1:1 recording/no-unit", "1:3 recording/no-unit"],
    "t (ms),V (mv)\n0,1\n": ["1:8 recording/unknown-unit"],
    "t (ms),V ()\n0,1\n": ["1:8 recording/unknown-unit"],
    "t (ms),V (mV),V (V)\n0,1,2\n": ["1:15 recording/column-twice"],
    "t (ms),V (mV)\n0,1\n1\n": ["3:1 recording/ragged-row"],
    "t (ms),V (mV)\n0,1\n1,2,3\n": ["3:1 recording/ragged-row"],
    "t (ms),V (mV)\n0,0,-65,2\n": ["2:1 recording/ragged-row"],
    "t (ms),V (mV)\n0,-65\n1, NaN\n": ["3:4 recording/not-a-number"],
    "t (ms),V (mV)\n0,inf\n": ["2:3 recording/not-a-number"],
    "t (ms),V (mV)\n0,1e999\n": ["2:3 recording/not-a-number"],
    "t (ms),V (mV)\n0,0x10\n": ["2:3 recording/not-a-number"],
    "t (ms),V (mV)\n,1\n": ["2:1 recording/not-a-number"],
    "t (ms)\nnan\n": ["2:1 recording/not-a-number"],
    "t (ms),V (mV)\n0,1\n2,1\n1,1\n": ["4:1 recording/times-not-ascending"],
    "t (ms),V (mV)\n0,1\n0.0,1\n": ["3:1 recording/times-not-ascending"],
    "t (ms),neuron\n0,-1\n": ["2:3 recording/not-a-count"],
    "t (ms),neuron,repeat\n0,1,1.5\n": ["2:5 recording/not-a-count"],
    "t (ms),sweep,V (mV)\n0,x,-65\n": ["2:3 recording/not-a-count"],
    "t (ms),sweep,V (mV)\n0,1,-65\n1,1,-65\n0,2,-65\n0,1,-65\n": ["5:1 recording/times-not-ascending"],
  };
  for (const [text, expected] of Object.entries(cases)) expect(told(text), JSON.stringify(text)).toEqual(expected);
  const codes = new Set(
    Object.values(cases)
      .flat()
      .map((c) => c.split(" ")[1]),
  );
  // The others are told of two files, and by `traceOf`.
  expect(catalogue.map((kind) => kind.code).filter((c) => c.startsWith("recording/") && !codes.has(c))).toEqual([
    "recording/two-of-a-kind",
    "recording/no-such-column",
    "recording/other-quantity",
    "recording/which-sweep",
    "recording/sweeps-apart",
  ]);
});

test("times begin anew in each sweep, of traces and of spikes", () => {
  const { traces, sweeps, from, until } = read("t (ms),sweep,V (mV),I_e (pA)\n0,2,-65,0\n1,2,-64,\n0,5,-66,1\n");
  expect(sweeps).toEqual([2, 5]);
  expect([from, until]).toEqual([0, 1]);
  expect(traces.map((t) => [t.name, t.sweep, [...t.t], [...t.y]])).toEqual([
    ["V", 2, [0, 1], [-65, -64]],
    ["I_e", 2, [0], [0]],
    ["V", 5, [0], [-66]],
    ["I_e", 5, [0], [1]],
  ]);
  const spikes = read("t (ms),sweep\n5,1\n3,0\n4,1\n");
  expect(spikes.sweeps).toEqual([0, 1]);
  expect(spikes.spikes.map((s) => [s.sweep, [...s.times]])).toEqual([
    [0, [3]],
    [1, [4, 5]],
  ]);
});

test("traces and spikes of two files count their sweeps both, or neither", () => {
  const both = (traces: string, spikes: string): readonly string[] =>
    readRecordings([sourceText("v.csv", traces), sourceText("s.csv", spikes)]).diagnostics.map((d) => d.message);
  expect(both("t (ms),sweep,V (mV)\n0,1,2\n", "t (ms),sweep\n0,1\n")).toEqual([]);
  expect(both("t (ms),sweep,V (mV)\n0,1,2\n", "t (ms)\n0\n")).toEqual(["v.csv counts sweeps and s.csv does not"]);
  expect(both("t (ms),V (mV)\n0,1\n", "t (ms),sweep\n0,1\n")).toEqual(["s.csv counts sweeps and v.csv does not"]);
});

test("a message looks as one about a model does", () => {
  const { diagnostics } = readRecording(sourceText("cell.csv", "t (ms),V (mV)\n0,-65\n0.1,NaN\n"));
  expect(renderDiagnostics(diagnostics, { color: false })).toMatchInlineSnapshot(`
    "error[recording/not-a-number]: \`NaN\` is not a finite number
      ┌─ cell.csv:3:5
      │
    3 │ 0.1,NaN
      │     ^^^
      │
      = help: leave the cell empty where there is no sample

    1 error"
  `);
});

test("what is no table at all is not printed back", () => {
  const bytes = Array.from({ length: 5000 }, (_, k) => String.fromCharCode((k * 7919) % 256)).join("");
  const { diagnostics } = readRecording(sourceText("cell.csv", bytes));
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(Math.max(...diagnostics.map((d) => d.message.length))).toBeLessThan(120);
  expect(told(`${"x".repeat(100_000)}\n`)).toEqual(["1:1 recording/no-unit"]);
});

test("a million lines", () => {
  const lines = ["t (ms),V (mV),I (nA)"];
  for (let k = 0; k < 1e6; k++) lines.push(`${k / 10},-65.25,0.125`);
  const { traces } = read(lines.join("\n"));
  expect(traces.map(({ y }) => [y.length, y.at(-1)])).toEqual([
    [1e6, -65.25],
    [1e6, 125],
  ]);
  expect(told(`${lines.join("\n")}\n5,1,1`)).toEqual(["1000002:1 recording/times-not-ascending"]);
});

test("the room reads nothing but text", () => {
  const own = readFileSync(fileURLToPath(new URL("../../src/recording/parse.ts", import.meta.url)), "utf8");
  expect(own).not.toMatch(/node:|process/);
});
