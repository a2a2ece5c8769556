// Whatever people write into names, titles and descriptions stays text in what is emitted. (J01, J02, J06)
import ts from "typescript";
import { expect, test } from "vitest";
import { buildTypeScript } from "../../src/5-emit/build.ts";
import type { CodeModule, Statement } from "../../src/5-emit/code.ts";
import { printJavaScript } from "../../src/5-emit/printJavaScript.ts";
import { verifyTypeScript } from "../../src/5-emit/verify.ts";
import { array, call, element, member, moduleOf, name, number, object, resultModule, string } from "./shorthand.ts";

const hostile = [
  "*/process.exit(7)/*",
  "*/\nglobalThis.evil = 1;\n/*",
  "x\nglobalThis.evil = 1",
  "x\r\nglobalThis.evil = 1",
  "x\u2028globalThis.evil = 1",
  "x\u2029globalThis.evil = 1",
  "x\u0085\u000b\u000cglobalThis.evil = 1",
  "`${globalThis.evil = 1}`",
  "</script><script>evil()</script>",
  "<!-- <script>",
  "\\",
  "\\\\",
  '"',
  "'",
  '\\"; globalThis.evil = 1; "',
  "\u202e reversed \u2066",
  "\u0000\u001b[31m",
  "\ud800",
  "*",
  "/",
  "**/",
  "*\\/",
  "#0;",
  "@ts-nocheck",
  "@ts-ignore",
  "@jsxImportSource evil",
  "# sourceMappingURL=http://evil",
  "//# sourceMappingURL=data:evil",
  "/ <reference path='evil' />",
  "τ_m = 10 ms — 🧠",
];

function everywhere(text: string): CodeModule {
  return {
    header: ["a model", text],
    body: [
      { kind: "comment", lines: [text, "after"] },
      {
        kind: "interface",
        name: "Shape",
        doc: text,
        members: [{ name: text, type: "number", optional: true, doc: text }],
      },
      {
        kind: "const",
        name: "result",
        doc: text,
        note: text,
        exported: true,
        value: array(
          string(text),
          object([{ name: text, value: number(1), doc: text }]),
          call(member(object([{ name: text, value: string(text) }]), text === "" ? "x" : "toString")),
          member(object([{ name: text, value: string(text) }]), text),
        ),
      },
      { kind: "let", name: "x", value: number(1) },
      { kind: "assign", target: name("x"), operator: "=", value: number(2), note: text },
    ],
  };
}

test.each(hostile)("%j stays text", (text) => {
  const module = everywhere(text);
  const typed = buildTypeScript(ts, module);
  verifyTypeScript(ts, module, typed);
  for (const javaScript of [
    printJavaScript(module),
    ts.transpileModule(typed, { compilerOptions: { target: ts.ScriptTarget.ESNext } }).outputText,
  ]) {
    delete (globalThis as { evil?: unknown }).evil;
    const result = new Function(`${javaScript.replace("export const", "const")}\nreturn result;`)() as [
      string,
      Record<string, number>,
      unknown,
      string,
    ];
    expect(result[0]).toBe(text);
    expect(Object.entries(result[1])).toEqual([[text, 1]]);
    expect(result[3]).toBe(text);
    expect("evil" in globalThis).toBe(false);
  }
  for (const printed of [typed, printJavaScript(module)]) {
    expect(printed).not.toMatch(/<\/script|<!--|<script/i);
    expect(printed).not.toMatch(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    // In strings an order to a tool is only a string.
    expect(printed.replace(/"(?:[^"\\]|\\.)*"/g, "")).not.toMatch(/@ts-|@jsx|^\/\/\/|sourceMappingURL=/m);
  }
});

test.each(["</SCRIPT >", "<SCRIPT"])("%j is escaped whatever its case", (text) => {
  expect(printJavaScript(resultModule(string(text)))).toBe(`export const result = "\\x3C${text.slice(1)}";\n`);
});

test("letters of the field stay letters", () => {
  expect(buildTypeScript(ts, resultModule(string("τ_m, Θ")))).toBe('export const result = "τ_m, Θ";\n');
});

test("a note that holds a marker of the builder is only a note", () => {
  const module = moduleOf(
    { kind: "comment", lines: ["#1;"] },
    { kind: "blank" },
    { kind: "comment", lines: ["#0;"] },
    { kind: "let", name: "x", value: number(1) },
  );
  expect(buildTypeScript(ts, module)).toBe("// #1;\n\n// #0;\nlet x = 1;\n");
});

const badName = "a=1;evil()";
const f = (parameter: string, type = "number"): Statement => ({
  kind: "function",
  name: "f",
  parameters: [{ name: parameter, type }],
  returns: "void",
  body: [],
});
test.each<[string, Statement]>([
  ["a reference", { kind: "do", expression: name(badName) }],
  ["a reserved reference", { kind: "do", expression: name("import") }],
  ["eval", { kind: "do", expression: call("eval", string("1")) }],
  ["a const", { kind: "const", name: badName, value: number(1) }],
  ["a let", { kind: "let", name: "let", value: number(1) }],
  ["undefined anew", { kind: "const", name: "undefined", value: number(1) }],
  ["a global anew", { kind: "const", name: "Math", value: number(1) }],
  ["a loop variable", { kind: "for", variable: badName, from: number(0), below: number(1), body: [] }],
  ["a function", { kind: "function", name: badName, parameters: [], returns: "void", body: [] }],
  ["a parameter", f(badName)],
  ["an import", { kind: "import", names: ["a as evil"], from: "m", typeOnly: false }],
  ["a shorthand property", { kind: "do", expression: object([{ name: badName, value: name(badName) }]) }],
  ["an assignment to a call", { kind: "assign", target: call("f"), operator: "=", value: number(1) }],
  ["a spread alone", { kind: "do", expression: { kind: "spread", operand: name("a") } }],
])("both printers refuse a bad name or shape: %s", (_what, statement) => {
  expect(() => printJavaScript(moduleOf(statement))).toThrow(
    expect.objectContaining({ name: "InternalError" }) as Error,
  );
  expect(() => buildTypeScript(ts, moduleOf(statement))).toThrow(
    expect.objectContaining({ name: "InternalError" }) as Error,
  );
});

test.each([
  "number; evil()",
  "number = 1; type U = 2",
  "",
  "typeof globalThis",
  'import("evil").T',
  "{ new(): void }",
  "number\n;evil()",
  "A extends B ? C : D",
  "(x: number) => x is string",
  "number /*",
])("a type is a type and nothing more: %j", (type) => {
  expect(() => buildTypeScript(ts, moduleOf(f("x", type)))).toThrow(
    expect.objectContaining({ name: "InternalError" }) as Error,
  );
});

test("a comment in a type is dropped", () => {
  expect(buildTypeScript(ts, moduleOf(f("x", "number /* evil */ [] // more")))).toContain(
    "function f(x: number[]): void",
  );
});

test("a string alone is no directive", () => {
  expect(printJavaScript(moduleOf({ kind: "do", expression: string("use strict") }))).toBe('("use strict");\n');
  expect(printJavaScript(moduleOf({ kind: "do", expression: element(object([]), number(0)) }))).toBe("({})[0];\n");
});
