// Whether two expressions are the same function: proven by algebra, or found at pseudo-random points. Bounded, so that a model of thousands of equations ends too.
import { arithmetic, type CompareOperator, type Expr } from "../../algebra/expression.ts";
import { evaluate } from "../../algebra/evaluate.ts";
import { equivalent } from "../../algebra/normalForm.ts";
import { isSum, termsOf } from "../../algebra/sums.ts";
import { foldExpr, symbolsOf } from "../../algebra/traverse.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { branchesOf, type Branches, type Point } from "./branches.ts";
import { stream, uniform } from "../../runtime/random.ts";

/** "numerically": the same at every point tried, but no proof was found. */
export type Verdict = "same" | "numerically" | "different";

export interface Judge {
  verdict(a: Expr, b: Expr): Verdict;
  /** b/a, where that is the same number at some points; null where it is not, or where they are conditions. */
  factor(a: Expr, b: Expr): number | null;
  /** Whether some proof was not tried any more because there had been too many. */
  readonly exhausted: () => boolean;
}

const POINTS = 100;
/** Points after which a plain difference is believed. */
const FIRST_POINTS = 4;
/** Of the largest term: what rounding leaves of a difference that is none, in a few operations. */
const ROUNDING = 1e-12;
/** A difference this large is no rounding, and no proof of equality needs to be looked for. */
const PLAIN = 1e-6;
/** Nodes of expressions that proofs may look at, and proofs that may fail, in one comparison of two models. */
const MOST_NODES = 600_000;
const MOST_FAILURES = 24;

/** `centre`: a value in whose neighbourhood a symbol is tried; null where nothing is known of it. `isFixed`: parameters, which stand still for some points together. */
export function judge(centre: (symbol: string) => number | null, isFixed: (symbol: string) => boolean): Judge {
  const known = new Map<string, Verdict>();
  const identify = identifier();
  let nodes = 0;
  let failures = 0;
  let exhausted = false;
  const draws = new Map<string, Float64Array>();
  const draw = (name: string, k: number): number => {
    const known = draws.get(name) ?? new Float64Array(POINTS).fill(NaN);
    if (!draws.has(name)) draws.set(name, known);
    const old = known[k] ?? NaN;
    if (!Number.isNaN(old)) return old;
    const value = drawn(name, centre(name), isFixed(name) ? k - (k % 4) : k, isFixed(name));
    known[k] = value;
    return value;
  };

  const proven = (a: Expr, b: Expr): boolean => {
    nodes += sizeOf(a) + sizeOf(b);
    if (nodes > MOST_NODES || failures >= MOST_FAILURES) {
      exhausted = true;
      return false;
    }
    if (equivalent(a, b)) return true;
    failures++;
    return false;
  };

  const sameUnreached = (...both: readonly [Branches, Branches]): boolean => {
    const [p, q] = both.map(({ unreached }) => [...new Set(unreached.map(identify))].sort((m, n) => m - n).join(" "));
    return p === q;
  };
  /** Points have come into every branch of either, or what they have not come into is the same in both. */
  const agreeInBranches = (a: Expr, b: Expr, points: readonly Point[]): boolean => {
    const [p, q] = [branchesOf(a, points, isFixed), branchesOf(b, points, isFixed)];
    const all = [...p.points, ...q.points].map(({ at }) => at);
    const isInfinite = (e: Expr, at: Point): boolean => Math.abs(evaluate(e, at, elementary)) === Infinity;
    return largestDifference(a, b, all).difference <= ROUNDING && [...points, ...all].every((at) => isInfinite(a, at) === isInfinite(b, at)) && sameUnreached(p, q);
  };

  /** As `proportional`, where one of the two has branches. */
  const inProportionInBranches = (a: Expr, b: Expr, points: readonly Point[]): boolean => {
    const [p, q] = [branchesOf(a, points, isFixed), branchesOf(b, points, isFixed)];
    const ratio = (at: Point): number => evaluate(a, at, elementary) / evaluate(b, at, elementary);
    return [...p.points, ...q.points].every(({ at, from }) => {
      const [here, there] = [ratio(at), ratio(from)];
      // Where a parameter was moved the sides may be another multiple of each other.
      const isMoved = [...symbolsOf(a), ...symbolsOf(b)].some((name) => isFixed(name) && at(name) !== from(name));
      return !Number.isFinite(here) || !Number.isFinite(there) || (here > 0 && (isMoved || Math.abs(here - there) <= PLAIN * Math.abs(there)));
    }) && sameUnreached(p, q);
  };

  const decide = (a: Expr, b: Expr): Verdict => {
    if (isCondition(a) || isCondition(b)) {
      // Two plain comparisons are the same where their sides are in proportion; the proof is then sought for the sake of the word.
      const alike = proportional(a, b, draw);
      if (alike === false || !sameTruth(a, b, draw)) return "different";
      if (proven(a, b)) return "same";
      const [p, q] = [sides(a), sides(b)];
      const points = Array.from({ length: POINTS }, (_, k) => (name: string) => draw(name, k));
      return alike === true && p !== null && q !== null && inProportionInBranches(p.excess, q.excess, points) ? "numerically" : "different";
    }
    const first = largestDifference(a, b, Array.from({ length: FIRST_POINTS }, (_, k) => (name: string) => draw(name, k)));
    if (first.difference > PLAIN) return "different";
    if (proven(a, b)) return "same";
    if (!sameJumps(a, b)) return "different";
    const points = Array.from({ length: POINTS }, (_, k) => (name: string) => draw(name, k));
    const rest = largestDifference(a, b, points.slice(FIRST_POINTS));
    const valid = first.valid + rest.valid >= POINTS / 10;
    if (!valid || Math.max(first.difference, rest.difference) > ROUNDING) return "different";
    return agreeInBranches(a, b, points) ? "numerically" : "different";
  };

  return {
    verdict(a, b) {
      const [p, q] = [identify(a), identify(b)];
      if (p === q) return "same";
      const key = p < q ? `${p} ${q}` : `${q} ${p}`;
      const old = known.get(key);
      if (old !== undefined) return old;
      const found = decide(a, b);
      known.set(key, found);
      return found;
    },
    factor(a, b) {
      if (isCondition(a) || isCondition(b)) return null;
      // Points at which parameters differ, too: (1 + U)/(1 - U) is no number.
      const ratios = [0, 5, 10].map((k) => evaluate(b, (name) => draw(name, k), elementary) / evaluate(a, (name) => draw(name, k), elementary));
      const [first = NaN] = ratios;
      return Number.isFinite(first) && ratios.every((r) => Math.abs(r - first) <= 1e-9 * Math.abs(first)) ? Number(first.toPrecision(9)) : null;
    },
    exhausted: () => exhausted,
  };
}

