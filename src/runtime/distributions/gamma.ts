// `gamma(mean, sd)`: shape (mean/sd)², scale sd²/mean.
import { log, pow, sqrt } from "../math.ts";
import { normal, uniform, type Stream } from "../random.ts";
import { demandDrawn, NOT_NEGATIVE_SD, POSITIVE_MEAN, ROUNDS, type Distribution } from "./distribution.ts";

export const gammaDistribution = {
  arguments: [POSITIVE_MEAN, NOT_NEGATIVE_SD],
  usage: "gamma(mean: 1 nS, sd: 0.2 nS)",
  counts: false,
  moves: 0,
  range: () => [0, Infinity],
  middle: ([mean = 0]) => mean,
  draw: drawGamma,
  also: [],
} as const satisfies Distribution;

/** G. Marsaglia & W. W. Tsang, ACM Trans. Math. Softw. 26, 363 (2000). */
export function drawGamma(s: Stream, index: number, mean: number, sd: number, attempt: number = 0): number {
  demandDrawn(s, mean > 0, "a gamma distribution", "a mean above 0", mean);
  demandDrawn(s, sd >= 0, "a gamma distribution", "an sd of at least 0", sd);
  if (sd === 0) return mean;
  const root = mean / sd,
    shape = root * root,
    first = ROUNDS * attempt;
  // Below shape 1: one more, and thinned by u^(1/shape).
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3,
    c = 1 / sqrt(9 * d);
  for (let round = first + 1; ; round += 2) {
    const x = normal(s, index, round),
      base = 1 + c * x;
    if (base <= 0) continue;
    const v = base * base * base;
    if (log(uniform(s, index, round + 1)) >= 0.5 * x * x + d - d * v + d * log(v)) continue;
    const thinning = shape < 1 ? pow(uniform(s, index, first), 1 / shape) : 1;
    return (d * v * thinning * sd) / root;
  }
}
