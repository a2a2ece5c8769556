// A value of its own for each neuron: a list, `V_th = [-50, -48] mV`, or a column of a file, `V_th = file("cells.csv")`.
import { listed } from "../base/lists.ts";
import { nearNames } from "../base/nearNames.ts";
import type { Span } from "../base/source.ts";
import { badFile } from "../diagnostics/experiment.ts";
import { oneEach } from "../diagnostics/indices.ts";
import { wrongArguments } from "../diagnostics/model.ts";
import { DIMENSIONLESS, equal, TIME } from "../quantities/dimension.ts";
import { placeArguments, type CallExpr } from "./arguments.ts";
import type { CheckedExpr } from "./checked.ts";
import { numberIn, quoted, readColumns, type Column, type Columns, type Problem } from "./columns.ts";
import type { Context, EachNeuron } from "./context.ts";
import { evaluateNumber, defaults } from "./evaluate.ts";
import { sized, unknown, type Sized, type Sort } from "./sized.ts";

const USAGE = 'file("cells.csv"), file("cells.csv", column: "V_th")';
const HEADER = "the first line names the columns with their units: `V_th (mV),C (pF)`";

/** A list with one value for each neuron that is meant. `values` agree in their dimension, which is `sort`. */
export function listOfNeurons(
  values: readonly Sized[],
  sort: Sort,
  at: Span,
  each: EachNeuron,
  context: Context,
): Sized {
  const count = each.last === null ? null : each.last - each.first + 1;
  if (count !== null && values.length !== count) {
    context.say(oneEach(at, { name: each.name, population: each.population, wanted: count, given: values.length }));
    return unknown(at);
  }
  const numbers = values.map((v) => evaluateNumber(v.expr, NOTHING_SET));
  const [unit] = values.flatMap((v) => v.unit ?? []);
  const size = values.reduce((sum, v) => sum + v.size, 1);
  if (numbers.every((n) => n !== null)) return placed(numbers, sort, at, null, each, unit);
  const all = chosen(
    values.map((v) => v.expr),
    each.first,
    0,
    values.length,
    at,
  );
  return sized(at, sort, all, 2 * size, unit);
}

/** Parameters may be set otherwise: what is made of them is no number yet. */
const NOTHING_SET = defaults(new Map(), new Set(["const"]));

/** The value of neuron `first + k`, by halves. */
function chosen(values: readonly CheckedExpr[], first: number, from: number, to: number, origin: Span): CheckedExpr {
  const middle = (from + to) >> 1;
  const [only] = values.slice(from, to);
  if (only === undefined || to - from < 2)
    return only ?? { kind: "number", value: NaN, origin, dimension: DIMENSIONLESS };
  const pure = { origin, dimension: DIMENSIONLESS };
  return {
    origin,
    dimension: only.dimension,
    kind: "conditional",
    condition: {
      ...pure,
      kind: "comparison",
      operator: "<",
      left: { ...pure, kind: "neuron" },
      right: { ...pure, kind: "number", value: first + middle },
    },
    then: chosen(values, first, from, middle, origin),
    otherwise: chosen(values, first, middle, to, origin),
  };
}

/** Numbers of the neurons that are meant; the others of the population do not read theirs. */
function placed(
  values: readonly number[],
  sort: Sort,
  at: Span,
  path: string | null,
  { first, size }: EachNeuron,
  unit: Sized["unit"],
): Sized {
  const others = (count: number): number[] => Array.from({ length: Math.max(0, count) }, () => 0);
  const all = [...others(first), ...values, ...others((size ?? 0) - first - values.length)];
  return sized(at, sort, { kind: "listed", values: all, path }, 1, unit);
}

/** `file("cells.csv")` where each neuron may have a value of its own; null where it is a table over time, for an input. */
export function measureColumn(expr: CallExpr, each: EachNeuron, context: Context): Sized | null {
  const mayBeTimed = context.place.stimuli;
  const arguments_ = placeArguments(expr.arguments, ["path", "column"]);
  const path = typeof arguments_ === "string" ? undefined : arguments_.get("path");
  if (typeof arguments_ === "string" || path?.value.kind !== "string") {
    if (mayBeTimed) return null;
    const problem = typeof arguments_ === "string" ? arguments_ : "takes the path of a file in quotes";
    context.say(wrongArguments(expr.nameSpan, { name: "file", problem, usage: USAGE }));
    return unknown(expr.span);
  }
  const written = path.value.value;
  const table = columnsOf(written, expr.span, context);
  if (mayBeTimed && ("problem" in table || isTimed(table))) return null;
  const complain = ({ problem, help }: Problem): Sized => {
    context.say(badFile(path.span, { path: written, problem, help }));
    return unknown(expr.span);
  };
  if ("problem" in table) return complain(table);
  const column = arguments_.get("column");
  const named = column === undefined ? null : nameIn(column.value);
  if (named === undefined) {
    context.say(
      wrongArguments(column?.span ?? expr.nameSpan, {
        name: "file",
        problem: "takes the name of a column in quotes",
        usage: USAGE,
      }),
    );
    return unknown(expr.span);
  }
  const found = columnMeant(table, named, each);
  if ("problem" in found) return complain(found);
  const values = valuesIn(table, found, each);
  if (!Array.isArray(values)) return complain(values);
  const { unit } = found;
  return placed(values, unit?.dimension ?? DIMENSIONLESS, expr.span, table.path, each, unit ?? undefined);
}

