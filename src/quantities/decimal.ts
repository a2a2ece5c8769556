// Exact arithmetic on decimal texts, rounded once, at the very end: why `10 ms` and `0.01 s` are the same double.
import { invariant } from "../base/invariant.ts";
import type { Scale } from "./unitSymbol.ts";
import type { Rational } from "./dimension.ts";

/** ±digits * 10^exponent. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: bigint;
  readonly exponent: number;
}

/** `[+-]digits[.digits][e±digits]`. Of more than 1000 significant digits the rest only tells whether one is not 0: that decides every rounding. */
export function decimal(text: string): Decimal {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  invariant(
    match !== null && /\d/.test((match[2] ?? "") + (match[3] ?? "")),
    `no decimal number: ${text.slice(0, 40)}`,
  );
  const written = ((match[2] ?? "") + (match[3] ?? "")).replace(/^0+/, "");
  const shift = Math.max(-FAR, Math.min(FAR, Number(match[4] ?? 0))) - (match[3] ?? "").length;
  const kept =
    written.length > MOST_DIGITS
      ? written.slice(0, MOST_DIGITS) + (/[1-9]/.test(written.slice(MOST_DIGITS)) ? "1" : "0")
      : written;
  return {
    negative: match[1] === "-",
    digits: BigInt(kept === "" ? 0 : kept),
    exponent: shift + written.length - kept.length,
  };
}

/** Exact, but for a term so small beside the other that no double shows it. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.digits === 0n || magnitude(b) - magnitude(a) > FAR_APART) return b;
  if (b.digits === 0n || magnitude(a) - magnitude(b) > FAR_APART) return a;
  const exponent = Math.min(a.exponent, b.exponent);
  const at = (d: Decimal): bigint => (d.negative ? -d.digits : d.digits) * 10n ** BigInt(d.exponent - exponent);
  const sum = at(a) + at(b);
  return { negative: sum < 0n, digits: sum < 0n ? -sum : sum, exponent };
}

/**
 * The double nearest to d * 10^ten * 6^six, ties to even; Infinity beyond the doubles, 0 below them. Where the scale is irrational
 * (a root of a prefix) it is taken to 60 digits, which rounds rightly unless the digits of the product run `…5000000…` for 40 places.
 */
export function scaledToDouble(d: Decimal, scale: Scale): number {
  const sign = d.negative ? -1 : 1;
  if (d.digits === 0n) return sign * 0;
  // Decimal text is read correctly rounded; only what is no power of ten needs the long way.
  if (scale.six.numerator === 0 && scale.ten.denominator === 1)
    return sign * Number(`${d.digits}e${d.exponent + scale.ten.numerator}`);
  const tens = d.exponent + Math.floor(scale.ten.numerator / scale.ten.denominator);
  const sixes = Math.floor(scale.six.numerator / scale.six.denominator);
  const size = magnitude(d) - d.exponent + tens + sixes * LOG10_OF_6;
  if (size > 400) return sign * Infinity;
  if (size < -400) return sign * 0;
  let top = d.digits * fractionalPower(10n, scale.ten) * fractionalPower(6n, scale.six);
  let bottom = ROOT_UNIT * ROOT_UNIT;
  if (tens >= 0) top *= 10n ** BigInt(tens);
  else bottom *= 10n ** BigInt(-tens);
  if (sixes >= 0) top *= 6n ** BigInt(sixes);
  else bottom *= 6n ** BigInt(-sixes);
  return sign * nearestDouble(top, bottom);
}

/** The double nearest to a positive fraction, ties to even. */
export function nearestDouble(top: bigint, bottom: bigint): number {
  // 66 bits or 67 of the quotient, the last one set when anything was left over: enough to round at 53.
  const shift = 66 - bitLength(top) + bitLength(bottom);
  const [n, d] = shift >= 0 ? [top << BigInt(shift), bottom] : [top, bottom << BigInt(-shift)];
  const quotient = (n / d) | (n % d === 0n ? 0n : 1n);
  const bits = bitLength(quotient);
  // Below 2^-1022 doubles keep fewer bits: their last place is 2^-1074.
  const precision = Math.min(53, bits - shift + 1074);
  if (precision < 0) return 0;
  const drop = bits - precision;
  const half = 1n << BigInt(drop - 1);
  const rest = quotient & ((half << 1n) - 1n);
  let kept = quotient >> BigInt(drop);
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  const last = drop - shift;
  return last > 971 ? Infinity : Number(kept) * powerOfTwo(last);
}

const MOST_DIGITS = 1000;
/** Beyond any exponent that digits of a file's size could bring back. */
const FAR = 1e12;
const FAR_APART = 2000;
const LOG10_OF_6 = 0.7781512503836436;
const ROOT_UNIT = 10n ** 60n;

/** floor(log10) + 1. */
function magnitude(d: Decimal): number {
  return d.digits.toString().length + d.exponent;
}

/** base^(the fractional part of the exponent), in units of 1e-60, rounded down. */
function fractionalPower(base: bigint, exponent: Rational): bigint {
  const root = exponent.denominator;
  if (root === 1) return ROOT_UNIT;
  const part = ((exponent.numerator % root) + root) % root;
  return integerRoot(base ** BigInt(part) * ROOT_UNIT ** BigInt(root), BigInt(root));
}

/** floor(x^(1/root)) by Newton's method from above. */
function integerRoot(x: bigint, root: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(bitLength(x) / Number(root)));
  for (;;) {
    const next = ((root - 1n) * guess + x / guess ** (root - 1n)) / root;
    if (next >= guess) return guess;
    guess = next;
  }
}

function bitLength(x: bigint): number {
  const hex = x.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(parseInt(hex[0] ?? "0", 16)));
}

/** 2^n, -1074 <= n <= 971, exactly; Math.pow promises no exactness. */
function powerOfTwo(n: number): number {
  if (n >= 0) return Number(1n << BigInt(n));
  return n >= -1022 ? 1 / Number(1n << BigInt(-n)) : Number.MIN_VALUE * Number(1n << BigInt(n + 1074));
}
