/*
 * Conductances: an experiment of COBA.
 * One second of benchmark 1: the activity is asynchronous and irregular, and keeps itself up after the first 50 ms.
 *
 * Written by glif from brette2007.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population E:
 *   exc.g is linear with constant coefficients: exact propagator.
 *   inh.g is linear with constant coefficients: exact propagator.
 *   kick.g is linear with constant coefficients: exact propagator.
 *   V is linear in itself given the others, with coefficients that change: exponential Euler, of order 2.
 *   While refractory V is held.
 * Population I:
 *   exc.g is linear with constant coefficients: exact propagator.
 *   inh.g is linear with constant coefficients: exact propagator.
 *   kick.g is linear with constant coefficients: exact propagator.
 *   V is linear in itself given the others, with coefficients that change: exponential Euler, of order 2.
 *   While refractory V is held.
 * Population Kick:
 */

import {
  allocate,
  connect,
  delaySteps,
  drawUniform,
  exprel,
  poissonSource,
  populationSize,
  propagator,
  settingsOf,
  settled,
  simulate,
  stepsIn,
  stream,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation } from "glif/runtime";

/** Parameters of E: Integrate-and-fire cell of benchmarks 1, 2 and 4. */
export interface EParameters {
  /** membrane capacitance (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** leak conductance (nS); 10 nS unless given */
  g_L?: Quantity<"nS">;
  /** resting potential (mV); -60 mV unless given */
  E_L?: Quantity<"mV">;
  /** threshold (mV); -50 mV unless given */
  V_th?: Quantity<"mV">;
  /** reset potential (mV); -60 mV unless given */
  V_r?: Quantity<"mV">;
  /** refractory period (ms); 5 ms unless given */
  t_ref?: Quantity<"ms">;
}

/** Parameters of I: Integrate-and-fire cell of benchmarks 1, 2 and 4. */
export interface IParameters {
  /** membrane capacitance (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** leak conductance (nS); 10 nS unless given */
  g_L?: Quantity<"nS">;
  /** resting potential (mV); -60 mV unless given */
  E_L?: Quantity<"mV">;
  /** threshold (mV); -50 mV unless given */
  V_th?: Quantity<"mV">;
  /** reset potential (mV); -60 mV unless given */
  V_r?: Quantity<"mV">;
  /** refractory period (ms); 5 ms unless given */
  t_ref?: Quantity<"ms">;
}

