// Tables in CSV files: a header that names each column with its unit, `w (nS)` or `w_nS`, and rows of numbers. Read for spikes and for pairs of neurons.
import { nearNames } from "../base/nearNames.ts";
import type { Span } from "../base/source.ts";
import { canonicalValue, parseUnit, unitSymbols } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";
import type { Library } from "./context.ts";

export interface Column {
  /** Without its unit. */
  readonly name: string;
  readonly unit: Unit | null;
  /** As it stands in the header. */
  readonly written: string;
}

export interface Columns {
  readonly path: string;
  readonly columns: readonly Column[];
  /** Cells as text, of the lines that are not empty. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

export type Problem = { readonly problem: string; readonly help: string | null };

/** `known` are the names that a column can have as they are: in `w_nS` the unit is split off where `w_nS` is none of them. */
export function readColumns(written: string, from: Span, known: ReadonlySet<string>, library: Library): Columns | Problem {
  const target = library.host.resolve(from.source.path, written);
  if ("problem" in target) return { problem: target.problem, help: null };
  const content = library.host.read(target.path);
  if ("problem" in content) return { problem: content.problem, help: null };
  const lines = content.text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const columns: Column[] = [];
  for (const cell of splitRow(lines[0] ?? "")) {
    const column = readHeader(cell, known);
    if ("problem" in column) return column;
    columns.push(column);
  }
  const rows: { readonly line: number; readonly cells: readonly string[] }[] = [];
  for (const [k, text] of lines.entries()) {
    if (k === 0 || text.trim() === "") continue;
    const cells = splitRow(text);
    if (cells.length !== columns.length) return { problem: `line ${k + 1} has ${count(cells.length)} instead of ${columns.length}`, help: null };
    rows.push({ line: k + 1, cells });
  }
  return { path: target.path, columns, rows };
}

/** Canonical; NaN where the cell is no number. */
export function numberIn(cell: string, unit: Unit | null): number {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(cell) ? canonicalValue(cell, unit).value : NaN;
}

/** Contents are not quoted in messages beyond the cell that is wrong, cut short: the file may not be what it was taken for. */
export function quoted(cell: string): string {
  return cell.length > 24 ? `${cell.slice(0, 24)}…` : cell;
}

function readHeader(cell: string, known: ReadonlySet<string>): Column | Problem {
  const name = cell.normalize("NFC").replaceAll("\u00B5", "\u03BC");
  if (known.has(name)) return { name, unit: null, written: cell };
  const bracketed = /^([^()]*)\((.*)\)$/su.exec(name);
  if (bracketed !== null) {
    const text = (bracketed[2] ?? "").trim();
    const unit = parseUnit(text);
    if ("unit" in unit) return { name: (bracketed[1] ?? "").trim(), unit: unit.unit, written: cell };
    const [near] = nearNames(text, unitSymbols());
    return { problem: `the unit \`${quoted(text)}\` in the header is not known`, help: near === undefined ? null : `did you mean \`${near}\`?` };
  }
  for (let at = name.indexOf("_"); at > 0; at = name.indexOf("_", at + 1)) {
    const [before, after] = [name.slice(0, at), name.slice(at + 1)];
    const unit = known.has(before) ? parseUnit(after) : null;
    if (unit !== null && "unit" in unit) return { name: before, unit: unit.unit, written: cell };
  }
  return { name, unit: null, written: cell };
}

function splitRow(line: string): string[] {
  return line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

function count(n: number): string {
  return `${n} column${n === 1 ? "" : "s"}`;
}
