// Experiments with their networks: populations, the set-up that is common to all, and what each setting and recording is about.
import { append } from "../base/lists.ts";
import type {
  DirectiveNode,
  ExperimentMemberNode,
  ExperimentNode,
  ExprNode,
  MethodNode,
  NetworkNode,
  NeuronNode,
  RecordNode,
  RecordTargetNode,
  SettingNode,
  TargetNode,
  VariantMemberNode,
} from "../1-parse/ast.ts";
import { assertNever } from "../base/invariant.ts";
import type { Span } from "../base/source.ts";
import { saidTwice, subjectEmpty } from "../diagnostics/experiment.ts";
import { builtinName, duplicateName } from "../diagnostics/names.ts";
import { builtinMeaning } from "./builtins.ts";
import type { FlatQuantity, Frame } from "./flatten.ts";
import type { Report } from "./report.ts";
import { flattenNetwork } from "./flattenNetwork.ts";
import type { FlatNetwork } from "./flattenNetwork.ts";
import { findModel } from "./lineage.ts";
import { isDamaged } from "./load.ts";
import type { FileScope } from "./load.ts";
import { setupLookup } from "./lookup.ts";
import type { Lookup } from "./lookup.ts";
import { resolveConnection } from "./resolveConnection.ts";
import { newTables, resolveExpression } from "./resolveExpression.ts";
import { resolveQuantity } from "./resolveModel.ts";
import { resolveRecord, resolveRecords } from "./resolveRecord.ts";
import { findTargets, resolveSettings } from "./resolveSetting.ts";
import { resolveSource } from "./sources.ts";
import type { KnownPopulation, Stage, KnownConnection, ModelOf } from "./stage.ts";
import { ROLE_NAMES } from "./resolved.ts";
import type { ResolvedExperiment, ResolvedSetting, SettingTarget } from "./resolved.ts";

/** Null where the subject is unknown, which has been told. */
export function resolveExperiment(
  node: ExperimentNode,
  file: FileScope,
  overrides: readonly (SettingNode | DirectiveNode)[],
  modelOf: ModelOf,
  report: Report,
): ResolvedExperiment | null {
  const found = findModel(node.subject, file, ["neuron", "network"], report);
  if (found === null) return null;
  return assemble(
    partsOf(
      node,
      file,
      { subject: found.node as NeuronNode | NetworkNode, subjectFile: found.scope },
      overrides,
      modelOf,
      report,
    ),
  ).experiment;
}

/** A variant in the place of the experiment's subject, with settings, a method and a step of its own. */
export interface Substitution {
  readonly subject: NeuronNode | NetworkNode;
  readonly subjectFile: FileScope;
  readonly members: readonly VariantMemberNode[];
  /** The comparison's file, in which its names are looked up. */
  readonly file: FileScope;
  /** What is measured, recorded besides what the experiment records. */
  readonly measured: readonly RecordTargetNode[];
  readonly sweeps: readonly TargetNode[];
  /** Settings that all variants share, before their own. */
  readonly shared: readonly SettingNode[];
}

export interface Substituted {
  readonly experiment: ResolvedExperiment;
  /** What the experiment records and the variant lacks, as written. */
  readonly lacking: readonly string[];
  /** For each sweep what it sets; empty where there is nothing of that name. */
  readonly swept: readonly (readonly SettingTarget[])[];
  /** The block in which the variant's own settings stand. */
  readonly ownBlock: number;
}

export function resolveVariant(
  node: ExperimentNode,
  file: FileScope,
  variant: Substitution,
  overrides: readonly (SettingNode | DirectiveNode)[],
  modelOf: ModelOf,
  report: Report,
): Substituted {
  const parts = partsOf(node, file, variant, overrides, modelOf, report);
  const own = directives({ members: variant.members }, report);
  const step = (own.get("step") as DirectiveNode | undefined)?.value;
  const subject = file.names.get(node.subject.name);
  const parents =
    subject?.node.kind === "network" ? flattenNetwork(subject.node, subject.scope, () => undefined).lineage : [];
  const lacking: string[] = [];
  const assembled = assemble({
    ...parts,
    step: step === undefined ? parts.step : { node: step, file: variant.file },
    method: (own.get("method") as MethodNode | undefined) ?? parts.method,
    precise: parts.precise || own.has("precise"),
    blocks: [
      ...parts.blocks,
      { settings: variant.shared, file: variant.file },
      { settings: variant.members.filter((m) => m.kind === "setting"), file: variant.file },
    ],
    measured: variant.measured,
    sweeps: variant.sweeps,
    standsFor: [node.subject.name, ...parents],
    lacking: (written) => lacking.push(written),
  });
  return { ...assembled, lacking: [...new Set(lacking)] };
}

