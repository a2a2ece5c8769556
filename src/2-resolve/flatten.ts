// `extends` and `use` undone: the declarations that a model consists of, each with the frame that says where it was written and what its names mean.
import type {
  ArrivalNode,
  ContributionNode,
  EquationNode,
  EventNode,
  FunctionNode,
  IdentifierNode,
  IndexNode,
  InterpretNode,
  MechanismNode,
  MemberNode,
  NeuronNode,
  NoiseNode,
  QuantityNode,
  RefractoryNode,
  ResetNode,
  SettingNode,
  SpikeNode,
  SynapseMemberNode,
  SynapseNode,
  TargetNode,
  UseNode,
} from "../1-parse/ast.ts";
import { assertNever, present } from "../base/invariant.ts";
import { append, largestOf } from "../base/lists.ts";
import { nearNames } from "../base/nearNames.ts";
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { modelTooDeep, modelTooLarge, onlyOne } from "../diagnostics/model.ts";
import { secondArrival } from "../diagnostics/network.ts";
import { builtinName, changedRole, cycle, duplicateName, unknownSetting } from "../diagnostics/names.ts";
import { notSettable, slicedSetting } from "../diagnostics/experiment.ts";
import { builtinMeaning } from "./builtins.ts";
import { ancestry, before, findModel, isWhole } from "./lineage.ts";
import type { Level } from "./lineage.ts";
import { isDamaged } from "./load.ts";
import { ROLE_NAMES } from "./resolved.ts";
import type { FileScope } from "./load.ts";
import type { Report } from "./report.ts";

/** What every connection has, whatever its synapse. */
export const DELAY = "delay";

/** Where a declaration was written: its names are looked up with `prefix` first, then in its file, then in the host. */
export interface Frame {
  readonly prefix: string;
  readonly file: FileScope;
  /** The model or mechanism whose text it is. */
  readonly owner: string;
  /** How many parents that model has. */
  readonly level: number;
  readonly host: { readonly frame: Frame; readonly use: UseNode } | null;
}

export interface Placed<N> {
  readonly node: N;
  readonly frame: Frame;
}

export interface FlatQuantity extends Placed<QuantityNode> {
  /** `use Na { g_max = … }`: the value that takes the place of the declared one. */
  readonly setting: UseSetting | null;
  /** `use Na { g[1] = … }`: those of single elements, which come after any of the whole. */
  readonly elements: readonly UseSetting[];
  readonly replaces: FlatQuantity | null;
}

export interface UseSetting extends Placed<SettingNode> {
  readonly target: TargetNode;
}

/** Tables are keyed by the full name, `Na.m`. */
export interface FlatModel {
  readonly node: ModelNode;
  readonly frame: Frame;
  readonly lineage: readonly string[];
  readonly quantities: Map<string, FlatQuantity>;
  readonly indices: Map<string, Placed<IndexNode>>;
  readonly functions: Map<string, Placed<FunctionNode>>;
  readonly noises: Map<string, Placed<NoiseNode>>;
  readonly parent: FlatModel | null;
  /** Where it only adds to its parent: what it adds. */
  added: FlatModel | null;
  readonly equations: Placed<EquationNode>[];
  /** Full names of what has an equation. */
  readonly equated: Set<string>;
  readonly contributions: Placed<ContributionNode>[];
  readonly events: Placed<EventNode>[];
  /** Of a synapse: one block an end, a child's in the place of its parent's. */
  readonly arrivals: Map<ArrivalNode["end"], Placed<ArrivalNode>>;
  interpret: Placed<InterpretNode> | null;
  spike: Placed<SpikeNode> | null;
  reset: Placed<ResetNode> | null;
  refractory: Placed<RefractoryNode> | null;
  /** Text of it, a parent or a mechanism was not understood: what seems to be missing may stand there. */
  damaged: boolean;
}

export type ModelNode = NeuronNode | MechanismNode | SynapseNode;

/** More than this comes from mechanisms that use each other in powers of two, not from a modeller. */
const MOST_MEMBERS = 10_000;

/** Names are as long as mechanisms are deep in one another, so that a chain of them is written out in its length squared. */
const DEEPEST = 200;

