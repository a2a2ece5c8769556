// The files of a fit: report, numbers, the fitted models and figures, each whole or not there, and while it runs the journal to go on from.
import { join } from "node:path";
import type { ComparisonTraces } from "../compare/comparison.ts";
import type { FitReport } from "../fit/fitReport.ts";
import { reportFigures } from "../report/figures.ts";
import { fitHtml } from "../report/fitHtml.ts";
import { fitMarkdown } from "../report/fitMarkdown.ts";
import { JOURNAL_FILE, journalAt } from "./journal.ts";
import { hasFormat, type FolderKind } from "./outFolder.ts";
import { beginReport, writeReport, type ReportKind, type Written } from "./reportFolder.ts";

const FIT_FILES = ["report.html", "report.md", "fitted.glif", "fit.json", "figures", JOURNAL_FILE] as const;
export type FitFile = (typeof FIT_FILES)[number];
const RESULT = "fit.json";
const FORMAT: FitReport["format"] = "glif-fit 1";

export const FIT: FolderKind<FitFile> = {
  noun: "fit",
  isFile: (name): name is FitFile => (FIT_FILES as readonly string[]).includes(name),
  isEarlier: (folder) => hasFormat(join(folder, RESULT), FORMAT) || journalAt(join(folder, JOURNAL_FILE)) !== null,
};

const KIND: ReportKind<FitFile> = { files: FIT_FILES, result: RESULT, format: FORMAT };

/** @throws WriteError */
export function beginFit(folder: string, name: string): void {
  beginReport(folder, KIND, name);
}

/** `fitted`: the text of the fitted models; null where there is none. */
export function writeFit(folder: string, report: FitReport, traces: ComparisonTraces, fitted: string | null): Written {
  return writeReport(folder, KIND, {
    name: report.name,
    texts: [
      ["fitted.glif", () => (fitted === null ? null : [fitted])],
      ["report.html", () => [fitHtml(report, traces)]],
      ["report.md", () => [fitMarkdown(report, traces, "figures/")]],
    ],
    figures: reportFigures(report.comparison, traces),
    result(problems) {
      const whole = problems.length === 0 ? report : { ...report, complete: false, reason: problems.join("; ") };
      return [`${JSON.stringify(whole, null, 2)}\n`];
    },
  });
}
