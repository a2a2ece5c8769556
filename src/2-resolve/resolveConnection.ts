// One `connect` of a network: its synapse, the populations at its ends, and the rule that says which neurons it connects.
import { present } from "../base/invariant.ts";
import { textOf, type Span } from "../base/source.ts";
import type { ArgumentNode, ConnectNode, EndpointNode, RuleNode } from "../1-parse/ast.ts";
import { nearNames } from "../base/nearNames.ts";
import {
  CHANCE,
  connectionNeedsName,
  noRule,
  ruleArguments as wrongRuleArguments,
  sourceReceives,
  unknownAllowance,
  unknownPopulation,
  unknownRule,
} from "../diagnostics/network.ts";
import { isRule, RULES, ruleOf, ruleUsage, type RuleName } from "../runtime/rules.ts";
import type { RuleArgument } from "../runtime/rules/rule.ts";
import type { FlatModel, Placed } from "./flatten.ts";
import type { Report } from "./report.ts";
import type { FlatNetwork, NamedConnection } from "./flattenNetwork.ts";
import { findModel } from "./lineage.ts";
import { topLevelKind } from "./load.ts";
import { ruleLookup } from "./settingLookup.ts";
import type { Lookup } from "./lookup.ts";
import { resolveExpression } from "./resolveExpression.ts";
import type { Tables } from "./resolveExpression.ts";
import type { KnownPopulation, KnownConnection, ModelOf } from "./stage.ts";
import type { ResolvedEndpoint, ResolvedExpr, ResolvedRule } from "./resolved.ts";

export interface Surroundings {
  readonly network: FlatNetwork;
  readonly populations: ReadonlyMap<string, KnownPopulation>;
  readonly modelOf: ModelOf;
  /** Of the set-up, as the file of the `connect` sees it. */
  readonly lookup: Lookup;
  readonly tables: Tables;
}

/** Null where its synapse is unknown, which has been told. */
export function resolveConnection(
  name: string,
  { node, frame, drawnAs }: NamedConnection,
  around: Surroundings,
): KnownConnection | null {
  const { populations, tables, lookup } = around;
  const found = findModel(node.synapse, frame.file, ["synapse"], tables.report);
  const [sources, behind] = [node.sources, node.targets].map((ends) =>
    ends.flatMap((e) => resolveEndpoint(e, { node, frame }, around)),
  );
  if (found?.node.kind !== "synapse" || sources === undefined || behind === undefined) return null;
  const targets = behind.filter(({ population, span }) => {
    if (populations.get(population)?.population.source == null) return true;
    tables.report(sourceReceives(span, { name: population }));
    return false;
  });
  const ends = [...new Set([...sources, ...targets].flatMap((e) => populations.get(e.population)?.flat ?? []))];
  saysClash(name, node, ends, tables.report);
  const { flat, resolved } = around.modelOf(found.node);
  const inRule = ruleLookup(lookup, ends, `the rule of \`${name}\``, tables.report);
  const { alias, synapse } = node;
  return {
    flat,
    ends,
    connection: {
      name,
      drawnAs,
      doc: node.doc,
      synapse: resolved,
      sources,
      targets,
      rule: resolveRule(node, flat, inRule, tables),
      origin: (alias ?? synapse).span,
    },
  };
}

/** What a synapse keeps at a neuron is called `exc.g` there: a mechanism of the same name may have that, too. */
function saysClash(name: string, node: ConnectNode, ends: readonly FlatModel[], report: Report): void {
  const prefix = `${name}.`;
  for (const end of ends) {
    const [taken] = [...end.quantities].flatMap(([n, q]) => (n.startsWith(prefix) ? [q] : []));
    const use = taken?.frame.host?.use;
    if (use === undefined) continue;
    report(
      connectionNeedsName((node.alias ?? node.synapse).span, {
        name,
        what: `a mechanism of \`${end.node.name.name}\``,
        first: (use.alias ?? use.mechanism).span,
        example: `${name}_1`,
      }),
    );
    return;
  }
}

function resolveEndpoint(
  node: EndpointNode,
  { frame }: Placed<ConnectNode>,
  { network, populations, lookup, tables }: Surroundings,
): ResolvedEndpoint[] {
  const { name, span } = node.population;
  if (name === "") return [];
  if (!network.populations.has(name)) {
    const declared = frame.file.names.get(name);
    const otherKind = network.quantities.has(name)
      ? "a parameter of the network"
      : declared === undefined
        ? null
        : `a ${topLevelKind(declared.node)}`.replace("a experiment", "an experiment");
    const near = nearNames(name, network.populations.keys());
    if (!network.damaged)
      tables.report(
        unknownPopulation(span, {
          name,
          network: network.node.name.name,
          near,
          populations: [...network.populations.keys()].slice(0, 8),
          otherKind,
          at: span,
        }),
      );
    return [];
  }
  // One whose model is unknown has been told.
  if (!populations.has(name)) return [];
  const { slice } = node;
  const number = (n: NonNullable<typeof slice>["from"]) => resolveExpression(n, lookup, tables);
  return [
    {
      population: name,
      slice: slice === null ? null : { from: number(slice.from), to: number(slice.to ?? slice.from) },
      span: node.span,
    },
  ];
}

