// `file("stimulus.csv")`: two columns, a time and a value, each with its unit in the header.
import { sourceText } from "../base/source.ts";
import { badFile } from "../diagnostics/experiment.ts";
import { wrongArguments } from "../diagnostics/model.ts";
import { equal, TIME } from "../quantities/dimension.ts";
import { phrase } from "../quantities/phrase.ts";
import type { Unit } from "../quantities/unit.ts";
import { columnCount, eachRow, headerCells, numberIn, quoted, readHeader, splitUnit } from "../recording/columns.ts";
import type { Context, Library, StimulusTable } from "./context.ts";
import type { CallExpr } from "./arguments.ts";
import { sized, unknown } from "./sized.ts";
import type { Sized } from "./sized.ts";

const HEADER = "the first line names the columns with their units: `t (ms),I_e (pA)`";

const TIMES: ReadonlySet<string> = new Set(["t", "time"]);

export function measureFile(expr: CallExpr, context: Context): Sized {
  const [only] = expr.arguments;
  if (only === undefined || expr.arguments.length !== 1 || only.label !== null || only.value.kind !== "string") {
    context.say(
      wrongArguments(expr.nameSpan, {
        name: "file",
        problem: "takes the path of a file in quotes",
        usage: 'file("stimulus.csv")',
      }),
    );
    return unknown(expr.span);
  }
  const written = only.value.value;
  const complain = (problem: string, help: string | null = null): Sized => {
    context.say(badFile(only.span, { path: written, problem, help }));
    return unknown(expr.span);
  };
  const { host, tables } = context.library;
  const target = host.resolve(expr.span.source.path, written);
  if ("problem" in target) return complain(target.problem);
  const table = tables.get(target.path) ?? read(target.path, context.library);
  if ("problem" in table) return complain(table.problem, table.help);
  return sized(
    expr.span,
    table.unit.dimension,
    { kind: "stimulus", stimulus: { shape: "samples", path: target.path, times: table.times, values: table.values } },
    1,
    table.unit,
  );
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
  const wrong = (problem: string, help: string | null = null): StimulusTable => ({ problem, help });
  const source = sourceText("", text);
  const header = headerCells(source);
  if (header.length !== 2)
    return wrong(
      `line 1 must be a header of two columns, a time and a value; it has ${columnCount(header.length)}`,
      header.length > 2 ? "write each quantity into a file of its own" : HEADER,
    );
  const units: Unit[] = [];
  for (const cell of header) {
    const column = readHeader(cell, TIMES);
    if ("unknown" in column && column.unknown !== "")
      return wrong(
        `the unit \`${quoted(column.unknown)}\` in the header is not known`,
        column.near === null ? HEADER : `did you mean \`${column.near}\`?`,
      );
    const unit = "unknown" in column ? null : (column.unit ?? splitUnit(column.name).unit);
    if (unit === null) return wrong(`the column \`${quoted(cell)}\` has no unit`, HEADER);
    units.push(unit);
  }
  const [timeUnit, unit] = units;
  if (timeUnit === undefined || unit === undefined) return wrong("line 1 must be a header of two columns", HEADER);
  if (!equal(timeUnit.dimension, TIME))
    return wrong(`the first column must be a time, this is ${phrase(timeUnit.dimension, timeUnit)}`, HEADER);
  const times: number[] = [];
  const values: number[] = [];
  let mistake: StimulusTable | null = null;
  eachRow(source, (row, line) => {
    const [time, value] = [numberIn(row[0] ?? "", timeUnit), numberIn(row[1] ?? "", unit)];
    if (row.length !== 2) mistake = wrong(`line ${line} has ${columnCount(row.length)} instead of two`);
    else if (!Number.isFinite(time) || !Number.isFinite(value))
      mistake = wrong(`line ${line}: \`${quoted(row[Number.isFinite(time) ? 1 : 0] ?? "")}\` is not a number`);
    else if (times.length > 0 && time <= (times.at(-1) ?? 0)) mistake = wrong(`line ${line}: times must ascend`);
    times.push(time);
    values.push(value);
    return mistake === null;
  });
  if (mistake !== null) return mistake;
  return times.length === 0 ? wrong("there are no values below the header") : { times, values, unit };
}
