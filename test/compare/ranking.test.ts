// Which variant comes nearest to a recording: told only where the seeds and the step bear it out.
import { expect, test } from "vitest";
import type { Cell, MeasureColumn } from "../../src/compare/comparison.ts";
import { rankingOf } from "../../src/compare/ranking.ts";

const measures: readonly MeasureColumn[] = [
  { key: "van_rossum", name: "van_rossum", title: "", unit: "", definition: "", source: "", nearer: "smaller" },
];
const cell = (variant: number, values: readonly number[], stepEffect: number | null = null): Cell => ({
  variant,
  experiment: 0,
  measure: 0,
  values,
  mean: values.reduce((a, b) => a + b, 0) / values.length,
  interval: null,
  stepEffect,
  rounding: 1e-12,
  undefinedBecause: "",
  curve: null,
});
const ranked = (cells: readonly Cell[], isRandom: boolean): ReturnType<typeof rankingOf> =>
  rankingOf(cells, measures, ["A", "B", "C"].slice(0, cells.length), null, () => isRandom);

test("a difference of rounding, or of what the step does, is a tie", () => {
  expect(ranked([cell(0, [1]), cell(1, [1 + 5e-15])], false)).toMatchObject({
    ranking: [{ variants: [0, 1], tied: 2 }],
    sentence: "No variant is told to be nearer to the recording than the others.",
  });
  expect(ranked([cell(0, [1], 0.2), cell(1, [1.1])], false).ranking[0]?.tied).toBe(2);
  expect(ranked([cell(0, [1], 0.02), cell(1, [1.1])], false)).toMatchObject({
    ranking: [{ tied: 1 }],
    sentence: "A is nearest by the one measure that tells.",
  });
});

test("of what is random the seeds must tell", () => {
  expect(ranked([cell(0, [1, 1.4, 0.8]), cell(1, [1.1, 1.2, 1])], true).ranking[0]).toMatchObject({
    variants: [0, 1],
    tied: 2,
  });
  expect(ranked([cell(0, [1, 1.1, 0.9]), cell(1, [3, 3.15, 2.8])], true).ranking[0]).toMatchObject({
    variants: [0, 1],
    tied: 1,
  });
  // One seed tells nothing, and neither does a third that lies between.
  expect(ranked([cell(0, [1]), cell(1, [3])], true).ranking[0]?.tied).toBe(2);
  expect(
    ranked([cell(0, [1, 1.1, 0.9]), cell(1, [3, 3.15, 2.8]), cell(2, [1.2, 1, 1.1])], true).ranking[0],
  ).toMatchObject({ variants: [0, 2, 1], tied: 2 });
});

test("two models that are the same, with noise of their own, are told apart in no more than 5 of 100 comparisons", () => {
  // A fixed sequence of numbers between 0 and 1.
  let state = 1;
  const next = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const normal = (): number => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  let claims = 0;
  for (let k = 0; k < 1000; k++) {
    const values = (): number[] => Array.from({ length: 5 }, () => 3 + normal());
    if (ranked([cell(0, values()), cell(1, values())], true).ranking[0]?.tied === 1) claims++;
  }
  expect(claims / 1000).toBeLessThan(0.065);
  expect(claims / 1000).toBeGreaterThan(0.02);
});

test("a ranking claims no more than verdicts do: not what is within the spread between seeds, nor what one of many measures makes by chance", () => {
  // Each seed is 0.1 farther, and seeds differ by 1: chance does not make it, but the seed matters more.
  const within = [cell(0, [1, 2, 3, 4]), cell(1, [1.1, 2.1, 3.1001, 4.1])];
  expect(ranked(within, true).ranking[0]?.tied).toBe(2);
  // p is between 0.01 and 0.05: enough for one measure, not for six.
  const cells = [cell(0, [1, 1.1, 0.9]), cell(1, [1.5, 2, 1.6])];
  expect(ranked(cells, true).ranking[0]?.tied).toBe(1);
  const many = Array.from({ length: 6 }, (_, k) => ({ ...measures[0], key: `m${k}` })) as MeasureColumn[];
  expect(rankingOf(cells, many, ["A", "B"], null, () => true).ranking[0]?.tied).toBe(2);
});

test("of a sweep's points the nearest is told with how many intervals overlap its own", () => {
  const point = (at: number, mean: number, half: number) => ({
    variant: 0,
    experiment: 0,
    at: [at],
    means: [mean],
    intervals: [[mean - half, mean + half] as const],
  });
  const sweep = {
    axes: [{ name: "b", unit: "mV", values: [1, 2, 3], scale: "linear" as const }],
    points: [point(0, 1, 0.2), point(1, 1.3, 0.2), point(2, 3, 0.2)],
  };
  expect(rankingOf([cell(0, [1])], measures, ["A"], sweep, () => true).sentence).toBe(
    "By van_rossum b = 1 mV comes nearest (1); its 95 % interval overlaps that of one other.",
  );
});
