// Claim: a spike that arrives through a synapse makes the postsynaptic potential of that synapse's equations, on a passive membrane without a threshold.
// Papers: R. Brette et al., J. Comput. Neurosci. 23:349 (2007) for the exponential conductances; C. E. Jahr, C. F. Stevens, J. Neurosci. 10:3178 (1990) for
// the magnesium block of NMDA receptors.
// Model: C = 200 pF, G = 10 nS, rest at -70 mV; spikes at 10, 30 and 35 ms through one connection without delay.
// Expected: closed forms for currents, an independent solver (order 8, relative tolerance 1e-12) for conductances, every 0.25 ms.
import { describe, expect, test } from "vitest";
import { planSource, reference, run, trace, MODELS } from "../harness.ts";

const MEMBRANE = `
  neuron Membrane {
    param C = 200 pF, G = 10 nS, E_L = -70 mV
    input I_e : pA
    state V = E_L
    V' = (I_e - G*(V - E_L))/C
  }`;

/** Time course of a current or conductance, 1 at its peak if it is scaled by its N. */
const TWO_EXPONENTIALS = `
    param t_p = τ_r*τ_d/(τ_d - τ_r)*log(τ_d/τ_r)            /// time of the peak
    param N = 1/(exp(-t_p/τ_d) - exp(-t_p/τ_r))`;

const SYNAPSES: Readonly<Record<string, string>> = {
  psp_curr_exp: `
    param τ = 5 ms
    weight w : pA = 50 pA
    state I = 0 pA
    I' = -I/τ
    on pre { I <- I + w }
    post.I_e += I`,
  psp_curr_biexp: `
    param τ_r = 1 ms, τ_d = 8 ms
    ${TWO_EXPONENTIALS}
    weight w : pA = 50 pA
    state rise = 0 pA, decay = 0 pA
    rise' = -rise/τ_r
    decay' = -decay/τ_d
    on pre { rise <- rise + w*N; decay <- decay + w*N }
    post.I_e += decay - rise`,
  psp_cond_exp_exc: `
    param τ = 5 ms, E_rev = 0 mV
    weight w : nS = 6 nS
    state g = 0 nS
    g' = -g/τ
    on pre { g <- g + w }
    post.I_e += g*(E_rev - post.V)`,
  psp_cond_exp_inh: `
    param τ = 10 ms, E_rev = -80 mV
    weight w : nS = 67 nS
    state g = 0 nS
    g' = -g/τ
    on pre { g <- g + w }
    post.I_e += g*(E_rev - post.V)`,
  psp_cond_alpha: `
    param τ = 2 ms, E_rev = 0 mV
    weight w : nS = 10 nS                                    /// the peak, τ after the spike
    state h = 0 nS/ms, g = 0 nS
    h' = -h/τ
    g' = h - g/τ
    on pre { h <- h + exp(1)*w/τ }
    post.I_e += g*(E_rev - post.V)`,
  psp_cond_nmda: `
    param τ_r = 2 ms, τ_d = 100 ms, E_rev = 0 mV, Mg = 1, γ = 3.57, η = 0.062 /mV
    ${TWO_EXPONENTIALS}
    weight w : nS = 20 nS
    state rise = 0 nS, decay = 0 nS
    rise' = -rise/τ_r
    decay' = -decay/τ_d
    on pre { rise <- rise + w*N; decay <- decay + w*N }
    post.I_e += (decay - rise)/(1 + Mg/γ*exp(-η*post.V))*(E_rev - post.V)`,
};

/** Largest distance (mV) from the reference, at the samples that lie on the grid. */
function farthest(id: string, method: string, step: number, spikes = "10 ms, 30 ms, 35 ms"): number {
  const { t_ms, V_mV, dV_mV }: { t_ms: number[]; V_mV?: number[]; dV_mV?: number[] } = reference(id).reference.trace;
  const text = `${MEMBRANE}
  synapse S {${SYNAPSES[id] ?? ""}
  }
  network One {
    population Source = spikes([${spikes}])
    population Cell = 1 Membrane
    connect Source -> Cell by S all
  }
  experiment Potential of One { duration 120 ms; step ${step} ms; method ${method}; record Cell.V }`;
  const { y } = trace(run(planSource(`${MODELS}/psp.glif`, text, "Potential")), "V");
  let most = 0,
    seen = 0;
  t_ms.forEach((t, k) => {
    const n = Math.round(t / step);
    if (Math.abs(n * step - t) > 1e-9) return;
    const expected = V_mV?.[k] ?? (dV_mV?.[k] ?? NaN) - 70;
    most = Math.max(most, Math.abs((y[n] ?? NaN) - expected));
    seen++;
  });
  expect(seen).toBeGreaterThan(200);
  return most;
}

describe("currents: linear with constant coefficients, so the propagator is exact", () => {
  // What rounding leaves of -70 mV, and of the closed form's own digits.
  test.each(["psp_curr_exp", "psp_curr_biexp"])("%s: within 1e-11 mV with a step of 0.1 ms and of 0.5 ms", (id) => {
    expect(farthest(id, "auto", 0.1)).toBeLessThan(1e-11);
    expect(farthest(id, "auto", 0.5)).toBeLessThan(1e-11);
  });
  test.each(["psp_curr_exp", "psp_curr_biexp"])("%s: Runge-Kutta of order 4 within 1e-6 mV", (id) => {
    expect(farthest(id, "rk4", 0.1)).toBeLessThan(1e-6);
  });
});

describe("conductances", () => {
  const ids = ["psp_cond_exp_exc", "psp_cond_exp_inh", "psp_cond_alpha", "psp_cond_nmda"];
  // An order of 4 in steps of 0.1 ms on time constants of 2 ms and more; spikes are on the grid.
  test.each(ids)("%s: Runge-Kutta of order 4 within 1e-5 mV", (id) => {
    expect(farthest(id, "rk4", 0.1)).toBeLessThan(1e-5);
  });
  // Exponential Euler reads a conductance that decays exactly at the middle of its step. What it is when the step begins would be half a step's decay too much,
  // 0.1 mV and more where the driving force is 70 mV.
  test.each(ids.map((id) => [id, 0.02] as const))(
    "%s: by the method that is chosen without asking, within %d mV, and half of that with half the step",
    (id, bound) => {
      const [whole, half] = [farthest(id, "auto", 0.1), farthest(id, "auto", 0.05)];
      expect(whole).toBeLessThan(bound);
      expect(half).toBeLessThan(0.6 * whole);
    },
  );
});

test("the tolerances have teeth: one spike a step late is seen", () => {
  expect(farthest("psp_curr_exp", "auto", 0.1, "10.1 ms, 30 ms, 35 ms")).toBeGreaterThan(0.01);
  expect(farthest("psp_cond_exp_exc", "auto", 0.1, "10 ms, 30 ms, 35.1 ms")).toBeGreaterThan(0.03);
});
