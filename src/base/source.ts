// Source text and spans: where in which file something was written. Every later value carries such a span.

/** One file as it was read. `text` has no byte-order mark; offsets are UTF-16 code units into it. */
export interface SourceText {
  /** As shown to people: relative to where glif was started, `-` for standard input. */
  readonly path: string;
  readonly text: string;
  /** Offset of the first character of every line; ascending, starts with 0. */
  readonly lineStarts: readonly number[];
}

/** A piece of one file, from `start` up to but without `end`. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** Lines end at LF, CRLF or a lone CR, as editors count them; U+2028 ends no line. A leading byte-order mark is dropped. */
export function sourceText(path: string, raw: string): SourceText {
  const text = raw.startsWith("\uFEFF") ? raw.slice(1) : raw;
  const lineStarts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) lineStarts.push(i + 1);
  }
  return { path, text, lineStarts };
}

export function span(source: SourceText, start: number, end: number): Span {
  return { source, start, end };
}

/** The smallest span that holds both; both must be of one file. */
export function cover(a: Span, b: Span): Span {
  return { source: a.source, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

export function textOf(s: Span): string {
  return s.source.text.slice(s.start, s.end);
}

export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
}

/** Line and column of an offset (in UTF-16 code units), both counted from 1. */
export function positionAt(source: SourceText, offset: number): Position {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (source.lineStarts[low] ?? 0) + 1 };
}

/** The text of a 1-based line without its line ending. */
export function lineText(source: SourceText, line: number): string {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  const end = source.lineStarts[line] ?? source.text.length;
  return source.text.slice(start, end).replace(/[\r\n]+$/, "");
}
