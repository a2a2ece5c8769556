// The tree of a whole file: models with their members, each member in a place where it belongs. With the other build files, the
// only reader of Chevrotain's shapes.
import { append, listed } from "../base/lists.ts";
import type { CstNode, IToken, TokenType } from "chevrotain";
import type {
  AncestryCstNode,
  HeadlessModelCstNode,
  ImportDeclarationCstNode,
  MemberCstNode,
  ModelCstNode,
  ModelFileCstNode,
  StatementCstNode,
  VariantBlockCstNode,
} from "../../grammar/cst.d.ts";
import {
  Comparison,
  Const,
  Experiment,
  Extends,
  Fit,
  Mechanism,
  Network,
  Neuron,
  Of,
  Synapse,
} from "../../grammar/tokens.ts";
import type { Span } from "../base/source.ts";
import { span, textOf } from "../base/source.ts";
import { expected, misplaced, outsideBlock, unexpected, unopened } from "../diagnostics/syntax.ts";
import type {
  ComparisonMemberNode, DeclarationNode, ExperimentMemberNode, FitMemberNode, FunctionNode, IdentifierNode, ImportNode, MemberNode, ModelFileNode, NetworkNode, 
  PreciseNode, QuantityNode, SettingNode, SynapseMemberNode, VariantMemberNode, VariantNode,
} from "./ast.ts"; // prettier-ignore
import {
  buildComparedTo,
  buildEvaluations,
  buildFitted,
  buildFree,
  buildMeasures,
  buildSeeds,
  buildSweep,
  buildUnder,
  buildVariants,
  buildWindows,
} from "./buildComparison.ts";
import { buildConnect } from "./buildConnect.ts";
import { buildDirective, buildMethod, buildRecord } from "./buildExperiment.ts";
import {
  buildArrival, buildEvent, buildFunction, buildPeriodic, buildIndex, buildInterpret, buildNoise, buildQuantities, buildRefractory, buildReset, buildSpike, buildUse, ROLE_NAMES,
} from "./buildMember.ts"; // prettier-ignore
import { buildPopulation } from "./buildPopulation.ts";
import type { Building } from "./building.ts";
import { endOf, first, identifier, spanAround, spanOfToken, startOf } from "./building.ts";
import { buildEquation, buildSetting } from "./buildStatement.ts";
import { stringValue } from "./lexical.ts";
import { checkSequence, wordAt } from "./sequence.ts";

export function buildModelFile(building: Building, cst: ModelFileCstNode): ModelFileNode {
  const { source } = building;
  const parts = cst.children;
  const imports = (parts.importDeclaration ?? []).map((declaration) => buildImport(building, declaration));
  const declarations: DeclarationNode[] = [];
  let open: OpenModel | null = null;
  let strayed = false;
  checkSequence(building, parts.member, parts.separator, parts.stray, "here, outside of every model");
  for (const item of inOrder<CstNode | IToken>(parts.model, parts.headlessModel, parts.member, parts.RBrace)) {
    if (!("children" in item)) {
      if (!strayed && !building.isEnclosed(item.startOffset))
        building.report(
          unopened(spanOfToken(building, item), { bracket: "}", closedBefore: closingSpan(building, open) }),
        );
      strayed = false;
    } else if (item.name === "member") {
      const member = item as MemberCstNode;
      if (isTopLevel(member) && !strayed)
        append(declarations, membersOf(building, member, 0, NOTHING) as (FunctionNode | QuantityNode)[]);
      else {
        if (!strayed && !building.isEnclosed(startOf(member, 0)))
          building.report(
            outsideBlock(firstWord(building, member), {
              what: wordOf(building, member),
              home: homeOf(member),
              closed: closingSpan(building, open),
            }),
          );
        open?.members.push(member);
        strayed = true;
      }
    } else {
      if (open !== null) declarations.push(buildModel(building, open));
      open = openModel(building, item as ModelCstNode | HeadlessModelCstNode);
      strayed = false;
    }
  }
  if (open !== null) declarations.push(buildModel(building, open));
  declarations.sort((a, b) => a.span.start - b.span.start);
  return { kind: "modelFile", source, imports, declarations, span: span(source, 0, source.text.length) };
}

