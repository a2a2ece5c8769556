// `file("stimulus.csv")`: a column of times and one or more of values, each with its unit in the header; of a file with several sweeps, one of them.
import { listed } from "../base/lists.ts";
import { nearNames } from "../base/nearNames.ts";
import { sourceText, type Span } from "../base/source.ts";
import { badFile } from "../diagnostics/experiment.ts";
import { wrongArguments } from "../diagnostics/model.ts";
import { DIMENSIONLESS, equal, TIME, type Dimension } from "../quantities/dimension.ts";
import { phrase } from "../quantities/phrase.ts";
import { canonicalUnit, type Unit } from "../quantities/unit.ts";
import { columnCount, eachRow, headerCells, numberIn, quoted, readHeader, splitUnit } from "../recording/columns.ts";
import type { ResolvedArgument } from "../2-resolve/resolved.ts";
import type { EachColumn, Sweeps } from "./checked.ts";
import type { Context, EachNeuron, Library, StimulusSweep, StimulusTable } from "./context.ts";
import { readColumns } from "./columns.ts";
import { nameIn, NUMBERED } from "./eachNeuron.ts";
import { defaults, evaluateNumber } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { placeArguments } from "./arguments.ts";
import type { CallExpr } from "./arguments.ts";
import { sized, unknown } from "./sized.ts";
import type { Sized } from "./sized.ts";

const HEADER = "the first line names the columns with their units: `t (ms),I_e (pA)`";
const USAGE = 'file("stimulus.csv"), file("cell.csv", column: "I_e", sweep: 3), file("x.npy", every: 0.1 ms)';

const KNOWN: ReadonlySet<string> = new Set(["t", "time", "sweep"]);

export function measureFile(expr: CallExpr, context: Context): Sized {
  const placed = placeArguments(expr.arguments, ["path", "column", "sweep", "every"]);
  const given = typeof placed === "string" ? placed : wanted(placed, context);
  if (typeof given === "string") {
    context.say(wrongArguments(expr.nameSpan, { name: "file", problem: given, usage: USAGE }));
    return unknown(expr.span);
  }
  const { path } = given;
  const complain = (problem: string, help: string | null = null): Sized => {
    context.say(badFile(path.span, { path: path.written, problem, help }));
    return unknown(expr.span);
  };
  const { host, tables } = context.library;
  const target = host.resolve(expr.span.source.path, path.written);
  if ("problem" in target) return complain(target.problem);
  const table =
    given.every === null
      ? (tables.get(target.path) ?? read(target.path, context.library))
      : evenTable(path.written, given.every, expr.span, context.library);
  if ("problem" in table) return complain(table.problem, table.help);
  const found = choose(table, given, context);
  if ("problem" in found) return complain(found.problem, found.help);
  return sized(
    expr.span,
    found.unit.dimension,
    {
      kind: "stimulus",
      stimulus: {
        shape: "samples",
        path: target.path,
        times: found.times,
        values: found.values,
        sweeps: found.sweeps,
        each: found.each,
      },
    },
    1,
    found.unit,
  );
}

interface Wanted {
  readonly path: { readonly written: string; readonly span: ResolvedArgument["span"] };
  readonly column: string | null;
  readonly sweep: number | null;
  /** ms between the rows of a file without times. */
  readonly every: number | null;
}

/** Or words for what is wrong. */
function wanted(placed: ReadonlyMap<string, ResolvedArgument>, context: Context): Wanted | string {
  const [path, column, sweep] = ["path", "column", "sweep"].map((name) => placed.get(name));
  if (path?.value.kind !== "string") return "takes the path of a file in quotes";
  const named = column === undefined ? null : nameIn(column.value);
  if (named === undefined) return "takes the name of a column in quotes";
  const number = sweep?.value;
  if (number !== undefined && !(number.kind === "number" && number.unit === null && /^\d{1,9}$/.test(number.text)))
    return "takes the number of a sweep, as the file counts them";
  const every = placed.get("every");
  const interval =
    every === undefined
      ? null
      : expectDimension(
          context.library.measure(every.value, context),
          { what: "`every` of `file`", dimension: TIME },
          context,
        );
  const between = interval === null ? null : evaluateNumber(interval.expr, defaults());
  if (interval !== null && interval.sort !== "unknown" && (between === null || between <= 0))
    return "takes a time above 0 that is known beforehand, `every: 0.1 ms`";
  return {
    path: { written: path.value.value, span: path.span },
    every: between,
    column: named,
    sweep: number?.kind === "number" ? Number(number.text) : null,
  };
}

