// The number that an expression has when its parameters have their defaults: what rules can prove without running anything.
import { assertNever } from "../base/invariant.ts";
import type { BuiltinFunction, CheckedExpr, CheckedIndex, CheckedQuantity } from "./checked.ts";
import * as math from "../runtime/math.ts";
import { fold } from "./walk.ts";

/** What a quantity is worth; null where that is not known. */
export type Values = (quantity: CheckedQuantity, indices: readonly CheckedIndex[]) => number | null;

/** A number, or a truth for conditions; null where it depends on what is not known. */
export function evaluate(expr: CheckedExpr, values: Values): number | boolean | null {
  return fold<number | boolean | null>(expr, (e, parts) => {
    const [a, b, c] = parts;
    switch (e.kind) {
      case "number":
        return e.value;
      case "quantity":
        return values(e.quantity, e.indices);
      case "setup":
        return values(e.quantity, []);
      case "negate":
        return typeof a === "number" ? -a : null;
      case "not":
        return typeof a === "boolean" ? !a : null;
      case "arithmetic":
        return typeof a === "number" && typeof b === "number" ? arithmetic(e.operator, a, b) : null;
      case "comparison":
        return typeof a === "number" && typeof b === "number" ? compare(e.operator, a, b) : null;
      case "logical":
        if (e.operator === "and") return a === false || b === false ? false : a === true && b === true ? true : null;
        return a === true || b === true ? true : a === false && b === false ? false : null;
      case "conditional":
        return a === true ? (b ?? null) : a === false ? (c ?? null) : null;
      case "call": {
        const numbers = parts.filter((p) => typeof p === "number");
        return numbers.length === parts.length ? elementary(e.function, numbers) : null;
      }
      case "index":
      case "time":
      case "step":
      case "neuron":
      case "noise":
      case "sum":
      case "stimulus":
        return null;
      default:
        return assertNever(e);
    }
  });
}

/** The number, or null where it is unknown, a condition, or not finite. */
export function evaluateNumber(expr: CheckedExpr, values: Values): number | null {
  const value = evaluate(expr, values);
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Defaults of constants, and of parameters and lets over them; states, inputs and indexed quantities are unknown. */
export function defaults(replaced: ReadonlyMap<CheckedQuantity, number> = new Map(), roles: ReadonlySet<CheckedQuantity["role"]> = new Set(["const", "param", "let"])): Values {
  const known = new Map<CheckedQuantity, number | null>();
  const values: Values = (quantity, indices) => {
    if (indices.length > 0) return elementOf(quantity, indices, roles, values);
    const given = replaced.get(quantity) ?? known.get(quantity);
    if (given !== undefined) return given;
    const value = roles.has(quantity.role) && quantity.value?.kind === "expression" ? evaluateNumber(quantity.value.expression, values) : null;
    known.set(quantity, value);
    return value;
  };
  return values;
}

function elementOf(quantity: CheckedQuantity, indices: readonly CheckedIndex[], roles: ReadonlySet<CheckedQuantity["role"]>, values: Values): number | null {
  if (!roles.has(quantity.role) || quantity.value === null) return null;
  if (quantity.value.kind === "expression") return evaluateNumber(quantity.value.expression, values);
  let row = 0;
  for (const [k, range] of quantity.indices.entries()) {
    const index = indices[k];
    if (index?.kind !== "position") return null;
    row = row * (range.to - range.from + 1) + index.value - range.from;
  }
  const element = quantity.value.elements[row];
  return element === undefined ? null : evaluateNumber(element, values);
}

function arithmetic(operator: "+" | "-" | "*" | "/" | "^", a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "^":
      return math.pow(a, b);
    default:
      return assertNever(operator);
  }
}

function compare(operator: "<" | "<=" | ">" | ">=" | "==" | "!=", a: number, b: number): boolean {
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    default:
      return assertNever(operator);
  }
}

/** The functions of the runtime, so that what is proved here is what runs. */
function elementary(name: BuiltinFunction, args: readonly number[]): number {
  const [x = NaN, y = NaN, z = NaN] = args;
  switch (name) {
    case "min":
    case "max":
      return math[name](x, y);
    case "clamp":
      return math.clamp(x, y, z);
    default:
      return math[name](x);
  }
}
