// What variants did under one experiment, over one time axis: few traces laid over each other, more in a lane each over the one they are held against.
import {
  brokenText,
  heading,
  LEAST_SIZE,
  LINE,
  page,
  rules,
  sheetOf,
  sideLabel,
  withoutCollisions,
  xLabel,
  xTickLabels,
  yTickMarkup,
} from "./axes.ts";
import type { Frame, Sheet } from "./axes.ts";
import { variantLegend } from "./legend.ts";
import { INK, MUTED, STIMULUS } from "./palette.ts";
import { bandMarkup } from "./raster.ts";
import { extentOf, linear, padded, ticks, timeTicks, timeUnit } from "./scale.ts";
import type { Range } from "./scale.ts";
import { element, text } from "./svg.ts";
import { curvePaths } from "./traces.ts";
import type { Curve } from "./traces.ts";
import { sampleMarkup } from "./variantStyle.ts";
import type { VariantStyle } from "./variantStyle.ts";

/** `t` in ms, ascending; NaN in `y` is a gap. */
export interface OverlayCurve extends Curve {
  readonly name: string;
  readonly style: VariantStyle;
  /** The others are held against it: where each has a lane, it is drawn behind them. */
  readonly reference: boolean;
}

export interface OverlaySpikes {
  readonly name: string;
  readonly style: VariantStyle;
  /** "20 seeds", "800 neurons of E". */
  readonly rowsAre: string;
  readonly rows: number;
  /** Spike s is in row `row[s]` at `times[s]` (ms). */
  readonly times: ArrayLike<number>;
  readonly row: ArrayLike<number>;
}

export interface OverlayFigure {
  readonly title: string;
  /** ms */
  readonly from: number;
  readonly until: number;
  readonly panels: readonly { readonly title: string; readonly curves: readonly OverlayCurve[] }[];
  readonly rasters: readonly OverlaySpikes[];
  readonly stimulus: { readonly title: string; readonly curves: readonly OverlayCurve[] } | null;
}

/** Curves up to this many share their axes. */
const TOGETHER = 3;
/** Spikes of a figure that are drawn one by one. */
const MOST_STROKES = 8000;
const BEHIND = "#B4B4B4";

/** The SVG document: traces, rasters, and lowest what was put in. */
export function overlaySvg(figure: OverlayFigure, width: number): string {
  const sheet = sheetOf(width);
  const { left, right, tickSize, labelSize } = sheet;
  const { from } = figure;
  const until = figure.until > from && Number.isFinite(figure.until) ? figure.until : from + 1;
  const head = heading(figure.title, sheet);
  const drawing: Drawing = {
    sheet,
    from,
    until,
    x: linear({ low: from, high: until }, left, right),
    body: [...head.markup],
    y: 38 + head.more,
  };
  for (const panel of figure.panels) {
    if (panel.curves.length <= TOGETHER) drawTogether(drawing, panel, sheet.narrow ? 150 : 230);
    else drawLanes(drawing, panel);
  }
  drawRasters(drawing, figure.rasters);
  if (figure.stimulus !== null)
    drawTogether(
      drawing,
      { ...figure.stimulus, curves: figure.stimulus.curves.map((curve) => ({ ...curve, style: GREY })) },
      sheet.narrow ? 56 : 70,
    );
  if (drawing.body.length === head.markup.length) {
    drawing.body.push(
      text((left + right) / 2, drawing.y + 40, "nothing was recorded", {
        "text-anchor": "middle",
        "font-size": labelSize,
        fill: MUTED,
      }),
    );
    return page(width, drawing.y + 80, figure.title, drawing.body);
  }
  const bottom = drawing.y - GAP;
  const times = shownTimes(drawing);
  drawing.body.push(
    ...xTickLabels(times, drawing.x, bottom + 20, tickSize),
    xLabel(`time (${timeUnit(until)})`, { left, right, top: 0, bottom }, bottom + 42, labelSize),
  );
  return page(width, bottom + 52, figure.title, drawing.body);
}

const GREY: VariantStyle = { colour: STIMULUS, dash: "", marker: "circle" };
const GAP = 16;

interface Drawing {
  readonly sheet: Sheet;
  readonly from: number;
  readonly until: number;
  readonly x: (ms: number) => number;
  readonly body: string[];
  /** Where the next part begins. */
  y: number;
}

function shownTimes({ sheet, from, until, x }: Drawing): ReturnType<typeof timeTicks> {
  return withoutCollisions(timeTicks(until, sheet.narrow ? 5 : 10, from), x, sheet.tickSize);
}

