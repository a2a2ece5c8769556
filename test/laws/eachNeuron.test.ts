// Law: each neuron has what is said of it most narrowly: of it alone, else of some of which it is one, else of all; and of what is said of as many, the last. Lists and files give each its own.
import { expect, test } from "vitest";
import { planSource, provide } from "../conformance/harness.ts";
import { interpret } from "../oracle/interpreter.ts";
import { instantiate } from "../../src/simulate/load.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";

/** Numbers from 0 to 1, the same every time. */
function numbers(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
}

const SIZE = 7;
const NEURON = `
neuron N {
  index j = 1..2
  param a = 1, k[j] = [2, 3]
  input r : 1
  state x : 1 = 4
  x' = (r - a*x)/(10 ms) + sum(k)/(100 ms)
  spike when x > 6 + 0*a
  reset { x <- 0 }
}`;

interface Said {
  readonly level: number;
  readonly first: number;
  readonly last: number;
  readonly all: boolean;
  readonly element: number | null;
  readonly value: number;
}

const rank = (s: Said): number => (s.all ? 0 : s.first === s.last ? 2 : 1);

/** The rule, said once more. */
function expected(said: readonly Said[], byDefault: number, i: number, element: number | null): number {
  const reaching = said.filter((s) => i >= s.first && i <= s.last && (s.element === null || s.element === element));
  const narrowness = (s: Said): number => 2 * rank(s) + (s.element === null ? 0 : 1);
  return (
    reaching.reduce<Said | null>((best, s) => (best === null || narrowness(s) >= narrowness(best) ? s : best), null)
      ?.value ?? byDefault
  );
}

function written(quantity: string, s: Said): string {
  const slice = s.all ? "E" : `E[${s.first === s.last ? s.first : `${s.first}..${s.last}`}]`;
  return `${slice}.${quantity}${s.element === null ? "" : `[${s.element}]`} = ${s.value}`;
}

for (let seed = 1; seed <= 40; seed++) {
  test(`settings ${seed}`, () => {
    const next = numbers(seed);
    const whole = (below: number): number => Math.floor(next() * below);
    const drawn = (indexed: boolean, level: number, taken: Said[]): Said[] => {
      const all = next() < 0.3;
      const first = all ? 0 : whole(SIZE);
      const last = all ? SIZE - 1 : next() < 0.4 ? first : Math.min(SIZE - 1, first + 1 + whole(3));
      const one = {
        level,
        first,
        last,
        all,
        element: indexed && next() < 0.5 ? 1 + whole(2) : null,
        value: 10 + whole(90),
      };
      // What one block says twice is a mistake, and so are slices of one kind that overlap.
      const clash = taken.some(
        (t) =>
          t.level === level && rank(t) === rank(one) && t.element === one.element && t.first <= last && first <= t.last,
      );
      return clash ? [] : [one];
    };
    const say = (indexed: boolean): Said[] => {
      const all: Said[] = [];
      for (let k = 0; k < 7; k++) all.push(...drawn(indexed, k < 4 ? 1 : 2, all));
      return all;
    };
    const [a, k, x, r] = [say(false), say(true), say(false), say(false)];
    const lines = (level: number): string[] =>
      Object.entries({ a, k, x, r }).flatMap(([name, all]) =>
        all.filter((s) => s.level === level).map((s) => written(name, s)),
      );
    const text = `${NEURON}
network W { population E = ${SIZE} N }
experiment X of W { duration 1 ms; seed 1; ${lines(1).join("; ")} }`;
    const plan = planSource(`settings${seed}.glif`, text, "X", lines(2));
    const simulation = instantiate(plan);
    const kernel = simulation.population("E");
    const valueOf = (name: string, i: number): number => kernel.arrays[name]?.[i] ?? kernel.parameters[name] ?? NaN;
    for (let i = 0; i < SIZE; i++) {
      expect(valueOf("a", i), `a of ${i}`).toBe(expected(a, 1, i, null));
      for (const j of [1, 2]) expect(valueOf(`k[${j}]`, i), `k[${j}] of ${i}`).toBe(expected(k, j + 1, i, j));
      expect(kernel.states[0]?.values[i], `x of ${i}`).toBe(expected(x, 4, i, null));
    }
    simulation.advance(1);
    for (let i = 0; i < SIZE; i++) {
      const input = kernel.inputs["r"];
      expect(input?.length === 1 ? input[0] : input?.[i], `r of ${i}`).toBe(expected(r, 0, i, null));
    }
  });
}

provide(
  "each-cells.csv",
  "a,k[1],k[2],x,r\n0.5,1,2,1,3\n0.75,-1,3,-0,4\n1.25,0.5,4,2,9\n1,2,5,3,14\n1,1,1,1,8\n2,2,2,2,9\n0.5,0.1,0.2,0.3,7\n",
);
provide(
  "each-over-time.csv",
  `t (ms),${Array.from({ length: SIZE }, (_, i) => `E[${i}].r (1)`).join()}\n0,1,2,3,4,5,6,7\n0.5,,4,,8,,12,\n20,9,9,9,9,9,9,9\n20.2,11,,,,,,12\n`,
);

