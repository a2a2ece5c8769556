/*
 * Step: an experiment of TraubMiles.
 * A current step on top of the cell's own rhythm.
 *
 * Written by glif from traub_miles.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population TraubMiles:
 *   asked for by name: method rk4.
 */

import { allocate, exp, exprel, populationSize, settingsOf, simulate, stepsIn } from "glif/runtime";
import type { Quantity, Numbers, Settable, PreciseKernel, Simulation } from "glif/runtime";

/** Parameters of TraubMiles: Hodgkin-Huxley cell of benchmark 3 in Brette et al. 2007. */
export interface TraubMilesParameters {
  /** membrane capacitance (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** leak conductance (nS); 10 nS unless given */
  g_L?: Quantity<"nS">;
  /** leak reversal potential (mV); -60 mV unless given */
  E_L?: Quantity<"mV">;
  /** shifts all voltage dependences: sets the threshold (mV); -63 mV unless given */
  V_T?: Quantity<"mV">;
  /** conductance with all channels open (nS); 20 µS unless given */
  "Na.g_max"?: Quantity<"nS">;
  /** reversal potential (mV); 50 mV unless given */
  "Na.E"?: Quantity<"mV">;
  /** conductance with all channels open (nS); 6 µS unless given */
  "K.g_max"?: Quantity<"nS">;
  /** reversal potential (mV); -90 mV unless given */
  "K.E"?: Quantity<"mV">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.01 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    TraubMiles?: TraubMilesParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    TraubMiles?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "Step",
  duration: 200,
  step: 0.01,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron. */
const settable: Settable = {
  parameters: {
    TraubMiles: {
      C: "pF",
      g_L: "nS",
      E_L: "mV",
      V_T: "mV",
      "Na.g_max": "nS",
      "Na.E": "mV",
      "K.g_max": "nS",
      "K.E": "mV",
    },
  },
  setup: {},
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.01;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const TraubMiles = population_TraubMiles(
    populationSize("TraubMiles", sizes.TraubMiles ?? 1),
    parameters.TraubMiles ?? {},
    dt,
    seed,
  );
  return simulate({
    name: "Step",
    dt,
    seed,
    populations: [TraubMiles],
    projections: [],
    spikesOf: ["TraubMiles"],
    records: [
      {
        population: "TraubMiles",
        variable: "V",
        first: 0,
        last: TraubMiles.size - 1,
        every: stepsIn(0.1, dt),
      },
      {
        population: "TraubMiles",
        variable: "Na.m",
        first: 0,
        last: TraubMiles.size - 1,
        every: stepsIn(0.1, dt),
      },
      {
        population: "TraubMiles",
        variable: "Na.h",
        first: 0,
        last: TraubMiles.size - 1,
        every: stepsIn(0.1, dt),
      },
      {
        population: "TraubMiles",
        variable: "K.n",
        first: 0,
        last: TraubMiles.size - 1,
        every: stepsIn(0.1, dt),
      },
    ],
  });
}

/** The kernels of population TraubMiles: one neuron of TraubMiles. */
function population_TraubMiles(
  size: number,
  given: Numbers<TraubMilesParameters>,
  dt: number,
  seed: number,
): PreciseKernel {
  // Parameters.
  const C = given.C ?? 200; // membrane capacitance (pF)
  const g_L = given.g_L ?? 10; // leak conductance (nS)
  const E_L = given.E_L ?? -60; // leak reversal potential (mV)
  const V_T = given.V_T ?? -63; // shifts all voltage dependences: sets the threshold (mV)
  const Na_g_max = given["Na.g_max"] ?? 20000; // conductance with all channels open (nS)
  const Na_E = given["Na.E"] ?? 50; // reversal potential (mV)
  const K_g_max = given["K.g_max"] ?? 6000; // conductance with all channels open (nS)
  const K_E = given["K.E"] ?? -90; // reversal potential (mV)

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([V_T, g_L, E_L, K_g_max, K_E, Na_g_max, Na_E, 1 / C]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 4);
  const V_at = memory.arrays[0];
  const Na_m_at = memory.arrays[1];
  const Na_h_at = memory.arrays[2];
  const K_n_at = memory.arrays[3];
  let current = 0;
  const state = new Float64Array(4);
  const I_e_at = new Float64Array(1); // injected current; the channels contribute to it (pA)
  const begins = stepsIn(20, dt); // steps
  const ends = stepsIn(180, dt); // steps
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    Na_m_at[i] =
      1.28 /
      exprel((13 - (V_at[i] - V_T)) / 4) /
      (1.28 / exprel((13 - (V_at[i] - V_T)) / 4) + 1.4 / exprel((V_at[i] - V_T - 40) / 5));
    Na_h_at[i] =
      (0.128 * exp((17 - (V_at[i] - V_T)) / 18)) /
      (0.128 * exp((17 - (V_at[i] - V_T)) / 18) + 4 / (1 + exp((40 - (V_at[i] - V_T)) / 5)));
    K_n_at[i] =
      0.16 /
      exprel((15 - (V_at[i] - V_T)) / 5) /
      (0.16 / exprel((15 - (V_at[i] - V_T)) / 5) + 0.5 * exp((10 - (V_at[i] - V_T)) / 40));
  }

