// What one symbol of a unit means, prefix included: `mV`, `Ω`, `kcal`, `degC`.
import { scaleOf } from "./scale.ts";
import type { Scale } from "./scale.ts";
import { CANONICAL_TENS, PREFIXES, UNITS } from "./unitTable.ts";
import type { UnitRow } from "./unitTable.ts";

export interface UnitSymbol {
  /** Over length, mass, time, current, temperature, amount, luminosity; whole. */
  readonly exponents: readonly number[];
  /** One of this unit, in canonical units. */
  readonly scale: Scale;
  /** Where the unit's zero lies, as decimal text in canonical units; for absolute temperatures only. */
  readonly offset: string | null;
}

export function unitSymbol(symbol: string): UnitSymbol | null {
  const known = KNOWN.get(symbol);
  const found = known === undefined ? rowOf(symbol) : null;
  if (found === null) return known ?? null;
  const { row, shift } = found;
  const ten = row.of.reduce((sum, e, k) => sum - e * (CANONICAL_TENS[k] ?? 0), shift);
  const meaning = { exponents: row.of, scale: scaleOf(row.si, ten), offset: row.zero ?? null };
  KNOWN.set(symbol, meaning);
  return meaning;
}

export function isUnitSymbol(symbol: string): boolean {
  return rowOf(symbol) !== null;
}

/** A memory only: scales are worked out where they are asked for. */
const KNOWN = new Map<string, UnitSymbol>();
const ROWS: ReadonlyMap<string, UnitRow> = new Map(
  UNITS.flatMap((row) => row.names.split(" ").map((name): [string, UnitRow] => [name, row])),
);
const SHIFTS: ReadonlyMap<string, number> = new Map(PREFIXES.map(([prefix, ten]) => [prefix, ten]));

/** A whole symbol wins over prefix and unit: Pa is no peta-a, min no milli-in, cd no centi-d. */
function rowOf(symbol: string): { readonly row: UnitRow; readonly shift: number } | null {
  const whole = ROWS.get(symbol);
  if (whole !== undefined) return { row: whole, shift: 0 };
  for (const length of [1, 2]) {
    const [shift, row] = [SHIFTS.get(symbol.slice(0, length)), ROWS.get(symbol.slice(length))];
    if (shift !== undefined && row !== undefined && row.alone !== true) return { row, shift };
  }
  return null;
}
