// What a figure of a run shows, in the reader's terms; svg and braille draw it.

/** A variable over time. `t` ascends; NaN in `y` is a gap. */
export interface Trace {
  /** "V", "I[1]". */
  readonly name: string;
  /** "mV". */
  readonly unit: string;
  /** ms. */
  readonly t: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Whose it is, "GLIF[0]", or which variant, "fast threshold". */
  readonly label?: string;
}

export interface Panel {
  /** Label of the y axis with its unit: "V (mV)". */
  readonly title: string;
  readonly traces: readonly Trace[];
  /** rate: a curve for each population of the raster, in their order and colours. */
  readonly kind: "rate" | "state" | "stimulus";
  /** A second curve, such as the threshold, drawn dashed. */
  readonly threshold?: Trace;
  /** Times (ms) marked by vertical strokes that rise from the threshold, or from the trace where there is none. */
  readonly spikes?: readonly number[];
}

/** Spikes of whole populations, from top to bottom. */
export interface Raster {
  readonly populations: readonly RasterPopulation[];
}

/** Spike s is of neuron `neurons[s]` at `times[s]` (ms). */
export interface RasterPopulation {
  readonly name: string;
  readonly size: number;
  readonly times: ArrayLike<number>;
  readonly neurons: ArrayLike<number>;
  /** Where spikes are too many to be listed; the lists are empty then. */
  readonly counts?: SpikeCounts;
  /** Mean rate of a neuron (Hz), told beside the name with the size. */
  readonly rate?: number;
}

/** Spikes counted in the cells of a grid, row by row: row 0 has the lowest numbers, columns go from 0 to `until`. */
export interface SpikeCounts {
  readonly columns: number;
  readonly rows: number;
  /** ms; may lie behind the figure's duration. */
  readonly until: number;
  readonly counts: Uint16Array;
}

export interface Figure {
  readonly title: string;
  readonly subtitle: string;
  /** ms; the time axis goes from 0 to here. */
  readonly duration: number;
  readonly panels: readonly Panel[];
  readonly raster: Raster | null;
}
