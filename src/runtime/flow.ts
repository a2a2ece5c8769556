// Exact steps of any length, for spikes that are located inside the step.
import { propagator } from "./linear.ts";

/** Q = ∫_0^h exp(A s) ds and D = exp(A h) - 1; the last few lengths are remembered, since most steps are whole or half ones. */
export function propagators(a: Float64Array, n: number): (h: number) => { readonly Q: Float64Array; readonly D: Float64Array } {
  const kept = 4;
  const recent: { readonly h: number; readonly Q: Float64Array; readonly D: Float64Array }[] = [];
  return (h) => {
    const known = recent.find((r) => r.h === h);
    if (known !== undefined) return known;
    const made = { h, ...propagator(a, n, h) };
    // The two that came first are the whole and the half step: they stay.
    if (recent.length === kept) recent.splice(2, 1);
    recent.push(made);
    return made;
  };
}