/** Flattens models, each once: where no mechanism is used, a child is what its parent is, and what it declares itself. */
export function flattening(report: Report): (node: ModelNode, file: FileScope) => FlatModel {
  const done = new Map<ModelNode, Unbounded>();
  const extentOf = extents(report);
  return (node, file) => {
    const known = done.get(node);
    if (known !== undefined) return bounded(known, report);
    const chain = ancestry(node, file, report);
    const { depth, members } = extentOf({ node, file });
    if (depth > DEEPEST) return unread(chain);
    // Not even begun, well beyond the limit: powers of two take long.
    if (isTooLarge(node, members / 2)) return emptied(unread(chain), report);
    if (!isWhole(chain)) return bounded(unbounded(chain, null, report), report);
    let open = 1;
    while (open < chain.length && !done.has(present(chain[open], "level").node)) open++;
    // Parents first, the furthest first.
    for (let k = open - 1; k >= 0; k--) {
      const above = chain[k + 1];
      const level = present(chain[k], "level");
      done.set(
        level.node,
        unbounded(
          chain.slice(k),
          above === undefined ? null : present(done.get(above.node), above.node.name.name),
          report,
        ),
      );
    }
    return bounded(present(done.get(node), node.name.name), report);
  };
}

interface Extent {
  /** How deep mechanisms are in one another. */
  readonly depth: number;
  /** Written out, with its parents and mechanisms. */
  readonly members: number;
}

/** How far models reach. What is too deep is told where it first is; what uses that says nothing more. */
function extents(report: Report): (model: Level<ModelNode>) => Extent {
  const known = new Map<ModelNode, Extent>();
  /** The parent, which is as deep as it is, and the mechanisms, which are one deeper here. */
  const partsOf = ({ node, file }: Level<ModelNode>) => [
    ...partOf(node.parent, node.kind, 0, file),
    ...node.members.flatMap((m) => (m.kind === "use" ? partOf(m.mechanism, "mechanism", 1, file) : [])),
  ];
  const partOf = (name: IdentifierNode | null, kind: ModelNode["kind"], more: number, file: FileScope) => {
    const found = name === null ? undefined : file.names.get(name.name);
    if (name === null || found?.node.kind !== kind) return [];
    return [{ name, more, model: { node: found.node, file: found.scope } }];
  };
  return (model) => {
    // What it consists of comes first. No recursion: a chain may be long. A circle, which is told of elsewhere, is cut.
    const open = known.has(model.node) ? [] : [model];
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      const parts = partsOf(at);
      const unknown = parts.filter((part) => !known.has(part.model.node));
      if (!known.has(at.node) && unknown.length > 0) {
        known.set(at.node, { depth: 0, members: 0 });
        append(
          open,
          unknown.map((part) => part.model),
        );
        continue;
      }
      open.pop();
      const deep = parts.map((part) => {
        const { depth, members } = present(known.get(part.model.node), "extent");
        return { ...part, depth: depth + part.more, members };
      });
      const first = deep.find(({ depth, more }) => depth === DEEPEST + more && more === 1);
      const depth = largestOf(
        deep.map((part) => part.depth),
        0,
      );
      const members = deep.reduce((sum, part) => sum + part.members, at.node.members.length);
      if (first !== undefined) report(modelTooDeep(first.name.span, { name: first.name.name, most: DEEPEST }));
      known.set(at.node, { depth, members });
    }
    return present(known.get(model.node), model.node.name.name);
  };
}

/** A flat model before it is asked how large it is. */
interface Unbounded {
  readonly flat: FlatModel;
  readonly members: number;
  readonly usesMechanisms: boolean;
}

function unbounded(chain: readonly Level<ModelNode>[], parent: Unbounded | null, report: Report): Unbounded {
  const { node, file } = present(chain[0], "level");
  const frame: Frame = { prefix: "", file, owner: node.name.name, level: 0, host: null };
  const size = { count: 0 };
  if (parent === null || parent.usesMechanisms) {
    const flat: FlatModel = {
      ...nothing(),
      node,
      frame,
      lineage: chain.slice(1).map((l) => l.node.name.name),
      parent: parent?.flat ?? null,
      added: null,
    };
    const usesMechanisms = addModel(flat, chain, frame, new Set([node]), size, report);
    return { flat, members: size.count, usesMechanisms };
  }
  const above = parent.flat;
  const flat: FlatModel = {
    ...copyOf(above),
    node,
    frame,
    lineage: [above.node.name.name, ...above.lineage],
    parent: above,
    added: null,
  };
  const usesMechanisms = addLevel(flat, { node, file }, chain.length - 1, frame, new Set([node]), size, report);
  flat.added = addsOnly(node, above) && !flat.damaged ? onlyOwn(flat) : null;
  return { flat, members: parent.members + size.count, usesMechanisms };
}

