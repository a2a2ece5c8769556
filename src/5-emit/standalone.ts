// One file that needs nothing: an emitted module with those declarations of the runtime that it uses written in front of it.
import type { ImportDeclaration, Node, SourceFile, Statement } from "typescript";
import { InternalError, present } from "../base/invariant.ts";
import { syntaxErrors } from "./typeText.ts";

type TypeScript = typeof import("typescript");

/** A top-level statement of the runtime: declarations, or something done at load time (then without names). */
interface Declaration {
  readonly file: string;
  readonly names: readonly string[];
  readonly exported: boolean;
  /** Names of runtime declarations in its text; a local of the same name counts too, which keeps more than needed and never less. */
  readonly uses: ReadonlySet<string>;
  /** With its comments, without `export`. */
  readonly text: string;
}

/**
 * TypeScript of one module: of `runtimeFiles` the declarations that `moduleText` reaches, in the order in which ES modules would run them, without imports and
 * exports, then the module. The runtime's files may import only each other, by name and without `as`; top-level names are unique across them. A private name of the
 * runtime that the module also declares is spelled differently here. Throws InternalError where the texts break these rules.
 */
export function inlineRuntime(
  ts: TypeScript,
  moduleText: string,
  runtimeFiles: readonly { path: string; text: string }[],
  runtimeSpecifier: string,
): string {
  const module = parse(ts, "the emitted module", moduleText);
  const sources = new Map(runtimeFiles.map((file) => [normalPath(file.path), parse(ts, file.path, file.text)]));
  const owners = topLevelOwners(ts, sources);
  const imported = importedNames(ts, module, runtimeSpecifier);
  const moduleNames = new Set(module.statements.flatMap((s) => declaredNames(ts, s)));
  const spellings = freshSpellings(ts, owners, moduleNames, [module, ...sources.values()]);
  const ordered = loadOrder(ts, sources).flatMap((path) =>
    declarations(ts, path, present(sources.get(path), path), owners, spellings),
  );
  for (const name of imported) {
    if (!ordered.some((d) => d.exported && d.names.includes(name)))
      throw new InternalError(`the module imports '${name}', which the runtime does not export`);
  }
  const kept = reachable(ordered, imported);
  return assembled(
    ts,
    module,
    ordered.filter((d) => kept.has(d)),
    sources,
  );
}

function parse(ts: TypeScript, path: string, text: string): SourceFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const [error] = syntaxErrors(source);
  if (error !== undefined)
    throw new InternalError(
      `${path} cannot be parsed: ${ts.flattenDiagnosticMessageText(error.messageText as string, " ")}`,
    );
  const open: Node[] = [source];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (
      ts.isImportTypeNode(node) ||
      (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    ) {
      throw new InternalError(
        `${path} imports inside of an expression or type, which one file cannot do: ${node.getText(source)}`,
      );
    }
    node.forEachChild((child) => void open.push(child));
  }
  return source;
}

/** The file of every top-level name of the runtime. */
function topLevelOwners(ts: TypeScript, sources: ReadonlyMap<string, SourceFile>): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const [path, source] of sources) {
    for (const name of source.statements.flatMap((s) => declaredNames(ts, s))) {
      const owner = owners.get(name) ?? path;
      if (owner !== path)
        throw new InternalError(
          `'${name}' is declared in ${owner} and in ${path}: rename one, since top-level names are unique across the runtime`,
        );
      owners.set(name, path);
    }
  }
  return owners;
}

function declaredNames(ts: TypeScript, statement: Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((d) => {
      if (!ts.isIdentifier(d.name))
        throw new InternalError(`a top-level pattern cannot be written into one file: ${d.getText()}`);
      return d.name.text;
    });
  }
  const declares =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  if (!declares) return [];
  if (statement.name === undefined)
    throw new InternalError(`a declaration without a name: ${statement.getText().slice(0, 60)}`);
  return [statement.name.text];
}

/** Names that the module imports from the runtime; any other import would leave it dependent on another file. */
function importedNames(ts: TypeScript, module: SourceFile, runtimeSpecifier: string): ReadonlySet<string> {
  const imported = new Set<string>();
  for (const statement of module.statements) {
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement))
      throw new InternalError(`the module re-exports: ${statement.getText()}`);
    if (!ts.isImportDeclaration(statement)) continue;
    if (specifierOf(ts, statement) !== runtimeSpecifier)
      throw new InternalError(
        `the module imports from ${statement.moduleSpecifier.getText()}, not only from ${runtimeSpecifier}`,
      );
    for (const name of plainImports(ts, statement)) imported.add(name);
  }
  return imported;
}

function specifierOf(ts: TypeScript, statement: Statement): string | null {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return null;
  return statement.moduleSpecifier !== undefined && ts.isStringLiteral(statement.moduleSpecifier)
    ? statement.moduleSpecifier.text
    : null;
}

