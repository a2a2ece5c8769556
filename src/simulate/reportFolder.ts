// The folder of a report, of a comparison or a fit: what says that it is not over, its texts, its figures in a folder of their own, its result last; and what goes when it is written again.
import { readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { append } from "../base/lists.ts";
import { FIGURE_FILE } from "../report/figures.ts";
import { JOURNAL_FILE } from "./journal.ts";
import { makeFolder } from "./makeFolder.ts";
import { overwrite, reasonOf, writeWhole, WriteError } from "./writeWhole.ts";

export interface Written {
  /** Names in the folder, in the order in which a reader would want them. */
  readonly files: readonly string[];
  /** One sentence for each that could not be written. */
  readonly problems: readonly string[];
}

/** What such a folder may hold. */
export interface ReportKind<File extends string> {
  /** In the order in which a reader would want them. */
  readonly files: readonly File[];
  /** The one by which the folder is known again. */
  readonly result: File;
  /** What stands in it first. */
  readonly format: string;
}

const FIGURES = "figures";

/**
 * Says from the start that it is not over, and takes what an earlier one has left away: whatever ends the process, no file of one stands beside those of another.
 * @throws WriteError
 */
export function beginReport<File extends string>(folder: string, kind: ReportKind<File>, name: string): void {
  writeWhole(join(folder, kind.result), [
    unfinished(kind.format, name, "it is not over, or was killed"),
    " ".repeat(ROOM),
  ]);
  for (const file of kind.files)
    if (file !== kind.result && file !== JOURNAL_FILE && file !== FIGURES) removeFile(join(folder, file));
  clearFigures(join(folder, FIGURES), new Set());
  removeEmpty(join(folder, FIGURES));
}

/** Blanks after what says that it is not over: on a disk that is full by its end, why it is not complete is written over that. */
const ROOM = 4096;

/** What stands in the place of a result. */
function unfinished(format: string, name: string, reason: string): string {
  return `${JSON.stringify({ format, name, complete: false, reason }, null, 2)}\n`;
}

/** What is written: texts in their order, those that are null go; the result is asked for last, with what could not be written. */
export interface ReportContents<File extends string> {
  readonly name: string;
  readonly texts: readonly (readonly [name: File, text: () => Iterable<string> | null])[];
  readonly figures: readonly { readonly name: string; readonly svg: string }[];
  result(problems: readonly string[]): Iterable<string>;
}

/** What an earlier one has left and this one does not write goes. */
export function writeReport<File extends string>(
  folder: string,
  { files: known, result, format }: ReportKind<File>,
  contents: ReportContents<File>,
): Written {
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
  // Somebody may have deleted or moved it: what was computed is not lost with it.
  attempt(() => make(folder));
  for (const [name, text] of contents.texts) {
    const content = text();
    if (content === null) removeFile(join(folder, name));
    else
      attempt(() => {
        writeWhole(join(folder, name), content);
        files.push(name);
      });
  }
  attempt(() => append(files, writeFigures(join(folder, FIGURES), contents.figures)));
  // Last of all: it says that the report is there.
  attempt(() => {
    const path = join(folder, result);
    try {
      writeWhole(path, contents.result(problems));
    } catch (error) {
      if (error instanceof WriteError) overwrite(path, unfinished(format, contents.name, error.message));
      throw error;
    }
    files.push(result);
  });
  return { files: known.filter((name) => files.includes(name)), problems };
}

/** Figures of an earlier one do not stay beside these. */
function writeFigures(
  folder: string,
  figures: readonly { readonly name: string; readonly svg: string }[],
): readonly string[] {
  const named = figures.map(({ name, svg }) => ({ file: `${name}.svg`, svg }));
  const kept = new Set(named.map(({ file }) => file));
  clearFigures(folder, kept);
  if (named.length === 0) {
    removeEmpty(folder);
    return [];
  }
  make(folder);
  for (const { file, svg } of named) writeWhole(join(folder, file), [svg]);
  return ["figures"];
}

function make(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new WriteError(folder, reasonOf(error));
  }
}

function clearFigures(folder: string, kept: ReadonlySet<string>): void {
  for (const file of contentsOf(folder)) if (FIGURE_FILE.test(file) && !kept.has(file)) removeFile(join(folder, file));
}

function contentsOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was not there.
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It is not there, or somebody else's file is in it.
  }
}
