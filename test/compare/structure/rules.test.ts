// Who is connected: a condition that everybody meets leaves nobody out.
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { differenceOfExperiments } from "../../../src/compare/structure/index.ts";
import { programOf } from "../../check/program.ts";

const experimentOf = (rule: string) =>
  present(
    programOf(`neuron N { state V = 0 mV; V' = -V/(10 ms) }
synapse S { on pre { post.V <- post.V + 1 mV } }
network M { population P = 4 poisson(50 Hz); population E = 4 N; connect P -> E by S ${rule} }
experiment X of M { duration 10 ms; record E[0].V }`).experiments[0],
    "X",
  );
const told = (a: string, b: string): boolean | null => differenceOfExperiments(experimentOf(a), experimentOf(b)).equal;

test("a condition that is always true is none, and is told to be one where it is not", () => {
  expect([told("all", "all where 1 > 0"), told("all where 1 > 0", "all")]).toEqual([true, true]);
  expect(told("random(p: 0.5)", "random(p: 0.5) where i >= 0")).not.toBe(false);
  expect([told("all", "all where i < 3"), told("all where i != j", "all")]).toEqual([false, false]);
});

test("what a condition says of a neuron and itself counts only where that is allowed", () => {
  const recurrent = (rule: string) =>
    present(
      programOf(`neuron N { state V = 0 mV; V' = -V/(10 ms) }
synapse S { on pre { post.V <- post.V + 1 mV } }
network M { population E = 4 N; connect E -> E by S ${rule} }
experiment X of M { duration 10 ms; record E[0].V }`).experiments[0],
      "X",
    );
  const both = (a: string, b: string): boolean | null => differenceOfExperiments(recurrent(a), recurrent(b)).equal;
  expect([both("all where i < j", "all where i <= j"), both("all where i <= j", "all where i < j")]).toEqual([
    true,
    true,
  ]);
  expect([both("all", "all where i != j"), both("all where i != j", "all")]).toEqual([true, true]);
  expect(both("all where i < j", "all where i > j")).toBe(false);
  expect(both("all where i < j allow self", "all where i <= j allow self")).toBe(false);
});

const network = (connect: string): string => `neuron N { state V = 0 mV; V' = -V/(10 ms) }
synapse S { weight w = 1 mV; on pre { post.V <- post.V + w } }
network M { population P = 4 poisson(50 Hz); population E = 4 N; connect ${connect} }
experiment X of M { duration 10 ms; record E[0].V }`;
const between = (a: string, b: string) => {
  const [p, q] = [a, b].map((connect) => present(programOf(network(connect)).experiments[0], "X"));
  return differenceOfExperiments(present(p, "A"), present(q, "B"));
};

test.each([
  ["P -> E by S as s all", "P -> E by S as s random(p: 1)", true],
  [
    "P -> E by S as s { w ~ uniform(1 mV, 2 mV) } all",
    "P -> E by S as s { w ~ uniform(1 mV, 2 mV) } random(p: 1)",
    true,
  ],
  ["P -> E by S as s one_to_one", "P -> E by S as s all where i == j", true],
  ["P[1..2] -> E[2..3] by S as s one_to_one", "P -> E by S as s all where j == i + 1 and i > 0 and i < 3", true],
  ["P[0..1] -> E by S as s all", "P -> E by S as s all where i <= 1", true],
  ["P -> E[1..3] by S as s { w = 1 mV*i } all", "P -> E by S as s { w = 1 mV*i } random(p: 1) where j != 0", true],
  ["P[0..1] -> E by S as s all", "P[0..2] -> E by S as s all where i < 2", true],
  ["E -> E by S as s all", "E -> E by S as s all where i != j allow self", true],
  // By the same connections, with other numbers drawn for them.
  [
    "P[0..1] -> E by S as s { w ~ uniform(1 mV, 2 mV) } all",
    "P -> E by S as s { w ~ uniform(1 mV, 2 mV) } all where i <= 1",
    null,
  ],
  ["P -> E by S as s all", "P -> E by S as s random(p: 0.999)", false],
  ["P -> E by S as s one_to_one", "P -> E by S as s all where i == j + 1", false],
  ["P[0..1] -> E by S as s all", "P -> E by S as s all where i <= 2", false],
  ["P[0..1] -> E by S as s all", "P[1..2] -> E by S as s all", false],
  ["E -> E by S as s all", "E -> E by S as s all allow self", false],
])("%s and %s: %s", (a, b, equal) => {
  expect([between(a, b).equal, between(b, a).equal]).toEqual([equal, equal]);
});

test("what two rules connect is told in one line", () => {
  const [first, ...more] = between("P[0..1] -> E by S as s all", "P -> E by S as s random(p: 1) where i <= 2").items;
  expect(more).toEqual([]);
  expect(first).toMatchObject({ before: "all, from P[0..1]", after: "random(p: 1) where i <= 2" });
});
