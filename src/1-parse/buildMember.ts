// The members of neurons and mechanisms, and the quantities and functions that other places have too.
import type { IToken, TokenType } from "chevrotain";
import type {
  EventCstNode, ExpressionCstNode, PeriodicCstNode, FunctionDeclarationCstNode, HoldOrDropCstNode, IndexCstNode, InterpretCstNode, NoiseCstNode, QuantitiesCstNode, QuantityCstNode, RefractoryCstNode,
  ResetBlockCstNode, SpikeCstNode, UseCstNode,
} from "../../grammar/cst.d.ts"; // prettier-ignore
import { Const, Equals, Input, Let, Param, State, Tilde } from "../../grammar/tokens.ts";
import { nearNames } from "../base/nearNames.ts";
import { cover, span, textOf } from "../base/source.ts";
import {
  arrivalEnd,
  expected,
  missingBraces,
  spikeCondition,
  unknownCalculus,
  wrongOperator,
} from "../diagnostics/syntax.ts";
import type {
  ArrivalNode, BlockNode, EventNode, ExprNode, FunctionNode, IndexNode, InterpretNode, NoiseNode, QuantityNode, RefractoryNode, ResetNode, SpikeNode, TargetNode, UseNode,
} from "./ast.ts"; // prettier-ignore
import { buildExpression, buildTarget, buildUnit } from "./buildExpression.ts";
import type { Building } from "./building.ts";
import { endOf, first, identifier, missing, nameOf, spanAround, spanOfToken, startOf } from "./building.ts";
import { buildAssignment, buildBlock, buildSettings } from "./buildStatement.ts";
import { checkSequence } from "./sequence.ts";

const ROLES: ReadonlyMap<TokenType, QuantityNode["role"]> = new Map([[Param, "param"], [Const, "const"], [Input, "input"], [State, "state"], [Let, "let"]]); // prettier-ignore

/** What a role is called in a message. */
export const ROLE_NAMES: Readonly<Record<QuantityNode["role"], string>> = {
  param: "a parameter",
  const: "a constant",
  input: "an input",
  state: "a state",
  let: "a named expression",
  weight: "a weight",
};

export function buildQuantities(building: Building, cst: QuantitiesCstNode, after: number): QuantityNode[] {
  const [weight, single] = [first(cst.children.Weight), first(cst.children.Single)];
  const keyword = first(cst.children.QuantityKeyword) ?? weight ?? single;
  const role =
    weight === undefined && single === undefined ? ((keyword && ROLES.get(keyword.tokenType)) ?? "let") : "weight";
  const listStart = startOf(cst, after);
  let end = endOf(keyword, after);
  return (cst.children.quantity ?? []).map((item, i) => {
    const quantity = buildQuantity(
      building,
      item,
      { role, single: single !== undefined },
      end,
      i === 0 ? listStart : startOf(item, end),
    );
    end = quantity.span.end;
    return quantity;
  });
}