type Contents = Omit<FlatModel, "node" | "frame" | "lineage" | "parent" | "added">;

function nothing(): Contents {
  return {
    quantities: new Map(),
    indices: new Map(),
    functions: new Map(),
    noises: new Map(),
    equations: [],
    equated: new Set(),
    contributions: [],
    events: [],
    arrivals: new Map(),
    interpret: null,
    spike: null,
    reset: null,
    refractory: null,
    damaged: false,
  };
}

function copyOf(flat: FlatModel): Contents {
  return {
    ...flat,
    quantities: new Map(flat.quantities),
    indices: new Map(flat.indices),
    functions: new Map(flat.functions),
    noises: new Map(flat.noises),
    equations: [...flat.equations],
    equated: new Set(flat.equated),
    contributions: [...flat.contributions],
    events: [...flat.events],
    arrivals: new Map(flat.arrivals),
  };
}

/** What is declared is new, and what is written to is declared here: the parent's part stays as it is. */
function addsOnly(node: ModelNode, parent: FlatModel): boolean {
  if (node.kind === "synapse" || parent.damaged) return false;
  const isNew = (name: string): boolean =>
    [parent.quantities, parent.indices, parent.functions, parent.noises].every((known) => !known.has(name));
  const own = new Set<string>();
  for (const m of node.members) if (m.kind === "quantity") own.add(m.name.name);
  return node.members.every((m) => {
    switch (m.kind) {
      case "quantity":
      case "index":
      case "function":
      case "noise":
        return isNew(m.name.name);
      case "equation":
      case "contribution": {
        const [name, ...more] = m.target.path;
        return name !== undefined && more.length === 0 && own.has(name.name) && isNew(name.name);
      }
      default:
        return false;
    }
  });
}

/** Of a model that only adds to its parent, what it adds. */
function onlyOwn(flat: FlatModel): FlatModel {
  const { node, frame, lineage, parent } = flat;
  const own: FlatModel = { ...nothing(), node, frame, lineage, parent, added: null };
  const pick = <T>(from: ReadonlyMap<string, T>, to: Map<string, T>, name: string): void => {
    const found = from.get(name);
    if (found !== undefined) to.set(name, found);
  };
  const { members } = node;
  for (const m of members) {
    if (m.kind === "quantity") pick(flat.quantities, own.quantities, m.name.name);
    else if (m.kind === "index") pick(flat.indices, own.indices, m.name.name);
    else if (m.kind === "function") pick(flat.functions, own.functions, m.name.name);
    else if (m.kind === "noise") pick(flat.noises, own.noises, m.name.name);
  }
  const written = (kind: "equation" | "contribution"): number => members.filter((m) => m.kind === kind).length;
  append(own.equations, flat.equations.slice(flat.equations.length - written("equation")));
  append(own.contributions, flat.contributions.slice(flat.contributions.length - written("contribution")));
  return own;
}

function bounded({ flat, members }: Unbounded, report: Report): FlatModel {
  return isTooLarge(flat.node, members) ? emptied(flat, report) : flat;
}

/** Nothing of it is read, and so nothing is said of what seems to be missing. */
function unread(chain: readonly Level<ModelNode>[]): FlatModel {
  const { node, file } = present(chain[0], "level");
  return {
    ...nothing(),
    node,
    frame: { prefix: "", file, owner: node.name.name, level: 0, host: null },
    lineage: chain.slice(1).map((l) => l.node.name.name),
    parent: null,
    added: null,
    damaged: true,
  };
}

/** What a model declares itself may be long. */
function isTooLarge(node: ModelNode, members: number): boolean {
  return members > MOST_MEMBERS && members - node.members.length >= MOST_MEMBERS / 2;
}

