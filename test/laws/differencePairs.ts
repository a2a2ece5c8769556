// Pairs of models for the law of differences: each production of the grammar with texts that mean something else in its place, and with texts that mean the same.
import type * as ast from "../../src/1-parse/ast.ts";
import { present } from "../../src/base/invariant.ts";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import { sourceText, type Span } from "../../src/base/source.ts";

type AnyNode =
  | ast.ModelFileNode
  | ast.ImportNode
  | Exclude<ast.DeclarationNode, ast.ComparisonDeclarationNode | ast.FitDeclarationNode>
  | ast.IdentifierNode
  | ast.SynapseMemberNode
  | ast.MemberNode
  | ast.FunctionParameterNode
  | ast.TargetNode
  | ast.LocalNode
  | ast.AssignmentNode
  | ast.PopulationNode
  | ast.ConnectNode
  | ast.EndpointNode
  | ast.RuleNode
  | ast.SettingNode
  | ast.ExperimentMemberNode
  | ast.RecordTargetNode
  | ast.RecordSegmentNode
  | ast.ComparisonMemberNode
  | ast.FitDeclarationNode
  | ast.FreeNode
  | ast.PartNode
  | ast.EvaluationsNode
  | ast.MeasureArgumentNode
  | ast.UnitNode
  | ast.ExprNode
  | ast.ArgumentNode;

/** Why a production has none of its own. */
type None =
  "its parts are changed" | "a name, which has no meaning of its own" | "no model" | "nothing that a run shows";
type Kind = AnyNode["kind"];
type Table = {
  readonly [K in Kind]:
    | None
    | ((
        node: Extract<AnyNode, { kind: K }>,
        text: (n: { readonly span: Span }) => string,
        whole: string,
      ) => readonly string[]);
};

const without = (whole: string, part: string): string => whole.replace(part, "");

