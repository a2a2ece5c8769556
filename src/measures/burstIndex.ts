// How much of a train comes in bursts.
import type { SpikeTrain } from "./train.ts";

/**
 * Share of the spikes that have a neighbour closer than `below` (ms; as close but for a millionth is not closer), before or after; null without spikes. Harris et al. 2001 call bursts
 * runs of two or more spikes with intervals below 6 ms.
 */
export function burstIndex({ times }: SpikeTrain, below: number): number | null {
  const closer = below * (1 - ROUNDING);
  let inBursts = 0;
  for (let k = 0; k < times.length; k++) {
    const t = times[k] ?? 0;
    if (t - (times[k - 1] ?? -Infinity) < closer || (times[k + 1] ?? Infinity) - t < closer) inBursts++;
  }
  return times.length > 0 ? inBursts / times.length : null;
}

/** Differences of times lose digits: of spikes at 10.1, 16.1, 22.1 ms, … some are a little closer than 6 ms. */
const ROUNDING = 1e-6;
