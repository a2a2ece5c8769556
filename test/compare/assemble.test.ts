// Comparisons that are run whole: what their cells, contrasts and sweeps say, against what is known of the models.
import { expect, test } from "vitest";
import { estimate } from "../../src/measures/statistics.ts";
import { cell, compared, contrast, NEURONS } from "./helpers.ts";

test("rates of leaky integrators are those of their formula; nothing random runs once", async () => {
  const result = await compared(
    `${NEURONS}comparison C { models LIF, LIF { τ = 20 ms } as "slow"; under Drive; measure rate; seeds 5 }`,
  );
  // T = τ log 2 and one step until it is seen: 14 spikes in 100 ms, and 7.
  expect([cell(result, "LIF", "rate").values, cell(result, "slow", "rate").values]).toEqual([[140], [70]]);
  expect(contrast(result, "slow", "rate")).toMatchObject({
    difference: -70,
    interval: null,
    seedSpread: 0,
    verdict: "model",
  });
  expect([result.complete, result.about.seeds, result.baseline]).toEqual([true, [1], 0]);
});

test("the step error of a method falls with its order, and tells the difference from the exact solution", async () => {
  const relaxing = `neuron Relaxing { state V = 10 mV; V' = -V*V/(100 mV*ms) - V/(20 ms) }
experiment Fall of Relaxing { duration 50 ms; step 0.5 ms; record spikes }
comparison C { models Relaxing { method rk45(tolerance: 1e-12) } as "exact", Relaxing { method euler } as "Euler", Relaxing { method heun } as "Heun"; under Fall; measure trace_mean(V) }`;
  const result = await compared(relaxing);
  const key = "trace_mean(V)";
  for (const [label, ratio] of [
    ["Euler", 2],
    ["Heun", 4 / 3],
  ] as const) {
    const { difference, stepError, verdict } = contrast(result, label, key);
    // err(h) = c h^p: the error is 2^p/(2^p - 1) times what halving the step changes. The samples stay where they are.
    expect(Math.abs(difference ?? 0) / (stepError ?? 1)).toBeGreaterThan(0.97 * ratio);
    expect(Math.abs(difference ?? 0) / (stepError ?? 1)).toBeLessThan(1.03 * ratio);
    expect(verdict).toBe("model");
  }
  expect(Math.abs(cell(result, "exact", key).stepEffect ?? 1)).toBeLessThan(1e-9);
});

test("distances are taken seed by seed, and held against two seeds of the baseline", async () => {
  const result = await compared(
    `${NEURONS}comparison C { models Noisy, Noisy as "twin", Slow; under Drive; measure van_rossum, coincidence, trace_rmse(V), explained_variance; seeds 6 }`,
  );
  expect(cell(result, "Noisy", "van_rossum").values).toEqual([0, 0, 0, 0, 0, 0]);
  expect(cell(result, "Noisy", "coincidence").mean).toBe(1);
  for (const key of ["van_rossum", "coincidence", "trace_rmse(V)"]) {
    expect(contrast(result, "twin", key), key).toMatchObject({ difference: 0, verdict: "none" });
    expect(contrast(result, "twin", key).seedSpread, key).toBeGreaterThan(0);
    expect(contrast(result, "Slow", key).verdict, key).not.toBe("undefined");
  }
  expect(cell(result, "Slow", "trace_rmse(V)").values).toHaveLength(6);
});

test("the explained variance of a random baseline is that between its seeds, and a variant's is held against the same", async () => {
  const result = await compared(
    `${NEURONS}comparison C { models Noisy, Noisy as "twin", LIF; under Drive; measure explained_variance, explained_variance_ratio; seeds 6 }`,
    { stepCheck: false },
  );
  for (const key of ["explained_variance", "explained_variance_ratio"]) {
    const { values, mean } = cell(result, "Noisy", key);
    expect(new Set(values).size, key).toBe(6);
    expect(mean, key).toBeLessThan(0.9);
    expect(contrast(result, "twin", key), key).toMatchObject({ difference: 0, verdict: "none" });
    expect(contrast(result, "LIF", key).difference, key).toBeCloseTo(
      (cell(result, "LIF", key).mean ?? 0) - (mean ?? 0),
      12,
    );
  }
  // Of one seed there is no other to be held against.
  const alone = await compared(
    `${NEURONS}comparison C { models LIF, Noisy; under Drive; measure explained_variance, explained_variance_ratio; seeds 3 }`,
    { stepCheck: false },
  );
  expect([
    cell(alone, "LIF", "explained_variance").mean,
    cell(alone, "LIF", "explained_variance_ratio").undefinedBecause,
  ]).toEqual([1, "fewer than 2 repeats of the reference, or no spikes in them"]);
});

