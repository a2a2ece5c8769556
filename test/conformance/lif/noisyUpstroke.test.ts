// Claim: an exponential integrate-and-fire neuron with white noise spikes as it should at any step: its upstroke leaves the numbers within a step and is cut there.
// Model: N. Fourcaud-Trocmé, D. Hansel, C. van Vreeswijk, N. Brunel, J. Neurosci. 23:11628 (2003), Δ = 3.48 mV, stochastic Heun.
// Expected: 32.3 ± 0.1 Hz, CV of intervals 0.69, from an independent program (Heun's method in NumPy, the exponent bounded; 1,000 neurons for 2 s at 0.02 ms).
// Tolerance: 1.5 Hz, five standard errors of 200 neurons over 1 s and the first interval, which begins at rest.
import { expect, test } from "vitest";
import { planSource, run, MODELS } from "../harness.ts";

test.each([0.02, 0.1])("with a step of %d ms the rate is that of the reference", (step) => {
  const { spikes } = run(
    planSource(
      `${MODELS}/noisy_upstroke.glif`,
      `
    neuron EIF {
      param τ = 10 ms, E_L = -65 mV, Δ = 3.48 mV, V_T = -59.9 mV, V_r = -68 mV, V_peak = 30 mV, μ = 4 mV, σ = 6 mV
      state V = E_L
      V' = (E_L - V + Δ*exp((V - V_T)/Δ) + μ)/τ + σ*sqrt(2/τ)*ξ
      spike when V > V_peak
      reset { V <- V_r }
      refractory 1.7 ms { hold V }
    }
    network Many { population P = 200 EIF }
    experiment Alone of Many { duration 1 s; step ${step} ms; seed 1 }`,
      "Alone",
    ),
  );
  expect(Math.abs(spikes.length / 200 - 32.3)).toBeLessThan(1.5);
});