/** Near its value where that is known; half of the points are positive anyway, so that roots and logarithms have values. */
function drawn(name: string, centre: number | null, k: number, fixed: boolean): number {
  const u = uniform(stream(0, `glif diff ${name}`), k, 0);
  if (centre === null || !Number.isFinite(centre)) return fixed || k % 2 === 0 ? 0.5 + u : 4 * u - 2;
  if (fixed) return centre === 0 ? u - 0.5 : centre * (0.6 + 0.8 * u);
  return k % 2 === 0 && centre >= 0 ? Math.max(centre, 1) * (0.2 + u) : centre + Math.max(Math.abs(centre) / 2, 1) * (2 * u - 1);
}

/** Relative to the largest term, the largest over the points where both have values; a point where one alone has a value differs. */
function largestDifference(a: Expr, b: Expr, points: readonly Point[]): { readonly difference: number; readonly valid: number } {
  let difference = 0;
  let valid = 0;
  for (const at of points) {
    const [x, y] = [sizedValue(a, at), sizedValue(b, at)];
    if (Number.isNaN(x.value) && Number.isNaN(y.value)) continue;
    if (x.value === y.value) {
      valid++;
      continue;
    }
    const scale = Math.max(x.size, y.size);
    const relative = Math.abs(x.value - y.value) / scale;
    // Where one side divides 0 by 0 the other may have been written better.
    if (!Number.isFinite(relative)) continue;
    valid++;
    difference = Math.max(difference, relative);
  }
  return { difference, valid };
}

/** The value and the largest magnitude among its terms, which says how much rounding may be in it. */
function sizedValue(e: Expr, at: (name: string) => number): { readonly value: number; readonly size: number } {
  const value = evaluate(e, at, elementary);
  const terms = isSum(e) ? termsOf(e) : [];
  return { value, size: terms.reduce((size, t) => Math.max(size, Math.abs(evaluate(t.e, at, elementary))), Math.abs(value)) };
}

function isCondition(e: Expr): boolean {
  return e.kind === "compare" || e.kind === "logical" || e.kind === "not";
}

