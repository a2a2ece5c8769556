// `x(t - T)`: of a state alone, where something is computed all the time; how long ago is a time.
import { noPast } from "../diagnostics/model.ts";
import { TIME } from "../quantities/dimension.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type { ResolvedExpr } from "../2-resolve/resolved.ts";
import type { Context, Place } from "./context.ts";
import { PLACES } from "./context.ts";
import { expectDimension } from "./expect.ts";
import { sized, unknown } from "./sized.ts";
import type { Sized } from "./sized.ts";

const WHERE: ReadonlySet<Place> = new Set([
  PLACES.equation,
  PLACES.contribution,
  PLACES.let,
  PLACES.condition,
  PLACES.rate,
  PLACES.event,
]);

export function measurePast(expr: Extract<ResolvedExpr, { kind: "past" }>, context: Context): Sized {
  const of = context.library.measure(expr.of, context);
  if (of.expr.kind !== "quantity") return unknown(expr.span);
  const { name, role } = of.expr.quantity;
  if (role !== "state" || !WHERE.has(context.place)) {
    context.say(noPast(expr.span, { name, role, where: WHERE.has(context.place) ? null : context.place.words }));
    return unknown(expr.span);
  }
  const delay = expectDimension(
    context.library.measure(expr.delay, context),
    { what: `how long ago \`${name}\` is read`, dimension: TIME, unit: canonicalUnit(TIME), example: "5 ms" },
    context,
  );
  return sized(expr.span, of.sort, { kind: "past", of: of.expr, delay: delay.expr }, of.size + delay.size + 1, of.unit);
}
