// What a source of white noise is: its place in the text, in each element and each use. Over random models the covariance of all states after one step is the one that the text says.
import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "../../src/algebra/evaluate.ts";
import { elementary } from "../../src/4-plan/elementary.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";

/** Where contributions stand, and to which input: `I`, or an input `J` of two elements as a whole, or its first element. */
type Target = "I" | "J[k]" | "J[1]";
interface Contribution {
  readonly target: Target;
  /** One factor for each ξ that stands in it. */
  readonly factors: readonly number[];
}
interface Model {
  readonly parent: readonly Contribution[];
  readonly own: readonly Contribution[];
  readonly mechanism: readonly Contribution[];
  readonly uses: number;
  /** Noise that the experiment gives to I, and to both elements of J. */
  readonly set: readonly [I: number, J: number];
  /** Of ξ in the equation of each state, and of the noise `ξ_c` that all states share. */
  readonly direct: readonly number[];
  readonly common: number;
  /** What each state takes of I, J[1] and J[2]. */
  readonly takes: readonly (readonly [number, number, number])[];
}

const factor = fc.integer({ min: -3, max: 3 }).map((n) => n || 1);
const contribution = fc.record({
  target: fc.constantFrom<Target>("I", "J[k]", "J[1]"),
  factors: fc.array(factor, { minLength: 1, maxLength: 2 }),
});
const some = fc.array(contribution, { maxLength: 3 });
const states = 3;
const models: fc.Arbitrary<Model> = fc.record({
  parent: some,
  own: some,
  mechanism: some,
  uses: fc.integer({ min: 0, max: 3 }),
  set: fc.tuple(factor, factor),
  direct: fc.array(factor, { minLength: states, maxLength: states }),
  common: factor,
  takes: fc.array(fc.tuple(factor, factor, factor), { minLength: states, maxLength: states }),
});

