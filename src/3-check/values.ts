// Values of declarations and settings: one expression for all elements, or a list with one for each.
import { misplacedList, wrongLength } from "../diagnostics/indices.ts";
import { numberNeeded } from "../diagnostics/model.ts";
import { DIMENSIONLESS, multiply } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import type { Unit } from "../quantities/unit.ts";
import type { Span } from "../base/source.ts";
import type { UnitNode } from "../1-parse/ast.ts";
import type { ResolvedExpr } from "../2-resolve/resolved.ts";
import type { CheckedValue, IndexRange } from "./checked.ts";
import { binding, PLACES } from "./context.ts";
import type { Context } from "./context.ts";
import { listOfNeurons } from "./eachNeuron.ts";
import { expectNumber } from "./expect.ts";
import { agree, conditionOf, isNumber } from "./agree.ts";
import { measure } from "./measure.ts";
import { readUnit, saysHidden } from "./measureNumber.ts";
import { shortName } from "./measureReference.ts";
import { isDimension, settle, sized, unknown } from "./sized.ts";
import type { Sized, Sort } from "./sized.ts";
import { elementsIn } from "./indices.ts";

export interface MeasuredValue {
  readonly sort: Sort;
  readonly all: readonly Sized[];
  readonly checked: CheckedValue;
  /** Of a literal, alone or in a list. */
  readonly literalUnit: Unit | null;
  each(change: (value: Sized) => Sized): MeasuredValue;
  settle(dimension: Dimension): MeasuredValue;
}

/** Where a quantity is declared; elsewhere it is set. */
const DECLARING = new Set([PLACES.param, PLACES.const, PLACES.state, PLACES.weight, PLACES.input]);

/** What is given to `quantity`, whose indices have a value in it. */
export function measureValue(
  expr: ResolvedExpr,
  quantity: { readonly name: string; readonly indices: readonly IndexRange[]; readonly origin: Span },
  context: Context,
): MeasuredValue {
  if (isColumns(expr, quantity, context)) return list(columnsOf(expr, quantity, context));
  if (expr.kind !== "array") {
    const value = measure(
      expr,
      binding(
        context,
        quantity.indices.filter((i) => i.name !== ""),
      ),
    );
    if (value.sort === "condition") {
      context.say(numberNeeded(expr.span, { where: "as a value", condition: conditionOf(expr.span) }));
      return single(unknown(expr.span));
    }
    return single(value);
  }
  if (quantity.indices.length === 0 && context.each !== null && !expr.elements.some((e) => e.kind === "array")) {
    const elements = agreeing(flatList(expr, null, context), context);
    const all = list(elements);
    return single(
      all.sort === "unknown" ? unknown(expr.span) : listOfNeurons(elements, all.sort, expr.span, context.each, context),
    );
  }
  if (quantity.indices.length === 0) {
    context.say(
      misplacedList(expr.span, {
        name: shortName(quantity.name),
        index: DECLARING.has(context.place) ? shortName([...context.model.indices.keys()][0] ?? "j") : null,
      }),
    );
    return single(unknown(expr.span));
  }
  const elements = flatList(expr, null, context);
  if (quantity.indices.some((i) => i.name === "")) return single(unknown(expr.span));
  const wanted = elementsIn(quantity.indices);
  if (elements.length !== wanted) {
    const index = quantity.indices.map((i) => shortName(i.name)).join(", ");
    const declared =
      quantity.indices.map((i) => context.model.indices.get(i.name)?.index.span).find((s) => s !== undefined) ??
      quantity.origin;
    context.say(
      wrongLength(expr.span, { name: shortName(quantity.name), wanted, given: elements.length, index, declared }),
    );
    return list(elements.map((e) => ({ ...e, sort: "unknown" as const })));
  }
  return list(agreeing(elements, context));
}

/** Told where they do not agree. */
function agreeing(elements: readonly Sized[], context: Context): readonly Sized[] {
  let first = elements.find((e) => isDimension(e.sort)) ?? elements[0];
  for (const e of elements) {
    if (first === undefined || e === first) continue;
    if (agree("the values of a list", first, e, context) === null) first = { ...e, sort: "unknown" };
  }
  return elements;
}

