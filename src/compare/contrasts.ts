// The difference of two variants in one measure, held against what the seed does and what the step does: which of them explains it.
import {
  chanceOf,
  estimate,
  meanOfPairs,
  pairedDifference,
  probabilityWithin,
  studentT,
  type MeanOfPairs,
} from "../measures/statistics.ts";
import { sqrt } from "../runtime/math.ts";
import type { Contrast } from "./comparison.ts";
import { ROUNDING } from "./evaluate.ts";
import { timesText, valueText } from "./words.ts";

/** One variant's measure: the parts of its cell that count here. */
export interface Contrasted {
  /** One a seed, or one alone where nothing is random. */
  readonly values: readonly (number | null)[];
  /** Of a measure that holds runs of several seeds against one another, the value of each two seeds (none where it is not known); null where each value is of a seed by itself. */
  readonly pairs: readonly (readonly number[])[] | null;
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
  /** The models are proven to be the same, and are integrated alike. */
  readonly isSame: boolean;
  /** How many differences chance is tested for, and whether it is excluded for this one among them. */
  readonly family: { readonly size: number; readonly isSure: boolean };
}

/** How probable a difference like this is where there is none; null where nothing is random, or there are fewer than two seeds. */
export function chanceOfContrast(
  variant: Contrasted,
  baseline: Contrasted,
  betweenSeeds: ContrastContext["betweenSeeds"],
): number | null {
  if (!variant.random && !baseline.random) return null;
  const shared = differenceOfPairs(variant, baseline);
  if (shared !== undefined)
    return shared === null ? 1 : 1 - probabilityWithin(Math.abs(shared.mean) / shared.error, shared.degrees);
  const [a, b] = [overSeeds(variant, baseline), overSeeds(baseline, variant)];
  if (betweenSeeds === null || !baseline.random) return chanceOf(a, b);
  const distances = a.map((x, k) => (x === null || b[k] == null ? null : Math.abs(x - b[k])));
  const paired = pairedDifference(distances, betweenSeeds);
  // No nearer than another seed is no distance.
  return paired === null ? null : paired.mean <= 0 ? 1 : chanceOf(distances, betweenSeeds);
}

/** One value a seed, that of a variant in which nothing is random for each of the other's. */
function overSeeds({ values }: Contrasted, other: Contrasted): readonly (number | null)[] {
  return values.length === 1
    ? Array.from({ length: Math.max(1, other.values.length) }, () => values[0] ?? null)
    : values;
}

/** Undefined where the values of either are of a seed by itself, null where the pairs of runs do not say how much chance there is in their mean. */
function differenceOfPairs({ pairs: a }: Contrasted, { pairs: b }: Contrasted): MeanOfPairs | null | undefined {
  if (a === null || b === null) return undefined;
  const found = a.length === b.length ? meanOfPairs(a.map((row, i) => row.map((x, j) => x - (b[i]?.[j] ?? 0)))) : null;
  return found === null || found.error === 0 ? null : found;
}

/**
 * The seed explains a difference that is no larger than the standard deviation between seeds, or that chance may make (Student's t, Holm over all differences of the comparison); a distance, if it is
 * no larger than that between two seeds of the baseline, or larger by what chance may make. The step explains one that is no larger than what halving it changes, unless that change is itself no more than other seeds make:
 * with half the step other noise is drawn.
 */
