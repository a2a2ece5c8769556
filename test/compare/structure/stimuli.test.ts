// Stimuli in two forms: proven to be one as functions of the time, told to differ where they do at some time.
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
  ["ramp(1 mV, 6 mV, from: 20 ms, to: 100 ms)", "1 mV + ramp(0 mV, 5 mV, from: 20 ms, to: 100 ms)"],
  ["ramp(0 mV, A, from: 20 ms, to: 100 ms)", "ramp(0 mV, A/2, from: 20 ms, to: 100 ms)*2"],
  ["pulses(A, every: 50 ms, width: 5 ms)", "2*pulses(A/2, every: 50 ms, width: 5 ms, from: 0 ms)"],
  [
    "pulses(A, every: 50 ms, width: 5 ms, from: 7 ms, to: 90 ms)",
    "A*pulses(1, every: 25 ms + 25 ms, width: 5 ms, from: 7 ms)*pulse(1, 7 ms, 90 ms)",
  ],
  ["sine(A, 40 Hz, phase: 0.2, from: 3 ms, to: 90 ms)", "pulse(1, 3 ms, 90 ms)*A*sin(2*π*40 Hz*(t - 3 ms) + 0.2)"],
  ["steps(0 ms: 0 mV, 20 ms: A, 30 ms: 3 mV)", "pulse(A, from: 20 ms, to: 30 ms) + pulse(3 mV, from: 30 ms)"],
  ["0.5*A + pulse(0.5*A, to: 40 ms)", "if t < 40 ms then A else A/2"],
  ["pulse(A, from: 40 ms)", "if t >= 40 ms - dt/2 then A else 0 mV"],
  ["pulse(A, from: 40 ms)", "if 40 ms <= t then A else 0 mV"],
  ["pulse(A, from: 40 ms)", "if t > 39.93 ms then A else 0 mV"],
  ["clamp(9 mV*sin(t/(7 ms)), 0 mV, 8 mV)", "max(0 mV, min(8 mV, 9 mV*sin(t/(7 ms))))"],
  ["pulse(A, to: 9 ms) + 2 mV*sqrt(ms)*ξ", "2 mV*sqrt(ms)*ξ + A*pulse(1, to: 9 ms)"],
  ["5 mV*sqrt(ms)*ξ", "3 mV*sqrt(ms)*ξ - 4 mV*sqrt(ms)*ξ"],
  ["if i < 2 then A else 1 mV", "if i <= 1 then A else 1 mV"],
  ["if i == 0 then A else 1 mV", "if 2*i < 1 then A else 1 mV"],
  ["if i == 1 or i == 2 then A else 1 mV", "if i >= 1 and i < 3 then A else 1 mV"],
  ["if i >= 0 then A else 1 mV", "A"],
  // There is no other neuron.
  ["if i == 0 then A else 1 mV", "A"],
  ["if i < 2 then A else 1 mV", "if i <= 2 then A else 1 mV"],
])("%s is %s", (a, b) => {
  expect([told(a, b), told(b, a)]).toEqual([true, true]);
});

test.each([
  ["sine(-3 mV, frequency: 40 Hz)", "sine(3 mV, frequency: 40 Hz, phase: π)"],
  // Times are rounded to steps, each for itself.
  [
    "ramp(0 mV, A, from: 0 ms, to: 20 ms)",
    "ramp(0 mV, A/2, from: 0 ms, to: 10 ms) + ramp(0 mV, A/2, from: 10 ms, to: 20 ms)",
  ],
  // At multiples of the step they are the same, which no proof says.
  ["pulse(A, from: 10 ms, to: 80 ms)", "A*step(t - 10 ms)*step(80 ms - dt/2 - t)"],
  [
    "pulse(A, from: 10 ms, to: 80 ms)",
    "if floor((t + dt/2)/(10 ms)) >= 1 and floor((t + dt/2)/(10 ms)) < 8 then A else 0 mV",
  ],
])("%s is not proven to be %s", (a, b) => {
  expect([told(a, b), told(b, a)]).toEqual([null, null]);
});

test.each([
  ["pulses(A, every: 50 ms, width: 5 ms)", "pulses(A, every: 50 ms, width: 6 ms)"],
  ["pulses(A, every: 50 ms, width: 5 ms)", "pulses(A, every: 51 ms, width: 5 ms)"],
  ["pulses(A, every: 50 ms, width: 5 ms)", "pulses(A, every: 50 ms, width: 5 ms, from: 1 ms)"],
  ["pulses(A, every: 50 ms, width: 5 ms)", "pulse(A, to: 5 ms)"],
  [
    "pulse(15 mV, from: 10 ms, to: 50 ms)",
    "pulse(10 mV, from: 10 ms, to: 50 ms) + pulse(5 mV, from: 10 ms, to: 50.1 ms)",
  ],
  ["steps(0 ms: 1 mV, 100 ms: 20 mV)", "1 mV + pulse(19.001 mV, from: 100 ms)"],
  ["sine(30 mV, frequency: 40 Hz)", "30 mV*sin(2*π*40.1 Hz*t)"],
  ["sine(-3 mV, frequency: 40 Hz)", "sine(3 mV, frequency: 40 Hz)"],
  ["ramp(1 mV, 6 mV, from: 20 ms, to: 100 ms)", "1 mV + ramp(0 mV, 5 mV, from: 20 ms, to: 101 ms)"],
  ["pulse(A, from: 50 ms)", "pulse(10 mV, from: 50 ms)"],
  ["pulse(A, to: 20 ms)", "if t <= 20 ms then A else 0 mV"],
  ["A*sqrt(1 ms)*ξ", "2*A*sqrt(1 ms)*ξ"],
  ["pulse(A, to: 9 ms) + 2 mV*sqrt(ms)*ξ", "pulse(2*A, to: 9 ms) + 2 mV*sqrt(ms)*ξ"],
  ["if i < 1 then A else 1 mV", "if i <= 2 then 1 mV else A"],
  // 40 ms is a step before 40.04 ms, to which the pulse does not last.
  ["pulse(A, to: 40.04 ms)", "if t < 40.04 ms then A else 0 mV"],
  ["pulse(A, from: 50 ms)", "pulse(4 mV, from: 50 ms) + pulse(6 mV, from: 50 ms)"],
])("%s differs from %s", (a, b) => {
  expect([told(a, b), told(b, a)]).toEqual([false, false]);
});

test("stimuli that are one in the steps that there are are told to be so at that step", () => {
  const stepOf = (a: string, b: string): number | null =>
    differenceOfExperiments(experimentOf(a), experimentOf(b)).atStep;
  // At a step of 0.5 ms the condition lasts to 20.5 ms, and the pulse to 20 ms.
  expect(stepOf("if t < 20.1 ms then A else 0 mV", "pulse(A, to: 20.1 ms)")).toBe(0.1);
  expect(stepOf("pulse(A, to: 20.1 ms)", "A - pulse(A, from: 20.1 ms)")).toBeNull();
});
