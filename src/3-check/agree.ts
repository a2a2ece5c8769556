// Two terms of one kind, numbers and conditions: what expressions ask of their parts.
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { conditionNeeded, numberNeeded } from "../diagnostics/model.ts";
import { mismatchedTerms } from "../diagnostics/units.ts";
import type { Together } from "../diagnostics/units.ts";
import { equal, isDimensionless, power, rational } from "../quantities/dimension.ts";
import { phrase } from "../quantities/phrase.ts";
import type { Context } from "./context.ts";
import { isDimension, settle, side, unknown } from "./sized.ts";
import type { Sized, Sort } from "./sized.ts";
import { declaredOf, waysOutOfTerms } from "./waysOut.ts";

/** Two terms of one kind, a bare 0 adapted to the other; null after telling why they do not fit. */
export function agree(together: Together, left: Sized, right: Sized, context: Context): readonly [Sized, Sized] | null {
  const numbers = [isNumber(left, context), isNumber(right, context)];
  if (!numbers[0] || !numbers[1]) return null;
  if (isDimension(left.sort) && isDimension(right.sort)) {
    if (equal(left.sort, right.sort)) return [left, right];
    const ways = waysOutOfTerms(left, right, context);
    context.say(
      mismatchedTerms(right.expr.origin, {
        together,
        left: side(left),
        right: side(right),
        declared: [...(isDimensionless(left.sort) ? declaredOf(left) : []), ...declaredOf(right)],
        waysOut: ways,
      }),
    );
    return null;
  }
  return [
    isDimension(right.sort) ? settle(left, right.sort) : left,
    isDimension(left.sort) ? settle(right, left.sort) : right,
  ];
}

/** Of two terms that agree. */
export function sortOfBoth(a: Sized, b: Sized): Sort {
  if (isDimension(a.sort)) return a.sort;
  if (isDimension(b.sort)) return b.sort;
  return a.sort === "unknown" || b.sort === "unknown" ? "unknown" : "zero";
}

/** False for a condition, which is told. */
export function isNumber(s: Sized, context: Context): boolean {
  if (s.sort !== "condition") return true;
  context.say(numberNeeded(s.expr.origin, { where: "in arithmetic", condition: conditionOf(s.expr.origin) }));
  return false;
}

/** A condition as it is written, where it is short enough to be written again. */
export function conditionOf(at: Span): { readonly at: Span; readonly text: string } | null {
  const text = textOf(at);
  const inner = /^\(([^()]*)\)$/u.exec(text)?.[1] ?? text;
  return text.length > 60 || /[\r\n]|\bif\b/u.test(text) ? null : { at, text: inner };
}

/** The same, or something unknown after telling that it is no condition. */
export function condition(s: Sized, where: string, context: Context): Sized {
  if (s.sort === "condition" || s.sort === "unknown") return s;
  const words = isDimension(s.sort) ? phrase(s.sort, isDimensionless(s.sort) ? undefined : s.unit) : "a pure number";
  context.say(conditionNeeded(s.expr.origin, { where, actual: words }));
  return unknown(s.expr.origin);
}

/** √ of a dimension, where there is one to take it of. */
export function rooted(sort: Sort): Sort {
  return isDimension(sort) ? power(sort, rational(1, 2)) : sort;
}
