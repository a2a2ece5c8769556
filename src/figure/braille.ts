// A run at a glance in the terminal: curves and rasters in braille, eight dots a character.
import { dotGrid, grid, put, printGrid, setDot } from "./dots.ts";
import type { Dots, Tone } from "./dots.ts";
import type { Figure, Panel, Raster, RasterPopulation, SpikeCounts, Trace } from "./figure.ts";
import { bands } from "./raster.ts";
import { extentOf, linear, padded, ticks, timeTicks, timeUnit } from "./scale.ts";
import type { Range } from "./scale.ts";

const FEWEST_COLUMNS = 24;
const FEWEST_ROWS = 6;
/** Most spikes a dot in a raster. */
const DENSEST = 0.3;
const CURVES: readonly Tone[] = ["first", "second", "third", "fourth"];

/**
 * `rows` lines of `columns` characters at most (24 by 6 at least), joined by newlines: the first state panel with its threshold dotted
 * and its spikes as ticks on top; else, and for networks, the raster; else the stimulus.
 */
export function renderBraille(figure: Figure, columns: number, rows: number, color: boolean): string {
  const [width, height] = [Math.max(FEWEST_COLUMNS, Math.floor(columns)), Math.max(FEWEST_ROWS, Math.floor(rows))];
  const state = figure.panels.find((panel) => panel.kind === "state" && panel.traces.length > 0);
  const raster = figure.raster !== null && figure.raster.populations.length > 0 ? figure.raster : null;
  const ofNetwork = raster !== null && figure.panels.some((panel) => panel.kind === "rate");
  const panel = ofNetwork
    ? undefined
    : (state ?? (raster ? undefined : figure.panels.find((p) => p.traces.length > 0)));
  const duration = figure.duration > 0 && Number.isFinite(figure.duration) ? figure.duration : 1;
  const sheet = grid(width, height);
  if (panel) drawPanel(sheet, panel, duration);
  else if (raster) drawRaster(sheet, raster, duration);
  else put(sheet, 0, 0, "nothing was recorded", "axis");
  return printGrid(sheet, color);
}

type Sheet = ReturnType<typeof grid>;

/** Rows: the title, the spikes, the curves, the axis, its labels. */
function drawPanel(sheet: Sheet, panel: Panel, duration: number): void {
  const curves = panel.threshold ? [...panel.traces, panel.threshold] : panel.traces;
  const extent = extentOf(curves.map((trace) => trace.y));
  const range = padded(extent, 0.02);
  const spikes = panel.spikes ?? [];
  const top = spikes.length > 0 ? 2 : 1;
  const plotRows = sheet.height - top - 2;
  const labels = extent === null ? [] : ticks(range, Math.max(2.5, plotRows / 2));
  const left = Math.min(Math.floor(sheet.width / 2), Math.max(...labels.map((tick) => tick.text.length), 3) + 1);
  const rowOf = linear(range, sheet.height - 2, top);
  for (const { value, text } of labels) {
    const row = Math.min(sheet.height - 3, Math.max(top, Math.floor(rowOf(value))));
    put(sheet, left - 1 - text.length, row, text, "axis");
    put(sheet, left, row, "┤", "axis");
  }
  drawTimeAxis(sheet, left, top, duration);
  drawTitle(sheet, left, panel);

  const dots = dotGrid(sheet, left + 1, top, plotRows);
  if (panel.threshold) drawCurve(dots, panel.threshold, range, duration, "threshold", 3);
  // the first is drawn last, over the others
  for (const [i, trace] of [...panel.traces.entries()].reverse())
    drawCurve(dots, trace, range, duration, CURVES[i % CURVES.length] ?? "first", 1);
  if (spikes.length === 0) return;
  const marks = dotGrid(sheet, left + 1, 1, 1);
  const x = linear({ low: 0, high: duration }, 0, marks.columns);
  for (const time of spikes) {
    for (let y = 0; y < 4; y++)
      if (time >= 0 && time <= duration) setDot(marks, Math.min(marks.columns - 1, Math.floor(x(time))), y, "spike");
  }
}

