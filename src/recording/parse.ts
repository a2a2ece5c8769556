// Recordings as CSV: text becomes traces or spikes in canonical units, or diagnostics that say where it cannot.
import { cover, span } from "../base/source.ts";
import type { SourceText, Span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import {
  columnTwice,
  emptyRecording,
  noColumnUnit,
  notACount,
  notANumber,
  noTimeColumn,
  raggedRow,
  sweepsApart,
  timesNotAscending,
  twoOfAKind,
  unknownColumnUnit,
} from "../diagnostics/recording.ts";
import { present } from "../base/invariant.ts";
import { equal, TIME } from "../quantities/dimension.ts";
import type { Unit } from "../quantities/unit.ts";
import { cellSpan, eachRow, headerCells, numberIn, quoted, readHeader, splitUnit } from "./columns.ts";
import type { RecordedSpikes, RecordedTrace, Recording } from "./recording.ts";

/** A recording, or all that is wrong with its text. */
export interface ReadRecording {
  /** Null where there are errors. */
  readonly recording: Recording | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads `t (ms),V (mV)` (traces, with a column `sweep` those of several sweeps), `t (ms)` (spikes of one neuron, or with columns `neuron`, `population`, `repeat` and `sweep` of several), and what a run writes.
 * All that is wrong with the header is told, then the first line that is wrong.
 */
export function readRecording(source: SourceText): ReadRecording {
  const header = readColumns(source);
  if ("diagnostics" in header) return { recording: null, diagnostics: header.diagnostics };
  const read = header.quantities.length > 0 ? readTraces(source, header) : readSpikes(source, header);
  return "code" in read
    ? { recording: null, diagnostics: [read] }
    : { recording: { path: source.path, ...read }, diagnostics: [] };
}

/** A recording of one file, or of one with its traces and one with its spikes, in any order. */
export function readRecordings(sources: readonly SourceText[]): ReadRecording {
  const read = sources.map(readRecording);
  const diagnostics = read.flatMap((r) => r.diagnostics);
  const [first, second] = read.map((r) => r.recording);
  if (first == null || second === undefined) return { recording: first ?? null, diagnostics };
  if (second === null) return { recording: null, diagnostics };
  if (first.traces.length > 0 === second.traces.length > 0) {
    const [before, at] = sources.map((source) => cellSpan(source, 1, 0)) as [Span, Span];
    return {
      recording: null,
      diagnostics: [
        ...diagnostics,
        twoOfAKind(at, { kind: first.traces.length > 0 ? "traces" : "spikes", first: before }),
      ],
    };
  }
  const [traces, spikes] = first.traces.length > 0 ? [first, second] : [second, first];
  if (traces.sweeps.length > 0 !== spikes.sweeps.length > 0 && spikes.spikes.length > 0) {
    const [counts, not] = traces.sweeps.length > 0 ? [traces, spikes] : [spikes, traces];
    const at = cellSpan(
      present(
        sources.find((s) => s.path === not.path),
        "the file that was read",
      ),
      1,
      0,
    );
    return { recording: null, diagnostics: [...diagnostics, sweepsApart(at, { counts: counts.path, not: not.path })] };
  }
  return {
    recording: {
      path: `${traces.path}, ${spikes.path}`,
      traces: traces.traces,
      spikes: spikes.spikes,
      sweeps: traces.sweeps,
      listed: true,
      from: traces.from,
      until: traces.until,
    },
    diagnostics,
  };
}

interface Header {
  /** The header line. */
  readonly whole: Span;
  readonly columns: number;
  readonly time: Quantity;
  readonly quantities: readonly Quantity[];
  /** Positions of the columns that say whose spikes these are; -1 where there is none. */
  readonly population: number;
  readonly neuron: number;
  readonly repeat: number;
  readonly sweep: number;
}

interface Quantity {
  readonly at: number;
  readonly name: string;
  readonly unit: Unit;
  readonly header: Span;
}

const LABELS = ["population", "neuron", "repeat", "sweep"];
const KNOWN: ReadonlySet<string> = new Set(["t", "time", ...LABELS]);

function readColumns(source: SourceText): Header | { readonly diagnostics: readonly Diagnostic[] } {
  const cells = headerCells(source);
  const whole = cover(cellSpan(source, 1, 0), cellSpan(source, 1, cells.length - 1));
  if (cells.every((cell) => cell === ""))
    return { diagnostics: [emptyRecording(span(source, 0, 0), { what: "header" })] };
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<string, number>();
  const quantities: Quantity[] = [];
  for (const [at, cell] of cells.entries()) {
    const here = cellSpan(source, 1, at);
    const column = readHeader(cell, KNOWN);
    if ("unknown" in column) {
      diagnostics.push(unknownColumnUnit(here, { unit: quoted(column.unknown), near: column.near }));
      continue;
    }
    const { name, unit } = column.unit === null && !KNOWN.has(column.name) ? splitUnit(column.name) : column;
    const first = seen.get(name);
    if (first !== undefined)
      diagnostics.push(columnTwice(here, { column: quoted(name), first: cellSpan(source, 1, first) }));
    else if (!LABELS.includes(name) && unit === null)
      diagnostics.push(noColumnUnit(here, { column: quoted(cell), isTime: KNOWN.has(name) }));
    seen.set(name, at);
    if (unit !== null) quantities.push({ at, name, unit, header: here });
  }
  const isTime = ({ unit }: Quantity): boolean => equal(unit.dimension, TIME);
  const time =
    quantities.find((q) => (q.name === "t" || q.name.toLowerCase() === "time") && isTime(q)) ?? quantities.find(isTime);
  if (time === undefined && diagnostics.length === 0) diagnostics.push(noTimeColumn(whole, { delimiter: null }));
  if (time === undefined || diagnostics.length > 0) return { diagnostics: otherDelimiter(cells, whole) ?? diagnostics };
  const place = (name: string): number => seen.get(name) ?? -1;
  return {
    whole,
    columns: cells.length,
    time,
    quantities: quantities.filter((q) => q !== time),
    population: place("population"),
    neuron: place("neuron"),
    repeat: place("repeat"),
    sweep: place("sweep"),
  };
}

/** A header of one cell with semicolons or tabs in it is a table of another kind: that, and nothing else, is to be said. */
function otherDelimiter(cells: readonly string[], whole: Span): readonly Diagnostic[] | null {
  const [only = ""] = cells;
  const delimiter = cells.length > 1 ? null : only.includes(";") ? "semicolons" : only.includes("\t") ? "tabs" : null;
  return delimiter === null ? null : [noTimeColumn(whole, { delimiter })];
}

type Contents = Omit<Recording, "path">;

function readTraces(source: SourceText, { whole, columns, time, quantities, sweep }: Header): Contents | Diagnostic {
  const most = source.lineStarts.length;
  const newSeries = (size: number): Series[] =>
    quantities.map((quantity) => ({ quantity, t: new Float64Array(size), y: new Float64Array(size), length: 0 }));
  const sweeps = new Map<number | null, { readonly series: Series[]; until: number; latest: string }>();
  let wrong: Diagnostic | null = null;
  let [from, until] = [Infinity, -Infinity];
  eachRow(source, (cells, line) => {
    wrong =
      ragged(source, line, cells, columns, whole) ??
      notFinite(source, line, cells, time, false) ??
      notCounted(source, line, cells, sweep, "sweep");
    if (wrong !== null) return false;
    const written = cells[time.at] ?? "";
    const t = numberIn(written, time.unit);
    const number = numberOrNull(cells[sweep]);
    let own = sweeps.get(number);
    if (own === undefined) {
      // Of many sweeps each has about as many samples as the first.
      const [first] = sweeps.values();
      own = { series: newSeries(sweep < 0 ? most : (first?.series[0]?.length ?? 1024)), until: -Infinity, latest: "" };
      sweeps.set(number, own);
    }
    if (t <= own.until) {
      wrong = timesNotAscending(cellSpan(source, line, time.at), { time: quoted(written), before: quoted(own.latest) });
      return false;
    }
    from = Math.min(from, t);
    until = Math.max(until, t);
    [own.until, own.latest] = [t, written];
    for (const series of own.series) {
      const cell = cells[series.quantity.at] ?? "";
      if (cell === "") continue;
      const y = numberIn(cell, series.quantity.unit);
      if (!Number.isFinite(y)) {
        wrong = notFinite(source, line, cells, series.quantity, true);
        return false;
      }
      if (series.length === series.t.length) [series.t, series.y] = [twice(series.t), twice(series.y)];
      series.t[series.length] = t;
      series.y[series.length++] = y;
    }
    return true;
  });
  if (wrong !== null) return wrong;
  if (until === -Infinity) return emptyRecording(whole, { what: "rows" });
  const traces = [...sweeps].flatMap(([number, { series }]) =>
    series.map(({ quantity, t, y, length }): RecordedTrace => ({
      ...ownerOf(quantity.name),
      sweep: number,
      unit: quantity.unit,
      t: t.slice(0, length),
      y: y.slice(0, length),
      header: quantity.header,
    })),
  );
  return { traces, spikes: [], sweeps: numbersOf(sweeps.keys()), listed: false, from, until };
}

interface Series {
  readonly quantity: Quantity;
  t: Float64Array;
  y: Float64Array;
  length: number;
}

function twice(values: Float64Array): Float64Array {
  const longer = new Float64Array(2 * values.length);
  longer.set(values);
  return longer;
}

/** In the order of the file. */
function numbersOf(sweeps: Iterable<number | null>): readonly number[] {
  return [...new Set(sweeps)].flatMap((n) => n ?? []);
}

/** `E[3].V`, as a run names it. */
function ownerOf(written: string): Pick<RecordedTrace, "name" | "population" | "neuron"> {
  const match = /^([^[\].]+)\[(\d{1,15})\]\.(.+)$/su.exec(written);
  return match === null
    ? { name: written, population: null, neuron: null }
    : { name: match[3] ?? "", population: match[1] ?? "", neuron: Number(match[2]) };
}

function readSpikes(
  source: SourceText,
  { whole, columns, time, population, neuron, repeat, sweep }: Header,
): Contents | Diagnostic {
  const trains = new Map<string, { readonly owner: Omit<RecordedSpikes, "times">; readonly times: number[] }>();
  let wrong: Diagnostic | null = null;
  let [from, until] = [Infinity, -Infinity];
  eachRow(source, (cells, line) => {
    wrong =
      ragged(source, line, cells, columns, whole) ??
      notFinite(source, line, cells, time, false) ??
      notCounted(source, line, cells, neuron, "neuron") ??
      notCounted(source, line, cells, repeat, "repeat") ??
      notCounted(source, line, cells, sweep, "sweep");
    if (wrong !== null) return false;
    const t = numberIn(cells[time.at] ?? "", time.unit);
    const owner = {
      population: cells[population] ?? null,
      neuron: numberOrNull(cells[neuron]),
      repeat: numberOrNull(cells[repeat]),
      sweep: numberOrNull(cells[sweep]),
    };
    const key = JSON.stringify([owner.population, owner.neuron, owner.repeat, owner.sweep]);
    const train = trains.get(key) ?? { owner, times: [] };
    trains.set(key, train);
    train.times.push(t);
    from = Math.min(from, t);
    until = Math.max(until, t);
    return true;
  });
  if (wrong !== null) return wrong;
  // A header alone is a run without spikes.
  if (until === -Infinity) return { traces: [], spikes: [], sweeps: [], listed: true, from: 0, until: 0 };
  const spikes = [...trains.values()].map(({ owner, times }): RecordedSpikes => ({
    ...owner,
    times: Float64Array.from(times).sort(),
  }));
  const sweeps = numbersOf(spikes.map((s) => s.sweep)).toSorted((a, b) => a - b);
  return { traces: [], spikes: spikes.sort(byOwner), sweeps, listed: true, from, until };
}

function ragged(
  source: SourceText,
  line: number,
  cells: readonly string[],
  columns: number,
  header: Span,
): Diagnostic | null {
  if (cells.length === columns) return null;
  return raggedRow(cover(cellSpan(source, line, 0), cellSpan(source, line, cells.length - 1)), {
    cells: cells.length,
    columns,
    header,
  });
}

function notFinite(
  source: SourceText,
  line: number,
  cells: readonly string[],
  { at, name, unit }: Quantity,
  mayBeEmpty: boolean,
): Diagnostic | null {
  const cell = cells[at] ?? "";
  return Number.isFinite(numberIn(cell, unit))
    ? null
    : notANumber(cellSpan(source, line, at), { cell: quoted(cell), column: quoted(name), mayBeEmpty });
}

function notCounted(
  source: SourceText,
  line: number,
  cells: readonly string[],
  at: number,
  column: string,
): Diagnostic | null {
  const cell = cells[at];
  return cell === undefined || (/^\d+$/.test(cell) && Number.isSafeInteger(Number(cell)))
    ? null
    : notACount(cellSpan(source, line, at), { cell: quoted(cell), column });
}

function numberOrNull(cell: string | undefined): number | null {
  return cell === undefined ? null : Number(cell);
}

function byOwner(a: RecordedSpikes, b: RecordedSpikes): number {
  const [p, q] = [a.population ?? "", b.population ?? ""];
  return p < q
    ? -1
    : p > q
      ? 1
      : (a.neuron ?? 0) - (b.neuron ?? 0) || (a.repeat ?? 0) - (b.repeat ?? 0) || (a.sweep ?? 0) - (b.sweep ?? 0);
}
