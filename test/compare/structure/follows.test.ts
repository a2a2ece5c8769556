// What follows a parameter follows it where it is set: two models of one number are not one where a setting would tell them apart.
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { planSimulation } from "../../../src/4-plan/planSimulation.ts";
import { differenceOfExperiments } from "../../../src/compare/structure/index.ts";
import { programOf } from "../../check/program.ts";
import { run } from "../../conformance/harness.ts";
import { lines } from "./pairs.ts";

const MODEL = `neuron M {
  param τ = 10 ms, a = 10 mV, V_th = 2*a - 5 mV, b = 2, c = 2*b, E = 0 mV, V_k = 15 mV
  const k = 3
  input I : mV
  state V = E, w = c*1 mV
  V' = (I - V)/τ
  w' = k*(V - V_k - w)/τ
  spike when V > V_th
  reset { V <- E }
}
network N { param s = 10, g = 2*s, n = 3
 population P = n M { I = g*1 mV } }
experiment X of N { param T = 100 ms; duration T }
`;

const experimentOf = (text: string) => present(programOf(text).experiments[0], "X");
const between = (from: string, to: string) =>
  differenceOfExperiments(experimentOf(MODEL), experimentOf(MODEL.replace(from, to)));

test.each([
  ["V_th = 2*a - 5 mV", "V_th = 15 mV", "parameter changed V_th: 2*a - 5 mV -> 15 mV", "both are 15 mV until a is set"],
  [
    "V_th = 2*a - 5 mV",
    "V_th = 25 mV - a",
    "parameter changed V_th: 2*a - 5 mV -> 25 mV - a",
    "both are 15 mV until a is set",
  ],
  ["c = 2*b", "c = b^2", "parameter changed c: 2*b -> b^2", "both are 4 until b is set"],
  ["V_k = 15 mV", "V_k = E + 15 mV", "parameter changed V_k: 15 mV -> E + 15 mV", "both are 15 mV until E is set"],
  ["V = E,", "V = 0 mV,", "state changed V: E -> 0 mV", "initial value"],
  ["w = c*1 mV", "w = 4 mV", "state changed w: c*(1 mV) -> 4 mV", "initial value"],
  ["g = 2*s", "g = 20", "parameter changed g: 2*s -> 20", "both are 20 until what they follow is set"],
  ["g*1 mV", "20 mV", "stimulus changed I: g*(1 mV) -> 20 mV", ""],
  ["= n M", "= 3 M", "population changed P: n -> 3", "size: both are 3 until what they follow is set"],
  [
    "duration T",
    "duration 100 ms",
    "stimulus changed duration: T -> 100 ms",
    "both are 100 ms until what they follow is set",
  ],
])("%s is not %s", (from, to, line, note) => {
  const found = between(from, to);
  expect(lines(found).map((l) => l.replace("P: I", "I"))).toEqual([line]);
  expect([found.equal, found.items[0]?.note]).toEqual([false, note]);
});

test.each([
  ["V_th = 2*a - 5 mV", "V_th = a + a - 5 mV"],
  ["const k = 3", "const k = 2 + 1"],
  // What only one of the two lets anybody set is a number in the other, as where it is written as one.
  ["const k = 3", "param k = 3"],
  ["g = 2*s", "g = s + s"],
  ["V_k = 15 mV", "V_k = 0.015 V"],
  ["duration T", "duration 2*T/2"],
])("%s is %s", (from, to) => {
  expect(between(from, to)).toMatchObject({ equal: true, items: [] });
});

test("a threshold that follows gives other spikes where what it follows is set", () => {
  const count = (text: string): number =>
    run(present(planSimulation(experimentOf(text.replace("P = n M {", "P = n M { a = 8 mV;"))).plan, "plan"), {}).spikes
      .length;
  expect(
    [
      MODEL,
      MODEL.replace("V_th = 2*a - 5 mV", "V_th = 15 mV"),
      MODEL.replace("V_th = 2*a - 5 mV", "V_th = 25 mV - a"),
    ].map(count),
  ).toEqual([36, 21, 15]);
});
