// The report as Markdown (GitHub's): for a repository, or the supplement of a paper; figures stand in files beside it.
import type { ComparisonResult, ComparisonTraces } from "../compare/comparison.ts";
import { answerOf, manyIntervals, verdictWords } from "./answer.ts";
import type { ReportFigure } from "./figure.ts";
import { figuresOf } from "./figures.ts";
import { differenceOf, durationText, estimateOf, NOTHING, rangesText, valueText, withUnit } from "./numbers.ts";
import { reproduction } from "./reproduction.ts";
import { isSweepAlone, nearestCommands, nearestPoints, sweptAsWhole } from "./sweepAnswer.ts";
import { viewOf, type View } from "./view.ts";
import { oneLine, paragraphs, sentence, undefinedText } from "./words.ts";

/** With `traces`, figures are referred to as `folder` + NAME.svg, as `reportFigures` names them. */
export function markdownReport(result: ComparisonResult, traces: ComparisonTraces | null = null, folder = ""): string {
  const view = viewOf(result);
  const parts = [
    `# ${plain(view.title)}`,
    ...paragraphs(result.doc).map((paragraph) => plain(paragraph, 2000)),
    ...answer(view),
    ...comparedParts(view, traces, folder),
  ];
  return joined(parts);
}

/** Parts with an empty line between them. */
export function joined(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Everything behind the answer. */
export function comparedParts(view: View, traces: ComparisonTraces | null, folder: string): readonly string[] {
  const { result } = view;
  const alone = isSweepAlone(view);
  const figures = traces === null ? [] : figuresOf(view, traces);
  const drawn = (of: ReportFigure["section"]): string[] =>
    figures
      .filter((figure) => figure.section === of)
      .map((figure) => `![${plain(figure.caption)}](${encodeURI(`${folder}${figure.name}.svg`)})`);
  return [
    ...(alone
      ? [
          ...under("Over parameters", drawn("sweep")),
          ...under("Traces and spikes at some of the points", drawn("traces")),
          ...under("Measures of the sweep", measures(view, sweptAsWhole(view))),
        ]
      : [
          ...under("The models", models(view)),
          ...under("Measures", measures(view)),
          ...under("What explains the differences", [...drawn("contrasts"), ...differences(view), manyIntervals(view)]),
          ...under("Traces and spikes", drawn("traces")),
        ]),
    ...under("Curves", drawn("curves")),
    ...(alone ? [] : under("Over parameters", drawn("sweep"))),
    ...under("Against the recording", ranking(view)),
    ...under("Notes", result.notes.length === 0 ? [] : [result.notes.map((note) => `- ${plain(note)}`).join("\n")]),
    ...under("How the measures are defined", [
      result.measures
        .map((measure, m) =>
          `- **${plain(view.measureWithUnit(m))}** (${code(measure.key)}): ${plain(sentence(measure.definition))} ${plain(sentence(measure.source))}`.trimEnd(),
        )
        .join("\n"),
    ]),
    ...under("Where the numbers come from", provenance(view)),
  ];
}

/** Text in which nothing is taken for Markdown or HTML. */
export function plain(text: string, most?: number): string {
  return oneLine(text, most)
    .replace(/[\\`*_{}[\]<>#|~!$&]/g, (character) =>
      character === "<" ? "&lt;" : character === "&" ? "&amp;" : `\\${character}`,
    )
    .replace(/^([-+=]|\d+[.)])/, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`)
    .replace(/\b(https?|ftp):\/\//gi, (scheme) => scheme.replace(":", "\\:"));
}

/** Between as many backquotes as it needs; in a table, bars are escaped. */
function code(text: string): string {
  const shown = oneLine(text).replaceAll("|", "\\|");
  if (shown === "") return "";
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${shown} ${fence}` : fence + shown + fence;
}

export function under(title: string, body: readonly string[]): string[] {
  const filled = body.filter((part) => part !== "");
  return filled.length === 0 ? [] : [`## ${title}`, ...filled];
}

/** `right`: all columns but the first are numbers, or those that it says. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: boolean | readonly boolean[] = false,
): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(header),
    line(header.map((_, k) => ((typeof right === "boolean" ? right && k > 0 : right[k] === true) ? "---:" : "---"))),
    ...rows.map(line),
  ].join("\n");
}

function answer(view: View): string[] {
  const { subject, model, behaviour, sweep, numerics, recording, interrupted } = answerOf(view);
  const told = (all: typeof model): string =>
    all.map((one) => `${toldOf(view.label(one.variant), one.sentence)}`).join("\n");
  return [
    plain(subject),
    interrupted === null ? "" : `**${plain(interrupted)}**`,
    recording === null ? "" : `**${plain(recording)}**`,
    sweep.map((sentence) => `- ${plain(sentence)}`).join("\n"),
    ...(model.length === 0 ? [] : ["**In the model**", told(model)]),
    ...(behaviour.length === 0 ? [] : ["**In the behaviour**", told(behaviour)]),
    plain(numerics),
  ];
}

/** "GLIF3 = LIF + …" begins with the name already. */
function toldOf(label: string, sentence: string): string {
  return sentence.startsWith(`${label} `)
    ? `- **${plain(label)}** ${plain(sentence.slice(label.length + 1))}`
    : `- **${plain(label)}**: ${plain(sentence)}`;
}

function models(view: View): string[] {
  const { variants, baseline, structure } = view.result;
  const rows = variants.map((v, k) => [
    plain(view.fullLabel(k) ?? view.label(k)) + (k === baseline ? " (reference)" : ""),
    code(v.model),
    v.overrides.map(code).join(", ") || "as it is",
    plain(v.size),
  ]);
  return [
    table(["Variant", "Model", "Changed", "Size"], rows),
    ...structure.flatMap((s) => [
      `### ${plain(view.label(s.variant))} against ${plain(view.label(s.against))}`,
      plain(view.told(s)),
      table(
        ["Name", "Change", plain(view.label(s.against)), plain(view.label(s.variant)), "Note"],
        s.items.map((item) => [
          code(item.name),
          `${item.part} ${item.change}`,
          item.before === null ? NOTHING : code(item.before),
          item.after === null ? NOTHING : code(item.after),
          plain(item.note),
        ]),
      ),
    ]),
  ];
}

/** `only`: these measures; null for all. */
function measures(view: View, only: readonly number[] | null = null): string[] {
  return view.result.experiments.flatMap((experiment, e) => {
    const shown = view.numbersOf(e).filter((m) => only === null || only.includes(m));
    if (shown.length === 0) return [];
    const rows = view.variantsOf(e).map((v) => [
      plain(view.label(v)),
      ...shown.map((m) => {
        const cell = view.cell(v, e, m);
        const { mean, interval } = estimateOf(cell);
        const remarks = [interval, plain(undefinedText(cell), 120)].filter((text) => text !== "");
        return remarks.length === 0 ? mean : `${mean} (${remarks.join("; ")})`;
      }),
    ]);
    const seeds = view.result.about.seeds.length;
    return [
      `### ${plain(view.experiment(e))}, ${durationText(experiment.duration)}`,
      table(["Variant", ...shown.map((m) => plain(view.measureWithUnit(m)))], rows, true),
      seeds > 1 ? `Means over ${seeds} seeds, with 95 % intervals.` : "",
    ];
  });
}

function differences(view: View): string[] {
  const { experiments, variants, baseline, measures } = view.result;
  return experiments.flatMap((_, e) => {
    const rows = view.numbersOf(e).flatMap((m) =>
      variants.flatMap((_, v) => {
        const contrast = view.contrast(v, e, m);
        if (contrast === null) return [];
        const { mean, interval } = differenceOf(contrast);
        const difference = withUnit(mean, measures[m]?.unit ?? "") + (interval === "" ? "" : ` (${interval})`);
        return [
          [
            plain(view.measure(m)),
            plain(view.label(v)),
            plain(difference),
            valueText(contrast.seedSpread, 3),
            valueText(contrast.stepError, 3),
            verdictWords(view, contrast),
          ],
        ];
      }),
    );
    return rows.length === 0
      ? []
      : [
          `### ${plain(view.experiment(e))}: differences from ${plain(view.label(baseline))}`,
          table(
            [
              "Measure",
              "Variant",
              "Difference (95 % interval)",
              "Spread between seeds",
              "Error of the step",
              "Explained by",
            ],
            rows,
          ),
        ];
  });
}

function ranking(view: View): string[] {
  const { recording, experiments } = view.result;
  if (recording === null) return [];
  const head = `${recording.sentence === "" ? "" : `${plain(sentence(recording.sentence))} `}The recording is ${code(recording.path)}: ${plain(recording.content)}.`;
  if (isSweepAlone(view)) {
    const several = experiments.length > 1;
    const rows = nearestPoints(view).map(({ measure, experiment, points }) => [
      plain(view.measure(measure)),
      ...(several ? [plain(view.experiment(experiment))] : []),
      points.map(({ place, value }) => plain(`${place} (${value})`)).join(", "),
    ]);
    const commands = nearestCommands(view).flatMap(({ by, command }) => [
      `The point that is nearest by ${plain(by)} is run by`,
      block(command),
    ]);
    return [
      head,
      ...(rows.length === 0
        ? []
        : [table(["Measure", ...(several ? ["Experiment"] : []), "From the nearest on"], rows)]),
      ...commands,
    ];
  }
  const rows = recording.ranking.map(({ measure, experiment, variants, tied }) => [
    plain(view.measure(measure)),
    plain(view.experiment(experiment)),
    variants
      .map(
        (v, place) =>
          plain(view.label(v)) + (tied > 1 && place === tied - 1 ? ` (the first ${tied} not told apart)` : ""),
      )
      .join(", "),
  ]);
  return [head, table(["Measure", "Experiment", "From the nearest on"], rows)];
}

function provenance(view: View): string[] {
  const { about, source, variants } = view.result;
  return [
    [
      `- source: ${code(source)}, hash ${code(about.sourceHash)}`,
      `- glif ${plain(about.glif)}`,
      `- seeds: ${rangesText(about.seeds)}`,
    ].join("\n"),
    isSweepAlone(view)
      ? variants.flatMap((v) => v.methods.map((method) => `- ${plain(method)}`)).join("\n")
      : table(
          ["Variant", "Method and its reason"],
          variants.map((v, k) => [plain(view.label(k)), v.methods.map((method) => plain(method)).join("; ")]),
        ),
    block(reproduction(view.result)),
  ];
}

/** A command to be copied. */
function block(command: string): string {
  return `\`\`\`\n${command.replaceAll("```", "` ` `")}\n\`\`\``;
}
