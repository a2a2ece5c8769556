// How deep a text is nested, counted over its tokens before anything recursive sees them: brackets, signs, powers and `if`s.
import { tokenMatcher } from "../../grammar/chevrotain.ts";
import {
  BinaryOperator, Caret, If, LBrace, LParen, LSquare, Name, NumberLiteral, PrefixOperator, RBrace, RParen, RSquare, Semicolon, StringLiteral, Unit, UnknownUnit,
  Then, Else,
} from "../../grammar/tokens.ts"; // prettier-ignore
import type { Token } from "./lexical.ts";

export const DEEPEST_NESTING = 200;

/** What is open inside one pair of brackets. */
interface Level {
  ifs: number;
  /** Signs and `not`s since the last operand or looser operator. */
  prefixes: number;
  powers: number;
}

/** The token at which the nesting passes the limit, or null. */
export function firstTooDeep(tokens: readonly Token[]): Token | null {
  const levels: Level[] = [{ ifs: 0, prefixes: 0, powers: 0 }];
  let depth = 0;
  let afterOperand = false;
  for (const token of tokens) {
    const level = levels[levels.length - 1] ?? { ifs: 0, prefixes: 0, powers: 0 };
    const type = token.tokenType;
    if (type === LParen || type === LSquare || type === LBrace) {
      if (type === LBrace) depth -= clear(level);
      levels.push({ ifs: 0, prefixes: 0, powers: 0 });
      depth++;
      afterOperand = false;
    } else if (type === RParen || type === RSquare || type === RBrace) {
      if (levels.length > 1) depth -= 1 + clear(levels.pop() ?? level);
      afterOperand = type !== RBrace;
    } else if (type === If) {
      level.ifs++;
      depth++;
      afterOperand = false;
    } else if (!afterOperand && tokenMatcher(token, PrefixOperator)) {
      level.prefixes++;
      depth++;
    } else if (type === Caret) {
      level.powers++;
      depth++;
      afterOperand = false;
    } else if (isOperand(token)) {
      if (afterOperand) depth -= clear(level);
      afterOperand = true;
    } else if (type !== Unit && type !== UnknownUnit) {
      const continues = tokenMatcher(token, BinaryOperator) || type === Then || type === Else;
      depth -= level.prefixes + level.powers;
      level.prefixes = 0;
      level.powers = 0;
      if (!continues || type === Semicolon) depth -= clear(level);
      afterOperand = false;
    }
    if (depth > DEEPEST_NESTING) return token;
  }
  return null;
}

function isOperand(token: Token): boolean {
  return token.tokenType === NumberLiteral || token.tokenType === StringLiteral || tokenMatcher(token, Name);
}

function clear(level: Level): number {
  const open = level.ifs + level.prefixes + level.powers;
  level.ifs = 0;
  level.prefixes = 0;
  level.powers = 0;
  return open;
}
