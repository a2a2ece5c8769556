/*
 * Noisy: an experiment of Coupled.
 * A mean current, and white noise of its own for each neuron.
 *
 * Written by glif from glif_network.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population E:
 *   I[1] is linear with constant coefficients: exact propagator.
 *   I[2] is linear with constant coefficients: exact propagator.
 *   Θ_s is linear with constant coefficients: exact propagator.
 *   exc.g is linear with constant coefficients: exact propagator.
 *   inh.g is linear with constant coefficients: exact propagator.
 *   V is linear in itself given the others, with coefficients that change and additive noise: exponential Euler, of order 2 (in the noise 1).
 *   While refractory V is held.
 * Population I:
 *   I[1] is linear with constant coefficients: exact propagator.
 *   I[2] is linear with constant coefficients: exact propagator.
 *   Θ_s is linear with constant coefficients: exact propagator.
 *   exc.g is linear with constant coefficients: exact propagator.
 *   inh.g is linear with constant coefficients: exact propagator.
 *   V is linear in itself given the others, with coefficients that change and additive noise: exponential Euler, of order 2 (in the noise 1).
 *   While refractory V is held.
 */

import {
  allocate,
  connect,
  connectionDoubles,
  delaySteps,
  drawConnections,
  drawLognormal,
  drawUniform,
  drawnDelays,
  exprel,
  fillNormal,
  populationSize,
  propagator,
  rowDraw,
  settingsOf,
  settled,
  simulate,
  sqrt,
  stepsIn,
  stream,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation, Stream } from "glif/runtime";

/** Parameters of E: Generalized leaky integrate-and-fire neuron (Mihalas & Niebur 2009): level 5. */
export interface EParameters {
  /** membrane capacitance (pF); 58.7 pF unless given */
  C?: Quantity<"pF">;
  /** leak conductance (nS); 9.43 nS unless given */
  G?: Quantity<"nS">;
  /** resting potential, and where a spike leaves the membrane (mV); -78.9 mV unless given */
  E_L?: Quantity<"mV">;
  /** spike threshold, long after a spike (mV); -51.7 mV unless given */
  Θ_inf?: Quantity<"mV">;
  /** refractory period: V stays at rest for so long after a spike (ms); 3 ms unless given */
  t_ref?: Quantity<"ms">;
  /** decay rates of the after-spike currents (/ms); 0.003 /ms unless given */
  "k[1]"?: Quantity<"/ms">;
  /** decay rates of the after-spike currents (/ms); 0.1 /ms unless given */
  "k[2]"?: Quantity<"/ms">;
  /** fraction of each that a spike leaves (1); 1 unless given */
  "f[1]"?: Quantity<"1">;
  /** fraction of each that a spike leaves (1); 1 unless given */
  "f[2]"?: Quantity<"1">;
  /** what a spike adds to each (pA); -9.18 pA unless given */
  "δI[1]"?: Quantity<"pA">;
  /** what a spike adds to each (pA); -198.94 pA unless given */
  "δI[2]"?: Quantity<"pA">;
  /** decay rate of the threshold's rise (/ms); 0.02 /ms unless given */
  b_s?: Quantity<"/ms">;
  /** by how much a spike raises the threshold (mV); 2.0 mV unless given */
  δΘ_s?: Quantity<"mV">;
  /** fraction of its distance from rest that V keeps at a spike (1); 0.2 unless given */
  f_v?: Quantity<"1">;
  /** and by how much it is then lowered (mV); 1.5 mV unless given */
  δV?: Quantity<"mV">;
}

