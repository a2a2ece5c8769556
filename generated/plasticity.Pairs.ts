/*
 * Pairs: an experiment of Window.
 * The window of STDP: at the end each weight is 0.075 nS plus what its pair has done.
 *
 * Written by glif from plasticity.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population Pre:
 *   V is linear with constant coefficients: exact propagator.
 *   pairs.x is linear with constant coefficients: exact propagator.
 * Population Post:
 *   pairs.g is linear with constant coefficients: exact propagator.
 *   pairs.y is linear with constant coefficients: exact propagator.
 *   V is linear in itself given the others, with coefficients that change: exponential Euler, of order 2.
 */

import {
  allocate,
  clamp,
  connect,
  connectionDoubles,
  delaySteps,
  elementOf,
  exprel,
  incoming,
  populationSize,
  propagator,
  samplingSteps,
  settingsOf,
  settled,
  simulate,
  timeOf,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation } from "glif/runtime";

/** Parameters of Pre: Spikes at given times, whatever the potential: the first at `start`, then one every `period`, `count` in all. */
export interface PreParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
  /** start (ms); 150 ms unless given */
  start?: Quantity<"ms">;
  /** period (ms); 100 ms unless given */
  period?: Quantity<"ms">;
  /** count (1); 1 unless given */
  count?: Quantity<"1">;
}

/** Parameters of Post: Spikes at given times, whatever the potential: the first at `start`, then one every `period`, `count` in all. */
export interface PostParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
  /** start (ms); 150 ms + (i - 40)*2.5 ms unless given */
  start?: Quantity<"ms"> | ArrayLike<number>;
  /** period (ms); 100 ms unless given */
  period?: Quantity<"ms">;
  /** count (1); 1 unless given */
  count?: Quantity<"1">;
}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** decay time (ms); 5 ms unless given */
  "pairs.τ": number;
  /** reversal potential (mV); 0 mV unless given */
  "pairs.E_rev": number;
  /** pairs.w_max (nS); 0.15 nS unless given */
  "pairs.w_max": number;
  /** change at no distance, as a fraction of w_max (1); 0.005 unless given */
  "pairs.A_plus": number;
  /** change at no distance, as a fraction of w_max (1); 0.00525 unless given */
  "pairs.A_minus": number;
  /** width of the window (ms); 20 ms unless given */
  "pairs.τ_plus": number;
  /** width of the window (ms); 20 ms unless given */
  "pairs.τ_minus": number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    Pre?: PreParameters;
    Post?: PostParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    "pairs.\u03C4"?: Quantity<"ms">;
    "pairs.E_rev"?: Quantity<"mV">;
    "pairs.w_max"?: Quantity<"nS">;
    "pairs.A_plus"?: Quantity<"1">;
    "pairs.A_minus"?: Quantity<"1">;
    "pairs.\u03C4_plus"?: Quantity<"ms">;
    "pairs.\u03C4_minus"?: Quantity<"ms">;
  };
  /** numbers of neurons by population */
  sizes?: {
    Pre?: number;
    Post?: number;
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
  name: "Pairs",
  duration: 400,
  step: 0.1,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    Pre: {
      C: "pF",
      G: "nS",
      E_L: "mV",
      start: "ms",
      period: "ms",
      count: "1",
    },
    Post: {
      C: "pF",
      G: "nS",
      E_L: "mV",
      start: ["ms"],
      period: "ms",
      count: "1",
    },
  },
  setup: {
    "pairs.τ": "ms",
    "pairs.E_rev": "mV",
    "pairs.w_max": "nS",
    "pairs.A_plus": "1",
    "pairs.A_minus": "1",
    "pairs.τ_plus": "ms",
    "pairs.τ_minus": "ms",
  },
  elsewhere: {
    "Pre.V": "state",
    "Pre.done": "state",
    "Pre.I_e": "input",
    "Pre.W": "input",
    "Post.V": "state",
    "Post.done": "state",
    "Post.I_e": "input",
    "Post.W": "input",
    "pairs.delay": "delay",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const given = settings.setup;
  const pairs_τ = given["pairs.τ"] ?? 5; // decay time (ms)
  const pairs_E_rev = given["pairs.E_rev"] ?? 0; // reversal potential (mV)
  const pairs_w_max = given["pairs.w_max"] ?? 0.15; // pairs.w_max (nS)
  const pairs_A_plus = given["pairs.A_plus"] ?? 0.005; // change at no distance, as a fraction of w_max (1)
  const pairs_A_minus = given["pairs.A_minus"] ?? 0.00525; // change at no distance, as a fraction of w_max (1)
  const pairs_τ_plus = given["pairs.τ_plus"] ?? 20; // width of the window (ms)
  const pairs_τ_minus = given["pairs.τ_minus"] ?? 20; // width of the window (ms)
  const setup = {
    "pairs.τ": pairs_τ,
    "pairs.E_rev": pairs_E_rev,
    "pairs.w_max": pairs_w_max,
    "pairs.A_plus": pairs_A_plus,
    "pairs.A_minus": pairs_A_minus,
    "pairs.τ_plus": pairs_τ_plus,
    "pairs.τ_minus": pairs_τ_minus,
  };
  const Pre = population_Pre(populationSize("Pre", sizes.Pre ?? 81), parameters.Pre ?? {}, setup, dt, seed);
  const Post = population_Post(populationSize("Post", sizes.Post ?? 81), parameters.Post ?? {}, setup, dt, seed);
  return simulate({
    name: "Pairs",
    dt,
    seed,
    populations: [Pre, Post],
    projections: [projection_pairs_Pre_Post(Pre, Post, setup, dt, seed, options)],
    spikesOf: ["Pre", "Post"],
    records: [
      {
        population: "Post",
        variable: "weight",
        first: 0,
        last: Post.size - 1,
        every: samplingSteps(100, dt),
      },
    ],
  });
}

