// What a fit does where things go wrong: silence, runs that leave the numbers, flat starts, data without spikes or without traces, interruption, budgets.
import { expect, test } from "vitest";
import { fitModel } from "../../src/fit/fitModel.ts";
import type { FitProblem, FitRuns } from "../../src/fit/problem.ts";
import { fitRuns } from "../../src/simulate/fitRuns.ts";
import { problemOf, recordedAt, type FitText } from "./helpers.ts";
import { ADEX, GLIF, LIF } from "./models.ts";

function lif(more: Partial<FitText> = {}): FitProblem {
  return problemOf({
    text: LIF,
    model: "LIF",
    free: [
      { name: "C", unit: "pF", lower: 20, upper: 400, logarithmic: true },
      { name: "G", unit: "nS", lower: 1, upper: 50, logarithmic: true },
    ],
    terms: [["van_rossum(tau: 10 ms)", 1]],
    train: [{ from: 0, until: 500 }],
    seeds: [1, 2],
    evaluations: 400,
    ...more,
  });
}

/** Of requests, how many candidates. */
function counted(runs: FitRuns): { readonly runs: FitRuns; readonly scores: () => number } {
  let scores = 0;
  return {
    runs: {
      scores: (request) => ((scores += request.candidates.length), runs.scores(request)),
      forced: (request) => runs.forced(request),
    },
    scores: () => scores,
  };
}

test("the budget of the searches is kept, and they all have their share of it", async () => {
  const problem = recordedAt(lif({ evaluations: 200 }), [120, 7]);
  const { runs, scores } = counted(fitRuns(problem));
  const result = await fitModel(problem, runs);
  expect(result.searches.every((s) => s.evaluations <= 100)).toBe(true);
  // Those of the searches, of the shift before them, and of the choice among their points.
  expect(scores()).toBeLessThan(200 + 48 + 4 * 17 + 3);
});

test("where no evaluation is left for a search that is said, not that nothing could run", async () => {
  const problem = recordedAt(lif({ evaluations: 20 }), [120, 7]);
  const result = await fitModel(problem, fitRuns(problem));
  expect(result.train.loss).toBeLessThan(1);
  expect(result.agreement).toEqual({ agree: false, words: "nothing was left of the evaluations for a search" });
});

test("whoever asks it to stop has the best so far, and is told", async () => {
  const problem = recordedAt(lif({ evaluations: 2000 }), [120, 7]);
  let asked = 0;
  const result = await fitModel(problem, fitRuns(problem), { stopped: () => ++asked > 12 });
  expect(result.stopped).toBe("it was interrupted");
  expect(Number.isFinite(result.train.loss)).toBe(true);
  expect(result.evaluations).toBeLessThan(1000);
});

test("candidates that leave the numbers cost only themselves", async () => {
  // V runs away for some Δ: no min() keeps it.
  const text = ADEX.replace("exp(min((V - V_T)/Δ, 20))", "exp((V - V_T)/Δ)").replace("V > -20 mV", "V > 400 mV");
  const problem = recordedAt(
    problemOf({
      text,
      model: "AdEx",
      free: [
        { name: "C", unit: "pF", lower: 50, upper: 300, logarithmic: true },
        { name: "Δ", unit: "mV", lower: 0.01, upper: 6, logarithmic: true },
      ],
      terms: [["explained_variance(sigma: 5 ms)", 1]],
      train: [{ from: 0, until: 600 }],
      seeds: [1],
      evaluations: 200,
    }),
    [140, 3],
  );
  const runs = fitRuns(problem);
  const windows = problem.cases.map((c) => c.train);
  const [[bad] = [], [good] = []] = await runs.scores({
    windows,
    margin: false,
    coarse: false,
    candidates: [
      { seeds: [1], values: [140, 0.01] },
      { seeds: [1], values: [140, 3] },
    ],
  });
  expect(bad?.failure).not.toBeNull();
  expect(good?.failure).toBeNull();
  const result = await fitModel(problem, runs);
  expect(result.train.loss).toBeLessThan(0.3);
});

