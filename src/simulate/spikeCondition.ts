// A spike condition that compares a variable with a threshold, `V > Θ`: what a figure draws the threshold of.
import { evaluate } from "../algebra/evaluate.ts";
import type { Expr } from "../algebra/expression.ts";
import { printExpr } from "../algebra/print.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { elementary } from "../4-plan/elementary.ts";
import type { PopulationPlan, ShownUnit } from "../4-plan/plan.ts";

export interface SpikeThreshold {
  /** The state that has to reach it. */
  readonly variable: string;
  readonly shown: ShownUnit;
  /** Name of the state, let or parameter that is the threshold; null for a longer expression. */
  readonly name: string | null;
  /** In the variable's shown unit, where parameters alone make it and all neurons have the same. */
  readonly constant: number | null;
}

/** Null where spikes come otherwise. */
export function spikeThreshold(plan: PopulationPlan, numberOf: (symbol: string) => number): SpikeThreshold | null {
  if (plan.spike === null || plan.spike.mode === "rate" || plan.spike.condition.kind !== "compare") return null;
  const { operator, left, right } = plan.spike.condition;
  const [over, under] =
    operator === ">" || operator === ">="
      ? [left, right]
      : operator === "<" || operator === "<="
        ? [right, left]
        : [null, null];
  if (over?.kind !== "symbol" || under === null) return null;
  const state = plan.states.find((s) => s.name === over.name);
  if (state === undefined) return null;
  const { multiply, divide } = state.shown;
  const same = new Set(plan.parameters.filter((p) => !p.perNeuron).map((p) => p.name));
  const fixed = [...symbolsOf(under)].every((symbol) => same.has(symbol) || symbol.startsWith("@"));
  return {
    variable: state.name,
    shown: state.shown,
    name: nameOf(under, plan),
    constant: fixed ? (evaluate(under, numberOf, elementary) * multiply) / divide : null,
  };
}

function nameOf(e: Expr, plan: PopulationPlan): string | null {
  const known = plan.lets.get(e);
  if (known !== undefined) return known;
  const text = printExpr(e);
  const observable = plan.observables.find((o) => printExpr(o.value) === text);
  return observable?.name ?? (e.kind === "symbol" ? e.name : null);
}
