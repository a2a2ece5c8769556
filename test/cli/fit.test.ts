// glif fit: what it writes, says and refuses, how it goes on, and that the fitted models give its scores again.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ComparisonResult } from "../../src/compare/comparison.ts";
import type { FitReport } from "../../src/fit/fitReport.ts";
import { valueText } from "../../src/report/numbers.ts";
import { folderWith, glif } from "./helpers.ts";

const SLOW = { timeout: 120_000 };

const NEURONS = `neuron LIF {
  param C = 100 pF, G = 5 nS, E_L = -70 mV, Θ = -50 mV
  state V : mV = E_L
  input I_e : pA
  V' = (G*(E_L - V) + I_e)/C
  spike when V > Θ
  reset { V <- -60 mV }
}
neuron GLIF extends LIF {
  index j = 1..2
  param δI[j] = [-20, 0] pA, k[j] = [0.02, 0.1] /ms
  state I[j] : pA = 0 pA
  I[j]' = -k[j]*I[j]
  I_e += sum(I)
  reset { V <- -60 mV; I[j] <- I[j] + δI[j] }
}
experiment Truth of GLIF {
  duration 300 ms
  C = 140 pF; G = 8 nS; E_L = -65 mV; Θ = -45 mV; δI[1] = -60 pA
  I_e = 250 pA + sine(120 pA, frequency: 7 Hz)
  record V
}
experiment Recorded of LIF {
  duration 300 ms
  I_e = 250 pA + sine(120 pA, frequency: 7 Hz)
}
`;
const CELL = `import LIF, GLIF, Recorded from "neurons.glif"
/// Numbers of a cell that was made up.
fit Cell of GLIF, LIF {
  under Recorded
  reference recording("rec/traces.csv", "rec/spikes.csv")
  free C in 50 pF .. 300 pF logarithmic, G in 2 nS .. 20 nS logarithmic
  free E_L in -80 mV .. -55 mV, Θ in -55 mV .. -40 mV, δI[1] in -150 pA .. 0 pA
  measure explained_variance(sigma: 4 ms), 0.5*subthreshold_rmse(V, before: 1 ms, after: 1 ms)
  train 0 ms .. 200 ms
  test 200 ms .. 300 ms
  seeds 2
  evaluations 100
}
`;

/** A folder with models, the recording that one of them has made, and the fit. */
async function recorded(cell = CELL, neurons = NEURONS): Promise<string> {
  const cwd = folderWith({ "neurons.glif": neurons, "cell.glif": cell });
  expect((await glif(cwd, ["run", "neurons.glif", "Truth", "--out", "rec", "-q"])).code).toBe(0);
  return cwd;
}

function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.\w+$/.test(name))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

const reportOf = (folder: string): FitReport => JSON.parse(readFileSync(join(folder, "fit.json"), "utf8"));

/** Scores of the comparison that a fit has written, by model and measure. */
async function again(cwd: string, folder: string): Promise<(number | null)[][]> {
  const { code, err } = await glif(cwd, [
    "compare",
    `${folder}/fitted.glif`,
    "--out",
    "again",
    "-q",
    "--no-step-check",
  ]);
  expect([code, err]).toEqual([0, ""]);
  const { cells, variants } = JSON.parse(readFileSync(join(cwd, "again/comparison.json"), "utf8")) as ComparisonResult;
  return variants.map((_, v) => cells.filter((c) => c.variant === v).map((c) => c.mean));
}

function meanText(scatter: FitReport["models"][number]["scatter"]): string {
  return scatter === null ? "?" : `${valueText(scatter.mean)} ± ${valueText(scatter.error, 2)}`;
}

