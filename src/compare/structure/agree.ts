// Whether two expressions are the same function. Only a proof says yes, only a point at which they differ says no; what neither decides is undecided. Bounded, so that a model of thousands of equations ends too.
import { FUNCTIONS, isCallThat } from "../../algebra/functions.ts";
import { hasArms, sameByCases, type Sign, type SignOf } from "../../algebra/cases.ts";
import { arithmetic, number, type Expr } from "../../algebra/expression.ts";
import { arithmeticValue, evaluate } from "../../algebra/evaluate.ts";
import { factored } from "../../algebra/factored.ts";
import { equivalent, normalize } from "../../algebra/normalForm.ts";
import { printExpr } from "../../algebra/print.ts";
import { nought } from "../../algebra/reals.ts";
import { factorsOf, isSum, termsOf } from "../../algebra/sums.ts";
import { contains, foldExpr, mapExpr, symbolsOf } from "../../algebra/traverse.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { NEURON, STEP, TARGET, TIME } from "../../4-plan/symbols.ts";
import { branchesOf, moved, type Point } from "./branches.ts";
import { neuronsIn, ofNeurons, withWholeNumbers } from "./wholeNumbers.ts";
import { stream, uniform } from "../../runtime/random.ts";

/** "undecided": no proof of equality was found, and no point at which they differ. */
export type Verdict = "same" | "undecided" | "different";

export interface Judge {
  verdict(a: Expr, b: Expr): Verdict;
  /** What one of two divides by and the other does not, where that alone is open: they are the same but where it is 0. */
  gap(a: Expr, b: Expr): readonly Expr[];
  /** b/a, where that is the same number at some points; null where it is not, or where they are conditions. */
  factor(a: Expr, b: Expr): number | null;
  /** Whether some proof was not tried any more because there had been too many. */
  readonly exhausted: () => boolean;
}

const POINTS = 100;
/** Points after which a plain difference is believed. */
const FIRST_POINTS = 4;
/** Of the largest term: what is beyond any rounding. */
const DIFFERENCE = 1e-9;
/** A difference this large is seen at once, and no proof of equality needs to be looked for. */
const PLAIN = 1e-6;
/** Nodes of expressions that proofs may look at, and proofs that may fail, in one comparison of two models. */
const MOST_NODES = 600_000;
const MOST_FAILURES = 24;
/** Points on an edge that a proof has left open. */
const AT_EDGE = 6;
/** Nodes of an expression in which divisors are looked at one by one. */
const MOST_LOOKED_INTO = 2000;

export interface Known {
  /** A value in whose neighbourhood a symbol is tried; null where nothing is known of it. */
  centre(symbol: string): number | null;
  /** Parameters, which stand still for some points together; their `centre` is their value. */
  isFixed(symbol: string): boolean;
  /** Parameters that take other values as well: their `centre` is one of these. */
  isSwept?(symbol: string): boolean;
  /** Between which values it always is. */
  rangeOf(symbol: string): readonly [least: number, most: number];
}

export const ANYWHERE: readonly [number, number] = [-Infinity, Infinity];

