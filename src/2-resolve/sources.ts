// Populations that send spikes without being neurons: `poisson(8 Hz)`, `spikes([10 ms, 20 ms])`. Each stands for a neuron of that name, so that it is set like any other.
import type {
  ArgumentNode,
  IdentifierNode,
  ModelFileNode,
  NeuronNode,
  PopulationNode,
  SettingNode,
} from "../1-parse/ast.ts";
import { nearNames } from "../base/nearNames.ts";
import { sourceText, span } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { notASource, sourceArguments } from "../diagnostics/network.ts";
import { flattening } from "./flatten.ts";
import type { FlatModel } from "./flatten.ts";
import type { Report } from "./report.ts";
import type { FileScope } from "./load.ts";
import type { Lookup } from "./lookup.ts";
import { resolveExpression } from "./resolveExpression.ts";
import type { Tables } from "./resolveExpression.ts";
import { resolveModel } from "./resolveModel.ts";
import type { ResolvedModel, ResolvedSource } from "./resolved.ts";

const NAMES = ["poisson", "spikes"] as const;
type SourceName = (typeof NAMES)[number];

const USAGE: Readonly<Record<SourceName, string>> = { poisson: "poisson(8 Hz)", spikes: "spikes([10 ms, 20 ms])" };

export interface KnownSource {
  readonly flat: FlatModel;
  readonly resolved: ResolvedModel;
  readonly source: ResolvedSource;
  /** What the argument sets. */
  readonly settings: readonly SettingNode[];
}

/** Null where the population is one of neurons, or where it is neither, which has been told. A neuron that is called `poisson` stands without parentheses. */
export function resolveSource(
  node: PopulationNode,
  file: FileScope,
  lookup: Lookup,
  tables: Tables,
): KnownSource | "neurons" | null {
  const { report } = tables;
  const { name, span: at } = node.model;
  const declared = file.names.get(name)?.node.kind;
  const builtin = NAMES.find((n) => n === name);
  if (node.arguments === null) {
    if (builtin === undefined || declared !== undefined) return "neurons";
    report(
      sourceArguments(at, {
        name: builtin,
        problem: builtin === "poisson" ? "needs its rate" : "needs its times",
        usage: USAGE[builtin],
        several: false,
      }),
    );
    return known(builtin, { kind: "missing", span: at }, []);
  }
  if (builtin === undefined) {
    if (name !== "")
      report(notASource(at, { name, isNeuron: declared === "neuron", near: nearNames(name, NAMES), at }));
    return declared === "neuron" ? "neurons" : null;
  }
  if (builtin === "spikes" && node.arguments.some((a) => TRAIN.includes(labelOf(a) ?? "")))
    return known(builtin, trainOf(node.arguments, at, lookup, tables), []);
  const [only, second] = node.arguments;
  const label =
    only?.label == null ? null : only.label.kind === "reference" ? only.label.path.map((p) => p.name).join(".") : "…";
  const wanted = builtin === "poisson" ? "rate" : "times";
  const problem =
    only === undefined
      ? `needs its ${wanted}`
      : second !== undefined
        ? `takes one argument, its ${wanted}`
        : label !== null && label !== wanted
          ? `has no \`${label}\``
          : null;
  if (only === undefined || problem !== null) {
    report(
      sourceArguments(second?.span ?? only?.span ?? at, {
        name: builtin,
        problem: problem ?? "",
        usage: USAGE[builtin],
        several: second !== undefined,
      }),
    );
    return known(builtin, { kind: "missing", span: at }, []);
  }
  if (builtin === "spikes") return known(builtin, resolveExpression(only.value, lookup, tables), []);
  const rate: IdentifierNode = { kind: "identifier", name: "rate", span: at };
  return known(builtin, null, [
    {
      kind: "setting",
      span: only.value.span,
      targets: [{ kind: "target", path: [rate], neurons: null, indices: [], span: only.value.span }],
      operator: "=",
      value: only.value,
    },
  ]);
}

