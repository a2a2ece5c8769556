// What kind of quantity something is: rational exponents over the seven base dimensions of the SI. Exact, so that no rounding
// can make two equal dimensions differ.
import { invariant } from "../base/invariant.ts";

/** In lowest terms; the denominator is positive. Both are safe integers. */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/** Exponents over length, mass, time, current, temperature, amount, luminosity, in this order. */
export interface Dimension {
  readonly exponents: readonly Rational[];
  /** Equal if and only if the dimensions are: `L2 M1 T-3 I-1`, `T-1/2`, `1`. */
  readonly key: string;
}

/** numerator/denominator in lowest terms. Both must be safe integers, the denominator not 0. */
export function rational(numerator: number, denominator = 1): Rational {
  invariant(
    Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) && denominator !== 0,
    `no rational: ${numerator}/${denominator}`,
  );
  if (denominator === 1) return { numerator: numerator + 0, denominator };
  const divisor = greatestCommonDivisor(Math.abs(numerator), Math.abs(denominator)) * (denominator < 0 ? -1 : 1);
  return { numerator: numerator / divisor + 0, denominator: denominator / divisor }; // + 0: no negative zero
}

export function addRationals(a: Rational, b: Rational): Rational {
  const [left, right] = [a.numerator * b.denominator, b.numerator * a.denominator];
  // Where a product is not exact the sum must not look as if it were.
  const sum = Number.isSafeInteger(left) && Number.isSafeInteger(right) ? left + right : NaN;
  return fitted(sum, a.denominator * b.denominator, () => [
    BigInt(a.numerator) * BigInt(b.denominator) + BigInt(b.numerator) * BigInt(a.denominator),
    BigInt(a.denominator) * BigInt(b.denominator),
  ]);
}

export function multiplyRationals(a: Rational, b: Rational): Rational {
  return fitted(a.numerator * b.numerator, a.denominator * b.denominator, () => [
    BigInt(a.numerator) * BigInt(b.numerator),
    BigInt(a.denominator) * BigInt(b.denominator),
  ]);
}

export function negateRational(a: Rational): Rational {
  return { numerator: 0 - a.numerator, denominator: a.denominator };
}

/** The fraction with a denominator up to 1000 whose double is `x` (0.5 is 1/2, 0.1 is 1/10, the double nearest 1/3 is 1/3), or null. */
export function rationalFromNumber(x: number): Rational | null {
  if (!Number.isFinite(x)) return null;
  for (let denominator = 1; denominator <= 1000; denominator++) {
    const numerator = Math.round(x * denominator);
    if (Number.isSafeInteger(numerator) && numerator / denominator === x) return rational(numerator, denominator);
  }
  return null;
}

/** Of seven exponents or fewer; those left out are 0. */
export function dimension(exponents: readonly (Rational | number)[]): Dimension {
  const full = BASE_LETTERS.map((_, i) => {
    const exponent = exponents[i] ?? 0;
    return typeof exponent === "number" ? rational(exponent) : exponent;
  });
  const key = full
    .flatMap((e, i) => (e.numerator === 0 ? [] : [`${BASE_LETTERS[i] ?? ""}${rationalText(e)}`]))
    .join(" ");
  return { exponents: full, key: key === "" ? "1" : key };
}

/** `2`, `-1/2`. */
export function rationalText(r: Rational): string {
  return r.denominator === 1 ? String(r.numerator) : `${r.numerator}/${r.denominator}`;
}

export function multiply(a: Dimension, b: Dimension): Dimension {
  return dimension(a.exponents.map((e, i) => addRationals(e, b.exponents[i] ?? ZERO)));
}

export function divide(a: Dimension, b: Dimension): Dimension {
  return dimension(a.exponents.map((e, i) => addRationals(e, negateRational(b.exponents[i] ?? ZERO))));
}

export function power(a: Dimension, exponent: Rational): Dimension {
  return dimension(a.exponents.map((e) => multiplyRationals(e, exponent)));
}

export function equal(a: Dimension, b: Dimension): boolean {
  return a.key === b.key;
}

export function isDimensionless(a: Dimension): boolean {
  return a.key === "1";
}

const BASE_LETTERS = ["L", "M", "T", "I", "K", "N", "J"];
const ZERO: Rational = { numerator: 0, denominator: 1 };

export const DIMENSIONLESS = dimension([]);
export const LENGTH = dimension([1]);
export const MASS = dimension([0, 1]);
export const TIME = dimension([0, 0, 1]);
export const CURRENT = dimension([0, 0, 0, 1]);
export const TEMPERATURE = dimension([0, 0, 0, 0, 1]);
export const AMOUNT = dimension([0, 0, 0, 0, 0, 1]);
export const LUMINOSITY = dimension([0, 0, 0, 0, 0, 0, 1]);
export const VOLTAGE = dimension([2, 1, -3, -1]);
export const FREQUENCY = divide(DIMENSIONLESS, TIME);
export const CHARGE = multiply(CURRENT, TIME);
export const CONDUCTANCE = divide(CURRENT, VOLTAGE);
export const RESISTANCE = divide(VOLTAGE, CURRENT);
export const CAPACITANCE = divide(CHARGE, VOLTAGE);
/** Of white noise ξ: its integral over a step is √dt times a standard normal number. */
export const NOISE = power(TIME, rational(-1, 2));

/** The fast way when the plain products are exact. Exponents beyond 2^53, which `((V^0.001)^0.001)^…` can reach and physics cannot, are coarsened. */
function fitted(numerator: number, denominator: number, slow: () => readonly [bigint, bigint]): Rational {
  if (Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator)) return rational(numerator, denominator);
  let [n, d] = slow();
  const divisor = bigGreatestCommonDivisor(n < 0n ? -n : n, d);
  n /= divisor;
  d /= divisor;
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  while (n > most || n < -most || d > most) {
    n /= 2n;
    d /= 2n;
  }
  if (d === 0n) return { numerator: n < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER, denominator: 1 };
  return rational(Number(n), Number(d));
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function bigGreatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
