// Points near one that was found: spike trains jump, so that what a loss comes to a little beside it says how much of it is luck.
import { stream, uniform } from "../runtime/random.ts";
import type { FitProblem, Scatter } from "./problem.ts";

/** Of its value, by which each number is moved either way, and how often. */
export const JITTER = 0.005;
export const JITTERED = 16;

/** The values themselves, and then with all numbers a little off: by the same parts of them for every point of a problem. */
export function jittered({ free, seeds }: FitProblem, values: readonly number[]): readonly (readonly number[])[] {
  const draws = stream(seeds[0] ?? 1, "fit/jitter");
  return [
    values,
    ...Array.from({ length: JITTERED }, (_, j) =>
      free.map(({ lower, upper }, i) => {
        const moved = (values[i] as number) * (1 + JITTER * (2 * uniform(draws, i, j) - 1));
        return Math.min(upper, Math.max(lower, moved));
      }),
    ),
  ];
}

/** Null where one of them cannot run. */
export function scatterOf(losses: readonly number[]): Scatter | null {
  const mean = losses.reduce((a, b) => a + b, 0) / losses.length;
  const squares = losses.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  const count = losses.length;
  return Number.isFinite(mean) ? { mean, error: Math.sqrt(squares / Math.max(1, count - 1) / count) } : null;
}
