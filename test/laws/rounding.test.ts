// Times become steps: decimals are exact, halves go away from 0, whatever of the model the time is of.
import fc from "fast-check";
import { expect, test } from "vitest";
import { stepsIn } from "../../src/runtime/clock.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";

test("every half of a decimal step goes away from 0", () => {
  expect([0.15, 0.25, 0.35, 0.45, 0.55, 1.15, 1234.65].map((t) => stepsIn(t, 0.1))).toEqual([2, 3, 4, 5, 6, 12, 12347]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e7 }), fc.constantFrom(0.1, 0.05, 0.025, 0.2, 0.01, 0.3, 1), (n, dt) => {
      const half = Number(`${(2 * n + 1) * Math.round(dt * 1000)}e-3`) / 2;
      expect(stepsIn(half, dt)).toBe(n + 1);
      expect(stepsIn(-half, dt)).toBe(-n - 1);
      expect(stepsIn(n * dt, dt)).toBe(n);
      expect(stepsIn((n + 0.49) * dt, dt)).toBe(n);
    }),
  );
});

const TEXT = `
neuron N { param T = 0.15 ms; state x = 0, n = 0; x' = 1 /ms; spike when x > 0.05; reset { n <- n + 1 } refractory T { hold x } }
neuron M { input I : 1; state y = 0; y' = I/(1 ms) }
synapse S { on pre { post.y <- post.y + 100 } }
network W {
  population A = 1 N
  population G = spikes([0.25 ms, 0.35 ms])
  population B = 1 M
  connect G -> B by S { delay = 0.45 ms } all
}
experiment X of W { duration 1.5 ms; B.I = pulse(1, from: 0.15 ms, to: 0.35 ms); record B.y; record A.n; record spikes; record G.spikes }`;

test("refractory periods, delays, given spikes and times of stimuli alike", () => {
  const simulation = instantiate(planSource("rounding.glif", TEXT, "X"));
  simulation.advance(15);
  const { spikes } = simulation;
  const timesOf = (name: string): number[] =>
    Array.from({ length: spikes.length }, (_, k) => k)
      .filter((k) => simulation.populations[spikes.population(k)]?.name === name)
      .map((k) => spikes.time(k));
  expect(timesOf("G")).toEqual([0.3, 0.4]);
  expect(timesOf("A").slice(0, 3)).toEqual([0.1, 0.4, 0.7]);
  const y = simulation.traces.find((t) => t.variable === "y")?.values() ?? [];
  // The pulse acts in two steps, from 0.2 ms to 0.4 ms; the spikes arrive at 0.8 and 0.9 ms.
  expect(Array.from(y, (v) => Math.round(v * 100) / 100)).toEqual([
    0, 0, 0, 0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 100.2, 200.2, 200.2, 200.2, 200.2, 200.2, 200.2,
  ]);
});
