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

import {
  EXPONENTIAL,
  EXPREL_NEAR_0,
  ROOT_OF_TWO,
  ROOT_OF_TWO_LOW,
  allocate,
  exp,
  exprel,
  populationSize,
  samplingSteps,
  settingsOf,
  simulate,
  stepsIn,
} from "glif/runtime";
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

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
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
  elsewhere: {
    "TraubMiles.V": "state",
    "TraubMiles.Na.m": "state",
    "TraubMiles.Na.h": "state",
    "TraubMiles.K.n": "state",
    "TraubMiles.I_e": "stimulus",
  },
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
        every: samplingSteps(0.1, dt),
      },
      {
        population: "TraubMiles",
        variable: "Na.m",
        first: 0,
        last: TraubMiles.size - 1,
        every: samplingSteps(0.1, dt),
      },
      {
        population: "TraubMiles",
        variable: "Na.h",
        first: 0,
        last: TraubMiles.size - 1,
        every: samplingSteps(0.1, dt),
      },
      {
        population: "TraubMiles",
        variable: "K.n",
        first: 0,
        last: TraubMiles.size - 1,
        every: samplingSteps(0.1, dt),
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
  const coefficient = new Float64Array([g_L, E_L, K_g_max, K_E, Na_g_max, Na_E, 1 / C, V_T]);

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
    const exp_per_root = EXPONENTIAL[0];
    const exp_rounder = EXPONENTIAL[1];
    const exp_root_head = EXPONENTIAL[2];
    const exp_root_tail = EXPONENTIAL[3];
    const exp_series_1 = EXPONENTIAL[4];
    const exp_series_2 = EXPONENTIAL[5];
    const exp_series_3 = EXPONENTIAL[6];
    const exp_series_4 = EXPONENTIAL[7];
    const exp_far = EXPONENTIAL[8];
    const near_0 = EXPREL_NEAR_0[0];
    const near_1 = EXPREL_NEAR_0[1];
    const near_2 = EXPREL_NEAR_0[2];
    const near_3 = EXPREL_NEAR_0[3];
    const near_4 = EXPREL_NEAR_0[4];
    const near_5 = EXPREL_NEAR_0[5];
    const near_6 = EXPREL_NEAR_0[6];
    const near_7 = EXPREL_NEAR_0[7];
    const g_L = coefficient[0];
    const E_L = coefficient[1];
    const K_g_max = coefficient[2];
    const K_E = coefficient[3];
    const Na_g_max = coefficient[4];
    const Na_E = coefficient[5];
    const c_2 = coefficient[6];
    const V_T = coefficient[7];
    const I_e = I_e_at[0];
    const i = current;
    const V = state[0];
    const K_n = state[3];
    const x = K_n * K_n;
    const Na_m = state[1];
    const Na_h = state[2];
    const k1_V =
      (g_L * (E_L - V) + (I_e + K_g_max * (x * x) * (K_E - V) + Na_g_max * (Na_m * Na_m * Na_m) * Na_h * (Na_E - V))) *
      c_2;
    const x_2 = V - V_T;
    // exp(u) as 2^(k/32) e^r with r = u - k ln 2 / 32
    const u = (17 - x_2) / 18;
    const u_square = u * u;
    const u_k = u * exp_per_root + exp_rounder - exp_rounder;
    const u_head = u - u_k * exp_root_head;
    const u_tail = u_k * exp_root_tail;
    const u_r = u_head - u_tail;
    const u_z = u_r * u_r;
    const u_rest =
      u_head -
      (u_tail - u_z * (0.5 + exp_series_1 * u_r + (exp_series_2 + exp_series_3 * u_r + exp_series_4 * u_z) * u_z));
    const u_high = ROOT_OF_TWO[u_k & 16383];
    const u_low = ROOT_OF_TWO_LOW[u_k & 16383];
    const x_3 = u_square > exp_far ? exp(u) : u_high + (u_low + u_high * u_rest);
    // exp(u_2) as 2^(k/32) e^r with r = u_2 - k ln 2 / 32
    const u_2 = (40 - x_2) / 5;
    const u_2_square = u_2 * u_2;
    const u_2_k = u_2 * exp_per_root + exp_rounder - exp_rounder;
    const u_2_head = u_2 - u_2_k * exp_root_head;
    const u_2_tail = u_2_k * exp_root_tail;
    const u_2_r = u_2_head - u_2_tail;
    const u_2_z = u_2_r * u_2_r;
    const u_2_rest =
      u_2_head -
      (u_2_tail -
        u_2_z * (0.5 + exp_series_1 * u_2_r + (exp_series_2 + exp_series_3 * u_2_r + exp_series_4 * u_2_z) * u_2_z));
    const u_2_high = ROOT_OF_TWO[u_2_k & 16383];
    const u_2_low = ROOT_OF_TWO_LOW[u_2_k & 16383];
    const x_4 = u_2_square > exp_far ? exp(u_2) : u_2_high + (u_2_low + u_2_high * u_2_rest);
    const k1_Na_h = 0.128 * x_3 * (1 - Na_h) - (4 / (1 + x_4)) * Na_h;
    // exprel(u_3): near 0 by its series, else from 2^(k/32) e^r with r = u_3 - k ln 2 / 32
    const u_3 = (15 - x_2) / 5;
    const u_3_square = u_3 * u_3;
    const u_3_fourth = u_3_square * u_3_square;
    const u_3_near_low = near_0 - near_1 * u_3_square + (near_2 - near_3 * u_3_square) * u_3_fourth;
    const u_3_near_high = near_4 - near_5 * u_3_square + (near_6 - near_7 * u_3_square) * u_3_fourth;
    const u_3_k = u_3 * exp_per_root + exp_rounder - exp_rounder;
    const u_3_head = u_3 - u_3_k * exp_root_head;
    const u_3_tail = u_3_k * exp_root_tail;
    const u_3_r = u_3_head - u_3_tail;
    const u_3_z = u_3_r * u_3_r;
    const u_3_rest =
      u_3_head -
      (u_3_tail -
        u_3_z * (0.5 + exp_series_1 * u_3_r + (exp_series_2 + exp_series_3 * u_3_r + exp_series_4 * u_3_z) * u_3_z));
    const u_3_high = ROOT_OF_TWO[u_3_k & 16383];
    const u_3_low = ROOT_OF_TWO_LOW[u_3_k & 16383];
    const u_3_below = 1 - u_3_high;
    const x_5 =
      u_3_square < 1.5
        ? 1 / (1 + (u_3_square * (u_3_near_low + u_3_near_high * (u_3_fourth * u_3_fourth)) - 0.5 * u_3))
        : u_3_square > exp_far
          ? exprel(u_3)
          : (u_3_rest - u_3_below - (u_3_below * u_3_rest - u_3_low)) / u_3;
    // exp(u_4) as 2^(k/32) e^r with r = u_4 - k ln 2 / 32
    const u_4 = (10 - x_2) / 40;
    const u_4_square = u_4 * u_4;
    const u_4_k = u_4 * exp_per_root + exp_rounder - exp_rounder;
    const u_4_head = u_4 - u_4_k * exp_root_head;
    const u_4_tail = u_4_k * exp_root_tail;
    const u_4_r = u_4_head - u_4_tail;
    const u_4_z = u_4_r * u_4_r;
    const u_4_rest =
      u_4_head -
      (u_4_tail -
        u_4_z * (0.5 + exp_series_1 * u_4_r + (exp_series_2 + exp_series_3 * u_4_r + exp_series_4 * u_4_z) * u_4_z));
    const u_4_high = ROOT_OF_TWO[u_4_k & 16383];
    const u_4_low = ROOT_OF_TWO_LOW[u_4_k & 16383];
    const x_6 = u_4_square > exp_far ? exp(u_4) : u_4_high + (u_4_low + u_4_high * u_4_rest);
    const k1_K_n = (0.16 / x_5) * (1 - K_n) - 0.5 * x_6 * K_n;
    // exprel(u_5): near 0 by its series, else from 2^(k/32) e^r with r = u_5 - k ln 2 / 32
    const u_5 = (13 - x_2) / 4;
    const u_5_square = u_5 * u_5;
    const u_5_fourth = u_5_square * u_5_square;
    const u_5_near_low = near_0 - near_1 * u_5_square + (near_2 - near_3 * u_5_square) * u_5_fourth;
    const u_5_near_high = near_4 - near_5 * u_5_square + (near_6 - near_7 * u_5_square) * u_5_fourth;
    const u_5_k = u_5 * exp_per_root + exp_rounder - exp_rounder;
    const u_5_head = u_5 - u_5_k * exp_root_head;
    const u_5_tail = u_5_k * exp_root_tail;
    const u_5_r = u_5_head - u_5_tail;
    const u_5_z = u_5_r * u_5_r;
    const u_5_rest =
      u_5_head -
      (u_5_tail -
        u_5_z * (0.5 + exp_series_1 * u_5_r + (exp_series_2 + exp_series_3 * u_5_r + exp_series_4 * u_5_z) * u_5_z));
    const u_5_high = ROOT_OF_TWO[u_5_k & 16383];
    const u_5_low = ROOT_OF_TWO_LOW[u_5_k & 16383];
    const u_5_below = 1 - u_5_high;
    const x_7 =
      u_5_square < 1.5
        ? 1 / (1 + (u_5_square * (u_5_near_low + u_5_near_high * (u_5_fourth * u_5_fourth)) - 0.5 * u_5))
        : u_5_square > exp_far
          ? exprel(u_5)
          : (u_5_rest - u_5_below - (u_5_below * u_5_rest - u_5_low)) / u_5;
    // exprel(u_6): near 0 by its series, else from 2^(k/32) e^r with r = u_6 - k ln 2 / 32
    const u_6 = (x_2 - 40) / 5;
    const u_6_square = u_6 * u_6;
    const u_6_fourth = u_6_square * u_6_square;
    const u_6_near_low = near_0 - near_1 * u_6_square + (near_2 - near_3 * u_6_square) * u_6_fourth;
    const u_6_near_high = near_4 - near_5 * u_6_square + (near_6 - near_7 * u_6_square) * u_6_fourth;
    const u_6_k = u_6 * exp_per_root + exp_rounder - exp_rounder;
    const u_6_head = u_6 - u_6_k * exp_root_head;
    const u_6_tail = u_6_k * exp_root_tail;
    const u_6_r = u_6_head - u_6_tail;
    const u_6_z = u_6_r * u_6_r;
    const u_6_rest =
      u_6_head -
      (u_6_tail -
        u_6_z * (0.5 + exp_series_1 * u_6_r + (exp_series_2 + exp_series_3 * u_6_r + exp_series_4 * u_6_z) * u_6_z));
    const u_6_high = ROOT_OF_TWO[u_6_k & 16383];
    const u_6_low = ROOT_OF_TWO_LOW[u_6_k & 16383];
    const u_6_below = 1 - u_6_high;
    const x_8 =
      u_6_square < 1.5
        ? 1 / (1 + (u_6_square * (u_6_near_low + u_6_near_high * (u_6_fourth * u_6_fourth)) - 0.5 * u_6))
        : u_6_square > exp_far
          ? exprel(u_6)
          : (u_6_rest - u_6_below - (u_6_below * u_6_rest - u_6_low)) / u_6;
    const k1_Na_m = (1.28 / x_7) * (1 - Na_m) - (1.4 / x_8) * Na_m;
    const x2_V = V + span * (0.5 * k1_V);
    const x2_Na_h = Na_h + span * (0.5 * k1_Na_h);
    const x2_K_n = K_n + span * (0.5 * k1_K_n);
    const x2_Na_m = Na_m + span * (0.5 * k1_Na_m);
    const x_9 = x2_K_n * x2_K_n;
    const k2_V =
      (g_L * (E_L - x2_V) +
        (I_e +
          K_g_max * (x_9 * x_9) * (K_E - x2_V) +
          Na_g_max * (x2_Na_m * x2_Na_m * x2_Na_m) * x2_Na_h * (Na_E - x2_V))) *
      c_2;
    const x_10 = x2_V - V_T;
    // exp(u_7) as 2^(k/32) e^r with r = u_7 - k ln 2 / 32
    const u_7 = (17 - x_10) / 18;
    const u_7_square = u_7 * u_7;
    const u_7_k = u_7 * exp_per_root + exp_rounder - exp_rounder;
    const u_7_head = u_7 - u_7_k * exp_root_head;
    const u_7_tail = u_7_k * exp_root_tail;
    const u_7_r = u_7_head - u_7_tail;
    const u_7_z = u_7_r * u_7_r;
    const u_7_rest =
      u_7_head -
      (u_7_tail -
        u_7_z * (0.5 + exp_series_1 * u_7_r + (exp_series_2 + exp_series_3 * u_7_r + exp_series_4 * u_7_z) * u_7_z));
    const u_7_high = ROOT_OF_TWO[u_7_k & 16383];
    const u_7_low = ROOT_OF_TWO_LOW[u_7_k & 16383];
    const x_11 = u_7_square > exp_far ? exp(u_7) : u_7_high + (u_7_low + u_7_high * u_7_rest);
    // exp(u_8) as 2^(k/32) e^r with r = u_8 - k ln 2 / 32
    const u_8 = (40 - x_10) / 5;
    const u_8_square = u_8 * u_8;
    const u_8_k = u_8 * exp_per_root + exp_rounder - exp_rounder;
    const u_8_head = u_8 - u_8_k * exp_root_head;
    const u_8_tail = u_8_k * exp_root_tail;
    const u_8_r = u_8_head - u_8_tail;
    const u_8_z = u_8_r * u_8_r;
    const u_8_rest =
      u_8_head -
      (u_8_tail -
        u_8_z * (0.5 + exp_series_1 * u_8_r + (exp_series_2 + exp_series_3 * u_8_r + exp_series_4 * u_8_z) * u_8_z));
    const u_8_high = ROOT_OF_TWO[u_8_k & 16383];
    const u_8_low = ROOT_OF_TWO_LOW[u_8_k & 16383];
    const x_12 = u_8_square > exp_far ? exp(u_8) : u_8_high + (u_8_low + u_8_high * u_8_rest);
    const k2_Na_h = 0.128 * x_11 * (1 - x2_Na_h) - (4 / (1 + x_12)) * x2_Na_h;
    // exprel(u_9): near 0 by its series, else from 2^(k/32) e^r with r = u_9 - k ln 2 / 32
    const u_9 = (15 - x_10) / 5;
    const u_9_square = u_9 * u_9;
    const u_9_fourth = u_9_square * u_9_square;
    const u_9_near_low = near_0 - near_1 * u_9_square + (near_2 - near_3 * u_9_square) * u_9_fourth;
    const u_9_near_high = near_4 - near_5 * u_9_square + (near_6 - near_7 * u_9_square) * u_9_fourth;
    const u_9_k = u_9 * exp_per_root + exp_rounder - exp_rounder;
    const u_9_head = u_9 - u_9_k * exp_root_head;
    const u_9_tail = u_9_k * exp_root_tail;
    const u_9_r = u_9_head - u_9_tail;
    const u_9_z = u_9_r * u_9_r;
    const u_9_rest =
      u_9_head -
      (u_9_tail -
        u_9_z * (0.5 + exp_series_1 * u_9_r + (exp_series_2 + exp_series_3 * u_9_r + exp_series_4 * u_9_z) * u_9_z));
    const u_9_high = ROOT_OF_TWO[u_9_k & 16383];
    const u_9_low = ROOT_OF_TWO_LOW[u_9_k & 16383];
    const u_9_below = 1 - u_9_high;
    const x_13 =
      u_9_square < 1.5
        ? 1 / (1 + (u_9_square * (u_9_near_low + u_9_near_high * (u_9_fourth * u_9_fourth)) - 0.5 * u_9))
        : u_9_square > exp_far
          ? exprel(u_9)
          : (u_9_rest - u_9_below - (u_9_below * u_9_rest - u_9_low)) / u_9;
    // exp(u_10) as 2^(k/32) e^r with r = u_10 - k ln 2 / 32
    const u_10 = (10 - x_10) / 40;
    const u_10_square = u_10 * u_10;
    const u_10_k = u_10 * exp_per_root + exp_rounder - exp_rounder;
    const u_10_head = u_10 - u_10_k * exp_root_head;
    const u_10_tail = u_10_k * exp_root_tail;
    const u_10_r = u_10_head - u_10_tail;
    const u_10_z = u_10_r * u_10_r;
    const u_10_rest =
      u_10_head -
      (u_10_tail -
        u_10_z *
          (0.5 + exp_series_1 * u_10_r + (exp_series_2 + exp_series_3 * u_10_r + exp_series_4 * u_10_z) * u_10_z));
    const u_10_high = ROOT_OF_TWO[u_10_k & 16383];
    const u_10_low = ROOT_OF_TWO_LOW[u_10_k & 16383];
    const x_14 = u_10_square > exp_far ? exp(u_10) : u_10_high + (u_10_low + u_10_high * u_10_rest);
    const k2_K_n = (0.16 / x_13) * (1 - x2_K_n) - 0.5 * x_14 * x2_K_n;
    // exprel(u_11): near 0 by its series, else from 2^(k/32) e^r with r = u_11 - k ln 2 / 32
    const u_11 = (13 - x_10) / 4;
    const u_11_square = u_11 * u_11;
    const u_11_fourth = u_11_square * u_11_square;
    const u_11_near_low = near_0 - near_1 * u_11_square + (near_2 - near_3 * u_11_square) * u_11_fourth;
    const u_11_near_high = near_4 - near_5 * u_11_square + (near_6 - near_7 * u_11_square) * u_11_fourth;
    const u_11_k = u_11 * exp_per_root + exp_rounder - exp_rounder;
    const u_11_head = u_11 - u_11_k * exp_root_head;
    const u_11_tail = u_11_k * exp_root_tail;
    const u_11_r = u_11_head - u_11_tail;
    const u_11_z = u_11_r * u_11_r;
    const u_11_rest =
      u_11_head -
      (u_11_tail -
        u_11_z *
          (0.5 + exp_series_1 * u_11_r + (exp_series_2 + exp_series_3 * u_11_r + exp_series_4 * u_11_z) * u_11_z));
    const u_11_high = ROOT_OF_TWO[u_11_k & 16383];
    const u_11_low = ROOT_OF_TWO_LOW[u_11_k & 16383];
    const u_11_below = 1 - u_11_high;
    const x_15 =
      u_11_square < 1.5
        ? 1 / (1 + (u_11_square * (u_11_near_low + u_11_near_high * (u_11_fourth * u_11_fourth)) - 0.5 * u_11))
        : u_11_square > exp_far
          ? exprel(u_11)
          : (u_11_rest - u_11_below - (u_11_below * u_11_rest - u_11_low)) / u_11;
    // exprel(u_12): near 0 by its series, else from 2^(k/32) e^r with r = u_12 - k ln 2 / 32
    const u_12 = (x_10 - 40) / 5;
    const u_12_square = u_12 * u_12;
    const u_12_fourth = u_12_square * u_12_square;
    const u_12_near_low = near_0 - near_1 * u_12_square + (near_2 - near_3 * u_12_square) * u_12_fourth;
    const u_12_near_high = near_4 - near_5 * u_12_square + (near_6 - near_7 * u_12_square) * u_12_fourth;
    const u_12_k = u_12 * exp_per_root + exp_rounder - exp_rounder;
    const u_12_head = u_12 - u_12_k * exp_root_head;
    const u_12_tail = u_12_k * exp_root_tail;
    const u_12_r = u_12_head - u_12_tail;
    const u_12_z = u_12_r * u_12_r;
    const u_12_rest =
      u_12_head -
      (u_12_tail -
        u_12_z *
          (0.5 + exp_series_1 * u_12_r + (exp_series_2 + exp_series_3 * u_12_r + exp_series_4 * u_12_z) * u_12_z));
    const u_12_high = ROOT_OF_TWO[u_12_k & 16383];
    const u_12_low = ROOT_OF_TWO_LOW[u_12_k & 16383];
    const u_12_below = 1 - u_12_high;
    const x_16 =
      u_12_square < 1.5
        ? 1 / (1 + (u_12_square * (u_12_near_low + u_12_near_high * (u_12_fourth * u_12_fourth)) - 0.5 * u_12))
        : u_12_square > exp_far
          ? exprel(u_12)
          : (u_12_rest - u_12_below - (u_12_below * u_12_rest - u_12_low)) / u_12;
    const k2_Na_m = (1.28 / x_15) * (1 - x2_Na_m) - (1.4 / x_16) * x2_Na_m;
    const x3_V = V + span * (0.5 * k2_V);
    const x3_Na_h = Na_h + span * (0.5 * k2_Na_h);
    const x3_K_n = K_n + span * (0.5 * k2_K_n);
    const x3_Na_m = Na_m + span * (0.5 * k2_Na_m);
    const x_17 = x3_K_n * x3_K_n;
    const k3_V =
      (g_L * (E_L - x3_V) +
        (I_e +
          K_g_max * (x_17 * x_17) * (K_E - x3_V) +
          Na_g_max * (x3_Na_m * x3_Na_m * x3_Na_m) * x3_Na_h * (Na_E - x3_V))) *
      c_2;
    const x_18 = x3_V - V_T;
    // exp(u_13) as 2^(k/32) e^r with r = u_13 - k ln 2 / 32
    const u_13 = (17 - x_18) / 18;
    const u_13_square = u_13 * u_13;
    const u_13_k = u_13 * exp_per_root + exp_rounder - exp_rounder;
    const u_13_head = u_13 - u_13_k * exp_root_head;
    const u_13_tail = u_13_k * exp_root_tail;
    const u_13_r = u_13_head - u_13_tail;
    const u_13_z = u_13_r * u_13_r;
    const u_13_rest =
      u_13_head -
      (u_13_tail -
        u_13_z *
          (0.5 + exp_series_1 * u_13_r + (exp_series_2 + exp_series_3 * u_13_r + exp_series_4 * u_13_z) * u_13_z));
    const u_13_high = ROOT_OF_TWO[u_13_k & 16383];
    const u_13_low = ROOT_OF_TWO_LOW[u_13_k & 16383];
    const x_19 = u_13_square > exp_far ? exp(u_13) : u_13_high + (u_13_low + u_13_high * u_13_rest);
    // exp(u_14) as 2^(k/32) e^r with r = u_14 - k ln 2 / 32
    const u_14 = (40 - x_18) / 5;
    const u_14_square = u_14 * u_14;
    const u_14_k = u_14 * exp_per_root + exp_rounder - exp_rounder;
    const u_14_head = u_14 - u_14_k * exp_root_head;
    const u_14_tail = u_14_k * exp_root_tail;
    const u_14_r = u_14_head - u_14_tail;
    const u_14_z = u_14_r * u_14_r;
    const u_14_rest =
      u_14_head -
      (u_14_tail -
        u_14_z *
          (0.5 + exp_series_1 * u_14_r + (exp_series_2 + exp_series_3 * u_14_r + exp_series_4 * u_14_z) * u_14_z));
    const u_14_high = ROOT_OF_TWO[u_14_k & 16383];
    const u_14_low = ROOT_OF_TWO_LOW[u_14_k & 16383];
    const x_20 = u_14_square > exp_far ? exp(u_14) : u_14_high + (u_14_low + u_14_high * u_14_rest);
    const k3_Na_h = 0.128 * x_19 * (1 - x3_Na_h) - (4 / (1 + x_20)) * x3_Na_h;
    // exprel(u_15): near 0 by its series, else from 2^(k/32) e^r with r = u_15 - k ln 2 / 32
    const u_15 = (15 - x_18) / 5;
    const u_15_square = u_15 * u_15;
    const u_15_fourth = u_15_square * u_15_square;
    const u_15_near_low = near_0 - near_1 * u_15_square + (near_2 - near_3 * u_15_square) * u_15_fourth;
    const u_15_near_high = near_4 - near_5 * u_15_square + (near_6 - near_7 * u_15_square) * u_15_fourth;
    const u_15_k = u_15 * exp_per_root + exp_rounder - exp_rounder;
    const u_15_head = u_15 - u_15_k * exp_root_head;
    const u_15_tail = u_15_k * exp_root_tail;
    const u_15_r = u_15_head - u_15_tail;
    const u_15_z = u_15_r * u_15_r;
    const u_15_rest =
      u_15_head -
      (u_15_tail -
        u_15_z *
          (0.5 + exp_series_1 * u_15_r + (exp_series_2 + exp_series_3 * u_15_r + exp_series_4 * u_15_z) * u_15_z));
    const u_15_high = ROOT_OF_TWO[u_15_k & 16383];
    const u_15_low = ROOT_OF_TWO_LOW[u_15_k & 16383];
    const u_15_below = 1 - u_15_high;
    const x_21 =
      u_15_square < 1.5
        ? 1 / (1 + (u_15_square * (u_15_near_low + u_15_near_high * (u_15_fourth * u_15_fourth)) - 0.5 * u_15))
        : u_15_square > exp_far
          ? exprel(u_15)
          : (u_15_rest - u_15_below - (u_15_below * u_15_rest - u_15_low)) / u_15;
    // exp(u_16) as 2^(k/32) e^r with r = u_16 - k ln 2 / 32
    const u_16 = (10 - x_18) / 40;
    const u_16_square = u_16 * u_16;
    const u_16_k = u_16 * exp_per_root + exp_rounder - exp_rounder;
    const u_16_head = u_16 - u_16_k * exp_root_head;
    const u_16_tail = u_16_k * exp_root_tail;
    const u_16_r = u_16_head - u_16_tail;
    const u_16_z = u_16_r * u_16_r;
    const u_16_rest =
      u_16_head -
      (u_16_tail -
        u_16_z *
          (0.5 + exp_series_1 * u_16_r + (exp_series_2 + exp_series_3 * u_16_r + exp_series_4 * u_16_z) * u_16_z));
    const u_16_high = ROOT_OF_TWO[u_16_k & 16383];
    const u_16_low = ROOT_OF_TWO_LOW[u_16_k & 16383];
    const x_22 = u_16_square > exp_far ? exp(u_16) : u_16_high + (u_16_low + u_16_high * u_16_rest);
    const k3_K_n = (0.16 / x_21) * (1 - x3_K_n) - 0.5 * x_22 * x3_K_n;
    // exprel(u_17): near 0 by its series, else from 2^(k/32) e^r with r = u_17 - k ln 2 / 32
    const u_17 = (13 - x_18) / 4;
    const u_17_square = u_17 * u_17;
    const u_17_fourth = u_17_square * u_17_square;
    const u_17_near_low = near_0 - near_1 * u_17_square + (near_2 - near_3 * u_17_square) * u_17_fourth;
    const u_17_near_high = near_4 - near_5 * u_17_square + (near_6 - near_7 * u_17_square) * u_17_fourth;
    const u_17_k = u_17 * exp_per_root + exp_rounder - exp_rounder;
    const u_17_head = u_17 - u_17_k * exp_root_head;
    const u_17_tail = u_17_k * exp_root_tail;
    const u_17_r = u_17_head - u_17_tail;
    const u_17_z = u_17_r * u_17_r;
    const u_17_rest =
      u_17_head -
      (u_17_tail -
        u_17_z *
          (0.5 + exp_series_1 * u_17_r + (exp_series_2 + exp_series_3 * u_17_r + exp_series_4 * u_17_z) * u_17_z));
    const u_17_high = ROOT_OF_TWO[u_17_k & 16383];
    const u_17_low = ROOT_OF_TWO_LOW[u_17_k & 16383];
    const u_17_below = 1 - u_17_high;
    const x_23 =
      u_17_square < 1.5
        ? 1 / (1 + (u_17_square * (u_17_near_low + u_17_near_high * (u_17_fourth * u_17_fourth)) - 0.5 * u_17))
        : u_17_square > exp_far
          ? exprel(u_17)
          : (u_17_rest - u_17_below - (u_17_below * u_17_rest - u_17_low)) / u_17;
    // exprel(u_18): near 0 by its series, else from 2^(k/32) e^r with r = u_18 - k ln 2 / 32
    const u_18 = (x_18 - 40) / 5;
    const u_18_square = u_18 * u_18;
    const u_18_fourth = u_18_square * u_18_square;
    const u_18_near_low = near_0 - near_1 * u_18_square + (near_2 - near_3 * u_18_square) * u_18_fourth;
    const u_18_near_high = near_4 - near_5 * u_18_square + (near_6 - near_7 * u_18_square) * u_18_fourth;
    const u_18_k = u_18 * exp_per_root + exp_rounder - exp_rounder;
    const u_18_head = u_18 - u_18_k * exp_root_head;
    const u_18_tail = u_18_k * exp_root_tail;
    const u_18_r = u_18_head - u_18_tail;
    const u_18_z = u_18_r * u_18_r;
    const u_18_rest =
      u_18_head -
      (u_18_tail -
        u_18_z *
          (0.5 + exp_series_1 * u_18_r + (exp_series_2 + exp_series_3 * u_18_r + exp_series_4 * u_18_z) * u_18_z));
    const u_18_high = ROOT_OF_TWO[u_18_k & 16383];
    const u_18_low = ROOT_OF_TWO_LOW[u_18_k & 16383];
    const u_18_below = 1 - u_18_high;
    const x_24 =
      u_18_square < 1.5
        ? 1 / (1 + (u_18_square * (u_18_near_low + u_18_near_high * (u_18_fourth * u_18_fourth)) - 0.5 * u_18))
        : u_18_square > exp_far
          ? exprel(u_18)
          : (u_18_rest - u_18_below - (u_18_below * u_18_rest - u_18_low)) / u_18;
    const k3_Na_m = (1.28 / x_23) * (1 - x3_Na_m) - (1.4 / x_24) * x3_Na_m;
    const x4_V = V + span * k3_V;
    const x4_Na_h = Na_h + span * k3_Na_h;
    const x4_K_n = K_n + span * k3_K_n;
    const x4_Na_m = Na_m + span * k3_Na_m;
    const x_25 = x4_K_n * x4_K_n;
    const k4_V =
      (g_L * (E_L - x4_V) +
        (I_e +
          K_g_max * (x_25 * x_25) * (K_E - x4_V) +
          Na_g_max * (x4_Na_m * x4_Na_m * x4_Na_m) * x4_Na_h * (Na_E - x4_V))) *
      c_2;
    const x_26 = x4_V - V_T;
    // exp(u_19) as 2^(k/32) e^r with r = u_19 - k ln 2 / 32
    const u_19 = (17 - x_26) / 18;
    const u_19_square = u_19 * u_19;
    const u_19_k = u_19 * exp_per_root + exp_rounder - exp_rounder;
    const u_19_head = u_19 - u_19_k * exp_root_head;
    const u_19_tail = u_19_k * exp_root_tail;
    const u_19_r = u_19_head - u_19_tail;
    const u_19_z = u_19_r * u_19_r;
    const u_19_rest =
      u_19_head -
      (u_19_tail -
        u_19_z *
          (0.5 + exp_series_1 * u_19_r + (exp_series_2 + exp_series_3 * u_19_r + exp_series_4 * u_19_z) * u_19_z));
    const u_19_high = ROOT_OF_TWO[u_19_k & 16383];
    const u_19_low = ROOT_OF_TWO_LOW[u_19_k & 16383];
    const x_27 = u_19_square > exp_far ? exp(u_19) : u_19_high + (u_19_low + u_19_high * u_19_rest);
    // exp(u_20) as 2^(k/32) e^r with r = u_20 - k ln 2 / 32
    const u_20 = (40 - x_26) / 5;
    const u_20_square = u_20 * u_20;
    const u_20_k = u_20 * exp_per_root + exp_rounder - exp_rounder;
    const u_20_head = u_20 - u_20_k * exp_root_head;
    const u_20_tail = u_20_k * exp_root_tail;
    const u_20_r = u_20_head - u_20_tail;
    const u_20_z = u_20_r * u_20_r;
    const u_20_rest =
      u_20_head -
      (u_20_tail -
        u_20_z *
          (0.5 + exp_series_1 * u_20_r + (exp_series_2 + exp_series_3 * u_20_r + exp_series_4 * u_20_z) * u_20_z));
    const u_20_high = ROOT_OF_TWO[u_20_k & 16383];
    const u_20_low = ROOT_OF_TWO_LOW[u_20_k & 16383];
    const x_28 = u_20_square > exp_far ? exp(u_20) : u_20_high + (u_20_low + u_20_high * u_20_rest);
    const k4_Na_h = 0.128 * x_27 * (1 - x4_Na_h) - (4 / (1 + x_28)) * x4_Na_h;
    // exprel(u_21): near 0 by its series, else from 2^(k/32) e^r with r = u_21 - k ln 2 / 32
    const u_21 = (15 - x_26) / 5;
    const u_21_square = u_21 * u_21;
    const u_21_fourth = u_21_square * u_21_square;
    const u_21_near_low = near_0 - near_1 * u_21_square + (near_2 - near_3 * u_21_square) * u_21_fourth;
    const u_21_near_high = near_4 - near_5 * u_21_square + (near_6 - near_7 * u_21_square) * u_21_fourth;
    const u_21_k = u_21 * exp_per_root + exp_rounder - exp_rounder;
    const u_21_head = u_21 - u_21_k * exp_root_head;
    const u_21_tail = u_21_k * exp_root_tail;
    const u_21_r = u_21_head - u_21_tail;
    const u_21_z = u_21_r * u_21_r;
    const u_21_rest =
      u_21_head -
      (u_21_tail -
        u_21_z *
          (0.5 + exp_series_1 * u_21_r + (exp_series_2 + exp_series_3 * u_21_r + exp_series_4 * u_21_z) * u_21_z));
    const u_21_high = ROOT_OF_TWO[u_21_k & 16383];
    const u_21_low = ROOT_OF_TWO_LOW[u_21_k & 16383];
    const u_21_below = 1 - u_21_high;
    const x_29 =
      u_21_square < 1.5
        ? 1 / (1 + (u_21_square * (u_21_near_low + u_21_near_high * (u_21_fourth * u_21_fourth)) - 0.5 * u_21))
        : u_21_square > exp_far
          ? exprel(u_21)
          : (u_21_rest - u_21_below - (u_21_below * u_21_rest - u_21_low)) / u_21;
    // exp(u_22) as 2^(k/32) e^r with r = u_22 - k ln 2 / 32
    const u_22 = (10 - x_26) / 40;
    const u_22_square = u_22 * u_22;
    const u_22_k = u_22 * exp_per_root + exp_rounder - exp_rounder;
    const u_22_head = u_22 - u_22_k * exp_root_head;
    const u_22_tail = u_22_k * exp_root_tail;
    const u_22_r = u_22_head - u_22_tail;
    const u_22_z = u_22_r * u_22_r;
    const u_22_rest =
      u_22_head -
      (u_22_tail -
        u_22_z *
          (0.5 + exp_series_1 * u_22_r + (exp_series_2 + exp_series_3 * u_22_r + exp_series_4 * u_22_z) * u_22_z));
    const u_22_high = ROOT_OF_TWO[u_22_k & 16383];
    const u_22_low = ROOT_OF_TWO_LOW[u_22_k & 16383];
    const x_30 = u_22_square > exp_far ? exp(u_22) : u_22_high + (u_22_low + u_22_high * u_22_rest);
    const k4_K_n = (0.16 / x_29) * (1 - x4_K_n) - 0.5 * x_30 * x4_K_n;
    // exprel(u_23): near 0 by its series, else from 2^(k/32) e^r with r = u_23 - k ln 2 / 32
    const u_23 = (13 - x_26) / 4;
    const u_23_square = u_23 * u_23;
    const u_23_fourth = u_23_square * u_23_square;
    const u_23_near_low = near_0 - near_1 * u_23_square + (near_2 - near_3 * u_23_square) * u_23_fourth;
    const u_23_near_high = near_4 - near_5 * u_23_square + (near_6 - near_7 * u_23_square) * u_23_fourth;
    const u_23_k = u_23 * exp_per_root + exp_rounder - exp_rounder;
    const u_23_head = u_23 - u_23_k * exp_root_head;
    const u_23_tail = u_23_k * exp_root_tail;
    const u_23_r = u_23_head - u_23_tail;
    const u_23_z = u_23_r * u_23_r;
    const u_23_rest =
      u_23_head -
      (u_23_tail -
        u_23_z *
          (0.5 + exp_series_1 * u_23_r + (exp_series_2 + exp_series_3 * u_23_r + exp_series_4 * u_23_z) * u_23_z));
    const u_23_high = ROOT_OF_TWO[u_23_k & 16383];
    const u_23_low = ROOT_OF_TWO_LOW[u_23_k & 16383];
    const u_23_below = 1 - u_23_high;
    const x_31 =
      u_23_square < 1.5
        ? 1 / (1 + (u_23_square * (u_23_near_low + u_23_near_high * (u_23_fourth * u_23_fourth)) - 0.5 * u_23))
        : u_23_square > exp_far
          ? exprel(u_23)
          : (u_23_rest - u_23_below - (u_23_below * u_23_rest - u_23_low)) / u_23;
    // exprel(u_24): near 0 by its series, else from 2^(k/32) e^r with r = u_24 - k ln 2 / 32
    const u_24 = (x_26 - 40) / 5;
    const u_24_square = u_24 * u_24;
    const u_24_fourth = u_24_square * u_24_square;
    const u_24_near_low = near_0 - near_1 * u_24_square + (near_2 - near_3 * u_24_square) * u_24_fourth;
    const u_24_near_high = near_4 - near_5 * u_24_square + (near_6 - near_7 * u_24_square) * u_24_fourth;
    const u_24_k = u_24 * exp_per_root + exp_rounder - exp_rounder;
    const u_24_head = u_24 - u_24_k * exp_root_head;
    const u_24_tail = u_24_k * exp_root_tail;
    const u_24_r = u_24_head - u_24_tail;
    const u_24_z = u_24_r * u_24_r;
    const u_24_rest =
      u_24_head -
      (u_24_tail -
        u_24_z *
          (0.5 + exp_series_1 * u_24_r + (exp_series_2 + exp_series_3 * u_24_r + exp_series_4 * u_24_z) * u_24_z));
    const u_24_high = ROOT_OF_TWO[u_24_k & 16383];
    const u_24_low = ROOT_OF_TWO_LOW[u_24_k & 16383];
    const u_24_below = 1 - u_24_high;
    const x_32 =
      u_24_square < 1.5
        ? 1 / (1 + (u_24_square * (u_24_near_low + u_24_near_high * (u_24_fourth * u_24_fourth)) - 0.5 * u_24))
        : u_24_square > exp_far
          ? exprel(u_24)
          : (u_24_rest - u_24_below - (u_24_below * u_24_rest - u_24_low)) / u_24;
    const k4_Na_m = (1.28 / x_31) * (1 - x4_Na_m) - (1.4 / x_32) * x4_Na_m;
    // traub_miles.glif:60  V' = (g_L*(E_L - V) + I_e)/C  [Runge-Kutta of order 4]
    const x_33 = span / 6;
    const V_next = V + x_33 * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
    // traub_miles.glif:26  h' = α_h(V - V_T)*(1 - h) - β_h(V - V_T)*h  [Runge-Kutta of order 4]
    const Na_h_next = Na_h + x_33 * (k1_Na_h + 2 * k2_Na_h + 2 * k3_Na_h + k4_Na_h);
    // traub_miles.glif:41  n' = α_n(V - V_T)*(1 - n) - β_n(V - V_T)*n  [Runge-Kutta of order 4]
    const K_n_next = K_n + x_33 * (k1_K_n + 2 * k2_K_n + 2 * k3_K_n + k4_K_n);
    // traub_miles.glif:25  m' = α_m(V - V_T)*(1 - m) - β_m(V - V_T)*m  [Runge-Kutta of order 4]
    const Na_m_next = Na_m + x_33 * (k1_Na_m + 2 * k2_Na_m + 2 * k3_Na_m + k4_Na_m);
    state[0] = V_next;
    state[2] = Na_h_next;
    state[3] = K_n_next;
    state[1] = Na_m_next;
  }

  function flowHeld(t: number, span: number, state: Float64Array): void {
    const exp_per_root = EXPONENTIAL[0];
    const exp_rounder = EXPONENTIAL[1];
    const exp_root_head = EXPONENTIAL[2];
    const exp_root_tail = EXPONENTIAL[3];
    const exp_series_1 = EXPONENTIAL[4];
    const exp_series_2 = EXPONENTIAL[5];
    const exp_series_3 = EXPONENTIAL[6];
    const exp_series_4 = EXPONENTIAL[7];
    const exp_far = EXPONENTIAL[8];
    const near_0 = EXPREL_NEAR_0[0];
    const near_1 = EXPREL_NEAR_0[1];
    const near_2 = EXPREL_NEAR_0[2];
    const near_3 = EXPREL_NEAR_0[3];
    const near_4 = EXPREL_NEAR_0[4];
    const near_5 = EXPREL_NEAR_0[5];
    const near_6 = EXPREL_NEAR_0[6];
    const near_7 = EXPREL_NEAR_0[7];
    const g_L = coefficient[0];
    const E_L = coefficient[1];
    const K_g_max = coefficient[2];
    const K_E = coefficient[3];
    const Na_g_max = coefficient[4];
    const Na_E = coefficient[5];
    const c_2 = coefficient[6];
    const V_T = coefficient[7];
    const I_e = I_e_at[0];
    const i = current;
    const V = state[0];
    const K_n = state[3];
    const x = K_n * K_n;
    const Na_m = state[1];
    const Na_h = state[2];
    const k1_V =
      (g_L * (E_L - V) + (I_e + K_g_max * (x * x) * (K_E - V) + Na_g_max * (Na_m * Na_m * Na_m) * Na_h * (Na_E - V))) *
      c_2;
    const x_2 = V - V_T;
    // exp(u) as 2^(k/32) e^r with r = u - k ln 2 / 32
    const u = (17 - x_2) / 18;
    const u_square = u * u;
    const u_k = u * exp_per_root + exp_rounder - exp_rounder;
    const u_head = u - u_k * exp_root_head;
    const u_tail = u_k * exp_root_tail;
    const u_r = u_head - u_tail;
    const u_z = u_r * u_r;
    const u_rest =
      u_head -
      (u_tail - u_z * (0.5 + exp_series_1 * u_r + (exp_series_2 + exp_series_3 * u_r + exp_series_4 * u_z) * u_z));
    const u_high = ROOT_OF_TWO[u_k & 16383];
    const u_low = ROOT_OF_TWO_LOW[u_k & 16383];
    const x_3 = u_square > exp_far ? exp(u) : u_high + (u_low + u_high * u_rest);
    // exp(u_2) as 2^(k/32) e^r with r = u_2 - k ln 2 / 32
    const u_2 = (40 - x_2) / 5;
    const u_2_square = u_2 * u_2;
    const u_2_k = u_2 * exp_per_root + exp_rounder - exp_rounder;
    const u_2_head = u_2 - u_2_k * exp_root_head;
    const u_2_tail = u_2_k * exp_root_tail;
    const u_2_r = u_2_head - u_2_tail;
    const u_2_z = u_2_r * u_2_r;
    const u_2_rest =
      u_2_head -
      (u_2_tail -
        u_2_z * (0.5 + exp_series_1 * u_2_r + (exp_series_2 + exp_series_3 * u_2_r + exp_series_4 * u_2_z) * u_2_z));
    const u_2_high = ROOT_OF_TWO[u_2_k & 16383];
    const u_2_low = ROOT_OF_TWO_LOW[u_2_k & 16383];
    const x_4 = u_2_square > exp_far ? exp(u_2) : u_2_high + (u_2_low + u_2_high * u_2_rest);
    const k1_Na_h = 0.128 * x_3 * (1 - Na_h) - (4 / (1 + x_4)) * Na_h;
    // exprel(u_3): near 0 by its series, else from 2^(k/32) e^r with r = u_3 - k ln 2 / 32
    const u_3 = (15 - x_2) / 5;
    const u_3_square = u_3 * u_3;
    const u_3_fourth = u_3_square * u_3_square;
    const u_3_near_low = near_0 - near_1 * u_3_square + (near_2 - near_3 * u_3_square) * u_3_fourth;
    const u_3_near_high = near_4 - near_5 * u_3_square + (near_6 - near_7 * u_3_square) * u_3_fourth;
    const u_3_k = u_3 * exp_per_root + exp_rounder - exp_rounder;
    const u_3_head = u_3 - u_3_k * exp_root_head;
    const u_3_tail = u_3_k * exp_root_tail;
    const u_3_r = u_3_head - u_3_tail;
    const u_3_z = u_3_r * u_3_r;
    const u_3_rest =
      u_3_head -
      (u_3_tail -
        u_3_z * (0.5 + exp_series_1 * u_3_r + (exp_series_2 + exp_series_3 * u_3_r + exp_series_4 * u_3_z) * u_3_z));
    const u_3_high = ROOT_OF_TWO[u_3_k & 16383];
    const u_3_low = ROOT_OF_TWO_LOW[u_3_k & 16383];
    const u_3_below = 1 - u_3_high;
    const x_5 =
      u_3_square < 1.5
        ? 1 / (1 + (u_3_square * (u_3_near_low + u_3_near_high * (u_3_fourth * u_3_fourth)) - 0.5 * u_3))
        : u_3_square > exp_far
          ? exprel(u_3)
          : (u_3_rest - u_3_below - (u_3_below * u_3_rest - u_3_low)) / u_3;
    // exp(u_4) as 2^(k/32) e^r with r = u_4 - k ln 2 / 32
    const u_4 = (10 - x_2) / 40;
    const u_4_square = u_4 * u_4;
    const u_4_k = u_4 * exp_per_root + exp_rounder - exp_rounder;
    const u_4_head = u_4 - u_4_k * exp_root_head;
    const u_4_tail = u_4_k * exp_root_tail;
    const u_4_r = u_4_head - u_4_tail;
    const u_4_z = u_4_r * u_4_r;
    const u_4_rest =
      u_4_head -
      (u_4_tail -
        u_4_z * (0.5 + exp_series_1 * u_4_r + (exp_series_2 + exp_series_3 * u_4_r + exp_series_4 * u_4_z) * u_4_z));
    const u_4_high = ROOT_OF_TWO[u_4_k & 16383];
    const u_4_low = ROOT_OF_TWO_LOW[u_4_k & 16383];
    const x_6 = u_4_square > exp_far ? exp(u_4) : u_4_high + (u_4_low + u_4_high * u_4_rest);
    const k1_K_n = (0.16 / x_5) * (1 - K_n) - 0.5 * x_6 * K_n;
    // exprel(u_5): near 0 by its series, else from 2^(k/32) e^r with r = u_5 - k ln 2 / 32
    const u_5 = (13 - x_2) / 4;
    const u_5_square = u_5 * u_5;
    const u_5_fourth = u_5_square * u_5_square;
    const u_5_near_low = near_0 - near_1 * u_5_square + (near_2 - near_3 * u_5_square) * u_5_fourth;
    const u_5_near_high = near_4 - near_5 * u_5_square + (near_6 - near_7 * u_5_square) * u_5_fourth;
    const u_5_k = u_5 * exp_per_root + exp_rounder - exp_rounder;
    const u_5_head = u_5 - u_5_k * exp_root_head;
    const u_5_tail = u_5_k * exp_root_tail;
    const u_5_r = u_5_head - u_5_tail;
    const u_5_z = u_5_r * u_5_r;
    const u_5_rest =
      u_5_head -
      (u_5_tail -
        u_5_z * (0.5 + exp_series_1 * u_5_r + (exp_series_2 + exp_series_3 * u_5_r + exp_series_4 * u_5_z) * u_5_z));
    const u_5_high = ROOT_OF_TWO[u_5_k & 16383];
    const u_5_low = ROOT_OF_TWO_LOW[u_5_k & 16383];
    const u_5_below = 1 - u_5_high;
    const x_7 =
      u_5_square < 1.5
        ? 1 / (1 + (u_5_square * (u_5_near_low + u_5_near_high * (u_5_fourth * u_5_fourth)) - 0.5 * u_5))
        : u_5_square > exp_far
          ? exprel(u_5)
          : (u_5_rest - u_5_below - (u_5_below * u_5_rest - u_5_low)) / u_5;
    // exprel(u_6): near 0 by its series, else from 2^(k/32) e^r with r = u_6 - k ln 2 / 32
    const u_6 = (x_2 - 40) / 5;
    const u_6_square = u_6 * u_6;
    const u_6_fourth = u_6_square * u_6_square;
    const u_6_near_low = near_0 - near_1 * u_6_square + (near_2 - near_3 * u_6_square) * u_6_fourth;
    const u_6_near_high = near_4 - near_5 * u_6_square + (near_6 - near_7 * u_6_square) * u_6_fourth;
    const u_6_k = u_6 * exp_per_root + exp_rounder - exp_rounder;
    const u_6_head = u_6 - u_6_k * exp_root_head;
    const u_6_tail = u_6_k * exp_root_tail;
    const u_6_r = u_6_head - u_6_tail;
    const u_6_z = u_6_r * u_6_r;
    const u_6_rest =
      u_6_head -
      (u_6_tail -
        u_6_z * (0.5 + exp_series_1 * u_6_r + (exp_series_2 + exp_series_3 * u_6_r + exp_series_4 * u_6_z) * u_6_z));
    const u_6_high = ROOT_OF_TWO[u_6_k & 16383];
    const u_6_low = ROOT_OF_TWO_LOW[u_6_k & 16383];
    const u_6_below = 1 - u_6_high;
    const x_8 =
      u_6_square < 1.5
        ? 1 / (1 + (u_6_square * (u_6_near_low + u_6_near_high * (u_6_fourth * u_6_fourth)) - 0.5 * u_6))
        : u_6_square > exp_far
          ? exprel(u_6)
          : (u_6_rest - u_6_below - (u_6_below * u_6_rest - u_6_low)) / u_6;
    const k1_Na_m = (1.28 / x_7) * (1 - Na_m) - (1.4 / x_8) * Na_m;
    const x2_V = V + span * (0.5 * k1_V);
    const x2_Na_h = Na_h + span * (0.5 * k1_Na_h);
    const x2_K_n = K_n + span * (0.5 * k1_K_n);
    const x2_Na_m = Na_m + span * (0.5 * k1_Na_m);
    const x_9 = x2_K_n * x2_K_n;
    const k2_V =
      (g_L * (E_L - x2_V) +
        (I_e +
          K_g_max * (x_9 * x_9) * (K_E - x2_V) +
          Na_g_max * (x2_Na_m * x2_Na_m * x2_Na_m) * x2_Na_h * (Na_E - x2_V))) *
      c_2;
    const x_10 = x2_V - V_T;
    // exp(u_7) as 2^(k/32) e^r with r = u_7 - k ln 2 / 32
    const u_7 = (17 - x_10) / 18;
    const u_7_square = u_7 * u_7;
    const u_7_k = u_7 * exp_per_root + exp_rounder - exp_rounder;
    const u_7_head = u_7 - u_7_k * exp_root_head;
    const u_7_tail = u_7_k * exp_root_tail;
    const u_7_r = u_7_head - u_7_tail;
    const u_7_z = u_7_r * u_7_r;
    const u_7_rest =
      u_7_head -
      (u_7_tail -
        u_7_z * (0.5 + exp_series_1 * u_7_r + (exp_series_2 + exp_series_3 * u_7_r + exp_series_4 * u_7_z) * u_7_z));
    const u_7_high = ROOT_OF_TWO[u_7_k & 16383];
    const u_7_low = ROOT_OF_TWO_LOW[u_7_k & 16383];
    const x_11 = u_7_square > exp_far ? exp(u_7) : u_7_high + (u_7_low + u_7_high * u_7_rest);
    // exp(u_8) as 2^(k/32) e^r with r = u_8 - k ln 2 / 32
    const u_8 = (40 - x_10) / 5;
    const u_8_square = u_8 * u_8;
    const u_8_k = u_8 * exp_per_root + exp_rounder - exp_rounder;
    const u_8_head = u_8 - u_8_k * exp_root_head;
    const u_8_tail = u_8_k * exp_root_tail;
    const u_8_r = u_8_head - u_8_tail;
    const u_8_z = u_8_r * u_8_r;
    const u_8_rest =
      u_8_head -
      (u_8_tail -
        u_8_z * (0.5 + exp_series_1 * u_8_r + (exp_series_2 + exp_series_3 * u_8_r + exp_series_4 * u_8_z) * u_8_z));
    const u_8_high = ROOT_OF_TWO[u_8_k & 16383];
    const u_8_low = ROOT_OF_TWO_LOW[u_8_k & 16383];
    const x_12 = u_8_square > exp_far ? exp(u_8) : u_8_high + (u_8_low + u_8_high * u_8_rest);
    const k2_Na_h = 0.128 * x_11 * (1 - x2_Na_h) - (4 / (1 + x_12)) * x2_Na_h;
    // exprel(u_9): near 0 by its series, else from 2^(k/32) e^r with r = u_9 - k ln 2 / 32
    const u_9 = (15 - x_10) / 5;
    const u_9_square = u_9 * u_9;
    const u_9_fourth = u_9_square * u_9_square;
    const u_9_near_low = near_0 - near_1 * u_9_square + (near_2 - near_3 * u_9_square) * u_9_fourth;
    const u_9_near_high = near_4 - near_5 * u_9_square + (near_6 - near_7 * u_9_square) * u_9_fourth;
    const u_9_k = u_9 * exp_per_root + exp_rounder - exp_rounder;
    const u_9_head = u_9 - u_9_k * exp_root_head;
    const u_9_tail = u_9_k * exp_root_tail;
    const u_9_r = u_9_head - u_9_tail;
    const u_9_z = u_9_r * u_9_r;
    const u_9_rest =
      u_9_head -
      (u_9_tail -
        u_9_z * (0.5 + exp_series_1 * u_9_r + (exp_series_2 + exp_series_3 * u_9_r + exp_series_4 * u_9_z) * u_9_z));
    const u_9_high = ROOT_OF_TWO[u_9_k & 16383];
    const u_9_low = ROOT_OF_TWO_LOW[u_9_k & 16383];
    const u_9_below = 1 - u_9_high;
    const x_13 =
      u_9_square < 1.5
        ? 1 / (1 + (u_9_square * (u_9_near_low + u_9_near_high * (u_9_fourth * u_9_fourth)) - 0.5 * u_9))
        : u_9_square > exp_far
          ? exprel(u_9)
          : (u_9_rest - u_9_below - (u_9_below * u_9_rest - u_9_low)) / u_9;
    // exp(u_10) as 2^(k/32) e^r with r = u_10 - k ln 2 / 32
    const u_10 = (10 - x_10) / 40;
    const u_10_square = u_10 * u_10;
    const u_10_k = u_10 * exp_per_root + exp_rounder - exp_rounder;
    const u_10_head = u_10 - u_10_k * exp_root_head;
    const u_10_tail = u_10_k * exp_root_tail;
    const u_10_r = u_10_head - u_10_tail;
    const u_10_z = u_10_r * u_10_r;
    const u_10_rest =
      u_10_head -
      (u_10_tail -
        u_10_z *
          (0.5 + exp_series_1 * u_10_r + (exp_series_2 + exp_series_3 * u_10_r + exp_series_4 * u_10_z) * u_10_z));
    const u_10_high = ROOT_OF_TWO[u_10_k & 16383];
    const u_10_low = ROOT_OF_TWO_LOW[u_10_k & 16383];
    const x_14 = u_10_square > exp_far ? exp(u_10) : u_10_high + (u_10_low + u_10_high * u_10_rest);
    const k2_K_n = (0.16 / x_13) * (1 - x2_K_n) - 0.5 * x_14 * x2_K_n;
    // exprel(u_11): near 0 by its series, else from 2^(k/32) e^r with r = u_11 - k ln 2 / 32
    const u_11 = (13 - x_10) / 4;
    const u_11_square = u_11 * u_11;
    const u_11_fourth = u_11_square * u_11_square;
    const u_11_near_low = near_0 - near_1 * u_11_square + (near_2 - near_3 * u_11_square) * u_11_fourth;
    const u_11_near_high = near_4 - near_5 * u_11_square + (near_6 - near_7 * u_11_square) * u_11_fourth;
    const u_11_k = u_11 * exp_per_root + exp_rounder - exp_rounder;
    const u_11_head = u_11 - u_11_k * exp_root_head;
    const u_11_tail = u_11_k * exp_root_tail;
    const u_11_r = u_11_head - u_11_tail;
    const u_11_z = u_11_r * u_11_r;
    const u_11_rest =
      u_11_head -
      (u_11_tail -
        u_11_z *
          (0.5 + exp_series_1 * u_11_r + (exp_series_2 + exp_series_3 * u_11_r + exp_series_4 * u_11_z) * u_11_z));
    const u_11_high = ROOT_OF_TWO[u_11_k & 16383];
    const u_11_low = ROOT_OF_TWO_LOW[u_11_k & 16383];
    const u_11_below = 1 - u_11_high;
    const x_15 =
      u_11_square < 1.5
        ? 1 / (1 + (u_11_square * (u_11_near_low + u_11_near_high * (u_11_fourth * u_11_fourth)) - 0.5 * u_11))
        : u_11_square > exp_far
          ? exprel(u_11)
          : (u_11_rest - u_11_below - (u_11_below * u_11_rest - u_11_low)) / u_11;
    // exprel(u_12): near 0 by its series, else from 2^(k/32) e^r with r = u_12 - k ln 2 / 32
    const u_12 = (x_10 - 40) / 5;
    const u_12_square = u_12 * u_12;
    const u_12_fourth = u_12_square * u_12_square;
    const u_12_near_low = near_0 - near_1 * u_12_square + (near_2 - near_3 * u_12_square) * u_12_fourth;
    const u_12_near_high = near_4 - near_5 * u_12_square + (near_6 - near_7 * u_12_square) * u_12_fourth;
    const u_12_k = u_12 * exp_per_root + exp_rounder - exp_rounder;
    const u_12_head = u_12 - u_12_k * exp_root_head;
    const u_12_tail = u_12_k * exp_root_tail;
    const u_12_r = u_12_head - u_12_tail;
    const u_12_z = u_12_r * u_12_r;
    const u_12_rest =
      u_12_head -
      (u_12_tail -
        u_12_z *
          (0.5 + exp_series_1 * u_12_r + (exp_series_2 + exp_series_3 * u_12_r + exp_series_4 * u_12_z) * u_12_z));
    const u_12_high = ROOT_OF_TWO[u_12_k & 16383];
    const u_12_low = ROOT_OF_TWO_LOW[u_12_k & 16383];
    const u_12_below = 1 - u_12_high;
    const x_16 =
      u_12_square < 1.5
        ? 1 / (1 + (u_12_square * (u_12_near_low + u_12_near_high * (u_12_fourth * u_12_fourth)) - 0.5 * u_12))
        : u_12_square > exp_far
          ? exprel(u_12)
          : (u_12_rest - u_12_below - (u_12_below * u_12_rest - u_12_low)) / u_12;
    const k2_Na_m = (1.28 / x_15) * (1 - x2_Na_m) - (1.4 / x_16) * x2_Na_m;
    const x3_V = V + span * (0.5 * k2_V);
    const x3_Na_h = Na_h + span * (0.5 * k2_Na_h);
    const x3_K_n = K_n + span * (0.5 * k2_K_n);
    const x3_Na_m = Na_m + span * (0.5 * k2_Na_m);
    const x_17 = x3_K_n * x3_K_n;
    const k3_V =
      (g_L * (E_L - x3_V) +
        (I_e +
          K_g_max * (x_17 * x_17) * (K_E - x3_V) +
          Na_g_max * (x3_Na_m * x3_Na_m * x3_Na_m) * x3_Na_h * (Na_E - x3_V))) *
      c_2;
    const x_18 = x3_V - V_T;
    // exp(u_13) as 2^(k/32) e^r with r = u_13 - k ln 2 / 32
    const u_13 = (17 - x_18) / 18;
    const u_13_square = u_13 * u_13;
    const u_13_k = u_13 * exp_per_root + exp_rounder - exp_rounder;
    const u_13_head = u_13 - u_13_k * exp_root_head;
    const u_13_tail = u_13_k * exp_root_tail;
    const u_13_r = u_13_head - u_13_tail;
    const u_13_z = u_13_r * u_13_r;
    const u_13_rest =
      u_13_head -
      (u_13_tail -
        u_13_z *
          (0.5 + exp_series_1 * u_13_r + (exp_series_2 + exp_series_3 * u_13_r + exp_series_4 * u_13_z) * u_13_z));
    const u_13_high = ROOT_OF_TWO[u_13_k & 16383];
    const u_13_low = ROOT_OF_TWO_LOW[u_13_k & 16383];
    const x_19 = u_13_square > exp_far ? exp(u_13) : u_13_high + (u_13_low + u_13_high * u_13_rest);
    // exp(u_14) as 2^(k/32) e^r with r = u_14 - k ln 2 / 32
    const u_14 = (40 - x_18) / 5;
    const u_14_square = u_14 * u_14;
    const u_14_k = u_14 * exp_per_root + exp_rounder - exp_rounder;
    const u_14_head = u_14 - u_14_k * exp_root_head;
    const u_14_tail = u_14_k * exp_root_tail;
    const u_14_r = u_14_head - u_14_tail;
    const u_14_z = u_14_r * u_14_r;
    const u_14_rest =
      u_14_head -
      (u_14_tail -
        u_14_z *
          (0.5 + exp_series_1 * u_14_r + (exp_series_2 + exp_series_3 * u_14_r + exp_series_4 * u_14_z) * u_14_z));
    const u_14_high = ROOT_OF_TWO[u_14_k & 16383];
    const u_14_low = ROOT_OF_TWO_LOW[u_14_k & 16383];
    const x_20 = u_14_square > exp_far ? exp(u_14) : u_14_high + (u_14_low + u_14_high * u_14_rest);
    const k3_Na_h = 0.128 * x_19 * (1 - x3_Na_h) - (4 / (1 + x_20)) * x3_Na_h;
    // exprel(u_15): near 0 by its series, else from 2^(k/32) e^r with r = u_15 - k ln 2 / 32
    const u_15 = (15 - x_18) / 5;
    const u_15_square = u_15 * u_15;
    const u_15_fourth = u_15_square * u_15_square;
    const u_15_near_low = near_0 - near_1 * u_15_square + (near_2 - near_3 * u_15_square) * u_15_fourth;
    const u_15_near_high = near_4 - near_5 * u_15_square + (near_6 - near_7 * u_15_square) * u_15_fourth;
    const u_15_k = u_15 * exp_per_root + exp_rounder - exp_rounder;
    const u_15_head = u_15 - u_15_k * exp_root_head;
    const u_15_tail = u_15_k * exp_root_tail;
    const u_15_r = u_15_head - u_15_tail;
    const u_15_z = u_15_r * u_15_r;
    const u_15_rest =
      u_15_head -
      (u_15_tail -
        u_15_z *
          (0.5 + exp_series_1 * u_15_r + (exp_series_2 + exp_series_3 * u_15_r + exp_series_4 * u_15_z) * u_15_z));
    const u_15_high = ROOT_OF_TWO[u_15_k & 16383];
    const u_15_low = ROOT_OF_TWO_LOW[u_15_k & 16383];
    const u_15_below = 1 - u_15_high;
    const x_21 =
      u_15_square < 1.5
        ? 1 / (1 + (u_15_square * (u_15_near_low + u_15_near_high * (u_15_fourth * u_15_fourth)) - 0.5 * u_15))
        : u_15_square > exp_far
          ? exprel(u_15)
          : (u_15_rest - u_15_below - (u_15_below * u_15_rest - u_15_low)) / u_15;
    // exp(u_16) as 2^(k/32) e^r with r = u_16 - k ln 2 / 32
    const u_16 = (10 - x_18) / 40;
    const u_16_square = u_16 * u_16;
    const u_16_k = u_16 * exp_per_root + exp_rounder - exp_rounder;
    const u_16_head = u_16 - u_16_k * exp_root_head;
    const u_16_tail = u_16_k * exp_root_tail;
    const u_16_r = u_16_head - u_16_tail;
    const u_16_z = u_16_r * u_16_r;
    const u_16_rest =
      u_16_head -
      (u_16_tail -
        u_16_z *
          (0.5 + exp_series_1 * u_16_r + (exp_series_2 + exp_series_3 * u_16_r + exp_series_4 * u_16_z) * u_16_z));
    const u_16_high = ROOT_OF_TWO[u_16_k & 16383];
    const u_16_low = ROOT_OF_TWO_LOW[u_16_k & 16383];
    const x_22 = u_16_square > exp_far ? exp(u_16) : u_16_high + (u_16_low + u_16_high * u_16_rest);
    const k3_K_n = (0.16 / x_21) * (1 - x3_K_n) - 0.5 * x_22 * x3_K_n;
    // exprel(u_17): near 0 by its series, else from 2^(k/32) e^r with r = u_17 - k ln 2 / 32
    const u_17 = (13 - x_18) / 4;
    const u_17_square = u_17 * u_17;
    const u_17_fourth = u_17_square * u_17_square;
    const u_17_near_low = near_0 - near_1 * u_17_square + (near_2 - near_3 * u_17_square) * u_17_fourth;
    const u_17_near_high = near_4 - near_5 * u_17_square + (near_6 - near_7 * u_17_square) * u_17_fourth;
    const u_17_k = u_17 * exp_per_root + exp_rounder - exp_rounder;
    const u_17_head = u_17 - u_17_k * exp_root_head;
    const u_17_tail = u_17_k * exp_root_tail;
    const u_17_r = u_17_head - u_17_tail;
    const u_17_z = u_17_r * u_17_r;
    const u_17_rest =
      u_17_head -
      (u_17_tail -
        u_17_z *
          (0.5 + exp_series_1 * u_17_r + (exp_series_2 + exp_series_3 * u_17_r + exp_series_4 * u_17_z) * u_17_z));
    const u_17_high = ROOT_OF_TWO[u_17_k & 16383];
    const u_17_low = ROOT_OF_TWO_LOW[u_17_k & 16383];
    const u_17_below = 1 - u_17_high;
    const x_23 =
      u_17_square < 1.5
        ? 1 / (1 + (u_17_square * (u_17_near_low + u_17_near_high * (u_17_fourth * u_17_fourth)) - 0.5 * u_17))
        : u_17_square > exp_far
          ? exprel(u_17)
          : (u_17_rest - u_17_below - (u_17_below * u_17_rest - u_17_low)) / u_17;
    // exprel(u_18): near 0 by its series, else from 2^(k/32) e^r with r = u_18 - k ln 2 / 32
    const u_18 = (x_18 - 40) / 5;
    const u_18_square = u_18 * u_18;
    const u_18_fourth = u_18_square * u_18_square;
    const u_18_near_low = near_0 - near_1 * u_18_square + (near_2 - near_3 * u_18_square) * u_18_fourth;
    const u_18_near_high = near_4 - near_5 * u_18_square + (near_6 - near_7 * u_18_square) * u_18_fourth;
    const u_18_k = u_18 * exp_per_root + exp_rounder - exp_rounder;
    const u_18_head = u_18 - u_18_k * exp_root_head;
    const u_18_tail = u_18_k * exp_root_tail;
    const u_18_r = u_18_head - u_18_tail;
    const u_18_z = u_18_r * u_18_r;
    const u_18_rest =
      u_18_head -
      (u_18_tail -
        u_18_z *
          (0.5 + exp_series_1 * u_18_r + (exp_series_2 + exp_series_3 * u_18_r + exp_series_4 * u_18_z) * u_18_z));
    const u_18_high = ROOT_OF_TWO[u_18_k & 16383];
    const u_18_low = ROOT_OF_TWO_LOW[u_18_k & 16383];
    const u_18_below = 1 - u_18_high;
    const x_24 =
      u_18_square < 1.5
        ? 1 / (1 + (u_18_square * (u_18_near_low + u_18_near_high * (u_18_fourth * u_18_fourth)) - 0.5 * u_18))
        : u_18_square > exp_far
          ? exprel(u_18)
          : (u_18_rest - u_18_below - (u_18_below * u_18_rest - u_18_low)) / u_18;
    const k3_Na_m = (1.28 / x_23) * (1 - x3_Na_m) - (1.4 / x_24) * x3_Na_m;
    const x4_V = V + span * k3_V;
    const x4_Na_h = Na_h + span * k3_Na_h;
    const x4_K_n = K_n + span * k3_K_n;
    const x4_Na_m = Na_m + span * k3_Na_m;
    const x_25 = x4_K_n * x4_K_n;
    const k4_V =
      (g_L * (E_L - x4_V) +
        (I_e +
          K_g_max * (x_25 * x_25) * (K_E - x4_V) +
          Na_g_max * (x4_Na_m * x4_Na_m * x4_Na_m) * x4_Na_h * (Na_E - x4_V))) *
      c_2;
    const x_26 = x4_V - V_T;
    // exp(u_19) as 2^(k/32) e^r with r = u_19 - k ln 2 / 32
    const u_19 = (17 - x_26) / 18;
    const u_19_square = u_19 * u_19;
    const u_19_k = u_19 * exp_per_root + exp_rounder - exp_rounder;
    const u_19_head = u_19 - u_19_k * exp_root_head;
    const u_19_tail = u_19_k * exp_root_tail;
    const u_19_r = u_19_head - u_19_tail;
    const u_19_z = u_19_r * u_19_r;
    const u_19_rest =
      u_19_head -
      (u_19_tail -
        u_19_z *
          (0.5 + exp_series_1 * u_19_r + (exp_series_2 + exp_series_3 * u_19_r + exp_series_4 * u_19_z) * u_19_z));
    const u_19_high = ROOT_OF_TWO[u_19_k & 16383];
    const u_19_low = ROOT_OF_TWO_LOW[u_19_k & 16383];
    const x_27 = u_19_square > exp_far ? exp(u_19) : u_19_high + (u_19_low + u_19_high * u_19_rest);
    // exp(u_20) as 2^(k/32) e^r with r = u_20 - k ln 2 / 32
    const u_20 = (40 - x_26) / 5;
    const u_20_square = u_20 * u_20;
    const u_20_k = u_20 * exp_per_root + exp_rounder - exp_rounder;
    const u_20_head = u_20 - u_20_k * exp_root_head;
    const u_20_tail = u_20_k * exp_root_tail;
    const u_20_r = u_20_head - u_20_tail;
    const u_20_z = u_20_r * u_20_r;
    const u_20_rest =
      u_20_head -
      (u_20_tail -
        u_20_z *
          (0.5 + exp_series_1 * u_20_r + (exp_series_2 + exp_series_3 * u_20_r + exp_series_4 * u_20_z) * u_20_z));
    const u_20_high = ROOT_OF_TWO[u_20_k & 16383];
    const u_20_low = ROOT_OF_TWO_LOW[u_20_k & 16383];
    const x_28 = u_20_square > exp_far ? exp(u_20) : u_20_high + (u_20_low + u_20_high * u_20_rest);
    const k4_Na_h = 0.128 * x_27 * (1 - x4_Na_h) - (4 / (1 + x_28)) * x4_Na_h;
    // exprel(u_21): near 0 by its series, else from 2^(k/32) e^r with r = u_21 - k ln 2 / 32
    const u_21 = (15 - x_26) / 5;
    const u_21_square = u_21 * u_21;
    const u_21_fourth = u_21_square * u_21_square;
    const u_21_near_low = near_0 - near_1 * u_21_square + (near_2 - near_3 * u_21_square) * u_21_fourth;
    const u_21_near_high = near_4 - near_5 * u_21_square + (near_6 - near_7 * u_21_square) * u_21_fourth;
    const u_21_k = u_21 * exp_per_root + exp_rounder - exp_rounder;
    const u_21_head = u_21 - u_21_k * exp_root_head;
    const u_21_tail = u_21_k * exp_root_tail;
    const u_21_r = u_21_head - u_21_tail;
    const u_21_z = u_21_r * u_21_r;
    const u_21_rest =
      u_21_head -
      (u_21_tail -
        u_21_z *
          (0.5 + exp_series_1 * u_21_r + (exp_series_2 + exp_series_3 * u_21_r + exp_series_4 * u_21_z) * u_21_z));
    const u_21_high = ROOT_OF_TWO[u_21_k & 16383];
    const u_21_low = ROOT_OF_TWO_LOW[u_21_k & 16383];
    const u_21_below = 1 - u_21_high;
    const x_29 =
      u_21_square < 1.5
        ? 1 / (1 + (u_21_square * (u_21_near_low + u_21_near_high * (u_21_fourth * u_21_fourth)) - 0.5 * u_21))
        : u_21_square > exp_far
          ? exprel(u_21)
          : (u_21_rest - u_21_below - (u_21_below * u_21_rest - u_21_low)) / u_21;
    // exp(u_22) as 2^(k/32) e^r with r = u_22 - k ln 2 / 32
    const u_22 = (10 - x_26) / 40;
    const u_22_square = u_22 * u_22;
    const u_22_k = u_22 * exp_per_root + exp_rounder - exp_rounder;
    const u_22_head = u_22 - u_22_k * exp_root_head;
    const u_22_tail = u_22_k * exp_root_tail;
    const u_22_r = u_22_head - u_22_tail;
    const u_22_z = u_22_r * u_22_r;
    const u_22_rest =
      u_22_head -
      (u_22_tail -
        u_22_z *
          (0.5 + exp_series_1 * u_22_r + (exp_series_2 + exp_series_3 * u_22_r + exp_series_4 * u_22_z) * u_22_z));
    const u_22_high = ROOT_OF_TWO[u_22_k & 16383];
    const u_22_low = ROOT_OF_TWO_LOW[u_22_k & 16383];
    const x_30 = u_22_square > exp_far ? exp(u_22) : u_22_high + (u_22_low + u_22_high * u_22_rest);
    const k4_K_n = (0.16 / x_29) * (1 - x4_K_n) - 0.5 * x_30 * x4_K_n;
    // exprel(u_23): near 0 by its series, else from 2^(k/32) e^r with r = u_23 - k ln 2 / 32
    const u_23 = (13 - x_26) / 4;
    const u_23_square = u_23 * u_23;
    const u_23_fourth = u_23_square * u_23_square;
    const u_23_near_low = near_0 - near_1 * u_23_square + (near_2 - near_3 * u_23_square) * u_23_fourth;
    const u_23_near_high = near_4 - near_5 * u_23_square + (near_6 - near_7 * u_23_square) * u_23_fourth;
    const u_23_k = u_23 * exp_per_root + exp_rounder - exp_rounder;
    const u_23_head = u_23 - u_23_k * exp_root_head;
    const u_23_tail = u_23_k * exp_root_tail;
    const u_23_r = u_23_head - u_23_tail;
    const u_23_z = u_23_r * u_23_r;
    const u_23_rest =
      u_23_head -
      (u_23_tail -
        u_23_z *
          (0.5 + exp_series_1 * u_23_r + (exp_series_2 + exp_series_3 * u_23_r + exp_series_4 * u_23_z) * u_23_z));
    const u_23_high = ROOT_OF_TWO[u_23_k & 16383];
    const u_23_low = ROOT_OF_TWO_LOW[u_23_k & 16383];
    const u_23_below = 1 - u_23_high;
    const x_31 =
      u_23_square < 1.5
        ? 1 / (1 + (u_23_square * (u_23_near_low + u_23_near_high * (u_23_fourth * u_23_fourth)) - 0.5 * u_23))
        : u_23_square > exp_far
          ? exprel(u_23)
          : (u_23_rest - u_23_below - (u_23_below * u_23_rest - u_23_low)) / u_23;
    // exprel(u_24): near 0 by its series, else from 2^(k/32) e^r with r = u_24 - k ln 2 / 32
    const u_24 = (x_26 - 40) / 5;
    const u_24_square = u_24 * u_24;
    const u_24_fourth = u_24_square * u_24_square;
    const u_24_near_low = near_0 - near_1 * u_24_square + (near_2 - near_3 * u_24_square) * u_24_fourth;
    const u_24_near_high = near_4 - near_5 * u_24_square + (near_6 - near_7 * u_24_square) * u_24_fourth;
    const u_24_k = u_24 * exp_per_root + exp_rounder - exp_rounder;
    const u_24_head = u_24 - u_24_k * exp_root_head;
    const u_24_tail = u_24_k * exp_root_tail;
    const u_24_r = u_24_head - u_24_tail;
    const u_24_z = u_24_r * u_24_r;
    const u_24_rest =
      u_24_head -
      (u_24_tail -
        u_24_z *
          (0.5 + exp_series_1 * u_24_r + (exp_series_2 + exp_series_3 * u_24_r + exp_series_4 * u_24_z) * u_24_z));
    const u_24_high = ROOT_OF_TWO[u_24_k & 16383];
    const u_24_low = ROOT_OF_TWO_LOW[u_24_k & 16383];
    const u_24_below = 1 - u_24_high;
    const x_32 =
      u_24_square < 1.5
        ? 1 / (1 + (u_24_square * (u_24_near_low + u_24_near_high * (u_24_fourth * u_24_fourth)) - 0.5 * u_24))
        : u_24_square > exp_far
          ? exprel(u_24)
          : (u_24_rest - u_24_below - (u_24_below * u_24_rest - u_24_low)) / u_24;
    const k4_Na_m = (1.28 / x_31) * (1 - x4_Na_m) - (1.4 / x_32) * x4_Na_m;
    // traub_miles.glif:60  V' = (g_L*(E_L - V) + I_e)/C  [Runge-Kutta of order 4]
    const x_33 = span / 6;
    const V_next = V + x_33 * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
    // traub_miles.glif:26  h' = α_h(V - V_T)*(1 - h) - β_h(V - V_T)*h  [Runge-Kutta of order 4]
    const Na_h_next = Na_h + x_33 * (k1_Na_h + 2 * k2_Na_h + 2 * k3_Na_h + k4_Na_h);
    // traub_miles.glif:41  n' = α_n(V - V_T)*(1 - n) - β_n(V - V_T)*n  [Runge-Kutta of order 4]
    const K_n_next = K_n + x_33 * (k1_K_n + 2 * k2_K_n + 2 * k3_K_n + k4_K_n);
    // traub_miles.glif:25  m' = α_m(V - V_T)*(1 - m) - β_m(V - V_T)*m  [Runge-Kutta of order 4]
    const Na_m_next = Na_m + x_33 * (k1_Na_m + 2 * k2_Na_m + 2 * k3_Na_m + k4_Na_m);
    state[0] = V_next;
    state[2] = Na_h_next;
    state[3] = K_n_next;
    state[1] = Na_m_next;
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
    const K_g_max = coefficient[2];
    const K_E = coefficient[3];
    const Na_g_max = coefficient[4];
    const Na_E = coefficient[5];
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
    times: [
      {
        what: "`from` of `TraubMiles.I_e`",
        times: [20],
        rounded: true,
        lasts: false,
      },
      {
        what: "`to` of `TraubMiles.I_e`",
        times: [180],
        rounded: true,
        lasts: false,
      },
    ],
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