/** Two plain comparisons, equally strict, whose differences are positive multiples of each other for all states: (V - Θ)*G > 0 and V > Θ, for a G that is positive. Null for other conditions. */
function proportional(a: Expr, b: Expr, draw: (name: string, k: number) => number): boolean | null {
  const [p, q] = [sides(a), sides(b)];
  if (p === null || q === null) return null;
  if (p.strict !== q.strict || !sameJumps(p.excess, q.excess)) return false;
  let ratio = 0;
  let valid = 0;
  for (let k = 0; k < POINTS; k++) {
    const at = (name: string): number => draw(name, k);
    const [x, y] = [sizedValue(p.excess, at), sizedValue(q.excess, at)];
    if (Number.isNaN(x.value) || Number.isNaN(y.value) || x.value === 0 || y.value === 0) continue;
    const here = x.value / y.value;
    if (!(here > 0)) return false;
    // Parameters stand still for four points, states move.
    const error = (ROUNDING * 10 * x.size) / Math.abs(x.value) + (ROUNDING * 10 * y.size) / Math.abs(y.value);
    if (k % 4 !== 0 && ratio !== 0 && Math.abs(here - ratio) > Math.abs(ratio) * error * 4) return false;
    ratio = here;
    valid++;
  }
  return valid >= POINTS / 10;
}

/** Whether both hold at the same points. */
function sameTruth(a: Expr, b: Expr, draw: (name: string, k: number) => number): boolean {
  for (let k = 0; k < POINTS; k++) {
    const at = (name: string): number => draw(name, k);
    if (evaluate(a, at, elementary) !== evaluate(b, at, elementary)) return false;
  }
  return true;
}

/** A comparison as `excess > 0` or `excess >= 0`; null for other conditions. */
export function sides(e: Expr): { readonly excess: Expr; readonly strict: boolean } | null {
  if (e.kind !== "compare") return null;
  switch (e.operator) {
    case ">":
    case ">=":
      return { excess: arithmetic("-", e.left, e.right), strict: e.operator === ">" };
    case "<":
    case "<=":
      return { excess: arithmetic("-", e.right, e.left), strict: e.operator === "<" };
    default:
      return null;
  }
}

/** Points hit no edge: what is decided there, `>` or `>=`, must be the same by its looks. Mirrored comparisons count alike. */
function sameJumps(a: Expr, b: Expr): boolean {
  const [p, q] = [jumpsOf(a), jumpsOf(b)];
  return p.length === q.length && p.every((j, i) => j === q[i]);
}

function jumpsOf(e: Expr): readonly string[] {
  const found = new Set<string>();
  foldExpr<null>(e, (node) => {
    if (node.kind === "compare") found.add(STRICTNESS[node.operator]);
    if (node.kind === "call" && JUMPING.has(node.function)) found.add(node.function);
    return null;
  });
  return [...found].sort();
}

const STRICTNESS: Readonly<Record<CompareOperator, string>> = { "<": "strict", ">": "strict", "<=": "weak", ">=": "weak", "==": "equal", "!=": "equal" };
const JUMPING: ReadonlySet<string> = new Set(["step", "sign", "floor", "ceil", "round"]);

const sizes = new WeakMap<Expr, number>();

function sizeOf(e: Expr): number {
  const known = sizes.get(e);
  if (known !== undefined) return known;
  let count = 0;
  foldExpr<null>(e, () => {
    count++;
    return null;
  });
  sizes.set(e, count);
  return count;
}

/** Equal numbers for equal trees. */
function identifier(): (e: Expr) => number {
  const ids = new Map<string, number>();
  const roots = new WeakMap<Expr, number>();
  return (e) => {
    const known = roots.get(e);
    if (known !== undefined) return known;
    const id = foldExpr<number>(e, (node, parts) => {
      const key = `${head(node)} ${parts.join(" ")}`;
      const old = ids.get(key);
      if (old !== undefined) return old;
      ids.set(key, ids.size);
      return ids.size - 1;
    });
    roots.set(e, id);
    return id;
  };
}

function head(e: Expr): string {
  switch (e.kind) {
    case "number":
      return `n${e.value}`;
    case "symbol":
      return `s${e.name}`;
    case "call":
      return `f${e.function}`;
    case "arithmetic":
    case "compare":
    case "logical":
      return `${e.kind}${e.operator}`;
    case "negate":
    case "not":
    case "conditional":
      return e.kind;
  }
}
