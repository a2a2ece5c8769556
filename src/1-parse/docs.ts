// Which `///` comment belongs to which declaration: the lines right above it, and the one that ends its line.
import type { SourceText } from "../base/source.ts";
import { positionAt } from "../base/source.ts";
import type { DocComment } from "./lexical.ts";

export interface Docs {
  /** For what stands from `start` up to `end`: the lines above, then the comment behind it, by line breaks. */
  readonly of: (start: number, end: number) => string;
  /** The comment that ends the line of what ends at `end`. */
  readonly behind: (end: number) => string;
}

export function attachedDocs(comments: readonly DocComment[], source: SourceText): Docs {
  const above = new Map<number, string>();
  const behind = new Map<number, DocComment>();
  for (const comment of comments) {
    const before = source.text.slice(source.lineStarts[comment.line - 1] ?? 0, comment.start);
    if (before.trim() === "") above.set(comment.line, comment.text);
    else behind.set(comment.line, comment);
  }
  const textBehind = (end: number): string => {
    const ending = behind.get(positionAt(source, end).line);
    return ending !== undefined && endsWith(source, end, ending) ? ending.text : "";
  };
  return {
    of(start, end) {
      const lines: string[] = [];
      for (let line = positionAt(source, start).line - 1; ; line--) {
        const text = above.get(line);
        if (text === undefined) break;
        lines.push(text);
      }
      return [...lines.reverse(), textBehind(end)].join("\n").trim();
    },
    behind: textBehind,
  };
}

/** Only separators, other items of the same list or the opening brace stand between a declaration and the comment that ends its line. */
function endsWith(source: SourceText, end: number, comment: DocComment): boolean {
  return (
    comment.start >= end && comment.start - end <= LONGEST_LIST && !/[{}]/.test(source.text.slice(end, comment.start))
  );
}

/** Bounds the work on lines of any length; in characters. */
const LONGEST_LIST = 2000;