/** A statement on its own: `GLIF.b_s = 0.2 /ms`. */
export function buildLoneSetting(building: Building, cst: StatementCstNode): SettingNode | null {
  return buildSetting(building, cst, 0);
}

/** What stands in a comparison, and in a fit. */
interface LoneMembers {
  readonly comparison: ComparisonMemberNode;
  readonly fit: FitMemberNode;
}

/** A member of a comparison or a fit on its own. */
export function buildLoneMember<Kind extends keyof LoneMembers>(
  building: Building,
  cst: MemberCstNode,
  kind: Kind,
): LoneMembers[Kind][] {
  const built = membersOf(building, cst, 0, NOTHING, kind);
  // `belongs` has let through only what it takes.
  return built.slice(0, 1).every((member) => belongs(building, member, kind, firstWord(building, cst)))
    ? (built as LoneMembers[Kind][])
    : [];
}

type ModelKind = "neuron" | "mechanism" | "synapse" | "network" | "experiment" | "comparison" | "fit";
/** Where members stand: in a model, or in the braces of a variant. */
type Home = ModelKind | "variant";
type AnyMember =
  | MemberNode
  | SynapseMemberNode
  | NetworkNode["members"][number]
  | ExperimentMemberNode
  | ComparisonMemberNode
  | FitMemberNode;

/** A model whose members are still being gathered: those behind a brace too many count as its own. */
interface OpenModel {
  readonly kind: ModelKind;
  readonly start: number;
  readonly headerEnd: number;
  readonly end: number;
  readonly name: IdentifierNode;
  readonly ancestor: IdentifierNode | null;
  /** The models in the head of a fit. */
  readonly fitted: readonly VariantNode[];
  readonly members: MemberCstNode[];
  readonly closing: IToken | undefined;
}

const NOTHING: ReadonlySet<string> = new Set();

const KINDS: ReadonlyMap<TokenType, ModelKind> = new Map([[Neuron, "neuron"], [Mechanism, "mechanism"], [Synapse, "synapse"], [Network, "network"], [Experiment, "experiment"], [Comparison, "comparison"], [Fit, "fit"]]); // prettier-ignore

function buildImport(building: Building, cst: ImportDeclarationCstNode): ImportNode {
  const { Name, Comma, From, StringLiteral, Import } = cst.children;
  const importEnd = endOf(first(Import), startOf(cst, 0));
  const names = (Name ?? []).map((token, i) =>
    identifier(building, token, i === 0 ? importEnd : endOf(Comma?.[i - 1], importEnd)),
  );
  const path = first(StringLiteral);
  const pathStart = endOf(first(From), names[names.length - 1]?.span.end ?? importEnd);
  const pathSpan = path === undefined ? span(building.source, pathStart, pathStart) : spanOfToken(building, path);
  const pathNode = {
    kind: "string" as const,
    value: path === undefined ? "" : stringValue(path.image),
    span: pathSpan,
  };
  return { kind: "import", names, path: pathNode, span: spanAround(building, cst, importEnd, [...names, pathNode]) };
}

