// The files of a run together: they grow while it goes on, the manifest tells what stands beside it, and one file that fails takes no other with it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { manifestText, MANIFEST_FORMAT, type RunRecord } from "../../src/simulate/manifest.ts";
import { openOutFolder, type OutFolder } from "../../src/simulate/outFolder.ts";
import { openResults, type WrittenResults } from "../../src/simulate/results.ts";
import type { Ending } from "../../src/simulate/run.ts";
import { populationStatistics } from "../../src/simulate/spikeStatistics.ts";
import { folder, RAMP, simulationOf } from "./helpers.ts";

function recordOf(text: string, ending: Ending = { kind: "complete" }, steps?: number): RunRecord {
  const { plan, simulation } = simulationOf(text, 5);
  simulation.advance(steps ?? plan.steps ?? 0);
  return {
    plan,
    simulation,
    run: { ending, wallTime: 0.25, threads: 2, divided: 90 },
    statistics: populationStatistics(simulation, plan.spikesOf),
    tooLong: [],
    stepCheck: null,
    sources: [{ path: "test.glif", realPath: null, sha256: "ab" }],
    settings: ["--set V=1 mV"],
    versions: { glif: "0.1.0", node: "v20" },
  };
}
const TEXT = `${RAMP}experiment E of Ramp { duration 20 ms; record spikes; record V }`;
const opened = (answer: ReturnType<typeof openOutFolder>): OutFolder => {
  if ("problem" in answer) throw new Error(answer.problem);
  return answer;
};
/** Everything in one go. */
async function written(out: OutFolder, record: RunRecord, figure: string | null): Promise<WrittenResults> {
  const results = openResults(out, { ...record, run: null });
  try {
    results.take();
  } catch {
    // The end says it.
  }
  const answer = await results.finish(record, { figure, sonata: null });
  out.release();
  return answer;
}
const manifestIn = (path: string): any => JSON.parse(readFileSync(join(path, "manifest.json"), "utf8"));

test("the manifest says of each population whether its loops ran in WebAssembly", () => {
  const text = `${RAMP}network Two { population Few = 63 Ramp; population Many = 64 Ramp }\nexperiment E of Two { duration 20 ms; record spikes }`;
  const { populations } = JSON.parse(manifestText(recordOf(text), []));
  expect(populations).toMatchObject([
    { name: "Few", backend: "javascript" },
    { name: "Many", backend: "webassembly" },
  ]);
});

test("a finished run: four files, and a manifest that says what they are", async () => {
  const cwd = folder();
  expect(await written(opened(openOutFolder(null, "E", cwd, [])), recordOf(TEXT), "<svg/>")).toEqual({
    files: ["spikes.csv", "traces.csv", "figure.svg", "manifest.json"],
    problems: [],
  });
  const at = join(cwd, "out/E-1");
  expect(readdirSync(at).sort()).toEqual(["figure.svg", "manifest.json", "spikes.csv", "traces.csv"]);
  const manifest = manifestIn(at);
  expect(manifest).toMatchObject({
    format: MANIFEST_FORMAT,
    versions: { glif: "0.1.0", node: "v20" },
    experiment: "E",
    subject: "Ramp",
    status: "complete",
    complete: true,
    reason: null,
    source: { path: "test.glif", sha256: "ab" },
    settings: ["--set V=1 mV"],
    seed: 5,
    step_ms: 0.1,
    duration_ms: 20,
    simulated_ms: 20,
    counts: { neurons: 1, connections: 0, spikes: 3, traces: 1 },
    warnings: [],
    threads: 2,
    wall_time_s: 0.25,
  });
  expect(manifest.populations[0]).toMatchObject({
    name: "Ramp",
    size: 1,
    spikes: 3,
    rate_hz: 150,
    cv_isi: null,
    silent: 0,
    backend: "javascript",
  });
  // Six bins of 3 ms are over, with spikes at 5.1, 10.2 and 15.3 ms.
  expect(manifest.populations[0].synchrony).toBeCloseTo(0.5, 12);
  expect(manifest.populations[0].methods[0]).toMatchObject({
    states: ["V"],
    method: "exact",
    reason: expect.stringMatching(/linear/),
  });
  expect(manifest.files).toEqual([
    { name: "spikes.csv", bytes: readFileSync(join(at, "spikes.csv")).length },
    { name: "traces.csv", bytes: readFileSync(join(at, "traces.csv")).length },
    { name: "figure.svg", bytes: 6 },
  ]);
});

