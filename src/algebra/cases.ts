// Equality of expressions with arms, by cases: every comparison in them is negative, zero or positive, and in each case that leaves no arm open the normal forms must agree.
import { affine } from "./affine.ts";
import type { CompareOperator, Expr } from "./expression.ts";
import {
  constantFraction,
  constantOf,
  dividedBy,
  fractionKey,
  newTable,
  productOf,
  sumOf,
  type Fraction,
  type Table,
} from "./fraction.ts";
import { equivalent, formOf } from "./normalForm.ts";
import { leadingTerm, monomial, powerOfMonomial, single, split, type Term } from "./polynomial.ts";
import {
  add,
  compare as compareRational,
  invert,
  minusOne,
  multiply,
  negative,
  one,
  rational,
  zero,
  type Rational,
} from "./rational.ts";
import { FUNCTIONS } from "./functions.ts";
import { minus, negated, nought, over, unity } from "./reals.ts";
import { contains, foldExpr, mapExpr, substitute, symbolsOf, withParts } from "./traverse.ts";
import { writeFraction, writePolynomial } from "./writeForm.ts";

/** On which side of 0 something always is; strictly, or 0 as well. */
export interface Sign {
  readonly side: -1 | 1;
  readonly strict: boolean;
}

/** What is known of the sign of an expression that has one, for all values that are looked at; null where nothing is. */
export type SignOf = (e: Expr) => Sign | null;

export interface CaseProof {
  /** True is a proof; false means that none was found. */
  readonly same: boolean;
  /** Cases on an edge, where something is 0, that were not proven: what is put in for a symbol there, in turn. Where to look for a difference that no point away from the edges has. */
  readonly edges: readonly (readonly (readonly [string, Expr])[])[];
}

/** Cases that are looked at, and those after the first that was not proven. */
const MOST_CASES = 400;
const MOST_AFTER_FAILURE = 24;

export function hasArms(e: Expr): boolean {
  return contains(
    e,
    (node) =>
      node.kind === "conditional" ||
      node.kind === "compare" ||
      (node.kind === "call" && FUNCTIONS[node.function].arms !== undefined),
  );
}

/** Whether both are the same function of their symbols. Conditions may be handed in as they are. */
export function sameByCases(a: Expr, b: Expr, signOf: SignOf): CaseProof {
  const proof = new Proof(signOf);
  const same = proof.prove(withArms(a), withArms(b), new Map(), []);
  return { same, edges: proof.edges };
}

/** Where a direction in the space of symbols lies: between two values of its own, or at one. */
interface Place {
  readonly direction: Fraction;
  readonly from: Rational | null;
  readonly to: Rational | null;
  readonly at: Rational | null;
}

type Places = ReadonlyMap<string, Place>;

/** A comparison of a direction with a number; `turned`: of its negative. */
interface Question {
  readonly key: string;
  readonly direction: Fraction;
  readonly threshold: Rational;
  readonly turned: boolean;
}

class Proof {
  readonly edges: (readonly (readonly [string, Expr])[])[] = [];
  private readonly table: Table = newTable(writePolynomial);
  private readonly sideOf: SignOf;
  private cases = 0;
  private failedAt: number | null = null;

  constructor(signOf: SignOf) {
    this.sideOf = signOf;
  }

  /** Of what is never 0. */
  private signOf(e: Expr): -1 | 1 | null {
    const sign = this.sideOf(e);
    return sign?.strict === true ? sign.side : null;
  }

