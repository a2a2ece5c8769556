// Known numbers come back from runs of the model itself, and the optimisers find what standard functions have.
import { expect, test } from "vitest";
import { fitModel } from "../../src/fit/fitModel.ts";
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
