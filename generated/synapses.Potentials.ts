/*
 * Potentials: an experiment of Shapes.
 * The potentials of the eight cells. A jump stays for the membrane's own 20 ms; NMDA receptors go on for 100 ms.
 *
 * Written by glif from synapses.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population S:
 *   SaturatingNMDA.x is linear with constant coefficients: exact propagator.
 *   SaturatingNMDA.s is linear in itself given the others, with coefficients that change: exponential Euler, of order 2.
 * Population Jump:
 *   V is linear with constant coefficients: exact propagator.
 * Population Exp:
 *   V and ExpCurrent.I are linear in each other with constant coefficients: exact propagator.
 * Population Alpha:
 *   V, AlphaCurrent.I and AlphaCurrent.rise are linear in each other with constant coefficients: exact propagator.
 * Population Biexp:
 *   V, BiexpCurrent.I and BiexpCurrent.rise are linear in each other with constant coefficients: exact propagator.
 * Population Conductance:
 *   exc.g is linear with constant coefficients: exact propagator.
 *   V is linear in itself given the others, with coefficients that change: exponential Euler, of order 2.
 * Population Inhibition:
 *   inh.g is linear with constant coefficients: exact propagator.
 *   V is linear in itself given the others, with coefficients that change: exponential Euler, of order 2.
 * Population Slow:
 *   NMDA.g and NMDA.rise are linear in each other with constant coefficients: exact propagator.
 *   V is not linear in itself: Runge-Kutta of order 4.
 * Population Saturating:
 *   V is linear with constant coefficients: exact propagator.
 */

import {
  allocate,
  connect,
  delaySteps,
  exp,
  exprel,
  givenSource,
  log,
  populationSize,
  propagator,
  settingsOf,
  settled,
  simulate,
  variableOf,
} from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, GridProjection, Simulation } from "glif/runtime";

/** Parameters of S */
export interface SParameters {}

