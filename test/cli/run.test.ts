// glif run: settings of the command line, results, summaries, interruption and failures.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, glif, LIF, STEP } from "./helpers.ts";

test("spikes, traces, figure and manifest land in a new folder; talk goes to standard error, nothing to standard output", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const { code, out, err } = await glif(cwd, ["run", "lif.glif"]);
  expect([code, out]).toEqual([0, ""]);
  expect(err).toMatch(/^Step of LIF: 100 ms, step 0.1 ms, seed 7\n {2}LIF {2}1 neuron {2}9 spikes {2}90 Hz {2}CV of intervals 0\n[\d.]+ s of wall time; spikes.csv, traces.csv, figure.svg, manifest.json in out\/Step-1\n$/);
  expect(readdirSync(join(cwd, "out/Step-1")).sort()).toEqual(["figure.svg", "manifest.json", "spikes.csv", "traces.csv"]);
  const spikes = readFileSync(join(cwd, "out/Step-1/spikes.csv"), "utf8").split("\n");
  // V reaches 10 mV of 20 mV at τ ln 2 = 6.93 ms after the step at 10 ms: found at the end of the step that begins at 16.9 ms.
  expect(spikes.slice(0, 3)).toEqual(["t_ms,population,neuron", "17,LIF,0", "26,LIF,0"]);
  const traces = readFileSync(join(cwd, "out/Step-1/traces.csv"), "utf8").split("\n");
  expect([traces[0], traces[1], traces[2], traces.length]).toEqual(["t_ms,LIF[0].V (mV)", "0,0", "0.5,0", 203]);
});

test("--json: one object on standard output", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const { code, out } = await glif(cwd, ["run", "lif.glif", "--json", "--no-figure"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    experiment: "Step", subject: "LIF", complete: true, reason: null, seed: 7, step_ms: 0.1, duration_ms: 100, simulated_ms: 100,
    counts: { neurons: 1, spikes: 9, traces: 1 },
    populations: [{ name: "LIF", model: "LIF", size: 1, spikes: 9, rate_hz: 90 }],
    out: "out/Step-1", files: ["out/Step-1/spikes.csv", "out/Step-1/traces.csv", "out/Step-1/manifest.json"], warnings: [], diagnostics: [],
  });
  expect(JSON.parse(out).first_spikes[0]).toEqual({ t_ms: 17, population: "LIF", neuron: 0 });
  expect(existsSync(join(cwd, "out/Step-1/figure.svg"))).toBe(false);
});

test("--set, --duration and --step take the place of what the source says", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const { code, out } = await glif(cwd, ["run", "lif.glif", "--json", "--quiet", "--set", "LIF.t_ref=7 ms", "--set", "I_e=40 mV", "--duration", "0.05 s", "--step", "500 us"]);
  expect(code).toBe(0);
  const result = JSON.parse(out);
  expect(result).toMatchObject({ step_ms: 0.5, duration_ms: 50 });
  // τ ln(4/3) = 2.877 ms: 3 ms on a grid of 0.5 ms, then 7 ms of refractoriness and 3 ms more.
  expect(result.first_spikes.map((s: { t_ms: number }) => s.t_ms)).toEqual([3, 13, 23, 33, 43]);
  const manifest = JSON.parse(readFileSync(join(cwd, "out/Step-1/manifest.json"), "utf8"));
  expect(manifest.settings).toEqual(["--set LIF.t_ref=7 ms", "--set I_e=40 mV", "--duration 0.05 s", "--step 500 us"]);
  expect(manifest.populations[0].parameters.t_ref).toEqual({ value: 7, unit: "ms" });
});

