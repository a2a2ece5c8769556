// The vocabulary of units: every symbol with its dimension and its exact scale. All of them, prefixes included, are products
// of powers of ten and of six (a minute is 6 * 10 s), so that no rounded factor exists anywhere.
import { nearNames } from "../base/nearNames.ts";
import { dimension, DIMENSIONLESS, rational, TEMPERATURE, TIME } from "./dimension.ts";
import type { Dimension, Rational } from "./dimension.ts";

/** 10^ten * 6^six. */
export interface Scale {
  readonly ten: Rational;
  readonly six: Rational;
}

export interface UnitSymbol {
  readonly symbol: string;
  readonly dimension: Dimension;
  /** One of this unit, in canonical units. */
  readonly scale: Scale;
  /** Where the unit's zero lies, as decimal text in canonical units; for absolute temperatures only. */
  readonly offset: string | null;
}

export function unitSymbol(symbol: string): UnitSymbol | null {
  return SYMBOLS.get(symbol) ?? null;
}

export function isUnitSymbol(symbol: string): boolean {
  return SYMBOLS.has(symbol);
}

/** All symbols with all prefixes, those of daily use in electrophysiology first. */
export function unitSymbols(): readonly string[] {
  return ALL_SYMBOLS;
}

/** What someone who wrote this unknown symbol may have meant, likeliest first: `mv` is mV, `msec` is ms, `cm2` is cm^2. */
export function suggestUnits(symbol: string): string[] {
  if (symbol.length > LONGEST_WORD) return [];
  const asPower = POWER_WITHOUT_CARET.exec(symbol.replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/gu, (c) => SUPERSCRIPTS.get(c) ?? c));
  if (asPower?.[1] !== undefined && isUnitSymbol(asPower[1])) return [`${asPower[1]}^${asPower[2] ?? ""}`];
  const spelledOut = fromWord(symbol);
  if (spelledOut !== null) return [spelledOut];
  const lowerCase = symbol.toLowerCase();
  const kind = KINDS.get(lowerCase);
  if (kind !== undefined) return [kind];
  const otherCase = ALL_SYMBOLS.filter((s) => s.toLowerCase() === lowerCase);
  const usual = otherCase.filter((s) => COMMON.includes(s));
  if (otherCase.length > 0) return (usual.length > 0 ? usual : otherCase).slice(0, 3);
  return symbol.length < 2 ? [] : nearNames(symbol, COMMON);
}

/** A kind of quantity in the place of a unit: what the field mostly writes. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["current", "pA"], ["voltage", "mV"], ["potential", "mV"], ["conductance", "nS"], ["capacitance", "pF"], ["resistance", "MΩ"], ["time", "ms"], ["rate", "Hz"], ["frequency", "Hz"],
  ["none", "1"], ["unitless", "1"], ["dimensionless", "1"], ["real", "1"], ["float", "1"], ["number", "1"],
]); // prettier-ignore

/** The longest symbol there is, in UTF-16 code units; what is longer need not be looked up. */
export const LONGEST_SYMBOL = 8;

/** The canonical unit of a dimension as a power of ten of its SI unit (kg for mass): µm, 1e-12 kg, ms, pA, K, amol, cd. The mass makes the voltage mV. */
const CANONICAL_TENS = [-6, -12, -3, -12, 0, -18, 0];

/** Symbol, power of ten of the SI unit, exponents over length, mass, time, current, temperature, amount, luminosity. */
const PREFIXED: readonly (readonly [symbols: string, ten: number, exponents: readonly number[]])[] = [
  ["V", 0, [2, 1, -3, -1]],
  ["A", 0, [0, 0, 0, 1]],
  ["S", 0, [-2, -1, 3, 2]],
  ["F", 0, [-2, -1, 4, 2]],
  ["Ω \u2126 ohm Ohm", 0, [2, 1, -3, -2]],
  ["s", 0, [0, 0, 1]],
  ["Hz Bq", 0, [0, 0, -1]],
  ["C", 0, [0, 0, 1, 1]],
  ["m", 0, [1]],
  ["g", -3, [0, 1]],
  ["K", 0, [0, 0, 0, 0, 1]],
  ["mol", 0, [0, 0, 0, 0, 0, 1]],
  ["M", 3, [-3, 0, 0, 0, 0, 1]],
  ["L l", -3, [3]],
  ["cd lm", 0, [0, 0, 0, 0, 0, 0, 1]],
  ["lx", 0, [-2, 0, 0, 0, 0, 0, 1]],
  ["N", 0, [1, 1, -2]],
  ["Pa", 0, [-1, 1, -2]],
  ["J", 0, [2, 1, -2]],
  ["W", 0, [2, 1, -3]],
  ["Wb", 0, [2, 1, -2, -1]],
  ["T", 0, [0, 1, -2, -1]],
  ["H", 0, [2, 1, -2, -2]],
  ["Gy Sv", 0, [2, 0, -2]],
  ["kat", 0, [0, 0, -1, 0, 0, 1]],
  ["rad sr", 0, []],
];

const PREFIXES: readonly (readonly [prefix: string, ten: number])[] = [
  ["", 0],
  ["m", -3],
  ["u", -6],
  ["n", -9],
  ["p", -12],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["f", -15],
  ["a", -18],
  ["c", -2],
  ["d", -1],
  ["\u00B5", -6],
  ["\u03BC", -6],
  ["da", 1],
  ["h", 2],
  ["T", 12],
  ["P", 15],
  ["E", 18],
  ["Z", 21],
  ["Y", 24],
  ["R", 27],
  ["Q", 30],
  ["z", -21],
  ["y", -24],
  ["r", -27],
  ["q", -30],
];

