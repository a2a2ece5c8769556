// Spikes for a figure, gathered while a run goes on in memory that does not grow with it: a raster's and those of single neurons.
import type { Raster, RasterPopulation, SpikeCounts } from "../figure/figure.ts";
import { IMAGE_COLUMNS, imageRows, MOST_STROKES } from "../figure/raster.ts";
import { countSpike, spikeCounts } from "../figure/spikeCounts.ts";
import { growing } from "./gatheredTrace.ts";

export interface GatheredRaster {
  /** `population` counts the raster's own. */
  add(population: number, neuron: number, time: number): void;
  /** `rate` (Hz) of each population, undefined to tell none. */
  raster(rates: readonly (number | undefined)[]): Raster;
}

/** Spikes one by one as long as they can be drawn so, then as counts; `until` is the end of the run (ms). */
export function gatheredRaster(
  populations: readonly { readonly name: string; readonly size: number }[],
  until: number,
): GatheredRaster {
  const rows = imageRows(populations);
  let lists = populations.map(() => ({ times: growing(), neurons: growing() }));
  let counts: SpikeCounts[] | null = null;
  let total = 0;
  const count = (p: number, neuron: number, time: number): void => {
    const own = counts?.[p];
    if (own !== undefined) countSpike(own, populations[p]?.size ?? 0, time, neuron);
  };
  return {
    add(p, neuron, time) {
      if (counts !== null) return count(p, neuron, time);
      lists[p]?.times.push(time);
      lists[p]?.neurons.push(neuron);
      if (++total <= MOST_STROKES) return;
      counts = populations.map((_, k) => spikeCounts(IMAGE_COLUMNS, rows[k] ?? 1, until));
      lists.forEach(({ times, neurons }, k) =>
        times.values().forEach((t, s) => count(k, neurons.values()[s] ?? -1, t)),
      );
      lists = [];
    },
    raster: (rates) => ({
      populations: populations.map(({ name, size }, p): RasterPopulation => {
        const own = counts?.[p];
        const rate = rates[p];
        const listed = { times: lists[p]?.times.values() ?? [], neurons: lists[p]?.neurons.values() ?? [] };
        return {
          name,
          size,
          ...listed,
          ...(own === undefined ? {} : { counts: own }),
          ...(rate === undefined ? {} : { rate }),
        };
      }),
    }),
  };
}

export interface GatheredTimes {
  add(time: number): void;
  times(): readonly number[];
}

/** Times (ms) of one neuron's spikes that are kept one by one; later ones only where a figure would show them apart. */
const MOST_TIMES = 20_000;
const PLACES = 8192;

export function gatheredTimes(until: number): GatheredTimes {
  const times: number[] = [];
  const taken = new Uint8Array(PLACES + 1);
  return {
    add(time) {
      const place = Math.max(0, Math.min(PLACES, Math.floor((time / until) * PLACES)));
      if (times.length >= MOST_TIMES && taken[place] === 1) return;
      taken[place] = 1;
      times.push(time);
    },
    times: () => times,
  };
}
