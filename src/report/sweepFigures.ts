// Figures of sweeps: curves over one parameter, maps over two, clouds over draws; of more parameters a slice, which is said.
import type { SweepAxis, SweepPoint } from "../compare/comparison.ts";
import { heatMapSvg, type HeatAxis } from "../figure/heatMap.ts";
import { plotSvg } from "../figure/plot.ts";
import { variantStyle } from "../figure/variantStyle.ts";
import type { ReportFigure } from "./figure.ts";
import { positionOf } from "../compare/sweepPoints.ts";
import { headed, valueText, withUnit } from "./numbers.ts";
import type { View } from "./view.ts";
import { listed } from "../base/lists.ts";
import { oneLine, slug } from "./words.ts";

export function sweepFigures(view: View): ReportFigure[] {
  const { sweep, experiments, measures } = view.result;
  if (sweep === null || sweep.axes.length === 0) return [];
  const grid = sweep.axes.flatMap((axis, k) => (axis.scale === "draws" ? [] : [k]));
  const draws = sweep.axes.flatMap((axis, k) => (axis.scale === "draws" ? [k] : []));
  return experiments.flatMap((_, experiment) => {
    const points = sweep.points.filter((point) => point.experiment === experiment);
    return measures.flatMap((_, measure) => {
      if (!points.some((point) => point.means[measure] != null)) return [];
      const subject: Subject = { view, experiment, measure, points, axes: sweep.axes };
      if (draws.length > 0) return draws.map((axis) => cloud(subject, axis));
      const [first = 0, second] = grid;
      return second === undefined ? [curves(subject, first)] : maps(subject, first, second);
    });
  });
}

interface Subject {
  readonly view: View;
  readonly experiment: number;
  readonly measure: number;
  readonly points: readonly SweepPoint[];
  readonly axes: readonly SweepAxis[];
}

export function axisLabel({ name, unit }: SweepAxis): string {
  return headed(oneLine(name, 40), oneLine(unit, 20));
}

function figure(
  { view, experiment, measure }: Subject,
  suffix: string,
  caption: string,
  draw: (width: number) => string,
): ReportFigure {
  const of = view.result.experiments.length > 1 ? `-${slug(view.experiment(experiment))}` : "";
  return {
    name: `sweep-${slug(view.result.measures[measure]?.key ?? "")}${of}${suffix}`,
    section: "sweep",
    experiment,
    caption,
    draw,
  };
}

function titleOf({ view, experiment, measure }: Subject, over: readonly SweepAxis[]): string {
  const under = view.result.experiments.length > 1 ? ` under ${view.experiment(experiment)}` : "";
  return `${view.measure(measure)} over ${listed(over.map((axis) => oneLine(axis.name, 40)))}${under}`;
}

// ---- one parameter

function curves(subject: Subject, axis: number): ReportFigure {
  const { view, measure, points, axes } = subject;
  const of = axes[axis];
  const series = variantsIn(points).map((variant) => {
    const own = points.filter((point) => point.variant === variant).sort((a, b) => xOf(a) - xOf(b));
    const ends = own.map((point) => point.intervals[measure] ?? null);
    const some = ends.some((interval) => interval !== null);
    return {
      name: view.label(variant),
      style: variantStyle(variant),
      x: own.map(xOf),
      y: own.map((point) => point.means[measure] ?? NaN),
      low: some ? ends.map((interval) => interval?.[0] ?? NaN) : null,
      high: some ? ends.map((interval) => interval?.[1] ?? NaN) : null,
    };
  });
  function xOf(point: SweepPoint): number {
    return of?.values[positionOf(axes, point, axis)] ?? NaN;
  }
  const title = titleOf(subject, of === undefined ? [] : [of]);
  const bands = series.some((s) => s.low !== null) ? "; the bands are 95 % intervals over seeds" : "";
  return figure(subject, "", `${title}${bands}.`, (width) =>
    plotSvg(
      {
        title,
        x: { label: of === undefined ? "" : axisLabel(of), logarithmic: of?.scale === "logarithmic" },
        y: { label: view.measureWithUnit(measure) },
        series,
        named: view.result.variants.length > 1,
      },
      width,
    ),
  );
}

// ---- draws