/** A production without an entry does not compile. Texts that the checker refuses are no models and are left out. */
export const MUTATIONS: Table = {
  modelFile: (node, text) =>
    EXPRESSED.flatMap((by) => [
      ...inOtherWords(text(node), by, (value) => `1.3*(${by.value(value)})`),
      // What is set is another, and what is declared is not.
      ...inOtherWords(text(node), by, (value, isSet) => (isSet ? `(${by.value(value)})*1.5` : by.value(value))),
      ...inOtherWords(text(node), by, (value, isSet) =>
        isSet ? by.value(value.replace(/\b[ij]\b/u, "($& + 1)")) : by.value(value),
      ),
    ]),
  import: "no model",
  neuron: ({ members, ...node }, text) => exchanged(text(node), members.filter((m) => m.kind === "event").map(text)),
  mechanism: "its parts are changed",
  synapse: ({ members, ...node }, text) =>
    members.some((m) => m.kind === "arrival" && m.end === "pre") ? [text(node).replace("on pre", "on post")] : [],
  network: "its parts are changed",
  experiment: "its parts are changed",
  function: "its parts are changed",
  functionParameter: "a name, which has no meaning of its own",
  identifier: "a name, which has no meaning of its own",
  quantity: ({ role, single, ...node }, text) =>
    role === "weight" ? [single ? without(text(node), "single ") : `single ${text(node)}`] : [],
  index: "its parts are changed",
  noise: "a name, which has no meaning of its own",
  interpret: ({ calculus }) => [`interpret ${calculus === "ito" ? "Stratonovich" : "Ito"}`],
  use: "its parts are changed",
  target: "a name, which has no meaning of its own",
  equation: () => [""],
  contribution: (node, text) => ["", `${text(node)}; ${text(node)}`],
  arrival: () => [""],
  local: "its parts are changed",
  spike: ({ value, mode }, text) => (mode === "when" ? [`spike when ${text(value)} and t > 20 ms`] : []),
  event: (node, text) => ["", `${text(node)}; ${text(node)}`],
  reset: ({ assignments }) => (assignments.length > 1 ? ["reset { }"] : []),
  assignment: ({ target, value }, text) => [
    "",
    `${text(target)} <- ${text(target)}`,
    `${text(target)} <- ${text(target)} + (${text(value)})`,
  ],
  refractory: ({ duration, holdAll, hold, ...node }, text) => [
    "",
    ...(holdAll ? [`refractory ${text(duration)}`] : [`refractory ${text(duration)} { hold all }`]),
    ...hold.map((h) =>
      text(node)
        .replace(new RegExp(`${text(h)},? ?`, "u"), "")
        .replace(/hold\s*(?=[;}])/u, ""),
    ),
  ],
  population: "its parts are changed",
  connect: ({ rule, where, allow, ...node }, text) => [
    "",
    ...(where === null
      ? [`${text(node)} where i < 3`]
      : [text(node).replace(/ where .*$/su, rule === null ? " all" : "")]),
    ...(allow.length === 0 ? [`${text(node)} allow self`] : [text(node).replace(/ allow .*$/su, "")]),
  ],
  endpoint: ({ population, slice }, text) => (slice === null ? [`${text(population)}[0..1]`] : [text(population)]),
  rule: ({ name }) =>
    name.name === "one_to_one"
      ? ["all"]
      : name.name === "all"
        ? ["random(p: 0.5)"]
        : name.name === "random"
          ? ["all", "indegree(n: 2)"]
          : ["all"],
  setting: ({ operator, targets, value }, text) => [
    "",
    ...(operator === "~" ? [] : targets.map((t) => `${text(t)} = 1.5*(${text(value)})`)),
  ],
  directive: "its parts are changed",
  method: () => ["method euler", ""],
  precise: () => [""],
  record: "nothing that a run shows",
  recordTarget: "nothing that a run shows",
  recordSegment: "nothing that a run shows",
  variant: "no model",
  under: "no model",
  measure: "no model",
  measureArgument: "no model",
  comparedTo: "no model",
  seeds: "no model",
  sweep: "no model",
  fit: "no model",
  free: "no model",
  part: "no model",
  evaluations: "no model",
  window: "no model",
  unit: "its parts are changed",
  number: ({ text: digits, unit }) =>
    [2, 0.75, 1.0001].map(
      (by) => `${Number((Number(digits) * by).toPrecision(8))}${unit === null ? "" : ` ${unit.text}`}`,
    ),
  array: ({ elements, unit }, text) =>
    elements.length > 1
      ? [`[${[...elements].reverse().map(text).join(", ")}]${unit === null ? "" : ` ${unit.text}`}`]
      : [],
  string: "no model",
  reference: (node, text) => [`(1.5*${text(node)})`, `(-${text(node)})`],
  unary: ({ operand }, text) => [`(${text(operand)})`],
  binary: ({ operator, left, right }, text) => {
    const other = { "+": "-", "-": "+", "*": "/", "/": "*", "^": "*" } as const;
    return [
      `((${text(left)}) ${other[operator]} (${text(right)}))`,
      ...(operator === "+" || operator === "-" ? [`(${text(left)})`] : []),
    ];
  },
  comparison: ({ operator, left, right }, text) => {
    const edge = { "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==" } as const;
    const turned = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "<", "!=": ">" } as const;
    // A root has no value where its argument is negative, and what has none is less than nothing.
    const rooted =
      operator === "<" || operator === "<="
        ? [`(sqrt((${text(left)}) - (${text(right)}))^2 ${operator} 0*(${text(left)}))`]
        : [];
    return [...[edge[operator], turned[operator]].map((o) => `(${text(left)}) ${o} (${text(right)})`), ...rooted];
  },
  logical: ({ operator, left, right }, text) => [
    `(${text(left)}) ${operator === "and" ? "or" : "and"} (${text(right)})`,
    `(${text(left)})`,
    `(${text(right)})`,
  ],
  conditional: ({ condition, then, otherwise }, text) => [
    `(if ${text(condition)} then ${text(otherwise)} else ${text(then)})`,
    `(${text(then)})`,
    `(${text(otherwise)})`,
  ],
  call: (node, text) => {
    const other: Readonly<Record<string, string>> = {
      min: "max",
      max: "min",
      exp: "expm1",
      sin: "cos",
      cos: "sin",
      floor: "ceil",
      ceil: "floor",
      abs: "",
      step: "sign",
      sqrt: "log",
      tanh: "sinh",
      uniform: "normal",
      normal: "uniform",
    };
    const name = other[node.callee.name];
    const [from, to] = ["from", "to"].map((label) =>
      node.arguments.find((a) => a.label !== null && text(a.label) === label),
    );
    // A step more, or less.
    const shifted =
      node.callee.name !== "pulse" || from === undefined || to === undefined
        ? []
        : [
            `(if t > ${text(from.value)} and t < ${text(to.value)} then ${text(present(node.arguments[0], "height"))} else 0 mV)`,
            `(if t >= ${text(from.value)} and t <= ${text(to.value)} then ${text(present(node.arguments[0], "height"))} else 0 mV)`,
          ];
    return [
      ...shifted,
      ...(name === undefined ? [] : [`${name}(${node.arguments.map(text).join(", ")})`]),
      `(1.5*${text(node)})`,
    ];
  },
  argument: "its parts are changed",
  missing: "no model",
};

