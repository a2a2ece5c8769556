// Statements that give a value to a target: equations, contributions, assignments and settings. One production takes them all in;
// which is meant follows from where it stands, and what does not fit there is named.
import type { IToken } from "chevrotain";
import type { AssignmentsCstNode, LocalsCstNode, StatementCstNode } from "../../grammar/cst.d.ts";
import { Arrow, Equals, PlusEquals, Tilde } from "../../grammar/tokens.ts";
import { isUnitSymbol } from "../quantities/unit.ts";
import type { Span } from "../base/source.ts";
import { cover, span, textOf } from "../base/source.ts";
import type { Fix, TextEdit } from "../diagnostics/diagnostic.ts";
import {
  derivativeNotation,
  equationInReset,
  expected,
  misplaced,
  plainAssignment,
  unexpected,
  gluedMinus,
  wrongOperator,
} from "../diagnostics/syntax.ts";
import type {
  AssignmentNode,
  BlockNode,
  ContributionNode,
  EquationNode,
  ExprNode,
  LocalNode,
  QuantityNode,
  SettingNode,
  TargetNode,
} from "./ast.ts";
import { buildExpression, buildTarget, buildUnit } from "./buildExpression.ts";
import type { Building } from "./building.ts";
import { endOf, first, identifier, missing, spanAround, spanOfToken, startOf } from "./building.ts";
import { checkSequence, complainAboutUnfinished } from "./sequence.ts";

/** A statement before it is known what it is. */
interface Statement {
  readonly cst: StatementCstNode;
  readonly targets: readonly TargetNode[];
  /** `/dt` in `dV/dt` */
  readonly over: IToken | undefined;
  readonly prime: IToken | undefined;
  /** Undefined where recovery did without: already reported. */
  readonly operator: IToken | undefined;
  readonly value: ExprNode;
  readonly span: Span;
}

function readStatement(building: Building, cst: StatementCstNode, after: number, inSettings = false): Statement {
  const parts = cst.children;
  const targets = (parts.target ?? []).map((target) => buildTarget(building, target, after));
  const operator = first(parts.AssignmentOperator);
  const headEnd = endOf(first(parts.Prime), targets[targets.length - 1]?.span.end ?? after);
  const value = buildExpression(building, parts.expression?.[0], endOf(operator, headEnd));
  const whole = spanAround(building, cst, after, [...targets, value]);
  if (parts.rest !== undefined) complainAboutUnfinished(building, cst, inSettings);
  return { cst, targets, over: first(parts.Identifier), prime: first(parts.Prime), operator, value, span: whole };
}

