// What kind of quantity something is: rational exponents over the seven base dimensions of the SI. Exact, so that no rounding
// can make two equal dimensions differ.
import { addRationals, multiplyRationals, negateRational, rational, rationalText } from "../runtime/rational.ts";
import type { Rational } from "../runtime/rational.ts";

export * from "../runtime/rational.ts";

/** Exponents over length, mass, time, current, temperature, amount, luminosity, in this order. */
export interface Dimension {
  readonly exponents: readonly Rational[];
  /** Equal if and only if the dimensions are: `L2 M1 T-3 I-1`, `T-1/2`, `1`. */
  readonly key: string;
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

export function multiply(a: Dimension, b: Dimension): Dimension {
  if (isDimensionless(b) && !isDimensionless(a)) return a;
  if (isDimensionless(a) && !isDimensionless(b)) return b;
  return dimension(a.exponents.map((e, i) => addRationals(e, b.exponents[i] ?? ZERO)));
}

export function divide(a: Dimension, b: Dimension): Dimension {
  if (isDimensionless(b) && !isDimensionless(a)) return a;
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
