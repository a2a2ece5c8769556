// Literals: the unit read, the value scaled exactly into canonical units.
import { span, textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import {
  glued,
  implausible,
  malformedUnit,
  overflow,
  underflow,
  unitHidesVariable,
  unitOrVariable,
  unknownUnit,
} from "../diagnostics/units.ts";
import { CAPACITANCE, CONDUCTANCE, CURRENT, DIMENSIONLESS, equal, TIME, VOLTAGE } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { canonicalValue, parseUnit, withoutParentheses } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";
import type { UnitNode } from "../1-parse/ast.ts";
import type { ResolvedExpr } from "../2-resolve/resolved.ts";
import type { Context, Say } from "./context.ts";
import { sized, unknown } from "./sized.ts";
import type { Sized } from "./sized.ts";

export function measureNumber(expr: Extract<ResolvedExpr, { kind: "number" }>, context: Context): Sized {
  const unit = expr.unit === null ? null : readUnit(expr.unit, context.say);
  if (unit === null && expr.unit !== null) return unknown(expr.span);
  if (saysHidden(expr, context)) return unknown(expr.span);
  const { value, problem } = canonicalValue(expr.text, unit);
  if (problem === "overflow") {
    if (canonicalValue(expr.text, null).problem === null) context.say(overflow(expr.span, { text: textOf(expr.span) }));
    return unknown(expr.span);
  }
  // A number that is too small whatever its unit has been told where it was read.
  if (problem === "underflow" && canonicalValue(expr.text, null).problem === null)
    context.say(underflow(expr.span, { text: textOf(expr.span) }));
  if (unit !== null) sayImplausible(expr, unit, value, context);
  const isZero = unit === null && value === 0;
  return sized(
    expr.span,
    isZero ? "zero" : (unit?.dimension ?? DIMENSIONLESS),
    { kind: "number", value },
    1,
    unit ?? undefined,
  );
}

/** In canonical units, what no cell reaches. */
const LIMITS: readonly {
  readonly dimension: Dimension;
  readonly most: number;
  readonly kind: string;
  readonly limit: string;
}[] = [
  { dimension: VOLTAGE, most: 1e4, kind: "voltage", limit: "1 V" },
  { dimension: CURRENT, most: 1e8, kind: "current", limit: "10 µA" },
  { dimension: CONDUCTANCE, most: 1e8, kind: "conductance", limit: "1 mS" },
  { dimension: CAPACITANCE, most: 5e4, kind: "capacitance", limit: "50 nF" },
  // A megasecond for a millisecond; long times of other units are meant.
  { dimension: TIME, most: 1e8, kind: "time", limit: "a day" },
];

/** A unit's own size, `1 kV`, is a scale to divide by. */
function sayImplausible(
  expr: Extract<ResolvedExpr, { kind: "number" }>,
  unit: Unit,
  value: number,
  context: Context,
): void {
  const found = LIMITS.find((l) => equal(l.dimension, unit.dimension));
  if (
    found === undefined ||
    (found.kind === "time" && unit.text !== "Ms") ||
    // `1e9 pF`: a number in the field's own unit is no lost prefix.
    (found.kind === "capacitance" && unit.text === "pF") ||
    Math.abs(value) <= found.most ||
    Number(expr.text) === 1 ||
    // What stands directly behind it, `3 uF/cm2`, belongs to a unit that was not understood.
    /^[*/]\p{L}/u.test(expr.span.source.text.slice(expr.span.end, expr.span.end + 3))
  )
    return;
  const [prefix, symbol] = [unit.text.slice(0, 1), unit.text.slice(1)];
  const other =
    prefix === "M" && symbol !== ""
      ? `m${symbol}`
      : unit.text === "mA"
        ? "pA"
        : unit.text === "A"
          ? "nA"
          : unit.text === "S"
            ? "nS"
            : unit.text === "F"
              ? "pF"
              : unit.text === "V"
                ? "mV"
                : unit.text === "nF"
                  ? "pF"
                  : null;
  const meant =
    other !== null && Math.abs(canonicalValue(expr.text, unitOf(other)).value) <= found.most
      ? `${expr.text} ${other}`
      : null;
  context.say(
    implausible(expr.span, { written: textOf(expr.span), kind: found.kind, limit: found.limit, meant, at: expr.span }),
  );
}

function unitOf(text: string): Unit | null {
  const read = parseUnit(text);
  return "unit" in read ? read.unit : null;
}

/** Variables that a literal's unit hides are told; true where one was surely meant to multiply it. */
export function saysHidden(expr: Extract<ResolvedExpr, { kind: "number" | "array" }>, context: Context): boolean {
  for (const hidden of expr.hidden) {
    if (hidden.operator === "") {
      const number = expr.span.source.text.slice(expr.span.start, hidden.span.start);
      context.say(
        glued(expr.span, {
          literal: `${number}${hidden.name}`,
          number,
          name: hidden.name,
          at: { ...hidden.span, end: hidden.span.start },
        }),
      );
      return true;
    }
    const literal = textOf(expr.span);
    const text = expr.span.source.text;
    // `0.036 S/cm^2`: nobody raises a variable within a unit.
    if (hidden.operator === "/" && text[hidden.span.end] === "^") continue;
    const bare =
      expr.kind === "number"
        ? text.slice(expr.span.start, hidden.span.start)
        : text.slice(expr.unit?.span.start ?? hidden.span.start, hidden.span.start);
    const divided = ` ${hidden.operator} ${hidden.name}${text.slice(hidden.span.end, expr.span.end)}`;
    const spaced = expr.kind === "number" ? bare + divided : eachElement(expr, bare, divided);
    const kind = hidden.operator === "/" ? unitOrVariable : unitHidesVariable;
    context.say(kind(expr.unit?.span ?? expr.span, { literal, name: hidden.name, spaced, at: expr.span }));
    if (hidden.operator === "*") return true;
  }
  return false;
}

/** A list is no factor: what its unit was meant to say is said of its elements, `[1 / h, 2 / h]`. */
function eachElement(expr: Extract<ResolvedExpr, { kind: "array" }>, unit: string, divided: string): string {
  const [directly, times] = unit === "" ? ["", ""] : [` ${unit}`, ` * 1 ${unit}`];
  const elements = expr.elements.map((e) => {
    if (e.kind === "array") return eachElement(e, unit, divided);
    return e.kind === "number" ? `${textOf(e.span)}${directly}${divided}` : `(${textOf(e.span)})${times}${divided}`;
  });
  return `[${elements.join(", ")}]`;
}

/** Null after telling what is wrong with it. */
export function readUnit(node: UnitNode, say: Say): Unit | null {
  if (node.text === "") return null;
  const result = parseUnit(node.text);
  if ("unit" in result) return result.unit;
  const { problem } = result;
  // White space inside an annotation is not in the node's text: then places inside it are not those of the source.
  const exact = node.span.end - node.span.start === node.text.length;
  const within = (start: number, end: number): Span =>
    exact ? span(node.span.source, node.span.start + start, node.span.start + end) : node.span;
  if (problem.kind === "unknown") {
    const at = within(problem.start, problem.end);
    say(unknownUnit(at, { symbol: problem.symbol, suggestions: exact ? problem.suggestions : [], at }));
  } else if (problem.kind === "offset") {
    say(
      malformedUnit(within(problem.start, problem.end), {
        text: node.text,
        reason: `\`${problem.symbol}\` stands alone; for differences and quotients use K`,
      }),
    );
  } else {
    const meant = withoutParentheses(node.text);
    say(
      malformedUnit(node.span, {
        text: node.text,
        reason: problem.message,
        meant: meant === null ? null : { text: meant, at: node.span },
      }),
    );
  }
  return null;
}
