// Where an operand needs parentheses so that the text parses back to the very tree it came from: a*(b*c) rounds differently from a*b*c. One rule for both printers.
import type { BinaryOperator, Code } from "./code.ts";
import { writtenCode } from "./written.ts";

const UNARY = 13;
const ACCESS = 15;
const PRIMARY = 16;
/** ECMA-262 13, weakest first; `??` below `||` is ours, since the grammar lets neither stand in the other bare. */
const BINARY: { readonly [operator in BinaryOperator]: number } = {
  "??": 3,
  "||": 4,
  "&&": 5,
  "|": 6,
  "&": 7,
  "===": 8,
  "!==": 8,
  "<": 9,
  "<=": 9,
  ">": 9,
  ">=": 9,
  "<<": 10,
  ">>": 10,
  ">>>": 10,
  "+": 11,
  "-": 11,
  "*": 12,
  "/": 12,
  "%": 12,
};
const RELATIONAL = 9;
const EQUALITY = 8;
const SHIFT = 10;

export function leftNeedsParentheses(operator: BinaryOperator, left: Code): boolean {
  return left.kind === "object" || level(left) < BINARY[operator] || neverBareIn(operator, left);
}

export function rightNeedsParentheses(operator: BinaryOperator, right: Code): boolean {
  return level(right) <= BINARY[operator] || neverBareIn(operator, right);
}

/** `-(-x)`, since `--x` is a decrement. */
export function operandNeedsParentheses(operator: "-" | "!", operand: Code): boolean {
  return level(operand) < UNARY || (operator === "-" && startsWithMinus(operand));
}

/** Before `.`, `[` and `(`. `5.x` is no number; an object literal at the start of a statement or arrow body would be a block. */
export function objectNeedsParentheses(object: Code): boolean {
  return level(object) < ACCESS || object.kind === "number" || object.kind === "object";
}

/** After `new`, where the first `(` would end the callee. */
export function constructorNeedsParentheses(callee: Code): boolean {
  return callee.kind === "member" ? constructorNeedsParentheses(callee.object) : writtenCode(callee).kind !== "name";
}

export function conditionNeedsParentheses(condition: Code): boolean {
  return condition.kind === "object" || level(condition) < BINARY["??"];
}

/** A branch of `c ? a : b`. `a ? (x): y => …` could be an arrow with a type, so arrows and casts never stand there bare. */
export function branchNeedsParentheses(branch: Code, which: "then" | "otherwise"): boolean {
  return branch.kind === "arrow" || branch.kind === "as" || (which === "then" && branch.kind === "ternary");
}

/** Before ` as T`. Also after a minus: TypeScript takes the cast and its parentheses off `-(-x as T)` and writes `--x`. */
export function castNeedsParentheses(operand: Code): boolean {
  return operand.kind === "object" || level(operand) < ACCESS;
}

export function arrowBodyNeedsParentheses(body: Code): boolean {
  return body.kind === "object";
}

/** A statement of its own: `{` would open a block, a string could be a directive. */
export function statementNeedsParentheses(expression: Code): boolean {
  return expression.kind === "object" || expression.kind === "string";
}

/**
 * TypeScript (not JavaScript) takes `f(a < b, c > (d))` for a call with type arguments `a<b, c>(d)`, and, forgiving brackets left open, even
 * `a < (b > (c) ? d : e)` for type arguments `<(b>(c)`. Parentheses help little and formatters take them away: behind a `<` such a `b > (c)` is written `(c) < b`.
 * Exact, also for NaN; only the order of evaluation changes, and operands of comparisons have no effects.
 */
export function greaterNeedsSwap(right: Code): boolean {
  const { kind } = writtenCode(right);
  return kind !== "name" && kind !== "number";
}

/** Whether a `<` may stand in the element's text outside every bracket, so that type arguments could go on in the list's next element. */
export function holdsBareLess(element: Code): boolean {
  const open = [element];
  for (let code = open.pop(); code !== undefined; code = open.pop()) {
    switch (code.kind) {
      case "binary":
        if (code.operator === "<") return true;
        open.push(code.left, code.right);
        break;
      case "ternary":
        open.push(code.condition, code.then, code.otherwise);
        break;
      case "arrow":
        if (code.before === undefined) open.push(code.body);
        break;
      case "spread":
      case "as":
        open.push(code.operand);
        break;
      default:
        break;
    }
  }
  return false;
}

/** What may stand left of `=`. */
export function isAssignable(target: Code): boolean {
  const { kind } = writtenCode(target);
  return kind === "name" || kind === "member" || kind === "element";
}

function level(node: Code): number {
  const code = writtenCode(node);
  switch (code.kind) {
    case "spread":
      return 0;
    case "arrow":
      return 1;
    case "ternary":
    case "as":
      return 2;
    case "binary":
      return BINARY[code.operator];
    case "unary":
      return UNARY;
    case "number":
      return startsWithMinus(code) ? UNARY : PRIMARY;
    case "call":
    case "new":
    case "member":
    case "element":
      return ACCESS;
    default:
      return PRIMARY;
  }
}

/**
 * Pairs of binary operators that precedence alone would leave bare: `a ?? (b || c)` is the grammar's demand; TypeScript reads `a < b > (c)`, `a < b | c > (d)` and
 * `a < b & c > (d)` as calls with type arguments, and `a << b > (c)`, `a << b >> (c)` as calls with a type that has type parameters.
 */
function neverBareIn(operator: BinaryOperator, operand: Code): boolean {
  if (operand.kind !== "binary") return false;
  const inner = BINARY[operand.operator];
  if (operator === "??") return inner === BINARY["||"] || inner === BINARY["&&"];
  if (BINARY[operator] === SHIFT) return inner === SHIFT;
  const compares =
    BINARY[operator] === RELATIONAL || BINARY[operator] === EQUALITY || operator === "|" || operator === "&";
  return compares && inner >= EQUALITY && inner <= SHIFT;
}

function startsWithMinus(code: Code): boolean {
  return (
    (code.kind === "unary" && code.operator === "-") ||
    (code.kind === "number" && (code.value < 0 || Object.is(code.value, -0)))
  );
}
