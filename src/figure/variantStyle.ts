// How the variants of a comparison are told apart in every figure: by colour and by a second cue, a dash or a marker.
import { colourOf, INK } from "./palette.ts";
import { element, line, px } from "./svg.ts";

export interface VariantStyle {
  readonly colour: string;
  /** stroke-dasharray; empty for a solid line. */
  readonly dash: string;
  readonly marker: Marker;
}

export type Marker = "circle" | "square" | "triangle" | "diamond" | "cross" | "plus" | "inverted";

const MARKERS: readonly Marker[] = ["circle", "square", "triangle", "diamond", "inverted", "cross", "plus"];
const DASHES = ["", "7 3", "2.5 2.5", "9 3 2 3"] as const;
/** The sixth colour, black, belongs to recordings. */
const COLOURS = 5;

/** Of the variant with that number; null is the recording. Colour and marker together are unique up to 35 variants, colour and dash up to 20. */
export function variantStyle(variant: number | null): VariantStyle {
  if (variant === null) return { colour: INK, dash: "", marker: "plus" };
  return {
    colour: colourOf(variant % COLOURS),
    dash: DASHES[variant % DASHES.length] ?? "",
    marker: MARKERS[variant % MARKERS.length] ?? "circle",
  };
}

/** A marker around a point, as large as a circle of that radius. */
export function markerMarkup({ marker, colour }: VariantStyle, x: number, y: number, radius: number): string {
  const r = radius;
  const shape = (d: string): string => element("path", { d, fill: colour });
  const strokes = (d: string): string => element("path", { d, fill: "none", stroke: colour, "stroke-width": 0.55 * r });
  switch (marker) {
    case "circle":
      return element("circle", { cx: x, cy: y, r, fill: colour });
    case "square":
      return element("rect", { x: x - 0.9 * r, y: y - 0.9 * r, width: 1.8 * r, height: 1.8 * r, fill: colour });
    case "triangle":
      return shape(`M${px(x)} ${px(y - 1.2 * r)}l${px(1.15 * r)} ${px(2 * r)}h${px(-2.3 * r)}z`);
    case "inverted":
      return shape(`M${px(x)} ${px(y + 1.2 * r)}l${px(1.15 * r)} ${px(-2 * r)}h${px(-2.3 * r)}z`);
    case "diamond":
      return shape(
        `M${px(x)} ${px(y - 1.3 * r)}l${px(1.2 * r)} ${px(1.3 * r)}l${px(-1.2 * r)} ${px(1.3 * r)}l${px(-1.2 * r)} ${px(-1.3 * r)}z`,
      );
    case "cross":
      return strokes(`M${px(x - r)} ${px(y - r)}l${px(2 * r)} ${px(2 * r)}m0 ${px(-2 * r)}l${px(-2 * r)} ${px(2 * r)}`);
    case "plus":
      return strokes(`M${px(x - 1.2 * r)} ${px(y)}h${px(2.4 * r)}M${px(x)} ${px(y - 1.2 * r)}v${px(2.4 * r)}`);
  }
}

/** A short piece of the variant's line with its marker: what legends and tables show beside its name. */
export function sampleMarkup(style: VariantStyle, x: number, y: number, width: number): string {
  const stroke = { stroke: style.colour, "stroke-width": 2.25 };
  return (
    line(x, y, x + width, y, style.dash === "" ? stroke : { ...stroke, "stroke-dasharray": style.dash }) +
    markerMarkup(style, x + width / 2, y, 4)
  );
}
