// glif run: settings of the command line, results, summaries, interruption and failures.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hdfLibrary } from "../../src/simulate/hdf.ts";
import { folderWith, glif, LIF, STEP } from "./helpers.ts";

test("an experiment of an imported file is not the file's own, whatever its name", async () => {
  const shared = `${LIF}network N { population P = 2 LIF }\n`;
  const cwd = folderWith({
    "a.glif": `${shared}experiment Net of N { duration 20 ms }\n`,
    "b.glif": 'import N from "a.glif"\nexperiment Net of N { duration 5 ms }\n',
  });
  const { code, err } = await glif(cwd, ["run", "b.glif"]);
  expect([code, err]).toEqual([0, expect.stringContaining("Net of N: 5 ms")]);
  expect((await glif(cwd, ["explain", "b.glif"])).out).toMatch(/^Net of N: 5 ms in 50 steps/);
  expect((await glif(cwd, ["check", "b.glif"])).err).toContain("b.glif: ok, 1 experiment\n");
});

test("spikes, traces, figure and manifest land in a new folder; talk goes to standard error, nothing to standard output", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const { code, out, err } = await glif(cwd, ["run", "lif.glif"]);
  expect([code, out]).toEqual([0, ""]);
  expect(err).toMatch(
    /^Step of LIF: 100 ms, step 0.1 ms, seed 7\n {2}LIF {2}1 neuron {2}9 spikes {2}90 Hz {2}CV of intervals 0\n {2}LIF: exact propagator\n[\d.]+ s of wall time; spikes.csv, traces.csv, figure.svg, manifest.json in out\/Step-1\n$/,
  );
  expect(readdirSync(join(cwd, "out/Step-1")).sort()).toEqual([
    "figure.svg",
    "manifest.json",
    "spikes.csv",
    "traces.csv",
  ]);
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
    experiment: "Step",
    subject: "LIF",
    complete: true,
    reason: null,
    seed: 7,
    step_ms: 0.1,
    duration_ms: 100,
    simulated_ms: 100,
    counts: { neurons: 1, connections: 0, spikes: 9, traces: 1 },
    step_check: null,
    populations: [
      { name: "LIF", model: "LIF", size: 1, spikes: 9, rate_hz: 90, methods: [{ states: ["V"], method: "exact" }] },
    ],
    out: "out/Step-1",
    files: ["out/Step-1/spikes.csv", "out/Step-1/traces.csv", "out/Step-1/manifest.json"],
    warnings: [],
    diagnostics: [],
  });
  expect(JSON.parse(out).first_spikes[0]).toEqual({ t_ms: 17, population: "LIF", neuron: 0 });
  expect(existsSync(join(cwd, "out/Step-1/figure.svg"))).toBe(false);
});

