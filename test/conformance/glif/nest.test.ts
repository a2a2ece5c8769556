// Claim: levels 1 to 5 of models/teeter.glif, with NEST's defaults for glif_psc, are NEST's glif_psc.
// Model: nest-simulator models/glif_psc.cpp, whose defaults are a fit of Allen cell 490626718; 320 pA from 50 ms to 450 ms, and
// alpha-shaped synaptic currents at 10, 480, 481 and 482 ms.
// What NEST does otherwise, and what it costs: at a spike it takes the V of the START of the step into its reset (levels 2, 4, 5; here
// it is V at the crossing), after-spike currents enter V as their mean over a step, and the synaptic current is left out of what the
// threshold of level 5 follows within a step. All three vanish with the step.
import { describe, expect, test } from "vitest";
import { planSource, reference, run, spikeTimes, MODELS } from "../harness.ts";
import type { Simulation } from "../../../src/runtime/index.ts";
import { expectSpikes, expectTrace, valuesAt } from "./comparing.ts";

const HOLDS = ["V", "V, Θ_s", "V, I", "V, I, Θ_s", "V, I, Θ_s, Θ_v"];

/**
 * NEST goes on integrating synaptic currents while refractory, so that the rest is held by name; arrivals are events on the time,
 * acting on the step after.
 */
function source(level: number, precise: boolean): string {
  const p = reference("glif4_nest_defaults").parameters;
  const fractional = `f_v = ${p.voltage_reset_fraction.value}, δV = ${-p.voltage_reset_add.value} mV`;
  const rising = `b_s = ${p.th_spike_decay.value} /ms, δΘ_s = ${p.th_spike_add.value} mV`;
  const reset = level === 1 || level === 3 ? "" : `${fractional}, ${rising}`;
  const currents =
    level < 3
      ? ""
      : `k = [${p.asc_decay.value.join(", ")}] /ms, f = [${p.asc_r.value.join(", ")}], δI = [${p.asc_amps.value.join(", ")}] pA`;
  const adapting = level < 5 ? "" : `a_v = ${p.th_voltage_index.value} /ms, b_v = ${p.th_voltage_decay.value} /ms`;
  return `
    import GLIF1, GLIF2, GLIF3, GLIF4, GLIF5 from "glif/teeter"

    /// An alpha function: a spike of weight w makes a current that is w at its peak, τ after the spike.
    mechanism AlphaCurrent {
      param τ = 2 ms
      state y = 0 pA/ms
      state I = 0 pA
      y' = -y/τ
      I' = y - I/τ
    }

    neuron Psc extends GLIF${level} {
      use AlphaCurrent as syn
      I_e += syn.I
      on t >= 10 ms  { syn.y <- syn.y + exp(1)/syn.τ * 100 pA }
      on t >= 480 ms { syn.y <- syn.y + exp(1)/syn.τ * 400 pA }
      on t >= 481 ms { syn.y <- syn.y + exp(1)/syn.τ * 400 pA }
      on t >= 482 ms { syn.y <- syn.y + exp(1)/syn.τ * 400 pA }
      refractory t_cut { hold ${HOLDS[level - 1]} }
    }

    experiment Defaults of Psc {
      duration 600 ms
      step 0.05 ms
      ${precise ? "spikes precise" : ""}
      C = ${p.C_m.value} pF, G = ${p.g.value} nS, E_L = ${p.E_L.value} mV, Θ_inf = ${p.V_th.value} mV, t_cut = ${p.t_ref.value} ms
      ${[reset, currents, adapting].filter((s) => s !== "").join("\n      ")}
      I_e = pulse(320 pA, from: 50 ms, to: 450 ms)
      record spikes
      record V, Θ
    }`;
}

function simulate(level: number, precise: boolean): Simulation {
  return run(planSource(`${MODELS}/psc.glif`, source(level, precise), "Defaults"));
}

describe.each([1, 2, 3, 4, 5])("level %i", (level) => {
  const { reference: nest } = reference(`glif${level}_nest_defaults`);

  test("spikes located inside the step are where NEST's converge: within a step a spike of NEST's run at 0.001 ms", () => {
    const expected: number[] = nest["spike_times_dt0.001_ms"];
    expectSpikes(spikeTimes(simulate(level, true)), expected, (expected.length + 1) * 0.001);
  });

  test("on the same grid, 0.05 ms, spikes are NEST's to a step each", () => {
    const expected: number[] = nest.spike_times_ms;
    expectSpikes(spikeTimes(simulate(level, false)), expected, (expected.length + 1) * 0.05);
  });
});

describe("where NEST's reset reads nothing that the step changes, the same grid gives the same spikes", () => {
  test("level 1: every spike at the same grid point, V and threshold to 1e-9", () => {
    const { reference: nest } = reference("glif1_nest_defaults");
    const simulation = simulate(1, false);
    expectSpikes(spikeTimes(simulation), nest.spike_times_ms, 1e-9);
    expectTrace(valuesAt(simulation, "V", nest.trace_every_1ms.t_ms), nest.trace_every_1ms.V_m_mV, 1e-9, "V");
    expectTrace(valuesAt(simulation, "Θ", nest.trace_every_1ms.t_ms), nest.trace_every_1ms.threshold_mV, 1e-9, "Θ");
  });

  test("level 3: every spike at the same grid point; V to 1e-4 mV, the error of NEST's mean current over a step", () => {
    const { reference: nest } = reference("glif3_nest_defaults");
    const simulation = simulate(3, false);
    expectSpikes(spikeTimes(simulation), nest.spike_times_ms, 1e-9);
    const times: number[] = nest.trace_every_1ms.t_ms;
    valuesAt(simulation, "V", times).forEach((v, k) =>
      expect(Math.abs(v - nest.trace_every_1ms.V_m_mV[k])).toBeLessThan(1e-4),
    );
  });
});
