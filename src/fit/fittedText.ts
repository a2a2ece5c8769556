// The fitted models as a file: each extends its model with the numbers found, and a comparison shows the fit again, with the same bits.
import { textOf } from "../base/source.ts";
import { visit } from "../3-check/walk.ts";
import { exactText } from "../compare/sweepPoints.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import { defaults } from "../3-check/evaluate.ts";
import type { CheckedQuantity } from "../3-check/checked.ts";
import { freeSweeps, type PreparedFit } from "./prepareFit.ts";
import type { FitReport, FittedModel, ShownNumber } from "./fitReport.ts";
import type { FitResult } from "./problem.ts";

/** What the text needs besides what was found. */
export interface FittedPlaces {
  /** How the file of this path is imported from where the text will lie; null where it cannot be. */
  importOf(path: string): string | null;
  /** The same of the files of the recording, in their order. */
  readonly recording: readonly string[];
  /** What the experiment of this name sets by itself, by name: `C`. */
  setBy(experiment: string): ReadonlySet<string>;
  /** Settings of the command line, `C=60 pF`. */
  readonly set: readonly string[];
  /** The first seed, where the command line gave it. */
  readonly seed: number | null;
  /** The command that gave it. */
  readonly command: string;
}

/** Null where something that it needs cannot be imported. */
export function fittedText(
  prepared: PreparedFit,
  results: readonly FitResult[],
  report: FitReport,
  places: FittedPlaces,
): string | null {
  const { comparison } = prepared.fit;
  const imports = new Map<string, Set<string>>();
  let isWhole = true;
  const importing = (path: string, name: string): void => {
    const from = places.importOf(path);
    if (from === null) isWhole = false;
    else imports.set(from, (imports.get(from) ?? new Set()).add(name));
  };
  for (const [k] of results.entries()) {
    for (const { variant, experiment } of comparison.cases) {
      if (variant !== k) continue;
      const [population] = experiment.populations;
      if (population !== undefined) importing(population.neuron.origin.source.path, population.neuron.name);
      importing(experiment.origin.source.path, experiment.name);
    }
  }
  if (!isWhole) return null;
  const taken = new Set([...imports.values()].flatMap((names) => [...names]));
  const models = results.map((result, k) => modelOf(prepared, result, k, report, places, taken));
  const { reference, measures } = comparison;
  const windows = comparison.cases.length === 0 ? [] : report.test.length > 0 ? report.test : report.train;
  const files = places.recording.map((p) => JSON.stringify(p));
  const given = (sweep: number | null): string =>
    reference?.kind === "recording"
      ? [
          ...files,
          ...(reference.level === null ? [] : [`level: ${reference.level} mV`]),
          ...(sweep === null ? [] : [`sweep: ${sweep}`]),
          ...[...reference.columns].map(([variable, column]) => `${variable}: ${JSON.stringify(column)}`),
        ].join(", ")
      : "";
  const names = [...new Set(comparison.cases.map((c) => c.experiment.name))];
  // A number that only some of the experiments have is set under these alone.
  const groups = models.every((m) => m.lacking.length === 0) ? [names] : names.map((n) => [n]);
  const isRandom = prepared.prepared.cases.some((c) => c.random);
  const doc = oneLine(
    report.doc === ""
      ? `${report.name} again, ${report.test.length + report.testSweeps.length > 0 ? "on what was kept back" : "on what was seen"}.`
      : report.doc,
  );
  const kept = report.testSweeps.length > 0 ? report.testSweeps : report.trainSweeps;
  // A comparison is held against one sweep: with several there is one for each, and each experiment is given what was put in then.
  const parts =
    kept.length === 0
      ? groups.map((under) => ({ under, sweep: reference?.kind === "recording" ? reference.sweep : null }))
      : kept.flatMap((sweep) => names.map((n) => ({ under: [n], sweep })));
  const comparisons = parts.flatMap(({ under, sweep }) => [
    `/// ${doc}`,
    `comparison ${freeName([report.name, ...(groups.length > 1 || (kept.length > 0 && names.length > 1) ? under : []), ...(kept.length > 0 ? [`sweep${sweep ?? 0}`] : [])].join("_"), taken)} {`,
    `  models ${models.map((m) => m.variantUnder(under, kept.length === 0 ? [] : stimuliAt(comparison, under, sweep ?? 0, places))).join(",\n         ")}`,
    `  under ${under.join(", ")}`,
    `  reference recording(${given(sweep)})`,
    `  measure ${measures.map((m) => m.text).join(", ")}`,
    ...(windows.length === 0 ? [] : [`  window ${windows.map((w) => `${w.from} ms .. ${w.until} ms`).join(", ")}`]),
    ...(isRandom ? [`  seeds ${comparison.seeds}`] : []),
    "}",
    "",
  ]);
  return [
    `// The numbers that \`${places.command}\` has found (glif ${report.about.glif}, sources ${report.about.sourceHash.slice(0, 16)}).`,
    `// \`glif compare\` of this file${isRandom && places.seed !== null ? ` with \`--seed ${places.seed}\`` : ""} shows the fit again.`,
    ...[...imports].map(([path, names]) => `import ${[...names].join(", ")} from ${JSON.stringify(path)}`),
    "",
    ...models.flatMap((m) => [...m.neuron, ""]),
    ...comparisons,
  ].join("\n");
}

interface FittedVariant {
  /** Lines. */
  readonly neuron: readonly string[];
  /** Numbers that not all experiments have. */
  readonly lacking: readonly string[];
  /** `GLIF_Cell { … } as "GLIF"` */
  variantUnder(experiments: readonly string[], more: readonly string[]): string;
}

function modelOf(
  { fit }: PreparedFit,
  result: FitResult,
  k: number,
  report: FitReport,
  places: FittedPlaces,
  taken: Set<string>,
): FittedVariant {
  const { comparison } = fit;
  const shown = report.models[k];
  const cases = comparison.cases.filter((c) => c.variant === k);
  const sweeps = freeSweeps(fit, k);
  const neuron = cases[0]?.experiment.populations[0]?.neuron;
  const name = freeName(`${neuron?.name ?? "Model"}_${report.name}`, taken);
  const setElsewhere = new Set(cases.flatMap((c) => [...places.setBy(c.experiment.name)]));
  const found = sweeps.map((s, n): Found => {
    const [base = s.name] = /^[^[]*/u.exec(s.name) ?? [];
    const place = /\[(\d+)\]$/u.exec(s.name)?.[1];
    return {
      name: s.name,
      base,
      place: place === undefined ? null : Number(place),
      value: result.numbers[n]?.value ?? NaN,
      experiments: s.cases.flatMap((c) => {
        const own = comparison.cases[c];
        return own?.variant === k ? [own.experiment.name] : [];
      }),
      text: exactText(result.numbers[n]?.value ?? NaN, s.unit, s.dimension),
      remark: commentOf(shown?.numbers[n]),
    };
  });
  const declared: string[] = [];
  const braces: { readonly text: string; readonly experiments: readonly string[] }[] = [];
  const under = [...new Set(cases.map((c) => c.experiment.name))];
  for (const base of new Set(found.map((f) => f.base))) {
    const own = found.filter((f) => f.base === base);
    const quantity = neuron?.quantities.find((q) => q.name === base);
    const line = quantity === undefined ? null : declarationOf(quantity, own);
    if (line !== null)
      declared.push(
        `${line}   // ${own.map((f) => (f.name === base ? f.remark : `${f.name}: ${f.remark}`)).join("; ")}`,
      );
    if (line === null || setElsewhere.has(base))
      braces.push(...own.map((f) => ({ text: `${f.name} = ${f.text}`, experiments: f.experiments })));
  }
  return {
    neuron: [
      `/// ${oneLine(docOf(report, shown))}`,
      `neuron ${name} extends ${neuron?.name ?? ""} {`,
      ...declared.map((line) => `  ${line}`),
      "}",
    ],
    lacking: braces.filter((b) => under.some((e) => !b.experiments.includes(e))).map((b) => b.text),
    variantUnder(experiments, more) {
      const own = braces.filter((b) => experiments.every((e) => b.experiments.includes(e))).map((b) => b.text);
      const set = places.set.filter((text) => {
        const base = /^[^=~[]*/u.exec(text)?.[0].trim() ?? "";
        return neuron?.quantities.some((q) => q.name === base) === true || setElsewhere.has(base);
      });
      const all = [...more, ...set, ...own, ...settingsOf(fit, k), ...(shown?.overrides ?? [])];
      return `${name}${all.length === 0 ? "" : ` { ${all.join(", ")} }`} as ${JSON.stringify(shown?.label ?? name)}`;
    },
  };
}

