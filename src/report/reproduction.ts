// The commands that give a comparison's numbers again, and a sweep's point by itself.
import type { ComparisonResult } from "../compare/comparison.ts";
import { shellWord } from "./words.ts";

export function reproduction({ about }: ComparisonResult): string {
  return commandText(about.command);
}

/** As a POSIX shell takes it. */
export function commandText(words: readonly string[]): string {
  return ["glif", ...words.map((word) => (/^--[a-z-]+$/.test(word) ? word : shellWord(word)))].join(" ");
}
