// Names that one event has for itself, and what it draws: `reset { let u ~ uniform(0, 1); Θ ~ normal(Θ_0, σ) }`.
import { canonicalUnit } from "../quantities/unit.ts";
import { DIMENSIONLESS } from "../quantities/dimension.ts";
import { distributionOf } from "../runtime/distributions.ts";
import type { ResolvedExpr, ResolvedLocal } from "../2-resolve/resolved.ts";
import { isNumber } from "./agree.ts";
import type { CheckedDraw, EventDraw } from "./checked.ts";
import { SILENT, type Context } from "./context.ts";
import { measureDraw } from "./draws.ts";
import { defaults } from "./evaluate.ts";
import { checkAgainstUnit } from "./expect.ts";
import { readUnit } from "./measureNumber.ts";
import { isDimension, sized, unknown, type Sized } from "./sized.ts";

/** Each once in its block; indices of a statement that reads it mean nothing in it. */
export function measureLocal(local: ResolvedLocal, context: Context): Sized {
  const known = context.locals.get(local);
  if (known !== undefined) return known;
  const here: Context = { ...context, bound: new Map(), sum: null };
  const what = `\`${local.name}\``;
  let made: Sized;
  if (local.drawn) {
    const declared = local.unit === null ? null : readUnit(local.unit, context.say);
    const first = declared === null ? firstSized(local.value, here) : null;
    const dimension = declared?.dimension ?? (first !== null && isDimension(first.sort) ? first.sort : DIMENSIONLESS);
    const unit = declared ?? first?.unit ?? canonicalUnit(dimension);
    const draw = measureDraw(local.value, { name: local.name, sort: dimension, unit, inEvent: true }, defaults(), here);
    made =
      draw === null ? unknown(local.origin) : drawn(draw, { name: local.name, of: "local" }, { sort: dimension, unit });
  } else {
    const value = context.library.measure(local.value, here);
    made = isNumber(value, here) ? checkAgainstUnit(value, local.unit, what, here) : unknown(local.origin);
  }
  context.locals.set(local, made);
  return made;
}

/** The first of its arguments that has a dimension says which the draw has. */
function firstSized(value: ResolvedExpr, context: Context): Sized | null {
  if (value.kind !== "call" || value.callee.kind !== "draw") return null;
  if (distributionOf(value.callee.name).counts) return null;
  const all = value.arguments.map((a) => context.library.measure(a.value, { ...context, say: SILENT }));
  return all.find((s) => isDimension(s.sort)) ?? null;
}

/** What is drawn, as part of an expression. */
export function drawn(
  draw: CheckedDraw,
  is: Pick<EventDraw, "name" | "of">,
  { sort, unit }: Pick<Sized, "sort" | "unit">,
): Sized {
  return sized(draw.origin, sort, { kind: "drawn", drawn: { ...is, draw } }, 1 + draw.arguments.length, unit);
}
