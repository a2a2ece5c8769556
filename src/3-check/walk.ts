// Walking checked expressions without recursion: a sum of ten thousand terms is ten thousand deep.
import { append } from "../base/lists.ts";
import { assertNever } from "../base/invariant.ts";
import type { CheckedDraw, CheckedExpr, CheckedStimulus } from "./checked.ts";

export function childrenOf(expr: CheckedExpr): readonly CheckedExpr[] {
  switch (expr.kind) {
    case "number":
    case "quantity":
    case "setup":
    case "index":
    case "time":
    case "step":
    case "neuron":
    case "target":
    case "end":
    case "noise":
    case "listed":
      return [];
    case "past":
      return [expr.of, expr.delay];
    case "negate":
    case "not":
      return [expr.operand];
    case "arithmetic":
    case "comparison":
    case "logical":
      return [expr.left, expr.right];
    case "conditional":
      return [expr.condition, expr.then, expr.otherwise];
    case "call":
      return expr.arguments;
    case "sum":
      return [expr.body];
    case "drawn":
      return drawParts(expr.drawn.draw);
    case "stimulus":
      return stimulusParts(expr.stimulus);
    default:
      return assertNever(expr);
  }
}

/** Its arguments and bounds, and what stands in its place. */
export function drawParts({ arguments: args, min, max, except }: CheckedDraw): readonly CheckedExpr[] {
  return [
    ...args,
    ...(min === null ? [] : [min]),
    ...(max === null ? [] : [max]),
    ...(except === null ? [] : [except.where, except.value]),
  ];
}

/** The same with others in their place, in the same order. */
export function drawOf(draw: CheckedDraw, parts: readonly CheckedExpr[]): CheckedDraw {
  let taken = draw.arguments.length;
  const next = (old: CheckedExpr): CheckedExpr => parts[taken++] ?? old;
  return {
    ...draw,
    arguments: parts.slice(0, taken),
    min: draw.min === null ? null : next(draw.min),
    max: draw.max === null ? null : next(draw.max),
    except: draw.except === null ? null : { where: next(draw.except.where), value: next(draw.except.value) },
  };
}

function stimulusParts(s: CheckedStimulus): readonly CheckedExpr[] {
  switch (s.shape) {
    case "named":
      return [...s.parts.values()];
    case "steps":
      return [...s.times, ...s.values];
    case "samples":
      return [];
    default:
      return assertNever(s);
  }
}

/** Each node once, shared subtrees too; `below` says where to go on from it. */
export function visit(
  root: CheckedExpr,
  see: (expr: CheckedExpr) => void,
  below: (expr: CheckedExpr) => readonly CheckedExpr[] = childrenOf,
): void {
  const seen = new Set<CheckedExpr>();
  const stack = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    see(next);
    append(stack, below(next).toReversed());
  }
}

/** From the leaves up; shared subtrees once. */
export function fold<T>(root: CheckedExpr, combine: (expr: CheckedExpr, parts: readonly T[]) => T): T {
  const done = new Map<CheckedExpr, { readonly value: T }>();
  const stack = [root];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const parts = childrenOf(top);
    const waiting = done.has(top) ? [] : parts.filter((p) => !done.has(p));
    if (waiting.length > 0) {
      append(stack, waiting.reverse());
      continue;
    }
    stack.pop();
    if (!done.has(top))
      done.set(top, {
        value: combine(
          top,
          parts.map((p) => (done.get(p) as { readonly value: T }).value),
        ),
      });
  }
  return (done.get(root) as { readonly value: T }).value;
}
