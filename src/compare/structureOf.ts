// How the variants' models differ from the baseline's: the one place where a comparison asks for it.
import type { StructuralSummary } from "./comparison.ts";
import type { PreparedComparison } from "./prepare.ts";
import { differenceOfExperiments, summaryOf } from "./structure/index.ts";

/** One for each variant but the baseline, as they stand in the first experiment that both run under. */
export function structureOf({ cases, comparison, baseline }: Pick<PreparedComparison, "cases" | "comparison" | "baseline">): readonly StructuralSummary[] {
  const own = cases.filter((c) => c.variant === baseline);
  return comparison.variants.flatMap((variant, k): StructuralSummary[] => {
    if (k === baseline) return [];
    const [pair] = own.flatMap((a) => cases.filter((b) => b.variant === k && b.experiment === a.experiment).map((b) => [a, b] as const));
    if (pair === undefined) return [];
    const [a, b] = pair;
    return [summaryOf(k, { a: comparison.variants[baseline]?.label ?? "", b: variant.label }, differenceOfExperiments(a.case.experiment, b.case.experiment))];
  });
}
