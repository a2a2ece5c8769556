// The files of a comparison: reports, numbers and figures, each whole or not there, and while it runs the journal to go on from.
import { join } from "node:path";
import type { ComparisonResult, ComparisonTraces } from "../compare/comparison.ts";
import { curvesCsv, measuresCsv, sweepCsv } from "../report/csv.ts";
import { reportFigures } from "../report/figures.ts";
import { htmlReport } from "../report/html.ts";
import { comparisonJson } from "../report/json.ts";
import { markdownReport } from "../report/markdown.ts";
import { JOURNAL_FILE, journalAt } from "./journal.ts";
import { hasFormat, type FolderKind } from "./outFolder.ts";
import { beginReport, writeReport, type ReportKind, type Written } from "./reportFolder.ts";

export const COMPARISON_FILES = [
  "report.html",
  "report.md",
  "comparison.json",
  "measures.csv",
  "curves.csv",
  "sweep.csv",
  "figures",
  JOURNAL_FILE,
] as const;
const RESULT = "comparison.json";
const FORMAT: ComparisonResult["format"] = "glif-comparison 1";
export type ComparisonFile = (typeof COMPARISON_FILES)[number];

/** A folder is an earlier comparison's where it holds its result, or what an unfinished one has left. */
export const COMPARISON: FolderKind<ComparisonFile> = {
  noun: "comparison",
  isFile: (name): name is ComparisonFile => (COMPARISON_FILES as readonly string[]).includes(name),
  isEarlier: (folder) => hasFormat(join(folder, RESULT), FORMAT) || journalAt(join(folder, JOURNAL_FILE)) !== null,
};

export const FORMATS = ["html", "md", "json", "csv"] as const;
/** `json` is always written: by it the folder is known again. */
export type Format = (typeof FORMATS)[number];

const KIND: ReportKind<ComparisonFile> = { files: COMPARISON_FILES, result: RESULT, format: FORMAT };

/** @throws WriteError */
export function beginComparison(folder: string, name: string): void {
  beginReport(folder, KIND, name);
}

export function writeComparison(
  folder: string,
  result: ComparisonResult,
  traces: ComparisonTraces,
  formats: ReadonlySet<Format>,
): Written {
  return writeReport(folder, KIND, {
    name: result.name,
    // Numbers before pictures, should there be no room for all.
    texts: [
      ["measures.csv", () => (formats.has("csv") ? measuresCsv(result) : null)],
      [
        "curves.csv",
        () => (formats.has("csv") && result.cells.some((c) => c.curve !== null) ? curvesCsv(result) : null),
      ],
      ["sweep.csv", () => (formats.has("csv") && result.sweep !== null ? sweepCsv(result) : null)],
      ["report.html", () => (formats.has("html") ? [htmlReport(result, traces)] : null)],
      ["report.md", () => (formats.has("md") ? [markdownReport(result, traces, "figures/")] : null)],
    ],
    figures: formats.has("html") || formats.has("md") ? reportFigures(result, traces) : [],
    result: (problems) =>
      comparisonJson(
        problems.length === 0 ? result : { ...result, complete: false, reason: result.reason ?? problems.join("; ") },
      ),
  });
}
