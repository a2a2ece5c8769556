// The free numbers as points of the unit box: equal steps, or equal ratios where they are sought in those.
import { exp, log, sqrt } from "../runtime/math.ts";
import type { FreeNumber } from "./problem.ts";

/** Where a value lies between its bounds: 0 at the lower, 1 at the upper. */
export function placeIn({ lower, upper, logarithmic }: FreeNumber, value: number): number {
  const place = logarithmic ? log(value / lower) / log(upper / lower) : (value - lower) / (upper - lower);
  return Math.min(1, Math.max(0, place));
}

/** The value at a place; the bounds themselves are reached. */
export function valueAt({ lower, upper, logarithmic }: FreeNumber, place: number): number {
  if (place <= 0) return lower;
  if (place >= 1) return upper;
  const value = logarithmic ? lower * exp(place * log(upper / lower)) : lower + place * (upper - lower);
  return Math.min(upper, Math.max(lower, value));
}

/** How far the value moves for a step of the place there: d value/d place. */
export function slopeAt({ lower, upper, logarithmic }: FreeNumber, value: number): number {
  return logarithmic ? value * log(upper / lower) : upper - lower;
}

/** A part of the free numbers sought while the others stand still. */
export interface Part {
  /** Their places among the free numbers. */
  readonly numbers: readonly number[];
  /** All values with these of the part. */
  values(point: readonly number[]): readonly number[];
  point(values: readonly number[]): readonly number[];
}

export function partOf(free: readonly FreeNumber[], numbers: readonly number[], others: readonly number[]): Part {
  return {
    numbers,
    values: (point) => {
      const values = [...others];
      numbers.forEach((k, i) => (values[k] = valueAt(free[k] as FreeNumber, point[i] as number)));
      return values;
    },
    point: (values) => numbers.map((k) => placeIn(free[k] as FreeNumber, values[k] as number)),
  };
}

/** The model's own number, or the middle of the bounds. */
export function startOf({ lower, upper, logarithmic, own }: FreeNumber): number {
  return own ?? (logarithmic ? sqrt(lower * upper) : (lower + upper) / 2);
}