test("--set, --duration and --step take the place of what the source says", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const { code, out } = await glif(cwd, [
    "run",
    "lif.glif",
    "--json",
    "--quiet",
    "--set",
    "LIF.t_ref=7 ms",
    "--set",
    "I_e=40 mV",
    "--duration",
    "0.05 s",
    "--step",
    "500 us",
  ]);
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
  [
    ["--duration", "200"],
    /error\[units\/wrong-dimension\]: the duration must be a time \(ms\), this is a pure number[^]*--duration:1:1/,
  ],
  [["--duration", "200 mV"], /the duration must be a time \(ms\), this is a voltage \(mV\)/],
  [["--duration", "long"], /error\[names\/unknown\][^]*--duration:1:1/],
  [["--duration", "200 mx"], /error\[syntax\/unknown-unit\]: unknown unit `mx`[^]*--duration:1:5/],
  [["--duration", "200 ms ms"], /error\[syntax\/unexpected\][^]*--duration:1:8/],
  [["--duration", ""], /error\[syntax\/expected\]: expected an expression/],
  [["--step", "dt/2"], /error\[experiment\/bad-time\]: the step is made of `dt`[^]*--step:1:1/],
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

test("of --step and --duration is said what is said of the file's own, word for word", async () => {
  const source =
    LIF.replace("t_ref = 2 ms", "t_ref = 1 ms") + STEP.replace("100 ms", "99 ms").replace("0.5 ms", "3 ms");
  const cases = [
    ["step 0.3 ms", ["--step", "0.3 ms"]],
    ["step 0.25 ms", ["--step", "0.25 ms"]],
    ["step -1 ms", ["--step", "-1 ms"]],
    ["duration 9 ms", ["--duration", "9 ms"]],
    ["duration 6 ms; step 3 ms", ["--duration", "6 ms", "--step", "3 ms"]],
  ] as const;
  for (const [own, words] of cases) {
    const kept = own.startsWith("duration") ? source.replace("duration 99 ms", "") : source;
    const written = kept.replace("  seed 7", `  seed 7; ${own}`);
    const cwd = folderWith({ "given.glif": source, "written.glif": written });
    const told = async (file: string, more: readonly string[]): Promise<readonly unknown[]> => {
      const { code, out } = await glif(cwd, ["run", file, ...more, "--json", "--quiet", "--out", `out/${file}`]);
      const { diagnostics } = JSON.parse(out);
      return [
        code,
        diagnostics.map((d: { code: string; message: string; help: unknown }) => [d.code, d.message, d.help]),
      ];
    };
    expect(await told("given.glif", words)).toEqual(await told("written.glif", []));
  }
  const cwd = folderWith({ "lif.glif": source });
  const { err } = await glif(cwd, ["run", "lif.glif", "--step", "0.3 ms"]);
  expect(err).toContain(
    "the refractory period of `LIF`, 1 ms, is not a multiple of the step, 0.3 ms: it is rounded to 0.9 ms",
  );
});

test("--step and --duration are those of the experiment that is run: no other, and no comparison of it, is judged by them", async () => {
  const cwd = folderWith({
    "lif.glif": `${LIF}${STEP}experiment Other of LIF { duration 1 ms; I_e = 20 mV }
comparison C {
  models LIF, LIF { step 0.1 ms } as "fine"
  under Step
  measure rate
}\n`,
  });
  const { code, err } = await glif(cwd, [
    "run",
    "lif.glif",
    "Step",
    "--step",
    "0.25 ms",
    "--duration",
    "49.25 ms",
    "-q",
  ]);
  expect([code, err]).toEqual([0, ""]);
});

test("mistakes in the source: exit 1, nothing written, with --json the diagnostics as data", async () => {
  const cwd = folderWith({ "lif.glif": (LIF + STEP).replace("(I_e - V)/τ", "(I_e - V)") });
  const plain = await glif(cwd, ["run", "lif.glif"]);
  expect([plain.code, plain.out]).toEqual([1, ""]);
  expect(plain.err).toMatch(/error\[units\/mismatched-sides\]/);
  const json = await glif(cwd, ["run", "lif.glif", "--json"]);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    complete: false,
    errors: 1,
    diagnostics: [{ code: "units/mismatched-sides", file: "lif.glif", line: 6 }],
  });
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
  const { err } = await glif(cwd, ["run", "lif.glif", "--set", "V ~ uniform(0 mV, 5 mV)"]);
  const [, seed] = /seed (\d+) \(drawn\)/.exec(err) ?? [];
  expect(JSON.parse(readFileSync(join(cwd, "out/Step-1/manifest.json"), "utf8")).seed).toBe(Number(seed));
  const second = await glif(cwd, ["run", "lif.glif", "--set", "V ~ uniform(0 mV, 5 mV)"]);
  expect(second.err).not.toContain(`seed ${seed} `);
  expect(second.err).toContain("out/Step-2");
  // Where nothing is random a seed says nothing.
  expect((await glif(cwd, ["run", "lif.glif"])).err).toMatch(/^Step of LIF: 100 ms, step 0.1 ms, nothing random\n/);
});

test("I02: Ctrl-C keeps what there is, marks it, and exits with 130", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP.replace("100 ms", "100000 s").replace("record V every 0.5 ms", "") });
  const { code, out, err } = await glif(cwd, ["run", "lif.glif", "--json"], {
    interrupting: (stop) => void setTimeout(() => stop(130), 200),
  });
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
  expect(err).toMatch(
    /error\[run\/not-finite\]: `x` of P\[2\] became (Infinity|NaN) at t = 0\.\d ms\n {2}┌─ blow.glif:3:/,
  );
  expect(err).toMatch(/one step before it was \d/);
  // 1/(1/2 - t): no step leads past 0.5 ms.
  expect(err).toContain("help: no shorter step was found that mends it");
  expect(JSON.parse(out)).toMatchObject({
    complete: false,
    reason: expect.stringMatching(/P\[2\]\.x became/),
    diagnostics: [{ code: "run/not-finite", line: 3 }],
  });
  const traces = readFileSync(join(cwd, "out/E-1/traces.csv"), "utf8").trim().split("\n");
  expect(traces.length).toBeGreaterThan(4);
  expect(traces.at(-1)).not.toMatch(/NaN|Infinity/);
  expect(JSON.parse(readFileSync(join(cwd, "out/E-1/manifest.json"), "utf8")).complete).toBe(false);
});

