// The law of fitted.glif: whatever is free and whatever else is set, the comparison that it holds gives every reported score again, to the bit.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ComparisonResult } from "../../src/compare/comparison.ts";
import type { FitReport } from "../../src/fit/fitReport.ts";
import { folderWith, glif } from "../cli/helpers.ts";

const NEURONS = `neuron LIF {
  param C = 100 pF, G = 5 nS, E_L = -70 mV, Θ = -50 mV, V_r = -60 mV, t_ref = 2 ms
  state V : mV = E_L
  input I_e : pA
  V' = (G*(E_L - V) + I_e)/C
  spike when V > Θ
  reset { V <- V_r }
  refractory t_ref
}
neuron GLIF extends LIF {
  index j = 1..2
  param δI[j] = [-20, -5] pA, k[j] = [0.02, 0.1] /ms
  state I[j] : pA = 0 pA
  I[j]' = -k[j]*I[j]
  I_e += sum(I)
  reset { V <- V_r; I[j] <- I[j] + δI[j] }
}
neuron Escaping extends LIF {
  param Δ = 2 mV
  spike with rate exp((V - Θ)/Δ)/(1 ms)
}
neuron Noisy extends LIF {
  param σ = 1 mV/sqrt(ms)
  V' = (G*(E_L - V) + I_e)/C + σ*ξ
}
neuron Patched extends LIF {
  param R_s = 10 MΩ
  let V_e = V + R_s*I_e
}
experiment Truth of LIF {
  duration 200 ms
  C = 140 pF; G = 8 nS; E_L = -65 mV; Θ = -45 mV
  I_e = 250 pA + sine(120 pA, frequency: 17 Hz)
  record V
}
experiment Recorded of LIF { duration 200 ms; I_e = 250 pA + sine(120 pA, frequency: 17 Hz) }
/// Sets what is sought, and has a number of its own.
experiment Setting of LIF {
  param I_0 = 200 pA
  duration 200 ms
  C = 90 pF
  V = E_L + 2 mV
  I_e = I_0 + sine(120 pA, frequency: 17 Hz)
}
`;
const RECORDING = 'reference recording("rec/traces.csv", "rec/spikes.csv")';
const MEASURES = "measure explained_variance(sigma: 4 ms), 0.3*subthreshold_rmse(V), rate";

const FITS: Readonly<Record<string, string>> = {
  "elements, an initial value, and what braces fix": `of GLIF, GLIF { δI[2] = 0 pA, method euler } as "one \\"current\\"", LIF {
    under Recorded; free C in 50 pF .. 300 pF logarithmic, δI[2] in -50 pA .. 0 pA, V in -70 mV .. -50 mV
    train 0 ms .. 120 ms; test 120 ms .. 200 ms }`,
  "all elements at once": `of GLIF { under Recorded; free δI in -50 pA .. 0 pA, t_ref in 0.5 ms .. 5 ms }`,
  "what the experiment sets, and a number of its own": `of LIF, GLIF { under Setting
    free C in 50 pF .. 300 pF, I_0 in 100 pA .. 400 pA, V in -70 mV .. -50 mV; test 100 ms .. 200 ms; train 0 ms .. 100 ms }`,
  "numbers that are tied": `of GLIF, LIF { under Recorded; free G in 2 nS .. 20 nS, E_L in -75 mV .. -60 mV; C = 17 ms*G; Θ = E_L + 20 mV; k[1] = 0.1/(C/G) }`,
  "what was seen through an electrode": `of Patched { under Recorded; free C in 50 pF .. 300 pF, R_s in 0 MΩ .. 40 MΩ; COLUMNS }`,
  "two windows": `of LIF { under Recorded; free C in 50 pF .. 300 pF; train 0 ms .. 80 ms, 120 ms .. 150 ms; test 80 ms .. 120 ms, 150 ms .. 200 ms }`,
  "two experiments": `of LIF { under Recorded, Setting; free C in 50 pF .. 300 pF, I_0 in 100 pA .. 400 pA }`,
  noise: `of Noisy { under Recorded; free C in 50 pF .. 300 pF, σ in 0 mV/sqrt(ms) .. 3 mV/sqrt(ms); seeds 3; test 100 ms .. 200 ms; train 0 ms .. 100 ms }`,
  "spikes that are drawn": `of Escaping { under Recorded; free Θ in -55 mV .. -40 mV, Δ in 0.5 mV .. 5 mV logarithmic; seeds 4 }`,
};

/** An experiment after the other. */
function valuesOf({ cells, experiments }: ComparisonResult): (readonly (number | null)[])[] {
  return experiments.flatMap((_, e) => cells.filter((c) => c.experiment === e).map((c) => c.values));
}

test.for(Object.entries(FITS))("the fit gives its scores again: %s", { timeout: 60_000 }, async ([name, text]) => {
  const seed = name === "noise" ? ["--seed", "7"] : [];
  const names = "LIF, GLIF, Escaping, Noisy, Patched, Recorded, Setting";
  const isSeen = text.includes("COLUMNS");
  const recording = isSeen ? RECORDING.replace(")", ', V_e: "V")') : RECORDING;
  const evaluations = `${recording}\n  ${isSeen ? MEASURES.replace("(V)", "(V_e)") : MEASURES}\n  evaluations 24${text.includes("seeds") ? "" : "\n  seeds 2"}`;
  const cwd = folderWith({
    "neurons.glif": NEURONS,
    "cell.glif": `import ${names} from "neurons.glif"\nfit Cell ${text.replace("; COLUMNS", "").replace(/\}\s*$/u, `\n  ${evaluations}\n}`)}\n`,
  });
  expect((await glif(cwd, ["run", "neurons.glif", "Truth", "--out", "rec", "-q"])).code).toBe(0);
  const fitted = await glif(cwd, ["fit", "cell.glif", "--out", "fit", "-q", "--set", "V_r=-61 mV", ...seed]);
  expect([fitted.code, fitted.err]).toEqual([0, ""]);
  const report = JSON.parse(readFileSync(join(cwd, "fit/fit.json"), "utf8")) as FitReport;
  const fittedText = readFileSync(join(cwd, "fit/fitted.glif"), "utf8");
  if (seed.length > 0) expect(fittedText).toContain("`glif compare` of this file with `--seed 7` shows the fit again");
  const again: (readonly (number | null)[])[] = [];
  for (const [, name = ""] of fittedText.matchAll(/^comparison (\S+)/gmu)) {
    const { code, err } = await glif(cwd, [
      "compare",
      "fit/fitted.glif",
      name,
      "--out",
      name,
      "-q",
      "--no-step-check",
      ...seed,
    ]);
    expect([code, err]).toEqual([0, ""]);
    const compared = JSON.parse(readFileSync(join(cwd, name, "comparison.json"), "utf8")) as ComparisonResult;
    expect(compared.variants.map((v) => v.label)).toEqual(report.models.map((m) => m.label));
    again.push(...valuesOf(compared));
  }
  expect(again).toEqual(valuesOf(report.comparison));
  expect(report.comparison.cells.some((c) => c.mean !== null)).toBe(true);
  // What the search has seen and what the comparison says are one score, up to the order of sums.
  if (report.experiments.length > 1) return;
  for (const [v, { test: kept, train }] of report.models.entries())
    (kept ?? train).terms.forEach((value, m) => {
      const mean = report.comparison.cells.find((c) => c.variant === v && c.measure === m)?.mean ?? null;
      if (value === null || mean === null) expect(mean).toBe(value);
      else expect(Math.abs(value - mean)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(mean)));
    });
});
