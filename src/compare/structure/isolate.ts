// Solves an equation between two clauses for a parameter: -k*I = -I/τ holds for all I if τ is 1/k.
import { affine, type Affine } from "../../algebra/affine.ts";
import { differentiate } from "../../algebra/differentiate.ts";
import { evaluate } from "../../algebra/evaluate.ts";
import { call, symbol, type Expr } from "../../algebra/expression.ts";
import { normalizeDefined } from "../../algebra/normalForm.ts";
import { printExpr } from "../../algebra/print.ts";
import { minus, negated, over, unity } from "../../algebra/reals.ts";
import { contains, foldExpr, mapExpr, substitute, symbolsOf } from "../../algebra/traverse.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { stream, uniform } from "../../runtime/random.ts";
import { sides } from "./agree.ts";

/** Beyond that nobody would have seen it through by hand either. */
const LARGEST = 600;
const MOST_DIRECTIONS = 6;
const MOST_CONDITIONS = 4;

/** Expressions of parameters that must all be 0 for x and y to be the same for all values of what moves: states, inputs, time, noise. */
export function conditionsFor(x: Expr, y: Expr, moves: (symbol: string) => boolean): Expr[] {
  const [p, q] = [sides(x), sides(y)];
  if ((p === null) !== (q === null) || (p !== null && q !== null && p.strict !== q.strict)) return [];
  const difference = p !== null && q !== null ? minus(p.excess, q.excess) : minus(x, y);
  return isLarge(difference) ? [] : armsOf(difference).flatMap((arm) => withoutMotion(arm, moves));
}

/** What the difference is where all its conditions hold, where none does, and where one alone does: whether that can be is not asked, since solutions are tried. */
function armsOf(difference: Expr): readonly Expr[] {
  const conditions = new Set<string>();
  foldExpr<null>(difference, (node) => {
    if (node.kind === "conditional") conditions.add(printExpr(node.condition));
    return null;
  });
  if (conditions.size === 0) return [difference];
  const alone = conditions.size === 1 ? [] : [...conditions].slice(0, MOST_CONDITIONS);
  const ways: readonly ((condition: Expr) => boolean)[] = [
    () => true,
    () => false,
    ...alone.map((c) => (condition: Expr) => printExpr(condition) === c),
  ];
  return ways.map((holds) =>
    mapExpr(difference, (node) =>
      node.kind !== "conditional" ? node : holds(node.condition) ? node.then : node.otherwise,
    ),
  );
}

/** What `u` has to be for a condition to hold, made of parameters alone: candidates, to be tried. */
export function isolate(condition: Expr, u: string, moves: (symbol: string) => boolean): Expr[] {
  if (!symbolsOf(condition).has(u)) return [];
  return solutions(condition, u).flatMap((candidate) => {
    const r = normalizeDefined(candidate);
    const names = r === null ? [] : [...symbolsOf(r)];
    return r === null || names.includes(u) || names.some(moves) ? [] : [r];
  });
}

function withoutMotion(difference: Expr, moves: (symbol: string) => boolean): Expr[] {
  const moving = [...symbolsOf(difference)].filter(moves);
  if (moving.length === 0) return [difference];
  const linear = affineIn(difference, new Set(moving));
  if (linear !== null) return [...linear.coefficients.values(), linear.rest];
  return [difference, ...moving.slice(0, MOST_DIRECTIONS).flatMap((name) => differentiate(difference, name) ?? [])];
}

/** Roots of d as a function of u, where it is linear in u, in 1/u or in u². */
function solutions(d: Expr, u: string): Expr[] {
  const w = symbol("#w");
  const linearIn = (e: Expr, name: string): Expr | null => {
    const form = affineIn(e, new Set([name]));
    const coefficient = form?.coefficients.get(name);
    return form === null || coefficient === undefined ? null : over(negated(form.rest), coefficient);
  };
  const plain = linearIn(d, u);
  if (plain !== null) return [plain];
  const inverse = linearIn(substitute(d, new Map([[u, over(unity, w)]])), "#w");
  if (inverse !== null) return [over(unity, inverse)];
  const square = linearIn(substitute(d, new Map([[u, call("sqrt", w)]])), "#w");
  return square === null ? [] : [call("sqrt", square)];
}

/** Proofs are dear: none is sought where the middle between two points already shows that there is none. */
function affineIn(e: Expr, names: ReadonlySet<string>): Affine | null {
  return looksAffine(e, names) ? affine(e, names) : null;
}

function looksAffine(e: Expr, names: ReadonlySet<string>): boolean {
  for (let k = 0; k < 3; k++) {
    const at = (t: number): number =>
      evaluate(
        e,
        (name) => {
          const s = stream(0, name);
          const [x, y] = [0.5 + uniform(s, k, 0), 0.5 + uniform(s, k, 1)];
          return names.has(name) ? x + t * (y - x) : x;
        },
        elementary,
      );
    const [low, middle, high] = [at(0), at(0.5), at(1)];
    if (Math.abs(low + high - 2 * middle) > 1e-7 * Math.max(Math.abs(low), Math.abs(middle), Math.abs(high)))
      return false;
  }
  return true;
}

function isLarge(e: Expr): boolean {
  let count = 0;
  return contains(e, () => ++count > LARGEST);
}