/** Told of neurons alone: a mechanism by itself does nothing. What is left says nothing more. */
function emptied(flat: FlatModel, report: Report): FlatModel {
  if (flat.node.kind === "neuron")
    report(
      modelTooLarge(flat.node.name.span, {
        what: `neuron \`${flat.node.name.name}\` with its mechanisms`,
        most: MOST_MEMBERS,
      }),
    );
  return { ...flat, ...nothing(), added: null, damaged: true };
}

/** `chain` is the model and its parents. True where mechanisms are used. */
function addModel(
  flat: FlatModel,
  chain: readonly Level<ModelNode>[],
  frame: Frame,
  using: Set<ModelNode>,
  size: { count: number },
  report: Report,
): boolean {
  const uses: Uses = new Map();
  if (!isWhole(chain)) flat.damaged = true;
  for (const [depth, level] of chain.toReversed().entries()) addOwn(flat, level, depth, frame, uses, size, report);
  addUsed(flat, uses, frame, using, size, report);
  return uses.size > 0;
}

/** One more level on top of those that are there already, in none of which a mechanism is used. */
function addLevel(
  flat: FlatModel,
  level: Level<ModelNode>,
  depth: number,
  frame: Frame,
  using: Set<ModelNode>,
  size: { count: number },
  report: Report,
): boolean {
  const uses: Uses = new Map();
  addOwn(flat, level, depth, frame, uses, size, report);
  addUsed(flat, uses, frame, using, size, report);
  return uses.size > 0;
}

type Uses = Map<string, { readonly node: UseNode; readonly frame: Frame }>;

function addOwn(
  flat: FlatModel,
  { node, file }: Level<ModelNode>,
  depth: number,
  frame: Frame,
  uses: Uses,
  size: { count: number },
  report: Report,
): void {
  if (isDamaged(file, node)) flat.damaged = true;
  if (node.members.length === 0) return;
  size.count += node.members.length;
  addMembers(flat, node, { ...frame, file, owner: node.name.name, level: depth }, uses, report);
}

function addUsed(
  flat: FlatModel,
  uses: Uses,
  frame: Frame,
  using: Set<ModelNode>,
  size: { count: number },
  report: Report,
): void {
  for (const [alias, use] of uses) {
    const found = findModel(use.node.mechanism, use.frame.file, ["mechanism"], report);
    if (found === null) {
      flat.damaged = true;
      continue;
    }
    const mechanism = found.node as MechanismNode;
    if (using.has(mechanism)) {
      const open = [...using];
      const members = open.slice(open.indexOf(mechanism));
      const start = members.reduce(
        (first, m, i) => (before(m.name.span, members[first]?.name.span ?? m.name.span) ? i : first),
        0,
      );
      const [first, ...others] = [...members.slice(start), ...members.slice(0, start)];
      const names = [first ?? mechanism, ...others].map((m) => m.name.name);
      report(
        cycle((first ?? mechanism).name.span, {
          names,
          what: "mechanism",
          others: others.map((m) => ({ name: m.name.name, at: m.name.span })),
        }),
      );
      continue;
    }
    if (size.count > MOST_MEMBERS) return;
    const inside: Frame = {
      prefix: `${frame.prefix}${alias}.`,
      file: found.scope,
      owner: mechanism.name.name,
      level: 0,
      host: { frame: use.frame, use: use.node },
    };
    using.add(mechanism);
    addModel(flat, ancestry(mechanism, found.scope, report), inside, using, size, report);
    using.delete(mechanism);
    for (const setting of use.node.settings) applySetting(flat, setting, inside, use.frame, report);
  }
}

