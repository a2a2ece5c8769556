// A flat model with its expressions resolved.
import type { BlockNode, IdentifierNode, TargetNode } from "../1-parse/ast.ts";
import { slicedSetting } from "../diagnostics/experiment.ts";
import { builtinName, duplicateName, localHides, unknownName } from "../diagnostics/names.ts";
import { unitApart } from "../diagnostics/units.ts";
import { foreignEquation } from "../diagnostics/model.ts";
import { ambiguousEnd } from "../diagnostics/network.ts";
import { tellingNamesOnce } from "../diagnostics/once.ts";
import { joined } from "../base/lists.ts";
import type { FlatModel, FlatQuantity, Frame, UseSetting } from "./flatten.ts";
import type { Report } from "./report.ts";
import { functionKey, newTables, resolveExpression } from "./resolveExpression.ts";
import type { Tables } from "./resolveExpression.ts";
import { eventLookup, modelLookup } from "./lookup.ts";
import { builtinMeaning } from "./builtins.ts";
import type { Lookup } from "./lookup.ts";
import { noiseOrder } from "./noiseOrder.ts";
import type { ResolvedBlock, ResolvedLocal, ResolvedModel, ResolvedQuantity, ResolvedTarget } from "./resolved.ts";

/**
 * `ends` are the neurons that a synapse connects: what may have been meant by a name that it lacks. Where a child only adds to its `parent`, and `shares`,
 * the parent's part is taken from there. Names that are looked up are added to `asked`.
 */
export function resolveModel(
  whole: FlatModel,
  say: Report,
  ends: readonly FlatModel[] = [],
  parent: ResolvedModel | null = null,
  shares = false,
  asked = new Set<string>(),
): ResolvedModel {
  const misspelt = tellingNamesOnce(NAMES_TOLD_ONCE, say);
  const report: Report = misspelt.say;
  const shared = shares ? parent : null;
  const tables = newTables(report, shared ?? undefined);
  const flat = shared === null ? whole : (whole.added ?? whole);
  const lookups = new Map<Frame, Lookup>();
  const lookupIn = (frame: Frame): Lookup => {
    const known = lookups.get(frame) ?? askedOf(modelLookup(whole, frame, report, ends), asked);
    lookups.set(frame, known);
    return known;
  };
  const expression = (node: Parameters<typeof resolveExpression>[0], frame: Frame) =>
    resolveExpression(node, lookupIn(frame), tables);
  const target = (node: TargetNode, frame: Frame): ResolvedTarget => resolveTarget(node, lookupIn(frame), tables);
  const block = (node: BlockNode, frame: Frame, place: string): ResolvedBlock =>
    resolveBlock(node, lookupIn(frame), place, tables);

  const quantities = new Map(
    [...flat.quantities].map(([name, q]) => [name, resolveQuantity(name, q, lookupIn, tables)]),
  );
  for (const [name, placed] of flat.functions)
    functionKey({ kind: "own", key: name, placed, lookup: lookupIn(placed.frame) }, tables);

  const { spike, reset, refractory } = flat;
  const order = noiseOrder(flat.contributions);
  // Of one level they come after those of all above it.
  const before = shared?.contributions.length ?? 0;
  const model: ResolvedModel = {
    kind: flat.node.kind,
    name: flat.node.name.name,
    doc: flat.node.doc,
    origin: flat.node.name.span,
    lineage: flat.lineage,
    indices: new Map(
      [...flat.indices].map(([name, { node, frame }]) => [
        name,
        { name, from: expression(node.from, frame), to: expression(node.to, frame), span: node.span },
      ]),
    ),
    quantities,
    equations: flat.equations.map(({ node, frame }) => {
      const value = expression(node.value, frame);
      const written = node.target.path.map((p) => p.name).join(".");
      const isMechanism = frame.host !== null || flat.node.kind === "mechanism";
      const own = whole.quantities.has(frame.prefix + written) && node.target.path.length === 1;
      if (own || (!isMechanism && node.target.path.length === 1))
        return {
          target: target(node.target, frame),
          value,
          span: node.span,
          declaredIn: frame.owner,
          level: frame.level,
        };
      if (written !== "" && !flat.damaged)
        report(
          foreignEquation(node.target.span, {
            name: written,
            owner: frame.owner,
            kind: frame.host !== null ? "mechanism" : flat.node.kind,
          }),
        );
      return {
        target: { name: "", indices: [], end: null, span: node.target.span },
        value,
        span: node.span,
        declaredIn: frame.owner,
        level: frame.level,
      };
    }),
    contributions: flat.contributions.map(({ node, frame }, k) => ({
      target: target(node.target, frame),
      value: expression(node.value, frame),
      span: node.span,
      declaredIn: frame.owner,
      level: frame.level,
      noiseOrder: before + (order[k] ?? k),
    })),
    calculus: flat.interpret?.node.calculus ?? null,
    spike:
      spike === null
        ? null
        : { mode: spike.node.mode, value: expression(spike.node.value, spike.frame), span: spike.node.span },
    reset: reset === null ? null : block(reset.node, reset.frame, "this `reset`"),
    events: flat.events.map(({ node, frame }) => ({
      condition: expression(node.condition, frame),
      every:
        node.every === null
          ? null
          : {
              from: node.every.from === null ? null : expression(node.every.from, frame),
              to: node.every.to === null ? null : expression(node.every.to, frame),
            },
      ...block(node, frame, "this event"),
    })),
    refractory:
      refractory === null
        ? null
        : {
            duration: expression(refractory.node.duration, refractory.frame),
            holdAll: refractory.node.holdAll,
            hold: refractory.node.hold.map((h) => target(h, refractory.frame)),
            drop: refractory.node.drop.map((d) => target(d, refractory.frame)),
            span: refractory.node.span,
          },
    functions: tables.functions,
    constants: tables.constants,
    parent,
    added: null,
    arrivals: [...flat.arrivals.values()].map(({ node, frame }) => ({
      end: node.end,
      ...block(node, frame, `this \`on ${node.end}\``),
    })),
    damaged: flat.damaged,
  };
  misspelt.tell();
  return shared === null ? model : together(shared, model);
}

