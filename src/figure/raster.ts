// Spikes of populations: one stroke a spike, or where they are too many for a file of reasonable size, an image of counts.
import type { Raster, RasterPopulation, SpikeCounts } from "./figure.ts";
import { colourOf, MUTED, rgb } from "./palette.ts";
import { base64, palettePng, type Rgba } from "./png.ts";
import { countsOf, peakCount, strengths } from "./spikeCounts.ts";
import { fitted, roomFor } from "./axes.ts";
import { element, escapeXml, line, px, text, textWidth } from "./svg.ts";

/** Spikes of a whole raster that are drawn one by one. */
export const MOST_STROKES = 20_000;

/** Pixels across an image of counts. */
export const IMAGE_COLUMNS = 840;

/** Where the raster goes, in pixels; `x` maps ms. */
export interface RasterFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (ms: number) => number;
}

/** A population's share of the height. */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

type Sizes = readonly { readonly size: number }[];

/** Bands from top to bottom, as high as the populations are large, though never invisible. */
export function bands(populations: Sizes, top: number, bottom: number): Band[] {
  const gap = populations.length > 1 ? Math.min(4, (bottom - top) / (4 * populations.length)) : 0;
  const room = bottom - top - gap * (populations.length - 1);
  // 4 % of the height at least, so that 10 cells beside 10,000 are seen
  const total = populations.reduce((sum, p) => sum + Math.max(0, p.size), 0);
  const weights = populations.map((p) => Math.max(p.size, total * 0.04, 1e-9));
  const sum = weights.reduce((a, b) => a + b, 0);
  let at = top;
  return weights.map((weight) => {
    const band = { top: at, bottom: at + (room * weight) / sum };
    at = band.bottom + gap;
    return band;
  });
}

/** Pixels. */
export function rasterHeight(populations: Sizes): number {
  const neurons = populations.reduce((sum, p) => sum + Math.max(0, p.size), 0);
  return Math.min(420, Math.max(40, 26 * populations.length, neurons * 14, neurons > 30 ? 260 : 0));
}

/** Rows of each population's image of counts: a pixel each, or as many as it has neurons. */
export function imageRows(populations: Sizes): number[] {
  return bands(populations, 0, rasterHeight(populations)).map((band, p) =>
    Math.max(1, Math.min(Math.round(band.bottom - band.top), populations[p]?.size ?? 1)),
  );
}

export function isImage({ populations }: Raster): boolean {
  return (
    populations.some((p) => p.counts !== undefined) ||
    populations.reduce((sum, p) => sum + Math.min(p.times.length, p.neurons.length), 0) > MOST_STROKES
  );
}

/** Pixels that names, sizes and rates take at the left. */
export function labelWidth({ populations }: Raster): number {
  const heights = bands(populations, 0, rasterHeight(populations)).map((band) => band.bottom - band.top);
  return Math.max(
    0,
    ...populations.map((p, i) =>
      Math.max(...labelLines(p, heights[i] ?? 0).map((line) => textWidth(`${line.bold}${line.plain}`, 13))),
    ),
  );
}

export function rasterMarkup(raster: Raster, frame: RasterFrame, duration: number): string[] {
  const { populations } = raster;
  const rows = imageRows(populations);
  const asImage = isImage(raster);
  const markup: string[] = [];
  let lastLabel = -Infinity;
  bands(populations, frame.top, frame.bottom).forEach((band, i) => {
    const population = populations[i];
    if (population === undefined) return;
    const colour = colourOf(i);
    markup.push(bandMarkup(population, band, colour, frame, duration, asImage ? (rows[i] ?? 1) : null));
    const middle = (band.top + band.bottom) / 2;
    if (i > 0)
      markup.push(
        line(frame.left, band.top - 2, frame.right, band.top - 2, { stroke: "#D0D0D0", "stroke-width": 0.75 }),
      );
    // names that would overlap the one above are left out
    if (middle - lastLabel < 13) return;
    lastLabel = middle;
    markup.push(...labelMarkup(population, band, colour, frame.left - 10));
  });
  return markup;
}

/** One population's spikes: strokes, or where `imageRows` is given an image of counts with so many rows. */
export function bandMarkup(
  population: RasterPopulation,
  band: Band,
  colour: string,
  frame: RasterFrame,
  duration: number,
  imageRows: number | null,
): string {
  if (imageRows === null && population.counts === undefined) return strokes(population, band, colour, frame);
  return image(countsOf(population, IMAGE_COLUMNS, imageRows ?? 1, duration), band, colour, frame, duration);
}

// ---- names at the side

interface LabelLine {
  readonly bold: string;
  readonly plain: string;
}

