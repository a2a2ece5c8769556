// A network with its parents' declarations: parameters, populations and connections, a child's in the place of its parent's.
import type { ConnectNode, EndpointNode, NetworkNode, PopulationNode } from "../1-parse/ast.ts";
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { builtinName, changedRole, duplicateName } from "../diagnostics/names.ts";
import { connectedTwice, connectionNeedsName } from "../diagnostics/network.ts";
import { builtinMeaning } from "./builtins.ts";
import { withArticle } from "./flatten.ts";
import type { FlatQuantity, Frame, Placed } from "./flatten.ts";
import type { Report } from "./report.ts";
import { ancestry, isWhole } from "./lineage.ts";
import { isDamaged } from "./load.ts";
import type { FileScope } from "./load.ts";
import { ROLE_NAMES } from "./resolved.ts";

export interface FlatNetwork {
  readonly node: NetworkNode;
  readonly quantities: Map<string, FlatQuantity>;
  readonly populations: Map<string, Placed<PopulationNode>>;
  /** By their names, in the order in which their spikes are delivered. */
  readonly connections: ReadonlyMap<string, NamedConnection>;
  readonly lineage: readonly string[];
  readonly damaged: boolean;
}

export interface NamedConnection extends Placed<ConnectNode> {
  /** What its random draws are for: other connections do not change it, whatever it is called among them. */
  readonly drawnAs: string;
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
        const node = member as ConnectNode;
        const replaced = connections.find(
          (c) => c.frame.owner !== frame.owner && c.node.alias === null && sameEnds(c.node, node),
        );
        if (replaced === undefined) own.push({ node, frame });
        else connections = connections.map((c) => (c === replaced ? { node, frame } : c));
        continue;
      }
      const { name, span } = identifier;
      if (name === "") continue;
      const what =
        member.kind === "quantity" ? ROLE_NAMES[member.role] : member.kind === "connect" ? "connection" : "population";
      const builtin = builtinMeaning(name, "quantity");
      const first = here.get(name);
      here.set(name, first ?? span);
      const before = inheritedAs(name, quantities, populations, inherited);
      if (builtin !== null) report(builtinName(span, { name, meaning: builtin }));
      else if (first !== undefined) report(duplicateName(span, { name, what, first, place }));
      else if (before !== null && before.kind !== member.kind)
        report(
          changedRole(span, {
            name,
            model: before.owner,
            before: withArticle(before.what),
            now: withArticle(what),
            first: before.at,
          }),
        );
      else if (member.kind === "population") populations.set(name, { node: member, frame });
      else if (member.kind === "quantity")
        quantities.set(name, {
          node: member,
          frame,
          setting: null,
          elements: [],
          replaces: quantities.get(name) ?? null,
        });
      else {
        const replaced = inherited.get(name);
        if (replaced === undefined) own.push({ node: member, frame });
        else connections = connections.map((c) => (c.node === replaced.node ? { node: member, frame } : c));
      }
    }
    connections = [...connections, ...own];
  }
  const taken = new Map<string, Taken>([
    ...[...quantities].map(
      ([name, q]) => [name, { what: `the ${ROLE_NAMES[q.node.role]}`, at: q.node.name.span }] as const,
    ),
    ...[...populations].map(([name, p]) => [name, { what: "the population", at: p.node.name.span }] as const),
  ]);
  return {
    node,
    quantities,
    populations,
    connections: nameConnections(connections, taken, report),
    lineage: chain.slice(1).map((c) => c.node.name.name),
    damaged: !isWhole(chain) || chain.some((c) => isDamaged(c.file, c.node)),
  };
}

/** What a parent declares under that name. */
function inheritedAs(
  name: string,
  quantities: ReadonlyMap<string, FlatQuantity>,
  populations: ReadonlyMap<string, Placed<PopulationNode>>,
  connections: ReadonlyMap<string, NamedConnection>,
): {
  readonly kind: "quantity" | "population" | "connect";
  readonly what: string;
  readonly owner: string;
  readonly at: Span;
} | null {
  const quantity = quantities.get(name);
  if (quantity !== undefined)
    return {
      kind: "quantity",
      what: ROLE_NAMES[quantity.node.role],
      owner: quantity.frame.owner,
      at: quantity.node.name.span,
    };
  const population = populations.get(name);
  if (population !== undefined)
    return { kind: "population", what: "population", owner: population.frame.owner, at: population.node.name.span };
  const connection = connections.get(name);
  return connection === undefined
    ? null
    : { kind: "connect", what: "connection", owner: connection.frame.owner, at: nameSpan(connection.node) };
}

interface Taken {
  readonly what: string;
  readonly at: Span;
}

