// What recognisers of foreign ways of writing share: the tokens around a place, where statements begin and end, and edits of the text.
import type { TokenType } from "chevrotain";
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  AssignmentOperator, BinaryOperator, BlockKeyword, Colon, Comma, Dot, DotDot, Else, Identifier, If, LBrace, LParen, LSquare, Name, NumberLiteral, Percent, PrefixOperator, Question, RBrace, RightArrow, RParen, RSquare,
  Semicolon, StringLiteral, Then, tokenize, Unit,
} from "../../../grammar/tokens.ts"; // prettier-ignore
import type { SourceText, Span } from "../../base/source.ts";
import { span } from "../../base/source.ts";
import type { Diagnostic, Fix, TextEdit } from "../../diagnostics/diagnostic.ts";
import { foreignForm } from "../../diagnostics/foreign.ts";
import type { Token } from "../lexical.ts";

export interface Scene {
  readonly tokens: readonly Token[];
  readonly source: SourceText;
  /** Names of quantities that the file declares. */
  readonly declared: ReadonlySet<string>;
  /** Those of them that are inputs. */
  readonly inputs: ReadonlySet<string>;
  readonly indices: ReadonlySet<string>;
  /** Braces that are open. */
  readonly depth: number;
  /** Parentheses and brackets that are open. */
  readonly inner: number;
  /** `neuron`, `experiment`, …: the block it stands in; empty outside. */
  readonly block: string;
  /** Where the statement began. */
  readonly start: number;
}

export interface Finding {
  readonly diagnostic: Diagnostic | null;
  /** What the tokens are to be read as; empty to leave them out. */
  readonly instead: readonly Token[];
  /** Where to go on. */
  readonly next: number;
  /** Before which token a brace is to be closed. */
  readonly closeAt?: number;
}

export type Recogniser = (scene: Scene, i: number) => Finding | null;

export function readAs(token: Token, type: TokenType, image = token.image): Token {
  return { ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0, image };
}

/** After these an expression or a list goes on, also on the next line. */
const CONTINUING = [
  BinaryOperator, PrefixOperator, AssignmentOperator, RightArrow, Comma, LParen, LSquare, Colon, Dot, DotDot, If, Then, Else, Percent, Question,
]; // prettier-ignore

export function startsStatement(tokens: readonly Token[], i: number): boolean {
  const [token, previous] = [tokens[i], tokens[i - 1]];
  if (token === undefined || previous === undefined) return token !== undefined;
  if ([LBrace, RBrace, Semicolon].some((type) => previous.tokenType === type)) return true;
  return previous.startLine !== token.startLine && !CONTINUING.some((type) => tokenMatcher(previous, type));
}

/** The index behind the statement, or the part of one, that goes on at `i`. */
export function statementEnd(tokens: readonly Token[], i: number): number {
  let depth = 0;
  for (let k = i; k < tokens.length; k++) {
    const token = tokens[k];
    if (token === undefined) return k;
    if (k > i && depth === 0 && startsStatement(tokens, k) && !tokenMatcher(token, BinaryOperator)) return k;
    if ([LBrace, RBrace, Semicolon].some((type) => token.tokenType === type)) return k;
    if (token.tokenType === LParen || token.tokenType === LSquare) depth++;
    if (token.tokenType === RParen || token.tokenType === RSquare) depth = Math.max(0, depth - 1);
  }
  return tokens.length;
}

/** Behind the brace that closes the one at `i`. */
export function closing(tokens: readonly Token[], i: number): number {
  let depth = 0;
  for (let k = i; k < tokens.length; k++) {
    if (tokens[k]?.tokenType === LBrace) depth++;
    if (tokens[k]?.tokenType === RBrace && --depth === 0) return k + 1;
  }
  return i;
}

/** Behind the bracket of any kind that closes the one at `i`. */
export function closingBracket(tokens: readonly Token[], i: number): number {
  let depth = 0;
  for (let k = i; k < tokens.length; k++) {
    const type = tokens[k]?.tokenType;
    if (type === LBrace || type === LParen || type === LSquare) depth++;
    if ((type === RBrace || type === RParen || type === RSquare) && --depth === 0) return k + 1;
  }
  return i;
}

