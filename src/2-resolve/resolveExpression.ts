// Expressions with names turned into what they mean. A name that means nothing becomes `missing`, told once.
import type {
  ArgumentNode,
  ArrayNode,
  CallNode,
  ExprNode,
  NumberNode,
  QuantityNode,
  ReferenceNode,
} from "../1-parse/ast.ts";
import { assertNever } from "../base/invariant.ts";
import { span } from "../base/source.ts";
import { habitOf } from "../diagnostics/habits.ts";
import { wrongIndexCount } from "../diagnostics/indices.ts";
import { unitFactors } from "../quantities/unit.ts";
import { isDraw, isElementary, isStimulus } from "./builtins.ts";
import { resolvePast } from "./past.ts";
import type { Report } from "./report.ts";
import { fileKey, fileLookup, functionLookup } from "./lookup.ts";
import type { FunctionMeaning, Lookup } from "./lookup.ts";
import type { FileScope } from "./load.ts";
import type {
  Callee,
  HiddenVariable,
  ResolvedArgument,
  ResolvedConstant,
  ResolvedExpr,
  ResolvedFunction,
  ResolvedTables,
} from "./resolved.ts";

/** Collects what expressions refer to by key while they are resolved. */
export interface Tables {
  readonly functions: Map<string, ResolvedFunction>;
  readonly constants: Map<string, ResolvedConstant>;
  readonly report: Report;
  /** Bodies that wait while another one is resolved: chains of functions and constants may be long. */
  readonly waiting: (() => void)[];
}

/** Over what is known already. */
export function newTables(report: Report, known?: ResolvedTables): Tables {
  return { functions: new Map(known?.functions), constants: new Map(known?.constants), report, waiting: [] };
}

/** Does the work, and then all that waited for it. */
function inTurn(tables: Tables, work: () => void): void {
  tables.waiting.push(work);
  if (tables.waiting.length > 1) return;
  for (let i = 0; i < tables.waiting.length; i++) tables.waiting[i]?.();
  tables.waiting.length = 0;
}

export function resolveExpression(node: ExprNode, lookup: Lookup, tables: Tables): ResolvedExpr {
  const resolve = (n: ExprNode): ResolvedExpr => resolveExpression(n, lookup, tables);
  switch (node.kind) {
    case "number":
      return {
        kind: "number",
        span: node.span,
        text: node.text,
        unit: node.unit,
        hidden: hiddenVariables(node, lookup),
      };
    case "array":
      return {
        kind: "array",
        span: node.span,
        elements: node.elements.map(resolve),
        unit: node.unit,
        hidden: hiddenVariables(node, lookup),
      };
    case "string":
      return { kind: "string", span: node.span, value: node.value };
    case "reference":
      return resolveReference(node, lookup, tables);
    case "unary":
      return { kind: node.operator === "not" ? "not" : "negate", span: node.span, operand: resolve(node.operand) };
    case "binary":
    case "logical":
      return resolveChain(node, resolve);
    case "comparison":
      return {
        kind: "comparison",
        span: node.span,
        operator: node.operator,
        operatorSpan: node.operatorSpan,
        left: resolve(node.left),
        right: resolve(node.right),
      };
    case "conditional":
      return {
        kind: "conditional",
        span: node.span,
        condition: resolve(node.condition),
        then: resolve(node.then),
        otherwise: resolve(node.otherwise),
      };
    case "call":
      return resolveCall(node, lookup, tables);
    case "missing":
      return { kind: "missing", span: node.span };
    default:
      return assertNever(node);
  }
}

/** A sum of ten thousand terms leans ten thousand deep to the left: walked, not recursed into. */
function resolveChain(
  node: Extract<ExprNode, { kind: "binary" | "logical" }>,
  resolve: (n: ExprNode) => ResolvedExpr,
): ResolvedExpr {
  const spine: Extract<ExprNode, { kind: "binary" | "logical" }>[] = [];
  let leftmost: ExprNode = node;
  while (leftmost.kind === "binary" || leftmost.kind === "logical") {
    spine.push(leftmost);
    leftmost = leftmost.left;
  }
  let built = resolve(leftmost);
  for (const n of spine.reverse()) {
    const right = resolve(n.right);
    built =
      n.kind === "binary"
        ? { kind: "binary", span: n.span, operator: n.operator, operatorSpan: n.operatorSpan, left: built, right }
        : { kind: "logical", span: n.span, operator: n.operator, left: built, right };
  }
  return built;
}

function resolveReference(node: ReferenceNode, lookup: Lookup, tables: Tables): ResolvedExpr {
  const name = node.path.map((p) => p.name).join(".");
  const indices = node.indices.map((i) => resolveExpression(i, lookup, tables));
  if (node.path.some((p) => p.name === "")) return { kind: "missing", span: node.span };
  const meaning = lookup.find(name);
  if (meaning === null) {
    lookup.unknown(node.path);
    return { kind: "missing", span: node.span };
  }
  if (meaning.kind === "quantity" || meaning.kind === "end") return { ...meaning, span: node.span, indices };
  if (indices.length > 0 && meaning.kind !== "missing") {
    tables.report(wrongIndexCount(node.span, { name, wanted: [], given: indices.length, declared: null }));
    return { kind: "missing", span: node.span };
  }
  if (meaning.kind !== "fileConstant") return { ...meaning, span: node.span };
  return { kind: "constant", span: node.span, key: constantKey(meaning.node, meaning.scope, tables) };
}

