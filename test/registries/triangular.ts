// A distribution that nobody ships: `triangular(low, high)`, the mean of two uniform draws.
import { ROUNDS, type Distribution } from "../../src/runtime/distributions/distribution.ts";
import { uniform, type Stream } from "../../src/runtime/random.ts";

export const triangularDistribution: Distribution = {
  arguments: [
    { name: "low", problem: () => null },
    { name: "high", problem: (high, [low = NaN]) => (low > high ? "the peak lies below the foot" : null) },
  ],
  usage: "triangular(-70 mV, -50 mV)",
  counts: false,
  moves: 2,
  range: ([low = NaN, high = NaN]) => [low, high],
  middle: ([low = 0, high = 0]) => (low + high) / 2,
  draw: drawTriangular,
  fill(out, count, row, low, high) {
    for (let k = 0; k < count; k++) out[k] = drawTriangular(row, k, low, high);
  },
  also: ["tri"],
};

export function drawTriangular(s: Stream, index: number, low: number, high: number, attempt: number = 0): number {
  const first = ROUNDS * attempt;
  return low + ((high - low) * (uniform(s, index, first) + uniform(s, index, first + 1))) / 2;
}