test("a value that leaves the numbers: a shorter step is proposed where it mends, and not for the root of a negative number", async () => {
  const cwd = folderWith({
    "root.glif":
      "neuron A { state x : 1 = 1; state y : 1 = 0; x' = -1/(10 ms); y' = (sqrt(x) - y^3)/(10 ms) }\nexperiment E of A { duration 20 ms }\n",
    "stiff.glif":
      "neuron B { state y : 1 = 2; y' = -y^3/(1 ms)*400 }\nexperiment E of B { duration 20 ms; method rk4 }\n",
  });
  const root = await glif(cwd, ["run", "root.glif"]);
  expect([root.code, root.err]).toEqual([1, expect.stringContaining("help: no shorter step was found that mends it")]);
  const stiff = await glif(cwd, ["run", "stiff.glif"]);
  expect([stiff.code, stiff.err]).toEqual([
    1,
    expect.stringContaining(
      'help: try a shorter step: `--step "0.001 ms"`, or write `method rosenbrock` in the experiment',
    ),
  ]);
  expect((await glif(cwd, ["run", "stiff.glif", "--step", "0.001 ms"])).code).toBe(0);
  // In a network `auto` does not look for it.
  const many = folderWith({
    "many.glif":
      "neuron B { state y : 1 = 2; y' = -y^3/(1 ms)*400 }\nnetwork N { population P = 2 B }\nexperiment E of N { duration 20 ms }\n",
  });
  expect((await glif(many, ["explain", "many.glif"])).out).toContain("y: Runge-Kutta of order 4");
  expect((await glif(many, ["run", "many.glif"])).err).toContain("or write `method rosenbrock` in the experiment");
});

test("a value that leaves the numbers where no shorter step is tried that mends it: the method that was tried and does, in networks too", async () => {
  const cwd = folderWith({
    "pol.glif": `neuron Pol { param mu = 1e6; state x = 2, y : 1 = 0; x' = y/(1 ms); y' = (mu*(1 - x^2)*y - x)/(1 ms) }
network W { population P = 2 Pol }
experiment E of W { duration 10 ms; step 1 ms }
`,
  });
  const { code, err } = await glif(cwd, ["run", "pol.glif"]);
  expect(code).toBe(1);
  expect(err).toContain(
    "help: write `method rosenbrock` in the experiment: with it the values stay finite at this step",
  );
  expect(err).not.toContain("the equations themselves");
  const text = readFileSync(join(cwd, "pol.glif"), "utf8").replace("step 1 ms", "step 1 ms; method rosenbrock");
  expect((await glif(folderWith({ "pol.glif": text }), ["run", "pol.glif"])).code).toBe(0);
});

