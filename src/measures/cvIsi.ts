// Irregularity: the coefficient of variation of interspike intervals, as `glif run` tells it too.
import { tally } from "./tally.ts";
import type { SpikeTrain } from "./train.ts";

/** Standard deviation (of n) over mean; null with fewer intervals than `fewest`, or where all are 0. Softky & Koch 1993. */
export function cvIsi({ times }: SpikeTrain, fewest: number): number | null {
  const counts = tally(1, 1);
  for (const t of times) counts.add(0, t, 0);
  return counts.numbers(0, fewest).cv;
}
