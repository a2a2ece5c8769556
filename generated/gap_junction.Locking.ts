/*
 * Locking: an experiment of SpikingPair.
 * The junction pulls two rhythms into one.
 *
 * Written by glif from gap_junction.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population Fast:
 *   V is linear in itself given the others, with coefficients that change: exponential Euler, of order 2.
 * Population Slow:
 *   V is linear in itself given the others, with coefficients that change: exponential Euler, of order 2.
 */

import {
  allocate,
  connect,
  delaySteps,
  exprel,
  populationSize,
  settingsOf,
  settled,
  simulate,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation } from "glif/runtime";

/** Parameters of Fast: Leaky integrator. */
export interface FastParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
  /** V_th (mV); -50 mV unless given */
  V_th?: Quantity<"mV">;
  /** V_r (mV); -65 mV unless given */
  V_r?: Quantity<"mV">;
}

/** Parameters of Slow: Leaky integrator. */
export interface SlowParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
  /** V_th (mV); -50 mV unless given */
  V_th?: Quantity<"mV">;
  /** V_r (mV); -65 mV unless given */
  V_r?: Quantity<"mV">;
}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** conductance of the junction (nS); 8 nS unless given */
  "gap.w": number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.05 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    Fast?: FastParameters;
    Slow?: SlowParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    "gap.w"?: Quantity<"nS">;
  };
  /** numbers of neurons by population */
  sizes?: {
    Fast?: number;
    Slow?: number;
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
  name: "Locking",
  duration: 400,
  step: 0.05,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    Fast: {
      C: "pF",
      G: "nS",
      E_L: "mV",
      V_th: "mV",
      V_r: "mV",
    },
    Slow: {
      C: "pF",
      G: "nS",
      E_L: "mV",
      V_th: "mV",
      V_r: "mV",
    },
  },
  setup: { "gap.w": "nS" },
  elsewhere: {
    "Fast.V": "state",
    "Fast.I_e": "input",
    "Slow.V": "state",
    "Slow.I_e": "input",
    "gap.delay": "delay",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.05;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const given = settings.setup;
  const gap_w = given["gap.w"] ?? 8; // conductance of the junction (nS)
  const setup = { "gap.w": gap_w };
  const Fast = population_Fast(populationSize("Fast", sizes.Fast ?? 1), parameters.Fast ?? {}, setup, dt, seed);
  const Slow = population_Slow(populationSize("Slow", sizes.Slow ?? 1), parameters.Slow ?? {}, setup, dt, seed);
  return simulate({
    name: "Locking",
    dt,
    seed,
    populations: [Fast, Slow],
    projections: [projection_gap_Fast_Slow(Fast, Slow, setup, dt, seed, options)],
    spikesOf: ["Fast", "Slow"],
    records: [
      {
        population: "Fast",
        variable: "V",
        first: 0,
        last: Fast.size - 1,
        every: 1,
      },
      {
        population: "Slow",
        variable: "V",
        first: 0,
        last: Slow.size - 1,
        every: 1,
      },
    ],
  });
}

