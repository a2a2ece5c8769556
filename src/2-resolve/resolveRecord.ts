// What a recording is about: `spikes`, `E.spikes`, `V`, `I[1]`, `Na.m`, `E[0..9].V`.
import { listed } from "../base/lists.ts";
import type { RecordNode, RecordSegmentNode, RecordTargetNode } from "../1-parse/ast.ts";
import { nearNames } from "../base/nearNames.ts";
import { habitOf } from "../diagnostics/habits.ts";
import { textOf } from "../base/source.ts";
import { badRecord, populationNeeded, unknownRecord } from "../diagnostics/experiment.ts";
import { notRecorded } from "../diagnostics/network.ts";
import type { FlatModel } from "./flatten.ts";
import { tellSpikes } from "./hiding.ts";
import { settingLookup } from "./settingLookup.ts";
import { resolveExpression } from "./resolveExpression.ts";
import type { Tables } from "./resolveExpression.ts";
import { populationNamed } from "./stage.ts";
import type { KnownConnection, KnownPopulation, Stage } from "./stage.ts";
import { ROLE_NAMES } from "./resolved.ts";
import type { ResolvedRecord } from "./resolved.ts";

export function resolveRecords(nodes: readonly RecordNode[], stage: Stage, tables: Tables): ResolvedRecord[] {
  return nodes.flatMap((node) => {
    const every = node.every === null ? null : resolveExpression(node.every, stage.outer, tables);
    return node.targets.flatMap((target) => resolveRecord(target, every, stage, tables));
  });
}

export function resolveRecord(
  node: RecordTargetNode,
  every: ResolvedRecord["every"],
  stage: Stage,
  tables: Tables,
): ResolvedRecord[] {
  const [first, ...others] = node.segments;
  if (first === undefined || node.segments.some((s) => s.name.name === "")) return [];
  const named = populationNamed(first.name.name, stage);
  const joined = stage.connections.get(first.name.name);
  if (named !== undefined && others.length > 0) return inPopulation(named, first, others, node, every, stage, tables);
  if (isSpikes(node.segments)) return spikesOf(neurons(stage), node, every, stage);
  if (joined !== undefined && named === undefined) {
    ofConnection(joined, others, node, stage);
    return [];
  }

  const written = pathOf(node.segments);
  const having = [...stage.populations.values()].filter(
    (p) => p.flat.quantities.has(written) && p.population.source === null,
  );
  const [only] = having;
  if (only !== undefined && having.length === 1)
    return inPopulation(only, null, node.segments, node, every, stage, tables);
  if (having.length > 0) {
    stage.report(
      populationNeeded(node.span, { written, candidates: having.map((p) => `${p.population.name}.${written}`) }),
    );
  } else if (named !== undefined) {
    const example = [...named.flat.quantities].find(([, q]) => q.node.role === "state")?.[0] ?? "spikes";
    stage.report(
      badRecord(node.span, {
        problem: `\`${first.name.name}\` is a population: say what of it`,
        help: `write \`${stage.lone ? "" : `${first.name.name}.`}${example}\` or \`${stage.lone ? "" : `${first.name.name}.`}spikes\``,
      }),
    );
  } else {
    const names = [...stage.populations.values()].flatMap((p) =>
      [...p.flat.quantities.keys()].flatMap((n) => (stage.lone ? [n] : [n, `${p.population.name}.${n}`])),
    );
    unknown(
      node,
      written,
      [...names, ...stage.populations.keys(), "spikes"],
      `\`${stage.subject}\``,
      [...stage.populations.values()],
      stage,
    );
  }
  return [];
}

function inPopulation(
  known: KnownPopulation,
  slice: RecordSegmentNode | null,
  segments: readonly RecordSegmentNode[],
  node: RecordTargetNode,
  every: ResolvedRecord["every"],
  stage: Stage,
  tables: Tables,
): ResolvedRecord[] {
  const subscript = slice?.subscript ?? null;
  if (isSpikes(segments)) {
    if (subscript !== null)
      stage.report(
        badRecord(node.span, {
          problem: "spikes are recorded of whole populations",
          help: `write \`record ${known.population.name}.spikes\``,
        }),
      );
    return spikesOf([known], node, every, stage);
  }
  const written = pathOf(segments);
  const through = throughConnection(known, segments, stage);
  if (!known.flat.quantities.has(written) && through !== null) {
    return inConnection(known, through, subscript, node, every, stage, tables);
  }
  if (!known.flat.quantities.has(written)) {
    unknown(node, written, [...known.flat.quantities.keys(), "spikes"], `\`${known.population.name}\``, [known], stage);
    return [];
  }
  if (known.population.source !== null) {
    stage.report(
      badRecord(node.span, {
        problem: `\`${known.population.name}\` is a source: only its spikes can be recorded`,
        help: `write \`record ${known.population.name}.spikes\``,
      }),
    );
    return [];
  }
  return recordOf(known, null, known.flat, segments, subscript, node, every, stage, tables);
}

