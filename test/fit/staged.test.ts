// What the trace and the spikes tell with the model driven by them: known numbers come back, within their intervals, and what is open is said.
import { expect, test } from "vitest";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { fitModel, scoresOf } from "../../src/fit/fitModel.ts";
import { forcedOf, type Forced } from "../../src/fit/forced.ts";
import type { FitProblem, FitResult } from "../../src/fit/problem.ts";
import { scoredCases } from "../../src/fit/scoring.ts";
import { mdStar } from "../../src/measures/mdStar.ts";
import { spikeTrain, type SpikeTrain } from "../../src/measures/train.ts";
import { fitRuns } from "../../src/simulate/fitRuns.ts";
import { runner } from "../../src/simulate/runner.ts";
import { runnerText } from "../../src/simulate/runnerText.ts";
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
const V = (population: string): NonNullable<FitText["observed"]> => [{ population, variable: "V", recorded: "V" }];

function glif(more: Partial<FitText> = {}): FitProblem {
  return problemOf({
    text: GLIF,
    model: "GLIF",
    free: FREE,
    terms: [["explained_variance(sigma: 5 ms)", 1]],
    train: [{ from: 0, until: 800 }],
    test: [{ from: 800, until: 1000 }],
    observed: V("GLIF"),
    seeds: [1, 2],
    evaluations: 1200,
    ...more,
  });
}

const found = ({ numbers }: FitResult): number[] => numbers.map(({ value }) => value);

/** Those whose interval does not have the truth. */
function missed({ numbers }: FitResult, truth: readonly number[]): number[] {
  return numbers.flatMap(({ interval }, k) => {
    const true_ = truth[k] as number;
    return interval !== null && interval.lower <= true_ && true_ <= interval.upper ? [] : [k];
  });
}

function drivenOf(problem: FitProblem): Forced {
  const forced = forcedOf(problem);
  if ("none" in forced) throw new Error(forced.none);
  return forced;
}

test("driven by its own spikes a model does what it does by itself, and what hangs on what is read off its equations", async () => {
  const problem = recordedAt(glif(), TRUTH);
  const forced = drivenOf(problem);
  const names = (numbers: readonly number[]): string[] => numbers.map((k) => FREE[k]?.name ?? "");
  expect(names(forced.membrane)).toEqual(["C", "G", "E_L", "k", "δI"]);
  expect(names(forced.threshold)).toEqual(["Θ_inf", "b_s", "δΘ_s"]);
  expect(forced.stepwise).toEqual([]);
  const [free] = problem.cases[0]?.data[0]?.traces ?? [];
  const [outcome] = await fitRuns(problem).forced({
    run: 0,
    reads: "traces",
    steps: 10_000,
    every: 1,
    candidates: [TRUTH],
  });
  expect(outcome?.[0]).toEqual(free?.y);
  expect(forced.runs[0]?.spikes.length).toBeGreaterThan(15);
});

test("numbers of a GLIF come back from a recording without noise", async () => {
  const problem = recordedAt(glif(), TRUTH);
  const result = await fitModel(problem, fitRuns(problem));
  const values = found(result);
  for (let k = 0; k < 5; k++) expect(Math.abs((values[k] as number) / (TRUTH[k] as number) - 1)).toBeLessThan(1e-9);
  expect(values[5]).toBeCloseTo(-49, 1);
  expect(result.train.loss).toBeLessThan(1e-3);
  expect(result.stages.map((s) => s.name)).toEqual(["regression", "likelihood", "shift", "search"]);
  expect(missed(result, TRUTH).filter((k) => k > 4)).toEqual([]);
});

test("numbers of a GLIF come back from a noisy recording within their intervals", async () => {
  const problem = recordedAt(glif({ evaluations: 600 }), TRUTH, { noise: 0.5 });
  const result = await fitModel(problem, fitRuns(problem));
  expect(missed(result, TRUTH)).toEqual([]);
  const [C, G] = result.numbers;
  expect((C?.interval?.upper ?? NaN) / (C?.interval?.lower ?? NaN)).toBeLessThan(1.05);
  expect((G?.interval?.upper ?? NaN) / (G?.interval?.lower ?? NaN)).toBeLessThan(1.1);
  expect(C?.because).toBe(
    "95 %, from the residuals of the trace and the likelihood of the spikes, the model driven by the recorded spikes",
  );
});

test("numbers of an escape rate come back from its spikes and trace, by likelihood and without a search", async () => {
  const free: FitText["free"] = [
    { name: "C", unit: "pF", lower: 30, upper: 300, logarithmic: true },
    { name: "G", unit: "nS", lower: 2, upper: 30, logarithmic: true },
    { name: "V_T", unit: "mV", lower: -60, upper: -40 },
    { name: "ΔV", unit: "mV", lower: 0.2, upper: 5, logarithmic: true },
    { name: "δΘ", unit: "mV", lower: 0, upper: 12 },
    { name: "τ_Θ", unit: "ms", lower: 5, upper: 300, logarithmic: true },
  ];
  const truth = [120, 7, -51, 1.5, 5, 60];
  const problem = recordedAt(
    problemOf({
      text: GIF,
      model: "GIF",
      free,
      terms: [["explained_variance(sigma: 10 ms)", 1]],
      train: [{ from: 0, until: 2000 }],
      observed: V("GIF"),
      seeds: [1, 2],
      evaluations: 100,
    }),
    truth,
    { noise: 0.3 },
  );
  const result = await fitModel(problem, fitRuns(problem));
  expect(missed(result, truth)).toEqual([]);
  expect(result.stages.map((s) => s.name).slice(0, 2)).toEqual(["regression", "likelihood"]);
  expect(result.searches).toEqual([]);
});

