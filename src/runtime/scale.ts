// What a unit is of another, exactly: whole numbers to rational powers, so that roots and quotients of units lose nothing.
import { addRationals, multiplyRationals, rational } from "./rational.ts";
import type { Rational } from "./rational.ts";

/** The product of these powers, by ascending bases, no exponent 0. `min` in ms is 6·10^4: `[[6, 1], [10, 4]]`. */
export type Scale = readonly (readonly [base: number, exponent: Rational])[];

/** left·right^exponent. */
export function scaleTimes(left: Scale, right: Scale, exponent: Rational): Scale {
  const exponents = new Map(left);
  for (const [base, own] of right) {
    const [before, more] = [exponents.get(base), multiplyRationals(own, exponent)];
    exponents.set(base, before === undefined ? more : addRationals(before, more));
  }
  return [...exponents].filter(([, e]) => e.numerator !== 0).sort(([a], [b]) => a - b);
}

/** n where the scale is 10^n and n is whole; null for any other. */
export function decadesOf(scale: Scale): number | null {
  const [first, ...others] = scale;
  if (first === undefined) return 0;
  return others.length === 0 && first[0] === 10 && first[1].denominator === 1 ? first[1].numerator : null;
}

/** Of `60`, `1.602176634e-19` or `101325/760`, times 10^ten. */
export function scaleOf(text: string, ten: number): Scale {
  const [over = "", under] = text.split("/");
  const scale = scaleTimes(decimalScale(over), [[10, rational(1)]], rational(ten));
  return under === undefined ? scale : scaleTimes(scale, decimalScale(under), rational(-1));
}

/** The least whole number that makes all exponents whole. */
export function commonRoot(scale: Scale): number {
  return scale.reduce((root, [, { denominator }]) => root * rational(denominator, root).numerator, 1);
}

function decimalScale(text: string): Scale {
  const [, whole = "", fraction = "", exponent = "0"] = /^(\d+)(?:\.(\d+))?(?:e(-?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/0+$/, "");
  const ten = rational(Number(exponent) - fraction.length + (whole + fraction).length - digits.length);
  return scaleTimes(Number(digits) === 1 ? [] : [[Number(digits), rational(1)]], [[10, ten]], rational(1));
}
