// The figures of a report, in a folder of their own beside it, and what goes when a folder is written again.
import { readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./makeFolder.ts";
import { reasonOf, writeWhole, WriteError } from "./writeWhole.ts";

export interface Written {
  /** Names in the folder, in the order in which a reader would want them. */
  readonly files: readonly string[];
  /** One sentence for each that could not be written. */
  readonly problems: readonly string[];
}

/** Figures of an earlier one do not stay beside these. */
export function writeFigures(
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
  try {
    makeFolder(folder);
  } catch (error) {
    throw new WriteError(folder, reasonOf(error));
  }
  for (const { file, svg } of named) writeWhole(join(folder, file), [svg]);
  return ["figures"];
}

export function clearFigures(folder: string, kept: ReadonlySet<string>): void {
  for (const file of contentsOf(folder)) if (file.endsWith(".svg") && !kept.has(file)) removeFile(join(folder, file));
}

function contentsOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was not there.
  }
}

export function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It is not there, or somebody else's file is in it.
  }
}
