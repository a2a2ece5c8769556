// Spikes on their way between populations, in the order of the language reference, "Time": deliver, couple, integrate the connections; after the neurons' step, send.
import type { PopulationKernel } from "./kernel.ts";
import { keepValues, pastRow } from "./past.ts";
import { variableOf, type GridProjection } from "./projection.ts";
import { enlarged } from "./recording.ts";
import { spikeHistory, type SpikeHistory } from "./spikeHistory.ts";

export interface Network {
  /** Steps 1 of the clock at t_n, and everything that connections do before the neurons move. */
  before(n: number): void;
  /** What connections give at t_n, from the values as they stand: for a look at inputs between steps. */
  gather(n: number): void;
  /** The spikes of population p at t_n (or in the step before it) leave. */
  send(p: number, n: number, spikes: SentSpikes): void;
  /** Postsynaptic plasticity sees them at once. */
  reply(p: number, n: number, spikes: SentSpikes): void;
  /** Whether spikes of population p are wanted by anybody. */
  listens(p: number): boolean;
  save(): void;
  restore(): void;
}

/** Spikes of one population in one step. */
export interface SentSpikes {
  readonly neurons: Int32Array;
  readonly count: number;
  /** ms; where they are located inside the step. */
  readonly times?: Float64Array;
}

/** A state of a population, and how fast it will move in a step (per ms). */
export interface Course {
  readonly values: Float64Array;
  readonly slope: Float64Array;
}

/** Neurons as connections meet them. */
export interface Neurons {
  /** Looks how fast states will move in step n, from its beginning to its end before any reset, with what connections give at its beginning. */
  lookAhead(n: number, courses: readonly Course[]): void;
  /** Keeps the held states of the neurons that are refractory in step n from what arrives: `undo` undoes what was done to neuron i, `unprotect` to all. */
  protect(n: number): void;
  undo(i: number): void;
  unprotect(): void;
}

/** The spikes on their way from each population; null where nobody waits for them. */
export function historiesOf(
  populations: readonly PopulationKernel[],
  projections: readonly GridProjection[],
): readonly (SpikeHistory | null)[] {
  return populations.map(({ name }) => {
    const delays = projections.flatMap((p) =>
      p.source === name && receives(p) ? [p.connections.delays.at(-1) ?? 0] : [],
    );
    return delays.length === 0 ? null : spikeHistory(Math.max(...delays) + 1);
  });
}

