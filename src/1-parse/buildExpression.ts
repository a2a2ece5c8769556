// Expressions: rows of operands and operators become trees by precedence.
import type { IToken, TokenType } from "chevrotain";
import type {
  ArgumentCstNode, ArgumentsCstNode, ArrayLiteralCstNode, ConditionalCstNode, ExpressionCstNode, OperandCstNode, ReferenceCstNode, SliceCstNode, SubscriptCstNode, TargetCstNode, UnitAnnotationCstNode,
  UnitHereCstNode,
} from "../../grammar/cst.d.ts"; // prettier-ignore
import {
  And, AndSigns, Arrow, AtLeast, AtMost, Caret, Equal, Equals, Greater, Less, Minus, Not, NotEqual, Or, OrBars, Plus, Slash, Star, StarStar, Bang,
} from "../../grammar/tokens.ts"; // prettier-ignore
import type { Span } from "../base/source.ts";
import { cover, span, textOf } from "../base/source.ts";
import {
  argumentLabel, arrowInExpression, chainedComparison, derivativeInExpression, equalsInExpression, needsParentheses, powerOperator, unexpected,
} from "../diagnostics/syntax.ts"; // prettier-ignore
import type {
  ArgumentNode,
  ArithmeticOperator,
  ComparisonOperator,
  ExprNode,
  IdentifierNode,
  TargetNode,
  UnitNode,
} from "./ast.ts";
import type { Building } from "./building.ts";
import { endOf, first, identifier, missing, spanAround, spanOfToken, startOf } from "./building.ts";
import { stringValue } from "./lexical.ts";

/** How tightly things bind; `not` and the signs stand between the operators. */
const LOOSEST = 0;
const NOT = 3;
const COMPARING = 4;
const SIGN = 7;
const POWER = 8;

type Meaning =
  | { readonly power: number; readonly kind: "logical"; readonly operator: "and" | "or" }
  | { readonly power: number; readonly kind: "comparison"; readonly operator: ComparisonOperator }
  | { readonly power: number; readonly kind: "binary"; readonly operator: ArithmeticOperator };

const comparing = (operator: ComparisonOperator): Meaning => ({ power: COMPARING, kind: "comparison", operator });
const arithmetic = (power: number, operator: ArithmeticOperator): Meaning => ({ power, kind: "binary", operator });

/** Loosest first; `=`, `<-` and `**` are read as what they were meant for. */
const MEANINGS: ReadonlyMap<TokenType, Meaning> = new Map<TokenType, Meaning>([
  [Or, { power: 1, kind: "logical", operator: "or" }],
  [OrBars, { power: 1, kind: "logical", operator: "or" }],
  [And, { power: 2, kind: "logical", operator: "and" }],
  [AndSigns, { power: 2, kind: "logical", operator: "and" }],
  [Less, comparing("<")],
  [AtMost, comparing("<=")],
  [Greater, comparing(">")],
  [AtLeast, comparing(">=")],
  [Equal, comparing("==")],
  [NotEqual, comparing("!=")],
  [Equals, comparing("==")],
  [Arrow, comparing("<")],
  [Plus, arithmetic(5, "+")],
  [Minus, arithmetic(5, "-")],
  [Star, arithmetic(6, "*")],
  [Slash, arithmetic(6, "/")],
  [Caret, arithmetic(POWER, "^")],
  [StarStar, arithmetic(POWER, "^")],
]);

/** `after`: where the hole is if there is no expression. */
export function buildExpression(building: Building, cst: ExpressionCstNode | undefined, after: number): ExprNode {
  return cst === undefined ? missing(building, after) : climb(row(building, cst, after), LOOSEST);
}

/** A row of operands and operators that is being read from left to right. */
interface Row {
  readonly building: Building;
  readonly operands: readonly OperandCstNode[];
  readonly operators: readonly IToken[];
  /** Operands read so far, and operators. */
  operand: number;
  operator: number;
  /** End of what was read last. */
  end: number;
}

function row(building: Building, cst: ExpressionCstNode, after: number): Row {
  return {
    building,
    operands: cst.children.operand ?? [],
    operators: cst.children.BinaryOperator ?? [],
    operand: 0,
    operator: 0,
    end: after,
  };
}

/** Reads on while operators bind at least as tightly as `power`. */
function climb(row: Row, power: number): ExprNode {
  return continued(row, prefixed(row, power), power);
}

