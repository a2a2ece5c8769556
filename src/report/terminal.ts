// A comparison's answer on standard error: what differs, one small table of measures an experiment, and what explains the differences.
import type { ComparisonResult } from "../compare/comparison.ts";
import { ink } from "../render/ink.ts";
import { answerOf, verdictWords } from "./answer.ts";
import { differenceText, durationText, estimateOf, withUnit } from "./numbers.ts";
import { isSweepAlone, nearestCommands, sweepSentences } from "./sweepAnswer.ts";
import { cut, right, tablesOf, widest, wrapped } from "./terminalColumns.ts";
import { heading, sweepLines } from "./terminalSweep.ts";
import { viewOf, type View } from "./view.ts";
import { listed } from "../base/lists.ts";
import { oneLine } from "./words.ts";

export interface TerminalOptions {
  readonly columns: number;
  /** Of a terminal of 24 unless given. */
  readonly rows?: number;
  readonly color: boolean;
  /** False where the terminal shows ASCII alone. */
  readonly glyphs: boolean;
}

const FEWEST_COLUMNS = 40;
/** Differences that are listed; the report has them all. */
const MOST_DIFFERENCES = 12;
/** Commands that are shown; the report has them all. */
const MOST_COMMANDS = 2;

/** Lines without newlines, none wider than the terminal. Names are cleaned: nothing in them moves the cursor. */
export function terminalSummary(
  result: ComparisonResult,
  { columns, rows = 24, color, glyphs: anything }: TerminalOptions,
): string[] {
  const view = viewOf(result);
  const width = Math.max(FEWEST_COLUMNS, columns);
  const lines = summaryOf(view, width, anything ? rows : null).map(({ text, strong }) => ({
    text: anything ? text : ascii(text),
    strong,
  }));
  return lines.map(({ text, strong }) => ink(text, strong ? "strong" : "plain", { color }));
}

interface Line {
  readonly text: string;
  readonly strong: boolean;
}

/** `rows`: of a terminal that shows drawings; null of one that does not. */
function summaryOf(view: View, width: number, rows: number | null): Line[] {
  const { result } = view;
  const answer = answerOf(view);
  const lines: Line[] = [];
  const say = (text: string, indent = 0, strong = false): void => {
    for (const line of wrapped(text, width, indent)) lines.push({ text: line, strong });
  };
  say(`${view.title}: ${answer.subject}`, 2, true);
  if (answer.interrupted !== null) say(answer.interrupted);
  if (answer.recording !== null) say(answer.recording, 2);
  for (const { variant, sentence } of answer.model) {
    const label = view.label(variant);
    say(`  ${sentence.startsWith(`${label} `) ? sentence : `${label}: ${sentence}`}`, 4);
  }
  const alone = isSweepAlone(view);
  if (alone) {
    for (const { by, command } of nearestCommands(view).slice(0, MOST_COMMANDS))
      say(`The nearest by ${by} is run by: ${command}`, 2);
    for (const told of sweepSentences(view)) say(told, 2);
  }
  result.experiments.forEach((experiment, e) => {
    if (alone) return;
    const tables = measureTables(view, e, width);
    if (tables.length === 0) return;
    say("");
    const seeds = result.about.seeds.length;
    say(
      `${view.experiment(e)}, ${durationText(experiment.duration)}${seeds > 1 ? `, mean \u00B1 half of the 95 % interval over ${seeds} seeds` : ""}`,
      2,
      true,
    );
    for (const line of tables) lines.push({ text: line, strong: false });
  });
  result.experiments.forEach((_, e) => {
    const tables = sweepLines(view, e, width, rows);
    if (tables.length === 0) return;
    say("");
    say(
      `Over ${listed((result.sweep?.axes ?? []).map((axis) => oneLine(axis.name, 40)))}, under ${view.experiment(e)}`,
      2,
      true,
    );
    for (const line of tables) lines.push({ text: line, strong: false });
  });
  const differences = differenceLines(view, width);
  if (differences.length > 0) {
    say("");
    say(`Differences from ${view.label(result.baseline)}, and what explains them`, 2, true);
    for (const line of differences) lines.push({ text: line, strong: false });
  }
  if (result.contrasts.length > 0) say(answer.numerics, 2);
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

function differenceLines(view: View, width: number): string[] {
  const { contrasts, experiments, measures } = view.result;
  const order = { fault: -1, model: 0, numerics: 1, unknown: 2, step: 3, seed: 4, undefined: 5, none: 6 } as const;
  const told = [...contrasts]
    .filter((c) => c.verdict !== "none" && c.verdict !== "undefined")
    .sort(
      (a, b) =>
        order[a.verdict] - order[b.verdict] ||
        a.experiment - b.experiment ||
        a.measure - b.measure ||
        a.variant - b.variant,
    );
  const rows = told
    .slice(0, MOST_DIFFERENCES)
    .map((c) => [
      `  ${cut(view.label(c.variant), Math.floor(width / 4))}`,
      ...(experiments.length > 1 ? [cut(view.experiment(c.experiment), Math.floor(width / 5))] : []),
      cut(oneLine(measures[c.measure]?.key ?? "", 40), Math.floor(width / 4)),
      withUnit(differenceText(c.difference, 3), measures[c.measure]?.unit ?? ""),
      verdictWords(view, c),
    ]);
  const widths = (rows[0] ?? []).map((_, k) => widest(rows.map((row) => row[k] ?? "")));
  const lines = rows.map((row) =>
    cut(
      row
        .map((text, k) => right(text, widths[k] ?? 0))
        .join("  ")
        .trimEnd(),
      width,
    ),
  );
  return told.length > MOST_DIFFERENCES
    ? [...lines, `  and ${told.length - MOST_DIFFERENCES} more in the report`]
    : lines;
}

/** What a terminal of ASCII has instead. Letters of names stay: whoever wrote them can read them. */
function ascii(text: string): string {
  return text
    .replaceAll("\u2212", "-")
    .replaceAll("\u2014", "-")
    .replaceAll("\u00B1", "+-")
    .replaceAll("\u2026", "~")
    .replaceAll("\u2019", "'")
    .replaceAll("\u2192", "->");
}
