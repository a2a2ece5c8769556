// Comparisons and fits that no file declares: an experiment swept from the command line, and the experiments of several files held against each other.
import { parseComparisonMember, parseFitMember, parseModelFile } from "../1-parse/parse.ts";
import type { ComparisonDeclarationNode, FitDeclarationNode } from "../1-parse/ast.ts";
import { analyze, overridesFrom } from "../analyze.ts";
import type { Analysis, GivenTexts, ImplicitComparison, SourceHost } from "../analyze.ts";
import { sourceText, span } from "../base/source.ts";
import type { SourceText } from "../base/source.ts";
import { measureOfNothing } from "../diagnostics/comparison.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { tellingOnce } from "../diagnostics/once.ts";
import type { CheckedComparison, CheckedFit, CheckedProgram } from "../3-check/checked.ts";
import { targetsOf } from "../compile.ts";

/** What a comparison would say, in the words it would say it in. Mistakes in them are diagnostics like those of source. */
export interface ComparisonTexts extends GivenTexts {
  /** `rate`, `van_rossum(tau: 10 ms)`; none: what is usual for one spike train. */
  readonly measures?: readonly string[];
  /** `b_s over 0.01 /ms .. 0.1 /ms in 20 steps`, `b_s ~ normal(1 /ms, 0.1 /ms) in 100 draws`. */
  readonly sweeps?: readonly string[];
  /** `GLIF { b_s = 0.2 /ms } as "fast"`; none: the experiment's own subject. */
  readonly models?: readonly string[];
  /** `LIF`, `recording("cell.csv")`; its path is taken from the main file's folder. */
  readonly reference?: string | null;
  readonly seeds?: number | null;
}

export interface ImplicitAnalysis extends Analysis {
  /** Null where there is any error, and where `experiment` was null and the file does not have exactly one. */
  readonly comparison: CheckedComparison | null;
}

/** Around one experiment of a file (null: its only one), for `glif sweep`. Its name is the experiment's. */
export function checkComparison(
  main: SourceText,
  host: SourceHost,
  experiment: string | null,
  texts: ComparisonTexts,
): ImplicitAnalysis {
  return around(main, host, experiment, texts, false);
}

export interface FilesAnalysis {
  /** Null where there is any error, and where nothing fits together: then `notes` say why. */
  readonly comparison: CheckedComparison | null;
  /** What was held against what, or why nothing was, a sentence each. */
  readonly notes: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** One for each file; null for one with errors. */
  readonly programs: readonly (CheckedProgram | null)[];
}

/**
 * The experiments of two or more files held against each other: those of the same name, else the only one of each. A variant is what a file's experiments are of,
 * labelled by the model's name, with its file where several have that name. Each case's experiment belongs to the program of its own file.
 */
export function checkFiles(
  mains: readonly SourceText[],
  host: SourceHost,
  texts: Omit<ComparisonTexts, "models" | "sweeps">,
): FilesAnalysis {
  const collector = tellingOnce();
  const programs = mains.map((main) => {
    const { program, diagnostics } = withGiven(main, host, { settings: texts.settings ?? [] }, null);
    for (const d of diagnostics) collector.say(d);
    return program;
  });
  const nothing = (notes: readonly string[]): FilesAnalysis => ({
    comparison: null,
    notes,
    diagnostics: collector.all(),
    programs,
  });
  const whole = programs.filter((p) => p !== null);
  if (whole.length < mains.length || hasErrors(collector.all())) return nothing([]);
  const paired = pairs(mains, whole);
  if ("problem" in paired) return nothing([paired.problem]);

  const parts = paired.pairs.map(({ under, experiments }) => ({
    under,
    comparisons: mains.map((main, k) => {
      const { comparison, diagnostics } = around(main, host, experiments[k] ?? null, texts, true);
      for (const d of diagnostics) collector.say(d);
      return comparison;
    }),
  }));
  if (hasErrors(collector.all())) return nothing(paired.notes);
  const comparison = merged(mains, parts);
  for (const [k, m] of comparison?.measures.entries() ?? []) {
    if (m.variable !== null && comparison?.cases.every((c) => c.measured[k] === null) === true)
      collector.say(measureOfNothing(m.origin, { what: "variable", written: m.variable, near: [] }));
  }
  return {
    comparison: hasErrors(collector.all()) ? null : comparison,
    notes: paired.notes,
    diagnostics: collector.all(),
    programs,
  };
}