/** The kernels of population Pre: 81 neurons of Clock. */
function population_Pre(
  size: number,
  given: Numbers<PreParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  const start = given.start ?? 150; // start (ms)
  const period = given.period ?? 100; // period (ms)
  const count_2 = given.count ?? 1; // count (1)
  // Exact propagator of V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-G / C]);
  const solved1 = propagator(A1, 1, dt);
  const Q1 = solved1.Q;
  const D1 = solved1.D;
  // Exact propagator of pairs.x: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A2 = new Float64Array([-1 / setup["pairs.τ_plus"]]);
  const solved2 = propagator(A2, 1, dt);
  const P2 = solved2.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    D1[0],
    Q1[0] * (1 / C),
    Q1[0] * ((G * E_L) / C),
    P2[0],
    count_2,
    start,
    period,
    0.5 * dt,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 3);
  const V_at = memory.arrays[0];
  const done_at = memory.arrays[1];
  const pairs_x_at = memory.arrays[2];
  let t_next = dt;
  const I_e_at = new Float64Array(1); // I_e (pA)
  const W_at = new Float64Array(1); // W (nS)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    done_at[i] = 0;
    pairs_x_at[i] = 0;
  }

  function drive(tick: number): void {
    t_next = timeOf(tick + 1, dt);
  }

  function shake(): void {}

  function update(low: number, high: number): number {
    const D1_V_V = coefficient[0];
    const Q1_V_I_e = coefficient[1];
    const c1_V = coefficient[2];
    const P2_pairs_x = coefficient[3];
    const count_2 = coefficient[4];
    const start = coefficient[5];
    const period = coefficient[6];
    const c_2 = coefficient[7];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D1_V_V * V + Q1_V_I_e * I_e + c1_V);
      // synapses.glif:209  x' = -x/τ_plus  [exact propagator]
      const pairs_x = pairs_x_at[i];
      const pairs_x_next = P2_pairs_x * pairs_x;
      V_at[i] = V_next;
      pairs_x_at[i] = pairs_x_next;
      const done = done_at[i];
      // plasticity.glif:27  spike when done < count and t > start + done*period - 0.5*dt
      if (done < count_2 && t_next > start + done * period - c_2) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(): void {}
  function restore(): void {}

  function reset(neurons: Int32Array, count: number): void {
    // spike when done < count and t > start + done*period - 0.5*dt
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // plasticity.glif:28  done <- done + 1
      const done = done_at[i];
      const done_after = done + 1;
      done_at[i] = done_after;
    }
  }

  function holds(i: number): boolean {
    const count_2 = coefficient[4];
    const start = coefficient[5];
    const period = coefficient[6];
    const c_2 = coefficient[7];
    const done = done_at[i];
    return done < count_2 && t_next > start + done * period - c_2;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    return I_e;
  }

  function read_W(i: number): number {
    const W = W_at[0];
    return W;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Pre",
    model: "Clock",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "done", unit: "1", values: done_at },
      { name: "pairs.x", unit: "1", values: pairs_x_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "done",
        unit: "1",
        kind: "state",
        read: (i: number) => done_at[i],
      },
      {
        name: "pairs.x",
        unit: "1",
        kind: "state",
        read: (i: number) => pairs_x_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
      {
        name: "W",
        unit: "nS",
        kind: "input",
        read: read_W,
      },
    ],
    inputs: { I_e: I_e_at, W: W_at },
    arrays: {
      V: V_at,
      done: done_at,
      "pairs.x": pairs_x_at,
      "#in:I_e": I_e_at,
      "#in:W": W_at,
    },
    held: [],
    parameters: {
      C,
      G,
      E_L,
      start,
      period,
      count: count_2,
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

/** The kernels of population Post: 81 neurons of Clock. */
function population_Post(
  size: number,
  given: Numbers<PostParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  const start_at = new Float64Array(size); // start (ms)
  for (let i = 0; i < size; i++) {
    start_at[i] = elementOf(given.start, i) ?? 150 + (i - 40) * 2.5;
  }
  const period = given.period ?? 100; // period (ms)
  const count_2 = given.count ?? 1; // count (1)
  // Exact propagator of pairs.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-1 / setup["pairs.τ"]]);
  const solved1 = propagator(A1, 1, dt);
  const P1 = solved1.P;
  // Exact propagator of pairs.y: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A2 = new Float64Array([-1 / setup["pairs.τ_minus"]]);
  const solved2 = propagator(A2, 1, dt);
  const P2 = solved2.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P1[0],
    P2[0],
    setup["pairs.E_rev"],
    G,
    E_L,
    1 / C,
    dt,
    count_2,
    period,
    0.5 * dt,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 4);
  const V_at = memory.arrays[0];
  const done_at = memory.arrays[1];
  const pairs_g_at = memory.arrays[2];
  const pairs_y_at = memory.arrays[3];
  let t_next = dt;
  const I_e_at = new Float64Array(1); // I_e (pA)
  const W_at = new Float64Array(1); // W (nS)
  const W_pairs_at = new Float64Array(size); // given by the connections pairs (nS)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    done_at[i] = 0;
    pairs_g_at[i] = 0;
    pairs_y_at[i] = 0;
  }

  function drive(tick: number): void {
    t_next = timeOf(tick + 1, dt);
  }

  function shake(): void {}

  function update(low: number, high: number): number {
    const P1_pairs_g = coefficient[0];
    const P2_pairs_y = coefficient[1];
    const pairs_E_rev = coefficient[2];
    const G = coefficient[3];
    const E_L = coefficient[4];
    const c_2 = coefficient[5];
    const dt = coefficient[6];
    const count_2 = coefficient[7];
    const period = coefficient[8];
    const c_4 = coefficient[9];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const pairs_g = pairs_g_at[i];
      const pairs_g_next = P1_pairs_g * pairs_g;
      // synapses.glif:210  y' = -y/τ_minus  [exact propagator]
      const pairs_y = pairs_y_at[i];
      const pairs_y_next = P2_pairs_y * pairs_y;
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exponential Euler]
      const V = V_at[i];
      const x = 0.5 * (pairs_g + pairs_g_next);
      const V_next = V + (I_e + x * (pairs_E_rev - V) - G * (V - E_L)) * c_2 * (dt * exprel((-x - G) * c_2 * dt));
      pairs_g_at[i] = pairs_g_next;
      pairs_y_at[i] = pairs_y_next;
      V_at[i] = V_next;
      const done = done_at[i];
      const start = start_at[i];
      // plasticity.glif:27  spike when done < count and t > start + done*period - 0.5*dt
      if (done < count_2 && t_next > start + done * period - c_4) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(): void {}
  function restore(): void {}

  function reset(neurons: Int32Array, count: number): void {
    // spike when done < count and t > start + done*period - 0.5*dt
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // plasticity.glif:28  done <- done + 1
      const done = done_at[i];
      const done_after = done + 1;
      done_at[i] = done_after;
    }
  }

  function holds(i: number): boolean {
    const count_2 = coefficient[7];
    const period = coefficient[8];
    const c_4 = coefficient[9];
    const done = done_at[i];
    const start = start_at[i];
    return done < count_2 && t_next > start + done * period - c_4;
  }

  function read_I_e(i: number): number {
    const pairs_E_rev = coefficient[2];
    const I_e = I_e_at[0];
    const pairs_g = pairs_g_at[i];
    const V = V_at[i];
    return I_e + pairs_g * (pairs_E_rev - V);
  }

  function read_W(i: number): number {
    const W = W_at[0];
    const W_pairs = W_pairs_at[i];
    const weight = W + W_pairs;
    return weight;
  }

  function read_weight(i: number): number {
    const W = W_at[0];
    const W_pairs = W_pairs_at[i];
    const weight = W + W_pairs;
    return weight;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Post",
    model: "Clock",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "done", unit: "1", values: done_at },
      { name: "pairs.g", unit: "nS", values: pairs_g_at },
      { name: "pairs.y", unit: "1", values: pairs_y_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "done",
        unit: "1",
        kind: "state",
        read: (i: number) => done_at[i],
      },
      {
        name: "pairs.g",
        unit: "nS",
        kind: "state",
        read: (i: number) => pairs_g_at[i],
      },
      {
        name: "pairs.y",
        unit: "1",
        kind: "state",
        read: (i: number) => pairs_y_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
      {
        name: "W",
        unit: "nS",
        kind: "input",
        read: read_W,
      },
      {
        name: "weight",
        unit: "nS",
        kind: "other",
        read: read_weight,
      },
    ],
    inputs: { I_e: I_e_at, W: W_at, "W~pairs": W_pairs_at },
    arrays: {
      V: V_at,
      done: done_at,
      "pairs.g": pairs_g_at,
      "pairs.y": pairs_y_at,
      start: start_at,
      "#in:I_e": I_e_at,
      "#in:W": W_at,
      "#in:W~pairs": W_pairs_at,
    },
    held: [],
    parameters: {
      C,
      G,
      E_L,
      start: start_at[0],
      period,
      count: count_2,
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

/** Connections pairs from Pre to Post by SeenSTDP. */
function projection_pairs_Pre_Post(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_pairs_g_at = variableOf(target, "pairs.g");
  const post_pairs_y_at = variableOf(target, "pairs.y");
  const pre_pairs_x_at = variableOf(source, "pairs.x");
  const post_W_pairs_at = variableOf(target, "#in:W~pairs");
  const connections = connect({
    name: "pairs Pre->Post",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "one_to_one",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "pairs"),
    bytesPerConnection: 16,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const w_at = connectionDoubles(connections, 0.075); // peak, at once (nS)
  const incoming_connections = incoming(connections, target.size);
  const position = incoming_connections.position;
  const source_of = incoming_connections.source;
  const coefficient = new Float64Array([
    setup["pairs.A_minus"] * setup["pairs.w_max"],
    setup["pairs.w_max"],
    setup["pairs.A_plus"] * setup["pairs.w_max"],
  ]);

  function deliver(i: number, from: number, to: number): void {
    const c_2 = coefficient[0];
    const pairs_w_max = coefficient[1];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:212  g <- g + w
      const post_pairs_g = post_pairs_g_at[j];
      const w = w_at[c];
      const pairs_g_after = post_pairs_g + w;
      // synapses.glif:214  w <- clamp(w - A_minus*w_max*y, 0, w_max)
      const post_pairs_y = post_pairs_y_at[j];
      const w_after = clamp(w - c_2 * post_pairs_y, 0, pairs_w_max);
      post_pairs_g_at[j] = pairs_g_after;
      w_at[c] = w_after;
    }
  }

  function arrive(i: number): void {
    // synapses.glif:213  x <- x + 1
    const pre_pairs_x = pre_pairs_x_at[i];
    pre_pairs_x_at[i] = pre_pairs_x + 1;
  }

  function reply(j: number, from: number, to: number): void {
    const pairs_w_max = coefficient[1];
    const c_3 = coefficient[2];
    for (let entry = from; entry < to; entry++) {
      const c = position[entry];
      const i = source_of[entry];
      // synapses.glif:218  w <- clamp(w + A_plus*w_max*x, 0, w_max)
      const w = w_at[c];
      const pre_pairs_x = pre_pairs_x_at[i];
      w_at[c] = clamp(w + c_3 * pre_pairs_x, 0, pairs_w_max);
    }
  }

  function settle(j: number): void {
    // synapses.glif:217  y <- y + 1
    const post_pairs_y = post_pairs_y_at[j];
    post_pairs_y_at[j] = post_pairs_y + 1;
  }

  function couple(i: number, from: number, to: number): void {
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // plasticity.glif:43  post.W += w
      const w = w_at[c];
      post_W_pairs_at[j] += w;
    }
  }

  return {
    kind: "grid",
    name: "pairs Pre->Post",
    connection: "pairs",
    source: "Pre",
    target: "Post",
    connections: settled(connections),
    values: [
      {
        name: "w",
        role: "weight",
        unit: "nS",
        values: w_at,
        changes: true,
      },
    ],
    incoming: incoming_connections,
    protects: [],
    fills: [{ population: "Post", array: "#in:W~pairs", constant: false }],
    ahead: [],
    times: [
      {
        what: "the delay of `pairs`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
    arrive,
    reply,
    settle,
    couple,
  };
}