test("a connection whose states leave the numbers: a shorter step where it mends, none where the equations lead out", async () => {
  const network = (equation: string): string => `neuron N { state V = 0.1; V' = -V/(10 ms) }
synapse S { state a = 1; a' = ${equation} }
network M { population P = 3 N; connect P -> P by S all }
experiment E of M { duration 10 ms; step 0.1 ms }
`;
  const cwd = folderWith({
    "out.glif": network("a*a*(1 + pre.V)*(1 + post.V)/(1 ms)"),
    "stiff.glif": network("-a*(1 + a^2)*(1 + 0.1*pre.V*post.V)/(0.01 ms)"),
  });
  const gone = await glif(cwd, ["run", "out.glif"]);
  expect([gone.code, gone.err]).toEqual([1, expect.stringContaining("help: no shorter step was found that mends it")]);
  const stiff = await glif(cwd, ["run", "stiff.glif"]);
  expect([stiff.code, stiff.err]).toEqual([1, expect.stringContaining('help: try a shorter step: `--step "0.01 ms"`')]);
  expect((await glif(cwd, ["run", "stiff.glif", "--step", "0.01 ms"])).code).toBe(0);
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
    expect((await glif(cwd, ["run", "-", "--duration", duration, "--out", "here"], { input: LIF + STEP })).code).toBe(
      0,
    );
  }
  const manifest = JSON.parse(readFileSync(join(cwd, "here/manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ duration_ms: 40, source: { path: "-" } });
});

test("R01: what cannot fit into memory is refused before it is tried", async () => {
  const cwd = folderWith({
    "big.glif": `${LIF}network N { population P = 100000000000 LIF }\nexperiment E of N { duration 1 ms; record spikes }\n`,
  });
  const { code, err } = await glif(cwd, ["run", "big.glif"]);
  expect(code).toBe(1);
  expect(err).toMatch(/error: the run needs about 4 TB of memory, most of it for its neurons, and there are/);
  expect(readdirSync(cwd)).toEqual(["big.glif"]);
});

test("R08: more recorded variables than JavaScript's heap can hold are refused; so are more connections than the machine can", async () => {
  const cwd = folderWith({
    "wide.glif": `${LIF}network N { population P = 10000000 LIF }\nexperiment E of N { duration 1 ms; record P.V every 1 ms }\n`,
  });
  const wide = await glif(cwd, ["run", "wide.glif", "--force"]);
  expect([wide.code, wide.err]).toEqual([
    1,
    expect.stringMatching(
      /^error: the run records 10,000,000 variables, which need 20 GB of JavaScript's heap, and it may have [\d.]+ GB: record fewer neurons, or give it more with/,
    ),
  ]);
  writeFileSync(
    join(cwd, "dense.glif"),
    `${LIF}synapse Jump { weight w = 1 mV\non pre { post.V <- post.V + w } }
network N { population P = 100000 LIF; connect P -> P by Jump all }\nexperiment E of N { duration 1 ms; record spikes }\n`,
  );
  const dense = await glif(cwd, ["run", "dense.glif"]);
  expect([dense.code, dense.err]).toEqual([
    1,
    expect.stringMatching(
      /error: the run needs about \d+ GB of memory, most of it for the 9,999,900,000 connections, `.*P->P` before all, and there are [\d.]+ GB: make/,
    ),
  ]);
  expect(readdirSync(cwd).sort()).toEqual(["dense.glif", "wide.glif"]);
});

test("warnings about other experiments of the file are not this run's", async () => {
  const odd = STEP.replace("Step", "Odd")
    .replace("seed 7", "step 0.3 ms")
    .replace("100 ms", "99 ms")
    .replace(" every 0.5 ms", "");
  const cwd = folderWith({ "lif.glif": LIF + STEP + odd });
  expect((await glif(cwd, ["check", "lif.glif"])).err).toMatch(/warning\[experiment\/rounded-time\]/);
  expect((await glif(cwd, ["run", "lif.glif", "Step"])).err).not.toContain("warning");
  expect((await glif(cwd, ["run", "lif.glif", "Odd"])).err).toMatch(/warning\[experiment\/rounded-time\]/);
});

const NET = `${LIF}network N { population E = 40 LIF { V = i*0.2 mV }; population I = 10 LIF { V = i*0.5 mV } }
experiment Both of N { duration 100 ms; seed 7; E.I_e = 20 mV; record spikes; record E[0].V every 0.5 ms }
`;

test("a network: a table of its populations in the terminal, in the JSON and in the manifest", async () => {
  const cwd = folderWith({ "net.glif": NET });
  const { code, out, err } = await glif(cwd, ["run", "net.glif", "--json"]);
  expect(code).toBe(0);
  const lines = err.split("\n");
  expect(lines[1]).toMatch(/^ {2}population +neurons +spikes +mean rate +CV of intervals +synchrony +silent$/);
  expect(lines[2]).toMatch(/^ {2}E +40 +44\d +11[012] Hz +0 +\d+\.?\d* +0 %$/);
  expect(lines[3]).toMatch(/^ {2}I +10 +0 +0 Hz +– +– +100 %$/);
  expect(new Set(lines.slice(1, 4).map((line) => line.length)).size).toBe(1);
  const manifest = JSON.parse(readFileSync(join(cwd, "out/Both-1/manifest.json"), "utf8"));
  const { populations, counts } = JSON.parse(out);
  for (const [k, p] of populations.entries()) expect(manifest.populations[k]).toMatchObject(p);
  expect(populations[0]).toMatchObject({ name: "E", size: 40, silent: 0, synchrony: expect.any(Number) });
  expect(populations[0].spikes).toBe(counts.spikes);
  expect(populations[1]).toMatchObject({ spikes: 0, rate_hz: 0, cv_isi: null, synchrony: null, silent: 1 });
  // The synchrony of the file as it stands.
  const bins = new Array(33).fill(0);
  for (const line of readFileSync(join(cwd, "out/Both-1/spikes.csv"), "utf8").trim().split("\n").slice(1))
    bins[Math.ceil(Number(line.split(",")[0]) / 3 - 1e-9) - 1]++;
  const mean = bins.slice(0, 33).reduce((a, b) => a + b, 0) / 33;
  const variance = bins.slice(0, 33).reduce((sum, n) => sum + (n - mean) ** 2, 0) / 33;
  expect(populations[0].synchrony).toBeCloseTo(variance / mean, 9);
});

test("--sonata: spikes.h5 beside the rest", async () => {
  const cwd = folderWith({ "net.glif": NET });
  const { code, err } = await glif(cwd, ["run", "net.glif", "--sonata"]);
  expect(code).toBe(0);
  expect(err).toContain("spikes.csv, traces.csv, spikes.h5, figure.svg, manifest.json in out/Both-1");
  const library = await hdfLibrary("SONATA files");
  if ("problem" in library) throw new Error(library.problem);
  const file = new library.File(join(cwd, "out/Both-1/spikes.h5"), "r");
  const times = (file.get("spikes/E/timestamps") as InstanceType<typeof library.Dataset>).value as Float64Array;
  file.close();
  const csv = readFileSync(join(cwd, "out/Both-1/spikes.csv"), "utf8").trim().split("\n").slice(1);
  expect([...times]).toEqual(csv.map((line) => Number(line.split(",")[0])));
  expect(
    JSON.parse(readFileSync(join(cwd, "out/Both-1/manifest.json"), "utf8")).files.map((f: { name: string }) => f.name),
  ).toEqual(["spikes.csv", "traces.csv", "spikes.h5", "figure.svg"]);
  // The next run without it takes it away.
  expect((await glif(cwd, ["run", "net.glif", "--out", "out/Both-1", "--quiet"])).code).toBe(0);
  expect(existsSync(join(cwd, "out/Both-1/spikes.h5"))).toBe(false);
});

test("R03: recordings that fill a disk are told with their size and need --force", async () => {
  const cwd = folderWith({
    "big.glif": `${LIF}network N { population P = 100 LIF }\nexperiment E of N { duration 30000 s; record P.V }\n`,
  });
  const refused = await glif(cwd, ["run", "big.glif", "--json"]);
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(
    /^error: traces\.csv will have about 572 GB(, and there are [\d.]+ GB free on the disk)?\nhelp: record fewer neurons, or `every` some ms; or add --force\n$/,
  );
  expect(JSON.parse(refused.out)).toMatchObject({ complete: false, reason: expect.stringContaining("572 GB") });
  expect(readdirSync(cwd)).toEqual(["big.glif"]);
  const forced = await glif(cwd, ["run", "big.glif", "--force"], { interrupting: (stop) => stop(130) });
  expect(forced.code).toBe(130);
  expect(forced.err).toMatch(/^traces.csv will have about 572 GB\n/);
  expect(existsSync(join(cwd, "out/E-1/traces.csv"))).toBe(true);
});

test("P03: a second run into the folder of one that goes on is told who has it, and harms nothing", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  let first: Promise<{ code: number }> | null = null;
  const second = await new Promise<{ code: number; err: string; out: string }>((done) => {
    let stopFirst: (code: number) => void = () => {};
    const interrupting = (stop: (code: number) => void): void => {
      stopFirst = stop;
      setTimeout(
        () =>
          void glif(cwd, ["run", "lif.glif", "--out", "here", "--json"]).then((answer) => {
            done(answer);
            stopFirst(130);
          }),
        100,
      );
    };
    first = glif(
      cwd,
      ["run", "lif.glif", "--out", "here", "--duration", "100000 s", "--set", "LIF.τ=9 ms", "--force"],
      { interrupting },
    );
  });
  expect(second.code).toBe(1);
  expect(second.err).toBe(
    `error: here is in use by pid ${process.pid}; wait until that run is over, or name another folder with --out\n`,
  );
  expect(JSON.parse(second.out).complete).toBe(false);
  expect((await (first as Promise<{ code: number }> | null))?.code).toBe(130);
  expect(JSON.parse(readFileSync(join(cwd, "here/manifest.json"), "utf8"))).toMatchObject({
    reason: "interrupted",
    settings: ["--set LIF.τ=9 ms", "--duration 100000 s"],
  });
  expect((await glif(cwd, ["run", "lif.glif", "--out", "here", "--quiet"])).code).toBe(0);
  expect(readdirSync(join(cwd, "here")).sort()).toEqual(["figure.svg", "manifest.json", "spikes.csv", "traces.csv"]);
});

test("a run that cannot be created leaves no folder", async () => {
  const cwd = folderWith({
    "neg.glif": `${LIF}network N { population P = 2 LIF { V ~ normal(0 mV, 1 mV, min: 100 mV) } }\nexperiment E of N { duration 10 ms; record spikes }\n`,
  });
  const { code, err } = await glif(cwd, ["run", "neg.glif"]);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(
      /^error\[experiment\/bad-draw\]: `V` of `P`: none of 100000 draws lay at 100 mV or above: .*\n *┌─ neg\.glif:\d+:40\n[^]*\^{31}\n/,
    ),
  ]);
  expect(readdirSync(join(cwd, "out"))).toEqual([]);
});

