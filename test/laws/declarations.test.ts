// Law: in which order a model's declarations stand and what its variables are called changes no bit, with every method, on the grid and between its points.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource, spikeTimes } from "../conformance/harness.ts";
import { graphs, type Graph } from "./graphs.ts";

const UGLY = [
  "__proto__",
  "constructor",
  "valueOf",
  "toString",
  "hasOwnProperty",
  "arguments",
  "eval",
  "await",
  "undefined",
  "Math",
  "create",
  "size",
  "count",
  "span",
  "found",
  "x_next",
  "k1_x",
  "r_x0",
  "D_1",
  "slopes",
  "τ",
  "flow",
  "yield",
  "b",
  "a",
  "zz",
];
const METHODS = ["auto", "euler", "heun", "rk4", "rk45", "rosenbrock", "exponential_euler"];

interface Style {
  readonly names: readonly string[];
  readonly keys: readonly number[];
}

const style = fc.record({
  names: fc.shuffledSubarray(UGLY, { minLength: UGLY.length, maxLength: UGLY.length }),
  keys: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
});
const shuffled = (lines: readonly string[], { keys }: Style): string[] =>
  lines
    .map((line, k) => ({ line, key: keys[k] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ line }) => line);

/** Every name that is a variable's stands as `@name`. */
function textOf(graph: Graph, settings: string, other: Style | null): string {
  const names = ["I", "w", "g", "h", "E", "G", "A", "B", "c", "u", "D", ...graph.states.map((s) => s.name)];
  const called = (name: string): string => other?.names[names.indexOf(name)] ?? name;
  const order = (lines: readonly string[]): string => (other === null ? lines : shuffled(lines, other)).join("\n  ");
  const written = (text: string): string => text.replace(/@(\w+)/g, (_, name: string) => called(name));
  const own = (text: string): string => text.replace(/\bx\d\b/g, (name) => `@${name}`);
  const k = graph.states.length - 1;
  return written(`
neuron N {
  ${order([
    // No two states begin alike: nothing but their order tells states apart that could be exchanged.
    ...graph.states.map((s, n) => `state @${s.name} : 1 = ${s.start + 0.013 * n}`),
    ...graph.states.map((s, n) => `@${s.name}' = ${own(s.text)} + ${n === 0 ? "@I" : "0.1*@I"}/(${7 + n} ms)`),
    "input @I : 1",
    "state @w : 1 = 0",
    // Linear by its normal form, which is written in an order of its own.
    "param @E = 0.7, @G = 0.31, @D = 0.043",
    "state @u : 1 = 0.9",
    "@u' = (((@u - @E)^2 - @u^2)/(@G + @E + @D) - 0.1*@x0)/(2 ms)",
    "let @c = 0.3*@x0 + @x1",
    "@I += 0.11*@c",
    "@I += 0.013*(@x1 - @x0)",
    `@I += 0.7*(0.3 - @x${k})`,
    "spike when @x0 > 0.6",
    "reset { @x0 <- 0.9*@x0 - 0.1; @w <- @w + 1 }",
    "refractory 1.37 ms",
  ])}
}
synapse S {
  ${order([
    "param @A : 1 = 0.37, @B : 1 = 0.21",
    "state @g = 0, @h = 0",
    "@g' = (@h - @g)/(3 ms)",
    "@h' = -@h/(1.7 ms)",
    "on pre { @h <- @h + @A }",
    "post.@I += @g*(@B - post.@x0)",
    "post.@I += 0.03*@g*@A",
  ])}
}
network M {
  ${order(["population P = 3 N { x0 = 0.2 + 0.1*i }", "population Q = spikes([0.33, 1.1, 2.57, 2.58] ms)", "connect Q -> P by S { delay = 0.5 ms } all"]).replaceAll("{ x0", "{ @x0")}
}
experiment X of M { duration 5 ms; step 0.1 ms; ${settings}; P.@I = pulse(0.4, from: 1 ms, to: 3 ms); record spikes }`);
}

function outcome(
  graph: Graph,
  settings: string,
  other: Style | null,
): { readonly spikes: readonly number[]; readonly states: readonly number[][] } {
  const names = ["I", "w", "g", "h", "E", "G", "A", "B", "c", "u", "D", ...graph.states.map((s) => s.name)];
  const called = (name: string): string => other?.names[names.indexOf(name)] ?? name;
  const simulation = instantiate(planSource("law.glif", textOf(graph, settings, other), "X"));
  simulation.run(5);
  const P = simulation.populations.find((p) => p.name === "P");
  const values = (name: string): number[] => Array.from(P?.states.find((s) => s.name === name)?.values ?? []);
  return {
    spikes: spikeTimes(simulation, "P"),
    states: [
      ...["u", ...graph.states.map((s) => s.name)].map((name) => values(called(name))),
      values(`S.${called("g")}`),
      values(`S.${called("h")}`),
    ],
  };
}

const runs = (graph: Graph, method: string): boolean =>
  method !== "exponential_euler" || graph.states.every((x) => !x.text.includes("sin(2*"));

for (const precise of [false, true]) {
  test(`another order and other names change no bit ${precise ? "between the points of the grid" : "on the grid"}`, () => {
    let moved = 0;
    fc.assert(
      fc.property(graphs(5, false), style, fc.constantFrom(...METHODS), (graph, other, method) => {
        fc.pre(graph.states.length >= 2 && runs(graph, method));
        const settings = `method ${method}${precise ? "; spikes precise" : ""}`;
        const plain = outcome(graph, settings, null);
        fc.pre(plain.states.flat().every(Number.isFinite));
        expect(outcome(graph, settings, other), textOf(graph, settings, other)).toEqual(plain);
        moved += plain.spikes.length;
      }),
      { numRuns: 60 },
    );
    expect(moved).toBeGreaterThan(20);
  });
}

test("of states that could be exchanged one takes the bits of the other, no third ones", () => {
  const text = (first: string, second: string): string => `
    neuron N {
      state a : 1 = 0.3, b : 1 = 0.3, V = 0.1
      ${first}
      V' = (0.3*a + 0.3*b - V)/(3.1 ms)
      ${second}
    }
    experiment X of N { duration 7 ms }`;
  const [a, b] = ["a' = (0.7*b + 0.123*V - a)/(1.3 ms)", "b' = (0.7*a + 0.123*V - b)/(1.3 ms)"] as const;
  const finals = ([first, second]: readonly [string, string]): number[] => {
    const simulation = instantiate(planSource("law.glif", text(first, second), "X"));
    simulation.run(7);
    return (simulation.populations[0]?.states ?? []).map((s) => s.values[0] ?? NaN).toSorted((x, y) => x - y);
  };
  expect(finals([a, b])).toEqual(finals([b, a]));
});
