// Which `///` comment belongs to which declaration: the lines right above it, and the one that ends its line.
import type { SourceText } from "../base/source.ts";
import { lineText, positionAt } from "../base/source.ts";
import type { DocComment } from "./lexical.ts";

export interface Docs {
  /** For what stands from `start` up to `end`: the lines above, then the comment behind it, by line breaks. */
  readonly of: (start: number, end: number) => string;
}

export function attachedDocs(comments: readonly DocComment[], source: SourceText): Docs {
  const above = new Map<number, string>();
  const behind = new Map<number, DocComment>();
  for (const comment of comments) {
    const before = source.text.slice(source.lineStarts[comment.line - 1] ?? 0, comment.start);
    if (before.trim() === "") above.set(comment.line, comment.text);
    else behind.set(comment.line, comment);
  }
  return {
    of(start, end) {
      const lines: string[] = [];
      for (let line = positionAt(source, start).line - 1; ; line--) {
        const text = above.get(line);
        if (text === undefined) break;
        lines.unshift(text);
      }
      const ending = behind.get(positionAt(source, end).line);
      if (ending !== undefined && endsWith(source, end, ending)) lines.push(ending.text);
      return lines.join("\n").trim();
    },
  };
}

/** Only separators, other items of the same list or the opening brace stand between a declaration and the comment that ends its line. */
function endsWith(source: SourceText, end: number, comment: DocComment): boolean {
  const line = lineText(source, comment.line);
  return comment.start >= end && !/[{}]/.test(line.slice(end - (source.lineStarts[comment.line - 1] ?? 0), line.indexOf("///")));
}
