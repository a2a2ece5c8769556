// A sweep in the terminal: its points as a table up to a screenful; beyond, a small curve over one parameter, small maps over two, some rows of what has draws or more parameters.
import type { SweepAxis, SweepPoint } from "../compare/comparison.ts";
import { dotGrid, grid, printGrid, put, setDot } from "../figure/dots.ts";
import { linear, logarithmic } from "../figure/scale.ts";
import { estimate, headed, valueText } from "./numbers.ts";
import { cut, tablesOf } from "./terminalColumns.ts";
import type { View } from "./view.ts";
import { oneLine } from "./words.ts";

/** Lines that stand around the points. */
const AROUND = 6;
/** Points of a line that are shown where there is no room for all: the first, the last, and some between. */
const MOST_POINTS = 12;
/** Measures that are drawn; the report has them all. */
const MOST_DRAWN = 3;

/** `rows`: of the terminal; null where it shows no drawings. */
export function sweepLines(view: View, experiment: number, width: number, rows: number | null): string[] {
  const { sweep } = view.result;
  const [first, second, third] = sweep?.axes ?? [];
  if (sweep === null || first === undefined) return [];
  const points = sweep.points.filter((p) => p.experiment === experiment);
  const screenful = Math.max(MOST_POINTS, (rows ?? 24) - AROUND);
  const variants = [...new Set(points.map((p) => p.variant))];
  const places = new Set(points.map((p) => p.at.join(" "))).size;
  if (second === undefined) {
    const ascending = ascendingPlaces(first);
    const shown = places <= screenful ? ascending : spread(ascending);
    const table = tableOf(
      view,
      points,
      shown.map((place) => [place]),
      width,
    );
    if (shown.length === ascending.length || table.length === 0) return table;
    return [
      ...table,
      `  ${shown.length} of ${ascending.length} points; all are in sweep.csv`,
      ...(rows === null || first.scale === "draws"
        ? []
        : drawn(view, points, variants, (own, measure) => curveLines(first, own, measure, width))),
    ];
  }
  const isMap = third === undefined && first.scale !== "draws" && second.scale !== "draws";
  if (places <= screenful || !isMap) {
    const ascending = sweep.axes.map(ascendingPlaces);
    const all = ascending.reduce((n, own) => n * own.length, 1);
    const numbers = Array.from({ length: all }, (_, k) => k);
    const shown = places <= screenful ? numbers : spread(numbers);
    const table = tableOf(
      view,
      points,
      shown.map((k) => combination(ascending, k)),
      width,
    );
    return shown.length === all || table.length === 0
      ? table
      : [...table, `  ${shown.length} of ${all} points; all are in sweep.csv`];
  }
  const maps =
    rows === null
      ? []
      : drawn(view, points, variants, (own, measure) => mapLines(first, second, own, measure, width, rows));
  return [...maps, `  ${places} points; all are in sweep.csv`];
}

/** Of each measure that has values, under its name; of variants each. */
function drawn(
  view: View,
  points: readonly SweepPoint[],
  variants: readonly number[],
  draw: (own: readonly SweepPoint[], measure: number) => readonly string[],
): string[] {
  const there = view.result.measures.flatMap((_, measure) =>
    points.some((p) => p.means[measure] != null) ? [measure] : [],
  );
  return there.slice(0, MOST_DRAWN).flatMap((measure) =>
    variants.slice(0, MOST_DRAWN).flatMap((variant) => {
      const name = variants.length > 1 ? `${view.label(variant)} ${heading(view, measure)}` : heading(view, measure);
      return [
        `  ${cut(name, 36)}`,
        ...draw(
          points.filter((p) => p.variant === variant),
          measure,
        ),
      ];
    }),
  );
}

function ascendingPlaces({ values }: SweepAxis): number[] {
  return values.map((_, place) => place).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
}

