// Draws for initial values and parameters: means, variances, shapes, truncation, and refusals in words.

import { expect, test } from "vitest";
import * as d from "../../../src/runtime/distributions.ts";
import { stream } from "../../../src/runtime/random.ts";

const N = 100_000,
  s = stream(1, "distributions");
function check(
  name: string,
  draw: (index: number) => number,
  mean: number,
  sd: number,
  kurtosis: number,
  skewness?: number,
): void {
  let m = 0,
    v = 0,
    w = 0;
  const x = Float64Array.from({ length: N }, (_, i) => draw(i));
  for (const value of x) m += value / N;
  for (const value of x) {
    v += (value - mean) ** 2 / N;
    w += (value - mean) ** 3 / N;
  }
  expect(Math.abs(m - mean), `mean of ${name}`).toBeLessThan((4 * sd) / Math.sqrt(N) + 1e-12);
  expect(Math.abs(v / sd ** 2 - 1), `variance of ${name}`).toBeLessThan(4.5 * Math.sqrt((kurtosis - 1) / N));
  if (skewness !== undefined)
    expect(Math.abs(w / sd ** 3 - skewness), `skewness of ${name}`).toBeLessThan(0.03 + 0.05 * skewness);
}

test("continuous distributions have the moments that were asked for", () => {
  check("uniform", (i) => d.drawUniform(s, i, -70, -50), -60, 20 / Math.sqrt(12), 1.8, 0);
  check("normal", (i) => d.drawNormal(s, i, -65, 5), -65, 5, 3, 0);
  check("exponential", (i) => d.drawExponential(s, i, 3), 3, 3, 9, 2);
  const ratio = 0.5,
    skew = (3 + ratio ** 2) * ratio,
    w = 1 + ratio ** 2;
  check("lognormal", (i) => d.drawLognormal(s, i, 0.4, 0.2), 0.4, 0.2, w ** 4 + 2 * w ** 3 + 3 * w ** 2 - 3, skew);
  for (const [mean, sd] of [
    [2, 0.1],
    [2, 1],
    [1, 1],
    [1, 1.5],
  ] as const)
    check(
      `gamma ${mean} ${sd}`,
      (i) => d.drawGamma(s, i, mean, sd),
      mean,
      sd,
      3 + 6 * (sd / mean) ** 2,
      (2 * sd) / mean,
    );
  expect([
    d.drawGamma(s, 0, 2, 0),
    d.drawNormal(s, 0, 2, 0),
    d.drawExponential(s, 0, 0),
    Math.abs(d.drawLognormal(s, 0, 2, 0) - 2) < 1e-15,
  ]).toEqual([2, 2, 0, true]);
});

test("Poisson and binomial: moments from small to a billion", () => {
  for (const mean of [0.01, 0.7, 5, 9.99, 10, 15, 40, 1000, 1e6, 1e9])
    check(`Poisson ${mean}`, (i) => d.drawPoisson(s, i, mean), mean, Math.sqrt(mean), 3 + 1 / mean);
  for (const [n, p] of [
    [1, 0.3],
    [10, 0.5],
    [20, 0.9],
    [100, 0.1],
    [1000, 0.3],
    [1e6, 0.999],
    [1e9, 0.25],
    [1e9, 1e-9],
  ] as const) {
    check(
      `binomial ${n} ${p}`,
      (i) => d.drawBinomial(s, i, n, p),
      n * p,
      Math.sqrt(n * p * (1 - p)),
      3 + (1 - 6 * p * (1 - p)) / (n * p * (1 - p)),
    );
  }
  expect([
    d.drawPoisson(s, 0, 0),
    d.drawBinomial(s, 0, 0, 0.5),
    d.drawBinomial(s, 0, 9, 0),
    d.drawBinomial(s, 0, 9, 1),
  ]).toEqual([0, 0, 0, 9]);
});

test("Poisson and binomial: every probability, by χ²", () => {
  const fit = (draw: (index: number) => number, first: number, ratio: (k: number) => number): number => {
    const counts = new Map<number, number>();
    for (let i = 0; i < N; i++) {
      const k = draw(i);
      counts.set(k, (counts.get(k) ?? 0) + 1);
    }
    let chi2 = 0,
      cells = 0,
      p = first;
    for (let k = 0; k < 200; k++) {
      if (N * p > 20) {
        chi2 += ((counts.get(k) ?? 0) - N * p) ** 2 / (N * p);
        cells++;
      }
      p *= ratio(k + 1);
    }
    return (chi2 - cells) / Math.sqrt(2 * cells);
  };
  for (const mean of [3, 12, 60])
    expect(
      fit(
        (i) => d.drawPoisson(s, i, mean),
        Math.exp(-mean),
        (k) => mean / k,
      ),
    ).toBeLessThan(4);
  for (const [n, p] of [
    [30, 0.2],
    [40, 0.4],
    [200, 0.3],
  ] as const)
    expect(
      fit(
        (i) => d.drawBinomial(s, i, n, p),
        (1 - p) ** n,
        (k) => (((n - k + 1) / k) * p) / (1 - p),
      ),
    ).toBeLessThan(4);
});

test("a draw depends on its stream, index and attempt alone; attempts are independent", () => {
  const draws = [
    (i: number, a?: number) => d.drawUniform(s, i, 0, 1, a),
    (i: number, a?: number) => d.drawNormal(s, i, 0, 1, a),
    (i: number, a?: number) => d.drawLognormal(s, i, 1, 1, a),
    (i: number, a?: number) => d.drawGamma(s, i, 1, 1, a),
    (i: number, a?: number) => d.drawExponential(s, i, 1, a),
    (i: number, a?: number) => d.drawPoisson(s, i, 1e6, a),
    (i: number, a?: number) => d.drawBinomial(s, i, 1e6, 0.3, a),
  ];
  for (const draw of draws) {
    expect(draw(5)).toBe(draw(5, 0));
    expect(new Set([draw(5), draw(5, 1), draw(5, 2), draw(6), draw(6, 99_999)]).size).toBe(5);
  }
});

test("truncation redraws, keeps the shape, and gives up in words", () => {
  let mean = 0;
  for (let i = 0; i < N; i++) {
    const x = d.truncated(s, (attempt) => d.drawNormal(s, i, 0, 1, attempt), 0, Infinity);
    if (!(x >= 0)) throw new Error(`draw ${i} is ${x}`);
    mean += x / N;
  }
  expect(Math.abs(mean - Math.sqrt(2 / Math.PI))).toBeLessThan(4 * Math.sqrt((1 - 2 / Math.PI) / N));
  expect(() => d.truncated(s, (attempt) => d.drawUniform(s, 0, 0, 1, attempt), 2, 3)).toThrow(
    /none of 100000 draws lay between 2 and 3/,
  );
  expect(() => d.truncated(s, () => NaN, -Infinity, Infinity)).toThrow(RangeError);
  expect(() => d.drawNormal(s, 0, 0, -1)).toThrow("a normal distribution needs an sd of at least 0, not -1");
  expect(() => d.drawGamma(s, 0, -1, 1)).toThrow(/mean above 0, not -1/);
  expect(() => d.drawPoisson(s, 0, NaN)).toThrow(/not NaN/);
  expect(() => d.drawBinomial(s, 0, 1.5, 0.5)).toThrow(/whole number/);
});
