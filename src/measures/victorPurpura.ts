// Victor-Purpura distance: the least cost of turning one train into the other.
import { inCommon } from "./pair.ts";
import type { SpikeTrain } from "./train.ts";

/**
 * D^spike[q] of Victor & Purpura 1996: adding or deleting a spike costs 1, moving it by Δt costs q|Δt|, q `cost` (per ms).
 *
 * D is n + m less the most that can be saved, 2 - q|Δt| by each pair of spikes that is matched in order. Only pairs nearer than 2/q save anything, so
 * that the table of Sellers' algorithm is filled in a band alone: `saved[j]` is the most that the spikes so far and the first j of the other train save,
 * and stays the same beyond the band. O(n·(1 + 2·2/q·rate)), O(m) of memory.
 */
export function victorPurpura(model: SpikeTrain, reference: SpikeTrain, cost: number): number {
  const pair = inCommon(model, reference);
  const [a, b] = [pair.model.times, pair.reference.times];
  if (cost === 0) return Math.abs(a.length - b.length);
  const saved = new Float64Array(b.length + 1);
  // Columns up to `reached` are filled; those up to `low` lie too far behind to be matched any more.
  let [low, reached] = [0, 0];
  for (const t of a) {
    const beyond = saved[reached] ?? 0;
    while (low < b.length && cost * (t - (b[low] ?? 0)) >= 2) low++;
    if (low > reached) saved.fill(beyond, reached + 1, low + 1);
    reached = Math.max(reached, low);
    // saved[j - 1] and saved[j] before this spike was taken.
    let before = saved[low] ?? 0;
    for (let j = low + 1; j <= b.length; j++) {
      const saving = 2 - cost * Math.abs(t - (b[j - 1] ?? 0));
      if (saving <= 0) break;
      const above = j <= reached ? (saved[j] ?? 0) : beyond;
      saved[j] = Math.max(above, saved[j - 1] ?? 0, before + saving);
      before = above;
      reached = Math.max(reached, j);
    }
  }
  return a.length + b.length - (saved[reached] ?? 0);
}
