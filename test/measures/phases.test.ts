// Phases of neurons at the moments of a window.
import { expect, test } from "vitest";
import { eachMoment } from "../../src/measures/phases.ts";
import { populationOf } from "./reference.ts";

test("a phase grows linearly from spike to spike; before the first and from the last on there is none", () => {
  const seen: (number | null)[] = [];
  eachMoment(populationOf([[2, 6, 8]], 0, 10), 1, ({ cos, sin }) =>
    seen.push(Math.round((Math.atan2(sin[0] ?? 0, cos[0] ?? 0) / Math.PI) * 1e9) / 1e9),
  );
  // At 2, 3, 4, 5 (4 ms a turn), 6, 7 (2 ms a turn).
  expect(seen.map((x) => Math.abs(x ?? 0))).toEqual([0, 0.5, 1, 0.5, 0, 1]);
});

test("moments at which fewer than half of the neurons have a phase are left out", () => {
  const known: number[] = [];
  eachMoment(
    populationOf(
      [
        [0, 10],
        [3, 6],
        [4, 5],
      ],
      0,
      10,
    ),
    1,
    (phases) => known.push(phases.known),
  );
  expect(known).toEqual([2, 3, 2]);
});

test("spikes at one time make no phase of their own", () => {
  const known: number[] = [];
  eachMoment(populationOf([[1, 3, 3, 5]], 0, 6), 1, ({ cos }) => known.push(cos[0] ?? NaN));
  expect(known.map((c) => Math.round(c))).toEqual([1, -1, 1, -1]);
});
