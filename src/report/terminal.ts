// A comparison's answer on standard error: what differs, one small table of measures an experiment, and what explains the differences.
import type { ComparisonResult } from "../compare/comparison.ts";
import { glyphs } from "../render/glyphs.ts";
import { ink } from "../render/ink.ts";
import { answerOf, verdictWords } from "./answer.ts";
import { differenceText, durationText, estimate, estimateOf, valueText, withUnit } from "./numbers.ts";
import { viewOf, type View } from "./view.ts";
import { oneLine } from "./words.ts";

export interface TerminalOptions {
  readonly columns: number;
  readonly color: boolean;
  /** False where the terminal shows ASCII alone. */
  readonly glyphs: boolean;
}

const FEWEST_COLUMNS = 40;
/** Differences that are listed; the report has them all. */
const MOST_DIFFERENCES = 12;

/** Lines without newlines, none wider than the terminal. Names are cleaned: nothing in them moves the cursor. */
export function terminalSummary(result: ComparisonResult, { columns, color, glyphs: anything }: TerminalOptions): string[] {
  const view = viewOf(result);
  const width = Math.max(FEWEST_COLUMNS, columns);
  const lines = summaryOf(view, width).map(({ text, strong }) => ({ text: anything ? text : ascii(text), strong }));
  return lines.map(({ text, strong }) => ink(text, strong ? "strong" : "plain", { color }));
}

interface Line {
  readonly text: string;
  readonly strong: boolean;
}

function summaryOf(view: View, width: number): Line[] {
  const { result } = view;
  const answer = answerOf(view);
  const lines: Line[] = [];
  const say = (text: string, indent = 0, strong = false): void => {
    for (const line of wrapped(text, width, indent)) lines.push({ text: line, strong });
  };
  say(`${view.title}: ${answer.subject}`, 2, true);
  if (answer.interrupted !== null) say(answer.interrupted);
  for (const { variant, sentence } of answer.model) {
    const label = view.label(variant);
    say(`  ${sentence.startsWith(`${label} `) ? sentence : `${label}: ${sentence}`}`, 4);
  }
  result.experiments.forEach((experiment, e) => {
    const tables = measureTables(view, e, width);
    if (tables.length === 0) return;
    say("");
    const seeds = result.about.seeds.length;
    say(`${view.experiment(e)}, ${durationText(experiment.duration)}${seeds > 1 ? `, mean \u00B1 half of the 95 % interval over ${seeds} seeds` : ""}`, 2, true);
    for (const line of tables) lines.push({ text: line, strong: false });
  });
  result.experiments.forEach((_, e) => {
    const tables = sweepTables(view, e, width);
    if (tables.length === 0) return;
    say("");
    say(`Over ${oneLine(result.sweep?.axes[0]?.name ?? "", 40)}, under ${view.experiment(e)}`, 2, true);
    for (const line of tables) lines.push({ text: line, strong: false });
  });
  const differences = differenceLines(view, width);
  if (differences.length > 0) {
    say("");
    say(`Differences from ${view.label(result.baseline)}, and what explains them`, 2, true);
    for (const line of differences) lines.push({ text: line, strong: false });
  }
  if (result.contrasts.length > 0) say(answer.numerics, 2);
  if (answer.recording !== null) say(answer.recording, 2);
  return lines;
}

/** Variants as rows; measures that do not fit beside each other go on in the next table. */
function measureTables(view: View, experiment: number, width: number): string[] {
  const variants = view.variantsOf(experiment);
  const names = variants.map((variant) => `  ${cut(view.label(variant), Math.min(28, Math.floor(width / 3) - 2))}`);
  const columns = view.numbersOf(experiment).map((measure) => [
    cut(heading(view, measure), Math.min(40, width - 16)),
    ...variants.map((variant) => {
      const cell = view.cell(variant, experiment, measure);
      const { mean, half } = estimateOf(cell);
      return half === "" ? mean : `${mean} \u00B1 ${half}`;
    }),
  ]);
  return tablesOf(["", ...names], columns, width);
}

/** Points of a sweep that are shown: the first, the last, and some between. */
const MOST_POINTS = 12;

