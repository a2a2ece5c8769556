/*
 * Trains: an experiment of TwoSynapses.
 * Postsynaptic potentials, the currents that cause them, and what is left of the resources.
 *
 * Written by glif from short_term_plasticity.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population Train:
 *   dep.x is linear with constant coefficients: exact propagator.
 *   fac.u is linear with constant coefficients: exact propagator.
 *   fac.x is linear with constant coefficients: exact propagator.
 * Population Depressed:
 *   V and dep.I are linear in each other with constant coefficients: exact propagator.
 * Population Facilitated:
 *   V and fac.I are linear in each other with constant coefficients: exact propagator.
 */

import {
  allocate,
  connect,
  delaySteps,
  givenSource,
  populationSize,
  propagator,
  settingsOf,
  settled,
  simulate,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation } from "glif/runtime";

/** Parameters of Train */
export interface TrainParameters {}

/** Parameters of Depressed: A membrane without spikes. */
export interface DepressedParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of Facilitated: A membrane without spikes. */
export interface FacilitatedParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** decay time of the current (ms); 3 ms unless given */
  "dep.τ": number;
  /** fraction that a spike releases (1); 0.5 unless given */
  "dep.U": number;
  /** recovery (ms); 800 ms unless given */
  "dep.τ_rec": number;
  /** peak, if all were released (pA); 1 nA unless given */
  "dep.w": number;
  /** fac.τ (ms); 3 ms unless given */
  "fac.τ": number;
  /** release of the first spike (1); 0.15 unless given */
  "fac.U": number;
  /** fac.τ_rec (ms); 130 ms unless given */
  "fac.τ_rec": number;
  /** fac.τ_fac (ms); 530 ms unless given */
  "fac.τ_fac": number;
  /** peak, if all were released (pA); 1 nA unless given */
  "fac.w": number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    Train?: TrainParameters;
    Depressed?: DepressedParameters;
    Facilitated?: FacilitatedParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    "dep.\u03C4"?: Quantity<"ms">;
    "dep.U"?: Quantity<"1">;
    "dep.\u03C4_rec"?: Quantity<"ms">;
    "dep.w"?: Quantity<"pA">;
    "fac.\u03C4"?: Quantity<"ms">;
    "fac.U"?: Quantity<"1">;
    "fac.\u03C4_rec"?: Quantity<"ms">;
    "fac.\u03C4_fac"?: Quantity<"ms">;
    "fac.w"?: Quantity<"pA">;
  };
  /** numbers of neurons by population */
  sizes?: {
    Train?: number;
    Depressed?: number;
    Facilitated?: number;
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
  name: "Trains",
  duration: 1200,
  step: 0.1,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: { Train: {}, Depressed: { C: "pF", G: "nS", E_L: "mV" }, Facilitated: { C: "pF", G: "nS", E_L: "mV" } },
  setup: {
    "dep.τ": "ms",
    "dep.U": "1",
    "dep.τ_rec": "ms",
    "dep.w": "pA",
    "fac.τ": "ms",
    "fac.U": "1",
    "fac.τ_rec": "ms",
    "fac.τ_fac": "ms",
    "fac.w": "pA",
  },
  elsewhere: {
    "Depressed.V": "state",
    "Depressed.I_e": "input",
    "Facilitated.V": "state",
    "Facilitated.I_e": "input",
    "dep.delay": "delay",
    "fac.delay": "delay",
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
  const dep_τ = given["dep.τ"] ?? 3; // decay time of the current (ms)
  const dep_U = given["dep.U"] ?? 0.5; // fraction that a spike releases (1)
  const dep_τ_rec = given["dep.τ_rec"] ?? 800; // recovery (ms)
  const dep_w = given["dep.w"] ?? 1000; // peak, if all were released (pA)
  const fac_τ = given["fac.τ"] ?? 3; // fac.τ (ms)
  const fac_U = given["fac.U"] ?? 0.15; // release of the first spike (1)
  const fac_τ_rec = given["fac.τ_rec"] ?? 130; // fac.τ_rec (ms)
  const fac_τ_fac = given["fac.τ_fac"] ?? 530; // fac.τ_fac (ms)
  const fac_w = given["fac.w"] ?? 1000; // peak, if all were released (pA)
  const setup = {
    "dep.τ": dep_τ,
    "dep.U": dep_U,
    "dep.τ_rec": dep_τ_rec,
    "dep.w": dep_w,
    "fac.τ": fac_τ,
    "fac.U": fac_U,
    "fac.τ_rec": fac_τ_rec,
    "fac.τ_fac": fac_τ_fac,
    "fac.w": fac_w,
  };
  const Train = population_Train(populationSize("Train", sizes.Train ?? 1), parameters.Train ?? {}, setup, dt, seed);
  const Depressed = population_Depressed(
    populationSize("Depressed", sizes.Depressed ?? 1),
    parameters.Depressed ?? {},
    setup,
    dt,
    seed,
  );
  const Facilitated = population_Facilitated(
    populationSize("Facilitated", sizes.Facilitated ?? 1),
    parameters.Facilitated ?? {},
    setup,
    dt,
    seed,
  );
  return simulate({
    name: "Trains",
    dt,
    seed,
    populations: [Train, Depressed, Facilitated],
    projections: [
      projection_dep_Train_Depressed(Train, Depressed, setup, dt, seed, options),
      projection_fac_Train_Facilitated(Train, Facilitated, setup, dt, seed, options),
    ],
    spikesOf: ["Depressed", "Facilitated"],
    records: [
      {
        population: "Depressed",
        variable: "V",
        first: 0,
        last: Depressed.size - 1,
        every: 1,
      },
      {
        population: "Facilitated",
        variable: "V",
        first: 0,
        last: Facilitated.size - 1,
        every: 1,
      },
      {
        population: "Depressed",
        variable: "dep.I",
        first: 0,
        last: Depressed.size - 1,
        every: 1,
      },
      {
        population: "Facilitated",
        variable: "fac.I",
        first: 0,
        last: Facilitated.size - 1,
        every: 1,
      },
      {
        population: "Train",
        variable: "dep.x",
        first: 0,
        last: Train.size - 1,
        every: 1,
      },
      {
        population: "Train",
        variable: "fac.x",
        first: 0,
        last: Train.size - 1,
        every: 1,
      },
      {
        population: "Train",
        variable: "fac.u",
        first: 0,
        last: Train.size - 1,
        every: 1,
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
  // Exact propagator of dep.x: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-1 / setup["dep.τ_rec"]]);
  const solved1 = propagator(A1, 1, dt);
  const Q1 = solved1.Q;
  const D1 = solved1.D;
  // Exact propagator of fac.u: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A2 = new Float64Array([-1 / setup["fac.τ_fac"]]);
  const solved2 = propagator(A2, 1, dt);
  const P2 = solved2.P;
  // Exact propagator of fac.x: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A3 = new Float64Array([-1 / setup["fac.τ_rec"]]);
  const solved3 = propagator(A3, 1, dt);
  const Q3 = solved3.Q;
  const D3 = solved3.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    D1[0],
    Q1[0] * (1 / setup["dep.τ_rec"]),
    P2[0],
    D3[0],
    Q3[0] * (1 / setup["fac.τ_rec"]),
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 3);
  const dep_x_at = memory.arrays[0];
  const fac_u_at = memory.arrays[1];
  const fac_x_at = memory.arrays[2];
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    dep_x_at[i] = 1;
    fac_u_at[i] = 0;
    fac_x_at[i] = 1;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const D1_dep_x_dep_x = coefficient[0];
    const c1_dep_x = coefficient[1];
    const P2_fac_u = coefficient[2];
    const D3_fac_x_fac_x = coefficient[3];
    const c3_fac_x = coefficient[4];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:170  x' = (1 - x)/τ_rec  [exact propagator]
      const dep_x = dep_x_at[i];
      const dep_x_next = dep_x + (D1_dep_x_dep_x * dep_x + c1_dep_x);
      // synapses.glif:189  u' = -u/τ_fac  [exact propagator]
      const fac_u = fac_u_at[i];
      const fac_u_next = P2_fac_u * fac_u;
      // synapses.glif:190  x' = (1 - x)/τ_rec  [exact propagator]
      const fac_x = fac_x_at[i];
      const fac_x_next = fac_x + (D3_fac_x_fac_x * fac_x + c3_fac_x);
      dep_x_at[i] = dep_x_next;
      fac_u_at[i] = fac_u_next;
      fac_x_at[i] = fac_x_next;
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

  function refractorySteps(): number {
    return 0;
  }

  const source = givenSource(
    size,
    new Float64Array([10, 60, 110, 160, 210, 260, 310, 360, 410, 460, 1010]),
    new Int32Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    dt,
  );
  return {
    kind: "grid",
    name: "Train",
    model: "spikes",
    size,
    memory,
    states: [
      { name: "dep.x", unit: "1", values: dep_x_at },
      { name: "fac.u", unit: "1", values: fac_u_at },
      { name: "fac.x", unit: "1", values: fac_x_at },
    ],
    observables: [
      {
        name: "dep.x",
        unit: "1",
        kind: "state",
        read: (i: number) => dep_x_at[i],
      },
      {
        name: "fac.u",
        unit: "1",
        kind: "state",
        read: (i: number) => fac_u_at[i],
      },
      {
        name: "fac.x",
        unit: "1",
        kind: "state",
        read: (i: number) => fac_x_at[i],
      },
    ],
    inputs: {},
    arrays: { "dep.x": dep_x_at, "fac.u": fac_u_at, "fac.x": fac_x_at },
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

/** The kernels of population Depressed: one neuron of Passive. */
function population_Depressed(
  size: number,
  given: Numbers<DepressedParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  // Exact propagator of dep.I, V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-1 / setup["dep.τ"], 0, 1 / C, -G / C]);
  const solved = propagator(A, 2, dt);
  const P = solved.P;
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([P[0], D[2], D[3], Q[3] * (1 / C), Q[3] * ((G * E_L) / C)]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 2);
  const V_at = memory.arrays[0];
  const dep_I_at = memory.arrays[1];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    dep_I_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P_dep_I = coefficient[0];
    const D_V_dep_I = coefficient[1];
    const D_V_V = coefficient[2];
    const Q_V_I_e = coefficient[3];
    const c_V = coefficient[4];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:171  I' = -I/τ  [exact propagator]
      const dep_I = dep_I_at[i];
      const dep_I_next = P_dep_I * dep_I;
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D_V_dep_I * dep_I + D_V_V * V + Q_V_I_e * I_e + c_V);
      dep_I_at[i] = dep_I_next;
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
    const dep_I = dep_I_at[i];
    return I_e + dep_I;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Depressed",
    model: "Passive",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "dep.I", unit: "pA", values: dep_I_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "dep.I",
        unit: "pA",
        kind: "state",
        read: (i: number) => dep_I_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, "dep.I": dep_I_at, "#in:I_e": I_e_at },
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

/** The kernels of population Facilitated: one neuron of Passive. */
function population_Facilitated(
  size: number,
  given: Numbers<FacilitatedParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  // Exact propagator of fac.I, V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-1 / setup["fac.τ"], 0, 1 / C, -G / C]);
  const solved = propagator(A, 2, dt);
  const P = solved.P;
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([P[0], D[2], D[3], Q[3] * (1 / C), Q[3] * ((G * E_L) / C)]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 2);
  const V_at = memory.arrays[0];
  const fac_I_at = memory.arrays[1];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    fac_I_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P_fac_I = coefficient[0];
    const D_V_fac_I = coefficient[1];
    const D_V_V = coefficient[2];
    const Q_V_I_e = coefficient[3];
    const c_V = coefficient[4];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:191  I' = -I/τ  [exact propagator]
      const fac_I = fac_I_at[i];
      const fac_I_next = P_fac_I * fac_I;
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D_V_fac_I * fac_I + D_V_V * V + Q_V_I_e * I_e + c_V);
      fac_I_at[i] = fac_I_next;
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
    const fac_I = fac_I_at[i];
    return I_e + fac_I;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Facilitated",
    model: "Passive",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "fac.I", unit: "pA", values: fac_I_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "fac.I",
        unit: "pA",
        kind: "state",
        read: (i: number) => fac_I_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, "fac.I": fac_I_at, "#in:I_e": I_e_at },
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

/** Connections dep from Train to Depressed by Depressing. */
function projection_dep_Train_Depressed(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_dep_I_at = variableOf(target, "dep.I");
  const pre_dep_x_at = variableOf(source, "dep.x");
  const connections = connect({
    name: "dep Train->Depressed",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "dep"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["dep.w"] * setup["dep.U"], setup["dep.U"]]);

  function deliver(i: number, from: number, to: number): void {
    const c_2 = coefficient[0];
    const pre_dep_x = pre_dep_x_at[i];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:173  I <- I + w*U*x
      const post_dep_I = post_dep_I_at[j];
      post_dep_I_at[j] = post_dep_I + c_2 * pre_dep_x;
    }
  }

  function arrive(i: number): void {
    const dep_U = coefficient[1];
    // synapses.glif:174  x <- x - U*x
    const pre_dep_x = pre_dep_x_at[i];
    pre_dep_x_at[i] = pre_dep_x - dep_U * pre_dep_x;
  }

  return {
    kind: "grid",
    name: "dep Train->Depressed",
    connection: "dep",
    source: "Train",
    target: "Depressed",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `dep`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
    arrive,
  };
}

/** Connections fac from Train to Facilitated by TsodyksMarkram. */
function projection_fac_Train_Facilitated(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_fac_I_at = variableOf(target, "fac.I");
  const pre_fac_u_at = variableOf(source, "fac.u");
  const pre_fac_x_at = variableOf(source, "fac.x");
  const connections = connect({
    name: "fac Train->Facilitated",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "fac"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["fac.w"], setup["fac.U"]]);

  function deliver(i: number, from: number, to: number): void {
    const fac_w = coefficient[0];
    const fac_U = coefficient[1];
    const pre_fac_u = pre_fac_u_at[i];
    const pre_fac_x = pre_fac_x_at[i];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:193  I <- I + w*released*x
      const post_fac_I = post_fac_I_at[j];
      post_fac_I_at[j] = post_fac_I + fac_w * (pre_fac_u + fac_U * (1 - pre_fac_u)) * pre_fac_x;
    }
  }

  function arrive(i: number): void {
    const fac_U = coefficient[1];
    // synapses.glif:194  x <- x - released*x
    const pre_fac_x = pre_fac_x_at[i];
    const pre_fac_u = pre_fac_u_at[i];
    const x = pre_fac_u + fac_U * (1 - pre_fac_u);
    const fac_x_after = pre_fac_x - x * pre_fac_x;
    // synapses.glif:195  u <- released
    const fac_u_after = x;
    pre_fac_x_at[i] = fac_x_after;
    pre_fac_u_at[i] = fac_u_after;
  }

  return {
    kind: "grid",
    name: "fac Train->Facilitated",
    connection: "fac",
    source: "Train",
    target: "Facilitated",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `fac`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
    arrive,
  };
}
