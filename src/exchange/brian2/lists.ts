// Values of single neurons that a model lists, or takes from a file, as arrays beside the script.
import { textOf } from "../../base/source.ts";
import type { CheckedExpr } from "../../3-check/checked.ts";
import { symbolOf } from "../../4-plan/symbols.ts";
import { symbolsOf } from "../../algebra/traverse.ts";
import type { Expr } from "../../algebra/expression.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import type { ExportPopulation } from "../exported.ts";
import type { ListedExpr } from "./expressions.ts";
import type { Teller } from "../target.ts";
import type { Script } from "./script.ts";
import { unitOf } from "./units.ts";

/** The array with its unit. `name`: the variable that takes it. */
export function listedText(e: ListedExpr, { checked, plan }: ExportPopulation, name: string, script: Script): string {
  refuseOtherCount(e, e.values.length, { plan }, script.tell);
  const { text } = unitOf(e.dimension, canonicalUnit(e.dimension));
  const array = { name: `${checked.name}.${name}`, shape: [e.values.length], values: Float64Array.from(e.values) };
  return `${script.keep({ kind: "float64", ...array })}${text}`;
}

/** Sizes may have been set to others after values were counted. */
export function refuseOtherCount(
  { origin }: Pick<CheckedExpr, "origin">,
  count: number,
  { plan }: Pick<ExportPopulation, "plan">,
  tell: Teller,
): void {
  if (count === plan.size) return;
  tell.refuse(origin, {
    what: `\`${textOf(origin)}\`, values for ${count} neurons, where \`${plan.name}\` has ${plan.size}`,
    because: "each of them needs one",
    help: ["give it as many values as neurons, or leave the size as it is"],
  });
}

export function readsList(e: Expr): boolean {
  return [...symbolsOf(e)].some((s) => symbolOf(s).kind === "listed");
}
