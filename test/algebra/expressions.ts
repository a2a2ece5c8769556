// What the tests of the algebra share: short spellings, Math as the implementation of the functions, and arbitrary expressions.
import * as fc from "fast-check";
import type { Elementary } from "../../src/algebra/evaluate.ts";
import { evaluate } from "../../src/algebra/evaluate.ts";
import type { ArithmeticOperator, CompareOperator, Expr, FunctionName } from "../../src/algebra/expression.ts";
import { arithmetic, call, number, symbol } from "../../src/algebra/expression.ts";

export const mathElementary: Elementary = {
  ...pickMath(),
  pow: (x = 0, y = 0) => Math.pow(x, y),
  clamp: (x = 0, low = 0, high = 0) => Math.min(Math.max(x, low), high),
  step: (x = 0) => (x >= 0 ? 1 : 0),
  exprel: (x = 0) => (x === 0 ? 1 : Math.expm1(x) / x),
};

function pickMath(): Pick<typeof Math, Exclude<FunctionName, "clamp" | "step" | "exprel">> {
  const {
    exp,
    expm1,
    log,
    log1p,
    log10,
    sqrt,
    abs,
    sign,
    floor,
    ceil,
    round,
    min,
    max,
    sin,
    cos,
    tan,
    asin,
    acos,
    atan,
    sinh,
    cosh,
    tanh,
  } = Math;
  return {
    exp,
    expm1,
    log,
    log1p,
    log10,
    sqrt,
    abs,
    sign,
    floor,
    ceil,
    round,
    min,
    max,
    sin,
    cos,
    tan,
    asin,
    acos,
    atan,
    sinh,
    cosh,
    tanh,
  };
}

export type Values = Readonly<Record<string, number>>;

export function at(e: Expr, values: Values): number {
  return evaluate(
    e,
    (name) => {
      const value = values[name];
      if (value === undefined) throw new Error(`no value for ${name}`);
      return value;
    },
    mathElementary,
  );
}

export const compare = (operator: CompareOperator, left: Expr, right: Expr): Expr => ({
  kind: "compare",
  operator,
  left,
  right,
});
export const conditional = (condition: Expr, then: Expr, otherwise: Expr): Expr => ({
  kind: "conditional",
  condition,
  then,
  otherwise,
});
export const negate = (operand: Expr): Expr => ({ kind: "negate", operand });
export const not = (operand: Expr): Expr => ({ kind: "not", operand });
export const logical = (operator: "and" | "or", left: Expr, right: Expr): Expr => ({
  kind: "logical",
  operator,
  left,
  right,
});

/** A reader of JavaScript-like text, `^` and `if … then … else` included: tests are to be read. */
export function read(text: string): Expr {
  const tokens = text.match(/[\d.]+(?:e[+-]?\d+)?|[\p{L}_][\p{L}\p{N}_]*|[<>=!]=|\S/gu) ?? [];
  let next = 0;
  const peek = (): string => tokens[next] ?? "";
  const take = (expected?: string): string => {
    const token = peek();
    if (expected !== undefined && token !== expected) throw new Error(`${text}: ${expected} expected at ${token}`);
    next++;
    return token;
  };
  const leftToRight = (
    operators: readonly string[],
    operand: () => Expr,
    make: (operator: string, l: Expr, r: Expr) => Expr,
  ): Expr => {
    let e = operand();
    while (operators.includes(peek())) e = make(take(), e, operand());
    return e;
  };
  const binary = (operator: string, l: Expr, r: Expr): Expr => arithmetic(operator as ArithmeticOperator, l, r);
  const whole = (): Expr => {
    if (peek() !== "if")
      return leftToRight(
        ["or"],
        () => leftToRight(["and"], negation, (_, l, r) => logical("and", l, r)),
        (_, l, r) => logical("or", l, r),
      );
    take("if");
    const condition = whole();
    take("then");
    const then = whole();
    take("else");
    return conditional(condition, then, whole());
  };
  const negation = (): Expr => {
    if (peek() !== "not")
      return leftToRight(["<", "<=", ">", ">=", "==", "!="], sum, (o, l, r) => compare(o as CompareOperator, l, r));
    take("not");
    return not(negation());
  };
  const sum = (): Expr => leftToRight(["+", "-"], () => leftToRight(["*", "/"], signed, binary), binary);
  const signed = (): Expr => {
    if (peek() !== "-") return power();
    take("-");
    return negate(signed());
  };
  const power = (): Expr => {
    const base = primary();
    if (peek() !== "^") return base;
    take("^");
    return arithmetic("^", base, signed());
  };
  const primary = (): Expr => {
    const token = take();
    if (token === "(") {
      const inner = whole();
      take(")");
      return inner;
    }
    if (/^[\d.]/.test(token)) return number(Number(token));
    if (peek() !== "(") return symbol(token);
    take("(");
    const args = [whole()];
    while (peek() === ",") {
      take();
      args.push(whole());
    }
    take(")");
    return call(token as FunctionName, ...args);
  };
  const e = whole();
  if (next !== tokens.length) throw new Error(`${text}: unread from ${peek()}`);
  return e;
}