/** In a neuron, a mechanism or a synapse; `declared` are the names of the quantities there, so that `V = …` can be understood. */
export function buildEquation(
  building: Building,
  cst: StatementCstNode,
  after: number,
  declared: ReadonlySet<string>,
  inSynapse: boolean,
): EquationNode | ContributionNode | QuantityNode | null {
  const statement = readStatement(building, cst, after);
  const { operator, prime, over, value } = statement;
  const [target, ...more] = statement.targets;
  if (target === undefined) return null;
  if (operator === undefined) return null;
  if (over !== undefined) return fromDerivative(building, statement, target, over);
  complainAboutUnit(building, statement);
  if (more.length > 0) complainAboutList(building, statement);
  if (prime !== undefined) {
    if (operator.tokenType === PlusEquals) {
      const at = spanOfToken(building, operator);
      // With `=` a child's equation takes the place of its parent's: that is more than a sign.
      const isOwn = target.path.length === 1 && declared.has(target.path[0]?.name ?? "");
      const fixes: Fix[] = isOwn
        ? [{ title: "write `=`", edits: [{ span: at, newText: "=" }], confidence: "likely", trial: { help: null } }]
        : [];
      building.report(
        wrongOperator(at, {
          written: "+=",
          wanted: "=",
          place: "an equation",
          at,
          fixes,
          help: isOwn
            ? "a state has one equation: add the term to it there, or contribute to an input with `+=`"
            : `a state has one equation, and one written here takes the place of the inherited one: write the whole of it, \`${textOf(target.span)}' = …\`, or contribute to an input with \`+=\``,
        }),
      );
    } else complainAboutOperator(building, operator, Equals, "an equation");
    return { kind: "equation", target, value, span: statement.span };
  }
  if (operator.tokenType === PlusEquals) return { kind: "contribution", target, value, span: statement.span };
  const name = textOf(target.span);
  const at = spanOfToken(building, operator);
  if (operator.tokenType === Arrow)
    building.report(
      misplaced(at, {
        what: "an assignment with `<-`",
        place: inSynapse ? "a synapse outside of `on pre` and `on post`" : "a model outside of `reset` and `on`",
        help: `write \`${inSynapse ? "on pre" : "reset"} { ${name} <- … }\`, or \`${name}' = …\` for an equation`,
      }),
    );
  else if (operator.tokenType === Tilde)
    building.report(
      misplaced(at, {
        what: "a random draw",
        place: "a model",
        help: inSynapse
          ? "draw values where populations are connected: `connect E -> I by SYNAPSE { w ~ uniform(1 nS, 2 nS) } all`"
          : "draw values where a population is declared: `population E = 800 LIF { V ~ uniform(-70 mV, -50 mV) }`",
      }),
    );
  else {
    const sign: TextEdit[] = operator.tokenType === Equals ? [] : [{ span: at, newText: "=" }];
    const fixes = readings(building, statement, target, at, declared).map((reading) => ({
      ...reading,
      edits: [...reading.edits, ...(reading.edits.some((e) => e.newText === "+=") ? [] : sign)],
    }));
    building.report(plainAssignment(cover(target.span, at), { target: name, fixes }));
  }
  // Read, with a hole for its right side, as what it may have been, so that later rooms miss neither an equation nor a name.
  const hole = missing(building, value.span.start);
  const [head] = target.path;
  if (head === undefined || declared.has(head.name) || target.path.length > 1)
    return { kind: "equation", target, value: hole, span: statement.span };
  return {
    kind: "quantity",
    role: "let",
    single: false,
    name: head,
    indices: [],
    unit: null,
    value: hole,
    doc: "",
    span: statement.span,
  };
}

/** What `x = …` may have been, the likeliest first; which it is, the rest of the file tells. */
function readings(
  building: Building,
  { value }: Statement,
  target: TargetNode,
  operator: Span,
  declared: ReadonlySet<string>,
): Fix[] {
  const name = textOf(target.span);
  const { start } = target.span;
  const before = (word: string): Fix => ({
    title: `write \`${word} ${name} = …\``,
    edits: [{ span: span(building.source, start, start), newText: `${word} ` }],
    confidence: "likely",
    trial: { help: null },
  });
  const equation = (variable: string, title = `write the equation \`${variable}' = …\``): Fix => ({
    title,
    edits: [{ span: target.span, newText: `${variable}'` }],
    confidence: "likely",
    trial: { help: null },
  });
  const contribution: Fix = {
    title: `write \`${name} += …\``,
    edits: [{ span: operator, newText: "+=" }],
    confidence: "likely",
    trial: { help: null },
  };
  const text = textOf(value.span);
  const step = text.startsWith(name) ? /^\s*\+\s*dt\s*\*\s*/u.exec(text.slice(name.length))?.[0] : undefined;
  if (step !== undefined) {
    const cut = {
      span: span(building.source, value.span.start, value.span.start + name.length + step.length),
      newText: "",
    };
    return [{ ...equation(name), edits: [...equation(name).edits, cut] }];
  }
  const base =
    /^(.+?)_?dot$/u.exec(name)?.[1] ??
    (name.normalize("NFD").includes("\u0307") ? name.normalize("NFD").replaceAll("\u0307", "") : undefined);
  if (base !== undefined && declared.has(base)) return [equation(base)];
  // `dV = …`, `V_t = …`
  const moved = /^[dD](.+)$/u.exec(name)?.[1] ?? /^(.+)_t$/u.exec(name)?.[1];
  if (moved !== undefined && declared.has(moved) && !declared.has(name)) return [equation(moved), before("let")];
  if (declared.has(name) || target.path.length > 1) return [contribution, equation(name)];
  const isLiteral = value.kind === "number" || (value.kind === "unary" && value.operand.kind === "number");
  // `tau = 10*ms`: a number with its unit, as Brian2 writes it
  const [, number, unit = ""] = /^(-?[\d.]+(?:e[-+]?\d+)?)\s*\*\s*(\p{L}+)$/iu.exec(text) ?? [];
  if (number !== undefined && !declared.has(unit) && isUnitSymbol(unit)) {
    const param = before("param");
    return [
      {
        ...param,
        title: `write \`param ${name} = ${number} ${unit}\``,
        edits: [...param.edits, { span: value.span, newText: `${number} ${unit}` }],
      },
    ];
  }
  return [...(isLiteral ? [before("param")] : []), contribution, before("let"), before("state"), equation(name)];
}

