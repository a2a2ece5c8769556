// Everything that the runs have come to, put together: cells, contrasts, sweep, ranking. The same outcomes give the same result, however they were come by.
import { shownGroups } from "../4-plan/plan.ts";
import { present } from "../base/invariant.ts";
import { inUnit } from "../quantities/unit.ts";
import { measureOfName } from "../measures/catalogue.ts";
import { estimate, holm, meanOfPairs, meanOfTable, pseudoValues, studentT } from "../measures/statistics.ts";
import { columnsOf } from "./columns.ts";
import { STOPPED } from "./words.ts";
import type { CheckedMeasure } from "../3-check/checked.ts";
import type {
  Cell,
  ComparisonResult,
  Contrast,
  Curve,
  MeasureColumn,
  RecordingSummary,
  StructuralSummary,
  SweepPoint,
  SweepResult,
  Variant,
} from "./comparison.ts";
import { chanceOfContrast, contrastOf } from "./contrasts.ts";
import { ROUNDING } from "./evaluate.ts";
import { isSameModel, numericsOf } from "./numerics.ts";
import { pointOf, type Job } from "./jobs.ts";
import type { JobOutcome } from "./outcome.ts";
import { isAgainstReference, subjectOf, type PreparedCase, type PreparedComparison } from "./prepare.ts";
import { rankingOf, type RunOf } from "./ranking.ts";
import type { Measured } from "./runData.ts";
import type { SweepPlan } from "./sweepPoints.ts";
import { sweptMeasure, type SweptRates } from "./sweptMeasures.ts";

export interface AssembleOptions {
  readonly source: string;
  readonly about: Omit<ComparisonResult["about"], "seeds">;
  readonly seeds: number;
  readonly structure: readonly StructuralSummary[];
  readonly recording: Pick<RecordingSummary, "path" | "content"> | null;
  /** What runs a point of the sweep alone. */
  readonly runOf?: RunOf;
  readonly notes: readonly string[];
}

const NOT_RUN: Measured = { value: null, because: "the comparison was stopped before", curve: null };

