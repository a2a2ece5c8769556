/*
 * Adapting: an experiment of Pyramidal95822000.
 * The intervals grow from 11 to 68 ms.
 *
 * Written by glif from aglif.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population Pyramidal95822000:
 *   v, I_adap and I_dep are linear in each other with constant coefficients: exact propagator.
 *   While refractory v, I_adap, I_dep, t_on, fired, lifted are held.
 */

import { allocate, exp, max, populationSize, propagator, settingsOf, simulate, stepsIn, timeOf } from "glif/runtime";
import type { Quantity, Numbers, Settable, GridKernel, Simulation } from "glif/runtime";

/** Parameters of Pyramidal95822000: Cell 95822000: pyramidal cell whose intervals grow sixfold. */
export interface Pyramidal95822000Parameters {
  /** resting potential (mV); -69.87349091880333 mV unless given */
  E_L?: Quantity<"mV">;
  /** threshold (mV); -53.26577311574557 mV unless given */
  V_th?: Quantity<"mV">;
  /** reset potential (mV); -61.39479773697692 mV unless given */
  V_r?: Quantity<"mV">;
  /** membrane capacitance (pF); 2025.1497683509533 pF unless given */
  C_m?: Quantity<"pF">;
  /** smallest current that makes the cell fire (pA); 1.952972365057326 pA unless given */
  I_th?: Quantity<"pA">;
  /** current that belongs to 1 in the paper's dimensionless equations (pA); 197.39296640782993 pA unless given */
  sc?: Quantity<"pA">;
  /** decay of I_dep; strength of both after-spike currents (1); 0.05744934693227635 unless given */
  β?: Quantity<"1">;
  /** how the potential drives itself (1); 0.013741993642262033 unless given */
  δ?: Quantity<"1">;
  /** I_dep at the onset of a current, per pA above I_th … (/pA); 0.23785372550802408 /pA unless given */
  D_I?: Quantity<"/pA">;
  /** … but at least this, which is also I_dep after a spike (1); 97.75381206577674 unless given */
  D_0?: Quantity<"1">;
  /** adaptation after a spike: its growth with the time since the onset … (1); 23734.288596955692 unless given */
  a?: Quantity<"1">;
  /** … how that depends on the current … (/pA); 0.001766135238999629 /nA unless given */
  b?: Quantity<"/pA">;
  /** … its value at the onset … (1); -23608.235244923802 unless given */
  c?: Quantity<"1">;
  /** … and the time in which half of the growth is reached (ms); 0.08026217657446401 ms unless given */
  τ_M?: Quantity<"ms">;
  /** refractory period (ms); 2 ms unless given */
  t_ref?: Quantity<"ms">;
  /** level of V under a current above I_th … (/pA); 0.0035 /pA unless given */
  ζ?: Quantity<"/pA">;
  /** level of V under a current above I_th … (/pA); 0.001 /pA unless given */
  ρ?: Quantity<"/pA">;
  /** … under one between 0 and I_th … (/pA); 0.0025 /pA unless given */
  η?: Quantity<"/pA">;
  /** … and under a negative one (/pA); 0.0035 /pA unless given */
  χ?: Quantity<"/pA">;
  /** lowest potential (mV); -90 mV unless given */
  V_min?: Quantity<"mV">;
  /** below this current the cell stops firing … (pA); 500 pA unless given */
  I_low?: Quantity<"pA">;
  /** … after s_low*I … (ms/pA); 0.0109999999999999 ms/pA unless given */
  s_low?: Quantity<"ms/pA">;
  /** … + d_low (ms); 194.95 ms unless given */
  d_low?: Quantity<"ms">;
  /** above this current the cell stops firing … (1 mA: never) (pA); 1 mA unless given */
  I_high?: Quantity<"pA">;
  /** … after s_high*I … (ms/pA); 1 ms/pA unless given */
  s_high?: Quantity<"ms/pA">;
  /** … + d_high (ms); 1e6 ms unless given */
  d_high?: Quantity<"ms">;
}

