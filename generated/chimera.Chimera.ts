/*
 * Chimera: an experiment of Ring.
 * From random potentials to a chimera.
 *
 * Written by glif from chimera.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population N:
 *   u is linear in itself given the others, with coefficients that change: exponential Euler, of order 2.
 * Population P:
 *   Z is linear with constant coefficients: exact propagator.
 */

import {
  abs,
  allocate,
  connect,
  cos,
  delaySteps,
  drawUniform,
  exprel,
  log,
  min,
  parameterOf,
  populationSize,
  propagator,
  samplingSteps,
  settingsOf,
  settled,
  simulate,
  sin,
  sqrt,
  stream,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation } from "glif/runtime";

/** Parameters of N: Leaky integrator in the units of the paper. */
export interface NParameters {
  /** membrane time constant (ms); 1 ms unless given */
  τ?: Quantity<"ms">;
  /** where u would go (1); 1 unless given */
  μ?: Quantity<"1">;
  /** threshold (1); 0.98 unless given */
  u_th?: Quantity<"1">;
}

/** Parameters of P: The local order parameter of the neurons around it. */
export interface PParameters {}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** n (1); 200 unless given */
  n: number;
  /** reach of the coupling (1); 70 unless given */
  R: number;
  /** reach of a probe (1); 5 unless given */
  δ: number;
  /** coupling.σ (1); 0.4 unless given */
  "coupling.σ": number;
  /** coupling.R (1); R unless given */
  "coupling.R": number;
  /** measure.m (1); 2*δ + 1 unless given */
  "measure.m": number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.01 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 1 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    N?: NParameters;
    P?: PParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    n?: Quantity<"1">;
    R?: Quantity<"1">;
    "\u03B4"?: Quantity<"1">;
    "coupling.\u03C3"?: Quantity<"1">;
    "coupling.R"?: Quantity<"1">;
    "measure.m"?: Quantity<"1">;
  };
  /** numbers of neurons by population */
  sizes?: {
    N?: number;
    P?: number;
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
  name: "Chimera",
  duration: 300,
  step: 0.01,
  seed: 1,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: { N: { τ: "ms", μ: "1", u_th: "1" }, P: {} },
  setup: {
    n: "1",
    R: "1",
    δ: "1",
    "coupling.σ": "1",
    "coupling.R": "1",
    "measure.m": "1",
  },
  elsewhere: {
    "N.u": "state",
    "N.I": "input",
    "P.Z": "state",
    "P.x": "input",
    "P.y": "input",
    "coupling.delay": "delay",
    "measure.delay": "delay",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.01;
  const seed = options.seed ?? 1;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const given = settings.setup;
  const n = given.n ?? 200; // n (1)
  const R = given.R ?? 70; // reach of the coupling (1)
  const δ = given.δ ?? 5; // reach of a probe (1)
  const coupling_σ = given["coupling.σ"] ?? 0.4; // coupling.σ (1)
  const coupling_R = given["coupling.R"] ?? R; // coupling.R (1)
  const measure_m = given["measure.m"] ?? 2 * δ + 1; // measure.m (1)
  const setup = {
    n,
    R,
    δ,
    "coupling.σ": coupling_σ,
    "coupling.R": coupling_R,
    "measure.m": measure_m,
  };
  const N = population_N(populationSize("N", sizes.N ?? n), parameters.N ?? {}, setup, dt, seed);
  const P = population_P(populationSize("P", sizes.P ?? 20), parameters.P ?? {}, setup, dt, seed);
  return simulate({
    name: "Chimera",
    dt,
    seed,
    populations: [N, P],
    projections: [
      projection_coupling_N_N(N, N, setup, dt, seed, options),
      projection_measure_N_P(N, P, setup, dt, seed, options),
    ],
    spikesOf: ["N"],
    records: [
      {
        population: "P",
        variable: "Z",
        first: 8,
        last: 8,
        every: samplingSteps(1, dt),
      },
      {
        population: "P",
        variable: "Z",
        first: 19,
        last: 19,
        every: samplingSteps(1, dt),
      },
    ],
  });
}

/** The kernels of population N: 200 neurons of Oscillator. */
function population_N(size: number, given: Numbers<NParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  const τ = given.τ ?? 1; // membrane time constant (ms)
  const μ = given.μ ?? 1; // where u would go (1)
  const u_th = given.u_th ?? 0.98; // threshold (1)

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([μ, 1 / τ, dt, u_th]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const u_at = memory.arrays[0];
  const I_at = new Float64Array(1); // I (1)
  const I_coupling_at = new Float64Array(size); // given by the connections coupling (1)
  const I_coupling_u_at = new Float64Array(size); // given by the connections coupling (1)
  const candidates = new Int32Array(size);
  const draws_u = stream(seed, "N/u");
  for (let i = 0; i < size; i++) {
    u_at[i] = drawUniform(draws_u, i, 0, 0.98);
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const μ = coefficient[0];
    const c_2 = coefficient[1];
    const dt = coefficient[2];
    const u_th = coefficient[3];
    const I = I_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // chimera.glif:30  u' = (μ - u + I)/τ  [exponential Euler]
      const u = u_at[i];
      const I_coupling = I_coupling_at[i];
      const I_coupling_u = I_coupling_u_at[i];
      const u_next =
        u + (μ - u + (I + I_coupling + I_coupling_u * u)) * c_2 * (dt * exprel((-1 + I_coupling_u) * c_2 * dt));
      u_at[i] = u_next;
      // chimera.glif:32  spike when u >= u_th
      if (u_next >= u_th) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(): void {}
  function restore(): void {}

  function reset(neurons: Int32Array, count: number): void {
    // spike when u >= u_th
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // chimera.glif:33  u <- 0
      const u_after = 0;
      u_at[i] = u_after;
    }
  }

  function holds(i: number): boolean {
    const u_th = coefficient[3];
    const u = u_at[i];
    return u >= u_th;
  }

  function read_I(i: number): number {
    const I = I_at[0];
    const I_coupling = I_coupling_at[i];
    const I_coupling_u = I_coupling_u_at[i];
    const u = u_at[i];
    return I + I_coupling + I_coupling_u * u;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "N",
    model: "Oscillator",
    size,
    memory,
    states: [{ name: "u", unit: "1", values: u_at }],
    observables: [
      {
        name: "u",
        unit: "1",
        kind: "state",
        read: (i: number) => u_at[i],
      },
      {
        name: "I",
        unit: "1",
        kind: "input",
        read: read_I,
      },
    ],
    inputs: { I: I_at, "I~coupling": I_coupling_at, "I~coupling*u": I_coupling_u_at },
    arrays: {
      u: u_at,
      "#in:I": I_at,
      "#in:I~coupling": I_coupling_at,
      "#in:I~coupling*u": I_coupling_u_at,
    },
    held: [],
    parameters: { τ, μ, u_th },
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

/** The kernels of population P: 20 neurons of Probe. */
function population_P(size: number, given: Numbers<PParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  // Exact propagator of Z: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-0.05]);
  const solved = propagator(A, 1, dt);
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([D[0], Q[0]]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const Z_at = memory.arrays[0];
  const x_at = new Float64Array(1); // x (1)
  const y_at = new Float64Array(1); // y (1)
  const y_measure_at = new Float64Array(size); // given by the connections measure (1)
  const x_measure_at = new Float64Array(size); // given by the connections measure (1)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    Z_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const D_Z_Z = coefficient[0];
    const Q_Z_1 = coefficient[1];
    const x = x_at[0];
    const y = y_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // chimera.glif:40  Z' = (sqrt(x^2 + y^2) - Z)/(20 ms)  [exact propagator]
      const Z = Z_at[i];
      const x_measure = x_measure_at[i];
      const x_2 = x + x_measure;
      const y_measure = y_measure_at[i];
      const x_3 = y + y_measure;
      const Z_next = Z + (D_Z_Z * Z + Q_Z_1 * (sqrt(x_2 * x_2 + x_3 * x_3) / 20));
      Z_at[i] = Z_next;
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

  function read_x(i: number): number {
    const x = x_at[0];
    const x_measure = x_measure_at[i];
    return x + x_measure;
  }

  function read_y(i: number): number {
    const y = y_at[0];
    const y_measure = y_measure_at[i];
    return y + y_measure;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "P",
    model: "Probe",
    size,
    memory,
    states: [{ name: "Z", unit: "1", values: Z_at }],
    observables: [
      {
        name: "Z",
        unit: "1",
        kind: "state",
        read: (i: number) => Z_at[i],
      },
      {
        name: "x",
        unit: "1",
        kind: "input",
        read: read_x,
      },
      {
        name: "y",
        unit: "1",
        kind: "input",
        read: read_y,
      },
    ],
    inputs: {
      x: x_at,
      y: y_at,
      "y~measure": y_measure_at,
      "x~measure": x_measure_at,
    },
    arrays: {
      Z: Z_at,
      "#in:x": x_at,
      "#in:y": y_at,
      "#in:y~measure": y_measure_at,
      "#in:x~measure": x_measure_at,
    },
    held: [],
    parameters: {},
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

/** Connections coupling from N to N by Repulsion. */
function projection_coupling_N_N(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const pre_u_at = variableOf(source, "u");
  const post_I_coupling_at = variableOf(target, "#in:I~coupling");
  const post_I_coupling_u_at = variableOf(target, "#in:I~coupling*u");
  const connections = connect({
    name: "coupling N->N",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    where: (i: number, j: number) => min(abs(i - j), setup.n - abs(i - j)) <= setup.R,
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "coupling"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([
    -setup["coupling.σ"] / (2 * setup["coupling.R"]),
    setup["coupling.σ"] / (2 * setup["coupling.R"]),
  ]);

  function couple(i: number, from: number, to: number): void {
    const c_2 = coefficient[0];
    const pre_u = pre_u_at[i];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // chimera.glif:46  post.I += σ/(2*R)*(post.u - pre.u)
      post_I_coupling_at[j] += c_2 * pre_u;
    }
  }

  function coupleOnce(i: number, from: number, to: number): void {
    const c_3 = coefficient[1];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // chimera.glif:46  post.I += σ/(2*R)*(post.u - pre.u)
      post_I_coupling_u_at[j] += c_3;
    }
  }

  return {
    kind: "grid",
    name: "coupling N->N",
    connection: "coupling",
    source: "N",
    target: "N",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [
      { population: "N", array: "#in:I~coupling", constant: false },
      { population: "N", array: "#in:I~coupling*u", constant: true },
    ],
    ahead: [],
    times: [
      {
        what: "the delay of `coupling`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    couple,
    coupleOnce,
  };
}

/** Connections measure from N to P by Phase. */
function projection_measure_N_P(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const pre_μ = parameterOf(source, "μ");
  const pre_u_at = variableOf(source, "u");
  const pre_u_th = parameterOf(source, "u_th");
  const post_y_measure_at = variableOf(target, "#in:y~measure");
  const post_x_measure_at = variableOf(target, "#in:x~measure");
  const connections = connect({
    name: "measure N->P",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    where: (i: number, j: number) => min(abs(i - (j * setup.n) / 20), setup.n - abs(i - (j * setup.n) / 20)) <= setup.δ,
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "measure"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([pre_μ, log(pre_μ / (pre_μ - pre_u_th)), setup["measure.m"]]);

  function couple(i: number, from: number, to: number): void {
    const pre_μ = coefficient[0];
    const c_2 = coefficient[1];
    const measure_m = coefficient[2];
    const pre_u = pre_u_at[i];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // chimera.glif:53  post.y += sin(pre.φ)/m
      const x = (6.283185307179586 * log(pre_μ / (pre_μ - pre_u))) / c_2;
      post_y_measure_at[j] += sin(x) / measure_m;
      // chimera.glif:52  post.x += cos(pre.φ)/m
      post_x_measure_at[j] += cos(x) / measure_m;
    }
  }

  return {
    kind: "grid",
    name: "measure N->P",
    connection: "measure",
    source: "N",
    target: "P",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [
      { population: "P", array: "#in:y~measure", constant: false },
      { population: "P", array: "#in:x~measure", constant: false },
    ],
    ahead: [],
    times: [
      {
        what: "the delay of `measure`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    couple,
  };
}