export function assemble(
  prepared: PreparedComparison,
  sweep: SweepPlan,
  jobs: readonly Job[],
  outcomes: ReadonlyMap<string, JobOutcome>,
  options: AssembleOptions,
): ComparisonResult {
  const { comparison, cases, experiments, baseline } = prepared;
  const measures = columnsOf(prepared);
  const runs = runsOf(jobs, outcomes);
  const reason = whyIncomplete(jobs, outcomes);
  const points = sweep.points.length === 0 ? null : sweepPoints(prepared, sweep, runs, measures);
  const cells = cases.flatMap((_, place) => measures.map((__, m) => cellOf(prepared, place, m, runs, sweep)));
  const cellAt = (variant: number, experiment: number, measure: number): Cell | undefined =>
    cells.find((c) => c.variant === variant && c.experiment === experiment && c.measure === measure);
  const pairs = cases
    .filter((c) => c.variant !== baseline)
    .flatMap((c) =>
      measures.flatMap((column, m) => {
        const against = cases.findIndex((other) => other.variant === baseline && other.experiment === c.experiment);
        const [own, other] = [cellAt(c.variant, c.experiment, m), cellAt(baseline, c.experiment, m)];
        const entry = comparison.measures[m];
        if (
          against < 0 ||
          own === undefined ||
          other === undefined ||
          entry === undefined ||
          measureOfName(entry.name)?.gives === "curve"
        )
          return [];
        // Repeats of the baseline have a value of their own, against its other seeds.
        const isDistance =
          prepared.reference === "variant" && isAgainstReference(entry) && subjectOf(entry) !== "repeats";
        return [
          {
            c,
            column,
            m,
            own: { ...own, random: c.random, pairs: pairsAt(prepared, runs, cases.indexOf(c), "", m) },
            other: {
              ...other,
              random: cases[against]?.random ?? false,
              pairs: pairsAt(prepared, runs, against, "", m),
            },
            betweenSeeds: isDistance ? distancesOfSeeds(runs, against, m) : null,
          },
        ];
      }),
    );
  const chances = pairs.map(({ own, other, betweenSeeds }) => chanceOfContrast(own, other, betweenSeeds));
  const sure = holm(chances);
  const contrasts = pairs.map(({ c, column, m, own, other, betweenSeeds }, k): Contrast => ({
    variant: c.variant,
    experiment: c.experiment,
    measure: m,
    ...contrastOf(own, other, {
      baseline: comparison.variants[baseline]?.label ?? "",
      unit: column.unit,
      betweenSeeds,
      onlyNumerics: numericsOf(options.structure, c.variant, baseline) !== null,
      isSame: isSameModel(options.structure, c.variant, baseline),
      family: { size: chances.filter((p) => p !== null).length, isSure: sure[k] === true },
    }),
  }));
  const firstSeed = cases[0]?.firstSeed ?? 1;
  return {
    format: "glif-comparison 1",
    name: comparison.name,
    doc: comparison.doc,
    source: options.source,
    about: {
      ...options.about,
      seeds: Array.from({ length: cases.some((c) => c.random) ? options.seeds : 1 }, (_, k) => firstSeed + k),
    },
    variants: comparison.variants.map((v, k) =>
      variantOf(
        v,
        cases.find((c) => c.variant === k),
      ),
    ),
    baseline,
    experiments: experiments.map((name, e) => {
      const own = cases.find((c) => c.experiment === e);
      return {
        name,
        doc: own?.case.experiment.doc ?? "",
        duration: own === undefined ? 0 : own.program.steps * own.program.step,
      };
    }),
    structure: options.structure,
    measures,
    cells,
    contrasts,
    recording:
      options.recording === null
        ? null
        : {
            ...options.recording,
            ...rankingOf(
              cells,
              measures,
              comparison.variants.map((v) => v.label),
              points,
              (cell) => cases.some((c) => c.random && c.variant === cell.variant && c.experiment === cell.experiment),
              options.runOf,
            ),
          },
    sweep: points,
    notes: [
      ...options.notes,
      ...binsOf(prepared),
      ...unseenOf(prepared),
      ...failuresOf(prepared, runs),
      ...failuresInSweep(prepared, sweep, runs),
    ],
    complete: reason === null,
    ...(reason === null ? {} : { reason }),
  };
}

function whyIncomplete(jobs: readonly Job[], outcomes: ReadonlyMap<string, JobOutcome>): string | null {
  if (jobs.some((job) => !outcomes.has(job.key))) return STOPPED;
  const failures = jobs.map((job) => outcomes.get(job.key)?.failure ?? null);
  const [first = null] = failures;
  return first === null || failures.includes(null) ? null : `no run came to its end: ${first}`;
}

/** What ran, by case, point and step; in the order of the seeds. */
export interface Runs {
  at(c: number, point: string, half: boolean): readonly { readonly job: Job; readonly outcome: JobOutcome | null }[];
}

function runsOf(jobs: readonly Job[], outcomes: ReadonlyMap<string, JobOutcome>): Runs {
  // Of a sweep there are as many groups as points: no names are made for them.
  const groups = new Map<string, Map<string, Job[]>>();
  const name = (c: number, half: boolean): string => `${c} ${half ? "half" : "whole"}`;
  for (const job of jobs) {
    const of = name(job.case, job.half);
    const points = groups.get(of) ?? new Map<string, Job[]>();
    groups.set(of, points);
    const group = points.get(job.point);
    if (group === undefined) points.set(job.point, [job]);
    else group.push(job);
  }
  return {
    at: (c, point, half) =>
      (groups.get(name(c, half))?.get(point) ?? []).map((job) => ({ job, outcome: outcomes.get(job.key) ?? null })),
  };
}

/** Of a case where nothing is random one value says it all, unless it is a distance to runs that are random. */
function measuredAt(
  { cases, comparison }: PreparedComparison,
  runs: Runs,
  c: number,
  point: string,
  half: boolean,
  measure: number,
): readonly Measured[] {
  const entry = comparison.measures[measure];
  const all = runs
    .at(c, point, half)
    .map(({ outcome }) => (outcome === null ? NOT_RUN : (outcome.measured[measure] ?? NOT_RUN)));
  return cases[c]?.random === true || (entry !== undefined && isAgainstReference(entry)) ? all : all.slice(0, 1);
}

