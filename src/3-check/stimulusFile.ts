// `file("stimulus.csv")`: a column of times and one or more of values, each with its unit in the header; of a file with several sweeps, one of them.
import { listed } from "../base/lists.ts";
import { nearNames } from "../base/nearNames.ts";
import { sourceText } from "../base/source.ts";
import { badFile } from "../diagnostics/experiment.ts";
import { wrongArguments } from "../diagnostics/model.ts";
import { equal, TIME, type Dimension } from "../quantities/dimension.ts";
import { phrase } from "../quantities/phrase.ts";
import type { Unit } from "../quantities/unit.ts";
import { columnCount, eachRow, headerCells, numberIn, quoted, readHeader, splitUnit } from "../recording/columns.ts";
import type { ResolvedArgument } from "../2-resolve/resolved.ts";
import type { Sweeps } from "./checked.ts";
import type { Context, Library, StimulusSweep, StimulusTable } from "./context.ts";
import { placeArguments } from "./arguments.ts";
import type { CallExpr } from "./arguments.ts";
import { sized, unknown } from "./sized.ts";
import type { Sized } from "./sized.ts";

const HEADER = "the first line names the columns with their units: `t (ms),I_e (pA)`";
const USAGE = 'file("stimulus.csv"), file("cell.csv", column: "I_e", sweep: 3)';

const KNOWN: ReadonlySet<string> = new Set(["t", "time", "sweep"]);

export function measureFile(expr: CallExpr, context: Context): Sized {
  const placed = placeArguments(expr.arguments, ["path", "column", "sweep"]);
  const given = typeof placed === "string" ? placed : wanted(placed);
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
  const table = tables.get(target.path) ?? read(target.path, context.library);
  if ("problem" in table) return complain(table.problem, table.help);
  const found = choose(table, given, context.wanted);
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
}

/** Or words for what is wrong. */
function wanted(placed: ReadonlyMap<string, ResolvedArgument>): Wanted | string {
  const [path, column, sweep] = ["path", "column", "sweep"].map((name) => placed.get(name));
  if (path?.value.kind !== "string") return "takes the path of a file in quotes";
  if (column !== undefined && column.value.kind !== "string") return "takes the name of a column in quotes";
  const number = sweep?.value;
  if (number !== undefined && !(number.kind === "number" && number.unit === null && /^\d{1,9}$/.test(number.text)))
    return "takes the number of a sweep, as the file counts them";
  return {
    path: { written: path.value.value, span: path.span },
    column: column?.value.kind === "string" ? column.value.value : null,
    sweep: number?.kind === "number" ? Number(number.text) : null,
  };
}

type Failed = { readonly problem: string; readonly help: string | null };

/** The one column and the one sweep that are meant. */
function choose(
  { columns, sweeps }: Exclude<StimulusTable, Failed>,
  { column, sweep }: Wanted,
  dimension: Dimension | null,
): (Samples & { readonly unit: Unit; readonly sweeps: Sweeps | null }) | Failed {
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
  const numbers = [...sweeps.keys()].flatMap((n) => n ?? []);
  const extent = `${numbers[0] ?? 0} to ${numbers.at(-1) ?? 0}`;
  if (sweep === null && sweeps.size > 1)
    return { problem: `it has ${sweeps.size} sweeps, ${extent}`, help: `say which: \`sweep: ${numbers[0] ?? 0}\`` };
  const chosen = sweep === null ? [...sweeps.values()][0] : sweeps.get(sweep);
  if (chosen === undefined)
    return {
      problem: numbers.length === 0 ? "it does not count sweeps" : `it has no sweep ${sweep ?? 0}`,
      help: numbers.length === 0 ? "leave out `sweep`: a file with several has a column `sweep`" : `it has ${extent}`,
    };
  const samples = samplesOf(chosen, at);
  if (samples.times.length === 0) return { problem: "there are no values below the header", help: null };
  const bySweep = [...sweeps].flatMap(([number, s]) => (number === null ? [] : [[number, samplesOf(s, at)] as const]));
  return { ...samples, unit: own.unit, sweeps: bySweep.length === 0 ? null : new Map(bySweep) };
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
