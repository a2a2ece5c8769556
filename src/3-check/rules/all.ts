// Every rule beyond names and dimensions, one file each, in the order in which they are asked.
import type { ResolvedExperiment } from "../../2-resolve/resolved.ts";
import type { CheckedExperiment } from "../checked.ts";
import type { Say } from "../context.ts";
import type { CheckedModel } from "../neuron.ts";
import { settingsAreNotCircular } from "./circularSettings.ts";
import { constantsAreConstant, settingsAreConstant } from "./constancy.ts";
import { noExactEquality } from "./equality.ts";
import { noDivisionByZero, noDivisionBySetting } from "./division.ts";
import { noiseIsLinear, noiseOfSettings } from "./noise.ts";
import { oneAssignment } from "./oneAssignment.ts";
import { oneEquation } from "./oneEquation.ts";
import { readsBeforeEvent } from "./readsBefore.ts";
import { refractoryNotNegative } from "./refractory.ts";
import { resetsBelowThreshold } from "./resetAbove.ts";
import { unchangedStates, unusedDeclarations } from "./unused.ts";
import { resetNeedsSpike } from "./withoutSpike.ts";

export type ModelRule = (model: CheckedModel, say: Say) => void;
export type ExperimentRule = (experiment: CheckedExperiment, say: Say) => void;
export type ProgramRule = (models: readonly CheckedModel[], experiments: readonly ResolvedExperiment[], say: Say) => void;

export const MODEL_RULES: readonly ModelRule[] = [
  oneEquation, oneAssignment, readsBeforeEvent, constantsAreConstant, noiseIsLinear, resetNeedsSpike, refractoryNotNegative, noDivisionByZero, noExactEquality,
];
export const EXPERIMENT_RULES: readonly ExperimentRule[] = [settingsAreConstant, settingsAreNotCircular, noiseOfSettings, noDivisionBySetting];
/** Rules that ask what becomes of a model wherever it is used; `networks` stand by themselves. */
export type UseRule = (models: readonly CheckedModel[], experiments: readonly CheckedExperiment[], networks: readonly CheckedExperiment[], say: Say) => void;
export const USE_RULES: readonly UseRule[] = [resetsBelowThreshold];
export const PROGRAM_RULES: readonly ProgramRule[] = [unusedDeclarations, unchangedStates];
