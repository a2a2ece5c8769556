// How the variants' models differ from the baseline's: the one place where a comparison asks for it.
import type { StructuralSummary } from "./comparison.ts";
import type { PreparedComparison } from "./prepare.ts";

/** One for each variant but the baseline, by the first experiment that both run under. */
export function structureOf(_: PreparedComparison): readonly StructuralSummary[] {
  return [];
}