/** The name of a column, or its number where columns have no names; undefined where it is neither. */
export function nameIn(value: CallExpr["arguments"][number]["value"]): string | undefined {
  if (value.kind === "string") return value.value;
  return value.kind === "number" && value.unit === null && /^\d+$/.test(value.text) ? value.text : undefined;
}

function columnsOf(written: string, from: Span, { library, model }: Context): Columns | Problem {
  const key = `${from.source.path}\0${written}\0${model.name}`;
  const known = library.columns.get(key);
  if (known !== undefined) return known;
  const names = new Set(["neuron", "t", "time", ...model.quantities.keys()]);
  const read = readColumns(written, from, names, library);
  library.columns.set(key, read);
  return read;
}

/** Values over time: the column of times is called so, or is the first; of columns without names several are neurons over time. A file that numbers its neurons is none. */
function isTimed({ columns }: Columns): boolean {
  if (columns.some((c) => c.name === "neuron")) return false;
  if (columns.length > 1 && columns.every((c) => NUMBERED.test(c.name))) return true;
  const isTime = ({ unit }: Column): boolean => unit !== null && equal(unit.dimension, TIME);
  return columns.some((c, k) => isTime(c) && (k === 0 || c.name === "t" || c.name.toLowerCase() === "time"));
}

/** Columns without names have numbers, in files that are nothing but numbers. */
export const NUMBERED = /^\d+$/;

function columnMeant(
  { columns }: Columns,
  named: string | null,
  { name }: EachNeuron,
): (Column & { at: number }) | Problem {
  const wanted = named ?? name;
  const values = columns.map((c, at) => ({ ...c, at })).filter((c) => c.name !== "neuron");
  const own = values.filter((c) => c.name === wanted);
  const [first, second] = own;
  if (second !== undefined) return { problem: `two columns are called \`${quoted(wanted)}\``, help: null };
  if (first !== undefined) return first;
  const [only] = values;
  if (named === null && only !== undefined && values.length === 1 && NUMBERED.test(only.name)) return only;
  const names = values.map((c) => c.name);
  const [near] = nearNames(wanted, names);
  return {
    problem: `it has no column \`${quoted(wanted)}\``,
    help:
      values.length === 0
        ? HEADER
        : near !== undefined && named !== null
          ? `did you mean \`${quoted(near)}\`?`
          : `it has ${listed(names.map(quoted))}: say which, \`column: "${quoted(near ?? names[0] ?? "")}"\``,
  };
}

/** In the order of the neurons: that of the rows, or as a column \`neuron\` counts them. */
function valuesIn({ columns, rows }: Columns, column: Column & { at: number }, each: EachNeuron): number[] | Problem {
  const { first, last, population } = each;
  const neuronAt = columns.findIndex((c) => c.name === "neuron");
  const values: number[] = [];
  for (const [k, { line, cells }] of rows.entries()) {
    const cell = cells[column.at] ?? "";
    if (cell === "")
      return { problem: `line ${line}: there is no value in the column \`${quoted(column.name)}\``, help: null };
    const value = numberIn(cell, column.unit);
    if (!Number.isFinite(value)) return { problem: `line ${line}: \`${quoted(cell)}\` is not a number`, help: null };
    const number = cells[neuronAt] ?? "";
    const place = neuronAt < 0 ? k : /^\d{1,9}$/.test(number) ? Number(number) - first : NaN;
    if (Number.isNaN(place))
      return { problem: `line ${line}: \`${quoted(number)}\` is not the number of a neuron`, help: null };
    if (place < 0 || (last !== null && place > last - first && neuronAt >= 0))
      return { problem: `line ${line}: neuron ${number} is not among those that are set`, help: numbersOf(each) };
    if (values[place] !== undefined)
      return { problem: `line ${line}: neuron ${number} stands there twice`, help: null };
    values[place] = value;
  }
  const wanted = last === null ? values.length : last - first + 1;
  const whose =
    first === 0 && (each.size === null || last === each.size - 1)
      ? `\`${population}\``
      : `\`${population}[${first}..${last ?? ""}]\``;
  if (values.length !== wanted && neuronAt < 0)
    return {
      problem: `it has ${values.length} row${values.length === 1 ? "" : "s"} of values, and ${whose} ${wanted} neuron${wanted === 1 ? "" : "s"}`,
      help: columns.every((c) => NUMBERED.test(c.name))
        ? "one row for each neuron; of rows over time say what lies between them: `every: 0.1 ms`"
        : "one row for each neuron",
    };
  for (let k = 0; k < wanted; k++)
    if (values[k] === undefined) return { problem: `it has no row for neuron ${first + k}`, help: numbersOf(each) };
  return values;
}

function numbersOf({ population, first, last }: EachNeuron): string | null {
  return last === null ? null : `the neurons of \`${population}\` that are set have the numbers ${first} to ${last}`;
}
