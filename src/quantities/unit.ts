// Units as a modeller writes them, and numbers in them: read once, exactly, into the units in which kernels compute.
import { invariant } from "../base/invariant.ts";
import { addDecimals, canonicalNumber, decimal, scaledToDouble } from "../runtime/decimal.ts";
import { decadesOf, scaleTimes } from "../runtime/scale.ts";
import type { Scale } from "../runtime/scale.ts";
import { isUnitSymbol } from "../runtime/unitSymbol.ts";
import { unitMeaning } from "../runtime/unitText.ts";
import { canonicalText } from "./canonicalText.ts";
import { dimension, rational } from "./dimension.ts";
import type { Dimension } from "./dimension.ts";
import { suggestUnits } from "./suggestUnits.ts";

export { decadesOf } from "../runtime/scale.ts";
export { isUnitSymbol } from "../runtime/unitSymbol.ts";
export type { UnitFactor } from "../runtime/unitText.ts";
export { scanUnit, unitFactors } from "../runtime/unitText.ts";
export { unitSymbols } from "./suggestUnits.ts";

/** A number of this unit, times the scale, plus the offset, is the number of canonical units; exactly. */
export interface Unit {
  /** As written, or as composed by canonicalUnit. */
  readonly text: string;
  readonly dimension: Dimension;
  readonly scale: Scale;
  /** Decimal text, in canonical units; degC alone has one. */
  readonly offset: string | null;
}

/** Places are offsets into the unit's text. */
export type UnitProblem =
  | {
      readonly kind: "unknown";
      readonly symbol: string;
      readonly start: number;
      readonly end: number;
      readonly suggestions: readonly string[];
    }
  | { readonly kind: "malformed"; readonly at: number; readonly message: string }
  /** degC with anything beside it: its zero is not zero, so that it can be neither multiplied nor divided. */
  | { readonly kind: "offset"; readonly symbol: string; readonly start: number; readonly end: number };

export type UnitResult = { readonly unit: Unit } | { readonly problem: UnitProblem };

/** Reads a whole unit: `mV`, `/ms`, `1/ms`, `nS/cm^2`, `pA*sqrt(ms)`, `ms^(-1/2)`, `%`, and `1` for a pure number. */
export function parseUnit(text: string): UnitResult {
  const meaning = unitMeaning(text);
  if ("scale" in meaning) {
    const { exponents, scale, offset } = meaning;
    return { unit: { text, dimension: dimension(exponents), scale, offset } };
  }
  if ("tooMuch" in meaning) return { problem: { kind: "malformed", at: 0, message: meaning.tooMuch } };
  if ("end" in meaning) return { problem: problemIn(text, meaning.end) };
  const { symbol, start, end } = meaning.notAlone;
  return { problem: { kind: "offset", symbol, start, end } };
}

/** A unit that our own text writes. */
export function knownUnit(text: string): Unit {
  const result = parseUnit(text);
  invariant("unit" in result, `unit ${text}`);
  return result.unit;
}

/** `mV/(ms*nS)` as it is written here, `mV/ms/nS`: what divides below the line multiplies above it. Null where that is no unit either. */
export function withoutParentheses(text: string): string | null {
  const meant = text.replace(
    /\/\(([^()]*)\)/gu,
    (_, below: string) => `/${below.replace(/[*/]/gu, (sign) => (sign === "*" ? "/" : "*"))}`,
  );
  return meant !== text && "unit" in parseUnit(meant) ? meant : null;
}

/**
 * The double nearest to a decimal text, in canonical units. The sign, if there is one, belongs into `digits`: it counts before the
 * offset of degC does. "overflow": the value is infinite; "underflow": it is 0 or has lost digits, although the text is not 0.
 */
export function canonicalValue(
  digits: string,
  unit: Unit | null,
): { readonly value: number; readonly problem: "overflow" | "underflow" | null } {
  const { value, digits: read } = canonicalNumber(digits, unit ?? PLAIN);
  const size = Math.abs(value);
  return {
    value,
    problem: size === Infinity ? "overflow" : read !== 0n && size < SMALLEST_NORMAL ? "underflow" : null,
  };
}

/** A canonical value in the unit, from the value's shortest decimal text: what was written as `0.1 V` comes back as 0.1. */
export function inUnit(canonical: number, unit: Unit): number {
  const ten = unit.offset === null ? decadesOf(unit.scale) : null;
  if (!Number.isFinite(canonical) || ten === 0) return canonical;
  if (ten !== null) return movePoint(canonical, -ten);
  const value = decimal(String(canonical));
  return scaledToDouble(
    unit.offset === null ? value : addDecimals(value, decimal(`-${unit.offset}`)),
    scaleTimes([], unit.scale, rational(-1)),
  );
}

/** The unit in which kernels compute a dimension: mV, pA, nS, pF, ms, /ms, GΩ, fC, pA/µm^2, mM, `mV/sqrt(ms)`, `1`. */
export function canonicalUnit(dimension: Dimension): Unit {
  const known = canonicalUnits.get(dimension.key);
  if (known !== undefined) return known;
  const unit: Unit = { text: canonicalText(dimension), dimension, ...PLAIN };
  canonicalUnits.set(dimension.key, unit);
  return unit;
}

/** A memory only: naming a dimension takes a search. */
const canonicalUnits = new Map<string, Unit>();

/** value * 10^places by way of its shortest text. Whole traces come through here, so it does without BigInt. */
function movePoint(value: number, places: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Object.is(value, -0) ? -0 : Number(`${digits}e${Number(exponent) + places}`);
}

const PLAIN: Pick<Unit, "scale" | "offset"> = { scale: [], offset: null };
const PARENTHESES = "parentheses stand only after sqrt and around an exponent; `mV/(ms*nS)` is written `mV/ms/nS`";
const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** Why `text` is no unit although it may begin like one, up to `end`: the first unknown symbol, else the place where reading stopped. */
function problemIn(text: string, end: number): UnitProblem {
  if (text.trim() === "") return { kind: "malformed", at: 0, message: "a unit is missing" };
  const space = text.search(/\s/);
  if (space >= 0) return { kind: "malformed", at: space, message: "a unit has no spaces inside it" };
  for (const word of text.matchAll(/(\^\(?)?([^*/^()]+)/g)) {
    const symbol = word[2] ?? "";
    const start = word.index + (word[1] ?? "").length;
    const stop = start + symbol.length;
    const isExponent = word[1] !== undefined || /^\d+$/.test(symbol);
    if (isExponent || isUnitSymbol(symbol) || (symbol === "sqrt" && text[stop] === "(")) continue;
    return { kind: "unknown", symbol, start, end: stop, suggestions: suggestUnits(symbol) };
  }
  return { kind: "malformed", at: end, message: reasonAt(text, end) };
}

function reasonAt(text: string, end: number): string {
  const next = text[end];
  if (next === "^") return "an exponent is a whole number or a fraction in parentheses, such as ^2, ^-1 or ^(1/2)";
  if (next === "(" || next === ")" || text[end + 1] === "(") return PARENTHESES;
  if (next === "*" || next === "/")
    return end + 1 === text.length
      ? `a unit symbol is missing after \`${next}\``
      : `what follows \`${next}\` is no unit`;
  return "this is no unit";
}
