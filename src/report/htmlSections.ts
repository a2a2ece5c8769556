// The sections of the HTML report that are tables and lists.
import type { Cell, Contrast, StructuralItem, StructuralSummary } from "../compare/comparison.ts";
import { manyIntervals, verdictWords } from "./answer.ts";
import { breakable, code, html, prose, scrolling, table, variantMarkup, type Column } from "./markup.ts";
import { differenceOf, durationText, estimateOf, NOTHING, rangesText, valueText, withUnit } from "./numbers.ts";
import { reproduction } from "./reproduction.ts";
import { isSweepAlone, nearestCommands, nearestPoints } from "./sweepAnswer.ts";
import type { View } from "./view.ts";
import { capital, paragraphs, sentence, undefinedText } from "./words.ts";

const words = (markup: string): Column => ({ markup, number: false });

// ---- models

export function variantTable(view: View): string {
  const { variants, baseline } = view.result;
  const isTold = variants.some((variant) => variant.doc.trim() !== "");
  const rows = variants.map((variant, k) => {
    const overrides = variant.overrides.length === 0 ? "as it is" : variant.overrides.map((o) => code(o)).join("<br>");
    const doc = paragraphs(variant.doc)[0] ?? "";
    const full = view.fullLabel(k);
    return `<tr><th scope="row">${variantMarkup(view.label(k), k)}${full === null ? "" : `<br><small class="soft">${html(full)}</small>`}${k === baseline ? '<br><small class="soft">the others are held against it</small>' : ""}</th><td data-label="Model">${code(variant.model, 60)}</td><td data-label="Changed">${overrides}</td><td data-label="Size">${html(variant.size, 120)}</td>${isTold ? `<td data-label="What it is"${doc === "" ? ' class="empty"' : ""}>${html(doc)}</td>` : ""}</tr>`;
  });
  return table(
    ["Variant", "Model", "Changed", "Size", ...(isTold ? ["What it is"] : [])].map(words),
    rows,
    ' class="cards"',
  );
}

export function structureSection(view: View): string[] {
  return view.result.structure.flatMap((summary) => {
    const against = view.label(summary.against);
    const heading = `<h3>${variantMarkup(view.label(summary.variant), summary.variant)} against ${html(against)}</h3><p>${html(view.told(summary))}</p>`;
    return summary.items.length === 0
      ? [heading]
      : [heading, changesTable(summary, against, view.label(summary.variant))];
  });
}

/** Items beyond this many are counted. */
const MOST_ITEMS = 60;

function changesTable({ items }: StructuralSummary, before: string, after: string): string {
  const side = (label: string, text: string | null): string =>
    `<td data-label="${html(label)}">${text === null ? NOTHING : code(text)}</td>`;
  const noted = items.some((item) => item.note !== "");
  const note = (item: StructuralItem): string =>
    noted ? `<td data-label="Note"${item.note === "" ? ' class="empty"' : ""}>${html(item.note)}</td>` : "";
  const rows = items
    .slice(0, MOST_ITEMS)
    .map(
      (item) =>
        `<tr><th scope="row">${code(item.name, 80)}</th><td class="change" data-label="Change">${item.part} ${item.change}</td>${side(before, item.before)}${side(after, item.after)}${note(item)}</tr>`,
    );
  if (items.length > MOST_ITEMS)
    rows.push(
      `<tr><th scope="row">\u2026</th><td colspan="${noted ? 4 : 3}">${items.length - MOST_ITEMS} more</td></tr>`,
    );
  return table(
    [words("Name"), words("Change"), words(html(before)), words(html(after)), ...(noted ? [words("Note")] : [])],
    rows,
    ' class="cards changes"',
  );
}

// ---- measures

/** `only`: these measures; null for all. */
export function measureTables(view: View, only: readonly number[] | null = null): string[] {
  const { experiments, about } = view.result;
  if (experiments.length === 0) return ['<p class="soft">No experiment fits the variants: nothing was measured.</p>'];
  return experiments.flatMap((experiment, e) => {
    const shown = view.numbersOf(e).filter((m) => only === null || only.includes(m));
    if (shown.length === 0) return [];
    const seeds =
      about.seeds.length > 1
        ? `Mean over ${about.seeds.length} seeds; below it the 95 % interval of the mean (Student\u2019s t). One number alone: the same for every seed.`
        : "One seed.";
    const doc = paragraphs(experiment.doc)[0] ?? "";
    const head = `<h3>${html(view.experiment(e))}, ${durationText(experiment.duration)}</h3>${doc === "" ? "" : `<p class="doc">${html(doc)}</p>`}`;
    // as many beside each other as a page of paper holds
    const tables = Array.from({ length: Math.ceil(shown.length / MOST_BESIDE) }, (_, k) =>
      measureTable(view, e, shown.slice(k * MOST_BESIDE, (k + 1) * MOST_BESIDE)),
    );
    return [head, `<p class="soft">${seeds}</p>`, ...tables];
  });
}

