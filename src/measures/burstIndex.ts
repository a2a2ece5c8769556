// How much of a train comes in bursts.
import type { SpikeTrain } from "./train.ts";

/**
 * Share of the spikes that have a neighbour closer than `below` (ms), before or after; null without spikes. Harris et al. 2001 call bursts
 * runs of two or more spikes with intervals below 6 ms.
 */
export function burstIndex({ times }: SpikeTrain, below: number): number | null {
  let inBursts = 0;
  for (let k = 0; k < times.length; k++) {
    const t = times[k] ?? 0;
    if (t - (times[k - 1] ?? -Infinity) < below || (times[k + 1] ?? Infinity) - t < below) inBursts++;
  }
  return times.length > 0 ? inBursts / times.length : null;
}
