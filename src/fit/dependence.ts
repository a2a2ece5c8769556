// What of a plan depends on what: which free numbers the observed traces hang on while the recorded spikes drive the resets, which only the spike condition, which the length of a pause.
import { evaluate } from "../algebra/evaluate.ts";
import { symbol, type Expr } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import {
  valuesOf,
  type PopulationPlan,
  type SimulationPlan,
  type UpdateGroup,
  partsOfDraw,
  type ValuePlan,
} from "../4-plan/plan.ts";
import { elementary } from "../4-plan/elementary.ts";
import { expressionsOf } from "../4-plan/planPopulation.ts";
import { inputSymbol, setupSymbol } from "../4-plan/symbols.ts";
import type { FreeNumber } from "./problem.ts";

/** All symbols that the expressions depend on, through equations, resets, events, initial values, inputs and parameters; the spike condition and the refractory period left aside. */
export function reachedFrom(plan: SimulationPlan, roots: readonly Expr[]): ReadonlySet<string> {
  const means = new Map<string, Expr[]>();
  const say = (symbol: string, expressions: readonly Expr[]): void => {
    means.set(symbol, [...(means.get(symbol) ?? []), ...expressions]);
  };
  for (const { name, value } of plan.setup) say(setupSymbol(name), expressionsIn(value));
  for (const population of plan.populations) meaningsIn(population, say);
  const found = new Set<string>();
  const pending = roots.flatMap((e) => [...symbolsOf(e)]);
  for (let read = pending.pop(); read !== undefined; read = pending.pop()) {
    if (found.has(read)) continue;
    found.add(read);
    for (const e of means.get(read) ?? []) for (const next of symbolsOf(e)) pending.push(next);
  }
  return found;
}

function meaningsIn(population: PopulationPlan, say: (symbol: string, expressions: readonly Expr[]) => void): void {
  for (const { name, value } of population.parameters) say(name, expressionsIn(value));
  for (const { name, initial } of population.states) say(name, expressionsIn(initial));
  for (const { name, stimulus, shapes } of population.inputs)
    say(inputSymbol(name), [stimulus, ...shapes.flatMap(expressionsOf)]);
  for (const { states, of, delay } of population.pasts) say(states[0], [symbol(of), delay]);
  const groups: readonly UpdateGroup[] = [...population.groups, ...(population.heldGroups ?? [])];
  for (const { state, drift, diffusion } of groups.flatMap((g) => g.equations))
    say(state, [drift, ...diffusion.values()]);
  for (const a of population.spike?.reset ?? []) say(a.state, valuesOf([a]));
  for (const event of population.events)
    for (const a of event.assignments) say(a.state, [...valuesOf([a]), event.condition]);
}

function expressionsIn(value: ValuePlan): readonly Expr[] {
  return value.kind === "expression" ? [value.expression] : partsOfDraw(value);
}

/** Places of the free numbers among the symbols. */
export function numbersIn(free: readonly FreeNumber[], symbols: ReadonlySet<string>): readonly number[] {
  return free.flatMap(({ setup }, k) => (symbols.has(setupSymbol(setup)) ? [k] : []));
}

/** The number that an expression over parameters is with these values of the set-up; null where it is drawn or changes. */
export function numberOf(plan: SimulationPlan, e: Expr, given: ReadonlyMap<string, number>): number | null {
  const means = new Map<string, ValuePlan>([
    ...plan.setup.map((p) => [setupSymbol(p.name), p.value] as const),
    ...plan.populations.flatMap((p) => p.parameters.map((q) => [q.name, q.value] as const)),
  ]);
  const value = (name: string): number => {
    const own = given.get(name);
    const meaning = means.get(name);
    if (own !== undefined) return own;
    return meaning?.kind === "expression" ? evaluate(meaning.expression, value, elementary) : NaN;
  };
  const found = evaluate(e, value, elementary);
  return Number.isFinite(found) ? found : null;
}