/** Parameters of I: Generalized leaky integrate-and-fire neuron (Mihalas & Niebur 2009): level 5. */
export interface IParameters {
  /** membrane capacitance (pF); 58.7 pF unless given */
  C?: Quantity<"pF">;
  /** leak conductance (nS); 9.43 nS unless given */
  G?: Quantity<"nS">;
  /** resting potential, and where a spike leaves the membrane (mV); -78.9 mV unless given */
  E_L?: Quantity<"mV">;
  /** spike threshold, long after a spike (mV); -51.7 mV unless given */
  Θ_inf?: Quantity<"mV">;
  /** refractory period: V stays at rest for so long after a spike (ms); 1 ms unless given */
  t_ref?: Quantity<"ms">;
  /** decay rates of the after-spike currents (/ms); 0.003 /ms unless given */
  "k[1]"?: Quantity<"/ms">;
  /** decay rates of the after-spike currents (/ms); 0.1 /ms unless given */
  "k[2]"?: Quantity<"/ms">;
  /** fraction of each that a spike leaves (1); 1 unless given */
  "f[1]"?: Quantity<"1">;
  /** fraction of each that a spike leaves (1); 1 unless given */
  "f[2]"?: Quantity<"1">;
  /** what a spike adds to each (pA); -9.18 pA unless given */
  "δI[1]"?: Quantity<"pA">;
  /** what a spike adds to each (pA); -198.94 pA unless given */
  "δI[2]"?: Quantity<"pA">;
  /** decay rate of the threshold's rise (/ms); 0.02 /ms unless given */
  b_s?: Quantity<"/ms">;
  /** by how much a spike raises the threshold (mV); 2.0 mV unless given */
  δΘ_s?: Quantity<"mV">;
  /** fraction of its distance from rest that V keeps at a spike (1); 0.2 unless given */
  f_v?: Quantity<"1">;
  /** and by how much it is then lowered (mV); 1.5 mV unless given */
  δV?: Quantity<"mV">;
}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** decay time (ms); 5 ms unless given */
  "exc.τ": number;
  /** reversal potential (mV); 0 mV unless given */
  "exc.E_rev": number;
  /** decay time (ms); 10 ms unless given */
  "inh.τ": number;
  /** reversal potential (mV); -80 mV unless given */
  "inh.E_rev": number;
  /** peak, at once (nS); 4 nS unless given */
  "inh.w": number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 42 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    E?: EParameters;
    I?: IParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    "exc.\u03C4"?: Quantity<"ms">;
    "exc.E_rev"?: Quantity<"mV">;
    "inh.\u03C4"?: Quantity<"ms">;
    "inh.E_rev"?: Quantity<"mV">;
    "inh.w"?: Quantity<"nS">;
  };
  /** numbers of neurons by population */
  sizes?: {
    E?: number;
    I?: number;
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
  name: "Noisy",
  duration: 1000,
  step: 0.1,
  seed: 42,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    E: {
      C: "pF",
      G: "nS",
      E_L: "mV",
      Θ_inf: "mV",
      t_ref: "ms",
      "k[1]": "/ms",
      "k[2]": "/ms",
      "f[1]": "1",
      "f[2]": "1",
      "δI[1]": "pA",
      "δI[2]": "pA",
      b_s: "/ms",
      δΘ_s: "mV",
      f_v: "1",
      δV: "mV",
    },
    I: {
      C: "pF",
      G: "nS",
      E_L: "mV",
      Θ_inf: "mV",
      t_ref: "ms",
      "k[1]": "/ms",
      "k[2]": "/ms",
      "f[1]": "1",
      "f[2]": "1",
      "δI[1]": "pA",
      "δI[2]": "pA",
      b_s: "/ms",
      δΘ_s: "mV",
      f_v: "1",
      δV: "mV",
    },
  },
  setup: {
    "exc.τ": "ms",
    "exc.E_rev": "mV",
    "inh.τ": "ms",
    "inh.E_rev": "mV",
    "inh.w": "nS",
  },
  elsewhere: {
    "E.V": "state",
    "E.I": "state",
    "E.Θ_s": "state",
    "E.I_e": "input",
    "I.V": "state",
    "I.I": "state",
    "I.Θ_s": "state",
    "I.I_e": "input",
    "exc.delay": "delay",
    "inh.delay": "delay",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 42;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const given = settings.setup;
  const exc_τ = given["exc.τ"] ?? 5; // decay time (ms)
  const exc_E_rev = given["exc.E_rev"] ?? 0; // reversal potential (mV)
  const inh_τ = given["inh.τ"] ?? 10; // decay time (ms)
  const inh_E_rev = given["inh.E_rev"] ?? -80; // reversal potential (mV)
  const inh_w = given["inh.w"] ?? 4; // peak, at once (nS)
  const setup = {
    "exc.τ": exc_τ,
    "exc.E_rev": exc_E_rev,
    "inh.τ": inh_τ,
    "inh.E_rev": inh_E_rev,
    "inh.w": inh_w,
  };
  const E = population_E(populationSize("E", sizes.E ?? 800), parameters.E ?? {}, setup, dt, seed);
  const I = population_I(populationSize("I", sizes.I ?? 200), parameters.I ?? {}, setup, dt, seed);
  return simulate({
    name: "Noisy",
    dt,
    seed,
    populations: [E, I],
    projections: [
      projection_exc_E_E(E, E, setup, dt, seed, options),
      projection_exc_E_I(E, I, setup, dt, seed, options),
      projection_inh_I_E(I, E, setup, dt, seed, options),
      projection_inh_I_I(I, I, setup, dt, seed, options),
    ],
    spikesOf: ["E", "I"],
    records: [
      {
        population: "E",
        variable: "V",
        first: 0,
        last: 2,
        every: 1,
      },
      {
        population: "E",
        variable: "exc.g",
        first: 0,
        last: 0,
        every: 1,
      },
      {
        population: "E",
        variable: "inh.g",
        first: 0,
        last: 0,
        every: 1,
      },
    ],
  });
}