function openModel(building: Building, cst: ModelCstNode | HeadlessModelCstNode): OpenModel {
  const keyword = cst.name === "model" ? first(cst.children.BlockKeyword) : undefined;
  const start = startOf(cst, 0);
  const name = identifier(building, first(cst.children.Name), endOf(keyword, start));
  const ancestry = cst.children.ancestry?.[0];
  const block = cst.children.block?.[0];
  const kind =
    (keyword === undefined ? undefined : KINDS.get(keyword.tokenType)) ??
    (ancestry?.children.Of === undefined ? "neuron" : "experiment");
  if (cst.name === "headlessModel") {
    building.reportStructural(
      expected(name.span, {
        expected:
          "`neuron`, `mechanism`, `synapse`, `network`, `experiment`, `comparison` or `fit` before the name of a model",
        found: "",
      }),
    );
  }
  const ancestor =
    ancestry === undefined ? null : identifier(building, first(ancestry.children.Name), endOf(ancestry, name.span.end));
  checkAncestry(building, kind, name, ancestry);
  const head = cst.name === "model" ? cst.children.fitted?.[0] : undefined;
  const fitted =
    head === undefined ? [] : buildFitted(building, head, name.span.end, (b, at) => variantMembers(building, b, at));
  if (kind === "fit" && head === undefined && name.name !== "")
    building.reportStructural(
      expected(span(building.source, name.span.end, name.span.end), {
        expected: "`of` and the models that are fitted",
        found: "",
        help: [
          name.name === "of"
            ? "a fit has a name: `fit NAME of GLIF { … }`"
            : `write \`fit ${name.name} of GLIF, LIF { … }\``,
        ],
      }),
    );
  const last = fitted.at(-1) ?? ancestor ?? name;
  const extra = cst.name === "model" ? first(cst.children.headerRest?.[0]?.children.Anything) : undefined;
  if (extra !== undefined) {
    const wanted =
      ancestry !== undefined || kind === "comparison" || head !== undefined
        ? "`{`"
        : kind === "experiment"
          ? "`of`"
          : "`{` or `extends`";
    building.reportStructural(
      expected(spanOfToken(building, extra), {
        expected: `${wanted} after \`${textOf(last.span)}\``,
        found: `found \`${extra.image}\``,
      }),
    );
  }
  const doubled = block?.children.LBrace?.[1];
  if (doubled !== undefined)
    building.reportStructural(
      unexpected(spanOfToken(building, doubled), { found: "`{`", place: "at the beginning of a statement" }),
    );
  const headerEnd = endOf(first(block?.children.LBrace), last.span.end);
  checkSequence(
    building,
    block?.children.member,
    block?.children.separator,
    block?.children.stray,
    "at the beginning of a statement",
  );
  return {
    kind,
    start,
    headerEnd,
    end: endOf(cst, headerEnd),
    name,
    ancestor,
    fitted,
    members: [...(block?.children.member ?? [])],
    closing: first(block?.children.RBrace),
  };
}

/** An experiment is of something, a comparison of what stands in it; everything else extends. */
function checkAncestry(
  building: Building,
  kind: ModelKind,
  name: IdentifierNode,
  ancestry: AncestryCstNode | undefined,
): void {
  const word = first(ancestry?.children.Extends) ?? first(ancestry?.children.Of);
  if (kind === "experiment" && ancestry === undefined && name.name !== "") {
    const at = span(building.source, name.span.end, name.span.end);
    building.reportStructural(
      expected(at, {
        expected: "`of` and what the experiment is done with",
        found: "",
        help: [
          name.name === "of"
            ? "an experiment has a name: `experiment NAME of LIF { … }`"
            : `write \`experiment ${name.name} of LIF { … }\``,
        ],
      }),
    );
  }
  if (kind === "comparison" && word !== undefined) {
    const help = ["what is compared stands in the braces: `models LIF, GLIF`"];
    building.report(
      expected(spanOfToken(building, word), {
        expected: `\`{\` after \`${name.name}\``,
        found: `found \`${word.image}\``,
        help,
      }),
    );
    return;
  }
  const wanted = kind === "experiment" ? Of : Extends;
  if (word !== undefined && word.tokenType !== wanted) {
    const at = spanOfToken(building, word);
    const text = kind === "experiment" ? "of" : "extends";
    building.report(
      expected(at, {
        expected: `\`${text}\``,
        found: `found \`${word.image}\``,
        fixes: [{ title: `write \`${text}\``, edits: [{ span: at, newText: text }], confidence: "certain" }],
      }),
    );
  }
}

function buildModel(building: Building, open: OpenModel): Exclude<DeclarationNode, FunctionNode | QuantityNode> {
  const { kind, name, ancestor: parent } = open;
  const declared = new Set(
    open.members.flatMap((member) =>
      (member.children.quantities?.[0]?.children.quantity ?? []).flatMap((q) => first(q.children.Name)?.image ?? []),
    ),
  );
  let after = open.headerEnd;
  const members: AnyMember[] = [];
  for (const cst of open.members) {
    const built = membersOf(building, cst, after, declared, kind);
    after = endOf(cst, after);
    // The items of a list belong all, or none of them.
    if (built.slice(0, 1).every((member) => belongs(building, member, kind, firstWord(building, cst))))
      append(members, built);
  }
  const end = Math.max(open.end, ...members.slice(-1).map((member) => member.span.end));
  const whole = span(building.source, open.start, end);
  const doc = [building.docs.of(open.start, open.headerEnd), building.docs.behind(end)]
    .filter((text) => text !== "")
    .join("\n");
  // `belongs` has let through only what the kind of model takes.
  if (kind === "neuron" || kind === "mechanism")
    return { kind, name, parent, members: members as MemberNode[], doc, span: whole };
  if (kind === "synapse") return { kind, name, parent, members: members as SynapseMemberNode[], doc, span: whole };
  if (kind === "network") return { kind, name, parent, members: members as NetworkNode["members"], doc, span: whole };
  if (kind === "comparison") return { kind, name, members: members as ComparisonMemberNode[], doc, span: whole };
  if (kind === "fit")
    return { kind, name, members: [...open.fitted, ...(members as FitMemberNode[])], doc, span: whole };
  const subject = parent ?? { kind: "identifier", name: "", span: span(building.source, name.span.end, name.span.end) };
  return { kind, name, subject, members: members as ExperimentMemberNode[], doc, span: whole };
}

