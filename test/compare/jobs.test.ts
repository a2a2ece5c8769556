// Which runs a comparison consists of, and what is measured where it does not say.
import { expect, test } from "vitest";
import { readyFrom } from "./helpers.ts";

const A = `neuron A { param b = 1 mV; state V = 0 mV; V' = (b - V)/(1 ms) + 0.1 mV/sqrt(ms)*ξ; spike when V > 5 mV; reset { V <- 0 } }
experiment E of A { duration 10 ms; seed 3 }
`;

test("everything runs at half the step as well, but for the points of a sweep", () => {
  const { jobs } = readyFrom(
    `${A}comparison C { models A, A { b = 2 mV } as "more"; under E; measure rate; seeds 2; sweep b over [1, 2, 3] mV }`,
  );
  const [outside, points] = [jobs.filter((j) => j.point === ""), jobs.filter((j) => j.point !== "")];
  expect([outside.length, outside.filter((j) => j.half).length]).toEqual([8, 4]);
  expect([points.length, points.filter((j) => j.half).length]).toEqual([12, 0]);
  expect([...new Set(jobs.map((j) => j.seed))]).toEqual([3, 4]);
});

test("without `measure`: rate, latency, CV of intervals, adaptation; without `seeds` one, the experiment's", () => {
  const { prepared, jobs } = readyFrom(`${A}comparison C { models A; under E }`);
  expect(prepared.comparison.measures.map((m) => m.text)).toEqual(["rate", "latency", "cv_isi", "adaptation"]);
  expect([...new Set(jobs.map((j) => j.seed))]).toEqual([3]);
});
