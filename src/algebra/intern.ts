// One object for each distinct expression: what is written twice, or put in twice, is kept, walked and computed once.
import { assertNever, present } from "../base/invariant.ts";
import type { Expr } from "./expression.ts";
import { foldExpr, partsOf } from "./traverse.ts";

export interface Interner {
  /** Structurally equal expressions have equal numbers. */
  idOf(e: Expr): number;
  /** The first expression met that is structurally equal to `e`. */
  only(e: Expr): Expr;
}

export function interner(): Interner {
  const numbers = new Map<string, number>();
  const first: Expr[] = [];
  const known = new WeakMap<Expr, number>();
  const numberOf = (e: Expr, parts: readonly number[]): number => {
    const key = `${shapeOf(e)}(${parts.join(",")})`;
    const old = numbers.get(key);
    if (old !== undefined) return old;
    numbers.set(key, first.length);
    return first.push(e) - 1;
  };
  const idOf = (e: Expr): number =>
    known.get(e) ??
    foldExpr<number>(
      e,
      (node, parts) => {
        const number = known.get(node) ?? numberOf(node, parts);
        known.set(node, number);
        return number;
      },
      (node) => (known.has(node) ? [] : partsOf(node)),
    );
  return { idOf, only: (e) => present(first[idOf(e)], "expression") };
}

/** What an expression is without its parts. */
export function shapeOf(e: Expr): string {
  switch (e.kind) {
    case "number":
      return Object.is(e.value, -0) ? "-0" : String(e.value);
    case "symbol":
      return `'${e.name}'`;
    case "arithmetic":
    case "compare":
    case "logical":
      return e.operator;
    case "call":
      return e.function;
    case "negate":
    case "not":
    case "conditional":
      return e.kind;
    default:
      return assertNever(e);
  }
}
