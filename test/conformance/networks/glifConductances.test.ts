// Claim: GLIF neurons of models/teeter.glif, levels 1 and 3, take alpha-shaped conductances as their equations say.
// Model: NEST's defaults of glif_cond, but with everything held during the refractory period and the threshold following the true voltage; 12 nS of excitation
// (2 ms), 10 nS of inhibition (4 ms) at given times, 280 pA from 100 to 260 ms.
// Expected: spikes of an independent solver in continuous time. On the grid each is late by up to a step, and so is everything after it: spike k within (k + 1) steps.
import { describe, expect, test } from "vitest";
import { planSource, reference, run, spikeTimes, trace, MODELS } from "../harness.ts";
import type { Simulation } from "../../../src/runtime/index.ts";

function simulate(level: 1 | 3, step: number, method: string): Simulation {
  const { parameters: p, stimulus } = reference(`glif${level}_cond_alpha_continuous`);
  const times = (of: readonly number[]): string => of.map((t) => `${t} ms`).join(", ");
  return run(
    planSource(
      `${MODELS}/conductances.glif`,
      `
    import GLIF1, GLIF3 from "glif/teeter"
    neuron Cell extends GLIF${level} { refractory t_cut { hold V${level === 3 ? ", I" : ""} } }
    /// A conductance that is w at its peak, τ after the spike.
    synapse Alpha {
      param τ = 2 ms, E_rev = 0 mV
      weight w : nS
      state h = 0 nS/ms, g = 0 nS
      h' = -h/τ
      g' = h - g/τ
      on pre { h <- h + exp(1)*w/τ }
      post.I_e += g*(E_rev - post.V)
    }
    network One {
      population Exc = spikes([${times(stimulus.exc_ms)}])
      population Inh = spikes([${times(stimulus.inh_ms)}])
      population N = 1 Cell {
        C = ${p.C_m.value} pF, G = ${p.g.value} nS, E_L = ${p.E_L.value} mV, Θ_inf = ${p.V_th.value} mV, t_cut = ${p.t_ref.value} ms
        ${level === 3 ? `k = [${p.asc_decay.value.join(", ")}] /ms, f = [${p.asc_r.value.join(", ")}], δI = [${p.asc_amps.value.join(", ")}] pA` : ""}
      }
      connect Exc -> N by Alpha as exc { τ = ${p.tau_e.value} ms, E_rev = ${p.E_e.value} mV, w = ${p.w_e.value} nS } all
      connect Inh -> N by Alpha as inh { τ = ${p.tau_i.value} ms, E_rev = ${p.E_i.value} mV, w = ${p.w_i.value} nS } all
    }
    experiment Given of One {
      duration ${stimulus.duration_ms} ms
      step ${step} ms
      method ${method}
      N.I_e = pulse(280 pA, from: 100 ms, to: 260 ms)
      record spikes
      record N.V, N.exc.g, N.inh.g every 1 ms
    }`,
      "Given",
    ),
  );
}

describe.each([1, 3] as const)("level %i", (level) => {
  const { reference: golden } = reference(`glif${level}_cond_alpha_continuous`);
  const expected: number[] = golden.spike_times_ms;

  test.each([
    [0.05, "rk4"],
    [0.01, "rk4"],
    [0.05, "auto"],
  ])("with a step of %d ms, method %s: spike k within k + 1 steps", (step, method) => {
    const times = spikeTimes(simulate(level, step, method), "N");
    expect(times.length).toBe(expected.length);
    times.forEach((t, k) =>
      expect(Math.abs(t - (expected[k] ?? NaN)), `spike ${k + 1}`).toBeLessThanOrEqual((k + 1) * step + 1e-9),
    );
  });

  test("conductances go on through spikes and refractory periods: 1e-7 nS, what the solver's tolerance leaves of 12 nS", () => {
    const simulation = simulate(level, 0.05, "auto");
    const times: number[] = golden.trace.t_ms;
    for (const [variable, values] of [
      ["exc.g", golden.trace.g_e_nS],
      ["inh.g", golden.trace.g_i_nS],
    ] as const) {
      const { y } = trace(simulation, variable);
      times.forEach((t, k) =>
        expect(Math.abs((y[Math.round(t)] ?? NaN) - values[k]), `${variable} at ${t} ms`).toBeLessThan(1e-7),
      );
    }
  });

  test("before the first spike the voltage is the solver's: Runge-Kutta to 1e-5 mV", () => {
    const { y } = trace(simulate(level, 0.05, "rk4"), "V");
    const times: number[] = golden.trace.t_ms;
    times.forEach(
      (t, k) =>
        t < (expected[0] ?? 0) &&
        expect(Math.abs((y[Math.round(t)] ?? NaN) - golden.trace.V_mV[k]), `${t} ms`).toBeLessThan(1e-5),
    );
  });
});
