// Roots and logarithms of products, factor by factor: sqrt(4*x^2) is 2*abs(x), log(x^2*exp(y)) is 2*log(abs(x)) + y.
import { call, number, type Expr } from "./expression.ts";
import { normalizeDefined } from "./normalForm.ts";
import { nought, plus, power, times, unity } from "./reals.ts";
import { factorsOf, type Member } from "./sums.ts";
import { mapExpr } from "./traverse.ts";

/** The same function where it has values. `isPositive`: what never is 0 or less. */
export function factored(e: Expr, isPositive: (e: Expr) => boolean): Expr {
  return mapExpr(e, (node) => {
    const [x] = node.kind === "call" && (node.function === "sqrt" || node.function === "log") ? node.arguments : [];
    const factors = x === undefined || node.kind !== "call" ? null : normalizeDefined(x);
    if (factors === null || node.kind !== "call") return node;
    return node.function === "sqrt" ? root(factorsOf(factors), isPositive) : logarithm(factorsOf(factors), isPositive);
  });
}

/** Of f^(2n) it is |f|^n, of f^(2n + 1) it is |f|^n*sqrt(f). */
function root(factors: readonly Member[], isPositive: (e: Expr) => boolean): Expr {
  let [outside, inside] = [unity, unity];
  for (const { e, times: n } of factors) {
    if (isPositive(e)) outside = times(outside, power(call("sqrt", e), number(Number(n))));
    else {
      const odd = n % 2n !== 0n;
      outside = times(outside, power(call("abs", e), number(Number(odd ? (n - 1n) / 2n : n / 2n))));
      if (odd) inside = times(inside, e);
    }
  }
  return times(outside, call("sqrt", inside));
}

/** log(f^n*exp(y)) is n*log(f) + y; what may be negative stays together. */
function logarithm(factors: readonly Member[], isPositive: (e: Expr) => boolean): Expr {
  let sum = nought;
  const signed: Member[] = [];
  for (const { e, times: n } of factors) {
    const count = number(Number(n));
    if (e.kind === "call" && e.function === "exp") sum = plus(sum, times(count, e.arguments[0] ?? nought));
    else if (isPositive(e)) sum = plus(sum, times(count, call("log", e)));
    else if (n % 2n === 0n) sum = plus(sum, times(count, call("log", call("abs", e))));
    else signed.push({ e, times: n });
  }
  const [only, ...more] = signed;
  if (only === undefined) return sum;
  if (more.length === 0) return plus(sum, times(number(Number(only.times)), call("log", only.e)));
  return plus(
    sum,
    call(
      "log",
      signed.reduce((product, { e, times: n }) => times(product, power(e, number(Number(n)))), unity),
    ),
  );
}
