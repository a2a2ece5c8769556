// Every rule beyond names and dimensions. One file each; the order is that in which a model is read.
import type { CheckedExperiment } from "../checked.ts";
import type { Say } from "../context.ts";
import type { CheckedModel } from "../neuron.ts";

export type ModelRule = (model: CheckedModel, say: Say) => void;
export type ExperimentRule = (experiment: CheckedExperiment, say: Say) => void;
export type ProgramRule = (models: readonly CheckedModel[], say: Say) => void;

export const MODEL_RULES: readonly ModelRule[] = [];
export const EXPERIMENT_RULES: readonly ExperimentRule[] = [];
export const PROGRAM_RULES: readonly ProgramRule[] = [];