/** Parameters of the network and the experiment. */
export interface Setup {
  /** of the current (pA); 800 pA unless given */
  amplitude: number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.2 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    Pyramidal95822000?: Pyramidal95822000Parameters;
  };
  /** parameters of the network and the experiment */
  setup?: {
    amplitude?: Quantity<"pA">;
  };
  /** numbers of neurons by population */
  sizes?: {
    Pyramidal95822000?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "Adapting",
  duration: 400,
  step: 0.2,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    Pyramidal95822000: {
      E_L: "mV",
      V_th: "mV",
      V_r: "mV",
      C_m: "pF",
      I_th: "pA",
      sc: "pA",
      β: "1",
      δ: "1",
      D_I: "/pA",
      D_0: "1",
      a: "1",
      b: "/pA",
      c: "1",
      τ_M: "ms",
      t_ref: "ms",
      ζ: "/pA",
      ρ: "/pA",
      η: "/pA",
      χ: "/pA",
      V_min: "mV",
      I_low: "pA",
      s_low: "ms/pA",
      d_low: "ms",
      I_high: "pA",
      s_high: "ms/pA",
      d_high: "ms",
    },
  },
  setup: { amplitude: "pA" },
  elsewhere: {
    "Pyramidal95822000.v": "state",
    "Pyramidal95822000.I_adap": "state",
    "Pyramidal95822000.I_dep": "state",
    "Pyramidal95822000.t_on": "state",
    "Pyramidal95822000.fired": "state",
    "Pyramidal95822000.lifted": "state",
    "Pyramidal95822000.I_e": "stimulus",
  },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.2;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const given = settings.setup;
  const amplitude = given.amplitude ?? 800; // of the current (pA)
  const setup = { amplitude };
  const Pyramidal95822000 = population_Pyramidal95822000(
    populationSize("Pyramidal95822000", sizes.Pyramidal95822000 ?? 1),
    parameters.Pyramidal95822000 ?? {},
    setup,
    dt,
    seed,
  );
  return simulate({
    name: "Adapting",
    dt,
    seed,
    populations: [Pyramidal95822000],
    projections: [],
    spikesOf: ["Pyramidal95822000"],
    records: [
      {
        population: "Pyramidal95822000",
        variable: "V",
        first: 0,
        last: Pyramidal95822000.size - 1,
        every: 1,
      },
      {
        population: "Pyramidal95822000",
        variable: "I_adap",
        first: 0,
        last: Pyramidal95822000.size - 1,
        every: 1,
      },
      {
        population: "Pyramidal95822000",
        variable: "I_dep",
        first: 0,
        last: Pyramidal95822000.size - 1,
        every: 1,
      },
    ],
  });
}

