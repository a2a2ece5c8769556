// The value of an expression, computed as a kernel computes it: the yardstick for emitted code, and the probe of the tests.
import { assertNever, present } from "../base/invariant.ts";
import type { ArithmeticOperator, CompareOperator, Expr, FunctionName } from "./expression.ts";
import { partsOf } from "./traverse.ts";

/** An implementation of every function and of `^`: hand in the runtime's own and the bits agree with the kernels'. */
export type Elementary = Readonly<Record<FunctionName | "pow", (...x: number[]) => number>>;

/**
 * The value of `e` in double precision, in the order of operations that is written. Conditions are 1 or 0; anything but 0 and NaN is taken as true.
 * Of a conditional only the branch taken is evaluated. `value` is asked once for each symbol node.
 */
export function evaluate(e: Expr, value: (name: string) => number, functions: Elementary): number {
  const values = new Map<Expr, number>();
  const of = (part: Expr): number => present(values.get(part), "value of a part");
  const pending: Expr[] = [e];
  for (let node = pending.at(-1); node !== undefined; node = pending.at(-1)) {
    const missing = values.has(node) ? [] : missingFor(node, values);
    if (missing.length > 0) {
      for (let i = missing.length - 1; i >= 0; i--) pending.push(present(missing[i], "part"));
      continue;
    }
    if (!values.has(node)) values.set(node, valueOf(node, of, value, functions));
    pending.pop();
  }
  return of(e);
}

/** What has to be known before `e` can be: of a conditional first the condition, then one branch. */
function missingFor(e: Expr, values: ReadonlyMap<Expr, number>): readonly Expr[] {
  if (e.kind !== "conditional") return partsOf(e).filter((part) => !values.has(part));
  const condition = values.get(e.condition);
  if (condition === undefined) return [e.condition];
  const branch = condition ? e.then : e.otherwise;
  return values.has(branch) ? [] : [branch];
}

function valueOf(e: Expr, of: (part: Expr) => number, value: (name: string) => number, functions: Elementary): number {
  switch (e.kind) {
    case "number":
      return e.value;
    case "symbol":
      return value(e.name);
    case "negate":
      return -of(e.operand);
    case "arithmetic":
      return e.operator === "^"
        ? functions.pow(of(e.left), of(e.right))
        : arithmeticValue(e.operator, of(e.left), of(e.right));
    case "call":
      return functions[e.function](...e.arguments.map(of));
    case "conditional":
      return of(of(e.condition) ? e.then : e.otherwise);
    case "compare":
      return comparisonHolds(e.operator, of(e.left), of(e.right)) ? 1 : 0;
    case "logical":
      return (e.operator === "and" ? of(e.left) && of(e.right) : of(e.left) || of(e.right)) ? 1 : 0;
    case "not":
      return of(e.operand) ? 0 : 1;
    default:
      return assertNever(e);
  }
}

/** The four operations that IEEE 754 rounds correctly, so that they are the same everywhere; `^` is not among them. */
export function arithmeticValue(operator: Exclude<ArithmeticOperator, "^">, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    default:
      return assertNever(operator);
  }
}

export function comparisonHolds(operator: CompareOperator, left: number, right: number): boolean {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    default:
      return assertNever(operator);
  }
}
