// Text to tokens with their lines, and what is wrong with single characters: those that mean nothing, look-alikes from a word
// processor, texts and comments that never end.
import { append } from "../base/lists.ts";
import type { IToken, TokenType } from "chevrotain";
import { Minus, NumberLiteral, Prime, Slash, Star, StringLiteral, tokenize, UnknownUnit } from "../../grammar/tokens.ts";
import type { SourceText, Span } from "../base/source.ts";
import { span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import {
  lookAlike, numberOverflow, numberUnderflow, unknownCharacter, unknownEscape, unknownUnit, unterminatedComment, unterminatedString,
} from "../diagnostics/syntax.ts"; // prettier-ignore
import { parseUnit } from "../quantities/unit.ts";

/** A token of the text itself (none that recovery invents). */
export interface Token extends IToken {
  /** Inclusive. */
  endOffset: number;
  /** 1-based. */
  startLine: number;
  /** Column of the first token on its line: how far the line is indented. */
  startColumn: number;
}

/** A `///` comment. */
export interface DocComment {
  /** 1-based. */
  readonly line: number;
  readonly start: number;
  /** Without the slashes and the blank after them. */
  readonly text: string;
}

export interface Lexed {
  readonly tokens: Token[];
  readonly docs: readonly DocComment[];
  readonly diagnostics: readonly Diagnostic[];
}

export function lex(source: SourceText): Lexed {
  const { tokens, groups } = tokenize(source.text);
  placeTokens(tokens, source);
  const diagnostics: Diagnostic[] = [];
  const declared = declaredNames(tokens);
  (tokens as Token[]).forEach((token, k) => append(diagnostics, complaintsAbout(token, tokens[k - 1], declared, source)));
  for (const comment of groups["comments"] ?? []) {
    if (comment.image.length < 4 || !comment.image.endsWith("*/"))
      diagnostics.push(unterminatedComment(span(source, comment.startOffset, comment.startOffset + 2), {}));
  }
  append(diagnostics, unreadable(groups["unreadable"] ?? [], source));
  return { tokens: tokens as Token[], docs: docComments(groups["docs"] ?? [], source), diagnostics };
}

export function spanOf(source: SourceText, token: IToken): Span {
  return span(source, token.startOffset, token.startOffset + token.image.length);
}

function placeTokens(tokens: IToken[], source: SourceText): void {
  const { lineStarts } = source;
  let line = 1;
  let indentation = 0;
  let previousLine = 0;
  for (const token of tokens) {
    while ((lineStarts[line] ?? Infinity) <= token.startOffset) line++;
    if (line !== previousLine) indentation = token.startOffset - (lineStarts[line - 1] ?? 0) + 1;
    previousLine = line;
    token.endOffset = token.startOffset + token.image.length - 1;
    token.startLine = line;
    token.startColumn = indentation;
  }
}

function docComments(comments: readonly IToken[], source: SourceText): DocComment[] {
  const { lineStarts } = source;
  let line = 1;
  return comments.map(({ startOffset, image }) => {
    while ((lineStarts[line] ?? Infinity) <= startOffset) line++;
    return { line, start: startOffset, text: image.replace(/^\/\/\/ ?/, "").trimEnd() };
  });
}

/** What a keyboard has in place of these. */
const PLAIN: ReadonlyMap<TokenType, { readonly plain: string; readonly what: string }> = new Map([
  [Minus, { plain: "-", what: "a minus sign" }],
  [Star, { plain: "*", what: "a multiplication sign" }],
  [Slash, { plain: "/", what: "a division sign" }],
  [Prime, { plain: "'", what: "a prime" }],
]);

/** Quantities that are declared anywhere in the file: what follows a number under such a name was hardly meant as a unit. */
function declaredNames(tokens: readonly IToken[]): ReadonlySet<string> {
  return new Set(tokens.filter((_, k) => QUANTITY.has(tokens[k - 1]?.image ?? "")).map((t) => t.image));
}

const QUANTITY: ReadonlySet<string> = new Set(["param", "const", "input", "state", "let", "weight"]);

function complaintsAbout(token: Token, before: IToken | undefined, declared: ReadonlySet<string>, source: SourceText): Diagnostic[] {
  const { tokenType: type, image } = token;
  const at = (): Span => spanOf(source, token);
  if (type === NumberLiteral) return numberComplaints(image, at);
  if (type === StringLiteral) return stringComplaints(token, source);
  if (type === UnknownUnit) return [unitComplaint(token, before, declared, source)];
  const alike = PLAIN.get(type);
  if (alike !== undefined && image !== alike.plain) return [lookAlike(at(), { written: image, ...alike, at: at() })];
  return [];
}

/** About the symbol alone that is none: `msec` in `msec/cm^2`. */
function unitComplaint({ image, startOffset }: Token, before: IToken | undefined, declared: ReadonlySet<string>, source: SourceText): Diagnostic {
  const read = parseUnit(image);
  const unknown =
    "problem" in read && read.problem.kind === "unknown" ? read.problem : { symbol: image, start: 0, end: image.length, suggestions: [] };
  const at = span(source, startOffset + unknown.start, startOffset + unknown.end);
  const isFactor = unknown.start === 0 && before?.tokenType === NumberLiteral && declared.has(unknown.symbol);
  const times = isFactor ? { number: before.image, between: span(source, before.startOffset + before.image.length, startOffset) } : null;
  return unknownUnit(at, { text: unknown.symbol, suggestions: unknown.suggestions, at, times });
}

function numberComplaints(image: string, at: () => Span): Diagnostic[] {
  const value = Number(image);
  if (value === Infinity) return [numberOverflow(at(), { digits: image })];
  if (value === 0 && /^[0.]*[1-9]/.test(image)) return [numberUnderflow(at(), { digits: image })];
  return [];
}

function stringComplaints(token: Token, source: SourceText): Diagnostic[] {
  const { image, startOffset } = token;
  if (image.length < 2 || !isClosed(image)) return [unterminatedString(span(source, startOffset, startOffset + 1), {})];
  return [...image.matchAll(/\\[^]/gu)]
    .filter(([escape]) => !ESCAPES.has(escape.slice(1)))
    .map((match) => unknownEscape(span(source, startOffset + match.index, startOffset + match.index + match[0].length), { escape: match[0] }));
}

function isClosed(image: string): boolean {
  if (!image.endsWith('"')) return false;
  let backslashes = 0;
  while (image[image.length - 2 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 0;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([["n", "\n"], ["t", "\t"], ['"', '"'], ["\\", "\\"]]); // prettier-ignore

/** What stands between the quotes, escapes resolved. */
export function stringValue(image: string): string {
  const inside = isClosed(image) && image.length > 1 ? image.slice(1, -1) : image.slice(1);
  return inside.replace(/\\([^])/gu, (escape, character: string) => ESCAPES.get(character) ?? escape);
}

/** The literal that reads back as this text. */
export function stringLiteral(text: string): string {
  const escapes = [...ESCAPES].map(([character, meant]) => [meant, `\\${character}`] as const);
  return `"${[...text].map((c) => escapes.find(([meant]) => meant === c)?.[1] ?? c).join("")}"`;
}

/** Neighbours that mean nothing are one mistake. */
function unreadable(characters: readonly IToken[], source: SourceText): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (let i = 0; i < characters.length;) {
    const first = characters[i];
    if (first === undefined) break;
    let end = first.startOffset;
    for (; characters[i]?.startOffset === end; i++) end += characters[i]?.image.length ?? 0;
    found.push(unknownCharacter(span(source, first.startOffset, end), { character: first.image, at: span(source, first.startOffset, end) }));
  }
  return found;
}