/** The kernels of population Pyramidal95822000: one neuron of Pyramidal95822000. */
function population_Pyramidal95822000(
  size: number,
  given: Numbers<Pyramidal95822000Parameters>,
  setup: Setup,
  dt: number,
  seed: number,
): GridKernel {
  // Parameters.
  const E_L = given.E_L ?? -69.87349091880333; // resting potential (mV)
  const V_th = given.V_th ?? -53.26577311574557; // threshold (mV)
  const V_r = given.V_r ?? -61.39479773697692; // reset potential (mV)
  const C_m = given.C_m ?? 2025.1497683509533; // membrane capacitance (pF)
  const I_th = given.I_th ?? 1.952972365057326; // smallest current that makes the cell fire (pA)
  const sc = given.sc ?? 197.39296640782993; // current that belongs to 1 in the paper's dimensionless equations (pA)
  const β = given.β ?? 0.05744934693227635; // decay of I_dep; strength of both after-spike currents (1)
  const δ = given.δ ?? 0.013741993642262033; // how the potential drives itself (1)
  const D_I = given.D_I ?? 0.23785372550802408; // I_dep at the onset of a current, per pA above I_th … (/pA)
  const D_0 = given.D_0 ?? 97.75381206577674; // … but at least this, which is also I_dep after a spike (1)
  const a = given.a ?? 23734.288596955692; // adaptation after a spike: its growth with the time since the onset … (1)
  const b = given.b ?? 0.000001766135238999629; // … how that depends on the current … (/pA)
  const c_2 = given.c ?? -23608.235244923802; // … its value at the onset … (1)
  const τ_M = given.τ_M ?? 0.08026217657446401; // … and the time in which half of the growth is reached (ms)
  const t_ref = given.t_ref ?? 2; // refractory period (ms)
  const ζ = given.ζ ?? 0.0035; // level of V under a current above I_th … (/pA)
  const ρ = given.ρ ?? 0.001; // level of V under a current above I_th … (/pA)
  const η = given.η ?? 0.0025; // … under one between 0 and I_th … (/pA)
  const χ = given.χ ?? 0.0035; // … and under a negative one (/pA)
  const V_min = given.V_min ?? -90; // lowest potential (mV)
  const I_low = given.I_low ?? 500; // below this current the cell stops firing … (pA)
  const s_low = given.s_low ?? 0.0109999999999999; // … after s_low*I … (ms/pA)
  const d_low = given.d_low ?? 194.95; // … + d_low (ms)
  const I_high = given.I_high ?? 1000000000; // above this current the cell stops firing … (1 mA: never) (pA)
  const s_high = given.s_high ?? 1; // … after s_high*I … (ms/pA)
  const d_high = given.d_high ?? 1000000; // … + d_high (ms)
  // Exact propagator of I_dep, v, I_adap: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([
    β / ((C_m * E_L) / sc),
    0,
    0,
    (sc * β) / C_m,
    (-sc * (δ * (1 / E_L))) / C_m,
    (-sc * β) / C_m,
    0,
    1 / E_L / ((C_m * E_L) / sc),
    1 / ((C_m * E_L) / sc),
  ]);
  const solved = propagator(A, 3, dt);
  const P = solved.P;
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([
    P[0],
    D[3],
    D[4],
    D[5],
    Q[4] * (1 / C_m),
    Q[4] * ((sc * δ) / C_m) + Q[5] * (-1 / ((C_m * E_L) / sc)),
    D[6],
    D[7],
    D[8],
    Q[7] * (1 / C_m),
    Q[7] * ((sc * δ) / C_m) + Q[8] * (-1 / ((C_m * E_L) / sc)),
    I_th,
    I_high,
    s_high,
    d_high,
    I_low,
    s_low,
    d_low,
    V_min,
    E_L,
    ζ,
    ρ * I_th,
    η,
    χ,
    V_th - E_L,
    V_th,
    V_r,
    c_2,
    a,
    b,
    τ_M,
    D_0,
    D_I,
  ]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 9);
  const v_at = memory.arrays[0];
  const I_adap_at = memory.arrays[1];
  const I_dep_at = memory.arrays[2];
  const t_on_at = memory.arrays[3];
  const fired_at = memory.arrays[4];
  const lifted_at = memory.arrays[5];
  const was_event_1_at = memory.arrays[6];
  const was_event_2_at = memory.arrays[7];
  const was_event_3_at = memory.arrays[8];
  let t = 0;
  let t_next = dt;
  const I_e_at = new Float64Array(1); // injected current (pA)
  const begins = stepsIn(1, dt); // steps
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 3);
  for (let i = 0; i < size; i++) {
    v_at[i] = E_L;
    I_adap_at[i] = 0;
    I_dep_at[i] = 0;
    t_on_at[i] = 0;
    fired_at[i] = 0;
    lifted_at[i] = 0;
  }
  for (let i = 0; i < size; i++) {
    was_event_1_at[i] = 0 > I_th ? 1 : 0;
    was_event_2_at[i] = 0 > 0 ? 1 : 0;
    was_event_3_at[i] = 0 <= 0 ? 1 : 0;
  }

  function drive(tick: number): void {
    t = timeOf(tick, dt);
    t_next = timeOf(tick + 1, dt);
    const I_e_1 = tick >= begins ? setup.amplitude : 0;
    I_e_at[0] = I_e_1;
  }

  function shake(): void {}

  function update(low: number, high: number): number {
    const P_I_dep = coefficient[0];
    const D_v_I_dep = coefficient[1];
    const D_v_v = coefficient[2];
    const D_v_I_adap = coefficient[3];
    const Q_v_I_e = coefficient[4];
    const c_v = coefficient[5];
    const D_I_adap_I_dep = coefficient[6];
    const D_I_adap_v = coefficient[7];
    const D_I_adap_I_adap = coefficient[8];
    const Q_I_adap_I_e = coefficient[9];
    const c_I_adap = coefficient[10];
    const I_th = coefficient[11];
    const I_high = coefficient[12];
    const s_high = coefficient[13];
    const d_high = coefficient[14];
    const I_low = coefficient[15];
    const s_low = coefficient[16];
    const d_low = coefficient[17];
    const V_min = coefficient[18];
    const E_L = coefficient[19];
    const ζ = coefficient[20];
    const c_3 = coefficient[21];
    const η = coefficient[22];
    const χ = coefficient[23];
    const c_4 = coefficient[24];
    const V_th = coefficient[25];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // aglif.glif:63  I_dep' = -β*I_dep/T  [exact propagator]
      const I_dep = I_dep_at[i];
      const I_dep_next = P_I_dep * I_dep;
      // aglif.glif:61  v' = (I_e + sc*(β*(I_dep - I_adap) + δ*(1 - v/E_L)))/C_m  [exact propagator]
      const v = v_at[i];
      const I_adap = I_adap_at[i];
      const v_next = v + (D_v_I_dep * I_dep + D_v_v * v + D_v_I_adap * I_adap + Q_v_I_e * I_e + c_v);
      // aglif.glif:62  I_adap' = (1 - v/E_L - I_adap)/T  [exact propagator]
      const I_adap_next =
        I_adap + (D_I_adap_I_dep * I_dep + D_I_adap_v * v + D_I_adap_I_adap * I_adap + Q_I_adap_I_e * I_e + c_I_adap);
      I_dep_at[i] = I_dep_next;
      v_at[i] = v_next;
      I_adap_at[i] = I_adap_next;
      const fired = fired_at[i];
      const t_on = t_on_at[i];
      const T_block = I_e > I_high ? s_high * I_e + d_high : I_e < I_low ? s_low * I_e + d_low : 1000000000;
      const rise = I_e > I_th ? ζ * I_e - c_3 : I_e >= 0 ? η * I_e : χ * I_e;
      const level = max(V_min, E_L + (1 - exp(-rise)) * c_4);
      // aglif.glif:86  spike when V > V_th
      if ((I_e <= I_th || (fired === 1 && t_next - t_on >= T_block) ? level : v_next) > V_th) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      scratch[index * 3] = I_dep_at[i];
      scratch[index * 3 + 1] = v_at[i];
      scratch[index * 3 + 2] = I_adap_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      I_dep_at[i] = scratch[index * 3];
      v_at[i] = scratch[index * 3 + 1];
      I_adap_at[i] = scratch[index * 3 + 2];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > V_th
    const V_r = coefficient[26];
    const c_2 = coefficient[27];
    const a = coefficient[28];
    const b = coefficient[29];
    const τ_M = coefficient[30];
    const D_0 = coefficient[31];
    const I_e = I_e_at[0];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // aglif.glif:88  v <- V_r
      const v_after = V_r;
      // aglif.glif:89  I_adap <- monod
      const t_on = t_on_at[i];
      const x = t_next - t_on;
      const I_adap_after = max(0, c_2 + (a * exp(b * I_e) * x) / (τ_M + x));
      // aglif.glif:90  I_dep <- D_0
      const I_dep_after = D_0;
      // aglif.glif:91  fired <- 1
      const fired_after = 1;
      v_at[i] = v_after;
      I_adap_at[i] = I_adap_after;
      I_dep_at[i] = I_dep_after;
      fired_at[i] = fired_after;
    }
  }

  function holds(i: number): boolean {
    const I_th = coefficient[11];
    const I_high = coefficient[12];
    const s_high = coefficient[13];
    const d_high = coefficient[14];
    const I_low = coefficient[15];
    const s_low = coefficient[16];
    const d_low = coefficient[17];
    const V_min = coefficient[18];
    const E_L = coefficient[19];
    const ζ = coefficient[20];
    const c_3 = coefficient[21];
    const η = coefficient[22];
    const χ = coefficient[23];
    const c_4 = coefficient[24];
    const V_th = coefficient[25];
    const I_e = I_e_at[0];
    const fired = fired_at[i];
    const t_on = t_on_at[i];
    const T_block = I_e > I_high ? s_high * I_e + d_high : I_e < I_low ? s_low * I_e + d_low : 1000000000;
    const rise = I_e > I_th ? ζ * I_e - c_3 : I_e >= 0 ? η * I_e : χ * I_e;
    const level = max(V_min, E_L + (1 - exp(-rise)) * c_4);
    const v = v_at[i];
    return (I_e <= I_th || (fired === 1 && t_next - t_on >= T_block) ? level : v) > V_th;
  }

  function detect_event_1(low: number, high: number, found: Int32Array): number {
    // on I_e > I_th: when it becomes true
    const I_th = coefficient[11];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      const now = I_e > I_th ? 1 : 0;
      if (now > was_event_1_at[i]) {
        found[count] = i;
        count += 1;
      }
      was_event_1_at[i] = now;
    }
    return count;
  }

  function apply_event_1(neurons: Int32Array, count: number): void {
    // on I_e > I_th
    const I_th = coefficient[11];
    const V_min = coefficient[18];
    const E_L = coefficient[19];
    const ζ = coefficient[20];
    const c_3 = coefficient[21];
    const η = coefficient[22];
    const χ = coefficient[23];
    const c_4 = coefficient[24];
    const D_0 = coefficient[31];
    const D_I = coefficient[32];
    const I_e = I_e_at[0];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // aglif.glif:77  t_on <- t
      const t_on_after = t_next;
      // aglif.glif:78  fired <- 0
      const fired_after = 0;
      // aglif.glif:79  I_dep <- max(D_0, D_I*(I_e - I_th))
      const I_dep_after = max(D_0, D_I * (I_e - I_th));
      // aglif.glif:80  I_adap <- 0
      const I_adap_after = 0;
      // aglif.glif:81  v <- if lifted == 1 then level else E_L
      const lifted = lifted_at[i];
      const rise = I_e > I_th ? ζ * I_e - c_3 : I_e >= 0 ? η * I_e : χ * I_e;
      const level = max(V_min, E_L + (1 - exp(-rise)) * c_4);
      const v_after = lifted === 1 ? level : E_L;
      t_on_at[i] = t_on_after;
      fired_at[i] = fired_after;
      I_dep_at[i] = I_dep_after;
      I_adap_at[i] = I_adap_after;
      v_at[i] = v_after;
    }
  }

  function detect_event_2(low: number, high: number, found: Int32Array): number {
    // on I_e > 0: when it becomes true
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      const now = I_e > 0 ? 1 : 0;
      if (now > was_event_2_at[i]) {
        found[count] = i;
        count += 1;
      }
      was_event_2_at[i] = now;
    }
    return count;
  }

  function apply_event_2(neurons: Int32Array, count: number): void {
    // on I_e > 0
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // aglif.glif:83  lifted <- 1
      const lifted_after = 1;
      lifted_at[i] = lifted_after;
    }
  }

  function detect_event_3(low: number, high: number, found: Int32Array): number {
    // on I_e <= 0: when it becomes true
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      const now = I_e <= 0 ? 1 : 0;
      if (now > was_event_3_at[i]) {
        found[count] = i;
        count += 1;
      }
      was_event_3_at[i] = now;
    }
    return count;
  }

  function apply_event_3(neurons: Int32Array, count: number): void {
    // on I_e <= 0
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // aglif.glif:84  lifted <- 0
      const lifted_after = 0;
      lifted_at[i] = lifted_after;
    }
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    return I_e;
  }

  function read_V(i: number): number {
    const I_th = coefficient[11];
    const I_high = coefficient[12];
    const s_high = coefficient[13];
    const d_high = coefficient[14];
    const I_low = coefficient[15];
    const s_low = coefficient[16];
    const d_low = coefficient[17];
    const V_min = coefficient[18];
    const E_L = coefficient[19];
    const ζ = coefficient[20];
    const c_3 = coefficient[21];
    const η = coefficient[22];
    const χ = coefficient[23];
    const c_4 = coefficient[24];
    const I_e = I_e_at[0];
    const fired = fired_at[i];
    const t_on = t_on_at[i];
    const T_block = I_e > I_high ? s_high * I_e + d_high : I_e < I_low ? s_low * I_e + d_low : 1000000000;
    const rise = I_e > I_th ? ζ * I_e - c_3 : I_e >= 0 ? η * I_e : χ * I_e;
    const level = max(V_min, E_L + (1 - exp(-rise)) * c_4);
    const v = v_at[i];
    const V = I_e <= I_th || (fired === 1 && t - t_on >= T_block) ? level : v;
    return V;
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "Pyramidal95822000",
    model: "Pyramidal95822000",
    size,
    memory,
    states: [
      { name: "v", unit: "mV", values: v_at },
      { name: "I_adap", unit: "1", values: I_adap_at },
      { name: "I_dep", unit: "1", values: I_dep_at },
      { name: "t_on", unit: "ms", values: t_on_at },
      { name: "fired", unit: "1", values: fired_at },
      { name: "lifted", unit: "1", values: lifted_at },
    ],
    observables: [
      {
        name: "v",
        unit: "mV",
        kind: "state",
        read: (i: number) => v_at[i],
      },
      {
        name: "I_adap",
        unit: "1",
        kind: "state",
        read: (i: number) => I_adap_at[i],
      },
      {
        name: "I_dep",
        unit: "1",
        kind: "state",
        read: (i: number) => I_dep_at[i],
      },
      {
        name: "t_on",
        unit: "ms",
        kind: "state",
        read: (i: number) => t_on_at[i],
      },
      {
        name: "fired",
        unit: "1",
        kind: "state",
        read: (i: number) => fired_at[i],
      },
      {
        name: "lifted",
        unit: "1",
        kind: "state",
        read: (i: number) => lifted_at[i],
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
      {
        name: "V",
        unit: "mV",
        kind: "other",
        read: read_V,
      },
    ],
    inputs: {},
    arrays: {
      v: v_at,
      I_adap: I_adap_at,
      I_dep: I_dep_at,
      t_on: t_on_at,
      fired: fired_at,
      lifted: lifted_at,
      "#in:I_e": I_e_at,
    },
    held: ["v", "I_adap", "I_dep", "t_on", "fired", "lifted"],
    parameters: {
      E_L,
      V_th,
      V_r,
      C_m,
      I_th,
      sc,
      β,
      δ,
      D_I,
      D_0,
      a,
      b,
      c: c_2,
      τ_M,
      t_ref,
      ζ,
      ρ,
      η,
      χ,
      V_min,
      I_low,
      s_low,
      d_low,
      I_high,
      s_high,
      d_high,
    },
    times: [
      {
        what: "`from` of `Pyramidal95822000.I_e`",
        times: [1],
        rounded: true,
        lasts: false,
      },
      {
        what: "the refractory period of `Pyramidal95822000`",
        times: [t_ref],
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
    events: [
      { detect: detect_event_1, apply: apply_event_1 },
      { detect: detect_event_2, apply: apply_event_2 },
      { detect: detect_event_3, apply: apply_event_3 },
    ],
  };
}
