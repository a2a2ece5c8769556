// Intervals by profiles: where there is a curvature they are what it says, where there is none they hold the truth all the same, and where nothing can be said the reason is told.
import { expect, test } from "vitest";
import { fitModel } from "../../src/fit/fitModel.ts";
import type { FitProblem, FitResult } from "../../src/fit/problem.ts";
import { fitRuns } from "../../src/simulate/fitRuns.ts";
import { problemOf, recordedAt } from "./helpers.ts";
import { LIF } from "./models.ts";
import { synthetics } from "./synthetic.ts";

const SLOW = { timeout: 240_000 };

async function profiled(problem: FitProblem): Promise<FitResult> {
  const runs = fitRuns(problem);
  const result = await fitModel(problem, runs, { profile: true });
  runs.dismiss();
  return result;
}

test("of what is smooth, profiles end where curvature says", SLOW, async () => {
  const [{ problem }] = synthetics(1) as [ReturnType<typeof synthetics>[number]];
  const byCurvature = await fitModel(problem, fitRuns(problem));
  const byProfile = await profiled(problem);
  expect(byProfile.evaluations).toBeGreaterThan(byCurvature.evaluations);
  byProfile.numbers.forEach(({ value, interval, because }, k) => {
    const other = byCurvature.numbers[k];
    expect(value).toBe(other?.value);
    expect(because).toMatch(/^95 %, by its profile over the other numbers, from the residuals of the trace and/);
    for (const side of ["lower", "upper"] as const) {
      const half = ((other?.interval?.upper ?? NaN) - (other?.interval?.lower ?? NaN)) / 2;
      expect(Math.abs((interval?.[side] ?? NaN) - (other?.interval?.[side] ?? NaN))).toBeLessThan(0.15 * half);
    }
  });
});

test("what is rounded to steps has an interval by its profile alone", SLOW, async () => {
  const problem = recordedAt(
    problemOf({
      text: LIF.replace("G = 5 nS", "G = 5 nS, t_ref = 2 ms").replace("refractory 2 ms", "refractory t_ref"),
      model: "LIF",
      free: [
        { name: "C", unit: "pF", lower: 20, upper: 400, logarithmic: true },
        { name: "t_ref", unit: "ms", lower: 0.5, upper: 8 },
      ],
      terms: [["explained_variance(sigma: 5 ms)", 1]],
      train: [{ from: 0, until: 500 }],
      observed: [{ population: "LIF", variable: "V", recorded: "V" }],
      seeds: [1, 2],
      evaluations: 300,
    }),
    [120, 3],
    { noise: 0.5 },
  );
  const runs = fitRuns(problem);
  expect((await fitModel(problem, runs)).numbers[1]?.because).toMatch(/there is none: it is rounded to steps/);
  const { numbers, notes } = await profiled(problem);
  const [, tRef] = numbers;
  expect(tRef?.because).toMatch(/by its profile/);
  // The search has it at 3.8 ms.
  expect(notes.join()).toMatch(/^the profile of t_ref is lowest at 3\.?0?\d* ms, which the search has missed$/);
  expect(tRef?.interval?.lower).toBeLessThanOrEqual(3);
  expect(tRef?.interval?.upper).toBeGreaterThanOrEqual(3);
  expect((tRef?.interval?.upper ?? NaN) - (tRef?.interval?.lower ?? NaN)).toBeLessThan(1);
});

/** Nothing can drive it: noise moves it between spikes. */
function noisy(terms: readonly (readonly [string, number])[]): FitProblem {
  return recordedAt(
    problemOf({
      text: LIF.replace("(I_e - G*(V - E_L))/C", "(I_e - G*(V - E_L))/C + 0.3 mV/sqrt(ms)*ξ").replace(
        "duration 500 ms",
        "duration 1 s",
      ),
      model: "LIF",
      free: [
        { name: "C", unit: "pF", lower: 20, upper: 400, logarithmic: true },
        { name: "G", unit: "nS", lower: 1, upper: 50, logarithmic: true },
      ],
      terms,
      train: [{ from: 0, until: 1000 }],
      observed: [{ population: "LIF", variable: "V", recorded: "V" }],
      seeds: [1, 2],
      evaluations: 300,
    }),
    [120, 7],
  );
}

test("a model that cannot be driven has intervals by the profile of its loss", SLOW, async () => {
  const problem = noisy([
    ["subthreshold_rmse(V)", 1],
    ["explained_variance(sigma: 5 ms)", 1],
  ]);
  const plain = await fitModel(problem, fitRuns(problem));
  expect(plain.numbers.map((n) => n.interval)).toEqual([null, null]);
  const { numbers } = await profiled(problem);
  for (const [k, truth] of [120, 7].entries()) {
    const { interval, because } = numbers[k] as FitResult["numbers"][number];
    expect(because).toMatch(/from the loss in 12 parts of what was seen$/);
    expect(interval?.lower).toBeLessThan(truth);
    expect(interval?.upper).toBeGreaterThan(truth);
    expect((interval?.upper ?? NaN) / (interval?.lower ?? NaN)).toBeLessThan(2);
  }
});

test("a feature of a whole window has no profile over its pieces, and that is told", SLOW, async () => {
  const { numbers } = await profiled(noisy([["latency", 1]]));
  expect(numbers[0]?.because).toBe(
    "there is none: a profile compares parts of what was seen, latency is of a whole window, and there are fewer than 8 of those",
  );
});
