// Signs and noises: a sign in a state is a difference, that of white noise is none, and however many noises there are a strength that changes is told.
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { differenceOfExperiments } from "../../../src/compare/structure/index.ts";
import { programOf } from "../../check/program.ts";
import { edited, lines, neurons, pairOf, sentence } from "./pairs.ts";

const FOUR = `neuron N {
  param τ = 10 ms, axial = 2 mV
  noise ξ_1, ξ_2
  input J : mV/ms
  state V = 0 mV, U = 0 mV, Y = 0 mV
  V' = J - V/τ + 1 mV*sqrt(1/τ)*ξ_1 - 1 mV*sqrt(1/τ)*ξ_2
  U' = -U/τ + 1 mV*sqrt(1/τ)*ξ_1 + 0.2 mV*sqrt(1/τ)*ξ
  Y' = -Y/τ + 1 mV*sqrt(1/τ)*ξ_2
  J += axial/(20 ms)
  J += 0.1 mV/sqrt(ms)*ξ
  spike when V > 2 mV
  reset { V <- 0 mV }
}`;

test("four noises, two of them shared: the strength of one is told where it is", () => {
  const found = neurons(pairOf(FOUR, edited(FOUR, ["0.1 mV/sqrt(ms)", "5 mV/sqrt(ms)"])));
  expect(found.equal).toBe(false);
  expect(lines(found)).toEqual([
    "noise changed V': J - V/τ + 1 mV * sqrt(1/τ)*ξ_1 - 1 mV * sqrt(1/τ)*ξ_2; J += 0.1 mV/sqrt(ms) * ξ -> J - V/τ + 1 mV * sqrt(1/τ)*ξ_1 - 1 mV * sqrt(1/τ)*ξ_2; J += 5 mV/sqrt(ms) * ξ",
  ]);
});

test.each([
  ["0.2 mV*sqrt", "0.3 mV*sqrt", ["noise changed U'"]],
  ["U' = -U/τ + 1 mV", "U' = -U/τ - 1 mV", ["noise changed U'"]],
  ["Y' = -Y/τ + 1 mV*sqrt(1/τ)*ξ_2", "Y' = -Y/τ + 1 mV*sqrt(1/τ)*ξ_1", ["noise changed V'", "noise changed Y'"]],
])("of four noises, %s for %s is told where it shows", (from, to, told) => {
  for (const [a, b] of [
    [FOUR, edited(FOUR, [from, to])],
    [edited(FOUR, [from, to]), FOUR],
  ] as const) {
    const found = neurons(pairOf(a, b));
    expect(found.equal).toBe(false);
    expect(lines(found).map((l) => l.split(":")[0])).toEqual(told);
  }
});

test("the signs of noises, and which is called which, are nothing", () => {
  const turned = edited(
    FOUR,
    ["+ 1 mV*sqrt(1/τ)*ξ_1 - 1 mV*sqrt(1/τ)*ξ_2", "- 1 mV*sqrt(1/τ)*ξ_1 + 1 mV*sqrt(1/τ)*ξ_2"],
    ["U' = -U/τ + 1 mV*sqrt(1/τ)*ξ_1 + 0.2 mV", "U' = -U/τ - 1 mV*sqrt(1/τ)*ξ_1 - 0.2 mV"],
    ["Y' = -Y/τ + 1 mV", "Y' = -Y/τ - 1 mV"],
    ["0.1 mV/sqrt(ms)", "-0.1 mV/sqrt(ms)"],
  );
  const renamed = turned.replace(/ξ_1/g, "ζ").replace(/ξ_2/g, "ξ_1").replace(/ζ/g, "ξ_2");
  for (const other of [turned, renamed]) expect(neurons(pairOf(FOUR, other)).equal).toBe(true);
});

const SIMPLE = `neuron N {
  param τ = 10 ms
  input I : mV/ms
  state V = 0 mV, x = 1 mV, c : 1 = 0
  V' = -V/τ + I
  x' = -x/τ
  c' = -c/τ
  on V > 3 mV { c <- c + 1 }
}`;

test.each([
  ["-V/τ + I", "-V/τ - I", "equation changed V': -V/τ + I -> -V/τ - I"],
  ["x = 1 mV", "x = -1 mV", "state changed x: 1 mV -> -1 mV"],
  ["c + 1", "c - 1", "event changed on: on V > 3 mV { c <- c + 1 } -> on V > 3 mV { c <- c - 1 }"],
])("a sign in a state is a difference: %s for %s", (from, to, told) => {
  const found = neurons(pairOf(SIMPLE, edited(SIMPLE, [from, to])));
  expect(found.equal).toBe(false);
  expect(lines(found)).toEqual([told]);
});

test("what is divided by a parameter is not multiplied by its sign", () => {
  const [a, b] = [
    "param C = -2 pF; input I : pA; state V = 0 mV; V' = I/C - V/(5 ms)",
    "input I : mV/ms; state V = 0 mV; V' = I - V/(5 ms)",
  ];
  expect(neurons(`neuron A { ${a} }\nneuron B { ${b} }`).equal).toBe(false);
  expect(neurons(`neuron A { ${a.replace("-2", "2")} }\nneuron B { ${b} }`).equal).toBe(true);
});