test("Γ/R against the seeds of a random baseline; Md* of a random model has no value, and that is told", async () => {
  const result = await compared(
    `${NEURONS}neuron Steady extends LIF { V' = (I_e - V)/τ + 0.1 mV/sqrt(ms)*ξ }
     comparison C { models Steady, LIF; under Drive; measure coincidence_ratio, md_star; seeds 6 }`,
    { stepCheck: false },
  );
  // By itself: each run against the others, over what all of them are to each other.
  expect(cell(result, "Steady", "coincidence_ratio").mean).toBeCloseTo(1, 0);
  expect(cell(result, "LIF", "md_star").mean).toBeGreaterThan(0);
  expect(cell(result, "Steady", "md_star").undefinedBecause).toContain("of a random model it is taken of several runs");
});

test("a deterministic variant has a distance to each seed of a random baseline, but one rate", async () => {
  const result = await compared(
    `${NEURONS}comparison C { models Noisy, LIF; under Drive; measure rate, van_rossum; seeds 3 }`,
    { stepCheck: false },
  );
  expect([cell(result, "LIF", "rate").values.length, cell(result, "LIF", "van_rossum").values.length]).toEqual([1, 3]);
  expect(cell(result, "LIF", "rate").stepEffect).toBeNull();
});

test("a sweep has a point for each value; the f-I curve and the rheobase come from it", async () => {
  const result = await compared(
    `${NEURONS}comparison C { models LIF, LIF { Θ = 5 mV } as "low"; under Drive; measure f_I, rheobase, rate; sweep I_e over 0 mV .. 20 mV in 11 steps }`,
  );
  expect(result.sweep?.axes).toEqual([
    { name: "I_e", unit: "mV", values: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20], scale: "linear" },
  ]);
  expect(result.sweep?.points).toHaveLength(22);
  expect([cell(result, "LIF", "rheobase").mean, cell(result, "low", "rheobase").mean]).toEqual([11, 5]);
  const { curve } = cell(result, "LIF", "f_I");
  expect(curve?.x).toHaveLength(11);
  expect([curve?.y[5], curve?.y[10], curve?.xUnit, curve?.yUnit]).toEqual([0, 140, "mV", "Hz"]);
  expect(result.sweep?.points.find((p) => p.variant === 0 && p.at[0] === 10)?.means[2]).toBe(140);
});

test("a sweep of a network's parameter that decides a size, and of the duration, plans each point by itself", async () => {
  const network = `${NEURONS}network N { param n = 3; population E = n LIF { I_e = 20 mV } }
experiment Grow of N { param T = 100 ms; duration T; step 0.1 ms; record spikes }
comparison C { networks N; under Grow; measure synchrony(of: E), rate; sweep n over [1, 2, 5]; sweep T over [50, 100, 100.05] ms }`;
  const result = await compared(network);
  const at = (n: number, t: number): readonly (number | null)[] =>
    result.sweep?.points.find((p) => p.at[0] === n && p.at[1] === t)?.means ?? [];
  // n neurons spike together: the variance of their count grows with n², its mean with n.
  expect((at(2, 1)[0] ?? 0) / (at(0, 1)[0] ?? 1)).toBeCloseTo(5, 12);
  expect([at(0, 0)[1], at(0, 1)[1]]).toEqual([140, 140]);
  // No multiple of the step: this point has no value, the others do.
  expect(at(0, 2)).toEqual([null, null]);
});

test("a point where the state leaves the numbers has no value and a reason; the others have theirs", async () => {
  const growing = `neuron Growing { param k = 1 /ms; state V = 1 mV; V' = k*V; spike when V < -1 mV }
experiment E of Growing { duration 100 ms; step 0.1 ms; record spikes }
comparison C { models Growing { method euler }; under E; measure rate, trace_mean(V); sweep k over [0, 0.1, 1e9] /ms }`;
  const result = await compared(growing, { stepCheck: false });
  expect(result.sweep?.points.map((p) => p.means.map((m) => m === null))).toEqual([
    [false, false],
    [false, false],
    [true, true],
  ]);
  expect(result.complete).toBe(true);
  expect(result.notes).toEqual([
    expect.stringMatching(
      /^Growing.* under E: 1 of 3 points of the sweep could not be run to the end; the first: .*became/,
    ),
  ]);
});