/** What an experiment takes from the file of the recording, as settings that take it from one sweep: `I_e = file("../cell.abf", column: "I_e", sweep: 3)`. */
function stimuliAt(
  { cases, reference }: PreparedFit["fit"]["comparison"],
  [name]: readonly string[],
  sweep: number,
  places: FittedPlaces,
): readonly string[] {
  const experiment = cases.find((c) => c.experiment.name === name)?.experiment;
  if (experiment === undefined || reference?.kind !== "recording") return [];
  return experiment.populations.flatMap((p) =>
    p.settings.flatMap(({ target, value }) => {
      if (value.kind !== "expression") return [];
      const read: { readonly path: string; readonly text: string }[] = [];
      visit(value.expression, (e) => {
        if (e.kind !== "stimulus" || e.stimulus.shape !== "samples" || e.stimulus.sweeps === null) return;
        const at = reference.files.findIndex((f) => f.target === (e.stimulus as { readonly path?: string }).path);
        const place = places.recording[at];
        if (place !== undefined) read.push({ path: place, text: textOf(e.origin) });
      });
      if (read.length === 0) return [];
      const text = read.reduce(
        (whole, r) => whole.replaceAll(r.text, sweepText(r.text, r.path, sweep)),
        textOf(value.expression.origin),
      );
      return [`${target.quantity.name} = ${text.replace(/\s+/gu, " ")}`];
    }),
  );
}

