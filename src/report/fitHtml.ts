// The report of a fit as one HTML file: its own answer and sections, then what the comparison of the fitted models with the recording shows.
import type { ComparisonTraces } from "../compare/comparison.ts";
import type { FitReport } from "../fit/fitReport.ts";
import { fitAnswer, fitSections, type FitBlock } from "./fitSections.ts";
import { figuresOf } from "./figures.ts";
import { drawnFigures, page, sectionsOf } from "./html.ts";
import { html, prose, scrolling, table } from "./markup.ts";
import { viewOf } from "./view.ts";

/** The same report gives the same bytes. */
export function fitHtml(report: FitReport, traces: ComparisonTraces): string {
  const view = viewOf(report.comparison);
  const [subject = "", ...answer] = fitAnswer(report);
  const own = fitSections(report)
    .filter(({ blocks }) => blocks.length > 0)
    .map(({ id, title, blocks }) => ({ id: `fit-${id}`, title, body: blocks.map((b) => blockMarkup(title, b)) }));
  const compared = sectionsOf(view, drawnFigures(figuresOf(view, traces)));
  const drawn = compared.filter((s) => s.id === "traces");
  return page(view, {
    kind: "fit",
    kicker: "Fit to a recording",
    answer: [
      '<section class="answer" aria-label="The answer">',
      `<p>${prose(subject)}</p>`,
      `<ul class="told">${answer.map((a) => `<li>${prose(a)}</li>`).join("\n")}</ul>`,
      "</section>",
    ].join("\n"),
    sections: [...own.slice(0, 2), ...drawn, ...own.slice(2), ...compared.filter((s) => s.id !== "traces")],
  });
}

function blockMarkup(title: string, block: FitBlock): string {
  switch (block.kind) {
    case "heading":
      return `<h3>${html(block.text)}</h3>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${prose(item)}</li>`).join("\n")}</ul>`;
    case "table": {
      const { head, numbers, rows } = block;
      const columns = head.map((text, k) => ({ markup: html(text), number: numbers[k] === true }));
      const lines = rows.map(
        ([first = "", ...others]) =>
          `<tr><th scope="row">${html(first)}</th>${others.map((text, k) => `<td${numbers[k + 1] === true ? ' class="number"' : ""}>${html(text)}</td>`).join("")}</tr>`,
      );
      return scrolling(title, table(columns, lines));
    }
  }
}
