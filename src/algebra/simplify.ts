// Rewriting without changing a single result: what kernels may compute in place of what was written.
import { assertNever } from "../base/invariant.ts";
import { arithmeticValue, comparisonHolds } from "./evaluate.ts";
import type { Expr } from "./expression.ts";
import { number } from "./expression.ts";
import { FUNCTIONS, isCallThat } from "./functions.ts";
import { foldExpr, partsOf, withParts } from "./traverse.ts";

export { equivalent, isZero, normalize } from "./normalForm.ts";

/**
 * Constants folded and neutral operands dropped where every finite result keeps its bits, the sign of zero included: `1*x`, `x/1`, `x - 0`, `x^1`, `x^0`,
 * `--x`, `a + -b`, number ⊕ number (+ - * / as IEEE 754 rounds them; `^` of integers with an exact result), functions at points where they are exact,
 * conditions that are constant. Not `0*x` (x may be infinite), and `x + 0` only where x cannot be -0. Over the real numbers more
 * can be said: `normalize`. A folded 1/3 is a double: decide equalities before folding.
 */
export function fold(e: Expr): Expr {
  return foldExpr<Expr>(
    e,
    (node, parts) => {
      const made = folded.get(node) ?? foldNode(withParts(node, parts));
      folded.set(node, made);
      return made;
    },
    (node) => (folded.has(node) ? [] : partsOf(node)),
  );
}

/** Kept, so that lets that are built on one another are not folded again from the bottom. */
const folded = new WeakMap<Expr, Expr>();

function foldNode(e: Expr): Expr {
  switch (e.kind) {
    case "number":
    case "symbol":
      return e;
    case "negate":
      if (e.operand.kind === "negate") return e.operand.operand;
      return e.operand.kind === "number" ? constant(-e.operand.value, e) : e;
    case "arithmetic":
      return foldArithmetic(e);
    case "call":
      return foldCall(e);
    case "conditional": {
      const known = truth(e.condition);
      if (known !== null) return known ? e.then : e.otherwise;
      return same(e.then, e.otherwise) ? e.then : e;
    }
    case "compare":
      return e;
    case "logical": {
      const [left, right] = [truth(e.left), truth(e.right)];
      const decisive = e.operator === "or";
      if (left === decisive && isCondition(e.left)) return e.left;
      if (right === decisive && isCondition(e.right)) return e.right;
      if (left !== null && isCondition(e.right)) return e.right;
      if (right !== null && isCondition(e.left)) return e.left;
      return e;
    }
    case "not":
      return e.operand.kind === "not" && isCondition(e.operand.operand) ? e.operand.operand : e;
    default:
      return assertNever(e);
  }
}

function foldArithmetic(e: Extract<Expr, { kind: "arithmetic" }>): Expr {
  const { left, right, operator } = e;
  const [a, b] = [valueOf(left), valueOf(right)];
  if (a !== null && b !== null)
    return operator === "^" ? constant(exactPower(a, b), e) : constant(arithmeticValue(operator, a, b), e);
  switch (operator) {
    case "+":
      if (isExactly(right, 0) && neverMinusZero(left)) return left;
      if (isExactly(left, 0) && neverMinusZero(right)) return right;
      if (isExactly(right, -0)) return left;
      if (isExactly(left, -0)) return right;
      return right.kind === "negate" ? { ...e, operator: "-", right: right.operand } : e;
    case "-":
      if (isExactly(right, 0)) return left;
      if (isExactly(left, -0)) return { kind: "negate", operand: right };
      return right.kind === "negate" ? { ...e, operator: "+", right: right.operand } : e;
    case "*":
      if (b === 1) return left;
      if (a === 1) return right;
      if (b === -1) return negated(left);
      if (a === -1) return negated(right);
      return left.kind === "negate" && right.kind === "negate" ? { ...e, left: left.operand, right: right.operand } : e;
    case "/":
      if (b === 1) return left;
      if (b === -1) return negated(left);
      return left.kind === "negate" && right.kind === "negate" ? { ...e, left: left.operand, right: right.operand } : e;
    case "^":
      if (b === 1) return left;
      return b === 0 ? number(1) : e;
    default:
      return assertNever(operator);
  }
}

/** Values that every implementation of a function has to return exactly; all others are left to the runtime's own. */
function foldCall(e: Extract<Expr, { kind: "call" }>): Expr {
  const values: number[] = [];
  for (const argument of e.arguments) {
    const value = valueOf(argument);
    if (value === null) return e;
    values.push(value);
  }
  return constant(FUNCTIONS[e.function].exact(...values), e);
}

/** Whether a condition holds whatever the symbols are; null where that depends. */
function truth(e: Expr): boolean | null {
  switch (e.kind) {
    case "number":
      return e.value !== 0;
    case "compare": {
      const [a, b] = [valueOf(e.left), valueOf(e.right)];
      return a === null || b === null ? null : comparisonHolds(e.operator, a, b);
    }
    case "not": {
      const operand = truth(e.operand);
      return operand === null ? null : !operand;
    }
    // Its operands are folded, so it would not be there any more if they decided it.
    case "logical":
    default:
      return null;
  }
}

function isCondition(e: Expr): boolean {
  return e.kind === "compare" || e.kind === "logical" || e.kind === "not";
}

/** A number node; -0 stays the negation that it was, and what is not finite stays the operation that it was. */
function constant(value: number | null, otherwise: Expr): Expr {
  return value === null || !Number.isFinite(value) || Object.is(value, -0) ? otherwise : number(value);
}

function valueOf(e: Expr): number | null {
  return e.kind === "number" ? e.value : null;
}

function isExactly(e: Expr, value: number): boolean {
  if (Object.is(value, -0) && e.kind === "negate") return isExactly(e.operand, 0);
  return e.kind === "number" && Object.is(e.value, value);
}

function negated(e: Expr): Expr {
  return e.kind === "negate" ? e.operand : { kind: "negate", operand: e };
}

/** base^exponent where that is an integer a double holds exactly: then any implementation with an error below one unit in the last place returns it. */
function exactPower(base: number, exponent: number): number | null {
  if (exponent === 0) return 1;
  if (exponent === 1) return base;
  if (!Number.isInteger(base) || !Number.isInteger(exponent) || exponent < 0 || exponent > 64) return null;
  let power = 1;
  for (let i = 0; i < exponent; i++) power *= base;
  return Number.isSafeInteger(power) ? power : null;
}

/** A sum is -0 only if both its terms are. */
function neverMinusZero(e: Expr): boolean {
  let rest = e;
  for (; rest.kind === "arithmetic" && rest.operator === "+"; rest = rest.left)
    if (isSurelyNotMinusZero(rest.right)) return true;
  return isSurelyNotMinusZero(rest);
}

function isSurelyNotMinusZero(e: Expr): boolean {
  if (e.kind === "number") return !Object.is(e.value, -0);
  return isCondition(e) || isCallThat("never -0", e);
}

/** Structurally the same without looking deeper than one node: enough for constants and shared branches. */
function same(a: Expr, b: Expr): boolean {
  return (
    a === b ||
    (a.kind === "number" && b.kind === "number" && Object.is(a.value, b.value)) ||
    (a.kind === "symbol" && b.kind === "symbol" && a.name === b.name)
  );
}