/** The nodes of one member: several for a list. */
function membersOf(
  building: Building,
  cst: MemberCstNode,
  after: number,
  declared: ReadonlySet<string>,
  kind: Home = "neuron",
): AnyMember[] {
  const p = cst.children;
  if (p.quantities?.[0] !== undefined) return buildQuantities(building, p.quantities[0], after);
  if (p.index?.[0] !== undefined) return [buildIndex(building, p.index[0], after)];
  if (p.functionDeclaration?.[0] !== undefined) return [buildFunction(building, p.functionDeclaration[0], after)];
  if (p.noise?.[0] !== undefined) return buildNoise(building, p.noise[0], after);
  if (p.interpret?.[0] !== undefined) return [buildInterpret(building, p.interpret[0], after)];
  if (p.use?.[0] !== undefined) return [buildUse(building, p.use[0], after)];
  if (p.spike?.[0] !== undefined) return [buildSpike(building, p.spike[0], after)];
  if (p.event?.[0] !== undefined)
    return kind === "synapse"
      ? present(buildArrival(building, p.event[0], after))
      : [buildEvent(building, p.event[0], after)];
  if (p.periodic?.[0] !== undefined) return [buildPeriodic(building, p.periodic[0], after)];
  if (p.resetBlock?.[0] !== undefined) return [buildReset(building, p.resetBlock[0], after)];
  if (p.refractory?.[0] !== undefined) return [buildRefractory(building, p.refractory[0], after)];
  if (p.population?.[0] !== undefined) return [buildPopulation(building, p.population[0], after)];
  if (p.connect?.[0] !== undefined) return [buildConnect(building, p.connect[0], after)];
  if (p.directive?.[0] !== undefined) return [buildDirective(building, p.directive[0], after)];
  if (p.method?.[0] !== undefined) return [buildMethod(building, p.method[0], after)];
  if (p.precise?.[0] !== undefined)
    return [{ kind: "precise", span: spanAround(building, p.precise[0], after) } satisfies PreciseNode];
  if (p.record?.[0] !== undefined) return [buildRecord(building, p.record[0], after)];
  if (p.variants?.[0] !== undefined)
    return buildVariants(building, p.variants[0], after, (block, at) => variantMembers(building, block, at));
  if (p.under?.[0] !== undefined) return buildUnder(building, p.under[0], after);
  if (p.measures?.[0] !== undefined) {
    const measures = buildMeasures(building, p.measures[0], after);
    for (const { weight } of measures)
      if (weight !== null && kind === "comparison")
        building.report(
          unexpected(weight.span, {
            found: `\`${textOf(weight.span)}*\``,
            place: "before a measure of a comparison",
            help: ["measures are weighed where something is fitted: `fit NAME of GLIF { … }`"],
          }),
        );
    return measures;
  }
  if (p.comparedTo?.[0] !== undefined) return [buildComparedTo(building, p.comparedTo[0], after)];
  if (p.seeds?.[0] !== undefined) return [buildSeeds(building, p.seeds[0], after)];
  if (p.sweep?.[0] !== undefined) return [buildSweep(building, p.sweep[0], after)];
  if (p.free?.[0] !== undefined) return buildFree(building, p.free[0], after);
  if (p.windows?.[0] !== undefined) return buildWindows(building, p.windows[0], after);
  if (p.evaluations?.[0] !== undefined) return [buildEvaluations(building, p.evaluations[0], after)];
  if (p.statement?.[0] === undefined) return [];
  const isSetting = ["experiment", "network", "comparison", "fit", "variant"].includes(kind);
  return present(
    isSetting
      ? buildSetting(building, p.statement[0], after)
      : buildEquation(building, p.statement[0], after, declared, kind === "synapse"),
  );
}

