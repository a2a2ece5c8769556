// The files of a run together: the manifest tells what stands beside it, and one file that fails takes no other with it.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { manifestText, MANIFEST_FORMAT, type RunRecord } from "../../src/simulate/manifest.ts";
import { openOutFolder, type OutFolder } from "../../src/simulate/outFolder.ts";
import { writeResults } from "../../src/simulate/results.ts";
import type { Ending } from "../../src/simulate/run.ts";
import { populationStatistics } from "../../src/simulate/spikeStatistics.ts";
import { folder, RAMP, simulationOf } from "./helpers.ts";

function recordOf(text: string, ending: Ending = { kind: "complete" }, steps?: number): RunRecord {
  const { plan, simulation } = simulationOf(text, 5);
  simulation.advance(steps ?? plan.steps ?? 0);
  return {
    plan,
    simulation,
    run: { ending, wallTime: 0.25 },
    statistics: populationStatistics(simulation, plan.spikesOf),
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

test("a finished run: four files, and a manifest that says what they are", () => {
  const cwd = folder();
  const record = recordOf(TEXT);
  expect(writeResults(opened(openOutFolder(null, "E", cwd, [])), record, "<svg/>")).toEqual({ files: ["spikes.csv", "traces.csv", "figure.svg", "manifest.json"], problems: [] });
  const at = join(cwd, "out/E-1");
  expect(readdirSync(at).sort()).toEqual(["figure.svg", "manifest.json", "spikes.csv", "traces.csv"]);
  const manifest = JSON.parse(readFileSync(join(at, "manifest.json"), "utf8"));
  expect(manifest).toMatchObject({
    format: MANIFEST_FORMAT, versions: { glif: "0.1.0", node: "v20" }, experiment: "E", subject: "Ramp", complete: true, reason: null,
    source: { path: "test.glif", sha256: "ab" }, settings: ["--set V=1 mV"], seed: 5, step_ms: 0.1, duration_ms: 20, simulated_ms: 20,
    counts: { neurons: 1, spikes: 3, traces: 1 }, warnings: [], wall_time_s: 0.25,
  });
  expect(manifest.populations[0]).toMatchObject({ name: "Ramp", size: 1, spikes: 3, rate_hz: 150 });
  expect(manifest.populations[0].methods[0]).toMatchObject({ states: ["V"], method: "exact", reason: expect.stringMatching(/linear/) });
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

test("an interrupted run is written with what there is and is marked", () => {
  const cwd = folder();
  const record = recordOf(TEXT, { kind: "interrupted" }, 100);
  writeResults(opened(openOutFolder("here", "E", cwd, [])), record, null);
  expect(JSON.parse(readFileSync(join(cwd, "here/manifest.json"), "utf8"))).toMatchObject({ complete: false, reason: "interrupted", duration_ms: 20, simulated_ms: 10 });
  expect(readFileSync(join(cwd, "here/spikes.csv"), "utf8")).toBe("t_ms,population,neuron\n5.1,Ramp,0\n");
});

test.skipIf(!existsSync("/dev/full"))("I03: a file for which there is no room fails with its path, the others are written, the manifest is honest", () => {
  const cwd = folder();
  mkdirSync(join(cwd, "run"));
  writeFileSync(join(cwd, "run/manifest.json"), JSON.stringify({ format: MANIFEST_FORMAT }));
  symlinkSync("/dev/full", join(cwd, "run/traces.csv"));
  const out = opened(openOutFolder("run", "E", cwd, []));
  const written = writeResults(out, recordOf(TEXT), null);
  expect(written.files).toEqual(["spikes.csv", "manifest.json"]);
  expect(written.problems).toEqual([`cannot write ${join(out.realPath, "traces.csv")}: the disk is full`]);
  const manifest = JSON.parse(readFileSync(join(cwd, "run/manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ complete: false, reason: expect.stringMatching(/traces.csv: the disk is full/), files: [{ name: "spikes.csv" }] });
});

test("an earlier run's figure does not stay beside results without one", () => {
  const cwd = folder();
  writeResults(opened(openOutFolder("run", "E", cwd, [])), recordOf(TEXT), "<svg/>");
  writeResults(opened(openOutFolder("run", "E", cwd, [])), recordOf(TEXT), null);
  expect(readdirSync(join(cwd, "run")).sort()).toEqual(["manifest.json", "spikes.csv", "traces.csv"]);
});
