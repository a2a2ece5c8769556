// What an emitted module hands to the runtime: the kernels of one population, and what may be looked at.
import type { DelayLine } from "./delayLine.ts";
import type { Memory } from "./memory.ts";
import type { ModelTime } from "./rounding.ts";

/** A value of each neuron that can be recorded. */
export interface Observable {
  /** `V`, `I[1]`, `Na.m`, `Θ` */
  readonly name: string;
  /** The unit that `read` answers in. */
  readonly unit: string;
  readonly kind: "state" | "input" | "other";
  /** Value of neuron `i` as it stands. */
  read(i: number): number;
}

export interface StateArray {
  readonly name: string;
  /** Canonical unit: mV, pA, nS, ms, … */
  readonly unit: string;
  readonly values: Float64Array;
}

/** An `on` event: found when its condition becomes true, then applied to the neurons found. */
export interface EventKernel {
  /** Writes the neurons in [low, high) whose condition has just become true, or whose time has come, to `found` and returns how many. */
  detect(low: number, high: number, found: Int32Array): number;
  apply(neurons: Int32Array, count: number): void;
  /** It goes by the clock: refractory neurons have it, too. */
  readonly byClock?: true;
}

/** Spikes from outside of the network. */
export interface SpikeSource {
  /** The neurons that `fire` found, ascending; one that spikes several times in a step stands there as often. */
  readonly spikes: Int32Array;
  /** When each of them spiked (ms), where that is not the end of the step. */
  readonly times?: Float64Array;
  /** All times that were given (ms), where they are rounded to the step. */
  readonly given?: ArrayLike<number>;
  /** Finds the spikes of neurons low .. high - 1, all unless given, at the end of step n, t = (n + 1)·dt, and returns how many. Step -1 ends at the beginning of the run. */
  fire(n: number, low?: number, high?: number): number;
}

/** What both ways of stepping share. Times are ms; `n` counts steps from 0. */
export interface PopulationBase {
  readonly name: string;
  readonly model: string;
  readonly size: number;
  readonly memory: Memory;
  readonly states: readonly StateArray[];
  readonly observables: readonly Observable[];
  /** Inputs that stay as they are until somebody writes to them, one value or one a neuron; canonical units. */
  readonly inputs: Readonly<Record<string, Float64Array>>;
  /** Everything of a neuron that a connection may read or write, by name: states, parameters that differ between neurons, and inputs (`#in:I_e`; one value where all neurons have the same). */
  readonly arrays: Readonly<Record<string, Float64Array>>;
  /** States that keep their value while a neuron is refractory. */
  readonly held: readonly string[];
  /** Where the spikes come from if not from neurons. */
  readonly source?: SpikeSource;
  /** Whether its loops run in WebAssembly, those that can; the bits are the same. Absent where only JavaScript was asked for. */
  readonly backend?: "webassembly" | "javascript";
  /** Values of the parameters in use, for the record: canonical units, the first neuron's where they differ. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Times of its model that the step has a say in. */
  readonly times?: readonly ModelTime[];
  /** Sets inputs and the time to what they are from t = n·dt on; may be called again. */
  drive(n: number): void;
  /** Refractory periods are made of states: known at the spike alone. */
  readonly periodsAtSpikes?: true;
  /** Draws the noise of step n. */
  shake(n: number): void;
}

/** Kernels of a population that steps on the grid. */
export interface GridKernel extends PopulationBase {
  readonly kind: "grid";
  /** Integrates [low, high) over one step; where a spike is a level (`V > Θ`), writes the neurons that meet it to `candidates`. */
  update(low: number, high: number): number;
  readonly candidates: Int32Array;
  /** Where a spike is a crossing: finds the neurons whose condition has just become true, like an event. */
  readonly crossings?: EventKernel["detect"];
  /** Integrates the refractory neurons with what they hold, before `update`; `restore` puts the results back after it. */
  hold(neurons: Int32Array, count: number): void;
  /** The neuron whose equations are being integrated, where that takes substeps. */
  underWay?(): number;
  restore(neurons: Int32Array, count: number): void;
  /** States that are read as they were. `drive` recalls them. */
  readonly pasts?: readonly DelayLine[];
  /** For the list of refractory neurons, where these two read it in a memory of their own. */
  readonly refractory?: Int32Array;
  /** Number of steps neuron i stays refractory after a spike; 0 for none. */
  refractorySteps(i: number): number;
  reset(neurons: Int32Array, count: number): void;
  /** Where spikes are drawn with a rate: that of neuron i as it stands (1/ms). One that is negative or no number makes its neuron a candidate. */
  rate?(i: number): number;
  /** Whether the spike condition of neuron i holds as it stands: after a reset it should not. */
  holds(i: number): boolean;
  readonly events: readonly EventKernel[];
  /** After resets and events of these neurons: conditions that are false now may become true in the next step. */
  rearm?(neurons: Int32Array, count: number): void;
}

/** One condition located inside a step; y is the state of one neuron at time t (ms). */
export interface PreciseCondition {
  /** As written: `on y < 0 mV` */
  readonly text: string;
  holds(t: number, y: Float64Array): boolean;
  /** Positive where it holds, negative where it does not, 0 on the border, and smooth between the edges of the kernel where the condition compares what is. */
  margin(t: number, y: Float64Array): number;
  /** Whether it was true before the run, when nothing was set from outside. */
  initial(i: number): boolean;
  /** y <- state after the event */
  apply(t: number, y: Float64Array): void;
}

/**
 * Where a part u of a condition jumps or bends: `floor(u)`, `ceil(u)` and `round(u)` at whole numbers and halves; at 0 a choice by `u > 0` ("above") or by `u >= 0` ("from").
 * Nothing happens at an edge itself, but between edges every condition is smooth.
 */
export type EdgeKind = "floor" | "ceil" | "round" | "above" | "from";

/** The edges inside the conditions of a population. */
export interface Edges {
  readonly kinds: readonly EdgeKind[];
  /** u <- the u of each, for state y at time t (ms). */
  values(t: number, y: Float64Array, u: Float64Array): void;
}

/** Kernels of a population whose spikes are located inside the step. They work on the state `y` of neuron `i`, loaded first. */
export interface PreciseKernel extends PopulationBase {
  readonly kind: "precise";
  /** Makes neuron i the one the other functions speak of. */
  load(i: number, y: Float64Array): void;
  store(i: number, y: Float64Array): void;
  /** y <- state after h ms from t, with nothing held. */
  flow(t: number, h: number, y: Float64Array): void;
  /** The same while refractory. */
  flowHeld(t: number, h: number, y: Float64Array): void;
  /** Whether `flow` is the solution itself, however long the way. */
  readonly solved: boolean;
  /** Where `flow` chooses substeps of its own: how many the last call took. */
  substeps?(): number;
  /** Looks for crossings (ms): the first one after a disturbance, and how far apart two may lie; Infinity where nothing in the model tells. */
  firstLook(): number;
  longestLook(): number;
  /** Length of the refractory period (ms) after a spike that left the state y, 0 for none. */
  refractoryPeriod(y: Float64Array): number;
  readonly spike?: PreciseCondition & { readonly crossing: boolean };
  readonly events: readonly PreciseCondition[];
  /** Absent where all conditions are smooth. */
  readonly edges?: Edges;
}

export type PopulationKernel = GridKernel | PreciseKernel;
