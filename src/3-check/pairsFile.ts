// `file("pairs.csv")`: which source connects to which target, one pair a line, with values of weights, parameters, initial states and delays where there are columns for them.
import { nearNames } from "../base/nearNames.ts";
import { badTable } from "../diagnostics/network.ts";
import { equal, isDimensionless, TIME } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { phrase } from "../quantities/phrase.ts";
import type { ResolvedRule } from "../2-resolve/resolved.ts";
import type { CheckedRule } from "./checked.ts";
import { numberIn, quoted, readColumns } from "./columns.ts";
import type { Column, Columns, Problem } from "./columns.ts";
import type { Extent, RuleBase } from "./ruleBase.ts";

type Pairs = Pick<Extract<CheckedRule, { kind: "file" }>, "path" | "sources" | "targets" | "columns">;

const HEADER = "the first line names the columns: `source,target`, then for example `w (nS),delay (ms)`";
const NOTHING: Pairs = { path: "", sources: [], targets: [], columns: new Map() };

export function readPairs(rule: ResolvedRule, base: RuleBase): Pairs {
  const argument = rule.arguments.get("path");
  if (argument?.kind !== "string") return NOTHING;
  const { context, pair } = base;
  const wrong = ({ problem, help }: Problem): Pairs => {
    context.say(badTable(argument.span, { path: argument.value, problem, help }));
    return NOTHING;
  };
  const table = readColumns(
    argument.value,
    rule.span,
    new Set(["source", "target", "delay", ...pair.table.quantities.keys()]),
    context.library,
  );
  if ("problem" in table) return wrong(table);
  const problem = wrongHeader(table, base);
  if (problem !== null) return wrong(problem);
  const read = readRows(table, rule, base);
  return "problem" in read ? wrong(read) : read;
}

function wrongHeader({ columns }: Columns, { pair }: RuleBase): Problem | null {
  for (const end of ["source", "target"])
    if (!columns.some((c) => c.name === end && c.unit === null))
      return { problem: `line 1 names no column \`${end}\``, help: HEADER };
  const seen = new Set<string>();
  for (const column of columns) {
    const { name } = column;
    if (seen.has(name)) return { problem: `the column \`${quoted(name)}\` stands there twice`, help: null };
    seen.add(name);
    if (name === "source" || name === "target") continue;
    if (name === "delay") {
      const problem = wrongUnit(column, TIME);
      if (problem !== null) return problem;
      continue;
    }
    const known = pair.table.quantities.get(name);
    if (known === undefined) {
      const near = nearNames(name, ["delay", ...pair.table.quantities.keys()]);
      return {
        problem: `\`${pair.synapse.name}\` has no \`${quoted(name)}\``,
        help: near[0] === undefined ? HEADER : `did you mean \`${near[0]}\`?`,
      };
    }
    const { role, indices, dimension } = known.quantity;
    if (role === "let" || role === "const" || role === "input")
      return { problem: `\`${name}\` cannot be set: only weights, parameters and initial states can`, help: null };
    if (indices.length > 0)
      return { problem: `\`${name}\` has several values for each connection: a column gives one`, help: null };
    const problem = typeof known.sort === "string" ? null : wrongUnit(column, dimension);
    if (problem !== null) return problem;
  }
  return null;
}

function wrongUnit({ name, unit, written }: Column, wanted: Dimension): Problem | null {
  if (unit === null)
    return isDimensionless(wanted)
      ? null
      : { problem: `the column \`${quoted(written)}\` has no unit: \`${name}\` is ${phrase(wanted)}`, help: HEADER };
  return equal(unit.dimension, wanted)
    ? null
    : {
        problem: `the column \`${quoted(written)}\` is ${phrase(unit.dimension, unit)}, \`${name}\` is ${phrase(wanted)}`,
        help: null,
      };
}

function readRows(
  { path, columns, rows }: Columns,
  { self, multiple }: ResolvedRule,
  { source, target }: RuleBase,
): Pairs | Problem {
  const values = new Map<string, number[]>(columns.map((c) => [c.name, []]));
  const seen = new Map<string, number>();
  for (const { line, cells } of rows) {
    for (const [k, { name, unit }] of columns.entries()) {
      const cell = cells[k] ?? "";
      const value = numberIn(cell, unit);
      if (!Number.isFinite(value)) return { problem: `line ${line}: \`${quoted(cell)}\` is not a number`, help: null };
      if (name === "delay" && value < 0) return { problem: `line ${line}: the delay is negative`, help: null };
      if (name === "source" || name === "target") {
        const problem = wrongNumber(value, cell, line, name === "source" ? source : target);
        if (problem !== null) return problem;
      }
      values.get(name)?.push(value);
    }
    const [i, j] = [values.get("source")?.at(-1), values.get("target")?.at(-1)];
    if (!self && i === j && source.population === target.population) {
      return {
        problem: `line ${line}: neuron ${String(i)} of \`${source.population}\` connects to itself`,
        help: "write `allow self` after the rule if that is meant",
      };
    }
    const first = seen.get(`${String(i)} ${String(j)}`);
    if (!multiple && first !== undefined) {
      return {
        problem: `line ${line}: ${String(i)} to ${String(j)} stands in line ${first} already`,
        help: "write `allow multiple` after the rule if that is meant",
      };
    }
    seen.set(`${String(i)} ${String(j)}`, line);
  }
  const given = [...values].filter(([name]) => name !== "source" && name !== "target");
  return { path, sources: values.get("source") ?? [], targets: values.get("target") ?? [], columns: new Map(given) };
}

function wrongNumber(value: number, cell: string, line: number, { words, range }: Extent): Problem | null {
  if (!Number.isInteger(value) || value < 0)
    return {
      problem: `line ${line}: \`${quoted(cell)}\` is not the number of a neuron`,
      help: "neurons are numbered from 0",
    };
  if (range === null || (value >= range.from && value <= range.to)) return null;
  return {
    problem: `line ${line}: there is no neuron ${value} in \`${words}\``,
    help: range.to < range.from ? "it has no neurons" : `its neurons are numbered from ${range.from} to ${range.to}`,
  };
}
