// Which variables an expression is affine in, jointly, and with which coefficients: this decides whether equations have an exact propagator.
import { assertNever, present } from "../base/invariant.ts";
import type { Expr } from "./expression.ts";
import { number, symbol } from "./expression.ts";
import { isZero, newPurse, normalize, normalizeDefined, type Purse } from "./normalForm.ts";
import { either, isNumber, minus, nought, over, plus, times, unity } from "./reals.ts";
import { fold } from "./simplify.ts";
import { isSum, termsOf } from "./sums.ts";
import { foldExpr, partsOf, substitute, symbolsOf } from "./traverse.ts";

/** e = Σ coefficient·variable + rest. Neither coefficients nor rest contain a variable; coefficients that are 0 are left out, the others in order of first occurrence. */
export interface Affine {
  readonly coefficients: ReadonlyMap<string, Expr>;
  readonly rest: Expr;
}

/**
 * The affine form of `e` in all `variables` jointly, or null where there is none or none is found; what is returned is proven, never probed. The shape of what was written
 * is kept: -G*(V - E_L)/C gives the coefficient -G/C and the rest G*E_L/C. Equality is that of real functions where they are defined: V*V/V is V.
 */
export function affine(e: Expr, variables: ReadonlySet<string>): Affine | null {
  const parts = decompose(e, variables);
  const further = parts.unresolved === null ? null : affineByProof(parts.unresolved, variables);
  if (parts.unresolved !== null && further === null) return null;

  const coefficients = new Map<string, Expr>();
  for (const name of new Set([...parts.coefficients.keys(), ...(further?.coefficients.keys() ?? [])])) {
    const coefficient = plus(parts.coefficients.get(name) ?? nought, further?.coefficients.get(name) ?? nought);
    if (isZero(coefficient)) continue;
    // Folding decides conditions that the exact normal form leaves open: sqrt(3) > 1.
    const folded = fold(coefficient);
    if (folded === coefficient || !isZero(folded)) coefficients.set(name, folded);
  }
  return { coefficients, rest: fold(plus(parts.rest, further?.rest ?? nought)) };
}

/** Σ coefficient·variable + rest + unresolved: what could not be taken apart by looking at it. */
interface Decomposition extends Affine {
  readonly unresolved: Expr | null;
}

function decompose(e: Expr, variables: ReadonlySet<string>): Decomposition {
  const dependent = new Map<Expr, boolean>();
  foldExpr<boolean>(e, (node, parts) => {
    const depends = node.kind === "symbol" ? variables.has(node.name) : parts.includes(true);
    dependent.set(node, depends);
    return depends;
  });
  const isFree = (node: Expr): boolean => dependent.get(node) === false;
  const operands = (node: Expr): readonly Expr[] => {
    if (isFree(node)) return [];
    return isSum(node) ? termsOf(node).map((term) => term.e) : partsOf(node);
  };
  return foldExpr<Decomposition>(
    e,
    (node, parts) => (isFree(node) ? free(node) : decomposed(node, parts, isFree)),
    operands,
  );
}

const none: ReadonlyMap<string, Expr> = new Map();

function free(e: Expr): Decomposition {
  return { coefficients: none, rest: e, unresolved: null };
}

function unresolved(e: Expr): Decomposition {
  return { coefficients: none, rest: nought, unresolved: e };
}

/** Of a node that contains a variable. */
function decomposed(e: Expr, parts: readonly Decomposition[], isFree: (e: Expr) => boolean): Decomposition {
  const part = (i: number): Decomposition => present(parts[i], "part");
  switch (e.kind) {
    case "symbol":
      return { coefficients: new Map([[e.name, unity]]), rest: nought, unresolved: null };
    case "negate":
      return sum(e, parts);
    case "arithmetic":
      switch (e.operator) {
        case "+":
        case "-":
          return sum(e, parts);
        case "*":
          if (isFree(e.left)) return mapped(part(1), (x) => times(e.left, x));
          return isFree(e.right) ? mapped(part(0), (x) => times(x, e.right)) : unresolved(e);
        case "/":
          return isFree(e.right) ? mapped(part(0), (x) => over(x, e.right)) : unresolved(e);
        case "^":
          return isNumber(e.right, 1) ? part(0) : unresolved(e);
        default:
          return assertNever(e);
      }
    case "conditional":
      return isFree(e.condition) ? joined(e.condition, part(1), part(2)) : unresolved(e);
    case "number":
    case "call":
    case "compare":
    case "logical":
    case "not":
      return unresolved(e);
    default:
      return assertNever(e);
  }
}

function mapped(d: Decomposition, f: (x: Expr) => Expr): Decomposition {
  const coefficients = new Map([...d.coefficients].map(([name, coefficient]) => [name, f(coefficient)] as const));
  return { coefficients, rest: f(d.rest), unresolved: d.unresolved && f(d.unresolved) };
}

