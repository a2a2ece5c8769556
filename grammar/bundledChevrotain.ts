// Chevrotain where a bundler makes one file of everything for a browser (`browser` in package.json puts this in the place of chevrotain.ts): nothing to look
// for, and no `await` at the top, which scripts and workers of the classic kind do not have.
export { CstParser, EOF, Lexer, createToken, generateCstDts, tokenLabel, tokenMatcher } from "chevrotain";
