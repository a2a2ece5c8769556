// A fit over the sweeps of a recording: which are seen and kept back, what each was given, and that its comparisons show the same scores.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ComparisonResult } from "../../src/compare/comparison.ts";
import type { FitReport } from "../../src/fit/fitReport.ts";
import { folderWith, glif } from "./helpers.ts";

const NEURON = `neuron LIF {
  param C = 100 pF, G = 5 nS, E_L = -70 mV, Θ = -50 mV
  input I_e : pA
  state V = E_L
  V' = (G*(E_L - V) + I_e)/C
  spike when V > Θ
  reset { V <- -60 mV }
}
`;
const MODEL = `${NEURON}experiment Steps of LIF {
  duration 200 ms
  I_e = file("cell.csv", column: "I_e", sweep: 1)
}
fit Cell of LIF {
  under Steps
  reference recording("cell.csv", "spikes.csv")
  free C in 50 pF .. 300 pF logarithmic, G in 2 nS .. 20 nS logarithmic
  measure subthreshold_rmse(V, before: 1 ms, after: 1 ms), rate
  train 0, 2 .. 3
  test 1, 4
  seeds 1
  evaluations 60
}
`;

/** Five sweeps of steps of 50 to 250 pA, of a neuron with C = 140 pF and G = 8 nS. */
async function recorded(): Promise<string> {
  const cwd = folderWith({ "fit.glif": MODEL });
  const rows = ["t (ms),sweep,V (mV),I_e (pA)"];
  const spikes = ["t (ms),sweep"];
  for (let sweep = 0; sweep < 5; sweep++) {
    const level = 50 * (sweep + 1);
    writeFileSync(
      join(cwd, "truth.glif"),
      `${NEURON}experiment Truth of LIF { duration 200 ms; C = 140 pF; G = 8 nS; I_e = pulse(${level} pA, from: 20 ms, to: 180 ms); record V, I_e }\n`,
    );
    expect((await glif(cwd, ["run", "truth.glif", "--out", `t${sweep}`, "-q"])).code).toBe(0);
    for (const line of readFileSync(join(cwd, `t${sweep}`, "spikes.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1))
      spikes.push(`${line.split(",")[0] ?? ""},${sweep}`);
    const lines = readFileSync(join(cwd, `t${sweep}`, "traces.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1);
    for (const line of lines) {
      const [t, V, I] = line.split(",");
      rows.push(`${t ?? ""},${sweep},${V ?? ""},${I ?? ""}`);
    }
  }
  writeFileSync(join(cwd, "cell.csv"), `${rows.join("\n")}\n`);
  writeFileSync(join(cwd, "current.csv"), `${rows.map((row) => row.replace(/,[^,]*(,[^,]*)$/, "$1")).join("\n")}\n`);
  writeFileSync(join(cwd, "spikes.csv"), `${spikes.join("\n")}\n`);
  return cwd;
}

test(
  "numbers are found by some sweeps and tried on others, each with its own current",
  { timeout: 120_000 },
  async () => {
    const cwd = await recorded();
    const { code, err } = await glif(cwd, ["fit", "fit.glif", "--out", "o", "--workers", "1"]);
    expect([code, err]).toEqual([0, expect.stringMatching(/sweeps 0,\s+2 to 3 seen, sweeps 1, 4 kept back/u)]);
    const report = JSON.parse(readFileSync(join(cwd, "o", "fit.json"), "utf8")) as FitReport;
    const [model] = report.models;
    expect(model?.numbers.map((n) => [n.name, Math.round(n.value)])).toEqual([
      ["C", 140],
      ["G", 8],
    ]);
    expect(model?.bySweep.map((s) => [s.label, s.isKept, s.recordedSpikes === s.spikes])).toEqual([
      ["Steps, sweep 0", false, true],
      ["Steps, sweep 2", false, true],
      ["Steps, sweep 3", false, true],
      ["Steps, sweep 1", true, true],
      ["Steps, sweep 4", true, true],
    ]);
    expect(model?.bySweep.at(-1)?.spikes).toBeGreaterThan(model?.bySweep[2]?.spikes ?? NaN);
    // The comparisons that were written, one a sweep that was kept back, have the same scores to the bit.
    for (const [sweep, at] of [
      [1, 3],
      [4, 4],
    ] as const) {
      const { out } = await glif(cwd, [
        "compare",
        "o/fitted.glif",
        `Cell_sweep${sweep}`,
        "--json",
        "--out",
        `c${sweep}`,
      ]);
      const { cells, doc } = (JSON.parse(out) as { readonly comparison: ComparisonResult }).comparison;
      expect(doc).toBe("Cell again, on what was kept back.");
      expect(cells.map((c) => c.mean)).toEqual(model?.bySweep[at]?.terms);
    }
    // A current in a file of its own is each sweep's as well.
    writeFileSync(join(cwd, "fit.glif"), MODEL.replace('file("cell.csv"', 'file("current.csv"'));
    expect((await glif(cwd, ["fit", "fit.glif", "--out", "o2", "--workers", "1"])).code).toBe(0);
    const other = JSON.parse(readFileSync(join(cwd, "o2", "fit.json"), "utf8")) as FitReport;
    expect(other.models[0]?.bySweep).toEqual(model?.bySweep);
  },
);

test("what cannot be meant of sweeps is told", async () => {
  const cwd = await recorded();
  const check = async (from: string, to: string): Promise<string> => {
    writeFileSync(join(cwd, "m.glif"), MODEL.replace(from, to));
    return (await glif(cwd, ["check", "m.glif"])).err;
  };
  expect(await check("test 1, 4", "test 1, 2")).toContain("sweep 2 is named twice");
  expect(await check("test 1, 4", "test 1, 7")).toContain("has no sweep 7");
  expect(await check("test 1, 4", "test 1, 4 .. 3")).toContain("the first sweep comes after the last");
  expect(await check("test 1, 4", "test 1, 0 ms .. 30 ms")).toContain("times stand beside numbers of sweeps");
  expect(await check("train 0, 2 .. 3\n  test 1, 4", "train 5 ms")).toContain("a window has two ends");
  expect(await check("train 0, 2 .. 3\n  test 1, 4", "")).toContain("has 5 sweeps");
});
