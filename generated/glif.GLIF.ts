/*
 * GLIF: one model by itself.
 * Generalized leaky integrate-and-fire neuron (Mihalas & Niebur 2009): level 5.
 *
 * Written by glif from glif.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population GLIF:
 *   V, I[1] and I[2] are linear in each other with constant coefficients: exact propagator.
 *   Θ_s is linear with constant coefficients: exact propagator.
 *   While refractory V is held.
 */

import { allocate, populationSize, propagator, settingsOf, simulate, stepsIn } from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, Simulation } from "glif/runtime";

/** Parameters of GLIF: Generalized leaky integrate-and-fire neuron (Mihalas & Niebur 2009): level 5. */
export interface GLIFParameters {
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

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    GLIF?: GLIFParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    GLIF?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "GLIF",
  duration: 0,
  step: 0.1,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    GLIF: {
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
  setup: {},
  elsewhere: {
    "GLIF.V": "state",
    "GLIF.I": "state",
    "GLIF.Θ_s": "state",
    "GLIF.I_e": "input",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const GLIF = population_GLIF(populationSize("GLIF", sizes.GLIF ?? 1), parameters.GLIF ?? {}, dt, seed);
  return simulate({
    name: "GLIF",
    dt,
    seed,
    populations: [GLIF],
    projections: [],
    spikesOf: ["GLIF"],
    records: [],
  });
}

/** The kernels of population GLIF: one neuron of GLIF. */
function population_GLIF(size: number, given: Numbers<GLIFParameters>, dt: number, seed: number): GridKernel {
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
  // Exact propagator of I[2], I[1], V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-k_2, 0, 0, 0, -k_1, 0, 1 / C, 1 / C, -G / C]);
  const solved1 = propagator(A1, 3, dt);
  const P1 = solved1.P;
  const Q1 = solved1.Q;
  const D1 = solved1.D;
  // Exact propagator of Θ_s: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A2 = new Float64Array([-b_s]);
  const solved2 = propagator(A2, 1, dt);
  const P2 = solved2.P;
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

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P1[0],
    P1[4],
    D1[6],
    D1[7],
    D1[8],
    Q1[8] * (1 / C),
    Q1[8] * ((G * E_L) / C),
    P2[0],
    Θ_inf,
    Pheld1[0],
    Pheld2[0],
    Pheld3[0],
    f_1,
    δI_1,
    f_2,
    δI_2,
    E_L,
    f_v,
    δV,
    δΘ_s,
    C,
    G,
    t_ref,
    k_1,
    k_2,
    b_s,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 4);
  const V_at = memory.arrays[0];
  const I_1_at = memory.arrays[1];
  const I_2_at = memory.arrays[2];
  const Θ_s_at = memory.arrays[3];
  const I_e_at = new Float64Array(1); // everything that injects current adds up here (pA)
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 4);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    I_1_at[i] = 0;
    I_2_at[i] = 0;
    Θ_s_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P1_I_2 = coefficient[0];
    const P1_I_1 = coefficient[1];
    const D1_V_I_2 = coefficient[2];
    const D1_V_I_1 = coefficient[3];
    const D1_V_V = coefficient[4];
    const Q1_V_I_e = coefficient[5];
    const c1_V = coefficient[6];
    const P2_Θ_s = coefficient[7];
    const Θ_inf = coefficient[8];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // glif.glif:28  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_2 = I_2_at[i];
      const I_2_next = P1_I_2 * I_2;
      // glif.glif:28  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_1 = I_1_at[i];
      const I_1_next = P1_I_1 * I_1;
      // lif.glif:24  V' = (I_e - G*(V - E_L)) / C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D1_V_I_2 * I_2 + D1_V_I_1 * I_1 + D1_V_V * V + Q1_V_I_e * I_e + c1_V);
      // glif.glif:29  Θ_s' = -b_s*Θ_s  [exact propagator]
      const Θ_s = Θ_s_at[i];
      const Θ_s_next = P2_Θ_s * Θ_s;
      I_2_at[i] = I_2_next;
      I_1_at[i] = I_1_next;
      V_at[i] = V_next;
      Θ_s_at[i] = Θ_s_next;
      // lif.glif:28  spike when V > Θ
      if (V_next > Θ_inf + Θ_s_next) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    const Pheld1_I_1 = coefficient[9];
    const Pheld2_I_2 = coefficient[10];
    const Pheld3_Θ_s = coefficient[11];
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
      scratch[index * 4] = I_2_next;
      scratch[index * 4 + 1] = I_1_next;
      scratch[index * 4 + 2] = V_at[i];
      scratch[index * 4 + 3] = Θ_s_next;
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      I_2_at[i] = scratch[index * 4];
      I_1_at[i] = scratch[index * 4 + 1];
      V_at[i] = scratch[index * 4 + 2];
      Θ_s_at[i] = scratch[index * 4 + 3];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > Θ
    const f_1 = coefficient[12];
    const δI_1 = coefficient[13];
    const f_2 = coefficient[14];
    const δI_2 = coefficient[15];
    const E_L = coefficient[16];
    const f_v = coefficient[17];
    const δV = coefficient[18];
    const δΘ_s = coefficient[19];
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
    const Θ_inf = coefficient[8];
    const V = V_at[i];
    const Θ_s = Θ_s_at[i];
    const Θ = Θ_inf + Θ_s;
    return V > Θ;
  }

  function read_C(i: number): number {
    const C = coefficient[20];
    return C;
  }

  function read_G(i: number): number {
    const G = coefficient[21];
    return G;
  }

  function read_E_L(i: number): number {
    const E_L = coefficient[16];
    return E_L;
  }

  function read_Θ_inf(i: number): number {
    const Θ_inf = coefficient[8];
    return Θ_inf;
  }

  function read_t_ref(i: number): number {
    const t_ref = coefficient[22];
    return t_ref;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    const I_1 = I_1_at[i];
    const I_2 = I_2_at[i];
    return I_e + (I_1 + I_2);
  }

  function read_Θ(i: number): number {
    const Θ_inf = coefficient[8];
    const Θ_s = Θ_s_at[i];
    const Θ = Θ_inf + Θ_s;
    return Θ;
  }

  function read_k_1(i: number): number {
    const k_1 = coefficient[23];
    return k_1;
  }

  function read_k_2(i: number): number {
    const k_2 = coefficient[24];
    return k_2;
  }

  function read_f_1(i: number): number {
    const f_1 = coefficient[12];
    return f_1;
  }

  function read_f_2(i: number): number {
    const f_2 = coefficient[14];
    return f_2;
  }

  function read_δI_1(i: number): number {
    const δI_1 = coefficient[13];
    return δI_1;
  }

  function read_δI_2(i: number): number {
    const δI_2 = coefficient[15];
    return δI_2;
  }

  function read_b_s(i: number): number {
    const b_s = coefficient[25];
    return b_s;
  }

  function read_δΘ_s(i: number): number {
    const δΘ_s = coefficient[19];
    return δΘ_s;
  }

  function read_f_v(i: number): number {
    const f_v = coefficient[17];
    return f_v;
  }

  function read_δV(i: number): number {
    const δV = coefficient[18];
    return δV;
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "GLIF",
    model: "GLIF",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "I[1]", unit: "pA", values: I_1_at },
      { name: "I[2]", unit: "pA", values: I_2_at },
      { name: "Θ_s", unit: "mV", values: Θ_s_at },
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
        name: "C",
        unit: "pF",
        kind: "other",
        read: read_C,
      },
      {
        name: "G",
        unit: "nS",
        kind: "other",
        read: read_G,
      },
      {
        name: "E_L",
        unit: "mV",
        kind: "other",
        read: read_E_L,
      },
      {
        name: "Θ_inf",
        unit: "mV",
        kind: "other",
        read: read_Θ_inf,
      },
      {
        name: "t_ref",
        unit: "ms",
        kind: "other",
        read: read_t_ref,
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
      {
        name: "k[1]",
        unit: "/ms",
        kind: "other",
        read: read_k_1,
      },
      {
        name: "k[2]",
        unit: "/ms",
        kind: "other",
        read: read_k_2,
      },
      {
        name: "f[1]",
        unit: "1",
        kind: "other",
        read: read_f_1,
      },
      {
        name: "f[2]",
        unit: "1",
        kind: "other",
        read: read_f_2,
      },
      {
        name: "δI[1]",
        unit: "pA",
        kind: "other",
        read: read_δI_1,
      },
      {
        name: "δI[2]",
        unit: "pA",
        kind: "other",
        read: read_δI_2,
      },
      {
        name: "b_s",
        unit: "/ms",
        kind: "other",
        read: read_b_s,
      },
      {
        name: "δΘ_s",
        unit: "mV",
        kind: "other",
        read: read_δΘ_s,
      },
      {
        name: "f_v",
        unit: "1",
        kind: "other",
        read: read_f_v,
      },
      {
        name: "δV",
        unit: "mV",
        kind: "other",
        read: read_δV,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: {
      V: V_at,
      "I[1]": I_1_at,
      "I[2]": I_2_at,
      Θ_s: Θ_s_at,
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
        what: "the refractory period of `GLIF`",
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
