// The arithmetic of each measure of the catalogue: a measure without one does not compile.
import { burstIndex } from "./burstIndex.ts";
import { measureOfName } from "./catalogue.ts";
import type { MeasureName, ParametersOf, SubjectOf } from "./catalogue.ts";
import { chiSquared } from "./chiSquared.ts";
import { coincidence } from "./coincidence.ts";
import { coincidenceRatio } from "./coincidenceRatio.ts";
import { fano, synchrony } from "./counts.ts";
import type { Curve } from "./curve.ts";
import { cvIsi } from "./cvIsi.ts";
import { explainedVariance, explainedVarianceRatio, withoutEachReference } from "./explainedVariance.ts";
import { isiDistance } from "./isiDistance.ts";
import { kuramoto, kuramotoLocal, phaseVelocity } from "./kuramoto.ts";
import { latency } from "./latency.ts";
import { adaptation, cv2, lv, lvr } from "./localVariation.ts";
import { mdStar } from "./mdStar.ts";
import { rate } from "./rate.ts";
import { peakFrequency, spectrum } from "./spectrum.ts";
import { spikeDistance } from "./spikeDistance.ts";
import { fI, rheobase } from "./sweep.ts";
import { traceExplainedVariance, traceMean, traceRmse, traceSd } from "./traces.ts";
import type { PopulationSpikes, SpikeTrain, SweepPoints, TraceSamples } from "./train.ts";
import { vanRossum } from "./vanRossum.ts";
import { victorPurpura } from "./victorPurpura.ts";

/** A number in the unit that the catalogue states, a curve, or null for the reason that the catalogue gives as `silent`. */
export type MeasureValue = number | Curve | null;

/** What is handed over for each subject; of pairs the model comes first, then the reference. */
export interface SubjectValues {
  readonly train: readonly [train: SpikeTrain];
  readonly population: readonly [population: PopulationSpikes];
  readonly "pair of trains": readonly [model: SpikeTrain, reference: SpikeTrain];
  readonly repeats: readonly [models: readonly SpikeTrain[], references: readonly SpikeTrain[]];
  readonly trace: readonly [trace: TraceSamples];
  readonly traces: readonly [traces: readonly TraceSamples[]];
  readonly "pair of traces": readonly [model: TraceSamples, reference: TraceSamples];
  readonly sweep: readonly [points: SweepPoints];
}

type Computations = {
  readonly [Name in MeasureName]: (
    subject: SubjectValues[SubjectOf<Name>],
    parameters: ParametersOf<Name>,
  ) => MeasureValue;
};

/** `compute.cv2([train], {})`. */
export const compute: Computations = {
  rate: ([train]) => rate(train),
  latency: ([train], { onset }) => latency(train, onset),
  cv_isi: ([train], { fewest }) => cvIsi(train, fewest),
  cv2: ([train]) => cv2(train),
  lv: ([train]) => lv(train),
  lvr: ([train], { refractoriness }) => lvr(train, refractoriness),
  adaptation: ([train]) => adaptation(train),
  burst_index: ([train], { below }) => burstIndex(train, below),
  fano: ([train], { bin }) => fano(train, bin),
  van_rossum: ([model, reference], { tau }) => vanRossum(model, reference, tau),
  victor_purpura: ([model, reference], { cost }) => victorPurpura(model, reference, cost),
  coincidence: ([model, reference], { precision }) => coincidence(model, reference, precision),
  isi_distance: ([model, reference]) => isiDistance(model, reference),
  spike_distance: ([model, reference]) => spikeDistance(model, reference),
  coincidence_ratio: ([models, references], { precision }) => coincidenceRatio(models, references, precision),
  md_star: ([models, references], { precision }) => mdStar(models, references, precision),
  explained_variance: ([models, references], { sigma }) => explainedVariance(models, references, sigma),
  explained_variance_ratio: ([models, references], { sigma }) => explainedVarianceRatio(models, references, sigma),
  synchrony: ([population], { bin }) => synchrony(population, bin),
  chi_squared: ([traces]) => chiSquared(traces),
  kuramoto: ([population], { sampling }) => kuramoto(population, sampling),
  kuramoto_local: ([population], { neighbours, sampling }) => kuramotoLocal(population, neighbours, sampling),
  phase_velocity: ([population]) => phaseVelocity(population),
  spectrum: ([population], { bin, segment }) => spectrum(population, bin, segment),
  peak_frequency: ([population], { bin, segment, lowest }) => peakFrequency(population, bin, segment, lowest),
  trace_mean: ([trace]) => traceMean(trace),
  trace_sd: ([trace]) => traceSd(trace),
  trace_rmse: ([model, reference]) => traceRmse(model, reference, null),
  subthreshold_rmse: ([model, reference], around) => traceRmse(model, reference, around),
  trace_explained_variance: ([model, reference], around) => traceExplainedVariance(model, reference, around),
  f_I: ([points]) => fI(points),
  rheobase: ([points]) => rheobase(points),
};

