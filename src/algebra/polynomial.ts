// Polynomials with exact coefficients over atoms: what the normal form of an expression is made of. Exponents are rational and may be negative.
import { present } from "../base/invariant.ts";
import type { Expr } from "./expression.ts";
import type { Rational } from "./rational.ts";
import {
  add,
  compare,
  equal,
  integerPower,
  invert,
  isZeroRational,
  multiply,
  negative,
  one,
  rational,
  text,
  zero,
} from "./rational.ts";

/** What the algebra does not look into: a symbol, a function of normalised arguments, a conditional. One object per distinct atom. */
export interface Atom {
  readonly id: number;
  /** Sorts atoms by what they are, not by when they were met: a symbol's name, a digest of anything else. */
  readonly order: string;
  readonly expr: Expr;
  readonly nature: Nature;
}

export type Nature =
  | { readonly kind: "plain" }
  /** exponent p of this atom stands for base^(p·exponent); `base` null is e. */
  | { readonly kind: "exponential"; readonly base: Expr | null; readonly baseKey: string; readonly exponent: Expr }
  /** A base that is not an atom, under exponents in [0, 1): whole powers of it are multiplied out. `base` is a Fraction. */
  | { readonly kind: "radical"; readonly base: unknown };

export type Power = readonly [atom: Atom, exponent: Rational];

/** Product of powers, by atoms in their order; exponents are not 0. */
export interface Monomial {
  readonly key: string;
  readonly powers: readonly Power[];
}

/** The coefficient is not 0. */
export interface Term {
  readonly coefficient: Rational;
  readonly monomial: Monomial;
}

/** Terms by the key of their monomial; 0 is empty. */
export type Polynomial = ReadonlyMap<string, Term>;

export const unit: Monomial = { key: "", powers: [] };

export function monomial(exponents: ReadonlyMap<Atom, Rational>): Monomial {
  const powers = [...exponents]
    .filter(([, exponent]) => !isZeroRational(exponent))
    .sort(([a], [b]) => compareAtoms(a, b));
  return withPowers(powers);
}

export function constantPolynomial(value: Rational): Polynomial {
  return single(value, unit);
}

export function single(coefficient: Rational, of: Monomial): Polynomial {
  return new Map(isZeroRational(coefficient) ? [] : [[of.key, { coefficient, monomial: of }]]);
}

/** The value of a polynomial without atoms, else null. */
export function constantValue(p: Polynomial): Rational | null {
  if (p.size === 0) return zero;
  return p.size === 1 ? (p.get(unit.key)?.coefficient ?? null) : null;
}

export function onlyTerm(p: Polynomial): Term | null {
  if (p.size !== 1) return null;
  for (const term of p.values()) return term;
  return null;
}

export function multiplyMonomials(a: Monomial, b: Monomial): Monomial {
  if (a.powers.length === 0) return b;
  if (b.powers.length === 0) return a;
  const powers: Power[] = [];
  let [i, j] = [0, 0];
  while (i < a.powers.length || j < b.powers.length) {
    const [p, q] = [a.powers[i], b.powers[j]];
    const which = p === undefined ? 1 : q === undefined ? -1 : compareAtoms(p[0], q[0]);
    if (which === 0 && p && q) {
      const exponent = add(p[1], q[1]);
      if (!isZeroRational(exponent)) powers.push([p[0], exponent]);
    } else powers.push(present(which < 0 ? p : q, "power"));
    if (which <= 0) i++;
    if (which >= 0) j++;
  }
  return withPowers(powers);
}

export function powerOfMonomial(m: Monomial, exponent: Rational): Monomial {
  if (isZeroRational(exponent)) return unit;
  return withPowers(m.powers.map(([atom, own]) => [atom, multiply(own, exponent)] as const));
}

/** sum += weight·p·m */
export function accumulate(sum: Map<string, Term>, p: Polynomial, weight: Rational, m: Monomial = unit): void {
  for (const term of p.values()) {
    const product = multiplyMonomials(term.monomial, m);
    const before = sum.get(product.key);
    const added = multiply(term.coefficient, weight);
    const coefficient = before ? add(before.coefficient, added) : added;
    if (isZeroRational(coefficient)) sum.delete(product.key);
    else sum.set(product.key, { coefficient, monomial: product });
  }
}

export function multiplyPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  const product = new Map<string, Term>();
  for (const term of b.values()) accumulate(product, a, term.coefficient, term.monomial);
  return product;
}

