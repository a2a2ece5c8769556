// Fits whose answer is known: a GLIF with numbers of its own each time, seen through noise.
import type { FitProblem } from "../../src/fit/problem.ts";
import { stream, uniform } from "../../src/runtime/random.ts";
import { problemOf, recordedAt } from "./helpers.ts";
import { GLIF } from "./models.ts";

export const SOUGHT = [
  { name: "C", unit: "pF", lower: 30, upper: 300, logarithmic: true },
  { name: "G", unit: "nS", lower: 2, upper: 30, logarithmic: true },
  { name: "E_L", unit: "mV", lower: -80, upper: -60 },
  { name: "k", unit: "/ms", lower: 0.003, upper: 0.1, logarithmic: true },
  { name: "δI", unit: "pA", lower: -100, upper: 0 },
  { name: "Θ_inf", unit: "mV", lower: -60, upper: -40 },
  { name: "b_s", unit: "/ms", lower: 0.005, upper: 0.2, logarithmic: true },
  { name: "δΘ_s", unit: "mV", lower: 0, upper: 10 },
];

/** In the middle, and how far it lies from there at most. */
const TRUTHS = [
  [120, 24],
  [7, 1.4],
  [-68, 1.5],
  [0.015, 0.006],
  [-50, 20],
  [-50, 1],
  [0.04, 0.016],
  [4, 1.5],
] as const;

/** mV */
const NOISE = 0.5;

export interface Synthetic {
  readonly problem: FitProblem;
  readonly truth: readonly number[];
}

export function synthetics(count: number): readonly Synthetic[] {
  const base = problemOf({
    text: GLIF,
    model: "GLIF",
    free: SOUGHT,
    terms: [["explained_variance(sigma: 5 ms)", 1]],
    train: [{ from: 0, until: 1000 }],
    observed: [{ population: "GLIF", variable: "V", recorded: "V" }],
    seeds: [1, 2],
    evaluations: 600,
  });
  return Array.from({ length: count }, (_, k) => {
    const draws = stream(k + 1, "test/truth");
    const truth = TRUTHS.map(([middle, reach], i) => middle + reach * (2 * uniform(draws, i, 0) - 1));
    return { problem: recordedAt(base, truth, { noise: NOISE, seeds: [1000 + k] }), truth };
  });
}