/** The alias; else the synapse's name, with those of the sources where several would bear it. One that is connected twice gets a number, what else would bear a name that is taken is told. */
function nameConnections(
  connections: readonly Placed<ConnectNode>[],
  taken: ReadonlyMap<string, Taken>,
  report: Report,
): Map<string, NamedConnection> {
  const bearing = new Map<string, number>();
  for (const { node } of connections)
    if (node.alias === null) bearing.set(node.synapse.name, (bearing.get(node.synapse.name) ?? 0) + 1);
  const named = new Map<string, Placed<ConnectNode>>(
    connections.flatMap((c) => (c.node.alias === null ? [] : [[c.node.alias.name, c] as const])),
  );
  const names = new Map<Placed<ConnectNode>, string>([...named].map(([name, c]) => [c, name]));
  for (const [k, c] of connections.entries()) {
    const { alias, synapse, sources } = c.node;
    const first = connections.slice(0, k).find((before) => isSame(before.node, c.node));
    let name = alias?.name ?? "";
    let clashes = false;
    if (alias === null && synapse.name !== "") {
      const base =
        (bearing.get(synapse.name) ?? 0) > 1
          ? `${synapse.name}_${sources.map((s) => s.population.name).join("_")}`
          : synapse.name;
      const before = named.get(base);
      const other: Taken | undefined =
        taken.get(base) ??
        (before === undefined ? undefined : { what: "another connection", at: nameSpan(before.node) });
      name = base;
      if (other !== undefined) for (let n = 2; named.has(name) || taken.has(name); n++) name = `${base}_${n}`;
      const isTwin =
        before !== undefined && before.node.alias === null && !taken.has(base) && sameEnds(before.node, c.node);
      clashes = other !== undefined && !isTwin;
      if (other !== undefined && clashes)
        report(
          connectionNeedsName(synapse.span, {
            name: base,
            what: other.what,
            first: other.at,
            example: exampleName(c.node),
          }),
        );
      named.set(name, c);
      names.set(c, name);
    }
    if (first !== undefined && !clashes)
      report(
        connectedTwice(nameSpan(c.node), {
          synapse: synapse.name,
          name,
          first: nameSpan(first.node),
          isNamed: alias !== null,
        }),
      );
  }
  const draws = drawnNames(connections);
  return new Map(
    connections.flatMap((c) =>
      names.has(c) ? [[names.get(c) ?? "", { ...c, drawnAs: draws.get(c) ?? "" }] as const] : [],
    ),
  );
}

/** The alias, else the synapse's name; one that joins what an earlier one of that name has joined gets a number. */
function drawnNames(connections: readonly Placed<ConnectNode>[]): ReadonlyMap<Placed<ConnectNode>, string> {
  const used = new Set<string>();
  const names = new Map<Placed<ConnectNode>, string>();
  // Those with an alias have what they are called.
  for (const c of [...connections].sort((a, b) => Number(a.node.alias === null) - Number(b.node.alias === null))) {
    const { alias, synapse, sources, targets } = c.node;
    const pairs = (name: string): string[] =>
      sources.flatMap((s) => targets.map((t) => `${name} ${endText(s)}->${endText(t)}`));
    const base = alias?.name ?? synapse.name;
    let name = base;
    for (let n = 2; alias === null && pairs(name).some((p) => used.has(p)); n++) name = `${base}_${n}`;
    for (const p of pairs(name)) used.add(p);
    names.set(c, name);
  }
  return names;
}

/** Whether they connect some neurons alike: by nothing that a name tells apart, or both written in the same words. */
function isSame(a: ConnectNode, b: ConnectNode): boolean {
  if (a.synapse.name !== b.synapse.name) return false;
  if (a.alias === null && b.alias === null)
    return [a.sources, a.targets].every((ends, k) =>
      ends.some((e) => (k === 0 ? b.sources : b.targets).some((f) => endText(e) === endText(f))),
    );
  return a.alias !== null && b.alias !== null && wordsOf(a) === wordsOf(b);
}

/** All that it says but its alias, on one line. */
function wordsOf({ span, alias }: ConnectNode): string {
  const text = span.source.text;
  const words =
    alias === null
      ? textOf(span)
      : `${text.slice(span.start, alias.span.start).replace(/\bas\s*$/u, "")}${text.slice(alias.span.end, span.end)}`;
  return words.replace(/\s+/gu, "");
}

function sameEnds(a: ConnectNode, b: ConnectNode): boolean {
  return (
    a.synapse.name === b.synapse.name &&
    endsOf(a.sources) === endsOf(b.sources) &&
    endsOf(a.targets) === endsOf(b.targets)
  );
}

function endsOf(ends: readonly EndpointNode[]): string {
  return ends.map(endText).join(",");
}

function endText(end: EndpointNode): string {
  return textOf(end.span).replace(/\s+/gu, "");
}

function exampleName({ sources, targets }: ConnectNode): string {
  const [from, to] = [sources, targets].map((ends) => ends[0]?.population.name ?? "");
  return `${from ?? ""}_to_${to ?? ""}`;
}

function nameSpan(node: ConnectNode): Span {
  return (node.alias ?? node.synapse).span;
}
