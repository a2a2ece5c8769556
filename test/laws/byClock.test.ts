// Law: events that go by the clock happen at the steps that the text says, whatever the neuron does, in kernels as in the interpreter, in parts, in threads' form and among runs.
import { expect, test } from "vitest";
import { planSource } from "../conformance/harness.ts";
import { interpret } from "../oracle/interpreter.ts";
import { check } from "../../src/compile.ts";
import { sourceText } from "../../src/base/source.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { runner } from "../../src/simulate/runner.ts";
import { runnerText } from "../../src/simulate/runnerText.ts";
import { host } from "../conformance/harness.ts";

/** Period, from, to (ms; null: not said), and the step: the steps at which it happens up to the 200th, counted one by one. */
function due(period: number, from: number | null, to: number | null, dt: number): number[] {
  const steps = (time: number): number => Math.round((time / dt) * (1 + 1e-12));
  const all: number[] = [];
  for (let n = 1; n <= 200; n++) {
    if (from !== null && n < steps(from)) continue;
    if (to !== null && n >= steps(to)) continue;
    let left = from === null ? n : n - steps(from);
    while (left >= Math.max(1, steps(period))) left -= Math.max(1, steps(period));
    if (left === 0) all.push(n);
  }
  return all;
}

const CASES: readonly (readonly [number, number | null, number | null, number])[] = [
  [0.1, null, null, 0.1],
  [0.6, null, null, 0.2],
  [0.7, 0.3, null, 0.1],
  [1, 0, 9.5, 0.1],
  [0.15, null, null, 0.1],
  [2.5, 5, 15, 0.1],
  [3, 100, null, 0.1],
  [1 / 3, null, 5, 1 / 3],
  [0.001, null, null, 0.001],
];
for (const [period, from, to, dt] of CASES)
  test(`every ${period} from ${from} to ${to} in steps of ${dt}`, () => {
    const text = `neuron N {
  state k : 1 = 0
  every ${period} ms${from === null ? "" : ` from ${from} ms`}${to === null ? "" : ` to ${to} ms`} { k <- k + 1 }
}
experiment X of N { duration ${200 * dt} ms; step ${dt} ms }`;
    const simulation = instantiate(planSource("clock.glif", text, "X"));
    const found: number[] = [];
    const k = simulation.population("N").states[0]?.values as Float64Array;
    for (let n = 1, before = 0; n <= 200; n++) {
      simulation.advance(1);
      if (k[0] === before + 1) found.push(n);
      before = k[0] as number;
    }
    expect(found).toEqual(due(period, from, to, dt));
  });

const TEXT = `neuron R {
  param τ = 10 ms, T = 5 ms, V_0 = -50 mV, a = 1
  input I : mV
  state V = -70 mV, Θ = -50 mV, η : 1 = 0, k : 1 = 0, m : 1 = 0, x : 1 = 0.1
  V' = (-70 mV - V + I)/τ
  spike when V > Θ
  reset { V <- -70 mV; m <- m + 100 }
  refractory 2 ms { hold V }
  every dt { η ~ normal(0, 1); k <- k + 1 }
  every T { Θ ~ normal(V_0, 1 mV); m <- m + k }
  every 0.5 ms from 3 ms to 30 ms { x <- 3.9*x*(1 - x) }
  on η > 1 { V <- V + 0.1 mV; m <- m + 1 }
}
network W { population E = 70 R { T = 2 ms*(1 + i), I = 30 mV + 0.1 mV*i } }
experiment X of W { duration 40 ms; seed 1 }`;

test("kernels are the interpreter, in both forms, in parts and with refractory neurons", () => {
  const plan = planSource("byClock.glif", TEXT, "X");
  const oracle = interpret(plan, 400, 5);
  expect(oracle.spikes.length).toBeGreaterThan(100);
  for (const backend of ["javascript", "webassembly"] as const)
    for (const parts of [[400], [1, 49, 150, 200]]) {
      const simulation = instantiate(plan, { seed: 5, backend });
      for (const steps of parts) simulation.advance(steps);
      const kernel = simulation.population("E");
      expect(simulation.spikes.length).toBe(oracle.spikes.length);
      for (const state of kernel.states)
        expect([...state.values], `${state.name} in ${backend}`).toEqual(
          Array.from({ length: 70 }, (_, i) => oracle.state("E", i, state.name)),
        );
      expect(kernel.states.find((s) => s.name === "k")?.values[0]).toBe(400);
    }
});

test("runs that go on together have the events that each has alone", () => {
  const text = `neuron M { param T = 5 ms, r = 3.7; state x : 1 = 0.3, y : 1 = 0; y' = (x - y)/(3 ms); every T { x <- r*x*(1 - x) } }
experiment X of M { duration 20 ms; record x, y every 1 ms }`;
  const plan = planSource("map.glif", text, "X");
  const free = [
    { kind: "parameter", population: "M", name: "T" },
    { kind: "parameter", population: "M", name: "r" },
  ] as const;
  const requests = [2, 3, 5, 7].map((T, k) => ({ seed: 1, values: [T, 3.5 + 0.1 * k] }));
  const taken = runner(runnerText(plan, free)).run(requests, { steps: 200 });
  const alone = requests.map(({ values: [T = NaN, r = NaN] }) => {
    const simulation = instantiate(plan, { parameters: { M: { T, r } } });
    simulation.advance(200);
    return simulation.traces.map((t) => [...t.values()]);
  });
  expect(taken.map(({ log }) => log?.traces.map((t) => [...t.values()]))).toEqual(alone);
  expect(new Set(alone.map(([x]) => x?.at(-1))).size).toBe(4);
});

test("what goes by the clock is told where it cannot be", () => {
  const codes = (text: string): string[] => check(sourceText("m.glif", text), host).diagnostics.map((d) => d.code);
  const neuron = (line: string, more = ""): string =>
    `neuron N { state x : 1 = 0; input I : 1; x' = -x/(1 ms); let y = x + I; ${line} }\nexperiment X of N { duration 1 ms ${more} }`;
  expect(codes(neuron("every 1 ms { x <- 1 }"))).toEqual([]);
  expect(codes(neuron("every 1 mV { x <- 1 }"))).toEqual(["units/wrong-dimension"]);
  expect(codes(neuron("every x*(1 ms) { x <- 1 }"))).toEqual(["model/not-constant"]);
  expect(codes(neuron("every t { x <- 1 }"))).toHaveLength(1);
  expect(codes(neuron("every 0 ms { x <- 1 }"))).toEqual(["experiment/bad-time"]);
  expect(codes(neuron("every 0.25 ms { x <- 1 }"))).toEqual(["experiment/rounded-time"]);
  expect(codes(neuron("every 1 ms from 5 ms to 2 ms { x <- 1 }"))).toEqual(["experiment/ends-before-start"]);
  expect(codes("synapse S { weight w = 1 mV; every 1 ms { w <- 0 }; on pre { post.V <- post.V + w } }")).toEqual([
    "syntax/misplaced",
  ]);
  expect(codes(neuron("", "; every 1 ms { x <- 1 }"))).toEqual(["syntax/misplaced"]);
  expect(
    codes("network W { population S = spikes(every: 0.15 ms, count: 3) }\nexperiment X of W { duration 1 ms }"),
  ).toEqual(["experiment/rounded-time"]);
  expect(() => planSource("p.glif", neuron("every 1 ms { x <- 1 }", "; spikes precise"), "X")).toThrow(
    "it has events that go by the clock",
  );
});
