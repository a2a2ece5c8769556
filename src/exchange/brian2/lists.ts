// Values of single neurons that a model lists, or takes from a file, as arrays beside the script.
import { textOf } from "../../base/source.ts";
import { symbolOf } from "../../4-plan/symbols.ts";
import { symbolsOf } from "../../algebra/traverse.ts";
import type { Expr } from "../../algebra/expression.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import type { ExportPopulation } from "../exported.ts";
import type { ListedExpr } from "./expressions.ts";
import type { Script } from "./script.ts";
import { unitOf } from "./units.ts";

/** The array with its unit. `name`: the variable that takes it. */
export function listedText(e: ListedExpr, { checked, plan }: ExportPopulation, name: string, script: Script): string {
  if (e.values.length !== plan.size)
    script.tell.refuse(e.origin, {
      what: `\`${textOf(e.origin)}\`, ${e.values.length} values for the ${plan.size} neurons of \`${checked.name}\``,
      because: "each neuron has to have one",
      help: ["give it as many values as neurons, or leave the size as it is"],
    });
  const { text } = unitOf(e.dimension, canonicalUnit(e.dimension));
  const array = { name: `${checked.name}.${name}`, shape: [e.values.length], values: Float64Array.from(e.values) };
  return `${script.keep({ kind: "float64", ...array })}${text}`;
}

export function readsList(e: Expr): boolean {
  return [...symbolsOf(e)].some((s) => symbolOf(s).kind === "listed");
}