  function drive(tick: number): void {
    const I_e_1 = tick >= begins && tick < ends ? 500 : 0;
    I_e_at[0] = I_e_1;
  }

  function shake(): void {}

  function load(i: number, state: Float64Array): void {
    current = i;
    state[0] = V_at[i];
    state[1] = Na_m_at[i];
    state[2] = Na_h_at[i];
    state[3] = K_n_at[i];
  }

  function store(i: number, state: Float64Array): void {
    V_at[i] = state[0];
    Na_m_at[i] = state[1];
    Na_h_at[i] = state[2];
    K_n_at[i] = state[3];
  }

  function flow(t: number, span: number, state: Float64Array): void {
    const V_T = coefficient[0];
    const g_L = coefficient[1];
    const E_L = coefficient[2];
    const K_g_max = coefficient[3];
    const K_E = coefficient[4];
    const Na_g_max = coefficient[5];
    const Na_E = coefficient[6];
    const c_2 = coefficient[7];
    const I_e = I_e_at[0];
    const i = current;
    const V = state[0];
    const K_n = state[3];
    const k1_K_n = (0.16 / exprel((15 - (V - V_T)) / 5)) * (1 - K_n) - 0.5 * exp((10 - (V - V_T)) / 40) * K_n;
    const Na_m = state[1];
    const k1_Na_m = (1.28 / exprel((13 - (V - V_T)) / 4)) * (1 - Na_m) - (1.4 / exprel((V - V_T - 40) / 5)) * Na_m;
    const Na_h = state[2];
    const k1_V =
      (g_L * (E_L - V) +
        (I_e + K_g_max * (K_n * K_n * (K_n * K_n)) * (K_E - V) + Na_g_max * (Na_m * Na_m * Na_m) * Na_h * (Na_E - V))) *
      c_2;
    const k1_Na_h = 0.128 * exp((17 - (V - V_T)) / 18) * (1 - Na_h) - (4 / (1 + exp((40 - (V - V_T)) / 5))) * Na_h;
    const x2_K_n = K_n + span * (0.5 * k1_K_n);
    const x2_Na_m = Na_m + span * (0.5 * k1_Na_m);
    const x2_V = V + span * (0.5 * k1_V);
    const x2_Na_h = Na_h + span * (0.5 * k1_Na_h);
    const k2_K_n =
      (0.16 / exprel((15 - (x2_V - V_T)) / 5)) * (1 - x2_K_n) - 0.5 * exp((10 - (x2_V - V_T)) / 40) * x2_K_n;
    const k2_Na_m =
      (1.28 / exprel((13 - (x2_V - V_T)) / 4)) * (1 - x2_Na_m) - (1.4 / exprel((x2_V - V_T - 40) / 5)) * x2_Na_m;
    const k2_V =
      (g_L * (E_L - x2_V) +
        (I_e +
          K_g_max * (x2_K_n * x2_K_n * (x2_K_n * x2_K_n)) * (K_E - x2_V) +
          Na_g_max * (x2_Na_m * x2_Na_m * x2_Na_m) * x2_Na_h * (Na_E - x2_V))) *
      c_2;
    const k2_Na_h =
      0.128 * exp((17 - (x2_V - V_T)) / 18) * (1 - x2_Na_h) - (4 / (1 + exp((40 - (x2_V - V_T)) / 5))) * x2_Na_h;
    const x3_K_n = K_n + span * (0.5 * k2_K_n);
    const x3_Na_m = Na_m + span * (0.5 * k2_Na_m);
    const x3_V = V + span * (0.5 * k2_V);
    const x3_Na_h = Na_h + span * (0.5 * k2_Na_h);
    const k3_K_n =
      (0.16 / exprel((15 - (x3_V - V_T)) / 5)) * (1 - x3_K_n) - 0.5 * exp((10 - (x3_V - V_T)) / 40) * x3_K_n;
    const k3_Na_m =
      (1.28 / exprel((13 - (x3_V - V_T)) / 4)) * (1 - x3_Na_m) - (1.4 / exprel((x3_V - V_T - 40) / 5)) * x3_Na_m;
    const k3_V =
      (g_L * (E_L - x3_V) +
        (I_e +
          K_g_max * (x3_K_n * x3_K_n * (x3_K_n * x3_K_n)) * (K_E - x3_V) +
          Na_g_max * (x3_Na_m * x3_Na_m * x3_Na_m) * x3_Na_h * (Na_E - x3_V))) *
      c_2;
    const k3_Na_h =
      0.128 * exp((17 - (x3_V - V_T)) / 18) * (1 - x3_Na_h) - (4 / (1 + exp((40 - (x3_V - V_T)) / 5))) * x3_Na_h;
    const x4_K_n = K_n + span * k3_K_n;
    const x4_Na_m = Na_m + span * k3_Na_m;
    const x4_V = V + span * k3_V;
    const x4_Na_h = Na_h + span * k3_Na_h;
    const k4_K_n =
      (0.16 / exprel((15 - (x4_V - V_T)) / 5)) * (1 - x4_K_n) - 0.5 * exp((10 - (x4_V - V_T)) / 40) * x4_K_n;
    const k4_Na_m =
      (1.28 / exprel((13 - (x4_V - V_T)) / 4)) * (1 - x4_Na_m) - (1.4 / exprel((x4_V - V_T - 40) / 5)) * x4_Na_m;
    const k4_V =
      (g_L * (E_L - x4_V) +
        (I_e +
          K_g_max * (x4_K_n * x4_K_n * (x4_K_n * x4_K_n)) * (K_E - x4_V) +
          Na_g_max * (x4_Na_m * x4_Na_m * x4_Na_m) * x4_Na_h * (Na_E - x4_V))) *
      c_2;
    const k4_Na_h =
      0.128 * exp((17 - (x4_V - V_T)) / 18) * (1 - x4_Na_h) - (4 / (1 + exp((40 - (x4_V - V_T)) / 5))) * x4_Na_h;
    // traub_miles.glif:41  n' = α_n(V - V_T)*(1 - n) - β_n(V - V_T)*n  [Runge-Kutta 4]
    const K_n_next = K_n + (span / 6) * (k1_K_n + 2 * k2_K_n + 2 * k3_K_n + k4_K_n);
    // traub_miles.glif:25  m' = α_m(V - V_T)*(1 - m) - β_m(V - V_T)*m  [Runge-Kutta 4]
    const Na_m_next = Na_m + (span / 6) * (k1_Na_m + 2 * k2_Na_m + 2 * k3_Na_m + k4_Na_m);
    // traub_miles.glif:60  V' = (g_L*(E_L - V) + I_e)/C  [Runge-Kutta 4]
    const V_next = V + (span / 6) * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
    // traub_miles.glif:26  h' = α_h(V - V_T)*(1 - h) - β_h(V - V_T)*h  [Runge-Kutta 4]
    const Na_h_next = Na_h + (span / 6) * (k1_Na_h + 2 * k2_Na_h + 2 * k3_Na_h + k4_Na_h);
    state[3] = K_n_next;
    state[1] = Na_m_next;
    state[0] = V_next;
    state[2] = Na_h_next;
  }

