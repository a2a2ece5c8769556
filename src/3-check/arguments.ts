// Arguments by position or by name.
import type { ResolvedArgument, ResolvedExpr } from "../2-resolve/resolved.ts";

export type CallExpr = Extract<ResolvedExpr, { kind: "call" }>;

/** Each under its name; words for what is wrong with them. */
export function placeArguments(
  args: readonly ResolvedArgument[],
  names: readonly string[],
): Map<string, ResolvedArgument> | string {
  const placed = new Map<string, ResolvedArgument>();
  for (const [position, a] of args.entries()) {
    const name = a.label === null ? names[position] : a.label.name;
    if (a.label === null && name === undefined)
      return `takes ${names.length} argument${names.length === 1 ? "" : "s"}, not ${args.length}`;
    if (name == null || !names.includes(name)) return `has no \`${name ?? "…"}\``;
    if (placed.has(name)) return `gets \`${name}\` twice`;
    placed.set(name, a);
  }
  return placed;
}
