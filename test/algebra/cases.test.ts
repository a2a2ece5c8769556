// Equality by cases: what has arms is proven equal in every arm and on every edge, and never where it is not.
import { expect, test } from "vitest";
import { sameByCases, type SignOf } from "../../src/algebra/cases.ts";
import type { Expr } from "../../src/algebra/expression.ts";
import { lowering, UNBOUND } from "../../src/4-plan/lower.ts";
import { symbol } from "../../src/algebra/expression.ts";
import { present } from "../../src/base/invariant.ts";
import { programOf } from "../check/program.ts";

/** As a modeller writes it, of states x, y, z and of p, which is known to be positive. Conditions as arms. */
function parsed(text: string): Expr {
  const { neurons } = programOf(
    `neuron N { param p = 2; state x : 1 = 0, y : 1 = 0, z : 1 = 0; let e = ${text}; x' = e/(1 ms) }`,
  );
  const e = present(neurons[0]?.quantities.find((q) => q.name === "e")?.value, "e");
  if (e.kind !== "expression") throw new TypeError("one expression");
  return lowering(
    { contributions: [] },
    () => symbol("none"),
    undefined,
    (made) => made,
  ).expression(e.expression, UNBOUND);
}

const signOf: SignOf = (e) => (e.kind === "symbol" && e.name === "p" ? { side: 1, strict: true } : null);
const when = (condition: string): string => `if ${condition} then 1 else 0`;

const SAME: readonly (readonly [string, string])[] = [
  ["abs(x)", "if x > 0 then x else -x"],
  ["abs(x)", "if x >= 0 then x else -x"],
  ["abs(x)", "max(x, -x)"],
  ["abs(x - y)", "max(x, y) - min(x, y)"],
  ["max(x, y)", "if x < y then y else x"],
  ["max(x, max(y, z))", "max(max(z, x), y)"],
  ["min(x, y) + max(x, y)", "y + x"],
  ["clamp(x, -1, 1)", "max(-1, min(1, x))"],
  ["clamp(x - y, 0, p)", "max(0, min(p, x - y))"],
  ["clamp(sin(x), 0, 0.8)", "max(0, min(sin(x), 0.8))"],
  ["clamp(x*y, 0, 1)", "min(1, max(x*y, 0))"],
  [when("abs(x - y) <= p"), when("x - y <= p and y - x <= p")],
  ["step(x)", "if x < 0 then 0 else 1"],
  ["sign(x)*x", "abs(x)"],
  ["ceil(x)", "-floor(-x)"],
  ["if x > 1 then (if x > 0 then y else z) else x", "if x > 1 then y else x"],
  ["if x > 0 then y else if x > -1 then 2*y else 0", "if x <= -1 then 0 else if x <= 0 then y + y else y"],
  [when("x > 1 and x > 0"), when("x > 1")],
  [when("x > 1 or x > 0"), when("0 < x")],
  [when("not (x < 1 or y < 1)"), when("x >= 1 and y >= 1")],
  [when("p*(x - y) > 0"), when("x > y")],
  [when("(y - x)/p < 0"), when("x > y")],
  [when("x > y and y > x"), "0"],
  [when("x >= y and y >= x"), when("x == y")],
  ["exp(if x > 0 then x else -x)", "exp(abs(x))"],
  [
    "(if x > 0 then 1 else 2)*(if y > 0 then x else z)",
    "if y > 0 then (if x > 0 then x else 2*x) else (if x > 0 then z else 2*z)",
  ],
];

test.each(SAME)("%s is %s", (a, b) => {
  expect(sameByCases(parsed(a), parsed(b), signOf).same).toBe(true);
  expect(sameByCases(parsed(b), parsed(a), signOf).same).toBe(true);
});

const DIFFERENT: readonly (readonly [string, string])[] = [
  [when("x > 1"), when("x >= 1")],
  [when("x > 1 and x < 2"), when("x > 1 and x < 3")],
  [when("x > 1 or y > 2"), when("x > 1 or y > 3")],
  [when("x*(x - y) > 0"), when("x > y")],
  ["step(x)", "if x > 0 then 1 else 0"],
  ["sign(x)", "if x > 0 then 1 else -1"],
  ["abs(x)", "x"],
  ["max(x, y)", "max(x, z)"],
  ["max(0, 1 - abs(x))", "max(0, 1 - abs(x - 2))"],
  ["floor(x/10)", "floor(x/11)"],
  ["if x > 1000 then y else z", "z"],
  ["if x > 0 then (if x > 10 then y else z) else 0", "if x > 0 then (if x > 11 then y else z) else 0"],
];

test.each(DIFFERENT)("%s is not %s", (a, b) => {
  expect(sameByCases(parsed(a), parsed(b), signOf).same).toBe(false);
});

test("what differs on an edge alone is named by that edge", () => {
  const { edges } = sameByCases(parsed(when("2*x - y > 1")), parsed(when("2*x - y >= 1")), signOf);
  expect(edges).toHaveLength(1);
});