function drawTitle(sheet: Sheet, left: number, panel: Panel): void {
  put(sheet, 0, 0, panel.title, "axis");
  let x = Math.max(left + 1, [...panel.title].length + 2);
  const several = panel.traces.length > 1;
  const sameName = several && panel.traces.every((trace) => trace.name === panel.traces[0]?.name);
  panel.traces.forEach((trace, i) => {
    const name = sameName ? (trace.label ?? trace.name) : several ? trace.name : (trace.label ?? "");
    put(sheet, x, 0, name, CURVES[i % CURVES.length] ?? "first");
    x += [...name].length + 2;
  });
  if (panel.threshold) put(sheet, x, 0, `${panel.threshold.name} ⠒ ⠒`, "threshold");
}

/** Populations from top to bottom, neuron 0 of each lowest. */
function drawRaster(sheet: Sheet, raster: Raster, duration: number): void {
  const widest = Math.max(...raster.populations.map((p) => [...p.name].length));
  const left = Math.min(Math.floor(sheet.width / 3), widest + 1);
  put(sheet, 0, 0, "spikes", "axis");
  drawTimeAxis(sheet, left, 1, duration);
  const dots = dotGrid(sheet, left + 1, 1, sheet.height - 3);
  let lastRow = 0;
  bands(raster.populations, 0, dots.rows).forEach((band, i) => {
    const population = raster.populations[i];
    if (population === undefined) return;
    const tone = CURVES[i % CURVES.length] ?? "first";
    const row = 1 + Math.min(sheet.height - 4, Math.floor((band.top + band.bottom) / 8));
    if (row > lastRow) put(sheet, 0, row, [...population.name].slice(0, left - 1).join(""), tone);
    lastRow = Math.max(lastRow, row);
    const height = Math.max(1, Math.round(band.bottom - band.top));
    const place: Place = { dots, height, bottom: Math.round(band.bottom) - 1, tone, duration };
    if (population.counts !== undefined) drawCounts(population.counts, place);
    else if (drawSpikes(population, place)) put(sheet, 8, 0, "(of some of the neurons)", "axis");
  });
}

/** Where a population is drawn: as many rows of dots, upwards from the bottom one. */
interface Place {
  readonly dots: Dots;
  readonly height: number;
  readonly bottom: number;
  readonly tone: Tone;
  /** ms */
  readonly duration: number;
}

/** Says whether some neurons were left out. */
function drawSpikes(
  { times, neurons, size }: RasterPopulation,
  { dots, height, bottom, tone, duration }: Place,
): boolean {
  const x = linear({ low: 0, high: duration }, 0, dots.columns);
  const count = Math.min(times.length, neurons.length);
  // where dots would run together, only some of the neurons behind each row of dots are shown, at least one, so that silences are seen
  const perRow = Math.max(1, size / height);
  const kept = Math.max(1, perRow * Math.min(1, (DENSEST * height * dots.columns) / count));
  for (let s = 0; s < count; s++) {
    const [time, neuron] = [times[s] ?? NaN, neurons[s] ?? NaN];
    if (!(time >= 0 && time <= duration && neuron >= 0 && neuron < size)) continue;
    const up = Math.floor((neuron * height) / size);
    if (kept < perRow && neuron - Math.ceil((up * size) / height) >= kept) continue;
    setDot(dots, Math.min(dots.columns - 1, Math.floor(x(time))), Math.max(0, bottom - up), tone);
  }
  return kept < perRow;
}