test("a step that does not end is told at its event, with the time: a ball that bounces lower and lower, in the air until 3√2 ms", async () => {
  const ball = `neuron Ball {
  state h = 1 mV, v = 0 mV/ms
  h' = v
  v' = -1 mV/ms^2
  on h < 0 mV { h <- 0 mV; v <- -0.5*v }
}
experiment Bounce of Ball { duration 20 ms; step 0.1 ms; spikes precise; record h }
`;
  const cwd = folderWith({
    "ball.glif": ball,
    "net.glif": `${ball}network Balls { population E = 3 Ball }\nexperiment All of Balls { duration 20 ms; step 0.1 ms; spikes precise; E.h = 1 mV*(2 - i/2)^2 }\n`,
  });
  const { code, err, out } = await glif(cwd, ["run", "ball.glif", "--out", "x", "--json"]);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(
      /stopped after 4.2 ms of 20 ms[^]*error\[run\/endless-step\]: Ball does not get past t = 4.24264068\d* ms: what becomes true here happens more than 1000 times in one step\n[^]*5 │ {3}on h < 0 mV/,
    ),
  ]);
  expect(JSON.parse(out)).toMatchObject({
    complete: false,
    reason: expect.stringMatching(/^Ball\[0\] does not get past t = 4.24264068/),
    simulated_ms: 4.2,
  });
  const rows = readFileSync(join(cwd, "x/traces.csv"), "utf8").trim().split("\n");
  expect([rows.length, rows.at(-1)?.split(",")[0]]).toEqual([1 + 43, "4.2"]);
  // The lowest ball, of 1 mV, is the first to come to rest.
  expect((await glif(cwd, ["run", "net.glif", "All", "--out", "y"])).err).toMatch(
    /error\[run\/endless-step\]: E\[2\] does not get past t = 4.24264068\d* ms/,
  );
});

