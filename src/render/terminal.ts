// Diagnostics for people: the source with what is wrong drawn under it.
import { largestOf } from "../base/lists.ts";
import { lineText, positionAt } from "../base/source.ts";
import type { SourceText } from "../base/source.ts";
import { inReadingOrder } from "../diagnostics/diagnostic.ts";
import type { Diagnostic, Label } from "../diagnostics/diagnostic.ts";
import { excerpts } from "./excerpt.ts";
import type { Mark, PlacedMark } from "./excerpt.ts";
import { visible } from "./glyphs.ts";
import { draw, emptyRow, ink, printRow } from "./ink.ts";
import type { Ink, Style } from "./ink.ts";

export type { Style } from "./ink.ts";

/**
 * One diagnostic as a picture of the places involved, without a newline at its end. Whatever the source file contains, the text
 * holds no control characters but newlines and, with `style.color`, our own colour codes.
 */
export function renderDiagnostic(d: Diagnostic, style: Style): string {
  const blocks = fileBlocks(d);
  const widest = largestOf(blocks.flatMap((block) => block.lines.map((line) => line.number)));
  const margin = " ".repeat(String(widest).length);
  const rows = [
    ink(`${d.severity}[${visible(d.code)}]`, d.severity, style) + ink(`: ${visible(d.message)}`, "strong", style),
  ];
  blocks.forEach((block, i) => {
    if (i > 0) rows.push(ink(`${margin} │`, "gutter", style));
    rows.push(`${ink(`${margin} ┌─`, "gutter", style)} ${visible(block.source.path)}:${block.line}:${block.column}`);
    rows.push(ink(`${margin} │`, "gutter", style));
    let last = 0;
    for (const line of block.lines) {
      if (last > 0 && line.number > last + 1) rows.push(ink(`${margin} ·`, "gutter", style));
      last = line.number;
      for (const { shown, marks } of excerpts(lineText(block.source, line.number), line.marks)) {
        const text = shown.trimEnd();
        rows.push(
          ink(`${String(line.number).padStart(margin.length)} │`, "gutter", style) + (text === "" ? "" : ` ${text}`),
        );
        for (const row of underlines(marks, d.severity, style))
          rows.push(`${ink(`${margin} │`, "gutter", style)} ${row}`);
      }
    }
  });
  const remarks = [
    ...d.notes.map((text) => ["note", text] as const),
    ...[...d.help, ...untoldFixes(d)].map((text) => ["help", text] as const),
  ];
  if (remarks.length > 0) rows.push(ink(`${margin} │`, "gutter", style));
  for (const [kind, text] of remarks) {
    const indent = " ".repeat(margin.length + 9);
    const lines = text.split(/\r\n|\r|\n/).map(visible);
    rows.push(
      `${ink(`${margin} =`, "gutter", style)} ${ink(`${kind}:`, "strong", style)} ${lines.join(`\n${indent}`)}`,
    );
  }
  return rows.join("\n");
}

/**
 * All of them in reading order, a blank line between, at most `most` errors and `most` warnings; the last line counts them.
 * The empty string where there are none.
 */
export function renderDiagnostics(all: readonly Diagnostic[], style: Style, most = 100): string {
  if (all.length === 0) return "";
  const ordered = inReadingOrder(all);
  const total = { error: 0, warning: 0 };
  const pieces: string[] = [];
  for (const d of ordered) if (total[d.severity]++ < most) pieces.push(renderDiagnostic(d, style));
  const more = (["error", "warning"] as const)
    .filter((severity) => total[severity] > most)
    .map((severity) => `${grouped(total[severity] - most)} more ${plural(severity, total[severity] - most)}`);
  if (more.length > 0) pieces.push(`… and ${more.join(" and ")}`);
  const counts = (["error", "warning"] as const)
    .filter((severity) => total[severity] > 0)
    .map((severity) => ink(`${grouped(total[severity])} ${plural(severity, total[severity])}`, severity, style));
  return [...pieces, counts.join(", ")].join("\n\n");
}