function continued(row: Row, first: ExprNode, power: number): ExprNode {
  let left = first;
  for (;;) {
    const token = row.operators[row.operator];
    const meaning = token === undefined ? undefined : MEANINGS.get(token.tokenType);
    if (token === undefined || meaning === undefined || meaning.power < power) return left;
    row.operator++;
    row.end = endOf(token, row.end);
    complainAbout(row.building, token);
    const right = climb(row, meaning.power === POWER ? POWER : meaning.power + 1);
    const operatorSpan = spanOfToken(row.building, token);
    const whole = cover(left.span, right.span);
    if (meaning.kind === "binary")
      left = { kind: "binary", operator: meaning.operator, operatorSpan, left, right, span: whole };
    else if (meaning.kind === "logical")
      left = { kind: "logical", operator: meaning.operator, left, right, span: whole };
    else
      left = chained(row, { kind: "comparison", operator: meaning.operator, operatorSpan, left, right, span: whole });
  }
}

/** `a < b < c` is told, and read as `a < b and b < c`. */
function chained(row: Row, comparison: ExprNode & { readonly kind: "comparison" }): ExprNode {
  let joined: ExprNode = comparison;
  let middle = comparison.right;
  const texts = [textOf(comparison.span)];
  let second: Span | null = null;
  for (;;) {
    const token = row.operators[row.operator];
    const meaning = token === undefined ? undefined : MEANINGS.get(token.tokenType);
    if (token === undefined || meaning?.kind !== "comparison") break;
    row.operator++;
    row.end = endOf(token, row.end);
    const right = climb(row, COMPARING + 1);
    const operatorSpan = spanOfToken(row.building, token);
    const next: ExprNode = {
      kind: "comparison",
      operator: meaning.operator,
      operatorSpan,
      left: middle,
      right,
      span: cover(middle.span, right.span),
    };
    second ??= operatorSpan;
    texts.push(`${textOf(middle.span)} ${meaning.operator} ${textOf(right.span)}`);
    joined = { kind: "logical", operator: "and", left: joined, right: next, span: cover(joined.span, next.span) };
    middle = right;
  }
  if (second !== null)
    row.building.reportStructural(chainedComparison(second, { correct: texts.join(" and "), whole: joined.span }));
  return joined;
}

/** An operand with the signs and `not`s before it, and the powers that bind tighter than those. */
function prefixed(row: Row, power: number, taken = 0): ExprNode {
  const { building } = row;
  const cst = row.operands[row.operand];
  const sign = cst?.children.PrefixOperator?.[taken];
  if (sign === undefined) {
    const operand = buildOperand(building, cst, row.end, { power, text: textBefore(row, taken) });
    row.operand++;
    row.end = operand.span.end;
    return operand;
  }
  const before = textBefore(row, taken);
  row.end = endOf(sign, row.end);
  const negates = sign.tokenType === Not || sign.tokenType === Bang;
  const operand = continued(row, prefixed(row, negates ? NOT : SIGN, taken + 1), negates ? NOT : SIGN);
  if (sign.tokenType === Plus) return operand;
  const whole = cover(spanOfToken(building, sign), operand.span);
  if (negates && power > NOT)
    building.reportStructural(needsParentheses(spanOfToken(building, sign), { what: "not", whole, after: before }));
  return { kind: "unary", operator: negates ? "not" : "-", operand, span: whole };
}

/** What stands before a prefix: the operator or another prefix. */
function textBefore(row: Row, taken: number): string {
  const sign =
    taken > 0 ? row.operands[row.operand]?.children.PrefixOperator?.[taken - 1] : row.operators[row.operator - 1];
  return sign?.image ?? "";
}

/** Mistaken operators, whose meaning is clear all the same. */
function complainAbout(building: Building, operator: IToken): void {
  const at = spanOfToken(building, operator);
  if (operator.tokenType === Equals) building.reportStructural(equalsInExpression(at, { at }));
  if (operator.tokenType === Arrow) building.reportStructural(arrowInExpression(at, { at }));
  if (operator.tokenType === StarStar) building.report(powerOperator(at, { at }));
}

