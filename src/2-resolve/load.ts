// The program: the main file and everything it imports, each file read once, cycles named. Pure: text comes from a host.
import { append } from "../base/lists.ts";
import type { DeclarationNode, ImportNode, ModelFileNode } from "../1-parse/ast.ts";
import { nearNames } from "../base/nearNames.ts";
import { sourceText } from "../base/source.ts";
import type { SourceText, Span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { builtinName, duplicateName, importCycle, importFailed, unknownImport } from "../diagnostics/names.ts";
import { builtinMeaning } from "./builtins.ts";
import { mendedPlaces, withHoles } from "./holes.ts";

/** Where texts come from: files, a page, a test. It never throws; what cannot be read is a problem in words. */
export interface SourceHost {
  /** Text of a file, or why not. `path` is what `resolve` gave. */
  read(path: string): { readonly text: string } | { readonly problem: string };
  /** The path that an import or file("…") in `from` means, or a problem ("outside the project", …). "glif/hh" style names are shipped models. */
  resolve(from: string, written: string): { readonly path: string } | { readonly problem: string };
}

/** `isWrong`: something was found to be wrong in the file, so that it may hold what other tools write. */
export type Parse = (
  source: SourceText,
  isWrong?: boolean,
) => {
  readonly file: ModelFileNode;
  readonly diagnostics: readonly Diagnostic[];
};

export interface LoadedProgram {
  /** The main file first, then the imported ones in the order in which they are met. */
  readonly files: readonly FileScope[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A file with the names that can be used in it: its own and those it imports. */
export interface FileScope {
  readonly file: ModelFileNode;
  readonly names: ReadonlyMap<string, TopLevel>;
  /** Where the parser did not understand the text. */
  readonly damage: readonly Diagnostic[];
  /** Statements that the parser mended: nothing else is said of them. */
  readonly mended: readonly Span[];
}

export interface TopLevel {
  readonly node: DeclarationNode;
  readonly scope: FileScope;
}

/** Reads the main file and, breadth first, what it imports. A file that cannot be read is reported where it is imported. */
export function loadProgram(main: SourceText, host: SourceHost, parse: Parse): LoadedProgram {
  const diagnostics: Diagnostic[] = [];
  const files = new Map<string, LoadingFile>();
  const queue: LoadingFile[] = [];
  const add = (path: string, source: SourceText): LoadingFile => {
    const parsed = parse(source);
    append(diagnostics, parsed.diagnostics);
    const names = new Map<string, TopLevel>();
    const mended = mendedPlaces(parsed.diagnostics);
    const damage = parsed.diagnostics.filter((d) => d.severity === "error" && !HARMLESS.has(d.code));
    const scope: FileScope = { file: withHoles(parsed.file, mended), names, damage, mended };
    const loading: LoadingFile = { path, scope, names, own: new Map(), imports: [] };
    files.set(path, loading);
    queue.push(loading);
    return loading;
  };

  add(main.path, main);
  for (let next = queue[0], i = 0; next !== undefined; next = queue[++i]) {
    for (const node of next.scope.file.imports) {
      // The parser has told that there is no path.
      if (node.path.value === "" && next.scope.damage.length > 0) continue;
      const target = host.resolve(next.path, node.path.value);
      if ("problem" in target) {
        diagnostics.push(importFailed(node.path.span, { written: node.path.value, problem: target.problem }));
        continue;
      }
      let imported = files.get(target.path);
      if (imported === undefined) {
        const content = host.read(target.path);
        if ("problem" in content) {
          diagnostics.push(importFailed(node.path.span, { written: node.path.value, problem: content.problem }));
          continue;
        }
        imported = add(target.path, sourceText(target.path, content.text));
      }
      next.imports.push({ node, target: imported });
    }
  }

  for (const file of queue) declareOwn(file, diagnostics);
  for (const file of queue) declareImported(file, diagnostics);
  append(diagnostics, cycles(queue));
  return { files: queue.map((f) => f.scope), diagnostics };
}

/** Mistakes of writing whose meaning is clear: nothing is missing from the tree because of them. */
const HARMLESS: ReadonlySet<string> = new Set(
  [
    "number-overflow",
    "unknown-unit",
    "unknown-escape",
    "wrong-operator",
    "equals-in-expression",
    "arrow-in-expression",
    "power-operator",
    "chained-comparison",
    "needs-parentheses",
    "derivative-notation",
    "spike-condition",
    "unknown-calculus",
    "no-models",
  ].map((code) => `syntax/${code}`),
);

interface LoadingFile {
  readonly path: string;
  readonly scope: FileScope;
  readonly names: Map<string, TopLevel>;
  readonly own: Map<string, TopLevel>;
  readonly imports: { readonly node: ImportNode; readonly target: LoadingFile }[];
}

function declareOwn(file: LoadingFile, diagnostics: Diagnostic[]): void {
  for (const node of file.scope.file.declarations) {
    const { name, span } = node.name;
    if (name === "") continue;
    const builtin = node.kind === "function" || node.kind === "quantity" ? builtinMeaning(name, node.kind) : null;
    if (builtin !== null) {
      diagnostics.push(builtinName(span, { name, meaning: builtin }));
      continue;
    }
    const first = file.own.get(name);
    if (first !== undefined) {
      diagnostics.push(
        duplicateName(span, { name, what: topLevelKind(node), first: first.node.name.span, place: "this file" }),
      );
      continue;
    }
    const declared: TopLevel = { node, scope: file.scope };
    file.own.set(name, declared);
    file.names.set(name, declared);
  }
}

function declareImported(file: LoadingFile, diagnostics: Diagnostic[]): void {
  const importedAt = new Map<string, ImportNode["names"][number]>();
  const resolved = new Map(file.imports.map((i) => [i.node, i.target]));
  for (const node of file.scope.file.imports) {
    const target = resolved.get(node);
    for (const identifier of node.names) {
      const { name, span } = identifier;
      if (name === "") continue;
      const found = target?.own.get(name);
      if (target !== undefined && found === undefined && target.scope.damage.length === 0) {
        const through = target.imports.find((i) => i.node.names.some((n) => n.name === name))?.target;
        // What goes round is told as that.
        if (target !== file && through !== file)
          diagnostics.push(
            unknownImport(span, {
              name,
              path: target.path,
              through: through?.path ?? null,
              near: nearNames(name, target.own.keys()),
              at: span,
            }),
          );
      }
      const present = file.names.get(name);
      if (present !== undefined && present.node !== found?.node) {
        const first = importedAt.get(name)?.span ?? present.node.name.span;
        // An own declaration stands below the imports, so that it is the one that comes second.
        const [at, other] = file.own.has(name) ? [first, span] : [span, first];
        diagnostics.push(
          duplicateName(at, { name, what: topLevelKind(present.node), first: other, place: "this file" }),
        );
        continue;
      }
      if (found !== undefined) {
        file.names.set(name, found);
        importedAt.set(name, identifier);
      }
    }
  }
}

/** Each import that closes a circle, once. Depth first with a stack of its own: chains of imports may be long. */
function cycles(files: readonly LoadingFile[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const state = new Map<LoadingFile, "open" | "done">();
  for (const root of files) {
    if (state.has(root)) continue;
    const path: { readonly file: LoadingFile; next: number }[] = [{ file: root, next: 0 }];
    state.set(root, "open");
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const step = top.file.imports[top.next++];
      if (step === undefined) {
        state.set(top.file, "done");
        path.pop();
      } else if (state.get(step.target) === "open") {
        const start = path.findIndex((p) => p.file === step.target);
        found.push(importCycle(step.node.path.span, { paths: path.slice(start).map((p) => p.file.path) }));
      } else if (!state.has(step.target)) {
        state.set(step.target, "open");
        path.push({ file: step.target, next: 0 });
      }
    }
  }
  return found;
}

/** How messages call a declaration at the top of a file. */
export function topLevelKind(node: DeclarationNode): string {
  return node.kind === "quantity" ? "constant" : node.kind;
}

/** True where text within the span was not understood: what is missing from it may have stood there. */
export function isDamaged(
  scope: FileScope,
  node: { readonly span: { readonly start: number; readonly end: number } },
): boolean {
  return scope.damage.some((d) => d.primary.span.start >= node.span.start && d.primary.span.start <= node.span.end);
}
