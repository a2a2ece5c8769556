// The jackknife of measures of repeats: what leaves a run out, and by simulation how often its intervals hold the truth.
import { expect, test } from "vitest";
import { measureWith } from "../../src/measures/compute.ts";
import { estimate, pseudoValues } from "../../src/measures/statistics.ts";
import { spikeTrain, type SpikeTrain } from "../../src/measures/train.ts";
import { stream, uniform } from "../../src/runtime/random.ts";

/** Spikes at common times, each there with probability 0.7, and some of its own: a neuron with repeats. */
function repeat(seed: number): SpikeTrain {
  const s = stream(seed, "repeat");
  const times = Array.from({ length: 12 }, (_, k) => k).flatMap((k) =>
    uniform(s, k, 0) < 0.7 ? [20 + 40 * k + 10 * uniform(s, k, 1)] : [],
  );
  const own = Array.from({ length: 4 }, (_, k) => 500 * uniform(s, 100 + k, 0));
  return spikeTrain(Float64Array.from([...times, ...own]).sort(), 0, 500);
}

test("without each reference: as if it had not been there", () => {
  const [model, ...references] = [1, 2, 3, 4, 5].map(repeat);
  if (model === undefined) throw new Error("no model");
  for (const name of ["explained_variance", "explained_variance_ratio"] as const) {
    const measure = measureWith(name, { sigma: 10 });
    if (measure.of !== "repeats") throw new Error(name);
    const left = measure.withoutEach([model], references);
    expect(left).toHaveLength(4);
    references.forEach((_, j) =>
      expect(left[j]).toBeCloseTo(
        measure.apply(
          [model],
          references.filter((__, k) => k !== j),
        ) as number,
        12,
      ),
    );
  }
});

test("of a model against its own other seeds the 95 % interval holds the truth in 93 to 98 of 100 cases", () => {
  const measure = measureWith("explained_variance", { sigma: 10 });
  if (measure.of !== "repeats") throw new Error("repeats");
  const n = 8;
  const of = (seeds: readonly number[]): { readonly mean: number; readonly pseudo: readonly number[] } => {
    const trains = seeds.map(repeat);
    const pair = trains.map((a, i) => trains.map((b, j) => (i === j ? 0 : (measure.apply([a], [b]) as number))));
    const mean = (without: number): number => {
      const kept = trains.map((_, k) => k).filter((k) => k !== without);
      return (
        kept.reduce((sum, i) => sum + kept.reduce((s, j) => s + (pair[i]?.[j] ?? 0), 0), 0) /
        (kept.length * (kept.length - 1))
      );
    };
    return {
      mean: mean(-1),
      pseudo: pseudoValues(
        mean(-1),
        trains.map((_, k) => mean(k)),
      ),
    };
  };
  const all = Array.from({ length: 400 }, (_, c) => of(Array.from({ length: n }, (__, k) => 1 + c * n + k)));
  const truth = all.reduce((sum, { mean }) => sum + mean, 0) / all.length;
  const held =
    all.filter(({ pseudo }) => {
      const interval = estimate(pseudo)?.interval;
      return interval != null && interval.low <= truth && truth <= interval.high;
    }).length / all.length;
  expect(held).toBeGreaterThanOrEqual(0.93);
  // What pairs have by themselves counts somewhat more than it should: a jackknife errs on that side.
  expect(held).toBeLessThanOrEqual(0.985);
});