function partsOf(
  node: ExperimentNode,
  file: FileScope,
  of: Pick<Substitution, "subject" | "subjectFile">,
  overrides: readonly (SettingNode | DirectiveNode)[],
  modelOf: ModelOf,
  report: Report,
): Parts {
  const network = of.subject.kind === "network" ? flattenNetwork(of.subject, of.subjectFile, report) : null;
  const members = node.members;
  const own = declareOwn(node, file, report);
  const once = directives(node, report);
  const given = overrides.filter((o) => o.kind === "directive");
  const directive = (name: DirectiveNode["directive"]): ExprNode | null =>
    (given.find((d) => d.directive === name) ?? (once.get(name) as DirectiveNode | undefined))?.value ?? null;
  const step = directive("step");
  return {
    name: node.name.name,
    doc: node.doc,
    origin: node.name.span,
    runnable: true,
    file,
    subject: of.subject,
    subjectFile: of.subjectFile,
    network,
    own,
    duration: directive("duration"),
    step: step === null ? null : { node: step, file },
    seed: directive("seed"),
    method: (once.get("method") as MethodNode | undefined) ?? null,
    precise: once.has("precise"),
    blocks: [members, overrides].map((all) => ({ settings: all.filter((m) => m.kind === "setting"), file })),
    records: members.filter((m) => m.kind === "record"),
    measured: [],
    sweeps: [],
    standsFor: [],
    lacking: null,
    damaged: isDamaged(file, node),
    modelOf,
    report,
  };
}

/** A network by itself, so that its populations are checked although no experiment names it. */
export function resolveNetwork(
  node: NetworkNode,
  file: FileScope,
  modelOf: ModelOf,
  report: Report,
): ResolvedExperiment {
  const network = flattenNetwork(node, file, report);
  if (network.populations.size === 0 && !network.damaged)
    report(subjectEmpty(node.name.span, { name: node.name.name }));
  return assemble({
    name: node.name.name,
    doc: node.doc,
    origin: node.name.span,
    runnable: false,
    file,
    subject: node,
    subjectFile: file,
    network,
    own: new Map(),
    duration: null,
    step: null,
    seed: null,
    method: null,
    precise: false,
    blocks: [],
    records: [],
    measured: [],
    sweeps: [],
    standsFor: [],
    lacking: null,
    damaged: false,
    modelOf,
    report,
  }).experiment;
}

interface Parts {
  readonly name: string;
  readonly doc: string;
  readonly origin: Span;
  readonly runnable: boolean;
  readonly file: FileScope;
  readonly subject: NeuronNode | NetworkNode;
  readonly subjectFile: FileScope;
  readonly network: FlatNetwork | null;
  readonly own: ReadonlyMap<string, FlatQuantity>;
  readonly duration: ExprNode | null;
  readonly step: { readonly node: ExprNode; readonly file: FileScope } | null;
  readonly seed: ExprNode | null;
  readonly method: MethodNode | null;
  readonly precise: boolean;
  /** The experiment's settings, those of the command line, a variant's; with the file whose names they use. */
  readonly blocks: readonly { readonly settings: readonly SettingNode[]; readonly file: FileScope }[];
  readonly records: readonly RecordNode[];
  readonly measured: readonly RecordTargetNode[];
  readonly sweeps: readonly TargetNode[];
  readonly standsFor: readonly string[];
  readonly lacking: Stage["lacking"];
  readonly damaged: boolean;
  readonly modelOf: ModelOf;
  readonly report: Report;
}

