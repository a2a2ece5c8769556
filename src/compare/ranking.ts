// Which variant comes nearest to the recording, by each measure that is a distance or a likeness.
import { listed } from "../base/lists.ts";
import type { Cell, MeasureColumn, RecordingSummary, SweepPoint, SweepResult } from "./comparison.ts";
import { chanceOf, estimate } from "../measures/statistics.ts";
import { ROUNDING } from "./evaluate.ts";
import { positionOf } from "./sweepPoints.ts";
import { valueText } from "./words.ts";

/** The words that run a point of the sweep; null where none do. */
export type RunOf = (at: readonly number[]) => readonly string[] | null;

export function rankingOf(
  cells: readonly Cell[],
  measures: readonly MeasureColumn[],
  labels: readonly string[],
  sweep: SweepResult | null,
  isRandom: (cell: Cell) => boolean,
  runOf: RunOf = () => null,
): Pick<RecordingSummary, "ranking" | "sentence" | "nearest"> {
  const experiments = [...new Set(cells.map((c) => c.experiment))];
  // As many as the differences that the verdicts are of, or more: a ranking claims nothing that they do not.
  const others = (labels.length - 1) * measures.length * experiments.length;
  const ranking = measures.flatMap(({ nearer }, measure) =>
    nearer === null
      ? []
      : experiments.flatMap((experiment) => {
          const there = cells.filter((c) => c.measure === measure && c.experiment === experiment && c.mean !== null);
          const sign = nearer === "smaller" ? 1 : -1;
          const sorted = [...there].sort((a, b) => sign * ((a.mean ?? 0) - (b.mean ?? 0)));
          const [best] = sorted;
          return best === undefined
            ? []
            : [
                {
                  measure,
                  experiment,
                  variants: sorted.map((c) => c.variant),
                  tied:
                    1 +
                    Math.max(
                      0,
                      sorted.findLastIndex((c) => c !== best && !isFarther(c, best, others, isRandom)),
                    ),
                },
              ];
        }),
  );
  const wins = labels.map((_, variant) => ranking.filter((r) => r.tied === 1 && r.variants[0] === variant).length);
  return {
    ranking,
    sentence: [
      ...(labels.length === 1 && ranking.length > 0
        ? []
        : [
            sentenceOf(
              wins,
              labels,
              ranking.length,
              measures.some((m) => m.nearer !== null),
            ),
          ]),
      ...nearestPoints(measures, labels, sweep),
    ].join(" "),
    nearest:
      labels.length > 1 || sweep === null
        ? []
        : nearestOf(measures, sweep).map(({ point: { experiment, at }, measures: by }) => ({
            experiment,
            at,
            measures: by,
            command: runOf(at),
          })),
  };
}

/** Beyond rounding and what halving the step does, and where something is random beyond the spread between seeds and what chance makes; one of `others` that are looked at (Bonferroni). */
function isFarther(cell: Cell, best: Cell, others: number, isRandom: (cell: Cell) => boolean): boolean {
  const size = Math.abs((cell.mean ?? 0) - (best.mean ?? 0));
  const scale = Math.max(Math.abs(cell.mean ?? 0), Math.abs(best.mean ?? 0));
  if (
    size <=
    Math.max(
      cell.rounding,
      best.rounding,
      ROUNDING * scale,
      Math.abs(cell.stepEffect ?? 0),
      Math.abs(best.stepEffect ?? 0),
    )
  )
    return false;
  if (!isRandom(cell) && !isRandom(best)) return true;
  if (size <= Math.max(...[cell, best].map(({ values }) => estimate(values)?.sd ?? 0))) return false;
  const of = ({ values }: Cell, n: number): readonly (number | null)[] =>
    values.length === 1 ? Array.from({ length: n }, () => values[0] ?? null) : values;
  const chance = chanceOf(of(cell, best.values.length), of(best, cell.values.length));
  return chance !== null && chance <= 0.05 / Math.max(1, others);
}

/** Where along the sweep each measure is nearest: "By coincidence τ_m = 20 ms comes nearest (0.92)." */
function nearestPoints(
  measures: readonly MeasureColumn[],
  labels: readonly string[],
  sweep: SweepResult | null,
): string[] {
  if (sweep === null) return [];
  return measures.flatMap(({ nearer, key, unit }, m) => {
    if (nearer === null) return [];
    const best = nearestPoint(sweep, m, nearer);
    if (best === null) return [];
    const { ties } = best;
    const own = best.point.intervals[m];
    const alike = sweep.points.filter(({ means, intervals: { [m]: other } }) => {
      if (means[m] == null || means[m] === best.value || own == null || other == null) return false;
      return other[0] <= own[1] && own[0] <= other[1];
    }).length;
    const place = (point: SweepPoint): string =>
      listed(
        sweep.axes.map(
          (axis, k) => `${axis.name} = ${valueText(axis.values[positionOf(sweep.axes, point, k)] ?? NaN, axis.unit)}`,
        ),
      );
    return [
      `By ${key} ${labels.length > 1 ? `${labels[best.point.variant] ?? ""} with ` : ""}${place(best.point)} ${ties === 0 ? "comes" : `and ${ties} other ${ties === 1 ? "point" : "points"} come`} nearest (${valueText(best.value, unit)})${alike === 0 ? "" : `; its 95 % interval overlaps ${alike === 1 ? "that of one other" : `those of ${alike} others`}`}.`,
    ];
  });
}

interface Nearest {
  /** The first of those that are as near. */
  readonly point: SweepPoint;
  readonly value: number;
  /** How many others are as near. */
  readonly ties: number;
}

/** Null where all are as near. */
function nearestPoint({ points }: SweepResult, measure: number, nearer: "smaller" | "larger"): Nearest | null {
  let [point, value, ties, valued]: [SweepPoint | null, number, number, number] = [null, NaN, 0, 0];
  for (const other of points) {
    const own = other.means[measure] ?? null;
    if (own === null) continue;
    valued++;
    if (own === value) ties++;
    else if (point === null || (nearer === "smaller" ? own < value : own > value))
      [point, value, ties] = [other, own, 0];
  }
  return point === null || (ties > 0 && ties === valued - 1) ? null : { point, value, ties };
}

/** Points of a sweep that some measure finds nearest to the recording, with these measures, in their order. */
export function nearestOf(
  measures: readonly MeasureColumn[],
  sweep: SweepResult,
): readonly { readonly point: SweepPoint; readonly measures: readonly number[] }[] {
  const found = new Map<SweepPoint, number[]>();
  for (const [m, { nearer }] of measures.entries()) {
    const best = nearer === null ? null : nearestPoint(sweep, m, nearer);
    if (best !== null) found.set(best.point, [...(found.get(best.point) ?? []), m]);
  }
  return [...found].map(([point, by]) => ({ point, measures: by }));
}

function sentenceOf(wins: readonly number[], labels: readonly string[], all: number, isAsked: boolean): string {
  if (all === 0)
    return isAsked
      ? "None of the measures that say how near the variants come to the recording could be taken."
      : "No measure says how near the variants come to the recording: add one such as coincidence or van_rossum.";
  const most = Math.max(...wins);
  if (most === 0) return "No variant is told to be nearer to the recording than the others.";
  const nearest = labels.filter((_, k) => wins[k] === most);
  const share =
    most === all
      ? all === 1
        ? "by the one measure that tells"
        : all === 2
          ? "by both measures"
          : `by all ${all} measures`
      : `by ${most} of ${all} measures`;
  return nearest.length === 1
    ? `${nearest[0] ?? ""} is nearest ${share}.`
    : `${listed(nearest)} are nearest, each ${share}.`;
}
