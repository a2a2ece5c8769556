// What a comparison measures, what it is held against, and what it sweeps.
import type {
  ComparedToNode,
  ExprNode,
  FreeNode,
  MeasureArgumentNode,
  MeasureNode,
  PartNode,
  RecordTargetNode,
  SweepNode,
  WindowNode,
} from "../1-parse/ast.ts";
import { nearNames } from "../base/nearNames.ts";
import { textOf } from "../base/source.ts";
import { unknownReference } from "../diagnostics/comparison.ts";
import type { Report } from "./report.ts";
import type { Lookup } from "./lookup.ts";
import { resolveExpression } from "./resolveExpression.ts";
import type { Tables } from "./resolveExpression.ts";
import type {
  ResolvedArgument,
  ResolvedExpr,
  ResolvedMeasure,
  ResolvedReference,
  ResolvedSweep,
  ResolvedVariant,
  ResolvedWindow,
} from "./resolved.ts";

/** The variable that a measure names, as a recording would: `V`, `E[0].V`; null where it names none. */
export function measuredVariable(node: MeasureNode): RecordTargetNode | null {
  for (const argument of node.arguments) {
    const target = argument.label === null ? recordTarget(argument.value) : null;
    if (target !== null) return target;
  }
  return null;
}

function recordTarget(value: MeasureArgumentNode["value"]): RecordTargetNode | null {
  if (value.kind === "recordTarget") return value;
  if (value.kind !== "reference" || value.path.some((p) => p.name === "") || value.indices.length > 1) return null;
  const segments = value.path.map((name, k) => {
    const index = k === value.path.length - 1 ? value.indices[0] : undefined;
    return {
      kind: "recordSegment" as const,
      name,
      subscript: index === undefined ? null : { from: index, to: null },
      span: name.span,
    };
  });
  return { kind: "recordTarget", segments, span: value.span };
}

export function resolveMeasure(node: MeasureNode, lookup: Lookup, tables: Tables): ResolvedMeasure {
  const variable = measuredVariable(node);
  const of = node.arguments.find((a) => a.label?.name === "of")?.value;
  const population =
    of?.kind === "reference" && of.path.length === 1 && of.indices.length === 0
      ? { name: of.path[0]?.name ?? "", span: of.span }
      : null;
  const others = node.arguments.filter(
    (a) => (variable === null || a.value.span !== variable.span) && (population === null || a.value !== of),
  );
  return {
    weight: node.weight === null ? null : resolveExpression(node.weight, lookup, tables),
    name: node.name.name,
    nameSpan: node.name.span,
    variable:
      variable === null
        ? null
        : {
            written: textOf(variable.span).replace(/\s+/g, ""),
            population: variable.segments.length > 1 ? (variable.segments[0]?.name.name ?? null) : null,
            isSlice: variable.segments.some((s) => s.subscript !== null && s.subscript.to !== null),
            span: variable.span,
          },
    population,
    arguments: others.map((a): ResolvedArgument => {
      const value =
        a.value.kind === "recordTarget"
          ? { kind: "missing" as const, span: a.value.span }
          : resolveExpression(a.value, lookup, tables);
      return {
        label: a.label === null ? null : { name: a.label.name, time: null, span: a.label.span },
        value,
        span: a.span,
      };
    }),
    span: node.span,
  };
}