/** Rows without times: the first at 0, then one every so many ms. */
function evenTable(written: string, every: number, from: Span, library: Library): StimulusTable {
  const read = readColumns(written, from, KNOWN, library);
  if ("problem" in read) return read;
  const { columns, rows } = read;
  const values: number[][] = columns.map(() => []);
  for (const { line, cells } of rows)
    for (const [at, { unit }] of columns.entries()) {
      const value = numberIn(cells[at] ?? "", unit);
      if (!Number.isFinite(value))
        return { problem: `line ${line}: \`${quoted(cells[at] ?? "")}\` is not a number`, help: null };
      values[at]?.push(value);
    }
  if (columns.some(({ unit }) => unit !== null && equal(unit.dimension, TIME)))
    return { problem: "it has a column of times", help: "leave out `every`" };
  return {
    columns: columns.map(({ name, unit }) => ({ name, unit: unit ?? canonicalUnit(DIMENSIONLESS) })),
    sweeps: new Map([[null, { times: rows.map((_, k) => k * every), values }]]),
  };
}

type Failed = { readonly problem: string; readonly help: string | null };

type Chosen = Samples & { readonly unit: Unit; readonly sweeps: Sweeps | null; readonly each: EachColumn | null };
type Table = Exclude<StimulusTable, Failed>;

/** The columns of the neurons where there is one for each, else the one column; and the one sweep that is meant. */
function choose(table: Table, wanted: Wanted, context: Pick<Context, "wanted" | "each">): Chosen | Failed {
  const { each } = context;
  const places = each === null ? null : columnsOfNeurons(table.columns, wanted.column, each);
  if (places === null || each === null) return chooseOne(table, wanted, context.wanted);
  return "problem" in places ? places : chooseEach(table, places, wanted, each);
}

function chooseOne(
  { columns, sweeps }: Table,
  { column, sweep }: Wanted,
  dimension: Dimension | null,
): Chosen | Failed {
  const names = columns.map((c) => c.name);
  if (column === null && columns.length > 1) {
    const fitting = columns.find((c) => dimension !== null && equal(c.unit.dimension, dimension));
    return {
      problem: `it has ${columns.length} columns of values, ${listed(names.map(quoted))}`,
      help: `say which: \`column: "${fitting?.name ?? names[0] ?? ""}"\``,
    };
  }
  const at = column === null ? 0 : names.indexOf(column);
  const own = columns[at];
  if (own === undefined) {
    const [near] = nearNames(column ?? "", names);
    return {
      problem: `it has no column \`${quoted(column ?? "")}\``,
      help: near === undefined ? `it has ${listed(names.map(quoted))}` : `did you mean \`${near}\`?`,
    };
  }
  const chosen = sweepMeant(sweeps, sweep);
  if ("problem" in chosen) return chosen;
  const samples = samplesOf(chosen, at);
  if (samples.times.length === 0) return { problem: "there are no values below the header", help: null };
  const bySweep = [...sweeps].flatMap(([number, s]) => (number === null ? [] : [[number, samplesOf(s, at)] as const]));
  return { ...samples, unit: own.unit, sweeps: bySweep.length === 0 ? null : new Map(bySweep), each: null };
}

/** `places[k]`: of the column of neuron `first + k`. */
function chooseEach(
  { columns, sweeps }: Table,
  places: readonly number[],
  { sweep }: Wanted,
  { first, size }: EachNeuron,
): Chosen | Failed {
  const [unit, ...units] = places.flatMap((at) => columns[at]?.unit ?? []);
  if (unit === undefined || units.some((u) => !equal(u.dimension, unit.dimension)))
    return { problem: "the columns of the neurons are not of one kind", help: null };
  const chosen = sweepMeant(sweeps, sweep);
  if ("problem" in chosen) return chosen;
  const held = places.map((at) => heldOn(chosen.values[at] ?? []));
  return {
    times: chosen.times,
    values: held[0] ?? [],
    unit,
    sweeps: null,
    each: { first, size, columns: held },
  };
}

