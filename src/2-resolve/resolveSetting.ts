// What a setting sets: `b_s`, `E.I_e`, `GLIF.b_s`, `Na.g_max`, `exc.w`, `exc.delay`, `Coupled.scale`. The whole path decides, never a guess.
import type { SettingNode, TargetNode } from "../1-parse/ast.ts";
import { slicedSetting } from "../diagnostics/experiment.ts";
import { wrongIndexCount } from "../diagnostics/indices.ts";
import { ambiguousName } from "../diagnostics/names.ts";
import { DELAY } from "./flatten.ts";
import { connectionLookup, settingLookup } from "./settingLookup.ts";
import type { Lookup } from "./lookup.ts";
import { resolveExpression } from "./resolveExpression.ts";
import type { Tables } from "./resolveExpression.ts";
import { populationNamed } from "./stage.ts";
import type { KnownConnection, KnownPopulation, Stage } from "./stage.ts";
import type { ResolvedSetting, SettingTarget } from "./resolved.ts";

/** Whose block of settings it is. */
export interface Within {
  readonly kind: "population" | "connection";
  readonly name: string;
}

/** `within` is null in an experiment. */
export function resolveSettings(
  nodes: readonly SettingNode[],
  stage: Stage,
  within: Within | null,
  block: number,
  tables: Tables,
): ResolvedSetting[] {
  return nodes.flatMap((node) =>
    node.targets.flatMap((target) => {
      if (target.path.some((p) => p.name === "")) return [];
      return findTargets(target, stage, within, tables).map((found): ResolvedSetting => {
        // The value of what is unknown is not looked at: it may be about what was meant.
        const value =
          found.kind === "unknown"
            ? { kind: "missing" as const, span: node.value.span }
            : resolveExpression(node.value, valueLookup(found, target, stage), tables);
        return { target: found, operator: node.operator, value, span: node.span, block };
      });
    }),
  );
}

/** Names as they stand in a value. */
function valueLookup(found: SettingTarget, node: TargetNode, stage: Stage): Lookup {
  const population = found.kind === "quantity" ? stage.populations.get(found.population) : undefined;
  if (population !== undefined) return settingLookup(stage.outer, population.flat, stage.report);
  const connection =
    found.kind === "connection" || found.kind === "delay" ? stage.connections.get(found.connection) : undefined;
  return connection === undefined ? stage.outer : lookupIn(connection, stage, indexNames(node));
}

function lookupIn({ flat, ends, connection }: KnownConnection, stage: Stage, bound: ReadonlySet<string>): Lookup {
  return connectionLookup(stage.outer, flat, ends, `the settings of \`${connection.name}\``, bound, stage.report);
}

/** Single names in the brackets of what is set: there an index of the synapse is meant, even one called `j`. */
function indexNames(node: TargetNode): ReadonlySet<string> {
  return new Set(
    node.indices.flatMap((i) => (i.kind === "reference" && i.path.length === 1 ? (i.path[0]?.name ?? []) : [])),
  );
}