/** Null where it names nothing, which is told unless some of the variants are unknown. */
export function resolveReference(
  node: ComparedToNode,
  variants: readonly ResolvedVariant[],
  from: string,
  incomplete: boolean,
  report: Report,
  expression: (node: ExprNode) => ResolvedExpr,
): ResolvedReference | null {
  const { value } = node;
  const { span } = value;
  const recording = recordingIn(value);
  if (recording !== null)
    return {
      kind: "recording",
      paths: recording.paths,
      level: recording.level === null ? null : expression(recording.level),
      sweep: recording.sweep,
      columns: recording.columns,
      from,
      span,
    };
  const written =
    value.kind === "string"
      ? value.value
      : value.kind === "reference" && value.indices.length === 0
        ? value.path.map((p) => p.name).join(".")
        : null;
  if (value.kind === "missing" || written === "") return null;
  if (written === null) {
    report(unknownReference(span, { written: textOf(span), near: [], problem: "form" }));
    return null;
  }
  const variant = variants.findIndex((v) => v.label === written);
  if (variant >= 0) return { kind: "variant", variant, span };
  const ofModel = variants.flatMap((v, k) => (value.kind === "reference" && v.model === written ? [k] : []));
  const [only] = ofModel;
  if (only !== undefined && ofModel.length === 1) return { kind: "variant", variant: only, span };
  const labels = variants.map((v) => v.label);
  if (ofModel.length > 1)
    report(unknownReference(span, { written, near: ofModel.flatMap((k) => labels[k] ?? []), problem: "ambiguous" }));
  else if (!incomplete)
    report(
      unknownReference(span, {
        written,
        near: nearNames(written, [...labels, ...variants.map((v) => v.model)]),
        problem: "unknown",
      }),
    );
  return null;
}

interface RecordingCall {
  readonly paths: readonly string[];
  readonly level: ExprNode | null;
  readonly sweep: number | null;
  readonly columns: ReadonlyMap<string, string>;
}

/** `recording("cell.csv")`, `recording("traces.csv", "spikes.csv")`, `recording("cell.csv", level: -20 mV)`, `recording("cell.abf", sweep: 3)`, `recording("cell.csv", V_e: "V")`; null for anything else. */
function recordingIn(value: ExprNode): RecordingCall | null {
  if (value.kind !== "call" || value.callee.name !== "recording") return null;
  const paths: string[] = [];
  let level: ExprNode | null = null;
  let sweep: number | null = null;
  const columns = new Map<string, string>();
  for (const { label, value: given } of value.arguments) {
    const name = label?.kind === "reference" && label.path.length === 1 ? label.path[0]?.name : undefined;
    if (label === null && given.kind === "string") paths.push(given.value);
    else if (name === "level" && level === null) level = given;
    else if (
      name === "sweep" &&
      sweep === null &&
      given.kind === "number" &&
      /^\d{1,9}$/.test(given.text) &&
      given.unit === null
    )
      sweep = Number(given.text);
    else if (name !== undefined && given.kind === "string" && !isTaken(columns, name, given.value))
      columns.set(name, given.value);
    else return null;
  }
  return paths.length === 1 || paths.length === 2 ? { paths, level, sweep, columns } : null;
}

/** A variable has one column, and a column is one variable's. */
function isTaken(columns: ReadonlyMap<string, string>, variable: string, column: string): boolean {
  return columns.has(variable) || [...columns.values()].includes(column);
}

export function resolveSweep(node: SweepNode | FreeNode, lookup: Lookup, tables: Tables): ResolvedSweep {
  const expression = (e: ExprNode) => resolveExpression(e, lookup, tables);
  const common = { name: textOf(node.target.span).replace(/\s+/g, ""), origin: node.target.span, span: node.span };
  if (node.kind === "free") {
    const { from, to, logarithmic } = node;
    return { ...common, values: { kind: "bounds", from: expression(from), to: expression(to), logarithmic } };
  }
  const { values } = node;
  switch (values.kind) {
    case "range":
      return {
        ...common,
        values: {
          kind: "range",
          from: expression(values.from),
          to: expression(values.to),
          steps: expression(values.steps),
          logarithmic: values.logarithmic,
        },
      };
    case "list":
      return { ...common, values: { kind: "list", list: expression(values.list) } };
    case "draws":
      return { ...common, values: { kind: "draws", draw: expression(values.draw), count: expression(values.count) } };
  }
}

export function resolveWindow(
  { from, to, span }: WindowNode | PartNode,
  lookup: Lookup,
  tables: Tables,
): ResolvedWindow {
  return {
    from: resolveExpression(from, lookup, tables),
    to: to === null ? null : resolveExpression(to, lookup, tables),
    span,
  };
}