test("where nothing can run the fit says why", async () => {
  const text = LIF.replace("V' = (I_e - G*(V - E_L))/C", "V' = (I_e - G*(V - E_L))/C*sqrt((V - 1 V)/(1 mV))");
  const problem = lif({ text, evaluations: 60, data: recordedAt(lif(), [120, 7]).cases[0]?.data ?? [] });
  const result = await fitModel(problem, fitRuns(problem));
  expect(result.train.loss).toBe(Infinity);
  expect(result.notes.join()).toMatch(/the model cannot run/);
});

test("a start at which nothing spikes is led to the threshold", async () => {
  const free: FitText["free"] = [
    { name: "Θ", unit: "mV", lower: -45, upper: 900 },
    { name: "C", unit: "pF", lower: 100, upper: 140 },
  ];
  const problem = recordedAt(lif({ free, evaluations: 600 }), [-44, 120]);
  // No run of it knows how to be driven: the search alone is asked.
  const precise = { ...problem, cases: problem.cases.map((c) => ({ ...c, plan: { ...c.plan, precise: true } })) };
  const own = fitRuns(problem);
  const result = await fitModel(precise, { ...own, forced: () => Promise.reject(new Error("nobody is driven")) });
  expect(result.stages.map((s) => s.words).join()).toMatch(
    /^CMA-ES \(Hansen 2016\) over Θ, C, from 2 seeds; there is no other way: its spikes are located inside the step\.$/,
  );
  expect(result.notes[0]).toMatch(/no candidate spike[ds].*led by how near their spike condition came to being true/);
  expect(result.numbers[0]?.value).toBeLessThan(-40);
  expect(result.train.loss).toBeLessThan(0.5);
});

test("a recording without spikes lifts a threshold that is too low, and leaves one that is not where it was", async () => {
  const silent = (own: number): FitProblem =>
    recordedAt(
      problemOf({
        text: GLIF.replace("Θ_inf = -50 mV", `Θ_inf = ${own} mV`),
        model: "GLIF",
        free: [
          { name: "C", unit: "pF", lower: 30, upper: 300, logarithmic: true },
          { name: "G", unit: "nS", lower: 2, upper: 30, logarithmic: true },
          { name: "Θ_inf", unit: "mV", lower: -60, upper: 0 },
        ],
        terms: [["trace_rmse(V)", 1]],
        train: [{ from: 0, until: 1000 }],
        observed: [{ population: "GLIF", variable: "V", recorded: "V" }],
        seeds: [1],
        evaluations: 300,
      }),
      [140, 8, -10],
      { noise: 0.2 },
    );
  const [low, high] = [silent(-50), silent(-20)];
  const lifted = await fitModel(low, fitRuns(low));
  expect(lifted.numbers.map(({ value }) => value)).toEqual([
    expect.closeTo(140, -1),
    expect.closeTo(8, 0),
    expect.any(Number),
  ]);
  expect(lifted.numbers[2]?.value).toBeGreaterThan(-45);
  const kept = await fitModel(high, fitRuns(high));
  expect(kept.numbers[2]).toMatchObject({ value: -20, interval: null });
  expect(kept.searches).toEqual([]);
});

test("what only together is known is said so", async () => {
  // From spikes alone the scale of the voltage is open: C, G and the threshold may all be multiplied.
  const problem = recordedAt(
    lif({
      free: [
        { name: "C", unit: "pF", lower: 20, upper: 400, logarithmic: true },
        { name: "G", unit: "nS", lower: 1, upper: 50, logarithmic: true },
        { name: "Θ", unit: "mV", lower: -69, upper: -20 },
      ],
      evaluations: 100,
    }),
    [120, 7, -50],
  );
  const result = await fitModel(problem, fitRuns(problem));
  expect(result.directions.map((d) => d.words)).toContainEqual(
    expect.stringMatching(/C and G move together.*C\/G is known|C, G and Θ are open together/),
  );
});