/** Parameters of Jump: A membrane without spikes. */
export interface JumpParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of Exp: A membrane without spikes. */
export interface ExpParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of Alpha: A membrane without spikes. */
export interface AlphaParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of Biexp: A membrane without spikes. */
export interface BiexpParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of Conductance: A membrane without spikes. */
export interface ConductanceParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of Inhibition: A membrane without spikes. */
export interface InhibitionParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of Slow: A membrane without spikes. */
export interface SlowParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of Saturating: A membrane without spikes. */
export interface SaturatingParameters {
  /** C (pF); 200 pF unless given */
  C?: Quantity<"pF">;
  /** G (nS); 10 nS unless given */
  G?: Quantity<"nS">;
  /** E_L (mV); -70 mV unless given */
  E_L?: Quantity<"mV">;
}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** rise and decay time, and time of the peak (ms); 5 ms unless given */
  "AlphaCurrent.τ": number;
  /** peak (pA); 100 pA unless given */
  "AlphaCurrent.w": number;
  /** BiexpCurrent.τ_rise (ms); 1 ms unless given */
  "BiexpCurrent.τ_rise": number;
  /** BiexpCurrent.τ_decay (ms); 5 ms unless given */
  "BiexpCurrent.τ_decay": number;
  /** peak (pA); 100 pA unless given */
  "BiexpCurrent.w": number;
  /** Delta.w (mV); 2 mV unless given */
  "Delta.w": number;
  /** decay time (ms); 5 ms unless given */
  "ExpCurrent.τ": number;
  /** peak, at once (pA); 100 pA unless given */
  "ExpCurrent.w": number;
  /** NMDA.τ_rise (ms); 2 ms unless given */
  "NMDA.τ_rise": number;
  /** NMDA.τ_decay (ms); 100 ms unless given */
  "NMDA.τ_decay": number;
  /** NMDA.E_rev (mV); 0 mV unless given */
  "NMDA.E_rev": number;
  /** magnesium outside of the cell (mM); 1 mM unless given */
  "NMDA.Mg": number;
  /** peak, without the block (nS); 5 nS unless given */
  "NMDA.w": number;
  /** SaturatingNMDA.τ_rise (ms); 2 ms unless given */
  "SaturatingNMDA.τ_rise": number;
  /** SaturatingNMDA.τ_decay (ms); 100 ms unless given */
  "SaturatingNMDA.τ_decay": number;
  /** SaturatingNMDA.E_rev (mV); 0 mV unless given */
  "SaturatingNMDA.E_rev": number;
  /** rate of opening (/ms); 0.5 /ms unless given */
  "SaturatingNMDA.α": number;
  /** SaturatingNMDA.Mg (mM); 1 mM unless given */
  "SaturatingNMDA.Mg": number;
  /** conductance with all channels open, without the block (nS); 5 nS unless given */
  "SaturatingNMDA.w": number;
  /** decay time (ms); 5 ms unless given */
  "exc.τ": number;
  /** reversal potential (mV); 0 mV unless given */
  "exc.E_rev": number;
  /** peak, at once (nS); 10 nS unless given */
  "exc.w": number;
  /** decay time (ms); 5 ms unless given */
  "inh.τ": number;
  /** reversal potential (mV); -80 mV unless given */
  "inh.E_rev": number;
  /** peak, at once (nS); 10 nS unless given */
  "inh.w": number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    S?: SParameters;
    Jump?: JumpParameters;
    Exp?: ExpParameters;
    Alpha?: AlphaParameters;
    Biexp?: BiexpParameters;
    Conductance?: ConductanceParameters;
    Inhibition?: InhibitionParameters;
    Slow?: SlowParameters;
    Saturating?: SaturatingParameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    "AlphaCurrent.\u03C4"?: Quantity<"ms">;
    "AlphaCurrent.w"?: Quantity<"pA">;
    "BiexpCurrent.\u03C4_rise"?: Quantity<"ms">;
    "BiexpCurrent.\u03C4_decay"?: Quantity<"ms">;
    "BiexpCurrent.w"?: Quantity<"pA">;
    "Delta.w"?: Quantity<"mV">;
    "ExpCurrent.\u03C4"?: Quantity<"ms">;
    "ExpCurrent.w"?: Quantity<"pA">;
    "NMDA.\u03C4_rise"?: Quantity<"ms">;
    "NMDA.\u03C4_decay"?: Quantity<"ms">;
    "NMDA.E_rev"?: Quantity<"mV">;
    "NMDA.Mg"?: Quantity<"mM">;
    "NMDA.w"?: Quantity<"nS">;
    "SaturatingNMDA.\u03C4_rise"?: Quantity<"ms">;
    "SaturatingNMDA.\u03C4_decay"?: Quantity<"ms">;
    "SaturatingNMDA.E_rev"?: Quantity<"mV">;
    "SaturatingNMDA.\u03B1"?: Quantity<"/ms">;
    "SaturatingNMDA.Mg"?: Quantity<"mM">;
    "SaturatingNMDA.w"?: Quantity<"nS">;
    "exc.\u03C4"?: Quantity<"ms">;
    "exc.E_rev"?: Quantity<"mV">;
    "exc.w"?: Quantity<"nS">;
    "inh.\u03C4"?: Quantity<"ms">;
    "inh.E_rev"?: Quantity<"mV">;
    "inh.w"?: Quantity<"nS">;
  };
  /** numbers of neurons by population */
  sizes?: {
    S?: number;
    Jump?: number;
    Exp?: number;
    Alpha?: number;
    Biexp?: number;
    Conductance?: number;
    Inhibition?: number;
    Slow?: number;
    Saturating?: number;
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
  name: "Potentials",
  duration: 120,
  step: 0.1,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    S: {},
    Jump: { C: "pF", G: "nS", E_L: "mV" },
    Exp: { C: "pF", G: "nS", E_L: "mV" },
    Alpha: { C: "pF", G: "nS", E_L: "mV" },
    Biexp: { C: "pF", G: "nS", E_L: "mV" },
    Conductance: { C: "pF", G: "nS", E_L: "mV" },
    Inhibition: { C: "pF", G: "nS", E_L: "mV" },
    Slow: { C: "pF", G: "nS", E_L: "mV" },
    Saturating: { C: "pF", G: "nS", E_L: "mV" },
  },
  setup: {
    "AlphaCurrent.τ": "ms",
    "AlphaCurrent.w": "pA",
    "BiexpCurrent.τ_rise": "ms",
    "BiexpCurrent.τ_decay": "ms",
    "BiexpCurrent.w": "pA",
    "Delta.w": "mV",
    "ExpCurrent.τ": "ms",
    "ExpCurrent.w": "pA",
    "NMDA.τ_rise": "ms",
    "NMDA.τ_decay": "ms",
    "NMDA.E_rev": "mV",
    "NMDA.Mg": "mM",
    "NMDA.w": "nS",
    "SaturatingNMDA.τ_rise": "ms",
    "SaturatingNMDA.τ_decay": "ms",
    "SaturatingNMDA.E_rev": "mV",
    "SaturatingNMDA.α": "/ms",
    "SaturatingNMDA.Mg": "mM",
    "SaturatingNMDA.w": "nS",
    "exc.τ": "ms",
    "exc.E_rev": "mV",
    "exc.w": "nS",
    "inh.τ": "ms",
    "inh.E_rev": "mV",
    "inh.w": "nS",
  },
  elsewhere: {
    "Jump.V": "state",
    "Jump.I_e": "input",
    "Exp.V": "state",
    "Exp.I_e": "input",
    "Alpha.V": "state",
    "Alpha.I_e": "input",
    "Biexp.V": "state",
    "Biexp.I_e": "input",
    "Conductance.V": "state",
    "Conductance.I_e": "input",
    "Inhibition.V": "state",
    "Inhibition.I_e": "input",
    "Slow.V": "state",
    "Slow.I_e": "input",
    "Saturating.V": "state",
    "Saturating.I_e": "input",
    "AlphaCurrent.delay": "delay",
    "BiexpCurrent.delay": "delay",
    "Delta.delay": "delay",
    "ExpCurrent.delay": "delay",
    "NMDA.delay": "delay",
    "SaturatingNMDA.delay": "delay",
    "exc.delay": "delay",
    "inh.delay": "delay",
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
  const AlphaCurrent_τ = given["AlphaCurrent.τ"] ?? 5; // rise and decay time, and time of the peak (ms)
  const AlphaCurrent_w = given["AlphaCurrent.w"] ?? 100; // peak (pA)
  const BiexpCurrent_τ_rise = given["BiexpCurrent.τ_rise"] ?? 1; // BiexpCurrent.τ_rise (ms)
  const BiexpCurrent_τ_decay = given["BiexpCurrent.τ_decay"] ?? 5; // BiexpCurrent.τ_decay (ms)
  const BiexpCurrent_w = given["BiexpCurrent.w"] ?? 100; // peak (pA)
  const Delta_w = given["Delta.w"] ?? 2; // Delta.w (mV)
  const ExpCurrent_τ = given["ExpCurrent.τ"] ?? 5; // decay time (ms)
  const ExpCurrent_w = given["ExpCurrent.w"] ?? 100; // peak, at once (pA)
  const NMDA_τ_rise = given["NMDA.τ_rise"] ?? 2; // NMDA.τ_rise (ms)
  const NMDA_τ_decay = given["NMDA.τ_decay"] ?? 100; // NMDA.τ_decay (ms)
  const NMDA_E_rev = given["NMDA.E_rev"] ?? 0; // NMDA.E_rev (mV)
  const NMDA_Mg = given["NMDA.Mg"] ?? 1; // magnesium outside of the cell (mM)
  const NMDA_w = given["NMDA.w"] ?? 5; // peak, without the block (nS)
  const SaturatingNMDA_τ_rise = given["SaturatingNMDA.τ_rise"] ?? 2; // SaturatingNMDA.τ_rise (ms)
  const SaturatingNMDA_τ_decay = given["SaturatingNMDA.τ_decay"] ?? 100; // SaturatingNMDA.τ_decay (ms)
  const SaturatingNMDA_E_rev = given["SaturatingNMDA.E_rev"] ?? 0; // SaturatingNMDA.E_rev (mV)
  const SaturatingNMDA_α = given["SaturatingNMDA.α"] ?? 0.5; // rate of opening (/ms)
  const SaturatingNMDA_Mg = given["SaturatingNMDA.Mg"] ?? 1; // SaturatingNMDA.Mg (mM)
  const SaturatingNMDA_w = given["SaturatingNMDA.w"] ?? 5; // conductance with all channels open, without the block (nS)
  const exc_τ = given["exc.τ"] ?? 5; // decay time (ms)
  const exc_E_rev = given["exc.E_rev"] ?? 0; // reversal potential (mV)
  const exc_w = given["exc.w"] ?? 10; // peak, at once (nS)
  const inh_τ = given["inh.τ"] ?? 5; // decay time (ms)
  const inh_E_rev = given["inh.E_rev"] ?? -80; // reversal potential (mV)
  const inh_w = given["inh.w"] ?? 10; // peak, at once (nS)
  const setup = {
    "AlphaCurrent.τ": AlphaCurrent_τ,
    "AlphaCurrent.w": AlphaCurrent_w,
    "BiexpCurrent.τ_rise": BiexpCurrent_τ_rise,
    "BiexpCurrent.τ_decay": BiexpCurrent_τ_decay,
    "BiexpCurrent.w": BiexpCurrent_w,
    "Delta.w": Delta_w,
    "ExpCurrent.τ": ExpCurrent_τ,
    "ExpCurrent.w": ExpCurrent_w,
    "NMDA.τ_rise": NMDA_τ_rise,
    "NMDA.τ_decay": NMDA_τ_decay,
    "NMDA.E_rev": NMDA_E_rev,
    "NMDA.Mg": NMDA_Mg,
    "NMDA.w": NMDA_w,
    "SaturatingNMDA.τ_rise": SaturatingNMDA_τ_rise,
    "SaturatingNMDA.τ_decay": SaturatingNMDA_τ_decay,
    "SaturatingNMDA.E_rev": SaturatingNMDA_E_rev,
    "SaturatingNMDA.α": SaturatingNMDA_α,
    "SaturatingNMDA.Mg": SaturatingNMDA_Mg,
    "SaturatingNMDA.w": SaturatingNMDA_w,
    "exc.τ": exc_τ,
    "exc.E_rev": exc_E_rev,
    "exc.w": exc_w,
    "inh.τ": inh_τ,
    "inh.E_rev": inh_E_rev,
    "inh.w": inh_w,
  };
  const S = population_S(populationSize("S", sizes.S ?? 1), parameters.S ?? {}, setup, dt, seed);
  const Jump = population_Jump(populationSize("Jump", sizes.Jump ?? 1), parameters.Jump ?? {}, setup, dt, seed);
  const Exp = population_Exp(populationSize("Exp", sizes.Exp ?? 1), parameters.Exp ?? {}, setup, dt, seed);
  const Alpha = population_Alpha(populationSize("Alpha", sizes.Alpha ?? 1), parameters.Alpha ?? {}, setup, dt, seed);
  const Biexp = population_Biexp(populationSize("Biexp", sizes.Biexp ?? 1), parameters.Biexp ?? {}, setup, dt, seed);
  const Conductance = population_Conductance(
    populationSize("Conductance", sizes.Conductance ?? 1),
    parameters.Conductance ?? {},
    setup,
    dt,
    seed,
  );
  const Inhibition = population_Inhibition(
    populationSize("Inhibition", sizes.Inhibition ?? 1),
    parameters.Inhibition ?? {},
    setup,
    dt,
    seed,
  );
  const Slow = population_Slow(populationSize("Slow", sizes.Slow ?? 1), parameters.Slow ?? {}, setup, dt, seed);
  const Saturating = population_Saturating(
    populationSize("Saturating", sizes.Saturating ?? 1),
    parameters.Saturating ?? {},
    setup,
    dt,
    seed,
  );
  return simulate({
    name: "Potentials",
    dt,
    seed,
    populations: [S, Jump, Exp, Alpha, Biexp, Conductance, Inhibition, Slow, Saturating],
    projections: [
      projection_AlphaCurrent_S_Alpha(S, Alpha, setup, dt, seed, options),
      projection_BiexpCurrent_S_Biexp(S, Biexp, setup, dt, seed, options),
      projection_Delta_S_Jump(S, Jump, setup, dt, seed, options),
      projection_ExpCurrent_S_Exp(S, Exp, setup, dt, seed, options),
      projection_NMDA_S_Slow(S, Slow, setup, dt, seed, options),
      projection_SaturatingNMDA_S_Saturating(S, Saturating, setup, dt, seed, options),
      projection_exc_S_Conductance(S, Conductance, setup, dt, seed, options),
      projection_inh_S_Inhibition(S, Inhibition, setup, dt, seed, options),
    ],
    spikesOf: ["Jump", "Exp", "Alpha", "Biexp", "Conductance", "Inhibition", "Slow", "Saturating"],
    records: [
      {
        population: "Jump",
        variable: "V",
        first: 0,
        last: Jump.size - 1,
        every: 1,
      },
      {
        population: "Exp",
        variable: "V",
        first: 0,
        last: Exp.size - 1,
        every: 1,
      },
      {
        population: "Alpha",
        variable: "V",
        first: 0,
        last: Alpha.size - 1,
        every: 1,
      },
      {
        population: "Biexp",
        variable: "V",
        first: 0,
        last: Biexp.size - 1,
        every: 1,
      },
      {
        population: "Conductance",
        variable: "V",
        first: 0,
        last: Conductance.size - 1,
        every: 1,
      },
      {
        population: "Inhibition",
        variable: "V",
        first: 0,
        last: Inhibition.size - 1,
        every: 1,
      },
      {
        population: "Slow",
        variable: "V",
        first: 0,
        last: Slow.size - 1,
        every: 1,
      },
      {
        population: "Saturating",
        variable: "V",
        first: 0,
        last: Saturating.size - 1,
        every: 1,
      },
    ],
  });
}

