// The elementary functions, all that the compiler knows of each in one entry; its arithmetic is the runtime's of the same name (runtime/math.ts).
import type { Expr, FunctionName } from "./expression.ts";
import { arithmetic, call, number } from "./expression.ts";
import { either, minus, negated, nought, over, plus, power, times, unity } from "./reals.ts";

/** Where a value jumps or bends: at a change of `of`, as the runtime's `EdgeKind` says. */
export interface Edge {
  readonly kind: "floor" | "ceil" | "round" | "above" | "from";
  readonly of: Expr;
}

type Exprs = readonly Expr[];

export type ElementaryFunction = Facts & (Smooth | Edged);

interface Facts {
  /** Its arguments, as a message names them. */
  readonly takes: readonly string[];
  /** It takes any number more of them: `min(a, b, c)` is `min(min(a, b), c)`. */
  readonly more?: true;
  /** `pure`: of pure numbers, one itself; `lost`: a pure number of whatever; `kept`: its arguments are of one dimension, and so is it; `root`: of the half exponents. */
  readonly dimension: "pure" | "lost" | "kept" | "root";
  /** Its value where every implementation has to return exactly that; null where that is the runtime's affair. */
  readonly exact: (...x: number[]) => number | null;
  /** Why it has no value at this number, where it has none at some. */
  readonly undefinedAt?: (x: number, written: string) => string;
  /** What may be concluded; where it is not said, nothing is. `whole`: a whole number; `lasting`: equal to a number for a while and not only in passing. */
  readonly is?: readonly ("analytic" | "never negative" | "never -0" | "whole" | "lasting")[];
  /** Written by conditions, for proofs case by case. */
  readonly arms?: (...x: Expr[]) => Expr;
  /** Written by exponentials, for proofs: no divisor in it is ever 0. */
  readonly exponentials?: (x: Expr) => Expr;
}

interface Smooth {
  /** With respect to its one argument; `itself` is the call. */
  readonly derivative: (x: Expr, itself: Expr) => Expr;
  /** The same for numbers, where the derivative as it stands loses digits. */
  readonly computed?: (x: Expr, itself: Expr) => Expr;
  readonly edges?: undefined;
}

/** With kinks or jumps: without a derivative, but with a slope to one side. */
interface Edged {
  readonly derivative: null;
  /** From the arguments and their slopes; a jump counts for nothing. */
  readonly slope: (x: Exprs, slopes: Exprs) => Expr;
  /** Where spikes that are located have to look. */
  readonly edges: (...x: Expr[]) => readonly Edge[];
}

const below = (a: Expr, b: Expr): Expr => ({ kind: "compare", operator: "<", left: a, right: b });
const above = (a: Expr, b: Expr): Expr => ({ kind: "compare", operator: ">", left: a, right: b });
const from = (a: Expr, b: Expr): Expr => ({ kind: "compare", operator: ">=", left: a, right: b });
const square = (x: Expr): Expr => power(x, number(2));
const flat = (): Expr => nought;
const atZero =
  (value: number) =>
  (x = NaN): number | null =>
    x === 0 ? value : null;
const atPlusZero = (x = NaN): number | null => (Object.is(x, 0) ? 0 : null);
const atOne = (x = NaN): number | null => (x === 1 ? 0 : null);

const PURE = { takes: ["x"], dimension: "pure" } as const;
const ANALYTIC = { ...PURE, is: ["analytic"] } as const;
const WHOLE = { ...PURE, is: ["whole", "lasting"], derivative: null, slope: flat } as const;
const BOUNDED = {
  takes: ["a", "b"],
  dimension: "kept",
  is: ["lasting"],
  derivative: null,
  edges: (x: Expr = nought, ...bounds: Expr[]): readonly Edge[] =>
    bounds.map((bound) => ({ kind: "above", of: arithmetic("-", x, bound) })),
} as const;
const noLogarithm = (x: number, written: string): string =>
  x === 0 ? "the logarithm of 0" : `there is no logarithm of ${written}`;
const outsideOne = (name: FunctionName) => (_: number, written: string) =>
  `\`${name}\` takes what lies between -1 and 1, and this is ${written}`;
/** The value where there is one and only the order of -0 and 0 is left open. */
const unlessZero =
  (of: (a: number, b: number) => number) =>
  (...x: number[]) =>
    x.includes(0) ? null : x.reduce((a, b) => of(a, b));