/** Measures of repeats without each of the references in turn. */
const withoutEach: {
  readonly [Name in RepeatsName]: (
    subject: SubjectValues["repeats"],
    parameters: ParametersOf<Name>,
  ) => readonly (number | null)[];
} = {
  coincidence_ratio: ([models, references], { precision }) =>
    eachLeftOut(references, (others) => coincidenceRatio(models, others, precision)),
  md_star: ([models, references], { precision }) =>
    eachLeftOut(references, (others) => mdStar(models, others, precision)),
  explained_variance: ([models, references], { sigma }) => withoutEachReference(models, references, sigma).variance,
  explained_variance_ratio: ([models, references], { sigma }) => withoutEachReference(models, references, sigma).ratio,
};

function eachLeftOut(
  references: readonly SpikeTrain[],
  measure: (others: readonly SpikeTrain[]) => number | null,
): readonly (number | null)[] {
  return references.map((_, j) => measure(references.filter((__, k) => k !== j)));
}

type RepeatsName = { [Name in MeasureName]: SubjectOf<Name> extends "repeats" ? Name : never }[MeasureName];

function isOfRepeats(name: MeasureName): name is RepeatsName {
  return name in withoutEach;
}

/** A measure with its parameters, those left out at their defaults: to be applied to what it is taken of. */
export type Measured = {
  readonly [S in keyof SubjectValues]: {
    readonly of: S;
    readonly name: MeasureName;
    readonly apply: (...subject: SubjectValues[S]) => MeasureValue;
    readonly withoutEach: S extends "repeats" ? (...subject: SubjectValues[S]) => readonly (number | null)[] : null;
  };
}[keyof SubjectValues];

/** `given`: canonical values by parameter name, already checked by `parameterProblem`. Switch on `of` to know what to hand to `apply`. */
export function measureWith(name: MeasureName, given: Readonly<Record<string, number>> = {}): Measured {
  const entry = measureOfName(name);
  const parameters = Object.fromEntries((entry?.parameters ?? []).map((p) => [p.name, given[p.name] ?? p.default]));
  // The catalogue ties names to subjects and parameters; a lookup by a name that is only known at run time loses that.
  const computation = compute[name] as (
    subject: readonly unknown[],
    parameters: Readonly<Record<string, number | null>>,
  ) => MeasureValue;
  return {
    of: entry?.of,
    name,
    apply: (...subject: readonly unknown[]) => computation(subject, parameters),
    withoutEach: isOfRepeats(name)
      ? (...subject: SubjectValues["repeats"]) => withoutEach[name](subject, parameters as ParametersOf<RepeatsName>)
      : null,
  } as Measured;
}

/**
 * A measure of trains over a whole population: the mean over the neurons in which it is defined (a number, null where there is none) and how many those are.
 * Means of `rate` and `cv_isi` are those that `glif run` tells.
 */
export function overNeurons(
  population: PopulationSpikes,
  of: (train: SpikeTrain) => MeasureValue,
): { readonly value: number | null; readonly neurons: number } {
  let [sum, neurons] = [0, 0];
  for (const train of population.trains) {
    const value = of(train);
    if (typeof value !== "number") continue;
    sum += value;
    neurons++;
  }
  return { value: neurons > 0 ? sum / neurons : null, neurons };
}