/** Density as shades: each dot is as likely as its spikes are many, a third of the dots on average. */
function drawCounts(
  { columns, rows, until, counts }: SpikeCounts,
  { dots, height, bottom, tone, duration }: Place,
): void {
  const sums = new Float64Array(height * dots.columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = Math.floor(((column + 0.5) / columns) * (until / duration) * dots.columns);
      const at = Math.floor((row * height) / rows) * dots.columns + x;
      if (x < dots.columns) sums[at] = (sums[at] ?? 0) + (counts[row * columns + column] ?? 0);
    }
  }
  const mean = sums.reduce((a, b) => a + b, 0) / sums.length;
  if (!(mean > 0)) return;
  sums.forEach((sum, at) => {
    const [x, up] = [at % dots.columns, Math.floor(at / dots.columns)];
    if ((DENSEST * sum) / mean > scattered(x, up)) setDot(dots, x, Math.max(0, bottom - up), tone);
  });
}

/** Numbers from 0 to 1 that look drawn and are the same every time: a pattern of thresholds would be seen in the shades. */
function scattered(x: number, y: number): number {
  let bits = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca77);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
}

/** The vertical rule from `top` down, the horizontal one, and under it the times. */
function drawTimeAxis(sheet: Sheet, left: number, top: number, duration: number): void {
  const axis = sheet.height - 2;
  for (let row = top; row < axis; row++)
    if (sheet.cells[row * sheet.width + left] === " ") put(sheet, left, row, "│", "axis");
  put(sheet, left, axis, `└${"─".repeat(sheet.width - left - 1)}`, "axis");
  const unit = timeUnit(duration);
  const room = sheet.width - left - 1;
  const x = linear({ low: 0, high: duration }, left + 1, sheet.width - 1);
  put(sheet, sheet.width - unit.length, axis + 1, unit, "axis");
  let free = 0;
  for (const { value, text } of timeTicks(duration, Math.max(2, Math.floor(room / 12)))) {
    const column = Math.round(x(value));
    const start = Math.min(
      Math.max(left, column - Math.floor(text.length / 2)),
      sheet.width - unit.length - 1 - text.length,
    );
    put(sheet, column, axis, "┴", "axis");
    if (start < free) continue;
    put(sheet, start, axis + 1, text, "axis");
    free = start + text.length + 1;
  }
}

function drawCurve(dots: Dots, trace: Trace, range: Range, duration: number, tone: Tone, every: number): void {
  const { low, high } = envelope(trace, duration, dots.columns);
  const y = linear(range, dots.rows - 1, 0);
  for (let column = 0; column < dots.columns; column += every) {
    const [bottom, top] = [Math.round(y(low[column] ?? NaN)), Math.round(y(high[column] ?? NaN))];
    // NaN where nothing was recorded compares false
    for (let row = top; row <= bottom; row++) setDot(dots, column, row, tone);
  }
}

/** Lowest and highest value of the curve in every column, the lines between samples included; NaN where there is none. */
export function envelope(
  trace: Trace,
  duration: number,
  columns: number,
): { readonly low: Float64Array; readonly high: Float64Array } {
  const low = new Float64Array(columns).fill(NaN);
  const high = new Float64Array(columns).fill(NaN);
  const reach = (column: number, y: number): void => {
    if (!((low[column] ?? NaN) <= y)) low[column] = y;
    if (!((high[column] ?? NaN) >= y)) high[column] = y;
  };
  const x = linear({ low: 0, high: duration }, 0, columns);
  const columnOf = (at: number): number => Math.min(columns - 1, Math.floor(at));
  let [x0, y0] = [NaN, NaN];
  for (let i = 0; i < Math.min(trace.t.length, trace.y.length); i++) {
    const [t, y1] = [trace.t[i] ?? NaN, trace.y[i] ?? NaN];
    const inside = t >= 0 && t <= duration && Number.isFinite(y1);
    const x1 = inside ? x(t) : NaN;
    if (inside) {
      reach(columnOf(x1), y1);
      // where the line from the sample before crosses from one column into the next; NaN after a gap gives no round
      for (let edge = columnOf(x0) + 1; edge <= columnOf(x1); edge++) {
        const y = y0 + (y1 - y0) * Math.min(1, (edge - x0) / (x1 - x0));
        reach(edge - 1, y);
        reach(edge, y);
      }
    }
    [x0, y0] = inside ? [x1, y1] : [NaN, NaN];
  }
  return { low, high };
}