export function judge({ centre, isFixed, rangeOf, isSwept = () => false }: Known): Judge {
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
  const point =
    (k: number): Point =>
    (name) =>
      draw(name, k);
  /** Of numbers of neurons and times, and of what is drawn, one that there can be. */
  const possible =
    (at: Point): Point =>
    (name) => {
      const [least, most] = rangeOf(name);
      const within = (x: number): number => Math.min(Math.max(x, least), most);
      if (name === NEURON || name === TARGET) return Math.max(0, within(Math.round(at(name))));
      if (name === TIME || name === STEP) return Math.abs(at(name));
      return within(at(name));
    };
  const evaluated = (a: Expr, b: Expr, at: readonly Point[]): number => largestDifference(a, b, at.map(possible));
  const points = Array.from({ length: POINTS }, (_, k) => point(k));

  /** Of what is made of parameters alone, at the values that they have: where those differ between the models that is told of itself. Of what is drawn, by its range. */
  const signOf = (e: Expr): Sign | null => {
    if (e.kind === "symbol") {
      const [least, most] = rangeOf(e.name);
      if (least >= 0 || most <= 0) return { side: least >= 0 ? 1 : -1, strict: least > 0 || most < 0 };
    }
    if (![...symbolsOf(e)].every((name) => isFixed(name) && !isSwept(name))) return null;
    const value = evaluate(e, (name) => centre(name) ?? NaN, elementary);
    return Number.isFinite(value) && value !== 0 ? { side: value > 0 ? 1 : -1, strict: true } : null;
  };

  /** `edges`: where a difference may hide that no other point shows. */
  const prove = (a: Expr, b: Expr): { readonly same: boolean; readonly edges: readonly Point[] } => {
    nodes += sizeOf(a) + sizeOf(b);
    if (nodes > MOST_NODES || failures >= MOST_FAILURES) {
      exhausted = true;
      return { same: false, edges: [] };
    }
    // Where both have values they are the same; that they have them at the same places is a question of its own.
    const isWhole = once(() => sameDomain(a, b, signOf) && openDivisors(a, b, signOf).length === 0);
    if (equivalent(a, b) && isWhole()) return { same: true, edges: [] };
    const isPositive = (e: Expr): boolean =>
      e.kind === "number" ? e.value > 0 : (e.kind === "call" && e.function === "exp") || isStrictly(1, signOf(e));
    const [p, q] = [factored(a, isPositive), factored(b, isPositive)];
    const cases =
      p !== a || q !== b || hasArms(a) || hasArms(b) ? sameByCases(p, q, (e) => signEverywhere(e, signOf)) : null;
    if (
      (cases?.same === true && isWhole()) ||
      (cases === null && openDivisors(a, b, signOf).length === 0 && sameBySquares(a, b))
    )
      return { same: true, edges: [] };
    failures++;
    return {
      same: false,
      edges: (cases?.edges ?? []).flatMap((edge) =>
        points
          .slice(0, AT_EDGE)
          .map((at) =>
            edge.toReversed().reduce<Point>((here, [name, e]) => moved(here, name, evaluate(e, here, elementary)), at),
          ),
      ),
    };
  };

  /**
   * Roots of parameters: σ*sqrt(2*G) is sqrt(2*G*σ^2). Where the squares of two analytic functions are the same, (a - b)*(a + b) is 0 everywhere, so that one of the factors
   * is: a point at which the sum is not shows which.
   */
  const sameBySquares = (a: Expr, b: Expr): boolean => {
    if (!isAnalytic(a, isFixed) || !isAnalytic(b, isFixed) || !equivalent(arithmetic("*", a, a), arithmetic("*", b, b)))
      return false;
    return [0, 1, 2].every((k) => {
      const at: Point = (name) => (isFixed(name) ? (centre(name) ?? NaN) : draw(name, k));
      const [x, y] = [evaluate(a, at, elementary), evaluate(b, at, elementary)];
      return Math.abs(x - y) <= DIFFERENCE * Math.abs(x) && x !== 0;
    });
  };

  const decide = (a: Expr, b: Expr): Verdict => {
    if (evaluated(a, b, points.slice(0, FIRST_POINTS)) > PLAIN) return "different";
    // What a run begins with is no accident: 0/0 there is no gap that nobody meets.
    const start: Point = (name) => centre(name) ?? 0;
    if (
      dividesByNought(a, start) !== dividesByNought(b, start) &&
      (isOneFinite(a, b, start) || evaluated(a, b, [start]) > DIFFERENCE)
    )
      return "different";
    const { same, edges } = prove(...proofForms(a, b));
    if (same) return "same";
    if (evaluated(a, b, [...points, ...branchesOf(a, points, isFixed), ...branchesOf(b, points, isFixed)]) > DIFFERENCE)
      return "different";
    // A gap that writing otherwise closes, 0/0, is met by no point but by accident: where one alone has values is a region.
    if (points.filter((at) => isOneFinite(a, b, possible(at))).length > POINTS / 10) return "different";
    // One point on an edge may be on either side of it by rounding.
    if (edges.filter((at) => evaluated(a, b, [at]) > DIFFERENCE).length > 1) return "different";
    return isSameForEach(a, b) ? "same" : "undecided";
  };

  /** Where there are but a few neurons each is tried: of `abs(i - j) < 3` and `true` that is a proof. */
  const isSameForEach = (a: Expr, b: Expr): boolean => {
    const names = new Set([...symbolsOf(a), ...symbolsOf(b)].filter((name) => name === NEURON || name === TARGET));
    const all = names.size === 0 ? null : neuronsIn(names, (name) => rangeOf(name)[1] + 1);
    return (
      all?.every((at) => {
        const [p, q] = [ofNeurons(a, at), ofNeurons(b, at)];
        return identify(p) === identify(q) || prove(...proofForms(p, q)).same;
      }) === true
    );
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
    gap: (a, b) =>
      nodes < MOST_NODES && equivalent(a, b) && sameDomain(a, b, signOf) ? openDivisors(a, b, signOf) : [],
    factor(a, b) {
      if (isCondition(a) || isCondition(b)) return null;
      // Points at which parameters differ, too: (1 + U)/(1 - U) is no number.
      const ratios = [0, 5, 10].map((k) => evaluate(b, point(k), elementary) / evaluate(a, point(k), elementary));
      const [first = NaN] = ratios;
      return Number.isFinite(first) && ratios.every((r) => Math.abs(r - first) <= 1e-9 * Math.abs(first))
        ? Number(first.toPrecision(9))
        : null;
    },
    exhausted: () => exhausted,
  };
}