const MOST_BESIDE = 6;

function measureTable(view: View, experiment: number, shown: readonly number[]): string {
  const columns = shown.map((m): Column => {
    const { unit = "", definition = "" } = view.result.measures[m] ?? {};
    return {
      markup: `<abbr title="${html(definition)}"><a href="#measure-${m}">${breakable(view.measure(m))}</a></abbr>${unit === "" || unit === "1" ? "" : `<span class="unit">${breakable(unit, 20)}</span>`}`,
      number: true,
    };
  });
  const rows = view
    .variantsOf(experiment)
    .map(
      (variant) =>
        `<tr><th scope="row">${variantMarkup(view.label(variant), variant)}</th>${shown.map((m) => measureCell(view.cell(variant, experiment, m), view.measureWithUnit(m))).join("")}</tr>`,
    );
  return scrolling(
    `Measures under ${view.experiment(experiment)}`,
    table([words("Variant"), ...columns], rows, ' class="cards"'),
  );
}

function measureCell(cell: Cell | null, measure: string): string {
  const filled = (markup: string): string =>
    `<td class="number" data-label="${html(measure)}"><span>${markup}</span></td>`;
  if (cell === null) return filled(`${NOTHING}<small class="reason">not measured</small>`);
  const { mean, interval } = estimateOf(cell);
  const reason = undefinedText(cell);
  return filled(
    `${mean}${interval === "" ? "" : `<small>${interval}</small>`}${reason === "" ? "" : `<small class="reason">${html(reason, 120)}</small>`}`,
  );
}

// ---- differences

export function contrastTables(view: View): string[] {
  const { experiments, measures, variants, baseline, contrasts } = view.result;
  if (contrasts.length === 0) return [];
  const against = view.label(baseline);
  const many = manyIntervals(view);
  const intro = `<p>Each difference from ${html(against)} is held against two others: that between seeds (their standard deviation; of a distance, what another seed of the same model makes), and that between the step and half of it. What is larger explains it; where variants differ in nothing but the method or the step, that does.${many === "" ? "" : ` ${html(many)}`}</p>`;
  const tables = experiments.flatMap((_, e) => {
    const rows = view.numbersOf(e).flatMap((m) => {
      const own = variants.flatMap((_, variant) => view.contrast(variant, e, m) ?? []);
      if (own.length === 0) return [];
      return [
        `<tr class="group"><th scope="rowgroup" colspan="5">${html(view.measureWithUnit(m))}</th></tr>`,
        ...own.map((contrast) => contrastRow(view, contrast, measures[m]?.unit ?? "")),
      ];
    });
    if (rows.length === 0) return [];
    const number = (markup: string): Column => ({ markup, number: true });
    return [
      `<h3>${html(view.experiment(e))}</h3>`,
      scrolling(
        `Differences under ${view.experiment(e)}`,
        table(
          [
            words("Variant"),
            number('Difference<span class="unit">95 % interval</span>'),
            number('Seed<span class="unit">spread</span>'),
            number('Step<span class="unit">error</span>'),
            words("Explained by"),
          ],
          rows,
          ' class="cards"',
        ),
      ),
    ];
  });
  return [intro, ...tables];
}

function contrastRow(view: View, contrast: Contrast, unit: string): string {
  const { mean, interval } = differenceOf(contrast);
  return [
    `<tr><th scope="row">${variantMarkup(view.label(contrast.variant), contrast.variant)}</th>`,
    `<td class="number" data-label="Difference"><span>${html(withUnit(mean, unit))}${interval === "" ? "" : `<small>${interval}</small>`}</span></td>`,
    `<td class="number" data-label="Seed">${valueText(contrast.seedSpread, 3)}</td><td class="number" data-label="Step">${valueText(contrast.stepError, 3)}</td>`,
    `<td class="words" data-label="Explained by"><span><span class="verdict ${contrast.verdict}">${verdictWords(view, contrast)}</span><small>${html(capital(contrast.sentence))}</small></span></td></tr>`,
  ].join("");
}