/** The name, and with a rate the size and the rate: below it where there is room. */
function labelLines({ name, size, rate }: RasterPopulation, height: number): LabelLine[] {
  if (rate === undefined) return [{ bold: name, plain: "" }];
  const numbers = `${String(size).replace(/\B(?=(\d{3})+$)/g, ",")}, ${Number(rate.toPrecision(3))} Hz`;
  return height < 34
    ? [{ bold: name, plain: ` ${numbers}` }]
    : [
        { bold: name, plain: "" },
        { bold: "", plain: numbers },
      ];
}

/** Pixels to the edge of the page. */
const LEAST_MARGIN = 4;
const NAME_SIZE = 13;
/** Names that are too long for `NAME_SIZE` become smaller down to this, then are cut. */
const LEAST_NAME_SIZE = 10;
/** Bold letters are wider by so much. */
const BOLD = 1.08;

function labelMarkup(population: RasterPopulation, band: Band, colour: string, right: number): string[] {
  const lines = labelLines(population, band.bottom - band.top);
  const first = (band.top + band.bottom) / 2 + 4.5 - 8 * (lines.length - 1);
  return lines.map(({ bold, plain }, k) => {
    const y = first + 16 * k;
    const side = { "text-anchor": "end", "font-size": 12, fill: MUTED };
    if (bold === "") return text(right, y, plain, side);
    const room = (right - LEAST_MARGIN - roomFor(plain, 12)) / BOLD;
    const size = Math.max(LEAST_NAME_SIZE, Math.min(NAME_SIZE, room / roomFor(bold, 1)));
    const name = size > LEAST_NAME_SIZE ? bold : fitted(bold, room, size);
    const strong = { "font-size": size, "font-weight": "bold", fill: colour };
    if (plain === "") return text(right, y, name, { "text-anchor": "end", ...strong });
    return element(
      "text",
      { x: right, y, ...side },
      element("tspan", strong, escapeXml(name)),
      element("tspan", {}, escapeXml(plain)),
    );
  });
}

// ---- spikes

/** Neuron 0 is at the bottom of its band, as on an axis. */
function strokes(p: RasterPopulation, band: Band, colour: string, frame: RasterFrame): string {
  const row = (band.bottom - band.top) / Math.max(1, p.size);
  const length = Math.min(14, Math.max(1.75, row * 0.8));
  let path = "";
  for (let s = 0; s < Math.min(p.times.length, p.neurons.length); s++) {
    const [x, neuron] = [frame.x(p.times[s] ?? NaN), p.neurons[s] ?? NaN];
    if (!(x >= frame.left - 0.01 && x <= frame.right + 0.01 && neuron >= 0 && neuron < p.size)) continue;
    path += `M${px(x)} ${px(band.bottom - (neuron + 0.5) * row - length / 2)}v${px(length)}`;
  }
  return element("path", { d: path, stroke: colour, "stroke-width": row >= 4 ? 1.75 : 1.5, fill: "none" });
}

/** Faint for few spikes, full for many. Of counts that go on after the figure's end the rest is cut off. */
function image(counts: SpikeCounts, band: Band, colour: string, frame: RasterFrame, duration: number): string {
  const columns = Math.min(counts.columns, Math.max(1, Math.ceil((counts.columns * duration) / counts.until)));
  const height = Math.max(1, Math.round(band.bottom - band.top));
  const peak = peakCount(counts);
  const palette = peak <= 3 ? FEW_STRENGTHS : MANY_STRENGTHS;
  const levels = strengths(counts, palette.length - 1, peak);
  const pixels = new Uint8Array(columns * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((height - 1 - y + 0.5) / height) * counts.rows);
    pixels.set(levels.subarray(row * counts.columns, row * counts.columns + columns), y * columns);
  }
  const [r, g, b] = rgb(colour);
  const png = palettePng(
    columns,
    height,
    palette.map((alpha): Rgba => (alpha === 0 ? [255, 255, 255, 0] : [r, g, b, alpha])),
    pixels,
  );
  const right = Math.min(frame.right, frame.x((columns / counts.columns) * counts.until));
  return element("image", {
    x: frame.left,
    y: band.top,
    width: right - frame.left,
    height: band.bottom - band.top,
    preserveAspectRatio: "none",
    "image-rendering": "pixelated",
    href: `data:image/png;base64,${base64(png)}`,
  });
}

/** Opacities (of 255). */
const FEW_STRENGTHS = [0, 160, 210, 255];
const MANY_STRENGTHS = [0, ...Array.from({ length: 15 }, (_, k) => 87 + 12 * k)];
