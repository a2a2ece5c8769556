// Comparisons and fits: each variant in the place of the subject of each experiment that fits it, which makes experiments like any other.
import type {
  ComparisonDeclarationNode,
  ComparisonMemberNode,
  DirectiveNode,
  ExperimentNode,
  FitDeclarationNode,
  FitMemberNode,
  FreeNode,
  NetworkNode,
  NeuronNode,
  PartNode,
  RecordTargetNode,
  SettingNode,
  SweepNode,
  TargetNode,
  VariantNode,
  WindowNode,
} from "../1-parse/ast.ts";
import { nearNames } from "../base/nearNames.ts";
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import {
  experimentFitsNone,
  lacksInput,
  lacksParameter,
  nothingCompared,
  variantFitsNone,
} from "../diagnostics/comparison.ts";
import { saidTwice } from "../diagnostics/experiment.ts";
import { freeAndSet, setNowhere } from "../diagnostics/fits.ts";
import type { Fitting } from "../diagnostics/fitting.ts";
import { unknownModel } from "../diagnostics/names.ts";
import { measuredVariable, resolveMeasure, resolveReference, resolveSweep, resolveWindow } from "./comparisonParts.ts";
import { labelled } from "./comparisonLabels.ts";
import { keyOf, tellVain, vainSettings, type Vain } from "./setInVain.ts";
import { findModel } from "./lineage.ts";
import { isDamaged, topLevelKind } from "./load.ts";
import type { FileScope } from "./load.ts";
import { fileLookup } from "./lookup.ts";
import { resolveVariant } from "./resolveExperiment.ts";
import type { Substituted } from "./resolveExperiment.ts";
import type { ModelOf } from "./stage.ts";
import { newTables, resolveExpression } from "./resolveExpression.ts";
import type { Report } from "./report.ts";
import type {
  ResolvedCase,
  ResolvedComparison,
  ResolvedExperiment,
  ResolvedFit,
  ResolvedSetting,
  ResolvedVariant,
  ResolvedWindow,
} from "./resolved.ts";

/** What of the program a comparison builds on. */
export interface Compared {
  readonly modelOf: ModelOf;
  /** An experiment as it stands by itself; null where its subject is unknown. */
  readonly experimentOf: (node: ExperimentNode) => ResolvedExperiment | null;
  /** What the command line sets. */
  readonly overridesOf: (node: ExperimentNode, file: FileScope) => readonly (SettingNode | DirectiveNode)[];
  readonly fitting: Fitting;
  readonly report: Report;
}

type CasesNode = ComparisonDeclarationNode | FitDeclarationNode;

export function resolveFit(node: FitDeclarationNode, file: FileScope, compared: Compared): ResolvedFit {
  const { report } = compared;
  const comparison = resolveComparison(node, file, compared);
  const tables = newTables(report);
  const lookup = fileLookup(file, `fit \`${node.name.name}\``, report);
  const window = (w: WindowNode | PartNode): ResolvedWindow => resolveWindow(w, lookup, tables);
  const parts = node.members.filter((m) => m.kind === "part");
  const [evaluations, ...others] = node.members.filter((m) => m.kind === "evaluations");
  for (const other of others)
    if (evaluations !== undefined)
      report(saidTwice(other.span, { what: "the number of runs", first: evaluations.span }));
  return {
    comparison,
    settings: node.members
      .filter((m) => m.kind === "setting")
      .map(({ span }) => ({
        text: textOf(span).replace(/\s+/gu, " "),
        variants: [
          ...new Set(
            comparison.cases.flatMap((c) => (c.experiment.settings.some((s) => s.span === span) ? [c.variant] : [])),
          ),
        ],
      })),
    networks: node.members.flatMap((m) =>
      m.kind === "variant" && file.names.get(m.model.name)?.node.kind === "network" ? [m.model.span] : [],
    ),
    train: parts.filter((p) => p.role === "train").map(window),
    test: parts.filter((p) => p.role === "test").map(window),
    evaluations: evaluations === undefined ? null : resolveExpression(evaluations.value, lookup, tables),
  };
}

