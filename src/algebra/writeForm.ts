// From normal forms back to expressions.
import type { Expr } from "./expression.ts";
import { arithmetic, call, number } from "./expression.ts";
import type { Fraction } from "./fraction.ts";
import type { Monomial, Polynomial, Term } from "./polynomial.ts";
import { compareMonomials, sortedTerms } from "./polynomial.ts";
import type { Rational } from "./rational.ts";
import {
  compare,
  equal,
  isInteger,
  minusOne,
  negative,
  one,
  rational,
  toExactNumber,
  toNumber,
  zero,
} from "./rational.ts";

/** A sum of products over a product of powers of sums, in an order that depends on the value alone. */
export function writeFraction(f: Fraction): Expr {
  const above = writePolynomial(f.numerator);
  const factors = [...f.divisors.values()].sort((a, b) => compareSums(a.factor.polynomial, b.factor.polynomial));
  const below = product(factors.map(({ factor, times }) => power(writePolynomial(factor.polynomial), rational(times))));
  return below ? arithmetic("/", above, below) : above;
}

export function writePolynomial(p: Polynomial): Expr {
  let sum: Expr | null = null;
  const terms = sortedTerms(p);
  // V_th - E_L and not -E_L + V_th: a sum begins with a term that has no sign.
  const first = terms.findIndex((term) => compare(term.coefficient, zero) > 0);
  for (const term of first > 0 ? [terms[first] as Term, ...terms.slice(0, first), ...terms.slice(first + 1)] : terms) {
    const isNegative = compare(term.coefficient, zero) < 0;
    if (sum === null) sum = writeTerm(term);
    else
      sum = arithmetic(
        isNegative ? "-" : "+",
        sum,
        writeTerm(isNegative ? { ...term, coefficient: negative(term.coefficient) } : term),
      );
  }
  return sum ?? number(0);
}

function writeTerm({ coefficient, monomial }: Term): Expr {
  const exact = toExactNumber(coefficient);
  const [above, below] =
    exact === null ? [rational(coefficient.numerator), rational(coefficient.denominator)] : [coefficient, one];
  const upper: Expr[] = [];
  const lower: Expr[] = [];
  if (!equal(below, one)) lower.push(writeInteger(below));
  writePowers(monomial, upper, lower);
  const isNegated = equal(above, minusOne) && upper.length > 0;
  if (!isNegated && (!equal(above, one) || upper.length === 0))
    upper.unshift(exact === null ? writeInteger(above) : number(exact));
  const numerator = product(upper) ?? number(1);
  const denominator = product(lower);
  const whole = denominator ? arithmetic("/", numerator, denominator) : numerator;
  return isNegated ? { kind: "negate", operand: whole } : whole;
}

/** Powers of e and of one base under several exponents come together again: exp(a/τ - b/τ). */
function writePowers(m: Monomial, upper: Expr[], lower: Expr[]): void {
  const exponents = new Map<string, { readonly base: Expr | null; sum: Expr | null }>();
  for (const [atom, exponent] of m.powers) {
    if (atom.nature.kind !== "exponential") {
      if (compare(exponent, zero) > 0) upper.push(power(atom.expr, exponent));
      else lower.push(power(atom.expr, negative(exponent)));
      continue;
    }
    const group = exponents.get(atom.nature.baseKey) ?? { base: atom.nature.base, sum: null };
    exponents.set(atom.nature.baseKey, group);
    const isNegative = compare(exponent, zero) < 0;
    const magnitude = isNegative ? negative(exponent) : exponent;
    const scaled = equal(magnitude, one) ? atom.nature.exponent : scaledBy(magnitude, atom.nature.exponent);
    if (group.sum) group.sum = arithmetic(isNegative ? "-" : "+", group.sum, scaled);
    else group.sum = isNegative ? { kind: "negate", operand: scaled } : scaled;
  }
  for (const { base, sum } of exponents.values()) {
    if (sum) upper.push(base === null ? call("exp", sum) : arithmetic("^", base, sum));
  }
}

function scaledBy(factor: Rational, e: Expr): Expr {
  const isOne = e.kind === "number" && e.value === 1;
  return isOne ? writeRational(factor) : arithmetic("*", writeRational(factor), e);
}

function power(base: Expr, exponent: Rational): Expr {
  if (equal(exponent, one)) return base;
  if (equal(exponent, rational(1n, 2n))) return call("sqrt", base);
  return arithmetic("^", base, writeRational(exponent));
}

function product(factors: readonly Expr[]): Expr | null {
  return factors.length === 0 ? null : factors.reduce((left, right) => arithmetic("*", left, right));
}

function writeRational(r: Rational): Expr {
  const exact = toExactNumber(r);
  if (exact !== null) return number(exact);
  if (isInteger(r)) return writeInteger(r);
  return arithmetic("/", writeInteger(rational(r.numerator)), writeInteger(rational(r.denominator)));
}

/** Integers that no double prints as are written in pieces of 15 digits, so that reading them again gives the same one: a·10^15 + b. */
function writeInteger(r: Rational): Expr {
  const exact = toExactNumber(r);
  if (exact !== null) return number(exact);
  if (r.numerator < 0n) return { kind: "negate", operand: writeInteger(negative(r)) };
  const digits = r.numerator.toString();
  const zeros = digits.length - digits.replace(/0+$/, "").length;
  if (zeros > 15)
    return arithmetic(
      "*",
      writeInteger(rational(r.numerator / 10n ** BigInt(zeros))),
      arithmetic("^", number(10), number(zeros)),
    );
  let value: Expr | null = null;
  for (let end = digits.length % 15 || 15, start = 0; start < digits.length; start = end, end += 15) {
    const piece = number(Number(digits.slice(start, end)));
    value = value ? arithmetic("+", arithmetic("*", value, number(1e15)), piece) : piece;
  }
  return value ?? number(toNumber(r));
}

function compareSums(a: Polynomial, b: Polynomial): number {
  const [p, q] = [sortedTerms(a), sortedTerms(b)];
  for (let i = 0; i < Math.max(p.length, q.length); i++) {
    const [s, t] = [p[i], q[i]];
    if (!s || !t) return s ? 1 : -1;
    const difference = compareMonomials(s.monomial, t.monomial) || compare(s.coefficient, t.coefficient);
    if (difference !== 0) return difference;
  }
  return 0;
}
