// Every rule beyond names and dimensions, one file each, in the order in which they are asked.
import type { ResolvedExperiment } from "../../2-resolve/resolved.ts";
import type { CheckedExperiment } from "../checked.ts";
import type { Say } from "../context.ts";
import type { CheckedModel } from "../neuron.ts";
import { constantsAreConstant, settingsAreConstant } from "./constancy.ts";
import { noDivisionByZero, noDivisionBySetting } from "./division.ts";
import { noiseIsLinear, noiseOfSettings } from "./noise.ts";
import { oneAssignment } from "./oneAssignment.ts";
import { oneEquation } from "./oneEquation.ts";
import { readsBeforeEvent } from "./readsBefore.ts";
import { refractoryNotNegative } from "./refractory.ts";
import { resetBelowThreshold } from "./resetAbove.ts";
import { unchangedStates, unusedDeclarations } from "./unused.ts";
import { resetNeedsSpike } from "./withoutSpike.ts";

export type ModelRule = (model: CheckedModel, say: Say) => void;
export type ExperimentRule = (experiment: CheckedExperiment, say: Say) => void;
export type ProgramRule = (models: readonly CheckedModel[], experiments: readonly ResolvedExperiment[], say: Say) => void;

export const MODEL_RULES: readonly ModelRule[] = [
  oneEquation, oneAssignment, readsBeforeEvent, constantsAreConstant, noiseIsLinear, resetNeedsSpike, refractoryNotNegative, resetBelowThreshold, noDivisionByZero,
];
export const EXPERIMENT_RULES: readonly ExperimentRule[] = [settingsAreConstant, noiseOfSettings, noDivisionBySetting];
export const PROGRAM_RULES: readonly ProgramRule[] = [unusedDeclarations, unchangedStates];
