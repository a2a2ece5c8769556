// `uniform(low, high)`
import { fillUniform, uniform, type Stream } from "../random.ts";
import { ROUNDS, type Distribution } from "./distribution.ts";

export const uniformDistribution = {
  arguments: [
    { name: "low", problem: () => null },
    {
      name: "high",
      problem: (high, [low = NaN]) => (low > high ? "the upper bound must be above the lower one" : null),
    },
  ],
  usage: "uniform(-70 mV, -50 mV)",
  counts: false,
  moves: 2,
  range: ([low = NaN, high = NaN]) => [low, high],
  middle: ([low = 0, high = 0]) => (low + high) / 2,
  draw: drawUniform,
  fill: fillRowUniform,
  also: ["U", "rand", "unif"],
} as const satisfies Distribution;

export function drawUniform(s: Stream, index: number, low: number, high: number, attempt: number = 0): number {
  return low + (high - low) * uniform(s, index, ROUNDS * attempt);
}

export function fillRowUniform(out: Float64Array, count: number, row: Stream, low: number, high: number): void {
  fillUniform(out, 0, count, row, 0);
  for (let k = 0; k < count; k++) out[k] = low + (high - low) * out[k]!;
}