/** Parameters of Kick */
export interface KickParameters {}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** decay time (ms); 5 ms unless given */
  "exc.τ": number;
  /** reversal potential (mV); 0 mV unless given */
  "exc.E_rev": number;
  /** peak, at once (nS); 6 nS unless given */
  "exc.w": number;
  /** decay time (ms); 10 ms unless given */
  "inh.τ": number;
  /** reversal potential (mV); -80 mV unless given */
  "inh.E_rev": number;
  /** peak, at once (nS); 67 nS unless given */
  "inh.w": number;
  /** decay time (ms); 5 ms unless given */
  "kick.τ": number;
  /** reversal potential (mV); 0 mV unless given */
  "kick.E_rev": number;
  /** peak, at once (nS); 6 nS unless given */
  "kick.w": number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 1 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    E?: EParameters;
    I?: IParameters;
    Kick?: KickParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    "exc.\u03C4"?: Quantity<"ms">;
    "exc.E_rev"?: Quantity<"mV">;
    "exc.w"?: Quantity<"nS">;
    "inh.\u03C4"?: Quantity<"ms">;
    "inh.E_rev"?: Quantity<"mV">;
    "inh.w"?: Quantity<"nS">;
    "kick.\u03C4"?: Quantity<"ms">;
    "kick.E_rev"?: Quantity<"mV">;
    "kick.w"?: Quantity<"nS">;
  };
  /** numbers of neurons by population */
  sizes?: {
    E?: number;
    I?: number;
    Kick?: number;
  };
  /** bytes that connections may take together */
  memoryLimit?: number | undefined;
  /** told how many sources of the connections in the making are done */
  progress?: ((done: number, total: number) => void) | undefined;
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "Conductances",
  duration: 1000,
  step: 0.1,
  seed: 1,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    E: {
      C: "pF",
      g_L: "nS",
      E_L: "mV",
      V_th: "mV",
      V_r: "mV",
      t_ref: "ms",
    },
    I: {
      C: "pF",
      g_L: "nS",
      E_L: "mV",
      V_th: "mV",
      V_r: "mV",
      t_ref: "ms",
    },
    Kick: {},
  },
  setup: {
    "exc.τ": "ms",
    "exc.E_rev": "mV",
    "exc.w": "nS",
    "inh.τ": "ms",
    "inh.E_rev": "mV",
    "inh.w": "nS",
    "kick.τ": "ms",
    "kick.E_rev": "mV",
    "kick.w": "nS",
  },
  elsewhere: {
    "E.V": "state",
    "E.I_e": "input",
    "I.V": "state",
    "I.I_e": "input",
    "exc.delay": "delay",
    "inh.delay": "delay",
    "kick.delay": "delay",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 1;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const given = settings.setup;
  const exc_τ = given["exc.τ"] ?? 5; // decay time (ms)
  const exc_E_rev = given["exc.E_rev"] ?? 0; // reversal potential (mV)
  const exc_w = given["exc.w"] ?? 6; // peak, at once (nS)
  const inh_τ = given["inh.τ"] ?? 10; // decay time (ms)
  const inh_E_rev = given["inh.E_rev"] ?? -80; // reversal potential (mV)
  const inh_w = given["inh.w"] ?? 67; // peak, at once (nS)
  const kick_τ = given["kick.τ"] ?? 5; // decay time (ms)
  const kick_E_rev = given["kick.E_rev"] ?? 0; // reversal potential (mV)
  const kick_w = given["kick.w"] ?? 6; // peak, at once (nS)
  const setup = {
    "exc.τ": exc_τ,
    "exc.E_rev": exc_E_rev,
    "exc.w": exc_w,
    "inh.τ": inh_τ,
    "inh.E_rev": inh_E_rev,
    "inh.w": inh_w,
    "kick.τ": kick_τ,
    "kick.E_rev": kick_E_rev,
    "kick.w": kick_w,
  };
  const E = population_E(populationSize("E", sizes.E ?? 3200), parameters.E ?? {}, setup, dt, seed);
  const I = population_I(populationSize("I", sizes.I ?? 800), parameters.I ?? {}, setup, dt, seed);
  const Kick = population_Kick(populationSize("Kick", sizes.Kick ?? 100), parameters.Kick ?? {}, setup, dt, seed);
  return simulate({
    name: "Conductances",
    dt,
    seed,
    populations: [E, I, Kick],
    projections: [
      projection_exc_E_E(E, E, setup, dt, seed, options),
      projection_exc_E_I(E, I, setup, dt, seed, options),
      projection_inh_I_E(I, E, setup, dt, seed, options),
      projection_inh_I_I(I, I, setup, dt, seed, options),
      projection_kick_Kick_E(Kick, E, setup, dt, seed, options),
      projection_kick_Kick_I(Kick, I, setup, dt, seed, options),
    ],
    spikesOf: ["E", "I"],
    records: [
      {
        population: "E",
        variable: "V",
        first: 0,
        last: 0,
        every: 1,
      },
    ],
  });
}

