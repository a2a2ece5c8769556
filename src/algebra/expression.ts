// Unit-free scalar expressions: what plans, kernels and the algebra are made of. Trees are immutable and may share subtrees.

/** A finite number, a named value (state, parameter, input, `t`, `dt`, noise), or an operation. Conditions are expressions too (kinds compare, logical, not). */
export type Expr =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "negate"; readonly operand: Expr }
  | { readonly kind: "arithmetic"; readonly operator: ArithmeticOperator; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "call"; readonly function: FunctionName; readonly arguments: readonly Expr[] }
  | { readonly kind: "conditional"; readonly condition: Expr; readonly then: Expr; readonly otherwise: Expr }
  | { readonly kind: "compare"; readonly operator: CompareOperator; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "logical"; readonly operator: "and" | "or"; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "not"; readonly operand: Expr };

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "^";
export type CompareOperator = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** Elementary functions, in the order in which they are told; `functions.ts` says what each is, and the runtime's math exports it under the same name. `step(x)` is 1 for x >= 0 else 0; `exprel(x)` is (e^x - 1)/x, 1 at 0; `clamp(x, low, high)`. */
export const FUNCTION_NAMES = [
  "exp",
  "expm1",
  "log",
  "log1p",
  "log10",
  "sqrt",
  "abs",
  "sign",
  "floor",
  "ceil",
  "round",
  "min",
  "max",
  "clamp",
  "step",
  "exprel",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

export const number = (value: number): Expr => ({ kind: "number", value });
export const symbol = (name: string): Expr => ({ kind: "symbol", name });
export const arithmetic = (operator: ArithmeticOperator, left: Expr, right: Expr): Expr => ({
  kind: "arithmetic",
  operator,
  left,
  right,
});
export const call = (name: FunctionName, ...args: Expr[]): Expr => ({ kind: "call", function: name, arguments: args });