/** The kernels of population S: one neuron of spikes. */
function population_S(size: number, given: Numbers<SParameters>, setup: Setup, dt: number, seed: number): GridKernel {
  // Parameters.
  // Exact propagator of SaturatingNMDA.x: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-1 / setup["SaturatingNMDA.τ_rise"]]);
  const solved1 = propagator(A1, 1, dt);
  const P1 = solved1.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P1[0],
    setup["SaturatingNMDA.α"],
    1 / setup["SaturatingNMDA.τ_decay"],
    dt,
    -setup["SaturatingNMDA.α"],
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 2);
  const SaturatingNMDA_x_at = memory.arrays[0];
  const SaturatingNMDA_s_at = memory.arrays[1];
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    SaturatingNMDA_x_at[i] = 0;
    SaturatingNMDA_s_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P1_SaturatingNMDA_x = coefficient[0];
    const SaturatingNMDA_α = coefficient[1];
    const c_2 = coefficient[2];
    const dt = coefficient[3];
    const c_3 = coefficient[4];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:133  x' = -x/τ_rise  [exact propagator]
      const SaturatingNMDA_x = SaturatingNMDA_x_at[i];
      const SaturatingNMDA_x_next = P1_SaturatingNMDA_x * SaturatingNMDA_x;
      // synapses.glif:134  s' = α*x*(1 - s) - s/τ_decay  [exponential Euler]
      const SaturatingNMDA_s = SaturatingNMDA_s_at[i];
      const x = 0.5 * (SaturatingNMDA_x + SaturatingNMDA_x_next);
      const SaturatingNMDA_s_next =
        SaturatingNMDA_s +
        (SaturatingNMDA_α * x * (1 - SaturatingNMDA_s) - SaturatingNMDA_s * c_2) * (dt * exprel((c_3 * x - c_2) * dt));
      SaturatingNMDA_x_at[i] = SaturatingNMDA_x_next;
      SaturatingNMDA_s_at[i] = SaturatingNMDA_s_next;
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

  const source = givenSource(size, new Float64Array([10, 30, 35]), new Int32Array([0, 0, 0]), dt);
  return {
    kind: "grid",
    name: "S",
    model: "spikes",
    size,
    memory,
    states: [
      { name: "SaturatingNMDA.x", unit: "1", values: SaturatingNMDA_x_at },
      { name: "SaturatingNMDA.s", unit: "1", values: SaturatingNMDA_s_at },
    ],
    observables: [
      {
        name: "SaturatingNMDA.x",
        unit: "1",
        kind: "state",
        read: (i: number) => SaturatingNMDA_x_at[i],
      },
      {
        name: "SaturatingNMDA.s",
        unit: "1",
        kind: "state",
        read: (i: number) => SaturatingNMDA_s_at[i],
      },
    ],
    inputs: {},
    arrays: { "SaturatingNMDA.x": SaturatingNMDA_x_at, "SaturatingNMDA.s": SaturatingNMDA_s_at },
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

/** The kernels of population Jump: one neuron of Passive. */
function population_Jump(
  size: number,
  given: Numbers<JumpParameters>,
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
  const memory = allocate(size, 1);
  const V_at = memory.arrays[0];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
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
    name: "Jump",
    model: "Passive",
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
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, "#in:I_e": I_e_at },
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

/** The kernels of population Exp: one neuron of Passive. */
function population_Exp(
  size: number,
  given: Numbers<ExpParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  // Exact propagator of ExpCurrent.I, V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-1 / setup["ExpCurrent.τ"], 0, 1 / C, -G / C]);
  const solved = propagator(A, 2, dt);
  const P = solved.P;
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([P[0], D[2], D[3], Q[3] * (1 / C), Q[3] * ((G * E_L) / C)]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 2);
  const V_at = memory.arrays[0];
  const ExpCurrent_I_at = memory.arrays[1];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    ExpCurrent_I_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P_ExpCurrent_I = coefficient[0];
    const D_V_ExpCurrent_I = coefficient[1];
    const D_V_V = coefficient[2];
    const Q_V_I_e = coefficient[3];
    const c_V = coefficient[4];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:37  I' = -I/τ  [exact propagator]
      const ExpCurrent_I = ExpCurrent_I_at[i];
      const ExpCurrent_I_next = P_ExpCurrent_I * ExpCurrent_I;
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D_V_ExpCurrent_I * ExpCurrent_I + D_V_V * V + Q_V_I_e * I_e + c_V);
      ExpCurrent_I_at[i] = ExpCurrent_I_next;
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
    const ExpCurrent_I = ExpCurrent_I_at[i];
    return I_e + ExpCurrent_I;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Exp",
    model: "Passive",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "ExpCurrent.I", unit: "pA", values: ExpCurrent_I_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "ExpCurrent.I",
        unit: "pA",
        kind: "state",
        read: (i: number) => ExpCurrent_I_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, "ExpCurrent.I": ExpCurrent_I_at, "#in:I_e": I_e_at },
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