function around(
  main: SourceText,
  host: SourceHost,
  experiment: string | null,
  texts: ComparisonTexts,
  partial: boolean,
): ImplicitAnalysis {
  const declared = parseModelFile(main)
    .file.declarations.filter((d) => d.kind === "experiment")
    .map((d) => d.name.name);
  const name = experiment ?? (declared.length === 1 ? declared[0] : undefined);
  if (name === undefined)
    return { ...withGiven(main, host, { settings: texts.settings ?? [] }, null), comparison: null };
  const written = [
    ...(texts.models ?? []).map((t) => sourceText("--model", `models ${t}`)),
    ...(texts.measures ?? []).map((t) => sourceText("--measure", `measure ${t}`)),
    ...(texts.sweeps ?? []).map((t) => sourceText("--over", `sweep ${t}`)),
    ...(texts.reference == null ? [] : [sourceText("--reference", `reference ${texts.reference}`)]),
    ...(texts.seeds == null ? [] : [sourceText("--seeds", `seeds ${String(texts.seeds)}`)]),
  ].map(parseComparisonMember);
  const diagnostics = written.flatMap((w) => w.diagnostics);
  if (hasErrors(diagnostics)) return { program: null, diagnostics, files: [], comparison: null };
  const source = sourceText("--under", name);
  const at = span(source, 0, name.length);
  const identifier = { kind: "identifier" as const, name, span: at };
  const node: ComparisonDeclarationNode = {
    kind: "comparison",
    name: identifier,
    doc: "",
    span: at,
    members: [...written.flatMap((w) => w.members), { kind: "under", experiment: identifier, span: at }],
  };
  const analysis = withGiven(main, host, texts, { node, partial }, name);
  return { ...analysis, comparison: analysis.program?.comparisons.find((c) => c.origin === at) ?? null };
}

/** What a fit would say, in the words it would say it in. */
export interface FitTexts extends Pick<GivenTexts, "settings"> {
  /** `GLIF, LIF` */
  readonly models: string;
  readonly under: readonly string[];
  /** `C in 20 pF .. 400 pF logarithmic` */
  readonly free: readonly string[];
  /** None: what is usual. */
  readonly measures: readonly string[];
  /** `0 s .. 12 s` */
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** `recording("cell.csv")`; its path is taken from the main file's folder. */
  readonly reference: string;
}

/** What is called so that nobody has named. */
export const FIT_NAME = "Fit";

/** A fit that no file declares. */
export function checkFit(
  main: SourceText,
  host: SourceHost,
  { models, under, free, measures, train, test, reference, settings }: FitTexts,
): Analysis & { readonly fit: CheckedFit | null } {
  const head = parseComparisonMember(sourceText("--models", `models ${models}`));
  const written = [
    ...free.map((t) => sourceText("--free", `free ${t}`)),
    ...measures.map((t) => sourceText("--measure", `measure ${t}`)),
    ...train.map((t) => sourceText("--train", `train ${t}`)),
    ...test.map((t) => sourceText("--test", `test ${t}`)),
    ...under.map((t) => sourceText("--under", `under ${t}`)),
    sourceText("--to", `reference ${reference}`),
  ].map(parseFitMember);
  const diagnostics = [head, ...written].flatMap((w) => w.diagnostics);
  if (hasErrors(diagnostics)) return { program: null, diagnostics, files: [], fit: null };
  const source = sourceText("--to", FIT_NAME);
  const at = span(source, 0, FIT_NAME.length);
  const node: FitDeclarationNode = {
    kind: "fit",
    name: { kind: "identifier", name: FIT_NAME, span: at },
    doc: "",
    span: at,
    members: [...head.members.filter((m) => m.kind === "variant"), ...written.flatMap((w) => w.members)],
  };
  const analysis = withGiven(main, host, { settings: settings ?? [] }, { node, partial: false });
  return { ...analysis, fit: analysis.program?.fits.find((f) => f.comparison.origin === at) ?? null };
}

