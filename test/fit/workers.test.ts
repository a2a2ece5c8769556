// A fit has the same bits however many threads take its runs, and a thread that fails is told.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { fitModel } from "../../src/fit/fitModel.ts";
import { fitRuns } from "../../src/simulate/fitRuns.ts";
import { problemOf, recordedAt } from "./helpers.ts";
import { GLIF } from "./models.ts";

const problem = recordedAt(
  problemOf({
    text: GLIF,
    model: "GLIF",
    free: [
      { name: "C", unit: "pF", lower: 30, upper: 300, logarithmic: true },
      { name: "G", unit: "nS", lower: 2, upper: 30, logarithmic: true },
      { name: "Θ_inf", unit: "mV", lower: -60, upper: -40 },
    ],
    terms: [
      ["explained_variance(sigma: 5 ms)", 1],
      ["subthreshold_rmse(V)", 0.5],
    ],
    train: [{ from: 0, until: 700 }],
    test: [{ from: 700, until: 1000 }],
    observed: [{ population: "GLIF", variable: "V", recorded: "V" }],
    seeds: [1, 2],
    evaluations: 100,
  }),
  [140, 8, -49],
  { noise: 0.5 },
);

test("a fit is the same for any number of workers", async () => {
  const alone = await fitModel(problem, fitRuns(problem));
  const runs = fitRuns(problem, { workers: 3, entry: pathToFileURL(resolve("dist/cli/worker.js")) });
  try {
    expect(await fitModel(problem, runs)).toEqual(alone);
  } finally {
    runs.dismiss();
  }
});

test("a thread that ends by itself is told", async () => {
  const entry = new URL(`data:text/javascript,${encodeURIComponent("process.exit(3)")}`);
  const runs = fitRuns(problem, { workers: 2, entry });
  const candidates = Array.from({ length: 100 }, () => ({ seeds: [1], values: [140, 8, -49] }));
  await expect(
    runs.scores({ windows: problem.cases.map((c) => c.train), margin: false, coarse: false, candidates }),
  ).rejects.toThrow("a worker has ended by itself, with code 3");
  runs.dismiss();
});
