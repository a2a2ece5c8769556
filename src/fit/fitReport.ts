// What a fit has found, as plain data: everything that a report shows. It is what `fit.json` holds: numbers stand in the unit beside them, scores as the measures give them.
import type { Window } from "../compare/runData.ts";
import type { ComparisonResult } from "../compare/comparison.ts";
import { inUnit } from "../quantities/unit.ts";
import type { CheckedFit } from "../3-check/checked.ts";
import { choose, type Choice } from "./choice.ts";
import { freeSweeps, type PreparedFit } from "./prepareFit.ts";
import type { FitResult, FitScore, FitStage, FitSearch, OpenDirection } from "./problem.ts";

export interface FitReport {
  readonly format: "glif-fit 1";
  readonly name: string;
  readonly doc: string;
  /** As the user gave it. */
  readonly source: string;
  readonly about: ComparisonResult["about"];
  readonly recording: { readonly path: string; readonly content: string };
  readonly experiments: readonly string[];
  /** ms; empty: all of the recording. */
  readonly train: readonly Window[];
  readonly test: readonly Window[];
  /** Numbers of the recording's sweeps that are seen and kept back; none where parts are times. */
  readonly trainSweeps: readonly number[];
  readonly testSweeps: readonly number[];
  readonly objective: readonly { readonly text: string; readonly weight: number }[];
  readonly models: readonly FittedModel[];
  readonly choice: Choice | null;
  /** The models with the numbers found, over what was kept back, else over what was seen. */
  readonly comparison: ComparisonResult;
  readonly notes: readonly string[];
  readonly complete: boolean;
  readonly reason?: string;
}

export interface FittedModel {
  readonly label: string;
  readonly model: string;
  /** What its braces set. */
  readonly overrides: readonly string[];
  readonly numbers: readonly ShownNumber[];
  readonly train: ShownScore;
  readonly test: ShownScore | null;
  /** Of the loss on what was kept back, else on what was seen: its mean with the numbers up to 0.5 % off, and the standard error of that. */
  readonly scatter: FitResult["scatter"];
  /** Sweep by sweep, where the recording's are told apart. */
  readonly bySweep: readonly SweepScore[];
  readonly ceiling: {
    readonly train: readonly (number | null)[];
    readonly test: readonly (number | null)[] | null;
  } | null;
  readonly stages: readonly FitStage[];
  readonly searches: readonly FitSearch[];
  readonly agreement: FitResult["agreement"];
  readonly directions: readonly OpenDirection[];
  readonly evaluations: number;
  readonly stopped: string;
  readonly notes: readonly string[];
}

/** In `unit`. */
export interface ShownNumber {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly own: number | null;
  readonly lower: number;
  readonly upper: number;
  readonly logarithmic: boolean;
  /** 95 % */
  readonly interval: readonly [low: number, high: number] | null;
  readonly because: string;
  readonly atBound: "lower" | "upper" | null;
}

/** One sweep under one experiment. */
export interface SweepScore {
  /** `Steps, sweep 3` */
  readonly label: string;
  readonly isKept: boolean;
  /** Null where they are not known. */
  readonly recordedSpikes: number | null;
  readonly spikes: number | null;
  /** By term of the objective. */
  readonly terms: readonly (number | null)[];
}

export interface ShownScore {
  /** Null where the model cannot run. */
  readonly loss: number | null;
  /** By term of the objective, as the measure gives it. */
  readonly terms: readonly (number | null)[];
}

/** `results`: of the first models, in their order; `interrupted`: the last of them might have come further. */
export function fitReport(
  { fit, recording }: PreparedFit,
  results: readonly FitResult[],
  comparison: ComparisonResult,
  bySweep: readonly (readonly SweepScore[])[],
  about: { readonly path: string; readonly notes: readonly string[]; readonly interrupted: boolean },
): FitReport {
  const { path, notes, interrupted } = about;
  const { name, doc, measures, cases, variants } = fit.comparison;
  const models = results.map((r, k) => ({ ...fittedModel(fit, k, r), bySweep: bySweep[k] ?? [] }));
  const isWhole = !interrupted && results.length === variants.length && comparison.complete;
  return {
    format: "glif-fit 1",
    name,
    doc,
    source: comparison.source,
    about: comparison.about,
    recording: { path, content: recording.content },
    experiments: [...new Set(cases.map((c) => c.experiment.name))],
    train: fit.train.map(plainWindow),
    test: fit.test.map(plainWindow),
    trainSweeps: fit.trainSweeps,
    testSweeps: fit.testSweeps,
    objective: measures.map((m, k) => ({ text: m.text, weight: fit.weights[k] ?? 1 })),
    models,
    choice: isWhole ? choose(models) : null,
    comparison,
    notes,
    complete: isWhole,
    ...(isWhole ? {} : { reason: comparison.reason ?? "it was stopped before its end" }),
  };
}

function plainWindow({ from, until }: Window): Window {
  return { from, until };
}

function fittedModel(fit: CheckedFit, variant: number, result: FitResult): Omit<FittedModel, "bySweep"> {
  const chosen = fit.comparison.variants[variant];
  const { train, test, scatter, ceiling, stages, searches, agreement, directions, evaluations, stopped, notes } =
    result;
  return {
    label: chosen?.label ?? "",
    model: chosen?.model ?? "",
    overrides: chosen?.overrides ?? [],
    numbers: freeSweeps(fit, variant).map((s, k): ShownNumber => {
      const found = result.numbers[k];
      const { unit, values } = s;
      const [lower = NaN, upper = NaN] = values.kind === "values" ? values.values : [];
      const own = s.outside[s.cases.findIndex((c) => fit.comparison.cases[c]?.variant === variant)];
      const shown = (value: number): number => inUnit(value, unit);
      return {
        name: s.name,
        unit: unit.text === "1" ? "" : unit.text,
        value: shown(found?.value ?? NaN),
        own: own?.isOwn === true ? shown(own.value) : null,
        lower: shown(lower),
        upper: shown(upper),
        logarithmic: values.kind === "values" && values.scale === "logarithmic",
        interval: found?.interval == null ? null : [shown(found.interval.lower), shown(found.interval.upper)],
        because: found?.because ?? "",
        atBound: found?.atBound ?? null,
      };
    }),
    train: shownScore(train),
    test: test === null ? null : shownScore(test),
    scatter,
    ceiling:
      ceiling === null
        ? null
        : { train: ceiling.train.map((m) => m.value), test: ceiling.test?.map((m) => m.value) ?? null },
    stages,
    searches,
    agreement,
    directions,
    evaluations,
    stopped,
    notes,
  };
}

function shownScore({ loss, terms }: FitScore): ShownScore {
  return { loss: Number.isFinite(loss) ? loss : null, terms: terms.map((t) => t.value) };
}
