// Every rule beyond names and dimensions, one file each, in the order in which they are asked.
import type { CheckedExperiment } from "../checked.ts";
import type { Say } from "../context.ts";
import type { CheckedModel } from "../neuron.ts";
import { settingsAreNotCircular } from "./circularSettings.ts";
import { constantsAreConstant, constantsOfSynapses, settingsAreConstant } from "./constancy.ts";
import { drawsNotNegative } from "./drawnBelowZero.ts";
import { currentsReturn, currentsReturnAtEnds } from "./drivesAway.ts";
import { experimentsSetWhatTheyName } from "./declaresAnew.ts";
import { noExactEquality } from "./equality.ts";
import { noDivisionByZero, noDivisionByZeroInSynapse, noDivisionBySetting } from "./division.ts";
import { finiteSettings, finiteValues, finiteValuesOfSynapse } from "./finite.ts";
import { resetsKeepTheParents } from "./keepsReset.ts";
import { noInputLoops } from "./inputLoops.ts";
import { weightsNotNegative } from "./negativeWeight.ts";
import { noiseIsLinear, noiseOfSettings, noNoiseAtEnds } from "./noise.ts";
import { oneAssignment, oneAssignmentOfSynapse } from "./oneAssignment.ts";
import { oneEquation, oneEquationOfSynapse } from "./oneEquation.ts";
import { readsBeforeArrival, readsBeforeEvent } from "./readsBefore.ts";
import { refractoryNotNegative } from "./refractory.ts";
import { resetsBelowThreshold } from "./resetAbove.ts";
import { spikesCanBegin } from "./spikesOnce.ts";
import { startsWithinBounds } from "./startsOutside.ts";
import { unchangedStates, unusedDeclarations } from "./unused.ts";
import { thresholdsHaveResets } from "./noReset.ts";
import { noWholePartInSettings, noWholePartOfTime, noWholePartOfTimeInSynapse } from "./wholeParts.ts";
import type { ExperimentRule, ModelRule, ProgramRule, SynapseRule } from "./rule.ts";
import { noSlips, noSlipsInSettings, noSlipsInSynapse } from "./slips.ts";
import { resetNeedsSpike } from "./withoutSpike.ts";
import { statesDecay, statesOfSynapsesDecay } from "./runsAway.ts";
import { signsOfConstants, signsOfConstantsInSynapse, signsOfSettings } from "./wrongSign.ts";

export const MODEL_RULES: readonly ModelRule[] = [
  oneEquation,
  oneAssignment,
  readsBeforeEvent,
  constantsAreConstant,
  noiseIsLinear,
  resetNeedsSpike,
  refractoryNotNegative,
  noDivisionByZero,
  finiteValues,
  noExactEquality,
  noWholePartOfTime,
  thresholdsHaveResets,
  resetsKeepTheParents,
  currentsReturn,
  signsOfConstants,
  statesDecay,
  noSlips,
];
export const SYNAPSE_RULES: readonly SynapseRule[] = [
  oneEquationOfSynapse,
  oneAssignmentOfSynapse,
  readsBeforeArrival,
  constantsOfSynapses,
  noDivisionByZeroInSynapse,
  finiteValuesOfSynapse,
  noWholePartOfTimeInSynapse,
  currentsReturnAtEnds,
  signsOfConstantsInSynapse,
  statesOfSynapsesDecay,
  noSlipsInSynapse,
];
export const EXPERIMENT_RULES: readonly ExperimentRule[] = [
  settingsAreConstant,
  settingsAreNotCircular,
  noiseOfSettings,
  noNoiseAtEnds,
  noInputLoops,
  noDivisionBySetting,
  finiteSettings,
  weightsNotNegative,
  drawsNotNegative,
  signsOfSettings,
  startsWithinBounds,
  noWholePartInSettings,
  noSlipsInSettings,
];
/** Rules that ask what becomes of a model wherever it is used; `networks` stand by themselves. */
export type UseRule = (
  models: readonly CheckedModel[],
  experiments: readonly CheckedExperiment[],
  networks: readonly CheckedExperiment[],
  say: Say,
) => void;
export const USE_RULES: readonly UseRule[] = [resetsBelowThreshold];
export const PROGRAM_RULES: readonly ProgramRule[] = [
  unusedDeclarations,
  unchangedStates,
  spikesCanBegin,
  experimentsSetWhatTheyName,
];
