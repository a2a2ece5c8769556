// Law: every group of equations has the order that its method claims, whatever reads what: on the grid and with precise spikes, free and held, with noise, in both backends; and all groups load and agree with the interpreter.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { orderOf } from "../../src/4-plan/scheme.ts";
import type { SimulationPlan, UpdateGroup } from "../../src/4-plan/plan.ts";
import type { Simulation } from "../../src/runtime/index.ts";
import { loadModule } from "../../src/simulate/load.ts";
import { planSource, run } from "../conformance/harness.ts";
import { interpret } from "../oracle/interpreter.ts";
import { graphs, solved, type Graph } from "./graphs.ts";

const DURATION = 4;

interface Setting {
  readonly method?: string;
  readonly precise?: boolean;
  readonly held?: readonly number[];
  readonly σ?: number;
}

/** On the grid a spike is at the end of a step; precise spikes are inside one. */
const holdFrom = (s: Setting): number => (s.precise === true ? 1.97 : 2);

function textOf(graph: Graph, s: Setting): string {
  const held = s.held ?? [];
  const shaken = (noise: string | null): string => (noise === null ? "" : ` + σ*sqrt(1/(1 ms))*${noise}`);
  return `
    neuron N {
      ${graph.states.some((x) => x.noise === "η") ? "noise η" : ""}
      param σ = ${s.σ ?? 0}
      state ${graph.states.map((x) => `${x.name} : 1 = ${x.start}`).join(", ")}
      state hits : 1 = 0
      ${graph.states.map((x) => `${x.name}' = ${x.text}${shaken(x.noise)}`).join("\n      ")}
      ${
        held.length === 0
          ? ""
          : `spike when t >= ${holdFrom(s)} ms
      reset { hits <- hits + 1 }
      refractory 50 ms { hold ${held.map((k) => `x${k}`).join(", ")} }`
      }
    }
    experiment X of N { duration ${DURATION} ms; step 0.2 ms; seed 1 ${s.method === undefined ? "" : `; method ${s.method}`} ${s.precise === true ? "; spikes precise" : ""} }`;
}

function planned(graph: Graph, s: Setting): SimulationPlan {
  return planSource("graph.glif", textOf(graph, s), "X");
}

function finals(simulation: Simulation): ReadonlyMap<string, number> {
  return new Map(simulation.populations[0]?.states.map((state) => [state.name, state.values[0] ?? NaN]));
}

/** Errors of the states at the end with a step. */
type Errors = ReadonlyMap<string, number>;

function errorsAt(graph: Graph, s: Setting): (step: number) => Errors {
  const wanted = solved(graph, DURATION, new Set(s.held), s.held === undefined ? DURATION : holdFrom(s));
  fc.pre(wanted.every((x) => Math.abs(x) < 10));
  const create = loadModule(planned(graph, s), "javascript");
  return (step) => {
    const simulation = create({ step, seed: 1 });
    simulation.run(DURATION);
    const found = finals(simulation);
    return new Map(graph.states.map((x, k) => [x.name, Math.abs((found.get(x.name) ?? NaN) - (wanted[k] ?? NaN))]));
  };
}

/** Over two halvings, from either of two steps: the next term of the error may hide the first for one of them. */
function expectOrders(graph: Graph, s: Setting): void {
  const plan = planned(graph, s);
  const groups = [...(plan.populations[0]?.groups ?? []), ...(plan.populations[0]?.heldGroups ?? [])];
  const at = errorsAt(graph, s);
  const errors = [0.2, 0.1, 0.05, 0.025].map(at);
  const worst = (group: UpdateGroup, k: number): number =>
    Math.max(...group.states.map((state) => errors[k]?.get(state) ?? NaN));
  const lowest = Math.min(...groups.map((group) => orderOf(group) ?? Infinity));
  for (const group of groups) {
    // After a moment in which other methods were in force, what they left counts as well.
    const order = s.held === undefined ? orderOf(group) : lowest;
    const what = `${group.states.join(", ")} by ${group.method}: ${errors.map((_, k) => worst(group, k).toExponential(2)).join(", ")}\n${textOf(graph, s)}`;
    if (group.method === "rk45" || group.method === "rosenbrock") expect(worst(group, 0), what).toBeLessThan(1e-6);
    else if (order === null || order === Infinity) expect(worst(group, 3), what).toBeLessThan(1e-9);
    else {
      const slope = (k: number): number => Math.log2(worst(group, k) / worst(group, k + 2)) / 2;
      if (!(worst(group, 3) < 3e-11)) expect(Math.max(slope(0), slope(1)), what).toBeGreaterThan(order - 0.45);
    }
  }
}

test("auto", () => {
  fc.assert(
    fc.property(graphs(5, false), (graph) => expectOrders(graph, {})),
    { numRuns: 60 },
  );
});

test("auto with states that are held from some time on", () => {
  fc.assert(
    fc.property(graphs(4, false), fc.nat(3), (graph, k) => expectOrders(graph, { held: [k % graph.states.length] })),
    { numRuns: 25 },
  );
});

test("auto with precise spikes, and states held from between two steps on", () => {
  fc.assert(
    fc.property(graphs(4, false), fc.nat(3), (graph, k) =>
      expectOrders(graph, { precise: true, held: [k % graph.states.length] }),
    ),
    { numRuns: 20 },
  );
});

test("auto with noise of strength 0", () => {
  fc.assert(
    fc.property(graphs(4, true), (graph) => expectOrders(graph, {})),
    { numRuns: 30 },
  );
});

for (const method of ["euler", "heun", "rk4", "rk45", "rosenbrock"]) {
  test(`method ${method} by name`, () => {
    fc.assert(
      fc.property(graphs(4, false), (graph) => expectOrders(graph, { method })),
      { numRuns: 8 },
    );
  });
}

test("method exponential_euler by name", () => {
  fc.assert(
    fc.property(
      graphs(4, false).filter((g) => g.states.every((x) => !x.text.includes("sin(2*"))),
      (graph) => expectOrders(graph, { method: "exponential_euler" }),
    ),
    { numRuns: 8 },
  );
});

test("with noise and held states the kernels of both backends load and give the bits of the interpreter", () => {
  fc.assert(
    fc.property(graphs(5, true), fc.nat(4), (graph, k) => {
      const plan = planned(graph, { σ: 0.1, held: [k % graph.states.length] });
      const oracle = interpret(plan, 14, 1);
      for (const backend of ["javascript", "webassembly"] as const) {
        const simulation = loadModule(plan, backend)({ seed: 1 });
        simulation.advance(14);
        for (const [name, value] of finals(simulation))
          expect(value, `${name} in ${backend}`).toBe(oracle.state("N", 0, name));
      }
    }),
    { numRuns: 40 },
  );
});

test("two Runge-Kutta groups that read one exact state stay two, and load in every mode", () => {
  const graph: Graph = {
    states: [
      { name: "x0", text: "-x0/(5 ms)", start: 1, noise: null },
      { name: "x1", text: "(x1 - x1^3 + x0)/(4 ms)", start: 0.2, noise: null },
      { name: "x2", text: "(x0 - x2^2)/(3 ms)", start: 0.1, noise: null },
    ],
    slopes: (_, [g = 0, V = 0, c = 0]) => [-g / 5, (V - V ** 3 + g) / 4, (g - c * c) / 3],
  };
  expect(planned(graph, {}).populations[0]?.groups.map((group) => group.told)).toEqual([["x0"], ["x1"], ["x2"]]);
  for (const s of [{}, { held: [1] }, { precise: true }, { precise: true, held: [2] }]) expectOrders(graph, s);
});

test("a noise that a linear and a bent state share is one noise", () => {
  const text = `
    neuron Shared {
      noise η
      state x = 0, y = 0
      x' = -x/(10 ms) + 0.3 /sqrt(ms)*η
      y' = -y/(10 ms) - y^3/(1e12 ms) + 0.3 /sqrt(ms)*η
    }
    experiment X of Shared { duration 20 ms; seed 5 }`;
  const found = finals(run(planSource("shared.glif", text, "X")));
  expect(Math.abs(found.get("x") ?? NaN)).toBeGreaterThan(0.05);
  expect(found.get("y")).toBeCloseTo(found.get("x") ?? NaN, 6);
});

test("a chain not linear, linear, not linear is one group of order 4: x1 at 16 ms as computed elsewhere", () => {
  const text = `
    neuron Chain {
      state x0 = 0.1, x1 = 0.2, x2 = 0.3
      x0' = (1 + sin(2*x0) - x0^3)/(8 ms)
      x1' = (x0 - x1)/(6 ms)
      x2' = (x1 + sin(2*x2) - x2^3)/(7 ms)
    }
    experiment X of Chain { duration 16 ms; step 0.1 ms }`;
  expect(finals(run(planSource("chain.glif", text, "X"))).get("x1")).toBeCloseTo(1.06217653, 7);
});
