// The members of networks and experiments.
import type { TokenType } from "chevrotain";
import type { DirectiveCstNode, MethodCstNode, PopulationCstNode, RecordCstNode, RecordSegmentCstNode } from "../../grammar/cst.d.ts";
import { Duration, Seed, Step } from "../../grammar/tokens.ts";
import { span } from "../base/source.ts";
import { expected, notYet } from "../diagnostics/syntax.ts";
import type { DirectiveNode, MethodNode, PopulationNode, RecordNode, RecordSegmentNode, RecordTargetNode } from "./ast.ts";
import { buildArguments, buildExpression } from "./buildExpression.ts";
import type { Building } from "./building.ts";
import { endOf, first, identifier, spanAround, spanOfToken, startOf } from "./building.ts";
import { buildSettings } from "./buildStatement.ts";

const DIRECTIVES: ReadonlyMap<TokenType, DirectiveNode["directive"]> = new Map([[Duration, "duration"], [Step, "step"], [Seed, "seed"]]); // prettier-ignore

/** Null for what this version does not have: sources of spikes. */
export function buildPopulation(building: Building, cst: PopulationCstNode, after: number): PopulationNode | null {
  const parts = cst.children;
  const [nameToken, modelToken] = parts.Name ?? [];
  const name = identifier(building, nameToken, endOf(first(parts.Population), after));
  const size = buildExpression(building, parts.expression?.[0], endOf(first(parts.Equals), name.span.end));
  const model = identifier(building, modelToken, size.span.end);
  const settings = buildSettings(building, parts.assignments?.[0], model.span.end);
  const source = parts.arguments?.[0];
  if (source !== undefined || (modelToken === undefined && size.kind === "call" && size.callee.name === "spikes")) {
    const at = source === undefined ? size.span : span(building.source, model.span.start, startOf(source, model.span.end));
    building.report(notYet(at, { what: "sources of spikes", help: "a population consists of a neuron: `population E = 800 LIF`" }));
    return null;
  }
  if (modelToken === undefined && cst.recoveredNode !== true && size.kind !== "missing") {
    building.reportStructural(
      expected(model.span, { expected: "the name of a neuron after the size of a population", found: "", help: ["write `population E = 800 LIF`"] }),
    );
  }
  const whole = spanAround(building, cst, after, name, size, model, ...settings);
  return { kind: "population", name, size, model, settings, doc: building.docs.of(whole.start, whole.end), span: whole };
}

export function buildDirective(building: Building, cst: DirectiveCstNode, after: number): DirectiveNode {
  const word = first(cst.children.DirectiveWord);
  const value = buildExpression(building, cst.children.expression?.[0], endOf(word, after));
  const directive = (word === undefined ? undefined : DIRECTIVES.get(word.tokenType)) ?? "duration";
  return { kind: "directive", directive, value, span: spanAround(building, cst, after, value) };
}

export function buildMethod(building: Building, cst: MethodCstNode, after: number): MethodNode {
  const method = identifier(building, first(cst.children.Name), endOf(first(cst.children.Method), after));
  const values = buildArguments(building, cst.children.arguments?.[0], method.span.end);
  return { kind: "method", method, arguments: values, span: spanAround(building, cst, after, method, ...values) };
}

export function buildRecord(building: Building, cst: RecordCstNode, after: number): RecordNode {
  const keyword = first(cst.children.Record);
  const targets = (cst.children.recordTarget ?? []).map((target): RecordTargetNode => {
    const segments = (target.children.recordSegment ?? []).map((segment) => buildSegment(building, segment, startOf(target, endOf(keyword, after))));
    return { kind: "recordTarget", segments, span: spanAround(building, target, endOf(keyword, after), ...segments) };
  });
  const everyToken = first(cst.children.Every);
  const every = everyToken === undefined ? null : buildExpression(building, cst.children.expression?.[0], endOf(everyToken, after));
  return { kind: "record", targets, every, span: spanAround(building, cst, after, ...targets, ...(every === null ? [] : [every])) };
}

function buildSegment(building: Building, cst: RecordSegmentCstNode, after: number): RecordSegmentNode {
  const parts = cst.children;
  const name = identifier(building, first(parts.Name), startOf(cst, after));
  const open = first(parts.LSquare);
  if (open === undefined) return { kind: "recordSegment", name, subscript: null, span: spanAround(building, cst, after, name) };
  const from = buildExpression(building, parts.expression?.[0], spanOfToken(building, open).end);
  const dots = first(parts.DotDot);
  const to = dots === undefined ? null : buildExpression(building, parts.expression?.[1], endOf(dots, from.span.end));
  return { kind: "recordSegment", name, subscript: { from, to }, span: spanAround(building, cst, after, name, from, ...(to === null ? [] : [to])) };
}
