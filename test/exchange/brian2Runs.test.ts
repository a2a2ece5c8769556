// What is exported with --exact runs in Brian2, and gives glif's spikes to the step. Where Brian2 is not installed (Debian: python3-brian), nothing is run.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { glif } from "../cli/helpers.ts";
import { ROOT } from "../snippets.ts";

const PYTHON = ["python3", "/usr/bin/python3"].find((python) => {
  try {
    execFileSync(python, ["-c", "import brian2"], { stdio: "ignore", timeout: 120_000 });
    return true;
  } catch {
    return false;
  }
});

/** Each script in one process: what starting Brian2 takes is paid once. */
const DRIVER = `
import os, sys, traceback, warnings
warnings.simplefilter("ignore")
from brian2 import BrianLogger, prefs, start_scope
prefs.codegen.target = "numpy"
BrianLogger.suppress_name("resolution_conflict")
for folder in sys.argv[1:]:
    os.chdir(folder)
    start_scope()
    script = [name for name in os.listdir(".") if name.endswith(".py")][0]
    try:
        exec(compile(open(script, encoding="utf-8").read(), script, "exec"), {"__name__": "__main__"})
    except Exception:
        open("failed.txt", "w").write(traceback.format_exc())
`;

/** `inWords`: without --exact, with random numbers of its own. */
const CASES: readonly { readonly file: string; readonly experiment: string; readonly inWords?: true }[] = [
  { file: "test/exchange/brian2/neuron.glif", experiment: "Step" },
  { file: "test/exchange/brian2/events.glif", experiment: "Events" },
  { file: "test/exchange/brian2/rests.glif", experiment: "Rests" },
  { file: "test/exchange/brian2/network.glif", experiment: "Run" },
  { file: "test/exchange/brian2/plasticity.glif", experiment: "Learn" },
  { file: "test/exchange/brian2/noise.glif", experiment: "Noise", inWords: true },
  { file: "test/exchange/brian2/network.glif", experiment: "Run", inWords: true },
  { file: "test/exchange/brian2/clock.glif", experiment: "Clock" },
  { file: "test/exchange/brian2/each.glif", experiment: "Each" },
  { file: "test/exchange/brian2/each.glif", experiment: "Each", inWords: true },
  { file: "models/izhikevich.glif", experiment: "TonicBursting" },
];

describe.skipIf(PYTHON === undefined)("Brian2 is installed", () => {
  const folder = mkdtempSync(join(tmpdir(), "glif-brian2-"));
  const at = ({ experiment, inWords }: (typeof CASES)[number], name: string): string =>
    join(folder, `${experiment}${inWords === true ? "InWords" : ""}`, name);

  beforeAll(async () => {
    for (const c of CASES) {
      const exported = ["export", "brian2", c.file, c.experiment, "-o", at(c, "brian2")];
      const done = await glif(ROOT, c.inWords === true ? exported : [...exported, "--exact"]);
      expect(done.code, done.err).toBe(0);
      const run = ["run", c.file, c.experiment, "-q", "--no-figure", "--seed", "3", "--out", at(c, "glif")];
      const ran = await glif(ROOT, run);
      expect(ran.code, ran.err).toBe(0);
    }
    writeFileSync(join(folder, "driver.py"), DRIVER);
    execFileSync(PYTHON ?? "", [join(folder, "driver.py"), ...CASES.map((c) => at(c, "brian2"))], {
      stdio: "ignore",
      timeout: 550_000,
    });
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(CASES.filter((c) => c.inWords === true))(
    "$experiment of $file in Brian2's own words runs, with about as many spikes",
    (c) => {
      expect(readOr(at(c, "brian2/failed.txt"), "")).toBe("");
      const [own, other] = ["glif", "brian2"].map(
        (name) => readFileSync(at(c, `${name}/spikes.csv`), "utf8").split("\n").length - 2,
      );
      expect(other).toBeGreaterThan((own ?? 0) / 3);
      expect(other).toBeLessThan((own ?? 0) * 3);
    },
  );

  test.each(CASES.filter((c) => c.inWords !== true))(
    "$experiment of $file: the same spikes, and traces that differ by rounding",
    (c) => {
      const failed = readOr(at(c, "brian2/failed.txt"), "");
      expect(failed).toBe("");
      const spikes = readFileSync(at(c, "glif/spikes.csv"), "utf8");
      expect(spikes.split("\n").length).toBeGreaterThan(6);
      expect(readFileSync(at(c, "brian2/spikes.csv"), "utf8")).toBe(spikes);
      const [own, other] = ["glif", "brian2"].map((name) => table(readOr(at(c, `${name}/traces.csv`), "t_ms\n0\n")));
      for (const [name, values] of other ?? []) {
        const expected = own?.get(name) ?? [];
        for (const [k, value] of values.entries())
          expect(value, `${name} at sample ${k}`).toBeCloseTo(expected[k] ?? NaN, 6);
      }
    },
  );
});

test.skipIf(PYTHON !== undefined)("Brian2 is not installed: no exported script is run", () => {
  expect(PYTHON).toBeUndefined();
});

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}

function table(csv: string): ReadonlyMap<string, readonly number[]> {
  const [head = "", ...rows] = csv.trim().split("\n");
  return new Map(head.split(",").map((name, k) => [name, rows.map((row) => Number(row.split(",")[k]))]));
}
