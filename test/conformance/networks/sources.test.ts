// Claim: sources spike as they are told to: Poisson processes at their rates, constant, their own or moving; lists of times at those times.
// Expected: counts of steps have the Poisson distribution (χ², accepted below what is exceeded once in 10^5 times; seeds are fixed); given times exactly.
import { describe, expect, test } from "vitest";
import { planSource, provide, run, spikeTimes, trains, MODELS } from "../harness.ts";
import type { Simulation } from "../../../src/runtime/index.ts";

function sources(members: string, duration: number, step = 0.1): Simulation {
  const names = [...members.matchAll(/population (\w+)/g)].map(([, name]) => `${name ?? ""}.spikes`);
  return run(
    planSource(
      `${MODELS}/sources.glif`,
      `network Sources {\n${members}\n}\nexperiment X of Sources { duration ${duration} ms; step ${step} ms; record ${names.join(", ")} }`,
      "X",
    ),
    { seed: 3 },
  );
}

/** Numbers of spikes of one population in each step and neuron: how many are 0, 1, … */
function histogram(simulation: Simulation, population: string, steps: number): number[] {
  const all = trains(simulation, population);
  const found = [all.length * steps];
  for (const train of all) {
    for (let k = 0; k < train.length;) {
      let n = 1;
      while (train[k + n] === train[k]) n++;
      found[n] = (found[n] ?? 0) + 1;
      found[0] = (found[0] ?? 0) - 1;
      k += n;
    }
  }
  return Array.from(found, (k) => k ?? 0);
}

/** Wilson & Hilferty 1931. */
const normalOf = (chi2: number, degrees: number): number =>
  (Math.cbrt(chi2 / degrees) - (1 - 2 / (9 * degrees))) / Math.sqrt(2 / (9 * degrees));

function expectPoisson(found: readonly number[], mean: number): void {
  const n = found.reduce((a, b) => a + b, 0);
  let chi2 = 0,
    cells = 0,
    restFound = n,
    restExpected = n,
    p = Math.exp(-mean);
  for (let k = 0; n * p > 10 || k < mean; k++, p *= mean / k) {
    if (n * p <= 10) continue;
    chi2 += ((found[k] ?? 0) - n * p) ** 2 / (n * p);
    cells++;
    restFound -= found[k] ?? 0;
    restExpected -= n * p;
  }
  if (restExpected > 1) chi2 += (restFound - restExpected) ** 2 / restExpected;
  expect(cells).toBeGreaterThan(1);
  expect(normalOf(chi2, cells), `mean ${mean}: ${found.join(" ")}`).toBeLessThan(4.3);
  expect(normalOf(chi2, cells), "too good").toBeGreaterThan(-4.3);
}

describe("Poisson", () => {
  test.each([
    [8, 0.0008],
    [400, 0.04],
    [5000, 0.5],
    [30_000, 3],
    [200_000, 20],
  ])("%d Hz with a step of 0.1 ms: %d spikes a step", (hz, mean) => {
    expectPoisson(histogram(sources(`population P = ${mean < 1 ? 100 : 20} poisson(${hz} Hz)`, 200), "P", 2000), mean);
  });

  test("a longer step has as many more", () =>
    expectPoisson(histogram(sources("population P = 100 poisson(400 Hz)", 1000, 1), "P", 1000), 0.4));

  test("a rate of each neuron's own, and one that moves with the time", () => {
    const simulation = sources(
      "population P = 20 poisson(100 Hz*i)\npopulation Q = 100 poisson(pulse(100 Hz, from: 200 ms, to: 600 ms) + sine(40 Hz, frequency: 1 Hz, from: 600 ms))",
      1000,
    );
    const counts = trains(simulation, "P").map((train) => train.length);
    expect(counts[0]).toBe(0);
    const chi2 = counts.slice(1).reduce((sum, k, i) => sum + (k - 100 * (i + 1)) ** 2 / (100 * (i + 1)), 0);
    expect(Math.abs(normalOf(chi2, 19))).toBeLessThan(4.3);
    const moving = spikeTimes(simulation, "Q");
    const within = (from: number, to: number): number => moving.filter((t) => t > from && t <= to).length;
    expect(within(0, 200)).toBe(0);
    // 100 Hz, 100 sources, 0.4 s; then the mean of 40 Hz sin(2π(t - 0.6 s)) over 0.4 s.
    for (const [from, to, mean] of [
      [200, 600, 4000],
      [600, 1000, (100 * 40 * (1 - Math.cos(0.8 * Math.PI))) / (2 * Math.PI)],
    ] as const)
      expect(Math.abs(within(from, to) - mean) / Math.sqrt(mean), `${from} to ${to}`).toBeLessThan(4.4);
  });

  test("neurons and populations are independent of one another", () => {
    const simulation = sources("population P = 2 poisson(500 Hz)\npopulation Q = 2 poisson(500 Hz)", 4000);
    const steps = [...trains(simulation, "P"), ...trains(simulation, "Q")].map(
      (train) => new Set(train.map((t) => Math.round(t * 10))),
    );
    steps.forEach((a, k) =>
      steps.slice(k + 1).forEach((b) => {
        const common = [...a].filter((n) => b.has(n)).length;
        // 40000 steps, each with a chance of 0.05 twice.
        expect(Math.abs(common - (a.size * b.size) / 40_000) / Math.sqrt((a.size * b.size) / 40_000)).toBeLessThan(4.4);
      }),
    );
  });
});

test("given times: at the nearest step, in any order, as often as they are given, the first at 0", () => {
  provide("given_spikes.csv", "time (s),neuron\n0.02,2\n0,0\n0.00506,1\n0.02,2\n0.004,0\n");
  const simulation = sources(
    'population S = spikes([7 ms, 3 ms, 3 ms, 0 ms, 12.34 ms])\npopulation F = spikes(file("given_spikes.csv"))',
    20,
  );
  expect(trains(simulation, "S").map((t) => t.map((x) => x.toFixed(3)))).toEqual([
    ["0.000", "3.000", "3.000", "7.000", "12.300"],
  ]);
  expect(trains(simulation, "F").map((t) => t.map((x) => x.toFixed(3)))).toEqual([
    ["0.000", "4.000"],
    ["5.100"],
    ["20.000", "20.000"],
  ]);
});
