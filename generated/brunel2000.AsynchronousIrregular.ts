/*
 * AsynchronousIrregular: an experiment of Brunel.
 * C: asynchronous irregular.
 *
 * Written by glif from brunel2000.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population E:
 *   V is linear with constant coefficients: exact propagator.
 *   While refractory V is held.
 * Population I:
 *   V is linear with constant coefficients: exact propagator.
 *   While refractory V is held.
 * Population Ext_E:
 * Population Ext_I:
 */

import {
  allocate,
  connect,
  delaySteps,
  poissonSource,
  populationSize,
  propagator,
  round,
  settingsOf,
  settled,
  simulate,
  stepsIn,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation } from "glif/runtime";

/** Parameters of E: Integrate-and-fire neuron whose rest is 0 mV. */
export interface EParameters {
  /** membrane time constant (ms); 20 ms unless given */
  τ?: Quantity<"ms">;
  /** threshold (mV); 20 mV unless given */
  θ?: Quantity<"mV">;
  /** reset potential (mV); 10 mV unless given */
  V_r?: Quantity<"mV">;
  /** refractory period (ms); 2 ms unless given */
  τ_rp?: Quantity<"ms">;
}

/** Parameters of I: Integrate-and-fire neuron whose rest is 0 mV. */
export interface IParameters {
  /** membrane time constant (ms); 20 ms unless given */
  τ?: Quantity<"ms">;
  /** threshold (mV); 20 mV unless given */
  θ?: Quantity<"mV">;
  /** reset potential (mV); 10 mV unless given */
  V_r?: Quantity<"mV">;
  /** refractory period (ms); 2 ms unless given */
  τ_rp?: Quantity<"ms">;
}

/** Parameters of Ext_E */
export interface Ext_EParameters {}

/** Parameters of Ext_I */
export interface Ext_IParameters {}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** of the populations (1); 1 unless given */
  scale: number;
  /** inhibition relative to excitation (1); 5 unless given */
  g: number;
  /** ν_ext/ν_thr (1); 2 unless given */
  η: number;
  /** excitatory jump (mV); 0.1 mV unless given */
  J: number;
  /** delay (ms); 1.5 ms unless given */
  D: number;
  /** synapses that a neuron receives (1); 1000 unless given */
  C_E: number;
  /** synapses that a neuron receives (1); 250 unless given */
  C_I: number;
  /** exc.w (mV); J unless given */
  "exc.w": number;
  /** ext_E.w (mV); J unless given */
  "ext_E.w": number;
  /** ext_I.w (mV); J unless given */
  "ext_I.w": number;
  /** inh.w (mV); -g*J unless given */
  "inh.w": number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 1 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    E?: EParameters;
    I?: IParameters;
    Ext_E?: Ext_EParameters;
    Ext_I?: Ext_IParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    scale?: Quantity<"1">;
    g?: Quantity<"1">;
    "\u03B7"?: Quantity<"1">;
    J?: Quantity<"mV">;
    D?: Quantity<"ms">;
    C_E?: Quantity<"1">;
    C_I?: Quantity<"1">;
    "exc.w"?: Quantity<"mV">;
    "ext_E.w"?: Quantity<"mV">;
    "ext_I.w"?: Quantity<"mV">;
    "inh.w"?: Quantity<"mV">;
  };
  /** numbers of neurons by population */
  sizes?: {
    E?: number;
    I?: number;
    Ext_E?: number;
    Ext_I?: number;
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
  name: "AsynchronousIrregular",
  duration: 600,
  step: 0.1,
  seed: 1,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    E: {
      τ: "ms",
      θ: "mV",
      V_r: "mV",
      τ_rp: "ms",
    },
    I: {
      τ: "ms",
      θ: "mV",
      V_r: "mV",
      τ_rp: "ms",
    },
    Ext_E: {},
    Ext_I: {},
  },
  setup: {
    scale: "1",
    g: "1",
    η: "1",
    J: "mV",
    D: "ms",
    C_E: "1",
    C_I: "1",
    "exc.w": "mV",
    "ext_E.w": "mV",
    "ext_I.w": "mV",
    "inh.w": "mV",
  },
  elsewhere: {
    "E.V": "state",
    "I.V": "state",
    "exc.delay": "delay",
    "ext_E.delay": "delay",
    "ext_I.delay": "delay",
    "inh.delay": "delay",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 1;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const given = settings.setup;
  const scale = given.scale ?? 1; // of the populations (1)
  const g = given.g ?? 5; // inhibition relative to excitation (1)
  const η = given.η ?? 2; // ν_ext/ν_thr (1)
  const J = given.J ?? 0.1; // excitatory jump (mV)
  const D = given.D ?? 1.5; // delay (ms)
  const C_E = given.C_E ?? 1000; // synapses that a neuron receives (1)
  const C_I = given.C_I ?? 250; // synapses that a neuron receives (1)
  const exc_w = given["exc.w"] ?? J; // exc.w (mV)
  const ext_E_w = given["ext_E.w"] ?? J; // ext_E.w (mV)
  const ext_I_w = given["ext_I.w"] ?? J; // ext_I.w (mV)
  const inh_w = given["inh.w"] ?? -g * J; // inh.w (mV)
  const setup = {
    scale,
    g,
    η,
    J,
    D,
    C_E,
    C_I,
    "exc.w": exc_w,
    "ext_E.w": ext_E_w,
    "ext_I.w": ext_I_w,
    "inh.w": inh_w,
  };
  const E = population_E(populationSize("E", sizes.E ?? round(10000 * scale)), parameters.E ?? {}, setup, dt, seed);
  const I = population_I(populationSize("I", sizes.I ?? round(2500 * scale)), parameters.I ?? {}, setup, dt, seed);
  const Ext_E = population_Ext_E(
    populationSize("Ext_E", sizes.Ext_E ?? round(10000 * scale)),
    parameters.Ext_E ?? {},
    setup,
    dt,
    seed,
  );
  const Ext_I = population_Ext_I(
    populationSize("Ext_I", sizes.Ext_I ?? round(2500 * scale)),
    parameters.Ext_I ?? {},
    setup,
    dt,
    seed,
  );
  return simulate({
    name: "AsynchronousIrregular",
    dt,
    seed,
    populations: [E, I, Ext_E, Ext_I],
    projections: [
      projection_exc_E_E(E, E, setup, dt, seed, options),
      projection_exc_E_I(E, I, setup, dt, seed, options),
      projection_ext_E_Ext_E_E(Ext_E, E, setup, dt, seed, options),
      projection_ext_I_Ext_I_I(Ext_I, I, setup, dt, seed, options),
      projection_inh_I_E(I, E, setup, dt, seed, options),
      projection_inh_I_I(I, I, setup, dt, seed, options),
    ],
    spikesOf: ["E", "I"],
    records: [],
  });
}