function isStrictly(side: Sign["side"], sign: Sign | null): boolean {
  return sign?.strict === true && sign.side === side;
}

/** Whether roots, logarithms and broken powers in both leave the same values out: sqrt(x)^2 is x only where x is not negative. */
function sameDomain(a: Expr, b: Expr, signOf: SignOf): boolean {
  const [p, q] = [boundsOf(a, signOf), boundsOf(b, signOf)];
  return p.size === q.size && [...p].every((bound) => q.has(bound));
}

/** What must not be negative, without factors that are positive anyway. */
function boundsOf(e: Expr, signOf: SignOf): ReadonlySet<string> {
  const found = new Set<string>();
  const isPositive = (f: Expr): boolean =>
    (f.kind === "number" ? f.value >= 0 : isCallThat("never negative", f)) ||
    signOf(f)?.side === 1 ||
    (isSum(f) &&
      termsOf(f).every(
        (t) => t.times > 0n && factorsOf(t.e).every(({ e: g, times }) => times % 2n === 0n || isPositive(g)),
      ));
  const add = (kind: string, x: Expr): void => {
    const factors = factorsOf(normalize(x)).filter(({ e: f, times }) => !isPositive(f) && times % 2n !== 0n);
    const text = factors
      .map(({ e: f }) => printExpr(f))
      .sort()
      .join("*");
    if (text !== "") found.add(`${kind} ${text}`);
  };
  foldExpr<null>(e, (node) => {
    const [x] = node.kind === "call" ? node.arguments : [];
    if (x !== undefined && node.kind === "call") {
      if (node.function === "sqrt") add("root", x);
      if (node.function === "log" || node.function === "log10") add("log", x);
      if (node.function === "log1p") add("log", arithmetic("+", number(1), x));
      if (node.function === "asin" || node.function === "acos") found.add(`arc ${printExpr(normalize(x))}`);
    }
    if (
      node.kind === "arithmetic" &&
      node.operator === "^" &&
      !(node.right.kind === "number" && Number.isInteger(node.right.value)) &&
      !(
        node.right.kind === "negate" &&
        node.right.operand.kind === "number" &&
        Number.isInteger(node.right.operand.value)
      )
    )
      add("root", node.left);
    return null;
  });
  return found;
}

/** What the one divides by, and the other by nothing that is 0 wherever that is: 0/0 stops a run. */
function openDivisors(a: Expr, b: Expr, signOf: SignOf): readonly Expr[] {
  const [p, q] = [divisorsOf(a, signOf), divisorsOf(b, signOf)];
  const open = (own: readonly Expr[], others: readonly Expr[]): Expr[] =>
    own.filter(
      (x) => !others.some((y) => factorsOf(normalize(arithmetic("/", x, y))).every(({ e: f }) => isNever0(f, signOf))),
    );
  return [...open(p, q), ...open(q, p)];
}

/** Factors of whatever is divided by, but for those that are never 0. */
function divisorsOf(e: Expr, signOf: SignOf): readonly Expr[] {
  const found = new Map<string, Expr>();
  const add = (x: Expr): void => {
    // As it is written first: exprel(x) is (exp(x) - 1)/x in its normal form, but for 0.
    for (const { e: f, times } of isNever0(x, signOf) ? [] : factorsOf(normalize(x)))
      if (times > 0n && !isNever0(f, signOf)) found.set(printExpr(f), f);
  };
  foldExpr<null>(e, (node) => {
    if (node.kind !== "arithmetic") return null;
    if (node.operator === "/") add(node.right);
    if (node.operator === "^" && !(node.right.kind === "number" && node.right.value >= 0)) {
      const exponent = evaluate(node.right, () => NaN, elementary);
      if (!(exponent >= 0)) add(node.left);
    }
    return null;
  });
  return [...found.values()];
}