/** Settings are meant for every experiment, times for the one that is compared. */
function withGiven(
  main: SourceText,
  host: SourceHost,
  { settings, duration, step }: GivenTexts,
  implicit: ImplicitComparison | null,
  experiment: string | null = null,
): Analysis {
  const given = [
    overridesFrom(null, { ...(settings === undefined ? {} : { settings }) }),
    overridesFrom(experiment, { duration, step }),
  ];
  const diagnostics = given.flatMap((g) => g.diagnostics);
  if (hasErrors(diagnostics)) return { program: null, diagnostics, files: [] };
  return analyze(
    main,
    host,
    parseModelFile,
    given.flatMap((g) => g.overrides),
    implicit,
  );
}

interface Pair {
  readonly under: string;
  /** One a file. */
  readonly experiments: readonly string[];
}

function pairs(
  mains: readonly SourceText[],
  programs: readonly CheckedProgram[],
): { readonly pairs: readonly Pair[]; readonly notes: readonly string[] } | { readonly problem: string } {
  const names = programs.map((p) => targetsOf(p).experiments);
  const none = mains.find((_, k) => names[k]?.length === 0);
  if (none !== undefined) return { problem: `${none.path} has no experiment` };
  const shared = (names[0] ?? []).filter((n) => names.every((own) => own.includes(n)));
  if (shared.length > 0) {
    const left = mains.flatMap((main, k) =>
      (names[k] ?? [])
        .filter((n) => !shared.includes(n))
        .map((n) => `${n} of ${main.path} is left out: the other files have no experiment of that name`),
    );
    return {
      pairs: shared.map((n) => ({ under: n, experiments: names.map(() => n) })),
      notes: [`compared under ${shared.join(", ")}, which all files have`, ...left],
    };
  }
  const only = names.map((own) => own[0] ?? "");
  if (names.every((own) => own.length === 1)) {
    return {
      pairs: [{ under: only.join(", "), experiments: only }],
      notes: [
        `compared under ${mains.map((m, k) => `${only[k] ?? ""} of ${m.path}`).join(" and ")}, the only experiment of each`,
      ],
    };
  }
  return {
    problem: `no experiment has the same name in all files: ${mains.map((m, k) => `${m.path} has ${(names[k] ?? []).join(", ")}`).join("; ")}`,
  };
}

function merged(
  mains: readonly SourceText[],
  parts: readonly { readonly under: string; readonly comparisons: readonly (CheckedComparison | null)[] }[],
): CheckedComparison | null {
  const first = parts[0]?.comparisons[0];
  if (first == null) return null;
  const found = parts.flatMap(({ under, comparisons }) =>
    comparisons.flatMap((c, file) =>
      (c ?? NO_CASES).cases.map((one) => ({ file, under, one, variant: c?.variants[one.variant] })),
    ),
  );
  const keys = [...new Set(found.map((f) => `${f.file} ${f.one.experiment.subject}`))].sort(
    (a, b) => Number(a.split(" ")[0]) - Number(b.split(" ")[0]),
  );
  const variants = keys.flatMap((key) => {
    const own = found.find((f) => `${f.file} ${f.one.experiment.subject}` === key);
    if (own?.variant === undefined) return [];
    const { subject } = own.one.experiment;
    const isShared = keys.filter((k) => k.endsWith(` ${subject}`)).length > 1;
    return [{ ...own.variant, label: isShared ? `${subject} (${mains[own.file]?.path ?? ""})` : subject }];
  });
  const cases = found.map(({ file, under, one }) => ({
    ...one,
    under,
    variant: keys.indexOf(`${file} ${one.experiment.subject}`),
  }));
  return {
    ...first,
    name: [...new Set(parts.map((p) => p.under))].join(", "),
    variants,
    cases: cases.sort((a, b) => a.variant - b.variant),
  };
}

const NO_CASES: Pick<CheckedComparison, "cases"> = { cases: [] };
