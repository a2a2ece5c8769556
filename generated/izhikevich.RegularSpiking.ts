/*
 * RegularSpiking: an experiment of RS.
 * Regular spiking under a constant current: intervals of 45 ms.
 *
 * Written by glif from izhikevich.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population RS:
 *   asked for by name: method rk4.
 */

import { allocate, populationSize, samplingSteps, settingsOf, simulate } from "glif/runtime";
import type { Quantity, Numbers, Settable, PreciseKernel, Simulation } from "glif/runtime";

/** Parameters of RS: Regular spiking: most excitatory cells of the cortex. */
export interface RSParameters {
  /** curvature of the upstroke (/ms/mV); 0.04 /ms/mV unless given */
  k?: Quantity<"/ms/mV">;
  /** linear term (/ms); 5 /ms unless given */
  p?: Quantity<"/ms">;
  /** constant term (mV/ms); 140 mV/ms unless given */
  q?: Quantity<"mV/ms">;
  /** rate of recovery (/ms); 0.02 /ms unless given */
  a?: Quantity<"/ms">;
  /** what the potential does to recovery (/ms); 0.2 /ms unless given */
  b?: Quantity<"/ms">;
  /** reset potential (mV); -65 mV unless given */
  c?: Quantity<"mV">;
  /** recovery added by a spike (mV/ms); 8 mV/ms unless given */
  d?: Quantity<"mV/ms">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.01 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    RS?: RSParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    RS?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "RegularSpiking",
  duration: 500,
  step: 0.01,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    RS: {
      k: "/ms/mV",
      p: "/ms",
      q: "mV/ms",
      a: "/ms",
      b: "/ms",
      c: "mV",
      d: "mV/ms",
    },
  },
  setup: {},
  elsewhere: { "RS.V": "state", "RS.u": "state", "RS.I": "input" },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.01;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const RS = population_RS(populationSize("RS", sizes.RS ?? 1), parameters.RS ?? {}, dt, seed);
  return simulate({
    name: "RegularSpiking",
    dt,
    seed,
    populations: [RS],
    projections: [],
    spikesOf: ["RS"],
    records: [
      {
        population: "RS",
        variable: "V",
        first: 0,
        last: RS.size - 1,
        every: samplingSteps(0.5, dt),
      },
      {
        population: "RS",
        variable: "u",
        first: 0,
        last: RS.size - 1,
        every: samplingSteps(0.5, dt),
      },
    ],
  });
}