function buildOperand(
  building: Building,
  cst: OperandCstNode | undefined,
  after: number,
  before: { readonly power: number; readonly text: string },
): ExprNode {
  const parts = cst?.children;
  const number = first(parts?.NumberLiteral);
  if (number !== undefined) return buildNumber(building, number, parts?.unitHere?.[0]);
  if (parts?.reference !== undefined) return buildReference(building, parts.reference[0], after);
  if (parts?.parenthesised !== undefined) {
    const [inner] = parts.parenthesised;
    const open = endOf(first(inner?.children.LParen), after);
    const value = buildExpression(building, inner?.children.expression?.[0], open);
    return { ...value, span: spanAround(building, inner, after, [value]) };
  }
  if (parts?.arrayLiteral !== undefined) return buildArray(building, parts.arrayLiteral[0], after);
  if (parts?.conditional !== undefined) {
    const value = buildConditional(building, parts.conditional[0], after);
    if (before.power > LOOSEST)
      building.reportStructural(
        needsParentheses(span(value.span.source, value.span.start, value.span.start + 2), {
          what: "if",
          whole: value.span,
          after: before.text,
        }),
      );
    return value;
  }
  const string = first(parts?.StringLiteral);
  if (string !== undefined)
    return { kind: "string", value: stringValue(string.image), span: spanOfToken(building, string) };
  return missing(building, after);
}

function buildNumber(building: Building, number: IToken, unitHere: UnitHereCstNode | undefined): ExprNode {
  const unit = first(unitHere?.children.Unit);
  const whole = cover(
    spanOfToken(building, number),
    spanOfToken(building, unit ?? first(unitHere?.children.UnknownUnit) ?? number),
  );
  // What the lexer has complained about is a hole from here on.
  if (unitHere?.children.UnknownUnit !== undefined || Number(number.image) === Infinity)
    return { kind: "missing", span: whole };
  return { kind: "number", text: number.image, unit: unitOfToken(building, unit), span: whole };
}

function unitOfToken(building: Building, token: IToken | undefined): UnitNode | null {
  return token === undefined ? null : { kind: "unit", text: token.image, span: spanOfToken(building, token) };
}

function buildArray(building: Building, cst: ArrayLiteralCstNode | undefined, after: number): ExprNode {
  const parts = cst?.children;
  const open = endOf(first(parts?.LSquare), after);
  const elements = (parts?.expression ?? []).map((element) => buildExpression(building, element, open));
  const whole = spanAround(building, cst, after, [...elements]);
  const unitHere = parts?.unitHere?.[0];
  if (unitHere?.children.UnknownUnit !== undefined) return { kind: "missing", span: whole };
  return { kind: "array", elements, unit: unitOfToken(building, first(unitHere?.children.Unit)), span: whole };
}

function buildConditional(building: Building, cst: ConditionalCstNode | undefined, after: number): ExprNode {
  const parts = cst?.children;
  const [conditionCst, thenCst, otherwiseCst] = parts?.expression ?? [];
  const condition = buildExpression(building, conditionCst, endOf(first(parts?.If), after));
  const then = buildExpression(building, thenCst, endOf(first(parts?.Then), condition.span.end));
  const otherwise = buildExpression(building, otherwiseCst, endOf(first(parts?.Else), then.span.end));
  return {
    kind: "conditional",
    condition,
    then,
    otherwise,
    span: spanAround(building, cst, after, [condition, then, otherwise]),
  };
}

