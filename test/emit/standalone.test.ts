// One file that needs nothing: what of the runtime comes along, in which order, and what is refused.
import ts from "typescript";
import { expect, test } from "vitest";
import { inlineRuntime } from "../../src/5-emit/standalone.ts";
import { runtimeFiles } from "./representative.ts";

const inline = (module: string, files: readonly { path: string; text: string }[] = runtimeFiles): string =>
  inlineRuntime(ts, module, files, "glif/runtime");

test("only what the module reaches comes along, with its comments and without export", () => {
  const text = inline('import { exp } from "glif/runtime";\nexport const e: number = exp(1);\n');
  expect(text).toBe(`// From the runtime, runtime/math.ts
// Mathematics with the same bits everywhere.

/** ln 2, high part. */
const LN2 = 0.6931471805599453; // rounded

/** e^x, to half a unit in the last place at worst. */
function exp(x: number): number {
  const n = Math.round(x / LN2);
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 20; k++) {
    term *= (x - n * LN2) / k;
    sum += term;
  }
  return sum * 2 ** n;
}

// The module itself

export const e: number = exp(1);
`);
});

test("a module that needs nothing stays as it is", () => {
  expect(inline("/*\n * head\n */\n\nexport const x: number = 1;\n")).toBe(
    "/*\n * head\n */\n\nexport const x: number = 1;\n",
  );
});

test("types come along by type imports; what runs at load time comes with what it fills, after what it calls", () => {
  const text = inline(
    'import { normal } from "glif/runtime";\nimport type { Kernel } from "glif/runtime";\nexport let kernel: Kernel | undefined;\nexport const x: number = normal(1);\n',
  );
  const order = [
    "const LN2",
    "function exp",
    "type Layout",
    "const states",
    "for (let i",
    "function normal",
    "interface Kernel",
    "export let kernel",
  ].map((piece) => text.indexOf(piece));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order.every((at) => at >= 0)).toBe(true);
  expect(text).not.toContain("Unused");
  expect(text).not.toContain("function log");
  expect(text).not.toMatch(/^import|^export (?!let kernel|const x)/m);
});

test("a private name of the runtime gives way to the module's, also in shorthands and patterns, but not after dots", () => {
  const files = [
    { path: "index.ts", text: 'export * from "./a.ts";' },
    {
      path: "a.ts",
      text: "const ring = [1, 2];\nconst box = { ring };\nexport function total(): number {\n  const { ring: inner } = box;\n  const rest = { ...box, ring: ring.length };\n  return box.ring.length + inner.length + rest.ring + ring.length;\n}\n",
    },
  ];
  const text = inline(
    'import { total } from "glif/runtime";\nconst ring = 5, ring_runtime = 6;\nexport const x: number = total() + ring + ring_runtime;\n',
    files,
  );
  expect(text).toContain("const ring_runtime_ = [1, 2];");
  expect(text).toContain("const box = { ring: ring_runtime_ };");
  const script = ts
    .transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ESNext } })
    .outputText.replace(/^export /gm, "");
  expect(new Function(`${script}; return x;`)()).toBe(2 + 2 + 2 + 2 + 5 + 6);
});

test("a table that a function fills at load time is filled, wherever the call stands", () => {
  const files = [
    {
      path: "index.ts",
      text: "const table: number[] = [0];\nfill();\nfunction fill(): void {\n  table[0] = 1;\n}\nexport function a(): number {\n  return table[0]!;\n}",
    },
  ];
  const text = inline('import { a } from "glif/runtime";\nexport const x: number = a();', files);
  const script = ts
    .transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ESNext } })
    .outputText.replace(/^export /gm, "");
  expect(new Function(`${script}; return x;`)()).toBe(1);
});

test("files run in the order of ES modules, also around a cycle", () => {
  const files = [
    { path: "r/index.ts", text: 'export * from "./late.ts";' },
    {
      path: "r/late.ts",
      text: 'import { early } from "./deep/early.ts";\nexport const late: number = early + 1;\nexport function used(): number { return 1; }',
    },
    { path: "r/deep/early.ts", text: 'import { used } from "../late.ts";\nexport const early: number = used() + 1;' },
  ];
  const text = inline('import { late } from "glif/runtime";\nexport const x: number = late;', files);
  const script = ts
    .transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ESNext } })
    .outputText.replace(/^export /gm, "");
  expect(new Function(`${script}; return x;`)()).toBe(3);
});

const module = 'import { a } from "glif/runtime";\nexport const x: number = a;\n';
test.each<[RegExp, string, Record<string, string>]>([
  [
    /'a' is declared in one.ts and in two.ts: rename one/,
    module,
    { "one.ts": "export const a = 1;", "two.ts": "const a = 2;" },
  ],
  [/imports 'a', which the runtime does not export/, module, { "one.ts": "const a = 1;" }],
  [/imports from "node:fs", not only/, 'import { a } from "node:fs";', {}],
  [
    /imports node:fs, which is no file of the runtime/,
    module,
    { "one.ts": 'import { b } from "node:fs";\nexport const a = 1;' },
  ],
  [
    /imports .\/b.ts, which is no file of the runtime/,
    module,
    { "one.ts": 'export { b } from "./b.ts";\nexport const a = 1;' },
  ],
  [
    /only import \{ a, b \}/,
    module,
    { "one.ts": 'import { b as c } from "./two.ts";\nexport const a = c;', "two.ts": "export const b = 1;" },
  ],
  [/only import \{ a, b \}/, 'import * as a from "glif/runtime";', {}],
  [/only export … from/, module, { "one.ts": "const b = 1;\nexport { b as a };" }],
  [/default export/, module, { "one.ts": "export default function a() {}" }],
  [/imports inside of an expression/, module, { "one.ts": 'export const a = import("./two.ts");' }],
  [/belongs to no declaration/, module, { "one.ts": 'export const a = 1;\nconsole.log("hello");' }],
  [/enum or namespace/, module, { "one.ts": "enum E { x }\nexport const a = 1;" }],
  [/cannot be parsed/, module, { "one.ts": "export const a = ;" }],
  [/pattern/, module, { "one.ts": "export const { a } = { a: 1 };" }],
  [/re-exports/, 'export { a } from "glif/runtime";', {}],
])("%s", (message, text, files) => {
  expect(() =>
    inline(
      text,
      Object.entries(files).map(([path, content]) => ({ path, text: content })),
    ),
  ).toThrow(
    expect.objectContaining({ name: "InternalError", message: expect.stringMatching(message) as string }) as Error,
  );
});
