// A whole figure as SVG: panels over one time axis, fit for a talk or a paper.
import { page, rules, sideLabel, xTickLabels, yTickMarkup } from "./axes.ts";
import type { Frame } from "./axes.ts";
import type { Figure, Panel, Trace } from "./figure.ts";
import { legendEntries, legendMarkup, legendRows, ROW } from "./legend.ts";
import { colourOf, inDrawingOrder, INK, MUTED, THRESHOLD, traceKeys } from "./palette.ts";
import type { TraceKeys } from "./palette.ts";
import { IMAGE_COLUMNS, isImage, labelWidth, rasterHeight, rasterMarkup } from "./raster.ts";
import { extentOf, linear, padded, ticks, timeTicks, timeUnit } from "./scale.ts";
import type { Range, Tick } from "./scale.ts";
import { element, text, textWidth } from "./svg.ts";
import type { Attributes } from "./svg.ts";
import { spikePath, curvePaths } from "./traces.ts";

export type { Figure, Panel, Raster, Trace } from "./figure.ts";

const WIDTH = 1000;
const RIGHT = WIDTH - 28;
const TICK_SIZE = 13;
const LABEL_SIZE = 15;
const GAP = 20;
/** Pixels at the top of a panel that belong to the strokes of its spikes. */
const SPIKE_ROOM = 26;

/** The SVG document, 1000 pixels wide and as high as its panels. The same figure gives the same text, byte for byte. */
export function renderSvg(figure: Figure): string {
  const keys = traceKeys(figure);
  const duration = durationOf(figure);
  const plan = layout(figure, keys);
  const x = linear({ low: 0, high: duration }, plan.left, RIGHT);
  const times = timeTicks(duration, 10);
  const body: string[] = [];
  const heading = (y: number, content: string, size: number, attributes: Attributes): void => {
    const fitting = Math.min(size, (RIGHT - plan.left) / Math.max(1, textWidth(content, 1)));
    if (content !== "") body.push(text(plan.left, y, content, { "font-size": fitting, ...attributes }));
  };
  heading(36, figure.title, 20, { "font-weight": "bold", fill: INK });
  heading(figure.title === "" ? 34 : 58, figure.subtitle, 14, { fill: MUTED });
  for (const part of plan.parts) {
    const frame = { left: plan.left, right: RIGHT, top: part.top, bottom: part.bottom, x };
    body.push(...rules(frame, times, x));
    if (part.shown === "raster" && figure.raster) body.push(...rasterMarkup(figure.raster, frame, duration));
    if (part.shown === "nothing") {
      body.push(remark("nothing was recorded", frame));
    }
    if (typeof part.shown === "object") body.push(...panelMarkup(part.shown, keys, frame));
  }
  body.push(...xTickLabels(times, x, plan.axis + 22, TICK_SIZE));
  const timeLabel = { "text-anchor": "middle", "font-size": LABEL_SIZE, fill: INK };
  body.push(text((plan.left + RIGHT) / 2, plan.axis + 46, `time (${timeUnit(duration)})`, timeLabel));
  const name = [figure.title, figure.subtitle].filter((part) => part !== "").join(" \u2013 ");
  return page(WIDTH, plan.axis + 60, name, body);
}

/** From top to bottom: raster, rates, states, stimuli; heights in pixels. */
interface Layout {
  readonly left: number;
  /** y of the time axis. */
  readonly axis: number;
  readonly parts: readonly {
    readonly shown: Panel | "raster" | "nothing";
    readonly top: number;
    readonly bottom: number;
  }[];
}

