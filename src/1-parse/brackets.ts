// A `)` that closes nothing: which of its line is one too many, or where a `(` may be missing.
import type { SourceText } from "../base/source.ts";
import { span } from "../base/source.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";

/** So many places of one bracket are tried. */
export const MOST_PLACES = 16;

/** For the `)` at the offset: it and those before it on its line may be left out, or the value begins with a `(`. Which it is, the units tell. */
export function withoutOne(source: SourceText, offset: number): Fix[] {
  const { text } = source;
  const start = Math.max(text.lastIndexOf("\n", offset), text.lastIndexOf("\r", offset)) + 1;
  const fixes: Fix[] = [];
  for (let at = offset; at >= start && fixes.length < MOST_PLACES; at--) {
    if (text[at] === ")")
      fixes.push({
        title: at === offset ? "leave it out" : "leave another `)` out",
        edits: [{ span: span(source, at, at + 1), newText: "" }],
        confidence: "likely",
        trial: { help: null },
      });
  }
  const value = /^(?:[^=<]*?)(?:\+?=|<-)\s*/u.exec(text.slice(start, offset))?.[0];
  if (value !== undefined)
    fixes.push({
      title: "open it where the value begins",
      edits: [{ span: span(source, start + value.length, start + value.length), newText: "(" }],
      confidence: "likely",
      trial: { help: null },
    });
  return fixes;
}
