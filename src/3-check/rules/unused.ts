// Parameters that nothing reads and states that nothing changes, in any of the models that have them.
import { constantState, unusedParameter } from "../../diagnostics/model.ts";
import { ROLE_NAMES } from "../../2-resolve/resolved.ts";
import type { ResolvedExpr, ResolvedModel, ResolvedQuantity } from "../../2-resolve/resolved.ts";
import { shortName } from "../measureReference.ts";
import { mentionsOf } from "../order.ts";
import type { ProgramRule } from "./all.ts";

export const unusedDeclarations: ProgramRule = (models, experiments, say) => {
  const read = new Set<string>();
  for (const { resolved } of models) for (const name of namesRead(resolved)) markRead(resolved, name, read);
  for (const experiment of experiments) {
    const populations = new Map(experiment.populations.map((p) => [p.name, p.model]));
    for (const s of experiment.settings) {
      const model = s.target.kind === "quantity" ? populations.get(s.target.population) : undefined;
      if (model !== undefined) for (const name of mentionsOf(s.value, experiment).quantities) markRead(model, name, read);
    }
  }
  for (const { resolved } of models) {
    if (resolved.damaged) continue;
    for (const q of resolved.quantities.values()) {
      if (!["param", "const", "input"].includes(q.role) || read.has(keyOf(q))) continue;
      say(unusedParameter(q.origin, { name: shortName(q.name), role: ROLE_NAMES[q.role] }));
    }
  }
};

export const unchangedStates: ProgramRule = (models, _experiments, say) => {
  const changed = new Set<string>();
  for (const { resolved } of models) {
    for (const target of [...resolved.equations, ...assignmentsOf(resolved)].map((e) => e.target)) {
      const q = resolved.quantities.get(target.name);
      if (q !== undefined) changed.add(keyOf(q));
    }
  }
  for (const { resolved } of models) {
    // A mechanism's state may be what a neuron's reset changes.
    if (resolved.damaged || models.some((m) => m.resolved.damaged)) continue;
    for (const q of resolved.quantities.values()) {
      if (q.role === "state" && !changed.has(keyOf(q))) say(constantState(q.origin, { name: shortName(q.name) }));
    }
  }
};

function assignmentsOf(model: ResolvedModel) {
  return [...(model.reset?.assignments ?? []), ...model.events.flatMap((e) => e.assignments)];
}

function namesRead(model: ResolvedModel): Set<string> {
  const expressions: (ResolvedExpr | null)[] = [
    ...[...model.quantities.values()].map((q) => q.value),
    ...[...model.equations, ...model.contributions, ...assignmentsOf(model)].flatMap((e) => [e.value, ...e.target.indices]),
    ...model.events.map((e) => e.condition),
    ...[...model.indices.values()].flatMap((i) => [i.from, i.to]),
    ...[...model.functions.values()].map((f) => f.body),
    model.spike?.value ?? null,
    model.refractory?.duration ?? null,
  ];
  return new Set(expressions.flatMap((e) => [...mentionsOf(e, model).quantities]));
}

function markRead(model: ResolvedModel, name: string, read: Set<string>): void {
  for (let q: ResolvedQuantity | null = model.quantities.get(name) ?? null; q !== null; q = q.replaces) read.add(keyOf(q));
}

/** A declaration is one place in the text, in however many models it takes part. */
function keyOf(q: ResolvedQuantity): string {
  return `${q.origin.source.path} ${q.origin.start}`;
}