/** Null where its values are of a seed by itself. */
function pairsAt(
  prepared: PreparedComparison,
  runs: Runs,
  c: number,
  point: string,
  measure: number,
): readonly (readonly number[])[] | null {
  const { cases, comparison, baseline, reference } = prepared;
  const entry = comparison.measures[measure];
  const against = cases.find((other) => other.variant === baseline && other.experiment === cases[c]?.experiment);
  return entry !== undefined && subjectOf(entry) === "repeats" && reference === "variant" && against?.random === true
    ? pairsOfSeeds(measuredAt(prepared, runs, c, point, false, measure))
    : null;
}

function cellOf(prepared: PreparedComparison, c: number, measure: number, runs: Runs, sweep: SweepPlan): Cell {
  const own = present(prepared.cases[c], "case");
  const place = { variant: own.variant, experiment: own.experiment, measure };
  const entry = prepared.comparison.measures[measure];
  if (entry !== undefined && subjectOf(entry) === "sweep") {
    const { value, because, curve } = sweptMeasure(entry.name, ratesOf(prepared, sweep, runs, c));
    return {
      ...place,
      values: [value],
      mean: value,
      interval: null,
      rounding: ROUNDING,
      stepEffect: null,
      undefinedBecause: because,
      curve,
    };
  }
  const measured = measuredAt(prepared, runs, c, "", false, measure);
  const values = measured.map((m) => m.value);
  const found = estimate(values);
  const curve = curveOf(measured);
  const reasons = [...new Set(measured.flatMap((m) => (m.because === "" ? [] : [m.because])))];
  return {
    ...place,
    values,
    mean: found?.mean ?? null,
    interval: intervalAt(prepared, runs, c, "", measure, measured),
    rounding: measured.reduce((most, m) => Math.max(most, m.rounding ?? ROUNDING), ROUNDING),
    stepEffect: effectOf(
      found?.mean ?? null,
      estimate(measuredAt(prepared, runs, c, "", true, measure).map((m) => m.value))?.mean ?? null,
    ),
    undefinedBecause: found === null && curve === null ? reasons.slice(0, 2).join("; ") : "",
    curve,
  };
}

function intervalAt(
  prepared: PreparedComparison,
  runs: Runs,
  c: number,
  point: string,
  measure: number,
  measured: readonly Measured[],
): readonly [number, number] | null {
  const entry = prepared.comparison.measures[measure];
  return entry !== undefined && subjectOf(entry) === "repeats"
    ? intervalOfRepeats(measured, pairsAt(prepared, runs, c, point, measure), prepared.cases[c]?.random === true)
    : intervalOf(estimate(measured.map((m) => m.value)));
}

function effectOf(whole: number | null, half: number | null): number | null {
  return whole === null || half === null ? null : half - whole;
}

function intervalOf(found: ReturnType<typeof estimate>): readonly [number, number] | null {
  return found?.interval == null ? null : [found.interval.low, found.interval.high];
}

/**
 * Of a measure whose repeats are the runs of the baseline with the other seeds (those of a run are the seeds that follow its own, in a ring): what two seeds have to do with each other, both ways. None where something has
 * no value, or there are fewer than three seeds.
 */
function pairsOfSeeds(measured: readonly Measured[]): readonly (readonly number[])[] {
  const n = measured.length;
  const of = measured.map(({ value, without }, i) =>
    measured.map((_, j) => {
      const left = without?.[(j - i - 1 + n) % n];
      return i === j ? 0 : value === null || left == null ? NaN : (n - 1) * value - (n - 2) * left;
    }),
  );
  const pairs = of.map((row, i) => row.map((x, j) => (x + (of[j]?.[i] ?? NaN)) / 2));
  return pairs.some((row) => row.some(Number.isNaN)) ? [] : pairs;
}

