// Parameters that nothing reads, what a synapse keeps to no effect, and states that nothing changes, in any of the models that have them.
import { partsOfWhen } from "../periodic.ts";
import type { Span } from "../../base/source.ts";
import { constantState, unusedParameter } from "../../diagnostics/model.ts";
import { newIn, ROLE_NAMES } from "../../2-resolve/resolved.ts";
import type {
  End,
  ResolvedBlock,
  ResolvedExperiment,
  ResolvedExpr,
  ResolvedModel,
  ResolvedQuantity,
  ResolvedTables,
} from "../../2-resolve/resolved.ts";
import { shortName } from "../measureReference.ts";
import { mentionsOf } from "../order.ts";
import type { ProgramRule } from "./rule.ts";

export const unusedDeclarations: ProgramRule = (models, experiments, say) => {
  const read = new Set<Span>();
  for (const model of models)
    for (const name of model.kind === "synapse" ? namesWithEffect(model) : namesRead(newIn(model), model))
      markRead(model, name, read);
  for (const experiment of experiments) markReadBy(experiment, read);
  const hiding = new Map<Span, string>();
  for (const model of models)
    for (const q of model.quantities.values()) {
      const own = model.quantities.get(shortName(q.name));
      if (q.role === "input" && own?.role === "input" && own.origin !== q.origin) hiding.set(q.origin, model.name);
    }
  for (const model of models) {
    if (model.damaged) continue;
    const roles = model.kind === "synapse" ? ["param", "const", "weight", "state"] : ["param", "const", "input"];
    for (const q of newIn(model).quantities.values()) {
      if (!roles.includes(q.role) || read.has(q.origin)) continue;
      say(
        unusedParameter(q.origin, {
          name: shortName(q.name),
          role: ROLE_NAMES[q.role],
          host: hiding.get(q.origin) ?? null,
        }),
      );
    }
    for (const block of blocksOf(newIn(model))) {
      const used = new Set(
        block.assignments.flatMap((a) =>
          [a.value, ...a.target.indices].flatMap((e) => [...mentionsOf(e, model).locals]),
        ),
      );
      for (const local of block.locals)
        if (!used.has(local)) say(unusedParameter(local.origin, { name: local.name, role: "`let`", host: null }));
    }
  }
};

export const unchangedStates: ProgramRule = (models, experiments, say) => {
  const changed = new Set<Span>();
  const mark = (model: ResolvedModel | undefined, name: string): void => {
    const q = model?.quantities.get(name);
    if (q !== undefined) changed.add(q.origin);
  };
  for (const model of models) {
    const own = newIn(model);
    for (const { target } of [...own.equations, ...assignmentsOf(own)])
      if (target.end === null) mark(model, target.name);
  }
  for (const experiment of experiments) {
    for (const { synapse, at } of synapsesIn(experiment)) {
      for (const { target } of assignmentsOf(synapse))
        if (target.end !== null) for (const model of at[target.end]) mark(model, target.name);
    }
  }
  // A mechanism's state may be what a neuron's reset changes.
  if (models.some((m) => m.damaged)) return;
  for (const model of models) {
    for (const q of newIn(model).quantities.values()) {
      if (q.role === "state" && !changed.has(q.origin)) say(constantState(q.origin, { name: shortName(q.name) }));
    }
  }
};