/** Positive or negative wherever it has a value: of a sum all terms have one sign, and one is never 0. */
function isNever0(e: Expr, signOf: SignOf): boolean {
  return signEverywhere(e, signOf)?.strict === true;
}

/** Null where it may have either sign. */
function signEverywhere(e: Expr, signOf: SignOf): Sign | null {
  if (e.kind === "number") return { side: e.value < 0 ? -1 : 1, strict: e.value !== 0 };
  const known = signOf(e);
  if (known !== null) return known;
  if (e.kind === "call" && (e.function === "exp" || e.function === "exprel" || e.function === "cosh"))
    return { side: 1, strict: true };
  if (e.kind === "call" && (e.function === "abs" || e.function === "sqrt")) {
    const inner = e.arguments[0] === undefined ? null : signEverywhere(e.arguments[0], signOf);
    return { side: 1, strict: inner?.strict === true };
  }
  if (isSum(e)) {
    let [side, strict]: [Sign["side"] | null, boolean] = [null, false];
    for (const t of termsOf(e)) {
      const term = signEverywhere(t.e, signOf);
      if (term === null) return null;
      const own = t.times > 0n ? term.side : term.side === 1 ? -1 : 1;
      if (side !== null && side !== own) return null;
      [side, strict] = [own, strict || term.strict];
    }
    return side === null ? null : { side, strict };
  }
  const factors = factorsOf(e);
  if (factors.length === 1 && factors[0]?.e === e) return null;
  let [side, strict]: [Sign["side"], boolean] = [1, true];
  for (const { e: f, times } of factors) {
    const own = signEverywhere(f, signOf);
    const isEven = times % 2n === 0n;
    if (own === null && !isEven) return null;
    if (own?.side === -1 && !isEven) side = side === 1 ? -1 : 1;
    // What is divided by may be large, and never makes it 0.
    strict &&= own?.strict === true;
  }
  return { side, strict };
}

/** Both with conditions on whole numbers in one form, and hyperbolic functions that one of them has by exponentials. */
function proofForms(a: Expr, b: Expr): readonly [Expr, Expr] {
  const [p, q] = [withWholeNumbers(a), withWholeNumbers(b)];
  return hyperbolic(p) === hyperbolic(q) ? [p, q] : [withExponentials(p), withExponentials(q)];
}

/** Names of the functions that exponentials write. */
function hyperbolic(e: Expr): string {
  const names = new Set<string>();
  foldExpr<null>(e, (node) => {
    if (node.kind === "call" && FUNCTIONS[node.function].exponentials !== undefined) names.add(node.function);
    return null;
  });
  return [...names].sort().join(" ");
}

function withExponentials(e: Expr): Expr {
  return mapExpr(e, (node) =>
    node.kind === "call" ? (FUNCTIONS[node.function].exponentials?.(node.arguments[0] ?? nought) ?? node) : node,
  );
}

