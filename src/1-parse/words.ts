// The first words of statements, looked at before parsing: `synapse` and `comparison` where they open a block, misspelt keywords and words of
// other simulators. Mistakes are told once; the tokens are put right or taken out, so that the rest can be understood.
import { append } from "../base/lists.ts";
import type { TokenType } from "chevrotain";
import { tokenMatcher } from "../../grammar/chevrotain.ts";
import {
  AssignmentOperator, BinaryOperator, BlockKeyword, Colon, Comma, Comparison, ComparisonWord, Connect, Dot, DotDot, Else, Extends, Identifier, If, Import, LBrace, LParen, LSquare, Name,
  NumberLiteral, On, Percent, PrefixOperator, QuantityKeyword, RBrace, RightArrow, Semicolon, StringLiteral, Synapse, SynapseWord, Then, keywordToken, reservedWords,
} from "../../grammar/tokens.ts"; // prettier-ignore
import { nearNames } from "../base/nearNames.ts";
import type { SourceText } from "../base/source.ts";
import { span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { expected, foreignWord, misspeltKeyword } from "../diagnostics/syntax.ts";
import type { Token } from "./lexical.ts";
import { spanOf } from "./lexical.ts";

export interface Reworded {
  readonly tokens: readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

export function reword(tokens: readonly Token[], source: SourceText): Reworded {
  const kept: Token[] = [];
  const diagnostics: Diagnostic[] = [];
  let depth = 0;
  let inComparison = false;
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i];
    if (token === undefined) break;
    if (tokenMatcher(token, BlockKeyword)) inComparison = false;
    const found: Finding | null = startsStatement(tokens, i) ? firstWord(tokens, i, { depth, inComparison }, source) : null;
    inComparison ||= found?.instead[0]?.tokenType === Comparison;
    if (found !== null) {
      if (found.diagnostic !== null) diagnostics.push(found.diagnostic);
      append(kept, found.instead);
      i = found.next;
      continue;
    }
    if (token.tokenType === LBrace) depth++;
    if (token.tokenType === RBrace) depth--;
    kept.push(token);
    i++;
  }
  return { tokens: kept, diagnostics };
}

interface Finding {
  readonly diagnostic: Diagnostic | null;
  /** What the word is to be read as; empty to leave it out. */
  readonly instead: readonly Token[];
  /** Where to go on. */
  readonly next: number;
}

interface Place {
  readonly depth: number;
  readonly inComparison: boolean;
}

