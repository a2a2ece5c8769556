// Coincidence factor Γ: how many spikes a model predicts within a precision, beyond chance.
import { inCommon } from "./pair.ts";
import { duration } from "./train.ts";
import type { SpikeTrain } from "./train.ts";

/**
 * Γ = (N_coinc - 2νΔN_ref)/((N_ref + N_model)/2)/(1 - 2νΔ), ν the model's rate in the window, Δ `precision` (ms): Kistler, Gerstner & van Hemmen 1997; Jolivet et al. 2008.
 * That each spike counts once keeps independent trains a little below 0 where rates are high: the chance rate supposes that it may count twice.
 * Null without any spike, and where chance alone would fill the window (2νΔ >= 1).
 */
export function coincidence(model: SpikeTrain, reference: SpikeTrain, precision: number): number | null {
  const pair = inCommon(model, reference);
  const [models, references] = [pair.model.times.length, pair.reference.times.length];
  const chance = duration(pair) > 0 ? (2 * models * precision) / duration(pair) : Infinity;
  if (models + references === 0 || chance >= 1) return null;
  // N_coinc - 2νΔN_ref, so that equal trains have exactly 1.
  const beyondChance =
    coincidences(pair.model.times, pair.reference.times, precision) - references + references * (1 - chance);
  return beyondChance / (0.5 * (references + models) * (1 - chance));
}

/** The most pairs of spikes not farther apart than `precision` (ms; a 1e-9th more is rounding), no spike in two of them. Taking the earliest that fits, in order, is best. */
export function coincidences(a: Float64Array, b: Float64Array, precision: number): number {
  const reach = precision * (1 + 1e-9);
  let [i, j, found] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const ahead = (a[i] ?? 0) - (b[j] ?? 0);
    if (Math.abs(ahead) <= reach) found++;
    if (ahead <= reach) i++;
    if (ahead >= -reach) j++;
  }
  return found;
}
