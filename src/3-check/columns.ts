// Tables in CSV files that a model names: looked up through the host and read whole. Spikes and pairs of neurons are such.
import type { Span } from "../base/source.ts";
import { sourceText } from "../base/source.ts";
import { columnCount, eachRow, headerCells, quoted, readHeader } from "../recording/columns.ts";
import type { Column } from "../recording/columns.ts";
import type { Columns, Library, Problem } from "./context.ts";

export type { Columns, Problem } from "./context.ts";
export type { Column } from "../recording/columns.ts";
export { numberIn, quoted } from "../recording/columns.ts";

/** `known` are the names that a column can have as they are: in `w_nS` the unit is split off where `w_nS` is none of them. */
export function readColumns(
  written: string,
  from: Span,
  known: ReadonlySet<string>,
  library: Library,
): Columns | Problem {
  const target = library.host.resolve(from.source.path, written);
  if ("problem" in target) return { problem: target.problem, help: null };
  const content = library.host.read(target.path);
  if ("problem" in content) return { problem: content.problem, help: null };
  const source = sourceText(target.path, content.text);
  const columns: Column[] = [];
  for (const cell of headerCells(source)) {
    const column = readHeader(cell, known);
    if ("unknown" in column)
      return {
        problem: `the unit \`${quoted(column.unknown)}\` in the header is not known`,
        help: column.near === null ? null : `did you mean \`${column.near}\`?`,
      };
    columns.push(column);
  }
  const rows: { readonly line: number; readonly cells: readonly string[] }[] = [];
  let ragged: Problem | null = null;
  eachRow(source, (cells, line) => {
    if (cells.length !== columns.length)
      ragged = { problem: `line ${line} has ${columnCount(cells.length)} instead of ${columns.length}`, help: null };
    else rows.push({ line, cells });
    return ragged === null;
  });
  return ragged ?? { path: target.path, columns, rows };
}
