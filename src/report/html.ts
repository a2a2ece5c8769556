// The report as one HTML file that needs nothing else: no server, no network, no script.
import type { ComparisonResult, ComparisonTraces } from "../compare/comparison.ts";
import { answerOf, type Answer, type Told } from "./answer.ts";
import type { ReportFigure } from "./figure.ts";
import { figuresOf } from "./figures.ts";
import {
  contrastTables,
  glossary,
  measureTables,
  provenance,
  rankingTable,
  structureSection,
  variantTable,
} from "./htmlSections.ts";
import { code, figureMarkup, html, prose, section, variantMarkup } from "./markup.ts";
import { STYLE } from "./style.ts";
import { isSweepAlone, sweptAsWhole } from "./sweepAnswer.ts";
import { viewOf, type View } from "./view.ts";
import { paragraphs } from "./words.ts";

/** Characters of figures; those that go beyond are left to their files. */
const MOST_FIGURES = 2_400_000;

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The same result gives the same bytes. Everything that a user wrote is escaped and shortened. */
export function htmlReport(result: ComparisonResult, traces: ComparisonTraces): string {
  const view = viewOf(result);
  return page(view, {
    kind: "comparison",
    kicker: isSweepAlone(view) ? "Sweep of one model" : "Comparison of model variants",
    answer: answerMarkup(view, answerOf(view)),
    sections: sectionsOf(view, drawnFigures(figuresOf(view, traces))),
  });
}

export interface Page {
  readonly kind: string;
  readonly kicker: string;
  /** Markup. */
  readonly answer: string;
  readonly sections: readonly Section[];
}

export function page({ result, title }: View, { kind, kicker, answer, sections }: Page): string {
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${html(title)} \u2013 ${kind}</title>`,
    // an icon of its own, so that browsers ask nobody for one
    '<link rel="icon" href="data:,">',
    `<style>${STYLE}</style>`,
  ];
  const contents = sections.map(({ id, title }) => `<a href="#${id}">${html(title)}</a>`).join(" ");
  const body = [
    "<header>",
    `<p class="kicker">${kicker}, ${code(result.source, 80)}</p>`,
    `<h1>${html(title)}</h1>`,
    ...paragraphs(result.doc).map((paragraph) => `<p class="doc">${html(paragraph, 2000)}</p>`),
    "</header>",
    answer,
    `<nav aria-label="Contents">${contents}</nav>`,
    ...sections.map(({ id, title, body }) => section(id, title, body)),
    `<footer>Made by glif ${html(result.about.glif, 40)}. This file stands alone: it asks for nothing from elsewhere and runs no script.</footer>`,
  ];
  return `<!doctype html>\n<html lang="en">\n<head>\n${head.join("\n")}\n</head>\n<body>\n<main>\n${body.join("\n")}\n</main>\n</body>\n</html>\n`;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: readonly string[];
}

export function sectionsOf(view: View, figures: readonly DrawnFigure[]): Section[] {
  const { result } = view;
  const drawn = (of: ReportFigure["section"]): string[] =>
    figures.filter(({ figure }) => figure.section === of).map(({ markup }) => markup);
  // on paper two beside each other, so that no page is left half empty
  const paired = (of: ReportFigure["section"]): string[] => {
    const all = drawn(of);
    return all.length < 2 ? all : ['<div class="paired">', ...all, "</div>"];
  };
  const overParameters = { id: "sweep", title: "Over parameters", body: paired("sweep") };
  const alone = isSweepAlone(view);
  const all: Section[] = [
    // What belongs to comparisons of several variants is left out of a sweep of one.
    ...(alone
      ? [
          overParameters,
          { id: "traces", title: "Traces and spikes at some of the points", body: drawn("traces") },
          { id: "measures", title: "Measures of the sweep", body: measureTables(view, sweptAsWhole(view)) },
        ]
      : [
          { id: "models", title: "The models", body: [variantTable(view), ...structureSection(view)] },
          { id: "measures", title: "Measures", body: measureTables(view) },
          {
            id: "differences",
            title: "What explains the differences",
            body: [...drawn("contrasts"), ...contrastTables(view)],
          },
          { id: "traces", title: "Traces and spikes", body: drawn("traces") },
        ]),
    { id: "curves", title: "Curves", body: paired("curves") },
    ...(alone ? [] : [overParameters]),
    { id: "recording", title: "Against the recording", body: rankingTable(view) },
    {
      id: "notes",
      title: "Notes",
      body:
        result.notes.length === 0
          ? []
          : [`<ul>${result.notes.map((note) => `<li>${prose(note)}</li>`).join("\n")}</ul>`],
    },
    { id: "definitions", title: "How the measures are defined", body: glossary(view) },
    { id: "provenance", title: "Where the numbers come from", body: provenance(view) },
  ];
  return all.filter(({ body }) => body.length > 0);
}

// ---- the answer

function answerMarkup(view: View, answer: Answer): string {
  const part = (title: string, body: string): string => (body === "" ? "" : `<dt>${title}</dt><dd>${body}</dd>`);
  const told = (all: readonly Told[]): string =>
    all.length === 0
      ? ""
      : `<ul class="told">${all.map(({ variant, sentence }) => `<li>${toldMarkup(view.label(variant), variant, sentence)}</li>`).join("\n")}</ul>`;
  return [
    '<section class="answer" aria-label="The answer">',
    `<p>${prose(answer.subject)}</p>`,
    answer.interrupted === null ? "" : `<p class="warn">${html(answer.interrupted)}</p>`,
    "<dl>",
    part("Nearest the recording", answer.recording === null ? "" : prose(answer.recording)),
    part(
      "Over parameters",
      answer.sweep.length === 0
        ? ""
        : `<ul class="told">${answer.sweep.map((sentence) => `<li>${prose(sentence)}</li>`).join("\n")}</ul>`,
    ),
    part("In the model", told(answer.model)),
    part("In the behaviour", told(answer.behaviour)),
    part("The model, the numerics or the seed", html(answer.numerics)),
    "</dl></section>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** "GLIF3 = LIF + …" begins with the name already. */
function toldMarkup(label: string, variant: number, sentence: string): string {
  const name = variantMarkup(label, variant);
  return sentence.startsWith(`${label} `)
    ? `${name} ${html(sentence.slice(label.length + 1))}`
    : `${name}: ${html(sentence)}`;
}

// ---- figures

export interface DrawnFigure {
  readonly figure: ReportFigure;
  readonly markup: string;
}

/** A page of any comparison stays small enough to be sent and opened on a phone. */
export function drawnFigures(figures: readonly ReportFigure[]): DrawnFigure[] {
  let room = MOST_FIGURES;
  return figures.map((figure) => {
    const markup = room > 0 ? figureMarkup(figure) : "";
    if (markup !== "" && markup.length <= room) {
      room -= markup.length;
      return { figure, markup };
    }
    return {
      figure,
      markup: `<p class="soft">${html(figure.caption)} Left out here to keep this page small: see ${code(`${figure.name}.svg`)}.</p>`,
    };
  });
}
