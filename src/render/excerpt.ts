// One line of source as it is shown under a diagnostic: cut to a window where it is long, its marks moved to columns.
import { columnsOf, glyphs } from "./glyphs.ts";

/** A piece of one line that is to be underlined; offsets in the line, UTF-16, end-exclusive, end >= start. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly primary: boolean;
}

/** A mark in columns of the excerpt, at least one column wide. */
export interface PlacedMark {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly primary: boolean;
}

export interface Excerpt {
  readonly shown: string;
  readonly marks: readonly PlacedMark[];
}

/** Lines up to this many columns are shown whole. */
const WHOLE = 160;
/** Columns of a window into a longer line. */
const WINDOW = 120;
/** Columns of the window from its first mark on, where there is as much before it. */
const AHEAD = 80;
/** Marks that begin within so many code units share a window. */
const TOGETHER = 60;
/** Most code units in a window, whatever their widths: a line may be a megabyte of combining marks. */
const MOST_UNITS = 600;

/** The line with its marks, as one excerpt, or as several windows into a long line. */
export function excerpts(line: string, marks: readonly Mark[]): Excerpt[] {
  const sorted = [...marks].sort((a, b) => a.start - b.start || a.end - b.end);
  if (line.length <= MOST_UNITS && totalWidth(line) <= WHOLE) return [excerpt(line, 0, line.length, sorted)];
  const groups: Mark[][] = [];
  for (const mark of sorted) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && mark.start - first.start <= TOGETHER) group.push(mark);
    else groups.push([mark]);
  }
  return groups.map((group) => {
    const first = group[0]?.start ?? 0;
    const last = group.at(-1)?.start ?? 0;
    const behind = walk(line, first, -1, WINDOW - walk(line, first, 1, AHEAD).columns);
    const ahead = walk(line, first, 1, WINDOW - behind.columns);
    return excerpt(line, behind.offset, Math.max(ahead.offset, walk(line, last, 1, 1).offset), group);
  });
}

function excerpt(line: string, from: number, to: number, marks: readonly Mark[]): Excerpt {
  const cut = glyphs(line, from, to);
  const before = from > 0 ? "…" : "";
  const after = to < line.length ? "…" : "";
  const columnAt = (offset: number): number => {
    let column = before.length;
    for (const glyph of cut) {
      if (glyph.end > offset) return column;
      column += glyph.width;
    }
    return offset > to ? column + after.length : column;
  };
  const placed = marks.map((mark) => {
    const first = columnAt(mark.start);
    return { from: first, to: Math.max(first + 1, columnAt(mark.end)), text: mark.text, primary: mark.primary };
  });
  return { shown: before + cut.map((glyph) => glyph.shown).join("") + after, marks: placed };
}

function totalWidth(line: string): number {
  return glyphs(line).reduce((sum, glyph) => sum + glyph.width, 0);
}

/** From `offset` over whole characters, forwards or backwards, as far as `columns` reach. */
function walk(
  line: string,
  offset: number,
  direction: 1 | -1,
  columns: number,
): { readonly offset: number; readonly columns: number } {
  let at = offset;
  let used = 0;
  while (direction > 0 ? at < line.length : at > 0) {
    const pair = isPair(line, direction > 0 ? at : at - 2);
    const code = line.codePointAt(direction > 0 ? at : at - (pair ? 2 : 1)) ?? 0;
    const width = columnsOf(code);
    if (used + width > columns || Math.abs(at - offset) > MOST_UNITS / 2) break;
    used += width;
    at += direction * (pair ? 2 : 1);
  }
  return { offset: at, columns: used };
}

function isPair(line: string, at: number): boolean {
  return at >= 0 && (line.codePointAt(at) ?? 0) > 0xffff;
}