export function resolveComparison(
  node: CasesNode,
  file: FileScope,
  compared: Compared,
  partial = false,
): ResolvedComparison {
  const { report } = compared;
  const tables = newTables(report);
  const lookup = fileLookup(file, `${node.kind} \`${node.name.name}\``, report);
  const members = membersOf(node);
  const under = experimentsOf(node, file, report);
  const chosen = variantsOf(node, file, under.found, report);
  const once = (kind: "comparedTo" | "seeds", what: string): void => {
    const [first, ...others] = members.filter((m) => m.kind === kind);
    for (const other of others) if (first !== undefined) report(saidTwice(other.span, { what, first: first.span }));
  };
  once("comparedTo", "the reference");
  once("seeds", "the number of seeds");

  const measureNodes = members.filter((m) => m.kind === "measure");
  const sweepNodes = distinctSweeps(
    members.filter((m) => m.kind === "sweep" || m.kind === "free"),
    report,
  );
  const shared = members.filter((m) => m.kind === "setting");
  const measured = measureNodes.flatMap((m) => measuredVariable(m) ?? []);
  const vain: Vain[] = [];
  const cases = chosen.flatMap((c, k) =>
    casesOf(
      c,
      k,
      { node, file, under: under.found, sweeps: sweepNodes.map((s) => s.target), measured, shared },
      compared,
      vain,
    ),
  );
  tellVain(vain, report);
  tellShared(node, shared, sweepNodes, cases, report);
  tellUnfitting(chosen, under.found, report);
  const variants = chosen.map((c) => c.variant);
  const comparedTo = members.find((m) => m.kind === "comparedTo");
  const seeds = members.find((m) => m.kind === "seeds");
  const incomplete = under.incomplete || chosen.some((c) => c.subject === null) || isDamaged(file, node);
  return {
    purpose: node.kind,
    name: node.name.name,
    doc: node.doc,
    origin: node.name.span,
    span: node.span,
    variants,
    cases,
    measures: measureNodes.map((m) => resolveMeasure(m, lookup, tables)),
    reference:
      comparedTo === undefined
        ? null
        : resolveReference(comparedTo, variants, file.file.source.path, incomplete, report, (e) =>
            resolveExpression(e, lookup, tables),
          ),
    seeds: seeds === undefined ? null : resolveExpression(seeds.value, lookup, tables),
    sweeps: sweepNodes.map((s) => resolveSweep(s, lookup, tables)),
    windows: members.filter((m) => m.kind === "window").map((w) => resolveWindow(w, lookup, tables)),
    functions: tables.functions,
    constants: tables.constants,
    partial,
    damaged: incomplete || cases.some((c) => c.experiment.damaged),
  };
}

interface NamedExperiment {
  readonly node: ExperimentNode;
  readonly file: FileScope;
  readonly kind: "neuron" | "network";
  /** Where it is named. */
  readonly at: Span;
}

function experimentsOf(
  node: CasesNode,
  file: FileScope,
  report: Report,
): { readonly found: readonly NamedExperiment[]; readonly incomplete: boolean } {
  const named = membersOf(node).filter((m) => m.kind === "under");
  const all = [...file.names].filter(([, d]) => d.node.kind === "experiment").map(([n]) => n);
  let incomplete = false;
  const seen = new Map<string, Span>();
  const found = named.flatMap(({ experiment: { name, span: at } }): NamedExperiment[] => {
    const first = seen.get(name);
    seen.set(name, first ?? at);
    if (first !== undefined && name !== "") {
      report(saidTwice(at, { what: `\`${name}\``, first }));
      return [];
    }
    const known = file.names.get(name);
    if (known?.node.kind !== "experiment") {
      incomplete = true;
      const other = known === undefined ? null : { kind: `a ${topLevelKind(known.node)}`, at: known.node.name.span };
      if (name !== "" && !lost(name, file))
        report(unknownModel(at, { name, wanted: "an experiment", near: nearNames(name, all), found: other, at }));
      return [];
    }
    const kind = known.scope.names.get(known.node.subject.name)?.node.kind;
    if (kind !== "neuron" && kind !== "network") incomplete = true;
    return kind === "neuron" || kind === "network" ? [{ node: known.node, file: known.scope, kind, at }] : [];
  });
  if (named.length === 0 && !isDamaged(file, node)) {
    const last = membersOf(node).at(-1);
    const at = last === undefined ? null : { ...last.span, start: last.span.end };
    report(nothingCompared(node.name.span, { what: node.kind, name: node.name.name, experiments: all, at }));
  }
  return { found, incomplete: incomplete || named.length === 0 };
}

/** The import has failed, which has been told. */
function lost(name: string, { file, names }: FileScope): boolean {
  return !names.has(name) && file.imports.some((i) => i.names.some((n) => n.name === name));
}

