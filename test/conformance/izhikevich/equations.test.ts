// Izhikevich 2003: the equations themselves, without the steps of any script.
import { expect, test } from "vitest";
import { planModel, reference, run, runSource, spikeTimes, trace } from "../harness.ts";

// Claim: regular and fast spiking cells under a constant current of 10 (Izhikevich EM (2003) IEEE Trans Neural Netw 14:1569-1572).
// Expected: DOP853 at rtol 1e-12 with the crossing of 30 mV located.
const cells: readonly [experiment: string, neuron: string, golden: string, duration: number][] = [
  ["RegularSpiking", "RS", "izh_ode_RS", 500],
  ["FastSpiking", "FS", "izh_ode_FS", 200],
];

// Tolerance: the reference allows 2e-3 ms, with the warning to interpolate in an upstroke of 1000 mV/ms. Locating the spike inside the step leaves 1e-6 ms.
test.each(cells)("%s: Runge-Kutta steps of 0.01 ms with precise spikes", (experiment, _, golden) => {
  const simulation = run(planModel("izhikevich", experiment));
  const { spike_times_ms, trace: curve } = reference(golden).reference;
  expectTimes(spikeTimes(simulation), spike_times_ms, 1e-5);
  const u = trace(simulation, "u").y;
  curve.u.forEach((value: number, k: number) =>
    expect(Math.abs((u[k + 1] as number) - value), `u at ${curve.t_ms[k]} ms`).toBeLessThan(1e-4),
  );
});

test.each(cells)("%s: adaptive steps with precise spikes: 1e-6 ms", (_, neuron, golden, duration) => {
  const times = spikeTimes(
    runSource(`
      import ${neuron} from "glif/izhikevich"
      experiment Adaptive of ${neuron} {
        duration ${duration} ms
        step 0.5 ms
        method rk45(tolerance: 1e-9)
        spikes precise
        I = 10 mV/ms
      }`),
  );
  expectTimes(times, reference(golden).reference.spike_times_ms, 1e-6);
});

// Two Euler steps of 0.5 ms, the recipe of the 2003 paper: the reference promises the pattern only. Here: a doublet, then spikes that are regular to within a few steps.
test("coarse Euler steps keep the pattern of a regular spiking cell", () => {
  const times = spikeTimes(
    runSource(`
      import RS from "glif/izhikevich"
      experiment Coarse of RS {
        duration 500 ms
        step 0.5 ms
        method euler
        I = 10 mV/ms
      }`),
  );
  const later = times.slice(2).map((t, k) => t - (times[k + 1] as number));
  expect(times.length).toBeGreaterThanOrEqual(10);
  expect(Math.max(...later) - Math.min(...later)).toBeLessThan(5);
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