test("a delay that no connection can have is told where it is said, with what keeps it right", async () => {
  const text = (
    delay: string,
    set = "",
  ): string => `neuron N { state V = 0 mV\n V' = -V/(5 ms)\n spike when V > 9 mV\n reset { V <- 0 mV } }
synapse S { weight w : mV\n on pre { post.V <- post.V + w } }
network W { population A = 3 N\n connect A -> A by S as c { w = 1 mV${delay} } all }
experiment E of W { duration 5 ms; step 0.1 ms; seed 2; ${set}record spikes }`;
  const told = async (source: string): Promise<string> =>
    (await glif(folderWith({ "a.glif": source }), ["run", "a.glif"])).err.replace(/\n +/g, " ");
  expect(await told(text(", delay = 2 ms - 1 ms*(i + j)"))).toMatch(
    /cannot-connect\]: a delay of `c` is -1 ms ┌─ a.glif:8:39[^]*`max\(0 ms, …\)` keeps it there/,
  );
  expect(await told(text("", "c.delay = 1 ms/(i - 1); "))).toMatch(
    /a delay of `c` is -1 ms ┌─ a.glif:9:\d+ │[^^]*\^{22} /,
  );
  expect(await told(text(", delay = 1 ms*sqrt(1 - i)"))).toMatch(
    /a delay of `c` is NaN ms ┌─ a.glif:8:39[^]*help: a delay is a finite time/,
  );
  expect(await told(text(", delay ~ normal(1 ms, 3 ms)"))).toMatch(
    /a delay of `c` is -[\d.]+ ms ┌─ a.glif:8:39[^]*help: draws can be kept above 0 with `min: 0 ms`/,
  );
});
