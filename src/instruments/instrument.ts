// What a recording of an instrument is once its file is read: sweeps of channels, each with the unit that the file names.

/** What one channel measured, or commanded, in one sweep. */
export interface Channel {
  /** As a column of a table has it: `V`, `I_e`. */
  readonly name: string;
  /** As the file writes it: `mV`. */
  readonly unit: string;
  readonly samples: Float64Array;
  /** What two samples differ by at least, in `unit`: more digits would say nothing. 0 where the file has numbers in single precision, as they are. */
  readonly resolution: number;
}

export interface Sweep {
  /** As the instrument counts them, from 0. */
  readonly number: number;
  readonly channels: readonly Channel[];
}

/** Channels of one sweep have the same number of samples, the first at 0 ms. */
export interface InstrumentRecording {
  /** ABF 2.6 */
  readonly format: string;
  /** µs between two samples of a channel. */
  readonly interval: number;
  readonly sweeps: readonly Sweep[];
  /** What each column is: "V is the channel IN 0". */
  readonly columns: readonly string[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/** A file that is not what its first bytes promise. The message says what was expected at which byte. */
export class BadInstrumentFile extends Error {}
