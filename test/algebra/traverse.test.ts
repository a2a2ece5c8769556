import { expect, test } from "vitest";
import type { Expr } from "../../src/algebra/expression.ts";
import { arithmetic, number, symbol } from "../../src/algebra/expression.ts";
import { contains, mapExpr, substitute, symbolsOf } from "../../src/algebra/traverse.ts";
import { at, chain, read } from "./expressions.ts";

test("mapping with the identity returns the very same expression", () => {
  const e = read("if a > 0 and not b < 1 then min(a, -b)^2 else x/y");
  expect(mapExpr(e, (x) => x)).toBe(e);
});

test("mapping rebuilds only the path to what changed", () => {
  const kept = read("exp(a)*b");
  const e = arithmetic("+", kept, read("x + 1"));
  const changed = mapExpr(e, (node) => (node.kind === "symbol" && node.name === "x" ? symbol("z") : node));
  expect(changed).toEqual(arithmetic("+", kept, read("z + 1")));
  expect(changed.kind === "arithmetic" && changed.left).toBe(kept);
});

test("mapping sees parts before wholes and each shared node once", () => {
  const shared = read("x + 1");
  let visits = 0;
  const e = mapExpr(arithmetic("*", shared, shared), (node) => {
    visits++;
    return node.kind === "symbol" ? number(4) : node;
  });
  expect(visits).toBe(4);
  expect(e.kind === "arithmetic" && e.left === e.right).toBe(true);
  expect(at(e, {})).toBe(25);
});

test("substitution is simultaneous: a and b change places", () => {
  const e = substitute(
    read("a - 2*b"),
    new Map([
      ["a", symbol("b")],
      ["b", symbol("a")],
    ]),
  );
  expect(e).toEqual(read("b - 2*a"));
});

test("symbols come from every corner, in the order of their first occurrence", () => {
  expect([...symbolsOf(read("if c > d then exp(b)*a else -b/(e^c)"))]).toEqual(["c", "d", "b", "a", "e"]);
  const inner = read("z + y");
  expect([...symbolsOf(inner)]).toEqual(["z", "y"]);
  expect([...symbolsOf(arithmetic("*", symbol("q"), arithmetic("-", inner, symbol("p"))))]).toEqual([
    "q",
    "z",
    "y",
    "p",
  ]);
  expect(symbolsOf(inner)).toBe(symbolsOf(inner));
});

test("contains finds inside conditions and calls, and says no otherwise", () => {
  const e = read("if not a > exp(b) then 1 else 2");
  const named = (name: string) => (x: Expr) => x.kind === "symbol" && x.name === name;
  expect(contains(e, named("b"))).toBe(true);
  expect(contains(e, named("c"))).toBe(false);
});

test("2^200 paths through shared subtrees and 10,000 terms are walked in no time", () => {
  let doubled: Expr = symbol("x");
  for (let i = 0; i < 200; i++) doubled = arithmetic("+", doubled, doubled);
  expect([...symbolsOf(doubled)]).toEqual(["x"]);
  expect(at(substitute(doubled, new Map([["x", symbol("y")]])), { y: 3 })).toBe(3 * 2 ** 200);
  const long = chain(10_000, (i) => symbol(`x${i}`));
  expect(symbolsOf(long).size).toBe(10_000);
  expect(contains(long, (e) => e.kind === "number")).toBe(false);
  expect(
    at(
      substitute(long, new Map([["x0", number(1)]])),
      Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`x${i}`, 2])),
    ),
  ).toBe(19_999);
});