  prove(a: Expr, b: Expr, places: Places, replaced: readonly (readonly [string, Expr])[]): boolean {
    if (this.failedAt !== null && this.cases > this.failedAt + MOST_AFTER_FAILURE) return false;
    const [p, q] = [this.resolved(a, places), this.resolved(b, places)];
    const question = p.open ?? q.open;
    if (question === null || this.cases > MOST_CASES) {
      this.cases++;
      if ((question === null && this.agree(p.e, q.e, places)) || this.isImpossible(places)) return true;
      this.failedAt ??= this.cases;
      if (replaced.length > 0) this.edges.push(replaced);
      return false;
    }
    const { key, direction, threshold } = question;
    const here = places.get(key) ?? { direction, from: null, to: null, at: null };
    const at = (place: Place): Places => new Map(places).set(key, place);
    // Where it never is nothing has to hold.
    const side = this.sideOf(writeFraction(direction))?.side ?? 0;
    const below =
      (side > 0 && compareRational(threshold, zero) <= 0) ||
      this.prove(p.e, q.e, at({ ...here, to: threshold }), replaced);
    const above =
      (side < 0 && compareRational(threshold, zero) >= 0) ||
      this.prove(p.e, q.e, at({ ...here, from: threshold }), replaced);
    const solved = this.solved(
      sumOf(this.table, [
        [direction, one],
        [constantFraction(threshold), minusOne],
      ]),
    );
    const on = at({ ...here, at: threshold });
    const [x, y] = [p.e, q.e].map((e) => (solved === null ? e : substitute(e, new Map([solved]))));
    return this.prove(x ?? p.e, y ?? q.e, on, solved === null ? replaced : [...replaced, solved]) && below && above;
  }

  /** Equal, or apart by a multiple of what is 0 here: sin(x) is 1/2 where sin(x) - 1/2 is 0, which nothing solves for x. */
  private agree(p: Expr, q: Expr, places: Places): boolean {
    if (equivalent(p, q)) return true;
    const difference = formOf(minus(p, q), this.table);
    return [...places.values()].some(({ direction, at }) => {
      if (difference === null || at === null) return false;
      const zeroHere = sumOf(this.table, [
        [direction, one],
        [constantFraction(at), minusOne],
      ]);
      const quotient = dividedBy(difference, zeroHere);
      return quotient?.divisors.size === 0 && [...quotient.numerator.values()].every(isFinitePart);
    });
  }

  /** A symbol and what it is where x is 0. */
  private solved(x: Fraction): readonly [string, Expr] | null {
    const e = writeFraction(x);
    const names = [...symbolsOf(e)];
    for (const name of names.sort((m, n) => Number(this.hasSign(m)) - Number(this.hasSign(n)))) {
      const form = affine(e, new Set([name]));
      const coefficient = form?.coefficients.get(name);
      if (
        form === null ||
        coefficient === undefined ||
        symbolsOf(coefficient).has(name) ||
        symbolsOf(form.rest).has(name)
      )
        continue;
      if (coefficient.kind !== "number" && this.signOf(coefficient) === null) continue;
      return [name, over(negated(form.rest), coefficient)];
    }
    return null;
  }

  private hasSign(name: string): boolean {
    return this.signOf({ kind: "symbol", name }) !== null;
  }

  /** With what is known put in, and the first comparison that it leaves open. */
  private resolved(e: Expr, places: Places): { readonly e: Expr; readonly open: Question | null } {
    let open: Question | null = null;
    const isOpen = new WeakSet<Expr>();
    const made = foldExpr<Expr>(e, (node, parts) => {
      const result = ((): Expr => {
        const next = withParts(node, parts);
        switch (next.kind) {
          case "compare":
            return parts.some((part) => isOpen.has(part))
              ? next
              : (this.decided(next.operator, next.left, next.right, places, (question) => {
                  open ??= question;
                  isOpen.add(next);
                }) ?? next);
          case "not":
            return next.operand.kind === "number" ? (next.operand.value === 0 ? unity : nought) : next;
          case "logical": {
            const [left, right] = [next.left, next.right];
            const neutral = next.operator === "and";
            for (const [one, other] of [
              [left, right],
              [right, left],
            ] as const) {
              if (one.kind !== "number") continue;
              if ((one.value !== 0) !== neutral) return neutral ? nought : unity;
              if (isTruth(other)) return other;
            }
            return next;
          }
          case "conditional":
            return next.condition.kind === "number" ? (next.condition.value !== 0 ? next.then : next.otherwise) : next;
          default:
            return next;
        }
      })();
      if (parts.some((part) => isOpen.has(part)) && result.kind !== "number") isOpen.add(result);
      return result;
    });
    return { e: made, open };
  }

