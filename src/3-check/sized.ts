// An expression while it is checked: the tree so far with what is known of its dimension, which may still be open.
import type { Span } from "../base/source.ts";
import type { Side, Words } from "../diagnostics/units.ts";
import { DIMENSIONLESS, equal, isDimensionless } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { kindOf, phrase, short } from "../quantities/phrase.ts";
import type { Unit } from "../quantities/unit.ts";
import type { CheckedExpr, CheckedExprShape } from "./checked.ts";

/**
 * A dimension; `zero` for a bare 0, which takes whatever dimension its place needs; `condition`; or `unknown` after a mistake
 * that has been told: everything fits it, so that one mistake makes one message.
 */
export type Sort = Dimension | "zero" | "condition" | "unknown";

export interface Sized {
  readonly expr: CheckedExpr;
  readonly sort: Sort;
  /** In which people see it: a literal's or a quantity's. */
  readonly unit: Unit | undefined;
  /** Nodes, written out as a tree: subtrees may be shared. */
  readonly size: number;
}

export function sized(origin: Span, sort: Sort, shape: CheckedExprShape, size: number, unit?: Unit): Sized {
  return { expr: { origin, dimension: typeof sort === "string" ? DIMENSIONLESS : sort, ...shape }, sort, unit, size };
}

/** Stands where something was not understood. */
export function unknown(origin: Span): Sized {
  return sized(origin, "unknown", { kind: "number", value: NaN }, 1);
}

export function isDimension(sort: Sort): sort is Dimension {
  return typeof sort !== "string";
}

/** True where the two can be one quantity. */
export function fits(a: Sort, b: Dimension): boolean {
  return a === "unknown" || a === "zero" || (isDimension(a) && equal(a, b));
}

/** What people call a dimension; pure numbers are shown without the unit they have been cancelled from. */
export function wordsOf(dimension: Dimension, unit?: Unit): Words {
  const shown = isDimensionless(dimension) ? undefined : unit;
  return { kind: kindOf(dimension), short: short(dimension, shown), phrase: phrase(dimension, shown) };
}

export function side(s: Sized): Side {
  return { span: s.expr.origin, ...wordsOf(isDimension(s.sort) ? s.sort : DIMENSIONLESS, s.unit) };
}

/** A zero given the dimension of its place, down to the literals it is made of. */
export function adapted(expr: CheckedExpr, dimension: Dimension): CheckedExpr {
  const inner = (e: CheckedExpr): CheckedExpr => adapted(e, dimension);
  switch (expr.kind) {
    case "number":
    case "listed":
      return { ...expr, dimension };
    case "negate":
      return { ...expr, dimension, operand: inner(expr.operand) };
    case "arithmetic":
      return { ...expr, dimension, left: inner(expr.left), right: inner(expr.right) };
    case "conditional":
      return { ...expr, dimension, then: inner(expr.then), otherwise: inner(expr.otherwise) };
    case "call":
      return { ...expr, dimension, arguments: expr.arguments.map(inner) };
    case "sum":
      return { ...expr, dimension, body: inner(expr.body) };
    default:
      return expr;
  }
}

/** As it stands in a place of the given dimension; call it where `fits` holds. */
export function settle(s: Sized, dimension: Dimension): Sized {
  return s.sort === "zero" ? { ...s, sort: dimension, expr: adapted(s.expr, dimension) } : s;
}