test(
  "a fit finds the numbers that made the recording, says which model it needs, and writes what gives its scores again",
  SLOW,
  async () => {
    const cwd = await recorded();
    const { code, out, err } = await glif(cwd, ["fit", "cell.glif"]);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toMatch(/^Cell: GLIF and LIF fitted to rec\/traces\.csv, rec\/spikes\.csv \(\d+ spikes and 1/);
    expect(err).toMatch(/The data need GLIF \(5 free numbers/);
    expect(err).toMatch(/report.html, report.md, fitted.glif, fit.json, figures in out\/Cell-1\n$/);
    const folder = join(cwd, "out/Cell-1");
    const report = reportOf(folder);
    expect(report).toMatchObject({
      format: "glif-fit 1",
      complete: true,
      doc: "Numbers of a cell that was made up.",
      train: [{ from: 0, until: 200 }],
      test: [{ from: 200, until: 300 }],
      objective: [{ weight: 1 }, { weight: 0.5 }],
      choice: { model: 0 },
      about: { command: ["fit", "cell.glif", "Cell"] },
    });
    const numbers = Object.fromEntries(report.models[0]?.numbers.map((n) => [n.name, n]) ?? []);
    for (const [name, truth, unit] of [
      ["C", 140, "pF"],
      ["G", 8, "nS"],
      ["E_L", -65, "mV"],
      ["δI[1]", -60, "pA"],
    ] as const) {
      expect(numbers[name]?.value).toBeCloseTo(truth, 6);
      expect(numbers[name]?.unit).toBe(unit);
    }
    expect(numbers["Θ"]?.value).toBeGreaterThan(-45.2);
    expect(numbers["Θ"]?.value).toBeLessThan(-44.8);
    expect(report.models[0]?.test?.terms[0]).toBeGreaterThan(0.999);
    expect(report.models[1]?.test?.terms[0]).toBeLessThan(0.95);
    // A number that LIF lacks is not sought in it.
    expect(report.models[1]?.numbers.map((n) => n.name)).toEqual(["C", "G", "E_L", "Θ"]);
    expect(await again(cwd, "out/Cell-1")).toEqual(report.models.map((m) => m.test?.terms));
    const files = contents(folder);
    expect(files["fitted.glif"]).toMatch(/neuron GLIF_Cell extends GLIF \{\n {2}param C = 1[34]\d[.\d]* pF/);
    for (const [, name = ""] of (files["report.md"] ?? "").matchAll(/\]\((figures\/[^)]+)\)/g))
      expect(Object.keys(files)).toContain(name);
    // What was kept back is drawn, nothing else.
    const drawn = [...(files["figures/overlay-Recorded.svg"] ?? "").matchAll(/>(\d+)<\/text>/gu)].map((m) => m[1]);
    expect(drawn).toContain("220");
    expect(drawn).not.toContain("100");
    for (const text of [files["report.html"], files["report.md"]]) {
      expect(text).toContain("Traces under Recorded, 200 ms to 300 ms");
      expect(text).toContain("How they were found");
      expect(text).toContain("least squares on the recorded trace");
      // The loss that the choice is made by, beside that of the numbers themselves.
      expect(text).toContain("Loss, numbers up to 0.5 % off");
      for (const { scatter } of report.models) expect(text?.replaceAll("\\", "")).toContain(meanText(scatter));
    }
  },
);

test(
  "the same bytes after an interruption and with any number of workers; another fit is not gone on with",
  SLOW,
  async () => {
    const cwd = await recorded(CELL.replace("GLIF, LIF", "LIF").replace(", δI[1] in -150 pA .. 0 pA", ""));
    expect((await glif(cwd, ["fit", "cell.glif", "--out", "whole", "-q"])).code).toBe(0);
    let asked = 0;
    const stopped = await glif(cwd, ["fit", "cell.glif", "Cell", "--out", "stopped", "-q", "--workers", "1"], {
      interrupting: (stop) => {
        const timer = setInterval(() => {
          if (++asked > 3) {
            clearInterval(timer);
            stop(130);
          }
        }, 1);
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.err).toMatch(/error: interrupted; what was found so far is in stopped\nhelp: the same command/);
    expect(existsSync(join(cwd, "stopped/jobs.jsonl"))).toBe(true);
    expect(reportOf(join(cwd, "stopped"))).toMatchObject({ complete: false, choice: null });
    const other = await glif(cwd, ["fit", "cell.glif", "--out", "stopped", "--evaluations", "50"]);
    expect([other.code, other.err]).toEqual([2, expect.stringMatching(/holds an unfinished fit of something else/)]);
    expect((await glif(cwd, ["fit", "cell.glif", "--out", "stopped", "-q", "--workers", "3"])).code).toBe(0);
    expect(contents(join(cwd, "stopped"))).toEqual(contents(join(cwd, "whole")));
  },
);

test("no number depends on what is kept back", SLOW, async () => {
  const cwd = await recorded(CELL.replace("GLIF, LIF", "LIF").replace(", δI[1] in -150 pA .. 0 pA", ""));
  const numbers = async (out: string): Promise<[unknown, unknown]> => {
    expect((await glif(cwd, ["fit", "cell.glif", "--out", out, "-q"])).code).toBe(0);
    const [model] = reportOf(join(cwd, out)).models;
    return [model?.numbers, model?.test];
  };
  const [found, kept] = await numbers("before");
  const path = join(cwd, "rec/spikes.csv");
  writeFileSync(path, `${readFileSync(path, "utf8").replaceAll(/^2\d\d\..*\n/gmu, "")}250,GLIF,0\n`);
  const [again, other] = await numbers("after");
  expect(again).toEqual(found);
  expect(other).not.toEqual(kept);
});

test("what is fitted can be said on the command line alone", SLOW, async () => {
  const cwd = await recorded(
    `import LIF, GLIF, Recorded from "neurons.glif"\nneuron Own extends LIF { }\nexperiment Here of Own { duration 300 ms; I_e = 250 pA + sine(120 pA, frequency: 7 Hz) }\n`,
  );
  const words = ["fit", "cell.glif", "Own", "--to", "rec/traces.csv", "--to", "rec/spikes.csv", "--free", "C in 50 pF .. 300 pF logarithmic", "--free", "Θ in -55 mV .. -40 mV", "--measure", "explained_variance(sigma: 4 ms)", "--train", "0 ms .. 200 ms", "--test", "200 ms .. 300 ms", "--seeds", "1", "--evaluations", "40", "--profile", "--json", "-q"]; // prettier-ignore
  const { code, out, err } = await glif(cwd, words);
  expect([code, err]).toEqual([0, ""]);
  const { fit, complete } = JSON.parse(out) as { fit: FitReport; complete: boolean };
  expect(complete).toBe(true);
  expect(fit.name).toBe("Fit");
  expect(fit.models[0]?.numbers.map((n) => n.name)).toEqual(["C", "Θ"]);
  expect(fit.models[0]?.evaluations).toBeGreaterThan(0);
  expect(fit.about.command.at(-1)).toBe("--profile");
  for (const n of fit.models[0]?.numbers ?? [])
    expect(n.because).toMatch(/^95 %, by its profile over the other numbers/);
  expect(await again(cwd, "out/Fit-1")).toEqual(fit.models.map((m) => m.test?.terms));
});

test("what cannot be fitted is refused with the way out", SLOW, async () => {
  const cwd = await recorded();
  const tell = async (...words: string[]): Promise<string> => {
    const { code, err } = await glif(cwd, ["fit", ...words]);
    expect(code).not.toBe(0);
    return err;
  };
  expect(await tell("cell.glif", "Sell")).toBe("error: cell.glif has no fit Sell; did you mean Cell?\n");
  expect(await tell("neurons.glif")).toMatch(
    /neurons\.glif has no fit[^]*help: a fit says what may change[^]*--to cell\.csv/,
  );
  expect(await tell("cell.glif", "Cell", "--free", "C in 1 pF .. 2 pF")).toMatch(
    /a fit that is declared says this itself/,
  );
  expect(await tell("neurons.glif", "LIF", "--to", "rec/spikes.csv", "--free", "C in 1 pF .. 2 pF")).toMatch(
    /neurons\.glif has several experiments; name that of the recording with --under: Truth, Recorded/,
  );
  expect(await tell("neurons.glif", "LIF", "--to", "rec/spikes.csv", "--under", "Recorded")).toMatch(/nothing is free/);
  expect(
    await tell("neurons.glif", "LIF", "--to", "rec/spikes.csv", "--under", "Recorded", "--free", "C in 2 mV .. 1 pF"),
  ).toMatch(/a bound of `C` must be a capacitance/);
  expect(
    await tell("neurons.glif", "LIF", "--to", "rec/none.csv", "--under", "Recorded", "--free", "C in 1 pF .. 2 pF"),
  ).toMatch(/cannot read the recording "rec\/none\.csv"/);
  mkdirSync(join(cwd, "mine"));
  writeFileSync(join(cwd, "mine/notes.txt"), "mine");
  expect(await tell("cell.glif", "--out", "mine")).toMatch(/holds files that are no earlier fit of glif/);
});

test(
  "what only the recording and the plan show: windows beyond them, no spikes, what decides the duration",
  SLOW,
  async () => {
    const cwd = await recorded();
    const check = async (from: string | RegExp, to: string): Promise<string> => {
      writeFileSync(join(cwd, "other.glif"), CELL.replace(from, to));
      const { code, err } = await glif(cwd, ["check", "other.glif"]);
      expect(code).toBe(1);
      return err;
    };
    expect(await check("test 200 ms .. 300 ms", "test 200 ms .. 400 ms")).toMatch(
      /error\[comparison\/bad-window\]: this window lies outside of `Recorded`, which lasts 300 ms/,
    );
    writeFileSync(join(cwd, "short.csv"), "t (ms),V (mV)\n0,-65\n0.1,-64\n100,-65\n");
    expect(await check(/recording\(.*\)/, 'recording("short.csv", "rec/spikes.csv")')).toMatch(
      /this window lies outside of the recording, which goes from 0 ms to 100 ms/,
    );
    expect(await check(/recording\(.*\)/, 'recording("rec/traces.csv")')).toMatch(
      /error\[fit\/spikes-unknown\]: `explained_variance` compares spikes, and the spikes of the recording are not known/,
    );
    expect(await check(/recording\(.*\)/, 'recording("rec/spikes.csv")')).toMatch(/error\[recording\//);
    writeFileSync(
      join(cwd, "long.glif"),
      `import LIF from "neurons.glif"\nexperiment E of LIF { param T = 300 ms; duration T; I_e = 300 pA }\nfit F of LIF { under E; reference recording("rec/spikes.csv"); free T in 200 ms .. 400 ms, C in 1 pF .. 200 pF }\n`,
    );
    expect((await glif(cwd, ["check", "long.glif"])).err).toMatch(
      /error\[fit\/free-decides\]: `T` decides the duration/,
    );
  },
);

test("explain says which way a fit takes, and why", SLOW, async () => {
  const cwd = await recorded();
  const { code, out } = await glif(cwd, ["explain", "cell.glif", "Cell"]);
  expect(code).toBe(0);
  expect(out).toMatch(/GLIF, 5 free numbers:\n {2}1\. C, G, E_L and δI\[1\] by least squares on the recorded V/);
  expect(out).toMatch(/2\. Θ where the recorded spikes are most likely/);
  expect(out).toMatch(/3\. a search from there \(CMA-ES \(Hansen 2016\), from 2 seeds, with 100 runs/);
});
