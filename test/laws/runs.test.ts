// Laws of runs: cutting a run into pieces, rewriting units, reordering declarations, adding recorders or populations changes no bit.
import { expect, test } from "vitest";
import { javascriptOf } from "../../src/compile.ts";
import type { Simulation } from "../../src/runtime/index.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource, run } from "../conformance/harness.ts";

const NEURON = `
neuron N {
  param C = 100 pF, G = 5 nS, E_L = -70 mV, V_th = -50 mV, σ = 20 pA*sqrt(ms)
  input I : pA
  state V = E_L, w = 0 pA
  V' = (I - G*(V - E_L) - w)/C + σ/C*ξ
  w' = -w/(80 ms)
  on I > 150 pA { w <- w + 5 pA }
  spike when V > V_th
  reset { V <- E_L; w <- w + 10 pA }
  refractory 2 ms { hold V }
}`;
const NETWORK = `
network M {
  population A = 5 N { V ~ uniform(E_L, V_th) }
  population B = 3 N { C ~ lognormal(mean: 100 pF, sd: 10 pF) }
}`;
const EXPERIMENT = `
experiment X of M { duration 200 ms; seed 4; A.I, B.I = pulse(180 pA, from: 10 ms, to: 150 ms) }`;

/** Everything that a run leaves behind, to the last bit. */
function outcome(simulation: Simulation): unknown {
  const { spikes } = simulation;
  return {
    spikes: Array.from({ length: spikes.length }, (_, k) => [
      spikes.time(k),
      simulation.populations[spikes.population(k)]?.name,
      spikes.neuron(k),
    ]),
    states: simulation.populations.flatMap((p) => p.states.map((s) => [p.name, s.name, ...s.values])),
  };
}

const plan = planSource("law.glif", NEURON + NETWORK + EXPERIMENT, "X");
const whole = run(plan);

test("one run is several runs one after the other", () => {
  const pieces = instantiate(plan, { seed: 4 });
  for (const steps of [1, 399, 700, 13, 887]) pieces.advance(steps);
  expect(pieces.steps).toBe(2000);
  expect(outcome(pieces)).toEqual(outcome(whole));
  expect(whole.spikes.length).toBeGreaterThan(10);
});

test("with spikes located inside the step, too", () => {
  const text =
    NEURON.replace(" + σ/C*ξ", "").replace(", σ = 20 pA*sqrt(ms)", "") +
    NETWORK +
    EXPERIMENT.replace("seed 4", "seed 4; spikes precise");
  const precise = planSource("law.glif", text, "X");
  const pieces = instantiate(precise, { seed: 4 });
  for (const steps of [777, 1, 1222]) pieces.advance(steps);
  expect(outcome(pieces)).toEqual(outcome(run(precise)));
});

test("the same seed gives the same run, another seed another", () => {
  expect(outcome(run(plan))).toEqual(outcome(whole));
  expect(outcome(run(plan, { seed: 5 }))).not.toEqual(outcome(whole));
});

test("10 ms is 0.01 s: units leave no trace in the kernel", () => {
  const rewritten = (NEURON + NETWORK + EXPERIMENT)
    .replaceAll("80 ms", "0.08 s")
    .replaceAll("2 ms {", "0.002 s {")
    .replaceAll("-70 mV", "-0.07 V")
    .replaceAll("-50 mV", "-50000 µV")
    .replaceAll("100 pF", "0.1 nF")
    .replaceAll("5 nS", "0.005 µS")
    .replaceAll("150 pA", "0.15 nA")
    .replaceAll("180 pA", "1.8e-10 A")
    .replaceAll("10 pA", "10000 fA");
  const kernel = (text: string): string =>
    javascriptOf(planSource("law.glif", text, "X"))
      .split("\n")
      .filter((line) => !/ unit: |^ ?\*|\/\/|^ {4}return .*[*/] 10+;$/.test(line))
      .join("\n");
  expect(kernel(rewritten)).toBe(kernel(NEURON + NETWORK + EXPERIMENT));
});

test("reordered declarations change no spike", () => {
  const reordered =
    EXPERIMENT.replace("seed 4; A.I, B.I", "seed 4; B.I, A.I") +
    NETWORK.replace(/( {2}population A.*\n)( {2}population B.*\n)/, "$2$1") +
    NEURON.replace(/( {2}V' .*\n)( {2}w' .*\n)/, "$2$1");
  expect(outcomeByName(run(planSource("law.glif", reordered, "X")))).toEqual(outcomeByName(whole));
});

test("a recorder or another population changes no draw of the others", () => {
  const more =
    NEURON +
    NETWORK.replace("population B", "population AB = 7 N { V ~ normal(-60 mV, 5 mV) }\n  population B") +
    EXPERIMENT.replace("seed 4;", "seed 4; record A[0..4].V, B.w every 1 ms;");
  const simulation = run(planSource("law.glif", more, "X"));
  const { AB, ...others } = outcomeByName(simulation);
  expect(AB).toBeDefined();
  expect(others).toEqual(outcomeByName(whole));
});

/** Spikes and states by population, states by name: the order of declarations is no matter. */
function outcomeByName(simulation: Simulation): Record<string, unknown> {
  const { spikes } = simulation;
  return Object.fromEntries(
    simulation.populations.map((p, index) => [
      p.name,
      {
        spikes: Array.from({ length: spikes.length }, (_, k) => k)
          .filter((k) => spikes.population(k) === index)
          .map((k) => [spikes.time(k), spikes.neuron(k)]),
        states: Object.fromEntries(p.states.map((s) => [s.name, Array.from(s.values)])),
      },
    ]),
  );
}
