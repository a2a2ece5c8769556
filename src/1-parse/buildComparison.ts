// The members of comparisons and fits: variants, experiments, measures, what they are held against, seeds, sweeps, free numbers, windows. One node for each item of a list.
import type { CstNode, IToken } from "chevrotain";
import type {
  ComparedToCstNode, EvaluationsCstNode, FittedCstNode, FreeCstNode, FreeNumberCstNode, MeasureArgumentCstNode, MeasuresCstNode, RangeCstNode, SeedsCstNode, SweepCstNode, UnderCstNode,
  VariantBlockCstNode, VariantCstNode, VariantsCstNode, WindowsCstNode,
} from "../../grammar/cst.d.ts"; // prettier-ignore
import { cover, span, textOf } from "../base/source.ts";
import { expected, unexpected } from "../diagnostics/syntax.ts";
import type {
  ComparedToNode,
  EvaluationsNode,
  ExprNode,
  FreeNode,
  MeasureArgumentNode,
  MeasureNode,
  PartNode,
  SeedsNode,
  StringNode,
  SweepNode,
  UnderNode,
  VariantMemberNode,
  VariantNode,
  WindowNode,
} from "./ast.ts";
import { buildExpression, buildTarget } from "./buildExpression.ts";
import { buildRecordTarget } from "./buildExperiment.ts";
import type { Building } from "./building.ts";
import { endOf, first, identifier, missing, spanAround, spanOfToken, startOf } from "./building.ts";
import { stringValue } from "./lexical.ts";
import { wordAt } from "./sequence.ts";

/** `membersOf` reads the braces of a variant. */
export function buildVariants(
  building: Building,
  cst: VariantsCstNode,
  after: number,
  membersOf: (block: VariantBlockCstNode, after: number) => VariantMemberNode[],
): VariantNode[] {
  const keywordEnd = endOf(first(cst.children.VariantsWord), after);
  checkList(
    building,
    keywordEnd,
    cst.children.VariantsWord,
    cst.children.variant,
    cst.children.Comma,
    "the name of a neuron or a network",
  );
  return (cst.children.variant ?? []).map((variant) =>
    buildVariant(building, variant, startOf(variant, keywordEnd), membersOf),
  );
}

/** The models in the head of a fit. */
export function buildFitted(
  building: Building,
  cst: FittedCstNode,
  after: number,
  membersOf: (block: VariantBlockCstNode, after: number) => VariantMemberNode[],
): VariantNode[] {
  const start = endOf(first(cst.children.Of), after);
  return (cst.children.variant ?? []).map((v) => buildVariant(building, v, startOf(v, start), membersOf));
}

function buildVariant(
  building: Building,
  cst: VariantCstNode,
  after: number,
  membersOf: (block: VariantBlockCstNode, after: number) => VariantMemberNode[],
): VariantNode {
  const model = identifier(building, first(cst.children.Name), after);
  const block = cst.children.variantBlock?.[0];
  const members = block === undefined ? [] : membersOf(block, endOf(first(block.children.LBrace), model.span.end));
  const text = first(cst.children.StringLiteral);
  const label: StringNode | null =
    text === undefined ? null : { kind: "string", value: stringValue(text.image), span: spanOfToken(building, text) };
  return {
    kind: "variant",
    model,
    members,
    label,
    span: spanAround(building, cst, after, [model, ...members, ...(label === null ? [] : [label])]),
  };
}

export function buildUnder(building: Building, cst: UnderCstNode, after: number): UnderNode[] {
  const keywordEnd = endOf(first(cst.children.Under), after);
  checkList(
    building,
    keywordEnd,
    cst.children.Under,
    cst.children.Name,
    cst.children.Comma,
    "the name of an experiment",
  );
  return (cst.children.Name ?? []).map((token) => {
    const experiment = identifier(building, token, keywordEnd);
    return { kind: "under", experiment, span: experiment.span };
  });
}

export function buildMeasures(building: Building, cst: MeasuresCstNode, after: number): MeasureNode[] {
  const keywordEnd = endOf(first(cst.children.Measure), after);
  checkList(
    building,
    keywordEnd,
    cst.children.Measure,
    cst.children.measure,
    cst.children.Comma,
    "the name of a measure",
  );
  return (cst.children.measure ?? []).map((measure) => {
    const name = identifier(building, first(measure.children.Name), startOf(measure, keywordEnd));
    const values = (measure.children.measureArgument ?? []).map((a) =>
      buildMeasureArgument(building, a, endOf(first(measure.children.LParen), name.span.end)),
    );
    const weight = first(measure.children.NumberLiteral);
    const sign = first(measure.children.Minus);
    return {
      kind: "measure",
      weight: weight === undefined ? null : weightOf(building, weight, sign),
      name,
      arguments: values,
      span: spanAround(building, measure, keywordEnd, [name, ...values]),
    };
  });
}

