// Law: states that no reset assigns and no refractory period holds move as if there were no spikes, however often the condition of a level holds, on the grid and with precise spikes.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Simulation } from "../../src/runtime/index.ts";
import { loadModule } from "../../src/simulate/load.ts";
import { planSource, spikeTimes } from "../conformance/harness.ts";
import { interpret } from "../oracle/interpreter.ts";
import { graphs, type Graph } from "./graphs.ts";

const DURATION = 4;

/** A level that holds from some time on, now and then, or always; what follows a spike, if anything, assigns and holds a counter alone. */
const spikes = fc.record({
  condition: fc.constantFrom("t >= 1.5 ms", "x0 > 0.5", "x1 < 0.4", "x0 > -100"),
  refractory: fc.constantFrom("", "refractory 0.8 ms", "refractory 50 ms", "refractory 0.8 ms { hold hits }"),
});
type Spikes = { readonly condition: string; readonly refractory: string };

function textOf(graph: Graph, spiking: Spikes | null, settings: string): string {
  return `
neuron N {
  state ${graph.states.map((x) => `${x.name} : 1 = ${x.start}`).join(", ")}
  state hits : 1 = 0
  ${graph.states.map((x) => `${x.name}' = ${x.text}`).join("\n  ")}
  ${spiking === null ? "" : `spike when ${spiking.condition}\n  reset { hits <- hits + 1 }\n  ${spiking.refractory}`}
}
experiment X of N { duration ${DURATION} ms; seed 1; ${settings} }`;
}

const finals = ({ populations: [population] }: Simulation, graph: Graph): number[] =>
  graph.states.map((x) => population?.states.find((s) => s.name === x.name)?.values[0] ?? NaN);

function run(
  graph: Graph,
  spiking: Spikes | null,
  settings: string,
  backend: "javascript" | "webassembly",
): Simulation {
  const simulation = loadModule(planSource("untouched.glif", textOf(graph, spiking, settings), "X"), backend)({});
  simulation.run(DURATION);
  return simulation;
}

test.each([
  ["step 0.2 ms", 1e-12],
  ["step 0.2 ms; method rk4", 1e-12],
  ["step 0.2 ms; method heun", 1e-12],
  ["step 0.2 ms; method rk45(tolerance: 1e-10)", 1e-8],
  // A spike divides a step, and each piece has the error of the method.
  ["step 0.02 ms; spikes precise", 1e-4],
] as const)("%s: the other states have the values that they have without spikes", (settings, tolerance) => {
  let spiked = 0;
  fc.assert(
    fc.property(graphs(4, false), spikes, fc.boolean(), (graph, spiking, paired) => {
      const backend = paired && !settings.includes("precise") ? "webassembly" : "javascript";
      const alone = finals(run(graph, null, settings, "javascript"), graph);
      fc.pre(alone.every((x) => Math.abs(x) < 10));
      const simulation = run(graph, spiking, settings, backend);
      spiked += simulation.spikes.length;
      finals(simulation, graph).forEach((x, k) =>
        expect(Math.abs(x - (alone[k] ?? NaN)), `x${k} in ${textOf(graph, spiking, settings)}`).toBeLessThan(tolerance),
      );
    }),
    { numRuns: 22 },
  );
  expect(spiked).toBeGreaterThan(50);
});

test("steps too long for an upstroke are cut where a neuron can spike, not while it is refractory: the kernels have the bits of the interpreter", () => {
  let cut = 0;
  fc.assert(
    fc.property(graphs(4, true), spikes, fc.constantFrom("", "method rk4"), (graph, spiking, method) => {
      const settings = `step 4 ms; ${method}`;
      const steps = 12;
      const plan = planSource("untouched.glif", textOf(graph, spiking, settings).replace("4 ms;", "48 ms;"), "X");
      const simulations = (["javascript", "webassembly"] as const).map((backend) => {
        const simulation = loadModule(plan, backend)({});
        try {
          simulation.advance(steps);
        } catch {
          // Some of them leave the numbers, and are told so.
        }
        return simulation;
      });
      fc.pre(simulations.every((s) => s.steps === steps));
      const oracle = interpret(plan, steps, 1);
      for (const simulation of simulations)
        finals(simulation, graph).forEach((x, k) => expect(x, `x${k}`).toBe(oracle.state("N", 0, `x${k}`)));
      cut += simulations[0]?.spikes.length ?? 0;
    }),
    { numRuns: 20 },
  );
  expect(cut).toBeGreaterThan(25);
});

/** An exponential integrate-and-fire neuron fed by a current, which others may read as well. */
const steep = (others: string, settings: string): string => `
neuron N {
  param C = 100 pF, G = 10 nS, E = -70 mV, Δ = 2 mV
  state V = E, g = 0 pA
  g' = -g/(5 ms)
  V' = (G*(E - V) + G*Δ*exp((V + 50 mV)/Δ) + 400 pA + g)/C
  spike when V > 0 mV
  reset { V <- -58 mV + 0.1*V; g <- g + 10 pA }
  refractory 1 ms { hold V }
  ${others}
}
experiment X of N { duration 60 ms; seed 1; ${settings} }`;

test("an upstroke to infinity is cut whatever else the neuron computes: its spikes are those that it has alone", () => {
  fc.assert(
    fc.property(graphs(3, true), fc.constantFrom(0.5, 0.1), fc.boolean(), (graph, step, fed) => {
      const others = `
  ${graph.states.some((x) => x.noise === "η") ? "noise η" : ""}
  state ${graph.states.map((x) => `${x.name} : 1 = ${x.start}`).join(", ")}
  ${graph.states.map((x) => `${x.name}' = (${fed ? "0.01*tanh(g/(1 pA))/(1 ms) + " : ""}${x.text}${x.noise === null ? "" : ` + 0.1*sqrt(1/(1 ms))*${x.noise}`})`).join("\n  ")}`;
      const [alone, beside, paired] = (
        [
          ["", "javascript"],
          [others, "javascript"],
          [others, "webassembly"],
        ] as const
      ).map(([more, backend]) => {
        const simulation = loadModule(planSource("steep.glif", steep(more, `step ${step} ms`), "X"), backend)({});
        simulation.run(60);
        return spikeTimes(simulation);
      });
      expect(alone?.length).toBeGreaterThan(4);
      expect(beside).toEqual(alone);
      expect(paired).toEqual(alone);
    }),
    { numRuns: 8 },
  );
});
