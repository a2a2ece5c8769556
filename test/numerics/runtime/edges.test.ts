// The edges of a population are computed once for each state that is asked about, not once for each of them.
import { expect, test } from "vitest";
import { pieceBorders } from "../../../src/runtime/edges.ts";
import type { EdgeKind, Edges } from "../../../src/runtime/kernel.ts";

const KINDS: readonly EdgeKind[] = ["floor", "ceil", "round", "above", "from"];

/** Edge k: (k + 1)(t + y) - k/2 + shift. */
function edgesOf(count: number, shift: () => number): { readonly edges: Edges; readonly calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    edges: {
      kinds: Array.from({ length: count }, (_, k) => KINDS[k % KINDS.length] ?? "floor"),
      values(t, y, u) {
        calls++;
        for (let k = 0; k < count; k++) u[k] = (k + 1) * (t + (y[0] ?? NaN)) - k / 2 + shift();
      },
    },
  };
}

test("forty edges at three states are forty edges computed three times", () => {
  const { edges, calls } = edgesOf(40, () => 0);
  const { borders, begin } = pieceBorders(edges);
  const [start, middle, end] = [0.1, 0.2, 0.3].map((y) => Float64Array.of(y)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  begin(1, start);
  for (const border of borders) {
    border.holds(2, middle);
    border.holds(3, end);
    border.margin(1, start);
    border.margin(2, middle);
    border.margin(3, end);
  }
  expect(borders.length).toBe(64);
  expect(calls()).toBe(3);
});

test("a state that has changed in its place, another time and another neuron are computed anew", () => {
  let neuron = 0;
  const { edges } = edgesOf(1, () => 10 * neuron);
  const { borders, begin } = pieceBorders(edges);
  const y = Float64Array.of(0.5);
  const above = borders[1];
  begin(0, y); // floor(0.5) is 0: the edge above lies at 1
  expect(above?.margin(0, y)).toBe(-0.5);
  y[0] = 1.25;
  expect(above?.margin(0, y)).toBe(0.25);
  expect(above?.margin(1, y)).toBe(1.25);
  expect(above?.holds(1, y)).toBe(true);
  neuron = 1;
  begin(1, y); // floor(12.25) is 12
  expect(above?.margin(1, y)).toBe(-0.75);
  expect(above?.holds(1, y)).toBe(false);
});
