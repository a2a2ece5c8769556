// Walking expressions. Every walk is iterative and visits a shared subtree once: sums run to thousands of terms and sharing can hide 2^20 paths.
import { append } from "../base/lists.ts";
import { assertNever, present } from "../base/invariant.ts";
import type { Expr } from "./expression.ts";

/** The same expression with `f` applied bottom-up to every node. A node whose parts did not change is handed to `f` as it is, so what `f` leaves alone keeps its identity. */
export function mapExpr(e: Expr, f: (e: Expr) => Expr): Expr {
  return foldExpr<Expr>(e, (node, parts) => f(withParts(node, parts)));
}

/** `mapExpr` for a function that is often asked about the same expressions, or about parts of one another: what it made of each node is kept. */
export function keptMap(f: (e: Expr) => Expr): (e: Expr) => Expr {
  const made = new WeakMap<Expr, Expr>();
  return (root) =>
    foldExpr<Expr>(
      root,
      (node, parts) => {
        const known = made.get(node) ?? f(withParts(node, parts));
        made.set(node, known);
        return known;
      },
      (node) => (made.has(node) ? [] : partsOf(node)),
    );
}

const symbolSets = new WeakMap<Expr, ReadonlySet<string>>();

/** Names that occur anywhere in `e`, conditions included, in the order of their first occurrence. Kept for each expression that was asked about. */
export function symbolsOf(e: Expr): ReadonlySet<string> {
  const known = symbolSets.get(e);
  if (known) return known;
  // Kept for the root alone: a set for every prefix of a long sum would take quadratic space.
  const names = new Set<string>();
  walk(e, (node) => {
    if (node.kind === "symbol") names.add(node.name);
    const below = symbolSets.get(node);
    if (below) for (const name of below) names.add(name);
    return below ? "skip" : "enter";
  });
  symbolSets.set(e, names);
  return names;
}

/** All named symbols replaced at once: what is put in is not searched again. */
export function substitute(e: Expr, by: ReadonlyMap<string, Expr>): Expr {
  return mapExpr(e, (node) => (node.kind === "symbol" ? (by.get(node.name) ?? node) : node));
}

/** Whether `e` or any part of it satisfies the predicate. */
export function contains(e: Expr, predicate: (e: Expr) => boolean): boolean {
  return walk(e, (node) => (predicate(node) ? "stop" : "enter"));
}

/**
 * A value for `e` computed from the values of its parts, each node once. `parts` says what a node is computed from; by default its operands
 * in the order in which they are written.
 */
export function foldExpr<T>(
  e: Expr,
  combine: (e: Expr, parts: readonly T[]) => T,
  parts: (e: Expr) => readonly Expr[] = partsOf,
): T {
  const values = new Map<Expr, T>();
  const opened = new Map<Expr, readonly Expr[]>();
  const pending: Expr[] = [e];
  for (let node = pending.at(-1); node !== undefined; node = pending.at(-1)) {
    if (values.has(node)) {
      pending.pop();
      continue;
    }
    const ready = opened.get(node);
    if (ready) {
      values.set(
        node,
        combine(
          node,
          ready.map((part) => values.get(part) as T),
        ),
      );
      opened.delete(node);
      pending.pop();
      continue;
    }
    const below = parts(node);
    opened.set(node, below);
    for (let i = below.length - 1; i >= 0; i--) {
      const part = present(below[i], "part");
      if (!values.has(part)) pending.push(part);
    }
  }
  return values.get(e) as T;
}

/** Operands in the order in which they are written; a conditional's are condition, then, otherwise. */
export function partsOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case "number":
    case "symbol":
      return [];
    case "negate":
    case "not":
      return [e.operand];
    case "arithmetic":
    case "compare":
    case "logical":
      return [e.left, e.right];
    case "call":
      return e.arguments;
    case "conditional":
      return [e.condition, e.then, e.otherwise];
    default:
      return assertNever(e);
  }
}

/** `e` with other operands; `e` itself where they are the same ones. */
export function withParts(e: Expr, parts: readonly Expr[]): Expr {
  if (partsOf(e).every((part, i) => part === parts[i])) return e;
  const part = (i: number): Expr => present(parts[i], "part");
  switch (e.kind) {
    case "number":
    case "symbol":
      return e;
    case "negate":
    case "not":
      return { ...e, operand: part(0) };
    case "arithmetic":
    case "compare":
    case "logical":
      return { ...e, left: part(0), right: part(1) };
    case "call":
      return { ...e, arguments: parts };
    case "conditional":
      return { ...e, condition: part(0), then: part(1), otherwise: part(2) };
    default:
      return assertNever(e);
  }
}

/** Every node of these expressions, shared ones once. */
export function* nodesOf(roots: Iterable<Expr>): Generator<Expr, void> {
  const seen = new Set<Expr>();
  const pending = [...roots];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    yield node;
    append(pending, partsOf(node));
  }
}

/** Visits every node once, before its parts and left to right; true where `visit` said stop. */
function walk(e: Expr, visit: (e: Expr) => "enter" | "skip" | "stop"): boolean {
  const seen = new Set<Expr>();
  const pending: Expr[] = [e];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const next = visit(node);
    if (next === "stop") return true;
    if (next === "enter") append(pending, partsOf(node).toReversed());
  }
  return false;
}
