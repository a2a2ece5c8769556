// White noise with the wrong amplitude: off by a root of time, because ξ is per square root of time.
import { textOf } from "../base/source.ts";
import type { WayOut } from "../diagnostics/units.ts";
import { DIMENSIONLESS, divide, equal, FREQUENCY, NOISE, TIME } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type { CheckedExpr } from "./checked.ts";
import { PLACES } from "./context.ts";
import type { Context } from "./context.ts";
import { isDimension } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { fold, visit } from "./walk.ts";

/** Which unit the factor of ξ needs; nothing where there is no ξ or the mismatch is something else than √time, or time: `σ*sqrt(τ)*ξ`. */
export function strengthOfNoise(actual: Sized, expected: Dimension, context: Context): WayOut[] {
  if (!isDimension(actual.sort) || !hasNoise(actual.expr)) return [];
  if (powerOfNoise(actual.expr) > 1) return [{ help: "`ξ` stands once in a term: its square is no noise", fix: null }];
  const missing = divide(expected, actual.sort);
  const roots = [NOISE, divide(DIMENSIONLESS, NOISE), FREQUENCY, TIME];
  if (!roots.some((r) => equal(missing, r))) return [];
  const unit = canonicalUnit(divide(expected, NOISE)).text;
  const [, literal] = /(?:^|[-+(\s])(-?[\d.]+(?:e-?\d+)?\s*\p{L}+)\s*\*\s*ξ/u.exec(textOf(actual.expr.origin)) ?? [];
  const sign = equal(missing, NOISE) ? "/" : equal(missing, divide(DIMENSIONLESS, NOISE)) ? "*" : null;
  const example = literal !== undefined && sign !== null ? `, such as \`${literal}${sign}sqrt(ms)\`` : "";
  const help = `white noise \`ξ\` is per square root of time: what it is multiplied by has to be in ${unit}${example}`;
  const [τ, ...more] =
    (equal(missing, NOISE) || equal(missing, FREQUENCY)) && context.place.words === PLACES.equation.words
      ? timeConstants(context)
      : [];
  const stationary =
    τ === undefined || more.length > 0 ? [] : [`for a stationary standard deviation σ, write \`σ*sqrt(2/${τ})*ξ\``];
  return [help, ...stationary].map((h) => ({ help: h, fix: null }));
}

/** 2 for `ξ*ξ`. */
function powerOfNoise(root: CheckedExpr): number {
  return fold<number>(root, (expr, parts) => {
    if (expr.kind === "noise") return 1;
    const isProduct = expr.kind === "arithmetic" && expr.operator === "*";
    return isProduct ? parts.reduce((sum, part) => sum + part, 0) : Math.max(0, ...parts);
  });
}

export function hasNoise(expr: CheckedExpr): boolean {
  let found = false;
  visit(expr, (e) => {
    if (e.kind === "noise") found = true;
  });
  return found;
}

/** By their names, too: a refractory period is a time, but nothing decays with it. */
function timeConstants(context: Context): string[] {
  return [...context.model.quantities.values()]
    .filter(
      ({ quantity: q, sort }) =>
        (q.role === "param" || q.role === "const") &&
        q.indices.length === 0 &&
        isDimension(sort) &&
        equal(sort, TIME) &&
        /(^|\.)(τ|tau)/u.test(q.name),
    )
    .map((k) => k.quantity.name);
}
