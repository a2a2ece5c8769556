// Draws of events against their distributions: quantal release against the binomial, thresholds drawn at spikes against the normal, and that each draw is its own.
import { expect, test } from "vitest";
import { planSource, provide, run } from "../harness.ts";
import { present } from "../../../src/base/invariant.ts";
import type { Simulation } from "../../../src/runtime/index.ts";

const TARGETS = 200;
const STEPS = 500;
const [N, P] = [5, 0.4];
const spikesEachStep = (copies: number): string =>
  `t_ms,neuron\n${Array.from({ length: STEPS * copies }, (_, k) => `${Math.floor(k / copies) / 10},0\n`).join("")}`;
provide("once.csv", spikesEachStep(1));
provide("twice.csv", spikesEachStep(2));

/** What spikes release that arrive in every step at each of many targets, summed up there. */
const release = (file: string, rule: string): Simulation =>
  run(
    planSource(
      "release.glif",
      `
neuron Cell { state arrived : 1 = 0, released : 1 = 0, squares : 1 = 0, none : 1 = 0, before : 1 = 0, products : 1 = 0 }
synapse Release {
  param N = ${N}, p = ${P}
  on pre {
    let n ~ binomial(N, p)
    post.arrived <- post.arrived + 1
    post.released <- post.released + n
    post.squares <- post.squares + n^2
    post.none <- post.none + (if n == 0 then 1 else 0)
    post.products <- post.products + n*post.before
    post.before <- n
  }
}
network M {
  population S = spikes(file("${file}"))
  population A = ${TARGETS} Cell
  connect S -> A by Release ${rule}
}
experiment E of M { duration ${STEPS / 10} ms; seed 11 }`,
      "E",
    ),
  );

const statesOf = (simulation: Simulation, population: string, name: string): Float64Array =>
  present(
    simulation.population(population).states.find((s) => s.name === name),
    name,
  ).values;

const total = (values: Iterable<number>): number => [...values].reduce((sum, x) => sum + x, 0);

for (const [file, rule, words] of [
  ["once.csv", "all", "one spike a step"],
  ["twice.csv", "all", "two spikes of a source in one step"],
  ["once.csv", `total(n: ${3 * TARGETS}) allow multiple`, "several connections of one pair"],
] as const)
  test(`${words}: release has the moments of the binomial, fails as often, and is independent of what was released before`, () => {
    const simulation = release(file, rule);
    const mean = (name: string): number =>
      total(statesOf(simulation, "A", name)) / total(statesOf(simulation, "A", "arrived"));
    const draws = total(statesOf(simulation, "A", "arrived"));
    expect(draws).toBeGreaterThanOrEqual(TARGETS * STEPS * 0.9);
    const variance = N * P * (1 - P);
    const failures = (1 - P) ** N;
    // Five standard errors each.
    expect(Math.abs(mean("released") - N * P)).toBeLessThan(5 * Math.sqrt(variance / draws));
    expect(Math.abs(mean("squares") - mean("released") ** 2 - variance)).toBeLessThan((5 * 1.8) / Math.sqrt(draws));
    expect(Math.abs(mean("none") - failures)).toBeLessThan(5 * Math.sqrt((failures * (1 - failures)) / draws));
    const second = variance + (N * P) ** 2;
    expect(Math.abs(mean("products") - (N * P) ** 2)).toBeLessThan(
      5 * Math.sqrt((second ** 2 - (N * P) ** 4) / draws) + (N * P) ** 2 / STEPS,
    );
  });

test("targets release independently of one another: their sums spread as sums of so many draws do", () => {
  const sums = statesOf(release("once.csv", "all"), "A", "released");
  const mean = total(sums) / TARGETS;
  const spread = total(sums.map((x) => (x - mean) ** 2)) / (TARGETS - 1);
  expect(Math.abs(spread / (STEPS * N * P * (1 - P)) - 1)).toBeLessThan(5 * Math.sqrt(2 / TARGETS));
});

test("a threshold that each spike draws has the normal's mean and spread; what two names of one event draw is independent", () => {
  const simulation = run(
    planSource(
      "threshold.glif",
      `
neuron Fickle {
  param V_th = 10 mV, σ = 2 mV
  state V = 0 mV, Θ = V_th, n = 0, first = 0, second = 0, mixed = 0, T = 1 ms, rests = 0
  V' = 5 mV/ms
  spike when V > Θ
  reset {
    let a ~ normal(0, 1); let b ~ normal(0, 1)
    V <- 0 mV
    Θ <- V_th + σ*a
    n <- n + 1
    first <- first + a
    second <- second + a^2
    mixed <- mixed + a*b
    T ~ uniform(0 ms, 2 ms)
    rests <- rests + T/(1 ms)
  }
  refractory T { hold V }
}
network M { population A = 300 Fickle }
experiment E of M { duration 400 ms; seed 4 }`,
      "E",
    ),
  );
  const sum = (name: string): number => total(statesOf(simulation, "A", name));
  const n = sum("n");
  expect(n).toBeGreaterThan(20_000);
  expect(n).toBe(simulation.spikes.length);
  expect(Math.abs(sum("first") / n)).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(sum("second") / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  expect(Math.abs(sum("mixed") / n)).toBeLessThan(5 / Math.sqrt(n));
  // Spikes are as many as the time allows for: 2 ms to the threshold, half a step to be seen, and a mean rest of 1 ms.
  expect(n / 300 / (400 / 3.05)).toBeGreaterThan(0.98);
  expect(n / 300 / (400 / 3.05)).toBeLessThan(1.02);
  expect(Math.abs(sum("rests") / n - 1)).toBeLessThan(0.05);
});
