// The files of a fit: report, numbers, the fitted models and figures, each whole or not there, and while it runs the journal to go on from.
import { join } from "node:path";
import type { ComparisonTraces } from "../compare/comparison.ts";
import type { FitReport } from "../fit/fitReport.ts";
import { reportFigures } from "../report/figures.ts";
import { fitHtml } from "../report/fitHtml.ts";
import { fitMarkdown } from "../report/fitMarkdown.ts";
import { clearFigures, removeEmpty, removeFile, writeFigures, type Written } from "./figuresFolder.ts";
import { JOURNAL_FILE, journalAt } from "./journal.ts";
import { hasFormat, type FolderKind } from "./outFolder.ts";
import { overwrite, writeWhole, WriteError } from "./writeWhole.ts";

const FIT_FILES = ["report.html", "report.md", "fitted.glif", "fit.json", "figures", JOURNAL_FILE] as const;
export type FitFile = (typeof FIT_FILES)[number];
const RESULT = "fit.json";
const FORMAT: FitReport["format"] = "glif-fit 1";

export const FIT: FolderKind<FitFile> = {
  noun: "fit",
  isFile: (name): name is FitFile => (FIT_FILES as readonly string[]).includes(name),
  isEarlier: (folder) => hasFormat(join(folder, RESULT), FORMAT) || journalAt(join(folder, JOURNAL_FILE)) !== null,
};

/**
 * Says from the start that the fit is not over, and takes what an earlier one has left away.
 * @throws WriteError
 */
export function beginFit(folder: string, name: string): void {
  writeWhole(join(folder, RESULT), [unfinished(name, "it is not over, or was killed"), " ".repeat(ROOM)]);
  for (const file of FIT_FILES)
    if (file !== RESULT && file !== JOURNAL_FILE && file !== "figures") removeFile(join(folder, file));
  clearFigures(join(folder, "figures"), new Set());
  removeEmpty(join(folder, "figures"));
}

/** Blanks after what says that it is not over: on a disk that is full by its end, why it is not complete is written over that. */
const ROOM = 4096;

function unfinished(name: string, reason: string): string {
  return `${JSON.stringify({ format: FORMAT, name, complete: false, reason }, null, 2)}\n`;
}

/** `fitted`: the text of the fitted models; null where there is none. */
export function writeFit(folder: string, report: FitReport, traces: ComparisonTraces, fitted: string | null): Written {
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
  const texts: readonly (readonly [name: FitFile, text: () => string | null])[] = [
    ["fitted.glif", () => fitted],
    ["report.html", () => fitHtml(report, traces)],
    ["report.md", () => fitMarkdown(report, traces, "figures/")],
  ];
  for (const [name, text] of texts) {
    const content = text();
    if (content !== null)
      attempt(() => {
        writeWhole(join(folder, name), [content]);
        files.push(name);
      });
  }
  attempt(() => files.push(...writeFigures(join(folder, "figures"), reportFigures(report.comparison, traces))));
  attempt(() => {
    const whole = problems.length === 0 ? report : { ...report, complete: false, reason: problems.join("; ") };
    try {
      writeWhole(join(folder, RESULT), [`${JSON.stringify(whole, null, 2)}\n`]);
    } catch (error) {
      if (error instanceof WriteError) overwrite(join(folder, RESULT), unfinished(report.name, error.message));
      throw error;
    }
    files.push(RESULT);
  });
  return { files: FIT_FILES.filter((name) => files.includes(name)), problems };
}