function layout(figure: Figure, keys: TraceKeys): Layout {
  const panels = inDrawingOrder(figure);
  const states = panels.filter((panel) => panel.kind === "state").length;
  const stateHeight = states <= 1 ? 280 : states === 2 ? 210 : 150;
  const populations = figure.raster?.populations ?? [];
  const shown: [Panel | "raster" | "nothing", number][] = panels.map((panel) => [
    panel,
    panel.kind === "state" ? stateHeight : panel.kind === "rate" ? 110 : 90,
  ]);
  if (populations.length > 0) shown.unshift(["raster", rasterHeight(populations)]);
  if (shown.length === 0) shown.push(["nothing", 120]);
  const tickWidths = panels.flatMap((panel) => yTicks(panel).map((tick) => textWidth(tick.text, TICK_SIZE)));
  const names = figure.raster === null ? 0 : labelWidth(figure.raster) - 28;
  const wanted = Math.ceil(Math.min(260, 48 + Math.max(24, names, ...tickWidths)));
  // a column of an image is a pixel then, unless names are long
  const left = figure.raster !== null && isImage(figure.raster) ? Math.max(wanted, RIGHT - IMAGE_COLUMNS) : wanted;
  let y = 22 + (figure.title === "" ? 0 : 28) + (figure.subtitle === "" ? 0 : 22);
  const parts = shown.map(([what, height]) => {
    const rows = typeof what === "object" ? legendRows(legendEntries(what, keys), left, RIGHT).rows.length : 0;
    const top = y + (rows === 0 ? 0 : 2 + ROW * rows);
    y = top + height + GAP;
    return { shown: what, top, bottom: top + height };
  });
  return { left, axis: y - GAP, parts };
}

interface TimeFrame extends Frame {
  readonly x: (ms: number) => number;
}

function panelMarkup(panel: Panel, keys: TraceKeys, frame: TimeFrame): string[] {
  const { left, right, top, bottom, x } = frame;
  const spikes = panel.spikes?.length ?? 0;
  const y = linear(yRange(panel), bottom, spikes > 0 ? top + SPIKE_ROOM : top);
  const markup = yTickMarkup(frame, yTicks(panel), y, TICK_SIZE);
  const curve = (trace: Trace, colour: string, width: number, dashes: string): void => {
    const { lines, dots } = curvePaths(trace, x, y, left, right);
    const stroke = { fill: "none", stroke: colour, "stroke-linejoin": "round" };
    const dashed = dashes === "" ? { "stroke-linecap": "round" } : { "stroke-dasharray": dashes };
    if (lines !== "") markup.push(element("path", { d: lines, ...stroke, "stroke-width": width, ...dashed }));
    if (dots !== "")
      markup.push(element("path", { d: dots, ...stroke, "stroke-width": width + 3.25, "stroke-linecap": "round" }));
  };
  if (panel.threshold) curve(panel.threshold, THRESHOLD, 1.5, "6 4");
  const [first] = panel.traces;
  const strokes = spikePath(panel, x, y, top + 4, left, right);
  const colour = (trace: Trace, i: number): string => (panel.kind === "rate" ? colourOf(i) : keys.colourOf(trace));
  const spikeColour = first && panel.traces.length === 1 ? colour(first, 0) : INK;
  if (strokes !== "")
    markup.push(element("path", { d: strokes, fill: "none", stroke: spikeColour, "stroke-width": 1.75 }));
  panel.traces.forEach((trace, i) =>
    curve(trace, colour(trace, i), panel.kind === "rate" || panel.traces.length > 4 ? 1.25 : 1.75, ""),
  );
  if (yExtent(panel) === null) markup.push(remark("no samples", frame));
  markup.push(sideLabel(panel.title, frame, 22, LABEL_SIZE));
  return [...markup, ...legendMarkup(legendEntries(panel, keys), left, right, top - 9)];
}

function remark(content: string, { left, right, top, bottom }: Frame): string {
  return text((left + right) / 2, (top + bottom) / 2 + 5, content, {
    "text-anchor": "middle",
    "font-size": LABEL_SIZE,
    fill: MUTED,
  });
}

function yExtent(panel: Panel): Range | null {
  const curves = panel.threshold ? [...panel.traces, panel.threshold] : panel.traces;
  return extentOf(curves.map((trace) => trace.y));
}

function yRange(panel: Panel): Range {
  const extent = yExtent(panel);
  // rates stand on 0
  if (panel.kind === "rate") return { low: 0, high: 1.05 * Math.max(extent?.high ?? 0, 1e-3) };
  return padded(extent, panel.kind === "stimulus" ? 0.12 : 0.05);
}

/** None where there are no samples: an invented axis would tell something. */
function yTicks(panel: Panel): Tick[] {
  return yExtent(panel) === null ? [] : ticks(yRange(panel), panel.kind === "state" ? 5 : 3);
}

function durationOf(figure: Figure): number {
  return figure.duration > 0 && Number.isFinite(figure.duration) ? figure.duration : 1;
}
