/*
 * Tonic: an experiment of AdEx.
 * Tonic spiking: intervals that barely change.
 *
 * Written by glif from adex.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population AdEx:
 *   asked for by name: method rk4.
 */

import { allocate, exp, populationSize, samplingSteps, settingsOf, simulate } from "glif/runtime";
import type { Quantity, Numbers, Settable, PreciseKernel, Simulation } from "glif/runtime";

/** Parameters of AdEx: Adaptive exponential integrate-and-fire neuron of Brette & Gerstner 2005. */
export interface AdExParameters {
  /** membrane capacitance (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** leak conductance (nS); 10 nS unless given */
  g_L?: Quantity<"nS">;
  /** resting potential (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
  /** threshold: where the exponential term takes over (mV); -50 mV unless given */
  V_T?: Quantity<"mV">;
  /** slope factor: how sharply it does (mV); 2 mV unless given */
  Δ_T?: Quantity<"mV">;
  /** adaptation to the subthreshold potential (nS); 2 nS unless given */
  a?: Quantity<"nS">;
  /** time constant of adaptation (ms); 30 ms unless given */
  τ_w?: Quantity<"ms">;
  /** adaptation added by each spike (pA); 0 pA unless given */
  b?: Quantity<"pA">;
  /** reset potential (mV); -58 mV unless given */
  V_r?: Quantity<"mV">;
  /** where the upstroke is cut (mV); 0 mV unless given */
  V_peak?: Quantity<"mV">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.01 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    AdEx?: AdExParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    AdEx?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "Tonic",
  duration: 500,
  step: 0.01,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    AdEx: {
      C: "pF",
      g_L: "nS",
      E_L: "mV",
      V_T: "mV",
      Δ_T: "mV",
      a: "nS",
      τ_w: "ms",
      b: "pA",
      V_r: "mV",
      V_peak: "mV",
    },
  },
  setup: {},
  elsewhere: { "AdEx.V": "state", "AdEx.w": "state", "AdEx.I_e": "input" },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.01;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const AdEx = population_AdEx(populationSize("AdEx", sizes.AdEx ?? 1), parameters.AdEx ?? {}, dt, seed);
  return simulate({
    name: "Tonic",
    dt,
    seed,
    populations: [AdEx],
    projections: [],
    spikesOf: ["AdEx"],
    records: [
      {
        population: "AdEx",
        variable: "V",
        first: 0,
        last: AdEx.size - 1,
        every: samplingSteps(0.5, dt),
      },
      {
        population: "AdEx",
        variable: "w",
        first: 0,
        last: AdEx.size - 1,
        every: samplingSteps(0.5, dt),
      },
    ],
  });
}

