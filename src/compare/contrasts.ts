// The difference of two variants in one measure, held against what the seed does and what the step does: which of them explains it.
import { estimate, pairedDifference } from "../measures/statistics.ts";
import type { Contrast } from "./comparison.ts";
import { timesText, valueText } from "./words.ts";

/** One variant's measure: the parts of its cell that count here. */
export interface Contrasted {
  /** One a seed, or one alone where nothing is random. */
  readonly values: readonly (number | null)[];
  readonly stepEffect: number | null;
  readonly undefinedBecause: string;
  /** Something in it is drawn. */
  readonly random: boolean;
}

export interface ContrastWords {
  /** Label of the baseline. */
  readonly baseline: string;
  readonly unit: string;
  /** It says how far a run is from the baseline's. */
  readonly isDistance: boolean;
}

/** Parts of the larger value: what is smaller is rounding. */
const ROUNDING = 1e-12;

/**
 * `betweenSeeds`: of a measure that is a distance to the baseline, how far two seeds of the baseline are apart in it; null where it is none, and the spread of the values counts.
 * The seed explains a difference that is no larger than the standard deviation between seeds, or whose interval holds 0; the step one that is no larger than what halving it changes.
 * With one seed of a random model nothing is known of the seed, and so nothing of the model.
 */
export function contrastOf(variant: Contrasted, baseline: Contrasted, betweenSeeds: number | null, words: ContrastWords): Omit<Contrast, "variant" | "experiment" | "measure"> {
  const seeds = Math.max(variant.values.length, baseline.values.length);
  const of = ({ values }: Contrasted): readonly (number | null)[] => (values.length === 1 ? Array.from({ length: seeds }, () => values[0] ?? null) : values);
  const paired = pairedDifference(of(variant), of(baseline));
  const stepError = largest([variant.stepEffect, baseline.stepEffect]);
  const spreads = [variant, baseline].map(spreadOf);
  // Where one of them does not tell, both do not.
  const seedSpread = betweenSeeds ?? (spreads.includes(null) ? null : largest(spreads));
  if (paired === null) {
    const because = variant.undefinedBecause || baseline.undefinedBecause || "there is no value";
    return { difference: null, interval: null, seedSpread, stepError, verdict: "undefined", sentence: because };
  }
  const difference = paired.mean;
  const isRandom = variant.random || baseline.random;
  const interval = paired.interval === null || !isRandom ? null : ([paired.interval.low, paired.interval.high] as const);
  const size = Math.abs(difference);
  const scale = Math.max(...[variant, baseline].map((c) => Math.abs(estimate(c.values)?.mean ?? 0)));
  const isSure = interval === null || interval[0] > 0 || interval[1] < 0;
  const aboveSeeds = seedSpread !== null && size > seedSpread;
  const aboveStep = stepError === null || size > stepError;
  const verdict = size <= ROUNDING * scale ? "none" : !aboveStep && (stepError ?? 0) >= (seedSpread ?? 0) ? "step" : seedSpread === null ? "undefined" : !aboveSeeds || !isSure ? "seed" : aboveStep ? "model" : "step";
  return { difference, interval, seedSpread, stepError, verdict, sentence: sentenceOf({ difference, interval, seedSpread, stepError, verdict, isSure, isRandom }, words) };
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
  { baseline, unit, isDistance }: ContrastWords,
): string {
  const size = Math.abs(difference);
  if (verdict === "none") return `the same as ${baseline}`;
  const how = isDistance ? `${valueText(size, unit)} away from ${baseline}` : `${valueText(size, unit)} ${difference > 0 ? "more" : "less"} than ${baseline}`;
  const spread = isDistance ? `what another seed of ${baseline} makes` : "the spread between seeds";
  switch (verdict) {
    case "model": {
      const parts = [
        ...(isRandom && seedSpread !== null && seedSpread > 0 ? [`${timesText(size / seedSpread)} ${spread}`] : []),
        ...(stepError === null ? [] : [stepError === 0 ? "half the step changes nothing" : `${timesText(size / stepError)} the effect of halving the step`]),
      ];
      return parts.length === 0 ? how : `${how}: ${parts.join(", ")}`;
    }
    case "seed": {
      const within = seedSpread !== null && size <= seedSpread;
      const sure = within && isSure && interval !== null ? `; the means do differ, by ${valueText(interval[0], "")} to ${valueText(interval[1], unit)} with 95 % confidence` : "";
      return within ? `${how}, no more than ${spread} (${valueText(seedSpread, unit)})${sure}` : `${how}, but with so few seeds it may be none: the 95 % interval holds 0`;
    }
    case "step":
      return `${how}, no more than the effect of halving the step (${valueText(stepError ?? 0, unit)}): a smaller step would tell`;
    case "undefined":
      return `${how}; with one seed alone nobody can tell what the seed makes of it`;
  }
}
