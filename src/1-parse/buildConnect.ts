// A connection between populations: its two ends, its synapse, and the parts that may be left out.
import type { CstNode, IToken } from "chevrotain";
import type {
  AllowanceCstNode, AssignmentsCstNode, ConditionCstNode, ConnectCstNode, ConnectionPartCstNode, DirectionCstNode, EndpointsCstNode, RuleCstNode,
} from "../../grammar/cst.d.ts"; // prettier-ignore
import { Arrow, By, RightArrow, Where } from "../../grammar/tokens.ts";
import { shortened } from "../base/shortWords.ts";
import type { Span } from "../base/source.ts";
import { cover, span, textOf } from "../base/source.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { connectionOrder, connectionPartTwice, expected, unexpected } from "../diagnostics/syntax.ts";
import type { ArgumentNode, ConnectNode, EndpointNode, ExprNode, IdentifierNode, RuleNode } from "./ast.ts";
import { buildArgument, buildArguments, buildExpression, buildSlice } from "./buildExpression.ts";
import type { Building } from "./building.ts";
import { endOf, first, identifier, isInvented, spanAround, spanOfToken, startOf } from "./building.ts";
import { buildSettings } from "./buildStatement.ts";
import { wordAt } from "./sequence.ts";

const CONNECTION_FORM = "write `connect E -> I by SYNAPSE { w = 1 nS } random(p: 0.1)`";

/** The parts of a connection that may be left out, in the order in which they stand. */
const PARTS = ["alias", "assignments", "rule", "condition", "allowance"] as const;
type Part = (typeof PARTS)[number];
const PART_NAMES: Readonly<Record<Part, string>> = {
  alias: "`as …`",
  assignments: "`{ … }`",
  rule: "rule",
  condition: "`where …`",
  allowance: "`allow …`",
};
const inOrder = (part: Part): string => (part === "rule" ? "the rule" : PART_NAMES[part]);

export function buildConnect(building: Building, cst: ConnectCstNode, after: number): ConnectNode {
  const parts = cst.children;
  const keywordEnd = endOf(first(parts.Connect), after);
  const sourcesEnd = endOf(parts.sources?.[0], keywordEnd);
  const directionEnd = endOf(parts.direction?.[0], sourcesEnd);
  const targetsEnd = endOf(parts.targets?.[0], directionEnd);
  const sources = buildEndpoints(building, parts.sources?.[0], keywordEnd);
  const targets = buildEndpoints(building, parts.targets?.[0], directionEnd);
  const synapse = identifier(
    building,
    first(parts.conveyance?.[0]?.children.Name),
    endOf(parts.conveyance?.[0] ?? first(parts.By), targetsEnd),
  );
  checkEnds(building, cst, { sources: keywordEnd, direction: sourcesEnd, targets: directionEnd });
  checkConveyance(building, cst, targetsEnd, synapse);
  const found = partsOf(building, parts.connectionPart ?? []);
  const alias =
    found.alias === undefined
      ? null
      : identifier(building, first(found.alias.children.Name), endOf(first(found.alias.children.As), synapse.span.end));
  const settings = found.assignments === undefined ? [] : buildSettings(building, found.assignments, synapse.span.end);
  const where = found.condition === undefined ? null : buildCondition(building, found.condition, synapse.span.end);
  const allow = found.allowance === undefined ? [] : allowed(building, found.allowance, synapse.span.end);
  // Where something was not understood, no rule is a hole rather than a rule that was forgotten.
  const rule =
    found.rule !== undefined
      ? buildRule(building, found.rule, synapse.span.end)
      : where === null && isBroken(cst)
        ? noRule(building, endOf(cst, after))
        : null;
  const whole = spanAround(
    building, cst, after, [...sources, ...targets, synapse, ...[alias, rule, where].filter((node) => node !== null), ...settings, ...allow]); // prettier-ignore
  return {
    kind: "connect",
    sources,
    targets,
    synapse,
    alias,
    settings,
    rule,
    where,
    allow,
    doc: building.docs.of(whole.start, whole.end),
    span: whole,
  };
}

function isBroken({ children: parts, recoveredNode }: ConnectCstNode): boolean {
  const isPartial = (parts.connectionPart ?? []).some(
    ({ children, recoveredNode: recovered }) =>
      recovered === true || children.stray !== undefined || isUnclosed(children.assignments?.[0]),
  );
  return (
    recoveredNode === true ||
    isPartial ||
    [parts.sources, parts.direction, parts.targets, parts.conveyance].some((part) => part === undefined)
  );
}

function isUnclosed(braces: AssignmentsCstNode | undefined): boolean {
  return braces !== undefined && (braces.recoveredNode === true || first(braces.children.RBrace) === undefined);
}

function noRule(building: Building, at: number): RuleNode {
  const here = span(building.source, at, at);
  return { kind: "rule", name: { kind: "identifier", name: "", span: here }, arguments: [], span: here };
}

