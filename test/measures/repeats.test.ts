// Γ/R and Md*: by hand, and by simulation that they are 1 for a model that fires as the cell does.
import { expect, test } from "vitest";
import { coincidence } from "../../src/measures/coincidence.ts";
import { coincidenceRatio, reliabilityOf } from "../../src/measures/coincidenceRatio.ts";
import { mdStar } from "../../src/measures/mdStar.ts";
import { measureWith } from "../../src/measures/compute.ts";
import { spikeTrain, type SpikeTrain } from "../../src/measures/train.ts";
import { stream, uniform } from "../../src/runtime/random.ts";
import { train } from "./reference.ts";

/** A run of a neuron that fires at given times with probability `p`, each moved by up to 2 ms. */
function run(seed: number, p: number): SpikeTrain {
  const s = stream(seed, "run");
  return spikeTrain(
    Array.from({ length: 60 }, (_, k) => k).flatMap((k) =>
      uniform(s, k, 0) < p ? [50 + 97 * k + 4 * uniform(s, k, 1) - 2] : [],
    ),
    0,
    6000,
  );
}

test("Γ/R is the mean Γ of the model over the mean Γ of the repeats, each taken once as the model", () => {
  const [a, b, c] = [train([100, 200, 300]), train([101, 205, 301, 400]), train([99, 300])];
  const of = (m: SpikeTrain, d: SpikeTrain): number => coincidence(m, d, 2) ?? NaN;
  const reliability = (of(b, c) + of(c, b)) / 2;
  expect(reliabilityOf([b, c], 2)).toBeCloseTo(reliability, 14);
  expect(coincidenceRatio([a], [b, c], 2)).toBeCloseTo((of(a, b) + of(a, c)) / 2 / reliability, 14);
  expect(coincidenceRatio([a], [b], 2)).toBeNull();
  // Nothing in common but by chance: there is no reliability to be compared with.
  expect(coincidenceRatio([a], [train([100]), train([500])], 2)).toBeNull();
  expect(coincidenceRatio([a], [train([100, 200, 300, 400]), train([101, 250, 350, 450])], 2)).not.toBeNull();
  const barely = Array.from({ length: 20 }, (_, k) => 100 + 37 * k);
  expect(coincidenceRatio([a], [train(barely), train([100, ...barely.map((t) => t + 15)])], 2)).toBeNull();
  expect(coincidenceRatio([a], [train([]), train([])], 2)).toBeNull();
});

test("Md* by hand", () => {
  const m = [train([100, 200]), train([100, 300])];
  const d = [train([101, 200]), train([99, 205]), train([500])];
  // Pairs within 2 ms: (m1,d1) 2, (m1,d2) 1, (m2,d1) 1, (m2,d2) 1; (m1,m2) 1; (d1,d2) 1.
  expect(mdStar(m, d, 2)).toBeCloseTo((2 * (5 / 6)) / (1 + 1 / 3), 14);
  // A run alone stands for runs that are the same.
  expect(mdStar([train([100, 200])], [train([100, 200])], 2)).toBe(1);
  expect(mdStar([train([100, 200])], [train([300])], 2)).toBe(0);
  // A spike counts with every one that is near: this is a product of rates, no matching.
  expect(mdStar([train([100])], [train([99, 101])], 2)).toBeCloseTo((2 * 2) / (1 + 4), 14);
  expect(mdStar([train([0.1])], [train([2.1])], 2)).toBe(1);
  expect([mdStar([train([])], [train([])], 2), mdStar([], [train([1])], 2)]).toEqual([null, null]);
});

test("of a model that fires as the cell does both are 1, whatever the number of repeats", () => {
  for (const repeats of [2, 5]) {
    const values = Array.from({ length: 60 }, (_, c) => {
      const of = (from: number): SpikeTrain[] =>
        Array.from({ length: repeats }, (__, k) => run(1 + 100 * c + from + k, 0.7));
      const [models, references] = [of(0), of(50)];
      return [mdStar(models, references, 4) ?? NaN, coincidenceRatio(models, references, 4) ?? NaN];
    });
    for (const k of [0, 1]) {
      const mean = values.reduce((sum, v) => sum + (v[k] ?? NaN), 0) / values.length;
      expect(Math.abs(mean - 1)).toBeLessThan(0.02);
    }
  }
  // A model that fires always at these times is nearer to each repeat than repeats are to each other: Γ/R is not bounded by 1.
  const sure = [run(7, 1)];
  const cell = Array.from({ length: 9 }, (_, k) => run(1000 + k, 0.7));
  expect(coincidenceRatio(sure, cell, 4)).toBeGreaterThan(1.1);
  expect(mdStar(sure, cell, 4)).toBeLessThan(1);
});

test.each(["coincidence_ratio", "md_star"] as const)(
  "%s without each reference: as if it had not been there",
  (name) => {
    const [model, ...references] = [1, 2, 3, 4, 5].map((seed) => run(seed, 0.7));
    const measure = measureWith(name, {});
    if (measure.of !== "repeats" || model === undefined) throw new Error(name);
    const left = measure.withoutEach([model], references);
    expect(left).toEqual(
      references.map((_, j) =>
        measure.apply(
          [model],
          references.filter((__, k) => k !== j),
        ),
      ),
    );
  },
);
