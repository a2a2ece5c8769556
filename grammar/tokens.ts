// The vocabulary: every token of the language with the name a person would call it by (its label). Newlines are no tokens; they
// matter in that a unit stands on the line of its number, and to the parser in a few places where it asks for a token's line.
import type { CustomPatternMatcherReturn, ILexingResult, IToken, TokenType } from "chevrotain";
import { scanUnit } from "../src/quantities/unit.ts";
import { createToken, Lexer } from "./chevrotain.ts";

const category = (name: string, label: string, ...categories: TokenType[]) =>
  createToken({ name, label, categories, pattern: Lexer.NA });

/** Everything that can be declared or referred to: identifiers, and the words that are keywords in their place only. */
export const Name = category("Name", "a name");
/** `neuron`, `mechanism`, `network`, `experiment`, and `synapse`, `comparison` and `fit` where they open a block. */
export const BlockKeyword = category("BlockKeyword", "`neuron`");
/** `param`, `const`, `input`, `state`, `let`. */
export const QuantityKeyword = category("QuantityKeyword", "`param`");
/** `models`, `networks`: what is compared. */
export const VariantsWord = category("VariantsWord", "`models`");
/** `duration`, `step`, `seed`. */
export const DirectiveWord = category("DirectiveWord", "`duration`");
/** `window`, `train`, `test`: parts of a run or a recording. */
export const WindowWord = category("WindowWord", "`window`");
/** Stands between a target and its value; which of them is right depends on the place. */
export const AssignmentOperator = category("AssignmentOperator", "`=`");
/** Stands between two operands; holds a few that are mistakes (`=`, `<-`, `**`), understood so that they can be named. */
export const BinaryOperator = category("BinaryOperator", "an operator");
/** Every token except braces: what is skipped where a statement is not understood. */
export const Anything = category("Anything", "anything");
/** Can begin no statement. */
export const Stray = category("Stray", "something else");
/** Stands before an operand. */
export const PrefixOperator = category("PrefixOperator", "a sign or `not`");

/** Unicode's identifiers (UAX 31) and subscript digits, without what is invisible; compared after NFC normalisation. */
const IDENTIFIER = /(?!\p{DI})[\p{XID_Start}_](?:(?!\p{DI})[\p{XID_Continue}\u2080-\u2089])*/uy;
const NOT_ASCII = Array.from({ length: 258 }, (_, bucket) => Math.min(65535, 128 + 255 * bucket));
const IDENTIFIER_STARTS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", ...latinOne(), ...NOT_ASCII];
const ANYTHING = [...Array.from({ length: 256 }, (_, code) => code), ...NOT_ASCII];

export const Identifier = createToken({
  name: "Identifier",
  label: "a name",
  categories: [Name, Anything],
  pattern: (text, offset) => stickyMatch(IDENTIFIER, text, offset),
  start_chars_hint: IDENTIFIER_STARTS,
  line_breaks: false,
});

const words = new Set<string>();
const hardKeywords: TokenType[] = [];
const softKeywords: TokenType[] = [];

/** A word that is never a name. */
function keyword(word: string, ...categories: TokenType[]): TokenType {
  const token = createToken({
    name: capitalised(word),
    label: `\`${word}\``,
    pattern: word,
    longer_alt: Identifier,
    categories: [Anything, ...categories],
  });
  words.add(word);
  hardKeywords.push(token);
  return token;
}

/** A word that means something where it is expected and is free as a name elsewhere. */
function wordInPlace(word: string, ...categories: TokenType[]): TokenType {
  const token = createToken({
    name: capitalised(word),
    label: `\`${word}\``,
    pattern: word,
    longer_alt: Identifier,
    categories: [Name, Anything, ...categories],
  });
  words.add(word);
  softKeywords.push(token);
  return token;
}

