// A parameter that decided a time or a slice when a module was written is not taken for another in it.
import { expect, test } from "vitest";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";

const TEXT = `
neuron N { param τ = 1 ms; input I : 1; state x = 1; x' = (I - x)/τ }
synapse S { weight w : 1; on pre { post.x <- post.x + w } }
network W {
  param n = 40, scale = 0.5, strength = 2
  let size = round(n*scale)
  population A = size N
  connect A -> A by S as s { w = strength/n } all
}
experiment X of W { param long = 10 ms; duration long; record A.x }`;

test("sizes and times of a module follow from its own parameters, and what does not decide them may be set", () => {
  const plan = planSource("decided.glif", TEXT, "X");
  expect(() => instantiate(plan, { setup: { long: 20 } })).toThrow(
    /`long` is 10 in this module.*`--set "long=…"` or, in a program, `compile\(source, host, name, \["long = …"\]\)`/,
  );
  expect(instantiate(plan, { setup: { n: 60 } }).population("A").size).toBe(30);
  const stronger = instantiate(plan, { setup: { strength: 4, n: 40 } });
  expect(stronger.population("A").size).toBe(20);
  expect(planSource("decided.glif", TEXT, "X", ["W.n = 60"]).populations[0]?.size).toBe(30);
});
