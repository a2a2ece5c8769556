// How long a neuron takes to answer.
import type { SpikeTrain } from "./train.ts";

/** Time (ms) from `onset` (ms; the start of the window where it is null) to the first spike at or after it; null without one. */
export function latency({ times, from }: SpikeTrain, onset: number | null): number | null {
  const begin = onset ?? from;
  const first = times.find((t) => t >= begin);
  return first === undefined ? null : first - begin;
}
