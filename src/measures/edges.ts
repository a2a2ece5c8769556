// Spike trains with auxiliary spikes at the edges of the window, so that at every moment there is a spike before and one after.
import type { SpikeTrain } from "./train.ts";

export interface EdgedTrain {
  /** ms, strictly ascending; [first, last] reaches over the window. */
  readonly positions: Float64Array;
  /** The spikes inside: positions[firstSpike] up to and with positions[lastSpike]. */
  readonly firstSpike: number;
  readonly lastSpike: number;
  /** ms: where auxiliary spikes lie, or would lie; with the spikes, all that another train's spikes can be near to. */
  readonly before: number;
  readonly after: number;
}

/**
 * The convention of Mulansky, Bozanic, Sburlea & Kreuz 2015: the auxiliary spike before the first spike lies at the edge, or farther out where the first interval is longer
 * than the way to the edge; the same at the end. A train without spikes has one at each edge. Spikes at the same time count as one.
 */
export function withEdges({ times, from, until }: SpikeTrain): EdgedTrain {
  const spikes =
    times.length === 0 ? Float64Array.of(from, until) : times.filter((t, k) => k === 0 || t !== times[k - 1]);
  const [first = from, second] = spikes;
  const [previous, last = until] = [spikes.at(-2), spikes.at(-1)];
  const before = second === undefined ? from : Math.min(from, first - (second - first));
  const after = previous === undefined ? until : Math.max(until, last + (last - previous));
  const [hasBefore, hasAfter] = [first > from ? 1 : 0, last < until ? 1 : 0];
  const positions = new Float64Array(spikes.length + hasBefore + hasAfter);
  positions[0] = before;
  positions.set(spikes, hasBefore);
  if (hasAfter === 1) positions[positions.length - 1] = after;
  return { positions, firstSpike: hasBefore, lastSpike: hasBefore + spikes.length - 1, before, after };
}

/** Calls `of` for every stretch of the window without a spike of either train inside: its edges, and the place in each train's positions of the spike before. */
export function betweenSpikes(
  a: EdgedTrain,
  b: EdgedTrain,
  from: number,
  until: number,
  of: (left: number, right: number, i: number, j: number) => void,
): void {
  let [i, j, left] = [0, 0, from];
  while (left < until) {
    while ((a.positions[i + 1] ?? Infinity) <= left) i++;
    while ((b.positions[j + 1] ?? Infinity) <= left) j++;
    const right = Math.min(until, a.positions[i + 1] ?? Infinity, b.positions[j + 1] ?? Infinity);
    of(left, right, i, j);
    left = right;
  }
}
