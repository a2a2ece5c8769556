// A temperature in degC is counted from a zero that is not zero: as a factor or divisor only an absolute temperature makes sense, R*T and what comes of it.
import { InternalError } from "../base/invariant.ts";
import { degreesAsFactor, degreesAsDifference } from "../diagnostics/units.ts";
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { equal, TEMPERATURE } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { parseUnit } from "../quantities/unit.ts";
import type { ResolvedExpr } from "../2-resolve/resolved.ts";
import type { CheckedExpr, CheckedQuantity } from "./checked.ts";
import type { Say } from "./context.ts";
import { isDimension } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { visit } from "./walk.ts";

type Binary = Extract<ResolvedExpr, { kind: "binary" }>;

/** Tells a `10 degC` that multiplies, is multiplied, divides or has an exponent, and a difference of temperatures divided by a quantity that was declared in degC. */
export function saysDegrees({ operator, left, right }: Binary, a: Sized, b: Sized, say: Say): boolean {
  if (operator === "^") return isDegrees(left) && saysFactor(left, say);
  if (isDegrees(right) && !isThermal(a)) return saysFactor(right, say);
  if (operator === "*" && isDegrees(left) && !isThermal(b)) return saysFactor(left, say);
  const named = b.expr.kind === "quantity" || b.expr.kind === "setup" ? b.expr.quantity : null;
  if (operator !== "/" || named === null || b.unit?.offset == null || !isDifference(a.expr)) return false;
  say(
    degreesAsDifference(b.expr.origin, {
      name: named.name,
      difference: textOf(a.expr.origin),
      declared: named.origin,
      unit: unitOf(named),
    }),
  );
  return true;
}

/** Where the default says `degC`; null where it is computed. */
function unitOf({ value }: CheckedQuantity): Span | null {
  if (value?.kind !== "expression" || value.expression.kind !== "number") return null;
  const { origin } = value.expression;
  return textOf(origin).endsWith("degC") ? { ...origin, start: origin.end - "degC".length } : null;
}

interface Degrees {
  readonly text: string;
  readonly unit: { readonly span: Span };
}

/** `10 degC` or `-10 degC` itself. */
function degreesIn(expr: ResolvedExpr): Degrees | null {
  const inner = expr.kind === "negate" ? expr.operand : expr;
  if (inner.kind !== "number" || inner.unit === null) return null;
  const read = parseUnit(inner.unit.text);
  return "unit" in read && read.unit.offset !== null
    ? { text: (expr.kind === "negate" ? "-" : "") + inner.text, unit: inner.unit }
    : null;
}

function isDegrees(expr: ResolvedExpr): boolean {
  return degreesIn(expr) !== null;
}

function saysFactor(expr: ResolvedExpr, say: Say): true {
  const found = degreesIn(expr);
  if (found !== null) say(degreesAsFactor(expr.span, { text: found.text, unit: found.unit.span }));
  return true;
}

/** Energy per temperature, also of a mole: the constants of Boltzmann and of gases. */
const OF_A_MOLECULE = energyPerTemperature("J/K");
const OF_A_MOLE = energyPerTemperature("J/K/mol");

function energyPerTemperature(text: string): Dimension {
  const read = parseUnit(text);
  if (!("unit" in read)) throw new InternalError(`no unit ${text}`);
  return read.unit.dimension;
}

/** R and what it is a factor of: `R/F`, `z*F/R`. */
function isThermal({ expr, sort }: Sized): boolean {
  if (!isDimension(sort)) return true;
  let found = false;
  visit(expr, (e) => {
    found ||= equal(e.dimension, OF_A_MOLECULE) || equal(e.dimension, OF_A_MOLE);
  });
  return found;
}

function isDifference(expr: CheckedExpr): boolean {
  return expr.kind === "arithmetic" && expr.operator === "-" && equal(expr.dimension, TEMPERATURE);
}
