// AdEx: the firing patterns of Naud et al. 2008, spike by spike.
import { expect, test } from "vitest";
import { planModel, reference, run, runSource, spikeTimes, trace } from "../harness.ts";

// Claim: one model with eight sets of parameters fires in eight patterns (Naud R, Marcille N, Clopath C, Gerstner W (2008) Biol Cybern 99:335-347, Table 1).
// Expected: spike times of the smooth equations with reset, integrated by DOP853 at rtol 1e-11 and checked with Radau.
const patterns: readonly [experiment: string, golden: string][] = [
  ["Tonic", "adex_tonic_spiking"],
  ["Adaptation", "adex_adaptation"],
  ["RegularBursting", "adex_regular_bursting"],
  ["DelayedAccelerating", "adex_delayed_accelerating"],
];

// Tolerance: the reference allows 1e-3 ms for Runge-Kutta steps of 0.01 ms. Spikes are located inside the step and the way to them is refined, so that 51 of them add up to 3e-5 ms; 1e-4 ms notices the loss of that.
test.each(patterns)("%s: Runge-Kutta steps of 0.01 ms with precise spikes", (experiment, golden) => {
  const simulation = run(planModel("adex", experiment));
  const { spike_times_ms, trace: curve } = reference(golden).reference;
  expectTimes(spikeTimes(simulation), spike_times_ms, 1e-4);

  // V away from spikes: where the reference moves by less than 1 mV between its samples, half a millisecond apart.
  const { y } = trace(simulation, "V");
  const w = trace(simulation, "w").y;
  let compared = 0;
  curve.V_mV.forEach((V: number, k: number) => {
    if (Math.abs(V - (curve.V_mV[k - 1] ?? V)) > 1 || Math.abs(V - (curve.V_mV[k + 1] ?? V)) > 1) return;
    compared++;
    expect(Math.abs((y[k + 1] as number) - V)).toBeLessThan(1e-3);
    expect(Math.abs((w[k + 1] as number) - curve.w_pA[k])).toBeLessThan(1e-3);
  });
  expect(compared).toBeGreaterThan(400);
});

// The same numbers as the model file, so that this story can be read alone; the adaptive method needs no small step.
const adaptive = (settings: string, I_e: string): string => `
  import AdEx from "glif/adex"
  experiment Adaptive of AdEx {
    duration 500 ms
    step 0.1 ms
    method rk45(tolerance: 1e-9)
    spikes precise
    ${settings}
    I_e = ${I_e}
    record spikes
  }`;

// Tolerance: 1e-6 ms. The error control allows 1e-9 of each value in each substep; what remains in the spikes is some 1e-7 ms.
test("adaptation: adaptive steps with precise spikes", () => {
  const text = adaptive(
    "C = 200 pF, g_L = 12 nS, E_L = -70 mV, V_T = -50 mV, Δ_T = 2 mV, a = 2 nS, τ_w = 300 ms, b = 60 pA, V_r = -58 mV",
    "500 pA",
  );
  expectTimes(spikeTimes(runSource(text, "Adaptive")), reference("adex_adaptation").reference.spike_times_ms, 1e-6);
});

test("regular bursting: adaptive steps with precise spikes", () => {
  const text = adaptive(
    "C = 200 pF, g_L = 10 nS, E_L = -58 mV, V_T = -50 mV, Δ_T = 2 mV, a = 2 nS, τ_w = 120 ms, b = 100 pA, V_r = -46 mV",
    "210 pA",
  );
  expectTimes(
    spikeTimes(runSource(text, "Adaptive")),
    reference("adex_regular_bursting").reference.spike_times_ms,
    1e-6,
  );
});

// Claim: irregular spiking is deterministic chaos. The reference promises the first five spikes (0.01 ms) and the count: its own two solvers differ by 1e-3 ms at the end.
test("irregular spiking: the first spikes to 0.01 ms, and as many as there should be", () => {
  const times = spikeTimes(run(planModel("adex", "IrregularSpiking")));
  const expected: number[] = reference("adex_irregular_spiking").reference.spike_times_ms;
  expectTimes(times.slice(0, 5), expected.slice(0, 5), 0.01);
  expect(Math.abs(times.length - expected.length)).toBeLessThanOrEqual(1);
  const intervals = times.slice(1).map((t, k) => t - (times[k] as number));
  expect(Math.max(...intervals) / Math.min(...intervals)).toBeGreaterThan(5);
});

// Expected counts in 500 ms: the published table, integrated by an independent solver.
test.each([
  ["InitialBurst", 10],
  ["DelayedRegularBursting", 26],
  ["TransientSpiking", 1],
])("%s: %i spikes", (experiment, count) => {
  expect(spikeTimes(run(planModel("adex", experiment)))).toHaveLength(count);
});

// Claim: the equations as printed survive the upstroke on the grid too, though a step may end at 1e9 mV: the reset takes V back, and w has not been harmed.
test.each([
  ["Adaptation", "adex_adaptation"],
  ["RegularBursting", "adex_regular_bursting"],
])("%s on a grid of 0.1 ms: as many spikes, each within two steps for every spike up to it", (experiment, golden) => {
  const plan = planModel("adex", experiment);
  const grid = { ...plan, precise: false };
  const times = spikeTimes(run(grid));
  const expected: number[] = reference(golden).reference.spike_times_ms;
  expect(times).toHaveLength(expected.length);
  times.forEach((t, k) => expect(Math.abs(t - (expected[k] as number))).toBeLessThan((k + 1) * 2 * plan.step));
});

function expectTimes(times: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(times).toHaveLength(expected.length);
  times.forEach((t, k) =>
    expect(
      Math.abs(t - (expected[k] as number)),
      `spike ${k + 1} at ${t} ms instead of ${expected[k]} ms`,
    ).toBeLessThan(tolerance),
  );
}