test("a search compares traces half a millisecond apart, and what is told is of every sample", async () => {
  const problem = recordedAt(lif({ terms: [["subthreshold_rmse(V)", 1]], evaluations: 40, seeds: [1] }), [120, 7], {
    noise: 0.5,
  });
  const windows = problem.cases.map((c) => c.train);
  const runs = fitRuns(problem);
  const valueAt = async (coarse: boolean, values: readonly number[]): Promise<number> => {
    const [[outcome] = []] = await runs.scores({
      windows,
      margin: false,
      coarse,
      candidates: [{ seeds: [1], values }],
    });
    return outcome?.windows[0]?.[0]?.terms[0] ?? NaN;
  };
  // As much as a fifth of the noise tells of all of it.
  expect(await valueAt(true, [120, 7])).not.toBe(await valueAt(false, [120, 7]));
  expect(await valueAt(true, [120, 7])).toBeCloseTo(0.5, 1);
  const { numbers, train } = await fitModel(problem, runs);
  expect(train.terms[0]?.value).toBe(
    await valueAt(
      false,
      numbers.map((n) => n.value),
    ),
  );
});

test("a search takes steps of 0.1 ms where all is exact between spikes, and what is told is in the experiment's own", async () => {
  const timesIn = async (problem: FitProblem, values: readonly number[], coarse: boolean): Promise<number> => {
    const windows = problem.cases.map((c) => c.train);
    const [[outcome] = []] = await fitRuns(problem).scores({ windows, margin: false, coarse, candidates: [{ seeds: [1], values }] }); // prettier-ignore
    return outcome?.windows[0]?.[0]?.terms[0] ?? NaN;
  };
  const fine = (text: string): string => text.replace("step 0.1 ms", "step 0.05 ms");
  const exact = lif({ text: fine(LIF), terms: [["latency", 1]] });
  const times = await Promise.all(
    [110, 113, 120, 127].flatMap((C) => [timesIn(exact, [C, 7], true), timesIn(exact, [C, 7], false)]),
  );
  const onGrid = (t: number, step: number): boolean => Math.abs(t / step - Math.round(t / step)) < 1e-6;
  expect(times.every((t, k) => onGrid(t, k % 2 === 0 ? 0.1 : 0.05))).toBe(true);
  expect(times.filter((t, k) => k % 2 === 1 && !onGrid(t, 0.1)).length).toBeGreaterThan(0);
  // What an exponential makes bent is not: its step says how well it is integrated.
  const bent = problemOf({
    text: fine(ADEX),
    model: "AdEx",
    free: [{ name: "C", unit: "pF", lower: 50, upper: 300 }],
    terms: [["latency", 1]],
    train: [{ from: 0, until: 600 }],
  });
  for (const C of [110, 113, 120, 127]) expect(await timesIn(bent, [C], true)).toBe(await timesIn(bent, [C], false));
});

test("of the points that searches come to, the one is taken that stays good with the numbers half a percent off", async () => {
  const problem = recordedAt(lif({ evaluations: 120 }), [120, 7]);
  const own = fitRuns(problem);
  const asked: { readonly values: readonly number[]; readonly distance: number }[][] = [];
  const result = await fitModel(problem, {
    forced: (request) => own.forced(request),
    async scores(request) {
      const outcomes = await own.scores(request);
      asked.push(
        request.candidates.map(({ values }, k) => ({
          values,
          distance: outcomes[k]?.[0]?.windows[0]?.[0]?.terms[0] ?? NaN,
        })),
      );
      return outcomes;
    },
  });
  // Best and centre of two searches, each with sixteen others about it.
  const choice = asked.find((request) => request.length === 4 * 17) ?? [];
  const groups = [0, 1, 2, 3].map((g) => choice.slice(17 * g, 17 * (g + 1)));
  for (const group of groups)
    for (const { values } of group)
      values.forEach((v, i) =>
        expect(Math.abs(v / (group[0]?.values[i] ?? NaN) - 1)).toBeLessThanOrEqual(0.005 + 1e-12),
      );
  const means = groups.map((group) => group.reduce((sum, { distance }) => sum + distance, 0) / 17);
  const steadiest = groups[means.indexOf(Math.min(...means))]?.[0];
  expect(result.numbers.map((n) => n.value)).toEqual(steadiest?.values);
});