function firstWord(tokens: readonly Token[], i: number, { depth, inComparison }: Place, source: SourceText): Finding | null {
  const [token, next] = [tokens[i], tokens[i + 1]];
  if (token === undefined) return null;
  const { tokenType: type, image } = token;
  const block = BLOCK_WORDS.get(type);
  if (block !== undefined && opensBlock(tokens, i, depth)) return { diagnostic: null, instead: [readAs(token, block)], next: i + 1 };
  if (next?.startLine !== token.startLine) return null;
  const at = spanOf(source, token);
  if (depth > 0 && type === Identifier && next.tokenType === RightArrow) {
    const start = span(source, at.start, at.start);
    const fixes = [{ title: "insert `connect`", edits: [{ span: start, newText: "connect " }], confidence: "certain" as const }];
    const diagnostic = expected(start, { expected: `\`connect\` before the ends of a connection`, found: "", fixes });
    return { diagnostic, instead: [{ ...readAs(token, Connect), image: "", endOffset: token.startOffset - 1 }, token], next: i + 1 };
  }
  if (tokenMatcher(token, QuantityKeyword) && next.tokenType === Colon) {
    const help = `glif has no sections: begin each statement with its word, \`${image} x = …\``;
    return { diagnostic: foreignWord(span(source, at.start, next.endOffset + 1), { word: `${image}:`, help }), instead: [], next: i + 2 };
  }
  const arrival = type === Identifier && next.tokenType === LBrace ? /^on_?(pre|post)$/i.exec(image)?.[1] : undefined;
  if (arrival !== undefined) {
    const fixed = `on ${arrival.toLowerCase()}`;
    const name: Token = { ...token, image: arrival.toLowerCase(), startOffset: token.endOffset + 1 - arrival.length };
    const on: Token = { ...token, image: "on", endOffset: token.startOffset + 1 };
    return { diagnostic: misspeltKeyword(at, { word: image, keyword: fixed, at }), instead: [readAs(on, On), name], next: i + 1 };
  }
  if (type !== Identifier || ![Name, NumberLiteral, StringLiteral, LBrace, Colon, If].some((t) => tokenMatcher(next, t))) return null;
  const foreign = inComparison && depth > 0 ? undefined : FOREIGN.get(image.toLowerCase());
  if (foreign !== undefined && (next.tokenType === LBrace || next.tokenType === Colon || keywordToken(foreign.instead) === null)) {
    const end = next.tokenType === LBrace ? blockEnd(tokens, i) : lineEnd(tokens, i);
    return { diagnostic: foreignWord(at, { word: image, help: foreign.help }), instead: [], next: end };
  }
  if (next.tokenType === Colon) return null;
  const instead =
    foreign?.instead ?? (next.image === "weight" ? nearNames(image, ["single"], 1)[0] : undefined) ?? nearKeyword(image, next.tokenType === LBrace);
  const keyword = instead === undefined ? null : keywordToken(instead);
  if (instead === undefined || keyword === null) return null;
  return { diagnostic: misspeltKeyword(at, { word: image, keyword: instead, at }), instead: [readAs(token, keyword)], next: i + 1 };
}

function readAs(token: Token, type: TokenType): Token {
  return { ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 };
}

/** Names elsewhere, these open blocks. */
const BLOCK_WORDS: ReadonlyMap<TokenType, TokenType> = new Map([[SynapseWord, Synapse], [ComparisonWord, Comparison]]); // prettier-ignore

/** Outside of every block, or where its head is that of a block, so that the one before it lacks its brace. */
function opensBlock(tokens: readonly Token[], i: number, depth: number): boolean {
  const [name, after] = [tokens[i + 1], tokens[i + 2]];
  if (name?.startLine !== tokens[i]?.startLine) return depth <= 0;
  if (name === undefined) return false;
  if (depth <= 0) return tokenMatcher(name, Name) || name.tokenType === LBrace || reservedWords.includes(name.image);
  return tokenMatcher(name, Name) && (after?.tokenType === LBrace || after?.tokenType === Extends);
}

/** Words with which a statement begins. */
const OPENERS = (
  "neuron mechanism synapse network experiment comparison import param const input state let index function noise use spike on reset refractory population " +
  "interpret duration step seed method spikes record weight connect models networks under measure reference seeds sweep"
).split(" ");

function nearKeyword(word: string, beforeBrace: boolean): string | undefined {
  return word.length < 3 ? undefined : nearNames(word, beforeBrace ? ["reset"] : OPENERS, 1)[0];
}

const EQUATION = "write each equation as a statement of its own: `V' = …`";
const PARAMETER = "write each parameter as a statement of its own: `param C = 58.7 pF`";
const STATE = "write each state with its initial value as a statement of its own: `state V = E_L`";
const THRESHOLD = "write `spike when V > Θ`";
const CONNECT = "write `connect E -> I by SYNAPSE { w = 1 nS } random(p: 0.1)`";
const LET = "write each named expression as a statement of its own: `let Θ = Θ_inf + Θ_s`";

