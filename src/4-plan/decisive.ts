// Which parameters of a network and an experiment a module cannot look up when it runs.
import { append } from "../base/lists.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import type { CheckedExperiment } from "../3-check/checked.ts";
import { setupSymbol } from "./symbols.ts";
import { lowerSetup } from "./setup.ts";

/**
 * Parameters of the set-up that decide the clock, the sizes and what is recorded of whom: a module has those as numbers and does not look them up when it runs,
 * so that each of their values needs a plan of its own. Without `sizes` (and slices of connections), which a module computes when it is created: those it cannot be created
 * with another value of.
 */
export function decisive(experiment: CheckedExperiment, sizes = true): ReadonlySet<string> {
  const { duration, step, populations, projections, records } = experiment;
  const lowered = lowerSetup(experiment);
  const ends = [
    ...(sizes ? projections.flatMap((p) => [p.source.slice, p.target.slice]) : []),
    ...records.map((r) => r.neurons),
  ];
  const expressions = [
    duration,
    step,
    ...(sizes ? populations.map((p) => p.size) : []),
    ...records.map((r) => r.every),
    ...ends.flatMap((e) => (e === null ? [] : [e.from, e.to])),
  ];
  const pending = expressions.flatMap((e) => (e === null ? [] : [...symbolsOf(lowered.expression(e))]));
  const found = new Set<string>();
  for (let symbol = pending.pop(); symbol !== undefined; symbol = pending.pop()) {
    const parameter = lowered.parameters.find((p) => setupSymbol(p.name) === symbol);
    if (parameter === undefined || found.has(parameter.name)) continue;
    found.add(parameter.name);
    if (parameter.value.kind === "expression") append(pending, symbolsOf(parameter.value.expression));
  }
  return found;
}
