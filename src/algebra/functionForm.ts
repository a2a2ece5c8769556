// Functions and powers in normal form: the laws that are used, and atoms for the rest.
import { present } from "../base/invariant.ts";
import type { Expr, FunctionName } from "./expression.ts";
import { call } from "./expression.ts";
import type { Fraction, Table } from "./fraction.ts";
import {
  atomFraction,
  constantFraction,
  constantOf,
  digest,
  divisorsKey,
  fractionKey,
  fractionOrder,
  intern,
  monomialFraction,
  onlyMonomial,
  productOf,
  sumOf,
  zeroFraction,
} from "./fraction.ts";
import type { Atom } from "./polynomial.ts";
import { leadingTerm, monomial, powerOfMonomial, single } from "./polynomial.ts";
import type { Rational } from "./rational.ts";
import {
  add,
  compare,
  equal,
  floor,
  invert,
  isInteger,
  isZeroRational,
  minusOne,
  negative,
  one,
  rational,
  zero,
} from "./rational.ts";
import { writeFraction } from "./writeForm.ts";

/** A function of arguments in normal form; null where it is not defined. */
export function callForm(table: Table, name: FunctionName, args: readonly Fraction[]): Fraction | null {
  const x = present(args[0], "argument");
  const value = constantOf(x);
  switch (name) {
    case "exp":
      return exponential(table, null, x);
    case "expm1":
      return sumOf(table, [
        [exponential(table, null, x), one],
        [constantFraction(one), minusOne],
      ]);
    case "exprel":
      if (value && isZeroRational(value)) return constantFraction(one);
      return productOf(table, [
        [
          sumOf(table, [
            [exponential(table, null, x), one],
            [constantFraction(one), minusOne],
          ]),
          1n,
        ],
        [x, -1n],
      ]);
    case "sqrt":
      return rationalPower(table, x, rational(1n, 2n));
    case "log":
      return value && equal(value, one) ? zeroFraction : functionAtom(table, name, args);
    case "log1p":
      return callForm(table, "log", [
        sumOf(table, [
          [x, one],
          [constantFraction(one), one],
        ]),
      ]);
    case "sin":
    case "tan":
    case "asin":
    case "atan":
    case "sinh":
    case "tanh":
      return odd(table, name, x);
    case "cos":
    case "cosh":
      return value && isZeroRational(value)
        ? constantFraction(one)
        : functionAtom(table, name, [withoutSign(table, x)]);
    case "abs":
      if (value) return constantFraction(compare(value, zero) < 0 ? negative(value) : value);
      return functionAtom(table, name, [withoutSign(table, x)]);
    case "sign":
      return value ? constantFraction(rational(BigInt(compare(value, zero)))) : odd(table, name, x);
    case "step":
      return value ? constantFraction(compare(value, zero) >= 0 ? one : zero) : functionAtom(table, name, args);
    case "floor":
      return value ? constantFraction(rational(floor(value))) : functionAtom(table, name, args);
    case "ceil":
      return value ? constantFraction(rational(-floor(negative(value)))) : functionAtom(table, name, args);
    case "min":
    case "max":
      return extreme(table, name, args);
    // Nothing more is known of it.
    default:
      return functionAtom(table, name, args);
  }
}

/** base^exponent; null where it is not defined. */
export function generalPower(table: Table, base: Fraction, exponent: Fraction): Fraction | null {
  const value = constantOf(exponent);
  if (value) return rationalPower(table, base, value);
  if (base.numerator.size === 0) return null;
  // x^(a + 2) = x^2·x^a
  const constantTerm = exponent.divisors.size === 0 ? (exponent.numerator.get("")?.coefficient ?? zero) : zero;
  const rest =
    exponent.divisors.size === 0
      ? sumOf(table, [
          [exponent, one],
          [constantFraction(constantTerm), minusOne],
        ])
      : exponent;
  const constantPower = rationalPower(table, base, constantTerm);
  return (
    constantPower &&
    productOf(table, [
      [constantPower, 1n],
      [exponential(table, base, rest), 1n],
    ])
  );
}

/** base^(Σ c·m) as a product of powers of the atoms base^m; base null is e. */
function exponential(table: Table, base: Fraction | null, exponent: Fraction): Fraction {
  const baseKey = base === null ? "e" : fractionKey(base);
  const baseOrder = base === null ? "e" : fractionOrder(base);
  const baseExpr = base === null ? null : writeFraction(base);
  const below = divisorsKey(exponent.divisors);
  const powers = new Map<Atom, Rational>();
  for (const term of exponent.numerator.values()) {
    const part: Fraction = { numerator: single(one, term.monomial), divisors: exponent.divisors };
    const written = writeFraction(part);
    const key = `power:${baseKey}:${term.monomial.key}${below}`;
    const order = `p:${digest(`${baseOrder}^${fractionOrder(part)}`)}`;
    const expr = (): Expr =>
      baseExpr === null ? call("exp", written) : { kind: "arithmetic", operator: "^", left: baseExpr, right: written };
    const atom = intern(table, key, order, expr, { kind: "exponential", base: baseExpr, baseKey, exponent: written });
    powers.set(atom, add(powers.get(atom) ?? zero, term.coefficient));
  }
  return monomialFraction(one, monomial(powers));
}

