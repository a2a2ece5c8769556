// The jackknife of measures of repeats: what leaves a run out, and by simulation how often its intervals hold the truth.
import { expect, test } from "vitest";
import { measureWith } from "../../src/measures/compute.ts";
import { estimate, meanOfPairs, meanOfTable, studentT } from "../../src/measures/statistics.ts";
import { spikeTrain, type SpikeTrain } from "../../src/measures/train.ts";
import { normal, stream, uniform } from "../../src/runtime/random.ts";

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

test("of a model against its own other seeds the 95 % interval holds the truth in 93 to 99 of 100 cases", () => {
  const measure = measureWith("explained_variance", { sigma: 10 });
  if (measure.of !== "repeats") throw new Error("repeats");
  const n = 8;
  const all = Array.from({ length: 400 }, (_, c) => {
    const trains = Array.from({ length: n }, (__, k) => repeat(1 + c * n + k));
    return meanOfPairs(trains.map((a, i) => trains.map((b, j) => (i === j ? 0 : (measure.apply([a], [b]) as number)))));
  });
  const truth = all.reduce((sum, found) => sum + (found?.mean ?? NaN), 0) / all.length;
  const held =
    all.filter((found) => found !== null && Math.abs(found.mean - truth) <= studentT(0.95, found.degrees) * found.error)
      .length / all.length;
  expect(held).toBeGreaterThanOrEqual(0.93);
  // Where runs matter little beside pairs it errs on this side: its degrees of freedom are those of the runs.
  expect(held).toBeLessThanOrEqual(0.99);
});

test("the error of a mean over pairs is that of a sum over runs where pairs add nothing, and of independent pairs where runs do not matter", () => {
  // h_ij = a_i + a_j: the mean is twice that of a, its error twice sd/√n.
  const a = [1, 4, 2, 7, 5];
  const sums = meanOfPairs(a.map((x) => a.map((y) => x + y)));
  expect(sums?.mean).toBeCloseTo(7.6, 12);
  expect(sums?.error).toBeCloseTo((2 * (estimate(a)?.sd ?? NaN)) / Math.sqrt(5), 12);
  // Of four runs each has one 1, one -1 and one 0: no run is apart from the others, six independent values of variance 4/2 are left (of 6 - 4 degrees of freedom).
  const latin = [
    [0, 1, -1, 0],
    [1, 0, 0, -1],
    [-1, 0, 0, 1],
    [0, -1, 1, 0],
  ];
  expect(meanOfPairs(latin)).toEqual({ mean: 0, error: Math.sqrt(2 / 6), degrees: 3 });
  expect(
    meanOfPairs([
      [0, 1],
      [1, 0],
    ]),
  ).toBeNull();
});

/** x_ij = a_i + c_j + e_ij, of the given standard deviations. */
function table(seed: number, n: number, m: number, [a, c, e]: readonly [number, number, number]): number[][] {
  const s = stream(seed, "table");
  return Array.from({ length: n }, (_, i) =>
    Array.from(
      { length: m },
      (__, j) => a * normal(s, i, 0) + c * normal(s, 100 + j, 0) + e * normal(s, 1000 + m * i + j, 0),
    ),
  );
}

test.each([
  [2, [1, 1, 1]],
  [3, [1, 0.3, 1]],
  [5, [1, 1, 0.3]],
  [5, [0.3, 1, 1]],
  [10, [1, 1, 1]],
] as const)(
  "%d runs against 5 repeats, %j: the 95 % interval holds the truth in 93 to 97.5 of 100 cases",
  (n, parts) => {
    const all = Array.from({ length: 2000 }, (_, k) => meanOfTable(table(k, n, 5, parts)));
    const held =
      all.filter((f) => f !== null && Math.abs(f.mean) <= studentT(0.95, f.degrees) * f.error).length / all.length;
    expect(held).toBeGreaterThanOrEqual(0.93);
    expect(held).toBeLessThanOrEqual(0.975);
  },
);

test("the error of a table is that of its rows or of its columns where the others do not matter", () => {
  const a = [1, 4, 2, 7, 5];
  const [rows, columns] = [meanOfTable(a.map((x) => [x, x, x])), meanOfTable([a, a, a])];
  for (const found of [rows, columns]) {
    expect(found?.mean).toBeCloseTo(3.8, 12);
    expect(found?.error).toBeCloseTo((estimate(a)?.sd ?? NaN) / Math.sqrt(5), 12);
    expect(found?.degrees).toBe(4);
  }
  // One run against repeats: theirs is the chance that is known.
  expect(meanOfTable([a])?.error).toBeCloseTo((estimate(a)?.sd ?? NaN) / Math.sqrt(5), 12);
  expect([meanOfTable([]), meanOfTable([[1], [2]])]).toEqual([null, null]);
});
