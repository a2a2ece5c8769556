// What the results of a sweep are predicted to take is what they take: the heap after a collection, of two sizes, so that what is there for all does not count.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { present } from "../../src/base/invariant.ts";
import { assemble } from "../../src/compare/assemble.ts";
import { jobsOf } from "../../src/compare/jobs.ts";
import { prepare } from "../../src/compare/prepare.ts";
import { structureOf } from "../../src/compare/structureOf.ts";
import { sweepPlan } from "../../src/compare/sweepPoints.ts";
import { runJobs } from "../../src/simulate/comparisonRuns.ts";
import { resultBytes } from "../../src/simulate/memoryNeeded.ts";
import { programOf } from "../check/program.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes that are held when all points have run and their results are put together. */
async function held(points: number, measures: readonly string[]): Promise<number> {
  const { comparisons } = programOf(
    `neuron A { param τ = 10 ms, b = 1; state V = 0; V' = (b - V)/τ; spike when V > 1; reset { V <- 0 } }
experiment E of A { duration 1 ms; step 0.1 ms; record V }
comparison C { models A; under E; ${measures.map((m) => `measure ${m};`).join(" ")} sweep b over 0.5 .. 3 in ${points / 50} steps; sweep τ over 5 ms .. 20 ms in 50 steps }`,
  );
  const comparison = present(comparisons[0], "C");
  const { prepared } = prepare(comparison);
  collect();
  const before = process.memoryUsage().heapUsed;
  const sweep = sweepPlan(comparison, 1);
  const jobs = jobsOf(prepared, sweep, { seeds: 1, stepCheck: false });
  const outcomes = await runJobs(prepared, jobs, {
    workers: 1,
    stopped: () => false,
    progress: () => {},
    journal: null,
    recording: null,
  });
  const result = assemble(prepared, sweep, jobs, outcomes, {
    source: "",
    about: { glif: "", sourceHash: "", command: [] },
    seeds: 1,
    structure: structureOf(prepared),
    recording: null,
    notes: [],
  });
  collect();
  const bytes = process.memoryUsage().heapUsed - before;
  // Held until here.
  expect([jobs.length, outcomes.size, result.sweep?.points.length]).toEqual([points + 1, points + 1, points]);
  return bytes;
}

test.each([
  ["one measure", ["rate(of: A)"]],
  ["two measures", ["rate(of: A)", "trace_mean(V)"]],
  ["four measures", ["rate(of: A)", "trace_mean(V)", "trace_sd(V)", "latency(of: A)"]],
])(
  "the heap that the results of a sweep take is predicted within 20 %: %s",
  { timeout: 240_000 },
  async (_, measures) => {
    await held(500, measures);
    const more = (await held(8000, measures)) - (await held(2000, measures));
    const predicted = resultBytes(6000, measures.length);
    expect(more / predicted, `${more / 6000} bytes a run, predicted ${predicted / 6000}`).toBeGreaterThan(1 / 1.2);
    expect(more / predicted, `${more / 6000} bytes a run, predicted ${predicted / 6000}`).toBeLessThan(1.2);
  },
);