/** A variant with what is known of its model: null where that is unknown, which has been told. */
interface Chosen {
  readonly variant: ResolvedVariant;
  readonly subject: { readonly node: NeuronNode | NetworkNode; readonly file: FileScope } | null;
  readonly node: VariantNode | null;
  /** Only for this experiment, whose own subject it is. */
  readonly only: NamedExperiment | null;
}

function variantsOf(node: CasesNode, file: FileScope, under: readonly NamedExperiment[], report: Report): Chosen[] {
  const nodes = membersOf(node).filter((m) => m.kind === "variant");
  if (nodes.length === 0 && node.kind === "comparison") {
    return under.flatMap((only): Chosen[] => {
      const found = only.file.names.get(only.node.subject.name);
      if (found?.node.kind !== "neuron" && found?.node.kind !== "network") return [];
      const variant = {
        label: only.node.name.name,
        model: found.node.name.name,
        doc: only.node.doc,
        overrides: [],
        origin: only.at,
      };
      return [{ variant, subject: { node: found.node, file: found.scope }, node: null, only }];
    });
  }
  return labelled(nodes, report).map(({ node: v, label, overrides }): Chosen => {
    const found = findModel(v.model, file, ["neuron", "network"], report);
    const subject = found === null ? null : { node: found.node as NeuronNode | NetworkNode, file: found.scope };
    return {
      variant: { label, model: v.model.name, doc: subject?.node.doc ?? "", overrides, origin: v.model.span },
      subject,
      node: v,
      only: null,
    };
  });
}

interface Around {
  readonly node: CasesNode;
  readonly file: FileScope;
  readonly under: readonly NamedExperiment[];
  readonly sweeps: readonly TargetNode[];
  readonly measured: readonly RecordTargetNode[];
  readonly shared: readonly SettingNode[];
}

function casesOf(chosen: Chosen, place: number, around: Around, compared: Compared, vain: Vain[]): ResolvedCase[] {
  const { variant, subject } = chosen;
  if (subject === null) return [];
  const fitting = around.under.filter((e) => (chosen.only === null ? e.kind === subject.node.kind : e === chosen.only));
  // Experiments of their own subjects are compared with each other, as if they were one.
  const together = around.under.map((e) => e.node.name.name).join(", ");
  const lacks: Lack[] = [];
  const cases = fitting.map((e): ResolvedCase => {
    const name = e.node.name.name;
    const say = compared.fitting.sayOf({ model: variant.label, under: name, at: variant.origin }, around.node.span);
    const substitution = {
      subject: subject.node,
      subjectFile: subject.file,
      members: chosen.node?.members ?? [],
      file: around.file,
      measured: around.measured,
      sweeps: around.sweeps,
      shared: around.shared,
    };
    const overrides = compared.overridesOf(e.node, e.file);
    const made = resolveVariant(e.node, e.file, substitution, overrides, compared.modelOf, say);
    vain.push(
      ...vainSettings(
        made,
        variant.label,
        overrides.map((o) => o.span),
        around.node.kind === "fit" ? [] : around.sweeps.map((s) => s.span),
      ),
    );
    const experiment = {
      ...made.experiment,
      settings: withoutLacking(made, compared.experimentOf(e.node), name, lacks),
    };
    return {
      variant: place,
      under: chosen.only === null ? name : together,
      experiment,
      lacking: made.lacking,
      swept: around.node.kind === "fit" ? withoutOwn(made) : made.swept,
    };
  });
  tellLacks(lacks, chosen, compared);
  return cases;
}

/** What a variant says of itself is not free in it. */
function withoutOwn({ experiment, swept, ownBlock }: Substituted): Substituted["swept"] {
  const own = new Set(experiment.settings.filter((s) => s.block === ownBlock).map((s) => keyOf(s.target)));
  return swept.map((targets) => targets.filter((t) => !own.has(keyOf(t))));
}

/** Settings of a fit name something in one of its models at least, and nothing that is free. */
function tellShared(
  node: CasesNode,
  shared: readonly SettingNode[],
  free: readonly (SweepNode | FreeNode)[],
  cases: readonly ResolvedCase[],
  report: Report,
): void {
  for (const { span, targets } of shared) {
    const [at] = targets;
    const set = cases.flatMap((c) => c.experiment.settings.filter((s) => s.span === span).map((s) => ({ s, c })));
    if (at !== undefined && set.length === 0 && cases.length > 0)
      report(setNowhere(at.span, { name: textOf(at.span), fit: node.name.name }));
    const clash = free.find((_, k) =>
      set.some(({ s, c }) => c.swept[k]?.some((t) => keyOf(t) !== null && keyOf(t) === keyOf(s.target))),
    );
    if (at !== undefined && clash !== undefined)
      report(freeAndSet(at.span, { name: textOf(at.span), free: clash.target.span }));
  }
}

