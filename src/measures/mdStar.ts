// Similarity of two sets of spike trains, Md*: how near the rate over time of a model is to that of a cell, without the bias of few repeats.
import { inCommon } from "./pair.ts";
import type { SpikeTrain } from "./train.ts";

/**
 * Md* = 2 (D, M)/((D, D) + (M, M)) (Naud, Gerhard, Mensi & Gerstner 2011, eqs. 2.13 and 2.15), where the product of two trains is the number of pairs of their spikes that are not farther apart than `precision`
 * (ms), (D, M) its mean over all pairs of a run of each, and (D, D) and (M, M) over all pairs of two different runs. A single run stands for runs that are all the same: its product is with itself.
 * 1 for equal rates over time, 0 where no spikes coincide. Null where there are no runs, or no spikes that coincide in either.
 */
export function mdStar(
  models: readonly SpikeTrain[],
  references: readonly SpikeTrain[],
  precision: number,
): number | null {
  const cross = meanOver(models, references, precision);
  const norms = within(models, precision) + within(references, precision);
  return models.length === 0 || references.length === 0 || !(norms > 0) ? null : (2 * cross) / norms;
}

function meanOver(a: readonly SpikeTrain[], b: readonly SpikeTrain[], precision: number): number {
  let sum = 0;
  for (const one of a) for (const other of b) sum += product(one, other, precision);
  return sum / (a.length * b.length);
}

function within(trains: readonly SpikeTrain[], precision: number): number {
  const [only] = trains;
  if (only !== undefined && trains.length === 1) return product(only, only, precision);
  let sum = 0;
  for (let i = 0; i < trains.length; i++)
    for (let j = 0; j < i; j++) sum += product(trains[i] as SpikeTrain, trains[j] as SpikeTrain, precision);
  return (2 * sum) / (trains.length * (trains.length - 1));
}

/** Pairs of a spike of each that are not farther apart than `precision`; a 1e-9th more is rounding. */
function product(a: SpikeTrain, b: SpikeTrain, precision: number): number {
  const { model, reference } = inCommon(a, b);
  const [own, others] = [model.times, reference.times];
  const reach = precision * (1 + 1e-9);
  let [first, behind, pairs] = [0, 0, 0];
  for (const t of own) {
    while (first < others.length && (others[first] ?? 0) < t - reach) first++;
    behind = Math.max(behind, first);
    while (behind < others.length && (others[behind] ?? 0) <= t + reach) behind++;
    pairs += behind - first;
  }
  return pairs;
}
