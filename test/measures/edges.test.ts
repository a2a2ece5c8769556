// Auxiliary spikes at the edges of the window.
import { expect, test } from "vitest";
import { betweenSpikes, withEdges } from "../../src/measures/edges.ts";
import { train } from "./reference.ts";

test("at the edge, or as far out as the neighbouring interval is long", () => {
  expect([...withEdges(train([100, 110, 900])).positions]).toEqual([0, 100, 110, 900, 1690]);
  expect([...withEdges(train([100, 400, 600, 700])).positions]).toEqual([-200, 100, 400, 600, 700, 1000]);
});

test("none where a spike stands on the edge; one spike, none, and spikes at one time", () => {
  expect([...withEdges(train([0, 300, 1000])).positions]).toEqual([0, 300, 1000]);
  expect([...withEdges(train([300])).positions]).toEqual([0, 300, 1000]);
  expect([...withEdges(train([])).positions]).toEqual([0, 1000]);
  expect([...withEdges(train([300, 300, 300])).positions]).toEqual([0, 300, 1000]);
});

test("the stretches between spikes cover the window once", () => {
  const stretches: number[][] = [];
  betweenSpikes(withEdges(train([100, 500])), withEdges(train([0, 500, 1000])), 0, 1000, (left, right, i, j) =>
    stretches.push([left, right, i, j]),
  );
  expect(stretches).toEqual([
    [0, 100, 0, 0],
    [100, 500, 1, 0],
    [500, 1000, 2, 1],
  ]);
});
