// Chevrotain's errors in a modeller's words: what was expected, what stands there, and where an unclosed bracket was opened.
import type { IParserErrorMessageProvider, IRecognitionException, IToken, TokenType } from "chevrotain";
import { EOF, tokenLabel, tokenMatcher } from "../../grammar/chevrotain.ts";
import {
  AssignmentOperator, BlockKeyword, Else, Identifier, Import, LBrace, LParen, LSquare, Name, QuantityKeyword, RBrace, RParen, RSquare, Semicolon, StringLiteral, Then, Weight,
  reservedWords, vocabulary,
} from "../../grammar/tokens.ts"; // prettier-ignore
import { shortened } from "../base/shortWords.ts";
import type { SourceText, Span } from "../base/source.ts";
import { positionAt, span } from "../base/source.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { expected, keywordAsName, unclosed, unexpected, unopened } from "../diagnostics/syntax.ts";
import { MOST_PLACES, withoutOne } from "./brackets.ts";
import { endsOperand } from "./elsewhere/scene.ts";
import type { Token } from "./lexical.ts";

/** Some hundred mistakes are told; more help nobody. */
export const MOST_TOLD = 300;

/** Recovery takes its time; what has more mistakes is no model. */
export const MOST_MISTAKES = 1000;

/** Thrown through the parser where there are more. */
export class TooManyMistakes extends Error {}

export interface ExpectationNames extends IParserErrorMessageProvider {
  /** Mistakes since the counter was set back. */
  count: number;
}

/** Chevrotain hands on texts only: the names of the rule and of what it expected, to be put into words later. */
export function expectationNames(): ExpectationNames {
  const counted = (names: string): string => {
    if (++provider.count > MOST_MISTAKES) throw new TooManyMistakes();
    return names;
  };
  const provider: ExpectationNames = {
    count: 0,
    buildMismatchTokenMessage: ({ expected: type, ruleName }) => counted(`${ruleName} ${type.name}`),
    buildNotAllInputParsedMessage: () => counted("modelFile EOF"),
    buildNoViableAltMessage: ({ ruleName }) => counted(`${ruleName} `),
    buildEarlyExitMessage: ({ ruleName }) => counted(`${ruleName} `),
  };
  return provider;
}

/** Puts the errors of one text into words. */
export function inWords(
  errors: readonly IRecognitionException[],
  tokens: readonly Token[],
  source: SourceText,
): Diagnostic[] {
  if (errors.length === 0) return [];
  const brackets = openBrackets(tokens);
  return errors.map((error) => wording(error, { tokens, source, brackets }));
}

interface Text {
  readonly tokens: readonly Token[];
  readonly source: SourceText;
  /** For every token the index of the innermost bracket that is open before it, or -1; one more for the end of the text. */
  readonly brackets: Int32Array;
}

function wording(error: IRecognitionException, text: Text): Diagnostic {
  const [rule = "", typeName = ""] = error.message.split(" ");
  const type = TYPES.get(typeName);
  const index = indexOf(error.token, text);
  const [token, previous] = [text.tokens[index], text.tokens[index - 1]];
  const place = placeOf(token, previous, text.source);
  const found = foundText(token, previous);
  const close = type === undefined ? undefined : OPENING.get(type);
  if (
    token !== undefined &&
    CLOSING.has(token.tokenType) &&
    !opensBefore(text, index, CLOSING.get(token.tokenType)) &&
    type !== RBrace
  ) {
    return unopened(place, {
      bracket: token.image,
      closedBefore: null,
      fixes: token.tokenType === RParen ? withoutOne(text.source, token.startOffset) : [],
    });
  }
  if (type !== undefined && close !== undefined && (type !== RBrace || endsBlock(token, rule))) {
    const opener = openerOf(text, index, close);
    if (opener !== null && type === RParen && isClosedOnLine(text, index))
      return expected(place, { expected: "an operator, `,` or `)`", found });
    if (opener !== null)
      return unclosed(place, {
        close: type === RBrace ? "}" : type === RParen ? ")" : "]",
        ...opener,
        fixes: type === RParen ? placesFor(text, index) : [],
      });
  }
  if (type === RBrace && rule === "refractory")
    return expected(place, { expected: "`hold` or `drop` before the names", found });
  if (type === RBrace || typeName === "EOF")
    return unexpected(place, { found: token === undefined ? "the end" : `\`${shown(token)}\``, place: "here" });
  if (
    type === Name &&
    token !== undefined &&
    previous?.startLine === token.startLine &&
    reservedWords.includes(token.image)
  ) {
    return keywordAsName(place, { word: token.image, what: nameInRule(rule, previous) });
  }
  const { wanted, help } = wantedText(rule, type, previous);
  const isLabel = rule === "variant" && type === StringLiteral && token !== undefined && tokenMatcher(token, Name);
  const fixes: Fix[] = isLabel
    ? [{ title: "put it in quotes", edits: [{ span: place, newText: `"${token.image}"` }], confidence: "likely" }]
    : [];
  return expected(place, { expected: wanted, found, fixes, ...(help === undefined ? {} : { help: [help] }) });
}