/** The places of all axes at number k of all combinations, of which the last axis runs fastest. */
function combination(ascending: readonly (readonly number[])[], k: number): number[] {
  return ascending.reduceRight<{ readonly places: number[]; readonly left: number }>(
    ({ places, left }, own) => ({
      places: [own[left % own.length] ?? 0, ...places],
      left: Math.floor(left / own.length),
    }),
    { places: [], left: k },
  ).places;
}

function spread(places: readonly number[]): number[] {
  const last = places.length - 1;
  return places.filter(
    (_, k) => Math.floor((k * (MOST_POINTS - 1)) / last) > Math.floor(((k - 1) * (MOST_POINTS - 1)) / last),
  );
}

/** Points as rows; measures of each variant as columns. */
function tableOf(
  view: View,
  points: readonly SweepPoint[],
  shown: readonly (readonly number[])[],
  width: number,
): string[] {
  const axes = view.result.sweep?.axes ?? [];
  const at = new Map(points.map((p) => [`${p.variant} ${p.at.join(" ")}`, p]));
  const variants = [...new Set(points.map((p) => p.variant))];
  const columns = view.result.measures.flatMap((_, measure) =>
    variants.flatMap((variant): string[][] => {
      const own = shown.map((place) => at.get(`${variant} ${place.join(" ")}`));
      if (!own.some((p) => p?.means[measure] != null)) return [];
      const values = own.map((p) => {
        const { mean, half } = estimate(p?.means[measure] ?? null, p?.intervals[measure] ?? null);
        return half === "" ? mean : `${mean} \u00B1 ${half}`;
      });
      return [
        [
          cut(
            variants.length > 1 ? `${view.label(variant)} ${heading(view, measure)}` : heading(view, measure),
            Math.min(40, width - 16),
          ),
          ...values,
        ],
      ];
    }),
  );
  if (columns.length === 0) return [];
  const most = Math.floor(width / 3 / axes.length) - 2;
  const parts = axes.map((axis, k) => {
    const cells = [
      headed(oneLine(axis.name, Math.max(20, most - 6)), oneLine(axis.unit, 12)),
      ...shown.map((place) => valueText(axis.values[place[k] ?? -1] ?? null)),
    ].map((text) => cut(text, most));
    const widest = Math.max(...cells.map((cell) => [...cell].length));
    return cells.map((cell) => cell.padEnd(widest));
  });
  const rows = Array.from(
    { length: shown.length + 1 },
    (_, row) =>
      `  ${parts
        .map((cells) => cells[row] ?? "")
        .join("  ")
        .trimEnd()}`,
  );
  return tablesOf(rows, columns, width);
}

/** A curve in braille, its range at the left, the ends of the axis below. */
function curveLines(axis: SweepAxis, points: readonly SweepPoint[], measure: number, width: number): string[] {
  const along = [...points]
    .map((p) => ({ x: axis.values[p.at[0] ?? 0] ?? NaN, y: p.means[measure] ?? NaN }))
    .sort((a, b) => a.x - b.x);
  const [least, most] = extent(along.map(({ y }) => y));
  const [from, to] = [
    valueText(axis.values[ascendingPlaces(axis)[0] ?? 0] ?? null),
    valueText(axis.values[ascendingPlaces(axis).at(-1) ?? 0] ?? null),
  ];
  const sheet = grid(Math.min(width, 76), 8);
  const [top, bottom] = [valueText(most, 3), valueText(least, 3)];
  const left = Math.max(top.length, bottom.length) + 3;
  put(sheet, left - 1 - top.length, 0, top, "axis");
  put(sheet, left - 1 - bottom.length, 6, bottom, "axis");
  const dots = dotGrid(sheet, left, 0, 7);
  const [low, high] = extent(along.map(({ x }) => x));
  const map = (axis.scale === "logarithmic" ? logarithmic : linear)(
    { low, high: high > low ? high : low + 1 },
    0,
    dots.columns - 1,
  );
  const column = (x: number): number => Math.round(map(x));
  const row = (y: number): number => Math.round((1 - (y - least) / (most - least || 1)) * (dots.rows - 1));
  along.forEach((point, k) => {
    const next = along[k + 1];
    const [x0, x1] = [column(point.x), next === undefined ? column(point.x) : column(next.x)];
    for (let x = x0; x <= x1; x++) {
      const share = x1 > x0 ? (x - x0) / (x1 - x0) : 0;
      const y = next === undefined || share === 0 ? point.y : point.y + share * (next.y - point.y);
      if (Number.isFinite(y)) setDot(dots, x, row(y), "first");
    }
  });
  const label = headed(
    oneLine(axis.name, Math.max(20, sheet.width - left - from.length - to.length - 18)),
    oneLine(axis.unit, 12),
  );
  put(sheet, left, 7, from, "axis");
  put(sheet, Math.max(left + from.length + 1, Math.floor((left + sheet.width - label.length) / 2)), 7, label, "axis");
  put(sheet, sheet.width - to.length, 7, to, "axis");
  return printGrid(sheet, false).split("\n");
}

