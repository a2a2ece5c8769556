// `poisson(mean)`
import { exp, floor, log, sqrt } from "../math.ts";
import { uniform, type Stream } from "../random.ts";
import { invert, logPoisson } from "./counting.ts";
import { demandDrawn, NOT_NEGATIVE_MEAN, ROUNDS, type Distribution } from "./distribution.ts";

export const poissonDistribution = {
  arguments: [NOT_NEGATIVE_MEAN],
  usage: "poisson(4)",
  counts: true,
  moves: 0,
  range: () => [0, Infinity],
  middle: ([mean = 0]) => Math.round(mean),
  draw: drawPoisson,
  also: [],
} as const satisfies Distribution;

/** Right for any mean up to 1e9: inversion below 10, else transformed rejection (PTRS; W. Hörmann, Insur. Math. Econ. 12, 39, 1993). */
export function drawPoisson(s: Stream, index: number, mean: number, attempt: number = 0): number {
  demandDrawn(s, mean >= 0 && mean <= 1e9, "a Poisson distribution", "a mean from 0 to 1e9", mean);
  const first = ROUNDS * attempt;
  if (mean < 10) return invert(uniform(s, index, first), exp(-mean), (k) => mean / k);
  const b = 0.931 + 2.53 * sqrt(mean),
    a = 0.02483 * b - 0.059,
    acceptance = 1.1239 + 1.1328 / (b - 3.4),
    squeeze = 0.9277 - 3.6224 / (b - 2);
  for (let round = first; ; round += 2) {
    const u = uniform(s, index, round) - 0.5,
      v = uniform(s, index, round + 1),
      edge = 0.5 - Math.abs(u);
    const k = floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (edge < 0.013 && v > edge)) continue;
    if (log((v * acceptance) / (a / (edge * edge) + b)) <= logPoisson(k, mean)) return k;
  }
}
