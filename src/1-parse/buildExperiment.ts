// The members of experiments.
import type { TokenType } from "chevrotain";
import type {
  DirectiveCstNode,
  MethodCstNode,
  RecordCstNode,
  RecordSegmentCstNode,
  RecordTargetCstNode,
} from "../../grammar/cst.d.ts";
import { Duration, Seed, Step } from "../../grammar/tokens.ts";
import type { DirectiveNode, MethodNode, RecordNode, RecordSegmentNode, RecordTargetNode } from "./ast.ts";
import { buildArguments, buildExpression, buildSlice } from "./buildExpression.ts";
import type { Building } from "./building.ts";
import { endOf, first, identifier, spanAround, startOf } from "./building.ts";

const DIRECTIVES: ReadonlyMap<TokenType, DirectiveNode["directive"]> = new Map([[Duration, "duration"], [Step, "step"], [Seed, "seed"]]); // prettier-ignore

export function buildDirective(building: Building, cst: DirectiveCstNode, after: number): DirectiveNode {
  const word = first(cst.children.DirectiveWord);
  const value = buildExpression(building, cst.children.expression?.[0], endOf(word, after));
  const directive = (word === undefined ? undefined : DIRECTIVES.get(word.tokenType)) ?? "duration";
  return { kind: "directive", directive, value, span: spanAround(building, cst, after, [value]) };
}

export function buildMethod(building: Building, cst: MethodCstNode, after: number): MethodNode {
  const method = identifier(building, first(cst.children.Name), endOf(first(cst.children.Method), after));
  const values = buildArguments(building, cst.children.arguments?.[0], method.span.end);
  return { kind: "method", method, arguments: values, span: spanAround(building, cst, after, [method, ...values]) };
}

export function buildRecord(building: Building, cst: RecordCstNode, after: number): RecordNode {
  const keyword = first(cst.children.Record);
  const targets = (cst.children.recordTarget ?? []).map((target) =>
    buildRecordTarget(building, target, endOf(keyword, after)),
  );
  const everyToken = first(cst.children.Every);
  const every =
    everyToken === undefined ? null : buildExpression(building, cst.children.expression?.[0], endOf(everyToken, after));
  return {
    kind: "record",
    targets,
    every,
    span: spanAround(building, cst, after, [...targets, ...(every === null ? [] : [every])]),
  };
}

/** `E[0..9].V` */
export function buildRecordTarget(building: Building, cst: RecordTargetCstNode, after: number): RecordTargetNode {
  const segments = (cst.children.recordSegment ?? []).map((segment) =>
    buildSegment(building, segment, startOf(cst, after)),
  );
  return { kind: "recordTarget", segments, span: spanAround(building, cst, after, [...segments]) };
}

function buildSegment(building: Building, cst: RecordSegmentCstNode, after: number): RecordSegmentNode {
  const name = identifier(building, first(cst.children.Name), startOf(cst, after));
  const subscript = buildSlice(building, cst.children.slice?.[0], name.span.end);
  const inside = subscript === null ? [] : subscript.to === null ? [subscript.from] : [subscript.from, subscript.to];
  return { kind: "recordSegment", name, subscript, span: spanAround(building, cst, after, [name, ...inside]) };
}
