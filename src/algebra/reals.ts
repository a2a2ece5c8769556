// Expressions put together by the rules of real numbers: 0*x is 0, x + 0 is x. For what the compiler derives; what a modeller wrote is only folded.
import type { ArithmeticOperator, Expr } from "./expression.ts";
import { arithmetic, number } from "./expression.ts";
import { add, fromDecimal, invert, multiply, negative, toExactNumber } from "./rational.ts";

export const nought: Expr = number(0);
export const unity: Expr = number(1);

export function isNumber(e: Expr, value: number): boolean {
  return e.kind === "number" && e.value === value;
}

export function plus(a: Expr, b: Expr): Expr {
  if (isNumber(a, 0)) return b;
  if (isNumber(b, 0)) return a;
  const magnitude = withoutMinus(b);
  return exactly("+", a, b) ?? (magnitude ? arithmetic("-", a, magnitude) : arithmetic("+", a, b));
}

export function minus(a: Expr, b: Expr): Expr {
  if (isNumber(b, 0)) return a;
  if (isNumber(a, 0)) return negated(b);
  if (a === b) return nought;
  const magnitude = withoutMinus(b);
  return exactly("-", a, b) ?? (magnitude ? arithmetic("+", a, magnitude) : arithmetic("-", a, b));
}

export function times(a: Expr, b: Expr): Expr {
  if (isNumber(a, 0) || isNumber(b, 0)) return nought;
  if (isNumber(a, 1)) return b;
  if (isNumber(b, 1)) return a;
  if (isNumber(a, -1)) return negated(b);
  if (isNumber(b, -1)) return negated(a);
  const folded = exactly("*", a, b);
  if (folded) return folded;
  // The sign goes to the front: G*(-E_L) is -G*E_L, (-G)*(-E_L) is G*E_L.
  const magnitude = withoutMinus(b);
  return magnitude ? times(negated(a), magnitude) : arithmetic("*", a, b);
}

export function over(a: Expr, b: Expr): Expr {
  if (isNumber(a, 0) && !isNumber(b, 0)) return nought;
  if (isNumber(b, 1)) return a;
  if (isNumber(b, -1)) return negated(a);
  const folded = exactly("/", a, b);
  if (folded) return folded;
  const magnitude = withoutMinus(b);
  return magnitude ? over(negated(a), magnitude) : arithmetic("/", a, b);
}

export function power(base: Expr, exponent: Expr): Expr {
  if (isNumber(exponent, 0)) return unity;
  return isNumber(exponent, 1) ? base : arithmetic("^", base, exponent);
}

export function negated(e: Expr): Expr {
  if (e.kind === "number") return number(e.value === 0 ? 0 : -e.value);
  const magnitude = withoutMinus(e);
  if (magnitude) return magnitude;
  if (e.kind === "arithmetic" && e.operator === "-") return arithmetic("-", e.right, e.left);
  return withMinus(e, 0) ?? { kind: "negate", operand: e };
}

/** then and otherwise may be the same: then the condition does not matter. */
export function either(condition: Expr, then: Expr, otherwise: Expr): Expr {
  const same = then === otherwise || (then.kind === "number" && isNumber(otherwise, then.value));
  return same ? then : { kind: "conditional", condition, then, otherwise };
}

/** How far down the left of a product its sign is looked for. */
const signDepth = 16;

/** x where `e` is written as -x: a negation, a negative number, or a product that begins with one; else null. */
function withoutMinus(e: Expr, depth = 0): Expr | null {
  if (e.kind === "negate") return e.operand;
  if (e.kind === "number") return e.value < 0 ? number(-e.value) : null;
  if (e.kind !== "arithmetic" || (e.operator !== "*" && e.operator !== "/") || depth > signDepth) return null;
  const left = withoutMinus(e.left, depth + 1);
  if (!left) return null;
  return isNumber(left, 1) && e.operator === "*" ? e.right : arithmetic(e.operator, left, e.right);
}

/** A product with the minus at its front: -(G*E) is written -G*E. */
function withMinus(e: Expr, depth: number): Expr | null {
  if (e.kind !== "arithmetic" || (e.operator !== "*" && e.operator !== "/")) return null;
  const { left } = e;
  if (left.kind === "number") return arithmetic(e.operator, number(-left.value), e.right);
  const inner = depth < signDepth ? withMinus(left, depth + 1) : null;
  return arithmetic(e.operator, inner ?? { kind: "negate", operand: left }, e.right);
}

/** The number that two numbers make, where their decimal values make exactly one that a double prints as: 1/4 but not 1/3. */
function exactly(operator: Exclude<ArithmeticOperator, "^">, a: Expr, b: Expr): Expr | null {
  if (a.kind !== "number" || b.kind !== "number" || (operator === "/" && b.value === 0)) return null;
  const [p, q] = [fromDecimal(a.value), fromDecimal(b.value)];
  const exact =
    operator === "+"
      ? add(p, q)
      : operator === "-"
        ? add(p, negative(q))
        : multiply(p, operator === "*" ? q : invert(q));
  const value = toExactNumber(exact);
  return value === null ? null : number(value);
}
