// One small kernel module in both prints, kept as golden files for readers; it type-checks, survives prettier and runs.
import { format } from "prettier";
import ts from "typescript";
import { expect, test } from "vitest";
import { buildTypeScript } from "../../src/5-emit/build.ts";
import { printJavaScript } from "../../src/5-emit/printJavaScript.ts";
import { inlineRuntime } from "../../src/5-emit/standalone.ts";
import { verifyTypeScript } from "../../src/5-emit/verify.ts";
import { representative, runtimeFiles } from "./representative.ts";

const pretty = (text: string): Promise<string> => format(text, { parser: "typescript", printWidth: 120 });

test("JavaScript", async () => {
  await expect(printJavaScript(representative)).toMatchFileSnapshot("representative/kernel.js.txt");
});

test("TypeScript", async () => {
  await expect(buildTypeScript(ts, representative)).toMatchFileSnapshot("representative/kernel.ts.txt");
});

test("prettier changes the layout only", async () => {
  const text = await pretty(buildTypeScript(ts, representative));
  verifyTypeScript(ts, representative, text);
  await expect(text).toMatchFileSnapshot("representative/kernel.pretty.ts.txt");
});

test("with its runtime written in, prettier's layout", async () => {
  const text = await pretty(inlineRuntime(ts, buildTypeScript(ts, representative), runtimeFiles, "glif/runtime"));
  await expect(text).toMatchFileSnapshot("representative/standalone.ts.txt");
  expect(complaints({ "/kernel.ts": text })).toEqual([]);
}, 30_000);

test("it type-checks as strict, erasable, verbatim code with declarations by itself", () => {
  const files = Object.fromEntries(runtimeFiles.map((file) => [`/${file.path}`, file.text]));
  expect(complaints({ ...files, "/kernel.ts": buildTypeScript(ts, representative) })).toEqual([]);
  expect(
    complaints({
      ...files,
      "/kernel.ts": `${buildTypeScript(ts, representative)}export enum E { a }\nexport const x: string = defaults.E_L;`,
    }).length,
  ).toBeGreaterThan(1);
}, 30_000);

test("both prints and the standalone file compute the same", () => {
  const runs = [printJavaScript(representative), withoutTypes(buildTypeScript(ts, representative))].map((text) =>
    run(`${withoutTypes(inlineRuntime(ts, text, runtimeFiles, "glif/runtime"))}`),
  );
  const [first, second] = runs;
  expect(first?.spikes).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0, 0]);
  expect(second).toEqual(first);
});

/** One neuron from -70 mV towards -54 mV, threshold -55 mV: 16*exp(-k*0.1/0.14) < 1 first at k = 4, and again four steps after the reset by 15 mV. */
function run(text: string): { readonly spikes: readonly number[]; readonly V: number } {
  const lif = new Function(`${text.replace(/^export /gm, "")}\nreturn lif;`)() as (
    n: number,
    parameters: object,
  ) => { V: Float64Array; update(low: number, high: number, spikes: Int32Array): number };
  const kernel = lif(1, { E_L: -70, τ: 0.14, "I[1]": [16] });
  return { spikes: Array.from({ length: 10 }, () => kernel.update(0, 1, new Int32Array(2))), V: kernel.V[0] ?? NaN };
}

function withoutTypes(text: string): string {
  return ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  }).outputText;
}

function complaints(files: Readonly<Record<string, string>>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    isolatedDeclarations: true,
    declaration: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { "glif/runtime": ["/runtime/index.ts"] },
  };
  const host = ts.createCompilerHost(options);
  const readLibrary = host.getSourceFile.bind(host);
  host.getCurrentDirectory = () => "/";
  host.directoryExists = () => true;
  host.fileExists = (path) => files[path] !== undefined || ts.sys.fileExists(path);
  host.readFile = (path) => files[path] ?? ts.sys.readFile(path);
  host.getSourceFile = (path, language) => {
    const text = files[path];
    return text === undefined ? readLibrary(path, language) : ts.createSourceFile(path, text, language, true);
  };
  const program = ts.createProgram(["/kernel.ts"], options, host);
  return [...ts.getPreEmitDiagnostics(program), ...program.getDeclarationDiagnostics()].map(
    (d) => `${d.file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(d.messageText, " ")}`,
  );
}
