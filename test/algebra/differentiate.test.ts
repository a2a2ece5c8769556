import * as fc from "fast-check";
import { expect, test } from "vitest";
import { differentiate } from "../../src/algebra/differentiate.ts";
import type { Expr } from "../../src/algebra/expression.ts";
import { arithmetic, symbol } from "../../src/algebra/expression.ts";
import { printExpr } from "../../src/algebra/print.ts";
import { equivalent } from "../../src/algebra/simplify.ts";
import { symbolsOf } from "../../src/algebra/traverse.ts";
import { at, chain, expressions, read, valuesInside } from "./expressions.ts";

const smooth = [
  "exp",
  "expm1",
  "log",
  "log1p",
  "log10",
  "sqrt",
  "exprel",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
] as const;

test("derivatives agree with central differences", () => {
  let compared = 0;
  fc.assert(
    fc.property(expressions({ functions: smooth, depth: 3 }), valuesInside, (e, values) => {
      const derivative = differentiate(e, "x");
      if (derivative === null) throw new Error("no derivative");
      const around = (h: number): number =>
        (at(e, { ...values, x: (values.x ?? 0) + h }) - at(e, { ...values, x: (values.x ?? 0) - h })) / (2 * h);
      // Two step sizes that agree show that the difference can be trusted there.
      const [coarse, fine, exact] = [around(2e-5), around(1e-5), at(derivative, values)];
      const size = 1 + Math.abs(fine) + Math.abs(at(e, values));
      if (!Number.isFinite(coarse + fine) || size > 1e3 || Math.abs(coarse - fine) > 1e-7 * size) return;
      if (Number.isNaN(exact)) return;
      compared++;
      expect(Math.abs(exact - fine)).toBeLessThan(1e-5 * size);
    }),
    { numRuns: 3000 },
  );
  expect(compared).toBeGreaterThan(1000);
});

test("each function's derivative at a point", () => {
  for (const f of smooth) {
    const e = read(`${f}(0.3*x + 0.2)`);
    const derivative = differentiate(e, "x");
    const difference = (at(e, { x: 1 + 1e-5 }) - at(e, { x: 1 - 1e-5 })) / 2e-5;
    expect([f, derivative && Math.abs(at(derivative, { x: 1 }) - difference) < 1e-8]).toEqual([f, true]);
  }
});

test("powers with the symbol in the base, the exponent or both", () => {
  const cases: [string, string][] = [
    ["x^3", "3*x^2"],
    ["x^2", "2*x"],
    ["x^1", "1"],
    ["x^0", "0"],
    ["x^a", "a*x^(a - 1)"],
    ["a^x", "a^x*log(a)"],
    ["x^x", "x^x*(log(x) + 1)"],
    ["(2*x)^(-1)", "-1/(2*x^2)"],
  ];
  for (const [e, d] of cases) {
    const derivative = differentiate(read(e), "x");
    expect([e, derivative && equivalent(derivative, read(d))]).toEqual([e, true]);
  }
});

test("conditionals branch by branch", () => {
  const d = differentiate(read("if a > 0 then x^2 else b*x"), "x");
  expect(d && printExpr(d)).toBe("if a > 0 then 2*x else b");
  expect(differentiate(read("if a > 0 then b else c"), "x")).toEqual(read("0"));
});

test("no derivative where there are kinks or jumps", () => {
  for (const text of [
    "if x > 0 then 1 else 2",
    "abs(x)",
    "sign(x)",
    "floor(x)",
    "ceil(x)",
    "round(x)",
    "min(a, x)",
    "max(x, a)",
    "clamp(a, b, x)",
    "step(x)",
    "(x > a)*2",
    "b + 2*abs(x)*c",
  ]) {
    expect([text, differentiate(read(text), "x")]).toEqual([text, null]);
    expect([text, differentiate(read(text), "y")]).toEqual([text, read("0")]);
  }
});

test("10,000 terms and shared subtrees", () => {
  const e = chain(
    10_000,
    (i) => (i % 2 ? read(`a${i}*x`) : symbol(`b${i}`)),
    (i) => (i % 4 === 1 ? "-" : "+"),
  );
  const derivative = differentiate(e, "x");
  expect(derivative && symbolsOf(derivative).size).toBe(5000);
  let nested: Expr = symbol("x");
  for (let i = 0; i < 40; i++) nested = arithmetic("*", nested, nested);
  const d = differentiate(nested, "x");
  expect(d && at(d, { x: 1 })).toBe(2 ** 40);
});