// ---- the recording

export function rankingTable(view: View): string[] {
  const { recording, experiments } = view.result;
  if (recording === null) return [];
  const head = `<p>${html([...(recording.sentence === "" ? [] : [sentence(recording.sentence)]), "The recording is"].join(" "))} ${code(recording.path, 120)}: ${html(recording.content)}.</p>`;
  if (isSweepAlone(view)) {
    const several = experiments.length > 1;
    const rows = nearestPoints(view).map(
      ({ measure, experiment, points }) =>
        `<tr><th scope="row">${html(view.measure(measure))}</th>${several ? `<td data-label="Experiment">${html(view.experiment(experiment))}</td>` : ""}<td data-label="From the nearest on"><ol class="ranking">${points.map(({ place, value }) => `<li>${prose(place)} <span class="soft">${html(value)}</span></li>`).join("")}</ol></td></tr>`,
    );
    const commands = nearestCommands(view).map(
      ({ by, command }) =>
        `<p>The point that is nearest by ${html(by)} is run by</p><pre><code>${html(command)}</code></pre>`,
    );
    return [
      head,
      ...(rows.length === 0
        ? []
        : [
            table(
              ["Measure", ...(several ? ["Experiment"] : []), "From the nearest on"].map(words),
              rows,
              ' class="cards"',
            ),
          ]),
      ...commands,
    ];
  }
  const rows = recording.ranking.map(({ measure, experiment, variants, tied }) => {
    const places = variants.map((variant, place) => {
      const value = estimateOf(view.cell(variant, experiment, measure)).mean;
      return `<li>${variantMarkup(view.label(variant), variant)} <span class="soft">${html(withUnit(value, view.result.measures[measure]?.unit ?? ""))}${tied > 1 && place < tied ? ", not told apart" : ""}</span></li>`;
    });
    return `<tr><th scope="row">${html(view.measure(measure))}</th><td data-label="Experiment">${html(view.experiment(experiment))}</td><td data-label="From the nearest on"><ol class="ranking">${places.join("")}</ol></td></tr>`;
  });
  return rows.length === 0
    ? [head]
    : [head, table(["Measure", "Experiment", "From the nearest on"].map(words), rows, ' class="cards"')];
}

// ---- definitions and provenance

export function glossary(view: View): string[] {
  const { measures } = view.result;
  if (measures.length === 0) return [];
  const nearness = { smaller: " Smaller is nearer.", larger: " Larger is nearer." } as const;
  const entries = measures.map(
    ({ key, definition, source, nearer }, m) =>
      `<div id="measure-${m}"><dt>${html(view.measureWithUnit(m))} <span class="soft">${code(key, 80)}</span></dt><dd>${html(capital(sentence(definition)))}${nearer === null ? "" : nearness[nearer]}${source === "" ? "" : ` <span class="soft">${html(sentence(source))}</span>`}</dd></div>`,
  );
  return [`<dl class="glossary">${entries.join("\n")}</dl>`];
}

export function provenance(view: View): string[] {
  const { about, variants, source } = view.result;
  const facts = [
    ["Source", code(source, 120)],
    ["Hash of the sources", code(about.sourceHash, 80)],
    ["glif", html(about.glif, 40)],
    ["Seeds", html(rangesText(about.seeds))],
  ] as const;
  const rows = variants.map(
    (variant, k) =>
      `<tr><th scope="row">${variantMarkup(view.label(k), k)}</th><td data-label="Method">${variant.methods.map((method) => html(method)).join("<br>") || NOTHING}</td></tr>`,
  );
  return [
    `<dl class="glossary">${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("")}</dl>`,
    "<h3>Methods</h3>",
    ...(isSweepAlone(view)
      ? variants.flatMap(({ methods }) => methods.map((method) => `<p>${html(method)}</p>`))
      : [table(["Variant", "Method and its reason"].map(words), rows, ' class="cards"')]),
    "<h3>To get these numbers again</h3>",
    `<pre><code>${html(reproduction(view.result))}</code></pre>`,
    '<p class="soft">The same version, sources and seeds give the same numbers on every machine. They stand in full digits in <code>comparison.json</code> and in the CSV files beside this page.</p>',
  ];
}
