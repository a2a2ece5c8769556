// What the tests of the parser share: short ways to read a text and to look at the tree.
import type { ExprNode, MemberNode, ModelFileNode } from "../../src/1-parse/ast.ts";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import type { Span } from "../../src/base/source.ts";
import { positionAt, sourceText } from "../../src/base/source.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";

export function read(text: string): { readonly file: ModelFileNode; readonly diagnostics: readonly Diagnostic[] } {
  return parseModelFile(sourceText("test.glif", text));
}

/** The file of a text without mistakes. */
export function readWell(text: string): ModelFileNode {
  const { file, diagnostics } = read(text);
  if (diagnostics.length > 0) throw new Error(told(diagnostics).join("\n"));
  return file;
}

/** `line:column code`, one for each diagnostic. */
export function told(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((d) => `${at(d.primary.span)} ${d.code}`);
}

export function at(span: Span): string {
  const { line, column } = positionAt(span.source, span.start);
  return `${line}:${column}`;
}

/** Members of a neuron whose body this is. */
export function members(body: string): readonly MemberNode[] {
  const [neuron] = readWell(`neuron N {\n${body}\n}`).declarations;
  if (neuron?.kind !== "neuron") throw new Error("no neuron");
  return neuron.members;
}

export function member(body: string): MemberNode {
  const [only, ...more] = members(body);
  if (only === undefined || more.length > 0) throw new Error("not one member");
  return only;
}

/** The value of `let x = TEXT`, fully parenthesised. */
export function shapeOf(text: string): string {
  const declared = member(`let x = ${text}`);
  if (declared.kind !== "quantity" || declared.value === null) throw new Error("no value");
  return shape(declared.value);
}

export function shape(e: ExprNode): string {
  const unit = (u: { readonly text: string } | null): string => (u === null ? "" : ` ${u.text}`);
  switch (e.kind) {
    case "number":
      return `${e.text}${unit(e.unit)}`;
    case "array":
      return `[${e.elements.map(shape).join(", ")}]${unit(e.unit)}`;
    case "string":
      return JSON.stringify(e.value);
    case "reference":
      return e.path.map((p) => p.name).join(".") + (e.indices.length > 0 ? `[${e.indices.map(shape).join(", ")}]` : "");
    case "unary":
      return `(${e.operator}${e.operator === "not" ? " " : ""}${shape(e.operand)})`;
    case "binary":
    case "comparison":
    case "logical":
      return `(${shape(e.left)} ${e.operator} ${shape(e.right)})`;
    case "conditional":
      return `(if ${shape(e.condition)} then ${shape(e.then)} else ${shape(e.otherwise)})`;
    case "call":
      return `${e.callee.name}(${e.arguments.map((a) => (a.label === null ? "" : `${shape(a.label)}: `) + shape(a.value)).join(", ")})`;
    case "missing":
      return "?";
  }
}

/** A tree without its spans and empty documentation, to compare with what is meant. */
export function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (typeof node !== "object" || node === null) return node;
  if ("kind" in node && isExpression(node as { readonly kind: string })) return shape(node as ExprNode);
  if ("kind" in node && node.kind === "identifier" && "name" in node) return node.name;
  if ("kind" in node && node.kind === "unit" && "text" in node) return node.text;
  if ("kind" in node && node.kind === "target" && "path" in node && "indices" in node) {
    return shape({ kind: "reference", path: node.path, indices: node.indices } as ExprNode);
  }
  return Object.fromEntries(
    Object.entries(node)
      .filter(
        ([key, value]) =>
          key !== "span" && key !== "source" && key !== "operatorSpan" && !(key === "doc" && value === ""),
      )
      .map(([key, value]) => [key, bare(value)]),
  );
}

const EXPRESSIONS = "number array string reference unary binary comparison logical conditional call missing".split(" ");

function isExpression(node: { readonly kind: string }): boolean {
  return EXPRESSIONS.includes(node.kind);
}

/** Whose span is not finite, not inside the text, or not inside its parent's. */
export function badSpans(root: ModelFileNode): string[] {
  const bad: string[] = [];
  const visit = (node: unknown, parent: Span): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) return node.forEach((item) => visit(item, parent));
    const own = "kind" in node && "span" in node ? (node.span as Span) : null;
    if (own !== null) {
      const isFine =
        Number.isInteger(own.start) &&
        Number.isInteger(own.end) &&
        own.start <= own.end &&
        parent.start <= own.start &&
        own.end <= parent.end;
      if (!isFine)
        bad.push(
          `${String((node as { readonly kind: unknown }).kind)} ${own.start}-${own.end} in ${parent.start}-${parent.end}`,
        );
    }
    for (const [key, value] of Object.entries(node))
      if (key !== "span" && key !== "operatorSpan" && key !== "source") visit(value, own ?? parent);
  };
  visit(root, root.span);
  return bad;
}
