// Populations that send spikes without being neurons: Poisson-distributed, at given times, or from a file.
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { badTable, badTimes, negativeRate, oneSource } from "../diagnostics/network.ts";
import { DIMENSIONLESS, equal, TIME } from "../quantities/dimension.ts";
import { phrase } from "../quantities/phrase.ts";
import type { ResolvedExpr, ResolvedPopulation } from "../2-resolve/resolved.ts";
import type { CheckedExpr, CheckedSetting, CheckedSource } from "./checked.ts";
import { numberIn, quoted, readColumns } from "./columns.ts";
import type { Columns, Problem } from "./columns.ts";
import type { Context } from "./context.ts";
import { defaults, evaluateNumber } from "./evaluate.ts";
import type { Values } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { wholePeriod } from "./periodic.ts";
import { measureValue } from "./values.ts";

export interface SourceOfSpikes {
  readonly source: CheckedSource;
  /** As many neurons as its times need. */
  readonly size: number;
}

/** Null for neurons. `size` is the given one, null where there is none. */
export function checkSource(
  population: ResolvedPopulation,
  size: CheckedExpr | null,
  settings: readonly CheckedSetting[],
  values: Values,
  context: Context,
  precise: boolean,
): SourceOfSpikes | null {
  const { source } = population;
  if (source === null) return null;
  if (source.kind === "poisson") {
    for (const { value } of settings) {
      const rate = value.kind === "expression" ? evaluateNumber(value.expression, values) : null;
      if (rate !== null && rate < 0 && value.kind === "expression")
        context.say(negativeRate(value.expression.origin, { value: textOf(value.expression.origin) }));
    }
    return { source: { kind: "poisson" }, size: 1 };
  }
  if (source.kind === "train") {
    saySeveral(population, size, values, context);
    return { source: trainOf(source, values, context, precise), size: 1 };
  }
  const { times: given } = source;
  if (given.kind === "missing") return { source: { kind: "times", times: [], train: null }, size: 1 };
  if (given.kind === "call" && given.callee.kind === "stimulus" && given.callee.name === "file")
    return fileOf(
      given.arguments.map((a) => a.value),
      given.span,
      population,
      size,
      values,
      context,
    );
  if (given.kind !== "array") {
    context.say(badTimes(given.span, { problem: "`spikes` takes a list of times or a file" }));
    return { source: { kind: "times", times: [], train: null }, size: 1 };
  }
  saySeveral(population, size, values, context);
  // Measured like the values of a quantity with as many elements.
  const measured = measureValue(
    given,
    { name: "spikes", indices: [{ name: "spike", from: 1, to: given.elements.length }], origin: given.span },
    context,
  ).all;
  const times = measured.map(
    (t) => expectDimension(t, { what: "the time of a spike", dimension: TIME, example: "10 ms" }, context).expr,
  );
  for (const time of times) {
    const value = evaluateNumber(time, values);
    if (value !== null && value < 0)
      context.say(
        badTimes(time.origin, { problem: `a spike cannot be at ${textOf(time.origin)}, before the run begins` }),
      );
  }
  return { source: { kind: "times", times, train: null }, size: 1 };
}

/** Times in the text are those of one source. */
function saySeveral({ name }: ResolvedPopulation, size: CheckedExpr | null, values: Values, context: Context): void {
  const wanted = size === null ? 1 : evaluateNumber(size, values);
  if (size !== null && wanted !== null && wanted !== 1 && Number.isInteger(wanted) && wanted >= 0)
    context.say(oneSource(size.origin, { name, size: textOf(size.origin) }));
}

/** More spikes than this stand in a file. */
const MOST_IN_TRAIN = 10_000;

/** from + k*every, k = 0 … count - 1: each from its number, so that nothing drifts. */
function trainOf(
  { every, from, count }: Extract<NonNullable<ResolvedPopulation["source"]>, { kind: "train" }>,
  values: Values,
  context: Context,
  precise: boolean,
): Extract<CheckedSource, { kind: "times" }> {
  const time = (expr: ResolvedExpr, what: string): CheckedExpr =>
    expectDimension(context.library.measure(expr, context), { what, dimension: TIME, example: "10 ms" }, context).expr;
  const period = time(every, "`every` of `spikes`");
  const start = from === null ? null : time(from, "`from` of `spikes`");
  const given = expectDimension(
    context.library.measure(count, context),
    { what: "`count` of `spikes`", dimension: DIMENSIONLESS },
    context,
  );
  const number = evaluateNumber(given.expr, NOTHING_SET);
  const nothing = { kind: "times", times: [], train: null } as const;
  if (given.sort === "unknown") return nothing;
  if (number === null || !Number.isInteger(number) || number < 1 || number > MOST_IN_TRAIN) {
    const problem = `\`count\` is a whole number from 1 to ${MOST_IN_TRAIN} that is known beforehand, not ${textOf(count.span)}`;
    context.say(badTimes(count.span, { problem }));
    return nothing;
  }
  for (const [expr, least] of [
    [period, 0],
    [start, -Number.MIN_VALUE],
  ] as const) {
    const value = expr === null ? null : evaluateNumber(expr, values);
    if (expr !== null && value !== null && value <= least)
      context.say(
        badTimes(expr.origin, {
          problem: `${textOf(expr.origin)} is no time ${expr === period ? "between spikes" : "at which spikes begin"}`,
        }),
      );
  }
  // On the grid steps are counted; located spikes are sent at their very times.
  const between = precise ? period : wholePeriod(period);
  const made = (k: number): CheckedExpr => {
    const pure = { kind: "number", value: k, origin: period.origin, dimension: DIMENSIONLESS } as const;
    const own = { origin: period.origin, dimension: TIME } as const;
    const since: CheckedExpr = { ...own, kind: "arithmetic", operator: "*", left: pure, right: between };
    return start === null ? since : { ...own, kind: "arithmetic", operator: "+", left: start, right: since };
  };
  return {
    kind: "times",
    times: Array.from({ length: number }, (_, k) => made(k)),
    train: { every: period, from: start },
  };
}