function textOf(model: Model, neurons = 1): string {
  const lines = (all: readonly Contribution[]): string =>
    all.map((c) => `  ${c.target} += ${c.factors.map((f) => `${f}*sqrt(1 ms)*ξ`).join(" + ")}`).join("\n");
  return `
mechanism M {
${lines(model.mechanism)}
}
neuron A {
  index k = 1..2
  input I : 1, J[k] : 1
${lines(model.parent)}
}
neuron B extends A {
  noise ξ_c
  state ${model.takes.map((_, s) => `x${s} : 1 = 0`).join(", ")}
${Array.from({ length: model.uses }, (_, u) => `  use M as m${u}`).join("\n")}
${lines(model.own)}
${model.takes.map(([i, j, k], s) => `  x${s}' = (${i}*I + ${j}*J[1] + ${k}*J[2])/(1 ms) + ${model.direct[s] ?? 0}*ξ/sqrt(1 ms) + ${model.common}*ξ_c/sqrt(1 ms)`).join("\n")}
}
network N { population P = ${neurons} B }
experiment X of N { duration 0.1 ms; method euler; seed 7; P.I = ${model.set[0]}*sqrt(1 ms)*ξ; P.J = ${model.set[1]}*sqrt(1 ms)*ξ }`;
}

/** By the text alone: one column a source, with what it adds to each state, times the root of 1 ms. */
function sourcesOf(model: Model): number[][] {
  const { takes, direct, common, set } = model;
  const reaching = (f: number, of: 0 | 1 | 2): number[] => takes.map((t) => f * t[of]);
  const given = (c: Contribution): number[][] =>
    c.factors.flatMap((f) =>
      c.target === "I" ? [reaching(f, 0)] : c.target === "J[1]" ? [reaching(f, 1)] : [reaching(f, 1), reaching(f, 2)],
    );
  const used = Array.from({ length: model.uses }, () => model.mechanism).flat();
  return [
    ...[...model.parent, ...model.own, ...used].flatMap(given),
    reaching(set[0], 0),
    reaching(set[1], 1),
    reaching(set[1], 2),
    ...direct.map((f, s) => takes.map((_, of) => (of === s ? f : 0))),
    takes.map(() => common),
  ];
}

function covariance(columns: readonly (readonly number[])[], size: number): number[][] {
  return Array.from({ length: size }, (_, a) =>
    Array.from({ length: size }, (_, b) => columns.reduce((sum, c) => sum + (c[a] ?? 0) * (c[b] ?? 0), 0)),
  );
}

/** What the plan integrates: one column for each stream of random numbers. */
function plannedOf(plan: SimulationPlan): number[][] {
  const equations = plan.populations.flatMap((p) => p.groups.flatMap((g) => g.equations));
  const streams = new Map(plan.populations.flatMap((p) => p.noises.map((n) => [n.symbol, n.purpose])));
  expect(new Set(streams.values()).size).toBe(streams.size);
  return [...streams.keys()].map((symbol) =>
    Array.from({ length: states }, (_, s) => {
      const amount = equations.find((e) => e.state === `x${s}`)?.diffusion.get(symbol);
      return amount === undefined ? 0 : evaluate(amount, () => NaN, elementary);
    }),
  );
}

test("the covariance of what is integrated is that of the text", () => {
  fc.assert(
    fc.property(models, (model) => {
      const planned = covariance(plannedOf(planSource("noise.glif", textOf(model), "X")), states).flat();
      covariance(sourcesOf(model), states)
        .flat()
        .forEach((wanted, k) => expect(planned[k]).toBeCloseTo(wanted, 8));
    }),
    { numRuns: 30 },
  );
});

test("and that of ten thousand neurons after one step", () => {
  const model: Model = {
    parent: [
      { target: "I", factors: [2, 1] },
      { target: "J[k]", factors: [3] },
    ],
    own: [
      { target: "I", factors: [-2] },
      { target: "J[1]", factors: [1] },
    ],
    mechanism: [
      { target: "I", factors: [1] },
      { target: "J[k]", factors: [2] },
    ],
    uses: 2,
    set: [1, 2],
    direct: [1, -1, 2],
    common: 2,
    takes: [
      [1, 2, 1],
      [2, -1, 1],
      [-1, 1, 3],
    ],
  };
  const neurons = 10_000;
  const simulation = instantiate(planSource("noise.glif", textOf(model, neurons), "X"));
  simulation.advance(1);
  const values = Array.from(
    { length: states },
    (_, s) => simulation.population("P").states.find((x) => x.name === `x${s}`)?.values ?? new Float64Array(),
  );
  const wanted = covariance(sourcesOf(model), states);
  for (let a = 0; a < states; a++) {
    for (let b = 0; b < states; b++) {
      let sum = 0;
      for (let i = 0; i < neurons; i++) sum += (values[a]?.[i] ?? NaN) * (values[b]?.[i] ?? NaN);
      const spread = Math.sqrt(((wanted[a]?.[a] ?? 0) * (wanted[b]?.[b] ?? 0) + (wanted[a]?.[b] ?? 0) ** 2) / neurons);
      expect(Math.abs(sum / neurons / 0.1 - (wanted[a]?.[b] ?? 0)), `x${a}, x${b}`).toBeLessThan(5 * spread);
    }
  }
});

test("the order of the text decides nothing, and what a parent has keeps its noise in its children", () => {
  const noisesOf = (text: string): string[] =>
    planSource("noise.glif", `${text}\nexperiment X of B { duration 1 ms }`, "X")
      .populations.flatMap((p) =>
        p.groups.flatMap((g) =>
          g.equations.flatMap((e) =>
            [...e.diffusion].map(([symbol, f]) => `${evaluate(f, () => NaN, elementary)} ${symbol}`),
          ),
        ),
      )
      .sort();
  const neuron = (name: string, lines: string): string => `neuron ${name} { ${lines} }\n`;
  const body = "input I : 1; state x = 0; x' = I/(1 ms)";
  const [two, three] = ["I += 2*sqrt(1 ms)*ξ", "I += 3*sqrt(1 ms)*ξ"];
  const mechanism = "mechanism M { I += 5*sqrt(1 ms)*ξ }\n";
  expect(noisesOf(mechanism + neuron("B", `${body}; ${two}; use M as a; ${three}`))).toEqual(
    noisesOf(neuron("B", `use M as a; ${three}; ${two}; ${body}`) + mechanism),
  );
  const alone = noisesOf(neuron("B", `${body}; ${two}`));
  expect(alone).toEqual(["2 #ξ:ξ#I"]);
  expect(noisesOf(neuron("A", `${body}; ${two}`) + neuron("B extends A", three))).toEqual([...alone, "3 #ξ:ξ#I#2"]);
});

test.each(["auto", "exact", "euler", "heun", "exponential_euler"])(
  "noise of an input that no equation reads is not drawn, and the input is recorded without it: method %s",
  (method) => {
    const sources: readonly [string, string][] = [
      ["u += 0.3/sqrt(1 ms)*ξ", ""],
      ["noise ξ_c; u += 0.3/sqrt(1 ms)*ξ_c; u += 2 /ms", " + 0/sqrt(1 ms)*ξ"],
      ["u += 0.3/sqrt(1 ms)*ξ; w += 0.5*u", " + 0.1/sqrt(1 ms)*ξ"],
    ];
    for (const [given, own] of sources) {
      const plan = planSource(
        "unread.glif",
        `neuron N { input u : /ms; input w : /ms; ${given}; state x = 1; x' = -x/(5 ms)${own}; let both = u + w; on x < 0 { x <- 1 } }
network M { population P = 3 N }
experiment X of M { duration 1 ms; record P.x, P.u, P.w; method ${method} }`,
        "X",
      );
      expect(plan.populations[0]?.noises.filter((n) => /#u|#w|ξ_c/u.test(n.symbol) || n.purpose.includes("u"))).toEqual(
        [],
      );
      const simulation = instantiate(plan, { seed: 1 });
      simulation.advance(10);
      const of = (name: string): number =>
        simulation.populations[0]?.observables.find((o) => o.name === name)?.read(0) ?? NaN;
      expect([of("u"), of("w")]).toEqual([given.includes("2 /ms") ? 2 : 0, 0]);
    }
  },
);

test("which numbers a state draws follows names, not what is said elsewhere: a condition turned round or an event that never happens leaves a seed's noise as it is", () => {
  const text = (condition: string, more = "", [x, y] = ["x", "y"]): string => `neuron N {
    param τ = 10 ms
    noise ξ_1
    state x = 0, y = 0
    ${x}' = -${x}/τ + sqrt(1/τ)*ξ_1
    ${y}' = -${y}/τ + 0.7*sqrt(1/τ)*ξ_1 + 0.5*sqrt(1/τ)*ξ
    ${more}
    spike when ${condition}
    reset { x <- 0; y <- 0 }
  }
  experiment X of N { duration 200 ms; step 0.1 ms; seed 2; record x, y }`;
  const result = (source: string): { readonly spikes: number; readonly last: readonly number[] } => {
    const simulation = instantiate(planSource("noise.glif", source, "X"), { seed: 2 });
    simulation.run(200);
    return {
      spikes: simulation.spikes.length,
      last: simulation.populations.flatMap((p) => p.states.map((s) => s.values[0] ?? NaN)),
    };
  };
  const first = result(text("x + y > 1.2"));
  expect(first.spikes).toBeGreaterThan(5);
  for (const other of [
    text("y + x > 1.2"),
    text("y + x > 1.2", "on x > 100 { x <- 0 }"),
    text("x + y > 1.2", "on y > 100 { y <- 0 }"),
  ]) {
    const found = result(other);
    expect(found.spikes).toBe(first.spikes);
    found.last.forEach((v, k) => expect(v).toBeCloseTo(first.last[k] ?? NaN, 9));
  }
  // The names are what is drawn for.
  expect(result(text("x + y > 1.2", "", ["y", "x"]))).not.toEqual(first);
});
