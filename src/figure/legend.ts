// Legends above panels that show more than one curve.
import type { Panel } from "./figure.ts";
import { INK, MUTED, THRESHOLD } from "./palette.ts";
import type { TraceKeys } from "./palette.ts";
import { element, line, mathText, text, textWidth } from "./svg.ts";
import { fitted, roomFor } from "./axes.ts";
import { sampleMarkup } from "./variantStyle.ts";
import type { VariantStyle } from "./variantStyle.ts";

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly dashed: boolean;
}

const SIZE = 13;
const SAMPLE = 22;

/** Empty for a panel with a single curve, which its axis names, and for rates, whose colours are the raster's. */
export function legendEntries(panel: Panel, keys: TraceKeys): LegendEntry[] {
  if (panel.kind === "rate") return [];
  const entries = new Map<string, LegendEntry>();
  for (const trace of panel.traces)
    entries.set(keys.keyOf(trace), { name: keys.keyOf(trace), colour: keys.colourOf(trace), dashed: false });
  const drawn = [...entries.values()];
  if (panel.threshold) drawn.push({ name: panel.threshold.name, colour: THRESHOLD, dashed: true });
  return drawn.length > 1 ? drawn : [];
}

/** One row that ends at the right; what does not fit is counted. */
export function legendMarkup(entries: readonly LegendEntry[], left: number, right: number, baseline: number): string[] {
  const widths = entries.map((entry) => SAMPLE + 7 + textWidth(entry.name, SIZE) + 16);
  const room = right - left - 70;
  let [shown, total] = [0, 0];
  while (shown < entries.length && total + (widths[shown] ?? 0) <= room) total += widths[shown++] ?? 0;
  const rest = entries.length - shown;
  const markup: string[] = [];
  let x = right - total - (rest > 0 ? 70 : 0) + 16;
  entries.slice(0, shown).forEach((entry, i) => {
    const stroke = { stroke: entry.colour, "stroke-width": 2.25 };
    markup.push(
      line(
        x,
        baseline - 4.5,
        x + SAMPLE,
        baseline - 4.5,
        entry.dashed ? { ...stroke, "stroke-dasharray": "6 4" } : stroke,
      ),
    );
    markup.push(
      element("text", { x: x + SAMPLE + 7, y: baseline, "font-size": SIZE, fill: INK }, mathText(entry.name)),
    );
    x += widths[i] ?? 0;
  });
  if (rest > 0)
    markup.push(text(right, baseline, `${rest} more`, { "text-anchor": "end", "font-size": SIZE, fill: MUTED }));
  return markup;
}

// ---- of variants

export interface NamedStyle {
  readonly name: string;
  readonly style: VariantStyle;
}

const ROW = 20;

/** Rows of names with their lines and markers from `top` on, as many as are needed, and the height that they take. */
export function variantLegend(
  entries: readonly NamedStyle[],
  left: number,
  right: number,
  top: number,
  size: number,
): { readonly markup: string[]; readonly height: number } {
  const markup: string[] = [];
  let [x, row] = [left, 0];
  for (const { name, style } of entries) {
    const shown = fitted(name, right - left - SAMPLE - 12, size);
    const width = SAMPLE + 7 + roomFor(shown, size);
    if (x > left && x + width > right) [x, row] = [left, row + 1];
    const baseline = top + 14 + row * ROW;
    markup.push(
      sampleMarkup(style, x, baseline - 4.5, SAMPLE),
      text(x + SAMPLE + 7, baseline, shown, { "font-size": size, fill: INK }),
    );
    x += width + 14;
  }
  return { markup, height: entries.length === 0 ? 0 : (row + 1) * ROW };
}