/** What other languages call it, in lower case: how it is said here, and the word to read instead where one fits. */
const FOREIGN: ReadonlyMap<string, { readonly help: string; readonly instead: string }> = new Map(
  [
    ["equations", EQUATION], ["equation", EQUATION], ["derivative", EQUATION], ["breakpoint", EQUATION], ["dynamics", EQUATION], ["model", "write `neuron NAME { … }`", "neuron"],
    ["parameters", PARAMETER], ["parameter", PARAMETER, "param"], ["constants", PARAMETER], ["constant", PARAMETER, "const"],
    ["states", STATE], ["initial", STATE], ["initial_values", STATE], ["init", STATE], ["variables", STATE], ["variable", STATE, "state"], ["var", STATE, "state"], ["assigned", STATE],
    ["internals", LET], ["aliases", LET], ["def", "write `function f(x) = …`", "function"], ["func", "write `function f(x) = …`", "function"], ["fun", "write `function f(x) = …`", "function"],
    ["threshold", THRESHOLD], ["oncondition", THRESHOLD], ["update", EQUATION], ["output", "a neuron that spikes needs no output: write `spike when V > Θ`"],
    ["net_receive", "an input adds up by itself: write `input I_e : pA`"], ["onreceive", "an input adds up by itself: write `input I_e : pA`"],
    ["neuron_model", "write `neuron NAME { … }`", "neuron"], ["cell", "write `neuron NAME { … }`", "neuron"], ["channel", "write `mechanism NAME { … }`", "mechanism"],
    ["group", "write `population E = 800 LIF`", "population"], ["monitor", "write `record V`", "record"], ["observe", "write `record V`", "record"],
    ["synapses", "write `synapse NAME { … }`", "synapse"], ["synapse_model", "write `synapse NAME { … }`", "synapse"], ["weights", "write `weight w : nS`", "weight"],
    ["projection", CONNECT, "connect"], ["project", CONNECT, "connect"], ["connection", CONNECT, "connect"], ["connections", CONNECT],
    ["run", "write `duration 1 s`", "duration"], ["simulate", "write `duration 1 s`", "duration"], ["tstop", "write `duration 1 s`", "duration"],
    ["dt", "write `step 0.1 ms`", "step"], ["timestep", "write `step 0.1 ms`", "step"], ["include", "write `import LIF from \"lif.glif\"`", "import"],
  ].map(([word = "", help = "", instead = ""]) => [word, { help, instead }]),
); // prettier-ignore

/** After these an expression or a list goes on, also on the next line. */
const CONTINUING = [
  BinaryOperator,
  PrefixOperator,
  AssignmentOperator,
  RightArrow,
  Comma,
  LParen,
  LSquare,
  Colon,
  Dot,
  DotDot,
  If,
  Then,
  Else,
  Percent,
];

function startsStatement(tokens: readonly Token[], i: number): boolean {
  const [token, previous] = [tokens[i], tokens[i - 1]];
  if (token === undefined || previous === undefined) return token !== undefined;
  if ([LBrace, RBrace, Semicolon].some((type) => previous.tokenType === type)) return true;
  return previous.startLine !== token.startLine && !CONTINUING.some((type) => tokenMatcher(previous, type));
}

/** After the block that begins on this line; a block without its `}` ends where the next model begins. */
function blockEnd(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let i = start + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    const opensLine = token.startLine !== tokens[i - 1]?.startLine;
    if (
      opensLine &&
      ([BlockKeyword, Import].some((type) => tokenMatcher(token, type)) || (BLOCK_WORDS.has(token.tokenType) && opensBlock(tokens, i, depth)))
    )
      return i;
    if (depth === 0 && opensLine && token.tokenType !== LBrace) return i;
    if (token.tokenType === LBrace) depth++;
    if (token.tokenType === RBrace && --depth <= 0) return depth < 0 ? i : i + 1;
  }
  return tokens.length;
}

function lineEnd(tokens: readonly Token[], start: number): number {
  const line = tokens[start]?.startLine;
  let i = start;
  while (i < tokens.length && tokens[i]?.startLine === line && tokens[i]?.tokenType !== RBrace && tokens[i]?.tokenType !== Semicolon) i++;
  return i;
}
