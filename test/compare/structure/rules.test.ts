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