test("parameters stand in the manifest with values and units, those of the set-up too", () => {
  const record = recordOf(`neuron P {
  param τ = 0.02 s, w[j] = [1, 2] nS
  index j = 1..2
  state V = 0 mV
  V' = (3 mV - V)/τ*(w[1]/w[2])
}
network N { param scale = 2, amount = 3*scale; population A = 2 P { τ ~ uniform(10 ms, 20 ms) } }
experiment E of N { duration 1 ms; record A[0].V }`);
  const manifest = JSON.parse(manifestText(record, []));
  expect(manifest.setup).toEqual({ scale: { value: 2, unit: "1" }, amount: { value: 6, unit: "1" } });
  const { parameters } = manifest.populations[0];
  expect(parameters["w[2]"]).toEqual({ value: 2, unit: "nS" });
  expect(parameters["τ"]).toMatchObject({ unit: "ms", differs_between_neurons: true });
  expect(parameters["τ"].value).toBeGreaterThan(10);
});

test("two manifests of one run are the same bytes but for the wall time", () => {
  const [a, b] = [recordOf(TEXT), recordOf(TEXT)];
  expect(manifestText(a, [])).toBe(manifestText(b, []));
});

test("from the start: headers, and a manifest that says that the run is not over; lines follow within a second", async () => {
  const cwd = folder();
  const { plan, simulation } = simulationOf(TEXT, 5);
  const running: RunRecord = {
    ...recordOf(TEXT),
    simulation,
    run: null,
    statistics: populationStatistics(simulation, plan.spikesOf),
  };
  let now = 0;
  const out = opened(openOutFolder("run", "E", cwd, []));
  const results = openResults(out, running, () => now);
  const spikes = (): string => readFileSync(join(cwd, "run/spikes.csv"), "utf8");
  const traces = (): string => readFileSync(join(cwd, "run/traces.csv"), "utf8");
  expect(manifestIn(join(cwd, "run"))).toMatchObject({
    status: "running",
    complete: false,
    reason: "the run is not over, or was killed",
    simulated_ms: 0,
    files: [],
    counts: { spikes: 0 },
  });
  expect([spikes(), traces()]).toEqual(["t_ms,population,neuron\n", "t_ms,Ramp[0].V (mV)\n"]);
  results.take();
  simulation.advance(60);
  now = 100;
  results.take();
  simulation.spikes.clear();
  now = 260;
  results.take();
  expect(spikes()).toBe("t_ms,population,neuron\n5.1,Ramp,0\n");
  expect(traces().split("\n")).toHaveLength(63);
  simulation.advance(140);
  results.take();
  await results.finish(
    { ...running, run: { ending: { kind: "complete" }, wallTime: 1, threads: 1, divided: 0 } },
    { figure: null, sonata: null },
  );
  expect(spikes()).toBe("t_ms,population,neuron\n5.1,Ramp,0\n10.2,Ramp,0\n15.3,Ramp,0\n");
  expect(traces().split("\n")).toHaveLength(203);
  expect(manifestIn(join(cwd, "run"))).toMatchObject({ status: "complete", complete: true, reason: null });
});

test("each interval has its file, also where a run is told in slices; those of the run before do not stay", async () => {
  const cwd = folder();
  const text = `${RAMP}experiment E of Ramp { duration 20 ms; step 0.1 ms; seed 1; record V every 0.5 ms; record drive every 2 ms }`;
  const whole = recordOf(text);
  const running = { ...whole, ...simulationOf(text) };
  const out = opened(openOutFolder("run", "E", cwd, []));
  const results = openResults(out, { ...running, run: null });
  for (const steps of [7, 20, 3, 100, 70]) {
    running.simulation.advance(steps);
    results.take();
    for (const trace of running.simulation.traces) trace.clear();
  }
  const { files } = await results.finish(
    { ...running, run: { ending: { kind: "complete" }, wallTime: 1, threads: 1, divided: 0 } },
    { figure: null, sonata: null },
  );
  out.release();
  expect(files).toEqual(["spikes.csv", "traces_0.5ms.csv", "traces_2ms.csv", "manifest.json"]);
  const at = (name: string): string => readFileSync(join(cwd, "run", name), "utf8");
  expect([at("traces_0.5ms.csv").split("\n").length, at("traces_2ms.csv").split("\n").length]).toEqual([43, 13]);
  expect(at("traces_2ms.csv").split("\n").slice(0, 3)).toEqual(["t_ms,Ramp[0].drive (mV/ms)", "0,1", "2,1"]);
  await written(opened(openOutFolder("whole", "E", cwd, [])), whole, null);
  for (const name of ["traces_0.5ms.csv", "traces_2ms.csv"])
    expect(readFileSync(join(cwd, "whole", name), "utf8")).toBe(at(name));
  await written(opened(openOutFolder("run", "E", cwd, [])), recordOf(TEXT), null);
  expect(readdirSync(join(cwd, "run")).sort()).toEqual(["manifest.json", "spikes.csv", "traces.csv"]);
});

