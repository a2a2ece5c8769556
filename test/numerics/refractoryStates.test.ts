// A refractory period that is made of states: what the reset left of them counts, on the grid and inside the step.
import { expect, test } from "vitest";
import { planSource, run } from "../conformance/harness.ts";
import { instantiate } from "../../src/simulate/load.ts";

const text = (reset: string, precise: boolean): string => `
neuron N {
  state V = 0 mV, T = 0 ms, n = 0
  V' = 1 mV/ms
  spike when V > 10 mV
  reset { V <- 0 mV; n <- n + 1; T <- ${reset} }
  refractory T + 0.5 ms { hold V }
}
experiment X of N { duration 80 ms; step 0.1 ms${precise ? "; spikes precise" : ""} }`;

const times = (reset: string, precise: boolean): number[] => {
  const { spikes } = run(planSource("periods.glif", text(reset, precise), "X"));
  return Array.from({ length: spikes.length }, (_, k) => spikes.time(k));
};

test("each pause is as long as its own spike leaves it", () => {
  // 10 ms up to the threshold, then 1.5, 2.5, 3.5 ms of rest.
  const expected = [10, 21.5, 34, 47.5, 62, 77.5];
  expect(times("T + 1 ms", true).map((t) => Math.round(t * 1e8) / 1e8)).toEqual(expected);
  // V > 10 mV holds from the step after on which it is reached.
  const onGrid = times("T + 1 ms", false);
  expect(onGrid).toHaveLength(expected.length);
  onGrid.forEach((t, k) => expect(Math.abs(t - (expected[k] ?? NaN))).toBeLessThan(0.1 * (k + 1) + 1e-9));
});

test.each([true, false])("one that comes out negative is told at its spike, located: %s", (precise) => {
  const plan = planSource("periods.glif", text("-n*(1 ms)", precise), "X");
  expect(() => instantiate(plan, { seed: 1 }).advance(800)).toThrow(/the refractory period of N\[0\] is negative/);
});