/** Registers a constant of a file with what it refers to. */
export function constantKey(node: QuantityNode, scope: FileScope, tables: Tables): string {
  const key = fileKey(scope, node.name.name);
  if (tables.constants.has(key)) return key;
  const { name } = node;
  const placeholder: ResolvedConstant = { name: name.name, unit: node.unit, value: null, origin: name.span };
  tables.constants.set(key, placeholder);
  const { value } = node;
  if (value !== null) {
    inTurn(tables, () => {
      tables.constants.set(key, {
        ...placeholder,
        value: resolveExpression(value, fileLookup(scope, `constant \`${name.name}\``, tables.report), tables),
      });
    });
  }
  return key;
}

function resolveCall(node: CallNode, lookup: Lookup, tables: Tables): ResolvedExpr {
  const { name } = node.callee;
  const callee = calleeOf(name, lookup, tables);
  const past = callee === null ? resolvePast(node, lookup, (n) => resolveExpression(n, lookup, tables)) : null;
  if (past !== null) return past;
  if (callee === null) lookup.unknownFunction(node.callee, node);
  // What stands in the call of another tool's function is written for that tool: one mistake.
  if (callee === null && habitOf("function", name) !== null) return { kind: "missing", span: node.span };
  const args = node.arguments.map((a) => resolveArgument(a, callee, lookup, tables));
  if (callee === null) return { kind: "missing", span: node.span };
  return { kind: "call", span: node.span, callee, name, nameSpan: node.callee.span, arguments: args };
}

function calleeOf(name: string, lookup: Lookup, tables: Tables): Callee | null {
  if (isElementary(name)) return { kind: "elementary", name };
  if (name === "sum" || name === "mod") return { kind: name };
  if (isStimulus(name)) return { kind: "stimulus", name };
  const declared = lookup.findFunction(name);
  if (declared !== null) return { kind: "function", key: functionKey(declared, tables) };
  return isDraw(name) ? { kind: "draw", name } : null;
}

/** Registers a function with its body. Placeholders come first, so that functions that call each other end here. */
export function functionKey(meaning: FunctionMeaning, tables: Tables): string {
  if (tables.functions.has(meaning.key)) return meaning.key;
  const node = meaning.kind === "own" ? meaning.placed.node : meaning.node;
  const outer =
    meaning.kind === "own"
      ? meaning.lookup
      : fileLookup(meaning.scope, `function \`${node.name.name}\``, tables.report);
  const { name } = node;
  const placeholder: ResolvedFunction = {
    name: name.name,
    parameters: node.parameters.map((p) => ({ name: p.name.name, unit: p.unit, origin: p.name.span })),
    unit: node.unit,
    body: { kind: "missing", span: node.body.span },
    origin: name.span,
  };
  tables.functions.set(meaning.key, placeholder);
  inTurn(tables, () => {
    tables.functions.set(meaning.key, {
      ...placeholder,
      body: resolveExpression(node.body, functionLookup(outer, node), tables),
    });
  });
  return meaning.key;
}

function resolveArgument(node: ArgumentNode, callee: Callee | null, lookup: Lookup, tables: Tables): ResolvedArgument {
  const value = resolveExpression(node.value, lookup, tables);
  if (node.label === null) return { label: null, value, span: node.span };
  // The labels of `steps` are times; all others are names of parameters, which mean nothing in the scope around.
  const isTime = callee?.kind === "stimulus" && callee.name === "steps";
  const name =
    node.label.kind === "reference" && node.label.path.length === 1 && node.label.indices.length === 0
      ? (node.label.path[0]?.name ?? null)
      : null;
  return {
    label: { name, time: isTime ? resolveExpression(node.label, lookup, tables) : null, span: node.label.span },
    value,
    span: node.span,
  };
}

/** `5 nS/g` and `1/h` where g and h are variables, too: factors with the operator before them, and the space before that. A unit behind a space, `10 mV`, is plainly a unit; one that is glued to the number, `5V`, may be either. */
function hiddenVariables(node: NumberNode | ArrayNode, lookup: Lookup): HiddenVariable[] {
  if (node.unit === null) return [];
  const at = node.unit.span;
  return unitFactors(node.unit.text).flatMap((factor) => {
    const isGlued =
      factor.operator === "" &&
      node.kind === "number" &&
      at.start === node.span.start + node.text.length &&
      factor.start === 0;
    if ((factor.operator === "" && !isGlued) || at.end - at.start !== node.unit?.text.length) return [];
    const meaning = lookup.find(factor.symbol);
    if (meaning === null || meaning.kind === "time" || meaning.kind === "missing") return [];
    if (isGlued)
      return factor.symbol === "%"
        ? []
        : [{ name: factor.symbol, operator: factor.operator, span: span(at.source, at.start, at.start + factor.end) }];
    const operatorAt = at.start + node.unit.text.lastIndexOf(factor.operator, factor.start);
    const before = at.source.text.slice(node.span.start, operatorAt).trimEnd().length;
    return [
      {
        name: factor.symbol,
        operator: factor.operator,
        span: span(at.source, node.span.start + before, at.start + factor.end),
      },
    ];
  });
}