/** The kernels of population Alpha: one neuron of Passive. */
function population_Alpha(
  size: number,
  given: Numbers<AlphaParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  // Exact propagator of AlphaCurrent.rise, AlphaCurrent.I, V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([
    -1 / setup["AlphaCurrent.τ"],
    0,
    0,
    1,
    -1 / setup["AlphaCurrent.τ"],
    0,
    0,
    1 / C,
    -G / C,
  ]);
  const solved = propagator(A, 3, dt);
  const P = solved.P;
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([P[0], D[3], D[4], D[6], D[7], D[8], Q[8] * (1 / C), Q[8] * ((G * E_L) / C)]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 3);
  const V_at = memory.arrays[0];
  const AlphaCurrent_I_at = memory.arrays[1];
  const AlphaCurrent_rise_at = memory.arrays[2];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    AlphaCurrent_I_at[i] = 0;
    AlphaCurrent_rise_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P_AlphaCurrent_rise = coefficient[0];
    const D_AlphaCurrent_I_AlphaCurrent_rise = coefficient[1];
    const D_AlphaCurrent_I_AlphaCurrent_I = coefficient[2];
    const D_V_AlphaCurrent_rise = coefficient[3];
    const D_V_AlphaCurrent_I = coefficient[4];
    const D_V_V = coefficient[5];
    const Q_V_I_e = coefficient[6];
    const c_V = coefficient[7];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:49  rise' = -rise/τ  [exact propagator]
      const AlphaCurrent_rise = AlphaCurrent_rise_at[i];
      const AlphaCurrent_rise_next = P_AlphaCurrent_rise * AlphaCurrent_rise;
      // synapses.glif:48  I' = rise - I/τ  [exact propagator]
      const AlphaCurrent_I = AlphaCurrent_I_at[i];
      const AlphaCurrent_I_next =
        AlphaCurrent_I +
        (D_AlphaCurrent_I_AlphaCurrent_rise * AlphaCurrent_rise + D_AlphaCurrent_I_AlphaCurrent_I * AlphaCurrent_I);
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exact propagator]
      const V = V_at[i];
      const V_next =
        V +
        (D_V_AlphaCurrent_rise * AlphaCurrent_rise +
          D_V_AlphaCurrent_I * AlphaCurrent_I +
          D_V_V * V +
          Q_V_I_e * I_e +
          c_V);
      AlphaCurrent_rise_at[i] = AlphaCurrent_rise_next;
      AlphaCurrent_I_at[i] = AlphaCurrent_I_next;
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
    const AlphaCurrent_I = AlphaCurrent_I_at[i];
    return I_e + AlphaCurrent_I;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Alpha",
    model: "Passive",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "AlphaCurrent.I", unit: "pA", values: AlphaCurrent_I_at },
      { name: "AlphaCurrent.rise", unit: "pA/ms", values: AlphaCurrent_rise_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "AlphaCurrent.I",
        unit: "pA",
        kind: "state",
        read: (i: number) => AlphaCurrent_I_at[i],
      },
      {
        name: "AlphaCurrent.rise",
        unit: "pA/ms",
        kind: "state",
        read: (i: number) => AlphaCurrent_rise_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: {
      V: V_at,
      "AlphaCurrent.I": AlphaCurrent_I_at,
      "AlphaCurrent.rise": AlphaCurrent_rise_at,
      "#in:I_e": I_e_at,
    },
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

/** The kernels of population Biexp: one neuron of Passive. */
function population_Biexp(
  size: number,
  given: Numbers<BiexpParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  // Exact propagator of BiexpCurrent.rise, BiexpCurrent.I, V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([
    -1 / setup["BiexpCurrent.τ_rise"],
    0,
    0,
    1,
    -1 / setup["BiexpCurrent.τ_decay"],
    0,
    0,
    1 / C,
    -G / C,
  ]);
  const solved = propagator(A, 3, dt);
  const P = solved.P;
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([P[0], D[3], D[4], D[6], D[7], D[8], Q[8] * (1 / C), Q[8] * ((G * E_L) / C)]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 3);
  const V_at = memory.arrays[0];
  const BiexpCurrent_I_at = memory.arrays[1];
  const BiexpCurrent_rise_at = memory.arrays[2];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    BiexpCurrent_I_at[i] = 0;
    BiexpCurrent_rise_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P_BiexpCurrent_rise = coefficient[0];
    const D_BiexpCurrent_I_BiexpCurrent_rise = coefficient[1];
    const D_BiexpCurrent_I_BiexpCurrent_I = coefficient[2];
    const D_V_BiexpCurrent_rise = coefficient[3];
    const D_V_BiexpCurrent_I = coefficient[4];
    const D_V_V = coefficient[5];
    const Q_V_I_e = coefficient[6];
    const c_V = coefficient[7];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:63  rise' = -rise/τ_rise  [exact propagator]
      const BiexpCurrent_rise = BiexpCurrent_rise_at[i];
      const BiexpCurrent_rise_next = P_BiexpCurrent_rise * BiexpCurrent_rise;
      // synapses.glif:62  I' = rise - I/τ_decay  [exact propagator]
      const BiexpCurrent_I = BiexpCurrent_I_at[i];
      const BiexpCurrent_I_next =
        BiexpCurrent_I +
        (D_BiexpCurrent_I_BiexpCurrent_rise * BiexpCurrent_rise + D_BiexpCurrent_I_BiexpCurrent_I * BiexpCurrent_I);
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exact propagator]
      const V = V_at[i];
      const V_next =
        V +
        (D_V_BiexpCurrent_rise * BiexpCurrent_rise +
          D_V_BiexpCurrent_I * BiexpCurrent_I +
          D_V_V * V +
          Q_V_I_e * I_e +
          c_V);
      BiexpCurrent_rise_at[i] = BiexpCurrent_rise_next;
      BiexpCurrent_I_at[i] = BiexpCurrent_I_next;
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
    const BiexpCurrent_I = BiexpCurrent_I_at[i];
    return I_e + BiexpCurrent_I;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Biexp",
    model: "Passive",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "BiexpCurrent.I", unit: "pA", values: BiexpCurrent_I_at },
      { name: "BiexpCurrent.rise", unit: "pA/ms", values: BiexpCurrent_rise_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "BiexpCurrent.I",
        unit: "pA",
        kind: "state",
        read: (i: number) => BiexpCurrent_I_at[i],
      },
      {
        name: "BiexpCurrent.rise",
        unit: "pA/ms",
        kind: "state",
        read: (i: number) => BiexpCurrent_rise_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: {
      V: V_at,
      "BiexpCurrent.I": BiexpCurrent_I_at,
      "BiexpCurrent.rise": BiexpCurrent_rise_at,
      "#in:I_e": I_e_at,
    },
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

/** The kernels of population Conductance: one neuron of Passive. */
function population_Conductance(
  size: number,
  given: Numbers<ConductanceParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  // Exact propagator of exc.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-1 / setup["exc.τ"]]);
  const solved1 = propagator(A1, 1, dt);
  const P1 = solved1.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([P1[0], setup["exc.E_rev"], G, E_L, 1 / C, dt]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 2);
  const V_at = memory.arrays[0];
  const exc_g_at = memory.arrays[1];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    exc_g_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P1_exc_g = coefficient[0];
    const exc_E_rev = coefficient[1];
    const G = coefficient[2];
    const E_L = coefficient[3];
    const c_2 = coefficient[4];
    const dt = coefficient[5];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const exc_g = exc_g_at[i];
      const exc_g_next = P1_exc_g * exc_g;
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exponential Euler]
      const V = V_at[i];
      const x = 0.5 * (exc_g + exc_g_next);
      const V_next = V + (I_e + x * (exc_E_rev - V) - G * (V - E_L)) * c_2 * (dt * exprel((-x - G) * c_2 * dt));
      exc_g_at[i] = exc_g_next;
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
    const exc_E_rev = coefficient[1];
    const I_e = I_e_at[0];
    const exc_g = exc_g_at[i];
    const V = V_at[i];
    return I_e + exc_g * (exc_E_rev - V);
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Conductance",
    model: "Passive",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "exc.g", unit: "nS", values: exc_g_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "exc.g",
        unit: "nS",
        kind: "state",
        read: (i: number) => exc_g_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, "exc.g": exc_g_at, "#in:I_e": I_e_at },
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

