// What a recording holds once it is read, and how its columns are found.
import type { Span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { noSuchColumn, otherQuantity } from "../diagnostics/recording.ts";
import { equal, VOLTAGE } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { phrase } from "../quantities/phrase.ts";
import type { Unit } from "../quantities/unit.ts";

/** What was measured: traces over one time axis, and spikes. */
export interface Recording {
  readonly path: string;
  /** In the order of the columns; empty for spikes alone. */
  readonly traces: readonly RecordedTrace[];
  /** One for each neuron and repeat that has spikes, in ascending order; empty for traces alone, and for a list of a silent run. */
  readonly spikes: readonly RecordedSpikes[];
  /** Numbers of the sweeps, where it counts them: each has a time of its own that begins anew. */
  readonly sweeps: readonly number[];
  /** There is a list of spikes, be it empty. */
  readonly listed: boolean;
  /** ms: earliest and latest time, of the traces where there are any. */
  readonly from: number;
  readonly until: number;
}

/** A column of samples. */
export interface RecordedTrace {
  /** Without population and neuron: `V` of `E[3].V (mV)`. */
  readonly name: string;
  /** Null where the column names none. */
  readonly population: string | null;
  readonly neuron: number | null;
  /** Null where the file does not count them. */
  readonly sweep: number | null;
  /** As in the header; `y` is canonical nonetheless. */
  readonly unit: Unit;
  /** ms, strictly ascending. */
  readonly t: Float64Array;
  readonly y: Float64Array;
  /** Where the header names it. */
  readonly header: Span;
}

/** Spikes of one neuron in one repeat. */
export interface RecordedSpikes {
  /** Null where the file names none. */
  readonly population: string | null;
  readonly neuron: number | null;
  /** Which repeat of the same experiment; null where the file does not count them. */
  readonly repeat: number | null;
  readonly sweep: number | null;
  /** ms, ascending. */
  readonly times: Float64Array;
}

/** What is looked for in a recording. */
export interface Wanted {
  readonly name: string;
  readonly dimension: Dimension;
  /** Where there are columns of several populations or neurons; the first of that name unless given. */
  readonly population?: string;
  readonly neuron?: number;
}

/** One sweep of a recording, as if it were all there is; null where it has none of that number. */
export function sweepOf(recording: Recording, sweep: number): Recording | null {
  if (!recording.sweeps.includes(sweep)) return null;
  const traces = recording.traces.filter((t) => t.sweep === sweep);
  const spikes = recording.spikes.filter((s) => s.sweep === sweep);
  const times = traces.length > 0 ? traces.map((t) => t.t) : spikes.map((s) => s.times);
  return {
    ...recording,
    traces,
    spikes,
    sweeps: [],
    from: times.reduce((least, t) => Math.min(least, t[0] ?? Infinity), Infinity),
    until: times.reduce((most, t) => Math.max(most, t.at(-1) ?? -Infinity), -Infinity),
  };
}

/** The column that was recorded of a variable, or why there is none, told where it is asked for. */
export function traceOf(recording: Recording, wanted: Wanted, at: Span): RecordedTrace | Diagnostic {
  const fits = (trace: RecordedTrace): boolean =>
    trace.name === wanted.name &&
    (wanted.population === undefined || trace.population === null || trace.population === wanted.population) &&
    (wanted.neuron === undefined || trace.neuron === null || trace.neuron === wanted.neuron);
  const found = recording.traces.find(fits);
  if (found === undefined)
    return noSuchColumn(at, {
      name: wanted.name,
      path: recording.path,
      has: recording.traces.map((trace) => trace.header),
    });
  if (equal(found.unit.dimension, wanted.dimension)) return found;
  return otherQuantity(at, {
    name: wanted.name,
    found: phrase(found.unit.dimension, found.unit),
    wanted: phrase(wanted.dimension),
    header: found.header,
  });
}

/**
 * The spikes that a recording lists, or, of traces alone, those in each column that is a voltage, detected at `level` (mV): a list for each neuron and repeat, empty for a
 * voltage without any.
 */
export function spikesIn({ spikes, listed, traces }: Recording, level: number): readonly RecordedSpikes[] {
  if (listed) return spikes;
  const voltages = traces.filter(({ unit }) => equal(unit.dimension, VOLTAGE));
  return voltages.map((trace) => ({
    population: trace.population,
    neuron: trace.neuron,
    repeat: null,
    sweep: trace.sweep,
    times: upwardCrossings(trace, level),
  }));
}

/**
 * Spikes in a voltage trace (ms): where it crosses `level` (canonical) from below, y(k) < level <= y(k+1), at the time of the crossing by linear interpolation.
 * A trace that begins above has no spike until it has been below.
 */
export function upwardCrossings({ t, y }: Pick<RecordedTrace, "t" | "y">, level: number): Float64Array {
  const times: number[] = [];
  for (let k = 1; k < y.length; k++) {
    const [before, after] = [y[k - 1] ?? NaN, y[k] ?? NaN];
    if (!(before < level && after >= level)) continue;
    const [start, end] = [t[k - 1] ?? 0, t[k] ?? 0];
    times.push(after === level ? end : start + ((level - before) / (after - before)) * (end - start));
  }
  return Float64Array.from(times);
}
