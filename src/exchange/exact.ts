// Quantities of a file, exact to the last digit that is written there: decimal points are moved, products and quotients are rounded once, when they are written.
import { decimal, nearestDouble } from "../runtime/decimal.ts";

/** ±digits * 10^exponent / divisor. */
export interface Exact {
  readonly negative: boolean;
  readonly digits: bigint;
  readonly exponent: number;
  /** Positive. */
  readonly divisor: bigint;
}

/** Of a text that `decimal` reads, and not further than 10^±400 from 1. */
export function exact(text: string): Exact {
  return { ...decimal(text), divisor: 1n };
}

export function times(a: Exact, b: Exact): Exact {
  return {
    negative: a.negative !== b.negative,
    digits: a.digits * b.digits,
    exponent: a.exponent + b.exponent,
    divisor: a.divisor * b.divisor,
  };
}

/** 1/a; a is not 0. */
export function reciprocal(a: Exact): Exact {
  return { negative: a.negative, digits: a.divisor, exponent: -a.exponent, divisor: a.digits };
}

export function negated(a: Exact): Exact {
  return { ...a, negative: !a.negative };
}

/** a * 10^places. */
export function shifted(a: Exact, places: number): Exact {
  return { ...a, exponent: a.exponent + places };
}

export function plus(a: Exact, b: Exact): Exact {
  const exponent = Math.min(a.exponent, b.exponent);
  const at = (x: Exact, divisor: bigint): bigint =>
    (x.negative ? -x.digits : x.digits) * 10n ** BigInt(x.exponent - exponent) * divisor;
  const sum = at(a, b.divisor) + at(b, a.divisor);
  return { negative: sum < 0n, digits: sum < 0n ? -sum : sum, exponent, divisor: a.divisor * b.divisor };
}

/** -1, 0 or 1. */
export function signOf(a: Exact): -1 | 0 | 1 {
  return a.digits === 0n ? 0 : a.negative ? -1 : 1;
}

export function sameValue(a: Exact, b: Exact): boolean {
  return signOf(plus(a, negated(b))) === 0;
}

/** The double nearest to it. */
export function nearest(a: Exact): number {
  if (a.digits === 0n) return 0;
  const size =
    a.exponent >= 0
      ? nearestDouble(a.digits * 10n ** BigInt(a.exponent), a.divisor)
      : nearestDouble(a.digits, a.divisor * 10n ** BigInt(-a.exponent));
  return a.negative ? -size : size;
}

/** As a person writes it: its own digits where they are no more than a double tells apart, else the shortest text of the nearest double. */
export function written(a: Exact): string {
  if (a.divisor !== 1n || a.digits === 0n) return String(nearest(a));
  const all = a.digits.toString();
  const digits = all.replace(/0+$/, "");
  if (digits.length > MOST_DIGITS) return String(nearest(a));
  return (a.negative ? "-" : "") + placed(digits, a.exponent + all.length - digits.length);
}

/** Doubles are told apart by 17 digits. */
const MOST_DIGITS = 17;

/** digits * 10^exponent, written out where it is neither very large nor very small. */
function placed(digits: string, exponent: number): string {
  const point = digits.length + exponent;
  if (point > 17 || point < -4)
    return `${digits[0] ?? ""}${digits.length > 1 ? `.${digits.slice(1)}` : ""}e${point - 1}`;
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  return exponent >= 0 ? digits + "0".repeat(exponent) : `${digits.slice(0, point)}.${digits.slice(point)}`;
}