function addMembers(flat: FlatModel, node: ModelNode, frame: Frame, uses: Uses, report: Report): void {
  const here = new Map<string, Span>();
  const place = `${node.kind} \`${node.name.name}\``;
  /** False where the name is taken in this very model, or built in. */
  const declare = (name: IdentifierNode, what: string, kind: "quantity" | "function"): boolean => {
    if (name.name === "") return false;
    const builtin =
      builtinMeaning(name.name, kind) ??
      (node.kind === "synapse" && name.name === DELAY ? "the delay of every connection" : null);
    if (builtin !== null) {
      report(builtinName(name.span, { name: name.name, meaning: builtin }));
      return false;
    }
    const first = here.get(name.name);
    if (first !== undefined) {
      report(duplicateName(name.span, { name: name.name, what, first, place }));
      return false;
    }
    here.set(name.name, name.span);
    return inheritedKindFits(flat, uses, frame.prefix + name.name, name, what, report);
  };
  const once = new Map<string, Span>();
  const single = (what: string, member: MemberNode | SynapseMemberNode): boolean => {
    const first = once.get(what);
    if (first !== undefined) report(onlyOne(member.span, { what, first }));
    once.set(what, first ?? member.span);
    // In a mechanism the parser has refused it.
    return first === undefined && frame.host === null && node.kind === "neuron";
  };

  const equationsHere: Placed<EquationNode>[] = [];
  for (const member of node.members) {
    switch (member.kind) {
      case "quantity":
        if (declare(member.name, ROLE_NAMES[member.role], "quantity")) addQuantity(flat, member, frame, report);
        break;
      case "index":
        if (declare(member.name, "index", "quantity"))
          flat.indices.set(frame.prefix + member.name.name, { node: member, frame });
        break;
      case "function":
        if (declare(member.name, "function", "function"))
          flat.functions.set(frame.prefix + member.name.name, { node: member, frame });
        break;
      case "noise":
        if (declare(member.name, "noise", "quantity"))
          flat.noises.set(frame.prefix + member.name.name, { node: member, frame });
        break;
      case "use": {
        const name = member.alias ?? member.mechanism;
        if (declare(name, "mechanism", "quantity")) uses.set(name.name, { node: member, frame });
        break;
      }
      case "interpret": {
        const first = once.get("`interpret`");
        if (first !== undefined) report(onlyOne(member.span, { what: "`interpret`", first }));
        once.set("`interpret`", member.span);
        if (frame.host === null) flat.interpret = { node: member, frame };
        break;
      }
      case "equation":
        equationsHere.push({ node: member, frame });
        break;
      case "contribution":
        flat.contributions.push({ node: member, frame });
        break;
      case "event":
        flat.events.push({ node: member, frame });
        break;
      case "spike":
        if (single("`spike`", member)) flat.spike = { node: member, frame };
        break;
      case "reset":
        if (single("`reset`", member)) flat.reset = { node: member, frame };
        break;
      case "refractory":
        if (single("`refractory`", member)) flat.refractory = { node: member, frame };
        break;
      case "arrival": {
        const first = once.get(`on ${member.end}`);
        if (first !== undefined) report(secondArrival(member.span, { end: member.end, first }));
        else flat.arrivals.set(member.end, { node: member, frame });
        once.set(`on ${member.end}`, first ?? member.span);
        break;
      }
      default:
        assertNever(member);
    }
  }
  // A model's equations of a state take the place of those that its parents gave it.
  // Those of single elements are left to the checker, which knows the elements.
  const written = new Set(equationsHere.filter((e) => isForAll(e.node.target, e.frame, flat)).map((e) => stateName(e)));
  const isReplaced = (e: Placed<EquationNode>): boolean => e.frame.prefix === frame.prefix && written.has(stateName(e));
  if ([...written].some((name) => flat.equated.has(frame.prefix + name)))
    flat.equations.splice(0, flat.equations.length, ...flat.equations.filter((e) => !isReplaced(e)));
  for (const e of equationsHere) {
    flat.equations.push(e);
    flat.equated.add(frame.prefix + stateName(e));
  }
}

function addQuantity(flat: FlatModel, node: QuantityNode, frame: Frame, report: Report): void {
  const name = frame.prefix + node.name.name;
  const replaces = flat.quantities.get(name) ?? null;
  if (replaces !== null) {
    const [was, is] = [replaces.node, node].map(
      (q) => `${withArticle(ROLE_NAMES[q.role])}${indexWords(q.indices.length)}`,
    );
    if (was !== is) {
      report(
        changedRole(node.name.span, {
          name: node.name.name,
          model: replaces.frame.owner,
          before: was ?? "",
          now: is ?? "",
          first: replaces.node.name.span,
        }),
      );
      return;
    }
  }
  flat.quantities.set(name, { node, frame, setting: null, elements: [], replaces });
}