function plainImports(ts: TypeScript, statement: ImportDeclaration): string[] {
  const bindings = statement.importClause?.namedBindings;
  if (
    statement.importClause?.name !== undefined ||
    bindings === undefined ||
    !ts.isNamedImports(bindings) ||
    bindings.elements.some((e) => e.propertyName !== undefined)
  ) {
    throw new InternalError(`only import { a, b } can be written into one file: ${statement.getText()}`);
  }
  return bindings.elements.map((e) => e.name.text);
}

/** Files so that each comes after those it imports values from, as ES modules run; where only types are imported the order does not matter. */
function loadOrder(ts: TypeScript, sources: ReadonlyMap<string, SourceFile>): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const statement of present(sources.get(path), path).statements) {
      const specifier = specifierOf(ts, statement);
      if (specifier === null) continue;
      if (ts.isImportDeclaration(statement)) plainImports(ts, statement);
      const target = normalPath(`${path.split("/").slice(0, -1).join("/")}/${specifier}`);
      if (!/^\.\.?\//.test(specifier) || !sources.has(target))
        throw new InternalError(`${path} imports ${specifier}, which is no file of the runtime`);
      const typeOnly = ts.isImportDeclaration(statement)
        ? statement.importClause?.isTypeOnly === true
        : ts.isExportDeclaration(statement) && statement.isTypeOnly;
      if (!typeOnly) visit(target);
    }
    order.push(path);
  };
  for (const path of sources.keys()) visit(path);
  return order;
}

/** `a/./b/../c` to `a/c`. */
function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** New spellings for names of the runtime that the module declares as well. */
function freshSpellings(
  ts: TypeScript,
  owners: ReadonlyMap<string, string>,
  moduleNames: ReadonlySet<string>,
  sources: readonly SourceFile[],
): ReadonlyMap<string, string> {
  const clashing = [...moduleNames].filter((name) => owners.has(name));
  const spellings = new Map<string, string>();
  if (clashing.length === 0) return spellings;
  const used = new Set<string>();
  for (const source of sources) forEachIdentifier(ts, source, (node) => void used.add(node.text));
  for (const name of clashing) {
    let spelling = `${name}_runtime`;
    while (used.has(spelling)) spelling += "_";
    used.add(spelling);
    spellings.set(name, spelling);
  }
  return spellings;
}

function declarations(
  ts: TypeScript,
  path: string,
  source: SourceFile,
  owners: ReadonlyMap<string, string>,
  spellings: ReadonlyMap<string, string>,
): Declaration[] {
  return source.statements.flatMap((statement): Declaration[] => {
    if (ts.isImportDeclaration(statement)) return [];
    if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      if (
        statement.moduleSpecifier === undefined ||
        (clause !== undefined &&
          (!ts.isNamedExports(clause) || clause.elements.some((e) => e.propertyName !== undefined)))
      ) {
        throw new InternalError(
          `only export … from, without 'as', can be written into one file: ${statement.getText()}`,
        );
      }
      return [];
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const exporting = modifiers.find((m) => m.kind === ts.SyntaxKind.ExportKeyword);
    if (ts.isExportAssignment(statement) || modifiers.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword))
      throw new InternalError(`${path} has a default export`);
    if (ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement))
      throw new InternalError(`${path} declares an enum or namespace, which is not erasable`);
    const uses = new Set<string>();
    const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
    if (exporting !== undefined) edits.push({ start: exporting.getStart(source), end: exporting.end + 1, text: "" });
    forEachIdentifier(ts, statement, (node, isShorthand) => {
      if (owners.has(node.text)) uses.add(node.text);
      const spelling = spellings.get(node.text);
      if (spelling !== undefined)
        edits.push({
          start: node.getStart(source),
          end: node.end,
          text: isShorthand ? `${node.text}: ${spelling}` : spelling,
        });
    });
    const names = declaredNames(ts, statement);
    return [
      {
        file: path,
        names,
        exported: exporting !== undefined,
        uses,
        text: textWithComments(ts, source, statement, edits),
      },
    ];
  });
}

