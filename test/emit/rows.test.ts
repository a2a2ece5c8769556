// Large groups of coupled states are stepped row by row: the same bits as term by term, and a text that grows with the states and with what their equations say.
import ts from "typescript";
import { expect, test } from "vitest";
import { javascriptOf, typescriptOf } from "../../src/compile.ts";
import type { ExactGroup, SimulationPlan } from "../../src/4-plan/plan.ts";
import { isInRows, reach } from "../../src/4-plan/scheme.ts";
import { propagators } from "../../src/runtime/index.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";
import { interpret } from "../oracle/interpreter.ts";
import { strictProblems } from "./strict.ts";

interface Variation {
  readonly settings?: string;
  readonly noise?: boolean;
  readonly held?: string;
  readonly mode?: string;
}

/** A chain that ends in a ring, driven here by a current and there by a constant, and one state that decays alone. */
function model(n: number, { settings = "", noise = false, held = "", mode = "" }: Variation): string {
  const equation = (k: number): string => {
    const next = k === n - 1 ? Math.floor(n / 2) : k + 1;
    const terms = [
      `-1.5*s${k}`,
      ...(k > 0 ? [`s${k - 1}`] : []),
      ...(k < n / 2 ? [] : [`0.5*s${next}`]),
      ...(k % 7 === 3 ? [`u/${k}`] : []),
      ...(k % 11 === 5 ? ["0.25"] : []),
    ];
    return `(${terms.join(" + ")})/τ${noise && k % 13 === 4 ? " + sqrt(0.01/(1 ms))*ξ" : ""}`;
  };
  const states = Array.from({ length: n }, (_, k) => `state s${k} = ${k % 3}/8; s${k}' = ${equation(k)}`);
  return `neuron N {
    param τ = 10 ms
    input u
    state alone = 1; alone' = -alone/(7 ms)
    ${states.join("\n    ")}
    state V = 0; V' = (s${n - 1} + alone + u - V)/τ
    spike when V > 0.2
    reset { V <- 0; s0 <- s0 + 0.125 }
    ${held}
  }
  network M { population P = 3 N {${settings}} }
  experiment X of M { duration 4 ms; step 0.1 ms; P.u = 4; ${mode} }`;
}

const EACH = " τ ~ uniform(8 ms, 12 ms) ";

const largeGroups = (plan: SimulationPlan): readonly ExactGroup[] =>
  plan.populations.flatMap((p) => p.groups.filter((g) => g.method === "exact")).filter(isInRows);

test.each<[string, Variation]>([
  ["one for all", {}],
  ["parameters of each neuron", { settings: EACH }],
  ["noise", { noise: true }],
  ["noise and parameters of each neuron", { noise: true, settings: EACH }],
  ["held while refractory", { noise: true, held: "refractory 1 ms { hold V, s1 }" }],
])("the interpreter, which adds term by term, has the same bits: %s", (_, variation) => {
  const plan = planSource("rows.glif", model(48, variation), "X");
  expect(largeGroups(plan)).toHaveLength(1);
  expect(javascriptOf(plan)).toContain("stepRows(");
  const oracle = interpret(plan, plan.steps ?? 0, 3);
  for (const backend of ["javascript", "webassembly"] as const) {
    const simulation = instantiate(plan, { seed: 3, backend });
    simulation.advance(plan.steps ?? 0);
    expect(simulation.spikes.length).toBeGreaterThan(2);
    expect(simulation.spikes.length).toBe(oracle.spikes.length);
    for (const { name, values } of simulation.populations[0]?.states ?? [])
      expect([...values], name).toEqual([...values].map((_, i) => oracle.state("P", i, name)));
  }
});

test.each(["", EACH])(
  "located spikes: a step of any length is x + (D x + Q r), added in the order of the states: %j",
  (settings) => {
    const plan = planSource(
      "rows.glif",
      model(48, { settings, mode: "spikes precise" }).replace("V > 0.2", "V > 20"),
      "X",
    );
    const [group] = largeGroups(plan);
    if (group === undefined) throw new Error("no large group");
    const simulation = instantiate(plan, { seed: 3 });
    const population = simulation.populations[0];
    const values = new Map(population?.states.map((s) => [s.name, s.values]));
    const n = group.states.length;
    const before = group.states.map((s) => values.get(s)?.[1] ?? NaN);
    const τ = simulation.populations[0]?.arrays["τ"]?.[1] ?? 10;
    const matrix = group.states.flatMap((row) =>
      group.states.map((column) => {
        if (row === "alone") return column === "alone" ? -1 / 7 : 0;
        if (row === "V")
          return [column === "s47", column === "alone"].some(Boolean) ? 1 / τ : column === "V" ? -1 / τ : 0;
        const [i, j] = [Number(row.slice(1)), Number(column.slice(1))];
        return i === j ? -1.5 / τ : j === i - 1 ? 1 / τ : i >= 24 && j === (i === 47 ? 24 : i + 1) ? 0.5 / τ : 0;
      }),
    );
    const force = group.states.map((s) => {
      const k = Number(s.slice(1));
      return s === "V" ? 4 / τ : ((k % 7 === 3 ? 4 / k : 0) + (k % 11 === 5 ? 0.25 : 0)) / τ;
    });
    simulation.advance(1);
    const { D, Q } = propagators(Float64Array.from(matrix), n, 2)(0.1);
    const paths = reach(group);
    group.states.forEach((s, i) => {
      let change = 0;
      for (let j = 0; j < n; j++) if (paths[i]?.[j] === true) change += (D[i * n + j] ?? NaN) * (before[j] ?? NaN);
      for (let j = 0; j < n; j++) if (paths[i]?.[j] === true) change += (Q[i * n + j] ?? NaN) * (force[j] ?? NaN);
      // How it writes the entries of its matrix is the plan's: to the last digits.
      expect(values.get(s)?.[1], s).toBeCloseTo((before[i] ?? NaN) + change, 14);
    });
  },
);

const MODES: readonly Variation[] = [
  { noise: true, settings: EACH },
  { noise: true, held: "refractory 1 ms { hold V, s1 }" },
  { mode: "spikes precise" },
  { mode: "spikes precise", settings: EACH },
];

test("their text is strict TypeScript and grows with the states alone", () => {
  const of = (n: number, variation: Variation): string =>
    typescriptOf(ts, planSource("rows.glif", model(n, variation), "X"));
  expect(strictProblems(new Map(MODES.map((variation, k) => [`rows ${k}`, of(48, variation)])))).toEqual([]);
  for (const variation of MODES) {
    const [once = 0, twice = 0, fourfold = 0] = [48, 96, 192].map((n) => of(n, variation).length);
    expect((fourfold - twice) / (twice - once), JSON.stringify(variation)).toBeLessThan(2 ** 1.2);
  }
}, 120_000);
