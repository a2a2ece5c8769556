// Where only one of two expressions has a value they are two, however equal they are elsewhere.
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { planSimulation } from "../../../src/4-plan/planSimulation.ts";
import { differenceOfExperiments } from "../../../src/compare/structure/index.ts";
import { programOf } from "../../check/program.ts";
import { run } from "../../conformance/harness.ts";

const experimentOf = (condition: string, start = "-1") =>
  present(
    programOf(`neuron N {
  param m = 2, k = 3
  state x : 1 = ${start}, y : 1 = 0
  x' = (-1 - x)/(20 ms)
  y' = 0.1*y/(1 ms)
  spike when ${condition}
  reset { x <- 2 }
}
experiment X of N { duration 100 ms; record x }`).experiments[0],
    "X",
  );
const told = (a: string, b: string, start?: string) =>
  differenceOfExperiments(experimentOf(a, start), experimentOf(b, start)).equal;
const spikes = (condition: string): number =>
  run(present(planSimulation(experimentOf(condition)).plan, "plan"), {}).spikes.length;

test.each([
  ["(m*x)^0.5*(m*x)^0.5 < 1", "m*x < 1"],
  ["max(sqrt(x)^2, 0) < 0.5", "max(x, 0) < 0.5"],
  ["sqrt(x)^2 < 1", "x < 1"],
  ["sqrt(x - 0.5)^2 < 0.3", "x - 0.5 < 0.3"],
  ["exp(log(x)) < 1", "x < 1"],
  ["x^1.5/x^0.5 < 1", "x < 1"],
  ["x*(y/y) < 1", "x < 1"],
])("%s is not %s", (a, b) => {
  expect(spikes(a)).not.toBe(spikes(b));
  for (const start of ["-1", "0", "0.7"]) expect([told(a, b, start), told(b, a, start)]).toEqual([false, false]);
});

test.each([
  ["sqrt(m*x + 4) < 1.5", "sqrt(4 + x*m) < 1.5"],
  ["sqrt(k)^2*x < 1.5", "k*x < 1.5"],
  ["sqrt(exp(x)) < 1.2", "exp(x/2) < 1.2"],
  ["x + sqrt(x^2 + 1)*sqrt(x^2 + 1) < 1.5", "x + 1 + x^2 < 1.5"],
  ["sqrt(k*x) < 0.5", "sqrt(k*(x + 0)) < 0.5"],
  ["x*(k/k) < 0.5", "x < 0.5"],
])("%s is %s", (a, b) => {
  expect(spikes(a)).toBe(spikes(b));
  expect(told(a, b)).toBe(true);
});