/** Whether the parenthesis that is open before the token is closed further on the line: what is wrong stands inside of it. */
function isClosedOnLine({ tokens }: Text, index: number): boolean {
  let depth = 1;
  for (let k = index; k < tokens.length && tokens[k]?.startLine === tokens[index]?.startLine; k++) {
    if (tokens[k]?.tokenType === LParen) depth++;
    if (tokens[k]?.tokenType === RParen && --depth === 0) return true;
    if (tokens[k]?.tokenType === LBrace || tokens[k]?.tokenType === RBrace) return false;
  }
  return false;
}

const TYPES: ReadonlyMap<string, TokenType> = new Map(vocabulary.map((type) => [type.name, type]));
const OPENING: ReadonlyMap<TokenType, TokenType> = new Map([[RBrace, LBrace], [RParen, LParen], [RSquare, LSquare]]); // prettier-ignore
const CLOSING = OPENING;

/** The token itself, or the empty place behind the one before where its line or the text ends first. */
function placeOf(token: Token | undefined, previous: Token | undefined, source: SourceText): Span {
  if (token !== undefined && (previous === undefined || previous.startLine === token.startLine))
    return span(source, token.startOffset, token.endOffset + 1);
  const end = previous === undefined ? 0 : previous.endOffset + 1;
  return span(source, end, end);
}

function foundText(token: Token | undefined, previous: Token | undefined): string {
  if (token === undefined) return "the file ends here";
  if (previous !== undefined && previous.startLine !== token.startLine) return "the line ends here";
  return `found \`${shown(token)}\``;
}

function shown(token: IToken): string {
  return shortened(token.image, 30);
}

/** A block is unclosed where the file ends, or where something stands that only another place takes. */
function endsBlock(token: Token | undefined, rule: string): boolean {
  if (token === undefined) return true;
  if (tokenMatcher(token, BlockKeyword) || token.tokenType === Import) return true;
  return rule !== "block" && (rule !== "refractory" || reservedWords.includes(token.image));
}

/** What is said to be expected, by the production and by the token. */
function wantedText(
  rule: string,
  type: TokenType | undefined,
  previous: Token | undefined,
): { readonly wanted: string; readonly help?: string } {
  const after = previous === undefined ? "" : ` after \`${shown(previous)}\``;
  if (type === Then) return { wanted: "`then` after the condition of an `if`" };
  if (type === Else) return { wanted: "`else`: an `if` says what holds otherwise", help: "write `if a then b else c`" };
  if (type === Name) return { wanted: `${nameInRule(rule, previous)}${after}` };
  if (type === AssignmentOperator) return { wanted: `\`' =\`, \`=\`, \`+=\` or \`<-\`${after}` };
  const fixed = PLACES.get(type === undefined ? rule : `${rule} ${type.name}`);
  return { wanted: `${fixed ?? (type === undefined ? "something else" : tokenLabel(type))}${after}` };
}

