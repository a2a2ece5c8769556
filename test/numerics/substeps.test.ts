// Claim: an adaptive method that needs more than 20,000 substeps in one step stops the run, at the equation.
import { expect, test } from "vitest";
import { EndlessError } from "../../src/runtime/endless.ts";
import { planSource, run } from "../conformance/harness.ts";

const stiff = (rate: string): string =>
  `neuron Fast { state x : 1 = 2; x' = -${rate}*(x - sin(t/(1 ms))) }\nexperiment E of Fast { duration 2 ms; step 1 ms; method rk45 }`;

test("20,000 substeps are enough for a rate that is less stiff, too few for one that is more", () => {
  // Dormand and Prince's method is stable up to about 3.3 over the rate: 1 ms at 5e4 /ms takes 15,000 substeps, at 1e5 /ms 30,000.
  expect(() => run(planSource("less.glif", stiff("5e4 /ms"), null))).not.toThrow();
  const more = (): unknown => run(planSource("more.glif", stiff("1e5 /ms"), null));
  expect(more).toThrow(EndlessError);
  expect(more).toThrow(/x needs more than 20000 substeps in one step/);
});