/** The kernels of population Inhibition: one neuron of Passive. */
function population_Inhibition(
  size: number,
  given: Numbers<InhibitionParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  // Exact propagator of inh.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-1 / setup["inh.τ"]]);
  const solved1 = propagator(A1, 1, dt);
  const P1 = solved1.P;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([P1[0], setup["inh.E_rev"], G, E_L, 1 / C, dt]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 2);
  const V_at = memory.arrays[0];
  const inh_g_at = memory.arrays[1];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    inh_g_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P1_inh_g = coefficient[0];
    const inh_E_rev = coefficient[1];
    const G = coefficient[2];
    const E_L = coefficient[3];
    const c_2 = coefficient[4];
    const dt = coefficient[5];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:76  g' = -g/τ  [exact propagator]
      const inh_g = inh_g_at[i];
      const inh_g_next = P1_inh_g * inh_g;
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exponential Euler]
      const V = V_at[i];
      const x = 0.5 * (inh_g + inh_g_next);
      const V_next = V + (I_e + x * (inh_E_rev - V) - G * (V - E_L)) * c_2 * (dt * exprel((-x - G) * c_2 * dt));
      inh_g_at[i] = inh_g_next;
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
    const inh_E_rev = coefficient[1];
    const I_e = I_e_at[0];
    const inh_g = inh_g_at[i];
    const V = V_at[i];
    return I_e + inh_g * (inh_E_rev - V);
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Inhibition",
    model: "Passive",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "inh.g", unit: "nS", values: inh_g_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "inh.g",
        unit: "nS",
        kind: "state",
        read: (i: number) => inh_g_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, "inh.g": inh_g_at, "#in:I_e": I_e_at },
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

