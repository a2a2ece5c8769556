// A leaky neuron with a threshold and nothing that brings it back: it passes the threshold once and spikes no more.
import { textOf } from "../../base/source.ts";
import { noReset } from "../../diagnostics/model.ts";
import type { CheckedExpr, CheckedNeuron, CheckedQuantity } from "../checked.ts";
import { madeOf } from "../losses.ts";
import { fold, visit } from "../walk.ts";
import type { ModelRule } from "./rule.ts";

export const thresholdsHaveResets: ModelRule = ({ neuron }, say) => {
  const { spike, reset } = neuron;
  if (spike?.mode !== "when" || reset !== null || spike.value.kind !== "comparison") return;
  const { left, right } = spike.value;
  const [crossing, threshold] =
    left.kind === "quantity" && left.quantity.role === "state"
      ? [left.quantity, right]
      : right.kind === "quantity" && right.quantity.role === "state"
        ? [right.quantity, left]
        : [null, left];
  if (crossing === null || degreeOf(threshold, neuron) > 0) return;
  const assigned = neuron.events.some((e) => e.assignments.some((a) => a.target.quantity === crossing));
  const equation = neuron.equations.find((e) => e.target.quantity === crossing);
  if (assigned || equation === undefined || degreeOf(equation.value, neuron) !== 1) return;
  const reads = statesIn(equation.value, neuron);
  if (!reads.has(crossing) || [...reads].some((s) => s !== crossing && follows(s, crossing, neuron))) return;
  const initial = crossing.value?.kind === "expression" ? textOf(crossing.value.expression.origin) : "…";
  say(noReset(spike.origin, { name: crossing.name, value: initial, at: spike.origin }));
};

/** 0: without states; 1: linear in them; 2: anything else, noise included. */
function degreeOf(root: CheckedExpr, neuron: CheckedNeuron): number {
  return fold<number>(root, (expr, parts) => {
    const [a = 0, b = 0] = parts;
    switch (expr.kind) {
      case "quantity":
        return ofQuantity(expr.quantity, neuron);
      case "noise":
      case "end":
        return 2;
      // What moves it is what was.
      case "past":
        return 0;
      case "arithmetic":
        if (expr.operator === "*") return a > 0 && b > 0 ? 2 : a + b;
        if (expr.operator === "/") return b > 0 ? 2 : a;
        return expr.operator === "^" ? (a + b > 0 ? 2 : 0) : Math.max(a, b);
      case "negate":
      case "sum":
        return a;
      default:
        return parts.some((p) => p > 0) ? 2 : 0;
    }
  });
}

function ofQuantity(quantity: CheckedQuantity, neuron: CheckedNeuron): number {
  if (quantity.role === "state") return 1;
  return Math.max(0, ...madeOf(quantity, neuron).map((e) => degreeOf(e, neuron)));
}

function statesIn(root: CheckedExpr, neuron: CheckedNeuron): ReadonlySet<CheckedQuantity> {
  const found = new Set<CheckedQuantity>();
  const seen = new Set<CheckedQuantity>();
  const stack = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    visit(next, (e) => {
      if (e.kind !== "quantity" || seen.has(e.quantity)) return;
      seen.add(e.quantity);
      if (e.quantity.role === "state") found.add(e.quantity);
      stack.push(...madeOf(e.quantity, neuron));
    });
  }
  return found;
}

/** Whether a state feels the other, through whatever is between them. */
function follows(
  state: CheckedQuantity,
  other: CheckedQuantity,
  neuron: CheckedNeuron,
  seen = new Set<CheckedQuantity>(),
): boolean {
  if (seen.has(state)) return false;
  seen.add(state);
  const values = neuron.equations.filter((e) => e.target.quantity === state).map((e) => e.value);
  return values.some((v) => [...statesIn(v, neuron)].some((s) => s === other || follows(s, other, neuron, seen)));
}
