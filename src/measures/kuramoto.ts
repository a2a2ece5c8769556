// Order parameters of phases: of a whole population, and along a ring.
import { sqrt } from "../runtime/math.ts";
import type { Curve } from "./curve.ts";
import { eachMoment } from "./phases.ts";
import type { PopulationSpikes } from "./train.ts";

/** Time average of R = |1/N Σ exp(iφ_j)|, in [0, 1], over the moments of `phases.ts` (every `sampling` ms): Kuramoto 1984. Null where there is none. */
export function kuramoto(population: PopulationSpikes, sampling: number): number | null {
  let [sum, moments] = [0, 0];
  eachMoment(population, sampling, ({ cos, sin, known }) => {
    let [c, s] = [0, 0];
    for (let i = 0; i < cos.length; i++) {
      if (Number.isNaN(cos[i])) continue;
      c += cos[i] ?? 0;
      s += sin[i] ?? 0;
    }
    sum += sqrt(c * c + s * s) / known;
    moments++;
  });
  return moments > 0 ? sum / moments : null;
}

/**
 * Time average of Z_k = |mean of exp(iφ_j) over |j - k| <= δ| on a ring, δ `neighbours`: Omelchenko et al. 2013, with 2δ + 1 terms and their number as the norm, so that Z is 1 in
 * coherence. Neurons without a phase are left out; NaN where that leaves none. Null as for the global one.
 */
export function kuramotoLocal(population: PopulationSpikes, neighbours: number, sampling: number): Curve | null {
  const { size } = population;
  const [sums, moments] = [new Float64Array(size), new Float64Array(size)];
  // Around a small ring no neuron is counted twice.
  const [left, right] = 2 * neighbours + 1 < size ? [neighbours, neighbours] : [0, size - 1];
  let any = false;
  eachMoment(population, sampling, ({ cos, sin }) => {
    any = true;
    for (let k = 0; k < size; k++) {
      let [c, s, known] = [0, 0, 0];
      for (let j = k - left; j <= k + right; j++) {
        const i = j < 0 ? j + size : j >= size ? j - size : j;
        if (Number.isNaN(cos[i])) continue;
        c += cos[i] ?? 0;
        s += sin[i] ?? 0;
        known++;
      }
      if (known === 0) continue;
      sums[k] = (sums[k] ?? 0) + sqrt(c * c + s * s) / known;
      moments[k] = (moments[k] ?? 0) + 1;
    }
  });
  if (!any) return null;
  return {
    ...overNeurons(size),
    y: sums.map((sum, k) => sum / (moments[k] ?? 0)),
    yName: "local order parameter",
    yUnit: "1",
  };
}

/** 2π (n - 1)/(t_n - t_1) of each neuron (rad/s), 0 for one with fewer than 2 spikes: Omelchenko et al. 2013, ω_k = 2πM_k/ΔT, over whole intervals. */
export function phaseVelocity({ size, trains }: PopulationSpikes): Curve {
  const y = Float64Array.from(trains, ({ times }) => {
    const passed = (times.at(-1) ?? 0) - (times[0] ?? 0);
    return passed > 0 ? (2000 * Math.PI * (times.length - 1)) / passed : 0;
  });
  return { ...overNeurons(size), y, yName: "mean phase velocity", yUnit: "rad/s" };
}

function overNeurons(size: number): Pick<Curve, "x" | "xName" | "xUnit"> {
  return { x: Float64Array.from({ length: size }, (_, k) => k), xName: "neuron", xUnit: "1" };
}
