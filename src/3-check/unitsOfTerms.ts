// The terms of an equation of which some are rates as they stand: the numbers of the others lack their units, `0.04*v^2 + 5*v + 140 - u` beside a `u` in mV/ms.
import type { ResolvedExpr } from "../2-resolve/resolved.ts";
import { textOf } from "../base/source.ts";
import type { TextEdit } from "../diagnostics/diagnostic.ts";
import { mismatchedTerms } from "../diagnostics/units.ts";
import { divide, equal, isDimensionless, power, rational } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type { Context } from "./context.ts";
import { isDimension, side } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { bareLiteral, factorsOf, SMALL_NUMBERS, unitBehind } from "./waysOut.ts";

/** Tells all of them at once; false where something else is wrong. */
export function saysUnitsOfTerms(value: ResolvedExpr, rate: Dimension, context: Context): boolean {
  const { measure } = context.library;
  const quiet: Context = { ...context, say: () => undefined, noise: { ...context.noise } };
  const terms = termsOf(value).map((term) => measure(term, quiet));
  const right = terms.find(({ sort }) => isDimension(sort) && equal(sort, rate));
  const wrong = terms.filter(({ sort }) => !isDimension(sort) || !equal(sort, rate));
  const given = wrong.map((term) => withUnit(term, rate));
  const [first] = wrong;
  if (right === undefined || first === undefined || wrong.length < 2 || given.includes(null)) return false;
  const written = given.flatMap((g) => g ?? []);
  context.say(
    mismatchedTerms(first.expr.origin, {
      together: "add",
      left: side(right),
      right: side(first),
      declared: [],
      waysOut: [
        {
          help: `give the numbers units: ${written.map((g) => `\`${g.text}\``).join(", ")}`,
          fix: { title: "write their units", edits: written.map((g) => g.edit), confidence: "likely" },
        },
      ],
    }),
  );
  return true;
}

/** Of a sum, in the order of the text. */
function termsOf(root: ResolvedExpr): ResolvedExpr[] {
  const terms: ResolvedExpr[] = [];
  let left = root;
  for (; left.kind === "binary" && (left.operator === "+" || left.operator === "-"); left = left.left)
    terms.unshift(left.right);
  return [left, ...terms];
}

/** The one bare number of a term with the unit that makes it a rate. */
function withUnit({ expr, sort }: Sized, rate: Dimension): { readonly text: string; readonly edit: TextEdit } | null {
  if (!isDimension(sort)) return null;
  const bare = factorsOf(expr).filter((f) => bareLiteral(f.expr) !== null);
  const measured = bare.filter((f) => !SMALL_NUMBERS.has(textOf(f.expr.origin)));
  const [only, ...more] = measured.length > 0 ? measured : bare;
  if (only === undefined || more.length > 0) return null;
  const needed = power(divide(rate, sort), rational(only.degree));
  if (isDimensionless(needed)) return null;
  const unit = canonicalUnit(needed).text;
  const at = only.expr.origin;
  return { text: `${textOf(at)} ${unit}`, edit: unitBehind(at, unit) };
}
