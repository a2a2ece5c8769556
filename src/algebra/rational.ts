// Exact rational numbers: in a normal form 0.1 + 0.2 - 0.3 has to be zero. A double is read as the decimal number that it prints as, which is what the modeller wrote.

/** In lowest terms, the denominator positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 1n) return { numerator, denominator };
  const divisor = gcd(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export const zero: Rational = rational(0n);
export const one: Rational = rational(1n);
export const minusOne: Rational = rational(-1n);

/** The decimal number that `value` (finite) prints as: 58.7 is 587/10. */
export function fromDecimal(value: number): Rational {
  if (Number.isSafeInteger(value)) return rational(BigInt(value));
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  return shift >= 0 ? rational(digits * 10n ** BigInt(shift)) : rational(digits, 10n ** BigInt(-shift));
}

/** The double whose decimal reading is exactly `r`, or null: 1/3 has none. */
export function toExactNumber(r: Rational): number | null {
  const value = toNumber(r);
  return Number.isFinite(value) && equal(fromDecimal(value), r) ? value : null;
}

/** A double within an ulp or so of `r`; possibly infinite or 0 where `r` is beyond the range of doubles. */
export function toNumber(r: Rational): number {
  if (isSafe(r.numerator) && isSafe(r.denominator)) return Number(r.numerator) / Number(r.denominator);
  const negative = r.numerator < 0n;
  const n = negative ? -r.numerator : r.numerator;
  // 20 digits of the quotient, read back as text: the conversion from decimal text is correctly rounded.
  const shift = 20 - (n.toString().length - r.denominator.toString().length);
  const digits = shift >= 0 ? (n * 10n ** BigInt(shift)) / r.denominator : n / (r.denominator * 10n ** BigInt(-shift));
  const value = Number(`${digits}e${-shift}`);
  return negative ? -value : value;
}

export function add(a: Rational, b: Rational): Rational {
  if (a.denominator === b.denominator) return rational(a.numerator + b.numerator, a.denominator);
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Of a number that is not zero. */
export function invert(a: Rational): Rational {
  return rational(a.denominator, a.numerator);
}

export function negative(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

/** The base is not zero where the exponent is negative. */
export function integerPower(a: Rational, exponent: bigint): Rational {
  if (exponent < 0n) return integerPower(invert(a), -exponent);
  return { numerator: a.numerator ** exponent, denominator: a.denominator ** exponent };
}

export function equal(a: Rational, b: Rational): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isZeroRational(a: Rational): boolean {
  return a.numerator === 0n;
}

export function isInteger(a: Rational): boolean {
  return a.denominator === 1n;
}

/** The greatest integer that is not above `a`. */
export function floor(a: Rational): bigint {
  const quotient = a.numerator / a.denominator;
  return a.numerator < 0n && quotient * a.denominator !== a.numerator ? quotient - 1n : quotient;
}

export function text(a: Rational): string {
  return a.denominator === 1n ? `${a.numerator}` : `${a.numerator}/${a.denominator}`;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function isSafe(n: bigint): boolean {
  return n <= 9007199254740991n && n >= -9007199254740991n;
}
