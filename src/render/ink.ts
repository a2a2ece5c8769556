// Colour for the terminal, and rows of cells that carry it.

export interface Style {
  /** ANSI colours; never decided here, because a pipe or NO_COLOR is the caller's knowledge. */
  readonly color: boolean;
}

/** What a piece of text is, not how it looks. */
export type Ink = "plain" | "strong" | "error" | "warning" | "secondary" | "gutter";

const CODES: Readonly<Record<Ink, string>> = {
  plain: "",
  strong: "\u001B[1m",
  error: "\u001B[1;31m",
  warning: "\u001B[1;33m",
  secondary: "\u001B[1;34m",
  gutter: "\u001B[34m",
};
const RESET = "\u001B[0m";

export function ink(text: string, kind: Ink, style: Style): string {
  return style.color && kind !== "plain" && text !== "" ? CODES[kind] + text + RESET : text;
}

/** A row that is drawn cell by cell, then printed in as few colour changes as it needs. */
export interface Row {
  readonly cells: string[];
  readonly inks: Ink[];
}

export function emptyRow(): Row {
  return { cells: [], inks: [] };
}

/** Later drawing covers earlier. */
export function draw(row: Row, column: number, text: string, kind: Ink): void {
  while (row.cells.length < column) {
    row.cells.push(" ");
    row.inks.push("plain");
  }
  [...text].forEach((character, i) => {
    row.cells[column + i] = character;
    row.inks[column + i] = kind;
  });
}

export function printRow(row: Row, style: Style): string {
  let printed = "";
  for (let i = 0; i < row.cells.length;) {
    const kind = row.inks[i] ?? "plain";
    let j = i;
    while (j < row.cells.length && row.inks[j] === kind) j++;
    printed += ink(row.cells.slice(i, j).join(""), kind, style);
    i = j;
  }
  return printed;
}
