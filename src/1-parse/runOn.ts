// A statement ends with its line, at a separator or at its brace: two on one line with nothing between them are told.
import type { CstNode } from "chevrotain";
import { runOn } from "../diagnostics/syntax.ts";
import { span } from "../base/source.ts";
import type { Building } from "./building.ts";
import { endOf, onOneLine, startOf } from "./building.ts";

export function checkRunOn(building: Building, statements: readonly CstNode[], separators: readonly CstNode[] | undefined): void {
  const { source } = building;
  let separator = 0;
  for (let i = 1; i < statements.length; i++) {
    const end = endOf(statements[i - 1], NaN);
    const start = startOf(statements[i], NaN);
    if (Number.isNaN(end) || Number.isNaN(start)) continue;
    while (startOf(separators?.[separator], Infinity) < end) separator++;
    if (startOf(separators?.[separator], Infinity) < start || source.text[end - 1] === "}" || !onOneLine(source, end, start)) continue;
    const word = /^[\p{L}\p{M}\p{N}_]+|^./u.exec(source.text.slice(start, start + 40))?.[0] ?? "";
    const at = span(source, start, start + word.length);
    building.reportStructural(runOn(at, { found: `\`${word}\``, at }));
  }
}
