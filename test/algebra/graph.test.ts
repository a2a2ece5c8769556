import { expect, test } from "vitest";
import { components } from "../../src/algebra/graph.ts";

const of = (edges: Record<string, string[]>): readonly (readonly string[])[] =>
  components(Object.keys(edges), (node) => edges[node] ?? []);

test("what is depended on comes first", () => {
  expect(of({ a: ["b"], b: ["c"], c: [] })).toEqual([["c"], ["b"], ["a"]]);
});

test("a circle is one component, its nodes in the order given", () => {
  expect(of({ m: ["V"], V: ["m", "h"], h: ["V"], g: ["V"], w: [] })).toEqual([["m", "V", "h"], ["g"], ["w"]]);
});

test("circles that touch through an edge in one direction stay apart", () => {
  expect(of({ a: ["b"], b: ["a", "c"], c: ["d"], d: ["c"] })).toEqual([
    ["c", "d"],
    ["a", "b"],
  ]);
});

test("a circle found through a cross edge is no circle", () => {
  expect(of({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] })).toEqual([["d"], ["b"], ["c"], ["a"]]);
});

test("a node that depends on itself is alone; unknown successors are passed over", () => {
  expect(of({ a: ["a", "elsewhere"], b: ["elsewhere"] })).toEqual([["a"], ["b"]]);
});

test("two circles that share a node are one", () => {
  expect(of({ a: ["b"], b: ["a", "c"], c: ["b"], d: ["a"] })).toEqual([["a", "b", "c"], ["d"]]);
});

test("a chain and a ring of 20,000 nodes", () => {
  const nodes = Array.from({ length: 20_000 }, (_, i) => `n${i}`);
  const next = (node: string): string => `n${Number(node.slice(1)) + 1}`;
  const chain = components(nodes, (node) => [next(node)]);
  expect(chain.length).toBe(20_000);
  expect(chain[0]).toEqual(["n19999"]);
  expect(components(nodes, (node) => [node === "n19999" ? "n0" : next(node)])).toEqual([nodes]);
});
