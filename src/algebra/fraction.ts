// Quotients of polynomials with the denominator kept in factors: sums over few denominators stay small, and what is divided by and multiplied with cancels.
import type { Expr } from "./expression.ts";
import type { Atom, Monomial, Nature, Polynomial, Term } from "./polynomial.ts";
import {
  accumulate,
  constantPolynomial,
  constantValue,
  divideExactly,
  monomial,
  multiplyMonomials,
  multiplyPolynomials,
  onlyTerm,
  polynomialKey,
  polynomialOrder,
  powerOfMonomial,
  single,
  smallPower,
  split,
} from "./polynomial.ts";
import type { Rational } from "./rational.ts";
import { add, compare, floor, invert, isZeroRational, multiply, one, rational, text, zero } from "./rational.ts";

/** A polynomial of two terms or more that is divided by: primitive, its leading coefficient 1. One object per distinct factor. */
export interface Factor {
  readonly id: number;
  readonly polynomial: Polynomial;
}

export interface Divisor {
  readonly factor: Factor;
  /** At least 1. */
  readonly times: bigint;
}

/** numerator / Π factor^times; by factor id. */
export interface Fraction {
  readonly numerator: Polynomial;
  readonly divisors: ReadonlyMap<number, Divisor>;
}

/** The atoms and factors of one normalisation. Fractions can be compared only within one table. */
export interface Table {
  readonly atoms: Map<string, Atom>;
  readonly factors: Map<string, Factor>;
  /** How a polynomial is written as an expression. */
  readonly write: (p: Polynomial) => Expr;
  /** What may still be spent, in powers of atoms touched. Under half of it nothing more is multiplied out; below 0 the search for a normal form is given up. */
  effort: number;
}

export function newTable(write: (p: Polynomial) => Expr): Table {
  return { atoms: new Map(), factors: new Map(), write, effort: mostEffort };
}

const noDivisors: ReadonlyMap<number, Divisor> = new Map();
export const zeroFraction: Fraction = { numerator: new Map(), divisors: noDivisors };

/** Products that would have more terms than this are left as they are: then two equal expressions may look different, never the other way round. */
const mostTerms = 2_000;
/** A coefficient that would be longer, in machine words, is not multiplied out either. */
const mostWords = 50;
/** A fraction of a second. Nested quotients grow like Fibonacci numbers, and nobody should wait for those. */
const mostEffort = 150_000;

function isAffordable(table: Table, terms: number): boolean {
  return terms <= mostTerms && table.effort > mostEffort / 2;
}

/** Single terms cost nothing, so that sums may be as long as they like; coefficients may be long, too: lowest terms take the square of that. */
function charge(table: Table, p: Polynomial, times = 1): void {
  let cost = 0;
  for (const { coefficient, monomial } of p.values()) {
    const words = lengthOf(coefficient);
    if (p.size > 1 || words > 1) cost += words + words ** 2 / 16 + monomial.powers.length;
  }
  table.effort -= times * cost;
}

/** In machine words. */
function lengthOf({ numerator, denominator }: Rational): number {
  return isShort(numerator) && isShort(denominator)
    ? 1
    : (numerator.toString(16).length + denominator.toString(16).length) / 16;
}

function isShort(n: bigint): boolean {
  return BigInt.asIntN(64, n) === n;
}

function multiplied(table: Table, a: Polynomial, b: Polynomial): Polynomial {
  charge(table, a, b.size);
  return multiplyPolynomials(a, b);
}

export function constantFraction(value: Rational): Fraction {
  return { numerator: constantPolynomial(value), divisors: noDivisors };
}

export function atomFraction(atom: Atom, exponent: Rational = one): Fraction {
  return { numerator: single(one, monomial(new Map([[atom, exponent]]))), divisors: noDivisors };
}

export function monomialFraction(coefficient: Rational, m: Monomial): Fraction {
  return { numerator: single(coefficient, m), divisors: noDivisors };
}

/** The atom of that key; `order` says what it is in words that do not depend on the table. */
export function intern(
  table: Table,
  key: string,
  order: string,
  expr: () => Expr,
  nature: Nature = { kind: "plain" },
): Atom {
  const known = table.atoms.get(key);
  if (known) return known;
  const atom: Atom = { id: table.atoms.size, order, expr: expr(), nature };
  table.atoms.set(key, atom);
  return atom;
}

export function constantOf(f: Fraction): Rational | null {
  return f.divisors.size === 0 ? constantValue(f.numerator) : null;
}

export function fractionKey(f: Fraction): string {
  return `${polynomialKey(f.numerator)}${divisorsKey(f.divisors)}`;
}

/** A digest: equal fractions have equal ones, in whatever table. */
export function fractionOrder(f: Fraction): string {
  const divisors = [...f.divisors.values()]
    .map(({ factor, times }) => `(${polynomialOrder(factor.polynomial)})^${times}`)
    .sort();
  return digest(`${polynomialOrder(f.numerator)}/${divisors.join("*")}`);
}

