// Conditions in normal form: comparisons with zero, conjunctions and their negations.
import type { CompareOperator, Expr } from "./expression.ts";
import { number } from "./expression.ts";
import type { Atom } from "./polynomial.ts";
import { leadingTerm } from "./polynomial.ts";
import type { Fraction, Table } from "./fraction.ts";
import {
  atomFraction,
  constantFraction,
  constantOf,
  digest,
  fractionKey,
  fractionOrder,
  intern,
  sumOf,
} from "./fraction.ts";
import { compare, invert, minusOne, negative, one, zero } from "./rational.ts";
import { writeFraction } from "./writeForm.ts";

/** A condition that always holds or never does, or an atom (with the value 1 where it holds, else 0) or its negation. Over the reals: NaN is not thought of. */
export type Condition = boolean | { readonly atom: Atom; readonly negated: boolean };

export function comparison(table: Table, operator: CompareOperator, left: Fraction, right: Fraction): Condition {
  switch (operator) {
    case "<":
      return comparedWithZero(
        table,
        "<",
        sumOf(table, [
          [left, one],
          [right, minusOne],
        ]),
      );
    case ">":
      return comparison(table, "<", right, left);
    case "<=":
      return not(comparison(table, "<", right, left));
    case ">=":
      return not(comparison(table, "<", left, right));
    case "==":
      return comparedWithZero(
        table,
        "==",
        sumOf(table, [
          [left, one],
          [right, minusOne],
        ]),
      );
    case "!=":
      return not(comparison(table, "==", left, right));
  }
}

export function not(condition: Condition): Condition {
  return typeof condition === "boolean" ? !condition : { atom: condition.atom, negated: !condition.negated };
}

export function and(table: Table, a: Condition, b: Condition): Condition {
  if (typeof a === "boolean") return a ? b : false;
  if (typeof b === "boolean") return b ? a : false;
  if (a.atom === b.atom) return a.negated === b.negated ? a : false;
  const [p, q] = spelling(a) <= spelling(b) ? [a, b] : [b, a];
  const atom = intern(
    table,
    `and:${keyOf(p)}:${keyOf(q)}`,
    `c:${digest(`and(${spelling(p)},${spelling(q)})`)}`,
    () => ({
      kind: "logical",
      operator: "and",
      left: writeCondition(p),
      right: writeCondition(q),
    }),
  );
  return { atom, negated: false };
}

/** A number taken as a condition: it holds where it is not 0. */
export function asCondition(table: Table, f: Fraction): Condition {
  return not(comparedWithZero(table, "==", f));
}

export function writeCondition(condition: Exclude<Condition, boolean>): Expr {
  return condition.negated ? { kind: "not", operand: condition.atom.expr } : condition.atom.expr;
}

function comparedWithZero(table: Table, operator: "<" | "==", f: Fraction): Condition {
  const value = constantOf(f);
  if (value) return operator === "<" ? compare(value, zero) < 0 : compare(value, zero) === 0;
  // Neither a positive factor nor, for equality, any factor makes a difference.
  const { coefficient } = leadingTerm(f.numerator);
  const factor = compare(coefficient, zero) < 0 && operator === "<" ? negative(coefficient) : coefficient;
  const scaled = sumOf(table, [[f, invert(factor)]]);
  const atom = intern(
    table,
    `${operator}:${fractionKey(scaled)}`,
    `c:${digest(`${operator}(${fractionOrder(scaled)})`)}`,
    () => ({
      kind: "compare",
      operator,
      left: writeFraction(scaled),
      right: number(0),
    }),
  );
  if (operator === "<") belowZero.set(atom, scaled);
  return { atom, negated: false };
}

const belowZero = new WeakMap<Atom, Fraction>();

/** x of a condition x < 0; null of others. */
export function comparedFraction(atom: Atom): Fraction | null {
  return belowZero.get(atom) ?? null;
}

/** 1 where the condition holds, else 0. */
export function conditionValue(table: Table, condition: Condition): Fraction {
  if (typeof condition === "boolean") return constantFraction(condition ? one : zero);
  const indicator = atomFraction(condition.atom);
  return condition.negated
    ? sumOf(table, [
        [constantFraction(one), one],
        [indicator, minusOne],
      ])
    : indicator;
}

function keyOf(condition: Exclude<Condition, boolean>): string {
  return `${condition.negated ? "!" : ""}${condition.atom.id}`;
}

function spelling(condition: Exclude<Condition, boolean>): string {
  return `${condition.negated ? "!" : ""}${condition.atom.order}`;
}
