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

/** Pixels from row to row. */
export const ROW = 20;

/** More rows than that would stand for a panel of their own: what is left over is counted. */
const MOST_ROWS = 3;
const BETWEEN = 16;
/** Room for "12 more". */
const COUNTED = 70;

interface Placed extends LegendEntry {
  readonly width: number;
}

/** Rows of entries, as many as are needed and allowed, each with the names that fit in it. */
export function legendRows(
  entries: readonly LegendEntry[],
  left: number,
  right: number,
): { readonly rows: readonly (readonly Placed[])[]; readonly rest: number } {
  const room = right - left - COUNTED;
  const rows: Placed[][] = [];
  let total = Infinity;
  let placed = 0;
  for (const entry of entries) {
    const name = fitted(entry.name, (room - SAMPLE - 7) / 1.1, SIZE);
    const width = SAMPLE + 7 + textWidth(name, SIZE) + BETWEEN;
    if (total + width - BETWEEN > room) {
      if (rows.length === MOST_ROWS) break;
      rows.push([]);
      total = 0;
    }
    rows.at(-1)?.push({ ...entry, name, width });
    total += width;
    placed++;
  }
  return { rows, rest: entries.length - placed };
}

/** Rows that end at the right, the last one on `baseline`; what does not fit is counted. */
export function legendMarkup(entries: readonly LegendEntry[], left: number, right: number, baseline: number): string[] {
  const { rows, rest } = legendRows(entries, left, right);
  const markup: string[] = [];
  rows.forEach((row, r) => {
    const y = baseline - ROW * (rows.length - 1 - r);
    const counted = rest > 0 && r === rows.length - 1;
    let x = right - row.reduce((sum, { width }) => sum + width, 0) - (counted ? COUNTED : 0) + BETWEEN;
    for (const { name, colour, dashed, width } of row) {
      const stroke = { stroke: colour, "stroke-width": 2.25 };
      markup.push(
        line(x, y - 4.5, x + SAMPLE, y - 4.5, dashed ? { ...stroke, "stroke-dasharray": "6 4" } : stroke),
        element("text", { x: x + SAMPLE + 7, y, "font-size": SIZE, fill: INK }, mathText(name)),
      );
      x += width;
    }
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
