// What would grow without bound is told or left as it is, and that takes no longer however far it goes: work is what V8 counts, never a time.
import { expect, test } from "vitest";
import { workOf } from "../work.ts";
import { sourceText } from "../../src/base/source.ts";
import { check, planOf } from "../../src/compile.ts";

const lines = (n: number, line: (k: number) => string): string =>
  Array.from({ length: n }, (_, k) => line(k)).join("\n");
const experiment = (method = ""): string => `experiment E of P { duration 1 ms; record x; ${method} }\n`;
const lets = (n: number, next: (k: number) => string): string =>
  `neuron P {\n state x = 0.5\n let y0 = x\n${lines(n, (k) => ` let y${k + 1} = ${next(k)}`)}\n x' = -y${n}/(10 ms)\n}\n`;
const calling = (functions: string, value: string): string =>
  `${functions}\nneuron P { state x = 0.5; x' = -${value}/(10 ms) }\n${experiment()}`;

interface Case {
  readonly title: string;
  readonly text: (n: number) => string;
  /** What is told of it; null where it is planned. */
  readonly code: string | null;
  /** The smaller size, where it is not 100. */
  readonly from?: number;
}

const CASES: readonly Case[] = [
  {
    title: "functions that call the last one twice",
    text: (n) =>
      calling(`function f0(a) = a\n${lines(n, (k) => `function f${k + 1}(a) = f${k}(a) + 0.5*f${k}(a)`)}`, `f${n}(x)`),
    code: "model/too-large",
  },
  {
    title: "functions that hand on a square of their argument",
    text: (n) =>
      calling(`function f0(a) = a\n${lines(n, (k) => `function f${k + 1}(a) = f${k}(a + 0.1*a*a)`)}`, `f${n}(x)`),
    code: "model/too-large",
  },
  {
    title: "mechanisms that use the last one twice",
    text: (n) =>
      `mechanism M0 { param p = 1 }\n${lines(n, (k) => `mechanism M${k + 1} { use M${k} as a; use M${k} as b }`)}\nneuron P { use M${n}; state x = 0.5; x' = -x/(10 ms) }\n`,
    code: "model/too-large",
    // From 200 on they are too deep.
    from: 40,
  },
  {
    title: "products of the last two",
    text: (n) => `${lets(n, (k) => (k === 0 ? "0.5*y0" : `y${k}*y${k - 1} + 0.1`))}${experiment()}`,
    code: null,
  },
  {
    title: "squares, whose step is looked at",
    text: (n) => `${lets(n, (k) => `0.1*y${k}*y${k} + y${k}`)}${experiment("method euler")}`,
    code: null,
  },
  {
    title: "terms that lack a factor",
    text: (n) =>
      `neuron P {\n param C = 1 pF, E = 1 mV, R = 1 GΩ\n state V = E\n input I : pA\n V' = I/C\n${lines(n, (k) => ` let y${k} = V + I`)}\n}\n`,
    code: "units/mismatched-terms",
    from: 40,
  },
];

function understood(text: string): readonly string[] {
  const source = sourceText("0.glif", text);
  const host = { read: () => ({ text: "" }), resolve: (_: string, path: string) => ({ path }) };
  const { program, diagnostics } = check(source, host);
  const told = program === null ? diagnostics : planOf(program, "E").diagnostics;
  return told.filter((d) => d.severity === "error").map((d) => d.code);
}

test.each(CASES)("$title", { timeout: 120_000 }, ({ text, code, from = 100 }) => {
  let told: readonly string[] = [];
  const [once = NaN, fourfold = NaN] = [from, 4 * from].map((n) => workOf(() => (told = understood(text(n)))));
  expect([...new Set(told)]).toEqual(code === null ? [] : [code]);
  // Beyond some size the text alone grows.
  expect(fourfold, `${once}, ${fourfold}`).toBeLessThan(4 * 1.2 * once);
});

test("what a product of very many terms in numbers would be is not worked out to its last digit", () => {
  const [short = NaN, long = NaN] = [15, 60].map((n) =>
    workOf(() => understood(`${lets(n, (k) => (k === 0 ? "0.5*y0" : `y${k}*y${k - 1}`))}${experiment()}`)),
  );
  expect(long).toBeLessThan(4 * 1.2 * short);
});

test("a path of as many parts as no call takes arguments is an unknown name", { timeout: 60_000 }, () => {
  const text = `neuron P { state x = 0.5; x' = -a${".b".repeat(150_000)}/(10 ms) }`;
  expect(understood(text)).toEqual(["names/unknown"]);
});

test(
  "names of many thousands of letters that differ in one are not compared letter by letter",
  { timeout: 60_000 },
  () => {
    const misspelt = (n: number): string =>
      `neuron P {\n param ${"a".repeat(n)} = 1\n state x = 0.5\n x' = -x*${"a".repeat(n)}b/(10 ms)\n}\n`;
    const [once = NaN, fourfold = NaN] = [1_000, 4_000].map((n) => workOf(() => understood(misspelt(n))));
    expect(fourfold).toBeLessThan(4 * 1.2 * once);
  },
);