/** What productions wait for, where the token alone would not say it well: by production, and by token where there is one. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ["operand", "an expression"],
  ["target", "the name of what is set"],
  ["spike", "`when` or `with rate`"],
  ["resetBlock", "`{`"],
  ["event", "`{`"],
  ["periodic", "`{`"],
  ["holdOrDrop", "the names of variables or `all`"],
  ["unitFactor", "a unit"],
  ["reference", "a name"],
  ["sweep", "`over` or `~`"],
  ["sweepCount", "`steps`"],
  ["freeNumber In", "`in` and the bounds"],
  ["range DotDot", "`..` and the upper end"],
  ["variant StringLiteral", 'a label in quotes, such as `"fast"`,'],
  ["importDeclaration From", '`from "file.glif"`'],
  ["importDeclaration StringLiteral", 'a file in quotes, such as `"lif.glif"`,'],
]);

/** What a name is the name of, by the production. */
function nameInRule(rule: string, previous: Token | undefined): string {
  if (rule === "model")
    return `the name of a ${previous !== undefined && tokenMatcher(previous, BlockKeyword) ? previous.image : "model"}`;
  if (rule === "alias") return "the name of the connection";
  if (
    rule === "quantity" &&
    previous !== undefined &&
    (tokenMatcher(previous, QuantityKeyword) || previous.tokenType === Weight)
  )
    return ROLES.get(previous.image) ?? "a name";
  return NAMES.get(rule) ?? "a name";
}

const ROLES: ReadonlyMap<string, string> = new Map([
  ["param", "the name of a parameter"],
  ["const", "the name of a constant"],
  ["input", "the name of an input"],
  ["state", "the name of a state"],
  ["let", "the name of an expression"],
  ["weight", "the name of a weight"],
]);

const NAMES: ReadonlyMap<string, string> = new Map([
  ["ancestry", "the name of a model"],
  ["importDeclaration", "the name of what is imported"],
  ["index", "the name of an index"],
  ["functionDeclaration", "the name of a function"],
  ["functionParameter", "the name of a parameter"],
  ["noise", "the name of a noise"],
  ["use", "the name of a mechanism"],
  ["population", "the name of a population"],
  ["method", "the name of a method"],
  ["recordSegment", "the name of what is recorded"],
  ["endpoint", "the name of a population"],
  ["conveyance", "the name of a synapse"],
  ["allowance", "`self` or `multiple`"],
  ["interpret", "`Itô` or `Stratonovich`"],
  ["variant", "the name of a neuron or a network"],
  ["under", "the name of an experiment"],
  ["measure", "the name of a measure"],
]);

/** The token's place in the list; the list's length for the end of the text. */
function indexOf(token: IToken, { tokens }: Text): number {
  if (token.tokenType === EOF || Number.isNaN(token.startOffset)) return tokens.length;
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.startOffset ?? Infinity) < token.startOffset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A closing bracket closes the nearest open one of its kind; what stands open inside that is skipped. */
function openBrackets(tokens: readonly Token[]): Int32Array {
  const brackets = new Int32Array(tokens.length + 1).fill(-1);
  const stack: number[] = [];
  tokens.forEach((token, i) => {
    brackets[i] = stack[stack.length - 1] ?? -1;
    const type = token.tokenType;
    const opening = CLOSING.get(type);
    if (type === LBrace || type === LParen || type === LSquare) stack.push(i);
    else if (opening !== undefined && tokens[stack[stack.length - 1] ?? -1]?.tokenType === opening) stack.pop();
    else if (type === RBrace) while (stack.length > 0 && tokens[stack.pop() ?? -1]?.tokenType !== LBrace);
  });
  brackets[tokens.length] = stack[stack.length - 1] ?? -1;
  return brackets;
}

