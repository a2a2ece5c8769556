// Coincidence factor over that of the data by themselves: how much of what a repeat says of another the model says.
import { coincidence } from "./coincidence.ts";
import { mean } from "./moments.ts";
import type { SpikeTrain } from "./train.ts";

/**
 * Γ_A = Γ/R (Jolivet et al. 2008, eq. 5): Γ of model and reference, mean over all pairs of a run of each, over the reliability R, the mean Γ between two repeats of the reference (each taken once as the model).
 * Null with fewer than 2 repeats, where R is below 0.1, so that a ratio to it would be chance, or where a Γ has no value.
 */
export function coincidenceRatio(
  models: readonly SpikeTrain[],
  references: readonly SpikeTrain[],
  precision: number,
): number | null {
  const between = meanOf(models.flatMap((m) => references.map((d) => coincidence(m, d, precision))));
  const reliability = reliabilityOf(references, precision);
  return between === null || reliability === null || reliability < LEAST_RELIABILITY ? null : between / reliability;
}

/** Below, repeats have next to nothing in common. */
const LEAST_RELIABILITY = 0.1;

/** R; null with fewer than 2 repeats. */
export function reliabilityOf(references: readonly SpikeTrain[], precision: number): number | null {
  return meanOf(
    references.flatMap((a, i) => references.flatMap((b, j) => (i === j ? [] : [coincidence(a, b, precision)]))),
  );
}

/** Null where there is none, or one has no value. */
function meanOf(values: readonly (number | null)[]): number | null {
  const there = values.flatMap((v) => v ?? []);
  return values.length === 0 || there.length < values.length ? null : mean(Float64Array.from(there));
}
