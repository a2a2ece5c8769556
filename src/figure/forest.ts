// Differences with their intervals beside what the seed and the step do: one panel a measure, one row a variant.
import {
  brokenText,
  fitted,
  heading,
  LINE,
  page,
  roomFor,
  rules,
  sheetOf,
  withoutCollisions,
  xLabel,
  xTickLabels,
} from "./axes.ts";
import { INK, MUTED } from "./palette.ts";
import { linear, padded, ticks, type Range, type Tick } from "./scale.ts";
import { element, line, px, text, textWidth } from "./svg.ts";
import { markerMarkup } from "./variantStyle.ts";
import type { VariantStyle } from "./variantStyle.ts";

export interface ForestRow {
  readonly name: string;
  readonly style: VariantStyle;
  /** Null where there is none. */
  readonly value: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  /** Standard deviation between seeds, and error of the step: what the difference is held against. */
  readonly spread: number | null;
  readonly error: number | null;
  /** What follows, in a word or two, at the right. */
  readonly verdict: string;
}

export interface ForestPanel {
  /** "rate (Hz)" */
  readonly title: string;
  readonly rows: readonly ForestRow[];
}

export interface Forest {
  readonly title: string;
  /** Under each axis: "minus LIF". */
  readonly against: string;
  readonly panels: readonly ForestPanel[];
}

const ROW = 24;
const SEED = "#DADADA";
const STEP = "#7A7A7A";

/** The SVG document: two panels beside each other, on a narrow page one. */
export function forestSvg(forest: Forest, width: number): string {
  const sheet = sheetOf(width);
  const columns = sheet.narrow || forest.panels.length === 1 ? 1 : 2;
  const edge = sheet.narrow ? 8 : 16;
  const gap = 28;
  const each = (width - 2 * edge - gap * (columns - 1)) / columns;
  const head = heading(forest.title, sheet);
  const body = [...head.markup];
  const key = keyMarkup(edge, width - edge, 34 + head.more, sheet.tickSize);
  body.push(...key.markup);
  let y = 34 + head.more + key.height + 8;
  for (let start = 0; start < forest.panels.length; start += columns) {
    const beside = forest.panels.slice(start, start + columns);
    const titles = beside.map(({ title }) => brokenText(title, each / 1.1, sheet.tickSize + 1));
    y += (Math.max(...titles.map((lines) => lines.length)) - 1) * LINE;
    beside.forEach((panel, k) =>
      body.push(
        ...panelMarkup(panel, titles[k] ?? [], forest.against, edge + k * (each + gap), each, y, sheet.tickSize),
      ),
    );
    y += panelHeight(Math.max(...beside.map((panel) => panel.rows.length)));
  }
  if (forest.panels.length === 0)
    body.push(text(edge, (y += 20), "no differences", { "font-size": sheet.labelSize, fill: MUTED }));
  return page(width, y + 6, forest.title, body);
}

function panelHeight(rows: number): number {
  return 26 + rows * ROW + 54;
}

/** At least two marks, for one alone is no scale. */
function scaleOf(range: Range, wanted: number, x: (value: number) => number, size: number): Tick[] {
  let shown: Tick[] = [];
  for (let more = wanted; shown.length < 2 && more <= wanted + MOST_MORE; more++)
    shown = withoutCollisions(ticks(range, more), x, size);
  return shown;
}

const MOST_MORE = 4;

/** What the grey areas and the lines mean. */
function keyMarkup(
  left: number,
  right: number,
  top: number,
  size: number,
): { readonly markup: string[]; readonly height: number } {
  const entries = [
    {
      draw: (x: number, y: number) =>
        line(x, y, x + 24, y, { stroke: INK, "stroke-width": 2 }) +
        element("circle", { cx: x + 12, cy: y, r: 4, fill: INK }),
      says: "difference, 95 % interval",
    },
    {
      draw: (x: number, y: number) => element("rect", { x, y: y - 7, width: 24, height: 14, fill: SEED }),
      says: "\u00B1 spread between seeds",
    },
    { draw: (x: number, y: number) => stepMarkup(x, x + 24, y), says: "\u00B1 error of the step" },
  ];
  const markup: string[] = [];
  let [x, row] = [left, 0];
  for (const { draw, says } of entries) {
    const wide = 31 + textWidth(says, size) + 16;
    if (x > left && x + wide > right) [x, row] = [left, row + 1];
    const baseline = top + 14 + 20 * row;
    markup.push(draw(x, baseline - 4.5), text(x + 31, baseline, says, { "font-size": size, fill: INK }));
    x += wide;
  }
  return { markup, height: 20 * (row + 1) };
}

