// Explained variance of smoothed trains, against numpy and in closed form.
import { expect, test } from "vitest";
import { explainedVariance, explainedVarianceRatio } from "../../src/measures/explainedVariance.ts";
import { spikeTrain, type SpikeTrain } from "../../src/measures/train.ts";
import { named, poisson, reference, train } from "./reference.ts";

test("of all pairs of nine trains and of repeats, as numpy has it on a grid of 0.1 ms", () => {
  for (const pair of reference.pairs) {
    const found = explainedVariance([named(pair.model)], [named(pair.reference)], 10);
    if (pair.explained_variance === null) expect(found).toBeNull();
    // Sampling at sigma/5 instead of 0.1 ms shows only where the window's edge cuts a Gaussian.
    else expect(found, `${pair.model}, ${pair.reference}`).toBeCloseTo(pair.explained_variance, 3);
  }
  const [models, references] = [reference.repeats.models, reference.repeats.references].map((all: number[][]) =>
    all.map((times) => train(times)),
  );
  expect(explainedVariance(models ?? [], references ?? [], 10)).toBeCloseTo(reference.repeats.explained_variance, 5);
  expect(explainedVarianceRatio(models ?? [], references ?? [], 10)).toBeCloseTo(
    reference.repeats.explained_variance_ratio,
    5,
  );
});

test("one spike moved by Δ in a long window explains exp(-Δ²/4σ²)", () => {
  // ∫fg/∫f² of two Gaussians; the squared means that variances take off are of the order σ/T.
  const [T, sigma] = [1e6, 10];
  for (const delta of [0, 5, 10, 20])
    expect(explainedVariance([train([5e5], 0, T)], [train([5e5 + delta], 0, T)], sigma)).toBeCloseTo(
      Math.exp(-(delta * delta) / (4 * sigma * sigma)),
      4,
    );
});

test("equal trains have 1, independent ones 0, silence against spikes 0, silence alone no value", () => {
  const [a, b] = [poisson(1, 20, 1e6), poisson(2, 20, 1e6)];
  expect(explainedVariance([a], [a], 10)).toBe(1);
  expect(Math.abs(explainedVariance([a], [b], 10) ?? 1)).toBeLessThan(0.02);
  expect(explainedVariance([train([])], [named("gamma")], 10)).toBeCloseTo(0, 14);
  expect(explainedVariance([train([])], [train([])], 10)).toBeNull();
  expect(explainedVariance([], [named("gamma")], 10)).toBeNull();
});

test("the ratio is 1 where the model is what all repeats are, and needs two of them", () => {
  const own = named("gamma");
  expect(explainedVarianceRatio([own], [own, own], 10)).toBe(1);
  expect(explainedVarianceRatio([own], [own], 10)).toBeNull();
  expect(explainedVarianceRatio([own], [train([]), train([])], 10)).toBeNull();
});

test("in a window of a few sigmas, too, the sums are the integrals", () => {
  // Two trains in a window of five sigmas, which a fifth of sigma would divide into 25 steps instead of 500, against sums that are twenty times as fine.
  const [sigma, until] = [10, 50];
  const [a, b] = [
    [12, 40],
    [17, 49],
  ];
  const at = (times: readonly number[], t: number): number =>
    times.reduce((sum, s) => sum + Math.exp(-0.5 * ((t - s) / sigma) ** 2), 0);
  const fine = Array.from({ length: 10_000 }, (_, k) => ((k + 0.5) * until) / 10_000);
  const spread = (y: readonly number[]): number =>
    y.reduce((sum, v) => sum + v * v, 0) / y.length - (y.reduce((sum, v) => sum + v, 0) / y.length) ** 2;
  const [m, d] = [fine.map((t) => at(a, t)), fine.map((t) => at(b, t))];
  const [one, other, left] = [spread(m), spread(d), spread(m.map((v, k) => v - (d[k] ?? 0)))];
  const within = (times: readonly number[]): SpikeTrain => spikeTrain(Float64Array.from(times), 0, until);
  expect(explainedVariance([within(a)], [within(b)], sigma)).toBeCloseTo((one + other - left) / (one + other), 5);
});