/** Points of a line as rows, in the order of their values; measures of each variant as columns. A grid is for the report to draw. */
function sweepTables(view: View, experiment: number, width: number): string[] {
  const { sweep, measures } = view.result;
  const [axis, other] = sweep?.axes ?? [];
  if (sweep === null || axis === undefined || other !== undefined) return [];
  const variants = [...new Set(sweep.points.filter((p) => p.experiment === experiment).map((p) => p.variant))];
  const ascending = axis.values.map((value, place) => ({ value, place })).sort((a, b) => a.value - b.value || a.place - b.place);
  const last = ascending.length - 1;
  const shown = ascending.filter((_, k) => last < MOST_POINTS || Math.floor((k * (MOST_POINTS - 1)) / last) > Math.floor(((k - 1) * (MOST_POINTS - 1)) / last));
  const columns = measures.flatMap((_, measure) => variants.flatMap((variant): string[][] => {
    const points = shown.map(({ place }) => sweep.points.find((p) => p.experiment === experiment && p.variant === variant && p.at[0] === place));
    if (!points.some((p) => p?.means[measure] != null)) return [];
    const values = points.map((p) => {
      const { mean, half } = estimate(p?.means[measure] ?? null, p?.intervals[measure] ?? null);
      return half === "" ? mean : `${mean} \u00B1 ${half}`;
    });
    return [[cut(variants.length > 1 ? `${view.label(variant)} ${heading(view, measure)}` : heading(view, measure), Math.min(40, width - 16)), ...values]];
  }));
  if (columns.length === 0) return [];
  const unit = oneLine(axis.unit, 12);
  const name = `${oneLine(axis.name, 20)}${unit === "" || unit === "1" ? "" : ` (${unit})`}`;
  const rows = [name, ...shown.map(({ value }) => valueText(value))].map((text) => `  ${cut(text, Math.floor(width / 3) - 2)}`);
  const lines = tablesOf(rows, columns, width);
  return shown.length < ascending.length ? [...lines, `  ${shown.length} of ${ascending.length} points; all are in sweep.csv`] : lines;
}

/** Columns beside the first; those that do not fit go on in the next table. */
function tablesOf(first: readonly string[], columns: readonly (readonly string[])[], width: number): string[] {
  const firstWidth = widest(first);
  const lines: string[] = [];
  for (let start = 0; start < columns.length;) {
    let [end, total] = [start, firstWidth];
    while (end < columns.length && (end === start || total + 2 + widest(columns[end] ?? []) <= width)) total += 2 + widest(columns[end++] ?? []);
    if (start > 0) lines.push("");
    first.forEach((name, row) => {
      const cells = columns.slice(start, end).map((column) => `  ${left(column[row] ?? "", widest(column))}`);
      lines.push(`${right(name, firstWidth)}${cells.join("")}`.trimEnd());
    });
    start = end;
  }
  return lines;
}

/** `rate (Hz)`: the name in the source, which is shorter than the title. */
function heading(view: View, measure: number): string {
  const { key = "", unit = "" } = view.result.measures[measure] ?? {};
  return `${oneLine(key, 40)}${unit === "" || unit === "1" ? "" : ` (${oneLine(unit, 12)})`}`;
}

function differenceLines(view: View, width: number): string[] {
  const { contrasts, experiments, measures } = view.result;
  const order = { model: 0, numerics: 1, unknown: 2, step: 3, seed: 4, undefined: 5, none: 6 } as const;
  const told = [...contrasts].filter((c) => c.verdict !== "none" && c.verdict !== "undefined").sort((a, b) => order[a.verdict] - order[b.verdict] || a.experiment - b.experiment || a.measure - b.measure || a.variant - b.variant);
  const rows = told.slice(0, MOST_DIFFERENCES).map((c) => [
    `  ${cut(view.label(c.variant), Math.floor(width / 4))}`,
    ...(experiments.length > 1 ? [cut(view.experiment(c.experiment), Math.floor(width / 5))] : []),
    cut(oneLine(measures[c.measure]?.key ?? "", 40), Math.floor(width / 4)),
    withUnit(differenceText(c.difference, 3), measures[c.measure]?.unit ?? ""),
    verdictWords(view, c),
  ]);
  const widths = (rows[0] ?? []).map((_, k) => widest(rows.map((row) => row[k] ?? "")));
  const lines = rows.map((row) => cut(row.map((text, k) => right(text, widths[k] ?? 0)).join("  ").trimEnd(), width));
  return told.length > MOST_DIFFERENCES ? [...lines, `  and ${told.length - MOST_DIFFERENCES} more in the report`] : lines;
}

// ---- columns of a terminal

function columnsOf(text: string): number {
  return glyphs(text).reduce((sum, glyph) => sum + glyph.width, 0);
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(columnsOf));
}

function right(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columnsOf(text)));
}

function left(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columnsOf(text))) + text;
}

/** No wider than `width`, with an ellipsis. */
function cut(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let [shown, total] = ["", 0];
  for (const glyph of glyphs(text)) {
    if (total + glyph.width > width - 1) break;
    shown += glyph.shown;
    total += glyph.width;
  }
  return `${shown}\u2026`;
}

/** Broken at blanks; what follows the first line is indented. */
function wrapped(text: string, width: number, indent: number): string[] {
  const start = /^ */.exec(text)?.[0] ?? "";
  const lines: string[] = [];
  let line = start;
  for (const word of text.trim().split(" ")) {
    const joined = line.trim() === "" ? line + word : `${line} ${word}`;
    if (columnsOf(joined) <= width || line.trim() === "") line = cut(joined, width);
    else {
      lines.push(line);
      line = cut(" ".repeat(indent) + word, width);
    }
  }
  return [...lines, line];
}

/** What a terminal of ASCII has instead. Letters of names stay: whoever wrote them can read them. */
function ascii(text: string): string {
  return text.replaceAll("\u2212", "-").replaceAll("\u2014", "-").replaceAll("\u00B1", "+-").replaceAll("\u2026", "~").replaceAll("\u2019", "'").replaceAll("\u2192", "->");
}