/** `start`: of the item with, for the first one, the keyword before it. */
function buildQuantity(
  building: Building,
  cst: QuantityCstNode,
  kind: Pick<QuantityNode, "role" | "single">,
  after: number,
  start: number,
): QuantityNode {
  const { role } = kind;
  const parts = cst.children;
  const [nameToken, ...indexTokens] = parts.Name ?? [];
  const name = identifier(building, nameToken, after);
  const indices = indexTokens.map((token) => identifier(building, token, name.span.end));
  const unit = buildUnit(building, parts.unitAnnotation?.[0]);
  const operator = first(parts.AssignmentOperator);
  const headEnd = endOf(operator, unit?.span.end ?? indices[indices.length - 1]?.span.end ?? name.span.end);
  const expression = parts.expression?.[0];
  let value: ExprNode | null =
    operator === undefined && expression === undefined ? null : buildExpression(building, expression, headEnd);
  if (operator !== undefined && operator.tokenType !== Equals) {
    const at = spanOfToken(building, operator);
    const drawn = operator.tokenType === Tilde && (role === "param" || role === "weight" || role === "state");
    building.report(
      wrongOperator(at, {
        written: operator.image,
        wanted: "=",
        place: `the value of ${ROLE_NAMES[role]}`,
        at,
        ...(drawn
          ? {
              help: `give it one value here; what differs is drawn in the braces of a population or a connection: \`{ ${name.name} ~ ${value === null ? "…" : textOf(value.span)} }\``,
              fixes: [],
            }
          : {}),
      }),
    );
  }
  if (operator === undefined && value !== null) {
    const wanted = unit === null ? "`=` or `:`" : "`=`";
    const fixes = [
      {
        title: "insert `=`",
        edits: [{ span: span(building.source, value.span.start, value.span.start), newText: "= " }],
        confidence: "likely" as const,
      },
    ];
    building.reportStructural(
      expected(value.span, { expected: `${wanted} after the name of ${ROLE_NAMES[role]}`, found: "", fixes }),
    );
  }
  if (value === null && (role === "let" || role === "const") && cst.recoveredNode !== true && name.name !== "") {
    building.reportStructural(
      expected(span(building.source, headEnd, headEnd), {
        expected: `\`=\` and a value after the name of ${ROLE_NAMES[role]}`,
        found: "",
      }),
    );
    value = missing(building, headEnd);
  }
  const whole = spanAround(building, cst, after, [
    name,
    ...indices,
    ...(unit === null ? [] : [unit]),
    ...(value === null ? [] : [value]),
  ]);
  const withKeyword = span(building.source, Math.min(start, whole.start), whole.end);
  return {
    kind: "quantity",
    ...kind,
    name,
    indices,
    unit,
    value,
    doc: building.docs.of(withKeyword.start, whole.end),
    span: withKeyword,
  };
}

export function buildIndex(building: Building, cst: IndexCstNode, after: number): IndexNode {
  const parts = cst.children;
  const name = identifier(building, first(parts.Name), endOf(first(parts.Index), after));
  const from = buildExpression(building, parts.expression?.[0], endOf(first(parts.Equals), name.span.end));
  const to = buildExpression(building, parts.expression?.[1], endOf(first(parts.DotDot), from.span.end));
  return { kind: "index", name, from, to, span: spanAround(building, cst, after, [name, from, to]) };
}

export function buildFunction(building: Building, cst: FunctionDeclarationCstNode, after: number): FunctionNode {
  const parts = cst.children;
  const name = identifier(building, first(parts.Name), endOf(first(parts.Function), after));
  const parameters = (parts.functionParameter ?? []).map((parameter) => {
    const parameterName = identifier(building, first(parameter.children.Name), startOf(parameter, name.span.end));
    const unit = buildUnit(building, parameter.children.unitAnnotation?.[0]);
    const whole = spanAround(building, parameter, name.span.end, [parameterName, ...(unit === null ? [] : [unit])]);
    return { kind: "functionParameter" as const, name: parameterName, unit, span: whole };
  });
  const unit = buildUnit(building, parts.unitAnnotation?.[0]);
  const headEnd = endOf(first(parts.Equals) ?? first(parts.RParen), name.span.end);
  const body = buildExpression(building, parts.expression?.[0], headEnd);
  const whole = spanAround(building, cst, after, [name, ...parameters, body]);
  return { kind: "function", name, parameters, unit, body, doc: building.docs.of(whole.start, whole.end), span: whole };
}

export function buildNoise(building: Building, cst: NoiseCstNode, after: number): NoiseNode[] {
  const keyword = first(cst.children.Noise);
  let end = endOf(keyword, after);
  return (cst.children.Name ?? []).map((token, i) => {
    const name = identifier(building, token, end);
    const whole = i === 0 && keyword !== undefined ? cover(spanOfToken(building, keyword), name.span) : name.span;
    end = name.span.end;
    return { kind: "noise", name, doc: building.docs.of(whole.start, whole.end), span: whole };
  });
}