/** The kernels of population E: 3200 neurons of Cell. */
function population_E(size: number, given: Numbers<EParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // membrane capacitance (pF)
  const g_L = given.g_L ?? 10; // leak conductance (nS)
  const E_L = given.E_L ?? -60; // resting potential (mV)
  const V_th = given.V_th ?? -50; // threshold (mV)
  const V_r = given.V_r ?? -60; // reset potential (mV)
  const t_ref = given.t_ref ?? 5; // refractory period (ms)
  // Exact propagator of exc.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-1 / setup["exc.τ"]]);
  const solved1 = propagator(A1, 1, dt);
  const P1 = solved1.P;
  // Exact propagator of inh.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A2 = new Float64Array([-1 / setup["inh.τ"]]);
  const solved2 = propagator(A2, 1, dt);
  const P2 = solved2.P;
  // Exact propagator of kick.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A3 = new Float64Array([-1 / setup["kick.τ"]]);
  const solved3 = propagator(A3, 1, dt);
  const P3 = solved3.P;
  // Exact propagator of exc.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld1 = new Float64Array([-1 / setup["exc.τ"]]);
  const solvedheld1 = propagator(Aheld1, 1, dt);
  const Pheld1 = solvedheld1.P;
  // Exact propagator of inh.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld2 = new Float64Array([-1 / setup["inh.τ"]]);
  const solvedheld2 = propagator(Aheld2, 1, dt);
  const Pheld2 = solvedheld2.P;
  // Exact propagator of kick.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld3 = new Float64Array([-1 / setup["kick.τ"]]);
  const solvedheld3 = propagator(Aheld3, 1, dt);
  const Pheld3 = solvedheld3.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P1[0],
    P2[0],
    P3[0],
    g_L,
    E_L,
    setup["exc.E_rev"],
    setup["inh.E_rev"],
    setup["kick.E_rev"],
    1 / C,
    dt,
    -g_L,
    V_th,
    Pheld1[0],
    Pheld2[0],
    Pheld3[0],
    V_r,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 4);
  const V_at = memory.arrays[0];
  const exc_g_at = memory.arrays[1];
  const inh_g_at = memory.arrays[2];
  const kick_g_at = memory.arrays[3];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 4);
  const draws_V = stream(seed, "E/V");
  for (let i = 0; i < size; i++) {
    V_at[i] = drawUniform(draws_V, i, -60, -50);
    exc_g_at[i] = 0;
    inh_g_at[i] = 0;
    kick_g_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P1_exc_g = coefficient[0];
    const P2_inh_g = coefficient[1];
    const P3_kick_g = coefficient[2];
    const g_L = coefficient[3];
    const E_L = coefficient[4];
    const exc_E_rev = coefficient[5];
    const inh_E_rev = coefficient[6];
    const kick_E_rev = coefficient[7];
    const c_2 = coefficient[8];
    const dt = coefficient[9];
    const c_3 = coefficient[10];
    const V_th = coefficient[11];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const exc_g = exc_g_at[i];
      const exc_g_next = P1_exc_g * exc_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const inh_g = inh_g_at[i];
      const inh_g_next = P2_inh_g * inh_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const kick_g = kick_g_at[i];
      const kick_g_next = P3_kick_g * kick_g;
      // brette2007.glif:32  V' = (g_L*(E_L - V) + I_e)/C  [exponential Euler]
      const V = V_at[i];
      const x = 0.5 * (exc_g + exc_g_next);
      const x_2 = 0.5 * (inh_g + inh_g_next);
      const x_3 = 0.5 * (kick_g + kick_g_next);
      const V_next =
        V +
        (g_L * (E_L - V) + (I_e + x * (exc_E_rev - V) + x_2 * (inh_E_rev - V) + x_3 * (kick_E_rev - V))) *
          c_2 *
          (dt * exprel((c_3 - x - x_2 - x_3) * c_2 * dt));
      exc_g_at[i] = exc_g_next;
      inh_g_at[i] = inh_g_next;
      kick_g_at[i] = kick_g_next;
      V_at[i] = V_next;
      // brette2007.glif:34  spike when V > V_th
      if (V_next > V_th) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    const Pheld1_exc_g = coefficient[12];
    const Pheld2_inh_g = coefficient[13];
    const Pheld3_kick_g = coefficient[14];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const exc_g = exc_g_at[i];
      const exc_g_next = Pheld1_exc_g * exc_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const inh_g = inh_g_at[i];
      const inh_g_next = Pheld2_inh_g * inh_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const kick_g = kick_g_at[i];
      const kick_g_next = Pheld3_kick_g * kick_g;
      scratch[index * 4] = exc_g_next;
      scratch[index * 4 + 1] = inh_g_next;
      scratch[index * 4 + 2] = kick_g_next;
      scratch[index * 4 + 3] = V_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      exc_g_at[i] = scratch[index * 4];
      inh_g_at[i] = scratch[index * 4 + 1];
      kick_g_at[i] = scratch[index * 4 + 2];
      V_at[i] = scratch[index * 4 + 3];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > V_th
    const V_r = coefficient[15];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // brette2007.glif:35  V <- V_r
      const V_after = V_r;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const V_th = coefficient[11];
    const V = V_at[i];
    return V > V_th;
  }

  function read_I_e(i: number): number {
    const exc_E_rev = coefficient[5];
    const inh_E_rev = coefficient[6];
    const kick_E_rev = coefficient[7];
    const I_e = I_e_at[0];
    const exc_g = exc_g_at[i];
    const V = V_at[i];
    const inh_g = inh_g_at[i];
    const kick_g = kick_g_at[i];
    return I_e + exc_g * (exc_E_rev - V) + inh_g * (inh_E_rev - V) + kick_g * (kick_E_rev - V);
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "E",
    model: "Cell",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "exc.g", unit: "nS", values: exc_g_at },
      { name: "inh.g", unit: "nS", values: inh_g_at },
      { name: "kick.g", unit: "nS", values: kick_g_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "exc.g",
        unit: "nS",
        kind: "state",
        read: (i: number) => exc_g_at[i],
      },
      {
        name: "inh.g",
        unit: "nS",
        kind: "state",
        read: (i: number) => inh_g_at[i],
      },
      {
        name: "kick.g",
        unit: "nS",
        kind: "state",
        read: (i: number) => kick_g_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: {
      V: V_at,
      "exc.g": exc_g_at,
      "inh.g": inh_g_at,
      "kick.g": kick_g_at,
      "#in:I_e": I_e_at,
    },
    held: ["V"],
    parameters: {
      C,
      g_L,
      E_L,
      V_th,
      V_r,
      t_ref,
    },
    times: [
      {
        what: "the refractory period of `E`",
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
    events: [],
  };
}

/** The kernels of population I: 800 neurons of Cell. */
function population_I(size: number, given: Numbers<IParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // membrane capacitance (pF)
  const g_L = given.g_L ?? 10; // leak conductance (nS)
  const E_L = given.E_L ?? -60; // resting potential (mV)
  const V_th = given.V_th ?? -50; // threshold (mV)
  const V_r = given.V_r ?? -60; // reset potential (mV)
  const t_ref = given.t_ref ?? 5; // refractory period (ms)
  // Exact propagator of exc.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-1 / setup["exc.τ"]]);
  const solved1 = propagator(A1, 1, dt);
  const P1 = solved1.P;
  // Exact propagator of inh.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A2 = new Float64Array([-1 / setup["inh.τ"]]);
  const solved2 = propagator(A2, 1, dt);
  const P2 = solved2.P;
  // Exact propagator of kick.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A3 = new Float64Array([-1 / setup["kick.τ"]]);
  const solved3 = propagator(A3, 1, dt);
  const P3 = solved3.P;
  // Exact propagator of exc.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld1 = new Float64Array([-1 / setup["exc.τ"]]);
  const solvedheld1 = propagator(Aheld1, 1, dt);
  const Pheld1 = solvedheld1.P;
  // Exact propagator of inh.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld2 = new Float64Array([-1 / setup["inh.τ"]]);
  const solvedheld2 = propagator(Aheld2, 1, dt);
  const Pheld2 = solvedheld2.P;
  // Exact propagator of kick.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld3 = new Float64Array([-1 / setup["kick.τ"]]);
  const solvedheld3 = propagator(Aheld3, 1, dt);
  const Pheld3 = solvedheld3.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P1[0],
    P2[0],
    P3[0],
    g_L,
    E_L,
    setup["exc.E_rev"],
    setup["inh.E_rev"],
    setup["kick.E_rev"],
    1 / C,
    dt,
    -g_L,
    V_th,
    Pheld1[0],
    Pheld2[0],
    Pheld3[0],
    V_r,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 4);
  const V_at = memory.arrays[0];
  const exc_g_at = memory.arrays[1];
  const inh_g_at = memory.arrays[2];
  const kick_g_at = memory.arrays[3];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 4);
  const draws_V = stream(seed, "I/V");
  for (let i = 0; i < size; i++) {
    V_at[i] = drawUniform(draws_V, i, -60, -50);
    exc_g_at[i] = 0;
    inh_g_at[i] = 0;
    kick_g_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P1_exc_g = coefficient[0];
    const P2_inh_g = coefficient[1];
    const P3_kick_g = coefficient[2];
    const g_L = coefficient[3];
    const E_L = coefficient[4];
    const exc_E_rev = coefficient[5];
    const inh_E_rev = coefficient[6];
    const kick_E_rev = coefficient[7];
    const c_2 = coefficient[8];
    const dt = coefficient[9];
    const c_3 = coefficient[10];
    const V_th = coefficient[11];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const exc_g = exc_g_at[i];
      const exc_g_next = P1_exc_g * exc_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const inh_g = inh_g_at[i];
      const inh_g_next = P2_inh_g * inh_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const kick_g = kick_g_at[i];
      const kick_g_next = P3_kick_g * kick_g;
      // brette2007.glif:32  V' = (g_L*(E_L - V) + I_e)/C  [exponential Euler]
      const V = V_at[i];
      const x = 0.5 * (exc_g + exc_g_next);
      const x_2 = 0.5 * (inh_g + inh_g_next);
      const x_3 = 0.5 * (kick_g + kick_g_next);
      const V_next =
        V +
        (g_L * (E_L - V) + (I_e + x * (exc_E_rev - V) + x_2 * (inh_E_rev - V) + x_3 * (kick_E_rev - V))) *
          c_2 *
          (dt * exprel((c_3 - x - x_2 - x_3) * c_2 * dt));
      exc_g_at[i] = exc_g_next;
      inh_g_at[i] = inh_g_next;
      kick_g_at[i] = kick_g_next;
      V_at[i] = V_next;
      // brette2007.glif:34  spike when V > V_th
      if (V_next > V_th) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    const Pheld1_exc_g = coefficient[12];
    const Pheld2_inh_g = coefficient[13];
    const Pheld3_kick_g = coefficient[14];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const exc_g = exc_g_at[i];
      const exc_g_next = Pheld1_exc_g * exc_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const inh_g = inh_g_at[i];
      const inh_g_next = Pheld2_inh_g * inh_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const kick_g = kick_g_at[i];
      const kick_g_next = Pheld3_kick_g * kick_g;
      scratch[index * 4] = exc_g_next;
      scratch[index * 4 + 1] = inh_g_next;
      scratch[index * 4 + 2] = kick_g_next;
      scratch[index * 4 + 3] = V_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      exc_g_at[i] = scratch[index * 4];
      inh_g_at[i] = scratch[index * 4 + 1];
      kick_g_at[i] = scratch[index * 4 + 2];
      V_at[i] = scratch[index * 4 + 3];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > V_th
    const V_r = coefficient[15];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // brette2007.glif:35  V <- V_r
      const V_after = V_r;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const V_th = coefficient[11];
    const V = V_at[i];
    return V > V_th;
  }

  function read_I_e(i: number): number {
    const exc_E_rev = coefficient[5];
    const inh_E_rev = coefficient[6];
    const kick_E_rev = coefficient[7];
    const I_e = I_e_at[0];
    const exc_g = exc_g_at[i];
    const V = V_at[i];
    const inh_g = inh_g_at[i];
    const kick_g = kick_g_at[i];
    return I_e + exc_g * (exc_E_rev - V) + inh_g * (inh_E_rev - V) + kick_g * (kick_E_rev - V);
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "I",
    model: "Cell",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "exc.g", unit: "nS", values: exc_g_at },
      { name: "inh.g", unit: "nS", values: inh_g_at },
      { name: "kick.g", unit: "nS", values: kick_g_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "exc.g",
        unit: "nS",
        kind: "state",
        read: (i: number) => exc_g_at[i],
      },
      {
        name: "inh.g",
        unit: "nS",
        kind: "state",
        read: (i: number) => inh_g_at[i],
      },
      {
        name: "kick.g",
        unit: "nS",
        kind: "state",
        read: (i: number) => kick_g_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: {
      V: V_at,
      "exc.g": exc_g_at,
      "inh.g": inh_g_at,
      "kick.g": kick_g_at,
      "#in:I_e": I_e_at,
    },
    held: ["V"],
    parameters: {
      C,
      g_L,
      E_L,
      V_th,
      V_r,
      t_ref,
    },
    times: [
      {
        what: "the refractory period of `I`",
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
    events: [],
  };
}

/** The kernels of population Kick: 100 neurons of poisson. */
function population_Kick(
  size: number,
  given: Numbers<KickParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 0);
  const rate_at = new Float64Array(1); // rate (/ms)
  const ends = stepsIn(50, dt); // steps
  const candidates = new Int32Array(size);

  function drive(tick: number): void {
    const rate_1 = tick < ends ? 0.3 : 0;
    rate_at[0] = rate_1;
  }

  function shake(): void {}

  function update(low: number, high: number): number {
    let count = 0;
    for (let i = low; i < high; i++) {}
    return count;
  }

  function hold(): void {}
  function restore(): void {}

  function reset(): void {
    // no spikes
  }

  function holds(): boolean {
    return false;
  }

  function read_rate(i: number): number {
    const rate = rate_at[0];
    return rate * 1000;
  }

  function refractorySteps(): number {
    return 0;
  }

  const source = poissonSource(size, rate_at, dt, seed, "Kick/spike");
  return {
    kind: "grid",
    name: "Kick",
    model: "poisson",
    size,
    memory,
    states: [],
    observables: [
      {
        name: "rate",
        unit: "Hz",
        kind: "input",
        read: read_rate,
      },
    ],
    inputs: {},
    arrays: { "#in:rate": rate_at },
    held: [],
    source,
    parameters: {},
    times: [
      {
        what: "`to` of `Kick.rate`",
        times: [50],
        rounded: true,
        lasts: false,
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
    events: [],
  };
}

/** Connections exc from E to E by ExpConductance. */
function projection_exc_E_E(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_exc_g_at = variableOf(target, "exc.g");
  const connections = connect({
    name: "exc E->E",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "random",
    p: 0.02,
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "exc"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["exc.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const exc_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:77  g <- g + w
      const post_exc_g = post_exc_g_at[j];
      post_exc_g_at[j] = post_exc_g + exc_w;
    }
  }

  return {
    kind: "grid",
    name: "exc E->E",
    connection: "exc",
    source: "E",
    target: "E",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `exc`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections exc from E to I by ExpConductance. */
function projection_exc_E_I(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_exc_g_at = variableOf(target, "exc.g");
  const connections = connect({
    name: "exc E->I",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "random",
    p: 0.02,
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "exc"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["exc.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const exc_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:77  g <- g + w
      const post_exc_g = post_exc_g_at[j];
      post_exc_g_at[j] = post_exc_g + exc_w;
    }
  }

  return {
    kind: "grid",
    name: "exc E->I",
    connection: "exc",
    source: "E",
    target: "I",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `exc`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections inh from I to E by ExpConductance. */
function projection_inh_I_E(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_inh_g_at = variableOf(target, "inh.g");
  const connections = connect({
    name: "inh I->E",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "random",
    p: 0.02,
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "inh"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["inh.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const inh_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:77  g <- g + w
      const post_inh_g = post_inh_g_at[j];
      post_inh_g_at[j] = post_inh_g + inh_w;
    }
  }

  return {
    kind: "grid",
    name: "inh I->E",
    connection: "inh",
    source: "I",
    target: "E",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `inh`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections inh from I to I by ExpConductance. */
function projection_inh_I_I(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_inh_g_at = variableOf(target, "inh.g");
  const connections = connect({
    name: "inh I->I",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "random",
    p: 0.02,
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "inh"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["inh.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const inh_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:77  g <- g + w
      const post_inh_g = post_inh_g_at[j];
      post_inh_g_at[j] = post_inh_g + inh_w;
    }
  }

  return {
    kind: "grid",
    name: "inh I->I",
    connection: "inh",
    source: "I",
    target: "I",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `inh`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections kick from Kick to E by ExpConductance. */
function projection_kick_Kick_E(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_kick_g_at = variableOf(target, "kick.g");
  const connections = connect({
    name: "kick Kick->E",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "random",
    p: 0.02,
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "kick"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["kick.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const kick_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:77  g <- g + w
      const post_kick_g = post_kick_g_at[j];
      post_kick_g_at[j] = post_kick_g + kick_w;
    }
  }

  return {
    kind: "grid",
    name: "kick Kick->E",
    connection: "kick",
    source: "Kick",
    target: "E",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `kick`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections kick from Kick to I by ExpConductance. */
function projection_kick_Kick_I(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_kick_g_at = variableOf(target, "kick.g");
  const connections = connect({
    name: "kick Kick->I",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "random",
    p: 0.02,
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "kick"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["kick.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const kick_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:77  g <- g + w
      const post_kick_g = post_kick_g_at[j];
      post_kick_g_at[j] = post_kick_g + kick_w;
    }
  }

  return {
    kind: "grid",
    name: "kick Kick->I",
    connection: "kick",
    source: "Kick",
    target: "I",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `kick`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}
