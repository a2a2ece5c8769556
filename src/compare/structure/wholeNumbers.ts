// Numbers of neurons are whole and count from 0, so that `i < 2` is `i <= 1` and `i == 0` is `i < 1`: conditions on them in one form.
import { affine } from "../../algebra/affine.ts";
import { evaluate } from "../../algebra/evaluate.ts";
import { number, symbol, type CompareOperator, type Expr } from "../../algebra/expression.ts";
import { fromDecimal } from "../../algebra/rational.ts";
import { isNumber, minus, nought, plus, times, unity } from "../../algebra/reals.ts";
import { contains, mapExpr, substitute, symbolsOf } from "../../algebra/traverse.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { NEURON, TARGET } from "../../4-plan/symbols.ts";

const NUMBERS: readonly string[] = [NEURON, TARGET];

/** Neurons, or pairs of them, that are gone through one by one. */
const MOST_NEURONS = 400;

/** Every choice of the numbers of neurons that an expression reads, where they are few; null where they are not. */
export function neuronsIn(
  names: Iterable<string>,
  countOf: (name: string) => number,
): readonly ReadonlyMap<string, number>[] | null {
  const numbers = [...names].filter((name) => name === NEURON || name === TARGET);
  if (!(numbers.reduce((product, name) => product * countOf(name), 1) <= MOST_NEURONS)) return null;
  return numbers.reduce<readonly ReadonlyMap<string, number>[]>(
    (all, name) => all.flatMap((at) => Array.from({ length: countOf(name) }, (_, k) => new Map(at).set(name, k))),
    [new Map()],
  );
}

/** For neurons of given numbers: what follows from these alone is known, conditions and whole numbers. */
export function ofNeurons(e: Expr, at: ReadonlyMap<string, number>): Expr {
  const by = new Map([...at].map(([name, k]): [string, Expr] => [name, number(k)]));
  return mapExpr(substitute(e, by), (node) => {
    if (node.kind === "symbol" || node.kind === "number") return node;
    if (node.kind === "conditional" && node.condition.kind === "number")
      return node.condition.value !== 0 ? node.then : node.otherwise;
    if (symbolsOf(node).size > 0) return node;
    const value = evaluate(node, () => NaN, elementary);
    const isTruth = node.kind === "compare" || node.kind === "logical" || node.kind === "not";
    return isTruth || Number.isSafeInteger(value) ? number(value) : node;
  });
}

/** Comparisons of whole multiples of i and j with a number as S >= c or S < c, c whole and no number dividing all multiples in S. */
export function withWholeNumbers(e: Expr): Expr {
  if (!NUMBERS.some((name) => symbolsOf(e).has(name))) return e;
  return mapExpr(e, (node) => (node.kind === "compare" && isPolynomial(node) ? (wholeComparison(node) ?? node) : node));
}

/** Of names and numbers that are added and multiplied alone: it has a value for all of theirs, as sqrt(x)^2 has not. */
export function isPolynomial(e: Expr): boolean {
  return !contains(
    e,
    (node) =>
      node.kind === "call" ||
      node.kind === "conditional" ||
      (node.kind === "arithmetic" &&
        (node.operator === "^" ||
          (node.operator === "/" && !(node.right.kind === "number" && node.right.value !== 0)))),
  );
}

function wholeComparison({ operator, left, right }: Expr & { readonly kind: "compare" }): Expr | null {
  const excess = affine(minus(left, right), new Set(NUMBERS));
  const coefficientOf = (name: string): Expr => excess?.coefficients.get(name) ?? nought;
  const all = NUMBERS.map((name) => [name, coefficientOf(name)] as const).filter(([, c]) => !isNumber(c, 0));
  if (excess === null || all.length === 0) return null;
  if ([excess.rest, ...all.map(([, c]) => c)].some((part) => symbolsOf(part).size > 0)) return null;
  const value = (part: Expr): number => evaluate(part, () => NaN, elementary);
  const rationals = all.map(([, c]) => fromDecimal(value(c)));
  const rest = value(excess.rest);
  const common = rationals.reduce((product, c) => product * c.denominator, 1n);
  const wholes = rationals.map((c) => (c.numerator * common) / c.denominator);
  const divisor = wholes.reduce(greatestDivisor, 0n) * ((wholes[0] ?? 1n) < 0n ? -1n : 1n);
  const multiples = wholes.map((c) => Number(c / divisor));
  // S + rest·common/divisor
  const bound = (-rest * Number(common)) / Number(divisor);
  if (![bound, ...multiples].every((x) => Math.abs(x) < 1e9)) return null;
  const sum = all.reduce((s, [name], k) => plus(s, times(number(multiples[k] ?? 0), symbol(name))), nought);
  const isNeverNegative = multiples.every((c) => c > 0);
  const atLeast = (c: number): Expr =>
    isNeverNegative && c <= 0 ? unity : { kind: "compare", operator: ">=", left: sum, right: number(c) };
  const below = (c: number): Expr =>
    isNeverNegative && c <= 0 ? nought : { kind: "compare", operator: "<", left: sum, right: number(c) };
  const isWhole = Number.isInteger(bound);
  switch (divisor < 0n ? TURNED[operator] : operator) {
    case ">=":
      return atLeast(Math.ceil(bound));
    case ">":
      return atLeast(Math.floor(bound) + 1);
    case "<":
      return below(Math.ceil(bound));
    case "<=":
      return below(Math.floor(bound) + 1);
    case "==":
      return isWhole ? { kind: "logical", operator: "and", left: atLeast(bound), right: below(bound + 1) } : nought;
    case "!=":
      return isWhole ? { kind: "logical", operator: "or", left: below(bound), right: atLeast(bound + 1) } : unity;
  }
}

/** The comparison with both sides exchanged, or negated. */
export const TURNED: Readonly<Record<CompareOperator, CompareOperator>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}