/** In the braces of a variant stands what an experiment says, but for what all variants share. */
function variantMembers(building: Building, block: VariantBlockCstNode, after: number): VariantMemberNode[] {
  checkSequence(
    building,
    block.children.member,
    block.children.separator,
    block.children.stray,
    "in the braces of a variant",
  );
  return (block.children.member ?? []).flatMap((cst) =>
    membersOf(building, cst, after, NOTHING, "variant").flatMap((member) => {
      const at = firstWord(building, cst);
      if (member.kind === "directive" && member.directive !== "step") {
        const help = `write the ${member.directive} into the experiment: it is common to all variants`;
        building.report(misplaced(at, { what: `the ${member.directive}`, place: ARTICLES.variant, help }));
        return [];
      }
      // `belongs` has let through only what a variant takes.
      return belongs(building, member, "variant", at) ? [member as VariantMemberNode] : [];
    }),
  );
}

const present = <T>(node: T | null): T[] => (node === null ? [] : [node]);

/** Where each kind of member belongs, and what it is called. */
const HOMES: Readonly<Record<AnyMember["kind"], { readonly what: string; readonly in: readonly Home[] }>> = {
  quantity: { what: "a quantity", in: ["neuron", "mechanism", "synapse", "network", "experiment"] },
  index: { what: "an index", in: ["neuron", "mechanism", "synapse"] },
  function: { what: "a function", in: ["neuron", "mechanism", "synapse"] },
  noise: { what: "a noise", in: ["neuron", "mechanism"] },
  interpret: { what: "a reading of noise", in: ["neuron", "mechanism"] },
  use: { what: "a mechanism", in: ["neuron", "mechanism"] },
  equation: { what: "an equation", in: ["neuron", "mechanism", "synapse"] },
  contribution: { what: "a contribution", in: ["neuron", "mechanism", "synapse"] },
  event: { what: "an event", in: ["neuron", "mechanism"] },
  arrival: { what: "the arrival of a spike", in: ["synapse"] },
  spike: { what: "a spike condition", in: ["neuron"] },
  reset: { what: "a reset", in: ["neuron"] },
  refractory: { what: "a refractory period", in: ["neuron"] },
  population: { what: "a population", in: ["network"] },
  connect: { what: "a connection", in: ["network"] },
  setting: { what: "a setting", in: ["experiment", "variant", "fit"] },
  directive: { what: "a setting of the simulation", in: ["experiment", "variant"] },
  method: { what: "a method", in: ["experiment", "variant"] },
  precise: { what: "the precision of spikes", in: ["experiment", "variant"] },
  record: { what: "a recording", in: ["experiment"] },
  variant: { what: "a list of models", in: ["comparison"] },
  under: { what: "the choice of an experiment", in: ["comparison", "fit"] },
  measure: { what: "a measure", in: ["comparison", "fit"] },
  comparedTo: { what: "a reference", in: ["comparison", "fit"] },
  seeds: { what: "the number of seeds", in: ["comparison", "fit"] },
  sweep: { what: "a sweep", in: ["comparison"] },
  free: { what: "a free number", in: ["fit"] },
  window: { what: "a window", in: ["comparison"] },
  part: { what: "a part of the recording", in: ["fit"] },
  evaluations: { what: "the number of runs", in: ["fit"] },
};

/** Quantities that only some models have. */
const ROLE_HOMES: ReadonlyMap<QuantityNode["role"], readonly Home[]> = new Map([
  ["state", ["neuron", "mechanism", "synapse"]],
  ["input", ["neuron", "mechanism"]],
  ["weight", ["synapse"]],
]);

const ARTICLES: Readonly<Record<Home, string>> = {
  neuron: "a neuron",
  mechanism: "a mechanism",
  synapse: "a synapse",
  network: "a network",
  experiment: "an experiment",
  comparison: "a comparison",
  fit: "a fit",
  variant: "the braces of a variant",
};

