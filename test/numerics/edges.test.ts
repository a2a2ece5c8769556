// Conditions that jump or bend inside a comparison: located spikes and events find what holds for a small part of the step only.
import { expect, test } from "vitest";
import { planSource, run, spikeTimes } from "../conformance/harness.ts";

const METHODS = ["exact", "rk4", "rk45"];

function events(
  condition: string,
  settings: string,
  equations = "x' = 1/(1 ms)\n  y' = -y/(3 ms)",
): { readonly count: number; readonly first: number } {
  const simulation = run(
    planSource(
      "edges.glif",
      `neuron N {
  state x = 0.13, y = 0.8, n = 0, first = 0 ms
  ${equations}
  let window = if x > 0.5 and x < 0.6 then 1 else 0
  on ${condition} { first <- if n == 0 then t else first; n <- n + 1 }
}
experiment X of N { duration 1 ms; spikes precise; ${settings} }`,
      "X",
    ),
  );
  const of = (name: string): number => simulation.populations[0]?.states.find((s) => s.name === name)?.values[0] ?? NaN;
  return { count: of("n"), first: of("first") };
}

// x = 0.13 + t/ms: [condition, how often in 1 ms, when first (ms)]
const WINDOWS: readonly [string, number, number][] = [
  ["window > 0.5", 1, 0.37],
  ["(if x > 0.5 and x < 0.6 then 1 else 0) > 0.5", 1, 0.37],
  ["x > (if x > 0.5 and x < 0.55 then 0 else 5)", 1, 0.37],
  ["floor(10*x) == 5", 1, 0.37],
  ["x > 0.5 and x < 0.501", 1, 0.37],
  ["not (x <= 0.5 or x >= 0.50001)", 1, 0.37],
  ["ceil(10*x) == 6", 1, 0.37],
  ["round(10*x) == 5", 1, 0.32],
  ["ceil(x - 0.5) > ceil(x - 0.55)", 1, 0.37],
  ["step(x - 0.5)*step(0.55 - x) > 0.5", 1, 0.37],
  ["step(x - 0.5) > step(x - 0.52)", 1, 0.37],
  ["sign(x - 0.5) != sign(x - 0.52)", 1, 0.37],
  ["x - 0.4*floor(x/0.4) < 0.1 and x > 0.2", 2, 0.27],
  ["max(abs(x - 0.5), 0.01) == 0.01", 1, 0.36],
  ["max(0.02 - abs(x - 0.5), 0) > 0", 1, 0.35],
  ["clamp(x, 0.5, 0.52) != 0.5 and clamp(x, 0.5, 0.52) != 0.52", 1, 0.37],
  ["not (floor(t/(0.05 ms)) != 8)", 1, 0.4],
  ["(if floor(20*x) == 10 then (if x > 0.51 then 2 else 1) else 0) == 2", 1, 0.38],
];

test.each(METHODS)(
  "a window of the step by method %s: found as often and at the time that the equation says",
  (method) => {
    for (const [condition, count, first] of WINDOWS) {
      for (const step of ["1 ms", "0.5 ms", "0.1 ms"]) {
        const found = events(condition, `step ${step}; method ${method}`);
        expect([condition, step, found.count]).toEqual([condition, step, count]);
        expect(Math.abs(found.first - first), `${condition}, ${step}`).toBeLessThan(1e-10);
      }
    }
  },
);

test("joined comparisons of a state that moves exactly: found at every step, however narrow", () => {
  for (const [condition, step] of [
    ["x > 0.8 and x < 0.801", "1 ms"],
    ["x > 0.8 and x < 0.80001", "0.5 ms"],
    ["x > 0.8 and x < 0.80001", "0.01 ms"],
  ] as const)
    expect(events(condition, `step ${step}`, "x' = (2 - x)/(0.5 ms)\n  y' = 0/(1 ms)").count, condition).toBe(1);
});

test("of a state that falls, from an edge on, and back and forth over one", () => {
  // From 0.13 downwards: floor(10*x) is 1, then 0.
  expect(events("floor(10*x) == 4", "step 1 ms", "x' = -(x - 0.13 + 0.05)/(1 ms)\n  y' = 0/(1 ms)").count).toBe(0);
  // y = 0.8 cos(2π t/ms): floor(10 y) is 7 twice, 3 twice
  const turning = "y' = -6.283185307179586*x/(1 ms)\n  x' = 6.283185307179586*y/(1 ms)";
  expect(events("floor(20*y) == 3", "step 1 ms", turning).count).toBe(2);
  expect(events("round(20*y) == -7", "step 1 ms", turning).count).toBe(2);
});

test("a level whose threshold is chosen by a phase spikes once in each of its turns", () => {
  const times = spikeTimes(
    run(
      planSource(
        "edges.glif",
        `neuron G {
  param τ = 10 ms
  state φ = 0, V = 0 mV
  φ' = 0.7/(1 ms)
  V' = 1.2 mV/ms - V/τ
  spike when V > (if φ - floor(φ) < 0.06 then 5 mV else 100 mV)
  reset { V <- 0 }
}
experiment X of G { duration 40 ms; step 0.5 ms; spikes precise }`,
        "X",
      ),
    ),
  );
  expect(times.length).toBe(7);
  times.forEach((t, k) => expect(Math.abs(t - (k + 1) / 0.175)).toBeLessThan(1e-9));
});

test("a chain of thirty lets that each choose is written once and found", () => {
  const lets = Array.from(
    { length: 30 },
    (_, k) => `let a${k + 1} = if a${k} > 0.5 then a${k}*0.999 + a${k}*0.001 else floor(a${k})`,
  ).join("\n  ");
  const plan = planSource(
    "edges.glif",
    `neuron N {
  state x = 0.13, n = 0
  x' = 1/(1 ms)
  let a0 = x
  ${lets}
  on a30 > 0.5 and a30 < 0.51 { n <- n + 1 }
}
experiment X of N { duration 1 ms; step 1 ms; spikes precise }`,
    "X",
  );
  expect(run(plan).populations[0]?.states.find((s) => s.name === "n")?.values[0]).toBe(1);
});

test("a state that slides along an edge of a condition comes to the end of the step", () => {
  // x goes to 1 from both sides and stays there.
  const { count, first } = events(
    "(if x > 1 then y else 0.999*y) < 0.2",
    "step 0.1 ms; method rk4",
    "let down = if x > 1 then 1 else 0\n  x' = (3 - 6*down)/(1 ms)\n  y' = -y/(0.5 ms)",
  );
  expect(count).toBeGreaterThan(0);
  // y = 0.2, or 0.1 % above
  expect(first).toBeGreaterThan(0.5 * Math.log(4 * 0.999) - 1e-3);
  expect(first).toBeLessThan(0.5 * Math.log(4) + 1e-3);
});
