// A quantity over a grid of two parameters: one map a variant, all in the same colours.
import {
  brokenText,
  fitsBeside,
  fitted,
  heading,
  LEAST_SIZE,
  LINE,
  page,
  sheetOf,
  sideLabel,
  withoutCollisions,
  xLabel,
  xTickLabels,
} from "./axes.ts";
import type { PlotAxis } from "./plot.ts";
import { rampColour } from "./colourRamp.ts";
import type { Ramp } from "./colourRamp.ts";
import { INK, MUTED } from "./palette.ts";
import { extentOf, linear, padded, ticks } from "./scale.ts";
import type { Range, Tick } from "./scale.ts";
import { element, line, px, text } from "./svg.ts";
import { sampleMarkup } from "./variantStyle.ts";
import type { VariantStyle } from "./variantStyle.ts";

export interface HeatAxis extends PlotAxis {
  /** One a column or row, in the order in which they are drawn: to the right, upwards. */
  readonly values: readonly number[];
}

export interface HeatMap {
  readonly name: string;
  readonly style: VariantStyle;
  /** Row by row from below, one a column; null where the value is not defined. */
  readonly values: readonly (number | null)[];
}

export interface HeatMaps {
  readonly title: string;
  /** Of the colour bar: "rate (Hz)". */
  readonly label: string;
  readonly x: HeatAxis;
  readonly y: HeatAxis;
  readonly maps: readonly HeatMap[];
  /** Diverging for differences: 0 is in the middle. */
  readonly ramp: Ramp;
}

/** Colours of a map; neighbours of one colour share a path. */
const LEVELS = 64;
/** Columns and rows that are drawn; of more, one stands for its neighbours. */
const MOST_CELLS = 120;
const UNDEFINED = "#FFFFFF";
/** The SVG document. */
export function heatMapSvg(maps: HeatMaps, width: number): string {
  const sheet = sheetOf(width);
  const columns = sheet.narrow ? 1 : Math.max(1, Math.min(maps.maps.length, 3));
  const gap = 26;
  const barRoom = sheet.narrow ? 0 : 92;
  const each = (sheet.right - sheet.left - barRoom - gap * (columns - 1)) / columns;
  const high = sheet.narrow ? 170 : Math.min(240, Math.max(150, 0.85 * each));
  const head = heading(maps.title, sheet);
  const body = [...head.markup];
  const extent = extentOf(maps.maps.map((map) => map.values.map((v) => v ?? NaN)));
  const range = colourRange(extent, maps.ramp);
  let top = 34 + head.more;
  // A name that is longer than the bar is high stands above the maps, in as many lines as it needs.
  const beside = !sheet.narrow && fitsBeside(maps.label, { top: 0, bottom: high }, LEAST_SIZE);
  if (!beside && extent !== null) {
    const lines = brokenText(
      sheet.narrow ? maps.label : `colours: ${maps.label}`,
      sheet.right - 12 - sheet.left,
      sheet.tickSize,
    );
    lines.forEach((words, k) =>
      body.push(text(sheet.left, top + 14 + k * LINE, words, { "font-size": sheet.tickSize, fill: INK })),
    );
    top += lines.length * LINE;
  }
  if (sheet.narrow && extent !== null) {
    body.push(...horizontalBar(maps, range, sheet.left, sheet.right - 12, top - 16, sheet.tickSize));
    top += 62 - LINE;
  }
  const first = top;
  // one map alone is what the title says
  const named = maps.maps.length > 1;
  const nameRoom = named ? 26 : 10;
  const rows = Math.max(1, Math.ceil(maps.maps.length / columns));
  for (let row = 0; row < rows; row++) {
    maps.maps.slice(row * columns, (row + 1) * columns).forEach((map, column) => {
      const left = sheet.left + column * (each + gap);
      const frame = { left, right: left + each, top: top + nameRoom, bottom: top + nameRoom + high };
      if (named) {
        body.push(sampleMarkup(map.style, left, top + 12, 22));
        body.push(
          text(left + 29, top + 16.5, fitted(map.name, each - 29, sheet.tickSize), {
            "font-size": sheet.tickSize,
            fill: INK,
          }),
        );
      }
      body.push(...cellsMarkup(map, maps, frame, range), ...edgeMarkup(maps, frame, column === 0, sheet.tickSize));
      body.push(xLabel(maps.x.label, frame, frame.bottom + 38, sheet.labelSize - 1));
      if (column === 0) body.push(sideLabel(maps.y.label, frame, sheet.side, sheet.labelSize, LEAST_SIZE));
    });
    top += nameRoom + high + 52;
  }
  if (maps.maps.some((map) => map.values.includes(null))) {
    body.push(
      element("path", { d: hatching(sheet.left, top, 24, 12), stroke: MUTED, "stroke-width": 1, fill: "none" }),
      text(sheet.left + 31, top + 11, "not defined", { "font-size": sheet.tickSize, fill: MUTED }),
    );
    top += 22;
  }
  if (!sheet.narrow && extent !== null)
    body.push(
      ...verticalBar(
        maps,
        range,
        sheet.right - barRoom + 30,
        first + nameRoom,
        Math.min(high, 240),
        sheet.tickSize,
        beside,
      ),
    );
  return page(width, top + 4, maps.title, body);
}

