// SPIKE-distance: how far the spikes of two trains lie apart, relative to the local interval.
import { betweenSpikes, withEdges } from "./edges.ts";
import type { EdgedTrain } from "./edges.ts";
import { inCommon } from "./pair.ts";
import { duration } from "./train.ts";
import type { SpikeTrain } from "./train.ts";

/**
 * Time average of S(t) = (S₁I₂ + S₂I₁)/(2⟨I⟩²), in [0, 1]: Kreuz et al. 2013; S_n is the distance of its spike before t to the nearest of the other train and that
 * of its spike after t, interpolated. An auxiliary spike (`edges.ts`) is as far away as the spike beside it. Between spikes S is linear, so the integral is exact. Null where the window is empty.
 */
export function spikeDistance(model: SpikeTrain, reference: SpikeTrain): number | null {
  const pair = inCommon(model, reference);
  if (!(duration(pair) > 0)) return null;
  const [a, b] = [withEdges(pair.model), withEdges(pair.reference)];
  const [toB, toA] = [nearest(a, b), nearest(b, a)];
  let sum = 0;
  betweenSpikes(a, b, pair.from, pair.until, (left, right, i, j) => {
    const [one, other] = [
      (a.positions[i + 1] ?? 0) - (a.positions[i] ?? 0),
      (b.positions[j + 1] ?? 0) - (b.positions[j] ?? 0),
    ];
    const both = one + other;
    const at = (t: number): number =>
      interpolated(a, toB, i, t) * (other / both) + interpolated(b, toA, j, t) * (one / both);
    // The mean of both ends, over 2⟨I⟩² = (I₁ + I₂)²/2.
    sum += ((right - left) / both) * (at(left) + at(right));
  });
  return sum / duration(pair);
}

/** Of each position of `own`, the distance to the nearest spike of `other`, its auxiliary ones included. */
function nearest(own: EdgedTrain, other: EdgedTrain): Float64Array {
  const distances = new Float64Array(own.positions.length);
  let j = other.firstSpike;
  for (let i = own.firstSpike; i <= own.lastSpike; i++) {
    const t = own.positions[i] ?? 0;
    while (j < other.lastSpike && (other.positions[j + 1] ?? 0) <= t) j++;
    const next = j < other.lastSpike ? (other.positions[j + 1] ?? 0) : other.after;
    distances[i] = Math.min(Math.abs(t - (other.positions[j] ?? 0)), Math.abs(t - next), Math.abs(t - other.before));
  }
  if (own.firstSpike > 0) distances[0] = distances[1] ?? 0;
  if (own.lastSpike < distances.length - 1) distances[distances.length - 1] = distances[own.lastSpike] ?? 0;
  return distances;
}

function interpolated({ positions }: EdgedTrain, distances: Float64Array, i: number, t: number): number {
  const [before, after] = [positions[i] ?? 0, positions[i + 1] ?? 0];
  const share = (t - before) / (after - before);
  return (distances[i] ?? 0) * (1 - share) + (distances[i + 1] ?? 0) * share;
}