function rationalPower(table: Table, base: Fraction, exponent: Rational): Fraction | null {
  if (isZeroRational(exponent)) return constantFraction(one);
  if (isInteger(exponent)) return productOf(table, [[base, exponent.numerator]]);
  if (base.numerator.size === 0) return compare(exponent, zero) > 0 ? zeroFraction : null;
  const value = constantOf(base);
  if (value) {
    if (compare(value, zero) < 0) return null;
    const root = exactRoot(value, exponent.denominator);
    if (root) return productOf(table, [[constantFraction(root), exponent.numerator]]);
  }
  // (x^2)^(1/2) is not x, so exponents are multiplied only where the base is one atom or positive whatever its exponent.
  const term = onlyMonomial(base);
  if (term && equal(term.coefficient, one)) {
    const { powers } = term.monomial;
    const isAtom =
      powers.length === 1 && powers.every(([atom, own]) => equal(own, one) && atom.nature.kind === "plain");
    const isPositive = powers.every(([atom]) => atom.nature.kind === "exponential" && atom.nature.base === null);
    if (isAtom || isPositive) return monomialFraction(one, powerOfMonomial(term.monomial, exponent));
  }
  const order = `r:${digest(`root(${fractionOrder(base)})`)}`;
  const radical = intern(table, `root:${fractionKey(base)}`, order, () => writeFraction(base), {
    kind: "radical",
    base,
  });
  const whole = floor(exponent);
  return productOf(table, [
    [base, whole],
    [atomFraction(radical, add(exponent, rational(-whole))), 1n],
  ]);
}

function exactRoot(value: Rational, degree: bigint): Rational | null {
  if (degree > 64n) return null;
  const [numerator, denominator] = [integerRoot(value.numerator, degree), integerRoot(value.denominator, degree)];
  return numerator === null || denominator === null ? null : rational(numerator, denominator);
}

/** The root of a positive integer where that is an integer (bisection). */
function integerRoot(n: bigint, degree: bigint): bigint | null {
  let low = 1n;
  let high = 1n << (BigInt(n.toString(2).length) / degree + 1n);
  while (low < high) {
    const middle = (low + high) / 2n;
    if (middle ** degree < n) low = middle + 1n;
    else high = middle;
  }
  return low ** degree === n ? low : null;
}

function odd(table: Table, name: FunctionName, x: Fraction): Fraction {
  if (x.numerator.size === 0) return zeroFraction;
  const positive = functionAtom(table, name, [withoutSign(table, x)]);
  return startsNegative(x) ? sumOf(table, [[positive, minusOne]]) : positive;
}

/** x or -x, the same one for both. */
function withoutSign(table: Table, x: Fraction): Fraction {
  return startsNegative(x) ? sumOf(table, [[x, minusOne]]) : x;
}

function startsNegative(x: Fraction): boolean {
  return x.numerator.size > 0 && compare(leadingTerm(x.numerator).coefficient, zero) < 0;
}

function extreme(table: Table, name: "min" | "max", args: readonly Fraction[]): Fraction {
  const distinct = new Map(args.map((argument) => [fractionKey(argument), argument]));
  const constants = [...distinct].flatMap(([key, argument]) => {
    const value = constantOf(argument);
    return value ? [{ key, value }] : [];
  });
  constants.sort((a, b) => (name === "min" ? 1 : -1) * compare(a.value, b.value));
  for (const { key } of constants.slice(1)) distinct.delete(key);
  const remaining = [...distinct.values()]
    .map((argument) => ({ argument, order: fractionOrder(argument) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  const [a, b, ...more] = remaining.map(({ argument }) => argument);
  if (a === undefined || b === undefined) return present(a, "argument");
  if (more.length > 0) return functionAtom(table, name, [a, b, ...more]);
  return name === "min"
    ? smaller(table, a, b)
    : sumOf(table, [
        [a, one],
        [b, one],
        [smaller(table, a, b), minusOne],
      ]);
}

/** min(a, b) = b - max(b - a, 0). */
export function smaller(table: Table, a: Fraction, b: Fraction): Fraction {
  return sumOf(table, [
    [b, one],
    [
      positivePart(
        table,
        sumOf(table, [
          [b, one],
          [a, minusOne],
        ]),
      ),
      minusOne,
    ],
  ]);
}

/** max(x, 0), of an x that starts with 1: max(c x, 0) = c max(x, 0) and max(-c x, 0) = c max(x, 0) - c x for c > 0. */
function positivePart(table: Table, x: Fraction): Fraction {
  const value = constantOf(x);
  if (value) return compare(value, zero) > 0 ? x : zeroFraction;
  const { coefficient } = leadingTerm(x.numerator);
  const part = functionAtom(table, "max", [sumOf(table, [[x, invert(coefficient)]]), zeroFraction]);
  return compare(coefficient, zero) > 0
    ? sumOf(table, [[part, coefficient]])
    : sumOf(table, [
        [part, negative(coefficient)],
        [x, one],
      ]);
}

function functionAtom(table: Table, name: FunctionName, args: readonly Fraction[]): Fraction {
  const order = `f:${name}:${digest(args.map(fractionOrder).join(","))}`;
  return atomFraction(
    intern(table, `${name}(${args.map(fractionKey).join(",")})`, order, () => call(name, ...args.map(writeFraction))),
  );
}