  function flowHeld(t: number, span: number, state: Float64Array): void {
    const V_T = coefficient[0];
    const g_L = coefficient[1];
    const E_L = coefficient[2];
    const K_g_max = coefficient[3];
    const K_E = coefficient[4];
    const Na_g_max = coefficient[5];
    const Na_E = coefficient[6];
    const c_2 = coefficient[7];
    const I_e = I_e_at[0];
    const i = current;
    const V = state[0];
    const K_n = state[3];
    const k1_K_n = (0.16 / exprel((15 - (V - V_T)) / 5)) * (1 - K_n) - 0.5 * exp((10 - (V - V_T)) / 40) * K_n;
    const Na_m = state[1];
    const k1_Na_m = (1.28 / exprel((13 - (V - V_T)) / 4)) * (1 - Na_m) - (1.4 / exprel((V - V_T - 40) / 5)) * Na_m;
    const Na_h = state[2];
    const k1_V =
      (g_L * (E_L - V) +
        (I_e + K_g_max * (K_n * K_n * (K_n * K_n)) * (K_E - V) + Na_g_max * (Na_m * Na_m * Na_m) * Na_h * (Na_E - V))) *
      c_2;
    const k1_Na_h = 0.128 * exp((17 - (V - V_T)) / 18) * (1 - Na_h) - (4 / (1 + exp((40 - (V - V_T)) / 5))) * Na_h;
    const x2_K_n = K_n + span * (0.5 * k1_K_n);
    const x2_Na_m = Na_m + span * (0.5 * k1_Na_m);
    const x2_V = V + span * (0.5 * k1_V);
    const x2_Na_h = Na_h + span * (0.5 * k1_Na_h);
    const k2_K_n =
      (0.16 / exprel((15 - (x2_V - V_T)) / 5)) * (1 - x2_K_n) - 0.5 * exp((10 - (x2_V - V_T)) / 40) * x2_K_n;
    const k2_Na_m =
      (1.28 / exprel((13 - (x2_V - V_T)) / 4)) * (1 - x2_Na_m) - (1.4 / exprel((x2_V - V_T - 40) / 5)) * x2_Na_m;
    const k2_V =
      (g_L * (E_L - x2_V) +
        (I_e +
          K_g_max * (x2_K_n * x2_K_n * (x2_K_n * x2_K_n)) * (K_E - x2_V) +
          Na_g_max * (x2_Na_m * x2_Na_m * x2_Na_m) * x2_Na_h * (Na_E - x2_V))) *
      c_2;
    const k2_Na_h =
      0.128 * exp((17 - (x2_V - V_T)) / 18) * (1 - x2_Na_h) - (4 / (1 + exp((40 - (x2_V - V_T)) / 5))) * x2_Na_h;
    const x3_K_n = K_n + span * (0.5 * k2_K_n);
    const x3_Na_m = Na_m + span * (0.5 * k2_Na_m);
    const x3_V = V + span * (0.5 * k2_V);
    const x3_Na_h = Na_h + span * (0.5 * k2_Na_h);
    const k3_K_n =
      (0.16 / exprel((15 - (x3_V - V_T)) / 5)) * (1 - x3_K_n) - 0.5 * exp((10 - (x3_V - V_T)) / 40) * x3_K_n;
    const k3_Na_m =
      (1.28 / exprel((13 - (x3_V - V_T)) / 4)) * (1 - x3_Na_m) - (1.4 / exprel((x3_V - V_T - 40) / 5)) * x3_Na_m;
    const k3_V =
      (g_L * (E_L - x3_V) +
        (I_e +
          K_g_max * (x3_K_n * x3_K_n * (x3_K_n * x3_K_n)) * (K_E - x3_V) +
          Na_g_max * (x3_Na_m * x3_Na_m * x3_Na_m) * x3_Na_h * (Na_E - x3_V))) *
      c_2;
    const k3_Na_h =
      0.128 * exp((17 - (x3_V - V_T)) / 18) * (1 - x3_Na_h) - (4 / (1 + exp((40 - (x3_V - V_T)) / 5))) * x3_Na_h;
    const x4_K_n = K_n + span * k3_K_n;
    const x4_Na_m = Na_m + span * k3_Na_m;
    const x4_V = V + span * k3_V;
    const x4_Na_h = Na_h + span * k3_Na_h;
    const k4_K_n =
      (0.16 / exprel((15 - (x4_V - V_T)) / 5)) * (1 - x4_K_n) - 0.5 * exp((10 - (x4_V - V_T)) / 40) * x4_K_n;
    const k4_Na_m =
      (1.28 / exprel((13 - (x4_V - V_T)) / 4)) * (1 - x4_Na_m) - (1.4 / exprel((x4_V - V_T - 40) / 5)) * x4_Na_m;
    const k4_V =
      (g_L * (E_L - x4_V) +
        (I_e +
          K_g_max * (x4_K_n * x4_K_n * (x4_K_n * x4_K_n)) * (K_E - x4_V) +
          Na_g_max * (x4_Na_m * x4_Na_m * x4_Na_m) * x4_Na_h * (Na_E - x4_V))) *
      c_2;
    const k4_Na_h =
      0.128 * exp((17 - (x4_V - V_T)) / 18) * (1 - x4_Na_h) - (4 / (1 + exp((40 - (x4_V - V_T)) / 5))) * x4_Na_h;
    // traub_miles.glif:41  n' = α_n(V - V_T)*(1 - n) - β_n(V - V_T)*n  [Runge-Kutta 4]
    const K_n_next = K_n + (span / 6) * (k1_K_n + 2 * k2_K_n + 2 * k3_K_n + k4_K_n);
    // traub_miles.glif:25  m' = α_m(V - V_T)*(1 - m) - β_m(V - V_T)*m  [Runge-Kutta 4]
    const Na_m_next = Na_m + (span / 6) * (k1_Na_m + 2 * k2_Na_m + 2 * k3_Na_m + k4_Na_m);
    // traub_miles.glif:60  V' = (g_L*(E_L - V) + I_e)/C  [Runge-Kutta 4]
    const V_next = V + (span / 6) * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
    // traub_miles.glif:26  h' = α_h(V - V_T)*(1 - h) - β_h(V - V_T)*h  [Runge-Kutta 4]
    const Na_h_next = Na_h + (span / 6) * (k1_Na_h + 2 * k2_Na_h + 2 * k3_Na_h + k4_Na_h);
    state[3] = K_n_next;
    state[1] = Na_m_next;
    state[0] = V_next;
    state[2] = Na_h_next;
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
    // spike when V > -20 mV
    const i = current;
    const V = state[0];
    return V > -20;
  }