/** What settings and recordings read, and what connections read of the neurons at their ends. */
function markReadBy(experiment: ResolvedExperiment, read: Set<Span>): void {
  const populations = new Map(experiment.populations.map((p) => [p.name, p.model]));
  const connections = new Map(experiment.connections.map((c) => [c.name, c.synapse]));
  for (const s of experiment.settings) {
    const model =
      s.target.kind === "quantity"
        ? populations.get(s.target.population)
        : s.target.kind === "connection" || s.target.kind === "delay"
          ? connections.get(s.target.connection)
          : undefined;
    if (model !== undefined) for (const name of mentionsOf(s.value, experiment).quantities) markRead(model, name, read);
  }
  for (const r of experiment.records) {
    const synapse = r.connection === null ? undefined : connections.get(r.connection);
    if (synapse !== undefined && r.quantity !== null) markRead(synapse, r.quantity.name, read);
  }
  for (const { name, synapse, at, rule } of synapsesIn(experiment)) {
    const own = experiment.settings
      .filter((s) => (s.target.kind === "connection" || s.target.kind === "delay") && s.target.connection === name)
      .map((s) => s.value);
    const ends = [
      ...endsIn([...own, rule.where, ...rule.arguments.values()], experiment),
      ...endsIn(expressionsOf(synapse), synapse),
    ];
    for (const written of ends) {
      const end: End = written.startsWith("pre.") ? "pre" : "post";
      for (const model of at[end]) markRead(model, written.slice(end.length + 1), read);
    }
  }
}

function endsIn(expressions: readonly (ResolvedExpr | null)[], tables: ResolvedTables): string[] {
  return expressions.flatMap((e) => [...mentionsOf(e, tables).ends]);
}

/** Each connection with the models at its ends. */
function synapsesIn(experiment: ResolvedExperiment) {
  const populations = new Map(experiment.populations.map((p) => [p.name, p.model]));
  return experiment.connections.map(({ name, synapse, rule, sources, targets }) => {
    const [pre, post] = [sources, targets].map((ends) => [
      ...new Set(ends.flatMap((e) => populations.get(e.population) ?? [])),
    ]);
    return { name, synapse, rule, at: { pre: pre ?? [], post: post ?? [] } };
  });
}

function blocksOf(model: ResolvedModel): readonly ResolvedBlock[] {
  return [...(model.reset === null ? [] : [model.reset]), ...model.events, ...model.arrivals];
}

function assignmentsOf(model: ResolvedModel) {
  return blocksOf(model).flatMap((block) => block.assignments);
}

function expressionsOf(model: ResolvedModel): (ResolvedExpr | null)[] {
  return [
    ...[...model.quantities.values()].flatMap((q) => [q.value, ...q.elements.map((e) => e.value)]),
    ...[...model.equations, ...model.contributions, ...assignmentsOf(model)].flatMap((e) => [
      e.value,
      ...e.target.indices,
    ]),
    ...model.events.flatMap(partsOfWhen),
    ...[...model.indices.values()].flatMap((i) => [i.from, i.to]),
    ...[...model.functions.values()].map((f) => f.body),
    model.spike?.value ?? null,
    model.refractory?.duration ?? null,
  ];
}

function namesRead(part: ResolvedModel, tables: ResolvedTables): Set<string> {
  return new Set(expressionsOf(part).flatMap((e) => [...mentionsOf(e, tables).quantities]));
}

/** A synapse acts on the neurons alone: what reaches them, through whatever equation, assignment or let, has an effect. */
function namesWithEffect(model: ResolvedModel): Set<string> {
  const effects = new Set<string>();
  const pending: (ResolvedExpr | null)[] = [...model.indices.values()].flatMap((i) => [i.from, i.to]);
  const statements = [...model.equations, ...model.contributions, ...assignmentsOf(model)];
  for (const s of statements) if (s.target.end !== null) pending.push(s.value, ...s.target.indices);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const name of mentionsOf(next, model).quantities) {
      if (effects.has(name)) continue;
      effects.add(name);
      pending.push(model.quantities.get(name)?.value ?? null);
      for (const s of statements)
        if (s.target.end === null && s.target.name === name) pending.push(s.value, ...s.target.indices);
    }
  }
  return effects;
}

/** A declaration is one place in the text, in however many models it takes part. */
function markRead(model: ResolvedModel, name: string, read: Set<Span>): void {
  for (let q: ResolvedQuantity | null = model.quantities.get(name) ?? null; q !== null; q = q.replaces)
    read.add(q.origin);
}
