// A place that wants a certain dimension, and what is given to it.
import type { Label } from "../diagnostics/diagnostic.ts";
import { changedDimension, mismatchedSides, pureNumberNeeded, wrongDimension } from "../diagnostics/units.ts";
import { DIMENSIONLESS, isDimensionless } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { short } from "../quantities/phrase.ts";
import type { Unit } from "../quantities/unit.ts";
import type { UnitNode } from "../1-parse/ast.ts";
import type { Span } from "../base/source.ts";
import type { Context } from "./context.ts";
import { exampleFor } from "./exampleMeant.ts";
import { isNumber } from "./agree.ts";
import { readUnit } from "./measureNumber.ts";
import { fits, settle, side, unknown, wordsOf } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { declaredOf, scales, waysOut, waysOutOfRate } from "./waysOut.ts";

export interface Expectation {
  /** "the value of `E_L`", "the duration" */
  readonly what: string;
  readonly dimension: Dimension;
  readonly unit?: Unit | undefined;
  /** Where it comes from. */
  readonly because?: Label | null;
  readonly example?: string;
}

/** What was given, with a bare 0 adapted; unknown after telling that it does not fit. */
export function expectDimension(given: Sized, wanted: Expectation, context: Context): Sized {
  if (!isNumber(given, context)) return unknown(given.expr.origin);
  if (fits(given.sort, wanted.dimension)) return settle(given, wanted.dimension);
  const unit = isDimensionless(wanted.dimension) ? undefined : wanted.unit;
  context.say(
    wrongDimension(given.expr.origin, {
      what: wanted.what,
      expected: wordsOf(wanted.dimension, unit),
      example: exampleFor(given, wanted.dimension, context, wanted.example),
      actual: side(given),
      because: wanted.because ?? null,
      declared: declaredOf(given),
      waysOut: waysOut(given, wanted.dimension, context, unit),
    }),
  );
  return unknown(given.expr.origin);
}

/** A pure number for `exp` and its like, an exponent, a count. */
export function expectNumber(given: Sized, name: string, context: Context): Sized {
  if (!isNumber(given, context)) return unknown(given.expr.origin);
  if (fits(given.sort, DIMENSIONLESS)) return settle(given, DIMENSIONLESS);
  context.say(
    pureNumberNeeded(given.expr.origin, {
      name,
      actual: side(given),
      declared: declaredOf(given),
      waysOut: scales(name, given, context),
    }),
  );
  return unknown(given.expr.origin);
}

/** The right side of `x' = …`. */
export function expectRate(
  given: Sized,
  wanted: { readonly name: string; readonly dimension: Dimension; readonly at: Span },
  context: Context,
): Sized {
  if (!isNumber(given, context)) return unknown(given.expr.origin);
  if (fits(given.sort, wanted.dimension)) return settle(given, wanted.dimension);
  context.say(
    mismatchedSides(given.expr.origin, {
      name: wanted.name,
      left: { span: wanted.at, ...wordsOf(wanted.dimension) },
      right: side(given),
      declared: declaredOf(given),
      waysOut: waysOutOfRate(given, wanted.dimension, context),
    }),
  );
  return unknown(given.expr.origin);
}

/** What takes the place of another declaration keeps its dimension. */
export function expectSame(
  given: Sized,
  before: {
    readonly name: string;
    readonly owner: string;
    readonly span: Span;
    readonly dimension: Dimension;
    readonly unit: Unit | undefined;
  },
  context: Context,
): Sized {
  if (fits(given.sort, before.dimension)) return settle(given, before.dimension);
  const { name, owner, span, dimension } = before;
  const unit = isDimensionless(dimension) ? undefined : before.unit;
  context.say(
    changedDimension(given.expr.origin, {
      name,
      owner,
      before: { span, ...wordsOf(dimension, unit) },
      now: side(given),
      waysOut: waysOut(given, dimension, context, unit),
    }),
  );
  return unknown(given.expr.origin);
}

/** Against the unit of a declaration, where there is one. */
export function checkAgainstUnit(given: Sized, node: UnitNode | null, what: string, context: Context): Sized {
  const unit = node === null ? null : readUnit(node, context.say);
  if (node === null || unit === null) return node === null ? given : unknown(given.expr.origin);
  const checked = expectDimension(
    given,
    { what, dimension: unit.dimension, unit, because: { span: node.span, text: short(unit.dimension, unit) } },
    context,
  );
  return { ...checked, unit };
}
