// Room 2: syntax trees in, a program out in which names are symbols.
import type { ModelFileNode, NeuronNode, MechanismNode, SettingNode } from "../1-parse/ast.ts";
import { present } from "../base/invariant.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { tellingOnce } from "../diagnostics/once.ts";
import { flattenModel } from "./flatten.ts";
import type { LoadedProgram } from "./load.ts";
import { constantKey, functionKey, newTables } from "./resolveExpression.ts";
import { resolveExperiment, resolveNetwork } from "./resolveExperiment.ts";
import type { KnownModel } from "./resolveExperiment.ts";
import { resolveModel } from "./resolveModel.ts";
import type { ResolvedExperiment, ResolvedProgram, ResolvedSetting } from "./resolved.ts";

/** A setting from outside of the source text, for one experiment or for all (null). */
export interface Override {
  readonly experiment: string | null;
  readonly setting: SettingNode;
}

export interface Resolution {
  readonly program: ResolvedProgram;
  readonly diagnostics: readonly Diagnostic[];
}

export function resolveProgram(loaded: LoadedProgram, overrides: readonly Override[] = []): Resolution {
  const collector = tellingOnce();
  const report = collector.say;
  const known = new Map<NeuronNode | MechanismNode, KnownModel>();
  const tables = newTables(report);
  for (const scope of loaded.files) {
    for (const node of scope.file.declarations) {
      if (node.kind === "neuron" || node.kind === "mechanism") {
        const flat = flattenModel(node, scope, report);
        known.set(node, { flat, resolved: resolveModel(flat, report) });
      } else if (node.kind === "quantity") {
        constantKey(node, scope, tables);
      } else if (node.kind === "function") {
        functionKey({ kind: "file", key: `${scope.file.source.path}#${node.name.name}`, node, scope }, tables);
      }
    }
  }

  const modelOf = (node: NeuronNode): KnownModel => present(known.get(node), `model ${node.name.name}`);
  const experiments: ResolvedExperiment[] = [];
  const networks: ResolvedExperiment[] = [];
  for (const scope of loaded.files) {
    for (const node of scope.file.declarations) {
      if (node.kind === "network") networks.push(resolveNetwork(node, scope, modelOf, report));
      if (node.kind !== "experiment") continue;
      const chosen = scope === loaded.files[0] ? overrides.filter((o) => o.experiment === null || o.experiment === node.name.name).map((o) => o.setting) : [];
      const experiment = resolveExperiment(node, scope, chosen, modelOf, report);
      if (experiment !== null) experiments.push(experiment);
    }
  }

  dropElsewhere(experiments, overrides);
  const program = { models: [...known.values()].map((k) => k.resolved), experiments, networks, library: tables, own: ownNames(loaded.files[0]?.file) };
  return { program, diagnostics: collector.all() };
}

/** A setting for all experiments counts where it names something; it is a mistake only where it names nothing anywhere. */
function dropElsewhere(experiments: ResolvedExperiment[], overrides: readonly Override[]): void {
  for (const { experiment, setting } of overrides) {
    if (experiment !== null) continue;
    const isOf = (s: ResolvedSetting): boolean => s.span === setting.span;
    if (!experiments.some((e) => e.settings.some((s) => isOf(s) && s.target.kind !== "unknown"))) continue;
    for (const [k, e] of experiments.entries()) experiments[k] = { ...e, settings: e.settings.filter((s) => !(isOf(s) && s.target.kind === "unknown")) };
  }
}

function ownNames(file: ModelFileNode | undefined): string[] {
  const kinds = new Set(["neuron", "network", "experiment"]);
  return (file?.declarations ?? []).filter((d) => kinds.has(d.kind) && d.name.name !== "").map((d) => d.name.name);
}
