/*
 * AsProgrammed: an experiment of Loop.
 * The loop, step for step.
 *
 * Written by glif from coupled.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population N:
 *   asked for by name: method euler (Euler-Maruyama).
 */

import {
  allocate,
  connect,
  connectionDoubles,
  delaySteps,
  drawConnections,
  drawNormal,
  drawUniform,
  fillNormal,
  parameterOf,
  populationSize,
  rowDraw,
  settingsOf,
  settled,
  simulate,
  sqrt,
  stream,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation, Stream } from "glif/runtime";

/** Parameters of N: A neuron of the loop. The condition of its spike is a crossing: the potential makes its own action potential, of one step. */
export interface NParameters {
  /** membrane time constant (ms); 20 ms unless given */
  τ_m?: Quantity<"ms">;
  /** membrane resistance (GΩ); 100 MΩ unless given */
  R_m?: Quantity<"G\u03A9">;
  /** resting potential (mV); -65 mV unless given */
  E_L?: Quantity<"mV">;
  /** threshold (mV); -50 mV unless given */
  V_th?: Quantity<"mV">;
  /** potential during the one step of a spike (mV); 20 mV unless given */
  V_spike?: Quantity<"mV">;
  /** potential in the step after it (mV); -65 mV unless given */
  V_reset?: Quantity<"mV">;
  /** noise of a step, whatever its length (mV); 40 mV unless given */
  σ?: Quantity<"mV">;
}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** n (1); 100 unless given */
  n: number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 1 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    N?: NParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    n?: Quantity<"1">;
  };
  /** numbers of neurons by population */
  sizes?: {
    N?: number;
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
  name: "AsProgrammed",
  duration: 1000,
  step: 0.1,
  seed: 1,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    N: {
      τ_m: "ms",
      R_m: "GΩ",
      E_L: "mV",
      V_th: "mV",
      V_spike: "mV",
      V_reset: "mV",
      σ: "mV",
    },
  },
  setup: { n: "1" },
  elsewhere: {
    "N.V": "state",
    "N.I_ext": "input",
    "N.S": "input",
    "N.N": "input",
    "Strength.delay": "delay",
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
  const n = given.n ?? 100; // n (1)
  const setup = { n };
  const N = population_N(populationSize("N", sizes.N ?? n), parameters.N ?? {}, setup, dt, seed);
  return simulate({
    name: "AsProgrammed",
    dt,
    seed,
    populations: [N],
    projections: [projection_Strength_N_N(N, N, setup, dt, seed, options)],
    spikesOf: ["N"],
    records: [
      {
        population: "N",
        variable: "V",
        first: 0,
        last: 1,
        every: 1,
      },
    ],
  });
}

