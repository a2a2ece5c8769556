// Units and numbers as Brian2 writes them: `-50*mV`, `5*nS/cm**2`, and the dimension of a variable, `volt/second`.
import type { Dimension, Rational } from "../../quantities/dimension.ts";
import { rationalText } from "../../quantities/dimension.ts";
import { canonicalUnit, inUnit, unitFactors, type Unit } from "../../quantities/unit.ts";
import { CANONICAL_TENS } from "../../runtime/unitTable.ts";
import { present } from "../../base/invariant.ts";

/** Brian2's name of each unit that it has, by ours. */
const BASES: Readonly<Record<string, string>> = {
  V: "volt",
  A: "amp",
  S: "siemens",
  F: "farad",
  s: "second",
  Hz: "hertz",
  Bq: "becquerel",
  Ω: "ohm",
  "\u2126": "ohm",
  ohm: "ohm",
  Ohm: "ohm",
  C: "coulomb",
  m: "metre",
  g: "gram",
  M: "molar",
  mol: "mole",
  L: "liter",
  l: "liter",
  kat: "katal",
  K: "kelvin",
  N: "newton",
  Pa: "pascal",
  J: "joule",
  W: "watt",
  Wb: "weber",
  T: "tesla",
  H: "henry",
  cd: "candle",
  lm: "lumen",
  lx: "lux",
  Gy: "gray",
  Sv: "sievert",
};
const PREFIXES: Readonly<Record<string, string>> = {
  Y: "Y",
  Z: "Z",
  E: "E",
  P: "P",
  T: "T",
  G: "G",
  M: "M",
  k: "k",
  h: "h",
  da: "da",
  d: "d",
  c: "c",
  m: "m",
  u: "u",
  µ: "u",
  "\u03bc": "u",
  n: "n",
  p: "p",
  f: "f",
  a: "a",
  z: "z",
  y: "y",
};
/** Short names that a Brian2 script has at hand. */
const SHORT = new Set("mV mA uA nA pA pF uF nF nS uS mS ms us Hz kHz MHz cm mm um mM uM nM".split(" "));

/** Null for a unit that Brian2 lacks. */
function symbolIn(symbol: string, dimensional: boolean): string | null {
  const whole = Object.hasOwn(BASES, symbol) ? BASES[symbol] : undefined;
  if (whole !== undefined)
    return !dimensional && SHORT.has(symbol) ? symbol : dimensional && whole === "gram" ? "kilogram" : whole;
  for (const length of [2, 1]) {
    const [before, after] = [symbol.slice(0, length), symbol.slice(length)];
    if (!Object.hasOwn(PREFIXES, before) || !Object.hasOwn(BASES, after)) continue;
    const prefix = present(PREFIXES[before], "prefix");
    const base = present(BASES[after], "base");
    if (dimensional) return base === "gram" ? "kilogram" : base;
    return SHORT.has(`${prefix}${after}`) ? `${prefix}${after}` : `${prefix}${base}`;
  }
  return null;
}

/** Brian2's own dimensions know no concentration but as amounts in a volume. */
const MOLAR = [
  ["mole", 1],
  ["metre", -3],
] as const;

interface Power {
  readonly symbol: string;
  readonly exponent: Rational;
}

function powersOf(text: string, dimensional: boolean): readonly Power[] | null {
  if (text === "1") return [];
  const powers: Power[] = [];
  for (const { symbol, exponent } of unitFactors(text)) {
    const name = symbolIn(symbol, dimensional);
    if (name === null) return null;
    if (dimensional && name === "molar")
      for (const [base, power] of MOLAR)
        powers.push({
          symbol: base,
          exponent: { numerator: exponent.numerator * power, denominator: exponent.denominator },
        });
    else powers.push({ symbol: name, exponent });
  }
  return powers.length === 0 ? null : powers;
}

function exponentText({ numerator, denominator }: Rational): string {
  return denominator === 1 ? String(numerator) : `(${rationalText({ numerator, denominator })})`;
}

/** `head` is a number, or "" for a dimension by itself. */
function product(head: string, powers: readonly Power[]): string {
  const raised = ({ symbol, exponent }: Power): string =>
    exponent.numerator === 1 && exponent.denominator === 1 ? symbol : `${symbol}**${exponentText(exponent)}`;
  const above = powers.filter((p) => p.exponent.numerator > 0).map(raised);
  const below = powers
    .filter((p) => p.exponent.numerator < 0)
    .map((p) => ({
      symbol: p.symbol,
      exponent: { numerator: -p.exponent.numerator, denominator: p.exponent.denominator },
    }));
  const over = [...(head === "" ? [] : [head]), ...above].join("*");
  if (over === "") return powers.map(raised).join("*");
  return [over, ...below.map(raised)].join("/");
}

/** The unit by which a list of numbers is multiplied, `*mV`, `/ms`, and the numbers in it; empty for pure numbers. */
export function unitOf(dimension: Dimension, shown: Unit): { readonly text: string; readonly unit: Unit } {
  const own = shown.offset === null && shown.dimension.key === dimension.key ? powersOf(shown.text, false) : null;
  const unit = own === null ? canonicalUnit(dimension) : shown;
  const powers = own ?? present(powersOf(unit.text, false), `unit ${unit.text}`);
  return { text: product("#", powers).slice(1), unit };
}

/** A canonical value as a script writes it, in the unit in which people see it where Brian2 has that. */
export function quantityText(value: number, dimension: Dimension, shown: Unit = canonicalUnit(dimension)): string {
  const { text, unit } = unitOf(dimension, shown);
  return `${numberText(inUnit(value, unit))}${text}`;
}

export function numberText(value: number): string {
  return Object.is(value, -0) ? "0" : value === Infinity ? "inf" : value === -Infinity ? "-inf" : String(value);
}

/** What stands behind the colon of an equation. */
export function dimensionText(dimension: Dimension): string {
  if (dimension.key === "1") return "1";
  if (dimension.key === "T-1") return "hertz";
  return product("", present(powersOf(canonicalUnit(dimension).text, true), dimension.key));
}

/** A canonical value times ten to this power is in Brian2's units, those of the SI; null where the power is no whole number. */
export function tensToSI({ exponents }: Dimension): number | null {
  let tens = 0;
  for (const [k, { numerator, denominator }] of exponents.entries())
    tens += ((CANONICAL_TENS[k] ?? 0) * numerator) / denominator;
  return Number.isInteger(tens) ? tens : null;
}