function cloud(subject: Subject, axis: number): ReportFigure {
  const { view, measure, points, axes } = subject;
  const of = axes[axis];
  const title = titleOf(subject, of === undefined ? [] : [of]);
  const series = variantsIn(points).map((variant) => {
    const own = points.filter((point) => point.variant === variant);
    return {
      name: view.label(variant),
      style: variantStyle(variant),
      x: own.map((p) => of?.values[positionOf(axes, p, axis)] ?? NaN),
      y: own.map((p) => p.means[measure] ?? NaN),
      low: null,
      high: null,
    };
  });
  const suffix = axes.filter(({ scale }) => scale === "draws").length > 1 ? `-${slug(of?.name ?? "")}` : "";
  return figure(subject, suffix, `${title}: one point a draw.`, (width) =>
    plotSvg(
      {
        title,
        x: { label: of === undefined ? "" : axisLabel(of) },
        y: { label: view.measureWithUnit(measure) },
        series,
        scattered: true,
        named: view.result.variants.length > 1,
      },
      width,
    ),
  );
}

// ---- two parameters, and slices of more

function maps(subject: Subject, first: number, second: number): ReportFigure[] {
  const { view, measure, points, axes } = subject;
  const [xAxis, yAxis] = [axes[first], axes[second]];
  if (xAxis === undefined || yAxis === undefined) return [];
  const [x, y] = [drawnAxis(xAxis), drawnAxis(yAxis)];
  const others = axes.flatMap((axis, k) =>
    k === first || k === second ? [] : [{ axis, k, at: Math.floor(axis.values.length / 2) }],
  );
  const slice = points.filter((point) => others.every(({ k, at }) => positionOf(axes, point, k) === at));
  const where = others.map(
    ({ axis, at }) =>
      `${oneLine(axis.name, 40)} = ${withUnit(valueText(axis.values[at] ?? null), oneLine(axis.unit, 20))}`,
  );
  const said = where.length === 0 ? "" : ` The slice at ${listed(where)}; all points are in sweep.csv.`;
  const valuesOf = (variant: number): (number | null)[] => {
    const values = new Array<number | null>(x.values.length * y.values.length).fill(null);
    for (const point of slice) {
      if (point.variant !== variant) continue;
      const [column, row] = [
        x.places[positionOf(axes, point, first)] ?? -1,
        y.places[positionOf(axes, point, second)] ?? -1,
      ];
      if (column >= 0 && row >= 0) values[row * x.values.length + column] = point.means[measure] ?? null;
    }
    return values;
  };
  const variants = variantsIn(points);
  const grids = variants.map((variant) => ({
    name: view.label(variant),
    style: variantStyle(variant),
    variant,
    values: valuesOf(variant),
  }));
  const title = titleOf(subject, [xAxis, yAxis]);
  const found = [
    figure(subject, "", `${title}.${said}`, (width) =>
      heatMapSvg({ title, label: view.measureWithUnit(measure), x, y, maps: grids, ramp: "sequential" }, width),
    ),
  ];
  const base = grids.find((grid) => grid.variant === view.result.baseline);
  if (base === undefined || grids.length < 2) return found;
  const differences = grids
    .filter((grid) => grid !== base)
    .map((grid) => ({
      ...grid,
      name: `${grid.name} minus ${base.name}`,
      values: grid.values.map((value, i) => minus(value, base.values[i] ?? null)),
    }));
  const against = `${title}: differences from ${base.name}`;
  return [
    ...found,
    figure(subject, "-differences", `${against}.${said}`, (width) =>
      heatMapSvg(
        {
          title: against,
          label: `difference of ${view.measureWithUnit(measure)}`,
          x,
          y,
          maps: differences,
          ramp: "diverging",
        },
        width,
      ),
    ),
  ];
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

/** Columns ascend, in whatever order the values were listed: `places[k]` is the column of value k. */
function drawnAxis(axis: SweepAxis): HeatAxis & { readonly places: readonly number[] } {
  const order = axis.values.map((_, k) => k).sort((a, b) => (axis.values[a] ?? 0) - (axis.values[b] ?? 0));
  const places = new Array<number>(order.length).fill(-1);
  order.forEach((k, place) => (places[k] = place));
  return { label: axisLabel(axis), values: order.map((k) => axis.values[k] ?? NaN), places };
}

function variantsIn(points: readonly SweepPoint[]): number[] {
  return [...new Set(points.map((point) => point.variant))].sort((a, b) => a - b);
}
