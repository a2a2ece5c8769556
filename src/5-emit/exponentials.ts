// Exponentials written out inside a kernel. V8 inlines five calls of `exp` into a function and boxes the numbers of every further call, which makes a
// Hodgkin-Huxley step eight times slower; so kernels with many of them carry the arithmetic of runtime/math.ts themselves, operation for operation.
import { foldExpr } from "../algebra/traverse.ts";
import type { Expr } from "../algebra/expression.ts";
import type { Code, Statement } from "./code.ts";
import { at, binary, callOf, comment, constant, id, num, product, ternary } from "./construct.ts";

/** More calls than this in one function are written out. */
const INLINED_BY_THE_ENGINE = 4;

export type Exponential = "exp" | "expm1" | "exprel";

export function isExponential(name: string): name is Exponential {
  return name === "exp" || name === "expm1" || name === "exprel";
}

/** Whether so many exponentials stand in a block that they are to be written out. */
export function isExponentialHeavy(roots: readonly Expr[]): boolean {
  const met = new Set<Expr>();
  for (const root of roots) foldExpr<null>(root, (e) => (e.kind === "call" && isExponential(e.function) ? (met.add(e), null) : null));
  return met.size > INLINED_BY_THE_ENGINE;
}

/** The constants of runtime/math.ts by the names they have in a kernel, in the order of its table EXPONENTIAL. */
const CONSTANTS = ["per_ln2", "rounder", "ln2_head", "ln2_tail", "far"] as const;

/** Reads them at the top of a function: as literals in the loop they would be made anew in every pass. */
export function exponentialPrelude(runtime: (name: string) => string): Statement[] {
  const table = runtime("EXPONENTIAL");
  return CONSTANTS.map((name, k) => constant(`exp_${name}`, at(table, num(k))));
}

/** exprel of a rate times a step, which is mostly near 0: the series, and a call in the rare other case. */
export function ofShortStep(argument: Code, fresh: (wanted: string) => string, runtime: (name: string) => string): { readonly statements: readonly Statement[]; readonly value: Code } {
  const u = fresh("u");
  const [y, y2, y4, low, middle, high, e] = ["y", "y2", "y4", "low", "middle", "high", "e"].map((part) => fresh(`${u}_${part}`)) as [string, string, string, string, string, string, string];
  const plus = (a: Code, b: Code): Code => binary("+", a, b);
  const line = (a: number): Code => plus(series(a), product(series(a + 1), id(y)));
  const cubic = (a: Code, b: number): Code => plus(a, product(line(b), id(y2)));
  const statements = [
    comment("exprel(u) near 0, at y = u/2"),
    constant(u, argument),
    constant(y, product(num(0.5), id(u))),
    constant(y2, product(id(y), id(y))),
    constant(y4, product(id(y2), id(y2))),
    constant(low, cubic(plus(num(1), product(num(0.5), id(y))), 2)),
    constant(middle, cubic(line(4), 6)),
    constant(high, plus(cubic(line(8), 10), product(line(12), id(y4)))),
    constant(e, plus(plus(id(low), product(id(middle), id(y4))), product(id(high), product(id(y4), id(y4))))),
  ];
  const near = plus(id(e), product(product(num(0.5), id(y)), product(id(e), id(e))));
  return { statements, value: ternary(binary("<", product(id(u), id(u)), num(1)), near, callOf(runtime("exprel"), id(u))) };
}

/** Reads the series of both, 1/(n + 1)! from n = 2 on, at the top of a function. */
export function seriesPrelude(runtime: (name: string) => string): Statement[] {
  const table = runtime("EXPREL_SERIES");
  return Array.from({ length: 12 }, (_, k) => constant(`series_${k + 2}`, at(table, num(k + 2))));
}

const series = (n: number): Code => id(`series_${n}`);

const known = (name: (typeof CONSTANTS)[number]): Code => id(`exp_${name}`);

/** Statements that prepare name(argument), and the value. `fresh` names constants; `runtime` imports. */
export function writtenOut(name: Exponential, argument: Code, fresh: (wanted: string) => string, runtime: (name: string) => string): { readonly statements: readonly Statement[]; readonly value: Code } {
  const u = fresh("u");
  const [k, head, tail, r, z, z2, low, middle, high, rest, scale] = ["k", "head", "tail", "r", "z", "z2", "low", "middle", "high", "rest", "scale"].map((part) => fresh(`${u}_${part}`)) as [
    string, string, string, string, string, string, string, string, string, string, string,
  ];
  const minus = (a: Code, b: Code): Code => binary("-", a, b);
  const plus = (a: Code, b: Code): Code => binary("+", a, b);
  const cubic = (first: Code, n: number): Code => plus(plus(first, product(series(n + 1), id(r))), product(plus(series(n + 2), product(series(n + 3), id(r))), id(z)));
  const statements = [
    comment(`${name}(u) as 2^k e^r with r = u - k ln 2`),
    constant(u, argument),
    constant(k, minus(plus(product(id(u), known("per_ln2")), known("rounder")), known("rounder"))),
    constant(head, minus(id(u), product(id(k), known("ln2_head")))),
    constant(tail, product(id(k), known("ln2_tail"))),
    constant(r, minus(id(head), id(tail))),
    constant(z, product(id(r), id(r))),
    constant(z2, product(id(z), id(z))),
    constant(low, cubic(num(0.5), 1)),
    constant(middle, cubic(series(5), 5)),
    constant(high, cubic(series(9), 9)),
    constant(rest, minus(id(tail), product(id(z), plus(plus(id(low), product(id(middle), id(z2))), product(id(high), product(id(z2), id(z2))))))),
    constant(scale, at(runtime("POWER_OF_TWO"), binary("&", id(k), num(2047)))),
  ];
  const isFar = binary(">", product(id(u), id(u)), known("far"));
  const far = callOf(runtime(name), id(u));
  const lessOne = minus(minus(product(id(scale), id(head)), minus(num(1), id(scale))), product(id(scale), id(rest)));
  switch (name) {
    case "exp":
      return { statements, value: ternary(isFar, far, product(plus(minus(id(head), id(rest)), num(1)), id(scale))) };
    case "expm1":
      return { statements, value: ternary(isFar, far, lessOne) };
    case "exprel":
      return { statements, value: ternary(isFar, far, ternary(binary("<", product(id(u), id(u)), num(1)), callOf(runtime("exprelNear0"), id(u)), binary("/", lessOne, id(u)))) };
  }
}