export const Neuron = keyword("neuron", BlockKeyword);
export const Mechanism = keyword("mechanism", BlockKeyword);
export const Network = keyword("network", BlockKeyword);
export const Experiment = keyword("experiment", BlockKeyword);
export const Import = keyword("import");
export const Extends = keyword("extends", Stray);
export const Param = keyword("param", QuantityKeyword);
export const Const = keyword("const", QuantityKeyword);
export const Input = keyword("input", QuantityKeyword);
export const State = keyword("state", QuantityKeyword);
export const Let = keyword("let", QuantityKeyword);
export const Index = keyword("index");
export const FunctionKeyword = keyword("function");
export const Noise = keyword("noise");
export const Use = keyword("use");
export const Spike = keyword("spike");
export const On = keyword("on");
export const Reset = keyword("reset");
export const Refractory = keyword("refractory");
export const Population = keyword("population");
export const If = keyword("if", Stray);
export const Then = keyword("then", Stray);
export const Else = keyword("else", Stray);
export const Or = keyword("or", BinaryOperator, Stray);
export const And = keyword("and", BinaryOperator, Stray);
export const Not = keyword("not", PrefixOperator, Stray);

export const From = wordInPlace("from");
export const Of = wordInPlace("of");
export const As = wordInPlace("as");
export const When = wordInPlace("when");
export const With = wordInPlace("with");
export const Rate = wordInPlace("rate");
export const Hold = wordInPlace("hold");
export const Drop = wordInPlace("drop");
export const All = wordInPlace("all");
export const Interpret = wordInPlace("interpret");
export const Duration = wordInPlace("duration", DirectiveWord);
export const Step = wordInPlace("step", DirectiveWord);
export const Seed = wordInPlace("seed", DirectiveWord);
export const Method = wordInPlace("method");
export const Spikes = wordInPlace("spikes");
export const Precise = wordInPlace("precise");
export const Record = wordInPlace("record");
export const Every = wordInPlace("every");
export const SynapseWord = wordInPlace("synapse");
export const ComparisonWord = wordInPlace("comparison");
export const FitWord = wordInPlace("fit");
export const Weight = wordInPlace("weight");
export const Single = wordInPlace("single");
export const Connect = wordInPlace("connect");
export const By = wordInPlace("by");
export const Where = wordInPlace("where");
export const Allow = wordInPlace("allow");
export const Models = wordInPlace("models", VariantsWord);
export const Networks = wordInPlace("networks", VariantsWord);
export const Under = wordInPlace("under");
export const Measure = wordInPlace("measure");
export const Reference = wordInPlace("reference");
export const Seeds = wordInPlace("seeds");
export const Sweep = wordInPlace("sweep");
export const Over = wordInPlace("over");
export const In = wordInPlace("in");
export const Logarithmic = wordInPlace("logarithmic");
export const Steps = wordInPlace("steps");
export const Draws = wordInPlace("draws");
export const Window = wordInPlace("window", WindowWord);
export const Free = wordInPlace("free");
export const Train = wordInPlace("train", WindowWord);
export const Test = wordInPlace("test", WindowWord);
export const Evaluations = wordInPlace("evaluations");

/** The words `synapse`, `comparison` and `fit` where they open a block. Only their place says so: whoever looks at the first words of statements puts these tokens there. */
export const Synapse = createToken({
  name: "Synapse",
  label: "`synapse`",
  categories: [Anything, BlockKeyword],
  pattern: Lexer.NA,
});
export const Comparison = createToken({
  name: "Comparison",
  label: "`comparison`",
  categories: [Anything, BlockKeyword],
  pattern: Lexer.NA,
});
export const Fit = createToken({
  name: "Fit",
  label: "`fit`",
  categories: [Anything, BlockKeyword],
  pattern: Lexer.NA,
});

export const NumberLiteral = createToken({
  name: "NumberLiteral",
  label: "a number",
  categories: [Anything, Stray],
  // `1..2` is a range: a dot belongs to the number only where no second one follows.
  pattern: /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/,
});

/** The closing quote may be missing: whoever reads the tokens says so. */
export const StringLiteral = createToken({
  name: "StringLiteral",
  label: "a text in quotes",
  categories: [Anything, Stray],
  pattern: wholeString,
  start_chars_hint: ['"', "'", "\u2018", "\u201C", "\u201E"],
  line_breaks: false,
});

/** The unit of the number, or of the array literal, that stands before it on its line. */
export const Unit = createToken({
  name: "Unit",
  label: "a unit",
  categories: [Anything, Stray],
  pattern: (text, offset, matched) =>
    takesUnit(text, offset, matched) ? textTo(text, offset, unitEnd(text, offset)) : null,
  start_chars_hint: ["/", "%", ...IDENTIFIER_STARTS],
  line_breaks: false,
});