/** Texts that mean the same. */
export const REWRITINGS: Partial<Table> = {
  // Not what a synapse reads of its neurons: there it is told, not seen through.
  modelFile: (node, text) => EXPRESSED.flatMap((by) => inOtherWords(text(node), by, by.value)),
  // What is drawn without any spread.
  setting: ({ operator, targets, value }, text) =>
    operator === "=" && targets.length === 1
      ? targets.map((t) => `${text(t)} ~ normal(${text(value)}, 0*(${text(value)}))`)
      : [],
  // Not where an element is called by its number.
  index: (node, text, whole) => (text(node) === "index j = 1..2" && !/y\[\d/u.test(whole) ? ["index j = 0..1"] : []),
  connect: ({ where, rule, allow, sources, ...node }, text) => [
    ...(where === null && rule !== null && allow.length === 0 ? [`${text(node)} where 1 > 0`] : []),
    ...(rule?.name.name === "all" ? [text(node).replace(/\ball\b/u, "random(p: 1)")] : []),
    ...(rule?.name.name === "one_to_one" ? [text(node).replace("one_to_one", "all where i == j")] : []),
    ...(rule?.name.name === "all" && where === null && sources.some((s) => s.slice !== null)
      ? [
          `${text(node)
            .replace("[0..1]", "")
            .replace(/ allow .*$/u, "")} where i <= 1${allow.length > 0 ? " allow self" : ""}`,
        ]
      : []),
    ...(allow.length === 0 && isBetweenTwo(text(node)) ? [`${text(node)} allow self`] : []),
  ],
  refractory: ({ duration, holdAll, hold }, text) =>
    !holdAll && hold.length > 1
      ? [`refractory ${text(duration)} { hold ${[...hold].reverse().map(text).join(", ")} }`]
      : [],
  arrival: ({ end, ...block }, text) =>
    block.assignments.length > 1 ? [`on ${end} { ${turnedRound(block, text)} }`] : [],
  neuron: ({ members, ...node }, text) => {
    const [a, b] = members.filter((m) => m.kind === "equation").map(text);
    return a === undefined || b === undefined ? [] : exchanged(text(node), [a, b]);
  },
  number: ({ text: digits, unit }) => {
    const units: Readonly<Record<string, string>> = { mV: "V", ms: "s", pA: "nA", nS: "µS", pF: "nF" };
    const larger = unit === null ? undefined : units[unit.text];
    return larger === undefined || Number(digits) === 0
      ? []
      : [`${digits.includes("e") ? digits : `${digits}e-3`} ${larger}`];
  },
  unary: ({ operator, operand }, text) => (operator === "-" ? [`(0 - 1)*(${text(operand)})`] : []),
  binary: ({ operator, left, right }, text) => {
    const [l, r] = [`(${text(left)})`, `(${text(right)})`];
    return {
      "+": [`(${r} + ${l})`, `(${l} - (-${r}))`],
      "-": [`(-(${r} - ${l}))`],
      "*": [`(${r}*${l})`],
      "/": [`(${l}*(1/${r}))`],
      "^": [],
    }[operator];
  },
  comparison: ({ operator, left, right }, text) => {
    const [l, r] = [`(${text(left)})`, `(${text(right)})`];
    const turned = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!=" } as const;
    const negated = { "<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==" } as const;
    // Numbers of neurons are whole.
    const whole =
      /^[ij]$/u.test(text(left)) && /^\d+$/u.test(text(right))
        ? {
            "<": [`${text(left)} <= ${Number(text(right)) - 1}`],
            "<=": [`${text(left)} < ${Number(text(right)) + 1}`],
            ">": [`${text(left)} >= ${Number(text(right)) + 1}`],
            ">=": [`${text(left)} > ${Number(text(right)) - 1}`],
            "==": [`(${text(left)} >= ${text(right)} and ${text(left)} < ${Number(text(right)) + 1})`],
            "!=": [`(${text(left)} < ${text(right)} or ${text(left)} > ${text(right)})`],
          }[operator]
        : [];
    return [
      ...whole,
      `(${r} ${turned[operator]} ${l})`,
      `(not (${l} ${negated[operator]} ${r}))`,
      `(2*${l} ${operator} 2*${r})`,
    ];
  },
  logical: ({ operator, left, right }, text) => [
    `((${text(right)}) ${operator} (${text(left)}))`,
    `(not ((not (${text(left)})) ${operator === "and" ? "or" : "and"} (not (${text(right)}))))`,
  ],
  conditional: ({ condition, then, otherwise }, text) => [
    ...sinceOrUntil(text(condition), text(then), text(otherwise)),
    `(if not (${text(condition)}) then ${text(otherwise)} else ${text(then)})`,
  ],
  call: (node, text) => {
    const [x, y, z] = node.arguments.map((a) => `(${text(a)})`);
    const stimulus = stimulusOf(node, text);
    if (stimulus.length > 0) return stimulus;
    switch (node.arguments.some((a) => a.label !== null) ? "" : node.callee.name) {
      case "abs":
        return [
          `(if ${x ?? ""} > 0*${x ?? ""} then ${x ?? ""} else -${x ?? ""})`,
          `max(${x ?? ""}, -${x ?? ""})`,
          `sqrt(${x ?? ""}^2)`,
        ];
      case "max":
        return node.arguments.length === 2
          ? [`(if ${x ?? ""} < ${y ?? ""} then ${y ?? ""} else ${x ?? ""})`, `(-min(-${y ?? ""}, -${x ?? ""}))`]
          : [];
      case "min":
        return node.arguments.length === 2 ? [`(if ${x ?? ""} < ${y ?? ""} then ${x ?? ""} else ${y ?? ""})`] : [];
      case "clamp":
        return [`max(${y ?? ""}, min(${z ?? ""}, ${x ?? ""}))`, `min(${z ?? ""}, max(${x ?? ""}, ${y ?? ""}))`];
      case "tanh":
        return [`(1 - 2/(1 + exp(2*${x ?? ""})))`, `(2/(1 + exp(-2*${x ?? ""})) - 1)`];
      case "exp":
        return [`(1/exp(-${x ?? ""}))`];
      case "sqrt":
        return [`(sqrt(4*${x ?? ""})/2)`];
      default:
        return [];
    }
  },
  reset: (block, text) => (block.assignments.length > 1 ? [`reset { ${turnedRound(block, text)} }`] : []),
  event: ({ condition, every, ...block }, text) => {
    if (block.assignments.length < 2) return [];
    if (every === null) return [`on ${text(condition)} { ${turnedRound(block, text)} }`];
    const bounds = [
      every.from === null ? "" : ` from ${text(every.from)}`,
      every.to === null ? "" : ` to ${text(every.to)}`,
    ];
    return [`every ${text(condition)}${bounds.join("")} { ${turnedRound(block, text)} }`];
  },
  contribution: ({ target, value }, text) => [
    `${text(target)} += 0.5*(${text(value)}); ${text(target)} += 0.5*(${text(value)})`,
  ],
};

/** What happens at one moment, in the other order. */
function turnedRound(
  { locals, assignments }: Pick<ast.BlockNode, "locals" | "assignments">,
  text: (node: AnyNode) => string,
): string {
  return [...locals, ...[...assignments].reverse()].map(text).join("; ");
}

/** A shape of a stimulus as other shapes, steps, conditions on the time and functions of it. */
function stimulusOf(
  { callee, arguments: all }: ast.ExprNode & { readonly kind: "call" },
  text: (n: { readonly span: Span }) => string,
): readonly string[] {
  const named = (label: string, place: number): string | null => {
    const found =
      all.find((a) => a.label !== null && text(a.label) === label) ?? all.filter((a) => a.label === null)[place];
    return found === undefined ? null : `(${text(found.value)})`;
  };
  const [first = "", second = ""] = all.map((a) => `(${text(a.value)})`);
  const [from, to] = [named("from", 9), named("to", 9)];
  const zero = `0*${first}`;
  switch (callee.name) {
    case "pulse":
      return from === null || to === null
        ? []
        : [
            `(pulse(${first}, from: ${from}) - pulse(${first}, from: ${to}))`,
            `(${first}*pulse(1, from: ${from}, to: ${to}))`,
            `steps(${from}: ${first}, ${to}: ${zero})`,
          ];
    case "steps": {
      const points = all.flatMap((a) => (a.value.kind === "missing" ? [] : [text(a)]));
      return points.length < 2 ? [] : [`(0.5*steps(${points.join(", ")}) + steps(${points.join(", ")})/2)`];
    }
    case "sine":
      return from !== null || to !== null
        ? []
        : [`(${first}*sin(2*π*${named("frequency", 1) ?? second}*t + ${named("phase", 2) ?? "0"}))`];
    case "ramp":
      return from === null || to === null
        ? []
        : [`(${first} + ramp(${zero}, ${second} - ${first}, from: ${from}, to: ${to}))`];
    default:
      return [];
  }
}

/** A stimulus that changes once, as shapes. The checker refuses these anywhere else. */
function sinceOrUntil(condition: string, then: string, otherwise: string): readonly string[] {
  const [, operator, time] = /^t (<|>=) (\d+ ms)$/u.exec(condition) ?? [];
  if (operator === undefined || time === undefined) return [];
  const [before, after] = operator === "<" ? [then, otherwise] : [otherwise, then];
  return [
    `steps(0 ms: ${before}, ${time}: ${after})`,
    `(pulse(${before}, to: ${time}) + pulse(${after}, from: ${time}))`,
  ];
}

/** A parameter of which another gives the value. */
interface Expressed {
  readonly name: string;
  readonly by: string;
  readonly value: (of: string) => string;
  readonly meaning: string;
}

const EXPRESSED: readonly Expressed[] = [
  { name: "τ", by: "rate", value: (τ) => `1/(${τ})`, meaning: "(1/rate)" },
  { name: "τ_s", by: "rate_s", value: (τ) => `2/(${τ})`, meaning: "(2/rate_s)" },
  { name: "E", by: "twice", value: (E) => `2*(${E})`, meaning: "(twice/2)" },
  { name: "q", by: "quarter", value: (q) => `(${q})/4`, meaning: "(4*quarter)" },
];

/** The model with a parameter given by another wherever it is declared, set and read; nothing where it is drawn, since no two draws are one. */
function inOtherWords(
  whole: string,
  { name, by, meaning }: Expressed,
  value: (of: string, isSet: boolean) => string,
): readonly string[] {
  const word = `(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`;
  if (!new RegExp(`${word} = `, "u").test(whole) || new RegExp(`${word} ~ `, "u").test(whole)) return [];
  const declared = whole.indexOf("param");
  let count = 0;
  const text = whole
    .replace(new RegExp(`${word} = ([^,;\\n}]*)`, "gu"), (_, of: string) => `\u0000 = ${value(of.trim(), count++ > 0)}`)
    .replace(new RegExp(`(pre\\.|post\\.|)${word}`, "gu"), (_, end: string) => meaning.replace(by, end + by))
    .replaceAll("\u0000", by);
  return declared < 0 ? [] : [text];
}

function isBetweenTwo(connect: string): boolean {
  const [, from, to] = /^connect (\w+)[^,]*? -> (\w+)[^,]*? by/u.exec(connect) ?? [];
  return from !== to;
}

function exchanged(whole: string, [a, b]: readonly string[]): readonly string[] {
  return a === undefined || b === undefined
    ? []
    : [
        whole
          .replace(a, "\u0000")
          .replace(b, () => a)
          .replace("\u0000", () => b),
      ];
}

export interface Pair {
  readonly kind: Kind;
  readonly was: string;
  readonly is: string;
  readonly text: string;
}

/** All texts that one entry of the table makes of a model. */
export function variantsOf(model: string, table: Partial<Table>): Pair[] {
  const { file } = parseModelFile(sourceText("main.glif", model));
  const found: Pair[] = [];
  const text = ({ span }: { readonly span: Span }): string => model.slice(span.start, span.end);
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (!isNode(value)) return;
    // Seeds and what is recorded are no difference of models.
    if (
      value.kind === "record" ||
      (value.kind === "comparison" && "members" in value) ||
      (value.kind === "directive" && value.directive === "seed")
    )
      return;
    const make = table[value.kind] as
      | None
      | ((node: AnyNode, text: (n: { readonly span: Span }) => string, whole: string) => readonly string[])
      | undefined;
    if (typeof make === "function") {
      for (const is of make(value, text, model)) {
        const was = text(value);
        if (is !== was)
          found.push({
            kind: value.kind,
            ...(value.kind === "modelFile" ? otherLines(was, is) : { was, is }),
            text: model.slice(0, value.span.start) + is + model.slice(value.span.end),
          });
      }
    }
    for (const [key, part] of Object.entries(value))
      if (key !== "span" && key !== "source" && key !== "operatorSpan") walk(part);
  };
  walk(file);
  return found;
}

/** Of two texts the lines that are not the same. */
function otherLines(was: string, is: string): Pick<Pair, "was" | "is"> {
  const [own, others] = [was.split("\n"), is.split("\n")];
  const kept = (lines: readonly string[], other: readonly string[]): string =>
    lines.filter((line) => !other.includes(line)).join(" ");
  return { was: kept(own, others), is: kept(others, own) };
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "kind" in value && "span" in value;
}