export function contrastOf(
  variant: Contrasted,
  baseline: Contrasted,
  context: ContrastContext,
): Omit<Contrast, "variant" | "experiment" | "measure"> {
  const seeds = Math.max(variant.values.length, baseline.values.length);
  const paired = pairedDifference(overSeeds(variant, baseline), overSeeds(baseline, variant));
  const stepError = largest([variant.stepEffect, baseline.stepEffect]);
  const { betweenSeeds, onlyNumerics, isSame, family } = context;
  const isRandom = variant.random || baseline.random;
  // Of several seeds, one alone may have a value in both.
  const oneSeed = isRandom && (paired === null ? seeds < 2 : paired.n < 2);
  const seedSpread = oneSeed
    ? null
    : betweenSeeds === null
      ? largest([spreadOf(variant), spreadOf(baseline)])
      : !baseline.random
        ? 0
        : (estimate(betweenSeeds)?.mean ?? null);
  if (paired === null) {
    const because = variant.undefinedBecause || baseline.undefinedBecause || "there is no value";
    return { difference: null, interval: null, seedSpread, stepError, verdict: "undefined", sentence: because };
  }
  const difference = paired.mean;
  const shared = differenceOfPairs(variant, baseline);
  const half = shared == null ? null : studentT(0.95, shared.degrees) * shared.error;
  const interval = ((): readonly [number, number] | null => {
    if (!isRandom) return null;
    if (shared === undefined) return paired.interval && [paired.interval.low, paired.interval.high];
    return half === null ? null : [difference - half, difference + half];
  })();
  const size = Math.abs(difference);
  const scale = Math.max(...[variant, baseline].map((c) => Math.abs(estimate(c.values)?.mean ?? 0)));
  const nothing = Math.max(ROUNDING * scale, variant.rounding, baseline.rounding);
  const chance = chanceOfContrast(variant, baseline, betweenSeeds);
  const isSure = chance === null || family.isSure;
  const aboveSeeds = (seedSpread === null || size > seedSpread) && isSure;
  const aboveStep = stepError === null || size > stepError;
  // Twice the standard deviation between seeds for a mean over n, of two such means.
  const stepIsNoise =
    isRandom &&
    seedSpread !== null &&
    stepError !== null &&
    stepError <= studentT(0.95, Math.max(1, seeds - 1)) * seedSpread * sqrt(2 / seeds);
  const verdict = ((): Contrast["verdict"] => {
    // Means that are equal although the values are not have not been told apart.
    if (size <= nothing)
      return Math.max(Math.abs(paired.least), Math.abs(paired.greatest)) <= nothing ? "none" : "seed";
    if (oneSeed) return "unknown";
    if (isSame && aboveStep && !isRandom) return "fault";
    if (isSame && isRandom) return "seed";
    if (aboveSeeds && aboveStep) return onlyNumerics ? "numerics" : "model";
    if (aboveSeeds) return stepIsNoise ? "seed" : "step";
    return !aboveStep && !stepIsNoise && (stepError ?? 0) >= (seedSpread ?? 0) ? "step" : "seed";
  })();
  return {
    difference,
    interval,
    seedSpread,
    stepError,
    verdict,
    sentence: sentenceOf(
      {
        difference,
        interval,
        seedSpread,
        stepError,
        verdict,
        isSure,
        isRandom,
        isChance: chance !== null && chance > 0.05,
        seeds: paired.n,
      },
      context,
    ),
  };
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
  {
    difference,
    interval,
    seedSpread,
    stepError,
    verdict,
    isSure,
    isRandom,
    isChance,
    seeds,
  }: Pick<Contrast, "interval" | "seedSpread" | "stepError" | "verdict"> & {
    readonly difference: number;
    readonly isSure: boolean;
    readonly isRandom: boolean;
    readonly isChance: boolean;
    readonly seeds: number;
  },
  { baseline, unit, betweenSeeds, isSame, family }: ContrastContext,
): string {
  const size = Math.abs(difference);
  if (verdict === "none") return `the same as ${baseline}`;
  const isDistance = betweenSeeds !== null;
  const how = isDistance
    ? `${valueText(size, unit)} away from ${baseline}`
    : `${valueText(size, unit)} ${difference > 0 ? "more" : "less"} than ${baseline}`;
  const spread = isDistance ? `what another seed of ${baseline} makes` : "the spread between seeds";
  switch (verdict) {
    case "model":
    case "numerics": {
      const parts = [
        ...(isRandom && seedSpread !== null && seedSpread > 0 ? [`${timesText(size / seedSpread)} ${spread}`] : []),
        ...(stepError === null
          ? []
          : [
              stepError === 0
                ? "half the step changes nothing"
                : `${timesText(size / stepError)} the effect of halving the step`,
            ]),
      ];
      return parts.length === 0 ? how : `${how}: ${parts.join(", ")}`;
    }
    case "seed": {
      if (isSame) return `${how}, by chance: the models are the same`;
      if (size === 0) return `not told apart from ${baseline} by ${seeds} seeds: each differs, the means do not`;
      const within = seedSpread !== null && size <= seedSpread;
      const sure =
        within && !isDistance && isSure && interval !== null
          ? `; the means do differ, by ${valueText(interval[0], "")} to ${valueText(interval[1], unit)} with 95 % confidence`
          : "";
      if (within) return `${how}, no more than ${spread} (${valueText(seedSpread, unit)})${sure}`;
      if (isSure)
        return `${how}, but half the step, with other noise, changes as much (${valueText(stepError ?? 0, unit)}): more seeds would tell`;
      if (!isChance)
        return `${how}, but of ${family.size} differences that are looked at chance alone may make one like this: more seeds would tell`;
      if (isDistance)
        return `${how}, but with so few seeds no more for certain than ${spread} (${valueText(seedSpread ?? 0, unit)})`;
      return `${how}, but with so few seeds it may be none${interval !== null && interval[0] <= 0 && interval[1] >= 0 ? ": the 95 % interval holds 0" : ""}`;
    }
    case "step":
      return `${how}, no more than the effect of halving the step (${valueText(stepError ?? 0, unit)}): a smaller step would tell`;
    case "unknown":
      return `${how}, by one seed alone: another could do as much, and several would tell (--seeds 10)`;
    case "fault":
      return `${how}, although the models are the same and nothing in them is random: either rounding that grows, as in a chaotic network or at a spike on the edge of a step, or a fault of glif: please report it, with both models`;
    case "undefined":
      return how;
  }
}