  /** 1 or 0; null where that is not known: then it is asked, unless it can be no question. */
  private decided(
    operator: CompareOperator,
    left: Expr,
    right: Expr,
    places: Places,
    ask: (question: Question) => void,
  ): Expr | null {
    const excess = formOf(minus(left, right), this.table);
    if (excess === null) return null;
    const { f, turned } = this.stripped(excess);
    const value = constantOf(f);
    if (value !== null) return truth(operator, compareRational(turned ? negative(value) : value, zero));
    const question = this.questionOf(f, turned, places);
    const place = places.get(question.key);
    const sign = place === undefined ? null : signAt(place, question.threshold);
    if (sign !== null) return truth(operator, question.turned ? -sign : sign);
    ask(question);
    return null;
  }

  private questionOf(f: Fraction, turned: boolean, places: Places): Question {
    for (const [key, { direction, from, to, at }] of places) {
      for (const threshold of [at, from, to]) {
        if (threshold === null) continue;
        const known = sumOf(this.table, [
          [direction, one],
          [constantFraction(threshold), minusOne],
        ]);
        const quotient = dividedBy(f, known) ?? dividedBy(known, f);
        const sign = quotient === null ? null : this.signOfFraction(quotient);
        if (sign !== null) return { key, direction, threshold, turned: turned !== sign < 0 };
      }
    }
    const constant = f.divisors.size === 0 ? (f.numerator.get("")?.coefficient ?? zero) : zero;
    const rest = sumOf(this.table, [
      [f, one],
      [constantFraction(constant), minusOne],
    ]);
    const { coefficient } = leadingTerm(rest.numerator);
    const direction = sumOf(this.table, [[rest, invert(coefficient)]]);
    return {
      key: fractionKey(direction),
      direction,
      threshold: multiply(negative(constant), invert(coefficient)),
      turned: turned !== compareRational(coefficient, zero) < 0,
    };
  }

  /** Without factors and divisors whose sign is known. */
  private stripped(f: Fraction): { readonly f: Fraction; readonly turned: boolean } {
    if (constantOf(f) !== null) return { f, turned: false };
    let turned = false;
    let divisors = f.divisors;
    for (const [id, { factor, times }] of f.divisors) {
      const sign = times % 2n === 0n ? 1 : this.signOf(writePolynomial(factor.polynomial));
      if (sign === null) continue;
      divisors = new Map([...divisors].filter(([other]) => other !== id));
      if (sign < 0) turned = !turned;
    }
    const drop = split(f.numerator).content.powers.filter(([atom]) => {
      const sign = this.signOf(atom.expr);
      if (sign !== null && sign < 0) turned = !turned;
      return sign !== null;
    });
    const kept: Fraction = { numerator: f.numerator, divisors };
    if (drop.length === 0) return { f: kept, turned };
    const inverse = powerOfMonomial(monomial(new Map(drop)), rational(-1n));
    const whole = drop.every(([, exponent]) => exponent.denominator === 1n);
    // An odd root of what is negative is no number: only whole powers have the sign of their base, even ones none.
    const negatives = drop.filter(([atom]) => this.signOf(atom.expr) === -1);
    if (negatives.length > 0 && (!whole || negatives.some(([, exponent]) => exponent.numerator % 2n === 0n)))
      return { f, turned: false };
    const product = productOf(this.table, [
      [kept, 1n],
      [{ numerator: new Map([[inverse.key, { coefficient: one, monomial: inverse }]]), divisors: new Map() }, 1n],
    ]);
    return product === null ? { f, turned: false } : { f: product, turned };
  }

  /** Whether places contradict each other, x < y and y < z and z < x, or the signs of what is in them: Fourier's elimination, with monomials as if they were independent. */
  private isImpossible(places: Places): boolean {
    const monomials = new Map(
      [...places.values()].flatMap(({ direction }) =>
        direction.divisors.size > 0 ? [] : [...direction.numerator].map(([key, term]) => [key, term.monomial] as const),
      ),
    );
    const signs = [...monomials].flatMap(([key, m]): Row[] => {
      const sign = this.sideOf(writePolynomial(single(one, m)));
      return sign === null
        ? []
        : [{ coefficients: new Map([[key, rational(BigInt(sign.side))]]), constant: zero, strict: sign.strict }];
    });
    return isContradiction([...signs, ...[...places.values()].flatMap(rowsOf)]);
  }

