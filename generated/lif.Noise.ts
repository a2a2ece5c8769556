/*
 * Noise: an experiment of NoisyLIF.
 * A mean current that alone would leave the neuron 2 mV below threshold: noise makes it spike now and then, irregularly.
 *
 * Written by glif from lif.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population NoisyLIF:
 *   V is linear with constant coefficients and additive noise: exact Ornstein-Uhlenbeck step.
 *   While refractory V is held.
 */

import {
  allocate,
  fillNormal,
  noiseFactor,
  populationSize,
  propagator,
  settingsOf,
  simulate,
  sqrt,
  stepsIn,
  stream,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, Simulation } from "glif/runtime";

/** Parameters of NoisyLIF: LIF neuron with white noise: far from the threshold V is an Ornstein-Uhlenbeck process with the standard deviation σ. */
export interface NoisyLIFParameters {
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
  /** standard deviation of V if nothing ever spiked (mV); 3 mV unless given */
  σ?: Quantity<"mV">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 1 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    NoisyLIF?: NoisyLIFParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    NoisyLIF?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "Noise",
  duration: 1000,
  step: 0.1,
  seed: 1,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    NoisyLIF: {
      C: "pF",
      G: "nS",
      E_L: "mV",
      Θ_inf: "mV",
      t_ref: "ms",
      σ: "mV",
    },
  },
  setup: {},
  elsewhere: { "NoisyLIF.V": "state", "NoisyLIF.I_e": "input" },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 1;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const NoisyLIF = population_NoisyLIF(
    populationSize("NoisyLIF", sizes.NoisyLIF ?? 1),
    parameters.NoisyLIF ?? {},
    dt,
    seed,
  );
  return simulate({
    name: "Noise",
    dt,
    seed,
    populations: [NoisyLIF],
    projections: [],
    spikesOf: ["NoisyLIF"],
    records: [
      {
        population: "NoisyLIF",
        variable: "V",
        first: 0,
        last: NoisyLIF.size - 1,
        every: 1,
      },
      {
        population: "NoisyLIF",
        variable: "Θ",
        first: 0,
        last: NoisyLIF.size - 1,
        every: 1,
      },
    ],
  });
}

/** The kernels of population NoisyLIF: one neuron of NoisyLIF. */
function population_NoisyLIF(size: number, given: Numbers<NoisyLIFParameters>, dt: number, seed: number): GridKernel {
  // Parameters.
  const C = given.C ?? 58.7; // membrane capacitance (pF)
  const G = given.G ?? 9.43; // leak conductance (nS)
  const E_L = given.E_L ?? -78.9; // resting potential, and where a spike leaves the membrane (mV)
  const Θ_inf = given.Θ_inf ?? -51.7; // spike threshold, long after a spike (mV)
  const t_ref = given.t_ref ?? 3; // refractory period: V stays at rest for so long after a spike (ms)
  const σ = given.σ ?? 3; // standard deviation of V if nothing ever spiked (mV)
  // Exact propagator of V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-G / C]);
  const solved = propagator(A, 1, dt);
  const Q = solved.Q;
  const D = solved.D;
  const L = noiseFactor(A, new Float64Array([(σ * sqrt(2 * C * G)) / C]), 1, 1, dt);

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    D[0],
    Q[0] * (1 / C),
    Q[0] * ((G * E_L) / C),
    L[0],
    Θ_inf,
    E_L,
    σ * sqrt(2 * C * G) * 0,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const V_at = memory.arrays[0];
  const I_e_at = new Float64Array(1); // everything that injects current adds up here (pA)
  I_e_at[0] = 237.6;
  const η_V = new Float64Array(size);
  const η_V_draws = stream(seed, "NoisyLIF/exact:V");
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 1);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
  }

  function drive(): void {}

  function shake(tick: number): void {
    fillNormal(η_V, 0, size, η_V_draws, tick);
  }

  function update(low: number, high: number): number {
    const D_V_V = coefficient[0];
    const Q_V_I_e = coefficient[1];
    const c_V = coefficient[2];
    const L_V_V = coefficient[3];
    const Θ_inf = coefficient[4];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // lif.glif:24  V' = (I_e - G*(V - E_L)) / C  [exact propagator]
      const V = V_at[i];
      const η_V_i = η_V[i];
      const V_next = V + (D_V_V * V + Q_V_I_e * I_e + c_V + L_V_V * η_V_i);
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
    const E_L = coefficient[5];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // lif.glif:29  V <- E_L
      const V_after = E_L;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const Θ_inf = coefficient[4];
    const V = V_at[i];
    return V > Θ_inf;
  }

  function read_I_e(i: number): number {
    const c_2 = coefficient[6];
    const I_e = I_e_at[0];
    return I_e + c_2;
  }

  function read_Θ(i: number): number {
    const Θ_inf = coefficient[4];
    return Θ_inf;
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "NoisyLIF",
    model: "NoisyLIF",
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
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, "#in:I_e": I_e_at },
    held: ["V"],
    parameters: {
      C,
      G,
      E_L,
      Θ_inf,
      t_ref,
      σ,
    },
    times: [
      {
        what: "the refractory period of `NoisyLIF`",
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
