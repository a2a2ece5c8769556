// Chains of thousands of operations, and `steps` of thousands of points: every mode runs them, with the bits of one operation after the other.
import ts from "typescript";
import { expect, test } from "vitest";
import { runtimeFiles } from "../../src/cli/package.ts";
import { standaloneOf } from "../../src/compile.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import type { Simulation } from "../../src/runtime/index.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";

/** The simulation as glif runs it, and as the file that needs nothing does; that takes seconds to write. */
async function bothWays(plan: SimulationPlan, alone: boolean): Promise<readonly Simulation[]> {
  if (!alone) return [instantiate(plan)];
  const text = ts.transpileModule(standaloneOf(ts, plan, runtimeFiles()), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  }).outputText;
  const { create } = (await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`)) as {
    create: (options?: object) => Simulation;
  };
  return [instantiate(plan), create()];
}

const N = 3000;
const P = 0.7;
const terms = Array.from({ length: N }, (_, k) => k + 1);
const products = terms.map((k) => P * k);
/** Whether a product of sums is linear is found by multiplying out, which takes its time. */
const FACTORS = 300;
const factors = Array.from({ length: FACTORS }, (_, k) => k + 1);
const near1 = factors.map((k) => P + k / FACTORS);

/** What is written of a number that is P, and what it is. */
const CHAINS: readonly (readonly [string, (p: string) => string, number])[] = [
  ["+", (p) => terms.map((k) => `${p}*${k}`).join(" + "), products.reduce((a, b) => a + b)],
  ["-", (p) => terms.map((k) => `${p}*${k}`).join(" - "), products.reduce((a, b) => a - b)],
  [
    "+ and -",
    (p) => terms.map((k) => `${k === 1 ? "" : k % 2 === 0 ? " - " : " + "}${p}*${k}`).join(""),
    products.reduce((a, b, n) => (n % 2 === 1 ? a - b : a + b)),
  ],
  ["*", (p) => factors.map((k) => `(${p} + ${k}/${FACTORS})`).join("*"), near1.reduce((a, b) => a * b)],
  ["/", (p) => factors.map((k) => `(${p} + ${k}/${FACTORS})`).join("/"), near1.reduce((a, b) => a / b)],
  [
    "* and +",
    (p) =>
      `${"(".repeat(150)}${terms
        .slice(0, 151)
        .map((k) => `${p}*${k}`)
        .join(")*0.5 + ")}`,
    products.slice(0, 151).reduce((a, b) => a * 0.5 + b),
  ],
  ["min", (p) => `min(${terms.map((k) => `${p}*${k}`).join(", ")})`, P],
  ["max", (p) => `max(${terms.map((k) => `${p}*${k}`).join(", ")})`, P * N],
  ["and", (p) => `if ${terms.map((k) => `${p} < ${k}`).join(" and ")} then 1 else 2`, 1],
  ["or", (p) => `if ${terms.map((k) => `${p} > ${k}`).join(" or ")} then 1 else 2`, 2],
  [
    "else if",
    (p) =>
      `${terms
        .slice(0, 150)
        .map((k) => `if ${p} > ${k} then ${k} else `)
        .join("")}3`,
    3,
  ],
];

for (const [name, chain, value] of CHAINS) {
  test(
    `a chain with ${name} in an equation and a let: on the grid and located, in a module of its own`,
    { timeout: 240_000 },
    async () => {
      for (const mode of ["", "spikes precise"]) {
        const text = `
neuron N { param p = ${P}; state x = ${P}, y = 0; let all = ${chain("p")}; y' = (${chain("x")})/(1 ms) }
experiment X of N { duration 1 ms; step 1 ms; method euler; ${mode}; record y, all }`;
        for (const simulation of await bothWays(
          planSource("long.glif", text, "X"),
          mode === "" && (name === "min" || name === "+ and -"),
        )) {
          simulation.run(1);
          expect(
            Object.fromEntries(simulation.traces.map((trace) => [trace.variable, trace.values().at(-1)])),
            mode,
          ).toEqual({ y: value, all: value });
        }
      }
    },
  );
}

test("a chain in an event and a spike condition, on the grid and located", { timeout: 120_000 }, () => {
  const chain = Array.from({ length: 1000 }, (_, k) => `x*${k + 1}`).join(" + ");
  const value = products.slice(0, 1000).reduce((a, b) => a + b);
  for (const mode of ["", "spikes precise"]) {
    const simulation = instantiate(
      planSource(
        "event.glif",
        `neuron N { state x = ${P}, y = 0, z = 0, n = 0; y' = 1/(1 ms); on y > 0.5 { z <- ${chain} }; spike when y*(${chain}) > 0.8*${value}; reset { y <- -10; n <- n + 1 } }
experiment X of N { duration 2 ms; step 1 ms; ${mode}; record z, n }`,
        "X",
      ),
    );
    simulation.run(2);
    expect(Object.fromEntries(simulation.traces.map((trace) => [trace.variable, trace.values().at(-1)])), mode).toEqual(
      { z: value, n: 1 },
    );
  }
});

test("exponentials by the thousand, in every stage of a Runge-Kutta step", { timeout: 60_000 }, () => {
  const sum = terms.map((k) => `exp(-x*${k})`).join(" + ");
  const plan = planSource(
    "exp.glif",
    `neuron N { state x = 1; x' = (1 - x + ${sum})/(1 ms) } experiment X of N { duration 0.1 ms; step 0.01 ms; record x }`,
    "X",
  );
  const simulation = instantiate(plan);
  simulation.run(0.1);
  // exp(-x) + exp(-2x) + … is 1/(exp(x) - 1): its integral by a fine Euler method.
  let x = 1;
  for (let n = 0; n < 100_000; n++) x += 1e-6 * (1 - x + 1 / (Math.exp(x) - 1));
  expect(simulation.traces[0]?.values().at(-1)).toBeCloseTo(x, 5);
});

const POINTS = 2_000;
const listed = (value: (k: number) => string, time = (k: number): string => `${k} ms`): string =>
  `steps(${Array.from({ length: POINTS }, (_, k) => `${time(k)}: ${value(k)}`).join(", ")})`;
const at = (n: number): number => n % 7;

test(
  `steps of ${POINTS} points: the same for all, by parameters, one value or one time a neuron, in sums`,
  { timeout: 120_000 },
  async () => {
    for (const mode of ["", "spikes precise"]) {
      const text = `
neuron N { param p = 1; input a : 1, b : 1, c : 1, d : 1, e : 1; state x = 0; x' = (a + b + c + d + e)/(1 ms) }
network W { param k = 2; param τ = 1 ms; population A = 3 N { p ~ uniform(1, 2) } }
experiment X of W { duration 120 ms; step 1 ms; ${mode}
  A.a = ${listed((k) => String(at(k)))}; A.b = ${listed((k) => `k*${at(k)}`)}; A.c = ${listed((k) => `i*${at(k)}`)}
  A.d = ${listed(
    (k) => String(at(k)),
    (k) => (k === 0 ? "0 ms" : `${k}*τ + i*1 ms`),
  )}
  A.e = ${listed((k) => String(at(k)))} + 2*${listed((k) => `k*${at(k)}`)} + pulse(1); record A.a, A.b, A.c, A.d, A.e }`;
      for (const simulation of await bothWays(planSource("points.glif", text, "X"), true)) {
        simulation.run(120);
        for (const { variable, neuron: i, values } of simulation.traces) {
          const expected = {
            a: at,
            b: (n: number) => 2 * at(n),
            c: (n: number) => i * at(n),
            d: (n: number) => at(Math.max(n - i, 0)),
            e: (n: number) => 5 * at(n) + 1,
          }[variable];
          expect([...values()].slice(0, 120), `${variable} of ${i}${mode}`).toEqual(
            Array.from({ length: 120 }, (_, n) => expected?.(n)),
          );
        }
      }
    }
  },
);

test("a time that settings bring before its predecessors replaces them, in a table as in a chain", () => {
  const of = (points: number): (number | undefined)[] => {
    const more = Array.from({ length: points }, (_, k) => `, ${100 + k} ms: 9`).join("");
    const plan = planSource(
      "late.glif",
      `neuron N { param q = 4 ms; input I : 1; state x = 0; x' = I/(1 ms) }
network W { population A = 2 N { q = 2 ms + 0 ms*i } }
experiment X of W { duration 8 ms; step 1 ms; A.I = steps(0 ms: 1, 3 ms: 2, q: 3, 6 ms: 4${more}); record A[0].I }`,
      "X",
    );
    const simulation = instantiate(plan);
    simulation.run(8);
    return [...(simulation.traces[0]?.values() ?? [])].slice(0, 8);
  };
  expect(of(100)).toEqual(of(0));
});
