// Room 3: a resolved program in, a checked one out: every expression has a dimension, every rule has been asked.
import { hasErrors } from "../diagnostics/diagnostic.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { fitting } from "../diagnostics/fitting.ts";
import { tellingOnce } from "../diagnostics/once.ts";
import { cycle } from "../diagnostics/names.ts";
import { implausible } from "../diagnostics/units.ts";
import type { SourceHost } from "../2-resolve/load.ts";
import { casesIn } from "../2-resolve/resolved.ts";
import type { ResolvedProgram } from "../2-resolve/resolved.ts";
import type { CheckedExperiment, CheckedProgram } from "./checked.ts";
import { checkComparison } from "./comparison.ts";
import { checkFit } from "./fit.ts";
import { contextOf, MOST_NODES, NO_MODEL, PLACES } from "./context.ts";
import type { Library, Say } from "./context.ts";
import { measure } from "./measure.ts";
import { checkExperiment, modelKey } from "./experiment.ts";
import type { Synapses } from "./experiment.ts";
import { fileConstant } from "./measureReference.ts";
import { checkModels } from "./models.ts";
import { checkFunction, checkModel } from "./neuron.ts";
import { inOrder, mentionsOf } from "./order.ts";
import { unknown } from "./sized.ts";
import { checkingPairs, checkSynapse } from "./synapse.ts";
import type { CheckedPair, KnownParents } from "./synapse.ts";
import { thresholdsHaveResets } from "./rules/noReset.ts";
import { EXPERIMENT_RULES, MODEL_RULES, PROGRAM_RULES, SYNAPSE_RULES, USE_RULES } from "./rules/all.ts";

/**
 * `program` is null where there is any error. The host reads stimulus files. `sound` is false where earlier rooms found errors: then what
 * seems unused may be used by what was not understood.
 */
export function checkProgram(
  resolved: ResolvedProgram,
  host: SourceHost,
  { sound = true, helps = true } = {},
): { readonly program: CheckedProgram | null; readonly diagnostics: readonly Diagnostic[] } {
  const collector = tellingOnce();
  const { say } = collector;
  const library: Library = {
    host,
    helps,
    constants: new Map(),
    tables: new Map(),
    columns: new Map(),
    tooLarge: { told: false },
    written: new Map(),
    measure,
  };
  checkLibrary(resolved, library, say);

  // A reset that was not understood is none that is missing.
  const rules = MODEL_RULES.filter((rule) => sound || rule !== thresholdsHaveResets);
  const models = checkModels(
    resolved.models.filter((m) => m.kind !== "synapse"),
    rules,
    library,
    say,
  );
  const parents: KnownParents = new Map();
  const byItself = resolved.models
    .filter((m) => m.kind === "synapse")
    .map((m) => checkSynapse(m, null, parents, library, say));
  const ask = (pair: CheckedPair, sayOf: Say): void => {
    for (const rule of SYNAPSE_RULES) rule(pair, sayOf);
  };
  for (const pair of byItself) ask(pair, say);
  const synapses: Synapses = {
    tables: new Map(byItself.map((s) => [modelKey(s.resolved), s.table])),
    pairs: checkingPairs(library, say, ask),
  };
  // Sources of spikes stand for neurons that nobody has written.
  const known = new Map(models);
  const resolvedCases = casesIn(resolved).map((c) => c.experiment);
  for (const { populations } of [...resolved.experiments, ...resolved.networks, ...resolvedCases]) {
    for (const { model } of populations)
      if (!known.has(modelKey(model))) known.set(modelKey(model), checkModel(model, null, library, say));
  }
  const experiments = resolved.experiments.map((e): CheckedExperiment =>
    checkExperiment(e, known, synapses, library, say),
  );
  const networks = resolved.networks.map((n) => checkExperiment(n, known, synapses, library, say));
  for (const experiment of [...experiments, ...networks]) for (const rule of EXPERIMENT_RULES) rule(experiment, say);
  const misfits = fitting(collector);
  const base = { models: known, synapses, library, say, fitting: misfits, sound };
  const comparisons = resolved.comparisons.map((c) => checkComparison(c, base));
  const fits = resolved.fits.map((f) => checkFit(f, base));
  misfits.tell();
  const cases = [...comparisons, ...fits.map((f) => f.comparison)].flatMap((c) => c.cases.map((one) => one.experiment));
  for (const rule of USE_RULES) rule([...models.values()], [...experiments, ...cases], networks, say);
  if (sound && !hasErrors(collector.all()))
    for (const rule of PROGRAM_RULES)
      rule(resolved.models, [...resolved.experiments, ...resolved.networks, ...resolvedCases], say);

  const all = withoutEchoes(collector.all());
  const neurons = [...models.values()].filter((m) => m.resolved.kind === "neuron").map((m) => m.neuron);
  const mechanisms = [...models.values()].filter((m) => m.resolved.kind === "mechanism").map((m) => m.resolved.name);
  return {
    program: hasErrors(all)
      ? null
      : {
          neurons,
          mechanisms,
          synapses: byItself.map(({ synapse: { name, doc, origin } }) => ({ name, doc, origin })),
          experiments,
          networks,
          comparisons,
          fits,
          own: resolved.own,
        },
    diagnostics: all,
  };
}

/** A value of which something is wrong already is not called implausible as well. */
function withoutEchoes(all: readonly Diagnostic[]): readonly Diagnostic[] {
  const wrong = all.filter((d) => d.severity === "error").map((d) => d.primary.span);
  return all.filter(
    (d) =>
      d.code !== implausible.code ||
      !wrong.some(
        (w) => w.source === d.primary.span.source && w.start <= d.primary.span.start && d.primary.span.end <= w.end,
      ),
  );
}

/** Constants and functions of files, each by itself. */
function checkLibrary({ library: tables }: ResolvedProgram, library: Library, say: Say): void {
  const context = contextOf({ say, place: PLACES.function, model: NO_MODEL, setup: new Map(), tables, library });
  const order = inOrder(tables.constants.keys(), (key) => [
    ...mentionsOf(tables.constants.get(key)?.value ?? null, tables).constants,
  ]);
  for (const keys of order.cycles) {
    const [first, ...others] = keys.flatMap((k) => tables.constants.get(k) ?? []);
    if (first === undefined) continue;
    say(
      cycle(first.origin, {
        names: [first, ...others].map((c) => c.name),
        what: "constant",
        others: others.map((c) => ({ name: c.name, at: c.origin })),
      }),
    );
    for (const k of keys) library.constants.set(k, unknown(first.origin));
  }
  for (const key of order.sequence) fileConstant(key, context);
  for (const [key, declared] of tables.functions)
    checkFunction(key, declared, { ...context, budget: { left: MOST_NODES } });
}
