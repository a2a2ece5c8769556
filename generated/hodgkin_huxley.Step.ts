/*
 * Step: an experiment of HodgkinHuxley.
 * Repetitive firing under a constant current.
 *
 * Written by glif from hodgkin_huxley.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population HodgkinHuxley:
 *   asked for by name: method rk4.
 */

import { allocate, exp, exprel, populationSize, settingsOf, simulate, stepsIn } from "glif/runtime";
import type { Quantity, Numbers, Settable, PreciseKernel, Simulation } from "glif/runtime";

/** Parameters of HodgkinHuxley: Squid giant axon, a patch of membrane at 6.3 °C. */
export interface HodgkinHuxleyParameters {
  /** membrane capacitance (pF/µm^2); 1 µF/cm^2 unless given */
  C?: Quantity<"pF/\u00B5m^2">;
  /** conductance with all channels open (nS/µm^2); 120 mS/cm^2 unless given */
  "Na.g_max"?: Quantity<"nS/\u00B5m^2">;
  /** reversal potential (mV); 50 mV unless given */
  "Na.E"?: Quantity<"mV">;
  /** conductance with all channels open (nS/µm^2); 36 mS/cm^2 unless given */
  "K.g_max"?: Quantity<"nS/\u00B5m^2">;
  /** reversal potential (mV); -77 mV unless given */
  "K.E"?: Quantity<"mV">;
  /** conductance (nS/µm^2); 0.3 mS/cm^2 unless given */
  "Leak.g"?: Quantity<"nS/\u00B5m^2">;
  /** reversal potential: such that V rests near -65 mV (mV); -54.3 mV unless given */
  "Leak.E"?: Quantity<"mV">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.01 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    HodgkinHuxley?: HodgkinHuxleyParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    HodgkinHuxley?: number;
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
  duration: 120,
  step: 0.01,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron. */
const settable: Settable = {
  parameters: {
    HodgkinHuxley: {
      C: "pF/µm^2",
      "Na.g_max": "nS/µm^2",
      "Na.E": "mV",
      "K.g_max": "nS/µm^2",
      "K.E": "mV",
      "Leak.g": "nS/µm^2",
      "Leak.E": "mV",
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
  const HodgkinHuxley = population_HodgkinHuxley(
    populationSize("HodgkinHuxley", sizes.HodgkinHuxley ?? 1),
    parameters.HodgkinHuxley ?? {},
    dt,
    seed,
  );
  return simulate({
    name: "Step",
    dt,
    seed,
    populations: [HodgkinHuxley],
    projections: [],
    spikesOf: ["HodgkinHuxley"],
    records: [
      {
        population: "HodgkinHuxley",
        variable: "V",
        first: 0,
        last: HodgkinHuxley.size - 1,
        every: stepsIn(0.1, dt),
      },
      {
        population: "HodgkinHuxley",
        variable: "Na.m",
        first: 0,
        last: HodgkinHuxley.size - 1,
        every: stepsIn(0.1, dt),
      },
      {
        population: "HodgkinHuxley",
        variable: "Na.h",
        first: 0,
        last: HodgkinHuxley.size - 1,
        every: stepsIn(0.1, dt),
      },
      {
        population: "HodgkinHuxley",
        variable: "K.n",
        first: 0,
        last: HodgkinHuxley.size - 1,
        every: stepsIn(0.1, dt),
      },
    ],
  });
}

/** The kernels of population HodgkinHuxley: one neuron of HodgkinHuxley. */
function population_HodgkinHuxley(
  size: number,
  given: Numbers<HodgkinHuxleyParameters>,
  dt: number,
  seed: number,
): PreciseKernel {
  // Parameters.
  const C = given.C ?? 0.01; // membrane capacitance (pF/µm^2)
  const Na_g_max = given["Na.g_max"] ?? 1.2; // conductance with all channels open (nS/µm^2)
  const Na_E = given["Na.E"] ?? 50; // reversal potential (mV)
  const K_g_max = given["K.g_max"] ?? 0.36; // conductance with all channels open (nS/µm^2)
  const K_E = given["K.E"] ?? -77; // reversal potential (mV)
  const Leak_g = given["Leak.g"] ?? 0.003; // conductance (nS/µm^2)
  const Leak_E = given["Leak.E"] ?? -54.3; // reversal potential: such that V rests near -65 mV (mV)

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([K_g_max, K_E, Leak_g, Leak_E, Na_g_max, Na_E, 1 / C]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 4);
  const V_at = memory.arrays[0];
  const Na_m_at = memory.arrays[1];
  const Na_h_at = memory.arrays[2];
  const K_n_at = memory.arrays[3];
  let current = 0;
  const state = new Float64Array(4);
  const I_at = new Float64Array(1); // injected current; the channels contribute to it (pA/µm^2)
  const begins = stepsIn(10, dt); // steps
  const ends = stepsIn(110, dt); // steps
  for (let i = 0; i < size; i++) {
    V_at[i] = -65;
    Na_m_at[i] = 1 / exprel(-(V_at[i] + 40) / 10) / (1 / exprel(-(V_at[i] + 40) / 10) + 4 * exp(-(V_at[i] + 65) / 18));
    Na_h_at[i] =
      (0.07 * exp(-(V_at[i] + 65) / 20)) / (0.07 * exp(-(V_at[i] + 65) / 20) + 1 / (1 + exp(-(V_at[i] + 35) / 10)));
    K_n_at[i] =
      0.1 / exprel(-(V_at[i] + 55) / 10) / (0.1 / exprel(-(V_at[i] + 55) / 10) + 0.125 * exp(-(V_at[i] + 65) / 80));
  }

  function drive(tick: number): void {
    const I_1 = tick >= begins && tick < ends ? 0.1 : 0;
    I_at[0] = I_1;
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
    const K_g_max = coefficient[0];
    const K_E = coefficient[1];
    const Leak_g = coefficient[2];
    const Leak_E = coefficient[3];
    const Na_g_max = coefficient[4];
    const Na_E = coefficient[5];
    const c_2 = coefficient[6];
    const I = I_at[0];
    const i = current;
    const V = state[0];
    const Na_m = state[1];
    const k1_Na_m = (1 / exprel(-(V + 40) / 10)) * (1 - Na_m) - 4 * exp(-(V + 65) / 18) * Na_m;
    const Na_h = state[2];
    const k1_Na_h = 0.07 * exp(-(V + 65) / 20) * (1 - Na_h) - (1 / (1 + exp(-(V + 35) / 10))) * Na_h;
    const K_n = state[3];
    const k1_V =
      (I +
        K_g_max * (K_n * K_n * (K_n * K_n)) * (K_E - V) +
        Leak_g * (Leak_E - V) +
        Na_g_max * (Na_m * Na_m * Na_m) * Na_h * (Na_E - V)) *
      c_2;
    const k1_K_n = (0.1 / exprel(-(V + 55) / 10)) * (1 - K_n) - 0.125 * exp(-(V + 65) / 80) * K_n;
    const x2_Na_m = Na_m + span * (0.5 * k1_Na_m);
    const x2_Na_h = Na_h + span * (0.5 * k1_Na_h);
    const x2_V = V + span * (0.5 * k1_V);
    const x2_K_n = K_n + span * (0.5 * k1_K_n);
    const k2_Na_m = (1 / exprel(-(x2_V + 40) / 10)) * (1 - x2_Na_m) - 4 * exp(-(x2_V + 65) / 18) * x2_Na_m;
    const k2_Na_h = 0.07 * exp(-(x2_V + 65) / 20) * (1 - x2_Na_h) - (1 / (1 + exp(-(x2_V + 35) / 10))) * x2_Na_h;
    const k2_V =
      (I +
        K_g_max * (x2_K_n * x2_K_n * (x2_K_n * x2_K_n)) * (K_E - x2_V) +
        Leak_g * (Leak_E - x2_V) +
        Na_g_max * (x2_Na_m * x2_Na_m * x2_Na_m) * x2_Na_h * (Na_E - x2_V)) *
      c_2;
    const k2_K_n = (0.1 / exprel(-(x2_V + 55) / 10)) * (1 - x2_K_n) - 0.125 * exp(-(x2_V + 65) / 80) * x2_K_n;
    const x3_Na_m = Na_m + span * (0.5 * k2_Na_m);
    const x3_Na_h = Na_h + span * (0.5 * k2_Na_h);
    const x3_V = V + span * (0.5 * k2_V);
    const x3_K_n = K_n + span * (0.5 * k2_K_n);
    const k3_Na_m = (1 / exprel(-(x3_V + 40) / 10)) * (1 - x3_Na_m) - 4 * exp(-(x3_V + 65) / 18) * x3_Na_m;
    const k3_Na_h = 0.07 * exp(-(x3_V + 65) / 20) * (1 - x3_Na_h) - (1 / (1 + exp(-(x3_V + 35) / 10))) * x3_Na_h;
    const k3_V =
      (I +
        K_g_max * (x3_K_n * x3_K_n * (x3_K_n * x3_K_n)) * (K_E - x3_V) +
        Leak_g * (Leak_E - x3_V) +
        Na_g_max * (x3_Na_m * x3_Na_m * x3_Na_m) * x3_Na_h * (Na_E - x3_V)) *
      c_2;
    const k3_K_n = (0.1 / exprel(-(x3_V + 55) / 10)) * (1 - x3_K_n) - 0.125 * exp(-(x3_V + 65) / 80) * x3_K_n;
    const x4_Na_m = Na_m + span * k3_Na_m;
    const x4_Na_h = Na_h + span * k3_Na_h;
    const x4_V = V + span * k3_V;
    const x4_K_n = K_n + span * k3_K_n;
    const k4_Na_m = (1 / exprel(-(x4_V + 40) / 10)) * (1 - x4_Na_m) - 4 * exp(-(x4_V + 65) / 18) * x4_Na_m;
    const k4_Na_h = 0.07 * exp(-(x4_V + 65) / 20) * (1 - x4_Na_h) - (1 / (1 + exp(-(x4_V + 35) / 10))) * x4_Na_h;
    const k4_V =
      (I +
        K_g_max * (x4_K_n * x4_K_n * (x4_K_n * x4_K_n)) * (K_E - x4_V) +
        Leak_g * (Leak_E - x4_V) +
        Na_g_max * (x4_Na_m * x4_Na_m * x4_Na_m) * x4_Na_h * (Na_E - x4_V)) *
      c_2;
    const k4_K_n = (0.1 / exprel(-(x4_V + 55) / 10)) * (1 - x4_K_n) - 0.125 * exp(-(x4_V + 65) / 80) * x4_K_n;
    // hodgkin_huxley.glif:27  m' = α_m(V)*(1 - m) - β_m(V)*m  [Runge-Kutta 4]
    const Na_m_next = Na_m + (span / 6) * (k1_Na_m + 2 * k2_Na_m + 2 * k3_Na_m + k4_Na_m);
    // hodgkin_huxley.glif:28  h' = α_h(V)*(1 - h) - β_h(V)*h  [Runge-Kutta 4]
    const Na_h_next = Na_h + (span / 6) * (k1_Na_h + 2 * k2_Na_h + 2 * k3_Na_h + k4_Na_h);
    // hodgkin_huxley.glif:68  V' = I/C  [Runge-Kutta 4]
    const V_next = V + (span / 6) * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
    // hodgkin_huxley.glif:43  n' = α_n(V)*(1 - n) - β_n(V)*n  [Runge-Kutta 4]
    const K_n_next = K_n + (span / 6) * (k1_K_n + 2 * k2_K_n + 2 * k3_K_n + k4_K_n);
    state[1] = Na_m_next;
    state[2] = Na_h_next;
    state[0] = V_next;
    state[3] = K_n_next;
  }

  function flowHeld(t: number, span: number, state: Float64Array): void {
    const K_g_max = coefficient[0];
    const K_E = coefficient[1];
    const Leak_g = coefficient[2];
    const Leak_E = coefficient[3];
    const Na_g_max = coefficient[4];
    const Na_E = coefficient[5];
    const c_2 = coefficient[6];
    const I = I_at[0];
    const i = current;
    const V = state[0];
    const Na_m = state[1];
    const k1_Na_m = (1 / exprel(-(V + 40) / 10)) * (1 - Na_m) - 4 * exp(-(V + 65) / 18) * Na_m;
    const Na_h = state[2];
    const k1_Na_h = 0.07 * exp(-(V + 65) / 20) * (1 - Na_h) - (1 / (1 + exp(-(V + 35) / 10))) * Na_h;
    const K_n = state[3];
    const k1_V =
      (I +
        K_g_max * (K_n * K_n * (K_n * K_n)) * (K_E - V) +
        Leak_g * (Leak_E - V) +
        Na_g_max * (Na_m * Na_m * Na_m) * Na_h * (Na_E - V)) *
      c_2;
    const k1_K_n = (0.1 / exprel(-(V + 55) / 10)) * (1 - K_n) - 0.125 * exp(-(V + 65) / 80) * K_n;
    const x2_Na_m = Na_m + span * (0.5 * k1_Na_m);
    const x2_Na_h = Na_h + span * (0.5 * k1_Na_h);
    const x2_V = V + span * (0.5 * k1_V);
    const x2_K_n = K_n + span * (0.5 * k1_K_n);
    const k2_Na_m = (1 / exprel(-(x2_V + 40) / 10)) * (1 - x2_Na_m) - 4 * exp(-(x2_V + 65) / 18) * x2_Na_m;
    const k2_Na_h = 0.07 * exp(-(x2_V + 65) / 20) * (1 - x2_Na_h) - (1 / (1 + exp(-(x2_V + 35) / 10))) * x2_Na_h;
    const k2_V =
      (I +
        K_g_max * (x2_K_n * x2_K_n * (x2_K_n * x2_K_n)) * (K_E - x2_V) +
        Leak_g * (Leak_E - x2_V) +
        Na_g_max * (x2_Na_m * x2_Na_m * x2_Na_m) * x2_Na_h * (Na_E - x2_V)) *
      c_2;
    const k2_K_n = (0.1 / exprel(-(x2_V + 55) / 10)) * (1 - x2_K_n) - 0.125 * exp(-(x2_V + 65) / 80) * x2_K_n;
    const x3_Na_m = Na_m + span * (0.5 * k2_Na_m);
    const x3_Na_h = Na_h + span * (0.5 * k2_Na_h);
    const x3_V = V + span * (0.5 * k2_V);
    const x3_K_n = K_n + span * (0.5 * k2_K_n);
    const k3_Na_m = (1 / exprel(-(x3_V + 40) / 10)) * (1 - x3_Na_m) - 4 * exp(-(x3_V + 65) / 18) * x3_Na_m;
    const k3_Na_h = 0.07 * exp(-(x3_V + 65) / 20) * (1 - x3_Na_h) - (1 / (1 + exp(-(x3_V + 35) / 10))) * x3_Na_h;
    const k3_V =
      (I +
        K_g_max * (x3_K_n * x3_K_n * (x3_K_n * x3_K_n)) * (K_E - x3_V) +
        Leak_g * (Leak_E - x3_V) +
        Na_g_max * (x3_Na_m * x3_Na_m * x3_Na_m) * x3_Na_h * (Na_E - x3_V)) *
      c_2;
    const k3_K_n = (0.1 / exprel(-(x3_V + 55) / 10)) * (1 - x3_K_n) - 0.125 * exp(-(x3_V + 65) / 80) * x3_K_n;
    const x4_Na_m = Na_m + span * k3_Na_m;
    const x4_Na_h = Na_h + span * k3_Na_h;
    const x4_V = V + span * k3_V;
    const x4_K_n = K_n + span * k3_K_n;
    const k4_Na_m = (1 / exprel(-(x4_V + 40) / 10)) * (1 - x4_Na_m) - 4 * exp(-(x4_V + 65) / 18) * x4_Na_m;
    const k4_Na_h = 0.07 * exp(-(x4_V + 65) / 20) * (1 - x4_Na_h) - (1 / (1 + exp(-(x4_V + 35) / 10))) * x4_Na_h;
    const k4_V =
      (I +
        K_g_max * (x4_K_n * x4_K_n * (x4_K_n * x4_K_n)) * (K_E - x4_V) +
        Leak_g * (Leak_E - x4_V) +
        Na_g_max * (x4_Na_m * x4_Na_m * x4_Na_m) * x4_Na_h * (Na_E - x4_V)) *
      c_2;
    const k4_K_n = (0.1 / exprel(-(x4_V + 55) / 10)) * (1 - x4_K_n) - 0.125 * exp(-(x4_V + 65) / 80) * x4_K_n;
    // hodgkin_huxley.glif:27  m' = α_m(V)*(1 - m) - β_m(V)*m  [Runge-Kutta 4]
    const Na_m_next = Na_m + (span / 6) * (k1_Na_m + 2 * k2_Na_m + 2 * k3_Na_m + k4_Na_m);
    // hodgkin_huxley.glif:28  h' = α_h(V)*(1 - h) - β_h(V)*h  [Runge-Kutta 4]
    const Na_h_next = Na_h + (span / 6) * (k1_Na_h + 2 * k2_Na_h + 2 * k3_Na_h + k4_Na_h);
    // hodgkin_huxley.glif:68  V' = I/C  [Runge-Kutta 4]
    const V_next = V + (span / 6) * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
    // hodgkin_huxley.glif:43  n' = α_n(V)*(1 - n) - β_n(V)*n  [Runge-Kutta 4]
    const K_n_next = K_n + (span / 6) * (k1_K_n + 2 * k2_K_n + 2 * k3_K_n + k4_K_n);
    state[1] = Na_m_next;
    state[2] = Na_h_next;
    state[0] = V_next;
    state[3] = K_n_next;
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
    // spike when V > 0 mV
    const i = current;
    const V = state[0];
    return V > 0;
  }

  function margin_spike(t: number, state: Float64Array): number {
    // spike when V > 0 mV
    const i = current;
    const V = state[0];
    return V - 0;
  }

  function apply_spike(t: number, state: Float64Array): void {
    // spike when V > 0 mV
    const i = current;
  }

  function read_I(i: number): number {
    const K_g_max = coefficient[0];
    const K_E = coefficient[1];
    const Leak_g = coefficient[2];
    const Leak_E = coefficient[3];
    const Na_g_max = coefficient[4];
    const Na_E = coefficient[5];
    const I = I_at[0];
    const K_n = K_n_at[i];
    const x = K_n * K_n;
    const V = V_at[i];
    const Na_m = Na_m_at[i];
    const Na_h = Na_h_at[i];
    return (
      (I +
        K_g_max * (x * x) * (K_E - V) +
        Leak_g * (Leak_E - V) +
        Na_g_max * (Na_m * Na_m * Na_m) * Na_h * (Na_E - V)) *
      100
    );
  }

  return {
    kind: "precise",
    name: "HodgkinHuxley",
    model: "HodgkinHuxley",
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
        name: "I",
        unit: "µA/cm^2",
        kind: "input",
        read: read_I,
      },
    ],
    inputs: {},
    arrays: {
      V: V_at,
      "Na.m": Na_m_at,
      "Na.h": Na_h_at,
      "K.n": K_n_at,
      "#in:I": I_at,
    },
    held: [],
    parameters: {
      C,
      "Na.g_max": Na_g_max,
      "Na.E": Na_E,
      "K.g_max": K_g_max,
      "K.E": K_E,
      "Leak.g": Leak_g,
      "Leak.E": Leak_E,
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
      text: "spike when V > 0 mV",
      holds: holds_spike,
      margin: margin_spike,
      initial: (i: number) => V_at[i] > 0,
      apply: apply_spike,
      crossing: true,
    },
    events: [],
  };
}
