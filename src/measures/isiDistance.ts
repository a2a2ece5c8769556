// ISI-distance: how different two trains' local rates are.
import { betweenSpikes, withEdges } from "./edges.ts";
import { inCommon } from "./pair.ts";
import { duration } from "./train.ts";
import type { SpikeTrain } from "./train.ts";

/** Time average of |I₁ - I₂|/max(I₁, I₂), in [0, 1): Kreuz et al. 2007 (|I(t)|, time-weighted), with the edges of `edges.ts`. Null where the window is empty. */
export function isiDistance(model: SpikeTrain, reference: SpikeTrain): number | null {
  const pair = inCommon(model, reference);
  if (!(duration(pair) > 0)) return null;
  const [a, b] = [withEdges(pair.model), withEdges(pair.reference)];
  let sum = 0;
  betweenSpikes(a, b, pair.from, pair.until, (left, right, i, j) => {
    const [one, other] = [intervalAfter(a.positions, i), intervalAfter(b.positions, j)];
    sum += ((right - left) * Math.abs(one - other)) / Math.max(one, other);
  });
  return sum / duration(pair);
}

function intervalAfter(positions: Float64Array, i: number): number {
  return (positions[i + 1] ?? 0) - (positions[i] ?? 0);
}
