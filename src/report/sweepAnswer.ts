// What a sweep of one model has found, a sentence for each measure: from where to where it goes, and where it changes most.
import type { SweepAxis, SweepPoint } from "../compare/comparison.ts";
import { positionOf } from "../compare/sweepPoints.ts";
import { valueText, withUnit } from "./numbers.ts";
import { commandText } from "./reproduction.ts";
import type { View } from "./view.ts";
import { listed } from "../base/lists.ts";
import { counted, oneLine } from "./words.ts";

/** One model over values: its report leads with what was swept, and has nothing to hold against another. */
export function isSweepAlone({ result }: View): boolean {
  return result.variants.length === 1 && result.sweep !== null && result.sweep.points.length > 0;
}

/** Measures that no point has, but the sweep as a whole: the rheobase. */
export function sweptAsWhole({ result }: View): readonly number[] {
  return result.measures.flatMap((_, m) =>
    result.cells.some((c) => c.measure === m && c.mean !== null) &&
    !(result.sweep?.points ?? []).some((p) => p.means[m] != null)
      ? [m]
      : [],
  );
}

/** Points that are listed for each measure, from the nearest to a recording on. */
const MOST_NEAR = 5;

export interface NearPoint {
  /** `b = 2 mV` */
  readonly place: string;
  /** With its unit. */
  readonly value: string;
}

/** Of each measure that is a distance or a likeness and each experiment, the points from the nearest to the recording on; empty without a recording. */
export function nearestPoints({
  result: { sweep, measures, experiments, recording },
}: View): readonly { readonly measure: number; readonly experiment: number; readonly points: readonly NearPoint[] }[] {
  if (sweep === null || recording === null) return [];
  return measures.flatMap(({ nearer, unit }, measure) =>
    nearer === null
      ? []
      : experiments.flatMap((_, experiment) => {
          const sign = nearer === "smaller" ? 1 : -1;
          const valued = sweep.points.flatMap((point): Valued[] =>
            point.experiment === experiment && point.means[measure] != null
              ? [{ point, value: point.means[measure] ?? NaN }]
              : [],
          );
          const points = valued
            .sort((a, b) => sign * (a.value - b.value))
            .slice(0, MOST_NEAR)
            .map(({ point, value }) => ({
              place: placeText(sweep.axes, point),
              value: withUnit(valueText(value), unit),
            }));
          return points.length === 0 ? [] : [{ measure, experiment, points }];
        }),
  );
}

/** The command that runs each of the points that come nearest to the recording, with the measures that find it so. */
export function nearestCommands(view: View): readonly { readonly by: string; readonly command: string }[] {
  return (view.result.recording?.nearest ?? []).flatMap(({ measures, command }) =>
    command === null ? [] : [{ by: listed(measures.map((m) => view.measure(m))), command: commandText(command) }],
  );
}

/** Of all measures, under every experiment: those that some point has, and those of the sweep as a whole. */
export function sweepSentences(view: View): readonly string[] {
  const { sweep, measures, experiments } = view.result;
  if (sweep === null) return [];
  return experiments.flatMap((_, experiment) => {
    const points = sweep.points.filter((p) => p.experiment === experiment);
    const under = experiments.length > 1 ? ` under ${view.experiment(experiment)}` : "";
    return measures.flatMap((column, measure) => {
      const said =
        sentenceOf(sweep.axes, points, measure, column.unit) ?? wholeSentence(view, experiment, measure, column.unit);
      return said === null ? [] : [`${view.measure(measure)}${under} ${said}`];
    });
  });
}

/** Of a number that the sweep has as a whole, or of a curve over what was swept; why there is none. */
function wholeSentence({ result }: View, experiment: number, measure: number, unit: string): string | null {
  const cell = result.cells.find((c) => c.experiment === experiment && c.measure === measure);
  if (cell === undefined) return null;
  if (cell.mean !== null) return `is ${withUnit(valueText(cell.mean), unit)}.`;
  if (cell.curve === null) return cell.undefinedBecause === "" ? null : `is not defined: ${cell.undefinedBecause}.`;
  const { x, y, xName, xUnit, yUnit } = cell.curve;
  const points = y
    .flatMap((value, k) => (value === null ? [] : [{ x: x[k] ?? NaN, y: value }]))
    .sort((a, b) => a.y - b.y || a.x - b.x);
  const [least, most] = [points[0], points.at(-1)];
  if (least === undefined || most === undefined) return null;
  const text = (p: typeof least): string => withUnit(valueText(p.y), yUnit);
  const at = (p: typeof least): string => `${oneLine(xName, 40)} = ${withUnit(valueText(p.x), oneLine(xUnit, 20))}`;
  return most.y - least.y <= rounding(least.y, most.y, yUnit)
    ? `is ${text(least)} at all ${points.length} points.`
    : `goes from ${text(least)} (${at(least)}) to ${text(most)} (${at(most)}).`;
}

