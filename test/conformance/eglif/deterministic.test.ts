// E-GLIF: cerebellar cells with a hard threshold, located spikes and spikes on the grid.
import { expect, test } from "vitest";
import { planModel, reference, run, runSource, spikeTimes, trace } from "../harness.ts";

// Claim: Golgi cells keep an autorhythm of 12 Hz and rebound after inhibition; granule cells are silent and answer to 4 and 8 pA with 16 and 32 Hz (Geminiani A et al. 2018,
// Front Neuroinform 12:88; 2019, Front Comput Neurosci 13:35). Expected: matrix exponential and root finding, which agrees with DOP853 to 1e-8 ms.
const cells: readonly [experiment: string, golden: string][] = [
  ["GolgiProtocol", "eglif_golgi"],
  ["GranuleProtocol", "eglif_granule"],
];

// Tolerance: 1e-6 ms. The equations are linear, their propagator is exact, and the crossing is a root.
test.each(cells)("%s: the exact propagator with precise spikes", (experiment, golden) => {
  const simulation = run(planModel("eglif", experiment));
  const { spike_times_ms, trace: curve, "rates_per_segment_[from,to,I,Hz]": segments } = reference(golden).reference;
  const times = spikeTimes(simulation);
  expect(times).toHaveLength(spike_times_ms.length);
  times.forEach((t, k) => expect(Math.abs(t - spike_times_ms[k]), `spike ${k + 1}`).toBeLessThan(1e-6));
  for (const [from, to, , rate] of segments)
    expect((times.filter((t) => t >= from && t < to).length / (to - from)) * 1000).toBeCloseTo(rate, 9);

  // Samples of the reference that fall on whole ms, where the experiment records too; its digits are 1e-8.
  const [V, I_adap, I_dep] = [trace(simulation, "V").y, trace(simulation, "I_adap").y, trace(simulation, "I_dep").y];
  let compared = 0;
  curve.t_ms.forEach((t: number, k: number) => {
    if (!Number.isInteger(t)) return;
    compared++;
    expect(Math.abs((V[t] as number) - curve.V_mV[k]), `V at ${t} ms`).toBeLessThan(1e-6);
    expect(Math.abs((I_adap[t] as number) - curve.I_adap_pA[k]), `I_adap at ${t} ms`).toBeLessThan(1e-6);
    expect(Math.abs((I_dep[t] as number) - curve.I_dep_pA[k]), `I_dep at ${t} ms`).toBeLessThan(1e-6);
  });
  expect(compared).toBeGreaterThan(20);
});

// Tolerance: on a grid each spike is late by up to a step and every later one inherits it: spike k is within (k + 1) steps of the reference, while spiking is regular.
// Compared are the first segments, before the current changes under a phase that has drifted.
test.each([
  ["GolgiProtocol", "eglif_golgi", 1000],
  ["GranuleProtocol", "eglif_granule", 1000],
])("%s: the exact propagator on the grid of 0.1 ms", (experiment, golden, until) => {
  const plan = planModel("eglif", experiment);
  const times = spikeTimes(run({ ...plan, precise: false }));
  const expected: number[] = reference(golden).reference.spike_times_ms;
  const regular = expected.filter((t) => t < until);
  expect(regular.length).toBeGreaterThan(5);
  expect(Math.abs(times.length - expected.length)).toBeLessThanOrEqual(1);
  regular.forEach((t, k) => {
    expect((times[k] as number) - t, `spike ${k + 1}`).toBeGreaterThan(-1e-9);
    expect((times[k] as number) - t, `spike ${k + 1}`).toBeLessThan((k + 1) * plan.step + 1e-9);
  });
});

// The sign of the leak, as published: with the ordinary sign a granule cell never fires and a Golgi cell fires 41 times instead of 78.
test.each([
  ["Golgi", "steps(1 s: 200 pA, 2 s: 0 pA, 3 s: -200 pA, 3.5 s: 0 pA)", 4500, 41],
  ["Granule", "steps(500 ms: 4 pA, 1 s: 8 pA, 1.5 s: 0 pA)", 2000, 0],
])("%s with an ordinary leak", (cell, stimulus, duration, count) => {
  const simulation = runSource(`
    import ${cell} from "glif/eglif"
    neuron Leaky extends ${cell} { V' = -(V - E_L)/τ_m + (I_dep - I_adap + I_e + I_stim)/C_m }
    experiment Protocol of Leaky {
      duration ${duration} ms
      step 0.1 ms
      spikes precise
      I_stim = ${stimulus}
      record spikes
    }`);
  expect(spikeTimes(simulation)).toHaveLength(count);
});

// Published targets for molecular layer interneurons are 30, 60 and 90 Hz at 12, 24 and 36 pA; these parameters give 40, 66 and 92 Hz.
test("molecular layer interneuron: 40, 66 and 92 Hz", () => {
  const times = spikeTimes(run(planModel("eglif", "InterneuronProtocol")));
  [40, 66, 92].forEach((rate, k) =>
    expect(Math.abs(times.filter((t) => t >= 1000 * k && t < 1000 * (k + 1)).length - rate)).toBeLessThanOrEqual(2),
  );
});
