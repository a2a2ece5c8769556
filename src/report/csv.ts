// A comparison's numbers as tables, one number a row (RFC 4180): for R, pandas and spreadsheets. Numbers read back as the same doubles. A table comes in pieces: a sweep may have millions of rows.
import { csvCell, type Cell } from "../base/csv.ts";
import type { ComparisonResult, SweepResult } from "../compare/comparison.ts";
import { positionOf } from "../compare/sweepPoints.ts";
import { headed } from "./numbers.ts";

/** `variant,experiment,measure,unit,seed,value`; a value that is not defined is empty. */
export function measuresCsv(result: ComparisonResult): Iterable<string> {
  const rows = each(result.cells, ({ variant, experiment, measure, values }) =>
    values.map((value, k): Cell[] => [
      ...names(result, variant, experiment, measure),
      result.about.seeds[k] ?? null,
      value,
    ]),
  );
  return lines(["variant", "experiment", "measure", "unit", "seed", "value"], rows);
}

/** Measures that are curves: means over seeds, and half the width of their 95 % interval. */
export function curvesCsv(result: ComparisonResult): Iterable<string> {
  const rows = each(result.cells, ({ variant, experiment, measure, curve }) =>
    curve === null
      ? []
      : curve.x.map((x, i): Cell[] => [
          ...names(result, variant, experiment, measure),
          curve.xName,
          curve.xUnit,
          x,
          curve.yName,
          curve.yUnit,
          curve.y[i] ?? null,
          curve.halfWidth?.[i] ?? null,
        ]),
  );
  return lines(
    ["variant", "experiment", "measure", "unit", "x_name", "x_unit", "x", "y_name", "y_unit", "y", "half_width"],
    rows,
  );
}

/** `variant,experiment,` a column for each parameter with its unit, `measure,unit,mean,low,high`; the header alone where nothing was swept. */
export function sweepCsv(result: ComparisonResult): Iterable<string> {
  const { axes, points }: SweepResult = result.sweep ?? { axes: [], points: [] };
  const rows = each(points, (point) =>
    point.means.map((mean, measure): Cell[] => {
      const [variant = "", experiment = "", key = "", unit = ""] = names(
        result,
        point.variant,
        point.experiment,
        measure,
      );
      const [low, high] = point.intervals[measure] ?? [null, null];
      return [
        variant,
        experiment,
        ...axes.map((axis, k) => axis.values[positionOf(axes, point, k)] ?? null),
        key,
        unit,
        mean,
        low,
        high,
      ];
    }),
  );
  return lines(
    [
      "variant",
      "experiment",
      ...axes.map(({ name, unit }) => headed(name, unit)),
      "measure",
      "unit",
      "mean",
      "low",
      "high",
    ],
    rows,
  );
}

function names(result: ComparisonResult, variant: number, experiment: number, measure: number): Cell[] {
  return [
    result.variants[variant]?.label ?? "",
    result.experiments[experiment]?.name ?? "",
    result.measures[measure]?.key ?? "",
    result.measures[measure]?.unit ?? "",
  ];
}

function* each<T>(all: readonly T[], rows: (one: T) => readonly (readonly Cell[])[]): Generator<readonly Cell[]> {
  for (const one of all) yield* rows(one);
}

function* lines(header: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  const text = (cell: Cell): string =>
    typeof cell === "string" ? csvCell(cell) : cell === null || !Number.isFinite(cell) ? "" : String(cell);
  const line = (row: readonly Cell[]): string => `${row.map(text).join(",")}\n`;
  let piece = line(header);
  for (const row of rows) {
    piece += line(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

/** Characters that are handed on together. */
const PIECE = 1 << 16;
