/*
 * GolgiEscapeProtocol: an experiment of GolgiEscape.
 * The same protocol with the published stochastic threshold.
 *
 * Written by glif from eglif.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population GolgiEscape:
 *   V, I_adap and I_dep are linear in each other with constant coefficients: exact propagator.
 *   While refractory V, I_adap, I_dep are held.
 */

import {
  allocate,
  exp,
  expm1,
  fillUniform,
  populationSize,
  propagator,
  samplingSteps,
  settingsOf,
  simulate,
  stepsIn,
  stream,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, Simulation } from "glif/runtime";

/** Parameters of GolgiEscape: Golgi cell as published: it escapes over a soft threshold. */
export interface GolgiEscapeParameters {
  /** membrane capacitance (pF); 145 pF unless given */
  C_m?: Quantity<"pF">;
  /** membrane time constant (ms); 44 ms unless given */
  τ_m?: Quantity<"ms">;
  /** resting potential (mV); -62 mV unless given */
  E_L?: Quantity<"mV">;
  /** threshold (mV); -55 mV unless given */
  V_th?: Quantity<"mV">;
  /** reset potential (mV); -75 mV unless given */
  V_r?: Quantity<"mV">;
  /** refractory period (ms); 2 ms unless given */
  t_ref?: Quantity<"ms">;
  /** endogenous current: the drive of spontaneous firing (pA); 16.214 pA unless given */
  I_e?: Quantity<"pA">;
  /** how the potential drives adaptation (nS/ms); 0.217 nS/ms unless given */
  k_adap?: Quantity<"nS/ms">;
  /** decay rate of the depolarising current (/ms); 0.031 /ms unless given */
  k_1?: Quantity<"/ms">;
  /** decay rate of the adaptation current (/ms); 0.023 /ms unless given */
  k_2?: Quantity<"/ms">;
  /** depolarising current right after a spike (pA); 259.988 pA unless given */
  A_1?: Quantity<"pA">;
  /** adaptation added by a spike (pA); 178.01 pA unless given */
  A_2?: Quantity<"pA">;
  /** escape rate at the threshold (/ms); 0.15 /ms unless given */
  λ_0?: Quantity<"/ms">;
  /** softness of the threshold (mV); 0.09 mV unless given */
  τ_V?: Quantity<"mV">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 1 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    GolgiEscape?: GolgiEscapeParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    GolgiEscape?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "GolgiEscapeProtocol",
  duration: 4500,
  step: 0.1,
  seed: 1,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    GolgiEscape: {
      C_m: "pF",
      τ_m: "ms",
      E_L: "mV",
      V_th: "mV",
      V_r: "mV",
      t_ref: "ms",
      I_e: "pA",
      k_adap: "nS/ms",
      k_1: "/ms",
      k_2: "/ms",
      A_1: "pA",
      A_2: "pA",
      λ_0: "/ms",
      τ_V: "mV",
    },
  },
  setup: {},
  elsewhere: {
    "GolgiEscape.V": "state",
    "GolgiEscape.I_adap": "state",
    "GolgiEscape.I_dep": "state",
    "GolgiEscape.I_stim": "stimulus",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 1;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const GolgiEscape = population_GolgiEscape(
    populationSize("GolgiEscape", sizes.GolgiEscape ?? 1),
    parameters.GolgiEscape ?? {},
    dt,
    seed,
  );
  return simulate({
    name: "GolgiEscapeProtocol",
    dt,
    seed,
    populations: [GolgiEscape],
    projections: [],
    spikesOf: ["GolgiEscape"],
    records: [
      {
        population: "GolgiEscape",
        variable: "V",
        first: 0,
        last: GolgiEscape.size - 1,
        every: samplingSteps(1, dt),
      },
      {
        population: "GolgiEscape",
        variable: "I_adap",
        first: 0,
        last: GolgiEscape.size - 1,
        every: samplingSteps(1, dt),
      },
      {
        population: "GolgiEscape",
        variable: "I_dep",
        first: 0,
        last: GolgiEscape.size - 1,
        every: samplingSteps(1, dt),
      },
    ],
  });
}