/** The innermost open bracket of a kind before a token, as an index; -1 for none. Parentheses do not reach beyond braces. */
function opensBefore(text: Text, index: number, type: TokenType | undefined): boolean {
  return innermost(text, index, type) >= 0;
}

function innermost({ tokens, brackets }: Text, index: number, type: TokenType | undefined): number {
  let at = brackets[index] ?? -1;
  while (at >= 0 && tokens[at]?.tokenType !== type) {
    if (tokens[at]?.tokenType === LBrace) return -1;
    at = brackets[at] ?? -1;
  }
  return at;
}

interface Opener {
  readonly what: string;
  readonly opened: Span;
  readonly line: number;
  readonly column: number;
}

/** Names the innermost open bracket: `neuron A` for a block, the bracket itself otherwise. */
function openerOf(text: Text, index: number, type: TokenType): Opener | null {
  const { tokens, source } = text;
  const at =
    type === LBrace ? (misindented(text, index) ?? innermost(text, index, type)) : innermost(text, index, type);
  const bracket = tokens[at];
  if (bracket === undefined) return null;
  const head = type === LBrace ? headOf(tokens, at) : at;
  const start = tokens[head] ?? bracket;
  const second = tokens[head + 1];
  const named = second !== undefined && second !== bracket && second.tokenType === Identifier ? ` ${second.image}` : "";
  const { line, column } = positionAt(source, start.startOffset);
  const opened = span(source, start.startOffset, bracket.endOffset + 1);
  return { what: head === at ? `\`${bracket.image}\`` : `\`${start.image}${named}\``, opened, line, column };
}

/** Where the `)` may belong that is missing before the token: behind each operand since the `(`, the last first. Which it is, the units tell. */
function placesFor(text: Text, index: number): Fix[] {
  const { tokens, source } = text;
  const opener = innermost(text, index, LParen);
  const fixes: Fix[] = [];
  for (let i = index - 1; i > opener + 1 && opener >= 0 && fixes.length < MOST_PLACES; i--) {
    const token = tokens[i];
    if (
      token === undefined ||
      !endsOperand(token) ||
      (text.brackets[i + 1] ?? -1) !== opener ||
      tokens[i + 1]?.tokenType === LParen
    )
      continue;
    const at = span(source, token.endOffset + 1, token.endOffset + 1);
    fixes.push({
      title: `close it behind \`${token.image}\``,
      edits: [{ span: at, newText: ")" }],
      confidence: "likely",
      trial: { help: null },
    });
  }
  return fixes;
}

/** The brace whose partner was taken for that of another: a `}` that begins its line stands under the head of a block further out. */
function misindented({ tokens }: Text, index: number): number | null {
  const open: number[] = [];
  for (let i = 0; i < index; i++) {
    const token = tokens[i];
    if (token?.tokenType === LBrace) open.push(i);
    if (token?.tokenType !== RBrace) continue;
    const own = open.pop();
    const begins = tokens[i - 1]?.startLine !== token.startLine;
    if (
      own !== undefined &&
      begins &&
      token.startColumn < (tokens[own]?.startColumn ?? 0) &&
      open.some((k) => tokens[k]?.startColumn === token.startColumn)
    )
      return own;
  }
  return null;
}

/** Where the statement begins that a brace belongs to. */
function headOf(tokens: readonly Token[], brace: number): number {
  let head = brace;
  for (let i = brace - 1; i >= Math.max(0, brace - FURTHEST_HEAD); i--) {
    const token = tokens[i];
    if (token === undefined || [LBrace, RBrace, Semicolon].some((type) => token.tokenType === type)) break;
    if (HEADS.has(token.image)) return i;
    head = i;
  }
  return tokens[head]?.startLine === tokens[brace]?.startLine ? head : brace;
}

const HEADS: ReadonlySet<string> = new Set([
  "neuron",
  "mechanism",
  "network",
  "experiment",
  "reset",
  "on",
  "refractory",
  "population",
  "use",
  "synapse",
  "connect",
  "comparison",
  "models",
  "networks",
]);
const FURTHEST_HEAD = 64;
