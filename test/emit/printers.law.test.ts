// Law: what a printed module computes is what its tree means, bit for bit, in JavaScript and through TypeScript.
import * as fc from "fast-check";
import { format } from "prettier";
import ts from "typescript";
import { expect, test } from "vitest";
import { buildTypeScript } from "../../src/5-emit/build.ts";
import type { BinaryOperator, Code, CodeModule } from "../../src/5-emit/code.ts";
import { printJavaScript } from "../../src/5-emit/printJavaScript.ts";
import { verifyTypeScript } from "../../src/5-emit/verify.ts";
import {
  arrow,
  array,
  binary,
  call,
  cast,
  create,
  element,
  evaluate,
  member,
  minus,
  moduleOf,
  name,
  not,
  number,
  object,
  resultModule,
  spread,
  string,
  ternary,
} from "./shorthand.ts";

const environment = {
  a: 0.1,
  b: -3.7,
  c: 1e300,
  n: 7,
  yes: true,
  nothing: undefined,
  word: "τ",
  f: (x: number, y: number) => x - 2 * y,
  Math,
  Float64Array,
};

const operators: readonly BinaryOperator[] = [
  "+",
  "-",
  "*",
  "/",
  "%",
  "<",
  "<=",
  ">",
  ">=",
  "===",
  "!==",
  "&&",
  "||",
  "??",
  "&",
  "|",
  "<<",
];
const leaf: fc.Arbitrary<Code> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(number),
  fc.constantFrom(0, -0, 1, -1, 2, 1e21, 1e-7, 5e-324).map(number),
  fc.constantFrom("a", "b", "c", "n", "yes", "nothing", "word").map(name),
  fc.constantFrom("", "x", "7", "</script>", "\u2028\\\"'`${").map(string),
);
const tree: fc.Arbitrary<Code> = fc.letrec<{ code: Code }>((tie) => {
  const code = tie("code");
  return {
    code: fc.oneof(
      { maxDepth: 7, depthSize: "large", withCrossShrink: true },
      leaf,
      // TypeScript alone takes some comparisons for type arguments: these are tried most.
      {
        weight: 4,
        arbitrary: fc
          .tuple(code, fc.constantFrom<BinaryOperator>("<", ">", "<<", "&"), code)
          .map(([l, o, r]) => binary(l, o, r)),
      },
      { weight: 6, arbitrary: fc.tuple(code, fc.constantFrom(...operators), code).map(([l, o, r]) => binary(l, o, r)) },
      // Not `>> (…)`: behind a `<<` TypeScript cannot read that at all.
      fc
        .tuple(code, fc.constantFrom<BinaryOperator>(">>", ">>>"), fc.integer({ min: 0, max: 31 }))
        .map(([l, o, bits]) => binary(l, o, number(bits))),
      { weight: 2, arbitrary: fc.oneof(code.map(minus), code.map(not)) },
      { weight: 2, arbitrary: fc.tuple(code, code, code).map(([c, t, o]) => ternary(c, t, o)) },
      fc.tuple(code, code).map(([x, y]) => call("f", x, y)),
      fc.tuple(code, code).map(([x, y]) => call(member(name("Math"), "max"), spread(array(x, y)), y)),
      fc.tuple(code, code).map(([body, x]) => call(arrow("a", body), x)),
      fc.tuple(code, code).map(([x, y]) =>
        member(
          object([
            { name: "in", value: x },
            { name: "a b", value: y },
          ]),
          "a b",
        ),
      ),
      fc.tuple(code, code).map(([x, y]) => element(array(x, y), number(1))),
      fc.tuple(code, code).map(([x, y]) => element(create("Float64Array", array(x, y)), number(0))),
      fc
        .tuple(code, fc.constantFrom("number", "readonly number[]", "(i: number) => void", "unknown"))
        .map(([x, type]) => cast(x, type)),
      code.map((x) => member(call(arrow("x", object([{ name: "x", value: name("x") }])), x), "x")),
    ),
  };
}).code;

function run(javaScript: string): unknown[] {
  const names = Object.keys(environment);
  const body = javaScript.replace(/^export const result/m, "const result");
  return new Function(...names, `${body}\nreturn result;`)(...Object.values(environment)) as unknown[];
}

function expectSame(found: readonly unknown[], trees: readonly Code[]): void {
  trees.forEach((code, i) => {
    const wanted = evaluate(code, environment);
    if (!Object.is(found[i], wanted))
      expect.fail(`${printJavaScript(resultModule(code))} gives ${String(found[i])}, its tree means ${String(wanted)}`);
  });
  expect(found.length).toBe(trees.length);
}

const trees = fc.array(tree, { minLength: 40, maxLength: 60, size: "max" });

test("JavaScript computes what the tree means", () => {
  fc.assert(
    fc.property(trees, (several) => expectSame(run(printJavaScript(resultModule(array(...several)))), several)),
    { numRuns: 40, seed: 1 },
  );
}, 60_000);

