// What brings a potential back, and what drives it away: conductances times the difference to where it would rest, g*(E - V), wherever they stand in a sum.
import { equal, RESISTANCE, TIME, VOLTAGE } from "../quantities/dimension.ts";
import { kindOf } from "../quantities/phrase.ts";
import type { CheckedExpr, CheckedNeuron, CheckedQuantity } from "./checked.ts";
import { defaults, evaluate } from "./evaluate.ts";
import { visit } from "./walk.ts";

/** `g*(E - V)`, or with another sign. */
export interface Loss {
  readonly at: CheckedExpr;
  /** `E - V` or `V - E` */
  readonly difference: Extract<CheckedExpr, { kind: "arithmetic" }>;
  readonly potential: CheckedExpr;
  readonly rest: CheckedExpr;
  /** What multiplies it. */
  readonly scales: readonly CheckedExpr[];
  readonly drivesAway: boolean;
}

interface Term {
  readonly expr: CheckedExpr;
  readonly sign: number;
  readonly scales: readonly CheckedExpr[];
  /** A conductance multiplies it, or a resistance or a time constant divides it. */
  readonly flows: boolean;
}

/** So many terms are looked at. */
const MOST_TERMS = 100;

/**
 * `isPotential` says what V is, `isRest` what it may rest at, `parts` what a quantity is made of. `divided`: whether a time constant or a resistance below it makes a loss too.
 */
export function lossesIn(
  root: CheckedExpr,
  isPotential: (e: CheckedExpr) => boolean,
  isRest: (e: CheckedExpr) => boolean,
  parts: (q: CheckedQuantity) => readonly CheckedExpr[],
  divided = true,
): readonly Loss[] {
  const values = defaults();
  const found: Loss[] = [];
  const readsIt = (e: CheckedExpr): boolean => holds(e, isPotential, parts);
  // A power of V, or V in a divisor, is another dynamics: FitzHugh's cubic pushes where a leak would pull.
  if (holds(root, (e) => isPower(e, isPotential), parts)) return [];
  const open: Term[] = [{ expr: root, sign: 1, scales: [], flows: false }];
  const seen = new Set<string>();
  for (let term = open.pop(), left = MOST_TERMS; term !== undefined && left > 0; term = open.pop(), left--) {
    const factors = factorsOf(term.expr);
    const itself = factors.filter(({ expr, degree }) => degree > 0 && readsIt(expr));
    if (factors.some(({ expr, degree }) => degree < 0 && readsIt(expr))) return [];
    const voltages = itself.filter(({ expr }) => expr.kind === "arithmetic" || equal(expr.dimension, VOLTAGE));
    const [only, ...more] = voltages.length > 0 ? voltages : itself;
    if (only === undefined || more.length > 0) continue;
    const others = factors.filter(({ expr }) => expr !== only.expr);
    let s = term.sign;
    let flows = term.flows;
    for (const { expr, degree } of others) {
      const value = evaluate(expr, values);
      // A parameter below 0, a negative conductance say, is meant.
      if (typeof value === "number" && value < 0) s = expr.kind === "number" ? -s : NaN;
      if (degree > 0 && /^conductance/u.test(kindOf(expr.dimension))) flows = true;
      if (divided && degree < 0 && (equal(expr.dimension, TIME) || equal(expr.dimension, RESISTANCE))) flows = true;
    }
    s *= factors.filter((f) => f.isNegated).length % 2 === 0 ? 1 : -1;
    const scales = [...term.scales, ...others.map((f) => f.expr)];
    const { expr } = only;
    if (expr.kind === "quantity") {
      const key = `${expr.quantity.name} ${String(s)} ${String(flows)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const part of parts(expr.quantity)) open.push({ expr: part, sign: s, scales, flows });
    } else if (expr.kind === "arithmetic" && (expr.operator === "+" || expr.operator === "-")) {
      const { left: a, right: b, operator } = expr;
      const isLoss = operator === "-" && ((isPotential(a) && isRest(b)) || (isPotential(b) && isRest(a)));
      if (!isLoss) {
        open.push({ expr: b, sign: operator === "-" ? -s : s, scales, flows }, { expr: a, sign: s, scales, flows });
        continue;
      }
      const [potential, rest] = isPotential(a) ? [a, b] : [b, a];
      const towards = potential === a ? -s : s;
      if (flows && !Number.isNaN(s))
        found.push({ at: term.expr, difference: expr, potential, rest, scales, drivesAway: towards < 0 });
    }
  }
  return found;
}

interface Factor {
  readonly expr: CheckedExpr;
  readonly degree: number;
  readonly isNegated: boolean;
}

function factorsOf(root: CheckedExpr): readonly Factor[] {
  const found: Factor[] = [];
  const open: Factor[] = [{ expr: root, degree: 1, isNegated: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { expr, degree, isNegated } = next;
    if (expr.kind === "negate") open.push({ expr: expr.operand, degree, isNegated: !isNegated });
    else if (expr.kind === "sum") open.push({ expr: expr.body, degree, isNegated });
    else if (expr.kind === "arithmetic" && (expr.operator === "*" || expr.operator === "/"))
      open.push(
        { expr: expr.left, degree, isNegated },
        { expr: expr.right, degree: expr.operator === "*" ? degree : -degree, isNegated: false },
      );
    else found.push(next);
  }
  return found;
}

/** A parameter, a constant or a number: where V would come to rest. */
export function isFixed(e: CheckedExpr): boolean {
  const inner = e.kind === "negate" ? e.operand : e;
  return (
    inner.kind === "number" ||
    inner.kind === "setup" ||
    (inner.kind === "quantity" && (inner.quantity.role === "param" || inner.quantity.role === "const"))
  );
}

function isPower(e: CheckedExpr, isIt: (e: CheckedExpr) => boolean): boolean {
  if (e.kind !== "arithmetic" || e.operator !== "^") return false;
  let found = false;
  visit(e.left, (x) => {
    found ||= isIt(x) && equal(e.left.dimension, VOLTAGE);
  });
  return found;
}

/** Whether anything of the expression, or of what it is made of, is so. */
function holds(
  root: CheckedExpr,
  wanted: (e: CheckedExpr) => boolean,
  parts: (q: CheckedQuantity) => readonly CheckedExpr[],
): boolean {
  const seen = new Set<CheckedQuantity>();
  const stack = [root];
  let found = false;
  for (let next = stack.pop(); next !== undefined && !found; next = stack.pop())
    visit(next, (e) => {
      found ||= wanted(e);
      if (e.kind !== "quantity" || seen.has(e.quantity)) return;
      seen.add(e.quantity);
      for (const part of parts(e.quantity)) stack.push(part);
    });
  return found;
}

/** What a let stands for, and what is contributed to an input. */
export function madeOf(quantity: CheckedQuantity, neuron: CheckedNeuron): readonly CheckedExpr[] {
  return quantity.role === "input"
    ? neuron.contributions.filter((c) => c.target.quantity === quantity).map((c) => c.value)
    : ofLet(quantity);
}

export function ofLet({ role, value }: CheckedQuantity): readonly CheckedExpr[] {
  return role === "let" && value?.kind === "expression" ? [value.expression] : [];
}
