// The one door to Chevrotain. Its package entry loads hundreds of small files (0.6 s, most of what `glif run` may take to start);
// the same code in one file, which lies beside it in the package, loads in 0.02 s. Where only the entry can be reached, that serves.
import type * as Chevrotain from "chevrotain";

const chevrotain = await load();

export const { CstParser, EOF, Lexer, createToken, generateCstDts, tokenLabel, tokenMatcher } = chevrotain;

async function load(): Promise<typeof Chevrotain> {
  try {
    const entry = import.meta.resolve("chevrotain");
    return (await import(new URL("../chevrotain.min.mjs", entry).href)) as typeof Chevrotain;
  } catch {
    return import("chevrotain");
  }
}
