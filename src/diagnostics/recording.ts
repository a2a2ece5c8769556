// Recordings that a model is held against: CSV files that cannot be read as traces or spikes.
import { textOf, type Span } from "../base/source.ts";
import { defineDiagnostic } from "./diagnostic.ts";

/** What every kind explains at its end. */
const FORMATS =
  "Traces: a column of times and a column for each quantity, each named with its unit, `t (ms),V (mV),I_e (pA)`; times ascend, and a cell is empty where there is no sample; of several sweeps a column `sweep` counts them, and the times of each begin anew. Spikes: a column of times, and where there are several neurons, repeats or sweeps `neuron`, `population`, `repeat` and `sweep`. The `traces.csv` and `spikes.csv` that a run writes are both.";

const EXAMPLE = "the first line names the columns with their units: `t (ms),V (mV)` for traces, `t (ms)` for spikes";

export const emptyRecording = defineDiagnostic<{ readonly what: "header" | "rows" }>(
  "recording/empty",
  "error",
  `A recording has a header and, of traces, at least one line of numbers below it; a list of spikes may be empty: a silent run. ${FORMATS}`,
  ({ what }) => ({
    message: what === "header" ? "the recording is empty" : "there are no numbers below the header",
    help: what === "header" ? [EXAMPLE] : [],
  }),
);

export const noTimeColumn = defineDiagnostic<{ readonly delimiter: string | null }>(
  "recording/no-time-column",
  "error",
  `One column is the time, named \`t\` or \`time\` or, where no column is called so, the first that has a unit of time. ${FORMATS}`,
  ({ delimiter }) => ({
    message: "no column of the recording is a time",
    help: [delimiter === null ? EXAMPLE : `columns are separated by commas, not by ${delimiter}`],
  }),
);

export const noColumnUnit = defineDiagnostic<{ readonly column: string; readonly isTime: boolean }>(
  "recording/no-unit",
  "error",
  `A number in a file means nothing without its unit, so each column says it in the header; \`(1)\` is that of a pure number. ${FORMATS}`,
  ({ column, isTime }) => ({
    message: `the column \`${column}\` has no unit`,
    help: [column === "" ? EXAMPLE : `write it into the header: \`${column} (${isTime ? "ms" : "mV"})\`, for example`],
  }),
);

export const unknownColumnUnit = defineDiagnostic<{ readonly unit: string; readonly near: string | null }>(
  "recording/unknown-unit",
  "error",
  `Units in headers are written as in models: \`mV\`, \`pA\`, \`nS/cm^2\`, \`1/s\`. ${FORMATS}`,
  ({ unit, near }) => ({
    message: `the unit \`${unit}\` is not known`,
    help: near === null ? [] : [`did you mean \`${near}\`?`],
  }),
);

export const columnTwice = defineDiagnostic<{ readonly column: string; readonly first: Span }>(
  "recording/column-twice",
  "error",
  `Columns are found by their names. ${FORMATS}`,
  ({ column, first }) => ({
    message: `two columns are called \`${column}\``,
    secondary: [{ span: first, text: "the first" }],
  }),
);

export const raggedRow = defineDiagnostic<{ readonly cells: number; readonly columns: number; readonly header: Span }>(
  "recording/ragged-row",
  "error",
  `Every line has as many cells as the header has columns. A decimal comma makes two cells of a number: write a point. ${FORMATS}`,
  ({ cells, columns, header }) => ({
    message: `this line has ${cells} cell${cells === 1 ? "" : "s"}, the header ${columns} column${columns === 1 ? "" : "s"}`,
    secondary: [{ span: header, text: "the header" }],
    help: cells === 2 * columns ? ["numbers are written with a decimal point, not a comma"] : [],
  }),
);

export const notANumber = defineDiagnostic<{
  readonly cell: string;
  readonly column: string;
  readonly mayBeEmpty: boolean;
}>(
  "recording/not-a-number",
  "error",
  `Cells hold finite decimal numbers, \`-65.2\` or \`1.5e-3\`. NaN and infinite values are none: nothing that is computed from them would mean anything. ${FORMATS}`,
  ({ cell, column, mayBeEmpty }) => ({
    message: cell === "" ? `\`${column}\` has no value here` : `\`${cell}\` is not a finite number`,
    help: mayBeEmpty && cell !== "" ? ["leave the cell empty where there is no sample"] : [],
  }),
);