/** What is set; of kind `unknown` where it names nothing. */
export function findTargets(node: TargetNode, stage: Stage, within: Within | null, tables: Tables): SettingTarget[] {
  const path = node.path.map((p) => p.name);
  const whole = path.join(".");
  const rest = path.slice(1).join(".");
  const first = path[0] ?? "";
  const inPopulation = (known: KnownPopulation, name: string): SettingTarget => {
    const lookup = settingLookup(stage.outer, known.flat, stage.report);
    const { neurons } = node;
    const from = neurons === null ? null : resolveExpression(neurons.from, stage.outer, tables);
    const to = neurons?.to == null ? from : resolveExpression(neurons.to, stage.outer, tables);
    return {
      kind: "quantity",
      population: known.population.name,
      target: {
        name,
        indices: node.indices.map((i) => resolveExpression(i, lookup, tables)),
        end: null,
        span: node.span,
      },
      neurons: from === null || to === null ? null : { from, to },
    };
  };
  const inConnection = (known: KnownConnection, name: string): SettingTarget => {
    const connection = known.connection.name;
    if (name === DELAY) {
      if (node.indices.length > 0)
        stage.report(wrongIndexCount(node.span, { name, wanted: [], given: node.indices.length, declared: null }));
      return { kind: "delay", connection, span: node.span };
    }
    const lookup = lookupIn(known, stage, indexNames(node));
    return {
      kind: "connection",
      connection,
      target: {
        name,
        indices: node.indices.map((i) => resolveExpression(i, lookup, tables)),
        end: null,
        span: node.span,
      },
    };
  };
  const unknown = (
    populations: readonly KnownPopulation[],
    connections: readonly KnownConnection[],
    written: string,
    addressed = true,
  ): SettingTarget[] => {
    const silent = (stage.damaged && !addressed) || [...populations, ...connections].some((k) => k.flat.damaged);
    return silent
      ? []
      : [
          {
            kind: "unknown",
            populations: populations.map((p) => p.population.name),
            connections: connections.map((c) => c.connection.name),
            written,
            span: node.span,
          },
        ];
  };
  const [populations, connections] = [[...stage.populations.values()], [...stage.connections.values()]];

  if (node.neurons !== null && (within !== null || populationsCalled(first, stage).length === 0)) {
    stage.report(slicedSetting(node.span, { of: first, within: within?.name ?? null }));
    return [];
  }
  if (within?.kind === "population") {
    const known = stage.populations.get(within.name);
    if (known === undefined) return [];
    return known.flat.quantities.has(whole) ? [inPopulation(known, whole)] : unknown([known], [], whole);
  }
  if (within?.kind === "connection") {
    const known = stage.connections.get(within.name);
    if (known === undefined) return [];
    return has(known, whole) ? [inConnection(known, whole)] : unknown([], [known], whole);
  }
  if (path.length > 1) {
    const named = populationNamed(first, stage);
    const joined = stage.connections.get(first);
    // A connection without a name of its own is called by its synapse, which stands for all its connections.
    const bySynapse = named !== undefined ? [] : connections.filter((c) => c.connection.synapse.name === first);
    if (joined !== undefined && named === undefined && !bySynapse.includes(joined))
      return has(joined, rest) ? [inConnection(joined, rest)] : unknown([], [joined], rest);
    const addressed = populationsCalled(first, stage);
    const having = addressed.filter((p) => p.flat.quantities.has(rest));
    if (having.length > 0) return having.map((p) => inPopulation(p, rest));
    if (bySynapse.some((c) => has(c, rest))) return bySynapse.map((c) => inConnection(c, rest));
    if (stage.owners.includes(first) && stage.setup.has(rest)) return [{ kind: "setup", name: rest, span: node.span }];
    if (addressed.length + bySynapse.length > 0) return unknown(addressed, bySynapse, rest);
  }
  const having = populations.filter((p) => p.flat.quantities.has(whole));
  const connected = connections.filter((c) => c.flat.quantities.has(whole));
  const setup = stage.setup.get(whole);
  // What the experiment itself declares has its value there; a setting of that name is about the model.
  const network =
    setup !== undefined &&
    (setup.frame.owner !== stage.owners[0] || having.length + connected.length === 0 || isCommandLine(node))
      ? setup
      : undefined;
  if (having.length + connected.length + (network === undefined ? 0 : 1) > 1) {
    const candidates = [
      ...having.map((p) => `${p.population.name}.${whole}`),
      ...connected.map((c) => `${c.connection.name}.${whole}`),
      ...(network === undefined ? [] : [`${network.frame.owner}.${whole}`]),
    ];
    stage.report(ambiguousName(node.span, { written: whole, candidates }));
    return [];
  }
  const [only, connection] = [having[0], connected[0]];
  if (only !== undefined) return [inPopulation(only, whole)];
  if (connection !== undefined) return [inConnection(connection, whole)];
  if (network !== undefined) return [{ kind: "setup", name: whole, span: node.span }];
  return unknown(populations, connections, whole, false);
}

/** A population, or all those of a neuron. */
function populationsCalled(name: string, stage: Stage): KnownPopulation[] {
  const named = populationNamed(name, stage);
  return named !== undefined
    ? [named]
    : [...stage.populations.values()].filter((p) => p.population.model.name === name);
}

function has({ flat }: KnownConnection, name: string): boolean {
  return name === DELAY || flat.quantities.has(name);
}

/** Settings of the command line stand in a text of their own. */
function isCommandLine(node: TargetNode): boolean {
  return node.span.source.path.startsWith("--");
}
