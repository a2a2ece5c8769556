// Spike counts in successive windows, and what follows from their variance: the Fano factor of a train, the synchrony of a population.
import { stepOf, tally } from "./tally.ts";
import { duration, pooled } from "./train.ts";
import type { PopulationSpikes, SpikeTrain } from "./train.ts";

/** Variance (of n) over mean of the counts in windows of `bin` (ms); null with fewer than 2 whole windows, or no spikes in them. Teich et al. 1997. */
export function fano(train: SpikeTrain, bin: number): number | null {
  const bins = wholeBins(train, bin);
  const counts = tally(1, 1);
  for (const t of train.times) if (binOf(train, t, bin) < bins) counts.add(0, t, binOf(train, t, bin));
  return counts.numbers(bins, 1).synchrony;
}

/** The same of the spikes of all neurons together: Potjans & Diesmann 2014, with 3 ms. What `glif run` tells. */
export function synchrony(population: PopulationSpikes, bin: number): number | null {
  return fano(pooled(population), bin);
}

/** Which window (0, bin], (bin, 2 bin], … after the start a time is in; one at the very start is in the first. A millionth of a window belongs to rounding. */
export function binOf({ from }: { readonly from: number }, time: number, bin: number): number {
  return Math.max(0, stepOf(time - from, bin));
}

/** Windows that are over. */
export function wholeBins(window: { readonly from: number; readonly until: number }, bin: number): number {
  return Math.max(0, Math.floor(duration(window) / bin + 1e-6));
}
