// Variants that are the same equations integrated otherwise: then no difference is the model's.
import type { StructuralSummary } from "./comparison.ts";

export type Numerics = "the method" | "the step" | "method and step";

/** Proven to be the same as the baseline, through all variants that it is told against, so that all that is recorded of it is the same too. */
export function isSameModel(structure: readonly StructuralSummary[], variant: number, baseline: number): boolean {
  for (let v = variant, steps = 0; v !== baseline; steps++) {
    const summary = structure.find((s) => s.variant === v);
    if (summary?.equal !== true || !summary.measuredAlike || steps > structure.length) return false;
    v = summary.against;
  }
  return true;
}

/** What alone differs from the baseline, through all variants that it is told against; null where anything else does, or nothing. */
export function numericsOf(
  structure: readonly StructuralSummary[],
  variant: number,
  baseline: number,
): Numerics | null {
  const parts = new Set<string>();
  for (let v = variant, steps = 0; v !== baseline; steps++) {
    const summary = structure.find((s) => s.variant === v);
    if (summary === undefined || steps > structure.length) return null;
    for (const { part } of summary.items) parts.add(part);
    v = summary.against;
  }
  const [method, step] = [parts.delete("method"), parts.delete("step")];
  if (parts.size > 0 || (!method && !step)) return null;
  return method && step ? "method and step" : method ? "the method" : "the step";
}
