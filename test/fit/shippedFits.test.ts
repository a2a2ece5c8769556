// The fits of models/fits: known numbers come back from a noisy recording that the repository makes, and say which model they need.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { FitReport } from "../../src/fit/fitReport.ts";
import { glif } from "../cli/helpers.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const FITS = "models/fits";
const SLOW = { timeout: 120_000 };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "glif-fits-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("every file of models/fits is in order", SLOW, async () => {
  const files = readdirSync(join(ROOT, FITS)).filter((f) => f.endsWith(".glif"));
  expect(files).toEqual(["recovered.glif", "steps.glif", "truth.glif"]);
  const { code, err } = await glif(ROOT, ["check", ...files.map((f) => `${FITS}/${f}`)]);
  expect(err).toMatch(/recovered\.glif: ok, 1 experiment, 1 fit\n/);
  expect(code).toBe(0);
});

test("the recording is what the known numbers give", SLOW, async () => {
  const out = folder();
  expect((await glif(ROOT, ["run", `${FITS}/truth.glif`, "Recorded", "--out", out, "-q"])).code).toBe(0);
  for (const [made, kept] of [
    ["traces.csv", "recovered_V.csv"],
    ["spikes.csv", "recovered_spikes.csv"],
  ] as const)
    expect(readFileSync(join(out, made), "utf8")).toBe(readFileSync(join(ROOT, FITS, kept), "utf8"));
});

test("known numbers come back from a noisy second, and a leaky integrator would not do", SLOW, async () => {
  const out = join(folder(), "fit");
  expect((await glif(ROOT, ["fit", `${FITS}/recovered.glif`, "--out", out, "-q"])).code).toBe(0);
  const report = JSON.parse(readFileSync(join(out, "fit.json"), "utf8")) as FitReport;
  const [model, lif] = report.models;
  const truth = { C: 90, G: 6, E_L: -72, Θ_inf: -48, "δI[1]": -14, "δI[2]": -120, δΘ_s: 3.5 };
  expect(model?.numbers.map((n) => n.name)).toEqual(Object.keys(truth));
  for (const { name, value, interval, unit } of model?.numbers ?? []) {
    const known = truth[name as keyof typeof truth];
    expect(Math.abs(value - known), `${name} = ${value} ${unit}, of ${known}`).toBeLessThan(0.13 * Math.abs(known));
    const half = ((interval?.[1] ?? NaN) - (interval?.[0] ?? NaN)) / 2;
    expect(Math.abs(value - known), `${name}: ${value} ± ${half} ${unit}, of ${known}`).toBeLessThan(3 * half);
  }
  expect(report.choice?.model).toBe(0);
  expect(model?.test?.loss ?? NaN).toBeLessThan((lif?.test?.loss ?? NaN) - 0.05);
});
