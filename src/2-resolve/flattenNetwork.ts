// A network with its parents' declarations: parameters, populations and connections, a child's in the place of its parent's.
import type { ConnectNode, EndpointNode, NetworkNode, PopulationNode } from "../1-parse/ast.ts";
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { builtinName, changedRole, duplicateName } from "../diagnostics/names.ts";
import { connectedTwice, connectionNeedsName } from "../diagnostics/network.ts";
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
  /** By their names, in the order in which their spikes are delivered. */
  readonly connections: ReadonlyMap<string, Placed<ConnectNode>>;
  readonly lineage: readonly string[];
  readonly damaged: boolean;
}

export function flattenNetwork(node: NetworkNode, file: FileScope, report: Report): FlatNetwork {
  const quantities = new Map<string, FlatQuantity>();
  const populations = new Map<string, Placed<PopulationNode>>();
  let connections: Placed<ConnectNode>[] = [];
  const chain = ancestry(node, file, report);
  for (const level of [...chain].reverse()) {
    const frame: Frame = { prefix: "", file: level.file, owner: level.node.name.name, level: 0, host: null };
    const place = `network \`${level.node.name.name}\``;
    const here = new Map<string, Span>();
    // Each with the name under which a child can replace it.
    const inherited = nameConnections(connections, new Map(), () => undefined);
    const own: Placed<ConnectNode>[] = [];
    for (const member of level.node.members) {
      const identifier = member.kind === "connect" ? member.alias : member.name;
      if (identifier === null) {
        own.push({ node: member as ConnectNode, frame });
        continue;
      }
      const { name, span } = identifier;
      if (name === "") continue;
      const what = member.kind === "quantity" ? ROLE_NAMES[member.role] : member.kind === "connect" ? "connection" : "population";
      const builtin = builtinMeaning(name, "quantity");
      const first = here.get(name);
      here.set(name, first ?? span);
      const before = inheritedAs(name, quantities, populations, inherited);
      if (builtin !== null) report(builtinName(span, { name, meaning: builtin }));
      else if (first !== undefined) report(duplicateName(span, { name, what, first, place }));
      else if (before !== null && before.kind !== member.kind) report(changedRole(span, { name, model: before.owner, before: withArticle(before.what), now: withArticle(what), first: before.at }));
      else if (member.kind === "population") populations.set(name, { node: member, frame });
      else if (member.kind === "quantity") quantities.set(name, { node: member, frame, setting: null, elements: [], replaces: quantities.get(name) ?? null });
      else {
        const replaced = inherited.get(name);
        if (replaced === undefined) own.push({ node: member, frame });
        else connections = connections.map((c) => (c === replaced ? { node: member, frame } : c));
      }
    }
    connections = [...connections, ...own];
  }
  const taken = new Map<string, Taken>([
    ...[...quantities].map(([name, q]) => [name, { what: `the ${ROLE_NAMES[q.node.role]}`, at: q.node.name.span }] as const),
    ...[...populations].map(([name, p]) => [name, { what: "the population", at: p.node.name.span }] as const),
  ]);
  return {
    node, quantities, populations,
    connections: nameConnections(connections, taken, report),
    lineage: chain.slice(1).map((c) => c.node.name.name),
    damaged: !isWhole(chain) || chain.some((c) => isDamaged(c.file, c.node)),
  };
}

/** What a parent declares under that name. */
function inheritedAs(
  name: string, quantities: ReadonlyMap<string, FlatQuantity>, populations: ReadonlyMap<string, Placed<PopulationNode>>, connections: ReadonlyMap<string, Placed<ConnectNode>>,
): { readonly kind: "quantity" | "population" | "connect"; readonly what: string; readonly owner: string; readonly at: Span } | null {
  const quantity = quantities.get(name);
  if (quantity !== undefined) return { kind: "quantity", what: ROLE_NAMES[quantity.node.role], owner: quantity.frame.owner, at: quantity.node.name.span };
  const population = populations.get(name);
  if (population !== undefined) return { kind: "population", what: "population", owner: population.frame.owner, at: population.node.name.span };
  const connection = connections.get(name);
  return connection === undefined ? null : { kind: "connect", what: "connection", owner: connection.frame.owner, at: nameSpan(connection.node) };
}

interface Taken {
  readonly what: string;
  readonly at: Span;
}

/** The alias; else the synapse's name, with those of the sources where several would bear it. One that is connected twice gets a number, what else would bear a name that is taken is told. */
function nameConnections(connections: readonly Placed<ConnectNode>[], taken: ReadonlyMap<string, Taken>, report: Report): Map<string, Placed<ConnectNode>> {
  const bearing = new Map<string, number>();
  for (const { node } of connections) if (node.alias === null) bearing.set(node.synapse.name, (bearing.get(node.synapse.name) ?? 0) + 1);
  const named = new Map<string, Placed<ConnectNode>>(connections.flatMap((c) => (c.node.alias === null ? [] : [[c.node.alias.name, c] as const])));
  const names = new Map<Placed<ConnectNode>, string>([...named].map(([name, c]) => [c, name]));
  for (const c of connections) {
    const { alias, synapse, sources } = c.node;
    if (alias !== null || synapse.name === "") continue;
    const base = (bearing.get(synapse.name) ?? 0) > 1 ? `${synapse.name}_${sources.map((s) => s.population.name).join("_")}` : synapse.name;
    const before = named.get(base);
    const other: Taken | undefined = taken.get(base) ?? (before === undefined ? undefined : { what: "another connection", at: nameSpan(before.node) });
    let name = base;
    if (other !== undefined) for (let k = 2; named.has(name) || taken.has(name); k++) name = `${base}_${k}`;
    const isTwin = before !== undefined && before.node.alias === null && !taken.has(base) && sameEnds(before.node, c.node);
    if (isTwin) report(connectedTwice(synapse.span, { synapse: synapse.name, name, first: nameSpan(before.node) }));
    else if (other !== undefined) report(connectionNeedsName(synapse.span, { name: base, what: other.what, first: other.at, example: exampleName(c.node) }));
    named.set(name, c);
    names.set(c, name);
  }
  return new Map(connections.flatMap((c) => (names.has(c) ? [[names.get(c) ?? "", c] as const] : [])));
}

function sameEnds(a: ConnectNode, b: ConnectNode): boolean {
  return a.synapse.name === b.synapse.name && endsOf(a.sources) === endsOf(b.sources) && endsOf(a.targets) === endsOf(b.targets);
}

function endsOf(ends: readonly EndpointNode[]): string {
  return ends.map((e) => textOf(e.span).replace(/\s+/gu, "")).join(",");
}

function exampleName({ sources, targets }: ConnectNode): string {
  const [from, to] = [sources, targets].map((ends) => ends[0]?.population.name ?? "");
  return `${from ?? ""}_to_${to ?? ""}`;
}

function nameSpan(node: ConnectNode): Span {
  return (node.alias ?? node.synapse).span;
}
