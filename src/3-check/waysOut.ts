// The signature of glif's messages: what turns the dimension that is there into the one that is needed, looked for among the names in scope.
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import type { Declared, WayOut } from "../diagnostics/units.ts";
import { divide, equal, FREQUENCY, isDimensionless, DIMENSIONLESS, TIME, VOLTAGE } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { exampleLiteral, short } from "../quantities/phrase.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";
import type { CheckedExpr, CheckedQuantity } from "./checked.ts";
import type { Context, Known } from "./context.ts";
import { strengthOfNoise } from "./noiseStrength.ts";
import { otherUnit } from "./otherUnit.ts";
import { isDimension, wordsOf } from "./sized.ts";
import type { Sized } from "./sized.ts";
import { visit } from "./walk.ts";

/** How to make `actual` a quantity of dimension `expected`: a forgotten unit, or a factor or divisor that is in scope. */
export function waysOut(actual: Sized, expected: Dimension, context: Context, expectedUnit?: Unit, beside?: Sized): WayOut[] {
  if (!isDimension(actual.sort)) return [];
  const noise = strengthOfNoise(actual, expected, context);
  if (noise.length > 0) return noise;
  const number = forgottenUnit(actual, expected, context, expectedUnit);
  if (number !== null) return [number];
  // A literal has the wrong unit, a stimulus the wrong values: neither is mended by a factor.
  if (isLiteral(actual.expr) || actual.expr.kind === "stimulus") return [];
  const candidates = inScope(context).filter((k) => !mentions(actual.expr, k.quantity) && mayBeForgotten(k, actual, context) && !(beside !== undefined && isTermOf(k, beside, actual)));
  const [factor, divisor] = [divide(expected, actual.sort), divide(actual.sort, expected)];
  // To make a pure number of a voltage, a width such as Δ_T is divided by; a potential such as E_L is no scale.
  const fits = (k: Known, wanted: Dimension): boolean => {
    const needsScale = isDimensionless(expected) || equal(wanted, VOLTAGE);
    return isDimension(k.sort) && equal(k.sort, wanted) && (!needsScale || SCALE_NAME.test(k.quantity.name));
  };
  for (const roles of [["param", "const", "let"], ["state", "input"]] as const) {
    const here = candidates.filter((k) => (roles as readonly string[]).includes(k.quantity.role));
    const times = isDimensionless(expected) ? undefined : here.find((k) => fits(k, factor));
    if (times !== undefined) return [wayOut("multiply", times, actual.expr)];
    const over = here.find((k) => fits(k, divisor));
    if (over !== undefined) return [wayOut("divide", over, actual.expr)];
  }
  return [];
}

/**
 * A time or a rate is proposed where it stands in this very statement, or where it is called a time constant: `t_ref` would fit by its dimension alone. An equation in pure numbers
 * may lack its unit of time as well: for that one, only a time constant that nothing reads yet.
 */
function mayBeForgotten({ quantity: { name }, sort }: Known, actual: Sized, context: Context): boolean {
  if (!isDimension(sort) || (!equal(sort, TIME) && !equal(sort, FREQUENCY))) return true;
  const at = actual.expr.origin;
  const readers = context.model.readers?.().get(name) ?? [];
  if (readers.some((r) => r.source === at.source && r.start <= at.start && at.end <= r.end)) return true;
  return TIME_CONSTANT.test(name) && (readers.length === 0 || !isDimension(actual.sort) || !isDimensionless(actual.sort));
}

/** Of two terms, `P + α*w`: what makes up the one is no factor of the other, and no rate multiplies a rate, no time a time. */
function isTermOf({ quantity, sort }: Known, beside: Sized, actual: Sized): boolean {
  if (!isDimension(sort) || !isDimension(beside.sort) || !isDimension(actual.sort) || !mentions(beside.expr, quantity)) return false;
  return equal(sort, beside.sort) || (equal(sort, actual.sort) && (equal(sort, FREQUENCY) || equal(sort, TIME)));
}

const TIME_CONSTANT = /(^|[._])(τ|tau)/iu;

const SCALE_NAME = /(^|[._])(Δ|δ|σ|τ|[Dd]elta|[Ss]lope|[Ss]cale|[Ww]idth|[Ss]igma|[Tt]au|k|s)/u;

/** Of two sides that do not fit each other, what helps either. */
export function waysOutOfTerms(left: Sized, right: Sized, context: Context): WayOut[] {
  if (!isDimension(left.sort) || !isDimension(right.sort)) return [];
  const noise = [...strengthOfNoise(right, left.sort, context), ...strengthOfNoise(left, right.sort, context)];
  if (noise.length > 0) return noise;
  const found = waysOut(right, left.sort, context, left.unit, left);
  return found.length > 0 ? found : waysOut(left, right.sort, context, right.unit, right);
}

/** Of an equation's right side: where no factor helps, a parameter may have been declared in a wrong unit, or in none. */
export function waysOutOfRate(actual: Sized, expected: Dimension, context: Context): WayOut[] {
  const found = waysOut(actual, expected, context);
  const other = found.length > 0 ? null : otherUnit(actual, expected, context);
  if (found.length > 0 || !isDimension(actual.sort)) return found;
  if (other !== null) return [other];
  if (isDimensionless(actual.sort) && equal(expected, FREQUENCY)) return [perMillisecond(actual.expr)];
  return equal(divide(actual.sort, expected), TIME) ? [{ help: "divide by the time constant with which it changes, such as `τ` with `param τ = 10 ms`", fix: null }] : [];
}

