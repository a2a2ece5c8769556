// Phases of neurons from their spikes, at moments of a window: what order parameters are made of.
import { cos, sin } from "../runtime/math.ts";
import { duration } from "./train.ts";
import type { PopulationSpikes } from "./train.ts";

/** cos and sin of each neuron's phase φ = 2π (t - t_m)/(t_(m+1) - t_m), t_m <= t < t_(m+1); NaN for one that is not between two of its spikes. */
export interface Phases {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** How many neurons have one. */
  readonly known: number;
}

/**
 * Calls `of` at `from`, `from` + sampling, …, with arrays that are overwritten by the next moment; where fewer than half of the neurons have a phase, the moment is left out.
 * Phases by linear interpolation between spikes: Pikovsky, Rosenblum & Kurths 2001.
 */
export function eachMoment(population: PopulationSpikes, sampling: number, of: (phases: Phases) => void): void {
  const { size, trains, from } = population;
  const last = new Int32Array(size).fill(-1);
  const [c, s] = [new Float64Array(size), new Float64Array(size)];
  const moments = Math.floor(duration(population) / sampling + 1e-6);
  for (let k = 0; k <= moments; k++) {
    const t = from + k * sampling;
    let known = 0;
    for (const [i, { times }] of trains.entries()) {
      let m = last[i] ?? -1;
      while ((times[m + 1] ?? Infinity) <= t) m++;
      last[i] = m;
      const [before, after] = [times[m] ?? NaN, times[m + 1] ?? NaN];
      const phase = (2 * Math.PI * (t - before)) / (after - before);
      const isKnown = !Number.isNaN(phase);
      c[i] = isKnown ? cos(phase) : NaN;
      s[i] = isKnown ? sin(phase) : NaN;
      if (isKnown) known++;
    }
    if (known > 0 && 2 * known >= size) of({ cos: c, sin: s, known });
  }
}
