// How a unit is written: `mV`, `/ms`, `nS/cm^2`, `pA*sqrt(ms)`. One reader serves the lexer, which needs to know where a unit
// ends, and those who need its factors. It goes forward only: linear in the text, whatever the text.
import { addRationals, multiplyRationals, negateRational, rational, rationalFromNumber } from "./rational.ts";
import type { Rational } from "./rational.ts";
import { commonRoot, scaleTimes } from "./scale.ts";
import type { Scale } from "./scale.ts";
import { isUnitSymbol, unitSymbol } from "./unitSymbol.ts";
import { CANONICAL_TENS, LONGEST_SYMBOL } from "./unitTable.ts";

/** One symbol of a unit. `start` and `end` hold the symbol alone, without sqrt and exponent. */
export interface UnitFactor {
  readonly symbol: string;
  /** As written before it (before its sqrt, for the first symbol inside one); "" for one that begins the unit. */
  readonly operator: "" | "*" | "/";
  readonly start: number;
  readonly end: number;
  /** Of this symbol in the whole unit: negative after `/`. */
  readonly exponent: Rational;
}

export interface UnitReading {
  readonly end: number;
  readonly factors: readonly UnitFactor[];
}

/** What a unit means: a number of it, times the scale, plus the offset, is the number of canonical units; exactly. */
export interface UnitMeaning {
  /** Over length, mass, time, current, temperature, amount, luminosity. */
  readonly exponents: readonly Rational[];
  readonly scale: Scale;
  /** Decimal text, in canonical units; degC alone has one. */
  readonly offset: string | null;
}

/** Why a text is no unit: reading it ended at `end`; it is more than can be meant; or degC has something beside it, its zero not being zero. */
export type NoUnit = { readonly end: number } | { readonly tooMuch: string } | { readonly notAlone: UnitFactor };

/** Of a whole text: `mV`, `/ms`, `1/ms`, `nS/cm^2`, `pA*sqrt(ms)`, `ms^(-1/2)`, `%`, and `1` for a pure number. */
export function unitMeaning(text: string): UnitMeaning | NoUnit {
  let exponents: readonly Rational[] = CANONICAL_TENS.map(() => NO_EXPONENT);
  let scale: Scale = [];
  if (text === "1") return { exponents, scale, offset: null };
  const reading = readUnit(text, text.startsWith("1/") ? 1 : 0);
  if (reading?.end !== text.length) return { end: reading?.end ?? 0 };
  if (reading.factors.length > MOST_FACTORS) return { tooMuch: `a unit of more than ${MOST_FACTORS} factors` };
  for (const factor of reading.factors) {
    const symbol = unitSymbol(factor.symbol);
    if (symbol === null) return { end: factor.start };
    exponents = exponents.map((e, k) =>
      addRationals(e, multiplyRationals(rational(symbol.exponents[k] ?? 0), factor.exponent)),
    );
    scale = scaleTimes(scale, symbol.scale, factor.exponent);
    if (symbol.offset !== null)
      return text === factor.symbol ? { exponents, scale, offset: symbol.offset } : { notAlone: factor };
  }
  return commonRoot(scale) > FINEST_SCALE
    ? { tooMuch: "exponents too fine for a unit" }
    : { exponents, scale, offset: null };
}

/** Reads the longest unit at `offset` that begins with a symbol, `%`, `sqrt(` or `/`; null where there is none. */
export function readUnit(text: string, offset: number): UnitReading | null {
  return readProduct(text, offset, true, 0);
}

/** Where the longest unit that begins at `offset` ends, or null where none begins. In `20 pA*sqrt(ms)*ξ` it ends before `*ξ`. */
export function scanUnit(text: string, offset: number): number | null {
  return readUnit(text, offset)?.end ?? null;
}

/** The symbols of a unit text with their places; none where the text is no unit. */
export function unitFactors(text: string): readonly UnitFactor[] {
  const offset = /^1[*/]/.test(text) ? 1 : 0;
  const reading = readUnit(text, offset);
  return reading?.end === text.length ? reading.factors : [];
}

