// The sign of a current: a conductance brings the membrane towards its reversal potential, g*(E - V). Elsewhere a current counts as positive that leaves the cell, g*(V - E), and is
// subtracted; added, it drives V away from E, the faster the further it is.
import { drivesAway } from "../../diagnostics/model.ts";
import { textOf } from "../../base/source.ts";
import { equal, TIME, VOLTAGE } from "../../quantities/dimension.ts";
import { kindOf } from "../../quantities/phrase.ts";
import type { CheckedExpr, CheckedNeuron, CheckedQuantity } from "../checked.ts";
import { defaults, evaluate } from "../evaluate.ts";
import type { Say } from "../context.ts";
import { visit } from "../walk.ts";
import type { ModelRule, SynapseRule } from "./all.ts";

export const currentsReturn: ModelRule = ({ neuron }, say) => {
  for (const { target, value } of neuron.equations) {
    const state = target.quantity;
    if (!equal(state.dimension, VOLTAGE) || state.indices.length > 0) continue;
    const isIt = (e: CheckedExpr): boolean => e.kind === "quantity" && e.quantity === state;
    ask(value, 1, isIt, (q) => madeOf(q, neuron), say);
  }
};

/** What a synapse gives to a neuron whose potential rises with that input. */
export const currentsReturnAtEnds: SynapseRule = ({ synapse, neurons }, say) => {
  for (const { target, value } of synapse.contributions) {
    const { end, quantity: input } = target;
    const neuron = end === null ? null : neurons[end];
    const equation = neuron?.equations.find(
      ({ target: { quantity }, value: side }) => equal(quantity.dimension, VOLTAGE) && reads(side, input.name),
    );
    if (neuron === null || equation === undefined) continue;
    const [without, one] = [0, 1].map((x) => {
      const known = new Map<CheckedQuantity, number>();
      for (const q of neuron.quantities) {
        if (q.role === "input") known.set(q, q.name === input.name ? x : 0);
        // The sign alone is asked for: a state need not be where it begins.
        if (q.role === "state") known.set(q, 1);
      }
      return evaluate(equation.value, defaults(known));
    });
    if (typeof without !== "number" || typeof one !== "number" || !(one > without)) continue;
    const name = equation.target.quantity.name;
    const isIt = (e: CheckedExpr): boolean => e.kind === "end" && e.end === end && e.quantity.name === name;
    ask(value, 1, isIt, (q) => (q.role === "let" && q.value?.kind === "expression" ? [q.value.expression] : []), say);
  }
};

interface Term {
  readonly expr: CheckedExpr;
  readonly sign: number;
  /** A conductance multiplies it, or a time constant divides it. */
  readonly flows: boolean;
}

/** So many terms are looked at. */
const MOST_TERMS = 100;

function ask(
  root: CheckedExpr,
  sign: number,
  isIt: (e: CheckedExpr) => boolean,
  parts: (q: CheckedQuantity) => readonly CheckedExpr[],
  say: Say,
): void {
  const values = defaults();
  const found: { readonly at: CheckedExpr; readonly difference: CheckedExpr }[] = [];
  const readsIt = (e: CheckedExpr): boolean => holds(e, isIt, parts);
  // A power of V, or V in a divisor, is another dynamics: FitzHugh's cubic pushes where a leak would pull.
  if (holds(root, (e) => isPower(e, isIt), parts)) return;
  const open: Term[] = [{ expr: root, sign, flows: false }];
  const seen = new Set<string>();
  for (let term = open.pop(), left = MOST_TERMS; term !== undefined && left > 0; term = open.pop(), left--) {
    const factors = factorsOf(term.expr);
    const itself = factors.filter(({ expr, degree }) => degree > 0 && readsIt(expr));
    if (factors.some(({ expr, degree }) => degree < 0 && readsIt(expr))) return;
    const voltages = itself.filter(({ expr }) => expr.kind === "arithmetic" || equal(expr.dimension, VOLTAGE));
    const [only, ...more] = voltages.length > 0 ? voltages : itself;
    if (only === undefined || more.length > 0) continue;
    let s = term.sign;
    let flows = term.flows;
    for (const { expr, degree } of factors) {
      if (expr === only.expr) continue;
      const value = evaluate(expr, values);
      // A parameter below 0, a negative conductance say, is meant.
      if (typeof value === "number" && value < 0) s = expr.kind === "number" ? -s : NaN;
      if (degree > 0 && /^conductance/u.test(kindOf(expr.dimension))) flows = true;
      if (degree < 0 && equal(expr.dimension, TIME)) flows = true;
    }
    s *= factors.filter((f) => f.isNegated).length % 2 === 0 ? 1 : -1;
    const { expr } = only;
    if (expr.kind === "quantity") {
      const key = `${expr.quantity.name} ${String(s)} ${String(flows)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const part of parts(expr.quantity)) open.push({ expr: part, sign: s, flows });
    } else if (expr.kind === "arithmetic" && (expr.operator === "+" || expr.operator === "-")) {
      const { left: a, right: b, operator } = expr;
      const isLoss = operator === "-" && ((isIt(a) && isFixed(b)) || (isIt(b) && isFixed(a)));
      if (!isLoss) {
        open.push({ expr: b, sign: operator === "-" ? -s : s, flows }, { expr: a, sign: s, flows });
      } else if (flows && (isIt(a) ? s : -s) > 0) found.push({ at: term.expr, difference: expr });
    }
  }
  for (const { at, difference } of found) {
    if (difference.kind !== "arithmetic") continue;
    const [a, b] = [textOf(difference.left.origin), textOf(difference.right.origin)];
    const from = isIt(difference.left) ? b : a;
    say(
      drivesAway(at.origin, {
        text: textOf(at.origin),
        name: isIt(difference.left) ? a : b,
        from,
        turned: textOf(difference.origin).startsWith("(") ? `(${b} - ${a})` : `${b} - ${a}`,
        at: difference.origin,
      }),
    );
  }
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
function isFixed(e: CheckedExpr): boolean {
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
function madeOf(quantity: CheckedQuantity, neuron: CheckedNeuron): readonly CheckedExpr[] {
  if (quantity.role === "let") return quantity.value?.kind === "expression" ? [quantity.value.expression] : [];
  return quantity.role === "input"
    ? neuron.contributions.filter((c) => c.target.quantity === quantity).map((c) => c.value)
    : [];
}

function reads(root: CheckedExpr, name: string): boolean {
  let found = false;
  visit(root, (e) => {
    found ||= e.kind === "quantity" && e.quantity.name === name;
  });
  return found;
}
