// Claim: a sparse network of LIF neurons with voltage jumps fires asynchronously and irregularly at Brunel's rates.
// Paper: N. Brunel, J. Comput. Neurosci. 8:183 (2000), model A, reduced to 1000 excitatory and 250 inhibitory neurons.
// Model: τ = 20 ms, threshold 20 mV, reset to 10 mV and held for 2 ms, in-degrees 100 and 25, delay 1.5 ms, g = 5, external rate twice what reaches threshold;
// jumps that arrive at a held neuron are lost.
// Expected: means over seeds of an independent program, whose seeds differ by less than 1 %: rates to 3 %, CV of intervals to 0.03.
import { expect, test } from "vitest";
import { meanCv, planSource, rate, reference, run, trains, MODELS } from "../harness.ts";

interface Case {
  readonly NE: number;
  readonly g: number;
  readonly nu_ext_over_nu_thr: number;
  readonly J_mV: number;
  readonly rate_E_Hz: { readonly mean: number };
  readonly rate_I_Hz: { readonly mean: number };
  readonly cv_isi: { readonly mean: number };
}

const cases: readonly Case[] = reference("stat_brunel2000").reference.cases.filter((c: Case) => c.NE === 1000);

test.each(cases)(
  "J = $J_mV mV: $rate_E_Hz.mean Hz, CV $cv_isi.mean",
  ({ NE, g, nu_ext_over_nu_thr, J_mV, ...expected }) => {
    const simulation = run(
      planSource(
        `${MODELS}/brunel.glif`,
        `
    neuron Cell {
      param τ = 20 ms, θ = 20 mV, V_r = 10 mV
      state V = 0 mV
      V' = -V/τ
      spike when V >= θ
      reset { V <- V_r }
      refractory 2 ms { hold V }
    }
    synapse Jump { weight J : mV; on pre { post.V <- post.V + J } }
    network Brunel {
      param N_E = ${NE}, C_E = N_E/10, g = ${g}, η = ${nu_ext_over_nu_thr}, J_E = ${J_mV} mV
      let ν_thr = 20 mV/(J_E*C_E*20 ms)
      population E = N_E Cell { V ~ uniform(0 mV, 20 mV) }
      population I = N_E/4 Cell { V ~ uniform(0 mV, 20 mV) }
      population X_E = N_E poisson(η*ν_thr*C_E)
      population X_I = N_E/4 poisson(η*ν_thr*C_E)
      connect X_E -> E by Jump as ext_E { J = J_E } one_to_one
      connect X_I -> I by Jump as ext_I { J = J_E } one_to_one
      connect E -> E, I by Jump as exc { J = J_E, delay = 1.5 ms } indegree(n: C_E) allow self, multiple
      connect I -> E, I by Jump as inh { J = -g*J_E, delay = 1.5 ms } indegree(n: C_E/4) allow self, multiple
    }
    experiment Irregular of Brunel { duration 1200 ms; step 0.1 ms; seed 1 }`,
        "Irregular",
      ),
    );
    expect(Math.abs(rate(simulation, "E", 500) / expected.rate_E_Hz.mean - 1)).toBeLessThan(0.03);
    expect(Math.abs(rate(simulation, "I", 500) / expected.rate_I_Hz.mean - 1)).toBeLessThan(0.03);
    expect(Math.abs(meanCv(trains(simulation, "E", 500)) - expected.cv_isi.mean)).toBeLessThan(0.03);
  },
);
