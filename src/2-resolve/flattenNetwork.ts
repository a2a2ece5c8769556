// A network with its parents' declarations.
import type { NetworkNode, PopulationNode } from "../1-parse/ast.ts";
import type { Span } from "../base/source.ts";
import { builtinName, changedRole, duplicateName } from "../diagnostics/names.ts";
import { builtinMeaning } from "./builtins.ts";
import { withArticle } from "./flatten.ts";
import type { FlatQuantity, Frame, Placed, Report } from "./flatten.ts";
import { ancestry, isWhole } from "./lineage.ts";
import { isDamaged } from "./load.ts";
import type { FileScope } from "./load.ts";
import { ROLE_NAMES } from "./resolved.ts";

export interface FlatNetwork {
  readonly node: NetworkNode;
  readonly quantities: Map<string, FlatQuantity>;
  readonly populations: Map<string, Placed<PopulationNode>>;
  readonly lineage: readonly string[];
  readonly damaged: boolean;
}

export function flattenNetwork(node: NetworkNode, file: FileScope, report: Report): FlatNetwork {
  const quantities = new Map<string, FlatQuantity>();
  const populations = new Map<string, Placed<PopulationNode>>();
  const chain = ancestry(node, file, report);
  for (const level of [...chain].reverse()) {
    const frame: Frame = { prefix: "", file: level.file, owner: level.node.name.name, host: null };
    const here = new Map<string, Span>();
    for (const member of level.node.members) {
      const { name, span } = member.name;
      if (name === "") continue;
      const what = member.kind === "population" ? "population" : ROLE_NAMES[member.role];
      const builtin = builtinMeaning(name, "quantity");
      const first = here.get(name);
      const inherited = member.kind === "population" ? quantities.get(name) : populations.get(name);
      if (builtin !== null) report(builtinName(span, { name, meaning: builtin }));
      else if (first !== undefined) report(duplicateName(span, { name, what, first, place: `network \`${level.node.name.name}\`` }));
      else if (inherited !== undefined) report(changedRole(span, { name, model: inherited.frame.owner, before: withArticle(inherited.node.kind === "population" ? "population" : ROLE_NAMES[inherited.node.role]), now: withArticle(what), first: inherited.node.name.span }));
      else if (member.kind === "population") populations.set(name, { node: member, frame });
      else quantities.set(name, { node: member, frame, setting: null, replaces: quantities.get(name) ?? null });
      here.set(name, first ?? span);
    }
  }
  return { node, quantities, populations, lineage: chain.slice(1).map((c) => c.node.name.name), damaged: !isWhole(chain) || chain.some((c) => isDamaged(c.file, c.node)) };
}