test("TypeScript, read back and with its types taken off, computes what the tree means", () => {
  fc.assert(
    fc.property(trees, (several) => {
      const module = resultModule(array(...several));
      const text = buildTypeScript(ts, module);
      verifyTypeScript(ts, module, text);
      expectSame(run(withoutTypes(text)), several);
    }),
    { numRuns: 12, seed: 2 },
  );
}, 60_000);

test("both printers say the same, but for types", () => {
  const plain = (text: string): string =>
    ts.transpileModule(text, {
      compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, removeComments: true },
    }).outputText;
  const module: CodeModule = moduleOf(
    { kind: "import", names: ["f"], from: "m", typeOnly: false },
    {
      kind: "function",
      name: "g",
      parameters: [{ name: "x", type: "number", default: number(-1) }],
      returns: "number",
      exported: true,
      body: [
        {
          kind: "if",
          condition: binary(name("x"), "<", number(0)),
          then: [{ kind: "return", value: minus(name("x")) }],
          otherwise: [
            {
              kind: "if",
              condition: not(binary(name("x"), "===", number(2))),
              then: [{ kind: "do", expression: call("f", name("x")) }],
              otherwise: [{ kind: "return", value: number(3) }],
            },
          ],
        },
        { kind: "let", name: "s", type: "number", value: number(0) },
        {
          kind: "for",
          variable: "i",
          from: number(0),
          below: cast(name("x"), "number"),
          body: [
            { kind: "assign", target: element(name("xs"), name("i")), operator: "+=", value: name("i") },
            { kind: "return", value: null },
          ],
        },
        { kind: "return", value: name("s") },
      ],
    },
  );
  expect(plain(printJavaScript(module)).trim()).toBe(plain(buildTypeScript(ts, module)).trim());
});

test.each<[string, Code, string]>([
  ["association is kept", binary(name("a"), "*", binary(name("b"), "*", name("c"))), "a * (b * c)"],
  [
    "no parentheses where the grammar associates by itself",
    binary(binary(name("a"), "-", name("b")), "-", name("c")),
    "a - b - c",
  ],
  ["a minus of a minus is no decrement", minus(minus(name("a"))), "-(-a)"],
  ["nor is one of a negative number", minus(number(-1)), "-(-1)"],
  ["negative zero", binary(number(-0), "*", minus(name("a"))), "-0 * -a"],
  ["minus binds tighter than times", binary(minus(name("a")), "*", name("b")), "-a * b"],
  ["minus of a product", minus(binary(name("a"), "*", name("b"))), "-(a * b)"],
  ["?? in ||", binary(binary(name("a"), "??", name("b")), "||", name("c")), "(a ?? b) || c"],
  ["|| in ??", binary(name("a"), "??", binary(name("b"), "||", name("c"))), "a ?? (b || c)"],
  ["&& in ??", binary(binary(name("a"), "&&", name("b")), "??", name("c")), "(a && b) ?? c"],
  ["a member of a number", member(number(5), "x"), "(5).x"],
  ["a member of a negative number", element(number(-5), number(0)), "(-5)[0]"],
  ["shortest digits", array(number(0.1 + 0.2), number(1e21), number(1e-7)), "[0.30000000000000004, 1e+21, 1e-7]"],
  ["a constructor found by a call", create(call("f")), "new (f())()"],
  ["a constructor of a namespace", create(member(name("a"), "B"), name("c")), "new a.B(c)"],
  ["an object as body of an arrow", arrow("x", object([])), "(x) => ({})"],
  [
    "keys",
    object([
      { name: "class", value: number(1) },
      { name: "I[1]", value: number(2) },
      { name: "__proto__", value: number(3) },
      { name: "τ", value: name("τ") },
    ]),
    `{ class: 1, "I[1]": 2, ["__proto__"]: 3, τ }`,
  ],
])("JavaScript: %s", (_claim, code, text) => {
  expect(printJavaScript(resultModule(code))).toBe(`export const result = ${text};\n`);
});

test("TypeScript's type arguments are not to be found where a comparison was meant, nor after a formatter was there", async () => {
  const code = call(
    "f",
    binary(name("a"), "<", name("b")),
    binary(name("c"), ">", binary(binary(name("a"), "-", name("b")), "*", name("n"))),
  );
  const text = buildTypeScript(ts, resultModule(code));
  expect(text).toContain("f(a < b, (a - b) * n < c)");
  verifyTypeScript(ts, resultModule(code), text);
  verifyTypeScript(ts, resultModule(code), await format(text, { parser: "typescript" }));
});

test.each([NaN, Infinity, -Infinity])("%s has no literal", (value) => {
  expect(() => printJavaScript(resultModule(number(value)))).toThrow(/no literal/);
  expect(() => buildTypeScript(ts, resultModule(number(value)))).toThrow(/no literal/);
});

function withoutTypes(text: string): string {
  const { outputText, diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  expect(diagnostics?.map((d) => ts.flattenDiagnosticMessageText(d.messageText, " "))).toEqual([]);
  return outputText;
}
