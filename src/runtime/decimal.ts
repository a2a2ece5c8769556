// Exact arithmetic on decimal texts, rounded once, at the very end: why `10 ms` and `0.01 s` are the same double.
import { rational } from "./rational.ts";
import { commonRoot, decadesOf, scaleTimes } from "./scale.ts";
import type { Scale } from "./scale.ts";

/** ±digits * 10^exponent. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: bigint;
  readonly exponent: number;
}

/** `[+-]digits[.digits][e±digits]`. Of more than 1000 significant digits the rest only tells whether one is not 0: that decides every rounding. */
export function decimal(text: string): Decimal {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null || !/\d/.test((match[2] ?? "") + (match[3] ?? "")))
    throw new Error(`no decimal number: ${text.slice(0, 40)}`);
  const written = ((match[2] ?? "") + (match[3] ?? "")).replace(/^0+/, "");
  const shift = Math.max(-FARTHEST, Math.min(FARTHEST, Number(match[4] ?? 0))) - (match[3] ?? "").length;
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

/** A decimal text of a unit in canonical units, with its sign, which counts before the unit's zero does; exactly. */
export function canonicalNumber(
  digits: string,
  unit: { readonly scale: Scale; readonly offset: string | null },
): Decimal & { readonly value: number } {
  const written = unit.offset === null ? decimal(digits) : addDecimals(decimal(digits), decimal(unit.offset));
  return { ...written, value: scaledToDouble(written, unit.scale) };
}

/**
 * The double nearest to d·scale, ties to even; Infinity beyond the doubles, 0 below them. Where the scale is irrational (a root of a
 * prefix) it is taken to 60 digits, which rounds rightly unless the digits of the product run `…5000000…` for 40 places.
 */
export function scaledToDouble(d: Decimal, scale: Scale): number {
  const minus = d.negative ? -1 : 1;
  if (d.digits === 0n) return minus * 0;
  // Decimal text is read correctly rounded; only what is no power of ten needs the long way.
  const ten = decadesOf(scale);
  if (ten !== null) return minus * Number(`${d.digits}e${d.exponent + ten}`);
  const size = scale.reduce((sum, [base, e]) => sum + (decadesIn(base) * e.numerator) / e.denominator, magnitude(d));
  if (size > FAR_APART) return minus * Infinity;
  if (size < -FAR_APART) return minus * 0;
  const root = commonRoot(scale);
  let [top, bottom, underRoot] = [d.digits, 1n, 1n];
  for (const [base, e] of scaleTimes(scale, [[10, rational(1)]], rational(d.exponent))) {
    const whole = Math.floor(e.numerator / e.denominator);
    underRoot *= BigInt(base) ** BigInt((e.numerator - whole * e.denominator) * (root / e.denominator));
    if (whole >= 0) top *= BigInt(base) ** BigInt(whole);
    else bottom *= BigInt(base) ** BigInt(-whole);
  }
  if (root > 1) {
    top *= integerRoot(underRoot * ROOT_UNIT ** BigInt(root), BigInt(root));
    bottom *= ROOT_UNIT;
  }
  return minus * nearestDouble(top, bottom);
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
const FARTHEST = 1e12;
/** Decades: no double lies so far from another, and the size of a product is known to a quarter of it. */
const FAR_APART = 2000;
const ROOT_UNIT = 10n ** 60n;

/** floor(log10) + 1. */
function magnitude(d: Decimal): number {
  return d.digits.toString().length + d.exponent;
}

/** log10, to 1/64. */
function decadesIn(base: number): number {
  return base === 10 ? 1 : (BigInt(base) ** 64n).toString().length / 64;
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
