// A fit's answer on standard error: how well each model explains the recording, its numbers, and what to beware of.
import type { FitReport } from "../fit/fitReport.ts";
import { ink } from "../render/ink.ts";
import { fitAnswer, foundText, intervalText } from "./fitSections.ts";
import { withUnit } from "./numbers.ts";
import { cut, right, widest, wrapped } from "./terminalColumns.ts";
import { nameText } from "./words.ts";

const FEWEST_COLUMNS = 40;

/** Lines without newlines, none wider than the terminal. */
export function fitTerminal(report: FitReport, columns: number, color: boolean): string[] {
  const width = Math.max(FEWEST_COLUMNS, columns);
  const [subject = "", ...answer] = fitAnswer(report);
  return [
    ...wrapped(`${nameText(report.name)}: ${subject}`, width, 2).map((line) => ink(line, "strong", { color })),
    ...answer.flatMap((line) => wrapped(line, width, 2)),
    ...report.models.flatMap(({ label, numbers, directions }) => {
      const rows = numbers.map((n) => [n.name, withUnit(foundText(n), n.unit), intervalText(n)]);
      const widths = [0, 1, 2].map((c) => widest(rows.map((r) => r[c] ?? "")));
      return [
        "",
        ink(cut(nameText(label), width), "strong", { color }),
        ...rows.map((r) => cut(`  ${r.map((text, c) => right(text, widths[c] ?? 0)).join("  ")}`.trimEnd(), width)),
        ...directions.flatMap((d) => wrapped(`  ${d.words}`, width, 4)),
      ];
    }),
  ];
}
