// Room 2: syntax trees in, a program out in which names are symbols.
import type {
  ComparisonDeclarationNode,
  DirectiveNode,
  ExperimentNode,
  FitDeclarationNode,
  ModelFileNode,
  SettingNode,
} from "../1-parse/ast.ts";
import { present } from "../base/invariant.ts";
import { nearNames } from "../base/nearNames.ts";
import { textOf } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { fitting } from "../diagnostics/fitting.ts";
import { unknownSetting } from "../diagnostics/names.ts";
import { tellingOnce } from "../diagnostics/once.ts";
import { flattening } from "./flatten.ts";
import type { FlatModel, ModelNode } from "./flatten.ts";
import type { Report } from "./report.ts";
import { flattenNetwork } from "./flattenNetwork.ts";
import type { FileScope, LoadedProgram } from "./load.ts";
import { tellArguments, tellHiddenBy } from "./hiding.ts";
import { resolveComparison, resolveFit } from "./resolveComparison.ts";
import { casesIn } from "./resolved.ts";
import { constantKey, functionKey, newTables } from "./resolveExpression.ts";
import { resolveExperiment, resolveNetwork } from "./resolveExperiment.ts";
import type { KnownModel } from "./stage.ts";
import { resolveModels } from "./resolveModels.ts";
import type {
  ResolvedComparison,
  ResolvedExperiment,
  ResolvedFit,
  ResolvedProgram,
  ResolvedSetting,
} from "./resolved.ts";

/** A setting, a duration or a step from outside of the source text, for one experiment or for all (null). */
export interface Override {
  readonly experiment: string | null;
  readonly setting: SettingNode | DirectiveNode;
}

/** A comparison or a fit that the main file does not declare: of the command line. */
export interface ImplicitComparison {
  readonly node: ComparisonDeclarationNode | FitDeclarationNode;
  /** Models of other files are compared with these. */
  readonly partial: boolean;
}

export interface Resolution {
  readonly program: ResolvedProgram;
  readonly diagnostics: readonly Diagnostic[];
}

export function resolveProgram(
  loaded: LoadedProgram,
  overrides: readonly Override[] = [],
  implicit: ImplicitComparison | null = null,
): Resolution {
  const collector = tellingOnce();
  const report = collector.say;
  const flats = new Map<ModelNode, FlatModel>();
  const tables = newTables(report);
  const flatten = flattening(report);
  for (const scope of loaded.files) {
    for (const node of scope.file.declarations) {
      if (node.kind === "neuron" || node.kind === "mechanism" || node.kind === "synapse") {
        flats.set(node, flatten(node, scope));
      } else if (node.kind === "quantity") {
        constantKey(node, scope, tables);
      } else if (node.kind === "function") {
        tellArguments(node, scope, report);
        functionKey({ kind: "file", key: `${scope.file.source.path}#${node.name.name}`, node, scope }, tables);
      }
    }
  }

  const neighbours = endsOfSynapses(loaded, flats, report);
  const known = resolveModels(flats, neighbours, report);
  const modelOf = (node: ModelNode): KnownModel => present(known.get(node), `model ${node.name.name}`);
  const experiments: ResolvedExperiment[] = [];
  const networks: ResolvedExperiment[] = [];
  const alone = new Map<ExperimentNode, ResolvedExperiment>();
  const overridesOf = (node: ExperimentNode, scope: FileScope): Override["setting"][] =>
    scope === loaded.files[0]
      ? overrides.filter((o) => o.experiment === null || o.experiment === node.name.name).map((o) => o.setting)
      : [];
  for (const scope of loaded.files) {
    for (const node of scope.file.declarations) {
      if (node.kind === "network" || node.kind === "experiment") tellHiddenBy(node, scope, report);
      if (node.kind === "network") networks.push(resolveNetwork(node, scope, modelOf, report));
      if (node.kind !== "experiment") continue;
      const experiment = resolveExperiment(node, scope, overridesOf(node, scope), modelOf, report);
      if (experiment === null) continue;
      experiments.push(experiment);
      alone.set(node, experiment);
    }
  }

  const misfits = fitting(collector);
  const compared = {
    modelOf,
    experimentOf: (node: ExperimentNode) => alone.get(node) ?? null,
    // A comparison that a file declares has its own clock; what is run for the command line has the one asked for there. Settings for all experiments reach those of other files.
    overridesOf: (node: ExperimentNode, scope: FileScope) =>
      overrides
        .filter((o) => o.experiment === null || (scope === loaded.files[0] && o.experiment === node.name.name))
        .map((o) => o.setting)
        .filter((s) => s.kind === "setting"),
    fitting: misfits,
    report,
  };
  const comparisons: ResolvedComparison[] = [];
  const fits: ResolvedFit[] = [];
  for (const scope of loaded.files) {
    for (const node of scope.file.declarations) {
      if (node.kind === "comparison") comparisons.push(resolveComparison(node, scope, compared));
      else if (node.kind === "fit") fits.push(resolveFit(node, scope, compared));
    }
  }
  const [first] = loaded.files;
  if (implicit?.node.kind === "comparison" && first !== undefined)
    comparisons.push(resolveComparison(implicit.node, first, { ...compared, overridesOf }, implicit.partial));
  if (implicit?.node.kind === "fit" && first !== undefined)
    fits.push(resolveFit(implicit.node, first, { ...compared, overridesOf }));
  misfits.tell();

  dropElsewhere(
    experiments,
    overrides,
    casesIn({ comparisons, fits }).map((c) => c.experiment),
    report,
  );
  const own = [...ownNames(loaded.files[0]?.file), ...(implicit === null ? [] : [implicit.node.name.name])];
  const program = {
    models: [...known.values()].map((k) => k.resolved),
    experiments,
    networks,
    comparisons,
    fits,
    library: tables,
    own,
  };
  return { program, diagnostics: collector.all() };
}