/** Equations in pure numbers are mostly written for milliseconds. */
function perMillisecond(expr: CheckedExpr): WayOut {
  const text = textOf(expr.origin);
  const inner = needsParentheses(expr) ? `(${text})` : text;
  const written = `${inner}/(1 ms)`;
  return {
    help: "divide by the unit of time in which it is meant: `(…)/(1 ms)`",
    fix: { title: "divide by `1 ms`", edits: [{ span: expr.origin, newText: written }], confidence: "likely" },
  };
}

/** Where a single name was declared: the surprise may lie there. What states and inputs are, a modeller knows. */
export function declaredOf(s: Sized): Declared[] {
  const { expr } = s;
  if ((expr.kind !== "quantity" && expr.kind !== "setup" && expr.kind !== "end") || !isDimension(s.sort) || expr.quantity.role === "state" || expr.quantity.role === "input") return [];
  if (expr.quantity.origin.source === expr.origin.source && expr.quantity.origin.start === expr.origin.start) return [];
  const name = expr.kind === "end" ? `${expr.end}.${expr.quantity.name}` : expr.quantity.name;
  return [{ name, span: expr.quantity.origin, ...wordsOf(s.sort, s.unit) }];
}

/** Best first: parameters, constants, lets, then what changes in time. */
function inScope(context: Context): Known[] {
  const order = ["param", "const", "let", "state", "input"];
  const all = [...context.model.quantities.values(), ...context.setup.values()].filter((k) => k.quantity.indices.length === 0);
  return all.map((k, i) => ({ k, i })).sort((a, b) => order.indexOf(a.k.quantity.role) - order.indexOf(b.k.quantity.role) || a.i - b.i).map(({ k }) => k);
}

function wayOut(verb: "multiply" | "divide", by: Known, expr: CheckedExpr): WayOut {
  const { name, dimension, unit } = by.quantity;
  const text = quotable(expr.origin);
  const inner = text === null ? null : needsParentheses(expr) ? `(${text})` : text;
  const written = inner === null ? null : verb === "multiply" ? `${name}*${inner}` : `${inner}/${name}`;
  const words = short(dimension, unit);
  const kind = /^(.*) \((.*)\)$/.exec(words);
  const help = `${verb} by ${kind === null ? `\`${name}\`` : `the ${kind[1] ?? ""} \`${name}\` (${kind[2] ?? ""})`}`;
  return {
    help: written === null ? help : `${help}: \`${written}\``,
    fix: written === null ? null : { title: `${verb} by \`${name}\``, edits: [{ span: expr.origin, newText: written }], confidence: "likely" },
  };
}

/** A bare number where a quantity is needed, here or where the name was declared. */
function forgottenUnit(actual: Sized, expected: Dimension, context: Context, expectedUnit?: Unit): WayOut | null {
  if (!isDimension(actual.sort) || !isDimensionless(actual.sort) || equal(expected, DIMENSIONLESS)) return null;
  const unit = (expectedUnit ?? canonicalUnit(expected)).text;
  const literal = bareLiteral(actual.expr);
  if (literal !== null) {
    const written = `${textOf(literal)} ${unit}`;
    return { help: `give the number a unit: \`${written}\``, fix: { title: `write \`${written}\``, edits: [{ span: { ...literal, start: literal.end }, newText: ` ${unit}` }], confidence: "likely" } };
  }
  if (actual.expr.kind !== "quantity" && actual.expr.kind !== "setup") return null;
  const { name, role } = actual.expr.quantity;
  if (role !== "param" && role !== "const") return null;
  const bare = (context.model.quantities.get(name) ?? context.setup.get(name))?.bare ?? null;
  if (bare === null) return { help: `declare \`${name}\` with a unit, such as \`${exampleLiteral(expected)}\``, fix: null };
  const written = `${bare.text} ${unit}`;
  return {
    help: `give \`${name}\` a unit where it is declared: \`${role} ${name.slice(name.lastIndexOf(".") + 1)} = ${written}\``,
    fix: { title: `write \`${written}\``, edits: [{ span: { ...bare.span, start: bare.span.end }, newText: ` ${unit}` }], confidence: "likely" },
  };
}

function isLiteral(expr: CheckedExpr): boolean {
  return expr.kind === "number" || (expr.kind === "negate" && expr.operand.kind === "number");
}

function bareLiteral(expr: CheckedExpr): Span | null {
  const inner = expr.kind === "negate" ? expr.operand : expr;
  return inner.kind === "number" && /^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(textOf(expr.origin)) ? expr.origin : null;
}

/** Short source text of one line that can be quoted in a help. */
function quotable(at: Span): string | null {
  const text = textOf(at);
  return text.length > 0 && text.length <= 60 && !/[\r\n`]/.test(text) && !text.includes("//") ? text : null;
}

function needsParentheses(expr: CheckedExpr): boolean {
  const text = textOf(expr.origin);
  if (/^[\p{L}\p{N}_.]+$/u.test(text) || /^[\p{L}\p{N}_]+\[[^\]]*\]$/u.test(text)) return false;
  if (text.startsWith("(") && closes(text)) return false;
  return !(expr.kind === "call" && /^[\p{L}\p{N}_]+\(/u.test(text) && closes(text.slice(text.indexOf("("))));
}

/** True where the parenthesis that begins the text ends it. */
function closes(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")" && --depth === 0) return i === text.length - 1;
  }
  return false;
}

function mentions(expr: CheckedExpr, quantity: CheckedQuantity): boolean {
  let found = false;
  visit(expr, (e) => {
    if ((e.kind === "quantity" || e.kind === "setup") && e.quantity.name === quantity.name) found = true;
  });
  return found;
}
