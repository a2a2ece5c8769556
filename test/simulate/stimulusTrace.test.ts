// What drove an input, as a curve: each shape by its formula, and files with more samples than a call takes arguments.
import ts from "typescript";
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { check, javascriptOf, planOf, typescriptOf } from "../../src/compile.ts";
import { present } from "../../src/base/invariant.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { populationNumbers, setupNumbers } from "../../src/simulate/planNumbers.ts";
import { stimulusTrace } from "../../src/simulate/stimulusTrace.ts";

function planned(stimulus: string, csv = ""): SimulationPlan {
  const text = `neuron L { input I : pA; state V = 0 mV; V' = -V/(10 ms) + I/(100 pF) }
experiment E of L { param h = 4 pA; duration 100 ms; step 0.1 ms; I = ${stimulus} }`;
  const { program } = check(sourceText("a.glif", text), {
    resolve: (_, path) => ({ path }),
    read: () => ({ text: csv }),
  });
  return present(planOf(present(program, "program"), "E").plan, "plan");
}

/** Values at times in ms. */
function curve(stimulus: string, csv?: string): (at: number) => number | undefined {
  const plan = planned(stimulus, csv);
  const [population] = plan.populations;
  const [input] = present(population, "population").inputs;
  const numbers = populationNumbers(present(population, "population"), setupNumbers(plan));
  const { t, y } = present(
    stimulusTrace(present(input, "input"), (symbol) => numbers.get(symbol) ?? NaN, plan.step, plan.steps ?? 0),
    "curve",
  );
  expect([...t].sort((a, b) => a - b)).toEqual([...t]);
  return (at) => y[t.findIndex((time) => Math.abs(time - at) < 1e-9)];
}

test("both sides of each jump, and a grid where it changes smoothly", () => {
  const pulse = curve("pulse(3 pA, from: 10 ms, to: 20 ms) + 1 pA");
  expect([0, 9.9, 10, 19.9, 20, 100].map(pulse)).toEqual([1, 1, 4, 4, 1, 1]);
  const steps = curve("steps(10 ms: h, 20 ms: 2*h)");
  expect([0, 9.9, 10, 19.9, 20, 100].map(steps)).toEqual([0, 0, 4, 4, 8, 8]);
  const ramp = curve("ramp(0 pA, 10 pA, from: 20 ms, to: 70 ms)");
  expect([10, 20, 45, 70, 90].map(ramp)).toEqual([0, 0, 5, 10, 10]);
  const sine = curve("sine(2 pA, 10 Hz)");
  [0, 25, 75].forEach((at, k) => expect(sine(at)).toBeCloseTo([0, 2, -2][k] ?? NaN, 12));
  const file = curve('file("I.csv")', "t (ms),I (nA)\n1,0.002\n1.2,0.003\n");
  expect([0, 0.9, 1, 1.1, 1.2, 100].map(file)).toEqual([0, 0, 2, 2, 3, 3]);
});

test("a file of 300,000 samples is drawn, run and printed", () => {
  const count = 300_000;
  const csv = `t (ms),I (pA)\n${Array.from({ length: count }, (_, k) => `${(k * 100) / count},${k % 7}`).join("\n")}\n`;
  const at = curve('file("I.csv")', csv);
  // 300 samples a step: of those that are rounded to step 0 the last is number 149.
  expect(at(0)).toBe(149 % 7);
  const plan = planned('file("I.csv")', csv);
  expect(javascriptOf(plan).length).toBeGreaterThan(2 * count);
  expect(typescriptOf(ts, plan).length).toBeGreaterThan(2 * count);
});
