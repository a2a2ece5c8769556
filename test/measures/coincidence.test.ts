// Coincidence factor Γ: by hand, 1 for equal trains, 0 for chance.
import { expect, test } from "vitest";
import { coincidence, coincidences } from "../../src/measures/coincidence.ts";
import { named, poisson, train } from "./reference.ts";

test("by hand: 2 of 3 model spikes coincide with 2 of 4, Δ = 2 ms, T = 1 s", () => {
  // 2νΔ = 0.012; (2 - 0.012*4)/3.5/0.988
  expect(coincidence(train([101, 300, 500]), train([100, 302, 400, 600]), 2)).toBeCloseTo(1.952 / 3.5 / 0.988, 14);
});

test("a spike counts once: one model spike between two of the reference is one coincidence", () => {
  const of = (a: number[], b: number[]): number => coincidences(Float64Array.from(a), Float64Array.from(b), 2);
  expect(of([101], [100, 102])).toBe(1);
  expect(of([100, 102], [101])).toBe(1);
  expect(of([100, 101], [101, 103])).toBe(2);
  expect(of([100, 100], [100])).toBe(1);
  // On a grid of 0.1 ms exactly Δ apart, whatever the last bits say.
  expect(of([0.1, 100.3], [2.1, 102.3])).toBe(2);
  expect(of([100], [102.001])).toBe(0);
});

test("equal trains have 1; trains without a spike in common less than 0; no spikes at all no value", () => {
  expect(coincidence(named("gamma"), named("gamma"), 2)).toBe(1);
  expect(coincidence(train([100, 200]), train([150, 250]), 2)).toBeLessThan(0);
  expect(coincidence(train([]), train([150, 250]), 2)).toBe(0);
  expect(coincidence(train([150, 250]), train([]), 2)).toBe(0);
  expect(coincidence(train([]), train([]), 2)).toBeNull();
  // 10 spikes of ±50 ms fill the second.
  expect(coincidence(train([10, 20, 30, 40, 50, 60, 70, 80, 90, 95]), train([5]), 50)).toBeNull();
});

test("what chance makes is below 0 where rates are high, and has no value from 250 Hz with 2 ms on", () => {
  // Model and reference at 50, 100 and 200 Hz: 2νΔ = 0.2, 0.4, 0.8.
  const chance = [50, 100, 200].map((rate) => coincidence(poisson(21, rate, 4e5), poisson(22, rate, 4e5), 2) ?? NaN);
  expect(chance[0]).toBeLessThan(-0.005);
  expect(chance[1]).toBeLessThan(-0.05);
  expect(chance[2]).toBeLessThan(-0.5);
  const clock = (spikes: number): ReturnType<typeof train> =>
    train(Array.from({ length: spikes }, (_, k) => (k + 0.5) * (1000 / spikes)));
  expect([coincidence(clock(249), clock(249), 2), coincidence(clock(250), clock(250), 2)]).toEqual([1, null]);
});

test("independent Poisson trains have 0 within the error", () => {
  const [a, b] = [poisson(11, 20, 2e6), poisson(12, 20, 2e6)];
  // Chance coincidences n·2νΔ, of which the one-to-one rule takes some away: 2νΔ = 0.08, less about its half again in relative terms.
  const found = coincidence(a, b, 2) ?? NaN;
  expect(Math.abs(found)).toBeLessThan(4 * Math.sqrt(0.08 / a.times.length) + 0.08 * 0.08);
});
