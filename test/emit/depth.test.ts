// Long and deep expressions: the printers must not run out of stack where the language's limits let a model through. (S04, R05)
import ts from "typescript";
import { expect, test } from "vitest";
import { buildTypeScript } from "../../src/5-emit/build.ts";
import type { Code } from "../../src/5-emit/code.ts";
import { printJavaScript } from "../../src/5-emit/printJavaScript.ts";
import { verifyTypeScript } from "../../src/5-emit/verify.ts";
import { arrow, binary, call, minus, name, number, resultModule, ternary } from "./shorthand.ts";

const terms = (n: number): Code[] => Array.from({ length: n }, (_, i) => number(i + 0.1));
const leftSum = (n: number): Code => terms(n).reduce((left, right) => binary(left, "+", right));
const rightSum = (n: number): Code => terms(n).reduceRight((right, left) => binary(left, "-", right));
/** ((0.1 + 1.1) * 2.1 + 3.1) * 4.1 …: parentheses all along the left spine. */
const horner = (n: number): Code => terms(n).reduce((left, right, i) => binary(left, i % 2 === 0 ? "*" : "+", right));

function value(text: string): unknown {
  return new Function(`${text.replace("export ", "")}return result;`)();
}

test("a sum of 10,000 terms prints, is read back and adds up from the left", () => {
  const module = resultModule(leftSum(10_000));
  const sum = terms(10_000).reduce((s, t) => s + (t as { value: number }).value, 0);
  expect(value(printJavaScript(module))).toBe(sum);
  const text = buildTypeScript(ts, module);
  verifyTypeScript(ts, module, text);
  expect(value(text)).toBe(sum);
});

test("400 deep to the right, in parentheses, in arrows, calls and minuses", () => {
  const minuses = (n: number): Code => (n === 0 ? name("x") : minus(minuses(n - 1)));
  const calls = (n: number): Code => (n === 0 ? name("x") : call("f", calls(n - 1)));
  const arrows = (n: number): Code => (n === 0 ? name("x") : arrow("x", arrows(n - 1)));
  const cases = (n: number): Code => (n === 0 ? name("x") : ternary(name("x"), number(n), cases(n - 1)));
  for (const code of [rightSum(400), horner(400), minuses(400), calls(400), arrows(200), cases(400)]) {
    const module = resultModule(code);
    expect(printJavaScript(module).length).toBeGreaterThan(400);
    verifyTypeScript(ts, module, buildTypeScript(ts, module));
  }
  expect(value(printJavaScript(resultModule(rightSum(400))))).toBe(
    terms(400).reduceRight((s, t) => (t as { value: number }).value - s, 0),
  );
  expect(value(printJavaScript(resultModule(horner(401))))).toBe(
    terms(401)
      .slice(1)
      .reduce(
        (s, t, i) => (i % 2 === 0 ? s + (t as { value: number }).value : s * (t as { value: number }).value),
        0.1,
      ),
  );
});

test("a table of 1,000 cases prints and picks", () => {
  const module = resultModule(
    Array.from({ length: 1000 }, (_, i) => i).reduceRight<Code>(
      (rest, i) => ternary(binary(name("x"), "<", number(i)), number(i), rest),
      number(-1),
    ),
  );
  expect(new Function("x", `${printJavaScript(module).replace("export ", "")}return result;`)(998.5)).toBe(999);
});
