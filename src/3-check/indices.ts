// Indices and their ranges: whole numbers that are known when the model is compiled.
import { badRange, tooManyElements } from "../diagnostics/indices.ts";
import { pow } from "../runtime/math.ts";
import type { ResolvedExpr, ResolvedModel, ResolvedTables } from "../2-resolve/resolved.ts";
import type { KnownIndex, Say } from "./context.ts";
import { shortName } from "./measureReference.ts";

/** An index is a number of equations, not of neurons: more of them is a mistake. */
export const MOST_VALUES = 10_000;

/** Elements of one quantity, or terms of one sum in all elements of what it stands in. */
export const MOST_ELEMENTS = 100_000;

/** Of all combinations of values. */
export function elementsIn(ranges: Iterable<{ readonly from: number; readonly to: number }>): number {
  let count = 1;
  for (const { from, to } of ranges) count *= to - from + 1;
  return count;
}

/** Those that `own` declares, which is the model or a part of it. Null after a mistake that has been told, also where a quantity would have too many elements. */
export function knowIndices(model: ResolvedModel, say: Say, own = model): Map<string, KnownIndex | null> {
  const known = declaredIndices(model, say, own);
  for (const q of own.quantities.values()) {
    const ranges = q.indices.flatMap((name) => known.get(name)?.range ?? []);
    const count = elementsIn(ranges);
    if (count <= MOST_ELEMENTS) continue;
    say(tooManyElements(q.origin, { name: shortName(q.name), count, most: MOST_ELEMENTS }));
    for (const name of q.indices) known.set(name, null);
  }
  return known;
}

function declaredIndices(model: ResolvedModel, say: Say, own: ResolvedModel): Map<string, KnownIndex | null> {
  return new Map(
    [...own.indices].map(([name, index]) => {
      const [from, to] = [index.from, index.to].map((e) => wholeNumber(e, model, new Set()));
      const complain = (problem: "not-constant" | "not-whole" | "empty" | "too-large"): null => {
        say(badRange(index.span, { name: shortName(name), problem, most: MOST_VALUES }));
        return null;
      };
      const known = (): KnownIndex | null => {
        if (from === undefined || to === undefined || from === "silent" || to === "silent") return null;
        if (from === null || to === null) return complain("not-constant");
        if (!Number.isInteger(from) || !Number.isInteger(to)) return complain("not-whole");
        if (to < from) return complain("empty");
        return to - from + 1 > MOST_VALUES ? complain("too-large") : { range: { name, from, to }, index };
      };
      return [name, known()];
    }),
  );
}

/** Of numbers and constants, before any dimension is known: null where it is made of something else, "silent" after a mistake that has been told. */
function wholeNumber(expr: ResolvedExpr, model: ResolvedModel, visiting: Set<ResolvedExpr>): number | null | "silent" {
  if (visiting.size > 100) return null;
  const inner = (e: ResolvedExpr | null): number | null | "silent" => {
    if (e === null || visiting.has(e)) return "silent";
    visiting.add(e);
    const value = wholeNumber(e, model, visiting);
    visiting.delete(e);
    return value;
  };
  switch (expr.kind) {
    case "missing":
      return "silent";
    case "number":
      return expr.unit === null ? Number(expr.text) : null;
    case "negate": {
      const value = inner(expr.operand);
      return typeof value === "number" ? -value : value;
    }
    case "quantity": {
      const quantity = model.quantities.get(expr.name);
      return quantity?.role === "const" && expr.indices.length === 0 ? inner(quantity.value) : null;
    }
    case "constant":
      return inner(constantValue(expr.key, model));
    case "binary": {
      const [left, right] = [inner(expr.left), inner(expr.right)];
      if (typeof left !== "number" || typeof right !== "number")
        return left === null || right === null ? null : "silent";
      return { "+": left + right, "-": left - right, "*": left * right, "/": left / right, "^": pow(left, right) }[
        expr.operator
      ];
    }
    default:
      return null;
  }
}

function constantValue(key: string, tables: ResolvedTables): ResolvedExpr | null {
  return tables.constants.get(key)?.value ?? null;
}
