// Columns of a terminal: texts cut, filled up and broken to a width, tables of them.
import { glyphs } from "../render/glyphs.ts";

/** Columns beside the first; those that do not fit go on in the next table. */
export function tablesOf(first: readonly string[], columns: readonly (readonly string[])[], width: number): string[] {
  const firstWidth = widest(first);
  const lines: string[] = [];
  for (let start = 0; start < columns.length;) {
    let [end, total] = [start, firstWidth];
    while (end < columns.length && (end === start || total + 2 + widest(columns[end] ?? []) <= width))
      total += 2 + widest(columns[end++] ?? []);
    if (start > 0) lines.push("");
    first.forEach((name, row) => {
      const cells = columns.slice(start, end).map((column) => `  ${left(column[row] ?? "", widest(column))}`);
      lines.push(`${right(name, firstWidth)}${cells.join("")}`.trimEnd());
    });
    start = end;
  }
  return lines;
}

export function columnsOf(text: string): number {
  return glyphs(text).reduce((sum, glyph) => sum + glyph.width, 0);
}

export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(columnsOf));
}

export function right(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columnsOf(text)));
}

export function left(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columnsOf(text))) + text;
}

/** No wider than `width`, with an ellipsis. */
export function cut(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let [shown, total] = ["", 0];
  for (const glyph of glyphs(text)) {
    if (total + glyph.width > width - 1) break;
    shown += glyph.shown;
    total += glyph.width;
  }
  return `${shown}\u2026`;
}

/** Broken at blanks; what follows the first line is indented. */
export function wrapped(text: string, width: number, indent: number): string[] {
  const start = /^ */.exec(text)?.[0] ?? "";
  const lines: string[] = [];
  let line = start;
  for (const word of text.trim().split(" ")) {
    const joined = line.trim() === "" ? line + word : `${line} ${word}`;
    if (columnsOf(joined) <= width || line.trim() === "") line = cut(joined, width);
    else {
      lines.push(line);
      line = cut(" ".repeat(indent) + word, width);
    }
  }
  return [...lines, line];
}
