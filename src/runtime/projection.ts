// What an emitted module hands to the runtime for the connections between two populations, and what it needs to make them.
import { stepsIn } from "./clock.ts";
import { ConnectionError, type Connections } from "./connectivity.ts";
import type { PopulationBase } from "./kernel.ts";
import type { KeptVariable } from "./past.ts";
import { rowStream, type Stream } from "./random.ts";
import type { ModelTime } from "./rounding.ts";

/** What the projections of both ways of stepping share. */
export interface ProjectionBase {
  /** `exc E->I` */
  readonly name: string;
  readonly connection: string;
  readonly source: string;
  readonly target: string;
  readonly connections: Connections;
  /** Values that differ between connections, in the order of the connections. */
  readonly values: readonly ConnectionArray[];
  /** Its delays, where they are written or come from a file and are rounded to the step. */
  readonly times?: readonly ModelTime[];
}

/** The kernel of a projection whose spikes arrive at any time inside a step. */
export interface PreciseProjection extends ProjectionBase {
  readonly kind: "precise";
  /** Delay of each connection, or of all (ms). */
  readonly delays: Float64Array | number;
  /** state <- state of target j after a spike of source i arrives through connection c at time t (ms). */
  jump(i: number, j: number, c: number, t: number, state: Float64Array): void;
}

export type Projection = GridProjection | PreciseProjection;

/**
 * The kernels of one projection on the grid. Each works on the connections [from, to) of one source `i`, or on the entries [from, to) of the connections that reach one
 * target `j`, so that each is a single loop.
 */
export interface GridProjection extends ProjectionBase {
  readonly kind: "grid";
  /** By target; only where postsynaptic spikes do something. */
  readonly incoming?: { readonly starts: Int32Array; readonly position: Int32Array; readonly source: Int32Array };
  /** Populations whose held states its events write to. */
  readonly protects: readonly string[];
  /** What it writes there is read by events of the same moment: it is undone connection by connection. */
  readonly oneByOne?: true;
  /** Arrays that its continuous coupling fills: inputs, `#in:I~exc`, and sums that move inside the step, `I~exc`. */
  readonly fills: readonly { readonly population: string; readonly array: string; readonly constant: boolean }[];
  /** States of neurons that the states of connections see move, and the arrays for how fast they will in the step. */
  readonly ahead: readonly { readonly population: string; readonly state: string; readonly slope: string }[];
  /** What connections read as it was a delay ago. */
  readonly kept?: readonly KeptVariable[];
  /** Sets the time to t = n·dt, where something depends on it. */
  drive?(n: number): void;
  /** A spike of source i arrives at its connections [from, to). */
  deliver?(i: number, from: number, to: number): void;
  /** In place of `deliver` where a source has one connection at most: all spikes of a list at once, its entries [from, to). */
  deliverEach?(ring: Int32Array, mask: number, from: number, to: number): void;
  /** The same at what lives at the source itself, after its connections. */
  arrive?(i: number): void;
  /** A spike of target j, at its incoming connections. */
  reply?(j: number, from: number, to: number): void;
  /** The same at what lives at the target itself, after its connections. */
  settle?(j: number): void;
  /** Adds what the connections of source i give in every step to the inputs of the neurons at their ends. `row`: of the past that they read. */
  couple?(i: number, from: number, to: number, row: number): void;
  /** The part of it that never changes: added up once. */
  coupleOnce?(i: number, from: number, to: number): void;
  /** Integrates the states of the connections of source i over one step, and adds up how what they give moves in it. */
  update?(i: number, from: number, to: number, row: number): void;
}

export interface ConnectionArray {
  readonly name: string;
  readonly role: "weight" | "param" | "state";
  /** Canonical unit. */
  readonly unit: string;
  readonly values: Float64Array | Float32Array;
  /** Part of what a run changes. */
  readonly changes: boolean;
}

/** The array of a neuron's variable, as connections read and write it. */
export function variableOf(population: PopulationBase, name: string): Float64Array {
  const array = Object.hasOwn(population.arrays, name) ? population.arrays[name] : undefined;
  if (array === undefined)
    throw new Error(
      `population '${population.name}' has no variable '${name}'; there are ${Object.keys(population.arrays).join(", ")}`,
    );
  return array;
}

/** The one value that all neurons of a population have. */
export function parameterOf(population: PopulationBase, name: string): number {
  const value = Object.hasOwn(population.parameters, name) ? population.parameters[name] : undefined;
  if (value === undefined) throw new Error(`population '${population.name}' has no parameter '${name}'`);
  return value;
}

/** A delay (ms) in steps, rounded to the nearest. */
export function delaySteps(delay: number, dt: number, connection: string): number {
  if (!(delay >= 0 && delay < Infinity))
    throw new ConnectionError(connection, `a delay of \`${connection}\` is ${delay} ms`);
  return stepsIn(delay, dt);
}

/** The same without what only making their values needed. */
export function settled(connections: Connections): Connections {
  return { ...connections, rank: null };
}

/** The source neuron of connection c. */
export function sourceOf({ starts, delays, firstSource }: Connections, c: number): number {
  let low = 0,
    high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= c) low = middle;
    else high = middle;
  }
  return firstSource + Math.floor(low / delays.length);
}

/** Which of the given pairs each connection is. */
export function pairsOf({ pair }: Connections): Int32Array {
  if (pair === null) throw new Error("these connections were not made from a list of pairs");
  return pair;
}

/**
 * out[c] = value(row, k, i, j, c) for every connection c of source i to target j, the k-th of its row before it was sorted by delay; `row` is that source's
 * stream of draws.
 */
export function fillConnections(
  connections: Connections,
  draws: Stream,
  out: Float64Array | Float32Array,
  value: (row: Stream, k: number, i: number, j: number, c: number) => number,
): void {
  const { starts, target, rank, firstSource } = connections;
  const delays = connections.delays.length;
  const rows = (starts.length - 1) / delays;
  for (let r = 0; r < rows; r++) {
    const i = firstSource + r;
    const row = rowStream(draws, i);
    const first = starts[r * delays] as number;
    const end = starts[(r + 1) * delays] as number;
    for (let c = first; c < end; c++)
      out[c] = value(row, rank === null ? c - first : (rank[c] as number), i, target[c] as number, c);
  }
}
