// `lognormal(mean, sd)`: mean and sd are those of the variable itself, not of its logarithm.
import { exp, log1p, sqrt } from "../math.ts";
import { fillNormal, normal, type Stream } from "../random.ts";
import { demandDrawn, NOT_NEGATIVE_SD, POSITIVE_MEAN, ROUNDS, type Distribution } from "./distribution.ts";

export const lognormalDistribution = {
  arguments: [POSITIVE_MEAN, NOT_NEGATIVE_SD],
  usage: "lognormal(mean: 1 nS, sd: 0.2 nS)",
  counts: false,
  moves: 0,
  range: () => [0, Infinity],
  middle: ([mean = 0]) => mean,
  draw: drawLognormal,
  fill: fillRowLognormal,
  also: ["logn"],
  elsewhere: {
    mu: "`mean` is that of the variable and not of its logarithm: with μ and σ of the logarithm it is exp(μ + σ^2/2), and `sd` is mean*sqrt(exp(σ^2) - 1)",
    sigma:
      "`sd` is that of the variable and not of its logarithm: with σ of the logarithm it is mean*sqrt(exp(σ^2) - 1)",
  },
} as const satisfies Distribution;

export function drawLognormal(s: Stream, index: number, mean: number, sd: number, attempt: number = 0): number {
  demandDrawn(s, mean > 0, "a lognormal distribution", "a mean above 0", mean);
  demandDrawn(s, sd >= 0, "a lognormal distribution", "an sd of at least 0", sd);
  const ratio = sd / mean,
    variance = log1p(ratio * ratio);
  return mean * exp(sqrt(variance) * normal(s, index, ROUNDS * attempt) - 0.5 * variance);
}

export function fillRowLognormal(out: Float64Array, count: number, row: Stream, mean: number, sd: number): void {
  demandDrawn(row, mean > 0, "a lognormal distribution", "a mean above 0", mean);
  demandDrawn(row, sd >= 0, "a lognormal distribution", "an sd of at least 0", sd);
  const ratio = sd / mean,
    variance = log1p(ratio * ratio),
    spread = sqrt(variance);
  fillNormal(out, 0, count, row, 0);
  for (let k = 0; k < count; k++) out[k] = mean * exp(spread * out[k]! - 0.5 * variance);
}