/** The kernels of population AdEx: one neuron of AdEx. */
function population_AdEx(size: number, given: Numbers<AdExParameters>, dt: number, seed: number): PreciseKernel {
  // Parameters.
  const C = given.C ?? 200; // membrane capacitance (pF)
  const g_L = given.g_L ?? 10; // leak conductance (nS)
  const E_L = given.E_L ?? -70; // resting potential (mV)
  const V_T = given.V_T ?? -50; // threshold: where the exponential term takes over (mV)
  const Δ_T = given.Δ_T ?? 2; // slope factor: how sharply it does (mV)
  const a = given.a ?? 2; // adaptation to the subthreshold potential (nS)
  const τ_w = given.τ_w ?? 30; // time constant of adaptation (ms)
  const b = given.b ?? 0; // adaptation added by each spike (pA)
  const V_r = given.V_r ?? -58; // reset potential (mV)
  const V_peak = given.V_peak ?? 0; // where the upstroke is cut (mV)

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([-g_L, E_L, g_L * Δ_T, V_T, 1 / Δ_T, 1 / C, a, 1 / τ_w, V_peak, V_r, b]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 2);
  const V_at = memory.arrays[0];
  const w_at = memory.arrays[1];
  let current = 0;
  const state = new Float64Array(2);
  const I_e_at = new Float64Array(1); // injected current (pA)
  I_e_at[0] = 500;
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    w_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function load(i: number, state: Float64Array): void {
    current = i;
    state[0] = V_at[i];
    state[1] = w_at[i];
  }

  function store(i: number, state: Float64Array): void {
    V_at[i] = state[0];
    w_at[i] = state[1];
  }

  function flow(t: number, span: number, state: Float64Array): void {
    const c_2 = coefficient[0];
    const E_L = coefficient[1];
    const c_3 = coefficient[2];
    const V_T = coefficient[3];
    const c_4 = coefficient[4];
    const c_5 = coefficient[5];
    const a = coefficient[6];
    const c_6 = coefficient[7];
    const I_e = I_e_at[0];
    const i = current;
    const V = state[0];
    const x = V - E_L;
    const w = state[1];
    const k1_V = (c_2 * x + c_3 * exp((V - V_T) * c_4) - w + I_e) * c_5;
    const k1_w = (a * x - w) * c_6;
    const x2_V = V + span * (0.5 * k1_V);
    const x2_w = w + span * (0.5 * k1_w);
    const x_2 = x2_V - E_L;
    const k2_V = (c_2 * x_2 + c_3 * exp((x2_V - V_T) * c_4) - x2_w + I_e) * c_5;
    const k2_w = (a * x_2 - x2_w) * c_6;
    const x3_V = V + span * (0.5 * k2_V);
    const x3_w = w + span * (0.5 * k2_w);
    const x_3 = x3_V - E_L;
    const k3_V = (c_2 * x_3 + c_3 * exp((x3_V - V_T) * c_4) - x3_w + I_e) * c_5;
    const k3_w = (a * x_3 - x3_w) * c_6;
    const x4_V = V + span * k3_V;
    const x4_w = w + span * k3_w;
    const x_4 = x4_V - E_L;
    const k4_V = (c_2 * x_4 + c_3 * exp((x4_V - V_T) * c_4) - x4_w + I_e) * c_5;
    const k4_w = (a * x_4 - x4_w) * c_6;
    // adex.glif:33  V' = (-g_L*(V - E_L) + g_L*Δ_T*exp((V - V_T)/Δ_T) - w + I_e)/C  [Runge-Kutta of order 4]
    const x_5 = span / 6;
    const V_next = V + x_5 * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
    // adex.glif:34  w' = (a*(V - E_L) - w)/τ_w  [Runge-Kutta of order 4]
    const w_next = w + x_5 * (k1_w + 2 * k2_w + 2 * k3_w + k4_w);
    state[0] = V_next;
    state[1] = w_next;
  }

  function flowHeld(t: number, span: number, state: Float64Array): void {
    const c_2 = coefficient[0];
    const E_L = coefficient[1];
    const c_3 = coefficient[2];
    const V_T = coefficient[3];
    const c_4 = coefficient[4];
    const c_5 = coefficient[5];
    const a = coefficient[6];
    const c_6 = coefficient[7];
    const I_e = I_e_at[0];
    const i = current;
    const V = state[0];
    const x = V - E_L;
    const w = state[1];
    const k1_V = (c_2 * x + c_3 * exp((V - V_T) * c_4) - w + I_e) * c_5;
    const k1_w = (a * x - w) * c_6;
    const x2_V = V + span * (0.5 * k1_V);
    const x2_w = w + span * (0.5 * k1_w);
    const x_2 = x2_V - E_L;
    const k2_V = (c_2 * x_2 + c_3 * exp((x2_V - V_T) * c_4) - x2_w + I_e) * c_5;
    const k2_w = (a * x_2 - x2_w) * c_6;
    const x3_V = V + span * (0.5 * k2_V);
    const x3_w = w + span * (0.5 * k2_w);
    const x_3 = x3_V - E_L;
    const k3_V = (c_2 * x_3 + c_3 * exp((x3_V - V_T) * c_4) - x3_w + I_e) * c_5;
    const k3_w = (a * x_3 - x3_w) * c_6;
    const x4_V = V + span * k3_V;
    const x4_w = w + span * k3_w;
    const x_4 = x4_V - E_L;
    const k4_V = (c_2 * x_4 + c_3 * exp((x4_V - V_T) * c_4) - x4_w + I_e) * c_5;
    const k4_w = (a * x_4 - x4_w) * c_6;
    // adex.glif:33  V' = (-g_L*(V - E_L) + g_L*Δ_T*exp((V - V_T)/Δ_T) - w + I_e)/C  [Runge-Kutta of order 4]
    const x_5 = span / 6;
    const V_next = V + x_5 * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
    // adex.glif:34  w' = (a*(V - E_L) - w)/τ_w  [Runge-Kutta of order 4]
    const w_next = w + x_5 * (k1_w + 2 * k2_w + 2 * k3_w + k4_w);
    state[0] = V_next;
    state[1] = w_next;
  }

  function firstLook(): number {
    return Number.POSITIVE_INFINITY;
  }

  function longestLook(): number {
    return Number.POSITIVE_INFINITY;
  }

  function refractoryPeriod(): number {
    const i = current;
    return 0;
  }

  function holds_spike(t: number, state: Float64Array): boolean {
    // spike when V > V_peak
    const V_peak = coefficient[8];
    const i = current;
    const V = state[0];
    return V > V_peak;
  }

  function margin_spike(t: number, state: Float64Array): number {
    // spike when V > V_peak
    const V_peak = coefficient[8];
    const i = current;
    const V = state[0];
    return V - V_peak;
  }

  function apply_spike(t: number, state: Float64Array): void {
    // spike when V > V_peak
    const V_r = coefficient[9];
    const b = coefficient[10];
    const i = current;
    // adex.glif:38  V <- V_r
    const V_after = V_r;
    // adex.glif:39  w <- w + b
    const w = state[1];
    const w_after = w + b;
    state[0] = V_after;
    state[1] = w_after;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    return I_e;
  }

  return {
    kind: "precise",
    name: "AdEx",
    model: "AdEx",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "w", unit: "pA", values: w_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "w",
        unit: "pA",
        kind: "state",
        read: (i: number) => w_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, w: w_at, "#in:I_e": I_e_at },
    held: [],
    parameters: {
      C,
      g_L,
      E_L,
      V_T,
      Δ_T,
      a,
      τ_w,
      b,
      V_r,
      V_peak,
    },
    drive,
    shake,
    load,
    store,
    flow,
    flowHeld,
    solved: false,
    firstLook,
    longestLook,
    refractoryPeriod,
    spike: {
      text: "spike when V > V_peak",
      holds: holds_spike,
      margin: margin_spike,
      initial: (i: number) => V_at[i] > V_peak,
      apply: apply_spike,
      crossing: false,
    },
    events: [],
  };
}
