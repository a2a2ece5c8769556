// `x(t - T)`: a state as it was. Read off a call of something that is no function, whose one argument is the time less something.
import type { CallNode, ExprNode } from "../1-parse/ast.ts";
import type { Lookup } from "./lookup.ts";
import type { ResolvedExpr } from "./resolved.ts";

/** Null where it is none. `resolve` makes of an expression what it means here. */
export function resolvePast(
  node: CallNode,
  lookup: Lookup,
  resolve: (node: ExprNode) => ResolvedExpr,
): ResolvedExpr | null {
  const [argument, ...more] = node.arguments;
  if (lookup.hasPast !== true || argument === undefined || more.length > 0 || argument.label !== null) return null;
  const meaning = lookup.find(node.callee.name);
  const delay = meaning?.kind === "quantity" ? delayIn(argument.value, resolve) : null;
  if (meaning?.kind !== "quantity" || delay === null) return null;
  const of: ResolvedExpr = { ...meaning, span: node.callee.span, indices: [] };
  return { kind: "past", span: node.span, of, delay };
}

/** The a + b of `t - a - b`: what is taken from the time that the expression begins with. */
function delayIn(argument: ExprNode, resolve: (node: ExprNode) => ResolvedExpr): ResolvedExpr | null {
  const spine: Extract<ExprNode, { kind: "binary" }>[] = [];
  let first = argument;
  while (first.kind === "binary" && (first.operator === "+" || first.operator === "-")) {
    spine.push(first);
    first = first.left;
  }
  if (first.kind !== "reference" || first.path.length !== 1 || first.path[0]?.name !== "t") return null;
  let delay: ResolvedExpr | null = null;
  for (const { operator, operatorSpan, right, span } of spine.reverse()) {
    const term = resolve(right);
    if (delay === null) delay = operator === "-" ? term : { kind: "negate", span: term.span, operand: term };
    else
      delay = { kind: "binary", span, operator: operator === "-" ? "+" : "-", operatorSpan, left: delay, right: term };
  }
  return delay;
}