/** In suggestions, these before others. */
const COMMON = (
  "mV V uV pA nA uA mA A nS pS uS mS S pF nF uF F ms s us Hz kHz GΩ MΩ kΩ Ω Gohm Mohm kohm ohm " +
  "fC pC nC C um cm mm nm m mM uM nM M mol min h K degC %"
).split(" ");

const WORDS: readonly (readonly [word: string, symbol: string])[] = [
  ["volts", "V"],
  ["volt", "V"],
  ["amperes", "A"],
  ["ampere", "A"],
  ["amps", "A"],
  ["amp", "A"],
  ["siemens", "S"],
  ["mhos", "S"],
  ["mho", "S"],
  ["farads", "F"],
  ["farad", "F"],
  ["ohms", "ohm"],
  ["ohm", "ohm"],
  ["seconds", "s"],
  ["second", "s"],
  ["secs", "s"],
  ["sec", "s"],
  ["hertz", "Hz"],
  ["coulombs", "C"],
  ["coulomb", "C"],
  ["meters", "m"],
  ["meter", "m"],
  ["metres", "m"],
  ["metre", "m"],
  ["microns", "um"],
  ["micron", "um"],
  ["grams", "g"],
  ["gram", "g"],
  ["liters", "L"],
  ["liter", "L"],
  ["litres", "L"],
  ["litre", "L"],
  ["moles", "mol"],
  ["mole", "mol"],
  ["molar", "M"],
  ["minutes", "min"],
  ["minute", "min"],
  ["mins", "min"],
  ["hours", "h"],
  ["hour", "h"],
  ["hrs", "h"],
  ["hr", "h"],
  ["kelvins", "K"],
  ["kelvin", "K"],
  ["celsius", "degC"],
  ["\u00B0c", "degC"],
  ["\u2103", "degC"],
  ["percent", "%"],
  ["pascals", "Pa"],
  ["pascal", "Pa"],
  ["newtons", "N"],
  ["newton", "N"],
  ["joules", "J"],
  ["joule", "J"],
  ["watts", "W"],
  ["watt", "W"],
  ["teslas", "T"],
  ["tesla", "T"],
];

const PREFIX_WORDS: ReadonlyMap<string, string> = new Map([
  ["milli", "m"],
  ["micro", "u"],
  ["nano", "n"],
  ["pico", "p"],
  ["femto", "f"],
  ["atto", "a"],
  ["kilo", "k"],
  ["mega", "M"],
  ["giga", "G"],
  ["centi", "c"],
  ["deci", "d"],
  ["meg", "M"],
]);

const LONGEST_WORD = 20;
const SUPERSCRIPTS: ReadonlyMap<string, string> = new Map(
  [..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"].map((c, i) => [c, "-0123456789"[i] ?? ""]),
);
const POWER_WITHOUT_CARET = /^(\D*[^-\d])(-?\d+)$/u;
const SYMBOLS = allSymbols();
const ALL_SYMBOLS: readonly string[] = [...new Set([...COMMON, ...SYMBOLS.keys()])];

function allSymbols(): ReadonlyMap<string, UnitSymbol> {
  const symbols = new Map<string, UnitSymbol>();
  // Every start of glif makes this table: dimensions once a row, and a prefix only shifts the point.
  const dimensions = new Map(PREFIXED.map(([names, , exponents]) => [names, dimension(exponents)]));
  // First come, first kept: a whole symbol wins over prefix and unit (Pa is no peta-a, min no milli-in, cd no centi-d).
  const add = (
    symbol: string,
    ten: number,
    six: number,
    of: Dimension,
    exponents: readonly number[],
    offset: string | null = null,
  ): void => {
    if (!symbols.has(symbol))
      symbols.set(symbol, {
        symbol,
        dimension: of,
        scale: { ten: rational(canonicalTen(ten, exponents)), six: rational(six) },
        offset,
      });
  };
  const addAll = (prefix: string, shift: number): void => {
    for (const [names, ten, exponents] of PREFIXED) {
      const of = dimensions.get(names) ?? DIMENSIONLESS;
      for (const name of names.split(" ")) add(prefix + name, ten + shift, 0, of, exponents);
    }
  };
  addAll("", 0);
  add("min", 1, 1, TIME, [0, 0, 1]);
  add("h", 2, 2, TIME, [0, 0, 1]);
  add("%", -2, 0, DIMENSIONLESS, []);
  add("degC", 0, 0, TEMPERATURE, [0, 0, 0, 0, 1], "273.15");
  for (const [prefix, shift] of PREFIXES) addAll(prefix, shift);
  return symbols;
}

/** Power of ten from a unit that is 10^ten of its SI unit to the canonical one; exponents of units by name are whole. */
function canonicalTen(ten: number, exponents: readonly number[]): number {
  return exponents.reduce((sum, e, i) => sum - e * (CANONICAL_TENS[i] ?? 0), ten);
}

function fromWord(symbol: string): string | null {
  const lowerCase = symbol.toLowerCase();
  for (const [word, unit] of WORDS) {
    if (!lowerCase.endsWith(word)) continue;
    const before = symbol.slice(0, symbol.length - word.length);
    const prefix = PREFIX_WORDS.get(before.toLowerCase()) ?? before;
    if (isUnitSymbol(prefix + unit)) return prefix + unit;
  }
  // `microS`, `megaohm`: the prefix alone is a word.
  for (const [word, prefix] of PREFIX_WORDS) {
    const rest = symbol.slice(word.length);
    if (lowerCase.startsWith(word) && isUnitSymbol(prefix + rest)) return prefix + rest;
  }
  return null;
}