/** What a synapse has instead. */
const IN_SYNAPSES: Readonly<Partial<Record<AnyMember["kind"] | "input", string>>> = {
  input: "an input belongs in a neuron; a synapse adds to it: `post.I_e += …`",
  event:
    "what happens every so often belongs in a neuron or a mechanism; what spikes do here stands in `on pre { … }` and `on post { … }`",
  spike: "a spike condition belongs in a neuron; what its spikes do here stands in `on pre { … }` and `on post { … }`",
  reset: "a reset belongs in a neuron; what spikes do here stands in `on pre { … }` and `on post { … }`",
};

function belongs(building: Building, member: AnyMember, kind: Home, at: Span): boolean {
  const home = HOMES[member.kind];
  const roleHome = member.kind === "quantity" ? ROLE_HOMES.get(member.role) : undefined;
  if ((roleHome ?? home.in).includes(kind)) return true;
  const what = member.kind === "quantity" ? ROLE_NAMES[member.role] : home.what;
  const instead =
    kind === "synapse"
      ? IN_SYNAPSES[member.kind === "quantity" && member.role === "input" ? "input" : member.kind]
      : undefined;
  building.report(
    misplaced(at, {
      what,
      place: ARTICLES[kind],
      help: instead ?? homeHelp(member, what, roleHome?.slice(0, 1) ?? home.in, kind),
    }),
  );
  return false;
}

function homeHelp(member: AnyMember, what: string, homes: readonly Home[], kind: Home): string {
  if (member.kind === "window" && kind === "fit")
    return "the part by which numbers are found is `train 0 s .. 12 s`, the part kept back `test 12 s .. 20 s`";
  if (member.kind === "variant" && kind === "fit")
    return "the models of a fit stand in its head: `fit NAME of GLIF, LIF { … }`";
  if (member.kind === "setting" && kind === "comparison")
    return "values are set in the braces of a variant: `models LIF { C = 60 pF }`, or in the experiment";
  if (member.kind === "setting")
    return "values are set in the braces of a population or a connection, or in an experiment";
  if (member.kind === "quantity" && member.role === "weight" && kind === "network")
    return "a weight belongs in a synapse; its values are set in the braces of a connection: `connect E -> I by SYNAPSE { w = 1 nS } all`";
  const names = homes.map((home) => ARTICLES[home]);
  return `${what} belongs in ${listed(names, "or")}`;
}

function isTopLevel(member: MemberCstNode): boolean {
  const quantities = member.children.quantities?.[0];
  return (
    member.children.functionDeclaration !== undefined || quantities?.children.QuantityKeyword?.[0]?.tokenType === Const
  );
}

function homeOf(member: MemberCstNode): string {
  const {
    population,
    connect,
    quantities,
    directive,
    method,
    precise,
    record,
    variants,
    under,
    measures,
    comparedTo,
    seeds,
    sweep,
    free,
    windows,
    evaluations,
  } = member.children;
  const word = windows?.[0]?.children.WindowWord?.[0]?.image;
  if (word === "window") return "any comparison";
  if ((free ?? windows ?? evaluations) !== undefined) return "any fit";
  if ((variants ?? under ?? measures ?? comparedTo ?? seeds ?? sweep) !== undefined) return "any comparison";
  if ((population ?? connect) !== undefined) return "any network";
  if (quantities?.[0]?.children.Weight !== undefined) return "any synapse";
  return (directive ?? method ?? precise ?? record) ? "any experiment" : "any neuron";
}

function closingSpan(building: Building, open: OpenModel | null): Span | null {
  return open?.closing === undefined ? null : spanOfToken(building, open.closing);
}

function firstWord(building: Building, member: MemberCstNode): Span {
  return wordAt(building, startOf(member, 0));
}

function wordOf(building: Building, member: MemberCstNode): string {
  return member.children.statement === undefined ? `\`${textOf(firstWord(building, member))}\`` : "a statement";
}

function inOrder<T extends CstNode | IToken>(...lists: readonly (readonly T[] | undefined)[]): T[] {
  const found = lists.flatMap((list) => (list ?? []).filter((item) => !Number.isNaN(startOf(item, NaN))));
  return found.sort((a, b) => startOf(a, 0) - startOf(b, 0));
}
