/*
 * Level5: an experiment of GLIF5.
 * Level 5: 12 spikes. The threshold starts lower, and rises with V before every spike.
 *
 * Written by glif from teeter.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population GLIF5:
 *   V, I[1], I[2] and Θ_v are linear in each other with constant coefficients: exact propagator.
 *   Θ_s is linear with constant coefficients: exact propagator.
 *   While refractory V, I[1], I[2], Θ_s, Θ_v are held.
 */

import { allocate, exp, populationSize, propagator, settingsOf, simulate, stepsIn } from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, Simulation } from "glif/runtime";

/** Parameters of GLIF5: Level 5, LIF-R-ASC-A: the threshold follows the membrane potential as well. A spike leaves that part as it is. */
export interface GLIF5Parameters {
  /** membrane capacitance (pF); 85.87009771685807 pF unless given */
  C?: Quantity<"pF">;
  /** leak conductance, fitted together with the after-spike currents (nS); 2.9407850592455422 nS unless given */
  G?: Quantity<"nS">;
  /** resting potential (mV); -71.39990234375 mV unless given */
  E_L?: Quantity<"mV">;
  /** spike threshold, long after a spike (mV); E_L + 18.008722270386055 mV unless given */
  Θ_inf?: Quantity<"mV">;
  /** length of the spike cut: nothing moves for so long after a spike (ms); 6.7 ms unless given */
  t_cut?: Quantity<"ms">;
  /** their decay rates (/ms); 30 /s unless given */
  "k[1]"?: Quantity<"/ms">;
  /** their decay rates (/ms); 300 /s unless given */
  "k[2]"?: Quantity<"/ms">;
  /** fraction of each that a spike leaves (1); 1 unless given */
  "f[1]"?: Quantity<"1">;
  /** fraction of each that a spike leaves (1); 1 unless given */
  "f[2]"?: Quantity<"1">;
  /** what a spike has added to each at the end of the cut (pA); -73.83464366961142 pA unless given */
  "δI[1]"?: Quantity<"pA">;
  /** what a spike has added to each at the end of the cut (pA); -449.68285427360047 pA unless given */
  "δI[2]"?: Quantity<"pA">;
  /** fraction of its distance from rest that V keeps (1); 0.3987646006290668 unless given */
  f_v?: Quantity<"1">;
  /** by how much V is then lowered (mV); -4.055590135223554 mV unless given */
  δV?: Quantity<"mV">;
  /** decay rate of the threshold's rise by spikes (/ms); 102.99935176846839 /s unless given */
  b_s?: Quantity<"/ms">;
  /** what a spike has added to it at the end of the cut (mV); 1.9193415026425237 mV unless given */
  δΘ_s?: Quantity<"mV">;
  /** how fast the threshold follows V (/ms); 9.244321037622335 /s unless given */
  a_v?: Quantity<"/ms">;
  /** how fast it returns (/ms); 34.344467877141945 /s unless given */
  b_v?: Quantity<"/ms">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.05 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    GLIF5?: GLIF5Parameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    GLIF5?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "Level5",
  duration: 600,
  step: 0.05,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    GLIF5: {
      C: "pF",
      G: "nS",
      E_L: "mV",
      Θ_inf: "mV",
      t_cut: "ms",
      "k[1]": "/ms",
      "k[2]": "/ms",
      "f[1]": "1",
      "f[2]": "1",
      "δI[1]": "pA",
      "δI[2]": "pA",
      f_v: "1",
      δV: "mV",
      b_s: "/ms",
      δΘ_s: "mV",
      a_v: "/ms",
      b_v: "/ms",
    },
  },
  setup: {},
  elsewhere: {
    "GLIF5.V": "state",
    "GLIF5.I": "state",
    "GLIF5.Θ_s": "state",
    "GLIF5.Θ_v": "state",
    "GLIF5.I_e": "stimulus",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.05;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const GLIF5 = population_GLIF5(populationSize("GLIF5", sizes.GLIF5 ?? 1), parameters.GLIF5 ?? {}, dt, seed);
  return simulate({
    name: "Level5",
    dt,
    seed,
    populations: [GLIF5],
    projections: [],
    spikesOf: ["GLIF5"],
    records: [
      {
        population: "GLIF5",
        variable: "V",
        first: 0,
        last: GLIF5.size - 1,
        every: 1,
      },
      {
        population: "GLIF5",
        variable: "Θ",
        first: 0,
        last: GLIF5.size - 1,
        every: 1,
      },
      {
        population: "GLIF5",
        variable: "I[1]",
        first: 0,
        last: GLIF5.size - 1,
        every: 1,
      },
      {
        population: "GLIF5",
        variable: "I[2]",
        first: 0,
        last: GLIF5.size - 1,
        every: 1,
      },
      {
        population: "GLIF5",
        variable: "Θ_v",
        first: 0,
        last: GLIF5.size - 1,
        every: 1,
      },
    ],
  });
}

