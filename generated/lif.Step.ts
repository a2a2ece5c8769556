/*
 * Step: an experiment of LIF.
 * A step of current, 100 ms to 900 ms: silence, then a spike every 15.0 ms (T of the formula above), never adapting.
 *
 * Written by glif from lif.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population LIF:
 *   V is linear with constant coefficients: exact propagator.
 *   While refractory V is held.
 */

import { allocate, populationSize, propagator, settingsOf, simulate, stepsIn } from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, Simulation } from "glif/runtime";

/** Parameters of LIF: Leaky integrate-and-fire neuron: level 1 of Teeter et al. 2018. */
export interface LIFParameters {
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
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    LIF?: LIFParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    LIF?: number;
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
  duration: 1000,
  step: 0.1,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    LIF: {
      C: "pF",
      G: "nS",
      E_L: "mV",
      Θ_inf: "mV",
      t_ref: "ms",
    },
  },
  setup: {},
  elsewhere: { "LIF.V": "state", "LIF.I_e": "stimulus" },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const LIF = population_LIF(populationSize("LIF", sizes.LIF ?? 1), parameters.LIF ?? {}, dt, seed);
  return simulate({
    name: "Step",
    dt,
    seed,
    populations: [LIF],
    projections: [],
    spikesOf: ["LIF"],
    records: [
      {
        population: "LIF",
        variable: "V",
        first: 0,
        last: LIF.size - 1,
        every: 1,
      },
      {
        population: "LIF",
        variable: "Θ",
        first: 0,
        last: LIF.size - 1,
        every: 1,
      },
    ],
  });
}

/** The kernels of population LIF: one neuron of LIF. */
function population_LIF(size: number, given: Numbers<LIFParameters>, dt: number, seed: number): GridKernel {
  // Parameters.
  const C = given.C ?? 58.7; // membrane capacitance (pF)
  const G = given.G ?? 9.43; // leak conductance (nS)
  const E_L = given.E_L ?? -78.9; // resting potential, and where a spike leaves the membrane (mV)
  const Θ_inf = given.Θ_inf ?? -51.7; // spike threshold, long after a spike (mV)
  const t_ref = given.t_ref ?? 3; // refractory period: V stays at rest for so long after a spike (ms)
  // Exact propagator of V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-G / C]);
  const solved = propagator(A, 1, dt);
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([D[0], Q[0] * (1 / C), Q[0] * ((G * E_L) / C), Θ_inf, E_L]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const V_at = memory.arrays[0];
  const I_e_at = new Float64Array(1); // everything that injects current adds up here (pA)
  const begins = stepsIn(100, dt); // steps
  const ends = stepsIn(900, dt); // steps
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 1);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
  }

  function drive(tick: number): void {
    const I_e_1 = tick >= begins && tick < ends ? 300 : 0;
    I_e_at[0] = I_e_1;
  }

  function shake(): void {}

  function update(low: number, high: number): number {
    const D_V_V = coefficient[0];
    const Q_V_I_e = coefficient[1];
    const c_V = coefficient[2];
    const Θ_inf = coefficient[3];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // lif.glif:24  V' = (I_e - G*(V - E_L)) / C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D_V_V * V + Q_V_I_e * I_e + c_V);
      V_at[i] = V_next;
      // lif.glif:28  spike when V > Θ
      if (V_next > Θ_inf) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      scratch[index] = V_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      V_at[i] = scratch[index];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > Θ
    const E_L = coefficient[4];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // lif.glif:29  V <- E_L
      const V_after = E_L;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const Θ_inf = coefficient[3];
    const V = V_at[i];
    return V > Θ_inf;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    return I_e;
  }

  function read_Θ(i: number): number {
    const Θ_inf = coefficient[3];
    return Θ_inf;
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "LIF",
    model: "LIF",
    size,
    memory,
    states: [{ name: "V", unit: "mV", values: V_at }],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
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
    arrays: { V: V_at, "#in:I_e": I_e_at },
    held: ["V"],
    parameters: {
      C,
      G,
      E_L,
      Θ_inf,
      t_ref,
    },
    times: [
      {
        what: "`from` of `LIF.I_e`",
        times: [100],
        rounded: true,
        lasts: false,
      },
      {
        what: "`to` of `LIF.I_e`",
        times: [900],
        rounded: true,
        lasts: false,
      },
      {
        what: "the refractory period of `LIF`",
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