/** The kernels of population E: 800 neurons of GLIF. */
function population_E(size: number, given: Numbers<EParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  const C = given.C ?? 58.7; // membrane capacitance (pF)
  const G = given.G ?? 9.43; // leak conductance (nS)
  const E_L = given.E_L ?? -78.9; // resting potential, and where a spike leaves the membrane (mV)
  const Θ_inf = given.Θ_inf ?? -51.7; // spike threshold, long after a spike (mV)
  const t_ref = given.t_ref ?? 3; // refractory period: V stays at rest for so long after a spike (ms)
  const k_1 = given["k[1]"] ?? 0.003; // decay rates of the after-spike currents (/ms)
  const k_2 = given["k[2]"] ?? 0.1; // decay rates of the after-spike currents (/ms)
  const f_1 = given["f[1]"] ?? 1; // fraction of each that a spike leaves (1)
  const f_2 = given["f[2]"] ?? 1; // fraction of each that a spike leaves (1)
  const δI_1 = given["δI[1]"] ?? -9.18; // what a spike adds to each (pA)
  const δI_2 = given["δI[2]"] ?? -198.94; // what a spike adds to each (pA)
  const b_s = given.b_s ?? 0.02; // decay rate of the threshold's rise (/ms)
  const δΘ_s = given.δΘ_s ?? 2; // by how much a spike raises the threshold (mV)
  const f_v = given.f_v ?? 0.2; // fraction of its distance from rest that V keeps at a spike (1)
  const δV = given.δV ?? 1.5; // and by how much it is then lowered (mV)
  // Exact propagator of I[1]: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-k_1]);
  const solved1 = propagator(A1, 1, dt);
  const P1 = solved1.P;
  // Exact propagator of I[2]: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A2 = new Float64Array([-k_2]);
  const solved2 = propagator(A2, 1, dt);
  const P2 = solved2.P;
  // Exact propagator of Θ_s: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A3 = new Float64Array([-b_s]);
  const solved3 = propagator(A3, 1, dt);
  const P3 = solved3.P;
  // Exact propagator of exc.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A4 = new Float64Array([-1 / setup["exc.τ"]]);
  const solved4 = propagator(A4, 1, dt);
  const P4 = solved4.P;
  // Exact propagator of inh.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A5 = new Float64Array([-1 / setup["inh.τ"]]);
  const solved5 = propagator(A5, 1, dt);
  const P5 = solved5.P;
  // Exact propagator of I[1]: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld1 = new Float64Array([-k_1]);
  const solvedheld1 = propagator(Aheld1, 1, dt);
  const Pheld1 = solvedheld1.P;
  // Exact propagator of I[2]: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld2 = new Float64Array([-k_2]);
  const solvedheld2 = propagator(Aheld2, 1, dt);
  const Pheld2 = solvedheld2.P;
  // Exact propagator of Θ_s: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld3 = new Float64Array([-b_s]);
  const solvedheld3 = propagator(Aheld3, 1, dt);
  const Pheld3 = solvedheld3.P;
  // Exact propagator of exc.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld4 = new Float64Array([-1 / setup["exc.τ"]]);
  const solvedheld4 = propagator(Aheld4, 1, dt);
  const Pheld4 = solvedheld4.P;
  // Exact propagator of inh.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld5 = new Float64Array([-1 / setup["inh.τ"]]);
  const solvedheld5 = propagator(Aheld5, 1, dt);
  const Pheld5 = solvedheld5.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P1[0],
    P2[0],
    P3[0],
    P4[0],
    P5[0],
    setup["exc.E_rev"],
    setup["inh.E_rev"],
    G,
    E_L,
    1 / C,
    dt,
    20 / C,
    Θ_inf,
    Pheld1[0],
    Pheld2[0],
    Pheld3[0],
    Pheld4[0],
    Pheld5[0],
    f_1,
    δI_1,
    f_2,
    δI_2,
    f_v,
    δV,
    δΘ_s,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 6);
  const V_at = memory.arrays[0];
  const I_1_at = memory.arrays[1];
  const I_2_at = memory.arrays[2];
  const Θ_s_at = memory.arrays[3];
  const exc_g_at = memory.arrays[4];
  const inh_g_at = memory.arrays[5];
  const I_e_at = new Float64Array(1); // everything that injects current adds up here (pA)
  I_e_at[0] = 300;
  const η_ξ_I_e_ξ_set_I_e = new Float64Array(size);
  const η_ξ_I_e_ξ_set_I_e_draws = stream(seed, "E/ξ:I_e~ξ#set.I_e");
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 6);
  const draws_V = stream(seed, "E/V");
  for (let i = 0; i < size; i++) {
    V_at[i] = drawUniform(draws_V, i, E_L, Θ_inf);
    I_1_at[i] = 0;
    I_2_at[i] = 0;
    Θ_s_at[i] = 0;
    exc_g_at[i] = 0;
    inh_g_at[i] = 0;
  }

  function drive(): void {}

  function shake(tick: number): void {
    fillNormal(η_ξ_I_e_ξ_set_I_e, 0, size, η_ξ_I_e_ξ_set_I_e_draws, tick);
  }

  function update(low: number, high: number): number {
    const P1_I_1 = coefficient[0];
    const P2_I_2 = coefficient[1];
    const P3_Θ_s = coefficient[2];
    const P4_exc_g = coefficient[3];
    const P5_inh_g = coefficient[4];
    const exc_E_rev = coefficient[5];
    const inh_E_rev = coefficient[6];
    const G = coefficient[7];
    const E_L = coefficient[8];
    const c_2 = coefficient[9];
    const dt = coefficient[10];
    const c_4 = coefficient[11];
    const Θ_inf = coefficient[12];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // glif.glif:28  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_1 = I_1_at[i];
      const I_1_next = P1_I_1 * I_1;
      // glif.glif:28  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_2 = I_2_at[i];
      const I_2_next = P2_I_2 * I_2;
      // glif.glif:29  Θ_s' = -b_s*Θ_s  [exact propagator]
      const Θ_s = Θ_s_at[i];
      const Θ_s_next = P3_Θ_s * Θ_s;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const exc_g = exc_g_at[i];
      const exc_g_next = P4_exc_g * exc_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const inh_g = inh_g_at[i];
      const inh_g_next = P5_inh_g * inh_g;
      // lif.glif:24  V' = (I_e - G*(V - E_L)) / C  [exponential Euler]
      const V = V_at[i];
      const x = 0.5 * (exc_g + exc_g_next);
      const x_2 = 0.5 * (inh_g + inh_g_next);
      const x_3 = (-x - x_2 - G) * c_2 * dt;
      const x_4 = exprel(x_3);
      const x_5 = dt * x_4;
      const η_ξ_I_e_ξ_set_I_e_i = η_ξ_I_e_ξ_set_I_e[i];
      const V_next =
        V +
        (I_e +
          x * (exc_E_rev - V) +
          x_2 * (inh_E_rev - V) +
          0.5 * (I_1 + I_1_next) +
          0.5 * (I_2 + I_2_next) -
          G * (V - E_L)) *
          c_2 *
          x_5 +
        c_4 * (sqrt(x_5 * (1 + 0.5 * (x_3 * x_4))) * η_ξ_I_e_ξ_set_I_e_i);
      I_1_at[i] = I_1_next;
      I_2_at[i] = I_2_next;
      Θ_s_at[i] = Θ_s_next;
      exc_g_at[i] = exc_g_next;
      inh_g_at[i] = inh_g_next;
      V_at[i] = V_next;
      // lif.glif:28  spike when V > Θ
      if (V_next > Θ_inf + Θ_s_next) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    const Pheld1_I_1 = coefficient[13];
    const Pheld2_I_2 = coefficient[14];
    const Pheld3_Θ_s = coefficient[15];
    const Pheld4_exc_g = coefficient[16];
    const Pheld5_inh_g = coefficient[17];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // glif.glif:28  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_1 = I_1_at[i];
      const I_1_next = Pheld1_I_1 * I_1;
      // glif.glif:28  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_2 = I_2_at[i];
      const I_2_next = Pheld2_I_2 * I_2;
      // glif.glif:29  Θ_s' = -b_s*Θ_s  [exact propagator]
      const Θ_s = Θ_s_at[i];
      const Θ_s_next = Pheld3_Θ_s * Θ_s;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const exc_g = exc_g_at[i];
      const exc_g_next = Pheld4_exc_g * exc_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const inh_g = inh_g_at[i];
      const inh_g_next = Pheld5_inh_g * inh_g;
      scratch[index * 6] = I_1_next;
      scratch[index * 6 + 1] = I_2_next;
      scratch[index * 6 + 2] = Θ_s_next;
      scratch[index * 6 + 3] = exc_g_next;
      scratch[index * 6 + 4] = inh_g_next;
      scratch[index * 6 + 5] = V_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      I_1_at[i] = scratch[index * 6];
      I_2_at[i] = scratch[index * 6 + 1];
      Θ_s_at[i] = scratch[index * 6 + 2];
      exc_g_at[i] = scratch[index * 6 + 3];
      inh_g_at[i] = scratch[index * 6 + 4];
      V_at[i] = scratch[index * 6 + 5];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > Θ
    const E_L = coefficient[8];
    const f_1 = coefficient[18];
    const δI_1 = coefficient[19];
    const f_2 = coefficient[20];
    const δI_2 = coefficient[21];
    const f_v = coefficient[22];
    const δV = coefficient[23];
    const δΘ_s = coefficient[24];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // glif.glif:35  I[j] <- f[j]*I[j] + δI[j]
      const I_1 = I_1_at[i];
      const I_1_after = f_1 * I_1 + δI_1;
      // glif.glif:35  I[j] <- f[j]*I[j] + δI[j]
      const I_2 = I_2_at[i];
      const I_2_after = f_2 * I_2 + δI_2;
      // glif.glif:36  V <- E_L + f_v*(V - E_L) - δV
      const V = V_at[i];
      const V_after = E_L + f_v * (V - E_L) - δV;
      // glif.glif:37  Θ_s <- Θ_s + δΘ_s
      const Θ_s = Θ_s_at[i];
      const Θ_s_after = Θ_s + δΘ_s;
      I_1_at[i] = I_1_after;
      I_2_at[i] = I_2_after;
      V_at[i] = V_after;
      Θ_s_at[i] = Θ_s_after;
    }
  }

  function holds(i: number): boolean {
    const Θ_inf = coefficient[12];
    const V = V_at[i];
    const Θ_s = Θ_s_at[i];
    const Θ = Θ_inf + Θ_s;
    return V > Θ;
  }

  function read_I_e(i: number): number {
    const exc_E_rev = coefficient[5];
    const inh_E_rev = coefficient[6];
    const I_e = I_e_at[0];
    const exc_g = exc_g_at[i];
    const V = V_at[i];
    const inh_g = inh_g_at[i];
    const I_1 = I_1_at[i];
    const I_2 = I_2_at[i];
    return I_e + 0 + exc_g * (exc_E_rev - V) + inh_g * (inh_E_rev - V) + (I_1 + I_2);
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "E",
    model: "GLIF",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "I[1]", unit: "pA", values: I_1_at },
      { name: "I[2]", unit: "pA", values: I_2_at },
      { name: "Θ_s", unit: "mV", values: Θ_s_at },
      { name: "exc.g", unit: "nS", values: exc_g_at },
      { name: "inh.g", unit: "nS", values: inh_g_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "I[1]",
        unit: "pA",
        kind: "state",
        read: (i: number) => I_1_at[i],
      },
      {
        name: "I[2]",
        unit: "pA",
        kind: "state",
        read: (i: number) => I_2_at[i],
      },
      {
        name: "Θ_s",
        unit: "mV",
        kind: "state",
        read: (i: number) => Θ_s_at[i],
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
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: {
      V: V_at,
      "I[1]": I_1_at,
      "I[2]": I_2_at,
      Θ_s: Θ_s_at,
      "exc.g": exc_g_at,
      "inh.g": inh_g_at,
      "#in:I_e": I_e_at,
    },
    held: ["V"],
    parameters: {
      C,
      G,
      E_L,
      Θ_inf,
      t_ref,
      "k[1]": k_1,
      "k[2]": k_2,
      "f[1]": f_1,
      "f[2]": f_2,
      "δI[1]": δI_1,
      "δI[2]": δI_2,
      b_s,
      δΘ_s,
      f_v,
      δV,
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

/** The kernels of population I: 200 neurons of GLIF. */
function population_I(size: number, given: Numbers<IParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  const C = given.C ?? 58.7; // membrane capacitance (pF)
  const G = given.G ?? 9.43; // leak conductance (nS)
  const E_L = given.E_L ?? -78.9; // resting potential, and where a spike leaves the membrane (mV)
  const Θ_inf = given.Θ_inf ?? -51.7; // spike threshold, long after a spike (mV)
  const t_ref = given.t_ref ?? 1; // refractory period: V stays at rest for so long after a spike (ms)
  const k_1 = given["k[1]"] ?? 0.003; // decay rates of the after-spike currents (/ms)
  const k_2 = given["k[2]"] ?? 0.1; // decay rates of the after-spike currents (/ms)
  const f_1 = given["f[1]"] ?? 1; // fraction of each that a spike leaves (1)
  const f_2 = given["f[2]"] ?? 1; // fraction of each that a spike leaves (1)
  const δI_1 = given["δI[1]"] ?? -9.18; // what a spike adds to each (pA)
  const δI_2 = given["δI[2]"] ?? -198.94; // what a spike adds to each (pA)
  const b_s = given.b_s ?? 0.02; // decay rate of the threshold's rise (/ms)
  const δΘ_s = given.δΘ_s ?? 2; // by how much a spike raises the threshold (mV)
  const f_v = given.f_v ?? 0.2; // fraction of its distance from rest that V keeps at a spike (1)
  const δV = given.δV ?? 1.5; // and by how much it is then lowered (mV)
  // Exact propagator of I[1]: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-k_1]);
  const solved1 = propagator(A1, 1, dt);
  const P1 = solved1.P;
  // Exact propagator of I[2]: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A2 = new Float64Array([-k_2]);
  const solved2 = propagator(A2, 1, dt);
  const P2 = solved2.P;
  // Exact propagator of Θ_s: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A3 = new Float64Array([-b_s]);
  const solved3 = propagator(A3, 1, dt);
  const P3 = solved3.P;
  // Exact propagator of exc.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A4 = new Float64Array([-1 / setup["exc.τ"]]);
  const solved4 = propagator(A4, 1, dt);
  const P4 = solved4.P;
  // Exact propagator of inh.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A5 = new Float64Array([-1 / setup["inh.τ"]]);
  const solved5 = propagator(A5, 1, dt);
  const P5 = solved5.P;
  // Exact propagator of I[1]: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld1 = new Float64Array([-k_1]);
  const solvedheld1 = propagator(Aheld1, 1, dt);
  const Pheld1 = solvedheld1.P;
  // Exact propagator of I[2]: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld2 = new Float64Array([-k_2]);
  const solvedheld2 = propagator(Aheld2, 1, dt);
  const Pheld2 = solvedheld2.P;
  // Exact propagator of Θ_s: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld3 = new Float64Array([-b_s]);
  const solvedheld3 = propagator(Aheld3, 1, dt);
  const Pheld3 = solvedheld3.P;
  // Exact propagator of exc.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld4 = new Float64Array([-1 / setup["exc.τ"]]);
  const solvedheld4 = propagator(Aheld4, 1, dt);
  const Pheld4 = solvedheld4.P;
  // Exact propagator of inh.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld5 = new Float64Array([-1 / setup["inh.τ"]]);
  const solvedheld5 = propagator(Aheld5, 1, dt);
  const Pheld5 = solvedheld5.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P1[0],
    P2[0],
    P3[0],
    P4[0],
    P5[0],
    setup["exc.E_rev"],
    setup["inh.E_rev"],
    G,
    E_L,
    1 / C,
    dt,
    20 / C,
    Θ_inf,
    Pheld1[0],
    Pheld2[0],
    Pheld3[0],
    Pheld4[0],
    Pheld5[0],
    f_1,
    δI_1,
    f_2,
    δI_2,
    f_v,
    δV,
    δΘ_s,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 6);
  const V_at = memory.arrays[0];
  const I_1_at = memory.arrays[1];
  const I_2_at = memory.arrays[2];
  const Θ_s_at = memory.arrays[3];
  const exc_g_at = memory.arrays[4];
  const inh_g_at = memory.arrays[5];
  const I_e_at = new Float64Array(1); // everything that injects current adds up here (pA)
  I_e_at[0] = 300;
  const η_ξ_I_e_ξ_set_I_e = new Float64Array(size);
  const η_ξ_I_e_ξ_set_I_e_draws = stream(seed, "I/ξ:I_e~ξ#set.I_e");
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 6);
  const draws_V = stream(seed, "I/V");
  for (let i = 0; i < size; i++) {
    V_at[i] = drawUniform(draws_V, i, E_L, Θ_inf);
    I_1_at[i] = 0;
    I_2_at[i] = 0;
    Θ_s_at[i] = 0;
    exc_g_at[i] = 0;
    inh_g_at[i] = 0;
  }

  function drive(): void {}

  function shake(tick: number): void {
    fillNormal(η_ξ_I_e_ξ_set_I_e, 0, size, η_ξ_I_e_ξ_set_I_e_draws, tick);
  }

  function update(low: number, high: number): number {
    const P1_I_1 = coefficient[0];
    const P2_I_2 = coefficient[1];
    const P3_Θ_s = coefficient[2];
    const P4_exc_g = coefficient[3];
    const P5_inh_g = coefficient[4];
    const exc_E_rev = coefficient[5];
    const inh_E_rev = coefficient[6];
    const G = coefficient[7];
    const E_L = coefficient[8];
    const c_2 = coefficient[9];
    const dt = coefficient[10];
    const c_4 = coefficient[11];
    const Θ_inf = coefficient[12];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // glif.glif:28  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_1 = I_1_at[i];
      const I_1_next = P1_I_1 * I_1;
      // glif.glif:28  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_2 = I_2_at[i];
      const I_2_next = P2_I_2 * I_2;
      // glif.glif:29  Θ_s' = -b_s*Θ_s  [exact propagator]
      const Θ_s = Θ_s_at[i];
      const Θ_s_next = P3_Θ_s * Θ_s;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const exc_g = exc_g_at[i];
      const exc_g_next = P4_exc_g * exc_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const inh_g = inh_g_at[i];
      const inh_g_next = P5_inh_g * inh_g;
      // lif.glif:24  V' = (I_e - G*(V - E_L)) / C  [exponential Euler]
      const V = V_at[i];
      const x = 0.5 * (exc_g + exc_g_next);
      const x_2 = 0.5 * (inh_g + inh_g_next);
      const x_3 = (-x - x_2 - G) * c_2 * dt;
      const x_4 = exprel(x_3);
      const x_5 = dt * x_4;
      const η_ξ_I_e_ξ_set_I_e_i = η_ξ_I_e_ξ_set_I_e[i];
      const V_next =
        V +
        (I_e +
          x * (exc_E_rev - V) +
          x_2 * (inh_E_rev - V) +
          0.5 * (I_1 + I_1_next) +
          0.5 * (I_2 + I_2_next) -
          G * (V - E_L)) *
          c_2 *
          x_5 +
        c_4 * (sqrt(x_5 * (1 + 0.5 * (x_3 * x_4))) * η_ξ_I_e_ξ_set_I_e_i);
      I_1_at[i] = I_1_next;
      I_2_at[i] = I_2_next;
      Θ_s_at[i] = Θ_s_next;
      exc_g_at[i] = exc_g_next;
      inh_g_at[i] = inh_g_next;
      V_at[i] = V_next;
      // lif.glif:28  spike when V > Θ
      if (V_next > Θ_inf + Θ_s_next) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    const Pheld1_I_1 = coefficient[13];
    const Pheld2_I_2 = coefficient[14];
    const Pheld3_Θ_s = coefficient[15];
    const Pheld4_exc_g = coefficient[16];
    const Pheld5_inh_g = coefficient[17];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // glif.glif:28  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_1 = I_1_at[i];
      const I_1_next = Pheld1_I_1 * I_1;
      // glif.glif:28  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_2 = I_2_at[i];
      const I_2_next = Pheld2_I_2 * I_2;
      // glif.glif:29  Θ_s' = -b_s*Θ_s  [exact propagator]
      const Θ_s = Θ_s_at[i];
      const Θ_s_next = Pheld3_Θ_s * Θ_s;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const exc_g = exc_g_at[i];
      const exc_g_next = Pheld4_exc_g * exc_g;
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const inh_g = inh_g_at[i];
      const inh_g_next = Pheld5_inh_g * inh_g;
      scratch[index * 6] = I_1_next;
      scratch[index * 6 + 1] = I_2_next;
      scratch[index * 6 + 2] = Θ_s_next;
      scratch[index * 6 + 3] = exc_g_next;
      scratch[index * 6 + 4] = inh_g_next;
      scratch[index * 6 + 5] = V_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      I_1_at[i] = scratch[index * 6];
      I_2_at[i] = scratch[index * 6 + 1];
      Θ_s_at[i] = scratch[index * 6 + 2];
      exc_g_at[i] = scratch[index * 6 + 3];
      inh_g_at[i] = scratch[index * 6 + 4];
      V_at[i] = scratch[index * 6 + 5];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > Θ
    const E_L = coefficient[8];
    const f_1 = coefficient[18];
    const δI_1 = coefficient[19];
    const f_2 = coefficient[20];
    const δI_2 = coefficient[21];
    const f_v = coefficient[22];
    const δV = coefficient[23];
    const δΘ_s = coefficient[24];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // glif.glif:35  I[j] <- f[j]*I[j] + δI[j]
      const I_1 = I_1_at[i];
      const I_1_after = f_1 * I_1 + δI_1;
      // glif.glif:35  I[j] <- f[j]*I[j] + δI[j]
      const I_2 = I_2_at[i];
      const I_2_after = f_2 * I_2 + δI_2;
      // glif.glif:36  V <- E_L + f_v*(V - E_L) - δV
      const V = V_at[i];
      const V_after = E_L + f_v * (V - E_L) - δV;
      // glif.glif:37  Θ_s <- Θ_s + δΘ_s
      const Θ_s = Θ_s_at[i];
      const Θ_s_after = Θ_s + δΘ_s;
      I_1_at[i] = I_1_after;
      I_2_at[i] = I_2_after;
      V_at[i] = V_after;
      Θ_s_at[i] = Θ_s_after;
    }
  }

  function holds(i: number): boolean {
    const Θ_inf = coefficient[12];
    const V = V_at[i];
    const Θ_s = Θ_s_at[i];
    const Θ = Θ_inf + Θ_s;
    return V > Θ;
  }

  function read_I_e(i: number): number {
    const exc_E_rev = coefficient[5];
    const inh_E_rev = coefficient[6];
    const I_e = I_e_at[0];
    const exc_g = exc_g_at[i];
    const V = V_at[i];
    const inh_g = inh_g_at[i];
    const I_1 = I_1_at[i];
    const I_2 = I_2_at[i];
    return I_e + 0 + exc_g * (exc_E_rev - V) + inh_g * (inh_E_rev - V) + (I_1 + I_2);
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "I",
    model: "GLIF",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "I[1]", unit: "pA", values: I_1_at },
      { name: "I[2]", unit: "pA", values: I_2_at },
      { name: "Θ_s", unit: "mV", values: Θ_s_at },
      { name: "exc.g", unit: "nS", values: exc_g_at },
      { name: "inh.g", unit: "nS", values: inh_g_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "I[1]",
        unit: "pA",
        kind: "state",
        read: (i: number) => I_1_at[i],
      },
      {
        name: "I[2]",
        unit: "pA",
        kind: "state",
        read: (i: number) => I_2_at[i],
      },
      {
        name: "Θ_s",
        unit: "mV",
        kind: "state",
        read: (i: number) => Θ_s_at[i],
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
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: {
      V: V_at,
      "I[1]": I_1_at,
      "I[2]": I_2_at,
      Θ_s: Θ_s_at,
      "exc.g": exc_g_at,
      "inh.g": inh_g_at,
      "#in:I_e": I_e_at,
    },
    held: ["V"],
    parameters: {
      C,
      G,
      E_L,
      Θ_inf,
      t_ref,
      "k[1]": k_1,
      "k[2]": k_2,
      "f[1]": f_1,
      "f[2]": f_2,
      "δI[1]": δI_1,
      "δI[2]": δI_2,
      b_s,
      δΘ_s,
      f_v,
      δV,
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
    p: 0.1,
    self: false,
    multiple: false,
    delay: delaySteps(1.5, dt, "exc"),
    bytesPerConnection: 8,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const w_at = connectionDoubles(connections); // peak, at once (nS)
  drawConnections(
    connections,
    stream(seed, "exc E->E.w"),
    w_at,
    rowDraw("lognormal", 0.4, 0.2, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  );

  function deliver(i: number, from: number, to: number): void {
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:77  g <- g + w
      const post_exc_g = post_exc_g_at[j];
      const w = w_at[c];
      post_exc_g_at[j] = post_exc_g + w;
    }
  }

  return {
    kind: "grid",
    name: "exc E->E",
    connection: "exc",
    source: "E",
    target: "E",
    connections: settled(connections),
    values: [
      {
        name: "w",
        role: "weight",
        unit: "nS",
        values: w_at,
        changes: false,
      },
    ],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `exc`",
        times: [1.5],
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
    p: 0.1,
    self: false,
    multiple: false,
    delay: delaySteps(1.5, dt, "exc"),
    bytesPerConnection: 8,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const w_at = connectionDoubles(connections); // peak, at once (nS)
  drawConnections(
    connections,
    stream(seed, "exc E->I.w"),
    w_at,
    rowDraw("lognormal", 0.4, 0.2, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  );

  function deliver(i: number, from: number, to: number): void {
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:77  g <- g + w
      const post_exc_g = post_exc_g_at[j];
      const w = w_at[c];
      post_exc_g_at[j] = post_exc_g + w;
    }
  }

  return {
    kind: "grid",
    name: "exc E->I",
    connection: "exc",
    source: "E",
    target: "I",
    connections: settled(connections),
    values: [
      {
        name: "w",
        role: "weight",
        unit: "nS",
        values: w_at,
        changes: false,
      },
    ],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `exc`",
        times: [1.5],
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
    p: 0.1,
    self: false,
    multiple: false,
    delay: drawnDelays(rowDraw("uniform", 0.8, 2, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY), dt, "inh"),
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
    p: 0.1,
    self: false,
    multiple: false,
    delay: drawnDelays(rowDraw("uniform", 0.8, 2, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY), dt, "inh"),
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
    deliver,
  };
}