/** Σ weight·fraction */
export function sumOf(table: Table, members: readonly (readonly [Fraction, Rational])[]): Fraction {
  const groups = new Map<
    string,
    { readonly divisors: ReadonlyMap<number, Divisor>; readonly numerator: Map<string, Term> }
  >();
  for (const [f, weight] of members) {
    if (isZeroRational(weight)) continue;
    charge(table, f.numerator);
    const key = divisorsKey(f.divisors);
    const group = groups.get(key) ?? { divisors: f.divisors, numerator: new Map<string, Term>() };
    groups.set(key, group);
    accumulate(group.numerator, f.numerator, weight);
  }
  const parts = [...groups.values()]
    .filter((group) => group.numerator.size > 0)
    .map((group) => reduced(table, group.numerator, group.divisors));
  if (parts.length <= 1) return parts[0] ?? zeroFraction;

  const common = new Map<number, Divisor>();
  for (const part of parts) {
    for (const [id, divisor] of part.divisors)
      if (divisor.times > (common.get(id)?.times ?? 0n)) common.set(id, divisor);
  }
  const numerator = new Map<string, Term>();
  if (common.size > 0 && !isAffordable(table, expandedSize(parts, common))) {
    for (const part of parts) accumulate(numerator, withoutDivisors(table, part), one);
    return settled(table, numerator, noDivisors);
  }
  for (const part of parts) {
    let product = part.numerator;
    for (const { factor, times } of common.values()) {
      const own = part.divisors.get(factor.id)?.times ?? 0n;
      for (let n = own; n < times; n++) product = multiplied(table, product, factor.polynomial);
    }
    accumulate(numerator, product, one);
  }
  return settled(table, numerator, common);
}

/** How many terms there would be over the common divisors; counts no further than it matters. */
function expandedSize(parts: readonly Fraction[], common: ReadonlyMap<number, Divisor>): number {
  let size = 0;
  for (const part of parts) {
    let product = part.numerator.size;
    for (const { factor, times } of common.values()) {
      product *= factor.polynomial.size ** Number(times - (part.divisors.get(factor.id)?.times ?? 0n));
      if (product > mostTerms) return product;
    }
    size += product;
  }
  return size;
}

/** f/x where x is a polynomial that divides f without remainder, so that f is 0 where x is; null where it does not, or where finding out would take long. */
export function dividedBy(f: Fraction, x: Fraction): Fraction | null {
  if (x.divisors.size > 0 || f.numerator.size === 0) return null;
  const { coefficient, content, primitive } = split(x.numerator);
  const inverse = powerOfMonomial(content, rational(-1n));
  const left = new Map<string, Term>();
  accumulate(left, f.numerator, invert(coefficient), inverse);
  const taken = new Set(content.powers.map(([atom]) => atom));
  if (
    [...left.values()].some(({ monomial }) =>
      monomial.powers.some(([atom, exponent]) => taken.has(atom) && compare(exponent, zero) < 0),
    )
  )
    return null;
  const numerator = primitive.size === 1 ? left : divideExactly(left, primitive);
  return numerator === null ? null : { numerator, divisors: f.divisors };
}

/** Π fraction^times; null where something that is 0 is divided by. */
export function productOf(table: Table, members: readonly (readonly [Fraction, bigint])[]): Fraction | null {
  let coefficient = one;
  let isZero = false;
  const exponents = new Map<Atom, Rational>();
  const raise = (atom: Atom, exponent: Rational): void =>
    void exponents.set(atom, add(exponents.get(atom) ?? rational(0n), exponent));
  const factors = new Map<number, { readonly factor: Factor; times: bigint }>();
  const count = (factor: Factor, times: bigint): void => {
    const known = factors.get(factor.id);
    if (known) known.times += times;
    else factors.set(factor.id, { factor, times });
  };
  for (const [f, times] of members) {
    if (f.numerator.size === 0) {
      if (times < 0n) return null;
      if (times > 0n) isZero = true;
      continue;
    }
    charge(table, f.numerator);
    const parts = split(f.numerator);
    const power = smallPower(parts.coefficient, times);
    if (power && lengthOf(coefficient) + lengthOf(power) < mostWords) coefficient = multiply(coefficient, power);
    else raise(numberAtom(table, parts.coefficient), rational(times));
    for (const [atom, exponent] of parts.content.powers) raise(atom, multiply(exponent, rational(times)));
    if (parts.primitive.size > 1) count(internFactor(table, parts.primitive), times);
    for (const divisor of f.divisors.values()) count(divisor.factor, -times * divisor.times);
  }
  if (isZero) return zeroFraction;

  const divisors = new Map<number, Divisor>();
  let product: Polynomial = constantPolynomial(one);
  for (const { factor, times } of factors.values()) {
    if (times < 0n) divisors.set(factor.id, { factor, times: -times });
    else if (
      (product.size > 1 || times > 1n) &&
      !isAffordable(table, product.size * factor.polynomial.size ** Number(times))
    ) {
      raise(factorAtom(table, factor), rational(times));
    } else for (let n = 0n; n < times; n++) product = multiplied(table, product, factor.polynomial);
  }
  const numerator = new Map<string, Term>();
  accumulate(numerator, product, coefficient, monomial(exponents));
  return settled(table, numerator, divisors);
}

