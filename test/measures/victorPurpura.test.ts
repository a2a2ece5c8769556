// Victor-Purpura distance: by hand, and the limits of the cost.
import fc from "fast-check";
import { expect, test } from "vitest";
import { victorPurpura } from "../../src/measures/victorPurpura.ts";
import { named, poisson, shifted, train } from "./reference.ts";

test("a spike is moved while that is cheaper than deleting it and adding another", () => {
  expect(victorPurpura(train([100]), train([107]), 0.1)).toBeCloseTo(0.7, 14);
  expect(victorPurpura(train([100]), train([119]), 0.1)).toBeCloseTo(1.9, 14);
  expect(victorPurpura(train([100]), train([121]), 0.1)).toBe(2);
  expect(victorPurpura(train([100, 110]), train([104]), 0.1)).toBeCloseTo(1.4, 14);
  // Both spikes of the second train are nearest to the same one of the first, which can be moved to one of them only.
  expect(victorPurpura(train([100, 103]), train([102, 104]), 0.5)).toBeCloseTo(1.5, 14);
  expect(victorPurpura(train([103]), train([102, 104]), 0.5)).toBeCloseTo(1.5, 14);
});

test("without a cost it is the difference of the counts, at a huge cost the spikes that do not coincide", () => {
  const [a, b] = [named("poisson"), named("thinned")];
  expect(victorPurpura(a, b, 0)).toBe(Math.abs(a.times.length - b.times.length));
  expect(victorPurpura(a, b, 1e9)).toBe(a.times.length + b.times.length);
  expect(victorPurpura(named("gamma"), named("thinned"), 1e9)).toBe(
    named("gamma").times.length - named("thinned").times.length,
  );
  expect(victorPurpura(a, train([]), 0.1)).toBe(a.times.length);
});

test("a hundred thousand spikes, all moved", () => {
  const a = poisson(1, 50, 2e6);
  const b = { ...shifted(a, 0.25), from: 0, until: 2e6 };
  const inside = b.times.filter((t) => t <= 2e6).length;
  expect(victorPurpura(a, b, 0.1)).toBeLessThanOrEqual(0.025 * inside + (a.times.length - inside) + 1e-6);
  expect(victorPurpura(a, b, 0.1)).toBeGreaterThan(0.02 * inside);
});

test("the band gives what the full table gives", () => {
  const times = fc.array(
    fc.integer({ min: 0, max: 60 }).map((k) => 0.5 * k),
    { maxLength: 15 },
  );
  fc.assert(
    fc.property(times, times, fc.constantFrom(0.02, 0.1, 0.4, 1, 3), (one, other, cost) => {
      const [a, b] = [train(one).times, train(other).times];
      let row = Array.from({ length: b.length + 1 }, (_, j) => j);
      for (const [i, t] of a.entries()) {
        const next = [i + 1];
        for (let j = 1; j <= b.length; j++)
          next.push(
            Math.min(
              (row[j] ?? 0) + 1,
              (next[j - 1] ?? 0) + 1,
              (row[j - 1] ?? 0) + cost * Math.abs(t - (b[j - 1] ?? 0)),
            ),
          );
        row = next;
      }
      expect(victorPurpura(train(one), train(other), cost)).toBeCloseTo(row.at(-1) ?? NaN, 10);
    }),
    { numRuns: 500 },
  );
});
