// Which dimension a quantity must have for an expression to make sense: what it is added to, compared with or multiplied by says it.
import { FUNCTIONS } from "../algebra/functions.ts";
import { DIMENSIONLESS, divide, isDimensionless, multiply, power, rational } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { distributionOf } from "../runtime/distributions.ts";
import type { ResolvedExpr } from "../2-resolve/resolved.ts";
import { mentionsOf } from "./order.ts";
import { measure } from "./measure.ts";
import { readUnit } from "./measureNumber.ts";
import { SILENT } from "./context.ts";
import type { Context } from "./context.ts";
import { isDimension } from "./sized.ts";

type Binary = Extract<ResolvedExpr, { kind: "binary" }>;

/** `name` is unknown in the silent `context`; `expected` is the dimension of the whole, where that is known. Null where the expression does not say. */
export function solveFor(
  name: string,
  whole: ResolvedExpr,
  expected: Dimension | null,
  context: Context,
): Dimension | null {
  const reads = (e: ResolvedExpr): boolean => mentionsOf(e, context.tables).quantities.has(name);
  const known = (e: ResolvedExpr): Dimension | null => {
    const { sort } = measure(e, context);
    return isDimension(sort) ? sort : null;
  };
  const both = (a: ResolvedExpr, b: ResolvedExpr, otherwise: Dimension | null): Dimension | null =>
    solve(a, known(b) ?? otherwise) ?? solve(b, known(a) ?? otherwise);
  const solve = (e: ResolvedExpr, wanted: Dimension | null): Dimension | null => {
    if (e.kind === "quantity") return e.name === name ? wanted : null;
    if (!reads(e)) return null;
    switch (e.kind) {
      case "negate":
        return solve(e.operand, wanted);
      case "not":
        return solve(e.operand, null);
      case "comparison":
        return both(e.left, e.right, null);
      case "logical":
        return firstOf(
          termsOf(e.left, [e.right], (x) => x.kind === "logical"),
          (term) => solve(term, null),
        );
      case "conditional":
        return solve(e.condition, null) ?? both(e.then, e.otherwise, wanted);
      case "binary":
        return ofArithmetic(e, wanted);
      case "call":
        return ofCall(e, wanted);
      case "local":
        return solve(e.local.value, wanted);
      default:
        return null;
    }
  };
  const ofArithmetic = (e: Binary, wanted: Dimension | null): Dimension | null => {
    const { operator, left, right } = e;
    switch (operator) {
      case "+":
      case "-": {
        // Each term once, however long the sum.
        const terms = termsOf(left, [right], (x) => x.kind === "binary" && (x.operator === "+" || x.operator === "-"));
        const dimension = firstOf(terms, known) ?? wanted;
        return firstOf(terms, (term) => solve(term, dimension));
      }
      case "*":
      case "/": {
        // Π f_k^s_k = wanted: each factor is what the others leave of it.
        const factors = factorsOf(e);
        const dimensions = factors.map(({ e: f, sign }) => powered(known(f), sign));
        const missing = dimensions.filter((d) => d === null).length;
        const product = dimensions.reduce<Dimension>((all, d) => (d === null ? all : multiply(all, d)), DIMENSIONLESS);
        return first(factors, ({ e: f, sign }, k) => {
          const own = dimensions[k] ?? null;
          if (wanted === null || missing > (own === null ? 1 : 0)) return solve(f, null);
          const others = own === null ? product : divide(product, own);
          return solve(f, powered(divide(wanted, others), sign));
        });
      }
      default: {
        const exponent = right.kind === "number" && right.unit === null ? Number(right.text) : NaN;
        const root =
          Number.isInteger(exponent) && exponent > 0 && exponent < 10 && wanted !== null
            ? power(wanted, rational(1, exponent))
            : wanted !== null && isDimensionless(wanted)
              ? wanted
              : null;
        return solve(left, root) ?? solve(right, DIMENSIONLESS);
      }
    }
  };
  const ofCall = (
    { callee, arguments: args }: Extract<ResolvedExpr, { kind: "call" }>,
    wanted: Dimension | null,
  ): Dimension | null => {
    const values = args.map((a) => a.value);
    if (callee.kind === "function") {
      const parameters = context.tables.functions.get(callee.key)?.parameters ?? [];
      return first(values, (v, k) =>
        solve(v, parameters[k]?.unit == null ? null : (readUnit(parameters[k].unit, SILENT)?.dimension ?? null)),
      );
    }
    // What is drawn has the dimension of all its arguments.
    if (callee.kind === "draw")
      return first(values, (v) =>
        solve(v, distributionOf(callee.name).counts ? DIMENSIONLESS : (firstOf(values, known) ?? wanted)),
      );
    if (callee.kind === "sum" || callee.kind === "mod") return first(values, (v) => solve(v, wanted));
    if (callee.kind !== "elementary") return null;
    const { dimension, is } = FUNCTIONS[callee.name];
    if (dimension === "kept")
      return first(values, (v) =>
        solve(
          v,
          values
            .filter((o) => o !== v)
            .map(known)
            .find((d) => d !== null) ?? wanted,
        ),
      );
    if (dimension === "root")
      return first(values, (v) => solve(v, wanted === null ? null : power(wanted, rational(2))));
    // What a sign or a whole part is of, its value does not tell.
    const isTold = dimension === "pure" && is?.includes("whole") !== true;
    return first(values, (v) => solve(v, isTold ? DIMENSIONLESS : null));
  };
  return solve(whole, expected);
}

function first<T>(items: readonly T[], find: (item: T, k: number) => Dimension | null): Dimension | null {
  for (const [k, item] of items.entries()) {
    const found = find(item, k);
    if (found !== null) return found;
  }
  return null;
}

/** The terms of a chain, `after` the last of them. */
function termsOf(
  chain: ResolvedExpr,
  after: readonly ResolvedExpr[],
  goesOn: (e: ResolvedExpr) => boolean,
): readonly ResolvedExpr[] {
  const terms = [...after];
  let left = chain;
  for (; (left.kind === "binary" || left.kind === "logical") && goesOn(left); left = left.left) terms.push(left.right);
  return [...terms, left];
}

interface Factor {
  readonly e: ResolvedExpr;
  /** 1, or -1 where it divides. */
  readonly sign: 1 | -1;
}

/** The factors of a chain of products and quotients, from left to right. */
function factorsOf(chain: Binary): readonly Factor[] {
  const factors: Factor[] = [];
  let left: ResolvedExpr = chain;
  for (; left.kind === "binary" && (left.operator === "*" || left.operator === "/"); left = left.left)
    factors.push({ e: left.right, sign: left.operator === "*" ? 1 : -1 });
  return [{ e: left, sign: 1 } as const, ...factors.reverse()];
}

function powered(d: Dimension | null, sign: 1 | -1): Dimension | null {
  return d === null || sign === 1 ? d : divide(DIMENSIONLESS, d);
}

function firstOf<T>(all: readonly ResolvedExpr[], find: (e: ResolvedExpr) => T | null): T | null {
  for (const e of all) {
    const found = find(e);
    if (found !== null) return found;
  }
  return null;
}
