/*
 * TonicSpiking: an experiment of MihalasNiebur.
 * A, tonic spiking: 9 spikes. A constant current, and a threshold that does not move: regular spikes.
 *
 * Written by glif from mihalas_niebur.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population MihalasNiebur:
 *   I[1], I[2], V and Θ are linear in each other with constant coefficients: exact propagator.
 */

import { allocate, max, populationSize, propagator, settingsOf, simulate } from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, Simulation } from "glif/runtime";

/** Parameters of MihalasNiebur: The generalized linear integrate-and-fire neuron of Mihalas & Niebur 2009, divided by its capacitance. */
export interface MihalasNieburParameters {
  /** G/C: leak conductance by capacitance (/ms); 50 /s unless given */
  g?: Quantity<"/ms">;
  /** resting potential (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
  /** threshold at rest (mV); -50 mV unless given */
  Θ_inf?: Quantity<"mV">;
  /** how fast the threshold follows V (/ms); 0 /s unless given */
  a?: Quantity<"/ms">;
  /** how fast the threshold returns (/ms); 10 /s unless given */
  b?: Quantity<"/ms">;
  /** V after a spike (mV); -70 mV unless given */
  V_r?: Quantity<"mV">;
  /** least threshold after a spike (mV); -60 mV unless given */
  Θ_r?: Quantity<"mV">;
  /** decay rates of the internal currents (/ms); 200 /s unless given */
  "k[1]"?: Quantity<"/ms">;
  /** decay rates of the internal currents (/ms); 20 /s unless given */
  "k[2]"?: Quantity<"/ms">;
  /** fraction of each that a spike leaves (1); 0 unless given */
  "R[1]"?: Quantity<"1">;
  /** fraction of each that a spike leaves (1); 1 unless given */
  "R[2]"?: Quantity<"1">;
  /** A/C: what a spike adds to each (mV/ms); 0 V/s unless given */
  "A[1]"?: Quantity<"mV/ms">;
  /** A/C: what a spike adds to each (mV/ms); 0 V/s unless given */
  "A[2]"?: Quantity<"mV/ms">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    MihalasNiebur?: MihalasNieburParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    MihalasNiebur?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "TonicSpiking",
  duration: 200,
  step: 0.1,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    MihalasNiebur: {
      g: "/ms",
      E_L: "mV",
      Θ_inf: "mV",
      a: "/ms",
      b: "/ms",
      V_r: "mV",
      Θ_r: "mV",
      "k[1]": "/ms",
      "k[2]": "/ms",
      "R[1]": "1",
      "R[2]": "1",
      "A[1]": "mV/ms",
      "A[2]": "mV/ms",
    },
  },
  setup: {},
  elsewhere: {
    "MihalasNiebur.V": "state",
    "MihalasNiebur.Θ": "state",
    "MihalasNiebur.I": "state",
    "MihalasNiebur.I_e": "input",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const MihalasNiebur = population_MihalasNiebur(
    populationSize("MihalasNiebur", sizes.MihalasNiebur ?? 1),
    parameters.MihalasNiebur ?? {},
    dt,
    seed,
  );
  return simulate({
    name: "TonicSpiking",
    dt,
    seed,
    populations: [MihalasNiebur],
    projections: [],
    spikesOf: ["MihalasNiebur"],
    records: [
      {
        population: "MihalasNiebur",
        variable: "V",
        first: 0,
        last: MihalasNiebur.size - 1,
        every: 1,
      },
      {
        population: "MihalasNiebur",
        variable: "Θ",
        first: 0,
        last: MihalasNiebur.size - 1,
        every: 1,
      },
    ],
  });
}