/** A parent's declaration is replaced by one of its own kind only. */
function inheritedKindFits(
  flat: FlatModel,
  uses: ReadonlyMap<string, { readonly node: UseNode; readonly frame: Frame }>,
  fullName: string,
  name: IdentifierNode,
  what: string,
  report: Report,
): boolean {
  const others: readonly (readonly [string, Placed<{ readonly span: Span }> | undefined])[] = [
    ["index", flat.indices.get(fullName)],
    ["function", flat.functions.get(fullName)],
    ["noise", flat.noises.get(fullName)],
    ["mechanism", uses.get(name.name)],
  ];
  const quantity = flat.quantities.get(fullName);
  const isQuantity = !others.some(([kind]) => kind === what);
  const clash =
    quantity !== undefined && !isQuantity
      ? ([ROLE_NAMES[quantity.node.role], quantity] as const)
      : others.find(([kind, other]) => other !== undefined && kind !== what);
  if (clash?.[1] === undefined) return true;
  const before = withArticle(clash[0]);
  report(
    changedRole(name.span, {
      name: name.name,
      model: clash[1].frame.owner,
      before,
      now: withArticle(what),
      first: clash[1].node.span,
    }),
  );
  return false;
}

/** `use Na { g_max = 20 nS }`: the mechanism's parameter gets a value of the host's. */
function applySetting(flat: FlatModel, setting: SettingNode, inside: Frame, outside: Frame, report: Report): void {
  for (const target of setting.targets) {
    const written = target.path.map((p) => p.name).join(".");
    if (target.path.some((p) => p.name === "")) continue;
    if (target.neurons !== null) {
      report(slicedSetting(target.span, { of: target.path[0]?.name ?? "", within: inside.owner }));
      continue;
    }
    const found = flat.quantities.get(inside.prefix + written);
    if (found === undefined) {
      const own = [...flat.quantities]
        .filter(([n, q]) => n.startsWith(inside.prefix) && q.node.role === "param")
        .map(([n]) => n.slice(inside.prefix.length));
      report(
        unknownSetting(target.span, {
          written,
          near: nearNames(written, own),
          where: `mechanism \`${inside.owner}\``,
          at: target.span,
        }),
      );
    } else if (found.node.role !== "param") {
      report(
        notSettable(target.span, {
          name: written,
          role: ROLE_NAMES[found.node.role],
          declared: found.node.name.span,
          where: "use",
        }),
      );
    } else {
      const own: UseSetting = { node: setting, target, frame: outside };
      const wholly = isForAll(target, inside, flat);
      const first = (wholly ? [found.setting] : found.elements).find(
        (s) => s?.frame === outside && s.node !== setting && (wholly || bracketsOf(s.target) === bracketsOf(target)),
      );
      if (first != null)
        report(
          duplicateName(target.span, {
            name: written + bracketsOf(target),
            what: "setting",
            first: first.target.span,
            place: "this block",
          }),
        );
      else if (wholly) flat.quantities.set(inside.prefix + written, { ...found, setting: own, replaces: found });
      else flat.quantities.set(inside.prefix + written, { ...found, elements: [...found.elements, own] });
    }
  }
}

function bracketsOf(target: TargetNode): string {
  return target.indices.length === 0 ? "" : `[${target.indices.map((i) => textOf(i.span)).join(", ")}]`;
}

function indexWords(count: number): string {
  return count === 0 ? "" : count === 1 ? " with an index" : ` with ${count} indices`;
}

/** `I`, `I[j]`: in all its brackets stand indices, of the text itself or of a neuron that uses it. */
function isForAll(target: TargetNode, frame: Frame, flat: FlatModel): boolean {
  return target.indices.every((i) => {
    const name = i.kind === "reference" ? i.path.map((p) => p.name).join(".") : null;
    for (let f: Frame | null = name === null ? null : frame; f !== null; f = f.host?.frame ?? null)
      if (flat.indices.has(f.prefix + name)) return true;
    return false;
  });
}

function stateName(e: Placed<EquationNode>): string {
  return e.node.target.path.map((p) => p.name).join(".");
}

export function withArticle(words: string): string {
  return /^[aeiou]/.test(words) ? `an ${words}` : `a ${words}`;
}
