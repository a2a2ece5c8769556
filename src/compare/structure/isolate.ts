// Solves an equation between two clauses for a parameter: -k*I = -I/τ holds for all I if τ is 1/k.
import { affine } from "../../algebra/affine.ts";
import { differentiate } from "../../algebra/differentiate.ts";
import { call, symbol, type Expr } from "../../algebra/expression.ts";
import { normalizeDefined } from "../../algebra/normalForm.ts";
import { minus, negated, over, unity } from "../../algebra/reals.ts";
import { contains, substitute, symbolsOf } from "../../algebra/traverse.ts";
import { sides } from "./agree.ts";

/** Beyond that nobody would have seen it through by hand either. */
const LARGEST = 2000;
const MOST_DIRECTIONS = 6;

/**
 * What `u` has to be for x and y to be the same for all values of what moves: candidates, to be tried. They are made of parameters alone. `moves`: states,
 * inputs, time, noise.
 */
export function isolate(x: Expr, y: Expr, u: string, moves: (symbol: string) => boolean): Expr[] {
  const [p, q] = [sides(x), sides(y)];
  if ((p === null) !== (q === null) || (p !== null && q !== null && p.strict !== q.strict)) return [];
  const difference = p !== null && q !== null ? minus(p.excess, q.excess) : minus(x, y);
  if (isLarge(difference)) return [];
  const found: Expr[] = [];
  for (const d of withoutMotion(difference, moves)) {
    if (!symbolsOf(d).has(u)) continue;
    for (const candidate of solutions(d, u)) {
      const r = normalizeDefined(candidate);
      if (r === null) continue;
      const names = [...symbolsOf(r)];
      if (!names.includes(u) && !names.some(moves)) found.push(r);
    }
  }
  return found;
}

/** Expressions that must all be 0 where the difference is 0 for all values of what moves. */
function withoutMotion(difference: Expr, moves: (symbol: string) => boolean): Expr[] {
  const moving = [...symbolsOf(difference)].filter(moves);
  if (moving.length === 0) return [difference];
  const linear = affine(difference, new Set(moving));
  if (linear !== null) return [...linear.coefficients.values(), linear.rest];
  return [difference, ...moving.slice(0, MOST_DIRECTIONS).flatMap((name) => differentiate(difference, name) ?? [])];
}

/** Roots of d as a function of u, where it is linear in u, in 1/u or in u². */
function solutions(d: Expr, u: string): Expr[] {
  const w = symbol("#w");
  const linearIn = (e: Expr, name: string): Expr | null => {
    const form = affine(e, new Set([name]));
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

function isLarge(e: Expr): boolean {
  let count = 0;
  return contains(e, () => ++count > LARGEST);
}