/** The kernels of population N: 100 neurons of LoopNeuron. */
function population_N(size: number, given: Numbers<NParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  const τ_m = given.τ_m ?? 20; // membrane time constant (ms)
  const R_m = given.R_m ?? 0.1; // membrane resistance (GΩ)
  const E_L = given.E_L ?? -65; // resting potential (mV)
  const V_th = given.V_th ?? -50; // threshold (mV)
  const V_spike = given.V_spike ?? 20; // potential during the one step of a spike (mV)
  const V_reset = given.V_reset ?? -65; // potential in the step after it (mV)
  const σ = given.σ ?? 40; // noise of a step, whatever its length (mV)

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    V_th,
    E_L,
    R_m,
    1 / τ_m,
    V_reset,
    1 / dt,
    (σ * sqrt(dt)) / τ_m,
    sqrt(dt),
    dt,
    V_spike,
    σ * sqrt(dt) * 0,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 3);
  const V_at = memory.arrays[0];
  const was_spike_at = memory.arrays[1];
  const was_event_1_at = memory.arrays[2];
  const I_ext_at = new Float64Array(1); // I_ext (pA)
  I_ext_at[0] = 130;
  const S_at = new Float64Array(1); // S (mV)
  const N_2_at = new Float64Array(1); // N (mV)
  const S_Strength_R_m_at = new Float64Array(size); // given by the connections Strength (mV)
  const η_ξ_ξ_N = new Float64Array(size);
  const η_ξ_ξ_N_draws = stream(seed, "N/ξ:ξ#N");
  const candidates = new Int32Array(size);
  const draws_V = stream(seed, "N/V");
  for (let i = 0; i < size; i++) {
    V_at[i] = drawUniform(draws_V, i, -65, -50);
  }
  for (let i = 0; i < size; i++) {
    was_spike_at[i] = V_at[i] >= V_th ? 1 : 0;
    was_event_1_at[i] = V_at[i] >= V_th ? 1 : 0;
  }

  function drive(): void {}

  function shake(tick: number): void {
    fillNormal(η_ξ_ξ_N, 0, size, η_ξ_ξ_N_draws, tick);
  }

  function update(low: number, high: number): number {
    const V_th = coefficient[0];
    const E_L = coefficient[1];
    const R_m = coefficient[2];
    const c_2 = coefficient[3];
    const V_reset = coefficient[4];
    const c_3 = coefficient[5];
    const c_4 = coefficient[6];
    const c_5 = coefficient[7];
    const dt = coefficient[8];
    const I_ext = I_ext_at[0];
    const S = S_at[0];
    const N_2 = N_2_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      const V = V_at[i];
      const x = V < V_th;
      const S_Strength_R_m = S_Strength_R_m_at[i];
      const k1_V = x ? (E_L - V + R_m * I_ext + S + S_Strength_R_m * R_m + N_2) * c_2 : (V_reset - V) * c_3;
      const η_ξ_ξ_N_i = η_ξ_ξ_N[i];
      const g1_V = (x ? c_4 : 0) * (c_5 * η_ξ_ξ_N_i);
      // coupled.glif:38  V' = if V < V_th then (E_L - V + R_m*I_ext + S + N)/τ_m else (V_reset - V)/dt  [Euler]
      const V_next = V + dt * k1_V + g1_V;
      V_at[i] = V_next;
    }
    return count;
  }

  function hold(): void {}
  function restore(): void {}

  function reset(): void {
    // spike when V >= V_th
  }

  function holds(): boolean {
    return false;
  }

  function detect_spike(low: number, high: number, found: Int32Array): number {
    // spike when V >= V_th: when it becomes true
    const V_th = coefficient[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      const V = V_at[i];
      const now = V >= V_th ? 1 : 0;
      if (now > was_spike_at[i]) {
        found[count] = i;
        count += 1;
      }
      was_spike_at[i] = now;
    }
    return count;
  }

  function detect_event_1(low: number, high: number, found: Int32Array): number {
    // on V >= V_th: when it becomes true
    const V_th = coefficient[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      const V = V_at[i];
      const now = V >= V_th ? 1 : 0;
      if (now > was_event_1_at[i]) {
        found[count] = i;
        count += 1;
      }
      was_event_1_at[i] = now;
    }
    return count;
  }

  function apply_event_1(neurons: Int32Array, count: number): void {
    // on V >= V_th
    const V_spike = coefficient[9];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // coupled.glif:43  V <- V_spike
      const V_after = V_spike;
      V_at[i] = V_after;
    }
  }

  function rearm(neurons: Int32Array, count: number): void {
    // What a reset or an event has made false can become true again.
    const V_th = coefficient[0];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      const V = V_at[i];
      const x = V >= V_th;
      if (!x) {
        was_spike_at[i] = 0;
      }
      if (!x) {
        was_event_1_at[i] = 0;
      }
    }
  }

  function read_I_ext(i: number): number {
    const I_ext = I_ext_at[0];
    return I_ext;
  }

  function read_S(i: number): number {
    const R_m = coefficient[2];
    const S = S_at[0];
    const S_Strength_R_m = S_Strength_R_m_at[i];
    return S + S_Strength_R_m * R_m;
  }

  function read_N(i: number): number {
    const c_6 = coefficient[10];
    const N_2 = N_2_at[0];
    return N_2 + c_6;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "N",
    model: "LoopNeuron",
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
        name: "I_ext",
        unit: "pA",
        kind: "input",
        read: read_I_ext,
      },
      {
        name: "S",
        unit: "mV",
        kind: "input",
        read: read_S,
      },
      {
        name: "N",
        unit: "mV",
        kind: "input",
        read: read_N,
      },
    ],
    inputs: {
      I_ext: I_ext_at,
      S: S_at,
      N: N_2_at,
      "S~Strength*R_m": S_Strength_R_m_at,
    },
    arrays: {
      V: V_at,
      "#in:I_ext": I_ext_at,
      "#in:S": S_at,
      "#in:N": N_2_at,
      "#in:S~Strength*R_m": S_Strength_R_m_at,
    },
    held: [],
    parameters: {
      τ_m,
      R_m,
      E_L,
      V_th,
      V_spike,
      V_reset,
      σ,
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
    crossings: detect_spike,
    events: [{ detect: detect_event_1, apply: apply_event_1 }],
    rearm,
  };
}

/** Connections Strength from N to N by Strength. */
function projection_Strength_N_N(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const pre_V_at = variableOf(source, "V");
  const pre_V_th = parameterOf(source, "V_th");
  const post_S_Strength_R_m_at = variableOf(target, "#in:S~Strength*R_m");
  const connections = connect({
    name: "Strength N->N",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "Strength"),
    bytesPerConnection: 8,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const W_at = connectionDoubles(connections); // W (pA)
  drawConnections(
    connections,
    stream(seed, "Strength N->N.W"),
    W_at,
    rowDraw("normal", 0, 2000, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  );
  const coefficient = new Float64Array([pre_V_th]);

  function couple(i: number, from: number, to: number): void {
    const pre_V_th = coefficient[0];
    const pre_V = pre_V_at[i];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // coupled.glif:49  post.S += post.R_m*W*(if pre.V >= pre.V_th then 1 else 0)
      const W = W_at[c];
      post_S_Strength_R_m_at[j] += W * (pre_V >= pre_V_th ? 1 : 0);
    }
  }

  return {
    kind: "grid",
    name: "Strength N->N",
    connection: "Strength",
    source: "N",
    target: "N",
    connections: settled(connections),
    values: [
      {
        name: "W",
        role: "weight",
        unit: "pA",
        values: W_at,
        changes: false,
      },
    ],
    protects: [],
    fills: [{ population: "N", array: "#in:S~Strength*R_m", constant: false }],
    ahead: [],
    times: [
      {
        what: "the delay of `Strength`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    couple,
  };
}