/** What an editor could write instead, where the words do not say it yet. */
function untoldFixes({ message, primary, notes, help, fixes }: Diagnostic): readonly string[] {
  const said = [message, primary.text, ...notes, ...help].join("\n");
  const isSaid = (title: string): boolean => {
    const codes = [...title.matchAll(/`([^`]+)`/gu)].map(([code]) => code);
    return codes.every((code) => said.includes(code));
  };
  return [...new Set(fixes.map(({ title }) => title))].filter((title) => !isSaid(title)).slice(0, MOST_FIXES);
}

const MOST_FIXES = 3;

/** The lines of one file that are shown, and where its `┌─` points. */
interface FileBlock {
  readonly source: SourceText;
  readonly line: number;
  readonly column: number;
  readonly lines: readonly { readonly number: number; readonly marks: readonly Mark[] }[];
}

/** The file of the primary label first, the others in the order of the labels. */
function fileBlocks(d: Diagnostic): FileBlock[] {
  const groups: { readonly source: SourceText; readonly labels: Label[] }[] = [];
  for (const label of [d.primary, ...d.secondary]) {
    const source = label.span.source;
    const group = groups.find(
      (g) => g.source === source || (g.source.path === source.path && g.source.text === source.text),
    );
    if (group) group.labels.push(label);
    else groups.push({ source, labels: [label] });
  }
  return groups.map(({ source, labels }) => {
    const lines = new Map<number, Mark[]>();
    for (const label of labels) {
      const { line, column } = positionAt(source, within(source, label.span.start));
      const marks = lines.get(line) ?? [];
      lines.set(line, marks);
      marks.push(markOnLine(label, lineText(source, line), column - 1, label === d.primary));
    }
    const pointed = labels[0]?.span.start ?? 0;
    const sorted = [...lines].sort(([a], [b]) => a - b).map(([number, marks]) => ({ number, marks }));
    return { source, ...positionAt(source, within(source, pointed)), lines: sorted };
  });
}

/** A label over several lines is underlined to the end of its first. */
function markOnLine(label: Label, line: string, start: number, primary: boolean): Mark {
  const end = start + Math.max(0, label.span.end - label.span.start);
  const lineEnd = end > line.length ? line.trimEnd().length : line.length;
  return {
    start: Math.min(start, line.length),
    end: Math.max(Math.min(start, line.length), Math.min(end, lineEnd)),
    text: label.text,
    primary,
  };
}

function within(source: SourceText, offset: number): number {
  return Math.max(0, Math.min(offset, source.text.length));
}

/**
 * The rows under a line of source: the underlines with the text of the one that ends furthest right, then the other texts, each
 * hanging from the start of its underline, from right to left so that no text is crossed.
 */
function underlines(marks: readonly PlacedMark[], primaryInk: Ink, style: Style): string[] {
  const inkOf = (mark: PlacedMark): Ink => (mark.primary ? primaryInk : "secondary");
  const top = emptyRow();
  // longer ones first and the primary last, so that what is inside stays to be seen
  const byLength = [...marks].sort((a, b) => Number(a.primary) - Number(b.primary) || b.to - b.from - (a.to - a.from));
  for (const mark of byLength)
    draw(top, mark.from, (mark.primary ? "^" : "-").repeat(mark.to - mark.from), inkOf(mark));
  const rightmost = [...marks].sort((a, b) => b.to - a.to || b.from - a.from || Number(b.primary) - Number(a.primary));
  const beside = rightmost[0];
  if (beside && beside.text !== "") draw(top, beside.to + 1, visible(beside.text), inkOf(beside));
  const rows = [top];
  const hanging = rightmost.filter((mark) => mark !== beside && mark.text !== "").sort((a, b) => b.from - a.from);
  hanging.forEach((mark, i) => {
    const row = emptyRow();
    const waiting = hanging.slice(i + 1);
    for (const other of [...waiting].reverse()) if (other.from < mark.from) draw(row, other.from, "│", inkOf(other));
    draw(
      row,
      mark.from,
      `${waiting.some((other) => other.from === mark.from) ? "├" : "└"} ${visible(mark.text)}`,
      inkOf(mark),
    );
    rows.push(row);
  });
  return rows.map((row) => printRow(row, style));
}

function plural(severity: string, count: number): string {
  return count === 1 ? severity : `${severity}s`;
}

/** 4,900, in every locale. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