function buildEndpoints(building: Building, cst: EndpointsCstNode | undefined, after: number): EndpointNode[] {
  const endpoints = (cst?.children.endpoint ?? []).map((endpoint): EndpointNode => {
    const population = identifier(building, first(endpoint.children.Name), startOf(endpoint, after));
    const slice = buildSlice(building, endpoint.children.slice?.[0], population.span.end);
    const inside = slice === null ? [] : slice.to === null ? [slice.from] : [slice.from, slice.to];
    return {
      kind: "endpoint",
      population,
      slice,
      span: spanAround(building, endpoint, after, [population, ...inside]),
    };
  });
  const lastComma = cst?.children.Comma?.[endpoints.length - 1];
  if (lastComma !== undefined) complainAboutEnd(building, endOf(lastComma, after), ",");
  const hole = identifier(building, undefined, after);
  return endpoints.length > 0 ? endpoints : [{ kind: "endpoint", population: hole, slice: null, span: hole.span }];
}

/** The population at an end is missing behind `previous`. */
function complainAboutEnd(building: Building, end: number, previous: string, help: readonly string[] = []): void {
  building.reportStructural(
    expected(span(building.source, end, end), {
      expected: `the name of a population after \`${previous}\``,
      found: "",
      help,
    }),
  );
}

/** `at`: where each of them would begin. */
function checkEnds(
  building: Building,
  cst: ConnectCstNode,
  at: { readonly sources: number; readonly direction: number; readonly targets: number },
): void {
  const { sources, direction, targets } = cst.children;
  if (sources === undefined)
    complainAboutEnd(building, at.sources, "connect", [
      "several are separated by commas: `connect E, I -> E by SYNAPSE`",
    ]);
  else checkDirection(building, cst, at.direction, targets !== undefined);
  if (sources !== undefined && direction !== undefined && targets === undefined) {
    const signs = directionTokens(direction[0]);
    complainAboutEnd(building, at.targets, signs[signs.length - 1]?.image ?? "->");
  }
}

const LONGEST_SHOWN = 30;

function checkDirection(building: Building, cst: ConnectCstNode, sourcesEnd: number, hasTargets: boolean): void {
  const direction = cst.children.direction?.[0];
  const written = directionTokens(direction);
  const [sign, ...more] = written;
  if (sign?.tokenType === RightArrow && more.length === 0) return;
  const head = textOf(span(building.source, startOf(cst.children.sources?.[0], sourcesEnd), sourcesEnd));
  const last = written[written.length - 1];
  if (sign === undefined || last === undefined) {
    const next = startOf(cst.children.targets?.[0], sourcesEnd);
    const fixes = hasTargets ? [insertion(span(building.source, next, next), "->", " ")] : [];
    const wanted = hasTargets
      ? "`->` between the source and the target of a connection"
      : `\`->\` and the targets after \`${shortened(head, LONGEST_SHOWN)}\``;
    building.reportStructural(
      expected(span(building.source, sourcesEnd, sourcesEnd), { expected: wanted, found: "", fixes }),
    );
    return;
  }
  const at = cover(spanOfToken(building, sign), spanOfToken(building, last));
  const found = `found \`${textOf(at)}\``;
  const wanted = "`->` from the source to the target of a connection";
  if (written.some((token) => token.tokenType === Arrow)) {
    const help = [
      "the source stands first: `connect SOURCE -> TARGET by SYNAPSE`; for both directions write two connections",
    ];
    building.reportStructural(expected(at, { expected: wanted, found, help }));
  } else building.reportStructural(expected(at, { expected: wanted, found, fixes: [replacement(at, "->")] }));
}

function directionTokens(cst: DirectionCstNode | undefined): IToken[] {
  const { Identifier, RightArrow: arrows, BinaryOperator } = cst?.children ?? {};
  return [...(Identifier ?? []), ...(arrows ?? []), ...(BinaryOperator ?? [])].sort(
    (a, b) => a.startOffset - b.startOffset,
  );
}

function checkConveyance(building: Building, cst: ConnectCstNode, targetsEnd: number, synapse: IdentifierNode): void {
  const conveyance = cst.children.conveyance?.[0];
  const by = first(cst.children.By);
  if (by !== undefined) {
    const at = span(building.source, endOf(by, targetsEnd), endOf(by, targetsEnd));
    building.reportStructural(
      expected(at, { expected: "the name of a synapse after `by`", found: "the line ends here" }),
    );
    return;
  }
  const [wrong] = [...(conveyance?.children.With ?? []), ...(conveyance?.children.Identifier ?? [])];
  if (conveyance === undefined) {
    const at = span(building.source, targetsEnd, targetsEnd);
    building.reportStructural(
      expected(at, {
        expected: "`by` and the name of a synapse after the targets",
        found: "",
        help: [CONNECTION_FORM],
      }),
    );
  } else if (wrong !== undefined) {
    const at = spanOfToken(building, wrong);
    building.reportStructural(
      expected(at, {
        expected: "`by` before the name of a synapse",
        found: `found \`${wrong.image}\``,
        fixes: [replacement(at, By.PATTERN as string)],
      }),
    );
  } else if (conveyance.children.By === undefined && synapse.name !== "") {
    building.reportStructural(
      expected(synapse.span, {
        expected: "`by` before the name of a synapse",
        found: "",
        fixes: [insertion(synapse.span, "by", " ")],
      }),
    );
  }
}

