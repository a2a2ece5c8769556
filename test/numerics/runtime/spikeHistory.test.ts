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

test("lists of many spikes, which are copied together, are as those of few, where the ring grows and where it ends", () => {
  const many = (n: number): number[] => Array.from({ length: (n * 37) % 150 }, (_, k) => 1000 * n + k);
  const history = spikeHistory(6);
  for (let n = 0; n < 400; n++) {
    // The array may be longer than its spikes.
    history.push(n, Int32Array.from([...many(n), -1, -1]), many(n).length);
    for (const back of [0, 1, 5]) expect(found(history, n - back)).toEqual(n < back ? [] : many(n - back));
  }
});

test("a look finds what is found one by one, at any age, before the run and across the end of the lists", () => {
  const history = spikeHistory(7);
  const ages = Int32Array.of(6, 0, 3, 1);
  const [from, to] = [new Int32Array(4), new Int32Array(4)];
  for (let n = 0; n < 40; n++) {
    // Nothing is kept of the first steps, as where a population has not spiked at the beginning.
    if (n >= 2) history.push(n, Int32Array.from(spiked(n)), spiked(n).length);
    if (n === 20) history.begin(20);
    if (n === 20) history.push(20, Int32Array.from(spiked(20)), spiked(20).length);
    history.look(n, ages, from, to);
    ages.forEach((age, k) => {
      expect((to[k] ?? 0) - (from[k] ?? 0)).toBe(history.to(n - age) - history.from(n - age));
      if (from[k] !== to[k]) expect(from[k]).toBe(history.from(n - age));
    });
  }
});