/** A name may be read behind its `let`, and stands in front of what the model calls so. */
function resolveBlock(node: BlockNode, outer: Lookup, place: string, tables: Tables): ResolvedBlock {
  const known = new Map<string, ResolvedLocal>();
  const lookup = eventLookup(outer, known);
  for (const { name, unit, operator, value } of node.locals) {
    const local: ResolvedLocal = {
      name: name.name,
      unit,
      drawn: operator === "~",
      value: resolveExpression(value, lookup, tables),
      origin: name.span,
    };
    if (name.name !== "" && isFree(name, known, outer, place, tables.report)) known.set(name.name, local);
  }
  return {
    locals: [...known.values()],
    assignments: node.assignments.map((a) => ({
      target: resolveTarget(a.target, outer, tables),
      drawn: a.operator === "~",
      value: resolveExpression(a.value, lookup, tables),
      span: a.span,
    })),
    span: node.span,
  };
}

function isFree(
  { name, span }: IdentifierNode,
  known: ReadonlyMap<string, ResolvedLocal>,
  outer: Lookup,
  place: string,
  report: Report,
): boolean {
  const first = known.get(name)?.origin;
  const meaning = builtinMeaning(name, "quantity");
  if (meaning !== null) report(builtinName(span, { name, meaning }));
  else if (first !== undefined) report(duplicateName(span, { name, what: "`let`", first, place }));
  else if (outer.find(name) !== null || outer.findFunction(name) !== null) report(localHides(span, { name, place }));
  else return true;
  return false;
}

/** What is said of one name, once. */
export const NAMES_TOLD_ONCE: readonly string[] = [unknownName.code, ambiguousEnd.code, unitApart.code];

/** A parent with what its child adds. */
function together(parent: ResolvedModel, own: ResolvedModel): ResolvedModel {
  const { functions, constants } = own;
  return {
    ...parent,
    name: own.name,
    doc: own.doc,
    origin: own.origin,
    lineage: own.lineage,
    indices: joined(parent.indices, own.indices),
    quantities: joined(parent.quantities, own.quantities),
    equations: [...parent.equations, ...own.equations],
    contributions: [...parent.contributions, ...own.contributions],
    functions,
    constants,
    parent,
    added: { ...own, functions: new Map([...functions].slice(parent.functions.size)) },
  };
}