/** The first token of the model around `i`, looked for backwards and then forwards from there, that is one of these; null where there is none. */
export function inModel(
  tokens: readonly Token[],
  i: number,
  wanted: (token: Token, k: number) => boolean,
): number | null {
  for (const step of [-1, 1])
    for (let k = i + step; k >= 0 && k < tokens.length; k += step) {
      if (opensModel(tokens, k)) break;
      if (wanted(tokens[k] as Token, k)) return k;
    }
  return null;
}

/** Of each token the number of the model in which it stands; of each name in a model the words that declare it there. */
interface Declarations {
  readonly model: readonly number[];
  readonly words: ReadonlyMap<string, ReadonlySet<string>>;
}

const declarations = new WeakMap<readonly Token[], Declarations>();

/** Whether the model around `i` declares the name with one of these words before it, `let`, `state`, or a comma in a list. Read once for all of a text: every call `f(x)` asks. */
export function declaresInModel(tokens: readonly Token[], i: number, name: string | undefined, word: RegExp): boolean {
  const known = declarations.get(tokens) ?? readDeclarations(tokens);
  const words = known.words.get(`${known.model[i] ?? 0} ${name ?? ""}`) ?? [];
  return [...words].some((w) => word.test(w));
}

function readDeclarations(tokens: readonly Token[]): Declarations {
  let at = 0;
  const words = new Map<string, Set<string>>();
  const model = tokens.map((token, k) => {
    const before = tokens[k - 1]?.image ?? "";
    if (opensModel(tokens, k)) at++;
    else if (/^(?:let|state|weight|,)$/u.test(before)) {
      const key = `${at} ${token.image}`;
      words.set(key, (words.get(key) ?? new Set()).add(before));
    }
    return at;
  });
  const made = { model, words };
  declarations.set(tokens, made);
  return made;
}

const opensModel = (tokens: readonly Token[], k: number): boolean => {
  const token = tokens[k];
  return (
    token !== undefined &&
    (tokenMatcher(token, BlockKeyword) || (token.image === "synapse" && startsStatement(tokens, k)))
  );
};

/** The index of the first of these at the depth of brackets at which `i` stands, before `end`; or where that depth is left; else `end`. */
export function findAt(tokens: readonly Token[], i: number, end: number, wanted: (token: Token) => boolean): number {
  let depth = 0;
  for (let k = i; k < end; k++) {
    const token = tokens[k];
    if (token === undefined) break;
    if (depth === 0 && wanted(token)) return k;
    if (token.tokenType === LParen || token.tokenType === LSquare) depth++;
    if ((token.tokenType === RParen || token.tokenType === RSquare) && --depth < 0) return k;
  }
  return end;
}

/** Where the expression begins that ends before `i`: behind an assignment, a bracket or a comma. */
export function expressionStart(tokens: readonly Token[], i: number, start: number): number {
  let depth = 0;
  for (let k = i - 1; k >= start; k--) {
    const token = tokens[k];
    if (token === undefined) break;
    if (token.tokenType === RParen || token.tokenType === RSquare) depth++;
    if ((token.tokenType === LParen || token.tokenType === LSquare) && --depth < 0) return k + 1;
    const ends =
      [Comma, Colon, If, Then, Else].some((type) => token.tokenType === type) ||
      (tokenMatcher(token, AssignmentOperator) && token.image !== "==");
    if (depth === 0 && (ends || OPENING.has(token.image))) return k + 1;
  }
  return start;
}

const OPENING: ReadonlySet<string> = new Set([
  "when",
  "rate",
  "on",
  "duration",
  "step",
  "refractory",
  "every",
  "where",
]);

export function endsOperand(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    [Name, NumberLiteral, Unit, RParen, RSquare, StringLiteral].some((type) => tokenMatcher(token, type))
  );
}

