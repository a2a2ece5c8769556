// Cells and lines of CSV files as RFC 4180 has them.

/** In quotes where the text needs them. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A number, a text, or nothing. */
export type Cell = number | string | null;

/**
 * Rows as lines; numbers are the shortest decimals that read back as the same double. JSON writes them so, too, and for all rows at once; V8 keeps
 * the last thirty thousand texts that numbers have been turned into one by one, and so a table of millions would fill its heap with them.
 */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return "";
  if (!rows.every((row) => row.every(isPlain))) return rows.map((row) => `${row.map(cellText).join(",")}\n`).join("");
  return `${JSON.stringify(rows)
    .slice(2, -2)
    .replaceAll("],[", "\n")
    .replace(/"([^"]*)"|null/g, "$1")}\n`;
}

/** JSON writes it as CSV does, but for quotes and `null`. */
function isPlain(cell: Cell): boolean {
  return cell === null || (typeof cell === "number" ? Number.isFinite(cell) : /^[\p{L}\p{M}\p{N}_]*$/u.test(cell));
}

function cellText(cell: Cell): string {
  return cell === null ? "" : typeof cell === "number" ? String(cell) : csvCell(cell);
}