/** Of the population's own, or of a connection that ends there. */
function recordOf(
  known: KnownPopulation,
  through: KnownConnection | null,
  flat: FlatModel,
  segments: readonly RecordSegmentNode[],
  subscript: RecordSegmentNode["subscript"],
  node: RecordTargetNode,
  every: ResolvedRecord["every"],
  stage: Stage,
  tables: Tables,
): ResolvedRecord[] {
  const written = pathOf(segments);
  const connection = through?.connection.name ?? null;
  if (segments.slice(0, -1).some((s) => s.subscript !== null)) return sayBrackets(written, node, stage);
  const position = segments.at(-1)?.subscript ?? null;
  const lookup = settingLookup(stage.outer, flat, stage.report);
  if (position?.to != null) {
    stage.report(
      badRecord(node.span, {
        problem: `a recording takes all values of \`${written}\` or one of them`,
        help: `write \`${written}\` or \`${written}[…]\` with one number`,
      }),
    );
    return [];
  }
  return [
    {
      population: known.population.name,
      connection,
      quantity: {
        name: written,
        indices: position === null ? [] : [resolveExpression(position.from, lookup, tables)],
        end: null,
        span: node.span,
      },
      neurons:
        subscript === null
          ? null
          : {
              from: resolveExpression(subscript.from, stage.outer, tables),
              to: resolveExpression(subscript.to ?? subscript.from, stage.outer, tables),
            },
      every,
      measured: false,
      span: node.span,
    },
  ];
}

function sayBrackets(written: string, node: RecordTargetNode, stage: Stage): [] {
  stage.report(
    badRecord(node.span, {
      problem: "only populations and indexed quantities take brackets",
      help: `write \`${written}\``,
    }),
  );
  return [];
}

/** `exc.g` of `E.exc.g`: the connection and what of its synapse. */
function throughConnection(
  known: KnownPopulation,
  segments: readonly RecordSegmentNode[],
  stage: Stage,
): { readonly at: KnownConnection; readonly segments: readonly RecordSegmentNode[] } | null {
  const [first, ...others] = segments;
  const at = first === undefined || others.length === 0 ? undefined : stage.connections.get(first.name.name);
  if (at === undefined) return null;
  const ends = [...at.connection.sources, ...at.connection.targets];
  return ends.some((e) => e.population === known.population.name) ? { at, segments: others } : null;
}

function inConnection(
  known: KnownPopulation,
  { at, segments }: { readonly at: KnownConnection; readonly segments: readonly RecordSegmentNode[] },
  subscript: RecordSegmentNode["subscript"],
  node: RecordTargetNode,
  every: ResolvedRecord["every"],
  stage: Stage,
  tables: Tables,
): ResolvedRecord[] {
  const written = pathOf(segments);
  if (node.segments.some((s) => s.subscript !== null && s.name.name === at.connection.name))
    return sayBrackets(`${known.population.name}.${at.connection.name}.${written}`, node, stage);
  const found = at.flat.quantities.get(written);
  if (found === undefined && stage.lacking !== null) {
    stage.lacking(textOf(node.span));
    return [];
  }
  if (found === undefined) {
    const states = [...at.flat.quantities].filter(([, q]) => q.node.role === "state").map(([n]) => n);
    if (!at.flat.damaged)
      stage.report({
        ...unknownRecord(node.span, {
          written,
          near: nearNames(written, states),
          where: `\`${at.connection.name}\``,
          at: node.span,
        }),
        fixes: [],
      });
    return [];
  }
  if (found.node.role !== "state") {
    stage.report(
      notRecorded(node.span, {
        connection: at.connection.name,
        written,
        role: ROLE_NAMES[found.node.role],
        example: null,
      }),
    );
    return [];
  }
  return recordOf(known, at, at.flat, segments, subscript, node, every, stage, tables);
}

