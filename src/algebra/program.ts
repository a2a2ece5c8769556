// Expressions that are evaluated again and again, as one straight line of operations over numbered values. Every branch is computed; the bits are those of `evaluate`.
import { assertNever } from "../base/invariant.ts";
import { arithmeticValue, comparisonHolds, type Elementary } from "./evaluate.ts";
import type { Expr } from "./expression.ts";
import { foldExpr, partsOf } from "./traverse.ts";

export interface Program {
  /** Values by place: write those of symbols, run, read those of what was defined. */
  readonly values: number[];
  /** The place of a symbol, made where it is new. */
  place(symbol: string): number;
  /** Adds an expression and gives its place. Later ones read it by its name, which must be new. */
  define(name: string | null, e: Expr): number;
  run(): void;
}

export function program(functions: Elementary): Program {
  const values: number[] = [];
  const operations: (() => void)[] = [];
  const places = new Map<string, number>();
  const compiled = new Map<Expr, number>();
  const fresh = (value: number): number => values.push(value) - 1;
  const place = (symbol: string): number => {
    const known = places.get(symbol) ?? fresh(NaN);
    places.set(symbol, known);
    return known;
  };
  const operation = (compute: () => number): number => {
    const at = fresh(NaN);
    operations.push(() => void (values[at] = compute()));
    return at;
  };
  const v = (at: number): number => values[at] as number;

  const compile = (e: Expr, parts: readonly number[]): number => {
    const [a = -1, b = -1, c = -1] = parts;
    switch (e.kind) {
      case "number":
        return fresh(e.value);
      case "symbol":
        return place(e.name);
      case "negate":
        return operation(() => -v(a));
      case "arithmetic": {
        const { operator } = e;
        if (operator === "^") return operation(() => functions.pow(v(a), v(b)));
        return operation(() => arithmeticValue(operator, v(a), v(b)));
      }
      case "call": {
        const f = functions[e.function];
        if (parts.length === 1) return operation(() => f(v(a)));
        return operation(() => f(...parts.map(v)));
      }
      case "conditional":
        return operation(() => (v(a) ? v(b) : v(c)));
      case "compare": {
        const { operator } = e;
        return operation(() => (comparisonHolds(operator, v(a), v(b)) ? 1 : 0));
      }
      case "logical":
        return e.operator === "and" ? operation(() => (v(a) && v(b) ? 1 : 0)) : operation(() => (v(a) || v(b) ? 1 : 0));
      case "not":
        return operation(() => (v(a) ? 0 : 1));
      default:
        return assertNever(e);
    }
  };
  return {
    values,
    place,
    define(name, e) {
      const at = foldExpr<number>(
        e,
        (node, parts) => {
          const made = compiled.get(node) ?? compile(node, parts);
          compiled.set(node, made);
          return made;
        },
        (node) => (compiled.has(node) ? [] : partsOf(node)),
      );
      if (name !== null) places.set(name, at);
      return at;
    },
    run() {
      for (const operation of operations) operation();
    },
  };
}
