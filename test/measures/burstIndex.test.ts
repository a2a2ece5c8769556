// Burst index: spikes with a near neighbour.
import { expect, test } from "vitest";
import { burstIndex } from "../../src/measures/burstIndex.ts";
import { reference, train, trains } from "./reference.ts";

test("by hand: a burst of three, a single spike, a burst of two; an interval as long as the criterion is none", () => {
  expect(burstIndex(train([10, 13, 16, 100, 200, 204]), 6)).toBeCloseTo(5 / 6, 15);
  expect(burstIndex(train([10, 16]), 6)).toBe(0);
  expect(burstIndex(train([10, 16]), 6.001)).toBe(1);
  expect(burstIndex(train([5]), 6)).toBe(0);
  expect(burstIndex(train([]), 6)).toBeNull();
  // However the times round: 10.1, 16.1, 22.1, …
  for (const start of [10, 10.1, 0.3, 700.7])
    expect(burstIndex(train(Array.from({ length: 40 }, (_, k) => start + 6 * k)), 6), `${start}`).toBe(0);
});

test("as numpy has it", () => {
  for (const [name, own] of Object.entries(trains))
    expect(burstIndex(own, 6), name).toBe(reference.trains[name].burst_index);
});
