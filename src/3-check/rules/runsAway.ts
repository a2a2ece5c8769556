// A forgotten minus: x' = x/τ grows without bound, where a decay was meant.
import { textOf } from "../../base/source.ts";
import { runsAway } from "../../diagnostics/model.ts";
import { equal, TIME, VOLTAGE } from "../../quantities/dimension.ts";
import type {
  CheckedAssignment,
  CheckedEquation,
  CheckedExpr,
  CheckedNeuron,
  CheckedQuantity,
  CheckedSynapse,
} from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, evaluateNumber } from "../evaluate.ts";
import { isFixed, lossesIn, ofLet } from "../losses.ts";
import { fold, visit } from "../walk.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";

export const statesDecay: ModelRule = ({ neuron }, say) => {
  ask(neuron, [...(neuron.reset ?? []), ...neuron.events.flatMap((e) => e.assignments)], say);
};

export const statesOfSynapsesDecay: SynapseRule = ({ synapse }, say) => {
  ask(synapse, [...synapse.onPre, ...synapse.onPost], say);
};

function ask(model: CheckedNeuron | CheckedSynapse, assignments: readonly CheckedAssignment[], say: Say): void {
  for (const equation of model.equations) {
    const { target, value } = equation;
    const state = target.quantity;
    const isIt = (e: CheckedExpr): boolean => e.kind === "quantity" && e.quantity === state;
    if (state.indices.length > 0 || !growsAlone(equation, model)) continue;
    if (mentions(value, (e) => takesAway(e, isIt))) continue;
    // What an event sets outright, whatever it was, may grow until then.
    if (assignments.some((a) => a.target.quantity === state && !mentions(a.value, isIt))) continue;
    // Both are told by themselves.
    if (mentions(value, isNegativeTime) || (equal(state.dimension, VOLTAGE) && isDriven(value, isIt))) continue;
    const text = textOf(value.origin);
    const isOne = fold<boolean>(
      value,
      (e, parts) => !(e.kind === "arithmetic" && /[-+]/u.test(e.operator)) && parts.every(Boolean),
    );
    say(runsAway(value.origin, { name: state.name, text, at: isOne && !text.startsWith("-") ? value.origin : null }));
  }
}

/** Whether it is x' = a + b*x with b > 0. What other states, contributions, noise or the neurons at the ends do is not known. */
function growsAlone({ target, value }: CheckedEquation, model: CheckedNeuron | CheckedSynapse): boolean {
  const state = target.quantity;
  const inputs = new Set<CheckedQuantity>();
  const isOther = (e: CheckedExpr): boolean => {
    if (e.kind !== "quantity") return e.kind === "noise" || e.kind === "end" || e.kind === "past";
    if (e.quantity.role === "input") inputs.add(e.quantity);
    return e.quantity.role === "state" && e.quantity !== state;
  };
  if (mentions(value, isOther) || model.contributions.some((c) => inputs.has(c.target.quantity))) return false;
  const known = new Map<CheckedQuantity, number>([...inputs].map((q) => [q, 0]));
  const [a, b, c] = [0, 1, 2].map((x) => evaluateNumber(value, defaults(new Map(known).set(state, x))));
  if (a == null || b == null || c == null || !(b > a)) return false;
  return Math.abs(c - 2 * b + a) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), Math.abs(c));
}

/** Of the expression or of the lets in it. */
function mentions(root: CheckedExpr, wanted: (e: CheckedExpr) => boolean): boolean {
  const open = [root];
  const seen = new Set<CheckedExpr>();
  let found = false;
  for (let next = open.pop(); next !== undefined && !found; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    visit(next, (e) => {
      found ||= wanted(e);
      if (e.kind === "quantity") open.push(...ofLet(e.quantity));
    });
  }
  return found;
}

/** A term of the state that is subtracted: another one may outweigh it, which who writes both knows. */
function takesAway(e: CheckedExpr, isIt: (e: CheckedExpr) => boolean): boolean {
  const part = e.kind === "negate" ? e.operand : e.kind === "arithmetic" && e.operator === "-" ? e.right : null;
  return part !== null && mentions(part, isIt);
}

function isNegativeTime(e: CheckedExpr): boolean {
  const value = isFixed(e) && equal(e.dimension, TIME) ? evaluateNumber(e, defaults(new Map())) : null;
  return value !== null && value < 0;
}

function isDriven(value: CheckedExpr, isIt: (e: CheckedExpr) => boolean): boolean {
  return lossesIn(value, isIt, isFixed, ofLet).some((loss) => loss.drivesAway);
}
