// S11: how operators bind, as a golden table.
import { expect, test } from "vitest";
import { shapeOf } from "./reading.ts";

test.each([
  ["-V^2", "(-(V ^ 2))"],
  ["a^b^c", "(a ^ (b ^ c))"],
  ["2^-1", "(2 ^ (-1))"],
  ["2^-3^2", "(2 ^ (-(3 ^ 2)))"],
  ["(-V)^2", "((-V) ^ 2)"],
  ["a- -b", "(a - (-b))"],
  ["a - b - c", "((a - b) - c)"],
  ["a - (b - c)", "(a - (b - c))"],
  ["a / b / c", "((a / b) / c)"],
  ["a*(b*c)", "(a * (b * c))"],
  ["a + b*c", "(a + (b * c))"],
  ["-a*b", "((-a) * b)"],
  ["a * -b", "(a * (-b))"],
  ["a*-b^2 + c", "((a * (-(b ^ 2))) + c)"],
  ["+a - +b", "(a - b)"],
  ["--a", "(-(-a))"],
  ["a + b < c*d", "((a + b) < (c * d))"],
  ["not a < b", "(not (a < b))"],
  ["!a && b || c", "(((not a) and b) or c)"],
  ["not a and not b or c", "(((not a) and (not b)) or c)"],
  ["a or b and c", "(a or (b and c))"],
  ["a <= b and c ≥ d and e ≠ f", "(((a <= b) and (c >= d)) and (e != f))"],
  ["if a then b else if c then d else e + f", "(if a then b else (if c then d else (e + f)))"],
  ["(if a then b else c) + d", "((if a then b else c) + d)"],
  ["if not a or b then c else d", "(if ((not a) or b) then c else d)"],
  ["f(a, b)^2", "(f(a, b) ^ 2)"],
  ["-k[j]*I[j]", "((-k[j]) * I[j])"],
  ["5 nS / g", "(5 nS / g)"],
  ["5 nS*(V - E)", "(5 nS * (V - E))"],
  ["20 pA*sqrt(ms)*ξ", "(20 pA*sqrt(ms) * ξ)"],
  ["-70 mV", "(-70 mV)"],
  ["1e-3^2", "(1e-3 ^ 2)"],
])("%s", (text, expected) => {
  expect(shapeOf(text)).toBe(expected);
});

test("an expression runs over lines", () => {
  expect(shapeOf("a +\n  b *\n  (c\n  - d)")).toBe("(a + (b * (c - d)))");
});
