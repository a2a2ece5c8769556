// Firing rate: spikes over time.
import { duration } from "./train.ts";
import type { SpikeTrain } from "./train.ts";

/** Hz; null where the window is empty. Dayan & Abbott 2001, eq. 1.4 (the spike-count rate). */
export function rate(train: SpikeTrain): number | null {
  return duration(train) > 0 ? (1000 * train.times.length) / duration(train) : null;
}