/** The kernels of population MihalasNiebur: one neuron of MihalasNiebur. */
function population_MihalasNiebur(
  size: number,
  given: Numbers<MihalasNieburParameters>,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const g = given.g ?? 0.05; // G/C: leak conductance by capacitance (/ms)
  const E_L = given.E_L ?? -70; // resting potential (mV)
  const Θ_inf = given.Θ_inf ?? -50; // threshold at rest (mV)
  const a = given.a ?? 0; // how fast the threshold follows V (/ms)
  const b = given.b ?? 0.01; // how fast the threshold returns (/ms)
  const V_r = given.V_r ?? -70; // V after a spike (mV)
  const Θ_r = given.Θ_r ?? -60; // least threshold after a spike (mV)
  const k_1 = given["k[1]"] ?? 0.2; // decay rates of the internal currents (/ms)
  const k_2 = given["k[2]"] ?? 0.02; // decay rates of the internal currents (/ms)
  const R_1 = given["R[1]"] ?? 0; // fraction of each that a spike leaves (1)
  const R_2 = given["R[2]"] ?? 1; // fraction of each that a spike leaves (1)
  const A_1 = given["A[1]"] ?? 0; // A/C: what a spike adds to each (mV/ms)
  const A_2 = given["A[2]"] ?? 0; // A/C: what a spike adds to each (mV/ms)
  // Exact propagator of I[1], I[2], V, Θ: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-k_1, 0, 0, 0, 0, -k_2, 0, 0, 1, 1, -g, 0, 0, 0, a, -b]);
  const solved = propagator(A, 4, dt);
  const P = solved.P;
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P[0],
    P[5],
    D[8],
    D[9],
    D[10],
    Q[10],
    Q[10] * (g * E_L),
    D[12],
    D[13],
    D[14],
    D[15],
    Q[14],
    Q[14] * (g * E_L) + Q[15] * (-a * E_L + b * Θ_inf),
    R_1,
    A_1,
    R_2,
    A_2,
    V_r,
    Θ_r,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 4);
  const V_at = memory.arrays[0];
  const Θ_at = memory.arrays[1];
  const I_1_at = memory.arrays[2];
  const I_2_at = memory.arrays[3];
  const I_e_at = new Float64Array(1); // injected current by capacitance (mV/ms)
  I_e_at[0] = 1.5;
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    Θ_at[i] = Θ_inf;
    I_1_at[i] = 0;
    I_2_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P_I_1 = coefficient[0];
    const P_I_2 = coefficient[1];
    const D_V_I_1 = coefficient[2];
    const D_V_I_2 = coefficient[3];
    const D_V_V = coefficient[4];
    const Q_V_I_e = coefficient[5];
    const c_V = coefficient[6];
    const D_Θ_I_1 = coefficient[7];
    const D_Θ_I_2 = coefficient[8];
    const D_Θ_V = coefficient[9];
    const D_Θ_Θ = coefficient[10];
    const Q_Θ_I_e = coefficient[11];
    const c_Θ = coefficient[12];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // mihalas_niebur.glif:34  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_1 = I_1_at[i];
      const I_1_next = P_I_1 * I_1;
      // mihalas_niebur.glif:34  I[j]' = -k[j]*I[j]  [exact propagator]
      const I_2 = I_2_at[i];
      const I_2_next = P_I_2 * I_2;
      // mihalas_niebur.glif:35  V' = I_e + sum(I) - g*(V - E_L)  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D_V_I_1 * I_1 + D_V_I_2 * I_2 + D_V_V * V + Q_V_I_e * I_e + c_V);
      // mihalas_niebur.glif:36  Θ' = a*(V - E_L) - b*(Θ - Θ_inf)  [exact propagator]
      const Θ = Θ_at[i];
      const Θ_next = Θ + (D_Θ_I_1 * I_1 + D_Θ_I_2 * I_2 + D_Θ_V * V + D_Θ_Θ * Θ + Q_Θ_I_e * I_e + c_Θ);
      I_1_at[i] = I_1_next;
      I_2_at[i] = I_2_next;
      V_at[i] = V_next;
      Θ_at[i] = Θ_next;
      // mihalas_niebur.glif:38  spike when V > Θ
      if (V_next > Θ_next) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(): void {}
  function restore(): void {}

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > Θ
    const R_1 = coefficient[13];
    const A_1 = coefficient[14];
    const R_2 = coefficient[15];
    const A_2 = coefficient[16];
    const V_r = coefficient[17];
    const Θ_r = coefficient[18];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // mihalas_niebur.glif:40  I[j] <- R[j]*I[j] + A[j]
      const I_1 = I_1_at[i];
      const I_1_after = R_1 * I_1 + A_1;
      // mihalas_niebur.glif:40  I[j] <- R[j]*I[j] + A[j]
      const I_2 = I_2_at[i];
      const I_2_after = R_2 * I_2 + A_2;
      // mihalas_niebur.glif:41  V <- V_r
      const V_after = V_r;
      // mihalas_niebur.glif:42  Θ <- max(Θ_r, Θ)
      const Θ = Θ_at[i];
      const Θ_after = max(Θ_r, Θ);
      I_1_at[i] = I_1_after;
      I_2_at[i] = I_2_after;
      V_at[i] = V_after;
      Θ_at[i] = Θ_after;
    }
  }

  function holds(i: number): boolean {
    const V = V_at[i];
    const Θ = Θ_at[i];
    return V > Θ;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    return I_e;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "MihalasNiebur",
    model: "MihalasNiebur",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "Θ", unit: "mV", values: Θ_at },
      { name: "I[1]", unit: "mV/ms", values: I_1_at },
      { name: "I[2]", unit: "mV/ms", values: I_2_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "Θ",
        unit: "mV",
        kind: "state",
        read: (i: number) => Θ_at[i],
      },
      {
        name: "I[1]",
        unit: "V/s",
        kind: "state",
        read: (i: number) => I_1_at[i],
      },
      {
        name: "I[2]",
        unit: "V/s",
        kind: "state",
        read: (i: number) => I_2_at[i],
      },
      {
        name: "I_e",
        unit: "V/s",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: {
      V: V_at,
      Θ: Θ_at,
      "I[1]": I_1_at,
      "I[2]": I_2_at,
      "#in:I_e": I_e_at,
    },
    held: [],
    parameters: {
      g,
      E_L,
      Θ_inf,
      a,
      b,
      V_r,
      Θ_r,
      "k[1]": k_1,
      "k[2]": k_2,
      "R[1]": R_1,
      "R[2]": R_2,
      "A[1]": A_1,
      "A[2]": A_2,
    },
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