/** The kernels of population Slow: one neuron of Passive. */
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
  // Exact propagator of NMDA.rise, NMDA.g: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-1 / setup["NMDA.τ_rise"], 0, 1, -1 / setup["NMDA.τ_decay"]]);
  const solved1 = propagator(A1, 2, dt);
  const P1 = solved1.P;
  const Q1 = solved1.Q;
  const D1 = solved1.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P1[0],
    D1[2],
    D1[3],
    setup["NMDA.Mg"] / 3.57,
    setup["NMDA.E_rev"],
    G,
    E_L,
    1 / C,
    1 / setup["NMDA.τ_rise"],
    1 / setup["NMDA.τ_decay"],
    dt,
    dt / 6,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 3);
  const V_at = memory.arrays[0];
  const NMDA_g_at = memory.arrays[1];
  const NMDA_rise_at = memory.arrays[2];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    NMDA_g_at[i] = 0;
    NMDA_rise_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const P1_NMDA_rise = coefficient[0];
    const D1_NMDA_g_NMDA_rise = coefficient[1];
    const D1_NMDA_g_NMDA_g = coefficient[2];
    const c_2 = coefficient[3];
    const NMDA_E_rev = coefficient[4];
    const G = coefficient[5];
    const E_L = coefficient[6];
    const c_3 = coefficient[7];
    const c_4 = coefficient[8];
    const c_5 = coefficient[9];
    const dt = coefficient[10];
    const c_18 = coefficient[11];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:120  rise' = -rise/τ_rise  [exact propagator]
      const NMDA_rise = NMDA_rise_at[i];
      const NMDA_rise_next = P1_NMDA_rise * NMDA_rise;
      // synapses.glif:119  g' = rise - g/τ_decay  [exact propagator]
      const NMDA_g = NMDA_g_at[i];
      const NMDA_g_next = NMDA_g + (D1_NMDA_g_NMDA_rise * NMDA_rise + D1_NMDA_g_NMDA_g * NMDA_g);
      const V = V_at[i];
      const k1_V = (I_e + NMDA_g * (1 / (1 + c_2 * exp(-0.062 * V))) * (NMDA_E_rev - V) - G * (V - E_L)) * c_3;
      const k1_NMDA_rise = -NMDA_rise * c_4;
      const k1_NMDA_g = NMDA_rise - NMDA_g * c_5;
      const x2_V = V + dt * (0.5 * k1_V);
      const x2_NMDA_rise = NMDA_rise + dt * (0.5 * k1_NMDA_rise);
      const x2_NMDA_g = NMDA_g + dt * (0.5 * k1_NMDA_g);
      const k2_V =
        (I_e + x2_NMDA_g * (1 / (1 + c_2 * exp(-0.062 * x2_V))) * (NMDA_E_rev - x2_V) - G * (x2_V - E_L)) * c_3;
      const k2_NMDA_rise = -x2_NMDA_rise * c_4;
      const k2_NMDA_g = x2_NMDA_rise - x2_NMDA_g * c_5;
      const x3_V = V + dt * (0.5 * k2_V);
      const x3_NMDA_rise = NMDA_rise + dt * (0.5 * k2_NMDA_rise);
      const x3_NMDA_g = NMDA_g + dt * (0.5 * k2_NMDA_g);
      const k3_V =
        (I_e + x3_NMDA_g * (1 / (1 + c_2 * exp(-0.062 * x3_V))) * (NMDA_E_rev - x3_V) - G * (x3_V - E_L)) * c_3;
      const k3_NMDA_rise = -x3_NMDA_rise * c_4;
      const k3_NMDA_g = x3_NMDA_rise - x3_NMDA_g * c_5;
      const x4_V = V + dt * k3_V;
      const x4_NMDA_rise = NMDA_rise + dt * k3_NMDA_rise;
      const x4_NMDA_g = NMDA_g + dt * k3_NMDA_g;
      const k4_V =
        (I_e + x4_NMDA_g * (1 / (1 + c_2 * exp(-0.062 * x4_V))) * (NMDA_E_rev - x4_V) - G * (x4_V - E_L)) * c_3;
      const k4_NMDA_rise = -x4_NMDA_rise * c_4;
      const k4_NMDA_g = x4_NMDA_rise - x4_NMDA_g * c_5;
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [Runge-Kutta of order 4]
      const V_next = V + c_18 * (k1_V + 2 * k2_V + 2 * k3_V + k4_V);
      NMDA_rise_at[i] = NMDA_rise_next;
      NMDA_g_at[i] = NMDA_g_next;
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
    const c_2 = coefficient[3];
    const NMDA_E_rev = coefficient[4];
    const I_e = I_e_at[0];
    const NMDA_g = NMDA_g_at[i];
    const V = V_at[i];
    return I_e + NMDA_g * (1 / (1 + c_2 * exp(-0.062 * V))) * (NMDA_E_rev - V);
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Slow",
    model: "Passive",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "NMDA.g", unit: "nS", values: NMDA_g_at },
      { name: "NMDA.rise", unit: "nS/ms", values: NMDA_rise_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "NMDA.g",
        unit: "nS",
        kind: "state",
        read: (i: number) => NMDA_g_at[i],
      },
      {
        name: "NMDA.rise",
        unit: "nS/ms",
        kind: "state",
        read: (i: number) => NMDA_rise_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: {
      V: V_at,
      "NMDA.g": NMDA_g_at,
      "NMDA.rise": NMDA_rise_at,
      "#in:I_e": I_e_at,
    },
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

/** The kernels of population Saturating: one neuron of Passive. */
function population_Saturating(
  size: number,
  given: Numbers<SaturatingParameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const C = given.C ?? 200; // C (pF)
  const G = given.G ?? 10; // G (nS)
  const E_L = given.E_L ?? -70; // E_L (mV)
  // Exact propagator of I_e~SaturatingNMDA'', I_e~SaturatingNMDA', I_e~SaturatingNMDA, V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1 / C, -G / C]);
  const solved = propagator(A, 4, dt);
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    Q[0],
    D[4],
    Q[4],
    D[8],
    D[9],
    Q[8],
    D[12],
    D[13],
    D[14],
    D[15],
    Q[12],
    Q[15] * (1 / C),
    Q[15] * ((G * E_L) / C),
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 4);
  const V_at = memory.arrays[0];
  const I_e_SaturatingNMDA_at = memory.arrays[1];
  const I_e_SaturatingNMDA_prime_at = memory.arrays[2];
  const I_e_SaturatingNMDA_prime_prime_at = memory.arrays[3];
  const I_e_at = new Float64Array(1); // I_e (pA)
  const I_e_SaturatingNMDA_prime_prime_prime_at = new Float64Array(size); // given by the connections SaturatingNMDA (pA)
  const candidates = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
    I_e_SaturatingNMDA_at[i] = 0;
    I_e_SaturatingNMDA_prime_at[i] = 0;
    I_e_SaturatingNMDA_prime_prime_at[i] = 0;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const Q_I_e_SaturatingNMDA_prime_prime_I_e_SaturatingNMDA_prime_prime_prime = coefficient[0];
    const D_I_e_SaturatingNMDA_prime_I_e_SaturatingNMDA_prime_prime = coefficient[1];
    const Q_I_e_SaturatingNMDA_prime_I_e_SaturatingNMDA_prime_prime_prime = coefficient[2];
    const D_I_e_SaturatingNMDA_I_e_SaturatingNMDA_prime_prime = coefficient[3];
    const D_I_e_SaturatingNMDA_I_e_SaturatingNMDA_prime = coefficient[4];
    const Q_I_e_SaturatingNMDA_I_e_SaturatingNMDA_prime_prime_prime = coefficient[5];
    const D_V_I_e_SaturatingNMDA_prime_prime = coefficient[6];
    const D_V_I_e_SaturatingNMDA_prime = coefficient[7];
    const D_V_I_e_SaturatingNMDA = coefficient[8];
    const D_V_V = coefficient[9];
    const Q_V_I_e_SaturatingNMDA_prime_prime_prime = coefficient[10];
    const Q_V_I_e = coefficient[11];
    const c_V = coefficient[12];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // synapses.glif:136  post.I_e += w*s*unblocked(post.V, Mg)*(E_rev - post.V)  [exact propagator]
      const I_e_SaturatingNMDA_prime_prime = I_e_SaturatingNMDA_prime_prime_at[i];
      const I_e_SaturatingNMDA_prime_prime_prime = I_e_SaturatingNMDA_prime_prime_prime_at[i];
      const I_e_SaturatingNMDA_prime_prime_next =
        I_e_SaturatingNMDA_prime_prime +
        Q_I_e_SaturatingNMDA_prime_prime_I_e_SaturatingNMDA_prime_prime_prime * I_e_SaturatingNMDA_prime_prime_prime;
      // synapses.glif:136  post.I_e += w*s*unblocked(post.V, Mg)*(E_rev - post.V)  [exact propagator]
      const I_e_SaturatingNMDA_prime = I_e_SaturatingNMDA_prime_at[i];
      const I_e_SaturatingNMDA_prime_next =
        I_e_SaturatingNMDA_prime +
        (D_I_e_SaturatingNMDA_prime_I_e_SaturatingNMDA_prime_prime * I_e_SaturatingNMDA_prime_prime +
          Q_I_e_SaturatingNMDA_prime_I_e_SaturatingNMDA_prime_prime_prime * I_e_SaturatingNMDA_prime_prime_prime);
      // synapses.glif:136  post.I_e += w*s*unblocked(post.V, Mg)*(E_rev - post.V)  [exact propagator]
      const I_e_SaturatingNMDA = I_e_SaturatingNMDA_at[i];
      const I_e_SaturatingNMDA_next =
        I_e_SaturatingNMDA +
        (D_I_e_SaturatingNMDA_I_e_SaturatingNMDA_prime_prime * I_e_SaturatingNMDA_prime_prime +
          D_I_e_SaturatingNMDA_I_e_SaturatingNMDA_prime * I_e_SaturatingNMDA_prime +
          Q_I_e_SaturatingNMDA_I_e_SaturatingNMDA_prime_prime_prime * I_e_SaturatingNMDA_prime_prime_prime);
      // synapses.glif:310  V' = (I_e - G*(V - E_L))/C  [exact propagator]
      const V = V_at[i];
      const V_next =
        V +
        (D_V_I_e_SaturatingNMDA_prime_prime * I_e_SaturatingNMDA_prime_prime +
          D_V_I_e_SaturatingNMDA_prime * I_e_SaturatingNMDA_prime +
          D_V_I_e_SaturatingNMDA * I_e_SaturatingNMDA +
          D_V_V * V +
          Q_V_I_e_SaturatingNMDA_prime_prime_prime * I_e_SaturatingNMDA_prime_prime_prime +
          Q_V_I_e * I_e +
          c_V);
      I_e_SaturatingNMDA_prime_prime_at[i] = I_e_SaturatingNMDA_prime_prime_next;
      I_e_SaturatingNMDA_prime_at[i] = I_e_SaturatingNMDA_prime_next;
      I_e_SaturatingNMDA_at[i] = I_e_SaturatingNMDA_next;
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
    const I_e_SaturatingNMDA = I_e_SaturatingNMDA_at[i];
    return I_e + I_e_SaturatingNMDA;
  }

  function refractorySteps(): number {
    return 0;
  }

  return {
    kind: "grid",
    name: "Saturating",
    model: "Passive",
    size,
    memory,
    states: [
      { name: "V", unit: "mV", values: V_at },
      { name: "I_e~SaturatingNMDA", unit: "pA", values: I_e_SaturatingNMDA_at },
      { name: "I_e~SaturatingNMDA'", unit: "pA", values: I_e_SaturatingNMDA_prime_at },
      { name: "I_e~SaturatingNMDA''", unit: "pA", values: I_e_SaturatingNMDA_prime_prime_at },
    ],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "I_e~SaturatingNMDA",
        unit: "pA",
        kind: "state",
        read: (i: number) => I_e_SaturatingNMDA_at[i],
      },
      {
        name: "I_e~SaturatingNMDA'",
        unit: "pA",
        kind: "state",
        read: (i: number) => I_e_SaturatingNMDA_prime_at[i],
      },
      {
        name: "I_e~SaturatingNMDA''",
        unit: "pA",
        kind: "state",
        read: (i: number) => I_e_SaturatingNMDA_prime_prime_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
    ],
    inputs: { I_e: I_e_at, "I_e~SaturatingNMDA'''": I_e_SaturatingNMDA_prime_prime_prime_at },
    arrays: {
      V: V_at,
      "I_e~SaturatingNMDA": I_e_SaturatingNMDA_at,
      "I_e~SaturatingNMDA'": I_e_SaturatingNMDA_prime_at,
      "I_e~SaturatingNMDA''": I_e_SaturatingNMDA_prime_prime_at,
      "#in:I_e": I_e_at,
      "#in:I_e~SaturatingNMDA'''": I_e_SaturatingNMDA_prime_prime_prime_at,
    },
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

