// How the variants' models differ from the baseline's: the one place where a comparison asks for it.
import type { StructuralSummary } from "./comparison.ts";
import type { PreparedComparison } from "./prepare.ts";
import { differenceOfExperiments, summaryOf } from "./structure/index.ts";

/** One for each variant but the baseline, by the first experiment that both run under; none where there is no such experiment. */
export function structureOf({ comparison: { variants }, cases, baseline }: PreparedComparison): readonly StructuralSummary[] {
  return variants.flatMap((variant, v): StructuralSummary[] => {
    if (v === baseline) return [];
    const own = cases.find((c) => c.variant === v && cases.some((b) => b.variant === baseline && b.experiment === c.experiment));
    const base = cases.find((c) => c.variant === baseline && c.experiment === own?.experiment);
    if (own === undefined || base === undefined) return [];
    return [summaryOf(v, { a: variants[baseline]?.label ?? "", b: variant.label }, differenceOfExperiments(base.case.experiment, own.case.experiment))];
  });
}
