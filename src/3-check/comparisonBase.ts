// What comparisons are checked with.
import type { Fitting } from "../diagnostics/fitting.ts";
import type { Library, Say } from "./context.ts";
import type { Synapses } from "./experiment.ts";
import type { CheckedModel } from "./neuron.ts";

export interface ComparisonBase {
  readonly models: ReadonlyMap<string, CheckedModel>;
  readonly synapses: Synapses;
  readonly library: Library;
  readonly say: Say;
  readonly fitting: Fitting;
  /** False where earlier rooms found errors: then what seems to be missing may only not have been understood. */
  readonly sound: boolean;
}
