// Expressions as text in glif's own spelling, for people: reasons in `glif explain`, comments in kernels, failing tests.
import { assertNever, present } from "../base/invariant.ts";
import type { Expr } from "./expression.ts";
import { foldExpr } from "./traverse.ts";

/**
 * Text with the parentheses that are needed to read the same tree back, and those around a power that is negated: `-(V^2)`. Sums and products
 * associate to the left, `^` to the right; a negative operand on the right is in parentheses. Shared subtrees are written out each time; a part that
 * would be longer than some millions of characters is `…`.
 */
export function printExpr(e: Expr): string {
  return foldExpr<Printed>(e, (node, parts) => {
    const printed = print(node, parts);
    return printed.text.length > longest ? { text: "…", level: Level.atom } : printed;
  }).text;
}

const longest = 4_000_000;

/** How tightly a text holds together. */
const Level = {
  conditional: 0,
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  sum: 5,
  product: 6,
  negation: 7,
  power: 8,
  atom: 9,
} as const;

interface Printed {
  readonly text: string;
  readonly level: number;
}

function print(e: Expr, parts: readonly Printed[]): Printed {
  /** The text of a part, in parentheses unless it holds together at least as tightly as `level`. */
  const part = (i: number, level: number): string => {
    const p = present(parts[i], "part");
    return p.level >= level ? p.text : `(${p.text})`;
  };
  switch (e.kind) {
    case "number":
      return printNumber(e.value);
    case "symbol":
      return { text: e.name, level: Level.atom };
    case "negate":
      return { text: `-${part(0, Level.atom)}`, level: Level.negation };
    case "arithmetic":
      switch (e.operator) {
        case "+":
        case "-":
          return {
            text: `${part(0, Level.sum)} ${e.operator} ${rightOperand(parts, Level.product)}`,
            level: Level.sum,
          };
        case "*":
        case "/":
          return {
            text: `${part(0, Level.product)}${e.operator}${rightOperand(parts, Level.negation)}`,
            level: Level.product,
          };
        case "^":
          return { text: `${part(0, Level.atom)}^${part(1, Level.power)}`, level: Level.power };
        default:
          return assertNever(e);
      }
    case "call":
      return { text: `${e.function}(${parts.map((p) => p.text).join(", ")})`, level: Level.atom };
    case "conditional":
      return {
        text: `if ${part(0, Level.or)} then ${part(1, Level.or)} else ${part(2, Level.conditional)}`,
        level: Level.conditional,
      };
    case "compare":
      return { text: `${part(0, Level.sum)} ${e.operator} ${part(1, Level.sum)}`, level: Level.compare };
    case "logical": {
      const own = Level[e.operator];
      return { text: `${part(0, own)} ${e.operator} ${part(1, own + 1)}`, level: own };
    }
    case "not":
      return { text: `not ${part(0, Level.not)}`, level: Level.not };
    default:
      return assertNever(e);
  }
}

/** Anything that begins with a minus sign is put in parentheses: `a - (-b)`, `a*(-b/c)`. */
function rightOperand(parts: readonly Printed[], level: number): string {
  const p = present(parts[1], "right operand");
  return p.level >= level && !p.text.startsWith("-") ? p.text : `(${p.text})`;
}

function printNumber(value: number): Printed {
  const text = Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
  return { text, level: text.startsWith("-") ? Level.negation : Level.atom };
}