/** Differences get a range around 0. */
function colourRange(extent: Range | null, ramp: Ramp): Range {
  if (ramp === "sequential")
    return extent !== null && extent.high / 2 - extent.low / 2 > 0 ? extent : padded(extent, 0);
  const most = Math.max(Math.abs(extent?.low ?? 0), Math.abs(extent?.high ?? 0)) || 1;
  return { low: -most, high: most };
}

interface Place {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function cellsMarkup(
  { values }: HeatMap,
  { x, y, ramp }: HeatMaps,
  { left, right, top, bottom }: Place,
  range: Range,
): string[] {
  const [columns, rows] = [x.values.length, y.values.length];
  const [everyX, everyY] = [Math.ceil(columns / MOST_CELLS), Math.ceil(rows / MOST_CELLS)];
  const paths = new Map<number, string>();
  const [w, h] = [(right - left) / columns, (bottom - top) / rows];
  let missing = "";
  for (let row = 0; row < rows; row += everyY) {
    const tall = Math.min(everyY, rows - row) * h;
    const at = bottom - row * h - tall;
    // half a pixel over the row above, so that rounding leaves no line between them
    const over = row + everyY < rows ? 0.5 : 0;
    for (let column = 0; column < columns;) {
      const level = levelOf(values[row * columns + column] ?? null, range);
      let end = Math.min(columns, column + everyX);
      while (end < columns && levelOf(values[row * columns + end] ?? null, range) === level)
        end = Math.min(columns, end + everyX);
      if (level === null) missing += hatching(left + column * w, at, (end - column) * w, tall);
      else
        paths.set(
          level,
          `${paths.get(level) ?? ""}M${px(left + column * w)} ${px(at - over)}h${px((end - column) * w)}v${px(tall + over)}h${px((column - end) * w)}z`,
        );
      column = end;
    }
  }
  const markup = [element("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: UNDEFINED })];
  for (const [level, d] of [...paths].sort(([a], [b]) => a - b))
    markup.push(element("path", { d, fill: rampColour(ramp, level / (LEVELS - 1)), "shape-rendering": "crispEdges" }));
  if (missing !== "") markup.push(element("path", { d: missing, stroke: MUTED, "stroke-width": 1, fill: "none" }));
  return markup;
}

function levelOf(value: number | null, range: Range): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  return Math.min(
    LEVELS - 1,
    Math.max(0, Math.round(((value / 2 - range.low / 2) / (range.high / 2 - range.low / 2)) * (LEVELS - 1))),
  );
}

/** Slanted lines across a rectangle, and its edge. */
function hatching(left: number, top: number, width: number, height: number): string {
  let d = `M${px(left)} ${px(top)}h${px(width)}v${px(height)}h${px(-width)}z`;
  const run = Math.min(width, height);
  for (let at = 0; at + run <= width + 0.01; at += Math.max(6, run))
    d += `M${px(left + at)} ${px(top + run)}l${px(run)} ${px(-run)}`;
  return d;
}

/** The frame, and the values of some columns and rows, in their middles. */
function edgeMarkup(
  { x, y }: HeatMaps,
  { left, right, top, bottom }: Place,
  withRows: boolean,
  size: number,
): string[] {
  const markup = [
    element("rect", {
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
      fill: "none",
      stroke: INK,
      "stroke-width": 1.25,
    }),
  ];
  const atX = (k: number): number => left + ((k + 0.5) / x.values.length) * (right - left);
  const atY = (k: number): number => bottom - ((k + 0.5) / y.values.length) * (bottom - top);
  const xTicks = withoutCollisions(indexTicks(x.values, Math.floor((right - left) / 55)), atX, size);
  for (const { value } of xTicks)
    markup.push(line(atX(value), bottom, atX(value), bottom + 4, { stroke: INK, "stroke-width": 1.25 }));
  markup.push(...xTickLabels(xTicks, atX, bottom + 18, size - 1));
  for (const { value, text: label } of indexTicks(y.values, Math.floor((bottom - top) / 30))) {
    markup.push(line(left - 4, atY(value), left, atY(value), { stroke: INK, "stroke-width": 1.25 }));
    if (withRows)
      markup.push(text(left - 8, atY(value) + 4.5, label, { "text-anchor": "end", "font-size": size - 1, fill: INK }));
  }
  return markup;
}

/** Positions of some of the values, evenly apart, the first among them. */
function indexTicks(values: readonly number[], wanted: number): Tick[] {
  const every = Math.max(1, Math.ceil(values.length / Math.max(1, wanted)));
  return values.flatMap((value, k) => (k % every === 0 ? [{ value: k, text: shortText(value) }] : []));
}

/** Three digits. */
function shortText(value: number): string {
  if (!Number.isFinite(value)) return "\u2014";
  const size = Math.abs(value);
  const plain =
    size !== 0 && (size >= 1e5 || size < 1e-3)
      ? value.toExponential(2).replace(/\.?0*e\+?/, "e")
      : String(Number(value.toPrecision(3)));
  return plain.replaceAll("-", "\u2212");
}

// ---- the colour bar

const STEPS = 32;

function verticalBar(
  { label, ramp }: HeatMaps,
  range: Range,
  left: number,
  top: number,
  height: number,
  size: number,
  named: boolean,
): string[] {
  const markup: string[] = [];
  for (let k = 0; k < STEPS; k++)
    markup.push(
      element("rect", {
        x: left,
        y: top + height - ((k + 1) / STEPS) * height,
        width: 16,
        height: height / STEPS + 0.5,
        fill: rampColour(ramp, k / (STEPS - 1)),
        "shape-rendering": "crispEdges",
      }),
    );
  markup.push(element("rect", { x: left, y: top, width: 16, height, fill: "none", stroke: INK, "stroke-width": 1 }));
  const at = linear(range, top + height, top);
  for (const { value, text: number } of ticks(range, 5)) {
    const y = at(value);
    markup.push(
      line(left + 16, y, left + 20, y, { stroke: INK, "stroke-width": 1 }),
      text(left + 24, y + 4.5, number, { "font-size": size - 1, fill: INK }),
    );
  }
  return named
    ? [...markup, sideLabel(label, { left, right: left, top, bottom: top + height }, left - 8, size, LEAST_SIZE)]
    : markup;
}

function horizontalBar(
  { ramp }: HeatMaps,
  range: Range,
  left: number,
  right: number,
  top: number,
  size: number,
): string[] {
  const markup: string[] = [];
  const width = right - left;
  for (let k = 0; k < STEPS; k++)
    markup.push(
      element("rect", {
        x: left + (k / STEPS) * width,
        y: top + 20,
        width: width / STEPS + 0.5,
        height: 12,
        fill: rampColour(ramp, k / (STEPS - 1)),
        "shape-rendering": "crispEdges",
      }),
    );
  markup.push(
    element("rect", { x: left, y: top + 20, width, height: 12, fill: "none", stroke: INK, "stroke-width": 1 }),
  );
  const x = linear(range, left, right);
  return [...markup, ...xTickLabels(withoutCollisions(ticks(range, 4), x, size), x, top + 46, size)];
}
