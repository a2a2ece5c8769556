// Claim: spikes on their way are found at every delay up to the depth, also when the lists have grown, when they have gone round, and after a step back.
import { expect, test } from "vitest";
import { spikeHistory } from "../../../src/runtime/spikeHistory.ts";

/** What neuron numbers spiked in step n: a few, by a rule. */
const spiked = (n: number): number[] => Array.from({ length: (n * 7) % 5 }, (_, k) => n + k);

function found(history: ReturnType<typeof spikeHistory>, n: number): number[] {
  return Array.from(
    { length: history.to(n) - history.from(n) },
    (_, k) => history.ring[(history.from(n) + k) & history.mask] ?? NaN,
  );
}

test.each([1, 3, 1000, 1025, 3000])("depth %d: the last so many steps, none before", (depth) => {
  const history = spikeHistory(depth);
  for (let n = 0; n < 5000; n++) {
    const spikes = spiked(n);
    history.push(n, Int32Array.from(spikes), spikes.length);
    if (n % 97 === 0) {
      history.save();
      for (let k = 1; k < 60; k++) history.push(n + k, Int32Array.of(-1), 1);
      history.restore();
    }
    if (n % 61 !== 0) continue;
    for (const back of [0, 1, depth >> 1, depth - 1])
      if (back < depth) expect(found(history, n - back)).toEqual(n - back < 0 ? [] : spiked(n - back));
    expect(found(history, n - depth)).toEqual([]);
    expect(found(history, n + 1)).toEqual([]);
  }
});

test("C06: a delay much longer than any run costs nothing before it is over", () => {
  const history = spikeHistory(1e9 + 1);
  for (let n = 0; n < 3000; n++) history.push(n, Int32Array.from(spiked(n)), spiked(n).length);
  history.save();
  history.restore();
  expect(found(history, 2999 - 1e9)).toEqual([]);
  expect(found(history, 17)).toEqual(spiked(17));
});
