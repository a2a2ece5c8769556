// What a fit has run is remembered by all of what was asked, to the last bit, and nothing else answers for it.
import { expect, test } from "vitest";
import type { FitOutcome, ScoreRequest } from "../../src/fit/problem.ts";
import { journaled, type Kept } from "../../src/simulate/fitJournal.ts";

const REQUEST: ScoreRequest = {
  windows: [[{ from: 0, until: 10 }]],
  margin: false,
  coarse: false,
  candidates: [{ seeds: [1], values: [0.1, -0] }],
};
const OUTCOME: FitOutcome = {
  failure: null,
  windows: [[{ terms: [0.1, null, Infinity, -0], spikes: 3, margin: -Infinity }]],
};

test("the same question has its answer again, another one is asked anew", async () => {
  const earlier = new Map<string, readonly Kept[]>();
  let asked = 0;
  const runs = journaled(
    {
      scores: () => {
        asked++;
        return Promise.resolve([[OUTCOME]]);
      },
      forced: () => Promise.resolve([]),
    },
    {
      earlier,
      problem: null,
      // As lines of JSON come back.
      add: (key, entry) => void earlier.set(key, JSON.parse(JSON.stringify(entry)) as readonly Kept[]),
      close: () => {},
    },
    0,
  );
  expect(await runs.scores(REQUEST)).toEqual([[OUTCOME]]);
  expect(await runs.scores(REQUEST)).toEqual([[{ ...OUTCOME, windows: [[{ terms: [0.1, null, Infinity, 0], spikes: 3, margin: -Infinity }]] }]]); // prettier-ignore
  expect(asked).toBe(1);
  const others: readonly ScoreRequest[] = [
    { ...REQUEST, margin: true },
    { ...REQUEST, coarse: true },
    { ...REQUEST, windows: [[{ from: 0, until: 11 }]] },
    { ...REQUEST, candidates: [{ seeds: [2], values: [0.1, -0] }] },
    { ...REQUEST, candidates: [{ seeds: [1, 2], values: [0.1, -0] }] },
    { ...REQUEST, candidates: [{ seeds: [1], values: [0.1, 0] }] },
    { ...REQUEST, candidates: [{ seeds: [1], values: [0.1 + 1e-17 + 1e-16, -0] }] },
  ];
  for (const other of others) await runs.scores(other);
  expect(asked).toBe(1 + others.length);
});