/** p = coefficient·content·primitive. The content takes every atom's lowest exponent; the leading coefficient of the primitive part is 1. p is not 0. */
export function split(p: Polynomial): {
  readonly coefficient: Rational;
  readonly content: Monomial;
  readonly primitive: Polynomial;
} {
  const term = onlyTerm(p);
  if (term) return { coefficient: term.coefficient, content: term.monomial, primitive: constantPolynomial(one) };
  const lowest = new Map<Atom, { exponent: Rational; count: number }>();
  for (const { monomial } of p.values()) {
    for (const [atom, exponent] of monomial.powers) {
      const known = lowest.get(atom);
      if (!known) lowest.set(atom, { exponent, count: 1 });
      else {
        known.count++;
        if (compare(exponent, known.exponent) < 0) known.exponent = exponent;
      }
    }
  }
  const exponents = new Map<Atom, Rational>();
  for (const [atom, { exponent, count }] of lowest)
    exponents.set(atom, count < p.size && compare(exponent, zero) > 0 ? zero : exponent);
  const content = monomial(exponents);
  const coefficient = leadingTerm(p).coefficient;
  const primitive = new Map<string, Term>();
  accumulate(primitive, p, invert(coefficient), powerOfMonomial(content, rational(-1n)));
  return { coefficient, content, primitive };
}

/** p/q where q divides p without remainder, else null; null also where finding out would take long. q is primitive. */
export function divideExactly(p: Polynomial, q: Polynomial): Polynomial | null {
  if (p.size === 0) return p;
  if (p.size > longDivision || q.size > p.size * 8) return null;
  const { coefficient, content, primitive } = split(p);
  const divisor = leadingTerm(q);
  if (quotientOf(trailingTerm(primitive), trailingTerm(q)) === null) return null;
  const remainder = new Map(primitive);
  const quotient = new Map<string, Term>();
  for (let step = 0; remainder.size > 0; step++) {
    const next = quotientOf(leadingTerm(remainder), divisor);
    if (next === null || step > longDivision) return null;
    accumulate(quotient, single(next.coefficient, next.monomial), coefficient, content);
    accumulate(remainder, q, negative(next.coefficient), next.monomial);
  }
  return quotient;
}

const longDivision = 400;

function quotientOf(a: Term, b: Term): Term | null {
  const quotient = multiplyMonomials(a.monomial, powerOfMonomial(b.monomial, rational(-1n)));
  if (quotient.powers.some(([, exponent]) => compare(exponent, zero) < 0)) return null;
  return { coefficient: multiply(a.coefficient, invert(b.coefficient)), monomial: quotient };
}

/** Lexicographic, higher exponents first, so that it agrees with multiplication. */
export function compareMonomials(a: Monomial, b: Monomial): number {
  for (let i = 0; ; i++) {
    const [p, q] = [a.powers[i], b.powers[i]];
    if (!p && !q) return 0;
    const which = !p ? 1 : !q ? -1 : compareAtoms(p[0], q[0]);
    const difference = compare(which <= 0 && p ? p[1] : zero, which >= 0 && q ? q[1] : zero);
    if (difference !== 0) return -difference;
  }
}

export function sortedTerms(p: Polynomial): readonly Term[] {
  return [...p.values()].sort((a, b) => compareMonomials(a.monomial, b.monomial));
}

export function leadingTerm(p: Polynomial): Term {
  return extremeTerm(p, 1);
}

function trailingTerm(p: Polynomial): Term {
  return extremeTerm(p, -1);
}

function extremeTerm(p: Polynomial, sign: 1 | -1): Term {
  let best: Term | null = null;
  for (const term of p.values()) if (!best || sign * compareMonomials(term.monomial, best.monomial) < 0) best = term;
  return present(best, "term");
}

/** Equal polynomials over one table of atoms have equal keys. */
export function polynomialKey(p: Polynomial): string {
  return [...p.values()]
    .map((term) => `${text(term.coefficient)}@${term.monomial.key}`)
    .sort()
    .join("+");
}

/** What a polynomial is, spelled with its atoms' orders: the same whenever it is met. */
export function polynomialOrder(p: Polynomial): string {
  const spelled = sortedTerms(p).map(({ coefficient, monomial }) => {
    return `${text(coefficient)}@${monomial.powers.map(([atom, exponent]) => `${atom.order}^${text(exponent)}`).join("*")}`;
  });
  return spelled.join("+");
}

function withPowers(powers: readonly Power[]): Monomial {
  return { key: powers.map(([atom, exponent]) => `${atom.id}^${text(exponent)}`).join("*"), powers };
}

function compareAtoms(a: Atom, b: Atom): number {
  if (a === b) return 0;
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id - b.id;
}

/** value^exponent, or null where its digits would fill pages. */
export function smallPower(value: Rational, exponent: bigint): Rational | null {
  if (equal(value, one) || exponent === 1n) return value;
  const digits = value.numerator.toString(16).length + value.denominator.toString(16).length;
  const magnitude = exponent < 0n ? -exponent : exponent;
  const trivial = value.denominator === 1n && (value.numerator === 1n || value.numerator === -1n);
  if (trivial) return exponent % 2n === 0n ? one : value;
  return BigInt(digits) * magnitude > 800n ? null : integerPower(value, exponent);
}
