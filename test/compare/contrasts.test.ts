// Differences held against seeds and step: cases that are counted by hand.
import { expect, test } from "vitest";
import {
  chanceOfContrast,
  contrastOf as contrastIn,
  type ContrastContext,
  type Contrasted,
} from "../../src/compare/contrasts.ts";
import { holm, studentT } from "../../src/measures/statistics.ts";
import { drawNormal } from "../../src/runtime/distributions.ts";
import { stream } from "../../src/runtime/random.ts";

const words = { baseline: "LIF", unit: "Hz", betweenSeeds: null, onlyNumerics: false, isSame: false };
/** As the only difference that is looked at. */
const contrastOf = (
  variant: Contrasted,
  baseline: Contrasted,
  context: Omit<ContrastContext, "family">,
): ReturnType<typeof contrastIn> =>
  contrastIn(variant, baseline, {
    ...context,
    family: { size: 1, isSure: (chanceOfContrast(variant, baseline, context.betweenSeeds) ?? 1) <= 0.05 },
  });
const of = (
  values: readonly (number | null)[],
  stepEffect: number | null = null,
  random = values.length > 1,
): Contrasted => ({ values, pairs: null, stepEffect, random, rounding: 1e-12, undefinedBecause: "" });

test("mean of the differences seed by seed, its interval by Student's t, and the larger spread between seeds", () => {
  // Differences 9, 11, 10: mean 10, sd 1; the variants' sd are 1 and 0.
  const { difference, interval, seedSpread, verdict } = contrastOf(of([19, 21, 20]), of([10, 10, 10]), words);
  const half = (studentT(0.95, 2) * 1) / Math.sqrt(3);
  expect([difference, seedSpread, verdict]).toEqual([10, 1, "model"]);
  expect(interval?.[0]).toBeCloseTo(10 - half, 12);
  expect(interval?.[1]).toBeCloseTo(10 + half, 12);
});

test("the verdict goes to the larger of what could explain it", () => {
  const verdict = (a: Contrasted, b: Contrasted): string => contrastOf(a, b, words).verdict;
  // Nothing is random: the step alone.
  expect(verdict(of([30]), of([20], 0.1))).toBe("model");
  expect(verdict(of([20.05]), of([20], 0.1))).toBe("step");
  expect(verdict(of([20.05], -0.1), of([20], 0))).toBe("step");
  expect(verdict(of([20]), of([20], 0.1))).toBe("none");
  // 1 Hz of difference, 2 Hz between seeds.
  expect(verdict(of([20, 24, 22]), of([19, 23, 21]))).toBe("seed");
  // Seeds differ by 0.1, the step makes 2 Hz.
  expect(verdict(of([21, 21.1, 20.9]), of([20, 20.1, 19.9], 2))).toBe("step");
  // Larger than the spread of either, but two seeds cannot tell.
  expect(verdict(of([21, 23]), of([20, 19.9]))).toBe("seed");
  expect(verdict(of([null]), of([20]))).toBe("undefined");
  // One seed of something random tells nothing of the seed, whatever the other does.
  expect(verdict(of([30], null, true), of([20]))).toBe("unknown");
  expect(verdict(of([20.05], null, true), of([20], 0.1))).toBe("unknown");
});

test("one value of a deterministic variant stands beside every seed of a random one", () => {
  const { difference, seedSpread } = contrastOf(of([10]), of([20, 22, 24]), words);
  expect([difference, seedSpread]).toEqual([-12, 2]);
});

