// What the trace and the spikes tell with the model driven by them: known numbers come back, within their intervals.
import { expect, test } from "vitest";
import { fitModel } from "../../src/fit/fitModel.ts";
import { forcedOf } from "../../src/fit/forced.ts";
import type { FitProblem, FitResult } from "../../src/fit/problem.ts";
import { fitRuns } from "../../src/simulate/fitRuns.ts";
import { problemOf, recordedAt, type FitText } from "./helpers.ts";
import { ADEX, GIF, GLIF } from "./models.ts";

const FREE: FitText["free"] = [
  { name: "C", unit: "pF", lower: 30, upper: 300, logarithmic: true },
  { name: "G", unit: "nS", lower: 2, upper: 30, logarithmic: true },
  { name: "E_L", unit: "mV", lower: -80, upper: -60 },
  { name: "k", unit: "/ms", lower: 0.003, upper: 0.1, logarithmic: true },
  { name: "δI", unit: "pA", lower: -100, upper: 0 },
  { name: "Θ_inf", unit: "mV", lower: -60, upper: -40 },
  { name: "b_s", unit: "/ms", lower: 0.005, upper: 0.2, logarithmic: true },
  { name: "δΘ_s", unit: "mV", lower: 0, upper: 10 },
];
const TRUTH = [140, 8, -67, 0.015, -60, -49, 0.05, 4];

function glif(more: Partial<FitText> = {}): FitProblem {
  return problemOf({
    text: GLIF,
    model: "GLIF",
    free: FREE,
    terms: [
      ["explained_variance(sigma: 5 ms)", 1],
      ["subthreshold_rmse(V)", 1],
    ],
    train: [{ from: 0, until: 1500 }],
    test: [{ from: 1500, until: 2000 }],
    observed: [{ population: "GLIF", variable: "V", recorded: "V" }],
    evaluations: 4000,
    ...more,
  });
}

const found = ({ numbers }: FitResult): number[] => numbers.map(({ value }) => value);

test("driven by its own spikes a model does what it does by itself", async () => {
  const problem = recordedAt(glif(), TRUTH);
  const forced = forcedOf(problem);
  if ("none" in forced) throw new Error(forced.none);
  const names = (numbers: readonly number[]): string[] => numbers.map((k) => FREE[k]?.name ?? "");
  expect(names(forced.membrane)).toEqual(["C", "G", "E_L", "k", "δI"]);
  expect(names(forced.threshold)).toEqual(["Θ_inf", "b_s", "δΘ_s"]);
  const [free] = problem.cases[0]?.data[0]?.traces ?? [];
  const [outcome] = await fitRuns(problem).forced({
    run: 0,
    reads: "traces",
    steps: 20000,
    every: 1,
    candidates: [TRUTH],
  });
  expect(outcome?.[0]).toEqual(free?.y);
  expect(forced.runs[0]?.spikes.length).toBeGreaterThan(20);
});

test("numbers of a GLIF come back from a recording without noise", async () => {
  const problem = recordedAt(glif(), TRUTH);
  const result = await fitModel(problem, fitRuns(problem));
  console.log(
    found(result),
    result.stages,
    result.evaluations,
    result.searches,
    result.train,
    result.test,
    result.numbers,
  );
  found(result).forEach((value, k) => expect(Math.abs(value / (TRUTH[k] as number) - 1)).toBeLessThan(0.02));
  expect(result.stages.map((s) => s.name)).toEqual(["regression", "likelihood", "shift", "search"]);
});

test("numbers of a GLIF come back from a noisy recording within their intervals", async () => {
  const problem = recordedAt(glif(), TRUTH, { noise: 0.5 });
  const result = await fitModel(problem, fitRuns(problem));
  console.log(
    found(result),
    result.stages,
    result.evaluations,
    result.searches,
    result.train,
    result.test,
    result.numbers,
    result.directions,
  );
});

test("numbers of an escape rate come back from its spikes and trace", async () => {
  const free: FitText["free"] = [
    { name: "C", unit: "pF", lower: 30, upper: 300, logarithmic: true },
    { name: "G", unit: "nS", lower: 2, upper: 30, logarithmic: true },
    { name: "V_T", unit: "mV", lower: -60, upper: -40 },
    { name: "ΔV", unit: "mV", lower: 0.2, upper: 5, logarithmic: true },
    { name: "δΘ", unit: "mV", lower: 0, upper: 12 },
    { name: "τ_Θ", unit: "ms", lower: 5, upper: 300, logarithmic: true },
  ];
  const problem = recordedAt(
    problemOf({
      text: GIF,
      model: "GIF",
      free,
      terms: [["explained_variance(sigma: 10 ms)", 1]],
      train: [{ from: 0, until: 4000 }],
      observed: [{ population: "GIF", variable: "V", recorded: "V" }],
      evaluations: 1500,
    }),
    [120, 7, -51, 1.5, 5, 60],
    { noise: 0.3 },
  );
  const result = await fitModel(problem, fitRuns(problem));
  console.log(
    found(result),
    result.stages,
    result.evaluations,
    result.searches,
    result.train,
    result.numbers,
    result.directions,
  );
});

test("where a model runs away between recorded spikes everything is searched", async () => {
  const free: FitText["free"] = [
    { name: "C", unit: "pF", lower: 50, upper: 300, logarithmic: true },
    { name: "V_T", unit: "mV", lower: -60, upper: -40 },
    { name: "b", unit: "pA", lower: 0, upper: 150 },
  ];
  const problem = recordedAt(
    problemOf({
      text: ADEX,
      model: "AdEx",
      free,
      terms: [["explained_variance(sigma: 3 ms)", 1]],
      train: [{ from: 0, until: 1000 }],
      observed: [{ population: "AdEx", variable: "V", recorded: "V" }],
      evaluations: 2400,
    }),
    [140, -51, 60],
  );
  const result = await fitModel(problem, fitRuns(problem));
  console.log(
    found(result),
    result.stages,
    result.evaluations,
    result.searches,
    result.train,
    result.numbers,
    result.directions,
  );
});
