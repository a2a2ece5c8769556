// Lets made of one another are read by one function: the values are those that each has where it is read alone, and the text is no longer than the chain.
import ts from "typescript";
import { expect, test } from "vitest";
import { javascriptOf, typescriptOf } from "../../src/compile.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";

const CHAIN = 100;
const LETS = Array.from({ length: CHAIN }, (_, k) => `let y${k + 1} = 0.5*y${k} + sin(y${k} + u) + p`).join("\n");
/** `again` has the value of another let, `alone` shares nothing with the others. */
const plan = (record: string, mode = ""): SimulationPlan =>
  planSource(
    "model.glif",
    `neuron N { param p = 0.25; input u; state x = 0.5; let y0 = x*p\n${LETS}\nlet again = y${CHAIN}; let alone = 3*x; x' = -x/(10 ms) }\nexperiment E of N { duration 2 ms; step 0.1 ms; u = 2; ${mode}; record ${record} }`,
    "E",
  );

const ALL = [...Array.from({ length: CHAIN + 1 }, (_, k) => `y${k}`), "again", "alone", "p"];

function traces(of: SimulationPlan): ReadonlyMap<string, readonly number[]> {
  const simulation = instantiate(of, { seed: 1 });
  simulation.advance(20);
  return new Map(simulation.traces.map((t) => [t.variable, [...t.values()]]));
}

test.each(["", "spikes precise"])("%s", (mode) => {
  const together = traces(plan(ALL.join(", "), mode));
  expect(javascriptOf(plan(ALL.join(", "), mode))).toMatch(/function read\(i, number\)/);
  for (const name of ["y0", "y1", "y60", "y99", "y100", "again", "alone", "p"]) {
    const alone = plan(name, mode);
    expect(javascriptOf(alone)).not.toMatch(/function read\(/);
    expect([...(together.get(name) ?? [])], name).toEqual([...(traces(alone).get(name) ?? ["nothing"])]);
  }
});

test("its TypeScript says the same, and grows with the chain", () => {
  const text = typescriptOf(ts, plan(ALL.join(", ")));
  expect(text).toMatch(/function read\(i: number, number: number\): number/);
  expect(text.length / CHAIN).toBeLessThan(700);
});
