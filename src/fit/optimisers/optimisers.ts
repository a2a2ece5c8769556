// Every optimiser there is, the one that is taken unless another is asked for first.
import { cmaes } from "./cmaes.ts";
import type { Optimiser } from "./optimiser.ts";

export const optimisers: readonly [Optimiser, ...Optimiser[]] = [cmaes];

/** The optimiser of that name, or null. */
export function optimiserOfName(name: string): Optimiser | null {
  return optimisers.find((o) => o.name === name) ?? null;
}
