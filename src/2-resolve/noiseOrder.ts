// In which order contributions to one input count their white noises: that of the text decides nothing, but what a parent has keeps its number in its children.
import type { ContributionNode } from "../1-parse/ast.ts";
import { textOf } from "../base/source.ts";
import type { Frame, Placed } from "./flatten.ts";

type Key = readonly (string | number)[];

/** The place of each contribution, 0 the first: those of a parent before those of its children, a model's own before those of the mechanisms it uses, these by name; of one text by what they say. */
export function noiseOrder(contributions: readonly Placed<ContributionNode>[]): readonly number[] {
  const keys = contributions.map(keyOf);
  const ranks: number[] = [];
  [...keys.keys()]
    .sort((a, b) => compare(keys[a] ?? [], keys[b] ?? []) || a - b)
    .forEach((at, rank) => (ranks[at] = rank));
  return ranks;
}

function keyOf({ node, frame }: Placed<ContributionNode>): Key {
  return [...placeOf(frame), withoutSpace(textOf(node.span))];
}

/** Level and name of each mechanism on the way in, then the level of the text itself; no name comes before all names. */
function placeOf(frame: Frame): Key {
  if (frame.host === null) return [frame.level, ""];
  const { frame: host, use } = frame.host;
  return [...placeOf(host).slice(0, -1), (use.alias ?? use.mechanism).name, frame.level, ""];
}

function withoutSpace(text: string): string {
  return text.replace(/\/\/[^\n]*|\/\*.*?\*\/|\s+/gs, "");
}

function compare(a: Key, b: Key): number {
  for (let k = 0; k < Math.min(a.length, b.length); k++) {
    const [x, y] = [a[k] as string | number, b[k] as string | number];
    if (x !== y) return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
