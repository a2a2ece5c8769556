// Known numbers come back from runs of the model itself, and the optimisers find what standard functions have.
import { expect, test } from "vitest";
import { fitModel } from "../../src/fit/fitModel.ts";
import { partOf } from "../../src/fit/coordinates.ts";
import { optimisers } from "../../src/fit/optimisers/optimisers.ts";
import type { FreeNumber } from "../../src/fit/problem.ts";
import { searchFrom } from "../../src/fit/search.ts";
import { fitRuns } from "../../src/simulate/fitRuns.ts";
import { problemOf, recordedAt } from "./helpers.ts";
import { LIF } from "./models.ts";

test("numbers of a leaky integrator come back from its spikes", async () => {
  const problem = recordedAt(
    problemOf({
      text: LIF,
      model: "LIF",
      free: [
        { name: "C", unit: "pF", lower: 20, upper: 400, logarithmic: true },
        { name: "G", unit: "nS", lower: 1, upper: 50, logarithmic: true },
      ],
      terms: [["van_rossum(tau: 10 ms)", 1]],
      train: [{ from: 0, until: 350 }],
      test: [{ from: 350, until: 500 }],
      seeds: [1, 2],
      evaluations: 800,
    }),
    [120, 7],
  );
  const result = await fitModel(problem, fitRuns(problem));
  expect(result.numbers.map(({ value }) => value)).toEqual([expect.closeTo(120, 0), expect.closeTo(7, 1)]);
  expect(result.train.loss).toBe(0);
  expect(result.test?.loss).toBeLessThan(0.1);
  expect(result.agreement.agree).toBe(true);
});

test("the better half of the searches goes on with what the others leave, two of them to the end", async () => {
  const free = ["x", "y", "z", "u"].map((name): FreeNumber => ({
    name,
    setup: name,
    unit: { text: "", scale: 1 },
    lower: -5,
    upper: 5,
    logarithmic: false,
    own: null,
  }));
  let asked = 0;
  const found = await searchFrom(
    {
      // Rastrigin's hills: where a search ends is a matter of where it begins.
      losses: (candidates) => {
        asked += candidates.length;
        return Promise.resolve(
          candidates.map((x) => x.reduce((sum, v) => sum + v * v + 10 * (1 - Math.cos(2 * Math.PI * v)), 0)),
        );
      },
    },
    {
      optimiser: optimisers[0],
      seeds: [1, 2, 3, 4, 5],
      part: partOf(free, [0, 1, 2, 3], [0, 0, 0, 0]),
      from: null,
      own: [4, 4, 4, 4],
      spread: 0.2,
      restarts: true,
      evaluations: 2000,
      stopped: () => false,
    },
  );
  const left = found.filter((s) => s.stopped.startsWith("others came lower"));
  const ended = found.filter((s) => !left.includes(s));
  expect([left.length, ended.length]).toEqual([3, 2]);
  expect(Math.max(...left.map((s) => s.evaluations))).toBeLessThan(400);
  expect(Math.max(...ended.map((s) => s.evaluations))).toBeGreaterThan(400);
  expect(Math.min(...ended.map((s) => s.loss))).toBe(Math.min(...found.map((s) => s.loss)));
  // Each begins at the best of all its first points.
  expect([asked, found.reduce((sum, s) => sum + s.evaluations, 0) <= 2000]).toEqual([
    found.reduce((sum, s) => sum + s.evaluations, 0),
    true,
  ]);
});

test("a search begins at the best of all its first points, not at that of the first few", async () => {
  const free: FreeNumber = { name: "x", setup: "x", unit: { text: "", scale: 1 }, lower: 0, upper: 1, logarithmic: false, own: null }; // prettier-ignore
  const seen: (readonly number[])[] = [];
  const begun: (readonly number[])[] = [];
  const [cmaes] = optimisers;
  await searchFrom(
    { losses: (all) => (seen.push(...all), Promise.resolve(all.map(([x = 0]) => Math.abs(x - 0.9)))) },
    {
      optimiser: { ...cmaes, start: (asked) => (begun.push(asked.point), cmaes.start(asked)) },
      seeds: [1],
      part: partOf([free], [0], [0]),
      from: null,
      own: [0.1],
      spread: 0.2,
      restarts: false,
      evaluations: 24,
      stopped: () => seen.length > 0,
    },
  );
  const first = seen.slice(0, 6).map(([x = 0]) => x);
  expect(begun[0]?.[0]).toBe(first.reduce((a, b) => (Math.abs(b - 0.9) < Math.abs(a - 0.9) ? b : a)));
  expect(begun[0]?.[0]).not.toBe(first[0]);
});