function assemble(parts: Parts): Omit<Substituted, "lacking"> {
  const { report, network, file } = parts;
  const tables = newTables(report);
  const setup = new Map<string, FlatQuantity>([...(network?.quantities ?? []), ...parts.own]);
  const damaged = parts.damaged || (network?.damaged ?? false);
  const where = `${parts.runnable ? "experiment" : "network"} \`${parts.name}\``;
  const lookupIn = (scope: FileScope): Lookup => setupLookup(setup, scope, where, damaged, report);
  const outer = lookupIn(file);

  const populations = new Map<string, KnownPopulation>();
  const settingsOf = new Map<string, readonly SettingNode[]>();
  if (network === null) {
    const { flat, resolved } = parts.modelOf(parts.subject as NeuronNode);
    populations.set(resolved.name, {
      flat,
      population: {
        name: resolved.name,
        drawnAs: parts.standsFor[0] ?? resolved.name,
        size: null,
        model: resolved,
        source: null,
        origin: parts.subject.name.span,
      },
    });
  }
  for (const [name, { node, frame }] of network?.populations ?? []) {
    const lookup = lookupIn(frame.file);
    const size = node.size === null ? null : resolveExpression(node.size, lookup, tables);
    const source = resolveSource(node, frame.file, lookup, tables);
    if (source === null) continue;
    if (source !== "neurons") {
      const { flat, resolved, settings: given } = source;
      populations.set(name, {
        flat,
        population: { name, drawnAs: name, size, model: resolved, source: source.source, origin: node.name.span },
      });
      settingsOf.set(name, [...given, ...node.settings]);
      continue;
    }
    const found = findModel(node.model, frame.file, ["neuron"], report);
    if (found === null) continue;
    const { flat, resolved } = parts.modelOf(found.node as NeuronNode);
    populations.set(name, {
      flat,
      population: {
        name,
        drawnAs: name,
        size: size ?? { kind: "missing", span: node.span },
        model: resolved,
        source: null,
        origin: node.name.span,
      },
    });
    settingsOf.set(name, node.settings);
  }
  const connections = new Map<string, KnownConnection>();
  if (network !== null) {
    for (const [name, placed] of network.connections) {
      const connection = resolveConnection(name, placed, {
        network,
        populations,
        modelOf: parts.modelOf,
        lookup: lookupIn(placed.frame.file),
        tables,
      });
      if (connection !== null) connections.set(name, connection);
    }
  }

  const owners = [
    parts.name,
    ...(network === null ? [] : [network.node.name.name, ...network.lineage, ...parts.standsFor]),
  ];
  // A population or a connection whose model is unknown leaves names behind that cannot be known.
  const incomplete =
    damaged ||
    (network !== null && (populations.size < network.populations.size || connections.size < network.connections.size));
  const stage: Stage = {
    name: where,
    owners,
    subject: parts.subject.name.name,
    standsFor: parts.standsFor,
    lone: network === null,
    populations,
    connections,
    setup,
    outer,
    damaged: incomplete,
    report,
    lacking: parts.lacking,
  };
  const settings: ResolvedSetting[] = [];
  let block = 0;
  for (const [name, { frame }] of network?.populations ?? []) {
    append(
      settings,
      resolveSettings(
        settingsOf.get(name) ?? [],
        { ...stage, outer: lookupIn(frame.file) },
        { kind: "population", name },
        block,
        tables,
      ),
    );
    block++;
  }
  for (const [name, { node, frame }] of network?.connections ?? []) {
    if (connections.has(name))
      append(
        settings,
        resolveSettings(
          node.settings,
          { ...stage, outer: lookupIn(frame.file) },
          { kind: "connection", name },
          block,
          tables,
        ),
      );
    block++;
  }
  for (const { settings: nodes, file: scope } of parts.blocks)
    append(
      settings,
      resolveSettings(nodes, scope === file ? stage : { ...stage, outer: lookupIn(scope) }, null, block++, tables),
    );
  const swept = parts.sweeps.map((target) =>
    findTargets(target, stage, null, tables).filter((t) => t.kind !== "unknown"),
  );

  const expression = (node: ExprNode | null) => (node === null ? null : resolveExpression(node, outer, tables));
  const lookupOf = (frame: Frame): Lookup => lookupIn(frame.file);
  const experiment: ResolvedExperiment = {
    name: parts.name,
    doc: parts.doc,
    origin: parts.origin,
    subject: parts.subject.name.name,
    runnable: parts.runnable,
    setup: new Map([...setup].map(([name, q]) => [name, resolveQuantity(name, q, lookupOf, tables)])),
    duration: expression(parts.duration),
    step: parts.step === null ? null : resolveExpression(parts.step.node, lookupIn(parts.step.file), tables),
    seed: expression(parts.seed),
    method: parts.method,
    precise: parts.precise,
    populations: [...populations.values()].map((p) => p.population),
    connections: [...connections.values()].map((c) => c.connection),
    settings,
    records: [
      ...resolveRecords(parts.records, stage, tables),
      ...parts.measured
        .flatMap((target) => resolveRecord(target, null, { ...stage, lacking: () => undefined }, tables))
        .map((r) => ({ ...r, measured: true })),
    ],
    functions: tables.functions,
    constants: tables.constants,
    damaged: incomplete,
  };
  return { experiment, swept, ownBlock: block - 1 };
}

function declareOwn(node: ExperimentNode, file: FileScope, report: Report): Map<string, FlatQuantity> {
  const own = new Map<string, FlatQuantity>();
  const frame: Frame = { prefix: "", file, owner: node.name.name, level: 0, host: null };
  for (const member of node.members) {
    if (member.kind !== "quantity" || member.name.name === "") continue;
    const { name, span: at } = member.name;
    const builtin = builtinMeaning(name, "quantity");
    const first = own.get(name);
    if (builtin !== null) report(builtinName(at, { name, meaning: builtin }));
    else if (first !== undefined)
      report(
        duplicateName(at, {
          name,
          what: ROLE_NAMES[member.role],
          first: first.node.name.span,
          place: `experiment \`${node.name.name}\``,
        }),
      );
    else own.set(name, { node: member, frame, setting: null, elements: [], replaces: null });
  }
  return own;
}

/** Each of `duration`, `step`, `seed`, `method`, `spikes precise` at most once. */
function directives(
  node: { readonly members: readonly ExperimentMemberNode[] },
  report: Report,
): Map<string, DirectiveNode | MethodNode | { readonly kind: "precise"; readonly span: Span }> {
  const once = new Map<string, DirectiveNode | MethodNode | { readonly kind: "precise"; readonly span: Span }>();
  for (const member of node.members) {
    let what: string;
    switch (member.kind) {
      case "directive":
        what = member.directive;
        break;
      case "method":
      case "precise":
        what = member.kind;
        break;
      case "setting":
      case "record":
      case "quantity":
        continue;
      default:
        return assertNever(member);
    }
    const first = once.get(what);
    if (first === undefined) once.set(what, member);
    else
      report(
        saidTwice(member.span, { what: what === "precise" ? "`spikes precise`" : `the ${what}`, first: first.span }),
      );
  }
  return once;
}
