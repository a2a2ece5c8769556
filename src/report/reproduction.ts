// The command that gives a comparison's numbers again.
import type { ComparisonResult } from "../compare/comparison.ts";
import { oneLine, shellWord } from "./words.ts";

export function reproduction({ about }: ComparisonResult): string {
  return ["glif", ...about.command.map((word) => (/^--[a-z-]+$/.test(word) ? word : shellWord(oneLine(word, 1000))))].join(" ");
}