/** A word where only a unit could stand. */
export const UnknownUnit = createToken({
  name: "UnknownUnit",
  label: "a unit",
  categories: [Anything, Stray],
  pattern: (text, offset, matched) => (takesUnit(text, offset, matched) ? unknownUnit(text, offset) : null),
  start_chars_hint: IDENTIFIER_STARTS,
  line_breaks: false,
});

const operator = (name: string, image: string, pattern: RegExp, ...categories: TokenType[]) =>
  createToken({ name, label: `\`${image}\``, pattern, categories: [Anything, Stray, ...categories] });
const punctuation = (name: string, image: string, pattern: RegExp, ...categories: TokenType[]) =>
  createToken({ name, label: `\`${image}\``, pattern, categories });

export const PlusEquals = operator("PlusEquals", "+=", /\+=/, AssignmentOperator);
export const ColonEquals = operator("ColonEquals", ":=", /:=/, AssignmentOperator);
/** From the source of a connection to its target; before `Minus`. */
export const RightArrow = operator("RightArrow", "->", /->|→/);
export const Arrow = operator("Arrow", "<-", /<-|←/, AssignmentOperator, BinaryOperator);
export const Tilde = operator("Tilde", "~", /~/, AssignmentOperator);
export const NotEqual = operator("NotEqual", "!=", /!=|≠/, BinaryOperator);
export const Equal = operator("Equal", "==", /==/, BinaryOperator, AssignmentOperator);
export const AtMost = operator("AtMost", "<=", /<=|≤/, BinaryOperator);
export const AtLeast = operator("AtLeast", ">=", />=|≥/, BinaryOperator);
export const Less = operator("Less", "<", /</, BinaryOperator);
export const Greater = operator("Greater", ">", />/, BinaryOperator);
export const Equals = operator("Equals", "=", /=/, AssignmentOperator, BinaryOperator);
export const OrBars = operator("OrBars", "||", /\|\|/, BinaryOperator);
export const AndSigns = operator("AndSigns", "&&", /&&/, BinaryOperator);
export const Bang = operator("Bang", "!", /!/, PrefixOperator);
export const Plus = operator("Plus", "+", /\+/, BinaryOperator, PrefixOperator);
export const Minus = operator("Minus", "-", /[-−‐‑–—⁃﹣－]/, BinaryOperator, PrefixOperator);
export const StarStar = operator("StarStar", "**", /\*\*/, BinaryOperator);
export const Star = operator("Star", "*", /[*·⋅×]/, BinaryOperator);
export const Slash = operator("Slash", "/", /[/÷]/, BinaryOperator);
export const Caret = operator("Caret", "^", /\^/, BinaryOperator);
export const Percent = operator("Percent", "%", /%/);
export const Prime = operator("Prime", "'", /['′’]/);
export const DotDot = operator("DotDot", "..", /\.\./);
export const Dot = operator("Dot", ".", /\./);
/** Chooses in C: understood so that it can be named. */
export const Question = operator("Question", "?", /\?/);
export const Comma = punctuation("Comma", ",", /,/, Anything);
export const Semicolon = punctuation("Semicolon", ";", /;/, Anything);
export const Colon = operator("Colon", ":", /:/);
export const LBrace = punctuation("LBrace", "{", /\{/);
export const RBrace = punctuation("RBrace", "}", /\}/);
export const LParen = operator("LParen", "(", /\(/);
export const RParen = operator("RParen", ")", /\)/);
export const LSquare = operator("LSquare", "[", /\[/);
export const RSquare = operator("RSquare", "]", /\]/);

const Space = createToken({ name: "Space", pattern: /[ \t\r\n\u00A0]+/, group: Lexer.SKIPPED, line_breaks: true });
/** `///` and what follows on the line; four slashes are an ordinary comment. */
const DocComment = createToken({ name: "DocComment", pattern: /\/\/\/(?!\/)[^\r\n]*/, group: "docs" });
const LineComment = createToken({ name: "LineComment", pattern: /\/\/[^\r\n]*/, group: Lexer.SKIPPED });
/** A comment of Python and NESTML: told, and left out. */
const HashComment = createToken({ name: "HashComment", pattern: /#[^\r\n]*/, group: "foreignComments" });
/** The closing `*\/` may be missing: whoever reads the group says so. */
const BlockComment = createToken({
  name: "BlockComment",
  pattern: wholeComment,
  group: "comments",
  start_chars_hint: ["/"],
  line_breaks: true,
});
/** One character that means nothing in the language. */
const Unreadable = createToken({
  name: "Unreadable",
  pattern: oneCharacter,
  group: "unreadable",
  start_chars_hint: ANYTHING,
  line_breaks: true,
});

/** The longer of two words that begin alike comes first: `spikes` is not `spike` and a rest. */
const keywords = [...hardKeywords, ...softKeywords].sort(
  (a, b) => (b.PATTERN as string).length - (a.PATTERN as string).length,
);

export const vocabulary: TokenType[] = [
  Space, DocComment, LineComment, HashComment, BlockComment, Unit, UnknownUnit, ...keywords, Identifier, NumberLiteral, StringLiteral,
  PlusEquals, ColonEquals, RightArrow, Arrow, Tilde, NotEqual, Equal, AtMost, AtLeast, Less, Greater, Equals, OrBars, AndSigns, Bang, Plus, Minus, StarStar, Star, Slash,
  Caret, Percent, Prime, DotDot, Dot, Question, Comma, Semicolon, Colon, LBrace, RBrace, LParen, RParen, LSquare, RSquare, Unreadable,
  Synapse, Comparison, Fit, Name, BlockKeyword, QuantityKeyword, VariantsWord, DirectiveWord, WindowWord, AssignmentOperator, BinaryOperator, PrefixOperator, Anything, Stray,
]; // prettier-ignore

/** Words that are never names. */
export const reservedWords: readonly string[] = hardKeywords.map((token) => token.PATTERN as string);
const tokenOfWord = new Map([...hardKeywords, ...softKeywords].map((token) => [token.PATTERN as string, token]));
tokenOfWord.set("synapse", Synapse);
tokenOfWord.set("comparison", Comparison);
tokenOfWord.set("fit", Fit);

/** What a word is where it means something. */
export function keywordToken(word: string): TokenType | null {
  return tokenOfWord.get(word) ?? null;
}

/** The tokens of a text; groups `docs`, `comments` and `unreadable` hold what is none. Linear in the text's length. */
export function tokenize(text: string): ILexingResult {
  lexer ??= new Lexer(vocabulary, { positionTracking: "onlyOffset", ensureOptimizations: true, skipValidations: true });
  return lexer.tokenize(text);
}

let lexer: InstanceType<typeof Lexer> | undefined;

/** Where the identifier that begins at the offset ends, or null. */
export function identifierEnd(text: string, offset: number): number | null {
  const match = stickyMatch(IDENTIFIER, text, offset);
  return match === null ? null : offset + match[0].length;
}

function unitEnd(text: string, offset: number): number | null {
  const startsComment = text[offset] === "/" && (text[offset + 1] === "/" || text[offset + 1] === "*");
  return startsComment ? null : scanUnit(text, offset);
}

const UNIT_TAIL = /(?:[*/][\p{L}_][\p{L}\p{M}\p{N}_]*|\^-?\d+)*/uy;

/** What word processors and papers write for degC. */
const DEGREES = /[°º˚] ?[CcFfKk]?(?![\p{L}\p{N}_])|[℃℉]/uy;

function unknownUnit(text: string, offset: number): [string] | null {
  const degrees = stickyMatch(DEGREES, text, offset);
  if (degrees !== null) return [degrees[0]];
  const end = identifierEnd(text, offset);
  if (end === null || words.has(text.slice(offset, end))) return null;
  return textTo(text, offset, end + (stickyMatch(UNIT_TAIL, text, end)?.[0].length ?? 0));
}

/** What the tokens before a place mean for it. Brought up to date as the list grows, so that lexing stays linear. */
interface Surroundings {
  read: number;
  /** For every open `[`: does it open an array literal? */
  readonly squares: boolean[];
  closedLiteral: boolean;
  /** Between `population` and the name of the model, where `10 N` is ten of neuron N. */
  inSize: boolean;
  /** Open parentheses since then: inside `poisson(8 Hz)` a unit is a unit. */
  depth: number;
}

const surroundingsOf = new WeakMap<readonly IToken[], Surroundings>();

function takesUnit(text: string, offset: number, matched: readonly IToken[]): boolean {
  const last = matched[matched.length - 1];
  if (last === undefined || (last.tokenType !== NumberLiteral && last.tokenType !== RSquare)) return false;
  const { closedLiteral, inSize, depth } = surroundings(matched);
  if ((inSize && depth <= 0) || !(closedLiteral || last.tokenType === NumberLiteral)) return false;
  for (let i = last.startOffset + last.image.length; i < offset; i++)
    if (text[i] === "\n" || text[i] === "\r") return false;
  return true;
}

function surroundings(matched: readonly IToken[]): Surroundings {
  const known = surroundingsOf.get(matched) ?? { read: 0, squares: [], closedLiteral: false, inSize: false, depth: 0 };
  if (known.read === 0) surroundingsOf.set(matched, known);
  for (; known.read < matched.length; known.read++) {
    const type = matched[known.read]?.tokenType;
    const [token, before] = [matched[known.read], matched[known.read - 1]];
    // `over [1, 2] ms`: a list, which a space tells from an element of something called so
    const afterOperand =
      endsOperand(before?.tokenType) &&
      !(before?.tokenType === Over && before.startOffset + before.image.length !== token?.startOffset);
    known.closedLiteral = false;
    if (type === LSquare) known.squares.push(!afterOperand);
    else if (type === RSquare) known.closedLiteral = known.squares.pop() ?? false;
    else if (type === LParen) known.depth++;
    else if (type === RParen) known.depth--;
    else if (type === Population) [known.inSize, known.depth] = [true, 0];
    else if (type === LBrace || type === RBrace || (afterOperand && isWord(type))) known.inSize = false;
  }
  return known;
}

function endsOperand(type: TokenType | undefined): boolean {
  return type === NumberLiteral || type === RParen || type === RSquare || isName(type);
}

function isName(type: TokenType | undefined): boolean {
  return type !== undefined && (type === Identifier || type.CATEGORIES?.includes(Name) === true);
}

function isWord(type: TokenType | undefined): boolean {
  return type === Identifier || (typeof type?.PATTERN === "string" && words.has(type.PATTERN));
}

/** Quotes of other languages and of word processors, with what closes them. */
const QUOTES: ReadonlyMap<string, string> = new Map([["'", "'"], ["\u2018", "\u2019"], ["\u201C", "\u201D"], ["\u201E", "\u201C\u201D"]]); // prettier-ignore

/** Before a text, and never before a prime. */
function opensText(type: TokenType | undefined): boolean {
  return type !== undefined && [Equals, LParen, LSquare, Comma, From, As, Method, Colon].includes(type);
}

function wholeString(text: string, offset: number, matched: readonly IToken[]): [string] | null {
  const closing = QUOTES.get(text[offset] ?? "");
  if (closing !== undefined && (text[offset] !== "'" || opensText(matched[matched.length - 1]?.tokenType))) {
    for (let end = offset + 1; end < text.length && !isLineEnd(text[end]); end++)
      if (closing.includes(text[end] ?? "")) return textTo(text, offset, end + 1);
  }
  if (text[offset] !== '"') return null;
  let end = offset + 1;
  while (end < text.length && text[end] !== '"' && text[end] !== "\n" && text[end] !== "\r")
    end += text[end] === "\\" && !isLineEnd(text[end + 1]) ? 2 : 1;
  return textTo(text, offset, Math.min(text.length, text[end] === '"' ? end + 1 : end));
}

function wholeComment(text: string, offset: number): [string] | null {
  if (text[offset] !== "/" || text[offset + 1] !== "*") return null;
  const close = text.indexOf("*/", offset + 2);
  return textTo(text, offset, close < 0 ? text.length : close + 2);
}

function oneCharacter(text: string, offset: number): [string] {
  return [String.fromCodePoint(text.codePointAt(offset) ?? 0)];
}

function isLineEnd(character: string | undefined): boolean {
  return character === undefined || character === "\n" || character === "\r";
}

function stickyMatch(pattern: RegExp, text: string, offset: number): CustomPatternMatcherReturn | null {
  pattern.lastIndex = offset;
  const match = pattern.exec(text);
  return match === null ? null : [match[0]];
}

function textTo(text: string, start: number, end: number | null): [string] | null {
  return end === null || end === start ? null : [text.slice(start, end)];
}

function latinOne(): number[] {
  return Array.from({ length: 128 }, (_, i) => 128 + i);
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