function drawTogether(drawing: Drawing, { title, curves }: OverlayFigure["panels"][number], height: number): void {
  const { sheet, x, body } = drawing;
  const legend = variantLegend(curves.length > 1 ? curves : [], sheet.left, sheet.right, drawing.y, sheet.tickSize);
  const top = drawing.y + legend.height + 6;
  const frame = { left: sheet.left, right: sheet.right, top, bottom: top + height };
  const extent = extentOf(curves.map((curve) => curve.y));
  const range = padded(extent, 0.06);
  const y = linear(range, frame.bottom, frame.top);
  body.push(
    ...legend.markup,
    ...rules(frame, shownTimes(drawing), x),
    ...yTickMarkup(frame, extent === null ? [] : ticks(range, height < 100 ? 2 : 5), y, sheet.tickSize),
  );
  for (const curve of curves)
    body.push(...curveMarkup(curve, x, y, frame, curve.style.colour, curves.length > 1 ? curve.style.dash : ""));
  if (extent === null)
    body.push(
      text((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2 + 5, "no samples", {
        "text-anchor": "middle",
        "font-size": sheet.labelSize,
        fill: MUTED,
      }),
    );
  body.push(sideLabel(title, frame, sheet.side, sheet.labelSize, LEAST_SIZE));
  drawing.y = frame.bottom + GAP;
}

/** All lanes have the same range, so that heights can be compared. */
function drawLanes(drawing: Drawing, { title, curves }: OverlayFigure["panels"][number]): void {
  const { sheet, x, body } = drawing;
  const height = Math.max(44, Math.min(sheet.narrow ? 70 : 84, 640 / curves.length));
  const extent = extentOf(curves.map((curve) => curve.y));
  const range: Range = padded(extent, 0.06);
  const grey = curves.find((curve) => curve.reference);
  const start = drawing.y;
  for (const curve of curves) {
    const top = laneName(drawing, curve.style, `${curve.name}${curve === grey ? " (grey in the others)" : ""}`);
    const frame = { left: sheet.left, right: sheet.right, top, bottom: top + height };
    const y = linear(range, frame.bottom, frame.top);
    body.push(
      ...rules(frame, shownTimes(drawing), x),
      ...yTickMarkup(frame, extent === null ? [] : ticks(range, height < 60 ? 2 : 3), y, sheet.tickSize - 1),
    );
    if (grey !== undefined && curve !== grey) body.push(...curveMarkup(grey, x, y, frame, BEHIND, ""));
    body.push(...curveMarkup(curve, x, y, frame, curve.style.colour, ""));
    drawing.y = frame.bottom + 8;
  }
  body.push(
    sideLabel(title, { left: 0, right: 0, top: start, bottom: drawing.y }, sheet.side, sheet.labelSize, LEAST_SIZE),
  );
  drawing.y += GAP - 8;
}

/** The name above a lane, in as many lines as it needs; where the lane begins. */
function laneName({ sheet, body, y }: Drawing, style: VariantStyle, name: string): number {
  const lines = brokenText(name, sheet.right - sheet.left - 30, sheet.tickSize);
  body.push(sampleMarkup({ ...style, dash: "" }, sheet.left, y + 12, 22));
  lines.forEach((words, k) =>
    body.push(text(sheet.left + 29, y + 16.5 + k * LINE, words, { "font-size": sheet.tickSize, fill: INK })),
  );
  return y + 22 + (lines.length - 1) * LINE;
}

function curveMarkup(
  curve: OverlayCurve,
  x: (ms: number) => number,
  y: (value: number) => number,
  { left, right }: Frame,
  colour: string,
  dash: string,
): string[] {
  const { lines, dots } = curvePaths(curve, x, y, left, right, 2 * (right - left));
  const stroke = { fill: "none", stroke: colour, "stroke-width": 1.5, "stroke-linejoin": "round" };
  const markup: string[] = [];
  if (lines !== "")
    markup.push(
      element("path", dash === "" ? { d: lines, ...stroke } : { d: lines, ...stroke, "stroke-dasharray": dash }),
    );
  if (dots !== "") markup.push(element("path", { d: dots, ...stroke, "stroke-width": 4, "stroke-linecap": "round" }));
  return markup;
}

/** One band a variant, all rows of them as high, with the name above. */
function drawRasters(drawing: Drawing, rasters: readonly OverlaySpikes[]): void {
  const { sheet, x, body, from, until } = drawing;
  const spikes = rasters.reduce((sum, r) => sum + Math.min(r.times.length, r.row.length), 0);
  const most = Math.max(1, ...rasters.map((r) => r.rows));
  const row = Math.min(14, Math.max(most > 40 ? 0 : 3, (sheet.narrow ? 60 : 90) / most));
  for (const raster of rasters) {
    const top = laneName(drawing, raster.style, `${raster.name} (${raster.rowsAre})`);
    const bottom = top + Math.min(180, Math.max(16, raster.rows * row));
    const frame = { left: sheet.left, right: sheet.right, top, bottom };
    body.push(...rules(frame, shownTimes(drawing), x));
    const population = { name: raster.name, size: raster.rows, times: raster.times, neurons: raster.row };
    body.push(
      bandMarkup(
        population,
        frame,
        raster.style.colour,
        { ...frame, x },
        until,
        // Counts are of a time axis that begins at 0.
        spikes > MOST_STROKES && from === 0 ? Math.max(1, Math.min(Math.round(bottom - top), raster.rows)) : null,
      ),
    );
    if (raster.times.length === 0)
      body.push(
        text((frame.left + frame.right) / 2, (top + bottom) / 2 + 4.5, "no spikes", {
          "text-anchor": "middle",
          "font-size": sheet.tickSize,
          fill: MUTED,
        }),
      );
    drawing.y = bottom + 8;
  }
  if (rasters.length > 0) drawing.y += GAP - 8;
}