/** Of such a size is what only rounding makes different: beside the larger value, and of a pure number beside 1. */
function rounding(least: number, most: number, unit: string): number {
  return 1e-12 * Math.max(Math.abs(least), Math.abs(most), unit === "" ? 1 : 0);
}

interface Valued {
  readonly point: SweepPoint;
  readonly value: number;
}

function sentenceOf(
  axes: readonly SweepAxis[],
  points: readonly SweepPoint[],
  measure: number,
  unit: string,
): string | null {
  let [least, most]: [Valued | null, Valued | null] = [null, null];
  let missing = 0;
  for (const point of points) {
    const value = point.means[measure] ?? null;
    if (value === null) missing++;
    else {
      if (least === null || value < least.value) least = { point, value };
      if (most === null || value > most.value) most = { point, value };
    }
  }
  if (least === null || most === null) return null;
  const nought = rounding(least.value, most.value, unit);
  const text = (value: number): string => withUnit(valueText(Math.abs(value) < nought ? 0 : value), unit);
  const gaps = missing === 0 ? "" : ` It is not defined at ${counted(missing, "point")}.`;
  if (most.value - least.value <= nought)
    return `is ${text(least.value)} at ${missing === 0 ? "all" : `${points.length - missing}`} points.${gaps}`;
  const step = largestStep(axes, points, measure);
  const where =
    step === null
      ? ""
      : `; it changes most between ${placeText(axes, step.from)} (${text(step.from.means[measure] ?? NaN)}) and ${placeText(axes, step.to)} (${text(step.to.means[measure] ?? NaN)})`;
  return `goes from ${text(least.value)} (${placeText(axes, least.point)}) to ${text(most.value)} (${placeText(axes, most.point)})${where}.${gaps}`;
}

/** `g = 3, η = 1` */
function placeText(axes: readonly SweepAxis[], point: SweepPoint): string {
  return listed(
    axes.map(
      (axis, k) =>
        `${oneLine(axis.name, 40)} = ${withUnit(valueText(axis.values[positionOf(axes, point, k)] ?? null), oneLine(axis.unit, 20))}`,
    ),
  );
}

/** Between neighbours along one axis; null where nothing has an order. */
function largestStep(
  axes: readonly SweepAxis[],
  points: readonly SweepPoint[],
  measure: number,
): { readonly from: SweepPoint; readonly to: SweepPoint } | null {
  if (axes.some(({ scale }) => scale === "draws")) return null;
  /** Place of each value among those of its axis, ascending. */
  const places = axes.map(({ values }) => {
    const order = values.map((_, k) => k).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
    const place = new Int32Array(values.length);
    order.forEach((k, p) => (place[k] = p));
    return place;
  });
  const strides = axes.map((_, k) => axes.slice(k + 1).reduce((product, { values }) => product * values.length, 1));
  const at: (SweepPoint | undefined)[] = [];
  const placeOf = (point: SweepPoint): number =>
    point.at.reduce((sum, position, k) => sum + (places[k]?.[position] ?? 0) * (strides[k] ?? 0), 0);
  for (const point of points) at[placeOf(point)] = point;
  let [best, found]: [number, { readonly from: SweepPoint; readonly to: SweepPoint } | null] = [0, null];
  for (const from of points) {
    const [own, place] = [from.means[measure] ?? null, placeOf(from)];
    if (own === null) continue;
    for (const [k, { values }] of axes.entries()) {
      if ((places[k]?.[from.at[k] ?? 0] ?? 0) >= values.length - 1) continue;
      const to = at[place + (strides[k] ?? 0)];
      const next = to?.means[measure] ?? null;
      if (to === undefined || next === null || Math.abs(next - own) <= best) continue;
      best = Math.abs(next - own);
      found = { from, to };
    }
  }
  return found;
}