/** Deeper roots than a fourth occur in no model; the bound keeps the reader's recursion flat. */
const DEEPEST_ROOT = 2;
const FINEST_EXPONENT = 12;
const MOST_FACTORS = 32;
/** Roots of prefixes are taken to many digits; beyond this root that would be slow and of no use. */
const FINEST_SCALE = 60;
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}_]/uy;
const EXPONENT = /\^(?:(-?\d{1,3}(?:\.\d{1,3})?)(?![\p{L}\p{M}\p{N}_]|\.\d)|\((-?\d{1,3})(?:\/(\d{1,2}))?\))/uy;
const NO_EXPONENT = rational(0);
const ONE = rational(1);
const HALF = rational(1, 2);

function readProduct(text: string, offset: number, mayStartWithSlash: boolean, depth: number): UnitReading | null {
  const factors: UnitFactor[] = [];
  let end = offset;
  for (;;) {
    const written = text[end];
    const operator = written === "/" || (written === "*" && factors.length > 0) ? written : "";
    if (operator === "" ? factors.length > 0 : factors.length === 0 && !mayStartWithSlash) break;
    const read = readFactor(text, end + operator.length, operator, depth);
    if (read === null) break;
    for (const factor of read.factors) factors.push(factor);
    end = read.end;
  }
  return factors.length === 0 ? null : { end, factors };
}

function readFactor(text: string, offset: number, operator: UnitFactor["operator"], depth: number): UnitReading | null {
  const inner = readRoot(text, offset, depth) ?? readSymbol(text, offset);
  if (inner === null) return null;
  const { exponent, end } = readExponent(text, inner.end);
  const signed = operator === "/" ? negateRational(exponent) : exponent;
  const factors = inner.factors.map((f, i) => ({
    ...f,
    operator: i === 0 ? operator : f.operator,
    exponent: multiplyRationals(f.exponent, signed),
  }));
  return { end, factors };
}

function readRoot(text: string, offset: number, depth: number): UnitReading | null {
  if (!text.startsWith("sqrt(", offset) || depth >= DEEPEST_ROOT) return null;
  const inside = readProduct(text, offset + 5, false, depth + 1);
  if (inside === null || text[inside.end] !== ")") return null;
  return {
    end: inside.end + 1,
    factors: inside.factors.map((f) => ({ ...f, exponent: multiplyRationals(f.exponent, HALF) })),
  };
}

function readSymbol(text: string, start: number): UnitReading | null {
  const symbol = text[start] === "%" ? "%" : wordAt(text, start);
  const end = start + symbol.length;
  WORD_CHARACTER.lastIndex = end;
  if (!isUnitSymbol(symbol) || WORD_CHARACTER.test(text)) return null;
  return { end, factors: [{ symbol, operator: "", start, end, exponent: ONE }] };
}

/** At most one character more than the longest symbol: what is cut off is no unit anyway. */
function wordAt(text: string, start: number): string {
  return /^[\p{L}\p{M}\p{N}_]*/u.exec(text.slice(start, start + LONGEST_SYMBOL + 1))?.[0] ?? "";
}

function readExponent(text: string, end: number): { readonly exponent: Rational; readonly end: number } {
  EXPONENT.lastIndex = end;
  const match = EXPONENT.exec(text);
  if (match === null) return { exponent: ONE, end };
  const [whole, plain, numerator, denominator] = match;
  const exponent =
    plain === undefined ? fraction(Number(numerator), Number(denominator ?? 1)) : rationalFromNumber(Number(plain));
  return exponent === null || exponent.denominator > FINEST_EXPONENT
    ? { exponent: ONE, end }
    : { exponent, end: end + whole.length };
}

function fraction(numerator: number, denominator: number): Rational | null {
  return denominator === 0 ? null : rational(numerator, denominator);
}
