// Expressions as text, with the parentheses that are needed and no others: in glif's own spelling, or in the words of another language, which are data.
import { assertNever, present } from "../base/invariant.ts";
import type { CompareOperator, Expr, FunctionName } from "./expression.ts";
import { foldExpr } from "./traverse.ts";

/** How a language writes what expressions are made of. Sums, products, comparisons and signs are the same in all of them. */
export interface Spelling {
  symbol(name: string): string;
  number(value: number): string;
  /** How powers are written: by an operator that holds tighter than a sign before it and associates to the right, or by a function of two arguments. */
  readonly power: { readonly operator: string } | { readonly function: string };
  readonly and: string;
  readonly or: string;
  readonly not: string;
  readonly compare: Readonly<Record<CompareOperator, string>>;
  /** A call of an elementary function. */
  call(name: FunctionName, parts: readonly string[]): string;
  /** The value of one of two branches: the texts between and around condition, then and otherwise, and whether the whole stands for itself without parentheses. */
  readonly conditional: {
    readonly order: readonly ("condition" | "then" | "otherwise")[];
    readonly words: readonly [string, string, string, string];
    readonly closed: boolean;
  };
}

export const GLIF: Spelling = {
  symbol: (name) => name,
  number: (value) => (Object.is(value, -0) ? "-0" : String(value).replace("e+", "e")),
  power: { operator: "^" },
  and: "and",
  or: "or",
  not: "not ",
  compare: { "<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "==", "!=": "!=" },
  call: (name, parts) => `${name}(${parts.join(", ")})`,
  conditional: { order: ["condition", "then", "otherwise"], words: ["if ", " then ", " else ", ""], closed: false },
};

/**
 * Text with the parentheses that are needed to read the same tree back, and those around a power that is negated: `-(V^2)`. Sums and products
 * associate to the left, `^` to the right; a negative operand on the right is in parentheses. Shared subtrees are written out each time; a part that
 * would be longer than some millions of characters is `…`.
 */
export function printExpr(e: Expr, spelling: Spelling = GLIF): string {
  return foldExpr<Printed>(e, (node, parts) => {
    const printed = print(node, parts, spelling);
    return printed.text.length > longest ? { text: "…", level: Level.atom } : printed;
  }).text;
}

const longest = 4_000_000;

/** How tightly a text holds together. */
export const Level = {
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

function print(e: Expr, parts: readonly Printed[], spelling: Spelling): Printed {
  /** The text of a part, in parentheses unless it holds together at least as tightly as `level`. */
  const part = (i: number, level: number): string => {
    const p = present(parts[i], "part");
    return p.level >= level ? p.text : `(${p.text})`;
  };
  switch (e.kind) {
    case "number": {
      const text = spelling.number(e.value);
      return { text, level: text.startsWith("-") ? Level.negation : Level.atom };
    }
    case "symbol":
      return { text: spelling.symbol(e.name), level: Level.atom };
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
          return "function" in spelling.power
            ? { text: `${spelling.power.function}(${part(0, 0)}, ${part(1, 0)})`, level: Level.atom }
            : { text: `${part(0, Level.atom)}${spelling.power.operator}${part(1, Level.power)}`, level: Level.power };
        default:
          return assertNever(e);
      }
    case "call":
      return {
        text: spelling.call(
          e.function,
          parts.map((p) => p.text),
        ),
        level: Level.atom,
      };
    case "conditional": {
      const { order, words, closed } = spelling.conditional;
      // The last operand may be a conditional itself, where nothing closes it.
      const operand = (which: "condition" | "then" | "otherwise", last: boolean): string =>
        part(["condition", "then", "otherwise"].indexOf(which), last && !closed ? Level.conditional : Level.or);
      const text = order.map((which, i) => `${words[i] ?? ""}${operand(which, i === 2)}`).join("") + words[3];
      return { text, level: closed ? Level.atom : Level.conditional };
    }
    case "compare":
      return {
        text: `${part(0, Level.sum)} ${spelling.compare[e.operator]} ${part(1, Level.sum)}`,
        level: Level.compare,
      };
    case "logical": {
      const own = Level[e.operator];
      return { text: `${part(0, own)} ${spelling[e.operator]} ${part(1, own + 1)}`, level: own };
    }
    case "not":
      return {
        text: `${spelling.not}${part(0, spelling.not.endsWith(" ") ? Level.not : Level.atom)}`,
        level: Level.not,
      };
    default:
      return assertNever(e);
  }
}

/** Anything that begins with a minus sign is put in parentheses: `a - (-b)`, `a*(-b/c)`. */
function rightOperand(parts: readonly Printed[], level: number): string {
  const p = present(parts[1], "right operand");
  return p.level >= level && !p.text.startsWith("-") ? p.text : `(${p.text})`;
}
