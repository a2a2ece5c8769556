// Texts that mean the same, and what of a difference is told once.
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { differenceOfExperiments, type Difference } from "../../../src/compare/structure/index.ts";
import { codes, programOf } from "../../check/program.ts";

const NETWORK = `neuron N {
  param τ = 10 ms, r = 2
  input I : mV
  state V = 0 mV, U = 1 mV, c : 1 = 0
  V' = (I + abs(V)/9 - V)/τ + 0.12 mV/sqrt(ms)*ξ + 0.16 mV/sqrt(ms)*ξ
  U' = mV*log(1 + exp(U/(2 mV)))/τ
  c' = 0 /ms
  spike when V > 10 mV and t < 25 ms
  reset { V <- 0 mV }
  refractory 2 ms { hold V }
}
synapse S { weight w : mV; on pre { post.V <- post.V + w } }
network M {
  population A = 4 N
  population B = 4 N { r = 1 + i }
  connect A -> B by S as x { w = 1 mV, delay = 1 ms } all
  connect A[0..3] -> B by S as y { w = 1 mV, delay = 1 ms } all where pre.r > post.r
}
experiment X of M { duration 20 ms; step 0.1 ms; A.I = 15 mV }
`.replaceAll("mV*log", "1 mV * log");

function difference(...edits: readonly (readonly [string, string])[]): Difference {
  const experiment = (text: string): Parameters<typeof differenceOfExperiments>[0] =>
    present(programOf(text).experiments[0], "X");
  const changed = edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, NETWORK);
  return differenceOfExperiments(experiment(NETWORK), experiment(changed));
}

test.each([
  [
    "self, of two populations",
    [["as x { w = 1 mV, delay = 1 ms } all", "as x { w = 1 mV, delay = 1 ms } all allow self"]],
  ],
  ["a slice of all", [["A[0..3]", "A"]]],
  ["a condition turned round", [["pre.r > post.r", "post.r < pre.r"]]],
  ["two noises as one", [["0.12 mV/sqrt(ms)*ξ + 0.16 mV/sqrt(ms)*ξ", "0.2 mV/sqrt(ms)*ξ"]]],
  ["a state that stands still", [["c' = 0 /ms", ""]]],
  ["a root of a square", [["abs(V)", "sqrt(V*V)"]]],
] as const)("the same: %s", (_, edits) => {
  expect(difference(...edits)).toMatchObject({ equal: true, items: [] });
});

test("noise by its strength, what is held in one line, a condition under another", () => {
  const lines = (d: Difference): string[] =>
    d.items.map((i) => `${i.name}: ${i.before ?? ""} -> ${i.after ?? ""} (${i.note})`);
  expect(difference(["0.12 mV/sqrt(ms)*ξ + 0.16", "0.24 mV/sqrt(ms)*ξ + 0.32"]).items[0]?.note).toBe("2 times as much");
  expect(difference(["0.12 mV/sqrt(ms)*ξ + 0.16", "0.28"]).items[0]?.note).toBe("1.4 times as much");
  expect(lines(difference(["c' = 0 /ms", "c' = 1 /ms"], ["hold V", "hold V"]))).toHaveLength(1);
  expect(lines(difference(["hold V", "hold all"]))).toEqual(["A, B: U: not held -> held ()"]);
  expect(lines(difference(["t < 25 ms", "1.5*t < 25 ms"]))).toEqual([
    "A, B: spike: V > 10 mV and t < 25 ms -> V > 10 mV and 1.5*t < 25 ms ()",
  ]);
});

test("a function that is joined to a unit is told how to be written", () => {
  expect(codes("neuron N { state V = 0 mV, c = 0; V' = 4 mV/ms*min(c, 1); c' = -c/(1 ms) }")).toContain(
    "syntax/run-on (",
  );
});