/** The kernels of population Fast: one neuron of Integrator. */
function population_Fast(
  size: number,
  given: Numbers<FastParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  const V_th = given.V_th ?? -50; // V_th (mV)
  const V_r = given.V_r ?? -65; // V_r (mV)

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([G, E_L, 1 / C, dt, V_th, V_r]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const V_at = memory.arrays[0];
  const I_e_at = new Float64Array(1); // I_e (pA)
  I_e_at[0] = 310;
  const I_e_gap1_at = new Float64Array(size); // given by the connections gap (pA)
  const I_e_gap1_V_at = new Float64Array(size); // given by the connections gap (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = -65;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const G = coefficient[0];
    const E_L = coefficient[1];
    const c_2 = coefficient[2];
    const dt = coefficient[3];
    const V_th = coefficient[4];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exponential Euler]
      const V = V_at[i];
      const I_e_gap1 = I_e_gap1_at[i];
      const I_e_gap1_V = I_e_gap1_V_at[i];
      const V_next =
        V + (I_e + I_e_gap1 + I_e_gap1_V * V - G * (V - E_L)) * c_2 * (dt * exprel((I_e_gap1_V - G) * c_2 * dt));
      V_at[i] = V_next;
      // gap_junction.glif:31  spike when V > V_th
      if (V_next > V_th) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(): void {}
  function restore(): void {}

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > V_th
    const V_r = coefficient[5];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // gap_junction.glif:32  V <- V_r
      const V_after = V_r;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const V_th = coefficient[4];
    const V = V_at[i];
    return V > V_th;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    const I_e_gap1 = I_e_gap1_at[i];
    const I_e_gap1_V = I_e_gap1_V_at[i];
    const V = V_at[i];
    return I_e + I_e_gap1 + I_e_gap1_V * V;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Fast",
    model: "Integrator",
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
    ],
    inputs: { I_e: I_e_at, "I_e~gap1": I_e_gap1_at, "I_e~gap1*V": I_e_gap1_V_at },
    arrays: {
      V: V_at,
      "#in:I_e": I_e_at,
      "#in:I_e~gap1": I_e_gap1_at,
      "#in:I_e~gap1*V": I_e_gap1_V_at,
    },
    held: [],
    parameters: {
      C,
      G,
      E_L,
      V_th,
      V_r,
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

/** The kernels of population Slow: one neuron of Integrator. */
function population_Slow(
  size: number,
  given: Numbers<SlowParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  const V_th = given.V_th ?? -50; // V_th (mV)
  const V_r = given.V_r ?? -65; // V_r (mV)

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([G, E_L, 1 / C, dt, V_th, V_r]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const V_at = memory.arrays[0];
  const I_e_at = new Float64Array(1); // I_e (pA)
  I_e_at[0] = 300;
  const I_e_gap2_at = new Float64Array(size); // given by the connections gap (pA)
  const I_e_gap2_V_at = new Float64Array(size); // given by the connections gap (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = -60;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const G = coefficient[0];
    const E_L = coefficient[1];
    const c_2 = coefficient[2];
    const dt = coefficient[3];
    const V_th = coefficient[4];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exponential Euler]
      const V = V_at[i];
      const I_e_gap2 = I_e_gap2_at[i];
      const I_e_gap2_V = I_e_gap2_V_at[i];
      const V_next =
        V + (I_e + I_e_gap2 + I_e_gap2_V * V - G * (V - E_L)) * c_2 * (dt * exprel((I_e_gap2_V - G) * c_2 * dt));
      V_at[i] = V_next;
      // gap_junction.glif:31  spike when V > V_th
      if (V_next > V_th) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(): void {}
  function restore(): void {}

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > V_th
    const V_r = coefficient[5];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // gap_junction.glif:32  V <- V_r
      const V_after = V_r;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const V_th = coefficient[4];
    const V = V_at[i];
    return V > V_th;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    const I_e_gap2 = I_e_gap2_at[i];
    const I_e_gap2_V = I_e_gap2_V_at[i];
    const V = V_at[i];
    return I_e + I_e_gap2 + I_e_gap2_V * V;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Slow",
    model: "Integrator",
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
    ],
    inputs: { I_e: I_e_at, "I_e~gap2": I_e_gap2_at, "I_e~gap2*V": I_e_gap2_V_at },
    arrays: {
      V: V_at,
      "#in:I_e": I_e_at,
      "#in:I_e~gap2": I_e_gap2_at,
      "#in:I_e~gap2*V": I_e_gap2_V_at,
    },
    held: [],
    parameters: {
      C,
      G,
      E_L,
      V_th,
      V_r,
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

/** Connections gap from Fast to Slow by GapJunction. */
function projection_gap_Fast_Slow(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_V_at = variableOf(target, "V");
  const pre_I_e_gap1_at = variableOf(source, "#in:I_e~gap1");
  const pre_V_at = variableOf(source, "V");
  const post_I_e_gap2_at = variableOf(target, "#in:I_e~gap2");
  const pre_I_e_gap1_V_at = variableOf(source, "#in:I_e~gap1*V");
  const post_I_e_gap2_V_at = variableOf(target, "#in:I_e~gap2*V");
  const connections = connect({
    name: "gap Fast->Slow",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "gap"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["gap.w"], -setup["gap.w"]]);

  function couple(i: number, from: number, to: number): void {
    const gap_w = coefficient[0];
    const pre_V = pre_V_at[i];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:145  pre.I_e += w*(post.V - pre.V)
      const post_V = post_V_at[j];
      pre_I_e_gap1_at[i] += gap_w * post_V;
      // synapses.glif:144  post.I_e += w*(pre.V - post.V)
      post_I_e_gap2_at[j] += gap_w * pre_V;
    }
  }

  function coupleOnce(i: number, from: number, to: number): void {
    const c_2 = coefficient[1];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:145  pre.I_e += w*(post.V - pre.V)
      pre_I_e_gap1_V_at[i] += c_2;
      // synapses.glif:144  post.I_e += w*(pre.V - post.V)
      post_I_e_gap2_V_at[j] += c_2;
    }
  }

  return {
    kind: "grid",
    name: "gap Fast->Slow",
    connection: "gap",
    source: "Fast",
    target: "Slow",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [
      { population: "Fast", array: "#in:I_e~gap1", constant: false },
      { population: "Fast", array: "#in:I_e~gap1*V", constant: true },
      { population: "Slow", array: "#in:I_e~gap2", constant: false },
      { population: "Slow", array: "#in:I_e~gap2*V", constant: true },
    ],
    ahead: [],
    times: [
      {
        what: "the delay of `gap`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    couple,
    coupleOnce,
  };
}
