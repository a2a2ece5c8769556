// Spikes as counts on a grid: what is kept of a raster whose spikes are too many to be kept themselves, however long the run.
import type { RasterPopulation, SpikeCounts } from "./figure.ts";

/** A grid without spikes, for a population's times from 0 to `until` (ms). */
export function spikeCounts(columns: number, rows: number, until: number): SpikeCounts {
  return { columns, rows, until, counts: new Uint16Array(columns * rows) };
}

/** Adds a spike; one that is outside is none. Cells count up to 65,535. */
export function countSpike(
  { columns, rows, until, counts }: SpikeCounts,
  size: number,
  time: number,
  neuron: number,
): void {
  if (!(time >= 0 && time <= until && neuron >= 0 && neuron < size)) return;
  const column = Math.min(columns - 1, Math.floor((time / until) * columns));
  const at = Math.floor(((neuron + 0.5) / size) * rows) * columns + column;
  counts[at] = Math.min(65_535, (counts[at] ?? 0) + 1);
}

/** Those that a population brings along, or its listed spikes counted. */
export function countsOf(population: RasterPopulation, columns: number, rows: number, duration: number): SpikeCounts {
  if (population.counts !== undefined) return population.counts;
  const counts = spikeCounts(columns, rows, duration);
  const { times, neurons, size } = population;
  for (let s = 0; s < Math.min(times.length, neurons.length); s++)
    countSpike(counts, size, times[s] ?? NaN, neurons[s] ?? NaN);
  return counts;
}

/** Spikes in the densest cells; a hundredth of those that are not empty may have more. */
export function peakCount({ counts }: SpikeCounts): number {
  const lit = counts.filter((count) => count > 0).sort();
  return lit[Math.floor(0.99 * (lit.length - 1))] ?? 0;
}

/** Strengths 0 (no spike) to `levels`, cell by cell: the count itself where `peak` is no more than there are levels, else in proportion to the count. */
export function strengths({ counts }: SpikeCounts, levels: number, peak: number): Uint8Array {
  const found = new Uint8Array(counts.length);
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] ?? 0;
    if (count > 0) found[at] = Math.min(levels, peak <= levels ? count : 1 + Math.floor(((levels - 1) * count) / peak));
  }
  return found;
}