/** `file("cell.abf", column: "I_e", sweep: 12)` of another place and another sweep. */
function sweepText(written: string, path: string, sweep: number): string {
  const moved = written.replace(/"(?:[^"\\]|\\.)*"/u, () => JSON.stringify(path));
  return /\bsweep\s*:\s*\d+/u.test(moved)
    ? moved.replace(/\bsweep\s*:\s*\d+/u, `sweep: ${sweep}`)
    : moved.replace(/\)\s*$/u, `, sweep: ${sweep})`);
}

/** A free number with what was found. */
interface Found {
  /** `C`, `δI[1]` */
  readonly name: string;
  readonly base: string;
  /** Of an element. */
  readonly place: number | null;
  /** Canonical. */
  readonly value: number;
  readonly text: string;
  /** Of those that have it. */
  readonly experiments: readonly string[];
  readonly remark: string;
}

/** `param C = 58.7 pF`, `param δI[j] = [-10.2, -20] pA`; null where the others of its elements are no numbers, or it lies in a mechanism. */
function declarationOf(quantity: CheckedQuantity, found: readonly Found[]): string | null {
  const { name, role, indices, dimension } = quantity;
  const [first] = found;
  if (first === undefined || name.includes(".") || (role !== "param" && role !== "state") || indices.length > 1)
    return null;
  const [range] = indices;
  if (range === undefined) return `${role} ${name} = ${first.text}`;
  const elements = Array.from({ length: range.to - range.from + 1 }, (_, k): number | null => {
    const position = range.from + k;
    const own = found.find((f) => f.place === position || f.place === null);
    return own?.value ?? defaults()(quantity, [{ kind: "position", value: position }]);
  });
  if (elements.some((v) => v === null)) return null;
  const unit = canonicalUnit(dimension).text;
  return `${role} ${name}[${range.name}] = [${elements.map(String).join(", ")}]${unit === "1" ? "" : ` ${unit}`}`;
}

/** Settings of the fit that its model has. */
function settingsOf({ comparison, settings }: PreparedFit["fit"], variant: number): readonly string[] {
  return settings.flatMap((s) =>
    s.variants.includes(variant) && comparison.variants.length > variant ? [s.text] : [],
  );
}

function commentOf(number: ShownNumber | undefined): string {
  if (number === undefined) return "";
  const { interval, because, unit, lower, upper, atBound } = number;
  const ending = unit === "" ? "" : ` ${unit}`;
  return [
    interval === null
      ? `no interval: ${because}`
      : `95 %: ${Number(interval[0].toPrecision(4))} to ${Number(interval[1].toPrecision(4))}${ending}`,
    ...(atBound === null ? [] : [`at its ${atBound} bound`]),
    `sought between ${lower} and ${upper}${ending}`,
  ].join(", ");
}

function docOf({ objective, recording }: FitReport, model: FittedModel | undefined): string {
  if (model === undefined) return "";
  const scored = model.test ?? model.train;
  const terms = objective.map(({ text }, k) => `${text} ${scored.terms[k] ?? "not defined"}`);
  return `${model.label} fitted to ${recording.path}: ${terms.join(", ")} on what was ${model.test === null ? "seen" : "kept back"}.`;
}

/** A name that nothing else has. */
function freeName(wanted: string, taken: Set<string>): string {
  const name = wanted.replace(/[^\p{L}\p{N}_]/gu, "_");
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : `${name}_${n}`;
    if (taken.has(free)) continue;
    taken.add(free);
    return free;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
