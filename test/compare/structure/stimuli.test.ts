// Stimuli in two forms: told to differ only where they do at some time.
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { differenceOfExperiments } from "../../../src/compare/structure/index.ts";
import { programOf } from "../../check/program.ts";

const experimentOf = (stimulus: string) =>
  present(
    programOf(`neuron N { param τ = 10 ms; input I : mV; state V = 0 mV; V' = (I - V)/τ }
experiment X of N { param A = 10 mV; duration 300 ms; I = ${stimulus}; record V }`).experiments[0],
    "X",
  );
const told = (a: string, b: string): boolean | null => differenceOfExperiments(experimentOf(a), experimentOf(b)).equal;

test.each([
  [
    "pulse(15 mV, from: 10 ms, to: 50 ms)",
    "pulse(10 mV, from: 10 ms, to: 50 ms) + pulse(5 mV, from: 10 ms, to: 50 ms)",
  ],
  ["pulse(A, from: 50 ms, to: 150 ms)", "pulse(A, from: 50 ms) - pulse(A, from: 150 ms)"],
  ["steps(0 ms: 1 mV, 100 ms: 20 mV)", "1 mV + pulse(19 mV, from: 100 ms)"],
  ["sine(30 mV, frequency: 40 Hz)", "30 mV*sin(2*π*40 Hz*t)"],
  ["sine(-3 mV, frequency: 40 Hz)", "sine(3 mV, frequency: 40 Hz, phase: π)"],
  ["ramp(1 mV, 6 mV, from: 20 ms, to: 100 ms)", "1 mV + ramp(0 mV, 5 mV, from: 20 ms, to: 100 ms)"],
  ["ramp(0 mV, A, from: 20 ms, to: 100 ms)", "ramp(0 mV, A/2, from: 20 ms, to: 100 ms)*2"],
])("%s is not told to differ from %s", (a, b) => {
  expect([told(a, b), told(b, a)]).not.toContain(false);
});

test.each([
  [
    "pulse(15 mV, from: 10 ms, to: 50 ms)",
    "pulse(10 mV, from: 10 ms, to: 50 ms) + pulse(5 mV, from: 10 ms, to: 50.1 ms)",
  ],
  ["steps(0 ms: 1 mV, 100 ms: 20 mV)", "1 mV + pulse(19.001 mV, from: 100 ms)"],
  ["sine(30 mV, frequency: 40 Hz)", "30 mV*sin(2*π*40.1 Hz*t)"],
  ["sine(-3 mV, frequency: 40 Hz)", "sine(3 mV, frequency: 40 Hz)"],
  ["ramp(1 mV, 6 mV, from: 20 ms, to: 100 ms)", "1 mV + ramp(0 mV, 5 mV, from: 20 ms, to: 101 ms)"],
  ["pulse(A, from: 50 ms)", "pulse(10 mV, from: 50 ms)"],
  ["pulse(A, from: 50 ms)", "pulse(4 mV, from: 50 ms) + pulse(6 mV, from: 50 ms)"],
])("%s differs from %s", (a, b) => {
  expect([told(a, b), told(b, a)]).toEqual([false, false]);
});
