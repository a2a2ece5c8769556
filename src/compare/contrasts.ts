// The difference of two variants in one measure, held against what the seed does and what the step does: which of them explains it.
import { estimate, pairedDifference, studentT } from "../measures/statistics.ts";
import { sqrt } from "../runtime/math.ts";
import type { Contrast } from "./comparison.ts";
import { ROUNDING } from "./evaluate.ts";
import { timesText, valueText } from "./words.ts";

/** One variant's measure: the parts of its cell that count here. */
export interface Contrasted {
  /** One a seed, or one alone where nothing is random. */
  readonly values: readonly (number | null)[];
  readonly stepEffect: number | null;
  readonly rounding: number;
  readonly undefinedBecause: string;
  /** Something in it is drawn. */
  readonly random: boolean;
}

export interface ContrastContext {
  /** Label of the baseline. */
  readonly baseline: string;
  readonly unit: string;
  /**
   * Of a measure that says how far a run is from the baseline's: how far runs of the baseline with different seeds are from each other in it, one a seed; none where nothing is random or there
   * is one seed. Null for other measures.
   */
  readonly betweenSeeds: readonly (number | null)[] | null;
  /** Method and step are all that differs. */
  readonly onlyNumerics: boolean;
}

/**
 * The seed explains a difference that is no larger than the standard deviation between seeds, or whose 95 % interval holds 0; a distance, if it is no larger than that between two seeds of the
 * baseline, or larger by a difference whose interval holds 0. The step explains one that is no larger than what halving it changes, unless that change is itself no more than other seeds make:
 * with half the step other noise is drawn.
 */
export function contrastOf(variant: Contrasted, baseline: Contrasted, context: ContrastContext): Omit<Contrast, "variant" | "experiment" | "measure"> {
  const seeds = Math.max(variant.values.length, baseline.values.length);
  const of = ({ values }: Contrasted): readonly (number | null)[] => (values.length === 1 ? Array.from({ length: seeds }, () => values[0] ?? null) : values);
  const paired = pairedDifference(of(variant), of(baseline));
  const stepError = largest([variant.stepEffect, baseline.stepEffect]);
  const { betweenSeeds, onlyNumerics } = context;
  const isRandom = variant.random || baseline.random;
  // Of several seeds, one alone may have a value in both.
  const oneSeed = isRandom && (paired === null ? seeds < 2 : paired.n < 2);
  const seedSpread = oneSeed ? null : betweenSeeds === null ? largest([spreadOf(variant), spreadOf(baseline)]) : !baseline.random ? 0 : (estimate(betweenSeeds)?.mean ?? null);
  if (paired === null) {
    const because = variant.undefinedBecause || baseline.undefinedBecause || "there is no value";
    return { difference: null, interval: null, seedSpread, stepError, verdict: "undefined", sentence: because };
  }
  const difference = paired.mean;
  const interval = paired.interval === null || !isRandom ? null : ([paired.interval.low, paired.interval.high] as const);
  const size = Math.abs(difference);
  const scale = Math.max(...[variant, baseline].map((c) => Math.abs(estimate(c.values)?.mean ?? 0)));
  const nothing = Math.max(ROUNDING * scale, variant.rounding, baseline.rounding);
  const isSure = betweenSeeds !== null && baseline.random ? isBeyond(of(variant), of(baseline), betweenSeeds) : interval === null || interval[0] > 0 || interval[1] < 0;
  const aboveSeeds = (seedSpread === null || size > seedSpread) && isSure;
  const aboveStep = stepError === null || size > stepError;
  // Twice the standard deviation between seeds for a mean over n, of two such means.
  const stepIsNoise = isRandom && seedSpread !== null && stepError !== null && stepError <= studentT(0.95, Math.max(1, seeds - 1)) * seedSpread * sqrt(2 / seeds);
  const verdict = ((): Contrast["verdict"] => {
    if (size <= nothing) return "none";
    if (oneSeed) return "unknown";
    if (aboveSeeds && aboveStep) return onlyNumerics ? "numerics" : "model";
    if (aboveSeeds) return stepIsNoise ? "seed" : "step";
    return !aboveStep && !stepIsNoise && (stepError ?? 0) >= (seedSpread ?? 0) ? "step" : "seed";
  })();
  return { difference, interval, seedSpread, stepError, verdict, sentence: sentenceOf({ difference, interval, seedSpread, stepError, verdict, isSure, isRandom }, context) };
}

/** The distances are larger than those between seeds, with 95 % confidence. */
function isBeyond(variant: readonly (number | null)[], baseline: readonly (number | null)[], betweenSeeds: readonly (number | null)[]): boolean {
  const distances = variant.map((x, k) => (x === null || baseline[k] == null ? null : Math.abs(x - baseline[k])));
  const interval = pairedDifference(distances, betweenSeeds)?.interval ?? null;
  return interval !== null && interval.low > 0;
}

/** Standard deviation between seeds; 0 where nothing is random, null where one seed alone cannot tell. */
function spreadOf({ values, random }: Contrasted): number | null {
  return random ? (estimate(values)?.sd ?? null) : 0;
}

function largest(values: readonly (number | null)[]): number | null {
  const there = values.filter((v) => v !== null).map(Math.abs);
  return there.length === 0 ? null : Math.max(...there);
}

function sentenceOf(
  { difference, interval, seedSpread, stepError, verdict, isSure, isRandom }: Pick<Contrast, "interval" | "seedSpread" | "stepError" | "verdict"> & { readonly difference: number; readonly isSure: boolean; readonly isRandom: boolean },
  { baseline, unit, betweenSeeds }: ContrastContext,
): string {
  const size = Math.abs(difference);
  if (verdict === "none") return `the same as ${baseline}`;
  const isDistance = betweenSeeds !== null;
  const how = isDistance ? `${valueText(size, unit)} away from ${baseline}` : `${valueText(size, unit)} ${difference > 0 ? "more" : "less"} than ${baseline}`;
  const spread = isDistance ? `what another seed of ${baseline} makes` : "the spread between seeds";
  switch (verdict) {
    case "model":
    case "numerics": {
      const parts = [
        ...(isRandom && seedSpread !== null && seedSpread > 0 ? [`${timesText(size / seedSpread)} ${spread}`] : []),
        ...(stepError === null ? [] : [stepError === 0 ? "half the step changes nothing" : `${timesText(size / stepError)} the effect of halving the step`]),
      ];
      return parts.length === 0 ? how : `${how}: ${parts.join(", ")}`;
    }
    case "seed": {
      const within = seedSpread !== null && size <= seedSpread;
      const sure = within && !isDistance && isSure && interval !== null ? `; the means do differ, by ${valueText(interval[0], "")} to ${valueText(interval[1], unit)} with 95 % confidence` : "";
      if (within) return `${how}, no more than ${spread} (${valueText(seedSpread, unit)})${sure}`;
      if (isSure) return `${how}, but half the step, with other noise, changes as much (${valueText(stepError ?? 0, unit)}): more seeds would tell`;
      if (isDistance) return `${how}, but with so few seeds no more for certain than ${spread} (${valueText(seedSpread ?? 0, unit)})`;
      return `${how}, but with so few seeds it may be none: the 95 % interval holds 0`;
    }
    case "step":
      return `${how}, no more than the effect of halving the step (${valueText(stepError ?? 0, unit)}): a smaller step would tell`;
    case "unknown":
      return `${how}, by one seed alone: another could do as much, and several would tell (--seeds 10)`;
    case "undefined":
      return how;
  }
}
