// The command that gives a comparison's numbers again.
import type { ComparisonResult } from "../compare/comparison.ts";
import { shellWord } from "./words.ts";

export function reproduction({ about }: ComparisonResult): string {
  return ["glif", ...about.command.map((word) => (/^--[a-z-]+$/.test(word) ? word : shellWord(word)))].join(" ");
}
