/*
 * Delayed: an experiment of Ring.
 * The bump goes around.
 *
 * Written by glif from delayed_ring.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population R:
 *   r is linear with constant coefficients: exact propagator.
 */

import {
  allocate,
  connect,
  connectionDoubles,
  cos,
  delaySteps,
  fillConnections,
  max,
  pastOf,
  populationSize,
  propagator,
  samplingSteps,
  settingsOf,
  settled,
  simulate,
  stream,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation, Stream } from "glif/runtime";

/** Parameters of R: Relaxes to its rectified input. */
export interface RParameters {
  /** time constant (ms); 10 ms unless given */
  τ?: Quantity<"ms">;
}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** units (1); 60 unless given */
  n: number;
  /** inhibition of all by all (1); -4 unless given */
  J_0: number;
  /** excitation around the peak (1); 6 unless given */
  J_1: number;
  /** how far the peak lies from the unit itself, rad (1); π/4 unless given */
  α: number;
  /** delay (ms); 5 ms unless given */
  D: number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    R?: RParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    n?: Quantity<"1">;
    J_0?: Quantity<"1">;
    J_1?: Quantity<"1">;
    "\u03B1"?: Quantity<"1">;
    D?: Quantity<"ms">;
  };
  /** numbers of neurons by population */
  sizes?: {
    R?: number;
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
  name: "Delayed",
  duration: 500,
  step: 0.1,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: { R: { τ: "ms" } },
  setup: {
    n: "1",
    J_0: "1",
    J_1: "1",
    α: "1",
    D: "ms",
  },
  elsewhere: { "R.r": "state", "R.I": "input", "Rate.delay": "delay" },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const given = settings.setup;
  const n = given.n ?? 60; // units (1)
  const J_0 = given.J_0 ?? -4; // inhibition of all by all (1)
  const J_1 = given.J_1 ?? 6; // excitation around the peak (1)
  const α = given.α ?? 3.141592653589793 / 4; // how far the peak lies from the unit itself, rad (1)
  const D = given.D ?? 5; // delay (ms)
  const setup = {
    n,
    J_0,
    J_1,
    α,
    D,
  };
  const R = population_R(populationSize("R", sizes.R ?? n), parameters.R ?? {}, setup, dt, seed);
  return simulate({
    name: "Delayed",
    dt,
    seed,
    populations: [R],
    projections: [projection_Rate_R_R(R, R, setup, dt, seed, options)],
    spikesOf: ["R"],
    records: [
      {
        population: "R",
        variable: "r",
        first: 0,
        last: 0,
        every: samplingSteps(0.5, dt),
      },
      {
        population: "R",
        variable: "r",
        first: 15,
        last: 15,
        every: samplingSteps(0.5, dt),
      },
      {
        population: "R",
        variable: "r",
        first: 30,
        last: 30,
        every: samplingSteps(0.5, dt),
      },
      {
        population: "R",
        variable: "r",
        first: 45,
        last: 45,
        every: samplingSteps(0.5, dt),
      },
    ],
  });
}

/** The kernels of population R: 60 neurons of Unit. */
function population_R(size: number, given: Numbers<RParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  const τ = given.τ ?? 10; // time constant (ms)
  // Exact propagator of r: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-1 / τ]);
  const solved = propagator(A, 1, dt);
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([D[0], Q[0], τ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const r_at = memory.arrays[0];
  const I_at = new Float64Array(1); // I (1)
  I_at[0] = 1;
  const I_Rate_at = new Float64Array(size); // given by the connections Rate (1)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    r_at[i] = max(0, cos((6.283185307179586 * i) / setup.n));
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const D_r_r = coefficient[0];
    const Q_r_1 = coefficient[1];
    const τ = coefficient[2];
    const I = I_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // delayed_ring.glif:22  r' = (max(0, I) - r)/τ  [exact propagator]
      const r = r_at[i];
      const I_Rate = I_Rate_at[i];
      const r_next = r + (D_r_r * r + Q_r_1 * (max(0, I + I_Rate) / τ));
      r_at[i] = r_next;
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

  function read_I(i: number): number {
    const I = I_at[0];
    const I_Rate = I_Rate_at[i];
    return I + I_Rate;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "R",
    model: "Unit",
    size,
    memory,
    states: [{ name: "r", unit: "1", values: r_at }],
    observables: [
      {
        name: "r",
        unit: "1",
        kind: "state",
        read: (i: number) => r_at[i],
      },
      {
        name: "I",
        unit: "1",
        kind: "input",
        read: read_I,
      },
    ],
    inputs: { I: I_at, "I~Rate": I_Rate_at },
    arrays: { r: r_at, "#in:I": I_at, "#in:I~Rate": I_Rate_at },
    held: [],
    parameters: { τ },
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

/** Connections Rate from R to R by Rate. */
function projection_Rate_R_R(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_I_Rate_at = variableOf(target, "#in:I~Rate");
  const connections = connect({
    name: "Rate R->R",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: true,
    multiple: false,
    delay: delaySteps(setup.D, dt, "Rate"),
    bytesPerConnection: 8,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const w_at = connectionDoubles(connections); // w (1)
  fillConnections(
    connections,
    stream(seed, "Rate R->R.w"),
    w_at,
    (row: Stream, k: number, i: number, j: number, c: number) =>
      (setup.J_0 + setup.J_1 * cos((6.283185307179586 * (j - i)) / setup.n - setup.α)) / setup.n,
  );
  const pre_r_past = pastOf(variableOf(source, "r"), connections); // a row a step

  function couple(i: number, from: number, to: number, row: number): void {
    const pre_r_ago = pre_r_past[row * source.size + i];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // delayed_ring.glif:28  post.I += w*pre.r
      const w = w_at[c];
      post_I_Rate_at[j] += w * pre_r_ago;
    }
  }

  return {
    kind: "grid",
    name: "Rate R->R",
    connection: "Rate",
    source: "R",
    target: "R",
    connections: settled(connections),
    values: [
      {
        name: "w",
        role: "weight",
        unit: "1",
        values: w_at,
        changes: false,
      },
    ],
    protects: [],
    kept: [{ population: "R", array: "r", past: pre_r_past }],
    fills: [{ population: "R", array: "#in:I~Rate", constant: false }],
    ahead: [],
    times: [
      {
        what: "the delay of `Rate`",
        times: [setup.D],
        rounded: true,
        lasts: false,
      },
    ],
    couple,
  };
}
