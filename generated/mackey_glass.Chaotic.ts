/*
 * Chaotic: an experiment of MackeyGlass.
 * The chaos of the textbooks.
 *
 * Written by glif from mackey_glass.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population MackeyGlass:
 *   x is not linear with constant coefficients and does not relax at a rate that changes: Runge-Kutta of order 4.
 */

import { allocate, delayLine, populationSize, pow, propagator, settingsOf, simulate } from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, Simulation } from "glif/runtime";

/** Parameters of MackeyGlass: Cells in the blood, as those of τ ago demand. */
export interface MackeyGlassParameters {
  /** most that are produced (/ms); 0.2 /ms unless given */
  β?: Quantity<"/ms">;
  /** rate at which they die (/ms); 0.1 /ms unless given */
  γ?: Quantity<"/ms">;
  /** how steeply production ends (1); 10 unless given */
  n?: Quantity<"1">;
  /** what it takes to produce one (ms); 17 ms unless given */
  τ?: Quantity<"ms">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    MackeyGlass?: MackeyGlassParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    MackeyGlass?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "Chaotic",
  duration: 600,
  step: 0.1,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    MackeyGlass: {
      β: "/ms",
      γ: "/ms",
      n: "1",
      τ: "ms",
    },
  },
  setup: {},
  elsewhere: { "MackeyGlass.x": "state" },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const MackeyGlass = population_MackeyGlass(
    populationSize("MackeyGlass", sizes.MackeyGlass ?? 1),
    parameters.MackeyGlass ?? {},
    dt,
    seed,
  );
  return simulate({
    name: "Chaotic",
    dt,
    seed,
    populations: [MackeyGlass],
    projections: [],
    spikesOf: ["MackeyGlass"],
    records: [
      {
        population: "MackeyGlass",
        variable: "x",
        first: 0,
        last: MackeyGlass.size - 1,
        every: 1,
      },
      {
        population: "MackeyGlass",
        variable: "before",
        first: 0,
        last: MackeyGlass.size - 1,
        every: 1,
      },
    ],
  });
}

