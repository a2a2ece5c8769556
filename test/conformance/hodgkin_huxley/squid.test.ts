// Hodgkin and Huxley's squid axon: repetitive firing and anode break, as precise as each method allows.
import { join } from "node:path";
import { expect, test } from "vitest";
import { MODELS, planModel, planSource, reference, run, runSource, spikeTimes, trace } from "../harness.ts";

// Claim: under 10 µA/cm² the axon fires at 68 Hz, and after a hyperpolarising current it fires once (Hodgkin AL, Huxley AF (1952) J Physiol 117:500-544).
// Expected: DOP853 at rtol 1e-12, which agrees with Radau to 1e-11 ms and with NEURON (untabulated rates, CVODE 1e-9) to 4e-6 ms.
const protocols: readonly [experiment: string, golden: string, stimulus: string, duration: number][] = [
  ["Step", "hh_squid_step_10uA", "pulse(10 µA/cm^2, from: 10 ms, to: 110 ms)", 120],
  ["AnodeBreak", "hh_squid_anode_break", "pulse(-5 µA/cm^2, from: 5 ms, to: 30 ms)", 60],
];

// Tolerance: 1e-4 ms, as the reference allows Runge-Kutta at 0.01 ms with spikes interpolated; V to 1e-3 mV, which is the method's error away from the upstroke.
test.each(protocols)("%s: Runge-Kutta steps of 0.01 ms with precise spikes", (experiment, golden) => {
  const simulation = run(planModel("hodgkin_huxley", experiment));
  const { spike_times_ms, trace: curve } = reference(golden).reference;
  expectTimes(spikeTimes(simulation), spike_times_ms, 1e-4);
  // The reference has a sample each 0.5 ms, the experiment records each 0.1 ms; its last digits are 1e-8.
  const recorded = {
    V: trace(simulation, "V").y,
    m: trace(simulation, "Na.m").y,
    h: trace(simulation, "Na.h").y,
    n: trace(simulation, "K.n").y,
  };
  curve.t_ms.forEach((t: number, k: number) => {
    const at = Math.round(t / 0.1);
    expect(Math.abs((recorded.V[at] as number) - curve.V_mV[k]), `V at ${t} ms`).toBeLessThan(1e-3);
    for (const gate of ["m", "h", "n"] as const)
      expect(Math.abs((recorded[gate][at] as number) - curve[gate][k]), `${gate} at ${t} ms`).toBeLessThan(1e-5);
  });
});

const withMethod = (stimulus: string, duration: number, lines: string): string => `
  import HodgkinHuxley from "glif/hodgkin_huxley"
  experiment Variant of HodgkinHuxley {
    duration ${duration} ms
    ${lines}
    I = ${stimulus}
  }`;

// Tolerance: 1e-6 ms. Substeps are chosen to keep the error below 1e-9 of each value.
test.each(protocols)("%s: adaptive steps with precise spikes", (_, golden, stimulus, duration) => {
  const times = spikeTimes(
    runSource(withMethod(stimulus, duration, "step 0.5 ms\nmethod rk45(tolerance: 1e-9)\nspikes precise")),
  );
  expectTimes(times, reference(golden).reference.spike_times_ms, 1e-6);
});

// Claim: left to choose, the compiler takes exponential Euler: each equation is linear in its own variable, given the others.
test("`auto` is exponential Euler for the potential and the gates", () => {
  const plan = planSource(join(MODELS, "test.glif"), withMethod("0 µA/cm^2", 10, "step 0.01 ms"), null);
  const groups = plan.populations[0]?.groups ?? [];
  expect(groups.flatMap((g) => g.states).sort()).toEqual(["K.n", "Na.h", "Na.m", "V"]);
  expect(new Set(groups.map((g) => g.method))).toEqual(new Set(["exponential_euler"]));
});

// The gates move before the potential, which staggers them in time. Tolerance: two steps, of which the grid takes one; the reference allows exponential Euler 0.1 ms.
test.each(protocols)("%s: what `auto` chooses, on a grid of 0.01 ms", (_, golden, stimulus, duration) => {
  const times = spikeTimes(runSource(withMethod(stimulus, duration, "step 0.01 ms")));
  expectTimes(times, reference(golden).reference.spike_times_ms, 0.02);
});

// Had the potential and the gates been taken at the same instant, the last spike of seven would be 0.48 ms late at this step.
test("staggered gates bring the last spike of exponential Euler within a step", () => {
  const last = reference("hh_squid_step_10uA").reference.spike_times_ms.at(-1) as number;
  const late = (step: number): number =>
    (spikeTimes(runSource(withMethod("pulse(10 µA/cm^2, from: 10 ms, to: 110 ms)", 120, `step ${step} ms`))).at(
      -1,
    ) as number) - last;
  expect(Math.abs(late(0.01))).toBeLessThan(0.02);
  expect(Math.abs(late(0.05))).toBeLessThan(0.2);
});

// At -40 and -55 mV the rates of m and n are 0/0 as printed; written with exprel they are 1 /ms and 0.1 /ms.
test("the rates are finite where their formulas are 0/0", () => {
  const simulation = runSource(
    `
    import HodgkinHuxley from "glif/hodgkin_huxley"
    neuron Clamped extends HodgkinHuxley { V' = 0 mV/ms }
    experiment Clamp of Clamped {
      duration 50 ms
      step 0.01 ms
      param V_clamp = -40 mV
      V = V_clamp
      record Na.m, K.n
    }`,
    "Clamp",
  );
  // m settles at α/(α + β) with α = 1 /ms and β = 4 e^(-25/18) /ms.
  expect(trace(simulation, "Na.m").y.at(-1)).toBeCloseTo(1 / (1 + 4 * Math.exp(-25 / 18)), 9);
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
