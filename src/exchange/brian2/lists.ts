// Values of single neurons that a model lists, or takes from a file, as arrays beside the script.
import { symbolOf } from "../../4-plan/symbols.ts";
import { symbolsOf } from "../../algebra/traverse.ts";
import type { Expr } from "../../algebra/expression.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import type { ExportPopulation } from "../exported.ts";
import type { ListedExpr } from "./expressions.ts";
import type { Script } from "./script.ts";
import { unitOf } from "./units.ts";

/** The array with its unit. `name`: the variable that takes it. */
export function listedText(e: ListedExpr, { checked }: ExportPopulation, name: string, script: Script): string {
  const { text } = unitOf(e.dimension, canonicalUnit(e.dimension));
  const array = { name: `${checked.name}.${name}`, shape: [e.values.length], values: Float64Array.from(e.values) };
  return `${script.keep({ kind: "float64", ...array })}${text}`;
}

export function readsList(e: Expr): boolean {
  return [...symbolsOf(e)].some((s) => symbolOf(s).kind === "listed");
}
