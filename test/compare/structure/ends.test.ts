// What connections read of their neurons is what the neurons have been found to be, and what is said of pairs holds of those that are connected.
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { differenceOfExperiments } from "../../../src/compare/structure/index.ts";
import { programOf } from "../../check/program.ts";

const experimentOf = (text: string) => present(programOf(text).experiments[0], "X");

interface Parts {
  readonly param?: string;
  readonly equation?: string;
  readonly read?: string;
  readonly settings?: string;
  readonly connect?: string;
}

const network = ({
  param = "E = 2 mV",
  equation = "E",
  read = "post.E",
  settings = "",
  connect = "as c all",
}: Parts): string => `neuron N {
  param ${param}, τ = 10 ms
  input I : mV
  state V = 0 mV
  V' = (${equation} + I - V)/τ
  spike when V > 10 mV
  reset { V <- 0 mV }
}
synapse S { weight w = 0.1; on pre { post.V <- post.V + w*(${read}) } }
network M { population A = 8 N { I = 12 mV; ${settings} } connect A -> A by S ${connect} }
experiment X of M { duration 30 ms; record A[0].V }`;

const told = (a: Parts, b: Parts): boolean | null => {
  const [x, y] = [experimentOf(network(a)), experimentOf(network(b))];
  const [there, back] = [differenceOfExperiments(x, y).equal, differenceOfExperiments(y, x).equal];
  expect(back).toBe(there);
  return there;
};

const TWICE: Parts = { param: "twice = 4 mV", equation: "twice/2", read: "post.twice/2" };

test.each<[string, Parts, Parts, boolean | null]>([
  ["a parameter given by another, read by the neuron and the synapse", {}, TWICE, true],
  ["the same with another value", {}, { ...TWICE, param: "twice = 6 mV" }, false],
  ["the same, but the synapse reads another multiple", {}, { ...TWICE, read: "post.twice/3" }, false],
  ["one that only the synapse reads", { equation: "1 mV" }, { ...TWICE, equation: "1 mV" }, true],
  [
    "one whose size alone the neuron reads",
    { equation: "abs(E)" },
    { ...TWICE, equation: "abs(twice/2)", param: "twice = -4 mV" },
    false,
  ],
  ["one of each neuron", { settings: "E = 1 mV + 1 mV*i" }, { ...TWICE, settings: "twice = 2 mV + 2 mV*i" }, true],
  [
    "one of each neuron with other values",
    { settings: "E = 1 mV + 1 mV*i" },
    { ...TWICE, settings: "twice = 2 mV + 3 mV*i" },
    false,
  ],
  ["one that cancels out", { equation: "E - E" }, { ...TWICE, equation: "twice/2 - twice/2" }, true],
])("a parameter read at an end: %s", (_, a, b, equal) => {
  expect(told(a, b)).toBe(equal);
});

const WHERE = { connect: "as c { w = 0.1*i } all where j == i + 3" };
test.each<[string, Parts, Parts, boolean | null]>([
  ["a weight of pairs that are connected", WHERE, { connect: "as c { w = 0.1*(j - 3) } all where j == i + 3" }, true],
  ["a weight of other pairs", WHERE, { connect: "as c { w = 0.1*(j - 2) } all where j == i + 3" }, false],
  ["a weight under another condition", WHERE, { connect: "as c { w = 0.1*(j - 3) } all where j == i + 2" }, false],
  // A probability for each pair is drawn otherwise than one for all.
  ["one probability for all", { connect: "as c random(p: 0.4)" }, { connect: "as c random(p: 0.8/2)" }, true],
  ["one for all, one for each", { connect: "as c random(p: 0.4)" }, { connect: "as c random(p: 0.4 + 0*i)" }, null],
])("of pairs: %s", (_, a, b, equal) => {
  expect(told(a, b)).toBe(equal);
});

/** A potential measured from rest in one model: whatever is made of it has to be moved, or it is another model. */
const MEASURED: Parts = { read: "(post.V - 5 mV)/4" };
const fromRest = (threshold: string, reset: string, read: string): string =>
  network({ param: "E = 2 mV, rest = -60 mV", equation: "E + rest", read })
    .replace("state V = 0 mV", "state V = rest")
    .replace("V > 10 mV", `V > ${threshold}`)
    .replace("V <- 0 mV", `V <- ${reset}`);
test.each<[string, string, boolean]>([
  ["all that there is", fromRest("rest + 10 mV", "rest", "(post.V - post.rest - 5 mV)/4"), true],
  ["not what the synapse reads", fromRest("rest + 10 mV", "rest", "(post.V - 5 mV)/4"), false],
  ["not the reset", fromRest("rest + 10 mV", "rest - 5 mV", "(post.V - post.rest - 5 mV)/4"), false],
  ["not the threshold", fromRest("10 mV", "rest", "(post.V - post.rest - 5 mV)/4"), false],
])("measured from rest: %s", (_, moved, equal) => {
  const [x, y] = [experimentOf(network(MEASURED)), experimentOf(moved)];
  expect([differenceOfExperiments(x, y).equal, differenceOfExperiments(y, x).equal]).toEqual([equal, equal]);
});

const neuron = (body: string, threshold = "10 mV"): string => `neuron N {
  param τ = 10 ms, g = 0.5
  input I : mV
  state V = 0 mV
  ${body}
  spike when V > ${threshold}
  reset { V <- 0 mV }
}
experiment X of N { duration 30 ms; method euler; I = 12 mV; record V }`;

test.each<[string, string, string, readonly string[]]>([
  [
    "what moves from the equation to its input is no change beside another",
    neuron("V' = (I - g*V - V)/τ"),
    neuron("V' = (I - V)/τ; I += -g*V", "9 mV"),
    ["threshold spike"],
  ],
  [
    "an input that is gone is told with what went to it",
    neuron("input J : mV; V' = (I + J - V)/τ; J += 2 mV*step(V)"),
    neuron("V' = (I - V)/τ"),
    ["equation V'", "input J"],
  ],
  [
    "noise that is gone is told once",
    neuron("V' = (I - V)/τ + (1 + abs(V)/(10 mV))*1 mV*sqrt(2/τ)*ξ; interpret Ito"),
    neuron("V' = (I - V)/τ"),
    ["noise V'"],
  ],
])("told once: %s", (_, a, b, items) => {
  const found = differenceOfExperiments(experimentOf(a), experimentOf(b));
  expect(found.equal).toBe(false);
  expect(found.items.map((i) => `${i.part} ${i.name}`)).toEqual(items);
});