type FoundParts = {
  readonly [P in Part]?: NonNullable<ConnectionPartCstNode["children"][P]>[number];
};

/** One of each; what comes a second time or too late is told. */
function partsOf(building: Building, parts: readonly ConnectionPartCstNode[]): FoundParts {
  const found: Partial<Record<Part, CstNode>> = {};
  let latest: Part = "alias";
  for (const cst of parts) {
    const part = PARTS.find((name) => cst.children[name] !== undefined);
    const node = part === undefined ? undefined : cst.children[part]?.[0];
    if (cst.children.stray !== undefined) {
      const at = spanOfHead(building, cst, 0);
      building.reportStructural(
        unexpected(at, { found: `\`${textOf(at)}\``, place: "in a connection", help: [CONNECTION_FORM] }),
      );
    }
    if (part === undefined || node === undefined) continue;
    const start = startOf(node, 0);
    const at = spanOfHead(building, node, start);
    if (found[part] !== undefined) {
      building.reportStructural(
        connectionPartTwice(at, { what: PART_NAMES[part], first: spanOfHead(building, found[part], start) }),
      );
      continue;
    }
    found[part] = node;
    if (PARTS.indexOf(part) < PARTS.indexOf(latest))
      building.reportStructural(connectionOrder(at, { what: inOrder(part), before: inOrder(latest) }));
    else latest = part;
  }
  return found as FoundParts;
}

/** The word or the brace with which a part begins. */
function spanOfHead(building: Building, node: CstNode, otherwise: number): Span {
  return wordAt(building, startOf(node, otherwise));
}

function buildRule(building: Building, cst: RuleCstNode, after: number): RuleNode {
  const name = identifier(building, first(cst.children.Name), after);
  const bare = cst.children.argument?.[0];
  const values: ArgumentNode[] =
    bare === undefined
      ? buildArguments(building, cst.children.arguments?.[0], name.span.end)
      : [buildArgument(building, bare, name.span.end)];
  const [only] = values;
  if (bare === undefined || only === undefined)
    return { kind: "rule", name, arguments: values, span: spanAround(building, cst, after, [name, ...values]) };
  // `prob 0.1` and `random 0.1`: a rule with what it takes, but for the parentheses.
  const isProbability = PROBABILITIES.has(name.name);
  const read = isProbability ? { ...name, name: "random" } : name;
  const whole = cover(name.span, only.span);
  const written = `${read.name}(${isProbability && only.label === null ? "p: " : ""}${textOf(only.span)})`;
  const fixes: Fix[] = [
    {
      title: `write \`${written}\``,
      edits: [{ span: whole, newText: written }],
      confidence: isProbability ? "likely" : "certain",
    },
  ];
  building.reportStructural(
    expected(only.span, { expected: `parentheses around what \`${name.name}\` takes`, found: "", fixes }),
  );
  return { kind: "rule", name: read, arguments: values, span: spanAround(building, cst, after, [name, ...values]) };
}

const PROBABILITIES: ReadonlySet<string> = new Set(["prob", "probability", "p"]);

function buildCondition(building: Building, cst: ConditionCstNode, after: number): ExprNode {
  const word = first(cst.children.Where) ?? first(cst.children.When) ?? first(cst.children.If);
  if (word !== undefined && word.tokenType !== Where) {
    const at = spanOfToken(building, word);
    building.reportStructural(
      expected(at, {
        expected: "`where` before the condition of a connection",
        found: `found \`${word.image}\``,
        fixes: [replacement(at, "where")],
      }),
    );
  }
  return buildExpression(building, cst.children.expression?.[0], endOf(word, after));
}

function allowed(building: Building, cst: AllowanceCstNode, after: number): IdentifierNode[] {
  const end = endOf(first(cst.children.Allow), after);
  const names = (cst.children.Name ?? [])
    .filter((token) => !isInvented(token))
    .map((token) => identifier(building, token, end));
  const commas = cst.children.Comma ?? [];
  const unseparated = names.slice(1).find((name, i) => (commas[i]?.startOffset ?? Infinity) > name.span.start);
  if (unseparated !== undefined) {
    const at = span(building.source, unseparated.span.start, unseparated.span.start);
    const fixes: Fix[] = [{ title: "insert `,`", edits: [{ span: at, newText: ", " }], confidence: "certain" }];
    building.reportStructural(
      expected(unseparated.span, { expected: `\`,\` before \`${unseparated.name}\``, found: "", fixes }),
    );
  }
  return names;
}

function replacement(at: Span, newText: string): Fix {
  return { title: `write \`${newText}\``, edits: [{ span: at, newText }], confidence: "certain" };
}

function insertion(before: Span, word: string, gap: string): Fix {
  return {
    title: `insert \`${word}\``,
    edits: [{ span: span(before.source, before.start, before.start), newText: word + gap }],
    confidence: "likely",
  };
}
