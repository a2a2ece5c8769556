// What could stand where an expression is of the wrong kind, for messages: another number in the place of a number; of what is computed, only a form that keeps it.
import { equal, isDimensionless, multiply, VOLTAGE } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { exampleLiteral } from "../quantities/phrase.ts";
import type { Context, ModelTable } from "./context.ts";
import { isFixed } from "./losses.ts";
import { isDimension } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { needsParentheses, quotable } from "./waysOut.ts";

/** `literal`: a number that would fit. Null where nothing is known that keeps what is written. */
export function exampleFor(
  { expr, sort }: Sized,
  expected: Dimension,
  context: Context,
  literal = exampleLiteral(expected),
): string | null {
  if (isFixed(expr) || expr.kind === "listed") return literal;
  if (expr.kind === "stimulus")
    return expr.stimulus.shape === "named" ? `${expr.stimulus.name}(${literal}, …)` : literal;
  const text = quotable(expr.origin);
  if (text === null || !isDimension(sort)) return null;
  const inner = needsParentheses(expr) ? `(${text})` : text;
  if (isDimensionless(sort)) return `${literal.replace(/^-70 mV$/u, "10 mV")}*${inner}`;
  if (!equal(multiply(sort, VOLTAGE), expected) || !context.place.synapse) return null;
  const rest = voltage(context.model, ["param", "const"]);
  const potential = context.ends.post === null ? null : voltage(context.ends.post.table, ["state"]);
  return rest === null || potential === null ? null : `${inner}*(${rest} - post.${potential})`;
}

/** The one voltage of these roles, or null. */
function voltage({ quantities }: ModelTable, roles: readonly string[]): string | null {
  const [only, ...more] = [...quantities.values()].filter(
    ({ quantity: q, sort }) =>
      roles.includes(q.role) && q.indices.length === 0 && isDimension(sort) && equal(sort, VOLTAGE),
  );
  return only === undefined || more.length > 0 ? null : only.quantity.name;
}