/** The kernels of population GolgiEscape: one neuron of GolgiEscape. */
function population_GolgiEscape(
  size: number,
  given: Numbers<GolgiEscapeParameters>,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C_m = given.C_m ?? 145; // membrane capacitance (pF)
  const τ_m = given.τ_m ?? 44; // membrane time constant (ms)
  const E_L = given.E_L ?? -62; // resting potential (mV)
  const V_th = given.V_th ?? -55; // threshold (mV)
  const V_r = given.V_r ?? -75; // reset potential (mV)
  const t_ref = given.t_ref ?? 2; // refractory period (ms)
  const I_e = given.I_e ?? 16.214; // endogenous current: the drive of spontaneous firing (pA)
  const k_adap = given.k_adap ?? 0.217; // how the potential drives adaptation (nS/ms)
  const k_1 = given.k_1 ?? 0.031; // decay rate of the depolarising current (/ms)
  const k_2 = given.k_2 ?? 0.023; // decay rate of the adaptation current (/ms)
  const A_1 = given.A_1 ?? 259.988; // depolarising current right after a spike (pA)
  const A_2 = given.A_2 ?? 178.01; // adaptation added by a spike (pA)
  const λ_0 = given.λ_0 ?? 0.15; // escape rate at the threshold (/ms)
  const τ_V = given.τ_V ?? 0.09; // softness of the threshold (mV)
  // Exact propagator of I_dep, I_adap, V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-k_1, 0, 0, 0, -k_2, k_adap, 1 / C_m, -1 / C_m, 1 / τ_m]);
  const solved = propagator(A, 3, dt);
  const P = solved.P;
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P[0],
    D[3],
    D[4],
    D[5],
    Q[5] * (1 / C_m),
    Q[4] * (-k_adap * E_L) + Q[5] * (-E_L / τ_m + I_e / C_m),
    D[6],
    D[7],
    D[8],
    Q[8] * (1 / C_m),
    Q[7] * (-k_adap * E_L) + Q[8] * (-E_L / τ_m + I_e / C_m),
    λ_0,
    V_th,
    τ_V,
    dt,
    V_r,
    A_1,
    A_2,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 3);
  const V_at = memory.arrays[0];
  const I_adap_at = memory.arrays[1];
  const I_dep_at = memory.arrays[2];
  const I_stim_at = new Float64Array(1); // injected current (pA)
  const changes = stepsIn(1000, dt); // steps
  const changes_2 = stepsIn(2000, dt); // steps
  const changes_3 = stepsIn(3000, dt); // steps
  const changes_4 = stepsIn(3500, dt); // steps
  const uniforms = new Float64Array(size);
  const uniform_draws = stream(seed, "GolgiEscape/spike");
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 3);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    I_adap_at[i] = 0;
    I_dep_at[i] = 0;
  }

  function drive(tick: number): void {
    const I_stim_1 =
      tick >= changes_4 ? 0 : tick >= changes_3 ? -200 : tick >= changes_2 ? 0 : tick >= changes ? 200 : 0;
    I_stim_at[0] = I_stim_1;
  }

  function shake(tick: number): void {
    fillUniform(uniforms, 0, size, uniform_draws, tick);
  }

  function update(low: number, high: number): number {
    const P_I_dep = coefficient[0];
    const D_I_adap_I_dep = coefficient[1];
    const D_I_adap_I_adap = coefficient[2];
    const D_I_adap_V = coefficient[3];
    const Q_I_adap_I_stim = coefficient[4];
    const c_I_adap = coefficient[5];
    const D_V_I_dep = coefficient[6];
    const D_V_I_adap = coefficient[7];
    const D_V_V = coefficient[8];
    const Q_V_I_stim = coefficient[9];
    const c_V = coefficient[10];
    const λ_0 = coefficient[11];
    const V_th = coefficient[12];
    const τ_V = coefficient[13];
    const dt = coefficient[14];
    const I_stim = I_stim_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // eglif.glif:43  I_dep' = -k_1*I_dep  [exact propagator]
      const I_dep = I_dep_at[i];
      const I_dep_next = P_I_dep * I_dep;
      // eglif.glif:42  I_adap' = k_adap*(V - E_L) - k_2*I_adap  [exact propagator]
      const I_adap = I_adap_at[i];
      const V = V_at[i];
      const I_adap_next =
        I_adap +
        (D_I_adap_I_dep * I_dep + D_I_adap_I_adap * I_adap + D_I_adap_V * V + Q_I_adap_I_stim * I_stim + c_I_adap);
      // eglif.glif:41  V' = (V - E_L)/τ_m + (I_dep - I_adap + I_e + I_stim)/C_m  [exact propagator]
      const V_next = V + (D_V_I_dep * I_dep + D_V_I_adap * I_adap + D_V_V * V + Q_V_I_stim * I_stim + c_V);
      I_dep_at[i] = I_dep_next;
      I_adap_at[i] = I_adap_next;
      V_at[i] = V_next;
      // eglif.glif:96  spike with rate λ: with probability 1 - exp(-rate dt); a rate that is none is told
      const chance = -expm1(-(λ_0 * exp((V_next - V_th) / τ_V) * dt));
      if (uniforms[i] < chance || !(chance >= -1e-12)) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      scratch[index * 3] = I_dep_at[i];
      scratch[index * 3 + 1] = I_adap_at[i];
      scratch[index * 3 + 2] = V_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      I_dep_at[i] = scratch[index * 3];
      I_adap_at[i] = scratch[index * 3 + 1];
      V_at[i] = scratch[index * 3 + 2];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike with rate λ
    const V_r = coefficient[15];
    const A_1 = coefficient[16];
    const A_2 = coefficient[17];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // eglif.glif:49  V <- V_r
      const V_after = V_r;
      // eglif.glif:50  I_dep <- A_1
      const I_dep_after = A_1;
      // eglif.glif:51  I_adap <- I_adap + A_2
      const I_adap = I_adap_at[i];
      const I_adap_after = I_adap + A_2;
      V_at[i] = V_after;
      I_dep_at[i] = I_dep_after;
      I_adap_at[i] = I_adap_after;
    }
  }

  function holds(): boolean {
    return false;
  }

  function spikeRate(i: number): number {
    const λ_0 = coefficient[11];
    const V_th = coefficient[12];
    const τ_V = coefficient[13];
    const V = V_at[i];
    const λ = λ_0 * exp((V - V_th) / τ_V);
    return λ;
  }

  function read_I_stim(i: number): number {
    const I_stim = I_stim_at[0];
    return I_stim;
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "GolgiEscape",
    model: "GolgiEscape",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "I_adap", unit: "pA", values: I_adap_at },
      { name: "I_dep", unit: "pA", values: I_dep_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "I_adap",
        unit: "pA",
        kind: "state",
        read: (i: number) => I_adap_at[i],
      },
      {
        name: "I_dep",
        unit: "pA",
        kind: "state",
        read: (i: number) => I_dep_at[i],
      },
      {
        name: "I_stim",
        unit: "pA",
        kind: "input",
        read: read_I_stim,
      },
    ],
    inputs: {},
    arrays: {
      V: V_at,
      I_adap: I_adap_at,
      I_dep: I_dep_at,
      "#in:I_stim": I_stim_at,
    },
    held: ["V", "I_adap", "I_dep"],
    parameters: {
      C_m,
      τ_m,
      E_L,
      V_th,
      V_r,
      t_ref,
      I_e,
      k_adap,
      k_1,
      k_2,
      A_1,
      A_2,
      λ_0,
      τ_V,
    },
    times: [
      {
        what: "a time of the steps of `GolgiEscape.I_stim`",
        times: [1000],
        rounded: true,
        lasts: false,
      },
      {
        what: "a time of the steps of `GolgiEscape.I_stim`",
        times: [2000],
        rounded: true,
        lasts: false,
      },
      {
        what: "a time of the steps of `GolgiEscape.I_stim`",
        times: [3000],
        rounded: true,
        lasts: false,
      },
      {
        what: "a time of the steps of `GolgiEscape.I_stim`",
        times: [3500],
        rounded: true,
        lasts: false,
      },
      {
        what: "the refractory period of `GolgiEscape`",
        times: [t_ref],
        rounded: true,
        lasts: true,
      },
    ],
    drive,
    shake,
    update,
    candidates,
    hold,
    restore,
    refractorySteps,
    reset,
    holds,
    rate: spikeRate,
    events: [],
  };
}