  private signOfFraction(f: Fraction): -1 | 1 | null {
    const value = constantOf(f);
    if (value !== null) return compareRational(value, zero) > 0 ? 1 : compareRational(value, zero) < 0 ? -1 : null;
    return this.signOf(writeFraction(f));
  }
}

/** Of names alone, none of them divided by. */
function isFinitePart({ monomial: { powers } }: Term): boolean {
  return powers.every(([atom, exponent]) => atom.expr.kind === "symbol" && compareRational(exponent, zero) > 0);
}

/** Σ coefficient·monomial + constant > 0, or >= 0. */
interface Row {
  readonly coefficients: ReadonlyMap<string, Rational>;
  readonly constant: Rational;
  readonly strict: boolean;
}

/** Rows beyond which no contradiction is looked for. */
const MOST_ROWS = 60;

function isContradiction(all: readonly Row[]): boolean {
  let rows = [...all];
  const names = new Set(rows.flatMap((row) => [...row.coefficients.keys()]));
  for (const name of names) {
    const of = (sign: number): Row[] =>
      rows.filter((row) => Math.sign(compareRational(row.coefficients.get(name) ?? zero, zero)) === sign);
    const [above, below] = [of(1), of(-1)];
    if (above.length * below.length + rows.length > MOST_ROWS) return false;
    rows = [...of(0), ...above.flatMap((p) => below.map((q) => joined(p, q, name)))];
  }
  return rows.some(({ constant, strict }) => compareRational(constant, zero) < (strict ? 1 : 0));
}

function rowsOf({ direction, from, to, at }: Place): Row[] {
  if (direction.divisors.size > 0) return [];
  const row = (threshold: Rational | null, sign: Rational, strict: boolean): Row[] =>
    threshold === null
      ? []
      : [
          {
            coefficients: new Map(
              [...direction.numerator].map(([key, term]) => [key, multiply(sign, term.coefficient)]),
            ),
            constant: negative(multiply(sign, threshold)),
            strict,
          },
        ];
  return at === null
    ? [...row(from, one, true), ...row(to, minusOne, true)]
    : [...row(at, one, false), ...row(at, minusOne, false)];
}

/** The sum in which the monomial is gone. */
function joined(p: Row, q: Row, name: string): Row {
  const [x, y] = [invert(p.coefficients.get(name) ?? one), negative(invert(q.coefficients.get(name) ?? one))];
  const sum = (a: Rational, b: Rational): Rational => add(multiply(x, a), multiply(y, b));
  const names = new Set([...p.coefficients.keys(), ...q.coefficients.keys()]);
  names.delete(name);
  return {
    coefficients: new Map(
      [...names]
        .map((n): [string, Rational] => [n, sum(p.coefficients.get(n) ?? zero, q.coefficients.get(n) ?? zero)])
        .filter(([, c]) => compareRational(c, zero) !== 0),
    ),
    constant: sum(p.constant, q.constant),
    strict: p.strict || q.strict,
  };
}

function isTruth(e: Expr): boolean {
  return (
    e.kind === "compare" ||
    e.kind === "logical" ||
    e.kind === "not" ||
    (e.kind === "number" && (e.value === 0 || e.value === 1))
  );
}

function signAt({ from, to, at }: Place, threshold: Rational): number | null {
  if (at !== null) return compareRational(at, threshold);
  if (to !== null && compareRational(to, threshold) <= 0) return -1;
  return from !== null && compareRational(from, threshold) >= 0 ? 1 : null;
}

function truth(operator: CompareOperator, sign: number): Expr {
  const holds = { "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0, "==": sign === 0, "!=": sign !== 0 }[
    operator
  ];
  return holds ? unity : nought;
}

/** Functions that have arms, written as such; a condition as 1 or 0. */
export function withArms(e: Expr): Expr {
  const made = mapExpr(e, (node) => {
    if (node.kind !== "call") return node;
    return FUNCTIONS[node.function].arms?.(...node.arguments) ?? node;
  });
  return isTruth(made) && made.kind !== "number"
    ? { kind: "conditional", condition: made, then: unity, otherwise: nought }
    : made;
}