/** Connections AlphaCurrent from S to Alpha by AlphaCurrent. */
function projection_AlphaCurrent_S_Alpha(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_AlphaCurrent_rise_at = variableOf(target, "AlphaCurrent.rise");
  const connections = connect({
    name: "AlphaCurrent S->Alpha",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "AlphaCurrent"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([(exp(1) * setup["AlphaCurrent.w"]) / setup["AlphaCurrent.τ"]]);

  function deliver(i: number, from: number, to: number): void {
    const c_2 = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:50  rise <- rise + exp(1)*w/τ
      const post_AlphaCurrent_rise = post_AlphaCurrent_rise_at[j];
      post_AlphaCurrent_rise_at[j] = post_AlphaCurrent_rise + c_2;
    }
  }

  return {
    kind: "grid",
    name: "AlphaCurrent S->Alpha",
    connection: "AlphaCurrent",
    source: "S",
    target: "Alpha",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `AlphaCurrent`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections BiexpCurrent from S to Biexp by BiexpCurrent. */
function projection_BiexpCurrent_S_Biexp(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_BiexpCurrent_rise_at = variableOf(target, "BiexpCurrent.rise");
  const connections = connect({
    name: "BiexpCurrent S->Biexp",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "BiexpCurrent"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([
    ((1 / setup["BiexpCurrent.τ_rise"] - 1 / setup["BiexpCurrent.τ_decay"]) /
      (exp(
        -(
          ((setup["BiexpCurrent.τ_rise"] * setup["BiexpCurrent.τ_decay"]) /
            (setup["BiexpCurrent.τ_decay"] - setup["BiexpCurrent.τ_rise"])) *
          log(setup["BiexpCurrent.τ_decay"] / setup["BiexpCurrent.τ_rise"])
        ) / setup["BiexpCurrent.τ_decay"],
      ) -
        exp(
          -(
            ((setup["BiexpCurrent.τ_rise"] * setup["BiexpCurrent.τ_decay"]) /
              (setup["BiexpCurrent.τ_decay"] - setup["BiexpCurrent.τ_rise"])) *
            log(setup["BiexpCurrent.τ_decay"] / setup["BiexpCurrent.τ_rise"])
          ) / setup["BiexpCurrent.τ_rise"],
        ))) *
      setup["BiexpCurrent.w"],
  ]);

  function deliver(i: number, from: number, to: number): void {
    const c_2 = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:64  rise <- rise + slope*w
      const post_BiexpCurrent_rise = post_BiexpCurrent_rise_at[j];
      post_BiexpCurrent_rise_at[j] = post_BiexpCurrent_rise + c_2;
    }
  }

  return {
    kind: "grid",
    name: "BiexpCurrent S->Biexp",
    connection: "BiexpCurrent",
    source: "S",
    target: "Biexp",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `BiexpCurrent`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections Delta from S to Jump by Delta. */
function projection_Delta_S_Jump(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_V_at = variableOf(target, "V");
  const connections = connect({
    name: "Delta S->Jump",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "Delta"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["Delta.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const Delta_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:29  post.V <- post.V + w
      const post_V = post_V_at[j];
      post_V_at[j] = post_V + Delta_w;
    }
  }

  return {
    kind: "grid",
    name: "Delta S->Jump",
    connection: "Delta",
    source: "S",
    target: "Jump",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `Delta`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections ExpCurrent from S to Exp by ExpCurrent. */
function projection_ExpCurrent_S_Exp(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_ExpCurrent_I_at = variableOf(target, "ExpCurrent.I");
  const connections = connect({
    name: "ExpCurrent S->Exp",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "ExpCurrent"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([setup["ExpCurrent.w"]]);

  function deliver(i: number, from: number, to: number): void {
    const ExpCurrent_w = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:38  I <- I + w
      const post_ExpCurrent_I = post_ExpCurrent_I_at[j];
      post_ExpCurrent_I_at[j] = post_ExpCurrent_I + ExpCurrent_w;
    }
  }

  return {
    kind: "grid",
    name: "ExpCurrent S->Exp",
    connection: "ExpCurrent",
    source: "S",
    target: "Exp",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `ExpCurrent`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections NMDA from S to Slow by NMDA. */
function projection_NMDA_S_Slow(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_NMDA_rise_at = variableOf(target, "NMDA.rise");
  const connections = connect({
    name: "NMDA S->Slow",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "NMDA"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  const coefficient = new Float64Array([
    ((1 / setup["NMDA.τ_rise"] - 1 / setup["NMDA.τ_decay"]) /
      (exp(
        -(
          ((setup["NMDA.τ_rise"] * setup["NMDA.τ_decay"]) / (setup["NMDA.τ_decay"] - setup["NMDA.τ_rise"])) *
          log(setup["NMDA.τ_decay"] / setup["NMDA.τ_rise"])
        ) / setup["NMDA.τ_decay"],
      ) -
        exp(
          -(
            ((setup["NMDA.τ_rise"] * setup["NMDA.τ_decay"]) / (setup["NMDA.τ_decay"] - setup["NMDA.τ_rise"])) *
            log(setup["NMDA.τ_decay"] / setup["NMDA.τ_rise"])
          ) / setup["NMDA.τ_rise"],
        ))) *
      setup["NMDA.w"],
  ]);

  function deliver(i: number, from: number, to: number): void {
    const c_2 = coefficient[0];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:121  rise <- rise + slope*w
      const post_NMDA_rise = post_NMDA_rise_at[j];
      post_NMDA_rise_at[j] = post_NMDA_rise + c_2;
    }
  }

  return {
    kind: "grid",
    name: "NMDA S->Slow",
    connection: "NMDA",
    source: "S",
    target: "Slow",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `NMDA`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections SaturatingNMDA from S to Saturating by SaturatingNMDA. */
function projection_SaturatingNMDA_S_Saturating(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const pre_SaturatingNMDA_x_at = variableOf(source, "SaturatingNMDA.x");
  const pre_SaturatingNMDA_s_at = variableOf(source, "SaturatingNMDA.s");
  const post_V_at = variableOf(target, "V");
  const post_I_e_SaturatingNMDA_at = variableOf(target, "I_e~SaturatingNMDA");
  const post_I_e_SaturatingNMDA_prime_at = variableOf(target, "I_e~SaturatingNMDA'");
  const post_I_e_SaturatingNMDA_prime_prime_at = variableOf(target, "I_e~SaturatingNMDA''");
  const post_I_e_SaturatingNMDA_prime_prime_prime_at = variableOf(target, "#in:I_e~SaturatingNMDA'''");
  const connections = connect({
    name: "SaturatingNMDA S->Saturating",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "SaturatingNMDA"),
    bytesPerConnection: 0,
    memoryLimit: options.memoryLimit,
    progress: options.progress,
  });
  const count = connections.count;
  const target_of = connections.target;
  // Exact propagator of #pre:SaturatingNMDA.x: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A1 = new Float64Array([-1 / setup["SaturatingNMDA.τ_rise"]]);
  const solved1 = propagator(A1, 1, dt);
  const P1 = solved1.P;
  const coefficient = new Float64Array([
    setup["SaturatingNMDA.w"],
    setup["SaturatingNMDA.Mg"] / 3.57,
    setup["SaturatingNMDA.E_rev"],
    P1[0],
    setup["SaturatingNMDA.α"],
    1 / setup["SaturatingNMDA.τ_decay"],
    dt,
    -setup["SaturatingNMDA.α"],
    1 / dt,
    2 * (1 / dt),
    6 * ((1 / dt) * (1 / dt)),
  ]);

  function arrive(i: number): void {
    // synapses.glif:135  x <- x + 1
    const pre_SaturatingNMDA_x = pre_SaturatingNMDA_x_at[i];
    pre_SaturatingNMDA_x_at[i] = pre_SaturatingNMDA_x + 1;
  }

  function couple(i: number, from: number, to: number): void {
    const SaturatingNMDA_w = coefficient[0];
    const c_2 = coefficient[1];
    const SaturatingNMDA_E_rev = coefficient[2];
    const pre_SaturatingNMDA_s = pre_SaturatingNMDA_s_at[i];
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:136  post.I_e += w*s*unblocked(post.V, Mg)*(E_rev - post.V)
      const post_V = post_V_at[j];
      post_I_e_SaturatingNMDA_at[j] +=
        SaturatingNMDA_w *
        pre_SaturatingNMDA_s *
        (1 / (1 + c_2 * exp(-0.062 * post_V))) *
        (SaturatingNMDA_E_rev - post_V);
    }
  }

  function update(i: number, from: number, to: number): void {
    const SaturatingNMDA_w = coefficient[0];
    const c_2 = coefficient[1];
    const SaturatingNMDA_E_rev = coefficient[2];
    const P1_pre_SaturatingNMDA_x_2 = coefficient[3];
    const SaturatingNMDA_α = coefficient[4];
    const c_3 = coefficient[5];
    const dt = coefficient[6];
    const c_4 = coefficient[7];
    const c_7 = coefficient[8];
    const c_9 = coefficient[9];
    const c_10 = coefficient[10];
    const pre_SaturatingNMDA_x = pre_SaturatingNMDA_x_at[i];
    const pre_SaturatingNMDA_s = pre_SaturatingNMDA_s_at[i];
    // synapses.glif:133  x' = -x/τ_rise  [exact propagator]
    const pre_SaturatingNMDA_x_next = P1_pre_SaturatingNMDA_x_2 * pre_SaturatingNMDA_x;
    // synapses.glif:134  s' = α*x*(1 - s) - s/τ_decay  [exponential Euler]
    const x = 0.5 * (pre_SaturatingNMDA_x + pre_SaturatingNMDA_x_next);
    const x_2 = 1 - pre_SaturatingNMDA_s;
    const x_3 = pre_SaturatingNMDA_s * c_3;
    const pre_SaturatingNMDA_s_next =
      pre_SaturatingNMDA_s + (SaturatingNMDA_α * x * x_2 - x_3) * (dt * exprel((c_4 * x - c_3) * dt));
    for (let c = from; c < to; c++) {
      const j = target_of[c];
      // synapses.glif:136  post.I_e += w*s*unblocked(post.V, Mg)*(E_rev - post.V)
      const post_V = post_V_at[j];
      const x_4 = 1 / (1 + c_2 * exp(-0.062 * post_V));
      const x_5 = SaturatingNMDA_E_rev - post_V;
      const x_6 = SaturatingNMDA_w * x_4 * x_5;
      const x_7 = x_6 * (SaturatingNMDA_α * pre_SaturatingNMDA_x * x_2 - x_3);
      post_I_e_SaturatingNMDA_prime_at[j] += x_7;
      // synapses.glif:136  post.I_e += w*s*unblocked(post.V, Mg)*(E_rev - post.V)
      const x_8 =
        (SaturatingNMDA_w * pre_SaturatingNMDA_s_next * x_4 * x_5 -
          SaturatingNMDA_w * pre_SaturatingNMDA_s * x_4 * x_5) *
        c_7;
      const x_9 =
        x_6 *
        (SaturatingNMDA_α * pre_SaturatingNMDA_x_next * (1 - pre_SaturatingNMDA_s_next) -
          pre_SaturatingNMDA_s_next * c_3);
      post_I_e_SaturatingNMDA_prime_prime_at[j] += (3 * x_8 - (2 * x_7 + x_9)) * c_9;
      // synapses.glif:136  post.I_e += w*s*unblocked(post.V, Mg)*(E_rev - post.V)
      post_I_e_SaturatingNMDA_prime_prime_prime_at[j] += (x_7 + x_9 - 2 * x_8) * c_10;
    }
  }

  return {
    kind: "grid",
    name: "SaturatingNMDA S->Saturating",
    connection: "SaturatingNMDA",
    source: "S",
    target: "Saturating",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [
      { population: "Saturating", array: "I_e~SaturatingNMDA", constant: false },
      { population: "Saturating", array: "I_e~SaturatingNMDA'", constant: false },
      { population: "Saturating", array: "I_e~SaturatingNMDA''", constant: false },
      { population: "Saturating", array: "#in:I_e~SaturatingNMDA'''", constant: false },
    ],
    ahead: [],
    times: [
      {
        what: "the delay of `SaturatingNMDA`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    arrive,
    couple,
    update,
  };
}

/** Connections exc from S to Conductance by ExpConductance. */
function projection_exc_S_Conductance(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_exc_g_at = variableOf(target, "exc.g");
  const connections = connect({
    name: "exc S->Conductance",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "exc"),
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
      // synapses.glif:77  g <- g + w
      const post_exc_g = post_exc_g_at[j];
      post_exc_g_at[j] = post_exc_g + exc_w;
    }
  }

  return {
    kind: "grid",
    name: "exc S->Conductance",
    connection: "exc",
    source: "S",
    target: "Conductance",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `exc`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}

/** Connections inh from S to Inhibition by ExpConductance. */
function projection_inh_S_Inhibition(
  source: GridKernel,
  target: GridKernel,
  setup: Setup,
  dt: number,
  seed: number,
  options: Options,
): GridProjection {
  const post_inh_g_at = variableOf(target, "inh.g");
  const connections = connect({
    name: "inh S->Inhibition",
    seed,
    source: { size: source.size, first: 0, last: source.size - 1 },
    target: { size: target.size, first: 0, last: target.size - 1 },
    same: source.name === target.name,
    rule: "all",
    self: false,
    multiple: false,
    delay: delaySteps(0, dt, "inh"),
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
      // synapses.glif:77  g <- g + w
      const post_inh_g = post_inh_g_at[j];
      post_inh_g_at[j] = post_inh_g + inh_w;
    }
  }

  return {
    kind: "grid",
    name: "inh S->Inhibition",
    connection: "inh",
    source: "S",
    target: "Inhibition",
    connections: settled(connections),
    values: [],
    protects: [],
    fills: [],
    ahead: [],
    times: [
      {
        what: "the delay of `inh`",
        times: [0],
        rounded: true,
        lasts: false,
      },
    ],
    deliver,
  };
}
