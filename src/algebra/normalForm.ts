// One form for expressions that are equal as functions of real numbers: this is how the compiler knows that (a + b)*c - a*c - b*c is nothing.
import { assertNever, present } from "../base/invariant.ts";
import type { Condition } from "./condition.ts";
import { and, asCondition, comparedFraction, comparison, conditionValue, not, writeCondition } from "./condition.ts";
import type { Expr } from "./expression.ts";
import { arithmetic } from "./expression.ts";
import type { Fraction, Table } from "./fraction.ts";
import {
  atomFraction,
  constantFraction,
  digest,
  dividedBy,
  fractionKey,
  fractionOrder,
  intern,
  newTable,
  productOf,
  sumOf,
  zeroFraction,
} from "./fraction.ts";
import { callForm, generalPower, smaller } from "./functionForm.ts";
import { fromDecimal, minusOne, one, rational } from "./rational.ts";
import { factorsOf, isProduct, isSum, termsOf } from "./sums.ts";
import { foldExpr, partsOf } from "./traverse.ts";
import { writeFraction, writePolynomial } from "./writeForm.ts";

/**
 * A quotient of sums of products of powers, exact in its coefficients. Calls and conditionals are taken as they are, with their parts in normal form, but for the
 * laws of exponentials, parity, and functions that are others in disguise (sqrt, expm1, …). Equality is that of real functions where both sides are
 * defined: x/x is 1. Products that would grow beyond some thousands of terms stay unexpanded. What divides by 0, or would take
 * longer than a second or so, is returned as it was.
 */
export function normalize(e: Expr): Expr {
  return normalizeDefined(e) ?? e;
}

/** The same, but null where `e` divides by 0 or takes too long, alone or with what the purse has paid for before. */
export function normalizeDefined(e: Expr, purse: Purse = newPurse(1)): Expr | null {
  if (purse.left < 0) return null;
  const table = newTable(writePolynomial);
  const all = table.effort;
  const form = formOf(e, table);
  purse.left -= all - table.effort;
  return form && writeFraction(form);
}

/** What several normalisations may spend together, each no more than one has. */
export interface Purse {
  left: number;
}

/** As much as that many normalisations have. */
export function newPurse(normalisations: number): Purse {
  return { left: normalisations * newTable(writePolynomial).effort };
}

/** Whether `e` is 0 for all values of its symbols. True is a proof; false means that none was found. */
export function isZero(e: Expr): boolean {
  return formOf(e, newTable(writePolynomial))?.numerator.size === 0;
}

/** Whether both are the same function of their symbols, in the sense of `isZero`. */
export function equivalent(a: Expr, b: Expr): boolean {
  return a === b || isZero(arithmetic("-", a, b));
}

/** Null: the value is not defined, nor is anything that it is a part of; or the search was given up. */
interface Form {
  readonly fraction: Fraction | null;
  /** Of comparisons and what they are combined to. */
  readonly condition: Condition | null;
}

/** The quotient that `e` is, over the atoms of a table; null as `normalizeDefined` is. */
export function formOf(e: Expr, table: Table): Fraction | null {
  return foldExpr<Form>(e, (node, parts) => formFrom(table, node, parts), operandsOf).fraction;
}

/** A sum is made from its terms and a product from its factors at once, however long. */
function operandsOf(e: Expr): readonly Expr[] {
  if (isSum(e)) return termsOf(e).map((member) => member.e);
  return isProduct(e) ? factorsOf(e).map((member) => member.e) : partsOf(e);
}

function formFrom(table: Table, e: Expr, parts: readonly Form[]): Form {
  if (table.effort < 0) return { fraction: null, condition: null };
  const fractions: Fraction[] = [];
  for (const { fraction } of parts) {
    if (fraction === null) return { fraction: null, condition: null };
    fractions.push(fraction);
  }
  const first = fractions[0] ?? zeroFraction;
  const second = fractions[1] ?? zeroFraction;
  const conditionOf = (i: number): Condition => parts[i]?.condition ?? asCondition(table, fractions[i] ?? zeroFraction);
  const numeric = (fraction: Fraction | null): Form => ({ fraction, condition: null });
  const logical = (condition: Condition): Form => ({ fraction: conditionValue(table, condition), condition });

  switch (e.kind) {
    case "number":
      return numeric(constantFraction(fromDecimal(e.value)));
    case "symbol":
      return numeric(atomFraction(intern(table, `symbol:${e.name}`, `a:${e.name}`, () => e)));
    case "negate":
      return numeric(sumForm(table, e, fractions));
    case "arithmetic":
      if (isSum(e)) return numeric(sumForm(table, e, fractions));
      if (isProduct(e))
        return numeric(
          productOf(
            table,
            factorsOf(e).map(({ times }, i) => [present(fractions[i], "factor"), times] as const),
          ),
        );
      return numeric(generalPower(table, first, second));
    case "call":
      return numeric(callForm(table, e.function, fractions));
    case "conditional":
      return numeric(conditional(table, conditionOf(0), second, fractions[2] ?? zeroFraction));
    case "compare":
      return logical(comparison(table, e.operator, first, second));
    case "logical":
      // a or b = not (not a and not b)
      return logical(
        e.operator === "and"
          ? and(table, conditionOf(0), conditionOf(1))
          : not(and(table, not(conditionOf(0)), not(conditionOf(1)))),
      );
    case "not":
      return logical(not(conditionOf(0)));
    default:
      return assertNever(e);
  }
}

function sumForm(table: Table, e: Expr, terms: readonly Fraction[]): Fraction {
  return sumOf(
    table,
    termsOf(e).map(({ times }, i) => [present(terms[i], "term"), rational(times)] as const),
  );
}

function conditional(table: Table, condition: Condition, then: Fraction, otherwise: Fraction): Fraction {
  if (typeof condition === "boolean") return condition ? then : otherwise;
  if (condition.negated) return conditional(table, not(condition), otherwise, then);
  const [thenKey, otherwiseKey] = [fractionKey(then), fractionKey(otherwise)];
  const difference = sumOf(table, [
    [then, one],
    [otherwise, minusOne],
  ]);
  if (thenKey === otherwiseKey || difference.numerator.size === 0) return then;
  // What is the same on both sides of the edge only bends there: if x < 0 then o + q x else o = o + q min(x, 0).
  const x = comparedFraction(condition.atom);
  const slope = x === null ? null : dividedBy(difference, x);
  const bent =
    x === null || slope === null
      ? null
      : productOf(table, [
          [slope, 1n],
          [smaller(table, x, zeroFraction), 1n],
        ]);
  if (bent !== null)
    return sumOf(table, [
      [otherwise, one],
      [bent, one],
    ]);
  const order = `i:${digest(`if(${condition.atom.order},${fractionOrder(then)},${fractionOrder(otherwise)})`)}`;
  return atomFraction(
    intern(table, `if:${condition.atom.id}:${thenKey}:${otherwiseKey}`, order, () => ({
      kind: "conditional",
      condition: writeCondition(condition),
      then: writeFraction(then),
      otherwise: writeFraction(otherwise),
    })),
  );
}
