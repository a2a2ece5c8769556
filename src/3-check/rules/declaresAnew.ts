// `param I_e = 300 pA` in an experiment, where `I_e` of the neuron was to be set: a name of the experiment that nothing reads.
import { span } from "../../base/source.ts";
import { declaresAnew } from "../../diagnostics/experiment.ts";
import { ROLE_NAMES } from "../../2-resolve/resolved.ts";
import type { ResolvedExperiment } from "../../2-resolve/resolved.ts";
import { mentionsOf } from "../order.ts";
import type { ProgramRule } from "./rule.ts";

export const experimentsSetWhatTheyName: ProgramRule = (_models, experiments, say) => {
  for (const experiment of experiments) {
    if (experiment.damaged || !experiment.runnable) continue;
    const read = namesRead(experiment);
    for (const [name, { origin, role }] of experiment.setup) {
      if (read.has(name) || origin.source !== experiment.origin.source || origin.start < experiment.origin.start)
        continue;
      const owner = experiment.populations.find(
        ({ model, source }) =>
          source === null && /^(?:param|input|state)$/u.test(model.quantities.get(name)?.role ?? ""),
      );
      if (owner === undefined) continue;
      const { source, start } = origin;
      const [, word = ""] =
        /[\n{;]\s*((?:param|let|const)\s+)$/u.exec(source.text.slice(Math.max(0, start - 80), start)) ?? [];
      const cut = word === "" ? null : span(source, start - word.length, start);
      say(declaresAnew(origin, { name, role: ROLE_NAMES[role], owner: owner.model.name, cut }));
    }
  }
};

/** What settings, recordings, connections and the run itself read of the experiment's own names. */
function namesRead(experiment: ResolvedExperiment): ReadonlySet<string> {
  const { settings, duration, step, seed, setup, populations, connections, records } = experiment;
  const all = [
    ...settings.map((s) => s.value),
    duration,
    step,
    seed,
    ...[...setup.values()].map((q) => q.value),
    ...populations.flatMap((p) => [p.size, p.source?.kind === "spikes" ? p.source.times : null]),
    ...connections.flatMap(({ rule }) => [rule.where, ...rule.arguments.values()]),
    ...records.map((r) => r.every),
  ];
  return new Set([
    ...all.flatMap((e) => [...mentionsOf(e, experiment).setup]),
    ...settings.flatMap(({ target }) => (target.kind === "setup" ? [target.name] : [])),
  ]);
}
