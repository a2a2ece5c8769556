// Everything that the package exports says what it is, in a docstring: what `npm run api` makes its pages of.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

function parsed(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
}

function isNamed(s: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(s)) return s.declarationList.declarations.some((d) => d.name.getText() === name);
  return (
    (ts.isFunctionDeclaration(s) ||
      ts.isClassDeclaration(s) ||
      ts.isInterfaceDeclaration(s) ||
      ts.isTypeAliasDeclaration(s)) &&
    s.name?.text === name
  );
}

/** Where a name that a file exports is declared: there, or in a file that it hands on. */
function declarationOf(path: string, name: string): ts.Statement | null {
  const file = parsed(path);
  const own = file.statements.find((s) => isNamed(s, name));
  if (own !== undefined) return own;
  for (const s of file.statements) {
    if (!ts.isExportDeclaration(s) || s.moduleSpecifier === undefined || !ts.isStringLiteral(s.moduleSpecifier))
      continue;
    const from = join(dirname(path), s.moduleSpecifier.text);
    const clause = s.exportClause;
    const inner =
      clause === undefined
        ? name
        : ts.isNamedExports(clause)
          ? clause.elements.flatMap((e) => (e.name.text === name ? [(e.propertyName ?? e.name).text] : []))[0]
          : undefined;
    const found = inner === undefined ? null : declarationOf(from, inner);
    if (found !== null) return found;
  }
  return null;
}

/** Names that `src/index.ts` exports. */
function exported(): readonly string[] {
  return parsed(join(root, "src/index.ts")).statements.flatMap((s) =>
    ts.isExportDeclaration(s) && s.exportClause !== undefined && ts.isNamedExports(s.exportClause)
      ? s.exportClause.elements.map((e) => e.name.text)
      : [],
  );
}

test("every export of the package has a docstring", () => {
  const names = exported();
  expect(names.length).toBeGreaterThan(40);
  const index = join(root, "src/index.ts");
  const silent = names.filter((name) => {
    const found = declarationOf(index, name);
    return found === null || ts.getJSDocCommentsAndTags(found).length === 0;
  });
  expect(silent).toEqual([]);
});

test("every function that the package exports tells of what it takes and gives, in a sentence at least", () => {
  const index = join(root, "src/index.ts");
  const short = exported().filter((name) => {
    const found = declarationOf(index, name);
    if (found === null || !ts.isFunctionDeclaration(found)) return false;
    const text = ts
      .getJSDocCommentsAndTags(found)
      .map((d) => d.getText())
      .join(" ");
    return (
      text
        .replace(/[/*\s]+/g, " ")
        .trim()
        .split(" ").length < 8
    );
  });
  expect(short).toEqual([]);
});
