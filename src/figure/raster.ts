// Spikes of populations: one stroke a spike, or where they are too many for a file of reasonable size, an image of counts.
import type { Raster } from "./figure.ts";
import { colourOf, rgb } from "./palette.ts";
import { base64, palettePng } from "./png.ts";
import { element, line, px, text } from "./svg.ts";

/** Spikes of a whole raster that are drawn one by one. */
const MOST_STROKES = 20_000;

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

/** Bands from top to bottom, as high as the populations are large, though never invisible. */
export function bands(raster: Raster, top: number, bottom: number): Band[] {
  const gap = raster.populations.length > 1 ? Math.min(4, (bottom - top) / (4 * raster.populations.length)) : 0;
  const room = bottom - top - gap * (raster.populations.length - 1);
  // 4 % of the height at least, so that 10 cells beside 10,000 are seen
  const total = raster.populations.reduce((sum, p) => sum + Math.max(0, p.size), 0);
  const weights = raster.populations.map((p) => Math.max(p.size, total * 0.04, 1e-9));
  const sum = weights.reduce((a, b) => a + b, 0);
  let at = top;
  return weights.map((weight) => {
    const band = { top: at, bottom: at + (room * weight) / sum };
    at = band.bottom + gap;
    return band;
  });
}

export function rasterMarkup(raster: Raster, frame: RasterFrame): string[] {
  const spikes = raster.populations.reduce((sum, p) => sum + Math.min(p.times.length, p.neurons.length), 0);
  const markup: string[] = [];
  let lastLabel = -Infinity;
  bands(raster, frame.top, frame.bottom).forEach((band, i) => {
    const population = raster.populations[i];
    if (population === undefined) return;
    const colour = colourOf(i);
    markup.push(spikes <= MOST_STROKES ? strokes(population, band, colour, frame) : image(population, band, colour, frame));
    const middle = (band.top + band.bottom) / 2;
    if (i > 0) markup.push(line(frame.left, band.top - 2, frame.right, band.top - 2, { stroke: "#D0D0D0", "stroke-width": 0.75 }));
    // names that would overlap the one above are left out
    if (middle - lastLabel < 13) return;
    lastLabel = middle;
    markup.push(
      text(frame.left - 10, middle + 4.5, population.name, { "text-anchor": "end", "font-size": 13, "font-weight": "bold", fill: colour }),
    );
  });
  return markup;
}

type Population = Raster["populations"][number];

/** Calls `visit` for the spikes that are inside the frame. */
function eachSpike(p: Population, frame: RasterFrame, visit: (x: number, neuron: number) => void): void {
  const count = Math.min(p.times.length, p.neurons.length);
  for (let s = 0; s < count; s++) {
    const [x, neuron] = [frame.x(p.times[s] ?? NaN), p.neurons[s] ?? NaN];
    if (x >= frame.left - 0.01 && x <= frame.right + 0.01 && neuron >= 0 && neuron < p.size) visit(x, neuron);
  }
}

/** Neuron 0 is at the bottom of its band, as on an axis. */
function strokes(p: Population, band: Band, colour: string, frame: RasterFrame): string {
  const row = (band.bottom - band.top) / Math.max(1, p.size);
  const length = Math.min(14, Math.max(1.75, row * 0.8));
  let path = "";
  eachSpike(p, frame, (x, neuron) => {
    path += `M${px(x)} ${px(band.bottom - (neuron + 0.5) * row - length / 2)}v${px(length)}`;
  });
  return element("path", { d: path, stroke: colour, "stroke-width": row >= 4 ? 1.75 : 1.5, fill: "none" });
}

/** Counts a pixel, in three strengths: one spike, two, more. */
function image(p: Population, band: Band, colour: string, frame: RasterFrame): string {
  const width = Math.max(1, Math.round(frame.right - frame.left));
  const height = Math.max(1, Math.round(band.bottom - band.top));
  const counts = new Uint8Array(width * height);
  eachSpike(p, frame, (x, neuron) => {
    const column = Math.min(width - 1, Math.max(0, Math.floor(x - frame.left)));
    const row = Math.max(0, height - 1 - Math.floor(((neuron + 0.5) / p.size) * height));
    const at = row * width + column;
    counts[at] = Math.min(3, (counts[at] ?? 0) + 1);
  });
  const [r, g, b] = rgb(colour);
  const png = palettePng(
    width,
    height,
    [
      [255, 255, 255, 0],
      [r, g, b, 160],
      [r, g, b, 210],
      [r, g, b, 255],
    ],
    counts,
  );
  return element("image", {
    x: frame.left,
    y: band.top,
    width: frame.right - frame.left,
    height: band.bottom - band.top,
    preserveAspectRatio: "none",
    "image-rendering": "pixelated",
    href: `data:image/png;base64,${base64(png)}`,
  });
}