/** The kernels of population GLIF5: one neuron of GLIF5. */
function population_GLIF5(size: number, given: Numbers<GLIF5Parameters>, dt: number, seed: number): GridKernel {
  // Parameters.
  const C = given.C ?? 85.87009771685807; // membrane capacitance (pF)
  const G = given.G ?? 2.9407850592455422; // leak conductance, fitted together with the after-spike currents (nS)
  const E_L = given.E_L ?? -71.39990234375; // resting potential (mV)
  const Θ_inf = given.Θ_inf ?? E_L + 18.008722270386055; // spike threshold, long after a spike (mV)
  const t_cut = given.t_cut ?? 6.7; // length of the spike cut: nothing moves for so long after a spike (ms)
  const k_1 = given["k[1]"] ?? 0.03; // their decay rates (/ms)
  const k_2 = given["k[2]"] ?? 0.3; // their decay rates (/ms)
  const f_1 = given["f[1]"] ?? 1; // fraction of each that a spike leaves (1)
  const f_2 = given["f[2]"] ?? 1; // fraction of each that a spike leaves (1)
  const δI_1 = given["δI[1]"] ?? -73.83464366961142; // what a spike has added to each at the end of the cut (pA)
  const δI_2 = given["δI[2]"] ?? -449.68285427360047; // what a spike has added to each at the end of the cut (pA)
  const f_v = given.f_v ?? 0.3987646006290668; // fraction of its distance from rest that V keeps (1)
  const δV = given.δV ?? -4.055590135223554; // by how much V is then lowered (mV)
  const b_s = given.b_s ?? 0.10299935176846839; // decay rate of the threshold's rise by spikes (/ms)
  const δΘ_s = given.δΘ_s ?? 1.9193415026425238; // what a spike has added to it at the end of the cut (mV)
  const a_v = given.a_v ?? 0.009244321037622336; // how fast the threshold follows V (/ms)
  const b_v = given.b_v ?? 0.034344467877141946; // how fast it returns (/ms)
  // Exact propagator of I[1], I[2], V, Θ_v: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-k_1, 0, 0, 0, 0, -k_2, 0, 0, 1 / C, 1 / C, -G / C, 0, 0, 0, a_v, -b_v]);
  const solved1 = propagator(A1, 4, dt);
  const P1 = solved1.P;
  const Q1 = solved1.Q;
  const D1 = solved1.D;
  // Exact propagator of Θ_s: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A2 = new Float64Array([-b_s]);
  const solved2 = propagator(A2, 1, dt);
  const P2 = solved2.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P1[0],
    P1[5],
    D1[8],
    D1[9],
    D1[10],
    Q1[10] * (1 / C),
    Q1[10] * ((G * E_L) / C),
    D1[12],
    D1[13],
    D1[14],
    D1[15],
    Q1[14] * (1 / C),
    Q1[14] * ((G * E_L) / C) + Q1[15] * (-a_v * E_L),
    P2[0],
    Θ_inf,
    E_L,
    f_v,
    δV,
    exp(-b_s * t_cut),
    δΘ_s,
    f_1,
    exp(-k_1 * t_cut),
    δI_1,
    f_2,
    exp(-k_2 * t_cut),
    δI_2,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 5);
  const V_at = memory.arrays[0];
  const I_1_at = memory.arrays[1];
  const I_2_at = memory.arrays[2];
  const Θ_s_at = memory.arrays[3];
  const Θ_v_at = memory.arrays[4];
  const I_e_at = new Float64Array(1); // injected current (pA)
  const begins = stepsIn(20, dt); // steps
  const ends = stepsIn(520, dt); // steps
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 5);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    I_1_at[i] = 0;
    I_2_at[i] = 0;
    Θ_s_at[i] = 0;
    Θ_v_at[i] = 0;
  }

  function drive(tick: number): void {
    const I_e_1 = tick >= begins && tick < ends ? 150 : 0;
    I_e_at[0] = I_e_1;
  }

  function shake(): void {}

  function update(low: number, high: number): number {
    const P1_I_1 = coefficient[0];
    const P1_I_2 = coefficient[1];
    const D1_V_I_1 = coefficient[2];
    const D1_V_I_2 = coefficient[3];
    const D1_V_V = coefficient[4];
    const Q1_V_I_e = coefficient[5];
    const c1_V = coefficient[6];
    const D1_Θ_v_I_1 = coefficient[7];
    const D1_Θ_v_I_2 = coefficient[8];
    const D1_Θ_v_V = coefficient[9];
    const D1_Θ_v_Θ_v = coefficient[10];
    const Q1_Θ_v_I_e = coefficient[11];
    const c1_Θ_v = coefficient[12];
    const P2_Θ_s = coefficient[13];
    const Θ_inf = coefficient[14];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // teeter.glif:77  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_1 = I_1_at[i];
      const I_1_next = P1_I_1 * I_1;
      // teeter.glif:77  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_2 = I_2_at[i];
      const I_2_next = P1_I_2 * I_2;
      // teeter.glif:36  V' = (I_e - G*(V - E_L)) / C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D1_V_I_1 * I_1 + D1_V_I_2 * I_2 + D1_V_V * V + Q1_V_I_e * I_e + c1_V);
      // teeter.glif:115  Θ_v' = a_v*(V - E_L) - b_v*Θ_v  [exact propagator]
      const Θ_v = Θ_v_at[i];
      const Θ_v_next =
        Θ_v + (D1_Θ_v_I_1 * I_1 + D1_Θ_v_I_2 * I_2 + D1_Θ_v_V * V + D1_Θ_v_Θ_v * Θ_v + Q1_Θ_v_I_e * I_e + c1_Θ_v);
      // teeter.glif:96  Θ_s' = -b_s*Θ_s  [exact propagator]
      const Θ_s = Θ_s_at[i];
      const Θ_s_next = P2_Θ_s * Θ_s;
      I_1_at[i] = I_1_next;
      I_2_at[i] = I_2_next;
      V_at[i] = V_next;
      Θ_v_at[i] = Θ_v_next;
      Θ_s_at[i] = Θ_s_next;
      // teeter.glif:40  spike when V > Θ
      if (V_next > Θ_inf + Θ_s_next + Θ_v_next) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      scratch[index * 5] = I_1_at[i];
      scratch[index * 5 + 1] = I_2_at[i];
      scratch[index * 5 + 2] = V_at[i];
      scratch[index * 5 + 3] = Θ_v_at[i];
      scratch[index * 5 + 4] = Θ_s_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      I_1_at[i] = scratch[index * 5];
      I_2_at[i] = scratch[index * 5 + 1];
      V_at[i] = scratch[index * 5 + 2];
      Θ_v_at[i] = scratch[index * 5 + 3];
      Θ_s_at[i] = scratch[index * 5 + 4];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > Θ
    const E_L = coefficient[15];
    const f_v = coefficient[16];
    const δV = coefficient[17];
    const c_2 = coefficient[18];
    const δΘ_s = coefficient[19];
    const f_1 = coefficient[20];
    const c_3 = coefficient[21];
    const δI_1 = coefficient[22];
    const f_2 = coefficient[23];
    const c_4 = coefficient[24];
    const δI_2 = coefficient[25];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // teeter.glif:101  V <- E_L + f_v*(V - E_L) - δV
      const V = V_at[i];
      const V_after = E_L + f_v * (V - E_L) - δV;
      // teeter.glif:102  Θ_s <- Θ_s*exp(-b_s*t_cut) + δΘ_s
      const Θ_s = Θ_s_at[i];
      const Θ_s_after = Θ_s * c_2 + δΘ_s;
      // teeter.glif:103  I[j] <- f[j]*I[j]*exp(-k[j]*t_cut) + δI[j]
      const I_1 = I_1_at[i];
      const I_1_after = f_1 * I_1 * c_3 + δI_1;
      // teeter.glif:103  I[j] <- f[j]*I[j]*exp(-k[j]*t_cut) + δI[j]
      const I_2 = I_2_at[i];
      const I_2_after = f_2 * I_2 * c_4 + δI_2;
      V_at[i] = V_after;
      Θ_s_at[i] = Θ_s_after;
      I_1_at[i] = I_1_after;
      I_2_at[i] = I_2_after;
    }
  }

  function holds(i: number): boolean {
    const Θ_inf = coefficient[14];
    const V = V_at[i];
    const Θ_s = Θ_s_at[i];
    const Θ_v = Θ_v_at[i];
    const Θ = Θ_inf + Θ_s + Θ_v;
    return V > Θ;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    const I_1 = I_1_at[i];
    const I_2 = I_2_at[i];
    return I_e + (I_1 + I_2);
  }

  function read_Θ(i: number): number {
    const Θ_inf = coefficient[14];
    const Θ_s = Θ_s_at[i];
    const Θ_v = Θ_v_at[i];
    const Θ = Θ_inf + Θ_s + Θ_v;
    return Θ;
  }

  function refractorySteps(): number {
    return stepsIn(t_cut, dt);
  }

  return {
    kind: "grid",
    name: "GLIF5",
    model: "GLIF5",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "I[1]", unit: "pA", values: I_1_at },
      { name: "I[2]", unit: "pA", values: I_2_at },
      { name: "Θ_s", unit: "mV", values: Θ_s_at },
      { name: "Θ_v", unit: "mV", values: Θ_v_at },
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
        name: "Θ_v",
        unit: "mV",
        kind: "state",
        read: (i: number) => Θ_v_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
      {
        name: "Θ",
        unit: "mV",
        kind: "other",
        read: read_Θ,
      },
    ],
    inputs: {},
    arrays: {
      V: V_at,
      "I[1]": I_1_at,
      "I[2]": I_2_at,
      Θ_s: Θ_s_at,
      Θ_v: Θ_v_at,
      "#in:I_e": I_e_at,
    },
    held: ["V", "I[1]", "I[2]", "Θ_s", "Θ_v"],
    parameters: {
      C,
      G,
      E_L,
      Θ_inf,
      t_cut,
      "k[1]": k_1,
      "k[2]": k_2,
      "f[1]": f_1,
      "f[2]": f_2,
      "δI[1]": δI_1,
      "δI[2]": δI_2,
      f_v,
      δV,
      b_s,
      δΘ_s,
      a_v,
      b_v,
    },
    times: [
      {
        what: "`from` of `GLIF5.I_e`",
        times: [20],
        rounded: true,
        lasts: false,
      },
      {
        what: "`to` of `GLIF5.I_e`",
        times: [520],
        rounded: true,
        lasts: false,
      },
      {
        what: "the refractory period of `GLIF5`",
        times: [t_cut],
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