test("a model that makes its own upstroke waits for the recorded spikes, and what the trace says less of is searched from there, then everything", async () => {
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
      terms: [
        ["explained_variance(sigma: 3 ms)", 1],
        ["subthreshold_rmse(V)", 1],
      ],
      train: [{ from: 0, until: 600 }],
      observed: V("AdEx"),
      seeds: [1, 2],
      evaluations: 1000,
    }),
    [140, -51, 60],
  );
  const result = await fitModel(problem, fitRuns(problem));
  expect(result.stages[0]?.words).toMatch(/V waits for the recorded spike once it has run up/);
  expect(result.train.loss).toBeLessThan(0.02);
  expect(found(result)).toEqual([expect.closeTo(140, -1), expect.closeTo(-51, 0), expect.closeTo(60, -1)]);
});

test("Md* of a neuron that escapes is taken of all its draws together", async () => {
  const free: FitText["free"] = [
    { name: "V_T", unit: "mV", lower: -60, upper: -40 },
    { name: "δΘ", unit: "mV", lower: 0, upper: 12 },
  ];
  const truth = [-51, 5];
  const problem = recordedAt(
    problemOf({
      text: GIF,
      model: "GIF",
      free,
      terms: [["md_star", 1]],
      train: [{ from: 0, until: 2000 }],
      observed: V("GIF"),
      seeds: [1, 2, 3, 4],
      evaluations: 400,
    }),
    truth,
    { seeds: [100, 101, 102, 103, 104] },
  );
  const windows = problem.cases.map((c) => c.train);
  const scored = scoredCases(problem, windows);
  const runs = fitRuns(problem);
  const at = async (seeds: readonly number[], values: readonly number[]): Promise<number> =>
    (await scoresOf({ ...problem, seeds }, runs, scored, windows, [values]))[0]?.terms[0]?.value ?? NaN;
  // Of one draw, which stands for runs that are all alike, it is lower: chance keeps two draws apart.
  const alone = await Promise.all([1, 2, 3, 4].map((seed) => at([seed], truth)));
  const together = await at([1, 2, 3, 4], truth);
  expect(together).toBeGreaterThan(0.9);
  expect(together).toBeGreaterThan(Math.max(...alone) + 0.05);
  // The draws are those of runs alone.
  const times = (seed: number): SpikeTrain => {
    const own = runner(runnerText(problem.cases[0]?.plan as SimulationPlan, problem.free.map(({ setup }) => ({ kind: "setup", name: setup })))); // prettier-ignore
    const [result] = own.run([{ seed, values: truth }], { steps: problem.cases[0]?.program.steps ?? 0 });
    const spikes = result?.log?.spikes;
    return spikeTrain(
      Float64Array.from({ length: spikes?.length ?? 0 }, (_, k) => spikes?.time(k) ?? 0),
      0,
      2000,
    );
  };
  expect(together).toBe(mdStar([1, 2, 3, 4].map(times), [100, 101, 102, 103, 104].map(times), 4));
  // A neuron that escapes too softly is not the cell, and what likelihood finds is refined.
  const soft = problemOf({
    text: GIF.replace(/ΔV = [0-9.]+ mV/, "ΔV = 4 mV"),
    model: "GIF",
    free,
    terms: [["md_star", 1]],
    train: [{ from: 0, until: 2000 }],
    seeds: [1, 2, 3, 4],
    evaluations: 400,
    data: problem.cases[0]?.data ?? [],
  });
  const result = await fitModel(soft, fitRuns(soft));
  expect(result.stages.map((s) => s.name)).toEqual(["likelihood", "refinement"]);
  expect(result.train.terms[0]?.value).toBeGreaterThan(0.5);
});

test("of a neuron without spikes the trace is fitted by least squares, in the numbers that it hangs on", async () => {
  const truth = [120, 7, -66, 3, 40];
  const problem = recordedAt(
    problemOf({
      text: `
neuron Passive {
  param C = 80 pF, G = 4 nS, E_L = -70 mV, g = 1 nS, τ_w = 20 ms
  input I_e : pA
  state V = E_L, w = 0 pA
  V' = (I_e - G*(V - E_L) - w)/C
  w' = (g*(V - E_L) - w)/τ_w
}
experiment E of Passive { duration 600 ms; step 0.1 ms; I_e = sine(60 pA, frequency: 7 Hz) + pulse(90 pA, from: 100 ms, to: 400 ms); record V }`,
      model: "Passive",
      free: [
        { name: "C", unit: "pF", lower: 30, upper: 300, logarithmic: true },
        { name: "G", unit: "nS", lower: 2, upper: 30, logarithmic: true },
        { name: "E_L", unit: "mV", lower: -80, upper: -60 },
        { name: "g", unit: "nS", lower: 0, upper: 10 },
        { name: "τ_w", unit: "ms", lower: 5, upper: 300, logarithmic: true },
      ],
      terms: [["trace_rmse(V)", 1]],
      train: [{ from: 0, until: 600 }],
      observed: V("Passive"),
      evaluations: 300,
    }),
    truth,
    { noise: 0.2 },
  );
  const result = await fitModel(problem, fitRuns(problem));
  expect(result.stages[0]?.name).toBe("regression");
  expect(missed(result, truth)).toEqual([]);
  expect(result.train.terms[0]?.value).toBeCloseTo(0.2, 1);
});