test("a distance is held against those between seeds of the baseline, and has to be larger for certain", () => {
  const distance = (betweenSeeds: readonly number[]): Omit<ContrastContext, "family"> => ({
    ...words,
    unit: "",
    betweenSeeds,
  });
  const itself = of([0, 0, 0]);
  expect(contrastOf(of([3, 3, 3]), itself, distance([4, 4, 4])).verdict).toBe("seed");
  expect(contrastOf(of([3, 3, 3]), itself, distance([1, 1, 1]))).toMatchObject({
    verdict: "model",
    seedSpread: 1,
    sentence: "3 away from LIF: 3 times what another seed of LIF makes",
  });
  // A model that is the same with other noise: as far away as another seed, a little more or a little less by chance.
  expect(contrastOf(of([3.2, 2.7, 3.4]), itself, distance([2.9, 3.3, 2.8]))).toMatchObject({
    verdict: "seed",
    sentence: "3.1 away from LIF, but with so few seeds no more for certain than what another seed of LIF makes (3)",
  });
  // A likeness falls from 1.
  expect(contrastOf(of([0.2, 0.3, 0.25]), of([1, 1, 1]), distance([0.7, 0.8, 0.75])).verdict).toBe("seed");
  expect(contrastOf(of([0.2, 0.3, 0.25]), of([1, 1, 1]), distance([0.1, 0.2, 0.12])).verdict).toBe("model");
});

test("where method and step are all that differs, the numerics explain it", () => {
  const numerics = { ...words, onlyNumerics: true };
  expect(contrastOf(of([30]), of([20], 0.1), numerics)).toMatchObject({
    verdict: "numerics",
    sentence: "10 Hz more than LIF: 100 times the effect of halving the step",
  });
  expect(contrastOf(of([20]), of([20]), numerics).verdict).toBe("none");
  expect(contrastOf(of([20, 24, 22]), of([19, 23, 21]), numerics).verdict).toBe("seed");
});

test("one seed of what is random explains nothing", () => {
  expect(contrastOf(of([30], null, true), of([20], null, true), words)).toMatchObject({
    verdict: "unknown",
    seedSpread: null,
    sentence: "10 Hz more than LIF, by one seed alone: another could do as much, and several would tell (--seeds 10)",
  });
  expect(contrastOf(of([3], null, true), of([0], null, true), { ...words, betweenSeeds: [] })).toMatchObject({
    verdict: "unknown",
    seedSpread: null,
  });
  expect(contrastOf(of([20], null, true), of([20], null, true), words).verdict).toBe("none");
  expect(contrastOf(of([null, 30, null]), of([20, 20.1, 20.2]), words).verdict).toBe("unknown");
});

test("half the step draws other noise: what it changes counts where it is more than that", () => {
  // 0.9 Hz of difference for certain, seeds apart by 0.8; half the step moves a mean over three seeds by 1 Hz, as seeds would.
  const [a, b] = [
    [20.9, 21.75, 20.05],
    [20, 20.8, 19.2],
  ];
  expect(contrastOf(of(a), of(b, 1), words)).toMatchObject({
    verdict: "seed",
    sentence:
      "0.9 Hz more than LIF, but half the step, with other noise, changes as much (1 Hz): more seeds would tell",
  });
  expect(contrastOf(of(a), of(b, 5), words).verdict).toBe("step");
});

test("two seeds whose differences are the same decide nothing, nor do a few where the values are few", () => {
  expect(contrastOf(of([78, 80]), of([76, 78]), words).verdict).toBe("seed");
  expect(contrastOf(of([78, 78]), of([76, 76]), words)).toMatchObject({
    verdict: "seed",
    sentence: "2 Hz more than LIF, but with so few seeds it may be none",
  });
  expect(contrastOf(of([82, 84, 83]), of([76, 78, 77]), words).verdict).toBe("seed");
  expect(contrastOf(of([82, 82, 82]), of([76, 76, 76]), words).verdict).toBe("model");
  // Five signs that agree are 1 chance of 16, six 1 of 32.
  for (const [n, verdict] of [
    [5, "seed"],
    [6, "model"],
  ] as const) {
    const values = Array.from({ length: n }, (_, k) => 76 + (k % 2));
    expect(contrastOf(of(values.map((v) => v + 6)), of(values), words).verdict, `${n} seeds`).toBe(verdict);
    expect(chanceOfContrast(of(values.map((v) => v + 6)), of(values), null)).toBe(2 ** (1 - n));
  }
  // 76 and 78 against 78 and 76: the means are the same, the runs are not.
  expect(contrastOf(of([78, 76]), of([76, 78]), words)).toMatchObject({
    verdict: "seed",
    sentence: "not told apart from LIF by 2 seeds: each differs, the means do not",
  });
});

