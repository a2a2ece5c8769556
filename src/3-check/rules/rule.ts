// What a rule of the checker is: it looks at something whole and says what is wrong with it.
import type { ResolvedExperiment, ResolvedModel } from "../../2-resolve/resolved.ts";
import type { CheckedExperiment } from "../checked.ts";
import type { Say } from "../context.ts";
import type { CheckedModel } from "../neuron.ts";
import type { CheckedPair } from "../synapse.ts";

export type ModelRule = (model: CheckedModel, say: Say) => void;
/** Of a synapse by itself, and between the neurons of each pair. */
export type SynapseRule = (pair: CheckedPair, say: Say) => void;
export type ExperimentRule = (experiment: CheckedExperiment, say: Say) => void;
export type ProgramRule = (
  models: readonly ResolvedModel[],
  experiments: readonly ResolvedExperiment[],
  say: Say,
) => void;
