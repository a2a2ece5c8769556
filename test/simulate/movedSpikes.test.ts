// Spikes of two runs held against each other: what is missing does not move what is there.
import { expect, test } from "vitest";
import { movedSpikes } from "../../src/simulate/movedSpikes.ts";

const train = (...times: number[]): { readonly times: number[]; readonly neurons: number[] } => ({
  times,
  neurons: times.map(() => 0),
});

test("a spike that is left out in the middle does not move those after it", () => {
  expect(movedSpikes(train(10, 20, 30, 40), train(10.5, 31, 40))).toEqual({
    count: 4,
    count_half: 3,
    more: 0,
    fewer: 1,
    neurons: 1,
    paired: 3,
    mean_ms: 0.5,
    largest_ms: 1,
    neuron: 0,
    time_ms: 30,
  });
  expect(movedSpikes(train(10.5, 31, 40), train(10, 20, 30, 40))).toMatchObject({
    more: 1,
    fewer: 0,
    paired: 3,
    mean_ms: 0.5,
    largest_ms: 1,
    time_ms: 31,
  });
});

test("one neuron may have more and another fewer; one of them may have none at all", () => {
  const whole = { times: [1, 2, 3], neurons: [0, 1, 1] };
  const half = { times: [1, 1.5, 2.25], neurons: [0, 0, 1] };
  expect(movedSpikes(whole, half)).toMatchObject({
    count: 3,
    count_half: 3,
    more: 1,
    fewer: 1,
    neurons: 2,
    paired: 2,
    mean_ms: 0.125,
    largest_ms: 0.25,
    neuron: 1,
    time_ms: 2,
  });
  expect(movedSpikes(train(), train(5))).toMatchObject({ more: 1, paired: 0, mean_ms: 0, largest_ms: 0, neuron: null });
});