/** `exc.w`: what single connections have is not recorded. */
function ofConnection(
  { connection, flat }: KnownConnection,
  segments: readonly RecordSegmentNode[],
  node: RecordTargetNode,
  stage: Stage,
): void {
  const written = pathOf(segments);
  const found = flat.quantities.get(written);
  const [state] = [...flat.quantities].flatMap(([n, q]) => (q.node.role === "state" ? [n] : []));
  const of = found?.node.role === "state" ? written : state;
  const example =
    of === undefined
      ? null
      : `${connection.targets[0]?.population ?? connection.sources[0]?.population ?? ""}.${connection.name}.${of}`;
  stage.report(
    notRecorded(node.span, {
      connection: connection.name,
      written,
      role: found === undefined ? null : ROLE_NAMES[found.node.role],
      example,
    }),
  );
}

/** `record spikes` is about neurons; those of a source are recorded where it is named. */
function neurons(stage: Stage): KnownPopulation[] {
  return [...stage.populations.values()].filter((p) => p.population.source === null);
}

function spikesOf(
  populations: readonly KnownPopulation[],
  node: RecordTargetNode,
  every: ResolvedRecord["every"],
  stage: Stage,
): ResolvedRecord[] {
  if (every !== null)
    stage.report(
      badRecord(every.span, {
        problem: "spikes are recorded when they occur, not at intervals",
        help: "leave out `every …`",
      }),
    );
  tellSpikes(populations, node, stage.report);
  return populations.map((p) => ({
    population: p.population.name,
    connection: null,
    quantity: null,
    neurons: null,
    every: null,
    measured: false,
    span: node.span,
  }));
}

function unknown(
  node: RecordTargetNode,
  written: string,
  candidates: readonly string[],
  where: string,
  populations: readonly KnownPopulation[],
  stage: Stage,
): void {
  if (stage.lacking !== null) return stage.lacking(textOf(node.span));
  if (stage.damaged || populations.some((p) => p.flat.damaged)) return;
  const at = node.segments.some((s) => s.subscript !== null) ? null : node.span;
  const near = nearNames(written, candidates);
  const elsewhere =
    habitOf(
      "name",
      /^rates?$/.test(written.slice(written.lastIndexOf(".") + 1))
        ? "firing_rate"
        : (node.segments.at(-1)?.name.name ?? ""),
    )?.say ?? weightNamed(node.segments.at(-1)?.name.name ?? "", stage);
  const reached = populations.flatMap((p) => statesReaching(p.population.name, written, stage));
  stage.report({
    ...unknownRecord(node.span, {
      written,
      near: reached.length > 0 ? [] : near,
      where,
      at: node.span,
      all: candidates.filter((c) => c !== "spikes" && !populations.some((p) => p.population.name === c)),
      elsewhere:
        elsewhere ??
        (reached.length === 0
          ? null
          : `\`${written}\` is a state of a synapse, recorded by its connection: write ${listed(
              reached.map((r) => `\`${r}\``),
              "or",
            )}`),
    }),
    ...(at === null ? { fixes: [] } : {}),
  });
}

/** `E.g` where a synapse that reaches E calls a state so: `E.exc.g` */
function statesReaching(population: string, name: string, { connections }: Stage): string[] {
  return [...connections].flatMap(([c, { connection, flat }]) =>
    flat.quantities.get(name)?.node.role === "state" && connection.targets.some((t) => t.population === population)
      ? [`${population}.${c}.${name}`]
      : [],
  );
}

/** `record E.w`: a weight is one of the connections. */
function weightNamed(name: string, { connections }: Stage): string | null {
  const having = [...connections].filter(([, { flat }]) => flat.quantities.get(name)?.node.role === "weight");
  return having.length === 0
    ? null
    : `\`${name}\` belongs to ${having.map(([c]) => `\`${c}\``).join(", ")}: what single connections have is not recorded`;
}

function isSpikes(segments: readonly RecordSegmentNode[]): boolean {
  return segments.length === 1 && segments[0]?.name.name === "spikes" && segments[0].subscript === null;
}

function pathOf(segments: readonly RecordSegmentNode[]): string {
  return segments.map((s) => s.name.name).join(".");
}