/**
 * Where there are columns `I_e[0]`, `I_e[1]`, … or `E[0].I_e`, `E[1].I_e`, …: those of the neurons that are meant, in their order. Null where there are none; a column of the very name goes before.
 */
function columnsOfNeurons(
  columns: Table["columns"],
  column: string | null,
  { name, population, first, last }: EachNeuron,
): readonly number[] | Failed | null {
  const base = column ?? name;
  if (columns.length < 2 || columns.some((c) => c.name === base)) return null;
  const places: number[] = [];
  for (const [at, c] of columns.entries()) {
    const number = neuronIn(c.name, base, population);
    if (number === null) continue;
    if (number < first || (last !== null && number > last))
      return { problem: `the column \`${quoted(c.name)}\` is of no neuron that is set`, help: numbersOf(first, last) };
    if (places[number - first] !== undefined)
      return { problem: `two columns are those of neuron ${number}`, help: null };
    places[number - first] = at;
  }
  const count = last === null ? places.length : last - first + 1;
  if (places.length === 0 && column === null && columns.every((c) => NUMBERED.test(c.name)))
    return columns.length === count || last === null
      ? columns.map((_, at) => at)
      : {
          problem: `it has ${columns.length} columns, and ${count} neurons are set`,
          help: "one for each neuron, or one for all",
        };
  if (places.length === 0) return null;
  for (let k = 0; k < count; k++)
    if (places[k] === undefined)
      return {
        problem: `it has no column of \`${quoted(base)}\` for neuron ${first + k}`,
        help: numbersOf(first, last),
      };
  return places;
}

/** 3 of `I_e[3]` and of `E[3].I_e`; null where that is not what it is called. */
function neuronIn(written: string, base: string, population: string): number | null {
  const between = (before: string, after: string): string | null =>
    written.startsWith(before) && written.endsWith(after) && written.length > before.length + after.length
      ? written.slice(before.length, written.length - after.length)
      : null;
  const number = between(`${base}[`, "]") ?? between(`${population}[`, `].${base}`);
  return number !== null && /^\d{1,9}$/.test(number) ? Number(number) : null;
}

function numbersOf(first: number, last: number | null): string | null {
  return last === null ? null : `the neurons that are set have the numbers ${first} to ${last}`;
}

function sweepMeant(sweeps: Table["sweeps"], sweep: number | null): StimulusSweep | Failed {
  const numbers = [...sweeps.keys()].flatMap((n) => n ?? []);
  const extent = `${numbers[0] ?? 0} to ${numbers.at(-1) ?? 0}`;
  if (sweep === null && sweeps.size > 1)
    return { problem: `it has ${sweeps.size} sweeps, ${extent}`, help: `say which: \`sweep: ${numbers[0] ?? 0}\`` };
  return (
    (sweep === null ? [...sweeps.values()][0] : sweeps.get(sweep)) ?? {
      problem: numbers.length === 0 ? "it does not count sweeps" : `it has no sweep ${sweep ?? 0}`,
      help: numbers.length === 0 ? "leave out `sweep`: a file with several has a column `sweep`" : `it has ${extent}`,
    }
  );
}

/** Where a cell is empty the value before holds on; 0 before the first. */
function heldOn(values: readonly number[]): readonly number[] {
  let held = 0;
  return values.map((v) => (held = Number.isNaN(v) ? held : v));
}

/** Of a column. Empty cells are no times: the value before holds on. */
function samplesOf({ times, values }: StimulusSweep, column: number): Samples {
  const own = values[column] ?? [];
  if (!own.some((v) => Number.isNaN(v))) return { times, values: own };
  const there = own.flatMap((v, k) => (Number.isNaN(v) ? [] : [k]));
  return { times: there.map((k) => times[k] ?? NaN), values: there.map((k) => own[k] ?? NaN) };
}