export function network(
  populations: readonly PopulationKernel[],
  all: readonly GridProjection[],
  neurons: readonly Neurons[],
  histories: readonly (SpikeHistory | null)[],
  { segmentsOf, kept }: Connected = ALL_CONNECTIONS,
): Network {
  const indexOf = (name: string): number => populations.findIndex((p) => p.name === name);
  const neuronsOf = (name: string): Neurons => neurons[indexOf(name)] as Neurons;
  const segments = new Map(all.map((p) => [p.name, segmentsOf(p)]));
  const projections = all.map((p) => (p.oneByOne ? oneByOne(p, neuronsOf(p.source), neuronsOf(p.target)) : p));
  const looks = populations.map(({ name }, p) =>
    arrivingFrom(
      histories[p] ?? null,
      projections.filter((q) => q.source === name && receives(q)),
    ),
  );
  const delivering = projections
    .filter((p) => receives(p))
    .map((projection) => {
      const look = looks[indexOf(projection.source)] as Arriving;
      const places = projection.connections.delays.map((delay) => look.ages.indexOf(delay));
      return { projection, look, places, segments: segments.get(projection.name) as Segments };
    });
  const forEachRow = (p: GridProjection, kernel: RowKernel, n: number): void =>
    forEachSegment(p, segments.get(p.name) as Segments, kernel, n);
  const replying = populations.map((population) =>
    projections.filter((p) => p.target === population.name && (p.reply !== undefined || p.settle !== undefined)),
  );
  const coupling = projections.filter((p) => p.couple !== undefined);
  const moving = projections.filter((p) => p.update !== undefined);
  const timed = projections.filter((p) => p.drive !== undefined);
  const protectedBy = (some: readonly GridProjection[]): Neurons[] =>
    [...new Set(some.flatMap((p) => p.protects))].map(neuronsOf);
  const protectedFromArrivals = protectedBy(delivering.map((d) => d.projection));
  const protectedFromReplies = replying.map(protectedBy);

  const sums = filledArrays(populations, projections, false);
  const couple = (n: number): void => {
    for (const sum of sums) sum.fill(0);
    for (const p of coupling) forEachRow(p, p.couple as RowKernel, n);
  };
  const slopes = new Set(projections.flatMap((p) => p.ahead.map((a) => a.slope)));
  const pasts = projections.flatMap((p) =>
    (p.kept ?? []).map((k) => {
      const population = populations[indexOf(k.population)] as PopulationKernel;
      const values = variableOf(population, k.array);
      return { isSlope: slopes.has(k.array), keep: (n: number) => keepValues(values, k.past, n, p.connections) };
    }),
  );
  /** How fast states move is known after a look ahead, and nothing moves before the run. */
  const keep = (n: number, isSlope: boolean): void => {
    for (const k of pasts) if (k.isSlope === isSlope) k.keep(n);
  };

  const courses = populations
    .map((population, p) => {
      const names = [
        ...new Map(
          projections.flatMap((q) => q.ahead.filter((a) => a.population === population.name)).map((a) => [a.state, a]),
        ).values(),
      ];
      return {
        neurons: neurons[p] as Neurons,
        courses: names.map((a): Course => ({
          values: variableOf(population, a.state),
          slope: variableOf(population, a.slope),
        })),
      };
    })
    .filter((c) => c.courses.length > 0);

  /** Values of connections that change, and what they were. */
  const changing = projections.flatMap((p) =>
    p.values.filter((v) => v.changes).map((v) => ({ values: kept(v.values), copy: null as typeof v.values | null })),
  );

  return {
    before(n) {
      for (const p of timed) p.drive?.(n);
      if (n === 0) keep(-1, false);
      for (const p of protectedFromArrivals) p.protect(n);
      for (const { history, ages, from, to } of looks) history?.look(n, ages, from, to);
      for (const { projection, look, places, segments } of delivering) arrivals(projection, segments, look, places);
      for (const p of protectedFromArrivals) p.unprotect();
      keep(n, false);
      couple(n);
      for (const c of courses) c.neurons.lookAhead(n, c.courses);
      keep(n, true);
      for (const p of moving) forEachRow(p, p.update as RowKernel, n);
    },
    gather(n) {
      for (const p of coupling) p.drive?.(n);
      if (n === 0) keep(-1, false);
      keep(n, false);
      couple(n);
    },
    send(p, n, { neurons, count }) {
      histories[p]?.push(n, neurons, count);
    },
    reply(p, n, { neurons, count }) {
      const repliers = replying[p] as readonly GridProjection[];
      if (count === 0 || repliers.length === 0) return;
      for (const shield of protectedFromReplies[p] as readonly Neurons[]) shield.protect(n);
      for (const projection of repliers) {
        projection.drive?.(n);
        replies(projection, neurons, count);
      }
      for (const shield of protectedFromReplies[p] as readonly Neurons[]) shield.unprotect();
    },
    listens: (p) => histories[p] !== null || (replying[p] as readonly GridProjection[]).length > 0,
    save() {
      for (const history of histories) history?.save();
      for (const change of changing) (change.copy ??= change.values.slice()).set(change.values);
    },
    restore() {
      for (const history of histories) history?.restore();
      for (const { values, copy } of changing) if (copy !== null) values.set(copy);
    },
  };
}

/** Adds up once what connections give in every step alike. */
export function coupleForGood(
  populations: readonly PopulationKernel[],
  projections: readonly GridProjection[],
  segmentsOf: Connected["segmentsOf"] = ALL_CONNECTIONS.segmentsOf,
): void {
  for (const constants of filledArrays(populations, projections, true)) constants.fill(0);
  for (const p of projections) if (p.coupleOnce !== undefined) forEachSegment(p, segmentsOf(p), p.coupleOnce, 0);
}

/** What couplings fill, in every step or once. */
function filledArrays(
  populations: readonly PopulationKernel[],
  projections: readonly GridProjection[],
  constant: boolean,
): readonly Float64Array[] {
  const fills = projections.flatMap((p) => p.fills.filter((f) => f.constant === constant));
  const arrayOf = ({ population, array }: (typeof fills)[number]): Float64Array =>
    variableOf(populations.find((p) => p.name === population) as PopulationKernel, array);
  return [...new Set(fills.map(arrayOf))];
}

/** Whether spikes do something where they arrive. */
export function receives(p: GridProjection): boolean {
  return p.deliver !== undefined || p.deliverEach !== undefined || p.arrive !== undefined;
}