/** The kernels of population MackeyGlass: one neuron of MackeyGlass. */
function population_MackeyGlass(
  size: number,
  given: Numbers<MackeyGlassParameters>,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const β = given.β ?? 0.2; // most that are produced (/ms)
  const γ = given.γ ?? 0.1; // rate at which they die (/ms)
  const n = given.n ?? 10; // how steeply production ends (1)
  const τ = given.τ ?? 17; // what it takes to produce one (ms)
  // Exact propagator of x~(τ)'', x~(τ)', x~(τ): x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([0, 0, 0, 1, 0, 0, 0, 1, 0]);
  const solved1 = propagator(A1, 3, dt);
  const Q1 = solved1.Q;
  const D1 = solved1.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([Q1[0], D1[3], Q1[3], D1[6], D1[7], Q1[6], β, n, γ, dt, dt / 6]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 4);
  const x_at = memory.arrays[0];
  const x_τ_at = memory.arrays[1];
  const x_τ_prime_at = memory.arrays[2];
  const x_τ_prime_prime_at = memory.arrays[3];
  const x_τ_prime_prime_prime_at = new Float64Array(size); // x(t - τ) (1)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    x_at[i] = 1.2;
    x_τ_at[i] = x_at[i];
    x_τ_prime_at[i] = 0;
    x_τ_prime_prime_at[i] = 0;
  }
  const x_past = delayLine({
    text: "x(t - τ)",
    population: "MackeyGlass",
    size,
    values: x_at,
    dt,
    delay: () => τ,
    into: [x_τ_at, x_τ_prime_at, x_τ_prime_prime_at, x_τ_prime_prime_prime_at],
    slope: slope_x,
    heldSlope: slope_x,
  }); // x(t - τ)

  function drive(tick: number): void {
    x_past.recall(tick);
  }

  function shake(): void {}

  function update(low: number, high: number): number {
    const Q1_x_τ_prime_prime_x_τ_prime_prime_prime = coefficient[0];
    const D1_x_τ_prime_x_τ_prime_prime = coefficient[1];
    const Q1_x_τ_prime_x_τ_prime_prime_prime = coefficient[2];
    const D1_x_τ_x_τ_prime_prime = coefficient[3];
    const D1_x_τ_x_τ_prime = coefficient[4];
    const Q1_x_τ_x_τ_prime_prime_prime = coefficient[5];
    const β = coefficient[6];
    const n = coefficient[7];
    const γ = coefficient[8];
    const dt = coefficient[9];
    const c_2 = coefficient[10];
    let count = 0;
    for (let i = low; i < high; i++) {
      // mackey_glass.glif:14  x(t - τ)  [exact propagator]
      const x_τ_prime_prime = x_τ_prime_prime_at[i];
      const x_τ_prime_prime_prime = x_τ_prime_prime_prime_at[i];
      const x_τ_prime_prime_next = x_τ_prime_prime + Q1_x_τ_prime_prime_x_τ_prime_prime_prime * x_τ_prime_prime_prime;
      // mackey_glass.glif:14  x(t - τ)  [exact propagator]
      const x_τ_prime = x_τ_prime_at[i];
      const x_τ_prime_next =
        x_τ_prime +
        (D1_x_τ_prime_x_τ_prime_prime * x_τ_prime_prime + Q1_x_τ_prime_x_τ_prime_prime_prime * x_τ_prime_prime_prime);
      // mackey_glass.glif:14  x(t - τ)  [exact propagator]
      const x_τ = x_τ_at[i];
      const x_τ_next =
        x_τ +
        (D1_x_τ_x_τ_prime_prime * x_τ_prime_prime +
          D1_x_τ_x_τ_prime * x_τ_prime +
          Q1_x_τ_x_τ_prime_prime_prime * x_τ_prime_prime_prime);
      const x = x_at[i];
      const k1_x = (β * x_τ) / (1 + pow(x_τ, n)) - γ * x;
      const k1_x_τ_prime_prime = x_τ_prime_prime_prime;
      const k1_x_τ_prime = x_τ_prime_prime;
      const k1_x_τ = x_τ_prime;
      const x2_x = x + dt * (0.5 * k1_x);
      const x2_x_τ_prime_prime = x_τ_prime_prime + dt * (0.5 * k1_x_τ_prime_prime);
      const x2_x_τ_prime = x_τ_prime + dt * (0.5 * k1_x_τ_prime);
      const x2_x_τ = x_τ + dt * (0.5 * k1_x_τ);
      const k2_x = (β * x2_x_τ) / (1 + pow(x2_x_τ, n)) - γ * x2_x;
      const k2_x_τ_prime_prime = x_τ_prime_prime_prime;
      const k2_x_τ_prime = x2_x_τ_prime_prime;
      const k2_x_τ = x2_x_τ_prime;
      const x3_x = x + dt * (0.5 * k2_x);
      const x3_x_τ_prime_prime = x_τ_prime_prime + dt * (0.5 * k2_x_τ_prime_prime);
      const x3_x_τ_prime = x_τ_prime + dt * (0.5 * k2_x_τ_prime);
      const x3_x_τ = x_τ + dt * (0.5 * k2_x_τ);
      const k3_x = (β * x3_x_τ) / (1 + pow(x3_x_τ, n)) - γ * x3_x;
      const k3_x_τ_prime_prime = x_τ_prime_prime_prime;
      const k3_x_τ_prime = x3_x_τ_prime_prime;
      const k3_x_τ = x3_x_τ_prime;
      const x4_x = x + dt * k3_x;
      const x4_x_τ_prime_prime = x_τ_prime_prime + dt * k3_x_τ_prime_prime;
      const x4_x_τ_prime = x_τ_prime + dt * k3_x_τ_prime;
      const x4_x_τ = x_τ + dt * k3_x_τ;
      const k4_x = (β * x4_x_τ) / (1 + pow(x4_x_τ, n)) - γ * x4_x;
      const k4_x_τ_prime_prime = x_τ_prime_prime_prime;
      const k4_x_τ_prime = x4_x_τ_prime_prime;
      const k4_x_τ = x4_x_τ_prime;
      // mackey_glass.glif:20  x' = β*x(t - τ)/(1 + x(t - τ)^n) - γ*x  [Runge-Kutta of order 4]
      const x_next = x + c_2 * (k1_x + 2 * k2_x + 2 * k3_x + k4_x);
      x_τ_prime_prime_at[i] = x_τ_prime_prime_next;
      x_τ_prime_at[i] = x_τ_prime_next;
      x_τ_at[i] = x_τ_next;
      x_at[i] = x_next;
    }
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

  function read_before(i: number): number {
    const x_τ = x_τ_at[i];
    return x_τ;
  }

  function slope_x(i: number): number {
    const β = coefficient[6];
    const n = coefficient[7];
    const γ = coefficient[8];
    const x_τ = x_τ_at[i];
    const x = x_at[i];
    return (β * x_τ) / (1 + pow(x_τ, n)) - γ * x;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "MackeyGlass",
    model: "MackeyGlass",
    size,
    memory,
    states: [
      { name: "x", unit: "1", values: x_at },
      { name: "x~(τ)", unit: "1", values: x_τ_at },
      { name: "x~(τ)'", unit: "1", values: x_τ_prime_at },
      { name: "x~(τ)''", unit: "1", values: x_τ_prime_prime_at },
    ],
    observables: [
      {
        name: "x",
        unit: "1",
        kind: "state",
        read: (i: number) => x_at[i],
      },
      {
        name: "x~(τ)",
        unit: "1",
        kind: "state",
        read: (i: number) => x_τ_at[i],
      },
      {
        name: "x~(τ)'",
        unit: "1",
        kind: "state",
        read: (i: number) => x_τ_prime_at[i],
      },
      {
        name: "x~(τ)''",
        unit: "1",
        kind: "state",
        read: (i: number) => x_τ_prime_prime_at[i],
      },
      {
        name: "before",
        unit: "1",
        kind: "other",
        read: read_before,
      },
    ],
    inputs: { "x~(τ)'''": x_τ_prime_prime_prime_at },
    arrays: {
      x: x_at,
      "x~(τ)": x_τ_at,
      "x~(τ)'": x_τ_prime_at,
      "x~(τ)''": x_τ_prime_prime_at,
      "#in:x~(τ)'''": x_τ_prime_prime_prime_at,
    },
    held: [],
    parameters: {
      β,
      γ,
      n,
      τ,
    },
    times: [
      {
        what: "how long ago `x(t - τ)` is",
        times: [τ],
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
    pasts: [x_past],
  };
}