/** Where the rule is not understood, all are connected: what is set and read is looked at all the same. */
function resolveRule(node: ConnectNode, synapse: FlatModel, lookup: Lookup, tables: Tables): ResolvedRule {
  const where = node.where === null ? null : resolveExpression(node.where, lookup, tables);
  const { self, multiple } = allowed(node, tables);
  const rest = { where, self, multiple, span: node.rule?.span ?? node.where?.span ?? node.span };
  const { rule } = node;
  if (rule === null) {
    if (where === null) tables.report(noRule(node.span, { at: node.span, chance: chanceMeant(node, synapse) }));
    return { name: "all", arguments: new Map(), ...rest };
  }
  const name = rule.name.name;
  if (!isRule(name)) {
    for (const a of rule.arguments) resolveExpression(a.value, lookup, tables);
    if (name !== "")
      tables.report(
        unknownRule(rule.name.span, { name, near: nearNames(name, Object.keys(RULES)), at: rule.name.span }),
      );
    return { name: "all", arguments: new Map(), ...rest };
  }
  return { name, arguments: ruleArguments(rule, name, lookup, tables), ...rest };
}

/** A probability among the settings, where the synapse has no quantity of that name. */
function chanceMeant(
  { settings }: ConnectNode,
  synapse: FlatModel,
): { readonly p: string; readonly setting: Span } | null {
  const k = settings.findIndex(({ targets: [target, ...more], operator }) => {
    const [name, ...rest] = target?.path ?? [];
    return (
      operator === "=" &&
      more.length + rest.length === 0 &&
      name !== undefined &&
      CHANCE.test(name.name) &&
      !synapse.quantities.has(name.name)
    );
  });
  const [own, before, next] = [settings[k], settings[k - 1], settings[k + 1]];
  if (own === undefined) return null;
  const whole = {
    ...own.span,
    ...(before !== undefined ? { start: before.span.end } : next !== undefined ? { end: next.span.start } : {}),
  };
  return { p: textOf(own.value.span), setting: whole };
}

function ruleArguments(
  rule: RuleNode,
  name: RuleName,
  lookup: Lookup,
  tables: Tables,
): ReadonlyMap<string, ResolvedExpr> {
  const given = rule.arguments;
  const values = given.map((a) => resolveExpression(a.value, lookup, tables));
  const wanted = ruleOf(name).arguments;
  const names = given.map(({ label }, k) => (label === null ? wanted[k]?.name : labelText(label)));
  const problem = problemOf(given, names, wanted);
  if (problem === null) return new Map(names.flatMap((n, k) => (n === undefined ? [] : [[n, present(values[k], n)]])));
  const at = (given[Math.max(1, wanted.length)] ?? given[0])?.span ?? rule.name.span;
  tables.report(wrongRuleArguments(at, { name, problem, usage: ruleUsage(name) }));
  return new Map();
}

function labelText(label: NonNullable<ArgumentNode["label"]>): string {
  return label.kind === "reference" ? label.path.map((p) => p.name).join(".") : "…";
}

function problemOf(
  given: readonly ArgumentNode[],
  names: readonly (string | undefined)[],
  wanted: readonly RuleArgument[],
): string | null {
  const all = wanted.map((a) => a.what).join(" and ");
  if (wanted.length === 0) return given.length === 0 ? null : "takes nothing";
  if (given.length === 0) return `needs ${all}`;
  if (given.length > wanted.length)
    return `takes ${wanted.length === 1 ? "one argument" : `${wanted.length} arguments`}, ${all}`;
  const stranger = names.find((n) => !wanted.some((a) => a.name === n));
  if (stranger !== undefined) return `has no \`${stranger}\``;
  const twice = names.find((n, k) => names.indexOf(n) < k);
  if (twice !== undefined) return `gets \`${twice}\` twice`;
  const lacking = wanted.find((a) => !names.includes(a.name));
  if (lacking !== undefined) return `needs ${lacking.what}`;
  const isText = ({ value }: ArgumentNode): boolean => value.kind === "string" || value.kind === "missing";
  const path = wanted.find((a) => a.is === "path" && !given.some((g, k) => names[k] === a.name && isText(g)));
  return path === undefined ? null : `takes ${path.what}`;
}

/** What is allowed by other words in other tools. */
const ALLOWED_ELSEWHERE: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...["autapses", "autapse", "loops", "self_connections"].map((word) => [word, ["self"]] as const),
  ...["multapses", "multapse", "duplicates", "repeats"].map((word) => [word, ["multiple"]] as const),
]);

function allowed(node: ConnectNode, tables: Tables): { readonly self: boolean; readonly multiple: boolean } {
  const words = ["self", "multiple"];
  for (const { name, span } of node.allow)
    if (name !== "" && !words.includes(name))
      tables.report(
        unknownAllowance(span, { name, near: ALLOWED_ELSEWHERE.get(name) ?? nearNames(name, words), at: span }),
      );
  const has = (word: string): boolean => node.allow.some((a) => a.name === word);
  return { self: has("self"), multiple: has("multiple") };
}