function buildReference(building: Building, cst: ReferenceCstNode | undefined, after: number): ExprNode {
  const parts = cst?.children;
  const path = buildPath(building, parts?.Name, parts?.Dot, after);
  const pathEnd = path[path.length - 1]?.span.end ?? after;
  const call = parts?.arguments?.[0];
  const prime = first(parts?.Prime);
  if (prime !== undefined) {
    const whole = spanAround(building, cst, after, [...path]);
    building.report(derivativeInExpression(whole, { target: textOf(whole).replace(/['′’]$/u, "") }));
    return { kind: "missing", span: whole };
  }
  if (call !== undefined) {
    const values = buildArguments(building, call, pathEnd);
    const whole = spanAround(building, cst, after, [...path, ...values]);
    const [callee, ...more] = path;
    if (callee !== undefined && more.length === 0) return { kind: "call", callee, arguments: values, span: whole };
    const help = ["a function is called by its name alone: `f(x)`"];
    building.report(
      unexpected(span(building.source, pathEnd, pathEnd + 1), { found: "`(`", place: "after a name with a dot", help }),
    );
    return { kind: "missing", span: whole };
  }
  const indices = buildSubscript(building, parts?.subscript?.[0], pathEnd);
  return { kind: "reference", path, indices, span: spanAround(building, cst, after, [...path, ...indices]) };
}

/** `Na.m`; a dot that nothing follows has a hole behind it. */
function buildPath(
  building: Building,
  names: readonly IToken[] | undefined,
  dots: readonly IToken[] | undefined,
  after: number,
): IdentifierNode[] {
  const found = names ?? [];
  const path = found.map((name, i) => identifier(building, name, endOf(dots?.[i - 1], after)));
  const lastDot = dots?.[found.length - 1];
  if (path.length === 0 || lastDot !== undefined) path.push(identifier(building, undefined, endOf(lastDot, after)));
  return path;
}

function buildSubscript(building: Building, cst: SubscriptCstNode | undefined, after: number): ExprNode[] {
  const open = endOf(first(cst?.children.LSquare), after);
  return (cst?.children.expression ?? []).map((index) => buildExpression(building, index, open));
}

export function buildTarget(building: Building, cst: TargetCstNode | undefined, after: number): TargetNode {
  const sliced = first(cst?.children.sliced);
  const population = sliced === undefined ? [] : [identifier(building, sliced, after)];
  const neurons = buildSlice(building, cst?.children.slice?.[0], endOf(sliced, after));
  const open = endOf(first(cst?.children.behind), after);
  const path = [...population, ...buildPath(building, cst?.children.Name, cst?.children.Dot, open)];
  const indices = buildSubscript(building, cst?.children.subscript?.[0], path[path.length - 1]?.span.end ?? after);
  return { kind: "target", path, neurons, indices, span: spanAround(building, cst, after, [...path, ...indices]) };
}

/** `[3]`, `[0..9]`; null where there are no brackets. */
export function buildSlice(
  building: Building,
  cst: SliceCstNode | undefined,
  after: number,
): { readonly from: ExprNode; readonly to: ExprNode | null } | null {
  if (cst === undefined) return null;
  const from = buildExpression(building, cst.children.expression?.[0], endOf(first(cst.children.LSquare), after));
  const dots = first(cst.children.DotDot);
  return {
    from,
    to: dots === undefined ? null : buildExpression(building, cst.children.expression?.[1], endOf(dots, from.span.end)),
  };
}

export function buildArguments(building: Building, cst: ArgumentsCstNode | undefined, after: number): ArgumentNode[] {
  const open = endOf(first(cst?.children.LParen), after);
  return (cst?.children.argument ?? []).map((argument) => buildArgument(building, argument, open));
}

export function buildArgument(building: Building, cst: ArgumentCstNode, after: number): ArgumentNode {
  const [head, labelled] = cst.children.expression ?? [];
  const colon = first(cst.children.Colon);
  if (head !== undefined && colon === undefined && head.children.BinaryOperator?.[0]?.tokenType === Equals)
    return mislabelled(building, head, after);
  const start = buildExpression(building, head, startOf(cst, after));
  if (colon === undefined)
    return { kind: "argument", label: null, value: start, span: spanAround(building, cst, after, [start]) };
  const value = buildExpression(building, labelled, endOf(colon, start.span.end));
  return { kind: "argument", label: start, value, span: spanAround(building, cst, after, [start, value]) };
}

/** `from = 100 ms` among arguments: told, and read as `from: 100 ms`. */
function mislabelled(building: Building, cst: ExpressionCstNode, after: number): ArgumentNode {
  const reading = row(building, cst, after);
  const label = prefixed(reading, SIGN);
  const sign = reading.operators[reading.operator++];
  reading.end = endOf(sign, reading.end);
  if (sign !== undefined)
    building.report(
      argumentLabel(spanOfToken(building, sign), { label: textOf(label.span), at: spanOfToken(building, sign) }),
    );
  const value = climb(reading, LOOSEST);
  return { kind: "argument", label, value, span: cover(label.span, value.span) };
}

/** After a colon, without the white space inside. */
export function buildUnit(building: Building, cst: UnitAnnotationCstNode | undefined): UnitNode | null {
  if (cst === undefined) return null;
  const whole: Span = spanAround(building, cst, NaN);
  if (Number.isNaN(whole.start) || cst.recoveredNode === true) return null;
  return { kind: "unit", text: textOf(whole).replace(/\s/gu, ""), span: whole };
}
