// Law: an emitted kernel, in JavaScript or in WebAssembly, and the plain interpreter of its plan give the same spikes and the same states, bit for bit.
import { expect, test } from "vitest";
import { interpret } from "../oracle/interpreter.ts";
import { planSource } from "../conformance/harness.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { instantiate, type Backend } from "../../src/simulate/load.ts";
import { CASES } from "./models.ts";

for (const [claim, text] of Object.entries(CASES)) {
  test(claim, () => {
    const plan = planSource("law.glif", text, "X");
    expectAgreement(plan, 7);
  });
}

for (const method of ["euler", "heun", "rk4", "rk45", "rosenbrock", "exponential_euler"]) {
  test(`method ${method} by name`, () => {
    const text = (CASES["threshold driven by the voltage, all held, dropped input"] ?? "").replace(
      "duration 200 ms",
      `duration 60 ms; method ${method}`,
    );
    expectAgreement(planSource("law.glif", text, "X"), 1);
  });
}

function expectAgreement(plan: SimulationPlan, seed: number): void {
  const steps = plan.steps ?? 0;
  const oracle = interpret(plan, steps, seed);
  for (const backend of ["javascript", "webassembly"] as const) expectSame(plan, oracle, seed, backend);
}

function expectSame(plan: SimulationPlan, oracle: ReturnType<typeof interpret>, seed: number, backend: Backend): void {
  const simulation = instantiate(plan, { seed, backend });
  simulation.advance(plan.steps ?? 0);
  const spikes = Array.from({ length: simulation.spikes.length }, (_, k) => ({
    time: simulation.spikes.time(k),
    population: simulation.populations[simulation.spikes.population(k)]?.name,
    neuron: simulation.spikes.neuron(k),
  }));
  expect(spikes, backend).toEqual(oracle.spikes);
  // A law about spikes needs some.
  expect(spikes.length).toBeGreaterThan(1);
  for (const population of simulation.populations) {
    for (const state of population.states) {
      const expected = Array.from(state.values, (_, i) => oracle.state(population.name, i, state.name));
      expect(Array.from(state.values), `${population.name}.${state.name} in ${backend}`).toEqual(expected);
    }
  }
}
