// How the variants' models differ: the one place where a comparison asks for it.
import { largestOf, smallestOf } from "../base/lists.ts";
import type { CheckedExperiment, CheckedSweep } from "../3-check/checked.ts";
import { setupSymbol } from "../4-plan/symbols.ts";
import type { StructuralSummary } from "./comparison.ts";
import type { PreparedComparison } from "./prepare.ts";
import { differenceOfExperiments, summaryOf, type Swept } from "./structure/index.ts";

/**
 * One for each variant but the baseline, by the first experiment that both run under; none where there is no such experiment. Against the baseline, or where that is
 * a smaller change, against a relative that stands before it: "GLIF4 = GLIF3 + …", "fast threshold = GLIF with b_s 0.02 -> 0.2 /ms".
 */
export function structureOf({
  comparison: { variants, sweeps },
  cases,
  baseline,
}: PreparedComparison): readonly StructuralSummary[] {
  const swept = sweptBy(sweeps);
  const between = (a: number, b: number): readonly [CheckedExperiment, CheckedExperiment] | null => {
    const own = cases.find(
      (c) => c.variant === b && cases.some((other) => other.variant === a && other.experiment === c.experiment),
    );
    const other = cases.find((c) => c.variant === a && c.experiment === own?.experiment);
    return own === undefined || other === undefined ? null : [other.case.experiment, own.case.experiment];
  };
  return variants.flatMap((variant, v): StructuralSummary[] => {
    if (v === baseline) return [];
    const candidates = [baseline, ...variants.keys()].filter((a, k) => k === 0 || (a < v && a !== baseline));
    let smallest: StructuralSummary | null = null;
    for (const against of candidates) {
      const pair = between(against, v);
      if (pair === null || (against !== baseline && !areRelated(...pair))) continue;
      const summary = {
        variant: v,
        against,
        ...summaryOf({ a: variants[against]?.label ?? "", b: variant.label }, differenceOfExperiments(...pair, swept)),
      };
      if (smallest === null || summary.items.length < smallest.items.length) smallest = summary;
    }
    return smallest === null ? [] : [smallest];
  });
}

function sweptBy(sweeps: readonly CheckedSweep[]): Swept {
  return new Map(
    sweeps.map(({ setup, values, outside }) => {
      const all = values.kind === "values" ? [...values.values, ...outside.map((o) => o.value)] : [-Infinity, Infinity];
      return [setupSymbol(setup), [smallestOf(all), largestOf(all)]];
    }),
  );
}

/** Of one model, or one model's neurons extend the other's. */
function areRelated(a: CheckedExperiment, b: CheckedExperiment): boolean {
  if (a.subject === b.subject) return true;
  const [first, second] = [a.populations, b.populations].map((populations) => populations.map((p) => p.neuron));
  return (first ?? []).some((x) =>
    (second ?? []).some((y) => x.lineage.includes(y.name) || y.lineage.includes(x.name)),
  );
}