/** Every identifier below that refers to or binds a name; keys and names after a dot do neither. */
function forEachIdentifier(
  ts: TypeScript,
  root: Node,
  visit: (node: import("typescript").Identifier, isShorthand: boolean) => void,
): void {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (ts.isIdentifier(node)) {
      const parent = node.parent;
      const isKey =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isQualifiedName(parent) && parent.right === node) ||
        (ts.isBindingElement(parent) && parent.propertyName === node) ||
        ((ts.isPropertyAssignment(parent) || ts.isClassElement(parent) || ts.isTypeElement(parent)) &&
          parent.name === node) ||
        ts.isLabeledStatement(parent) ||
        ts.isBreakOrContinueStatement(parent) ||
        (ts.isNamedTupleMember(parent) && parent.name === node);
      if (!isKey) {
        const isShorthand =
          ts.isShorthandPropertyAssignment(parent) ||
          (ts.isBindingElement(parent) &&
            ts.isObjectBindingPattern(parent.parent) &&
            parent.name === node &&
            parent.propertyName === undefined &&
            parent.dotDotDotToken === undefined);
        visit(node, isShorthand);
      }
    }
    node.forEachChild((child) => void open.push(child));
  }
}

function textWithComments(
  ts: TypeScript,
  source: SourceFile,
  statement: Statement,
  edits: readonly { readonly start: number; readonly end: number; readonly text: string }[],
): string {
  const { text } = source;
  const leading = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
  const own = leading.filter((comment) => comment.pos >= fileCommentEnd(ts, source));
  const start = own[0]?.pos ?? statement.getStart(source);
  const end = ts.getTrailingCommentRanges(text, statement.end)?.at(-1)?.end ?? statement.end;
  let result = "";
  let from = start;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from, end);
}

/** Where the comment ends that says why the file exists: the first lines, set off by a blank line or followed by an import. */
function fileCommentEnd(ts: TypeScript, source: SourceFile): number {
  const first = ts.getLeadingCommentRanges(source.text, 0)?.[0];
  const [statement] = source.statements;
  if (first === undefined || statement === undefined) return 0;
  const setOff = /^[^\S\n]*\r?\n[^\S\n]*\r?\n/.test(source.text.slice(first.end));
  return setOff || ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) ? first.end : 0;
}

/** What the names reach, and with each file what it does at load time to any kept name of its own. */
function reachable(ordered: readonly Declaration[], names: Iterable<string>): ReadonlySet<Declaration> {
  const byName = new Map<string, Declaration[]>();
  const effects = new Map<string, Declaration[]>();
  for (const declaration of ordered) {
    for (const name of declaration.names) byName.set(name, [...(byName.get(name) ?? []), declaration]);
    if (declaration.names.length > 0) continue;
    const own = reachedInFile(declaration, ordered);
    if (own.size === 0)
      throw new InternalError(
        `${declaration.file} does something at load time that belongs to no declaration of its own: ${declaration.text.slice(0, 60)}`,
      );
    for (const name of own) effects.set(name, [...(effects.get(name) ?? []), declaration]);
  }
  const kept = new Set<Declaration>();
  const seen = new Set<string>(names);
  for (const name of seen) {
    for (const declaration of [...(byName.get(name) ?? []), ...(effects.get(name) ?? [])]) {
      kept.add(declaration);
      for (const used of declaration.uses) seen.add(used);
    }
  }
  return kept;
}

/** Names of its own file that a load-time statement reaches: those it writes itself, and through the functions it calls the tables that they fill. */
function reachedInFile(statement: Declaration, ordered: readonly Declaration[]): ReadonlySet<string> {
  const siblings = ordered.filter((d) => d.file === statement.file);
  const own = (declaration: Declaration): string[] =>
    [...declaration.uses].filter((name) => siblings.some((d) => d.names.includes(name)));
  const reached = new Set(own(statement));
  for (const name of reached) {
    for (const used of siblings.filter((d) => d.names.includes(name)).flatMap(own)) reached.add(used);
  }
  return reached;
}

function assembled(
  ts: TypeScript,
  module: SourceFile,
  kept: readonly Declaration[],
  sources: ReadonlyMap<string, SourceFile>,
): string {
  const parts: string[] = [];
  const header = ts.getLeadingCommentRanges(module.text, 0)?.[0];
  const headerEnd =
    header !== undefined && header.kind === ts.SyntaxKind.MultiLineCommentTrivia && !module.text.startsWith("/**")
      ? header.end
      : 0;
  if (headerEnd > 0) parts.push(module.text.slice(0, headerEnd));
  let file = "";
  for (const declaration of kept) {
    if (declaration.file !== file) {
      file = declaration.file;
      const source = present(sources.get(file), file);
      const why = source.text.slice(0, fileCommentEnd(ts, source)).trim();
      parts.push(`// From the runtime, ${file}${why === "" ? "" : `\n${why}`}`);
    }
    parts.push(declaration.text);
  }
  let rest = "";
  let from = headerEnd;
  for (const statement of module.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    rest += module.text.slice(from, statement.getStart(module));
    from = statement.end;
  }
  rest = `${rest}${module.text.slice(from)}`.trim();
  parts.push(kept.length > 0 ? `// The module itself\n\n${rest}` : rest);
  return `${parts.join("\n\n")}\n`;
}
