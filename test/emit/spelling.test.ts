// An expression in the words of another language means the same there: JavaScript is asked.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "../../src/algebra/evaluate.ts";
import { GLIF, printExpr, type Spelling } from "../../src/algebra/print.ts";
import { elementary } from "../../src/4-plan/elementary.ts";
import * as math from "../../src/runtime/math.ts";
import { expressions, read } from "../algebra/expressions.ts";

const JAVASCRIPT: Spelling = {
  ...GLIF,
  power: { function: "pow" },
  and: "&&",
  or: "||",
  not: "!",
  compare: { ...GLIF.compare, "==": "===", "!=": "!==" },
  conditional: { order: ["condition", "then", "otherwise"], words: ["", " ? ", " : ", ""], closed: false },
};
const PYTHON: Spelling = {
  ...GLIF,
  power: { operator: "**" },
  conditional: { order: ["then", "condition", "otherwise"], words: ["", " if ", " else ", ""], closed: false },
};

test("what JavaScript makes of a text in its own words is the value of the expression", () => {
  const names = Object.keys(math);
  const symbols = ["a", "b", "x", "y"];
  const anyExpression = expressions({ functions: ["exp", "min", "clamp", "abs", "tanh"], conditions: true });
  fc.assert(
    fc.property(
      anyExpression,
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (e, xs) => {
        const text = printExpr(e, JAVASCRIPT);
        const run = new Function("math", ...symbols, `const { ${names.join(", ")} } = math; return ${text};`) as (
          m: typeof math,
          ...values: number[]
        ) => number | boolean;
        const value = evaluate(e, (name) => xs[symbols.indexOf(name)] ?? 0, elementary);
        expect(Number(run(math, ...xs))).toBe(Number(value));
      },
    ),
  );
});

test("Python's conditional and power", () => {
  expect(printExpr(read("if a > 0 then b^2 else if c > 1 then -d^e else f"), PYTHON)).toBe(
    "b**2 if a > 0 else -(d**e) if c > 1 else f",
  );
  expect(printExpr(read("1 + (if a > 0 then (if b > 0 then c else d) else e)"), PYTHON)).toBe(
    "1 + ((c if b > 0 else d) if a > 0 else e)",
  );
});
