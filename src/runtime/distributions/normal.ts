// `normal(mean, sd)`
import { fillNormal, normal, type Stream } from "../random.ts";
import { demandDrawn, NOT_NEGATIVE_SD, ROUNDS, type Distribution } from "./distribution.ts";

export const normalDistribution = {
  arguments: [{ name: "mean", problem: () => null }, NOT_NEGATIVE_SD],
  usage: "normal(1 nS, 0.2 nS)",
  counts: false,
  moves: 1,
  range: () => [-Infinity, Infinity],
  middle: ([mean = 0]) => mean,
  draw: drawNormal,
  fill: fillRowNormal,
  also: ["gauss", "gaussian", "randn", "N"],
} as const satisfies Distribution;

export function drawNormal(s: Stream, index: number, mean: number, sd: number, attempt: number = 0): number {
  demandDrawn(s, sd >= 0, "a normal distribution", "an sd of at least 0", sd);
  return mean + sd * normal(s, index, ROUNDS * attempt);
}

export function fillRowNormal(out: Float64Array, count: number, row: Stream, mean: number, sd: number): void {
  demandDrawn(row, sd >= 0, "a normal distribution", "an sd of at least 0", sd);
  fillNormal(out, 0, count, row, 0);
  for (let k = 0; k < count; k++) out[k] = mean + sd * out[k]!;
}
