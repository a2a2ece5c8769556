// AdEx with the parameters of the paper that introduced it.
import { expect, test } from "vitest";
import { planModel, reference, run, runSource, spikeTimes } from "../harness.ts";

// Claim: the neuron of Brette R, Gerstner W (2005) J Neurophysiol 94:3637-3642 answers a step of 1 nA with eleven spikes at intervals that grow from 14 to 36 ms.
// Expected: DOP853 and Radau, which agree to 2e-10 ms.
const { spike_times_ms: expected } = reference("adex_brette_gerstner_2005").reference as { spike_times_ms: number[] };

// Tolerance: 1e-3 ms is what the reference allows Runge-Kutta at 0.01 ms; 1e-4 ms is what locating spikes inside the step makes of it.
test("Runge-Kutta steps of 0.01 ms with precise spikes", () => {
  const times = spikeTimes(run(planModel("adex", "Step")));
  expect(times).toHaveLength(expected.length);
  times.forEach((t, k) => expect(Math.abs(t - (expected[k] as number))).toBeLessThan(1e-4));
});

// Tolerance: 1e-6 ms, some ten times what the error control leaves.
test("adaptive steps with precise spikes", () => {
  const times = spikeTimes(
    runSource(`
      import AdEx from "glif/adex"
      experiment Adaptive of AdEx {
        duration 400 ms
        step 0.5 ms
        method rk45(tolerance: 1e-9)
        spikes precise
        I_e = pulse(1 nA, from: 50 ms, to: 350 ms)
      }`),
  );
  expect(times).toHaveLength(expected.length);
  times.forEach((t, k) => expect(Math.abs(t - (expected[k] as number))).toBeLessThan(1e-6));
});

// A spike of AdEx is where the equations leave for infinity: which peak cuts the upstroke hardly matters above 0 mV (the reference: less than 1e-9 ms between 0 and 20 mV).
test("the peak may stand at 0 or at 20 mV", () => {
  const low = spikeTimes(run(planModel("adex", "Step", ["V_peak = 0 mV"])));
  const high = spikeTimes(run(planModel("adex", "Step", ["V_peak = 20 mV"])));
  expect(high).toHaveLength(low.length);
  high.forEach((t, k) => expect(Math.abs(t - (low[k] as number))).toBeLessThan(1e-5));
});