const wrong: readonly (readonly [words: readonly string[], saying: RegExp])[] = [
  [["--set", "τ=100"], /error\[units\/wrong-dimension\][^]*--set:1:3/],
  [["--set", "τ=10 mV"], /error\[units\/wrong-dimension\]/],
  [["--set", "taum=10 ms"], /error\[names\/unknown-setting\][^]*--set:1:1/],
  [["--set", "τ=10 msx"], /error\[[a-z]+\/unknown[^]*--set:1/],
  [["--set", "τ=("], /error\[syntax\//],
  [["--duration", "200"], /error\[units\/wrong-dimension\]: the duration must be a time \(ms\), this is a pure number[^]*--duration:1:1/],
  [["--duration", "200 mV"], /the duration must be a time \(ms\), this is a voltage \(mV\)/],
  [["--duration", "long"], /error\[units\/malformed\][^]*--duration:1:1/],
  [["--duration", "200 mx"], /error\[units\/unknown\]: unknown unit `mx`[^]*--duration:1:5/],
  [["--duration", "-5 ms"], /--duration:1:1/],
  [["--step", "0 ms"], /--step:1:1/],
  [["--step", "-0.1 ms"], /--step:1:1/],
  [["--duration", "1.05 ms"], /multiple of the step[^]*--duration:1:1/],
];
test.each(wrong)("U12, M14: %j is told like a mistake in the source", async (words, saying) => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const { code, out, err } = await glif(cwd, ["run", "lif.glif", ...words]);
  expect(err).toMatch(saying);
  expect([code, out]).toEqual([1, ""]);
  expect(readdirSync(cwd)).toEqual(["lif.glif"]);
});

test("mistakes in the source: exit 1, nothing written, with --json the diagnostics as data", async () => {
  const cwd = folderWith({ "lif.glif": (LIF + STEP).replace("(I_e - V)/τ", "(I_e - V)") });
  const plain = await glif(cwd, ["run", "lif.glif"]);
  expect([plain.code, plain.out]).toEqual([1, ""]);
  expect(plain.err).toMatch(/error\[units\/mismatched-sides\]/);
  const json = await glif(cwd, ["run", "lif.glif", "--json"]);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ complete: false, errors: 1, diagnostics: [{ code: "units/mismatched-sides", file: "lif.glif", line: 6 }] });
  expect(readdirSync(cwd)).toEqual(["lif.glif"]);
});

test("a neuron without an experiment: how to write one that works", async () => {
  const cwd = folderWith({ "lif.glif": LIF });
  const { code, err } = await glif(cwd, ["run", "lif.glif"]);
  expect(code).toBe(2);
  expect(err).toMatch(/^error: lif.glif has no experiment\nhelp: an experiment says/);
  const example = err.slice(err.indexOf("experiment First"));
  const again = folderWith({ "lif.glif": LIF + example });
  expect((await glif(again, ["run", "lif.glif", "--quiet"])).code).toBe(0);
});

test("no seed given: one is drawn, told and kept", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP.replace("  seed 7\n", "") });
  const { err } = await glif(cwd, ["run", "lif.glif"]);
  const [, seed] = /seed (\d+) \(drawn\)/.exec(err) ?? [];
  expect(JSON.parse(readFileSync(join(cwd, "out/Step-1/manifest.json"), "utf8")).seed).toBe(Number(seed));
  const second = await glif(cwd, ["run", "lif.glif"]);
  expect(second.err).not.toContain(`seed ${seed} `);
  expect(second.err).toContain("out/Step-2");
});