/** left-leaning term_0 + term_1 - term_2 + … */
export function chain(
  count: number,
  term: (i: number) => Expr,
  operator: (i: number) => ArithmeticOperator = () => "+",
): Expr {
  let e = term(0);
  for (let i = 1; i < count; i++) e = arithmetic(operator(i), e, term(i));
  return e;
}

const awkward = [0, 1, -1, 2, 3, 0.5, 0.1, 0.3, 10, -70];

/** Arbitrary expressions of the symbols a, b, x, y; `functions` may be chosen so that they are smooth. */
export function expressions(options: {
  functions: readonly FunctionName[];
  conditions?: boolean;
  depth?: number;
}): fc.Arbitrary<Expr> {
  const leaf = fc.oneof(fc.constantFrom("a", "b", "x", "y").map(symbol), fc.constantFrom(...awkward).map(number));
  const { expression } = fc.letrec<{ expression: Expr; condition: Expr }>((tie) => {
    const arithmetics = fc
      .tuple(fc.constantFrom<ArithmeticOperator>("+", "-", "*", "/"), tie("expression"), tie("expression"))
      .map(([o, l, r]) => arithmetic(o, l, r));
    const powers = fc
      .tuple(tie("expression"), fc.constantFrom(0, 1, 2, 3, -1))
      .map(([b, n]) => arithmetic("^", b, number(n)));
    const calls = fc
      .tuple(fc.constantFrom(...options.functions), tie("expression"), tie("expression"), tie("expression"))
      .map(([f, ...args]) => {
        return call(f, ...args.slice(0, f === "clamp" ? 3 : f === "min" || f === "max" ? 2 : 1));
      });
    const conditionals = fc
      .tuple(tie("condition"), tie("expression"), tie("expression"))
      .map(([c, t, e]) => conditional(c, t, e));
    const nodes = [leaf, arithmetics, arithmetics, arithmetics, powers, calls, tie("expression").map(negate)];
    return {
      expression: fc.oneof(
        { maxDepth: options.depth ?? 4, withCrossShrink: true },
        ...(options.conditions ? [...nodes, conditionals] : nodes),
      ),
      condition: fc.oneof(
        { maxDepth: options.depth ?? 4 },
        fc
          .tuple(fc.constantFrom<CompareOperator>("<", "<=", ">", ">=", "==", "!="), leaf, tie("expression"))
          .map(([o, l, r]) => compare(o, l, r)),
        fc
          .tuple(fc.constantFrom<"and" | "or">("and", "or"), tie("condition"), tie("condition"))
          .map(([o, l, r]) => logical(o, l, r)),
        tie("condition").map(not),
      ),
    };
  });
  return expression;
}

/** Values of a, b, x, y, the same spots that break careless rewriting among them. */
export const valuesAnywhere: fc.Arbitrary<Values> = fc.record({
  a: anyNumber(),
  b: anyNumber(),
  x: anyNumber(),
  y: anyNumber(),
});

function anyNumber(): fc.Arbitrary<number> {
  return fc.oneof(fc.constantFrom(0, -0, 1, -1, 2, Infinity, -Infinity, NaN), fc.double());
}

/** Values between 0.5 and 2. */
export const valuesInside: fc.Arbitrary<Values> = fc.record({ a: inside(), b: inside(), x: inside(), y: inside() });

function inside(): fc.Arbitrary<number> {
  return fc.double({ min: 0.5, max: 2, noNaN: true });
}