/** One below 0 is read, so that what is wrong with it can be told. */
function weightOf(building: Building, weight: IToken, sign: IToken | undefined): ExprNode {
  const at = spanOfToken(building, weight);
  const number: ExprNode = { kind: "number", text: weight.image, unit: null, span: at };
  return sign === undefined
    ? number
    : { kind: "unary", operator: "-", operand: number, span: cover(spanOfToken(building, sign), at) };
}

function buildMeasureArgument(building: Building, cst: MeasureArgumentCstNode, after: number): MeasureArgumentNode {
  const { Name: names, Colon, recordTarget, expression } = cst.children;
  const colon = first(Colon);
  const label = colon === undefined ? null : identifier(building, first(names), startOf(cst, after));
  const start = endOf(colon, startOf(cst, after));
  const value =
    recordTarget?.[0] === undefined
      ? buildExpression(building, expression?.[0], start)
      : buildRecordTarget(building, recordTarget[0], start);
  return {
    kind: "measureArgument",
    label,
    value,
    span: spanAround(building, cst, after, [...(label === null ? [] : [label]), value]),
  };
}

export function buildComparedTo(building: Building, cst: ComparedToCstNode, after: number): ComparedToNode {
  const value = buildExpression(building, cst.children.expression?.[0], endOf(first(cst.children.Reference), after));
  return { kind: "comparedTo", value, span: spanAround(building, cst, after, [value]) };
}

export function buildSeeds(building: Building, cst: SeedsCstNode, after: number): SeedsNode {
  const value = buildExpression(building, cst.children.expression?.[0], endOf(first(cst.children.Seeds), after));
  return { kind: "seeds", value, span: spanAround(building, cst, after, [value]) };
}

export function buildSweep(building: Building, cst: SweepCstNode, after: number): SweepNode {
  const parts = cst.children;
  const target =
    parts.target?.[0] === undefined
      ? emptyTarget(building, endOf(first(parts.Sweep), after))
      : buildTarget(building, parts.target[0], endOf(first(parts.Sweep), after));
  const tilde = first(parts.Tilde);
  const dots = first(parts.DotDot);
  const counting = parts.sweepCount?.[0];
  const given = [...(parts.expression ?? [])];
  const start = buildExpression(building, given.shift(), endOf(tilde ?? first(parts.Over), target.span.end));
  const end = dots === undefined ? null : buildExpression(building, given.shift(), endOf(dots, start.span.end));
  const behind = (end ?? start).span.end;
  const countExpr =
    counting === undefined
      ? null
      : buildExpression(building, counting.children.expression?.[0], endOf(first(counting.children.In), behind));
  const whole = spanAround(building, cst, after, [target, start, ...[end, countExpr].filter((e) => e !== null)]);
  const count: ExprNode = countExpr ?? missing(building, behind);
  complain(building, cst, start, end, count);
  const node = { kind: "sweep" as const, target, span: whole };
  if (tilde !== undefined) return { ...node, values: { kind: "draws", draw: start, count } };
  if (end === null) return { ...node, values: { kind: "list", list: start } };
  return {
    ...node,
    values: {
      kind: "range",
      from: start,
      to: end,
      steps: count,
      logarithmic: first(counting?.children.Logarithmic) !== undefined,
    },
  };
}

export function buildFree(building: Building, cst: FreeCstNode, after: number): FreeNode[] {
  const { Free, freeNumber, Comma } = cst.children;
  const keywordEnd = endOf(first(Free), after);
  checkList(building, keywordEnd, Free, freeNumber, Comma, "the name of what is free");
  return (freeNumber ?? []).map((n) => buildFreeNumber(building, n, startOf(n, keywordEnd)));
}

function buildFreeNumber(building: Building, cst: FreeNumberCstNode, after: number): FreeNode {
  const { target: targets, In, range, Logarithmic } = cst.children;
  const target = targets?.[0] === undefined ? emptyTarget(building, after) : buildTarget(building, targets[0], after);
  const { from, to } = buildRange(building, range?.[0], endOf(first(In), target.span.end));
  return {
    kind: "free",
    target,
    from,
    to,
    logarithmic: first(Logarithmic) !== undefined,
    span: spanAround(building, cst, after, [target, from, to]),
  };
}

function buildRange(
  building: Building,
  cst: RangeCstNode | undefined,
  after: number,
): { readonly from: ExprNode; readonly to: ExprNode } {
  const from = buildExpression(building, cst?.children.expression?.[0], after);
  const to = buildExpression(
    building,
    cst?.children.expression?.[1],
    endOf(first(cst?.children.DotDot), from.span.end),
  );
  return { from, to };
}

export function buildWindows(building: Building, cst: WindowsCstNode, after: number): (WindowNode | PartNode)[] {
  const word = first(cst.children.WindowWord);
  const start = endOf(word, after);
  return (cst.children.part ?? []).map((part) => {
    const [one, other] = part.children.expression ?? [];
    const from = buildExpression(building, one, start);
    const dots = first(part.children.DotDot);
    const to = dots === undefined ? null : buildExpression(building, other, endOf(dots, from.span.end));
    const node = { from, to, span: spanAround(building, part, start, [from, ...(to === null ? [] : [to])]) };
    if (word?.image === "train" || word?.image === "test") return { kind: "part", role: word.image, ...node };
    return { kind: "window", ...node };
  });
}