/** A bracket from one end of the step's error to the other. */
function stepMarkup(from: number, to: number, y: number): string {
  return element("path", {
    d: `M${px(from)} ${px(y - 6)}v12M${px(to)} ${px(y - 6)}v12M${px(from)} ${px(y)}H${px(to)}`,
    fill: "none",
    stroke: STEP,
    "stroke-width": 1.5,
    "stroke-dasharray": "2 2",
  });
}

/** `title`: its lines, the last right above the panel. */
function panelMarkup(
  { rows }: ForestPanel,
  title: readonly string[],
  against: string,
  left: number,
  width: number,
  top: number,
  size: number,
): string[] {
  const names = Math.min(0.36 * width, Math.max(30, ...rows.map((row) => roomFor(row.name, size))));
  const words = Math.max(0, ...rows.map((row) => roomFor(row.verdict, size - 1)));
  const frame = {
    left: left + names + 18,
    right: left + width - words - 10,
    top: top + 26,
    bottom: top + 26 + rows.length * ROW,
  };
  const reach = rows
    .flatMap(({ value, interval, spread, error }) => [
      value ?? 0,
      ...(interval ?? []),
      spread ?? 0,
      -(spread ?? 0),
      error ?? 0,
      -(error ?? 0),
    ])
    .filter(Number.isFinite);
  const extent = { low: Math.min(0, ...reach), high: Math.max(0, ...reach) };
  const range = extent.low < extent.high ? padded(extent, 0.06) : { low: -1, high: 1 };
  const x = linear(range, frame.left, frame.right);
  const shown = scaleOf(range, Math.max(2, Math.floor((frame.right - frame.left) / 60)), x, size);
  const markup = title.map((words, k) =>
    text(left, top + 16 - (title.length - 1 - k) * LINE, words, {
      "font-size": size + 1,
      "font-weight": "bold",
      fill: INK,
    }),
  );
  const middles = rows.map((_, i) => frame.top + (i + 0.5) * ROW);
  rows.forEach((row, i) => {
    const y = middles[i] ?? 0;
    if (row.spread !== null && row.spread > 0 && row.spread < Infinity)
      markup.push(
        element("rect", { x: x(-row.spread), y: y - 8, width: x(row.spread) - x(-row.spread), height: 16, fill: SEED }),
      );
  });
  markup.push(...rules(frame, shown, x));
  markup.push(line(x(0), frame.top, x(0), frame.bottom, { stroke: INK, "stroke-width": 1 }));
  rows.forEach((row, i) => {
    const y = middles[i] ?? 0;
    if (row.error !== null && row.error > 0 && row.error < Infinity)
      markup.push(stepMarkup(x(-row.error), x(row.error), y));
    if (row.interval !== null && row.interval.every(Number.isFinite))
      markup.push(
        line(x(row.interval[0]), y, x(row.interval[1]), y, { stroke: row.style.colour, "stroke-width": 2.5 }),
      );
    if (row.value !== null && Number.isFinite(row.value)) markup.push(markerMarkup(row.style, x(row.value), y, 5));
    else markup.push(text(x(0) + 6, y + 4.5, "\u2014", { "font-size": size, fill: MUTED }));
    markup.push(
      text(frame.left - 8, y + 4.5, fitted(row.name, names + 0.5, size), {
        "text-anchor": "end",
        "font-size": size,
        fill: INK,
      }),
    );
    markup.push(text(frame.right + 8, y + 4.5, row.verdict, { "font-size": size - 1, fill: INK }));
  });
  markup.push(
    ...xTickLabels(shown, x, frame.bottom + 19, size - 1),
    xLabel(against, frame, frame.bottom + 37, size - 1),
  );
  return markup;
}