/** The neurons that a synapse connects; all there are where nothing is connected by it yet. */
function endsOfSynapses(
  loaded: LoadedProgram,
  flats: ReadonlyMap<ModelNode, FlatModel>,
  report: Report,
): (node: ModelNode) => readonly FlatModel[] {
  const ends = new Map<ModelNode, Set<FlatModel>>();
  for (const scope of loaded.files) {
    for (const network of scope.file.declarations) {
      if (network.kind !== "network") continue;
      const { populations, connections } = flattenNetwork(network, scope, report);
      for (const { node, frame } of connections.values()) {
        const synapse = frame.file.names.get(node.synapse.name)?.node;
        if (synapse?.kind !== "synapse") continue;
        const here = ends.get(synapse) ?? new Set();
        ends.set(synapse, here);
        for (const { population } of [...node.sources, ...node.targets]) {
          const at = populations.get(population.name);
          const neuron = at?.frame.file.names.get(at.node.model.name)?.node;
          const flat = neuron?.kind === "neuron" ? flats.get(neuron) : undefined;
          if (flat !== undefined) here.add(flat);
        }
      }
    }
  }
  const neurons = [...flats.values()].filter((f) => f.node.kind === "neuron");
  return (node) => (node.kind === "synapse" ? [...(ends.get(node) ?? neurons)] : []);
}

/** A setting for all experiments counts where it names something; it is a mistake only where it names nothing anywhere. */
function dropElsewhere(
  experiments: ResolvedExperiment[],
  overrides: readonly Override[],
  cases: readonly ResolvedExperiment[],
  report: Report,
): void {
  for (const { experiment, setting } of overrides) {
    if (experiment !== null) continue;
    const isOf = (s: ResolvedSetting): boolean => s.span === setting.span;
    if (![...experiments, ...cases].some((e) => e.settings.some((s) => isOf(s) && s.target.kind !== "unknown"))) {
      // Where experiments have it, they tell.
      if (cases.length > 0 && !experiments.some((e) => e.settings.some(isOf))) tellUnknown(setting, cases, report);
      continue;
    }
    for (const [k, e] of experiments.entries())
      experiments[k] = { ...e, settings: e.settings.filter((s) => !(isOf(s) && s.target.kind === "unknown")) };
  }
}

function tellUnknown(setting: SettingNode | DirectiveNode, cases: readonly ResolvedExperiment[], report: Report): void {
  const [target] = setting.kind === "setting" ? setting.targets : [];
  if (target === undefined || target.path.some((p) => p.name === "")) return;
  const written = textOf(target.span).replace(/\s+/g, "");
  const names = cases.flatMap((e) => [
    ...e.setup.keys(),
    ...e.populations.flatMap((p) => [...p.model.quantities.keys()]),
  ]);
  report(
    unknownSetting(target.span, {
      written,
      near: nearNames(written, [...new Set(names)]),
      where: cases[0]?.subject ?? "",
      at: target.span,
    }),
  );
}

function ownNames(file: ModelFileNode | undefined): string[] {
  const kinds = new Set(["neuron", "mechanism", "synapse", "network", "experiment", "comparison", "fit"]);
  return (file?.declarations ?? []).filter((d) => kinds.has(d.kind) && d.name.name !== "").map((d) => d.name.name);
}