export function buildEvaluations(building: Building, cst: EvaluationsCstNode, after: number): EvaluationsNode {
  const value = buildExpression(building, cst.children.expression?.[0], endOf(first(cst.children.Evaluations), after));
  return { kind: "evaluations", value, span: spanAround(building, cst, after, [value]) };
}

/** A list has its word once, something in it, and commas between. */
function checkList(
  building: Building,
  keywordEnd: number,
  words: readonly IToken[] | undefined,
  items: readonly (CstNode | IToken)[] | undefined,
  commas: readonly IToken[] | undefined,
  what: string,
): void {
  const { source } = building;
  const doubled = words?.[1];
  if (doubled !== undefined)
    building.reportStructural(
      unexpected(spanOfToken(building, doubled), { found: `\`${doubled.image}\``, place: "here once more" }),
    );
  const here = span(source, keywordEnd, keywordEnd);
  if (items === undefined)
    building.reportStructural(
      expected(here, { expected: `${what} after \`${words?.[0]?.image ?? ""}\``, found: "the line ends here" }),
    );
  for (const [k, item] of items?.entries() ?? []) {
    if (k === 0) continue;
    const [before, start] = [endOf(items?.[k - 1], keywordEnd), startOf(item, keywordEnd)];
    if (commas?.some((c) => c.startOffset >= before && c.startOffset < start) === true) continue;
    const at = wordAt(building, start);
    const fixes = [
      {
        title: "insert `,`",
        edits: [{ span: span(source, before, before), newText: "," }],
        confidence: "likely" as const,
      },
    ];
    building.reportStructural(
      expected(at, { expected: `\`,\` or a new line before \`${textOf(at)}\``, found: "", fixes }),
    );
  }
}

/** A range has steps, draws have a number of them, and a list has neither. */
function complain(building: Building, cst: SweepCstNode, start: ExprNode, end: ExprNode | null, count: ExprNode): void {
  const parts = cst.children;
  const counting = parts.sweepCount?.[0];
  const [tilde, dots, steps, draws] = [
    parts.Tilde,
    parts.DotDot,
    counting?.children.Steps,
    counting?.children.Draws,
  ].map((p) => first(p));
  if (
    cst.recoveredNode === true ||
    counting?.recoveredNode === true ||
    start.kind === "missing" ||
    end?.kind === "missing"
  )
    return;
  const behind = span(building.source, (end ?? start).span.end, (end ?? start).span.end);
  if (tilde !== undefined) {
    if (dots !== undefined)
      building.report(
        unexpected(spanOfToken(building, dots), {
          found: "`..`",
          place: "behind `~`",
          help: ["a range follows `over`: `sweep b_s over 0.01 /ms .. 0.1 /ms in 20 steps`"],
        }),
      );
    else if (counting === undefined)
      building.reportStructural(expected(behind, { expected: "`in 100 draws` after the distribution", found: "" }));
    else if (steps !== undefined) replaceWord(building, steps, "draws", "after a distribution");
    return;
  }
  if (end !== null) {
    if (counting === undefined)
      building.reportStructural(expected(behind, { expected: "`in 20 steps` after the range of a sweep", found: "" }));
    else if (draws !== undefined) replaceWord(building, draws, "steps", "after a range");
    return;
  }
  if (counting === undefined) {
    if (start.kind !== "array")
      building.report(
        expected(start.span, {
          expected: "a range or a list after `over`",
          found: `found \`${textOf(start.span)}\``,
          help: ["write `0.01 /ms .. 0.1 /ms in 20 steps`, or `[1, 2, 5] ms`"],
        }),
      );
    return;
  }
  if (start.kind === "array") {
    const at = span(building.source, startOf(counting, behind.start), endOf(counting, count.span.end));
    building.report(
      unexpected(at, {
        found: `\`${textOf(at)}\``,
        place: "behind a list",
        help: ["the values of a list are counted already"],
      }),
    );
  } else
    building.report(
      expected(behind, {
        expected: "`..` and the end of the range",
        found: "",
        help: ["write `0.01 /ms .. 0.1 /ms in 20 steps`"],
      }),
    );
}

function replaceWord(building: Building, token: IToken, word: string, place: string): void {
  const at = spanOfToken(building, token);
  building.report(
    expected(at, {
      expected: `\`${word}\` ${place}`,
      found: `found \`${token.image}\``,
      fixes: [{ title: `write \`${word}\``, edits: [{ span: at, newText: word }], confidence: "certain" }],
    }),
  );
}

function emptyTarget(building: Building, after: number): SweepNode["target"] {
  return { kind: "target", path: [], neurons: null, indices: [], span: span(building.source, after, after) };
}
