// Firing rate: spikes over the window, not over the time between spikes.
import { expect, test } from "vitest";
import { rate } from "../../src/measures/rate.ts";
import { reference, train, trains } from "./reference.ts";

test("spikes over seconds", () => {
  expect(rate(train([1, 2, 3], 500, 2500))).toBe(0);
  expect(rate(train([600, 700, 800], 500, 2500))).toBe(1.5);
  for (const [name, own] of Object.entries(trains)) expect(rate(own), name).toBe(reference.trains[name].rate);
});

test("an empty window has no rate", () => {
  expect(rate(train([5], 5, 5))).toBeNull();
});
