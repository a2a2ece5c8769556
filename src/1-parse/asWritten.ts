// A text's tokens as the productions want them, of a text that is right: `synapse`, `comparison` and `fit` where they open a block, and without the comma behind the last item of a list.
import type { TokenType } from "chevrotain";
import { tokenMatcher } from "../../grammar/chevrotain.ts";
import {
  BlockKeyword, Comma, Comparison, ComparisonWord, Extends, Fit, FitWord, LBrace, LParen, LSquare, Name, NumberLiteral, Of, QuantityKeyword, RBrace, RParen, RSquare, Synapse, SynapseWord, reservedWords,
} from "../../grammar/tokens.ts"; // prettier-ignore
import { readAs, startsStatement } from "./elsewhere/scene.ts";
import type { Token } from "./lexical.ts";

/** `depth`: how many blocks are open around the text. */
export function asWritten(tokens: readonly Token[], depth: number): Token[] {
  const kept: Token[] = [];
  tokens.forEach((token, i) => {
    if (token.tokenType === Comma && isTrailing(tokens, i)) return;
    const block = BLOCK_WORDS.get(token.tokenType);
    const opens = block !== undefined && startsStatement(tokens, i) && opensBlock(tokens, i, depth);
    if (token.tokenType === LBrace) depth++;
    if (token.tokenType === RBrace) depth--;
    kept.push(opens ? readAs(token, block) : token);
  });
  return kept;
}

/** A comma may follow the last item of a list. */
export function isTrailing(tokens: readonly Token[], i: number): boolean {
  const [before, comma, next, after] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    before === undefined ||
    comma === undefined ||
    [LParen, LSquare, LBrace, Comma].some((type) => before.tokenType === type)
  )
    return false;
  if (next === undefined || [RParen, RSquare, RBrace].some((type) => next.tokenType === type)) return true;
  if (next.startLine === comma.startLine) return false;
  if ([QuantityKeyword, BlockKeyword].some((type) => tokenMatcher(next, type)) || OPENING.has(next.image)) return true;
  return (
    SOFT_OPENING.has(next.image) &&
    after?.startLine === next.startLine &&
    (tokenMatcher(after, Name) || after.tokenType === NumberLiteral)
  );
}

const OPENING: ReadonlySet<string> = new Set([
  "spike",
  "on",
  "reset",
  "refractory",
  "use",
  "index",
  "function",
  "noise",
  "population",
  "import",
]);
const SOFT_OPENING: ReadonlySet<string> = new Set([
  "duration",
  "step",
  "seed",
  "method",
  "record",
  "spikes",
  "connect",
  "weight",
  "under",
  "measure",
  "models",
  "networks",
  "seeds",
  "sweep",
  "reference",
  "window",
  "free",
  "train",
  "test",
  "evaluations",
]);

/** Names elsewhere, these open blocks. */
export const BLOCK_WORDS: ReadonlyMap<TokenType, TokenType> = new Map([[SynapseWord, Synapse], [ComparisonWord, Comparison], [FitWord, Fit]]); // prettier-ignore

/** Outside of every block, or where its head is that of a block, so that the one before it lacks its brace. */
export function opensBlock(tokens: readonly Token[], i: number, depth: number): boolean {
  const [name, after] = [tokens[i + 1], tokens[i + 2]];
  if (name?.startLine !== tokens[i]?.startLine) return depth <= 0;
  if (name === undefined) return false;
  if (depth <= 0) return tokenMatcher(name, Name) || name.tokenType === LBrace || reservedWords.includes(name.image);
  return tokenMatcher(name, Name) && [LBrace, Extends, Of].some((type) => after?.tokenType === type);
}
