// What a run hands to the measures, and what comes back: plain data, so that it can go from one thread to another.
import type { RecordRequest } from "../runtime/recording.ts";

/** ms, both ends among it. */
export interface Window {
  readonly from: number;
  readonly until: number;
}

/** Spikes and traces of one run, or of a recording. */
export interface RunData {
  /** ms: the window that it was seen in. A simulation begins at 0. */
  readonly from: number;
  readonly until: number;
  readonly populations: readonly PopulationData[];
  readonly traces: readonly TraceData[];
  /** What is not known of a recording; null for a simulation, of which everything is. */
  readonly recorded: RecordedSpikes | null;
}

export interface RecordedSpikes {
  /** Why its spikes are not known; null where they are. */
  readonly unknown: string | null;
  /** It counts its neurons, and has only those that spike: one that it does not name, or a population, was silent. */
  readonly onlyActive: boolean;
  /** mV: what a recorded voltage rises through when it spikes. */
  readonly level: number;
}

export interface PopulationData {
  readonly name: string;
  readonly size: number;
  /** Sends spikes from outside: what a measure says of all neurons does not count it. */
  readonly isSource: boolean;
  /** ms, ascending. */
  readonly times: Float64Array;
  readonly neurons: Int32Array;
}

export interface TraceData {
  readonly population: string;
  readonly neuron: number;
  readonly variable: string;
  /** Canonical, as the values are. */
  readonly unit: string;
  /** ms */
  readonly t: Float64Array;
  readonly y: Float64Array;
  /** ms, its own, where it is shared by repeats whose spikes are others. */
  readonly spikes?: Float64Array;
}

/** A measure as it is asked of one case: names of populations and variables are those of its variant. */
export interface MeasureTask {
  /** Place among the measures of the comparison. */
  readonly measure: number;
  /** In the catalogue. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** Null for all neurons. */
  readonly population: string | null;
  readonly variable: {
    readonly population: string;
    /** Null for all. */ readonly neuron: number | null;
    readonly name: string;
  } | null;
  /** Of a random model: it is taken of several of its runs together, and says nothing of one. */
  readonly together: boolean;
  /** Why it cannot be taken of this case, known before it runs; null where it can. */
  readonly impossible: string | null;
}

/** What a measure has come to. */
export interface Measured {
  readonly value: number | null;
  /** Why there is no value; empty otherwise. */
  readonly because: string;
  readonly curve: MeasuredCurve | null;
  /** Magnitude below which the value is rounding, where the traces that it is taken of say so. */
  readonly rounding?: number;
  /** Of a measure of repeats: the value without each of them in turn. */
  readonly without?: readonly (number | null)[];
}

export interface MeasuredCurve {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
  readonly xName: string;
  readonly xUnit: string;
  readonly yName: string;
  readonly yUnit: string;
}

export const undefinedFor = (because: string): Measured => ({ value: null, because, curve: null });

/** What a measure reads: recorded in the unit that people see, measured in the canonical one. */
export interface MeasuredRequest extends RecordRequest {
  readonly unit: string;
  /** Canonical is the recorded value times `divide` over `multiply`, one of which is 1. */
  readonly multiply: number;
  readonly divide: number;
}

/** What the runs of a case share, whatever their seed, step and point: everything that a worker needs besides the emitted module. */
export interface CaseProgram {
  /** ms */
  readonly step: number;
  readonly steps: number;
  /** What the measures read, at every step. */
  readonly measured: readonly MeasuredRequest[];
  /** What is drawn of the first seed. */
  readonly drawn: readonly RecordRequest[];
  readonly sources: readonly string[];
  readonly spikesOf: readonly string[];
  readonly tasks: readonly MeasureTask[];
  /** In which they are taken; none: in all of a run. */
  readonly windows: readonly Window[];
}

/** Of one run what the report draws; bounded, however large the network is. */
export interface FigureData {
  readonly spikes: readonly {
    readonly population: string;
    readonly rows: number;
    readonly times: Float64Array;
    readonly row: Float64Array;
  }[];
  readonly traces: readonly TraceData[];
}
