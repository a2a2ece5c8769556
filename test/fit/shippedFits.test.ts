// The fits of models/fits: known numbers come back from noisy recordings that the repository makes, as far as scripts/fits.ts says, and say which model they need.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fits, knownRecordings, runFitExhibit } from "../../scripts/fits.ts";
import { glif } from "../cli/helpers.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const FITS = "models/fits";
const SLOW = { timeout: 120_000 };

test("every file of models/fits is in order, and every fit in the gallery", SLOW, async () => {
  const files = readdirSync(join(ROOT, FITS)).filter((f) => f.endsWith(".glif"));
  const { code, err } = await glif(ROOT, ["check", ...files.map((f) => `${FITS}/${f}`)]);
  expect(err).not.toMatch(/error|warning/);
  expect(code).toBe(0);
  const declared = files.flatMap((f) =>
    [...readFileSync(join(ROOT, FITS, f), "utf8").matchAll(/^fit (\S+) of/gmu)].map((m) => m[1]),
  );
  expect(fits.map((f) => f.fit).sort()).toEqual(declared.sort());
  const readme = readFileSync(join(ROOT, FITS, "README.md"), "utf8");
  for (const { fit } of fits.filter((f) => f.known !== null)) expect(readme).toContain(`### ${fit}\n`);
});

test("the recordings are what the known numbers give", SLOW, async () => {
  const kept = join(ROOT, FITS, "recordings");
  const made = await knownRecordings();
  expect([...made.keys()].sort()).toEqual(readdirSync(kept).sort());
  for (const [file, text] of made) expect(text, file).toBe(readFileSync(join(kept, file), "utf8"));
});

test.for(fits.filter((f) => f.known !== null))("known numbers come back: $fit", SLOW, async (exhibit) => {
  const known = exhibit.known ?? {};
  const { report } = await runFitExhibit(exhibit);
  const [model, floor] = report.models;
  expect(model?.numbers.map((n) => n.name)).toEqual(Object.keys(known));
  for (const { name, value, unit } of model?.numbers ?? []) {
    const [truth = NaN, off = NaN] = known[name] ?? [];
    expect(Math.abs(value - truth), `${name} = ${value} ${unit}, of ${truth}`).toBeLessThan(off * Math.abs(truth));
  }
  if (floor === undefined) return;
  expect(report.choice?.model).toBe(0);
  expect(model?.test?.loss ?? NaN).toBeLessThan((floor.test?.loss ?? NaN) - 0.2);
});