const CALCULI: ReadonlyMap<string, InterpretNode["calculus"]> = new Map([["Itô", "ito"], ["Ito", "ito"], ["Stratonovich", "stratonovich"]]); // prettier-ignore

export function buildInterpret(building: Building, cst: InterpretCstNode, after: number): InterpretNode {
  const word = first(cst.children.Name);
  const calculus = word === undefined ? null : (CALCULI.get(nameOf(word.image)) ?? null);
  if (word !== undefined && calculus === null) {
    const at = spanOfToken(building, word);
    building.report(
      unknownCalculus(at, { word: word.image, at, near: nearNames(nameOf(word.image), CALCULI.keys(), 1)[0] ?? null }),
    );
  }
  return { kind: "interpret", calculus, span: spanAround(building, cst, after) };
}

export function buildUse(building: Building, cst: UseCstNode, after: number): UseNode {
  const parts = cst.children;
  const [mechanismToken, aliasToken] = parts.Name ?? [];
  const mechanism = identifier(building, mechanismToken, endOf(first(parts.Use), after));
  const as = first(parts.As);
  const alias = as === undefined ? null : identifier(building, aliasToken, endOf(as, mechanism.span.end));
  const settings = buildSettings(building, parts.assignments?.[0], mechanism.span.end);
  return { kind: "use", mechanism, alias, settings, span: spanAround(building, cst, after, [mechanism, ...settings]) };
}

export function buildSpike(building: Building, cst: SpikeCstNode, after: number): SpikeNode {
  const parts = cst.children;
  const mode = parts.With === undefined ? "when" : "rate";
  const word = first(parts.When) ?? first(parts.Rate) ?? first(parts.With) ?? first(parts.If);
  const value = buildExpression(building, parts.expression?.[0], endOf(word ?? first(parts.Spike), after));
  const wrong = first(parts.If);
  if (wrong !== undefined) {
    building.report(spikeCondition(spanOfToken(building, wrong), { at: spanOfToken(building, wrong), written: "if" }));
  } else if (word === undefined && value.kind !== "missing") {
    building.report(
      spikeCondition(value.span, { at: span(building.source, value.span.start, value.span.start), written: "" }),
    );
  }
  return { kind: "spike", mode, value, span: spanAround(building, cst, after, [value]) };
}

export function buildEvent(building: Building, cst: EventCstNode, after: number): EventNode {
  const condition = buildExpression(building, cst.children.expression?.[0], endOf(first(cst.children.On), after));
  const block = buildBody(building, cst, condition.span.end, "an event");
  return {
    kind: "event",
    condition,
    every: null,
    ...block,
    span: spanAround(building, cst, after, [condition, ...block.assignments]),
  };
}

/** `every 100 ms from 1 s to 5 s { … }` */
export function buildPeriodic(building: Building, cst: PeriodicCstNode, after: number): EventNode {
  const p = cst.children;
  const condition = buildExpression(building, p.expression?.[0], endOf(first(p.Every), after));
  const bound = (word: IToken | undefined, given: ExpressionCstNode | undefined): ExprNode | null =>
    word === undefined ? null : buildExpression(building, given, endOf(word, condition.span.end));
  const [from, to] = [bound(first(p.From), p.from?.[0]), bound(first(p.until), p.to?.[0])];
  const end = to?.span.end ?? from?.span.end ?? condition.span.end;
  const block = buildBlock(building, p.assignments?.[0], end, "an event");
  const inside = [condition, ...[from, to].filter((e) => e !== null), ...block.assignments];
  return { kind: "event", condition, every: { from, to }, ...block, span: spanAround(building, cst, after, inside) };
}

