// What all figures share: the page, and axes with their ticks, rules and names.
import { FAINT, INK } from "./palette.ts";
import type { Tick } from "./scale.ts";
import { element, line, mathText, px, text, textWidth, titleElement } from "./svg.ts";

/** Where something is drawn, in pixels. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const RULE = { stroke: INK, "stroke-width": 1.25 };
const GRID = { stroke: FAINT, "stroke-width": 1 };

/** The document; `name` is what screen readers say. */
export function page(width: number, height: number, name: string, body: readonly string[]): string {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${px(width)} ${px(height)}`,
    role: "img",
    "font-family": "Helvetica, Arial, DejaVu Sans, sans-serif",
  };
  const rows = [titleElement(name), element("rect", { width, height, fill: "#FFFFFF" }), ...body];
  return `${element("svg", attributes, `\n${rows.join("\n")}\n`)}\n`;
}

/** Faint lines upwards from the ticks of the x axis, the two rules, and the ticks. */
export function rules(
  { left, right, top, bottom }: Frame,
  xTicks: readonly Tick[],
  x: (value: number) => number,
): string[] {
  return [
    ...xTicks.map(({ value }) => line(x(value), top, x(value), bottom, GRID)),
    line(left, top, left, bottom, RULE),
    line(left, bottom, right, bottom, RULE),
    ...xTicks.map(({ value }) => line(x(value), bottom, x(value), bottom + 5, RULE)),
  ];
}

/** Ticks at the left with their numbers, and faint lines from them. */
export function yTickMarkup(
  { left, right, bottom }: Frame,
  yTicks: readonly Tick[],
  y: (value: number) => number,
  size: number,
): string[] {
  const markup: string[] = [];
  for (const { value, text: label } of yTicks) {
    // one that lies on the x axis would make it faint
    if (y(value) < bottom - 0.5) markup.push(line(left, y(value), right, y(value), GRID));
    markup.push(line(left - 5, y(value), left, y(value), RULE));
    markup.push(text(left - 9, y(value) + 4.5, label, { "text-anchor": "end", "font-size": size, fill: INK }));
  }
  return markup;
}

/** Numbers below the x axis. */
export function xTickLabels(xTicks: readonly Tick[], x: (value: number) => number, y: number, size: number): string[] {
  return xTicks.map(({ value, text: label }) =>
    text(x(value), y, label, { "text-anchor": "middle", "font-size": size, fill: INK }),
  );
}

/** The name of a y axis, upwards along x = `at`; small where it is long, and cut where it is too long for `least`. */
export function sideLabel(content: string, { top, bottom }: Frame, at: number, size: number, least = 9): string {
  const middle = (top + bottom) / 2;
  const room = bottom - top + 24;
  const fitting = Math.max(least, Math.min(size, room / Math.max(1, textWidth(content, 1))));
  const attributes = {
    transform: `rotate(-90 ${at} ${px(middle)})`,
    x: at,
    y: middle,
    "text-anchor": "middle",
    "font-size": fitting,
    fill: INK,
  };
  return element("text", attributes, mathText(fitting > least ? content : fitted(content, room, least)));
}

// ---- figures of any width

/** Sizes of a figure that is as wide as a page of a screen, or as a phone. */
export interface Sheet {
  readonly width: number;
  readonly narrow: boolean;
  /** Of the part between the names of the y axis and the edge. */
  readonly left: number;
  readonly right: number;
  readonly tickSize: number;
  readonly labelSize: number;
  /** x of the name of the y axis. */
  readonly side: number;
}

/** Pixels: of a figure for a page, and of one for a phone. */
export const WIDE = 900;
export const NARROW = 340;

export function sheetOf(width: number): Sheet {
  const narrow = width < 600;
  return narrow
    ? { width, narrow, left: 58, right: width - 10, tickSize: 11, labelSize: 12, side: 11 }
    : { width, narrow, left: 78, right: width - 22, tickSize: 13, labelSize: 14, side: 17 };
}

/** Of what is printed: 8 pixels on A4. */
export const LEAST_SIZE = 10.5;

/** Of two ticks whose numbers would touch, the second is left out. */
export function withoutCollisions(xTicks: readonly Tick[], x: (value: number) => number, size: number): Tick[] {
  let free = -Infinity;
  return xTicks.filter(({ value, text: label }) => {
    const half = textWidth(label, size) / 2;
    if (x(value) - half < free) return false;
    free = x(value) + half + 6;
    return true;
  });
}

/** The name of an x axis, in the middle below it; cut where it is long. */
export function xLabel(content: string, { left, right }: Frame, y: number, size: number): string {
  return element(
    "text",
    { x: (left + right) / 2, y, "text-anchor": "middle", "font-size": size, fill: INK },
    mathText(fitted(content, right - left + 16, size)),
  );
}

/** From line to line of a name that takes several, in pixels. */
export const LINE = 17;

/** The name of the figure, at the upper left, in as many lines as it needs; `more` is what they take beyond one. */
export function heading(
  content: string,
  { width, narrow, labelSize }: Sheet,
): { readonly markup: string[]; readonly more: number } {
  const at = narrow ? 8 : 16;
  const size = labelSize + 1;
  const lines = brokenText(content, (width - 2 * at) / 1.1, size);
  return {
    markup: lines.map((words, k) =>
      text(at, 24 + k * LINE, words, { "font-size": size, "font-weight": "bold", fill: INK }),
    ),
    more: (lines.length - 1) * LINE,
  };
}

/** As much of a text as fits, with an ellipsis. */
export function fitted(content: string, width: number, size: number): string {
  const characters = [...content];
  let [kept, total] = [0, 0];
  while (kept < characters.length && total + size * emOf(characters[kept] ?? "") <= width)
    total += size * emOf(characters[kept++] ?? "");
  return kept === characters.length
    ? content
    : `${characters
        .slice(0, Math.max(1, kept - 1))
        .join("")
        .trimEnd()}\u2026`;
}

/** Broken at blanks into lines that fit; a word that is longer than a line is broken behind a `_`, or where it must. */
export function brokenText(content: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of content.split(" ")) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && roomFor(joined, size) <= width) lines[lines.length - 1] = joined;
    else lines.push(...brokenWord(word, width, size));
  }
  return lines;
}

function brokenWord(word: string, width: number, size: number): string[] {
  const parts: string[] = [];
  let rest = [...word];
  while (roomFor(rest.join(""), size) > width && rest.length > 1) {
    let fits = 1;
    while (roomFor(rest.slice(0, fits + 1).join(""), size) <= width) fits++;
    const behind = rest.slice(0, fits).lastIndexOf("_") + 1;
    const end = behind > 0 ? behind : fits;
    parts.push(rest.slice(0, end).join(""));
    rest = rest.slice(end);
  }
  return [...parts, rest.join("")];
}

/** Whether the name of a y axis can be printed beside it without being cut. */
export function fitsBeside(content: string, { top, bottom }: Pick<Frame, "top" | "bottom">, least: number): boolean {
  return roomFor(content, least) <= bottom - top + 24;
}

/** Pixels that a text takes, on the generous side. */
export function roomFor(content: string, size: number): number {
  return [...content].reduce((sum, character) => sum + size * emOf(character), 0);
}

/** Width of a character in widths of an em, on the generous side for any sans-serif. */
function emOf(character: string): number {
  if (character > "\u10FF") return 1.1;
  if (/[WMw@%m]/.test(character)) return 1;
  return /[A-Z&+<>=\u0370-\u10FF]/.test(character) ? 0.8 : 0.6;
}