function dividesByNought(e: Expr, at: Point): boolean {
  if (sizeOf(e) > MOST_LOOKED_INTO) return false;
  return contains(
    e,
    (node) => node.kind === "arithmetic" && node.operator === "/" && evaluate(node.right, at, elementary) === 0,
  );
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** Of what moves, for fixed parameters: no arms, and no root or power of anything but parameters. */
function isAnalytic(e: Expr, isFixed: (symbol: string) => boolean): boolean {
  return !contains(e, (node) => {
    if ([...symbolsOf(node)].every(isFixed)) return false;
    return node.kind === "call"
      ? !isCallThat("analytic", node)
      : node.kind === "arithmetic"
        ? node.operator === "^"
        : node.kind !== "symbol" && node.kind !== "negate";
  });
}

/** Near its value where that is known; half of the points are positive anyway, so that roots and logarithms have values. */
function drawn(name: string, centre: number | null, k: number, fixed: boolean): number {
  const u = uniform(stream(0, `glif diff ${name}`), k, 0);
  // Times from the first to some thousands of ms, neurons from the first to some hundreds.
  if (name === TIME) return u * 10 ** (1 + (k % 4));
  if (name === NEURON || name === TARGET) return Math.floor(u * 10 ** (1 + (k % 3)));
  if (centre === null || !Number.isFinite(centre)) return fixed || k % 2 === 0 ? 0.5 + u : 4 * u - 2;
  if (fixed) return centre === 0 ? u - 0.5 : centre * (0.6 + 0.8 * u);
  return k % 2 === 0 && centre >= 0
    ? Math.max(centre, 1) * (0.2 + u)
    : centre + Math.max(Math.abs(centre) / 2, 1) * (2 * u - 1);
}

/** Relative to the largest term, the largest over the points at which both have values: where one side divides 0 by 0 the other may have been written better. */
function largestDifference(a: Expr, b: Expr, points: readonly Point[]): number {
  let difference = 0;
  for (const at of points) {
    const [x, y] = [sizedValue(a, at), sizedValue(b, at)];
    const relative = x.value === y.value ? 0 : Math.abs(x.value - y.value) / Math.max(x.size, y.size);
    if (Number.isFinite(relative) && relative > difference && !isRounding(a, b, at)) difference = relative;
  }
  return difference;
}

/** Errors of rounding that are added up to first order: beyond some times of that a difference is one. */
const MOST_ROUNDING = 8;

/** Whether two values may differ by rounding alone: sqrt(x^2 + 2*x + 1) near -1 keeps but half of its digits. */
function isRounding(a: Expr, b: Expr, at: Point): boolean {
  const [x, y] = [withError(a, at), withError(b, at)];
  return Math.abs(x.value - y.value) <= MOST_ROUNDING * (x.error + y.error);
}

interface Rounded {
  readonly value: number;
  readonly error: number;
}

/** The value, and how far rounding may have moved it: each operation adds half a unit of its last digit to what its parts bring, but where it is exact. */
function withError(e: Expr, at: Point): Rounded {
  const rounded = (value: number, error: number): Rounded => ({ value, error: error + Math.abs(value) * 2 ** -53 });
  const around = (f: (...x: number[]) => number, parts: readonly Rounded[]): Rounded => {
    const values = parts.map((p) => p.value);
    const value = f(...values);
    const error = parts.reduce((sum, { value: x, error: by }, k) => {
      if (by === 0) return sum;
      const moved = [x - by, x + by].map((v) => Math.abs(f(...values.map((old, n) => (n === k ? v : old))) - value));
      return sum + Math.max(0, ...moved.filter(Number.isFinite));
    }, 0);
    return { value, error };
  };
  return foldExpr<Rounded>(e, (node, parts) => {
    const [x = { value: NaN, error: 0 }, y = x, z = x] = parts;
    switch (node.kind) {
      case "number":
        // A decimal is rounded itself.
        return Number.isInteger(node.value) ? { value: node.value, error: 0 } : rounded(node.value, 0);
      case "symbol":
        return { value: at(node.name), error: 0 };
      case "negate":
        return { value: -x.value, error: x.error };
      case "arithmetic": {
        const { value, error } = around(
          node.operator === "^" ? elementary.pow : (p = NaN, q = NaN) => arithmeticValue(node.operator as "+", p, q),
          [x, y],
        );
        return rounded(value, error);
      }
      case "call": {
        const { value, error } = around(elementary[node.function], parts);
        return EXACT.has(node.function) ? { value, error } : rounded(value, error);
      }
      case "conditional":
        return x.value !== 0 ? y : z;
      default:
        return { value: evaluate(node, at, elementary), error: 0 };
    }
  });
}

const EXACT: ReadonlySet<string> = new Set(["abs", "sign", "floor", "ceil", "round", "step", "min", "max", "clamp"]);

function isOneFinite(a: Expr, b: Expr, at: Point): boolean {
  return Number.isFinite(evaluate(a, at, elementary)) !== Number.isFinite(evaluate(b, at, elementary));
}

/** The value and the largest magnitude among its terms, which says how much rounding may be in it. */
function sizedValue(e: Expr, at: (name: string) => number): { readonly value: number; readonly size: number } {
  const value = evaluate(e, at, elementary);
  const terms = isSum(e) ? termsOf(e) : [];
  return {
    value,
    size: terms.reduce((size, t) => Math.max(size, Math.abs(evaluate(t.e, at, elementary))), Math.abs(value)),
  };
}

function isCondition(e: Expr): boolean {
  return e.kind === "compare" || e.kind === "logical" || e.kind === "not";
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
