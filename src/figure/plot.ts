// Curves of one quantity over another, one for each variant, with bands for their uncertainty: f-I curves, spectra, sweeps.
import {
  heading,
  LEAST_SIZE,
  page,
  rules,
  sheetOf,
  sideLabel,
  withoutCollisions,
  xLabel,
  xTickLabels,
  yTickMarkup,
} from "./axes.ts";
import type { Sheet } from "./axes.ts";
import { variantLegend } from "./legend.ts";
import { MUTED } from "./palette.ts";
import { extentOf, linear, logarithmic, logTicks, padded, ticks } from "./scale.ts";
import type { Range, Tick } from "./scale.ts";
import { element, px, text } from "./svg.ts";
import { curvePaths } from "./traces.ts";
import { markerMarkup } from "./variantStyle.ts";
import type { VariantStyle } from "./variantStyle.ts";

export interface PlotSeries {
  readonly name: string;
  readonly style: VariantStyle;
  /** NaN in `y` is a gap. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** The interval around y; NaN or null where there is none. */
  readonly low: ArrayLike<number> | null;
  readonly high: ArrayLike<number> | null;
}

export interface Plot {
  /** Said to screen readers and printed above. */
  readonly title: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
  /** Points without lines between them: of values that have no order, such as draws. */
  readonly scattered?: boolean;
  /** False where there is one variant in all, and the title says all that its name would. */
  readonly named?: boolean;
}

export interface PlotAxis {
  /** With its unit: "I_e (pA)". */
  readonly label: string;
  readonly logarithmic?: boolean;
}

/** Points up to this many in a series are marked. */
const MARKED = 40;

/** The SVG document, as wide as asked. */
export function plotSvg(plot: Plot, width: number): string {
  const sheet = sheetOf(width);
  const { left, right, tickSize, labelSize } = sheet;
  const head = heading(plot.title, sheet);
  const legend = variantLegend(plot.named === false ? [] : plot.series, left, right, 34 + head.more, tickSize);
  const top = 44 + head.more + legend.height;
  const frame = { left, right, top, bottom: top + (sheet.narrow ? 210 : 300) };
  const shown = plot.series.map((series) => withinAxes(series, plot));
  const xExtent = extentOf(shown.map((s) => s.x));
  const yExtent = extentOf(shown.flatMap((s) => [s.y, s.low ?? [], s.high ?? []]));
  const body = [...head.markup, ...legend.markup];
  if (xExtent === null || yExtent === null) {
    body.push(
      ...rules(frame, [], () => 0),
      text((left + right) / 2, (frame.top + frame.bottom) / 2, "no values", {
        "text-anchor": "middle",
        "font-size": labelSize,
        fill: MUTED,
      }),
    );
    return page(width, frame.bottom + 50, plot.title, body);
  }
  const xAxis = axis(plot.x, xExtent, left, right, sheet.narrow ? 4 : 9);
  const yAxis = axis(plot.y, yExtent, frame.bottom, frame.top, sheet.narrow ? 4 : 6);
  const xTicks = withoutCollisions(xAxis.ticks, xAxis.map, tickSize);
  body.push(
    ...rules(frame, xTicks, xAxis.map),
    ...yTickMarkup(frame, yAxis.ticks, yAxis.map, tickSize),
    ...xTickLabels(xTicks, xAxis.map, frame.bottom + 20, tickSize),
  );
  for (const series of shown) body.push(...bandMarkup(series, xAxis.map, yAxis.map, right - left));
  for (const series of shown) body.push(...curveMarkup(series, xAxis.map, yAxis.map, sheet, plot.scattered === true));
  body.push(
    xLabel(plot.x.label, frame, frame.bottom + 42, labelSize),
    sideLabel(plot.y.label, frame, sheet.side, labelSize, LEAST_SIZE),
  );
  return page(width, frame.bottom + 54, plot.title, body);
}

/** Points without a place on a logarithmic axis become gaps. */
function withinAxes(series: PlotSeries, plot: Plot): PlotSeries {
  const positive = (values: ArrayLike<number>): number[] => Array.from(values, (v) => (v > 0 ? v : NaN));
  const x = plot.x.logarithmic ? positive(series.x) : series.x;
  if (!plot.y.logarithmic) return { ...series, x };
  return {
    ...series,
    x,
    y: positive(series.y),
    low: series.low && positive(series.low),
    high: series.high && positive(series.high),
  };
}