test("draws are pure functions of the first seed, and walk together", async () => {
  const text = `${NEURONS}comparison C { models LIF; under Drive; measure rate; sweep τ ~ normal(10 ms, 1 ms, min: 0 ms) in 4 draws; sweep Θ ~ uniform(5 mV, 15 mV) in 4 draws }`;
  const [one, other] = [await compared(text), await compared(text)];
  expect(one.sweep).toEqual(other.sweep);
  expect(one.sweep?.points.map((p) => p.at)).toEqual([[0], [1], [2], [3]]);
  expect(one.sweep?.axes.map((a) => a.scale)).toEqual(["draws", "draws"]);
  expect(new Set(one.sweep?.axes[0]?.values).size).toBe(4);
});

test("what a variant lacks is undefined for it, and said", async () => {
  const result = await compared(`${NEURONS}neuron Other { input I_e : mV; state U = 0 mV; U' = (I_e - U)/(10 ms) }
comparison C { models LIF, Other; under Drive; measure trace_mean(V) }`);
  expect(cell(result, "Other", "trace_mean(V)")).toMatchObject({
    values: [null],
    mean: null,
    undefinedBecause: "Other has no V",
  });
  expect(contrast(result, "Other", "trace_mean(V)").verdict).toBe("undefined");
});

test("bins are whole numbers of steps, as a run has them, and told; where spikes are located they stay as they are", async () => {
  const text = `${NEURONS.replace("step 0.1 ms", "step 0.4 ms").replace("of LIF { duration 100 ms", "of N { duration 400 ms").replace("; I_e = 20 mV; record spikes; record V every 1 ms", "; P.I_e = 20 mV")}network N { population P = 20 Noisy }
comparison C { under Drive; measure synchrony, synchrony(bin: 2.8 ms) }`;
  const result = await compared(text, { stepCheck: false }).catch((error: unknown) => String(error));
  if (typeof result === "string") throw new Error(result);
  expect(result.notes).toEqual([
    "synchrony: bins of 3 ms are no whole number of steps of 0.4 ms and are taken as 3.2 ms",
  ]);
  const again = await compared(text.replace("measure synchrony,", "measure synchrony(bin: 3.2 ms),"), {
    stepCheck: false,
  });
  expect(again.cells[0]?.values).toEqual(result.cells[0]?.values);
  const located = await compared(
    text.replace("20 Noisy", "20 LIF { τ = 10 ms + i*1 ms }").replace("step 0.4 ms", "step 0.4 ms; spikes precise"),
    { stepCheck: false },
  );
  expect(located.notes).toEqual([]);
  expect(located.cells[0]?.values).not.toEqual(located.cells[1]?.values);
});

test("the interval of an explained variance knows that its pairs share their runs", async () => {
  const result = await compared(
    `${NEURONS}comparison C { models Noisy, Slow; under Drive; measure explained_variance; seeds 8 }`,
    { stepCheck: false },
  );
  for (const label of ["Noisy", "Slow"]) {
    const { values, interval, mean } = cell(result, label, "explained_variance");
    const independent = estimate(values)?.interval;
    const width = (interval?.[1] ?? NaN) - (interval?.[0] ?? NaN);
    expect((interval?.[0] ?? NaN) + width / 2, label).toBeCloseTo(mean ?? NaN, 12);
    expect(width / ((independent?.high ?? NaN) - (independent?.low ?? NaN)), label).toBeGreaterThan(1.2);
  }
});

test("what distances do not show is said where nothing else is measured", async () => {
  const notes = async (measures: string): Promise<readonly string[]> =>
    (
      await compared(
        `${NEURONS}comparison C { models LIF, LIF { τ = 20 ms } as "slow"; under Drive; measure ${measures} }`,
        { stepCheck: false },
      )
    ).notes;
  expect(await notes("van_rossum, rate")).toEqual([
    "distances of spike trains see little of how regularly a model fires: cv_isi beside them shows it",
  ]);
  expect([await notes("van_rossum, cv_isi"), await notes("rate")]).toEqual([[], []]);
});

test("all differences of a comparison are one family, of every variant, measure and experiment (Holm 1979)", async () => {
  const result = await compared(
    `${NEURONS}experiment Again of LIF { duration 200 ms; step 0.1 ms; seed 9; I_e = 12 mV }
comparison C { models Noisy, Slow { τ = 11 ms } as "b", Slow { τ = 12 ms } as "c", Slow { τ = 13 ms } as "d"; under Drive, Again; measure rate, cv_isi, trace_mean(V), latency; seeds 3 }`,
    { stepCheck: false },
  );
  const sizes = result.contrasts.flatMap((c) => /but of (\d+) differences/.exec(c.sentence)?.slice(1) ?? []);
  expect(new Set(sizes)).toEqual(new Set(["24"]));
});
