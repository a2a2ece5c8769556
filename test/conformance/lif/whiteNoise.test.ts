// Claim: white noise is what the formula says, whatever the step: V far from threshold is an Ornstein-Uhlenbeck process of mean μ,
// standard deviation σ and correlation time τ, and with a threshold it spikes at Siegert's rate, but for what a grid cannot see.
// Papers: A. J. F. Siegert, Phys. Rev. 81:617 (1951); D. T. Gillespie, Phys. Rev. E 54:2084 (1996) for the exact step.
// Model: NoisyLIF of models/lif.glif, τ = 20 ms.
import { describe, expect, test } from "vitest";
import type { Simulation } from "../../../src/runtime/index.ts";
import { planSource, reference, run, spikeTimes, MODELS } from "../harness.ts";

const SIGMA = 3;
const MU = 15;

/** Independent neurons from rest at 0 mV; C = 20 pF and G = 1 nS make τ = 20 ms, and pA the same number as mV. */
function simulate(members: string, duration: number, step: number, method = "auto"): Simulation {
  const text = `
    import NoisyLIF from "glif/lif"
    neuron ResetTo10 extends NoisyLIF { param E_L = 0 mV, Θ_inf = 20 mV; reset { V <- 10 mV } }
    network Independent { ${members} }
    experiment Noisy of Independent { duration ${duration} ms; step ${step} ms; seed 20; method ${method} }`;
  return run(planSource(`${MODELS}/independent.glif`, text, "Noisy"));
}

const membrane = (mu: number, sigma: number): string =>
  `C = 20 pF, G = 1 nS, E_L = 0 mV, σ = ${sigma} mV, t_ref = 2 ms, I_e = ${mu} pA`;

function membranePotentials(simulation: Simulation): Float64Array {
  const state = simulation.population("P").states.find((s) => s.name === "V");
  if (state === undefined) throw new Error("there is no V");
  return state.values.slice();
}

const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;

function covariance(x: Float64Array, y: Float64Array): number {
  const [mx, my] = [mean(x), mean(y)];
  return x.reduce((sum, v, k) => sum + (v - mx) * ((y[k] ?? NaN) - my), 0) / (x.length - 1);
}

const variance = (values: Float64Array): number => covariance(values, values);

describe("free membrane, 20000 neurons", () => {
  // Each neuron is one independent sample. Standard errors: of the mean σ/√n, of the variance σ²√(2/(n-1)); five of them are never
  // exceeded by chance.
  const n = 20000;
  const free = (duration: number, step: number, method = "auto"): Simulation =>
    simulate(`population P = ${n} NoisyLIF { ${membrane(MU, SIGMA)}, Θ_inf = 1000 mV }`, duration, step, method);

  // A step of √dt too much or too little would make the variance at dt/4 differ fourfold; a step of 10 ms, τ/2, shows that it is exact
  // and not of first order.
  test.each([10, 5, 2.5, 0.5])(
    "after 10 τ, mean and variance are those of the stationary process with a step of %d ms",
    (step) => {
      const v = membranePotentials(free(200, step));
      expect(Math.abs(mean(v) - MU)).toBeLessThan((5 * SIGMA) / Math.sqrt(n) + MU * Math.exp(-10));
      expect(Math.abs(variance(v) - SIGMA ** 2)).toBeLessThan(5 * SIGMA ** 2 * Math.sqrt(2 / (n - 1)));
    },
  );

  // Euler-Maruyama and Heun, asked for by name, have a stationary variance of their own, which comes to σ² with the step: with
  // a = dt/τ, one step takes V - μ to (1 - a)(V - μ) + √(2a) σ N and (1 - a + a²/2)(V - μ) + (1 - a/2) √(2a) σ N.
  // At 5 ms Euler-Maruyama is 14 % above σ².
  test.each([5, 2.5, 1.25])(
    "by Euler-Maruyama and by Heun the variance is the one these methods have with a step of %d ms",
    (step) => {
      const a = step / 20;
      const euler = SIGMA ** 2 / (1 - a / 2);
      const heun = (2 * a * SIGMA ** 2 * (1 - a / 2) ** 2) / (1 - (1 - a + a ** 2 / 2) ** 2);
      for (const [method, expected] of [
        ["euler", euler],
        ["heun", heun],
      ] as const) {
        expect(Math.abs(variance(membranePotentials(free(200, step, method))) - expected), method).toBeLessThan(
          5 * expected * Math.sqrt(2 / (n - 1)),
        );
      }
    },
  );

  test("on the way there, at t = τ, mean and variance are μ(1 - 1/e) and σ²(1 - 1/e²)", () => {
    const v = membranePotentials(free(20, 0.5));
    const expected = SIGMA ** 2 * (1 - Math.exp(-2));
    expect(Math.abs(mean(v) - MU * (1 - Math.exp(-1)))).toBeLessThan((5 * SIGMA) / Math.sqrt(n));
    expect(Math.abs(variance(v) - expected)).toBeLessThan(5 * expected * Math.sqrt(2 / (n - 1)));
  });

  test("the correlation over 10 ms is exp(-10 ms/τ)", () => {
    const simulation = free(200, 0.5);
    const before = membranePotentials(simulation);
    simulation.advance(20);
    const after = membranePotentials(simulation);
    const r = covariance(before, after) / Math.sqrt(variance(before) * variance(after));
    const expected = Math.exp(-0.5);
    // Standard error of a correlation coefficient.
    expect(Math.abs(r - expected)).toBeLessThan((5 * (1 - expected ** 2)) / Math.sqrt(n));
  });
});

interface Case {
  readonly mu_mV: number;
  readonly sigma_V_mV: number;
  readonly siegert_rate_Hz: number;
  /** Rates of an independent simulation, by step. */
  readonly sim: readonly { readonly dt_ms: number; readonly rate_Hz: number }[];
}

describe("with a threshold at 20 mV and a reset to 10 mV", () => {
  // A grid misses excursions above threshold between its points: the rate is low by O(√dt), up to 8 % here at 0.1 ms. Accepted is
  // what lies between 97 % of an independent simulation on this grid and 101 % of Siegert's rate. Neurons are as many as make the
  // standard error 0.7 % of the rate or less.
  const cases: readonly Case[] = reference("stat_lif_white_noise").reference.cases;
  const settling = 200;
  const duration = 2500;

  test.each(cases)(
    "μ = $mu_mV mV, σ = $sigma_V_mV mV: $siegert_rate_Hz Hz",
    ({ mu_mV, sigma_V_mV, siegert_rate_Hz, sim }) => {
      const neurons = Math.ceil(7000 / siegert_rate_Hz);
      const times = spikeTimes(
        simulate(`population P = ${neurons} ResetTo10 { ${membrane(mu_mV, sigma_V_mV)} }`, duration, 0.1),
      );
      const rate = times.filter((t) => t > settling).length / neurons / ((duration - settling) / 1000);
      expect(rate).toBeGreaterThan(0.97 * (sim.find((s) => s.dt_ms === 0.1)?.rate_Hz ?? NaN));
      expect(rate).toBeLessThan(1.01 * siegert_rate_Hz);
    },
  );
});