export function onLine(token: Token | undefined, other: Token | undefined): boolean {
  return token !== undefined && token.startLine === other?.startLine;
}

/** The text of tokens from `a` up to but without `b`. */
export function written({ tokens, source }: Pick<Scene, "tokens" | "source">, a: number, b: number): string {
  return b <= a ? "" : source.text.slice(tokens[a]?.startOffset ?? 0, (tokens[b - 1]?.endOffset ?? -1) + 1);
}

export function spanning({ tokens, source }: Scene, a: number, b: number): Span {
  const start = tokens[a]?.startOffset ?? source.text.length;
  return span(source, start, Math.max(start, (tokens[b - 1]?.endOffset ?? -1) + 1));
}

export function replace(scene: Scene, a: number, b: number, newText: string): TextEdit {
  return { span: spanning(scene, a, b), newText };
}

export function insertBefore(scene: Scene, a: number, newText: string): TextEdit {
  const at = scene.tokens[a]?.startOffset ?? scene.source.text.length;
  return { span: span(scene.source, at, at), newText };
}

export function insertBehind(scene: Scene, a: number, newText: string): TextEdit {
  const at = (scene.tokens[a]?.endOffset ?? -1) + 1;
  return { span: span(scene.source, at, at), newText };
}

/** What stands between two tokens, cut out or replaced. */
export function between(scene: Scene, a: number, b: number, newText = ""): TextEdit {
  const start = (scene.tokens[a]?.endOffset ?? -1) + 1;
  const end =
    b < scene.tokens.length && b > a + 1
      ? (scene.tokens[b - 1]?.endOffset ?? -1) + 1
      : (scene.tokens[b - 1]?.endOffset ?? start - 1) + 1;
  return { span: span(scene.source, start, Math.max(start, end)), newText };
}

export function fix(title: string, ...edits: readonly TextEdit[]): Fix[] {
  return [{ title, edits, confidence: "likely" }];
}

/** A diagnostic about the tokens from `a` to `b`. */
export function told(scene: Scene, a: number, b: number, habit: string, fixes: readonly Fix[]): Diagnostic {
  const text = written(scene, a, b).replace(/\s+/gu, " ");
  return foreignForm(spanning(scene, a, b), {
    written: text.length > 40 ? `${text.slice(0, 39)}…` : text,
    habit,
    fixes,
  });
}

/** The tokens from `a` to `b` written as `text`, and read as it. */
export function rewritten(
  scene: Scene,
  a: number,
  b: number,
  habit: string,
  text: string,
  title = `write \`${text.replace(/\s*\n\s*/gu, "; ")}\``,
): Finding {
  return {
    diagnostic: told(scene, a, b, habit, fix(title, replace(scene, a, b, text))),
    instead: reread(scene, a, b, text),
    next: b,
  };
}

/** A text's tokens in the place of those from `a` to `b`: each where the same word stands, since units are read from the source, or else somewhere among them. */
export function reread({ tokens, source }: Scene, a: number, b: number, text: string): Token[] {
  const [first, last] = [tokens[a], tokens[b - 1]];
  if (first === undefined || last === undefined) return [];
  const there = source.text.slice(0, last.endOffset + 1);
  let from = first.startOffset;
  return tokenize(text.replace(/\s*\n\s*/gu, "; ")).tokens.map((token, k) => {
    const found = token.tokenType === Identifier || token.tokenType === Unit ? there.indexOf(token.image, from) : -1;
    const end = found + token.image.length - 1;
    if (found >= 0) {
      from = end + 1;
      return {
        ...token,
        startOffset: found,
        endOffset: end,
        startLine: first.startLine,
        startColumn: first.startColumn,
      };
    }
    const at = Math.min(Math.max(from, first.startOffset + k), last.endOffset);
    return { ...token, startOffset: at, endOffset: at, startLine: first.startLine, startColumn: first.startColumn };
  });
}

/** Blocks that are models. */
export const MODELS: ReadonlySet<string> = new Set(["neuron", "mechanism", "synapse"]);