/** `dV/dt = … : volt` */
function fromDerivative(
  building: Building,
  statement: Statement,
  target: TargetNode,
  over: IToken,
): EquationNode | null {
  const written = cover(target.span, spanOfToken(building, over));
  const [name] = target.path;
  const variable = name?.name.slice(1) ?? "";
  if (
    over.image !== "dt" ||
    name === undefined ||
    target.path.length > 1 ||
    !name.name.startsWith("d") ||
    variable === ""
  ) {
    const slash = first(statement.cst.children.Slash);
    building.reportStructural(
      unexpected(slash === undefined ? written : spanOfToken(building, slash), {
        found: "`/`",
        place: "on the left side of a statement",
      }),
    );
    return null;
  }
  const edits: TextEdit[] = [
    { span: written, newText: `${variable}${textOf(target.span).slice(name.span.end - name.span.start)}'` },
  ];
  const colon = first(statement.cst.children.Colon);
  if (colon !== undefined)
    edits.push({ span: span(building.source, statement.value.span.end, statement.span.end), newText: "" });
  building.report(derivativeNotation(written, { written: textOf(written), variable, edits }));
  const renamed: TargetNode = { ...target, path: [{ ...name, name: variable }] };
  return { kind: "equation", target: renamed, value: statement.value, span: statement.span };
}

/** In the braces of a reset or an event; `place` names it: "a reset". */
export function buildBlock(
  building: Building,
  cst: AssignmentsCstNode | undefined,
  after: number,
  place: string,
): Pick<BlockNode, "locals" | "assignments"> {
  return {
    locals: (cst?.children.locals ?? []).flatMap((list) => buildLocals(building, list, place)),
    assignments: statementsOf(building, cst, after).flatMap((statement) => assignmentsFrom(building, statement, place)),
  };
}

function buildLocals(building: Building, cst: LocalsCstNode, place: string): LocalNode[] {
  let after = endOf(first(cst.children.Let), startOf(cst, 0));
  return cst.children.quantity.map((item): LocalNode => {
    const parts = item.children;
    const name = identifier(building, first(parts.Name), after);
    const unit = buildUnit(building, parts.unitAnnotation?.[0]);
    const operator = first(parts.AssignmentOperator);
    const headEnd = endOf(operator, unit?.span.end ?? name.span.end);
    const value = buildExpression(building, parts.expression?.[0], headEnd);
    const bracket = first(parts.LSquare);
    if (bracket !== undefined)
      building.reportStructural(
        unexpected(spanOfToken(building, bracket), { found: "`[`", place: `behind the name of a \`let\` in ${place}` }),
      );
    if (operator === undefined)
      building.reportStructural(
        expected(span(building.source, headEnd, headEnd), {
          expected: `\`=\` or \`~\` and a value after the name of a \`let\` in ${place}`,
          found: "",
        }),
      );
    else if (operator.tokenType !== Tilde) complainAboutOperator(building, operator, Equals, `a \`let\` in ${place}`);
    const whole = spanAround(building, item, after, [name, value]);
    after = whole.end;
    return { kind: "local", name, unit, operator: operator?.tokenType === Tilde ? "~" : "=", value, span: whole };
  });
}

export function buildAssignment(
  building: Building,
  cst: StatementCstNode,
  after: number,
  place: string,
): AssignmentNode[] {
  return assignmentsFrom(building, readStatement(building, cst, after), place);
}

