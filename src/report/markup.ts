// Pieces of HTML: escaping, tables, figures, names of variants with their line and marker.
import { NARROW, WIDE } from "../figure/axes.ts";
import { element, escapeXml } from "../figure/svg.ts";
import { sampleMarkup, variantStyle } from "../figure/variantStyle.ts";
import type { ReportFigure } from "./figure.ts";
import { oneLine } from "./words.ts";

/** Content or an attribute's value, of a text that may hold anything. */
export function html(text: string, most?: number): string {
  return escapeXml(oneLine(text, most));
}

/** The same where words are kept whole, in heads of narrow columns: what is longer than any word may break all the same. */
export function breakable(text: string, most?: number): string {
  return oneLine(text, most)
    .replaceAll(/\S{16}(?=\S)/gu, "$&\n")
    .split("\n")
    .map(escapeXml)
    .join("<wbr/>");
}

/** In sentences: long names of parameters may break behind a `_`, and what stands between backticks is code, of which a short one is not torn apart. */
export function prose(text: string, most?: number): string {
  return oneLine(text, most)
    .split(/`([^`]+)`/u)
    .map((part, k) => {
      const broken = part
        .replaceAll(/\S{20,}/gu, (word) => word.replaceAll("_", "_\n"))
        .split("\n")
        .map(escapeXml)
        .join("<wbr/>");
      return k % 2 === 0 ? broken : `<code${part.length <= 24 ? ' class="whole"' : ""}>${broken}</code>`;
    })
    .join("");
}

export function code(text: string, most?: number): string {
  return `<code>${html(text, most)}</code>`;
}

/** A name with the line and the marker that it has in all figures. */
export function variantMarkup(label: string, variant: number | null): string {
  const sample = element(
    "svg",
    { viewBox: "0 0 28 12", width: 28, height: 12, "aria-hidden": "true" },
    sampleMarkup(variantStyle(variant), 0, 6, 28),
  );
  return `<span class="variant">${sample}${html(label)}</span>`;
}

export interface Column {
  readonly markup: string;
  readonly number: boolean;
}

/** In a box of its own that scrolls where it is wider than the page. */
export function scrolling(label: string, table: string): string {
  return `<div class="scroll" role="region" aria-label="${html(label)}" tabindex="0">${table}</div>`;
}

export function table(columns: readonly Column[], rows: readonly string[], attributes = ""): string {
  const head = columns
    .map(({ markup, number }) => `<th scope="col"${number ? ' class="number"' : ""}>${markup}</th>`)
    .join("");
  return `<table${attributes}><thead><tr>${head}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table>`;
}

export function section(id: string, title: string, body: readonly string[]): string {
  return `<section id="${id}"><h2>${html(title)}</h2>\n${body.join("\n")}\n</section>`;
}

/** Twice: as wide as a page, and for phones laid out anew, so that its letters stay legible; the style shows one of them. */
export function figureMarkup(figure: ReportFigure): string {
  const drawn = (
    [
      ["wide", WIDE],
      ["narrow", NARROW],
    ] as const
  ).map(([name, width]) => figure.draw(width).trimEnd().replace("<svg ", `<svg class="${name}" `));
  return `<figure id="figure-${html(figure.name)}">\n${drawn.join("\n")}\n<figcaption>${prose(figure.caption)}</figcaption></figure>`;
}