/** Least to most; where there is no value, a dot. */
const SHADES = [" ", "\u2591", "\u2592", "\u2593", "\u2588"] as const;

/** Rows upwards along the second parameter, columns along the first, of many some. */
function mapLines(
  x: SweepAxis,
  y: SweepAxis,
  points: readonly SweepPoint[],
  measure: number,
  width: number,
  screen: number,
): string[] {
  const at = new Map(points.map((p) => [p.at.join(" "), p.means[measure] ?? null]));
  const [least, most] = extent([...at.values()].map((v) => v ?? NaN));
  const some = (places: readonly number[], count: number): number[] =>
    places.length <= count
      ? [...places]
      : Array.from({ length: count }, (_, k) => places[Math.round((k * (places.length - 1)) / (count - 1))] ?? 0);
  const rows = some(ascendingPlaces(y), Math.max(4, Math.min(14, screen - AROUND - 3))).reverse();
  const labels = rows.map((place) => cut(valueText(y.values[place] ?? null, 3), 10));
  const left = Math.max(...labels.map((label) => label.length), 4) + 2;
  const columns = some(ascendingPlaces(x), Math.max(2, Math.floor((Math.min(width, 78) - left - 3) / 2)));
  const shade = (value: number | null): string =>
    value === null ? "\u00B7" : (SHADES[Math.min(4, Math.floor(((value - least) / (most - least || 1)) * 5))] ?? " ");
  const lines = rows.map(
    (place, k) =>
      `${(labels[k] ?? "").padStart(left)} \u2502${columns.map((column) => shade(at.get(`${column} ${place}`) ?? null).repeat(2)).join("")}\u2502`,
  );
  const [from, to] = [
    valueText(x.values[columns[0] ?? 0] ?? null, 3),
    valueText(x.values[columns.at(-1) ?? 0] ?? null, 3),
  ];
  const name = headed(oneLine(x.name, Math.max(16, width - left - from.length - to.length - 20)), oneLine(x.unit, 10));
  const range = ` upwards; from ${valueText(least, 3)} (blank) to ${valueText(most, 3)} (${SHADES[4]})`;
  return [
    `${" ".repeat(left)}  ${cut(`${headed(oneLine(y.name, Math.max(16, width - left - 16 - range.length)), oneLine(y.unit, 10))}${range}`, width - left - 2)}`,
    ...lines,
    cut(`${" ".repeat(left)}  ${from}  ${name}  ${to}`, width),
  ];
}

function extent(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([a, b], v) => (Number.isFinite(v) ? [Math.min(a, v), Math.max(b, v)] : [a, b]),
    [Infinity, -Infinity],
  );
}

/** `rate (Hz)`: the name in the source, which is shorter than the title. */
export function heading(view: View, measure: number): string {
  const { key = "", unit = "" } = view.result.measures[measure] ?? {};
  return `${oneLine(key, 40)}${unit === "" || unit === "1" ? "" : ` (${oneLine(unit, 12)})`}`;
}
