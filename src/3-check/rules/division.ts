// Division by what is 0 by default: the model cannot be computed. Inside an `if` nothing is said, since that may be what it guards against.
import { append } from "../../base/lists.ts";
import { textOf } from "../../base/source.ts";
import { divisionByZero } from "../../diagnostics/model.ts";
import type { CheckedExperiment, CheckedExpr, CheckedNeuron, CheckedQuantity, CheckedSynapse } from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, evaluateNumber } from "../evaluate.ts";
import { childrenOf } from "../walk.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";

export const noDivisionByZero: ModelRule = ({ neuron }, say) => {
  byDefault(divisors(valuesOf(neuron)), say);
};

export const noDivisionByZeroInSynapse: SynapseRule = ({ synapse }, say) => {
  byDefault(divisors(valuesOf(synapse)), say);
};

function byDefault(found: readonly Divisor[], say: Say): void {
  const values = defaults();
  for (const { quantity, at } of found) {
    const value = quantity.value?.kind === "expression" ? quantity.value.expression : null;
    if (value !== null && quantity.role !== "let" && evaluateNumber(value, values) === 0)
      say(divisionByZero(value.origin, { name: quantity.name, value: textOf(value.origin), at: at.origin }));
  }
}

/** The same for what an experiment sets. */
export function noDivisionBySetting(experiment: CheckedExperiment, say: Say): void {
  const values = defaults();
  const settable = [
    ...experiment.populations.map((p) => ({ parts: valuesOf(p.neuron), settings: p.settings })),
    ...experiment.projections.map((p) => ({ parts: valuesOf(p.synapse), settings: p.settings })),
  ];
  for (const { parts, settings } of settable) {
    const found = new Map(settings.length === 0 ? [] : divisors(parts).map((d) => [d.quantity.name, d.at]));
    for (const { target, value } of settings) {
      const at = found.get(target.quantity.name);
      if (at === undefined || value.kind !== "expression" || evaluateNumber(value.expression, values) !== 0) continue;
      say(
        divisionByZero(value.expression.origin, {
          name: target.quantity.name,
          value: textOf(value.expression.origin),
          at: at.origin,
        }),
      );
    }
  }
}

interface Divisor {
  readonly quantity: CheckedQuantity;
  readonly at: CheckedExpr;
}

/** All that a model computes. */
export function valuesOf(model: CheckedNeuron | CheckedSynapse): CheckedExpr[] {
  const events =
    "onPre" in model
      ? [...model.onPre, ...model.onPost]
      : [...(model.reset ?? []), ...model.events.flatMap((e) => e.assignments)];
  return [
    ...model.quantities.flatMap((q) =>
      q.value === null ? [] : q.value.kind === "expression" ? [q.value.expression] : q.value.elements,
    ),
    ...[...model.equations, ...model.contributions, ...events].map((e) => e.value),
    ...("onPre" in model || model.spike === null ? [] : [model.spike.value]),
  ];
}

/** Parameters and constants that are factors of a divisor. */
export function divisors(roots: CheckedExpr[]): Divisor[] {
  const found: Divisor[] = [];
  const seen = new Set<CheckedExpr>();
  const stack = roots.reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.kind === "conditional" || seen.has(next)) continue;
    seen.add(next);
    if (next.kind === "arithmetic" && next.operator === "/") append(found, factorsOf(next.right));
    append(stack, childrenOf(next).toReversed());
  }
  return found;
}

export function factorsOf(expr: CheckedExpr): Divisor[] {
  const found: Divisor[] = [];
  const stack = [expr];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (
      next.kind === "quantity" &&
      next.quantity.indices.length === 0 &&
      (next.quantity.role === "param" || next.quantity.role === "const" || next.quantity.role === "weight")
    )
      found.push({ quantity: next.quantity, at: next });
    if (next.kind === "negate") stack.push(next.operand);
    if (next.kind === "arithmetic" && next.operator === "*") stack.push(next.left, next.right);
    if (next.kind === "arithmetic" && (next.operator === "/" || next.operator === "^")) stack.push(next.left);
  }
  return found;
}