export const timesNotAscending = defineDiagnostic<{ readonly time: string; readonly before: string }>(
  "recording/times-not-ascending",
  "error",
  `The samples of a trace are in the order of time, no two at the same. (Spikes may stand in any order.) ${FORMATS}`,
  ({ time, before }) => ({
    message: `times must ascend: ${time} comes after ${before}`,
    help: ["sort the lines by time, and leave out repeated ones"],
  }),
);

export const twoOfAKind = defineDiagnostic<{ readonly kind: "traces" | "spikes"; readonly first: Span }>(
  "recording/two-of-a-kind",
  "error",
  `Of two files of one recording one has the traces, the other the spikes: \`recording("traces.csv", "spikes.csv")\`. ${FORMATS}`,
  ({ kind, first }) => ({
    message: `both files of the recording have ${kind}`,
    secondary: [{ span: first, text: `${kind} here, too` }],
    help: [
      kind === "spikes"
        ? "put them into one file, with columns `neuron` and `repeat` where there are several"
        : "put them into one file, with a column for each quantity",
    ],
  }),
);

export const notACount = defineDiagnostic<{ readonly cell: string; readonly column: string }>(
  "recording/not-a-count",
  "error",
  `Neurons and repeats are numbered from 0. ${FORMATS}`,
  ({ cell, column }) => ({
    message: `\`${cell}\` is not the number of a ${column}`,
    help: [`${column}s are numbered from 0`],
  }),
);

export const noSuchColumn = defineDiagnostic<{
  readonly name: string;
  readonly path: string;
  readonly has: readonly Span[];
}>(
  "recording/no-such-column",
  "error",
  `What is held against a recording must have been recorded: a column of the same name, \`V (mV)\`, or \`POP[i].V (mV)\` for one neuron of a population. ${FORMATS}`,
  ({ name, path, has }) => ({
    message: `the recording ${path} has no \`${name}\``,
    help: [
      has.length === 0
        ? "it has spikes alone"
        : `it has ${has
            .slice(0, MOST_COLUMNS)
            .map((column) => `\`${textOf(column)}\``)
            .join(", ")}${has.length > MOST_COLUMNS ? ", …" : ""}`,
      ...(has.length === 0
        ? []
        : [`where it is called otherwise there, say so: \`recording("cell.csv", ${name}: "V")\``]),
    ],
  }),
);

const MOST_COLUMNS = 8;

export const otherQuantity = defineDiagnostic<{
  readonly name: string;
  readonly found: string;
  readonly wanted: string;
  readonly header: Span;
}>(
  "recording/other-quantity",
  "error",
  `A recorded column and the variable of its name must be the same kind of quantity; their units may differ. ${FORMATS}`,
  ({ name, found, wanted, header }) => ({
    message: `\`${name}\` is ${found} in the recording and ${wanted} in the model`,
    secondary: [{ span: header, text: "recorded here" }],
    help: ["correct the unit in the header, or name the column that is meant"],
  }),
);

export const whichSweep = defineDiagnostic<{
  readonly path: string;
  /** Null where none is named. */
  readonly sweep: number | null;
  readonly has: readonly number[];
}>(
  "recording/which-sweep",
  "error",
  `Sweeps of a recording are runs of different experiments as a rule: a comparison is held against one of them, \`recording("cell.abf", sweep: 3)\`. ${FORMATS}`,
  ({ path, sweep, has }) => ({
    message:
      sweep === null
        ? `the recording ${path} has ${has.length} sweeps`
        : `the recording ${path} ${has.length === 0 ? "does not count sweeps" : `has no sweep ${sweep}`}`,
    help: [
      has.length === 0
        ? "leave out `sweep`"
        : `say which, from ${has.reduce((a, b) => Math.min(a, b))} to ${has.reduce((a, b) => Math.max(a, b))}: \`sweep: ${has[0] ?? 0}\``,
    ],
  }),
);

export const sweepsApart = defineDiagnostic<{ readonly counts: string; readonly not: string }>(
  "recording/sweeps-apart",
  "error",
  `Traces and spikes of two files belong together sweep by sweep, so that both count the sweeps or neither does. ${FORMATS}`,
  ({ counts, not }) => ({
    message: `${counts} counts sweeps and ${not} does not`,
    help: ["give both files a column `sweep`"],
  }),
);