test("an interrupted run is written with what there is and is marked", async () => {
  const cwd = folder();
  await written(opened(openOutFolder("here", "E", cwd, [])), recordOf(TEXT, { kind: "interrupted" }, 100), null);
  expect(manifestIn(join(cwd, "here"))).toMatchObject({
    status: "stopped",
    complete: false,
    reason: "interrupted",
    duration_ms: 20,
    simulated_ms: 10,
  });
  expect(readFileSync(join(cwd, "here/spikes.csv"), "utf8")).toBe("t_ms,population,neuron\n5.1,Ramp,0\n");
});

test.skipIf(!existsSync("/dev/full"))(
  "I03: a file for which there is no room fails with its path, the others are written, the manifest is honest",
  async () => {
    const cwd = folder();
    mkdirSync(join(cwd, "run"));
    writeFileSync(join(cwd, "run/manifest.json"), JSON.stringify({ format: MANIFEST_FORMAT }));
    symlinkSync("/dev/full", join(cwd, "run/traces.csv"));
    const out = opened(openOutFolder("run", "E", cwd, []));
    const answer = await written(out, recordOf(TEXT), null);
    expect(answer.problems).toEqual([`cannot write ${join(out.realPath, "traces.csv")}: the disk is full`]);
    expect(manifestIn(join(cwd, "run"))).toMatchObject({
      status: "stopped",
      complete: false,
      reason: expect.stringMatching(/traces.csv: the disk is full/),
      files: [{ name: "spikes.csv" }, { name: "traces.csv", bytes: 0 }],
    });
    expect(readFileSync(join(cwd, "run/spikes.csv"), "utf8")).toContain("15.3,Ramp,0\n");
  },
);

test("F04: what cannot be begun keeps the run from beginning, and an earlier run's files as they were", async () => {
  const cwd = folder();
  await written(opened(openOutFolder("run", "E", cwd, [])), recordOf(TEXT), "<svg/>");
  const before = readdirSync(join(cwd, "run")).map((name) => [name, readFileSync(join(cwd, "run", name), "utf8")]);
  const script = `import { openResults } from ${JSON.stringify(resolve("src/simulate/results.ts"))};
    const simulation = { dt: 0.1, steps: 0, seed: 1, populations: [], projections: [], traces: [], warnings: [], rounded: [], spikes: { first: 0, length: 0 } };
    const plan = { name: "E", subject: "E", steps: 10, populations: [], setup: [], spikesOf: [] };
    const record = { plan, simulation, run: null, statistics: [], tooLong: [], sources: [], settings: ["x".repeat(20000)], versions: {} };
    const results = openResults({ realPath: process.cwd(), earlier: ["spikes.csv", "traces.csv", "figure.svg", "manifest.json"] }, record);
    try { results.take(); console.log("taken"); } catch (error) { console.log(error.name + ": " + error.message); }`;
  const tsx = resolve("node_modules/tsx/dist/esm/index.mjs");
  const said = execFileSync(
    "bash",
    ["-c", `trap '' XFSZ; ulimit -f 8; exec node --import ${tsx} --input-type=module -e "$SCRIPT"`],
    { cwd: join(cwd, "run"), env: { ...process.env, SCRIPT: script }, encoding: "utf8" },
  );
  expect(said.trim()).toMatch(
    /^WriteError: cannot write .*\/run\/manifest.json: it would be larger than files may be here$/,
  );
  expect(readdirSync(join(cwd, "run")).map((name) => [name, readFileSync(join(cwd, "run", name), "utf8")])).toEqual(
    before,
  );
});

test("an earlier run's figure and spikes.h5 do not stay beside results without them", async () => {
  const cwd = folder();
  await written(opened(openOutFolder("run", "E", cwd, [])), recordOf(TEXT), "<svg/>");
  writeFileSync(join(cwd, "run/spikes.h5"), "of an earlier run");
  await written(opened(openOutFolder("run", "E", cwd, [])), recordOf(TEXT), null);
  expect(readdirSync(join(cwd, "run")).sort()).toEqual(["manifest.json", "spikes.csv", "traces.csv"]);
});