function askedOf(lookup: Lookup, asked: Set<string>): Lookup {
  return {
    ...lookup,
    find(name) {
      asked.add(name);
      return lookup.find(name);
    },
    findFunction(name) {
      asked.add(name);
      const found = lookup.findFunction(name);
      return found?.kind === "own" ? { ...found, lookup: askedOf(found.lookup, asked) } : found;
    },
  };
}

/** With the declarations it takes the place of: the checker compares their dimensions. */
export function resolveQuantity(
  name: string,
  flat: FlatQuantity,
  lookupIn: (frame: Frame) => Lookup,
  tables: Tables,
): ResolvedQuantity {
  const { node, frame, setting } = flat;
  const value = setting?.node.value ?? node.value;
  const lookup = lookupIn(setting?.frame ?? frame);
  return {
    role: node.role,
    single: node.single,
    name,
    indices: node.indices.flatMap((i) => resolveIndexName(i, lookupIn(frame))),
    unit: node.unit,
    value:
      value === null
        ? null
        : resolveExpression(value, setting === null ? lookup : withIndices(setting, frame, lookupIn), tables),
    elements: flat.elements.map((e) => ({
      target: {
        name,
        indices: e.target.indices.map((i) => resolveExpression(i, withIndices(e, frame, lookupIn), tables)),
        end: null,
        span: e.target.span,
      },
      value: resolveExpression(e.node.value, withIndices(e, frame, lookupIn), tables),
    })),
    doc: node.doc !== "" || flat.replaces === null ? node.doc : flat.replaces.node.doc,
    origin: setting?.target.span ?? node.name.span,
    declaredIn: frame.owner,
    replaces: flat.replaces === null ? null : resolveQuantity(name, flat.replaces, lookupIn, tables),
  };
}

/** `use M { g[j] = 2*j }`: names as the text with the `use` has them, but for the mechanism's indices in the brackets. */
function withIndices(
  { target, frame: outside }: UseSetting,
  inside: Frame,
  lookupIn: (frame: Frame) => Lookup,
): Lookup {
  const [outer, inner] = [lookupIn(outside), lookupIn(inside)];
  const bound = new Set(
    target.indices.flatMap((i) => (i.kind === "reference" && i.path.length === 1 ? (i.path[0]?.name ?? []) : [])),
  );
  return {
    ...outer,
    find: (name) => (bound.has(name) && inner.find(name)?.kind === "index" ? inner.find(name) : outer.find(name)),
  };
}

function resolveIndexName(node: IdentifierNode, lookup: Lookup): string[] {
  if (node.name === "") return [];
  const meaning = lookup.find(node.name);
  if (meaning?.kind === "index") return [meaning.name];
  lookup.unknownIndex(node);
  // It has an index all the same: what is said of one that is not known is that alone.
  return [node.name];
}

export function resolveTarget(node: TargetNode, lookup: Lookup, tables: Tables): ResolvedTarget {
  const name = node.path.map((p) => p.name).join(".");
  const indices = node.indices.map((i) => resolveExpression(i, lookup, tables));
  const nothing: ResolvedTarget = { name: "", indices, end: null, span: node.span };
  if (node.path.some((p) => p.name === "")) return nothing;
  if (node.neurons !== null) {
    tables.report(slicedSetting(node.span, { of: node.path[0]?.name ?? "", within: null }));
    return nothing;
  }
  const meaning = lookup.find(name);
  if (meaning === null) lookup.unknown(node.path);
  else if (meaning.kind === "quantity") return { name: meaning.name, indices, end: null, span: node.span };
  else if (meaning.kind === "end") return { name: meaning.name, indices, end: meaning.end, span: node.span };
  else
    tables.report(
      unknownName(node.span, {
        name,
        near: [],
        where: "",
        isUnit: false,
        unit: null,
        otherKind: kindWords(meaning.kind),
        at: node.span,
        elsewhere: null,
        letters: null,
      }),
    );
  return nothing;
}

function kindWords(kind: string): string {
  switch (kind) {
    case "index":
      return "an index";
    case "noise":
      return "noise";
    case "fileConstant":
      return "a constant";
    default:
      return "built in";
  }
}
