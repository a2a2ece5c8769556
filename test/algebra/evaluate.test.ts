import { expect, test } from "vitest";
import { evaluate } from "../../src/algebra/evaluate.ts";
import { at, mathElementary, read } from "./expressions.ts";

test("operations are done in the order in which they are written", () => {
  expect(at(read("a*(b*c)"), { a: 0.1, b: 0.2, c: 0.3 })).toBe(0.1 * (0.2 * 0.3));
  expect(at(read("a*b*c"), { a: 0.1, b: 0.2, c: 0.3 })).toBe(0.1 * 0.2 * 0.3);
  expect(at(read("2^3^2 - 10/4/5"), {})).toBe(511.5);
  expect(at(read("-a^2"), { a: 3 })).toBe(-9);
});

test("conditions are 1 or 0, comparisons with NaN fail", () => {
  const cases: [string, number][] = [
    ["a < b", 1],
    ["a <= 1", 1],
    ["a > b", 0],
    ["a >= 2", 0],
    ["a == 1", 1],
    ["a != 1", 0],
    ["n < 1", 0],
    ["n != n", 1],
  ];
  for (const [text, value] of cases) expect([text, at(read(text), { a: 1, b: 2, n: NaN })]).toEqual([text, value]);
  expect(at(read("a and b"), { a: 5, b: 2 })).toBe(1);
  expect(at(read("a or b"), { a: 0, b: 0 })).toBe(0);
  expect(at(read("a or b"), { a: 0, b: 7 })).toBe(1);
  expect(at(read("not a"), { a: 0 })).toBe(1);
});

test("only the branch that is taken is evaluated", () => {
  expect(at(read("if a > 0 then a else missing"), { a: 1 })).toBe(1);
  expect(() => at(read("if a > 0 then a else missing"), { a: -1 })).toThrow("missing");
});

test("functions and powers are those that were handed in", () => {
  const spied: string[] = [];
  const functions = {
    ...mathElementary,
    pow: (x = 0, y = 0) => (spied.push(`${x}^${y}`), 7),
    clamp: (...x: number[]) => (spied.push(x.join()), 5),
  };
  expect(evaluate(read("2^3 + clamp(9, 0, 1)"), () => NaN, functions)).toBe(12);
  expect(spied).toEqual(["2^3", "9,0,1"]);
});
