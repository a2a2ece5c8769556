// A TypeText read as the type it must be and nothing more: `number; evil()` is refused here, for builder and verifier alike.
import type { Node, SourceFile, TypeNode } from "typescript";
import { InternalError } from "../base/invariant.ts";

type TypeScript = typeof import("typescript");

/** The type's tree, with positions in a file of its own. Throws InternalError if the text is anything but one type of the allowed kinds. */
export function parseType(ts: TypeScript, text: string): TypeNode {
  const source = ts.createSourceFile("type.ts", `type T = ${text}\n;`, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
  const [alias, ...more] = source.statements;
  if (
    syntaxErrors(source).length > 0 ||
    alias === undefined ||
    !ts.isTypeAliasDeclaration(alias) ||
    more.length > 0 ||
    alias.typeParameters !== undefined
  ) {
    throw new InternalError(`${JSON.stringify(text)} is not the text of a type`);
  }
  const allowed = typeKinds(ts);
  const open: Node[] = [alias.type];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!allowed.has(node.kind))
      throw new InternalError(`${ts.SyntaxKind[node.kind]} is not allowed in the type ${JSON.stringify(text)}`);
    ts.forEachChild(node, (child) => void open.push(child));
  }
  return alias.type;
}

/** A copy without positions, which a printer can set into any file. */
export function detachedType(ts: TypeScript, text: string): TypeNode {
  const { factory } = ts;
  const copy = (node: Node): Node => {
    if (ts.isIdentifier(node)) return factory.createIdentifier(node.text);
    if (ts.isStringLiteral(node)) return factory.createStringLiteral(node.text);
    if (ts.isNumericLiteral(node)) return factory.createNumericLiteral(node.text);
    const visited = ts.visitEachChild(node, copy, undefined);
    return ts.setTextRange(
      visited === node ? factory.createToken(node.kind as Parameters<typeof factory.createToken>[0]) : visited,
      { pos: -1, end: -1 },
    );
  };
  return copy(parseType(ts, text)) as TypeNode;
}

/** Whether both are one type but for parentheses and layout; every node of `found` that was compared goes into `met`. */
export function sameType(ts: TypeScript, wanted: Node, found: Node, met: Set<Node>): boolean {
  while (ts.isTypeNode(wanted) && ts.isParenthesizedTypeNode(wanted)) wanted = wanted.type;
  while (ts.isTypeNode(found) && ts.isParenthesizedTypeNode(found)) {
    met.add(found);
    found = found.type;
  }
  if (spelling(ts, wanted) !== spelling(ts, found)) return false;
  met.add(found);
  const [a, b] = [children(ts, wanted), children(ts, found)];
  return a.length === b.length && a.every((child, i) => sameType(ts, child, b[i] as Node, met));
}

export function children(ts: TypeScript, node: Node): Node[] {
  const found: Node[] = [];
  ts.forEachChild(node, (child) => void found.push(child));
  return found;
}

/** What tells a node of a type from others besides its children. A key is the same key quoted or not; the parser's kinds around it tell it from a string. */
function spelling(ts: TypeScript, node: Node): string {
  if (ts.isIdentifier(node) || ts.isStringLiteral(node)) return `text ${node.text}`;
  if (ts.isNumericLiteral(node)) return `number ${Number(node.text)}`;
  if (ts.isTypeOperatorNode(node) || ts.isPrefixUnaryExpression(node)) return `${node.kind} ${node.operator}`;
  return String(node.kind);
}

/** What the parser complained about. The field is not in the published types; transpileModule, which is, takes a hundred times longer. */
export function syntaxErrors(
  source: SourceFile,
): readonly { readonly start?: number; readonly messageText: unknown }[] {
  return (
    (
      source as unknown as {
        readonly parseDiagnostics?: readonly { readonly start?: number; readonly messageText: unknown }[];
      }
    ).parseDiagnostics ?? []
  );
}

function typeKinds(ts: TypeScript): ReadonlySet<number> {
  const K = ts.SyntaxKind;
  return new Set<number>([
    K.NumberKeyword,
    K.StringKeyword,
    K.BooleanKeyword,
    K.VoidKeyword,
    K.UndefinedKeyword,
    K.NullKeyword,
    K.UnknownKeyword,
    K.NeverKeyword,
    K.TrueKeyword,
    K.FalseKeyword,
    K.ReadonlyKeyword,
    K.QuestionToken,
    K.DotDotDotToken,
    K.Identifier,
    K.StringLiteral,
    K.NumericLiteral,
    K.PrefixUnaryExpression,
    K.LiteralType,
    K.TypeReference,
    K.ArrayType,
    K.TupleType,
    K.NamedTupleMember,
    K.OptionalType,
    K.RestType,
    K.TypeOperator,
    K.UnionType,
    K.IntersectionType,
    K.ParenthesizedType,
    K.FunctionType,
    K.Parameter,
    K.TypeLiteral,
    K.PropertySignature,
    K.IndexSignature,
    K.IndexedAccessType,
  ]);
}