function assignmentsFrom(building: Building, statement: Statement, place: string): AssignmentNode[] {
  const { operator, prime, value } = statement;
  const [target, ...more] = statement.targets;
  if (target === undefined || operator === undefined || statement.over !== undefined)
    return complainedAbout(building, statement);
  const at = spanOfToken(building, operator);
  const name = textOf(target.span);
  complainAboutUnit(building, statement);
  if (more.length > 0) complainAboutList(building, statement);
  if (prime !== undefined) {
    const edits = [
      { span: spanOfToken(building, prime), newText: "" },
      { span: at, newText: operator.tokenType === PlusEquals ? `<- ${name} +` : "<-" },
    ];
    building.report(equationInReset(cover(target.span, at), { target: name, place, edits }));
  } else if (operator.tokenType === PlusEquals) {
    building.report(
      wrongOperator(at, {
        written: "+=",
        wanted: "<-",
        place: `an assignment in ${place}`,
        at,
        fixes: [
          {
            title: `write \`${name} <- ${name} + ${textOf(value.span)}\``,
            edits: [{ span: at, newText: `<- ${name} +` }],
            confidence: "certain",
          },
        ],
      }),
    );
  } else if (operator.tokenType !== Tilde)
    complainAboutOperator(building, operator, Arrow, `an assignment in ${place}`);
  // Of a statement that is read anew the tokens do not lie where they are written.
  const glued = span(at.source, at.start, at.end + 1);
  if (textOf(glued) === "<--") building.report(gluedMinus(glued, {}));
  return [
    {
      kind: "assignment",
      target,
      operator: operator.tokenType === Tilde && prime === undefined ? "~" : "<-",
      value,
      span: statement.span,
    },
  ];
}

function complainedAbout(building: Building, statement: Statement): [] {
  const slash = first(statement.cst.children.Slash);
  if (slash !== undefined)
    building.reportStructural(
      unexpected(spanOfToken(building, slash), { found: "`/`", place: "on the left side of a statement" }),
    );
  return [];
}

/** In the braces of a population, a connection or a `use`. */
export function buildSettings(building: Building, cst: AssignmentsCstNode | undefined, after: number): SettingNode[] {
  return statementsOf(building, cst, after, true).flatMap((statement) => settingFrom(building, statement) ?? []);
}

/** In an experiment. */
export function buildSetting(building: Building, cst: StatementCstNode, after: number): SettingNode | null {
  return settingFrom(building, readStatement(building, cst, after));
}

function settingFrom(building: Building, statement: Statement): SettingNode | null {
  const { targets, operator, prime, value } = statement;
  if (targets.length === 0 || operator === undefined || statement.over !== undefined) {
    complainedAbout(building, statement);
    return null;
  }
  complainAboutUnit(building, statement);
  if (prime !== undefined) {
    building.report(
      misplaced(spanOfToken(building, prime), {
        what: "an equation",
        place: "a list of settings",
        help: "equations stand in the neuron; here values are set: `V = -60 mV`",
      }),
    );
  } else if (operator.tokenType !== Tilde) complainAboutOperator(building, operator, Equals, "a setting");
  return { kind: "setting", targets, operator: operator.tokenType === Tilde ? "~" : "=", value, span: statement.span };
}

function statementsOf(
  building: Building,
  cst: AssignmentsCstNode | undefined,
  after: number,
  inSettings = false,
): Statement[] {
  const open = endOf(first(cst?.children.LBrace), after);
  const statements = cst?.children.statement ?? [];
  const locals = cst?.children.locals ?? [];
  checkSequence(
    building,
    [...locals, ...statements],
    cst?.children.separator,
    cst?.children.stray,
    "among assignments",
  );
  if (inSettings)
    for (const list of locals)
      building.report(
        misplaced(spanAround(building, list, open), {
          what: "a `let`",
          place: "a list of settings",
          help: "names for expressions stand in a model, a network or an experiment, and in the braces of an event",
        }),
      );
  return statements.map((statement) => readStatement(building, statement, open, inSettings));
}

function complainAboutOperator(building: Building, operator: IToken, wanted: typeof Equals, place: string): void {
  if (operator.tokenType === wanted) return;
  const at = spanOfToken(building, operator);
  building.report(wrongOperator(at, { written: operator.image, wanted: wanted === Arrow ? "<-" : "=", place, at }));
}

function complainAboutUnit(building: Building, { cst }: Statement): void {
  const colon = first(cst.children.Colon);
  if (colon === undefined) return;
  const help = ["a unit is declared with the name: `state V : mV = E_L`"];
  building.reportStructural(
    unexpected(spanOfToken(building, colon), { found: "`:`", place: "after the value of a statement", help }),
  );
}

function complainAboutList(building: Building, { cst }: Statement): void {
  const comma = first(cst.children.Comma);
  if (comma === undefined) return;
  building.reportStructural(
    unexpected(spanOfToken(building, comma), {
      found: "`,`",
      place: "between targets here",
      help: ["write one statement for each"],
    }),
  );
}
