// Tables in CSV files: a header that names each column with its unit, `w (nS)`, `w [nS]` or `w_nS`, and rows of numbers. The one reader of stimuli, spikes, pairs of neurons and recordings.
import { nearNames } from "../base/nearNames.ts";
import { span } from "../base/source.ts";
import type { SourceText, Span } from "../base/source.ts";
import { canonicalValue, decadesOf, parseUnit, unitSymbols } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";

export interface Column {
  /** Without its unit. */
  readonly name: string;
  readonly unit: Unit | null;
  /** As it stands in the header. */
  readonly written: string;
}

/** Text in the brackets of a header that is no unit. */
export interface UnknownUnit {
  readonly unknown: string;
  /** The unit that may have been meant. */
  readonly near: string | null;
}

/** `known` are the names that a column can have as they are: in `w_nS` the unit is split off where `w_nS` is none of them and `w` is one. */
export function readHeader(cell: string, known: ReadonlySet<string>): Column | UnknownUnit {
  const name = cell.normalize("NFC").replaceAll("\u00B5", "\u03BC");
  if (known.has(name)) return { name, unit: null, written: cell };
  // `V (mV)`, `V [mV]`; the number in `I[1]` is an element's.
  const bracketed = /^([^()]*)\((.*)\)$/su.exec(name) ?? /^(.*)\[(?!\d+\])([^[\]]*)\]$/su.exec(name);
  if (bracketed !== null) {
    const text = (bracketed[2] ?? "").trim();
    const unit = parseUnit(text);
    if ("unit" in unit) return { name: (bracketed[1] ?? "").trim(), unit: unit.unit, written: cell };
    return { unknown: text, near: nearNames(text, unitSymbols())[0] ?? null };
  }
  for (let at = name.indexOf("_"); at > 0; at = name.indexOf("_", at + 1)) {
    const [before, after] = [name.slice(0, at), name.slice(at + 1)];
    const unit = known.has(before) ? parseUnit(after) : null;
    if (unit !== null && "unit" in unit) return { name: before, unit: unit.unit, written: cell };
  }
  return { name, unit: null, written: cell };
}

/** `V_mV`: what stands after the last underscore, if it is a unit of at least two letters. In `V_m` the m is no metre. */
export function splitUnit(name: string): { readonly name: string; readonly unit: Unit | null } {
  const at = name.lastIndexOf("_");
  const unit = at > 0 && name.length - at > 2 ? parseUnit(name.slice(at + 1)) : null;
  return unit !== null && "unit" in unit ? { name: name.slice(0, at), unit: unit.unit } : { name, unit: null };
}

/** The header's cells; none of an empty line. */
export function headerCells(source: SourceText): string[] {
  return splitRow(lineOf(source, 1));
}

/** Calls `of` with the cells of each line below the header that is not empty, until it answers false. Lines are numbered from 1. */
export function eachRow(source: SourceText, of: (cells: readonly string[], line: number) => boolean): void {
  for (let line = 2; line <= source.lineStarts.length; line++) {
    const text = lineOf(source, line);
    if (text.trim() !== "" && !of(splitRow(text), line)) return;
  }
}

/** Canonical; NaN where the cell is no number, infinite where it is too large for one. */
export function numberIn(cell: string, unit: Unit | null): number {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(cell)) return NaN;
  if (unit === null) return Number(cell);
  const ten = decadesOf(unit.scale);
  if (ten === null || unit.offset !== null) return canonicalValue(cell, unit).value;
  if (ten === 0) return Number(cell);
  // Shifting the point in the text is as exact as `canonicalValue`, and fast enough for millions of cells.
  const exponent = cell.search(/e/i);
  const [digits, power] = exponent < 0 ? [cell, 0] : [cell.slice(0, exponent), Number(cell.slice(exponent + 1))];
  return Number(`${digits}e${power + ten}`);
}

/** Contents are not quoted in messages beyond the cell that is wrong, cut short: the file may not be what it was taken for. */
export function quoted(cell: string): string {
  return cell.length > 24 ? `${cell.slice(0, 24)}…` : cell;
}

/** "2 columns". */
export function columnCount(n: number): string {
  return `${n} column${n === 1 ? "" : "s"}`;
}

/** Where a cell stands, the first being 0, without the blanks around it; the whole line where it has no such cell. */
export function cellSpan(source: SourceText, line: number, cell: number): Span {
  const begin = source.lineStarts[line - 1] ?? source.text.length;
  const text = lineOf(source, line);
  const cells = text.split(",");
  const own = cells[cell];
  if (own === undefined) return span(source, begin, begin + text.length);
  const start =
    begin + cells.slice(0, cell).reduce((sum, c) => sum + c.length + 1, 0) + (own.length - own.trimStart().length);
  return span(source, start, start + own.trim().length);
}

function lineOf(source: SourceText, line: number): string {
  return source.text
    .slice(source.lineStarts[line - 1] ?? source.text.length, source.lineStarts[line] ?? source.text.length)
    .trimEnd();
}

function splitRow(line: string): string[] {
  if (!/["\s]/.test(line)) return line.split(",");
  return line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}