test("I02: Ctrl-C keeps what there is, marks it, and exits with 130", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP.replace("100 ms", "100000 s").replace("record V every 0.5 ms", "") });
  const { code, out, err } = await glif(cwd, ["run", "lif.glif", "--json"], { interrupting: (stop) => void setTimeout(() => stop(130), 200) });
  expect(code).toBe(130);
  expect(err).toContain("interrupted; what there is, is in out/Step-1");
  const result = JSON.parse(out);
  expect(result).toMatchObject({ complete: false, reason: "interrupted" });
  expect(result.simulated_ms).toBeGreaterThan(0);
  expect(result.simulated_ms).toBeLessThan(1e8);
  const manifest = JSON.parse(readFileSync(join(cwd, "out/Step-1/manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ complete: false, simulated_ms: result.simulated_ms });
  const spikes = readFileSync(join(cwd, "out/Step-1/spikes.csv"), "utf8").trim().split("\n");
  expect(spikes.length - 1).toBe(result.counts.spikes);
});

test("M11: a value that stops being finite: told at its equation with neuron, time and last value; exit 1; the rest is kept", async () => {
  const blow = `neuron Blow {\n  state x : 1 = 1\n  x' = x*x/(1 ms)\n}\nnetwork N { population P = 3 Blow { x = i*1 } }\nexperiment E of N { duration 10 ms; record P[1].x }\n`;
  const cwd = folderWith({ "blow.glif": blow });
  const { code, out, err } = await glif(cwd, ["run", "blow.glif", "--json"]);
  expect(code).toBe(1);
  expect(err).toMatch(/error\[run\/not-finite\]: `x` of P\[2\] became (Infinity|NaN) at t = 0\.\d ms\n {2}┌─ blow.glif:3:/);
  expect(err).toMatch(/one step before it was \d/);
  expect(err).toContain('try a shorter step: `--step "0.01 ms"`');
  expect(JSON.parse(out)).toMatchObject({ complete: false, reason: expect.stringMatching(/P\[2\]\.x became/), diagnostics: [{ code: "run/not-finite", line: 3 }] });
  const traces = readFileSync(join(cwd, "out/E-1/traces.csv"), "utf8").trim().split("\n");
  expect(traces.length).toBeGreaterThan(4);
  expect(traces.at(-1)).not.toMatch(/NaN|Infinity/);
  expect(JSON.parse(readFileSync(join(cwd, "out/E-1/manifest.json"), "utf8")).complete).toBe(false);
});

test("a watcher sees the run in braille; --quiet says nothing", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const seen = await glif(cwd, ["run", "lif.glif"], { watched: true });
  expect(seen.err).toMatch(/[\u2801-\u28ff]{2}/);
  expect(seen.err).toMatch(/V \(mV\)/);
  expect(await glif(cwd, ["run", "lif.glif", "--quiet"], { watched: true })).toEqual({ code: 0, out: "", err: "" });
});

test("--out: an earlier run is replaced, another folder is not; and the file may come from standard input", async () => {
  const cwd = folderWith();
  for (const duration of ["20 ms", "40 ms"]) {
    expect((await glif(cwd, ["run", "-", "--duration", duration, "--out", "here"], { input: LIF + STEP })).code).toBe(0);
  }
  const manifest = JSON.parse(readFileSync(join(cwd, "here/manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ duration_ms: 40, source: { path: "-" } });
});

test("R01: what cannot fit into memory is refused before it is tried", async () => {
  const cwd = folderWith({ "big.glif": `${LIF}network N { population P = 100000000000 LIF }\nexperiment E of N { duration 1 ms; record spikes }\n` });
  const { code, err } = await glif(cwd, ["run", "big.glif"]);
  expect(code).toBe(1);
  expect(err).toMatch(/error: the run needs about 800 GB of memory, most of it for its neurons, and there are/);
  expect(readdirSync(cwd)).toEqual(["big.glif"]);
});

test("warnings about other experiments of the file are not this run's", async () => {
  const odd = STEP.replace("Step", "Odd").replace("seed 7", "step 0.3 ms").replace("100 ms", "99 ms").replace(" every 0.5 ms", "");
  const cwd = folderWith({ "lif.glif": LIF + STEP + odd });
  expect((await glif(cwd, ["check", "lif.glif"])).err).toMatch(/warning\[experiment\/rounded-time\]/);
  expect((await glif(cwd, ["run", "lif.glif", "Step"])).err).not.toContain("warning");
  expect((await glif(cwd, ["run", "lif.glif", "Odd"])).err).toMatch(/warning\[experiment\/rounded-time\]/);
});
