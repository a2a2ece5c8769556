// What a connection rule is checked with: the models and the neurons at its ends.
import type { Context } from "./context.ts";
import type { Values } from "./evaluate.ts";
import type { CheckedPair } from "./synapse.ts";

/** Neurons that can be connected at one end. */
export interface Extent {
  readonly population: string;
  /** As written: `E`, `E[0..9]`. */
  readonly words: string;
  /** First and last, both included; null where that is not known. */
  readonly range: { readonly from: number; readonly to: number } | null;
}

export interface RuleBase {
  readonly pair: CheckedPair;
  readonly source: Extent;
  readonly target: Extent;
  readonly values: Values;
  readonly context: Context;
}
