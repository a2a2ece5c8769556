// The twenty firing patterns of Izhikevich 2004, Fig. 1: the published map, step by step.
import { expect, test } from "vitest";
import { planModel, reference, run, spikeTimes, trace } from "../harness.ts";

// Claim: Izhikevich EM (2004) IEEE Trans Neural Netw 15:1063-1070 shows twenty patterns of one model. They are the work of a script, figure1.m, whose Euler steps of 0.1 to
// 0.5 ms use the new V for u; some patterns belong to these steps rather than to the equations. `IzhikevichMap` writes u' with V + dt*slope in place of V, which is that new V.
// Expected: the script's own spikes and values. Labels: the script calls the result of step i, the one that starts at i*dt, by i*dt; here it has the time (i + 1)*dt.
// The script runs over both ends of the time, so that the experiments are one step longer than its time.
const panels: readonly [experiment: string, golden: string][] = [
  ["TonicSpiking", "izh2004_A_tonic_spiking"],
  ["PhasicSpiking", "izh2004_B_phasic_spiking"],
  ["PhasicBursting", "izh2004_D_phasic_bursting"],
  ["SpikeFrequencyAdaptation", "izh2004_F_spike_frequency_adaptation"],
  ["Class1", "izh2004_G_class1"],
  ["SpikeLatency", "izh2004_I_spike_latency"],
  ["Integrator", "izh2004_L_integrator"],
  ["ReboundSpike", "izh2004_M_rebound_spike"],
  ["ThresholdVariability", "izh2004_O_threshold_variability"],
  ["DepolarizingAfterpotential", "izh2004_Q_DAP"],
  ["InhibitionInducedSpiking", "izh2004_S_inhibition_induced_spiking"],
  ["InhibitionInducedBursting", "izh2004_T_inhibition_induced_bursting"],
];

// Tolerance: spikes in the same steps; V and u to 1e-9 of their values, since only the order of the additions differs.
test.each(panels)("%s: the same steps as the script", (experiment, golden) => {
  const plan = planModel("izhikevich", experiment);
  const simulation = run(plan);
  const { method, reference: script } = reference(golden);
  expect(plan.step).toBe(method.dt_ms);
  expect(spikeTimes(simulation).map((t) => Math.round(t / plan.step) - 1)).toEqual(script.spike_step_index);

  const V = trace(simulation, "V").y;
  const u = trace(simulation, "u").y;
  const spiked = new Set<number>(script.spike_step_index);
  const samples = script.trace_every_4_steps;
  samples.t_ms.forEach((t: number, k: number) => {
    const i = Math.round(t / plan.step);
    // In the step of a spike the script keeps 30 mV for the plot.
    if (!spiked.has(i)) expect(Math.abs((V[i + 1] as number) / samples.V[k] - 1), `V in step ${i}`).toBeLessThan(1e-9);
    expect(Math.abs((u[i + 1] as number) - samples.u[k]), `u in step ${i}`).toBeLessThan(
      1e-9 * Math.max(1, Math.abs(samples.u[k])),
    );
  });
});

// The panels that have no reference here: what the paper's drawing shows of them.
test.each<[string, (times: readonly number[]) => boolean]>([
  ["TonicBursting", (t) => groupsOf(t, 10).length >= 4 && groupsOf(t, 10).every((g) => g.length >= 2)],
  [
    "MixedMode",
    (t) =>
      (groupsOf(t, 6)[0]?.length ?? 0) >= 2 &&
      groupsOf(t, 6)
        .slice(1)
        .every((g) => g.length === 1),
  ],
  ["Class2", (t) => t.length >= 5 && intervals(t).every((gap) => gap < 45)],
  ["SubthresholdOscillation", (t) => t.length === 1],
  ["Resonator", (t) => t.length === 1 && (t[0] as number) > 320],
  ["ReboundBurst", (t) => groupsOf(t, 15).length === 1 && t.length >= 3],
  ["Bistability", (t) => t.length >= 3 && (t[0] as number) > 37.5 && (t.at(-1) as number) < 230],
  ["Accommodation", (t) => t.length === 1 && (t[0] as number) > 300],
])("%s: the pattern of the drawing", (experiment, pattern) => {
  const times = spikeTimes(run(planModel("izhikevich", experiment)));
  expect(pattern(times), `spikes at ${times.join(", ")} ms`).toBe(true);
});

function intervals(times: readonly number[]): number[] {
  return times.slice(1).map((t, k) => t - (times[k] as number));
}

/** Spikes that follow each other within `gap` ms. */
function groupsOf(times: readonly number[], gap: number): number[][] {
  const groups: number[][] = [];
  for (const t of times) {
    const last = groups.at(-1);
    if (last !== undefined && t - (last.at(-1) as number) < gap) last.push(t);
    else groups.push([t]);
  }
  return groups;
}