/** Multiplies out whole powers of radicals, then cancels what can be. */
function settled(table: Table, numerator: Polynomial, divisors: ReadonlyMap<number, Divisor>): Fraction {
  const calm = new Map<string, Term>();
  const unsettled = new Map<
    string,
    { readonly bases: readonly (readonly [Fraction, bigint])[]; readonly terms: Map<string, Term> }
  >();
  for (const term of numerator.values()) {
    const bases: (readonly [Fraction, bigint])[] = [];
    let rest = term.monomial;
    let key = "";
    for (const [atom, exponent] of term.monomial.powers) {
      const whole = atom.nature.kind === "radical" ? floor(exponent) : 0n;
      if (whole === 0n || atom.nature.kind !== "radical") continue;
      bases.push([atom.nature.base as Fraction, whole]);
      rest = multiplyMonomials(rest, powerOfMonomial(monomial(new Map([[atom, one]])), rational(-whole)));
      key += `${atom.id}^${whole}*`;
    }
    if (bases.length === 0) {
      calm.set(term.monomial.key, term);
      continue;
    }
    const group = unsettled.get(key) ?? { bases, terms: new Map<string, Term>() };
    unsettled.set(key, group);
    accumulate(group.terms, single(term.coefficient, rest), one);
  }
  if (unsettled.size === 0) return reduced(table, numerator, divisors);
  const members: (readonly [Fraction, Rational])[] = [[{ numerator: calm, divisors }, one]];
  for (const { bases, terms } of unsettled.values()) {
    // A radical's base is not 0, or it would have been evaluated.
    const product = productOf(table, [[{ numerator: terms, divisors }, 1n], ...bases]);
    if (product) members.push([product, one]);
  }
  return sumOf(table, members);
}

function reduced(table: Table, numerator: Polynomial, divisors: ReadonlyMap<number, Divisor>): Fraction {
  if (numerator.size === 0) return zeroFraction;
  if (divisors.size === 0) return { numerator, divisors: noDivisors };
  if (table.effort < mostEffort / 2) return { numerator, divisors };
  let rest = numerator;
  const kept = new Map<number, Divisor>();
  for (const { factor, times } of divisors.values()) {
    let left = times;
    for (
      let quotient = divideExactly(rest, factor.polynomial);
      quotient && left > 0n;
      quotient = divideExactly(rest, factor.polynomial)
    ) {
      charge(table, rest, factor.polynomial.size);
      rest = quotient;
      left--;
    }
    if (left > 0n) kept.set(factor.id, { factor, times: left });
  }
  return { numerator: rest, divisors: kept };
}

/** The same value with the divisors as atoms, so that it can be added to anything term by term. */
function withoutDivisors(table: Table, f: Fraction): Polynomial {
  const exponents = new Map<Atom, Rational>();
  for (const { factor, times } of f.divisors.values()) exponents.set(factorAtom(table, factor), rational(-times));
  const p = new Map<string, Term>();
  accumulate(p, f.numerator, one, monomial(exponents));
  return p;
}

function internFactor(table: Table, primitive: Polynomial): Factor {
  charge(table, primitive);
  const key = polynomialKey(primitive);
  const known = table.factors.get(key);
  if (known) return known;
  const factor: Factor = { id: table.factors.size, polynomial: primitive };
  table.factors.set(key, factor);
  return factor;
}

function factorAtom(table: Table, factor: Factor): Atom {
  return intern(table, `factor:${factor.id}`, `s:${digest(polynomialOrder(factor.polynomial))}`, () =>
    table.write(factor.polynomial),
  );
}

function numberAtom(table: Table, value: Rational): Atom {
  return intern(table, `number:${text(value)}`, `n:${text(value)}`, () => table.write(constantPolynomial(value)));
}

export function divisorsKey(divisors: ReadonlyMap<number, Divisor>): string {
  return [...divisors.values()]
    .map(({ factor, times }) => `/${factor.id}^${times}`)
    .sort()
    .join("");
}

/** The single term of a fraction without divisors. */
export function onlyMonomial(f: Fraction): Term | null {
  return f.divisors.size === 0 ? onlyTerm(f.numerator) : null;
}

/** 106 bits (two rounds of cyrb53): orders atoms and names long lists, decides no equality of atoms. */
export function digest(of: string): string {
  if (of.length < 40) return of;
  return cyrb53(of, 1) + cyrb53(of, 2);
}

function cyrb53(of: string, seed: number): string {
  let h1 = 0xdeadbeef ^ seed;
  let h2 = 0x41c6ce57 ^ seed;
  for (let i = 0; i < of.length; i++) {
    const c = of.charCodeAt(i);
    h1 = Math.imul(h1 ^ c, 2654435761);
    h2 = Math.imul(h2 ^ c, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return (4294967296 * (2097151 & h2) + (h1 >>> 0)).toString(36);
}