/** `pairs`: as of `Contrasted`. */
function intervalOfRepeats(
  measured: readonly Measured[],
  pairs: readonly (readonly number[])[] | null,
  isRandom: boolean,
): readonly [number, number] | null {
  const found = estimate(measured.map((m) => m.value));
  if (pairs !== null) {
    const shared = meanOfPairs(pairs);
    return found === null || shared === null || shared.error === 0
      ? null
      : around(found.mean, studentT(0.95, shared.degrees) * shared.error);
  }
  // Of a recording: runs of the model share the repeats that they are held against.
  const table = measured.flatMap(({ value, without = [] }) =>
    value === null
      ? []
      : [
          pseudoValues(
            value,
            without.map((left) => left ?? NaN),
          ),
        ],
  );
  const isKnown = !table.some((row) => row.some(Number.isNaN)) && !(isRandom && table.length === 1);
  const shared = isKnown ? meanOfTable(table) : null;
  return found === null || shared === null || shared.error === 0
    ? intervalOf(found)
    : around(found.mean, studentT(0.95, shared.degrees) * shared.error);
}

function around(mean: number, half: number): readonly [number, number] {
  return [mean - half, mean + half];
}

/** The mean over seeds at each abscissa, which is the same for all. */
function curveOf(measured: readonly Measured[]): Curve | null {
  const curves = measured.flatMap((m) => m.curve ?? []);
  const [first] = curves;
  if (first === undefined) return null;
  const at = first.x.map((_, k) => estimate(curves.map((c) => c.y[k] ?? null)));
  const { x, xName, xUnit, yName, yUnit } = first;
  const halfWidth = curves.length < 2 ? null : at.map((e) => (e?.interval == null ? null : e.interval.high - e.mean));
  return {
    x,
    y: at.map((e) => e?.mean ?? null),
    halfWidth,
    xName,
    xUnit: xUnit === "1" ? "" : xUnit,
    yName,
    yUnit: yUnit === "1" ? "" : yUnit,
  };
}

/** How far each seed of the baseline is from another, beyond how far a run is from itself; none where there is one run alone. */
function distancesOfSeeds(runs: Runs, baseline: number, measure: number): readonly (number | null)[] {
  return runs.at(baseline, "", false).flatMap(({ outcome }) => {
    if (outcome?.between == null) return [];
    const [other, itself] = [outcome.between[measure]?.value ?? null, outcome.measured[measure]?.value ?? null];
    return [other === null || itself === null ? null : Math.abs(other - itself)];
  });
}

function sweepPoints(
  prepared: PreparedComparison,
  sweep: SweepPlan,
  runs: Runs,
  measures: readonly MeasureColumn[],
): SweepResult {
  const { comparison, cases } = prepared;
  return {
    axes: comparison.sweeps.map(({ name, unit, values }, s) => ({
      name,
      unit: unit.text === "1" ? "" : unit.text,
      values: (sweep.values[s] ?? []).map((v) => inUnit(v, unit)),
      scale: values.kind === "draws" ? "draws" : values.scale,
    })),
    // Of a sweep that was stopped those that ran: a million empty rows say nothing.
    points: cases.flatMap((own, c) =>
      sweep.points.flatMap((at): SweepPoint[] => {
        const point = pointOf(prepared, sweep, c, at);
        if (runs.at(c, point, false).every(({ outcome }) => outcome === null)) return [];
        const measured = measures.map((_, m) => measuredAt(prepared, runs, c, point, false, m));
        const found = measured.map((all) => estimate(all.map((x) => x.value)));
        return [
          {
            variant: own.variant,
            experiment: own.experiment,
            at,
            means: found.map((e) => e?.mean ?? null),
            intervals: measured.map((all, m) => intervalAt(prepared, runs, c, point, m, all)),
          },
        ];
      }),
    ),
  };
}

/** Rates over the one axis of a sweep; null where the comparison has none or several. */
function ratesOf(prepared: PreparedComparison, sweep: SweepPlan, runs: Runs, c: number): SweptRates | null {
  const { comparison, cases } = prepared;
  const [only, ...others] = comparison.sweeps;
  if (only === undefined || others.length > 0 || !only.cases.includes(c)) return null;
  const rate = cases[c]?.program.tasks.findIndex((task) => task.name === "rate" && task.population === null) ?? -1;
  const rates = sweep.points.map((at) =>
    runs.at(c, pointOf(prepared, sweep, c, at), false).map(({ outcome }) => outcome?.measured[rate]?.value ?? null),
  );
  const x = (sweep.values[0] ?? []).map((v) => inUnit(v, only.unit));
  return { name: only.name, unit: only.unit.text === "1" ? "" : only.unit.text, x, rates };
}