/** What an experiment sets and a variant does not have. */
interface Lack {
  readonly written: string;
  readonly isInput: boolean;
  readonly under: string;
  readonly at: Span;
}

/** Settings of the experiment that name nothing here are left out; those of the variant's own block are mistakes. */
function withoutLacking(
  { experiment, ownBlock }: Substituted,
  original: ResolvedExperiment | null,
  under: string,
  lacks: Lack[],
): ResolvedSetting[] {
  return experiment.settings.filter((s) => {
    if (s.target.kind !== "unknown" || s.block === ownBlock) return true;
    const before = original?.settings.find(
      (o) => o.span === s.span && o.target.kind !== "unknown" && targetSpan(o) === targetSpan(s),
    );
    if (before !== undefined)
      lacks.push({
        written: s.target.written,
        isInput: original !== null && setsInput(before, original),
        under,
        at: s.target.span,
      });
    return false;
  });
}

function targetSpan({ target }: ResolvedSetting): Span {
  return target.kind === "quantity" || target.kind === "connection" ? target.target.span : target.span;
}

function setsInput({ target }: ResolvedSetting, { populations }: ResolvedExperiment): boolean {
  if (target.kind !== "quantity") return false;
  return (
    populations.find((p) => p.name === target.population)?.model.quantities.get(target.target.name)?.role === "input"
  );
}

function tellLacks(lacks: readonly Lack[], { variant, subject }: Chosen, { report, modelOf }: Compared): void {
  const facts = (own: readonly Lack[]) => ({
    model: variant.model,
    names: [...new Set(own.map((l) => l.written))],
    under: [...new Set(own.map((l) => l.under))],
    at: [...new Set(own.map((l) => l.at))],
  });
  const [inputs, others] = [lacks.filter((l) => l.isInput), lacks.filter((l) => !l.isInput)];
  const flat = subject?.node.kind === "neuron" ? modelOf(subject.node).flat : null;
  if (flat?.damaged === true) return;
  const own = flat === null ? [] : [...flat.quantities].flatMap(([name, q]) => (q.node.role === "input" ? [name] : []));
  if (inputs.length > 0) report(lacksInput(variant.origin, { ...facts(inputs), inputs: own }));
  if (others.length > 0) report(lacksParameter(variant.origin, facts(others)));
}

/** Told only where something else fits: otherwise one message says it all. */
function tellUnfitting(chosen: readonly Chosen[], under: readonly NamedExperiment[], report: Report): void {
  const kinds = chosen.map((c) => c.subject?.node.kind ?? null);
  const unfit = under.filter((e) => !kinds.includes(e.kind) && !kinds.includes(null));
  for (const [k, { variant, subject, only }] of chosen.entries()) {
    if (subject === null || only !== null || under.length === 0 || under.some((e) => e.kind === subject.node.kind))
      continue;
    if (kinds.indexOf(subject.node.kind) < k) continue;
    report(
      variantFitsNone(variant.origin, {
        model: variant.model,
        kind: subject.node.kind,
        under: under.map((e) => ({ name: e.node.name.name, at: e.at })),
      }),
    );
  }
  if (chosen.length > 0 && unfit.length < under.length)
    for (const e of unfit) report(experimentFitsNone(e.at, { name: e.node.name.name, kind: e.kind }));
}

function membersOf(node: CasesNode): readonly (ComparisonMemberNode | FitMemberNode)[] {
  return node.members;
}

function distinctSweeps<Node extends SweepNode | FreeNode>(nodes: readonly Node[], report: Report): Node[] {
  const seen = new Map<string, Span>();
  return nodes.filter((s) => {
    if (s.target.path.length === 0 || s.target.path.some((p) => p.name === "")) return false;
    const name = textOf(s.target.span).replace(/\s+/g, "");
    const first = seen.get(name);
    seen.set(name, first ?? s.target.span);
    if (first !== undefined)
      report(
        saidTwice(s.target.span, { what: s.kind === "free" ? `free \`${name}\`` : `the sweep of \`${name}\``, first }),
      );
    return first === undefined;
  });
}