const DATA = `${NEURON}
network W {
  param b = 2
  population E = ${SIZE} N {
    a = file("each-cells.csv"), k = file("each-cells.csv")
    x ~ normal(file("each-cells.csv", column: "x"), 0.25)
  }
}
experiment X of W {
  duration 40 ms
  E.r = file("each-over-time.csv") + file("each-cells.csv", column: "r")
  E[2..3].r = [20, 10*b]
  E[1].x = -1
  E[4..5].x ~ normal(b, 0.5, min: 0)
  E[6].r = 8 + sqrt(1 ms)*ξ
}
experiment Lists of W { duration 40 ms; E.r = [9, 8, b*4, 9, 10, 11, 12]; E.x = [1, 2, 3, 4, 5, b, -0] }`;

function outcome(plan: SimulationPlan, backend: "javascript" | "webassembly", parts: readonly number[]): string {
  const simulation = instantiate(plan, { seed: 3, backend });
  for (const steps of parts) simulation.advance(steps);
  const { spikes, populations } = simulation;
  const all = Array.from({ length: spikes.length }, (_, s) => `${spikes.neuron(s)}@${spikes.time(s)}`);
  return JSON.stringify([all, populations.map((p) => p.states.map((s) => [...s.values]))]);
}

for (const name of ["X", "Lists"])
  test(`kernels of ${name} are the interpreter, in both forms and in parts`, () => {
    const plan = planSource("each.glif", DATA, name);
    const oracle = interpret(plan, 400, 3);
    const simulation = instantiate(plan, { seed: 3 });
    simulation.advance(400);
    const kernel = simulation.population("E");
    expect(oracle.spikes.length).toBeGreaterThan(5);
    expect(simulation.spikes.length).toBe(oracle.spikes.length);
    for (const state of kernel.states)
      expect([...state.values]).toEqual(Array.from({ length: SIZE }, (_, i) => oracle.state("E", i, state.name)));
    const whole = outcome(plan, "javascript", [400]);
    expect(outcome(plan, "javascript", [1, 199, 1, 199])).toBe(whole);
    expect(outcome(plan, "webassembly", [400])).toBe(whole);
  });

test("values that stand in the file are those of the neurons, also where its rows are numbered otherwise", () => {
  provide("each-numbered.csv", "x,neuron\n5,2\n6,0\n7,1\n");
  const text = `${NEURON}
network W { population E = 3 N { a = file("each-numbered.csv", column: "x") } }
experiment X of W { duration 1 ms; E[1..2].x = file("each-slice.csv") }`;
  provide("each-slice.csv", "neuron,x\n2,20\n1,10\n");
  const kernel = instantiate(planSource("numbered.glif", text, "X")).population("E");
  expect([...(kernel.arrays["a"] ?? [])]).toEqual([6, 7, 5]);
  expect([...(kernel.states[0]?.values ?? [])]).toEqual([4, 10, 20]);
});

test("a population of another size than the list is refused where it is made", () => {
  const text = `${NEURON}
network W { param n = 3; population E = n N { a = [1, 2, 3] } }
experiment X of W { duration 1 ms }`;
  const plan = planSource("sized.glif", text, "X");
  expect(() => instantiate(plan, { sizes: { E: 4 } })).toThrow(
    "`E` has 4 neurons here, and a list or file in its settings has values for 3",
  );
});

test("rows of an array over time are those of the neurons", () => {
  provide("each-array.npy", "0,1,2\n1,2,3\n4,-0,6\n");
  provide("each-column.npy", "0\n5\n7\n");
  const text = `${NEURON}
network W { population E = 3 N }
experiment X of W { duration 1 ms; E.r = 2*file("each-array.npy", every: 0.4 ms); record E.r }
experiment One of W { duration 1 ms; E.r = file("each-array.npy", column: 2, every: 0.4 ms) + file("each-column.npy", every: 0.2 ms); record E.r }`;
  const at = (name: string): readonly (readonly number[])[] => {
    const simulation = instantiate(planSource("array.glif", text, name));
    simulation.advance(10);
    return [0, 3, 4, 9].map((n) => simulation.traces.map((t) => t.values()[n] ?? NaN));
  };
  expect(at("X")).toEqual([
    [2, 4, 6],
    [2, 4, 6],
    [8, -0, 12],
    [8, -0, 12],
  ]);
  expect(at("One")).toEqual([
    [8, 8, 8],
    [10, 10, 10],
    [13, 13, 13],
    [13, 13, 13],
  ]);
});
