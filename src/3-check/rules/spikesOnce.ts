// A spike condition that reads nothing but what its own reset assigns: without a spike nothing changes it, and so there is none.
import { neverSpikes } from "../../diagnostics/model.ts";
import type { ResolvedExperiment, ResolvedModel } from "../../2-resolve/resolved.ts";
import { mentionsOf } from "../order.ts";
import type { ProgramRule } from "./rule.ts";

export const spikesCanBegin: ProgramRule = (models, experiments, say) => {
  const fromSynapses = assignedBySynapses(experiments);
  for (const model of models) {
    if (model.damaged || model.kind !== "neuron" || model.spike?.mode !== "when" || model.reset === null) continue;
    const [state, ...more] = statesRead(model) ?? [];
    if (state === undefined || more.length > 0 || fromSynapses.has(state)) continue;
    const changed = [...model.equations, ...model.events.flatMap((e) => e.assignments)].some(
      (e) => e.target.name === state,
    );
    if (changed || !model.reset.assignments.some((a) => a.target.name === state)) continue;
    say(neverSpikes(model.spike.span, { state }));
  }
};

/** The states that the condition is made of; null where inputs or the time change it as well. */
function statesRead(model: ResolvedModel): readonly string[] | null {
  const states = new Set<string>();
  const seen = new Set<string>();
  const pending = [model.spike?.value ?? null];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { quantities, hasTime } = mentionsOf(next, model);
    if (hasTime) return null;
    for (const name of quantities) {
      const quantity = model.quantities.get(name);
      if (seen.has(name) || quantity === undefined) continue;
      seen.add(name);
      if (quantity.role === "input") return null;
      if (quantity.role === "state") states.add(name);
      else pending.push(quantity.value, ...quantity.elements.map((e) => e.value));
    }
  }
  return [...states];
}

/** What synapses assign of the neurons at their ends, by name: wherever it may be. */
function assignedBySynapses(experiments: readonly ResolvedExperiment[]): ReadonlySet<string> {
  return new Set(
    experiments
      .flatMap((e) => e.connections)
      .flatMap(({ synapse }) => synapse.arrivals.flatMap((a) => a.assignments))
      .flatMap(({ target }) => (target.end === null ? [] : [target.name])),
  );
}
