// `exponential(mean)`
import { log } from "../math.ts";
import { fillUniform, uniform, type Stream } from "../random.ts";
import { demandDrawn, NOT_NEGATIVE_MEAN, ROUNDS, type Distribution } from "./distribution.ts";

export const exponentialDistribution = {
  arguments: [NOT_NEGATIVE_MEAN],
  usage: "exponential(5 ms)",
  counts: false,
  moves: 0,
  range: () => [0, Infinity],
  middle: ([mean = 0]) => mean,
  draw: drawExponential,
  fill: fillRowExponential,
  also: [],
} as const satisfies Distribution;

export function drawExponential(s: Stream, index: number, mean: number, attempt: number = 0): number {
  demandDrawn(s, mean >= 0, "an exponential distribution", "a mean of at least 0", mean);
  return -mean * log(uniform(s, index, ROUNDS * attempt));
}

export function fillRowExponential(out: Float64Array, count: number, row: Stream, mean: number): void {
  demandDrawn(row, mean >= 0, "an exponential distribution", "a mean of at least 0", mean);
  fillUniform(out, 0, count, row, 0);
  for (let k = 0; k < count; k++) out[k] = -mean * log(out[k]!);
}