/** Parameters may be set otherwise. */
const NOTHING_SET = defaults(new Map(), new Set(["const"]));

const HEADER = "the first line names the columns: `t_ms,neuron`, or `time (s),neuron`";
const TIMES: ReadonlySet<string> = new Set(["t", "time", "neuron", "population"]);

function fileOf(
  args: readonly { readonly kind: string; readonly span: Span }[],
  at: Span,
  population: ResolvedPopulation,
  size: CheckedExpr | null,
  values: Values,
  context: Context,
): SourceOfSpikes {
  const nothing = { source: { kind: "times" as const, times: [], train: null }, size: 1 };
  const [only] = args as readonly { readonly kind: string; readonly span: Span; readonly value?: string }[];
  if (only?.kind !== "string" || only.value === undefined || args.length !== 1) {
    context.say(badTimes(at, { problem: "`file` takes the path of a file in quotes" }));
    return nothing;
  }
  const path = only.value;
  const wrong = ({ problem, help }: Problem): SourceOfSpikes => {
    context.say(badTable(only.span, { path, problem, help }));
    return nothing;
  };
  const table = readColumns(path, at, TIMES, context.library);
  if ("problem" in table) return wrong(table);
  const read = readSpikes(table);
  if ("problem" in read) return wrong(read);
  const count = size === null ? null : evaluateNumber(size, values);
  const beyond = count === null ? undefined : read.spikes.find((s) => s.neuron >= count);
  if (beyond !== undefined) {
    const problem = `line ${beyond.line}: there is no neuron ${beyond.neuron}: \`${population.name}\` has ${String(count)}, numbered from 0`;
    return wrong({ problem, help: "leave out the size: it is taken from the file" });
  }
  // By time, then by neuron: in a file they may stand in any order.
  const sorted = [...read.spikes].sort((a, b) => a.time - b.time || a.neuron - b.neuron);
  const greatest = sorted.reduce((most, s) => Math.max(most, s.neuron), -1);
  return {
    source: {
      kind: "file",
      path: table.path,
      times: sorted.map((s) => s.time),
      neurons: sorted.map((s) => s.neuron),
      origin: at,
    },
    size: greatest + 1,
  };
}

function readSpikes({
  columns,
  rows,
}: Columns):
  { readonly spikes: readonly { readonly time: number; readonly neuron: number; readonly line: number }[] } | Problem {
  const timeAt = columns.findIndex((c) => c.name === "t" || c.name.toLowerCase() === "time");
  const neuronAt = columns.findIndex((c) => c.name === "neuron");
  const populationAt = columns.findIndex((c) => c.name === "population");
  const time = columns[timeAt];
  if (time === undefined || neuronAt < 0)
    return { problem: `line 1 names no ${time === undefined ? "time" : "column `neuron`"}`, help: HEADER };
  if (time.unit === null) return { problem: `the column \`${quoted(time.written)}\` has no unit`, help: HEADER };
  if (!equal(time.unit.dimension, TIME))
    return {
      problem: `\`${quoted(time.written)}\` must be a time, this is ${phrase(time.unit.dimension, time.unit)}`,
      help: HEADER,
    };
  const other = columns.find((_, k) => k !== timeAt && k !== neuronAt && k !== populationAt);
  if (other !== undefined)
    return { problem: `the column \`${quoted(other.written)}\` is neither a time nor \`neuron\``, help: HEADER };
  const spikes: { readonly time: number; readonly neuron: number; readonly line: number }[] = [];
  for (const { line, cells } of rows) {
    const [t, neuron] = [numberIn(cells[timeAt] ?? "", time.unit), numberIn(cells[neuronAt] ?? "", null)];
    if (!Number.isFinite(t))
      return { problem: `line ${line}: \`${quoted(cells[timeAt] ?? "")}\` is not a number`, help: null };
    if (t < 0) return { problem: `line ${line}: a spike cannot be before the run begins`, help: null };
    if (!Number.isInteger(neuron) || neuron < 0)
      return {
        problem: `line ${line}: \`${quoted(cells[neuronAt] ?? "")}\` is not the number of a neuron`,
        help: "neurons are numbered from 0",
      };
    if (populationAt >= 0 && cells[populationAt] !== rows[0]?.cells[populationAt]) {
      return {
        problem: `line ${line}: the spikes are of several populations`,
        help: "write those of each population into a file of its own",
      };
    }
    spikes.push({ time: t, neuron, line });
  }
  return { spikes };
}
