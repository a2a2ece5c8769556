// The script as it grows: names of its objects, arrays that lie beside it, the functions that it needs, and sections of lines.
import type { DistributionName } from "../../runtime/distributions.ts";
import type { NpzArray } from "../npz.ts";
import { namesUnder, type Names } from "../names.ts";
import type { Teller } from "../target.ts";
import type { ExportModel } from "../exported.ts";
import { BETWEEN, HELPERS, LOGNORMAL } from "./functions.ts";
import type { Helper } from "./expressions.ts";
import { RULES } from "./words.ts";
import { numberText } from "./units.ts";

export interface Script {
  readonly model: ExportModel;
  readonly tell: Teller;
  /** Names at the top of the script: no variable of an equation is called so. */
  readonly objects: Names;
  /** The arrays of the file beside it; gives the expression that reads one. */
  keep(array: NpzArray): string;
  readonly arrays: readonly NpzArray[];
  /** The script uses a function that Brian2 lacks. */
  needs(helper: Helper): void;
  /** The script uses functions for a draw. */
  needsDraw(distribution: DistributionName, isBounded: boolean): void;
  /** Functions that the script declares, each once. */
  readonly functions: ReadonlySet<string>;
}

/** `variables`: names that equations use, which objects do not bear. */
export function newScript(model: ExportModel, tell: Teller, variables: ReadonlySet<string>): Script {
  const arrays: NpzArray[] = [];
  const functions = new Set<string>();
  return {
    model,
    tell,
    objects: namesUnder(RULES, (name) => variables.has(name)),
    keep(array) {
      arrays.push(array);
      return `data["${array.name}"]`;
    },
    arrays,
    functions,
    needs(helper) {
      functions.add(HELPERS[helper]);
    },
    needsDraw(distribution, isBounded) {
      if (distribution === "lognormal") functions.add(LOGNORMAL);
      if (isBounded) functions.add(BETWEEN);
    },
  };
}

/** A time in steps, as a script says it. */
export function timeText(steps: number, dt: number): string {
  const ms = Number((steps * dt).toPrecision(12));
  return ms >= 1000 && Number.isInteger(ms / 100) ? `${numberText(ms / 1000)}*second` : `${numberText(ms)}*ms`;
}

/** A list of numbers in a line or a few, equal neighbours counted. */
export function listText(values: ArrayLike<number>): string {
  const runs: { value: number; count: number }[] = [];
  for (let k = 0; k < values.length; k++) {
    const last = runs.at(-1);
    if (last !== undefined && last.value === values[k]) last.count++;
    else runs.push({ value: values[k] ?? 0, count: 1 });
  }
  const list = (of: readonly number[]): string => `[${of.map(numberText).join(", ")}]`;
  return values.length > 12 && runs.length <= values.length / 2
    ? `repeat(${list(runs.map((r) => r.value))}, ${list(runs.map((r) => r.count))})`
    : list(Array.from(values));
}

/** Of how many runs of equal values it is. */
export function runsIn(values: ArrayLike<number>): number {
  let runs = values.length > 0 ? 1 : 0;
  for (let k = 1; k < values.length; k++) if (values[k] !== values[k - 1]) runs++;
  return runs;
}

/** Comment behind a line, of a docstring's first line. */
export function remark(doc: string): string {
  const line = doc.split("\n")[0]?.trim() ?? "";
  return line === "" ? "" : `  # ${line}`;
}

/** A text inside of """ in Python. */
export function inDocstring(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"""', "'''");
}

/** A text in quotes. */
export function quoted(text: string): string {
  return `"${text}"`;
}

/** Statements as an argument: one in quotes, several as a block. */
export function blockText(lines: readonly string[]): string {
  return lines.length === 1
    ? quoted(lines[0] ?? "")
    : `"""\n${lines.map((line) => `        ${line}`).join("\n")}\n        """`;
}