test("of many differences one must be surer of each", () => {
  const context = { ...words, family: { size: 20, isSure: false } };
  const [a, b] = [of([24, 26, 25.5]), of([20, 20.4, 20.1])];
  expect(contrastOf(a, b, words).verdict).toBe("model");
  expect(contrastIn(a, b, context)).toMatchObject({
    verdict: "seed",
    sentence:
      "5 Hz more than LIF, but of 20 differences that are looked at chance alone may make one like this: more seeds would tell",
  });
});

test("models that are proven to be the same differ by nothing that is the model's", () => {
  const same = { ...words, isSame: true };
  expect(contrastOf(of([24, 26, 25]), of([20, 20.4, 20.1]), same)).toMatchObject({
    verdict: "seed",
    sentence: "4.83 Hz more than LIF, by chance: the models are the same",
  });
  expect(contrastOf(of([24]), of([20], 0.1), same)).toMatchObject({
    verdict: "fault",
    sentence: expect.stringMatching(
      /although the models are the same and nothing in them is random: .* please report it/,
    ) as string,
  });
  expect(contrastOf(of([20.05]), of([20], 0.1), same).verdict).toBe("step");
  expect(contrastOf(of([20]), of([20]), same).verdict).toBe("none");
});

test("what is no more than rounding is no difference, however small the values are", () => {
  expect(contrastOf(of([2.4e-15]), of([1e-16]), words)).toMatchObject({ verdict: "none", sentence: "the same as LIF" });
  expect(contrastOf({ ...of([5e-12]), rounding: 7e-11 }, of([0]), words).verdict).toBe("none");
});

test("the sentence says how many times, and in which unit", () => {
  expect(contrastOf(of([41.4, 41.6, 41.5]), of([20, 20.1, 20.2], 0.01), words).sentence).toBe(
    "21.4 Hz more than LIF: 214 times the spread between seeds, more than 1000 times the effect of halving the step",
  );
  expect(contrastOf(of([18]), of([20], 0), words).sentence).toBe("2 Hz less than LIF: half the step changes nothing");
  expect(contrastOf(of([20.05]), of([20], 0.1), words).sentence).toBe(
    "0.05 Hz more than LIF, no more than the effect of halving the step (0.1 Hz): a smaller step would tell",
  );
  expect(contrastOf({ ...of([null]), undefinedBecause: "no spikes" }, of([20]), words).sentence).toBe("no spikes");
});

test("of equal models a table of measures claims something in no more than 5 of 100 comparisons, with few seeds and few values, too", () => {
  const draw = (seed: number, measure: number, k: number, variant: number): number =>
    drawNormal(stream(seed, `measure ${measure} of ${variant}`), k, 0, 1);
  const rates: string[] = [];
  for (const seeds of [2, 3, 5, 10]) {
    for (const measures of [1, 4, 15]) {
      for (const step of [0, 2]) {
        let claims = 0;
        for (let table = 0; table < 500; table++) {
          // Values of 20 ± 2; with few values in steps of 2.
          const values = (m: number, variant: number): Contrasted =>
            of(
              Array.from({ length: seeds }, (_, k) => {
                const x = 20 + 2 * draw(table, m, k, variant);
                return step === 0 ? x : step * Math.round(x / step);
              }),
              null,
              true,
            );
          const pairs = Array.from({ length: measures }, (_, m) => [values(m, 0), values(m, 1)] as const);
          const sure = holm(pairs.map(([a, b]) => chanceOfContrast(a, b, null)));
          if (
            pairs.some(
              ([a, b], k) =>
                contrastIn(a, b, { ...words, family: { size: measures, isSure: sure[k] === true } }).verdict ===
                "model",
            )
          )
            claims++;
        }
        if (claims / 500 > 0.065) rates.push(`${seeds} seeds, ${measures} measures, steps of ${step}: ${claims / 500}`);
      }
    }
  }
  expect(rates).toEqual([]);
}, 60_000);
