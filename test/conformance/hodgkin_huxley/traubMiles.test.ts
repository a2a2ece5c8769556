// The conductance-based benchmark cell: a pacemaker that a current step drives.
import { expect, test } from "vitest";
import { planModel, reference, run, runSource, spikeTimes, trace } from "../harness.ts";

// Claim: the cell of benchmark 3 in Brette R et al. (2007) J Comput Neurosci 23:349-398 fires every 12.08 ms under 0.5 nA.
// Expected: DOP853 at rtol 1e-12, which agrees with Radau to 1e-11 ms. Tolerance: 1e-3 ms for Runge-Kutta at 0.01 ms; V to 1e-2 mV, since one of 400 samples may fall on an upstroke of 300 mV/ms.
const golden = reference("hh_traub_brette_step_0.5nA").reference as {
  spike_times_ms: number[];
  trace: { t_ms: number[]; V_mV: number[] };
};

test("Runge-Kutta steps of 0.01 ms with precise spikes", () => {
  const simulation = run(planModel("traub_miles", "Step"));
  expectTimes(spikeTimes(simulation), golden.spike_times_ms, 1e-3);
  const { y } = trace(simulation, "V");
  golden.trace.t_ms.forEach((t, k) =>
    expect(
      Math.abs((y[Math.round(t / 0.1)] as number) - (golden.trace.V_mV[k] as number)),
      `V at ${t} ms`,
    ).toBeLessThan(1e-2),
  );
});

const withMethod = (lines: string): string => `
  import TraubMiles from "glif/traub_miles"
  experiment Variant of TraubMiles {
    duration 200 ms
    ${lines}
    I_e = pulse(0.5 nA, from: 20 ms, to: 180 ms)
  }`;

test("adaptive steps with precise spikes: 1e-6 ms", () => {
  expectTimes(
    spikeTimes(runSource(withMethod("step 0.5 ms\nmethod rk45(tolerance: 1e-9)\nspikes precise"))),
    golden.spike_times_ms,
    1e-6,
  );
});

// The benchmark's own setting: the reference allows one spike more or less and does not compare times.
test("exponential Euler steps of 0.1 ms: the number of spikes, give or take one", () => {
  const times = spikeTimes(runSource(withMethod("step 0.1 ms\nmethod exponential_euler")));
  expect(Math.abs(times.length - golden.spike_times_ms.length)).toBeLessThanOrEqual(1);
});

// Claim: without any input the cell fires with a period of 72.177 ms. Expected: 10.972, 83.149, 155.326 ms, three digits as given.
test("on its own it is a pacemaker", () => {
  const times = spikeTimes(run(planModel("traub_miles", "Pacemaker")));
  expect(times.map((t) => Number(t.toFixed(3)))).toEqual([10.972, 83.149, 155.326]);
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
