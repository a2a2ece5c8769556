// The report of a fit as Markdown (GitHub's).
import type { ComparisonTraces } from "../compare/comparison.ts";
import type { FitReport } from "../fit/fitReport.ts";
import { fitAnswer, fitSections, type FitBlock } from "./fitSections.ts";
import { comparedParts, joined, plain, table, under } from "./markdown.ts";
import { viewOf } from "./view.ts";
import { paragraphs } from "./words.ts";

/** With `traces`, figures are referred to as `folder` + NAME.svg. */
export function fitMarkdown(report: FitReport, traces: ComparisonTraces | null = null, folder = ""): string {
  const view = viewOf(report.comparison);
  const [subject = "", ...answer] = fitAnswer(report);
  return joined([
    `# ${plain(view.title)}`,
    ...paragraphs(report.doc).map((paragraph) => plain(paragraph, 2000)),
    plain(subject, 2000),
    answer.map((a) => `- ${plain(a, 2000)}`).join("\n"),
    ...fitSections(report).flatMap(({ title, blocks }) => under(title, blocks.map(blockText))),
    ...comparedParts(view, traces, folder),
  ]);
}

function blockText(block: FitBlock): string {
  switch (block.kind) {
    case "heading":
      return `### ${plain(block.text)}`;
    case "list":
      return block.items.map((item) => `- ${plain(item)}`).join("\n");
    case "table":
      return table(
        block.head.map((text) => plain(text)),
        block.rows.map((row) => row.map((text) => plain(text))),
        block.numbers,
      );
  }
}