/** In a synapse: `on pre { … }`, `on post { … }`; null where it is neither, which is told. */
export function buildArrival(building: Building, cst: EventCstNode, after: number): ArrivalNode | null {
  const { condition, locals, assignments, span: whole } = buildEvent(building, cst, after);
  const block = { locals, assignments, span: whole };
  if (condition.kind === "missing") {
    building.reportStructural(arrivalEnd(condition.span, { meant: null, at: condition.span }));
    return null;
  }
  const word = condition.kind === "reference" ? (condition.path[0]?.name ?? "") : "";
  const isEnd = condition.kind === "reference" && condition.path.length === 1 && condition.indices.length === 0;
  if (isEnd && (word === "pre" || word === "post")) return { kind: "arrival", end: word, ...block };
  const [, end] = /^(pre|post)(?:_|syn|$)/i.exec(word) ?? [];
  const meant = end === undefined ? null : end.toLowerCase() === "pre" ? "pre" : "post";
  building.report(arrivalEnd(condition.span, { meant, at: condition.span }));
  return meant === null ? null : { kind: "arrival", end: meant, ...block };
}

export function buildReset(building: Building, cst: ResetBlockCstNode, after: number): ResetNode {
  const block = buildBody(building, cst, endOf(first(cst.children.Reset), after), "a reset");
  return { kind: "reset", ...block, span: spanAround(building, cst, after, [...block.assignments]) };
}

/** What stands in braces, or should. */
function buildBody(
  building: Building,
  { children }: EventCstNode | ResetBlockCstNode,
  after: number,
  place: string,
): Pick<BlockNode, "locals" | "assignments"> {
  const bare = children.statement?.[0];
  if (bare === undefined) return buildBlock(building, children.assignments?.[0], after, place);
  const assignments = buildAssignment(building, bare, after, place);
  const [only] = assignments;
  if (only === undefined) return { locals: [], assignments };
  const [start, end] = [
    span(building.source, only.span.start, only.span.start),
    span(building.source, only.span.end, only.span.end),
  ];
  const edits = [{ span: start, newText: "{ " }, { span: end, newText: " }" }]; // prettier-ignore
  building.report(missingBraces(only.span, { place, edits }));
  return { locals: [], assignments };
}

export function buildRefractory(building: Building, cst: RefractoryCstNode, after: number): RefractoryNode {
  const duration = buildExpression(
    building,
    cst.children.expression?.[0],
    endOf(first(cst.children.Refractory), after),
  );
  const clauses = cst.children.holdOrDrop ?? [];
  checkSequence(building, clauses, cst.children.separator, cst.children.stray, "here: expected `hold` or `drop`");
  const targets = (word: "Hold" | "Drop"): TargetNode[] =>
    clauses.flatMap((clause) =>
      clause.children[word] === undefined ? [] : targetsOf(building, clause, duration.span.end),
    );
  const [hold, drop] = [targets("Hold"), targets("Drop")];
  const holdAll = clauses.some(
    (clause) => clause.children.Hold !== undefined && first(clause.children.All) !== undefined,
  );
  for (const clause of clauses)
    if (clause.children.Drop !== undefined) complainAboutAll(building, first(clause.children.All));
  return {
    kind: "refractory",
    duration,
    holdAll,
    hold,
    drop,
    span: spanAround(building, cst, after, [duration, ...hold, ...drop]),
  };
}

function targetsOf(building: Building, clause: HoldOrDropCstNode, after: number): TargetNode[] {
  return (clause.children.target ?? []).map((target) =>
    buildTarget(building, target, endOf(first(clause.children.Hold ?? clause.children.Drop), after)),
  );
}

function complainAboutAll(building: Building, all: IToken | undefined): void {
  if (all === undefined) return;
  building.report(
    expected(spanOfToken(building, all), {
      expected: "the names of inputs after `drop`",
      found: "",
      help: ["only states can be held all at once: `hold all`"],
    }),
  );
}