/** What distances of spike trains do not show, where nothing else is measured that does. */
function unseenOf({ comparison: { measures, variants } }: PreparedComparison): readonly string[] {
  const isRegularity = ({ name }: Pick<CheckedMeasure, "name">): boolean =>
    ["cv_isi", "cv2", "lv", "lvr"].includes(name);
  if (variants.length < 2 || !measures.some((m) => subjectOf(m) === "pair of trains") || measures.some(isRegularity))
    return [];
  return ["distances of spike trains see little of how regularly a model fires: cv_isi beside them shows it"];
}

/** Bins that are rounded to steps. */
function binsOf({ cases, comparison }: PreparedComparison): readonly string[] {
  return [
    ...new Set(
      cases.flatMap((c) =>
        c.program.tasks.flatMap(({ measure, parameters }) => {
          const [asked, taken] = [comparison.measures[measure]?.parameters.get("bin"), parameters["bin"]];
          return asked === undefined || taken === undefined || Math.abs(asked - taken) <= 1e-9 * asked
            ? []
            : [
                `${comparison.measures[measure]?.text ?? ""}: bins of ${asked} ms are no whole number of steps of ${c.program.step} ms and are taken as ${Number(taken.toPrecision(12))} ms`,
              ];
        }),
      ),
    ),
  ];
}

function variantOf(
  { label, model, doc, overrides }: PreparedComparison["comparison"]["variants"][number],
  own: PreparedCase | undefined,
): Variant {
  const populations = own?.plan.populations ?? [];
  const neurons = populations.filter((p) => p.source === null).reduce((sum, p) => sum + p.size, 0);
  const states = populations[0]?.states.length ?? 0;
  const methods = populations.flatMap((p) =>
    shownGroups(p.groups).map((g) => (own?.lone === true ? g.reason : `${p.name}: ${g.reason}`)),
  );
  return {
    label,
    model,
    doc,
    overrides,
    methods,
    size:
      own?.lone === true
        ? `${states} ${states === 1 ? "state" : "states"}`
        : `${neurons} ${neurons === 1 ? "neuron" : "neurons"}`,
  };
}

/** Runs that did not come to their end, each cause once a case. */
function failuresOf({ cases, comparison, experiments }: PreparedComparison, runs: Runs): readonly string[] {
  return cases.flatMap((c, k) => {
    const failed = [...runs.at(k, "", false), ...runs.at(k, "", true)].flatMap(({ job, outcome }) =>
      outcome?.failure == null ? [] : [{ job, failure: outcome.failure }],
    );
    const causes = [...new Set(failed.map((f) => f.failure))].slice(0, 3);
    const label = comparison.variants[c.variant]?.label ?? "";
    return causes.map((failure) => `${label} under ${experiments[c.experiment] ?? ""}: ${failure}`);
  });
}

/** Points of the sweep that have no values because a run did not come to its end, with the first cause. */
function failuresInSweep(prepared: PreparedComparison, sweep: SweepPlan, runs: Runs): readonly string[] {
  const { cases, comparison, experiments } = prepared;
  return cases.flatMap((c, k) => {
    const points = new Set(sweep.points.map((at) => pointOf(prepared, sweep, k, at)));
    const failed = [...points]
      .filter((p) => p !== "")
      .flatMap((p) => runs.at(k, p, false).find(({ outcome }) => outcome?.failure != null)?.outcome?.failure ?? []);
    const [first] = failed;
    if (first === undefined) return [];
    return [
      `${comparison.variants[c.variant]?.label ?? ""} under ${experiments[c.experiment] ?? ""}: ${failed.length} of ${points.size} points of the sweep could not be run to the end; the first: ${first}`,
    ];
  });
}
