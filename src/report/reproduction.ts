// The command that gives a comparison's numbers again.
import type { ComparisonResult } from "../compare/comparison.ts";
import { oneLine, shellWord } from "./words.ts";

export function reproduction({ source, name, about }: ComparisonResult): string {
  const seed = about.seeds[0];
  const parts = [oneLine(source, 1000), ...(name === "" ? [] : [oneLine(name, 1000)])].map(shellWord);
  return `glif compare ${parts.join(" ")}${seed === undefined ? "" : ` --seed ${seed}`}`;
}