  function margin_spike(t: number, state: Float64Array): number {
    // spike when V > -20 mV
    const i = current;
    const V = state[0];
    return V - -20;
  }

  function apply_spike(t: number, state: Float64Array): void {
    // spike when V > -20 mV
    const i = current;
  }

  function read_I_e(i: number): number {
    const K_g_max = coefficient[3];
    const K_E = coefficient[4];
    const Na_g_max = coefficient[5];
    const Na_E = coefficient[6];
    const I_e = I_e_at[0];
    const K_n = K_n_at[i];
    const x = K_n * K_n;
    const V = V_at[i];
    const Na_m = Na_m_at[i];
    const Na_h = Na_h_at[i];
    return I_e + K_g_max * (x * x) * (K_E - V) + Na_g_max * (Na_m * Na_m * Na_m) * Na_h * (Na_E - V);
  }

  return {
    kind: "precise",
    name: "TraubMiles",
    model: "TraubMiles",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "Na.m", unit: "1", values: Na_m_at },
      { name: "Na.h", unit: "1", values: Na_h_at },
      { name: "K.n", unit: "1", values: K_n_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "Na.m",
        unit: "1",
        kind: "state",
        read: (i: number) => Na_m_at[i],
      },
      {
        name: "Na.h",
        unit: "1",
        kind: "state",
        read: (i: number) => Na_h_at[i],
      },
      {
        name: "K.n",
        unit: "1",
        kind: "state",
        read: (i: number) => K_n_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: {},
    arrays: {
      V: V_at,
      "Na.m": Na_m_at,
      "Na.h": Na_h_at,
      "K.n": K_n_at,
      "#in:I_e": I_e_at,
    },
    held: [],
    parameters: {
      C,
      g_L,
      E_L,
      V_T,
      "Na.g_max": Na_g_max,
      "Na.E": Na_E,
      "K.g_max": K_g_max,
      "K.E": K_E,
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
      text: "spike when V > -20 mV",
      holds: holds_spike,
      margin: margin_spike,
      initial: (i: number) => V_at[i] > -20,
      apply: apply_spike,
      crossing: true,
    },
    events: [],
  };
}