/** `τ = file("cells.csv")` of what has an index: a column for each of its elements. */
function isColumns(
  expr: ResolvedExpr,
  { indices }: { readonly indices: readonly IndexRange[] },
  { each }: Context,
): boolean {
  if (each === null || indices.length === 0 || indices.some((i) => i.name === "")) return false;
  return expr.kind === "call" && expr.callee.kind === "stimulus" && expr.name === "file" && expr.arguments.length === 1;
}

/** In the order of the elements: the column of `τ[1]`, of `τ[2]`, … */
function columnsOf(
  expr: ResolvedExpr,
  { name, indices }: { readonly name: string; readonly indices: readonly IndexRange[] },
  context: Context,
): readonly Sized[] {
  const positions = indices.reduce<readonly (readonly number[])[]>(
    (before, { from, to }) =>
      before.flatMap((p) => Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => [...p, from + k])),
    [[]],
  );
  return positions.map((p) =>
    measure(expr, {
      ...context,
      each: context.each === null ? null : { ...context.each, name: `${name.replace(/\[.*$/su, "")}[${p.join(",")}]` },
    }),
  );
}

function single(value: Sized): MeasuredValue {
  const { expr } = value;
  const isLiteral = expr.kind === "number" || (expr.kind === "negate" && expr.operand.kind === "number");
  return {
    sort: value.sort,
    all: [value],
    checked: { kind: "expression", expression: value.expr },
    literalUnit: isLiteral ? (value.unit ?? null) : null,
    each: (change) => single(change(value)),
    settle: (dimension) => single(settle(value, dimension)),
  };
}

function list(elements: readonly Sized[]): MeasuredValue {
  const sorts = elements.map((e) => e.sort);
  return {
    sort: sorts.find(isDimension) ?? (sorts.includes("unknown") ? "unknown" : "zero"),
    all: elements,
    checked: { kind: "elements", elements: elements.map((e) => e.expr) },
    literalUnit: elements.find((e) => e.unit !== undefined)?.unit ?? null,
    each: (change) => list(elements.map(change)),
    settle: (dimension) => list(elements.map((e) => settle(e, dimension))),
  };
}

/** The elements of a list that stands for itself. */
export function measureList(expr: Extract<ResolvedExpr, { kind: "array" }>, context: Context): Sized[] {
  return flatList(expr, null, context);
}

/** Row by row; the unit after the bracket holds for every element. */
function flatList(expr: Extract<ResolvedExpr, { kind: "array" }>, outer: UnitNode | null, context: Context): Sized[] {
  const node = expr.unit ?? outer;
  saysHidden(expr, context);
  return expr.elements.flatMap((e) => {
    if (e.kind === "array") return flatList(e, node, context);
    if (node === null) return [number(measure(e, context), context)];
    return [withUnit(e, node, context)];
  });
}

function withUnit(e: ResolvedExpr, node: UnitNode, context: Context): Sized {
  if (e.kind === "number" && e.unit === null) return measure({ ...e, unit: node }, context);
  if (e.kind === "negate" && e.operand.kind === "number" && e.operand.unit === null)
    return measure({ ...e, operand: { ...e.operand, unit: node } }, context);
  const unit = readUnit(node, context.say);
  const value = expectNumber(measure(e, context), "a list with a unit", context);
  if (unit === null || value.sort === "unknown") return unknown(e.span);
  const one = measure({ kind: "number", span: node.span, text: "1", unit: node, hidden: [] }, context);
  return sized(
    e.span,
    multiply(DIMENSIONLESS, unit.dimension),
    { kind: "arithmetic", operator: "*", left: value.expr, right: one.expr },
    value.size + 2,
    unit,
  );
}

function number(s: Sized, context: Context): Sized {
  return isNumber(s, context) ? s : unknown(s.expr.origin);
}
