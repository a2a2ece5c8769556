// Synchrony of a population's traces.
import { variance } from "./moments.ts";
import type { TraceSamples } from "./train.ts";

/**
 * χ² = var(mean trace)/mean(var of each trace), variances over time: Golomb & Hansel 2000. The traces are sampled at the same times; what one has more than
 * another at its end is left out. Null where no trace changes.
 */
export function chiSquared(traces: readonly TraceSamples[]): number | null {
  const samples = traces.reduce((least, { y }) => Math.min(least, y.length), Infinity);
  if (traces.length === 0 || samples === 0) return null;
  const mean = new Float64Array(samples);
  let each = 0;
  for (const { y } of traces) {
    for (let k = 0; k < samples; k++) mean[k] = (mean[k] ?? 0) + (y[k] ?? 0) / traces.length;
    each += variance(y.subarray(0, samples)) / traces.length;
  }
  return each > 0 ? variance(mean) / each : null;
}