interface Axis {
  readonly map: (value: number) => number;
  readonly ticks: readonly Tick[];
}

function axis({ logarithmic: isLog }: PlotAxis, extent: Range, from: number, to: number, wanted: number): Axis {
  if (isLog) {
    const range =
      extent.low < extent.high
        ? { low: extent.low * 0.95, high: extent.high * 1.05 }
        : { low: extent.low / 2, high: extent.high * 2 };
    return { map: logarithmic(range, from, to), ticks: logTicks(range, wanted) };
  }
  const range = padded(extent, 0.04);
  // what is never negative does not get an axis below 0
  const standing = extent.low >= 0 && range.low < 0 && extent.high > 0 ? { ...range, low: 0 } : range;
  return { map: linear(standing, from, to), ticks: ticks(standing, wanted) };
}

/** The interval as a faint area: one a pixel at most, from the lowest to the highest there. */
function bandMarkup(
  { x, low, high, style }: PlotSeries,
  mapX: Axis["map"],
  mapY: Axis["map"],
  pixels: number,
): string[] {
  if (low === null || high === null) return [];
  const areas: string[] = [];
  let run: { x: number; low: number; high: number }[] = [];
  const close = (): void => {
    if (run.length > 1) {
      const there = run.map((p) => `${px(mapX(p.x))} ${px(mapY(p.high))}`);
      const back = run.reverse().map((p) => `${px(mapX(p.x))} ${px(mapY(p.low))}`);
      areas.push(`M${[...there, ...back].join("L")}Z`);
    }
    run = [];
  };
  const every = Math.max(1, Math.ceil(x.length / pixels));
  for (let i = 0; i < x.length; i += every) {
    let [from, to] = [Infinity, -Infinity];
    for (let k = i; k < Math.min(i + every, x.length); k++)
      [from, to] = [Math.min(from, low[k] ?? NaN), Math.max(to, high[k] ?? NaN)];
    const at = x[i] ?? NaN;
    if (Number.isFinite(from) && Number.isFinite(to) && Number.isFinite(at)) run.push({ x: at, low: from, high: to });
    else close();
  }
  close();
  return areas.length === 0 ? [] : [element("path", { d: areas.join(""), fill: style.colour, "fill-opacity": 0.18 })];
}

function curveMarkup(
  series: PlotSeries,
  mapX: Axis["map"],
  mapY: Axis["map"],
  { left, right, narrow }: Sheet,
  scattered: boolean,
): string[] {
  const { x, y, style } = series;
  const markup: string[] = [];
  const stroke = { fill: "none", stroke: style.colour, "stroke-width": 2, "stroke-linejoin": "round" };
  const { lines, dots } = curvePaths({ t: x, y }, mapX, mapY, left, right, 2 * (right - left));
  const marked = scattered ? x.length <= 400 : x.length <= MARKED;
  if (!scattered && lines !== "")
    markup.push(
      element(
        "path",
        style.dash === "" ? { d: lines, ...stroke } : { d: lines, ...stroke, "stroke-dasharray": style.dash },
      ),
    );
  if (marked) {
    for (let i = 0; i < x.length; i++) {
      const at = [mapX(x[i] ?? NaN), mapY(y[i] ?? NaN)] as const;
      if (Number.isFinite(at[0]) && Number.isFinite(at[1]))
        markup.push(markerMarkup(style, at[0], at[1], narrow ? 3 : 3.75));
    }
    return markup;
  }
  // of many points only dots are drawn, and of a line those that stand alone
  const points = scattered ? scatter(x, y, mapX, mapY) : dots;
  if (points !== "")
    markup.push(element("path", { d: points, ...stroke, "stroke-width": 4, "stroke-linecap": "round" }));
  return markup;
}

/** One dot a pixel at most. */
function scatter(x: ArrayLike<number>, y: ArrayLike<number>, mapX: Axis["map"], mapY: Axis["map"]): string {
  const seen = new Set<string>();
  for (let i = 0; i < x.length; i++) {
    const [atX, atY] = [Math.round(mapX(x[i] ?? NaN)), Math.round(mapY(y[i] ?? NaN))];
    if (Number.isFinite(atX) && Number.isFinite(atY)) seen.add(`M${atX} ${atY}h0`);
  }
  return [...seen].join("");
}