/** What a spike does through one connection to states that are held is undone before its next connection reads them. */
function oneByOne(p: GridProjection, source: Neurons, target: Neurons): GridProjection {
  const undoAt = (i: number, j: number): void => {
    if (p.protects.includes(p.source)) source.undo(i);
    if (p.protects.includes(p.target)) target.undo(j);
  };
  return {
    ...p,
    ...(p.deliver && {
      deliver(i, from, to) {
        for (let c = from; c < to; c++) {
          p.deliver?.(i, c, c + 1);
          undoAt(i, p.connections.target[c] as number);
        }
      },
    }),
    ...(p.reply && {
      reply(j, from, to) {
        for (let entry = from; entry < to; entry++) {
          p.reply?.(j, entry, entry + 1);
          undoAt(p.incoming?.source[entry] as number, j);
        }
      },
    }),
  };
}

/** Connections of a projection: from[s] up to to[s] of each segment s of equal source and delay. `whole`: all of them. `near`: all that its spikes, those that come to hear, run through. */
export interface Segments {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly whole: boolean;
  readonly near: boolean;
}

/** What of the connections a network sees to. */
export interface Connected {
  segmentsOf(projection: GridProjection): Segments;
  /** What it saves of an array of their values. */
  kept(values: Float64Array | Float32Array): Float64Array | Float32Array;
}

const ALL_CONNECTIONS: Connected = {
  segmentsOf: ({ connections: { starts } }) => ({ from: starts, to: starts.subarray(1), whole: true, near: true }),
  kept: (values) => values,
};

/** The spikes of one population that arrive anywhere in a step: of those sent so many steps ago, the first entry of its history and the one behind the last. */
interface Arriving {
  readonly history: SpikeHistory | null;
  /** Each delay of any of its projections, once. */
  readonly ages: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

function arrivingFrom(history: SpikeHistory | null, projections: readonly GridProjection[]): Arriving {
  const ages = Int32Array.from(new Set(projections.flatMap((p) => [...p.connections.delays])));
  return { history, ages, from: new Int32Array(ages.length), to: new Int32Array(ages.length) };
}

/** What arrives through one projection: for each of its delays, which stands at `places` among the ages, the spikes that were sent so long ago, each through the connections of that delay. */
function arrivals(
  projection: GridProjection,
  { from, to, near }: Segments,
  look: Arriving,
  places: ArrayLike<number>,
): void {
  const { starts, delays, firstSource } = projection.connections;
  const { deliver, deliverEach, arrive } = projection;
  const width = delays.length;
  const rows = (starts.length - 1) / width;
  const { ring, mask } = look.history as SpikeHistory;
  for (let d = 0; d < width; d++) {
    const begin = look.from[places[d] as number] as number,
      end = look.to[places[d] as number] as number;
    if (begin === end) continue;
    if (deliverEach !== undefined && near) {
      deliverEach(ring, mask, begin, end);
      continue;
    }
    let seen = 0;
    for (let a = begin; a < end; a++) {
      const i = ring[a & mask] as number;
      const r = i - firstSource;
      if (r < 0 || r >= rows) continue;
      const first = from[r * width + d] as number,
        last = to[r * width + d] as number;
      if (first < last) {
        if (deliverEach === undefined) deliver?.(i, first, last);
        else {
          if (seen === mine.length) mine = enlarged(mine, new Int32Array(2 * seen));
          mine[seen++] = i;
        }
      }
      arrive?.(i);
    }
    // No spike is taken for another: every bit of its place counts.
    if (seen > 0) deliverEach?.(mine, -1, 0, seen);
  }
}

/** Spikes of one step whose one connection is seen to here. */
let mine = new Int32Array(64);

function replies(projection: GridProjection, neurons: Int32Array, count: number): void {
  const { incoming } = projection;
  for (let k = 0; k < count; k++) {
    const j = neurons[k] as number;
    if (incoming !== undefined) projection.reply?.(j, incoming.starts[j] as number, incoming.starts[j + 1] as number);
    projection.settle?.(j);
  }
}

type RowKernel = NonNullable<GridProjection["couple"]>;

/**
 * Segment by segment, or all segments of a source at once where they lie side by side and read nothing as it was: the order of the connections is the same. A segment reads
 * the row of its delay before step n.
 */
function forEachSegment(
  { connections, kept = [] }: GridProjection,
  { from, to, whole }: Segments,
  kernel: RowKernel,
  n: number,
): void {
  const { starts, delays, firstSource } = connections;
  const together = whole && kept.length === 0;
  const width = together ? 1 : delays.length,
    stride = together ? delays.length : 1;
  const rows = kept.length === 0 ? null : Array.from(delays, (delay) => pastRow(n - delay, connections));
  for (let s = 0, i = firstSource; s < starts.length - 1; i++)
    for (let d = 0; d < width; d++, s += stride) {
      const first = from[s] as number,
        last = to[s + stride - 1] as number;
      if (first < last) kernel(i, first, last, rows?.[d] ?? 0);
    }
}
