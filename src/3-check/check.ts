// Room 3: a resolved program in, a checked one out: every expression has a dimension, every rule has been asked.
import { hasErrors } from "../diagnostics/diagnostic.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { tellingOnce } from "../diagnostics/once.ts";
import { cycle } from "../diagnostics/names.ts";
import type { SourceHost } from "../2-resolve/load.ts";
import type { ResolvedProgram } from "../2-resolve/resolved.ts";
import type { CheckedExperiment, CheckedProgram } from "./checked.ts";
import { contextOf, MOST_NODES, NO_MODEL, PLACES } from "./context.ts";
import type { Library, Say } from "./context.ts";
import { measure } from "./measure.ts";
import { checkExperiment, modelKey } from "./experiment.ts";
import { fileConstant } from "./measureReference.ts";
import { checkFunction, checkModel } from "./neuron.ts";
import type { CheckedModel } from "./neuron.ts";
import { inOrder, mentionsOf } from "./order.ts";
import { unknown } from "./sized.ts";
import { EXPERIMENT_RULES, MODEL_RULES, PROGRAM_RULES, USE_RULES } from "./rules/all.ts";

/**
 * `program` is null where there is any error. The host reads stimulus files. `sound` is false where earlier rooms found errors: then what
 * seems unused may be used by what was not understood.
 */
export function checkProgram(resolved: ResolvedProgram, host: SourceHost, sound = true): { readonly program: CheckedProgram | null; readonly diagnostics: readonly Diagnostic[] } {
  const collector = tellingOnce();
  const { say } = collector;
  const library: Library = { host, constants: new Map(), tooLarge: { told: false }, measure };
  checkLibrary(resolved, library, say);

  const models = new Map<string, CheckedModel>();
  for (const model of resolved.models) {
    const checked = checkModel(model, library, say);
    models.set(modelKey(model), checked);
    for (const rule of MODEL_RULES) rule(checked, say);
  }
  const experiments = resolved.experiments.map((e): CheckedExperiment => checkExperiment(e, models, library, say));
  const networks = resolved.networks.map((n) => checkExperiment(n, models, library, say));
  for (const experiment of [...experiments, ...networks]) for (const rule of EXPERIMENT_RULES) rule(experiment, say);
  for (const rule of USE_RULES) rule([...models.values()], experiments, networks, say);
  if (sound && !hasErrors(collector.all())) for (const rule of PROGRAM_RULES) rule([...models.values()], [...resolved.experiments, ...resolved.networks], say);

  const all = collector.all();
  const neurons = [...models.values()].filter((m) => m.resolved.kind === "neuron").map((m) => m.neuron);
  return { program: hasErrors(all) ? null : { neurons, experiments, own: resolved.own }, diagnostics: all };
}

/** Constants and functions of files, each by itself. */
function checkLibrary({ library: tables }: ResolvedProgram, library: Library, say: Say): void {
  const context = contextOf({ say, place: PLACES.function, model: NO_MODEL, setup: new Map(), tables, library });
  const order = inOrder(tables.constants.keys(), (key) => [...mentionsOf(tables.constants.get(key)?.value ?? null, tables).constants]);
  for (const keys of order.cycles) {
    const [first, ...others] = keys.flatMap((k) => tables.constants.get(k) ?? []);
    if (first === undefined) continue;
    say(cycle(first.origin, { names: [first, ...others].map((c) => c.name), what: "constant", others: others.map((c) => ({ name: c.name, at: c.origin })) }));
    for (const k of keys) library.constants.set(k, unknown(first.origin));
  }
  for (const key of order.sequence) fileConstant(key, context);
  for (const [key, declared] of tables.functions) checkFunction(key, declared, { ...context, budget: { left: MOST_NODES } });
}