function sum(e: Expr, parts: readonly Decomposition[]): Decomposition {
  const coefficients = new Map<string, Expr>();
  let rest = nought;
  let left: Expr | null = null;
  termsOf(e).forEach((term, i) => {
    if (term.times === 0n) return;
    const d = present(parts[i], "term");
    const added = (to: Expr, x: Expr): Expr => {
      if (term.times === 1n) return plus(to, x);
      return term.times === -1n ? minus(to, x) : plus(to, times(number(Number(term.times)), x));
    };
    for (const [name, coefficient] of d.coefficients)
      coefficients.set(name, added(coefficients.get(name) ?? nought, coefficient));
    rest = added(rest, d.rest);
    if (d.unresolved) left = added(left ?? nought, d.unresolved);
  });
  return { coefficients, rest, unresolved: left };
}

function joined(condition: Expr, then: Decomposition, otherwise: Decomposition): Decomposition {
  const coefficients = new Map<string, Expr>();
  for (const name of new Set([...then.coefficients.keys(), ...otherwise.coefficients.keys()])) {
    coefficients.set(
      name,
      either(condition, then.coefficients.get(name) ?? nought, otherwise.coefficients.get(name) ?? nought),
    );
  }
  const left =
    then.unresolved || otherwise.unresolved
      ? either(condition, then.unresolved ?? nought, otherwise.unresolved ?? nought)
      : null;
  return { coefficients, rest: either(condition, then.rest, otherwise.rest), unresolved: left };
}

/**
 * By the normal form, or else by the line through some points: that the expression less that line is 0 is proven, so no kink or jump between the points can escape.
 * (Vanishing second derivatives would prove less: those of sqrt(x^2) and of atan(x) + atan(1/x) vanish too.)
 */
function affineByProof(written: Expr, named: ReadonlySet<string>): Affine | null {
  // The normal form sorts by names: under those of the order of occurrence, what is found does not depend on what things are called.
  const symbols = [...symbolsOf(written)];
  const digits = String(symbols.length).length;
  const plain = symbols.map((_, k) => `x${String(k).padStart(digits, "0")}`);
  const back = new Map(plain.map((name, k) => [name, symbol(present(symbols[k], "symbol"))]));
  const form = affineUnderPlainNames(
    substitute(written, new Map(symbols.map((name, k) => [name, symbol(present(plain[k], "name"))]))),
    new Set(plain.filter((_, k) => named.has(present(symbols[k], "symbol")))),
  );
  if (form === null) return null;
  return {
    coefficients: new Map(
      [...form.coefficients].map(([name, c]) => [present(symbols[plain.indexOf(name)], name), substitute(c, back)]),
    ),
    rest: substitute(form.rest, back),
  };
}

function affineUnderPlainNames(e: Expr, variables: ReadonlySet<string>): Affine | null {
  const normal = normalize(e);
  const direct = decompose(normal, variables);
  if (direct.unresolved === null) return direct;
  const occurring = [...symbolsOf(e)].filter((name) => variables.has(name));
  if (occurring.length > mostVariables) return null;
  const purse = newPurse(2);
  for (const point of points) {
    const line = lineThrough(e, occurring, point, purse);
    if (line === null) continue;
    // Were there a line, any point would have given it.
    const difference = normalizeDefined(
      [...line.coefficients].reduce((d, [name, c]) => minus(d, times(c, symbol(name))), minus(e, line.rest)),
      purse,
    );
    return difference !== null && isNumber(difference, 0) ? line : null;
  }
  return null;
}

/** Beyond that, the points alone would take quadratic time. */
const mostVariables = 100;

/** Where to lay the line; more than one, since the expression may be 0/0 at some. */
const points = [0, 1, 2, -3, 0.5];

/** The one candidate that agrees with `e` where all variables are `point`, and where one of them is `point` + 1; null where `e` is not defined there. */
function lineThrough(e: Expr, names: readonly string[], point: number, purse: Purse): Affine | null {
  const base = new Map(names.map((name) => [name, number(point)]));
  const there = normalizeDefined(substitute(e, base), purse);
  if (there === null) return null;
  let rest = there;
  const coefficients = new Map<string, Expr>();
  for (const name of names) {
    const beside = normalizeDefined(substitute(e, new Map(base).set(name, number(point + 1))), purse);
    const coefficient = beside && normalizeDefined(minus(beside, there), purse);
    if (!coefficient) return null;
    coefficients.set(name, coefficient);
    rest = minus(rest, times(coefficient, number(point)));
  }
  return { coefficients, rest: normalizeDefined(rest, purse) ?? rest };
}
