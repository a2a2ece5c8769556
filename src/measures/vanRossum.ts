// Van Rossum distance: how far apart two trains are once each spike is an exponential.
import { exp, expm1, sqrt } from "../runtime/math.ts";
import { inCommon } from "./pair.ts";
import type { SpikeTrain } from "./train.ts";

/**
 * D, D² = 1/τ ∫ (f - g)² dt with f(t) = Σ exp(-(t - t_i)/τ) over the spikes before t: van Rossum 2001, eqs. 2.1 and 2.2. The integral runs to infinity,
 * beyond the window; a spike that the other train lacks gives 1/√2. (Some packages make that 1: theirs is √2 times this.) `tau` in ms.
 *
 * Between spikes of either train f - g decays exponentially, so that the integral is a sum of positive terms: exact, and O(n) with ordered spikes.
 */
export function vanRossum(model: SpikeTrain, reference: SpikeTrain, tau: number): number {
  const { model: a, reference: b } = inCommon(model, reference);
  let [i, j, height, squared, last] = [0, 0, 0, 0, -Infinity];
  while (i < a.times.length || j < b.times.length) {
    const t = Math.min(a.times[i] ?? Infinity, b.times[j] ?? Infinity);
    const passed = (t - last) / tau;
    squared -= 0.5 * height * height * expm1(-2 * passed);
    height *= exp(-passed);
    for (; (a.times[i] ?? Infinity) === t; i++) height += 1;
    for (; (b.times[j] ?? Infinity) === t; j++) height -= 1;
    last = t;
  }
  return sqrt(squared + 0.5 * height * height);
}
