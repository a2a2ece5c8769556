// What TypeScript, at its strictest, says of emitted modules.
import ts from "typescript";
import { join } from "node:path";

/** The complaints about each text, by a title of its own; none where all is well. */
export function strictProblems(texts: ReadonlyMap<string, string>): readonly string[] {
  const root = join(import.meta.dirname, "..", "..");
  const files = new Map([...texts].map(([title, text]) => [join(root, "test", "emit", `emitted ${title}.ts`), text]));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { "glif/runtime": [join(root, "src/runtime/index.ts")] },
    strict: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    isolatedDeclarations: true,
    declaration: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const original = host.getSourceFile.bind(host);
  const asTyped = (path: string): string | undefined => files.get(path) ?? files.get(path.replaceAll("/", "\\"));
  host.fileExists = (path) => asTyped(path) !== undefined || ts.sys.fileExists(path);
  host.getSourceFile = (path, language) => {
    const text = asTyped(path);
    return text === undefined ? original(path, language) : ts.createSourceFile(path, text, language, true);
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host))
    .filter((d) => d.file?.fileName.includes("emitted ") !== false)
    .map(
      (d) =>
        `${d.file?.fileName ?? ""}: ${d.file === undefined ? "" : d.file.text.slice((d.start ?? 0) - 60, (d.start ?? 0) + 60)}: ${ts.flattenDiagnosticMessageText(d.messageText, " ")}`,
    );
}