interface Samples {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** Once a file: every variant of a comparison reads it. */
function read(path: string, { host, tables }: Library): StimulusTable {
  const content = host.read(path);
  const table = "problem" in content ? { problem: content.problem, help: null } : readTable(content.text);
  tables.set(path, table);
  return table;
}

/** Contents are not quoted in messages beyond the cell that is wrong, cut short: the file may not be what it was taken for. */
function readTable(text: string): StimulusTable {
  const wrong = (problem: string, help: string | null = null): Failed => ({ problem, help });
  const source = sourceText("", text);
  const header = headerCells(source);
  if (header.length > 0 && header.every((cell) => NUMBERED.test(cell)))
    return wrong("its rows have no times", "say what lies between them: `every: 0.1 ms`");
  if (header.length < 2)
    return wrong(`line 1 must be a header of a time and a value; it has ${columnCount(header.length)}`, HEADER);
  const cells = header.map((cell) => ({ cell, column: readHeader(cell, KNOWN) }));
  const columns: { readonly name: string; readonly unit: Unit | null }[] = [];
  for (const { cell, column } of cells) {
    if ("unknown" in column && column.unknown !== "")
      return wrong(
        `the unit \`${quoted(column.unknown)}\` in the header is not known`,
        column.near === null ? HEADER : `did you mean \`${column.near}\`?`,
      );
    if ("unknown" in column) return wrong(`the column \`${quoted(cell)}\` has no unit`, HEADER);
    const { name, unit } = column.unit === null ? splitUnit(column.name) : column;
    if (unit === null && name !== "sweep") return wrong(`the column \`${quoted(cell)}\` has no unit`, HEADER);
    if (columns.some((c) => c.name === name)) return wrong(`two columns are called \`${quoted(name)}\``);
    columns.push({ name, unit });
  }
  const isTime = ({ unit }: (typeof columns)[number]): boolean => unit !== null && equal(unit.dimension, TIME);
  const named = columns.findIndex((c) => (c.name === "t" || c.name.toLowerCase() === "time") && isTime(c));
  const timeAt = named >= 0 ? named : columns.findIndex(isTime);
  const time = columns[timeAt];
  if (time?.unit == null) {
    const [first] = columns;
    return wrong(
      `no column is a time${first?.unit == null ? "" : `, the first is ${phrase(first.unit.dimension, first.unit)}`}`,
      HEADER,
    );
  }
  const sweepAt = columns.findIndex((c) => c.name === "sweep" && c.unit === null);
  const places = columns.flatMap(({ name, unit }, at) => (at === timeAt || unit === null ? [] : [{ at, name, unit }]));
  if (places.length === 0) return wrong("no column has values", HEADER);
  const sweeps = new Map<number | null, StimulusSweep>();
  let mistake: Failed | null = null;
  eachRow(source, (row, line) => {
    const cell = (at: number): string => row[at] ?? "";
    const number = sweepAt < 0 ? null : /^\d{1,9}$/.test(cell(sweepAt)) ? Number(cell(sweepAt)) : NaN;
    const sweep = sweeps.get(number) ?? { times: [], values: places.map(() => []) };
    sweeps.set(number, sweep);
    const t = numberIn(cell(timeAt), time.unit);
    const values = places.map(({ at, unit }) => numberIn(cell(at), unit));
    const noNumber = values.findIndex(
      (v, k) => !Number.isFinite(v) && (places.length === 1 || cell(places[k]?.at ?? 0) !== ""),
    );
    const bad = !Number.isFinite(t)
      ? timeAt
      : Number.isNaN(number)
        ? sweepAt
        : noNumber < 0
          ? -1
          : (places[noNumber]?.at ?? 0);
    if (row.length !== columns.length)
      mistake = wrong(
        `line ${line} has ${columnCount(row.length)} instead of ${COUNTS[columns.length] ?? columns.length}`,
      );
    else if (bad >= 0)
      mistake = wrong(
        `line ${line}: \`${quoted(cell(bad))}\` is not ${bad === sweepAt ? "the number of a sweep" : "a number"}`,
      );
    else if (sweep.times.length > 0 && t <= (sweep.times.at(-1) ?? 0))
      mistake = wrong(`line ${line}: times must ascend`);
    sweep.times.push(t);
    values.forEach((v, k) => sweep.values[k]?.push(v));
    return mistake === null;
  });
  if (mistake !== null) return mistake;
  return sweeps.size === 0
    ? wrong("there are no values below the header")
    : { columns: places.map(({ name, unit }) => ({ name, unit })), sweeps };
}

const COUNTS: Readonly<Record<number, string>> = { 2: "two", 3: "three" };