export const FUNCTIONS: Readonly<Record<FunctionName, ElementaryFunction>> = {
  exp: { ...PURE, is: ["analytic", "never negative", "never -0"], exact: atZero(1), derivative: (_, itself) => itself },
  expm1: { ...ANALYTIC, exact: atPlusZero, derivative: (x) => call("exp", x) },
  log: { ...PURE, exact: atOne, undefinedAt: noLogarithm, derivative: (x) => over(unity, x) },
  log1p: { ...PURE, exact: atPlusZero, derivative: (x) => over(unity, plus(unity, x)) },
  log10: {
    ...PURE,
    exact: atOne,
    undefinedAt: noLogarithm,
    derivative: (x) => over(unity, times(x, call("log", number(10)))),
  },
  sqrt: {
    takes: ["x"],
    dimension: "root",
    is: ["never negative"],
    exact: (x = NaN) => Math.sqrt(x),
    undefinedAt: (_, written) => `there is no root of ${written}`,
    derivative: (_, itself) => over(unity, times(number(2), itself)),
  },
  abs: {
    takes: ["x"],
    dimension: "kept",
    is: ["never negative", "never -0"],
    exact: (x = NaN) => Math.abs(x),
    derivative: null,
    slope: ([x = nought], [dx = nought]) => times(call("sign", x), dx),
    edges: (x = nought) => [{ kind: "above", of: x }],
    arms: (x = nought) => either(from(x, nought), x, negated(x)),
  },
  sign: {
    takes: ["x"],
    dimension: "lost",
    is: ["lasting"],
    exact: (x = NaN) => (x === 0 ? null : x > 0 ? 1 : -1),
    derivative: null,
    slope: flat,
    edges: (x = nought) => [
      { kind: "above", of: x },
      { kind: "from", of: x },
    ],
    arms: (x = nought) => either(above(x, nought), unity, either(below(x, nought), number(-1), nought)),
  },
  floor: { ...WHOLE, exact: (x = NaN) => Math.floor(x), edges: (x = nought) => [{ kind: "floor", of: x }] },
  ceil: {
    ...WHOLE,
    exact: (x = NaN) => Math.ceil(x),
    edges: (x = nought) => [{ kind: "ceil", of: x }],
    arms: (x = nought) => negated(call("floor", negated(x))),
  },
  // How halves are rounded and what clamps do whose bounds are crossed is the runtime's affair.
  round: { ...WHOLE, exact: () => null, edges: (x = nought) => [{ kind: "round", of: x }] },
  min: {
    ...BOUNDED,
    more: true,
    exact: unlessZero(Math.min),
    slope: ([x = nought, y = nought]: Exprs, [dx = nought, dy = nought]: Exprs) => either(below(x, y), dx, dy),
    arms: (...x) => x.reduce((a, b) => either(below(a, b), a, b)),
  },
  max: {
    ...BOUNDED,
    more: true,
    exact: unlessZero(Math.max),
    slope: ([x = nought, y = nought]: Exprs, [dx = nought, dy = nought]: Exprs) => either(below(x, y), dy, dx),
    arms: (...x) => x.reduce((a, b) => either(above(a, b), a, b)),
  },
  clamp: {
    ...BOUNDED,
    takes: ["x", "low", "high"],
    exact: () => null,
    slope: ([x = nought, low = nought, high = nought]: Exprs, [dx = nought, dlow = nought, dhigh = nought]: Exprs) =>
      either(below(x, low), dlow, either(below(high, x), dhigh, dx)),
    arms: (x = nought, low = nought, high = nought) => either(below(x, low), low, either(above(x, high), high, x)),
  },
  step: {
    takes: ["x"],
    dimension: "lost",
    is: ["lasting", "never -0"],
    exact: (x = NaN) => (x >= 0 ? 1 : 0),
    derivative: null,
    slope: flat,
    edges: (x = nought) => [{ kind: "from", of: x }],
    arms: (x = nought) => either(from(x, nought), unity, nought),
  },
  exprel: {
    ...PURE,
    is: ["analytic", "never negative"],
    exact: atZero(1),
    // With a removable singularity at 0: near it the quotient has lost its digits, and the series has them.
    derivative: (x, itself) => over(minus(call("exp", x), itself), x),
    computed: (x, itself) =>
      either(
        below(call("abs", x), number(0.001)),
        plus(number(0.5), over(x, number(3))),
        over(minus(call("exp", x), itself), x),
      ),
  },
  sin: { ...ANALYTIC, exact: atPlusZero, derivative: (x) => call("cos", x) },
  cos: { ...ANALYTIC, exact: atZero(1), derivative: (x) => negated(call("sin", x)) },
  tan: { ...PURE, exact: atPlusZero, derivative: (_, itself) => plus(unity, square(itself)) },
  asin: {
    ...PURE,
    exact: atPlusZero,
    undefinedAt: outsideOne("asin"),
    derivative: (x) => over(unity, call("sqrt", minus(unity, square(x)))),
  },
  acos: {
    ...PURE,
    exact: atOne,
    undefinedAt: outsideOne("acos"),
    derivative: (x) => over(number(-1), call("sqrt", minus(unity, square(x)))),
  },
  atan: { ...PURE, exact: atPlusZero, derivative: (x) => over(unity, plus(unity, square(x))) },
  sinh: {
    ...ANALYTIC,
    exact: atPlusZero,
    derivative: (x) => call("cosh", x),
    exponentials: (x) => over(minus(call("exp", x), call("exp", negated(x))), number(2)),
  },
  cosh: {
    ...PURE,
    is: ["analytic", "never negative", "never -0"],
    exact: atZero(1),
    derivative: (x) => call("sinh", x),
    exponentials: (x) => over(plus(call("exp", x), call("exp", negated(x))), number(2)),
  },
  tanh: {
    ...ANALYTIC,
    exact: atPlusZero,
    derivative: (_, itself) => minus(unity, square(itself)),
    exponentials: (x) => minus(unity, over(number(2), plus(unity, call("exp", times(number(2), x))))),
  },
};

/** Whether this may be concluded of what the function returns; nothing is of any but a call. */
export function isCallThat(
  is: NonNullable<Facts["is"]>[number],
  e: { readonly kind: string; readonly function?: FunctionName },
): boolean {
  return e.kind === "call" && e.function !== undefined && FUNCTIONS[e.function].is?.includes(is) === true;
}
