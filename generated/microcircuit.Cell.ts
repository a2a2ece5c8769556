/*
 * Cell: one model by itself.
 * Integrate-and-fire neuron with a synaptic current.
 *
 * Written by glif from microcircuit.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population Cell:
 *   V and I_syn are linear in each other with constant coefficients: exact propagator.
 *   While refractory V is held.
 */

import { allocate, populationSize, propagator, settingsOf, simulate, stepsIn } from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, Simulation } from "glif/runtime";

/** Parameters of Cell: Integrate-and-fire neuron with a synaptic current. */
export interface CellParameters {
  /** membrane capacitance (pF); 250 pF unless given */
  C?: Quantity<"pF">;
  /** membrane time constant (ms); 10 ms unless given */
  τ_m?: Quantity<"ms">;
  /** decay of synaptic currents (ms); 0.5 ms unless given */
  τ_s?: Quantity<"ms">;
  /** resting and reset potential (mV); -65 mV unless given */
  E_L?: Quantity<"mV">;
  /** threshold (mV); -50 mV unless given */
  V_th?: Quantity<"mV">;
  /** refractory period (ms); 2 ms unless given */
  t_ref?: Quantity<"ms">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    Cell?: CellParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    Cell?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "Cell",
  duration: 0,
  step: 0.1,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    Cell: {
      C: "pF",
      τ_m: "ms",
      τ_s: "ms",
      E_L: "mV",
      V_th: "mV",
      t_ref: "ms",
    },
  },
  setup: {},
  elsewhere: { "Cell.V": "state", "Cell.I_syn": "state", "Cell.I_e": "input" },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const Cell = population_Cell(populationSize("Cell", sizes.Cell ?? 1), parameters.Cell ?? {}, dt, seed);
  return simulate({
    name: "Cell",
    dt,
    seed,
    populations: [Cell],
    projections: [],
    spikesOf: ["Cell"],
    records: [],
  });
}

/** The kernels of population Cell: one neuron of Cell. */
function population_Cell(size: number, given: Numbers<CellParameters>, dt: number, seed: number): GridKernel {
  // Parameters.
  const C = given.C ?? 250; // membrane capacitance (pF)
  const τ_m = given.τ_m ?? 10; // membrane time constant (ms)
  const τ_s = given.τ_s ?? 0.5; // decay of synaptic currents (ms)
  const E_L = given.E_L ?? -65; // resting and reset potential (mV)
  const V_th = given.V_th ?? -50; // threshold (mV)
  const t_ref = given.t_ref ?? 2; // refractory period (ms)
  // Exact propagator of I_syn, V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-1 / τ_s, 0, 1 / C, -1 / τ_m]);
  const solved = propagator(A, 2, dt);
  const P = solved.P;
  const Q = solved.Q;
  const D = solved.D;
  // Exact propagator of I_syn: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const Aheld1 = new Float64Array([-1 / τ_s]);
  const solvedheld1 = propagator(Aheld1, 1, dt);
  const Pheld1 = solvedheld1.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P[0],
    D[2],
    D[3],
    Q[3] * (1 / C),
    Q[3] * (E_L / τ_m),
    V_th,
    Pheld1[0],
    E_L,
    C,
    τ_m,
    τ_s,
    t_ref,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 2);
  const V_at = memory.arrays[0];
  const I_syn_at = memory.arrays[1];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 2);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    I_syn_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P_I_syn = coefficient[0];
    const D_V_I_syn = coefficient[1];
    const D_V_V = coefficient[2];
    const Q_V_I_e = coefficient[3];
    const c_V = coefficient[4];
    const V_th = coefficient[5];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // microcircuit.glif:41  I_syn' = -I_syn/τ_s  [exact propagator]
      const I_syn = I_syn_at[i];
      const I_syn_next = P_I_syn * I_syn;
      // microcircuit.glif:40  V' = (E_L - V)/τ_m + (I_syn + I_e)/C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D_V_I_syn * I_syn + D_V_V * V + Q_V_I_e * I_e + c_V);
      I_syn_at[i] = I_syn_next;
      V_at[i] = V_next;
      // microcircuit.glif:43  spike when V >= V_th
      if (V_next >= V_th) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    const Pheld1_I_syn = coefficient[6];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // microcircuit.glif:41  I_syn' = -I_syn/τ_s  [exact propagator]
      const I_syn = I_syn_at[i];
      const I_syn_next = Pheld1_I_syn * I_syn;
      scratch[index * 2] = I_syn_next;
      scratch[index * 2 + 1] = V_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      I_syn_at[i] = scratch[index * 2];
      V_at[i] = scratch[index * 2 + 1];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V >= V_th
    const E_L = coefficient[7];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // microcircuit.glif:44  V <- E_L
      const V_after = E_L;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const V_th = coefficient[5];
    const V = V_at[i];
    return V >= V_th;
  }

  function read_C(i: number): number {
    const C = coefficient[8];
    return C;
  }

  function read_τ_m(i: number): number {
    const τ_m = coefficient[9];
    return τ_m;
  }

  function read_τ_s(i: number): number {
    const τ_s = coefficient[10];
    return τ_s;
  }

  function read_E_L(i: number): number {
    const E_L = coefficient[7];
    return E_L;
  }

  function read_V_th(i: number): number {
    const V_th = coefficient[5];
    return V_th;
  }

  function read_t_ref(i: number): number {
    const t_ref = coefficient[11];
    return t_ref;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    return I_e;
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "Cell",
    model: "Cell",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "I_syn", unit: "pA", values: I_syn_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "I_syn",
        unit: "pA",
        kind: "state",
        read: (i: number) => I_syn_at[i],
      },
      {
        name: "C",
        unit: "pF",
        kind: "other",
        read: read_C,
      },
      {
        name: "τ_m",
        unit: "ms",
        kind: "other",
        read: read_τ_m,
      },
      {
        name: "τ_s",
        unit: "ms",
        kind: "other",
        read: read_τ_s,
      },
      {
        name: "E_L",
        unit: "mV",
        kind: "other",
        read: read_E_L,
      },
      {
        name: "V_th",
        unit: "mV",
        kind: "other",
        read: read_V_th,
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
    ],
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, I_syn: I_syn_at, "#in:I_e": I_e_at },
    held: ["V"],
    parameters: {
      C,
      τ_m,
      τ_s,
      E_L,
      V_th,
      t_ref,
    },
    times: [
      {
        what: "the refractory period of `Cell`",
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