test("an input that only the threshold reads is told where what contributes to it changes", () => {
  const model =
    "neuron N { input J : mV; state V = 0 mV; V' = -V/(5 ms); J += 2*V; spike when J > 5 mV; reset { V <- 0 mV } }";
  const found = neurons(pairOf(model, edited(model, ["2*V", "3*V"])));
  expect(found.equal).toBe(false);
  expect(lines(found)).toEqual(["input changed J: 2*V -> 3*V"]);
  expect(sentence(pairOf(model, edited(model, ["2*V", "3*V"])))).toMatch(/differs from/);
});

/** A synapse whose weight is set in this way, and what a spike does. */
const weighted = (weight: string, onPre: string) =>
  present(
    programOf(`neuron N { param τ = 10 ms, Θ = 4 mV; input I : mV; state V = 0 mV; V' = (I - V)/τ; spike when V > Θ; reset { V <- 0 mV } }
synapse S { param A = 0.1, w_max = 4; weight w = 1; state y : 1 = 0; y' = -y/(20 ms); on pre { ${onPre} }; on post { y <- y + 1 } }
network M { population E = 3 N { I = 10 mV }; connect E -> E by S as s { ${weight} } all }
experiment X of M { duration 50 ms; record E[0].V }`).experiments[0],
    "X",
  );
const same = (weight: string, a: string, b: string): readonly (boolean | null)[] => {
  const [x, y] = [weighted(weight, a), weighted(weight, b)];
  return [differenceOfExperiments(x, y).equal, differenceOfExperiments(y, x).equal];
};
const jump = (by: string): string => `post.V <- post.V + 1 mV*${by}`;

test.each([
  ["w ~ uniform(0.5, 1)", "y*w/w", "y"],
  ["w ~ uniform(0, 1)", "abs(w)", "w"],
  ["w ~ exponential(0.5)", "max(w, 0)", "w"],
  ["w ~ normal(1, 0.5, min: 0)", "sqrt(w)^2", "w"],
  ["w ~ normal(-1, 0.5, max: -0.1)", "abs(w)", "(-w)"],
])("a weight that is drawn has the sign of its range: with %s, %s is %s", (weight, a, b) => {
  expect(same(weight, jump(a), jump(b))).toEqual([true, true]);
});

test.each([
  ["w ~ normal(1, 0.5)", "abs(w)", "w", false],
  ["w ~ uniform(-0.1, 1)", "max(w, 0)", "w", false],
  ["w ~ uniform(0, 1)", "y*w/w", "y", null],
])("nor is more known of it: with %s, %s is not %s", (weight, a, b, equal) => {
  expect(same(weight, jump(a), jump(b))).toEqual([equal, equal]);
});

test.each([
  ["abs(w)", "w", false],
  ["max(w, 0)", "w", false],
  ["y*w/w", "y", null],
])("a weight that plasticity changes may change its sign: %s is not %s", (a, b, equal) => {
  const learning = (by: string): string => `${jump(by)}; w <- w - 0.3`;
  expect(same("w = 1", learning(a), learning(b))).toEqual([equal, equal]);
});

test("a clamped weight is the same by max and min where its bound is positive", () => {
  expect(same("w = 1", "w <- clamp(w - A*y, 0, w_max)", "w <- max(0, min(w_max, w - A*y))")).toEqual([true, true]);
  expect(same("w = 1", "w <- clamp(w - A*y, 0, w_max)", "w <- max(0, min(w_max, w + A*y))")).toEqual([false, false]);
});

test("who is connected is the same by one condition or by two", () => {
  const where = (condition: string) =>
    present(
      programOf(`neuron N { state V = 0 mV; V' = -V/(5 ms) }
synapse S { weight w = 1 mV; on pre { post.V <- post.V + w } }
network M { param R = 2; population E = 9 N; population P = spikes([1 ms]); connect P -> E by S all; connect E -> E by S as s all where ${condition} }
experiment X of M { duration 5 ms; record E[0].V }`).experiments[0],
      "X",
    );
  const [abs, two] = [where("abs(i - j) <= R"), where("i - j <= R and j - i <= R")];
  expect([differenceOfExperiments(abs, two).equal, differenceOfExperiments(two, abs).equal]).toEqual([true, true]);
  const [ring, back, far] = [where("j == i + 1"), where("i == j - 1"), where("j == i + 2")];
  expect([differenceOfExperiments(ring, back).equal, differenceOfExperiments(back, ring).equal]).toEqual([true, true]);
  expect(differenceOfExperiments(ring, far).equal).toBe(false);
  // The root of a negative number is less than nothing.
  expect(differenceOfExperiments(where("i < 2"), where("sqrt(i - 2)^2 < 0*i")).equal).not.toBe(true);
});
