// Texts of users as a report shows them: on one line, nothing invisible or misleading in them, and no longer than a reader bears.
import type { Cell } from "../compare/comparison.ts";
import { visible } from "../render/glyphs.ts";

/** Names: of variants, experiments, measures, parameters. */
export const LONGEST_NAME = 60;
/** Sentences, equations. */
export const LONGEST_LINE = 400;

/** On one line, shortened with an ellipsis. */
export function oneLine(text: string, most = LONGEST_LINE): string {
  // what is much too long is not even cleaned
  const clean = visible(
    text
      .slice(0, 8 * most)
      .replace(/\s+/gu, " ")
      .trim(),
  );
  const characters = [...clean];
  return characters.length <= most
    ? clean
    : `${characters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}\u2026`;
}

export function nameText(text: string): string {
  const shown = oneLine(text, LONGEST_NAME);
  return shown === "" ? "(no name)" : shown;
}

/** Paragraphs of a documentation comment, which empty lines part; no more than a page of them. */
export function paragraphs(doc: string): string[] {
  return doc
    .slice(0, 8000)
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => oneLine(paragraph, 2000))
    .filter((paragraph) => paragraph !== "")
    .slice(0, 12);
}

/** 1 spike, 2 spikes; large numbers in groups of three. */
export function counted(count: number, noun: string): string {
  return `${String(count).replace(/\B(?=(\d{3})+$)/g, ",")} ${noun}${count === 1 ? "" : "s"}`;
}

export function capital(sentence: string): string {
  const [first = "", ...rest] = [...sentence];
  return first.toUpperCase() + rest.join("");
}

/** A sentence ends with a full stop, whoever wrote it. */
export function sentence(text: string): string {
  const shown = oneLine(text);
  return shown === "" || /[.!?\u2026]$/.test(shown) ? shown : `${shown}.`;
}

/** For file names and anchors: letters, digits, `_` and `-`. */
export function slug(text: string): string {
  const plain = oneLine(text, 48)
    .replace(/[^\p{L}\p{N}_]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return plain === "" ? "unnamed" : plain;
}

/** One word of a POSIX shell; of one that reads `$'…'` where it holds what must not be shown as it is. */
export function shellWord(text: string): string {
  if (visible(text) !== text) {
    const escaped = [...text].map((c) =>
      c === "'" || c === "\\"
        ? `\\${c}`
        : visible(c) === c
          ? c
          : `\\U${(c.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`,
    );
    return `$'${escaped.join("")}'`;
  }
  return /^[\w@%+=:,./-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Why a value is missing, or in how many runs; empty where there is one of each. */
export function undefinedText(cell: Cell | null): string {
  if (cell === null) return "not measured";
  const missing = cell.values.filter((value) => value === null).length;
  if (cell.mean === null) return cell.undefinedBecause || "not defined";
  if (missing === 0) return "";
  return `not defined in ${missing} of ${cell.values.length}${cell.undefinedBecause === "" ? "" : `: ${cell.undefinedBecause}`}`;
}
