// Units by their many spellings: what somebody who wrote an unknown one may have meant.
import { nearNames } from "../base/nearNames.ts";
import { isUnitSymbol } from "../runtime/unitSymbol.ts";
import { PREFIXES, UNITS } from "../runtime/unitTable.ts";

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
  if (/^(?:at|as|to|is|am|pm)$/u.test(symbol)) return [];
  const kind = KINDS.get(lowerCase);
  if (kind !== undefined) return [kind];
  const otherCase = ALL_SYMBOLS.filter((s) => s.toLowerCase() === lowerCase);
  const usual = otherCase.filter((s) => COMMON.includes(s));
  if (otherCase.length > 0) return (usual.length > 0 ? usual : otherCase).slice(0, 3);
  return symbol.length < 2 ? [] : nearNames(symbol, COMMON);
}

/** A kind of quantity in the place of a unit: what the field mostly writes. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["current", "pA"], ["voltage", "mV"], ["potential", "mV"], ["conductance", "nS"], ["capacitance", "pF"], ["resistance", "MΩ"], ["time", "ms"], ["micron", "um"], ["microns", "um"], ["rate", "Hz"], ["frequency", "Hz"],
  ["none", "1"], ["unitless", "1"], ["dimensionless", "1"], ["real", "1"], ["float", "1"], ["number", "1"],
]); // prettier-ignore

/** In suggestions, these before others. */
const COMMON = UNITS.flatMap((row) => listed(row.usual));
/** Each with the spelling that a keyboard has. */
const WORDS = UNITS.flatMap(({ names, words }) => {
  const plain = /(?<![^ ])[\w%]+(?![^ ])/.exec(names)?.[0] ?? listed(names)[0] ?? "";
  return listed(words).map((word): readonly [string, string] => [word, plain]);
});
const PREFIX_WORDS: ReadonlyMap<string, string> = new Map(
  PREFIXES.flatMap(([prefix, , words]) => listed(words).map((word): [string, string] => [word, prefix])),
);

const LONGEST_WORD = 20;
const SUPERSCRIPTS: ReadonlyMap<string, string> = new Map(
  [..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"].map((c, i) => [c, "-0123456789"[i] ?? ""]),
);
const POWER_WITHOUT_CARET = /^(\D*[^-\d])(-?\d+)$/u;
const ALL_SYMBOLS: readonly string[] = allSymbols();

function listed(words: string | undefined): readonly string[] {
  return words?.split(" ") ?? [];
}

function allSymbols(): readonly string[] {
  const names = UNITS.flatMap((row) => listed(row.names));
  const taking = UNITS.flatMap((row) => (row.alone === true ? [] : listed(row.names)));
  return [...new Set([...COMMON, ...names, ...PREFIXES.flatMap(([prefix]) => taking.map((name) => prefix + name))])];
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
