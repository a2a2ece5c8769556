// What a distribution is: what the language says of its arguments, and how its values are drawn.
//
// A draw is a pure function of (stream, index, attempt). What it consumes are the steps 1024*attempt, 1024*attempt + 1, … of its stream at its index; no rejection method here comes near 512 rounds.
import { DrawError } from "../drawError.ts";
import type { Stream } from "../random.ts";

export interface DistributionArgument {
  readonly name: string;
  /** What is wrong with a value, given those before it; null for what nothing is known of, NaN. */
  readonly problem: (value: number, before: readonly number[]) => string | null;
}

export interface Distribution {
  readonly arguments: readonly DistributionArgument[];
  /** As it is written, with its arguments: messages show it. */
  readonly usage: string;
  /** It draws whole numbers, and all its arguments are pure numbers. */
  readonly counts: boolean;
  /** How many of its first arguments move with what is drawn: x + uniform(a, b) is uniform(x + a, x + b). */
  readonly moves: number;
  /** The least and the largest value that can be drawn. */
  readonly range: (values: readonly number[]) => readonly [least: number, most: number];
  /** A value somewhere inside what is drawn. */
  readonly middle: (values: readonly number[]) => number;
  /** The value number `index` of a stream; behind the arguments the attempt, counted from 0. Emitted modules know it as `draw` and the distribution's name. */
  readonly draw: (stream: Stream, index: number, ...argumentsAndAttempt: number[]) => number;
  /** Whole rows of connections, out[k] being what `draw` gives at index k, bit for bit, faster; for up to two arguments. */
  readonly fill?: (out: Float64Array, count: number, row: Stream, a: number, b: number) => void;
  /** What other tools call it. */
  readonly also: readonly string[];
  /** Arguments that it has elsewhere with another meaning: what to write. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

export const ROUNDS = 1024;

export const NOT_NEGATIVE_SD: DistributionArgument = {
  name: "sd",
  problem: (sd) => (sd < 0 ? "the standard deviation must be 0 or more" : null),
};

export const POSITIVE_MEAN: DistributionArgument = {
  name: "mean",
  problem: (mean) => (mean <= 0 ? "the mean must be positive" : null),
};

export const NOT_NEGATIVE_MEAN: DistributionArgument = {
  name: "mean",
  problem: (mean) => (mean < 0 ? "the mean must be 0 or more" : null),
};

export function demandDrawn(s: Stream, condition: boolean, distribution: string, needed: string, given: number): void {
  if (!condition) throw new DrawError(s, { kind: "parameter", distribution, needed, given });
}
