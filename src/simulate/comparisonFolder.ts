// The files of a comparison: reports, numbers and figures, each whole or not there, and while it runs the journal to go on from.
import { append } from "../base/lists.ts";
import { join } from "node:path";
import type { ComparisonResult, ComparisonTraces } from "../compare/comparison.ts";
import { curvesCsv, measuresCsv, sweepCsv } from "../report/csv.ts";
import { reportFigures } from "../report/figures.ts";
import { htmlReport } from "../report/html.ts";
import { comparisonJson } from "../report/json.ts";
import { markdownReport } from "../report/markdown.ts";
import { clearFigures, removeEmpty, removeFile, writeFigures, type Written } from "./figuresFolder.ts";
import { JOURNAL_FILE, journalAt } from "./journal.ts";
import { hasFormat, type FolderKind } from "./outFolder.ts";
import { overwrite, writeWhole, WriteError } from "./writeWhole.ts";

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

/**
 * Says from the start that the comparison is not over, and takes what an earlier one has left away: whatever ends the process, no file of one stands beside those of another.
 * @throws WriteError
 */
export function beginComparison(folder: string, name: string): void {
  writeWhole(join(folder, RESULT), [unfinished(name, "it is not over, or was killed"), " ".repeat(ROOM)]);
  for (const file of COMPARISON_FILES)
    if (file !== RESULT && file !== JOURNAL_FILE && file !== "figures") removeFile(join(folder, file));
  clearFigures(join(folder, "figures"), new Set());
  removeEmpty(join(folder, "figures"));
}

/** Blanks after what says that it is not over: on a disk that is full by its end, why it is not complete is written over that. */
const ROOM = 4096;

/** What stands in the place of a result. */
function unfinished(name: string, reason: string): string {
  return `${JSON.stringify({ format: FORMAT, name, complete: false, reason }, null, 2)}\n`;
}

/** What an earlier comparison has left and this one does not write goes. */
export function writeComparison(
  folder: string,
  result: ComparisonResult,
  traces: ComparisonTraces,
  formats: ReadonlySet<Format>,
): Written {
  const figures = formats.has("html") || formats.has("md") ? reportFigures(result, traces) : [];
  // Numbers before pictures, should there be no room for all.
  const texts: readonly (readonly [name: ComparisonFile, text: () => Iterable<string> | null])[] = [
    ["measures.csv", () => (formats.has("csv") ? measuresCsv(result) : null)],
    ["curves.csv", () => (formats.has("csv") && result.cells.some((c) => c.curve !== null) ? curvesCsv(result) : null)],
    ["sweep.csv", () => (formats.has("csv") && result.sweep !== null ? sweepCsv(result) : null)],
    ["report.html", () => (formats.has("html") ? [htmlReport(result, traces)] : null)],
    ["report.md", () => (formats.has("md") ? [markdownReport(result, traces, "figures/")] : null)],
  ];
  const files: string[] = [];
  const problems: string[] = [];
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      if (!problems.includes(error.message)) problems.push(error.message);
    }
  };
  for (const [name, text] of texts) {
    const content = text();
    if (content === null) removeFile(join(folder, name));
    else
      attempt(() => {
        writeWhole(join(folder, name), content);
        files.push(name);
      });
  }
  attempt(() => append(files, writeFigures(join(folder, "figures"), figures)));
  // Last of all: it says that the comparison is there.
  attempt(() => {
    writeResult(
      join(folder, RESULT),
      problems.length === 0 ? result : { ...result, complete: false, reason: result.reason ?? problems.join("; ") },
    );
    files.push(RESULT);
  });
  return { files: COMPARISON_FILES.filter((name) => files.includes(name)), problems };
}

function writeResult(path: string, result: ComparisonResult): void {
  try {
    writeWhole(path, comparisonJson(result));
  } catch (error) {
    if (error instanceof WriteError) overwrite(path, unfinished(result.name, error.message));
    throw error;
  }
}
