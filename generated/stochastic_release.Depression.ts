/*
 * Depression: an experiment of Synapses.
 * The same train through synapses that differ by chance alone.
 *
 * Written by glif from stochastic_release.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population Train:
 * Population Cell:
 *   V is linear with constant coefficients: exact propagator.
 */

import {
  allocate,
  arrivalOrder,
  atEvent,
  beginArrivals,
  connect,
  connectionDoubles,
  delaySteps,
  drawBinomial,
  eventStream,
  exp,
  fillConnections,
  givenSource,
  orderOfArrival,
  populationSize,
  propagator,
  samplingSteps,
  settingsOf,
  settled,
  simulate,
  stream,
  timeOf,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation, Stream } from "glif/runtime";

/** Parameters of Train */
export interface TrainParameters {}

/** Parameters of Cell: Remembers what the last spike released. */
export interface CellParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** release.N (1); 5 unless given */
  "release.N": number;
  /** release.p (1); 0.5 unless given */
  "release.p": number;
  /** release.τ_rec (ms); 800 ms unless given */
  "release.τ_rec": number;
  /** by one quantum (mV); 0.5 mV unless given */
  "release.q": number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 1 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    Train?: TrainParameters;
    Cell?: CellParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    "release.N"?: Quantity<"1">;
    "release.p"?: Quantity<"1">;
    "release.\u03C4_rec"?: Quantity<"ms">;
    "release.q"?: Quantity<"mV">;
  };
  /** numbers of neurons by population */
  sizes?: {
    Train?: number;
    Cell?: number;
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
  name: "Depression",
  duration: 1100,
  step: 0.1,
  seed: 1,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: { Train: {}, Cell: { C: "pF", G: "nS", E_L: "mV" } },
  setup: {
    "release.N": "1",
    "release.p": "1",
    "release.τ_rec": "ms",
    "release.q": "mV",
  },
  elsewhere: {
    "Cell.V": "state",
    "Cell.quanta": "state",
    "Cell.I_e": "input",
    "release.delay": "delay",
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
  const release_N = given["release.N"] ?? 5; // release.N (1)
  const release_p = given["release.p"] ?? 0.5; // release.p (1)
  const release_τ_rec = given["release.τ_rec"] ?? 800; // release.τ_rec (ms)
  const release_q = given["release.q"] ?? 0.5; // by one quantum (mV)
  const setup = {
    "release.N": release_N,
    "release.p": release_p,
    "release.τ_rec": release_τ_rec,
    "release.q": release_q,
  };
  const Train = population_Train(populationSize("Train", sizes.Train ?? 1), parameters.Train ?? {}, setup, dt, seed);
  const Cell = population_Cell(populationSize("Cell", sizes.Cell ?? 1000), parameters.Cell ?? {}, setup, dt, seed);
  return simulate({
    name: "Depression",
    dt,
    seed,
    populations: [Train, Cell],
    projections: [projection_release_Train_Cell(Train, Cell, setup, dt, seed, options)],
    spikesOf: ["Cell"],
    records: [
      {
        population: "Cell",
        variable: "V",
        first: 0,
        last: 4,
        every: 1,
      },
      {
        population: "Cell",
        variable: "quanta",
        first: 0,
        last: Cell.size - 1,
        every: samplingSteps(50, dt),
      },
    ],
  });
}

/** The kernels of population Train: one neuron of spikes. */
function population_Train(
  size: number,
  given: Numbers<TrainParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const release_t_last_at = memory.arrays[0];
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    release_t_last_at[i] = 0;
  }

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

  function refractorySteps(): number {
    return 0;
  }

  const source = givenSource(
    size,
    new Float64Array([10, 60, 110, 160, 210, 260, 310, 360, 410, 460, 960]),
    new Int32Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    dt,
  );
  return {
    kind: "grid",
    name: "Train",
    model: "spikes",
    size,
    memory,
    states: [{ name: "release.t_last", unit: "ms", values: release_t_last_at }],
    observables: [
      {
        name: "release.t_last",
        unit: "ms",
        kind: "state",
        read: (i: number) => release_t_last_at[i],
      },
    ],
    inputs: {},
    arrays: { "release.t_last": release_t_last_at },
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

/** The kernels of population Cell: 1000 neurons of Counting. */
function population_Cell(
  size: number,
  given: Numbers<CellParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  // Exact propagator of V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-G / C]);
  const solved = propagator(A, 1, dt);
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([D[0], Q[0] * (1 / C), Q[0] * ((G * E_L) / C)]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 2);
  const V_at = memory.arrays[0];
  const quanta_at = memory.arrays[1];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    quanta_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const D_V_V = coefficient[0];
    const Q_V_I_e = coefficient[1];
    const c_V = coefficient[2];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D_V_V * V + Q_V_I_e * I_e + c_V);
      V_at[i] = V_next;
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

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    return I_e;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Cell",
    model: "Counting",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "quanta", unit: "1", values: quanta_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "quanta",
        unit: "1",
        kind: "state",
        read: (i: number) => quanta_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, quanta: quanta_at, "#in:I_e": I_e_at },
    held: [],
    parameters: { C, G, E_L },
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

/** Connections release from Train to Cell by Quantal. */
function projection_release_Train_Cell(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const pre_release_t_last_at = variableOf(source, "release.t_last");
  const post_V_at = variableOf(target, "V");
  const post_quanta_at = variableOf(target, "quanta");
  const connections = connect({
    name: "release Train->Cell",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "release"),
    bytesPerConnection: 8,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const full_at = connectionDoubles(connections); // full (1)
  fillConnections(
    connections,
    stream(seed, "release Train->Cell.full"),
    full_at,
    (row: Stream, k: number, i: number, j: number, c: number) => setup["release.N"],
  );
  const coefficient = new Float64Array([
    setup["release.N"],
    setup["release.τ_rec"],
    setup["release.p"],
    setup["release.q"],
  ]);
  const draws_filled = eventStream(seed, "release Train->Cell/on pre/filled");
  const draws_released = eventStream(seed, "release Train->Cell/on pre/released");
  const arrived = arrivalOrder(target.size);
  let t = 0;
  let step = 0;

  function drive(tick: number): void {
    t = timeOf(tick, dt);
    step = tick;
    beginArrivals(arrived);
  }

  function deliver(i: number, from: number, to: number): void {
    const release_N = coefficient[0];
    const release_τ_rec = coefficient[1];
    const release_p = coefficient[2];
    const release_q = coefficient[3];
    const pre_release_t_last = pre_release_t_last_at[i];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      const order = orderOfArrival(arrived, j);
      const full = full_at[c];
      const x = release_N - full;
      const x_2 = 1 - exp(-(t - pre_release_t_last) / release_τ_rec);
      const filled = drawBinomial(atEvent(draws_filled, step, order, j), j, x, x_2);
      const x_3 = full + filled;
      const released = drawBinomial(atEvent(draws_released, step, order, j), j, x_3, release_p);
      // stochastic_release.glif:24  post.V <- post.V + released*q
      const post_V = post_V_at[j];
      const V_after = post_V + released * release_q;
      // stochastic_release.glif:25  post.quanta <- released
      const quanta_after = released;
      // stochastic_release.glif:26  full <- full + filled - released
      const full_after = x_3 - released;
      post_V_at[j] = V_after;
      post_quanta_at[j] = quanta_after;
      full_at[c] = full_after;
    }
  }

  function arrive(i: number): void {
    // stochastic_release.glif:27  t_last <- t
    pre_release_t_last_at[i] = t;
  }

  return {
    kind: "grid",
    name: "release Train->Cell",
    connection: "release",
    source: "Train",
    target: "Cell",
    connections: settled(connections),
    values: [
      {
        name: "full",
        role: "state",
        unit: "1",
        values: full_at,
        changes: true,
      },
    ],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `release`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    drive,
    deliver,
    arrive,
  };
}
