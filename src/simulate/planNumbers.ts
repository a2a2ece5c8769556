// Values of the parameters that a plan already knows: those of the set-up, and of neurons where all have the same.
import { evaluate } from "../algebra/evaluate.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { elementary } from "../4-plan/elementary.ts";
import { type PopulationPlan, type SimulationPlan } from "../4-plan/plan.ts";
import { STEP, setupSymbol } from "../4-plan/symbols.ts";

/** By symbol (`@amplitude`), in canonical units; the step is among them. */
export function setupNumbers(plan: SimulationPlan): ReadonlyMap<string, number> {
  const values = new Map<string, number>([[STEP, plan.step]]);
  const valueOf = (symbol: string): number => values.get(symbol) ?? NaN;
  for (const { name, value } of plan.setup)
    if (value.kind === "expression") values.set(setupSymbol(name), evaluate(value.expression, valueOf, elementary));
  return values;
}

/** Those of the set-up and of the population's parameters, canonical units; what differs between neurons is left out. */
export function populationNumbers(
  population: PopulationPlan,
  setup: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const values = new Map(setup);
  for (const { name, value, perNeuron } of population.parameters) {
    if (perNeuron || value.kind !== "expression" || [...symbolsOf(value.expression)].some((s) => !values.has(s)))
      continue;
    values.set(
      name,
      evaluate(value.expression, (symbol) => values.get(symbol) ?? NaN, elementary),
    );
  }
  return values;
}