/** The kernels of population E: 10000 neurons of LIF. */
function population_E(size: number, given: Numbers<EParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  const τ = given.τ ?? 20; // membrane time constant (ms)
  const θ = given.θ ?? 20; // threshold (mV)
  const V_r = given.V_r ?? 10; // reset potential (mV)
  const τ_rp = given.τ_rp ?? 2; // refractory period (ms)
  // Exact propagator of V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-1 / τ]);
  const solved = propagator(A, 1, dt);
  const P = solved.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([P[0], θ, V_r]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const V_at = memory.arrays[0];
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 1);
  for (let i = 0; i < size; i++) {
    V_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P_V = coefficient[0];
    const θ = coefficient[1];
    let count = 0;
    for (let i = low; i < high; i++) {
      // brunel2000.glif:28  V' = -V/τ  [exact propagator]
      const V = V_at[i];
      const V_next = P_V * V;
      V_at[i] = V_next;
      // brunel2000.glif:29  spike when V >= θ
      if (V_next >= θ) {
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
    // spike when V >= θ
    const V_r = coefficient[2];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // brunel2000.glif:30  V <- V_r
      const V_after = V_r;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const θ = coefficient[1];
    const V = V_at[i];
    return V >= θ;
  }

  function refractorySteps(): number {
    return stepsIn(τ_rp, dt);
  }

  return {
    kind: "grid",
    name: "E",
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
    ],
    inputs: {},
    arrays: { V: V_at },
    held: ["V"],
    parameters: {
      τ,
      θ,
      V_r,
      τ_rp,
    },
    times: [
      {
        what: "the refractory period of `E`",
        times: [τ_rp],
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

/** The kernels of population I: 2500 neurons of LIF. */
function population_I(size: number, given: Numbers<IParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  const τ = given.τ ?? 20; // membrane time constant (ms)
  const θ = given.θ ?? 20; // threshold (mV)
  const V_r = given.V_r ?? 10; // reset potential (mV)
  const τ_rp = given.τ_rp ?? 2; // refractory period (ms)
  // Exact propagator of V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-1 / τ]);
  const solved = propagator(A, 1, dt);
  const P = solved.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([P[0], θ, V_r]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const V_at = memory.arrays[0];
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 1);
  for (let i = 0; i < size; i++) {
    V_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P_V = coefficient[0];
    const θ = coefficient[1];
    let count = 0;
    for (let i = low; i < high; i++) {
      // brunel2000.glif:28  V' = -V/τ  [exact propagator]
      const V = V_at[i];
      const V_next = P_V * V;
      V_at[i] = V_next;
      // brunel2000.glif:29  spike when V >= θ
      if (V_next >= θ) {
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
    // spike when V >= θ
    const V_r = coefficient[2];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // brunel2000.glif:30  V <- V_r
      const V_after = V_r;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const θ = coefficient[1];
    const V = V_at[i];
    return V >= θ;
  }

  function refractorySteps(): number {
    return stepsIn(τ_rp, dt);
  }

  return {
    kind: "grid",
    name: "I",
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
    ],
    inputs: {},
    arrays: { V: V_at },
    held: ["V"],
    parameters: {
      τ,
      θ,
      V_r,
      τ_rp,
    },
    times: [
      {
        what: "the refractory period of `I`",
        times: [τ_rp],
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

/** The kernels of population Ext_E: 10000 neurons of poisson. */
function population_Ext_E(
  size: number,
  given: Numbers<Ext_EParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 0);
  const rate_at = new Float64Array(1); // rate (/ms)
  rate_at[0] = setup.C_E * setup.η * (20 / (setup.J * setup.C_E * 20));
  const candidates = new Int32Array(size);

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    let count = 0;
    for (let i = low; i < high; i++) {}
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

  function read_rate(i: number): number {
    const rate = rate_at[0];
    return rate * 1000;
  }

  function refractorySteps(): number {
    return 0;
  }

  const source = poissonSource(size, rate_at, dt, seed, "Ext_E/spike");
  return {
    kind: "grid",
    name: "Ext_E",
    model: "poisson",
    size,
    memory,
    states: [],
    observables: [
      {
        name: "rate",
        unit: "Hz",
        kind: "input",
        read: read_rate,
      },
    ],
    inputs: { rate: rate_at },
    arrays: { "#in:rate": rate_at },
    held: [],
    source,
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

/** The kernels of population Ext_I: 2500 neurons of poisson. */
function population_Ext_I(
  size: number,
  given: Numbers<Ext_IParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 0);
  const rate_at = new Float64Array(1); // rate (/ms)
  rate_at[0] = setup.C_E * setup.η * (20 / (setup.J * setup.C_E * 20));
  const candidates = new Int32Array(size);

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    let count = 0;
    for (let i = low; i < high; i++) {}
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

  function read_rate(i: number): number {
    const rate = rate_at[0];
    return rate * 1000;
  }

  function refractorySteps(): number {
    return 0;
  }

  const source = poissonSource(size, rate_at, dt, seed, "Ext_I/spike");
  return {
    kind: "grid",
    name: "Ext_I",
    model: "poisson",
    size,
    memory,
    states: [],
    observables: [
      {
        name: "rate",
        unit: "Hz",
        kind: "input",
        read: read_rate,
      },
    ],
    inputs: { rate: rate_at },
    arrays: { "#in:rate": rate_at },
    held: [],
    source,
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

/** Connections exc from E to E by Delta. */
function projection_exc_E_E(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_V_at = variableOf(target, "V");
  const connections = connect({
    name: "exc E->E",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "indegree",
    n: setup.C_E,
    self: true,
    multiple: true,
    delay: delaySteps(setup.D, dt, "exc"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["exc.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const exc_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:29  post.V <- post.V + w
      const post_V = post_V_at[j];
      post_V_at[j] = post_V + exc_w;
    }
  }

  return {
    kind: "grid",
    name: "exc E->E",
    connection: "exc",
    source: "E",
    target: "E",
    connections: settled(connections),
    values: [],
    protects: ["E"],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `exc`",
        times: [setup.D],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections exc from E to I by Delta. */
function projection_exc_E_I(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_V_at = variableOf(target, "V");
  const connections = connect({
    name: "exc E->I",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "indegree",
    n: setup.C_E,
    self: true,
    multiple: true,
    delay: delaySteps(setup.D, dt, "exc"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["exc.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const exc_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:29  post.V <- post.V + w
      const post_V = post_V_at[j];
      post_V_at[j] = post_V + exc_w;
    }
  }

  return {
    kind: "grid",
    name: "exc E->I",
    connection: "exc",
    source: "E",
    target: "I",
    connections: settled(connections),
    values: [],
    protects: ["I"],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `exc`",
        times: [setup.D],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections ext_E from Ext_E to E by Delta. */
function projection_ext_E_Ext_E_E(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_V_at = variableOf(target, "V");
  const connections = connect({
    name: "ext_E Ext_E->E",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "one_to_one",
    self: false,
    multiple: false,
    delay: delaySteps(setup.D, dt, "ext_E"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const starts = connections.starts;
  const first_source = connections.firstSource;
  const coefficient = new Float64Array([setup["ext_E.w"]]);

  function deliverEach(ring: Int32Array, mask: number, from: number, to: number): void {
    const ext_E_w = coefficient[0];
    for (let entry = from; entry < to; entry++) {
      const i = ring[entry & mask];
      const row = i - first_source;
      if (row >= 0 && row < starts.length - 1 && starts[row] < starts[row + 1]) {
        const c = starts[row];
        const j = target_of[c];
        // synapses.glif:29  post.V <- post.V + w
        const post_V = post_V_at[j];
        post_V_at[j] = post_V + ext_E_w;
      }
    }
  }

  return {
    kind: "grid",
    name: "ext_E Ext_E->E",
    connection: "ext_E",
    source: "Ext_E",
    target: "E",
    connections: settled(connections),
    values: [],
    protects: ["E"],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `ext_E`",
        times: [setup.D],
        rounded: true,
        lasts: false,
      },
    ],
    deliverEach,
  };
}

/** Connections ext_I from Ext_I to I by Delta. */
function projection_ext_I_Ext_I_I(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_V_at = variableOf(target, "V");
  const connections = connect({
    name: "ext_I Ext_I->I",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "one_to_one",
    self: false,
    multiple: false,
    delay: delaySteps(setup.D, dt, "ext_I"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const starts = connections.starts;
  const first_source = connections.firstSource;
  const coefficient = new Float64Array([setup["ext_I.w"]]);

  function deliverEach(ring: Int32Array, mask: number, from: number, to: number): void {
    const ext_I_w = coefficient[0];
    for (let entry = from; entry < to; entry++) {
      const i = ring[entry & mask];
      const row = i - first_source;
      if (row >= 0 && row < starts.length - 1 && starts[row] < starts[row + 1]) {
        const c = starts[row];
        const j = target_of[c];
        // synapses.glif:29  post.V <- post.V + w
        const post_V = post_V_at[j];
        post_V_at[j] = post_V + ext_I_w;
      }
    }
  }

  return {
    kind: "grid",
    name: "ext_I Ext_I->I",
    connection: "ext_I",
    source: "Ext_I",
    target: "I",
    connections: settled(connections),
    values: [],
    protects: ["I"],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `ext_I`",
        times: [setup.D],
        rounded: true,
        lasts: false,
      },
    ],
    deliverEach,
  };
}

/** Connections inh from I to E by Delta. */
function projection_inh_I_E(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_V_at = variableOf(target, "V");
  const connections = connect({
    name: "inh I->E",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "indegree",
    n: setup.C_I,
    self: true,
    multiple: true,
    delay: delaySteps(setup.D, dt, "inh"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["inh.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const inh_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:29  post.V <- post.V + w
      const post_V = post_V_at[j];
      post_V_at[j] = post_V + inh_w;
    }
  }

  return {
    kind: "grid",
    name: "inh I->E",
    connection: "inh",
    source: "I",
    target: "E",
    connections: settled(connections),
    values: [],
    protects: ["E"],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `inh`",
        times: [setup.D],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections inh from I to I by Delta. */
function projection_inh_I_I(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_V_at = variableOf(target, "V");
  const connections = connect({
    name: "inh I->I",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "indegree",
    n: setup.C_I,
    self: true,
    multiple: true,
    delay: delaySteps(setup.D, dt, "inh"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["inh.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const inh_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:29  post.V <- post.V + w
      const post_V = post_V_at[j];
      post_V_at[j] = post_V + inh_w;
    }
  }

  return {
    kind: "grid",
    name: "inh I->I",
    connection: "inh",
    source: "I",
    target: "I",
    connections: settled(connections),
    values: [],
    protects: ["I"],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `inh`",
        times: [setup.D],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}