/** The kernels of population RS: one neuron of RS. */
function population_RS(size: number, given: Numbers<RSParameters>, dt: number, seed: number): PreciseKernel {
  // Parameters.
  const k_2 = given.k ?? 0.04; // curvature of the upstroke (/ms/mV)
  const p = given.p ?? 5; // linear term (/ms)
  const q = given.q ?? 140; // constant term (mV/ms)
  const a = given.a ?? 0.02; // rate of recovery (/ms)
  const b = given.b ?? 0.2; // what the potential does to recovery (/ms)
  const c_2 = given.c ?? -65; // reset potential (mV)
  const d = given.d ?? 8; // recovery added by a spike (mV/ms)

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([k_2, p, q, a, b, c_2, d]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 2);
  const V_at = memory.arrays[0];
  const u_at = memory.arrays[1];
  let current = 0;
  const state = new Float64Array(2);
  const I_at = new Float64Array(1); // injected current per capacitance (mV/ms)
  I_at[0] = 10;
  for (let i = 0; i < size; i++) {
    V_at[i] = -65;
    u_at[i] = b * V_at[i];
  }

  function drive(): void {}

  function shake(): void {}

  function load(i: number, state: Float64Array): void {
    current = i;
    state[0] = V_at[i];
    state[1] = u_at[i];
  }

  function store(i: number, state: Float64Array): void {
    V_at[i] = state[0];
    u_at[i] = state[1];
  }

  function flow(t: number, span: number, state: Float64Array): void {
    const k_2 = coefficient[0];
    const p = coefficient[1];
    const q = coefficient[2];
    const a = coefficient[3];
    const b = coefficient[4];
    const I = I_at[0];
    const i = current;
    const V = state[0];
    const u = state[1];
    const slope = k_2 * (V * V) + p * V + q - u + I;
    const k1_V = slope;
    const k1_u = a * (b * V - u);
    const x2_V = V + span * (0.5 * k1_V);
    const x2_u = u + span * (0.5 * k1_u);
    const k2_V = k_2 * (x2_V * x2_V) + p * x2_V + q - x2_u + I;
    const k2_u = a * (b * x2_V - x2_u);
    const x3_V = V + span * (0.5 * k2_V);
    const x3_u = u + span * (0.5 * k2_u);
    const k3_V = k_2 * (x3_V * x3_V) + p * x3_V + q - x3_u + I;
    const k3_u = a * (b * x3_V - x3_u);
    const x4_V = V + span * k3_V;
    const x4_u = u + span * k3_u;
    const k4_V = k_2 * (x4_V * x4_V) + p * x4_V + q - x4_u + I;
    const k4_u = a * (b * x4_V - x4_u);
    // izhikevich.glif:34  V' = slope  [Runge-Kutta of order 4]
    const x = span / 6;
    const V_next = V + x * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
    // izhikevich.glif:35  u' = a*(b*V - u)  [Runge-Kutta of order 4]
    const u_next = u + x * (k1_u + 2 * k2_u + 2 * k3_u + k4_u);
    state[0] = V_next;
    state[1] = u_next;
  }

  function flowHeld(t: number, span: number, state: Float64Array): void {
    const k_2 = coefficient[0];
    const p = coefficient[1];
    const q = coefficient[2];
    const a = coefficient[3];
    const b = coefficient[4];
    const I = I_at[0];
    const i = current;
    const V = state[0];
    const u = state[1];
    const slope = k_2 * (V * V) + p * V + q - u + I;
    const k1_V = slope;
    const k1_u = a * (b * V - u);
    const x2_V = V + span * (0.5 * k1_V);
    const x2_u = u + span * (0.5 * k1_u);
    const k2_V = k_2 * (x2_V * x2_V) + p * x2_V + q - x2_u + I;
    const k2_u = a * (b * x2_V - x2_u);
    const x3_V = V + span * (0.5 * k2_V);
    const x3_u = u + span * (0.5 * k2_u);
    const k3_V = k_2 * (x3_V * x3_V) + p * x3_V + q - x3_u + I;
    const k3_u = a * (b * x3_V - x3_u);
    const x4_V = V + span * k3_V;
    const x4_u = u + span * k3_u;
    const k4_V = k_2 * (x4_V * x4_V) + p * x4_V + q - x4_u + I;
    const k4_u = a * (b * x4_V - x4_u);
    // izhikevich.glif:34  V' = slope  [Runge-Kutta of order 4]
    const x = span / 6;
    const V_next = V + x * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
    // izhikevich.glif:35  u' = a*(b*V - u)  [Runge-Kutta of order 4]
    const u_next = u + x * (k1_u + 2 * k2_u + 2 * k3_u + k4_u);
    state[0] = V_next;
    state[1] = u_next;
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
    // spike when V > 30 mV
    const i = current;
    const V = state[0];
    return V > 30;
  }

  function margin_spike(t: number, state: Float64Array): number {
    // spike when V > 30 mV
    const i = current;
    const V = state[0];
    return V - 30;
  }

  function apply_spike(t: number, state: Float64Array): void {
    // spike when V > 30 mV
    const c_2 = coefficient[5];
    const d = coefficient[6];
    const i = current;
    // izhikevich.glif:39  V <- c
    const V_after = c_2;
    // izhikevich.glif:40  u <- u + d
    const u = state[1];
    const u_after = u + d;
    state[0] = V_after;
    state[1] = u_after;
  }

  function read_I(i: number): number {
    const I = I_at[0];
    return I;
  }

  return {
    kind: "precise",
    name: "RS",
    model: "RS",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "u", unit: "mV/ms", values: u_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "u",
        unit: "mV/ms",
        kind: "state",
        read: (i: number) => u_at[i],
      },
      {
        name: "I",
        unit: "mV/ms",
        kind: "input",
        read: read_I,
      },
    ],
    inputs: { I: I_at },
    arrays: { V: V_at, u: u_at, "#in:I": I_at },
    held: [],
    parameters: {
      k: k_2,
      p,
      q,
      a,
      b,
      c: c_2,
      d,
    },
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
      text: "spike when V > 30 mV",
      holds: holds_spike,
      margin: margin_spike,
      initial: (i: number) => V_at[i] > 30,
      apply: apply_spike,
      crossing: false,
    },
    events: [],
  };
}