const TRAIN: readonly string[] = ["every", "from", "count"];

function labelOf({ label }: ArgumentNode): string | null {
  return label?.kind === "reference" ? label.path.map((p) => p.name).join(".") : null;
}

/** `every: 20 ms, from: 5 ms, count: 5`; where something is wrong with it, which is told, a hole. */
function trainOf(
  given: readonly ArgumentNode[],
  at: Span,
  lookup: Lookup,
  tables: Tables,
): Exclude<ResolvedSource, { kind: "poisson" }> {
  const named = new Map(given.map((a) => [labelOf(a), a.value]));
  const [every, from, count] = TRAIN.map((name) => named.get(name));
  const strange = given.find((a) => !TRAIN.includes(labelOf(a) ?? ""));
  const problem =
    strange !== undefined
      ? labelOf(strange) === null
        ? "takes either a list of times or `every:` and `count:`"
        : `has no \`${labelOf(strange) ?? ""}\``
      : named.size < given.length
        ? "is told one thing twice"
        : every === undefined || count === undefined
          ? `lacks \`${every === undefined ? "every" : "count"}\``
          : null;
  if (problem !== null || every === undefined || count === undefined) {
    const usage = "spikes(every: 20 ms, from: 5 ms, count: 5)";
    tables.report(
      sourceArguments(strange?.span ?? at, { name: "spikes", problem: problem ?? "", usage, several: false }),
    );
    return { kind: "spikes", times: { kind: "missing", span: at }, span: at };
  }
  return {
    kind: "train",
    every: resolveExpression(every, lookup, tables),
    from: from === undefined ? null : resolveExpression(from, lookup, tables),
    count: resolveExpression(count, lookup, tables),
    span: at,
  };
}

function known(
  name: SourceName,
  given: Exclude<ResolvedSource, { kind: "poisson" }> | Extract<ResolvedSource, { kind: "spikes" }>["times"] | null,
  settings: readonly SettingNode[],
): KnownSource {
  const { flat, resolved } = MODELS[name];
  const source: ResolvedSource =
    name === "poisson" || given === null
      ? { kind: "poisson" }
      : given.kind === "spikes" || given.kind === "train"
        ? given
        : { kind: "spikes", times: given, span: given.span };
  return { flat, resolved, settings, source };
}

const SILENT: Report = () => undefined;

/** What its argument sets is an input: a function of the time. */
const MODELS: Readonly<Record<SourceName, { readonly flat: FlatModel; readonly resolved: ResolvedModel }>> = {
  poisson: builtinModel("poisson"),
  spikes: builtinModel("spikes"),
};

function builtinModel(name: SourceName): { readonly flat: FlatModel; readonly resolved: ResolvedModel } {
  const text = name === "poisson" ? "neuron poisson { input rate : Hz }" : "neuron spikes { }";
  const source = sourceText(`(${name})`, text);
  const at = (part: string): Span => span(source, text.indexOf(part), text.indexOf(part) + part.length);
  const identifier = (word: string): IdentifierNode => ({ kind: "identifier", name: word, span: at(word) });
  const node: NeuronNode = {
    kind: "neuron",
    name: identifier(name),
    parent: null,
    doc: "",
    span: span(source, 0, text.length),
    members:
      name === "spikes"
        ? []
        : [
            {
              kind: "quantity",
              role: "input",
              single: false,
              name: identifier("rate"),
              indices: [],
              unit: { kind: "unit", text: "Hz", span: at("Hz") },
              value: null,
              doc: "",
              span: at("input rate : Hz"),
            },
          ],
  };
  const file: ModelFileNode = { kind: "modelFile", source, imports: [], declarations: [node], span: node.span };
  const flat = flattening(SILENT)(node, { file, names: new Map(), damage: [], mended: [] });
  return { flat, resolved: resolveModel(flat, SILENT) };
}
