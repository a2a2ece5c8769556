// What every builder of the tree uses: where things stand, holes, names, and where complaints go.
import type { CstNode, IToken } from "chevrotain";
import type { SourceText, Span } from "../base/source.ts";
import { span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { IdentifierNode, MissingNode } from "./ast.ts";
import type { Docs } from "./docs.ts";

export interface Building {
  readonly source: SourceText;
  readonly docs: Docs;
  /** Whether a brace is open at an offset, counted over the braces alone, whatever recovery made of them. */
  readonly isEnclosed: (offset: number) => boolean;
  /** A mistake that stands for itself. */
  readonly report: (diagnostic: Diagnostic) => void;
  /** One that may only follow from another on its line. */
  readonly reportStructural: (diagnostic: Diagnostic) => void;
}

/** The first of what the types promise to be there and recovery may have left out; tokens that recovery invented count as absent. */
export function first<T extends IToken | CstNode>(items: readonly T[] | undefined): T | undefined {
  const item = items?.[0];
  return item !== undefined && isInvented(item) ? undefined : item;
}

export function isInvented(item: IToken | CstNode): boolean {
  return "isInsertedInRecovery" in item && item.isInsertedInRecovery === true;
}

export function startOf(item: IToken | CstNode | undefined, otherwise: number): number {
  const start = item === undefined ? NaN : "children" in item ? (item.location?.startOffset ?? NaN) : item.startOffset;
  return Number.isNaN(start) ? otherwise : start;
}

/** Exclusive; Chevrotain's is inclusive. */
export function endOf(item: IToken | CstNode | undefined, otherwise: number): number {
  const end =
    item === undefined
      ? NaN
      : "children" in item
        ? (item.location?.endOffset ?? NaN)
        : item.startOffset + item.image.length - 1;
  return Number.isNaN(end) ? otherwise : end + 1;
}

/** The span of a node, or the empty one where it should be; holds the given children, whatever recovery did. */
export function spanAround(
  building: Building,
  item: IToken | CstNode | undefined,
  otherwise: number,
  children: readonly { readonly span: Span }[] = [],
): Span {
  let start = startOf(item, NaN);
  let end = endOf(item, NaN);
  for (const child of children) {
    start = Number.isNaN(start) ? child.span.start : Math.min(start, child.span.start);
    end = Number.isNaN(end) ? child.span.end : Math.max(end, child.span.end);
  }
  return Number.isNaN(start) ? span(building.source, otherwise, otherwise) : span(building.source, start, end);
}

export function spanOfToken(building: Building, token: IToken): Span {
  return span(building.source, token.startOffset, token.startOffset + token.image.length);
}

/** A hole behind `after`. */
export function missing(building: Building, after: number): MissingNode {
  return { kind: "missing", span: span(building.source, after, after) };
}

export function identifier(building: Building, token: IToken | undefined, after: number): IdentifierNode {
  if (token === undefined || isInvented(token))
    return { kind: "identifier", name: "", span: span(building.source, after, after) };
  return { kind: "identifier", name: nameOf(token.image), span: spanOfToken(building, token) };
}

/** Two ways of typing one letter are one name; the micro sign is the letter mu. */
export function nameOf(image: string): string {
  return image.normalize("NFC").replaceAll("\u00B5", "\u03BC");
}

/** Whether two places lie on one line. */
export function onOneLine(source: SourceText, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (source.text[i] === "\n" || source.text[i] === "\r") return false;
  return true;
}
