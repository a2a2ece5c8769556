// What all measures of pairs have in common: reference values, symmetry, equality, order, windows.
import fc from "fast-check";
import { expect, test } from "vitest";
import { coincidence } from "../../src/measures/coincidence.ts";
import { isiDistance } from "../../src/measures/isiDistance.ts";
import { spikeDistance } from "../../src/measures/spikeDistance.ts";
import { spikeTrain } from "../../src/measures/train.ts";
import type { SpikeTrain } from "../../src/measures/train.ts";
import { vanRossum } from "../../src/measures/vanRossum.ts";
import { victorPurpura } from "../../src/measures/victorPurpura.ts";
import { named, reference, shifted, train } from "./reference.ts";

const distances: Readonly<Record<string, (a: SpikeTrain, b: SpikeTrain) => number | null>> = {
  van_rossum: (a, b) => vanRossum(a, b, 10),
  victor_purpura: (a, b) => victorPurpura(a, b, 0.1),
  victor_purpura_slow: (a, b) => victorPurpura(a, b, 0.004),
  isi_distance: isiDistance,
  spike_distance: spikeDistance,
};

/** On a grid too, so that equal times and spikes on the edges come about. */
const anyTrain = fc
  .oneof(
    fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 12 }),
    fc.array(
      fc.integer({ min: 0, max: 40 }).map((k) => 5 * k),
      { maxLength: 12 },
    ),
  )
  .map((times) => spikeTrain(times, 0, 200));

test("as full programming tables, matrices of exponentials, bipartite matching and quadrature have them, for all pairs of nine trains", () => {
  expect(reference.pairs).toHaveLength(81);
  for (const pair of reference.pairs) {
    const [model, other] = [named(pair.model), named(pair.reference)];
    const at = `${pair.model}, ${pair.reference}`;
    for (const [name, distance] of Object.entries(distances))
      expect(distance(model, other), `${name} of ${at}`).toBeCloseTo(pair[name], name === "van_rossum" ? 7 : 10);
    if (pair.coincidence === null) expect(coincidence(model, other, 2), at).toBeNull();
    else expect(coincidence(model, other, 2), `Γ of ${at}`).toBeCloseTo(pair.coincidence, 12);
  }
});

test("distances are 0 between equal trains, symmetric, and never negative", () => {
  fc.assert(
    fc.property(anyTrain, anyTrain, (a, b) => {
      for (const distance of Object.values(distances)) {
        expect(distance(a, a)).toBe(0);
        expect(distance(a, b)).toBeCloseTo(distance(b, a) ?? NaN, 12);
        expect(distance(a, b)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test("van Rossum and Victor-Purpura distances keep the triangle inequality; ISI- and SPIKE-distance stay in [0, 1]", () => {
  fc.assert(
    fc.property(anyTrain, anyTrain, anyTrain, (a, b, c) => {
      for (const distance of [distances["van_rossum"], distances["victor_purpura"], distances["victor_purpura_slow"]]) {
        const [ab, bc, ac] = [distance?.(a, b) ?? NaN, distance?.(b, c) ?? NaN, distance?.(a, c) ?? NaN];
        expect(ac).toBeLessThanOrEqual(ab + bc + 1e-9);
      }
      expect(isiDistance(a, b)).toBeLessThanOrEqual(1);
      expect(spikeDistance(a, b)).toBeLessThanOrEqual(1);
    }),
  );
});

test("when both trains and their window come later nothing changes, and running time backwards changes neither ISI-, SPIKE- nor Victor-Purpura distance", () => {
  const [a, b] = [named("gamma"), named("poisson")];
  const backwards = ({ times, from, until }: SpikeTrain): SpikeTrain =>
    spikeTrain(
      times.map((t) => from + until - t),
      from,
      until,
    );
  for (const [name, distance] of Object.entries(distances)) {
    expect(distance(shifted(a, 4096), shifted(b, 4096)), name).toBeCloseTo(distance(a, b) ?? NaN, 8);
    if (name !== "van_rossum")
      expect(distance(backwards(a), backwards(b)), name).toBeCloseTo(distance(a, b) ?? NaN, 10);
  }
  expect(coincidence(shifted(a, 4096), shifted(b, 4096), 2)).toBeCloseTo(coincidence(a, b, 2) ?? NaN, 12);
});

test("only the window that both were seen in counts", () => {
  const [early, late] = [train([50, 150, 250], 0, 300), train([150, 250, 350], 100, 400)];
  for (const distance of Object.values(distances)) expect(distance(early, late)).toBe(0);
  expect(coincidence(early, late, 2)).toBe(1);
  const never = train([500], 450, 600);
  expect([isiDistance(early, never), spikeDistance(early, never), coincidence(early, never, 2)]).toEqual([
    null,
    null,
    null,
  ]);
  expect([vanRossum(early, never, 10), victorPurpura(early, never, 1)]).toEqual([0, 0]);
});
