// Text to tokens with their lines, and what is wrong with single characters: those that mean nothing, look-alikes from a word
// processor, texts and comments that never end.
import { append } from "../base/lists.ts";
import type { IToken, TokenType } from "chevrotain";
import {
  Colon,
  Comma,
  Equals,
  Identifier,
  LBrace,
  LParen,
  LSquare,
  Minus,
  NumberLiteral,
  Prime,
  RBrace,
  RParen,
  RSquare,
  Semicolon,
  Slash,
  Star,
  StringLiteral,
  tokenize,
  UnknownUnit,
} from "../../grammar/tokens.ts";
import { codeOf, skeleton, strangersIn } from "../base/confusable.ts";
import type { SourceText, Span } from "../base/source.ts";
import { span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { foreignForm } from "../diagnostics/foreign.ts";
import {
  directionMark, lookAlike, mixedScripts, numberOverflow, numberUnderflow, unknownCharacter, unknownEscape, unknownUnit, unterminatedComment, unterminatedString,
} from "../diagnostics/syntax.ts"; // prettier-ignore
import { isUnitSymbol, parseUnit } from "../quantities/unit.ts";

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
  (tokens as Token[]).forEach((token, k) =>
    append(diagnostics, complaintsAbout(token, tokens[k - 1], declared, source)),
  );
  for (const comment of groups["comments"] ?? []) {
    if (comment.image.length < 4 || !comment.image.endsWith("*/"))
      diagnostics.push(unterminatedComment(span(source, comment.startOffset, comment.startOffset + 2), {}));
  }
  for (const comment of groups["foreignComments"] ?? []) {
    const at = span(source, comment.startOffset, comment.startOffset + 1);
    const included = /^#\s*include\b[^\r\n]*/u.exec(comment.image)?.[0];
    if (included !== undefined) {
      const whole = span(source, comment.startOffset, comment.startOffset + included.length);
      diagnostics.push(foreignForm(whole, { written: included, habit: "from lif import lif", fixes: [] }));
      continue;
    }
    diagnostics.push(
      foreignForm(at, {
        written: "#",
        habit: "#",
        fixes: [{ title: "write `//`", edits: [{ span: at, newText: "//" }], confidence: "certain" }],
      }),
    );
  }
  append(diagnostics, directionMarks(source));
  append(diagnostics, alikeNames(tokens, source));
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
export function declaredNames(tokens: readonly IToken[], words = QUANTITY): ReadonlySet<string> {
  const declared = new Set<string>();
  let [inList, depth] = [false, 0];
  tokens.forEach(({ image, startLine, tokenType }, k) => {
    const [before, next] = [tokens[k - 1], tokens[k + 1]];
    const isFirst = words.has(before?.image ?? "");
    if (words.has(image) || tokenType === LBrace || tokenType === RBrace || tokenType === Semicolon)
      [inList, depth] = [words.has(image), 0];
    else if (startLine !== before?.startLine && before?.tokenType !== Comma && !isFirst) inList = false;
    if (tokenType === LParen || tokenType === LSquare) depth++;
    if (tokenType === RParen || tokenType === RSquare) depth--;
    const isFurther =
      inList &&
      depth === 0 &&
      before?.tokenType === Comma &&
      next !== undefined &&
      [Equals, Colon, Comma].some((type) => next.tokenType === type);
    if (isFirst || isFurther) declared.add(image);
  });
  return declared;
}

const QUANTITY: ReadonlySet<string> = new Set(["param", "const", "input", "state", "let", "weight"]);

function complaintsAbout(
  token: Token,
  before: IToken | undefined,
  declared: ReadonlySet<string>,
  source: SourceText,
): Diagnostic[] {
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
function unitComplaint(
  { image, startOffset }: Token,
  before: IToken | undefined,
  declared: ReadonlySet<string>,
  source: SourceText,
): Diagnostic {
  if (
    before?.tokenType === NumberLiteral &&
    before.startOffset + before.image.length === startOffset &&
    image === "j"
  ) {
    const at = span(source, before.startOffset, startOffset + 1);
    return foreignForm(at, { written: source.text.slice(at.start, at.end), habit: "1j", fixes: [] });
  }
  const units = declared.has(image) ? undefined : PREFIXED.get(image);
  if (
    units !== undefined &&
    before?.tokenType === NumberLiteral &&
    before.startOffset + before.image.length === startOffset
  ) {
    const at = span(source, before.startOffset, startOffset + image.length);
    const fixes = units.map((unit) => ({
      title: `write \`${before.image} ${image}${unit}\``,
      edits: [{ span: at, newText: `${before.image} ${image}${unit}` }],
      confidence: "likely" as const,
      trial: { help: null },
    }));
    return foreignForm(at, { written: source.text.slice(at.start, at.end), habit: "40p", fixes });
  }
  const apart = partedUnit(before, image, startOffset, source);
  if (units !== undefined && before !== undefined && apart !== null) {
    const at = span(source, before.startOffset, startOffset + apart.length);
    const meant = `${before.image} ${apart.replace(/\s+/gu, "")}`;
    const fixes = [
      { title: `write \`${meant}\``, edits: [{ span: at, newText: meant }], confidence: "likely" as const },
    ];
    return foreignForm(at, { written: source.text.slice(at.start, at.end), habit: "40p", fixes });
  }
  const read = parseUnit(image);
  const unknown =
    "problem" in read && read.problem.kind === "unknown"
      ? read.problem
      : { symbol: image, start: 0, end: image.length, suggestions: [] };
  const at = span(source, startOffset + unknown.start, startOffset + unknown.end);
  const isFactor = unknown.start === 0 && before?.tokenType === NumberLiteral && declared.has(unknown.symbol);
  const times = isFactor
    ? { number: before.image, between: span(source, before.startOffset + before.image.length, startOffset) }
    : null;
  return unknownUnit(at, {
    text: unknown.symbol,
    suggestions: unknown.suggestions,
    at,
    times,
    number: times === null ? numberGoingOn(before, image, startOffset, source) : null,
  });
}

/** `p F` behind a number: a unit whose prefix stands apart. */
function partedUnit(before: IToken | undefined, prefix: string, start: number, source: SourceText): string | null {
  if (before?.tokenType !== NumberLiteral) return null;
  const [whole = "", base = ""] = /^.+?[ \t]+(\p{L}+)/u.exec(source.text.slice(start, start + 20)) ?? [];
  return whole.startsWith(prefix) && "unit" in parseUnit(`${prefix}${base}`) ? whole : null;
}

/** What a prefix alone may stand before. */
const PREFIXED: ReadonlyMap<string, readonly string[]> = new Map([
  ["p", ["A", "F", "S"]], ["n", ["S", "A", "F"]], ["u", ["A", "S", "F", "M"]], ["µ", ["A", "S", "F", "M"]], ["μ", ["A", "S", "F", "M"]], ["k", ["Hz", "Ω"]],
]); // prettier-ignore

/** `1_000`, `0x10`, `1e`: a number as other languages write it, which ends here before the letter. */
function numberGoingOn(
  before: IToken | undefined,
  image: string,
  startOffset: number,
  source: SourceText,
): { readonly whole: Span; readonly written: string; readonly meant: string | null } | null {
  if (before?.tokenType !== NumberLiteral || before.startOffset + before.image.length !== startOffset) return null;
  const written = before.image + image;
  const grouped = /^\d[\d.]*(_\d+)+$/u.test(written) ? written.replaceAll("_", "") : null;
  const based = /^0(x[\da-f]+|b[01]+|o[0-7]+)$/iu.test(written) ? String(Number(written)) : null;
  if (grouped === null && based === null && !/^[eE]$/u.test(image)) return null;
  const goesOn = /[\d._]/u.test(source.text[startOffset + image.length] ?? "");
  return {
    whole: span(source, before.startOffset, startOffset + image.length),
    written,
    meant: goesOn ? null : (grouped ?? based),
  };
}

function numberComplaints(image: string, at: () => Span): Diagnostic[] {
  const value = Number(image);
  if (value === Infinity) return [numberOverflow(at(), { digits: image })];
  if (value === 0 && /^[0.]*[1-9]/.test(image)) return [numberUnderflow(at(), { digits: image })];
  return [];
}

function stringComplaints(token: Token, source: SourceText): Diagnostic[] {
  const { image, startOffset } = token;
  if (!image.startsWith('"')) {
    const [open, close] = [
      span(source, startOffset, startOffset + 1),
      span(source, startOffset + image.length - 1, startOffset + image.length),
    ];
    const edits = [open, close].map((at) => ({ span: at, newText: '"' }));
    return [
      foreignForm(spanOf(source, token), {
        written: `${image.slice(0, 1)} ${image.slice(-1)}`,
        habit: "quotes",
        fixes: [{ title: "put it in double quotes", edits, confidence: "certain" }],
      }),
    ];
  }
  if (image.length < 2 || !isClosed(image)) return [unterminatedString(span(source, startOffset, startOffset + 1), {})];
  return [...image.matchAll(/\\[^]/gu)]
    .filter(([escape]) => !ESCAPES.has(escape.slice(1)))
    .map((match) =>
      unknownEscape(span(source, startOffset + match.index, startOffset + match.index + match[0].length), {
        escape: match[0],
      }),
    );
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
  const inside = (isClosed(image) || !image.startsWith('"')) && image.length > 1 ? image.slice(1, -1) : image.slice(1);
  return inside.replace(/\\([^])/gu, (escape, character: string) => ESCAPES.get(character) ?? escape);
}

const JOINING: ReadonlyMap<string, string> = new Map([["&", "and"], ["|", "or"]]); // prettier-ignore

/** Whether a condition stands on either side, on the line of the sign. */
function joinsConditions(text: string, at: number): boolean {
  const [before = ""] = /[^\n{};]*$/u.exec(text.slice(Math.max(0, at - 200), at)) ?? [];
  const [after = ""] = /^[^\n{};]*/u.exec(text.slice(at + 1, at + 200)) ?? [];
  return /[<>≤≥≠]|[=!]=|\bnot\b/u.test(`${before.replace(/<-|->/gu, "")} ${after}`);
}

/** More marks than this say no more than these: a file of nothing else is read in time. */
const MOST_MARKS = 100;

/** Told in comments and texts; elsewhere they mean nothing, which is told as well. */
function directionMarks(source: SourceText): Diagnostic[] {
  const found: Diagnostic[] = [];
  let looked = 0;
  for (const { 0: character, index } of source.text.matchAll(/[\u202A-\u202E\u2066-\u2069]/g)) {
    if (++looked > MOST_MARKS) break;
    const line = source.text.slice(source.text.lastIndexOf("\n", index) + 1, index);
    const isHidden =
      line.includes("//") ||
      line.includes("/*") ||
      line.includes('"') ||
      source.text.lastIndexOf("/*", index) > source.text.lastIndexOf("*/", index);
    if (isHidden) found.push(directionMark(span(source, index, index + 1), { character }));
  }
  return found;
}

/** Names in which, or between which, letters of two scripts look the same: where each first stands. */
function alikeNames(tokens: readonly IToken[], source: SourceText): Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  const bySkeleton = new Map<string, string>();
  for (const token of tokens) {
    const { tokenType, image } = token;
    if (tokenType !== Identifier || seen.has(image)) continue;
    seen.add(image);
    const strangers = /^[\x00-\x7F]*$/.test(image) ? [] : strangersIn(image);
    const bones = skeleton(image);
    const other = bySkeleton.get(bones) ?? null;
    if (other === null) bySkeleton.set(bones, image);
    if (strangers.length > 0)
      found.push(mixedScripts(spanOf(source, token), { name: image, letters: strangers, other: null }));
    else if (other !== null && nameForm(other) !== nameForm(image))
      found.push(mixedScripts(spanOf(source, token), { name: image, letters: [codeOf(image, other)], other }));
  }
  return found;
}

function nameForm(image: string): string {
  return image.normalize("NFC").replaceAll("\u00B5", "\u03BC");
}

/** The literal that reads back as this text. */
export function stringLiteral(text: string): string {
  const escapes = [...ESCAPES].map(([character, meant]) => [meant, `\\${character}`] as const);
  return `"${[...text].map((c) => escapes.find(([meant]) => meant === c)?.[1] ?? c).join("")}"`;
}

/** `ms⁻¹`, and `cm⁻²` behind another unit, as `/ms` and `/cm^2`; null where it is neither. */
function perUnit(source: SourceText, start: number): Diagnostic | null {
  const [sign = ""] = /^[⁻⁺⁰¹²³⁴-⁹]+/u.exec(source.text.slice(start, start + 8)) ?? [];
  const power = [...sign].map((c) => "-0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)] ?? "").join("");
  const before = source.text.slice(Math.max(0, start - 20), start);
  const [whole = "", , gap = "", symbol = ""] = /([\p{N}.]|\p{L})([ \t]*[·*]?[ \t]*)(\p{L}+)$/u.exec(before) ?? [];
  if (!/^-\d$/u.test(power) || !isUnitSymbol(symbol)) return null;
  const at = span(source, start - symbol.length - gap.length, start + sign.length);
  const isFirst = /^[\p{N}.]/u.test(whole);
  const text = `${isFirst ? " " : ""}/${symbol}${power === "-1" ? "" : `^${power.slice(1)}`}`;
  const told = span(source, start - symbol.length, start + sign.length);
  return foreignForm(told, {
    written: `${symbol}${sign}`,
    habit: "ms⁻¹",
    fixes: [{ title: `write \`${text.trim()}\``, edits: [{ span: at, newText: text }], confidence: "likely" }],
  });
}

/** Signs of papers that are functions here. */
const FUNCTION_SIGNS: ReadonlyMap<string, string> = new Map([["√", "sqrt"], ["∑", "sum"]]); // prettier-ignore

/** `√(2)`, `√x`, `∑ x[k]`: the sign, with what it is taken of where no parentheses are around it. */
function signOf(source: SourceText, start: number, called: string): Diagnostic {
  const [operand = ""] =
    /^\s*(?:[\p{L}\p{N}_.]+(?:\[[^\][\n]*\])?|(?=\())/u.exec(source.text.slice(start + 1, start + 80)) ?? [];
  const at = span(source, start, start + 1 + operand.length);
  const text = operand.trim() === "" ? called : `${called}(${operand.trim()})`;
  return foreignForm(at, {
    written: source.text.slice(at.start, at.end),
    habit: "√x",
    fixes: [{ title: `write \`${text}\``, edits: [{ span: at, newText: text }], confidence: "likely" }],
  });
}

/** `|V - E_L|`: bars where an operand begins, and where it ends. */
function absolute(source: SourceText, start: number): { readonly diagnostic: Diagnostic; readonly end: number } | null {
  const before = source.text.slice(Math.max(0, start - 80), start);
  if (source.text[start] !== "|" || !/(?:[=+*/(,<>^-]|\b(?:if|when|then|else|and|or|not))[ \t]*$/u.test(before))
    return null;
  const inside = /^\|([^|\n]+)\|/u.exec(source.text.slice(start, start + 200))?.[1];
  if (inside === undefined) return null;
  const at = span(source, start, start + inside.length + 2);
  const text = `abs(${inside.trim()})`;
  return {
    diagnostic: foreignForm(at, {
      written: source.text.slice(at.start, at.end),
      habit: "|v|",
      fixes: [{ title: `write \`${text}\``, edits: [{ span: at, newText: text }], confidence: "likely" }],
    }),
    end: at.end,
  };
}

/** Neighbours that mean nothing are one mistake. */
function unreadable(characters: readonly IToken[], source: SourceText): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (let i = 0; i < characters.length;) {
    const first = characters[i];
    if (first === undefined) break;
    let end = first.startOffset;
    for (; characters[i]?.startOffset === end; i++) end += characters[i]?.image.length ?? 0;
    const bars = absolute(source, first.startOffset);
    if (bars !== null) {
      found.push(bars.diagnostic);
      while ((characters[i]?.startOffset ?? Infinity) < bars.end) i++;
      continue;
    }
    const per = perUnit(source, first.startOffset);
    if (per !== null) {
      found.push(per);
      continue;
    }
    const called = FUNCTION_SIGNS.get(first.image);
    if (called !== undefined) {
      found.push(signOf(source, first.startOffset, called));
      continue;
    }
    const joined = JOINING.get(source.text.slice(first.startOffset, end));
    if (
      joined === "and" &&
      /(?:^|\n)[ \t]*connect\b[^\n]*$/u.test(source.text.slice(Math.max(0, first.startOffset - 200), first.startOffset))
    ) {
      const at = span(
        source,
        first.startOffset - (/\s*$/u.exec(source.text.slice(0, first.startOffset))?.[0].length ?? 0),
        end,
      );
      found.push(
        foreignForm(at, {
          written: first.image,
          habit: "e & i",
          fixes: [{ title: "write `,`", edits: [{ span: at, newText: "," }], confidence: "likely" }],
        }),
      );
      continue;
    }
    if (joined !== undefined && !joinsConditions(source.text, first.startOffset)) {
      const at = span(source, first.startOffset, end);
      found.push(foreignForm(at, { written: first.image, habit: first.image, fixes: [] }));
      continue;
    }
    if (joined !== undefined) {
      const at = span(source, first.startOffset, end);
      const spaced = `${/\s$/.test(source.text.slice(0, end - 1)) ? "" : " "}${joined}${/^\s/.test(source.text.slice(end)) ? "" : " "}`;
      found.push(
        foreignForm(at, {
          written: first.image,
          habit: first.image,
          fixes: [{ title: `write \`${joined}\``, edits: [{ span: at, newText: spaced }], confidence: "likely" }],
        }),
      );
      continue;
    }
    found.push(
      unknownCharacter(span(source, first.startOffset, end), {
        character: first.image,
        at: span(source, first.startOffset, end),
      }),
    );
  }
  return found;
}
