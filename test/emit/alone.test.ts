// Claim: a neuron without an experiment is one neuron, at a step of 0.1 ms, without a duration and without a stimulus; what documents it stands in its module.
import { expect, test } from "vitest";
import { planSource } from "../conformance/harness.ts";
import { moduleText, instantiate } from "../../src/simulate/load.ts";

test("a neuron by itself has one neuron, a step of 0.1 ms, no duration and no stimulus; its seed is 0", () => {
  const plan = planSource("alone.glif", "neuron A { input I_e : pA; state V = 1 mV; V' = I_e/(100 pF) }", "A");
  expect([plan.step, plan.steps, plan.populations.map((p) => [p.name, p.size])]).toEqual([0.1, null, [["A", 1]]]);
  expect(plan.populations[0]?.inputs.map((i) => [i.name, i.shapes.length, i.timed])).toEqual([["I_e", 0, false]]);
  const simulation = instantiate(plan);
  simulation.advance(10);
  expect([simulation.dt, simulation.seed, simulation.populations[0]?.arrays["V"]?.[0]]).toEqual([0.1, 0, 1]);
  // What is written into an input acts from then on: 10 steps of 100 pA into 100 pF are 1 mV.
  simulation.population("A").inputs["I_e"]?.fill(100);
  simulation.advance(10);
  expect(simulation.populations[0]?.arrays["V"]?.[0]).toBeCloseTo(2, 12);
});

test("what is said with `///`, above a declaration or behind it, goes into the compiled module; other comments do not", () => {
  const { text } = moduleText(
    planSource(
      "alone.glif",
      `/// Said of the neuron.
neuron A {
  param C = 100 pF  /// said behind
  // not said
  param G = 10 nS
  /// said above
  param E = 1 mV
  state V = 1 mV
  V' = G*(E - V)/C
}`,
      "A",
    ),
  );
  expect(["Said of the neuron.", "said behind", "said above", "not said"].map((words) => text.includes(words))).toEqual(
    [true, true, true, false],
  );
});
