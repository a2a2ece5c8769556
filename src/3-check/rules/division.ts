// Division by what is 0 by default: the model cannot be computed. Inside an `if` nothing is said, since that may be what it guards against.
import { textOf } from "../../base/source.ts";
import { divisionByZero } from "../../diagnostics/model.ts";
import type { CheckedExperiment, CheckedExpr, CheckedNeuron, CheckedQuantity } from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, evaluateNumber } from "../evaluate.ts";
import { childrenOf } from "../walk.ts";
import type { ModelRule } from "./all.ts";

export const noDivisionByZero: ModelRule = ({ neuron }, say) => {
  const values = defaults();
  for (const { quantity, at } of divisors(neuron)) {
    const value = quantity.value?.kind === "expression" ? quantity.value.expression : null;
    if (value !== null && quantity.role !== "let" && evaluateNumber(value, values) === 0) say(divisionByZero(value.origin, { name: quantity.name, value: textOf(value.origin), at: at.origin }));
  }
};

/** The same for what an experiment sets. */
export function noDivisionBySetting(experiment: CheckedExperiment, say: Say): void {
  const values = defaults();
  for (const { neuron, settings } of experiment.populations) {
    const found = new Map(divisors(neuron).map((d) => [d.quantity.name, d.at]));
    for (const { target, value } of settings) {
      const at = found.get(target.quantity.name);
      if (at === undefined || value.kind !== "expression" || evaluateNumber(value.expression, values) !== 0) continue;
      say(divisionByZero(value.expression.origin, { name: target.quantity.name, value: textOf(value.expression.origin), at: at.origin }));
    }
  }
}

/** Parameters and constants that are factors of a divisor. */
function divisors(neuron: CheckedNeuron): { readonly quantity: CheckedQuantity; readonly at: CheckedExpr }[] {
  const roots = [
    ...neuron.quantities.flatMap((q) => (q.value === null ? [] : q.value.kind === "expression" ? [q.value.expression] : q.value.elements)),
    ...[...neuron.equations, ...neuron.contributions, ...(neuron.reset ?? []), ...neuron.events.flatMap((e) => e.assignments)].map((e) => e.value),
    ...(neuron.spike === null ? [] : [neuron.spike.value]),
  ];
  const found: { readonly quantity: CheckedQuantity; readonly at: CheckedExpr }[] = [];
  const seen = new Set<CheckedExpr>();
  const stack = roots.reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.kind === "conditional" || seen.has(next)) continue;
    seen.add(next);
    if (next.kind === "arithmetic" && next.operator === "/") found.push(...factorsOf(next.right));
    stack.push(...[...childrenOf(next)].reverse());
  }
  return found;
}

function factorsOf(expr: CheckedExpr): { readonly quantity: CheckedQuantity; readonly at: CheckedExpr }[] {
  const found: { readonly quantity: CheckedQuantity; readonly at: CheckedExpr }[] = [];
  const stack = [expr];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.kind === "quantity" && next.quantity.indices.length === 0 && (next.quantity.role === "param" || next.quantity.role === "const")) found.push({ quantity: next.quantity, at: next });
    if (next.kind === "negate") stack.push(next.operand);
    if (next.kind === "arithmetic" && next.operator === "*") stack.push(next.left, next.right);
    if (next.kind === "arithmetic" && (next.operator === "/" || next.operator === "^")) stack.push(next.left);
  }
  return found;
}
