// One projection as a function that makes its connections and its kernels: what a spike does along one row of connections is one loop.
import type { Expr } from "../algebra/expression.ts";
import { present } from "../base/invariant.ts";
import {
  assignedThrough,
  drawsIn,
  type AssignmentPlan,
  type ConnectionValue,
  type ConnectionValuePlan,
  type CouplingPlan,
  type EndPlan,
  type ProjectionPlan,
  valuesOf,
  withParts,
} from "../4-plan/plan.ts";
import { agoAt, atEnd, endSymbol, inputSymbol, nextSymbol, slopeInput } from "../4-plan/symbols.ts";
import { distributionOf } from "../runtime/distributions.ts";
import { ruleOf } from "../runtime/rules.ts";
import type { Code, Parameter, Property, Statement } from "./code.ts";
import {
  arrayOf,
  arrow,
  assign,
  at,
  binary,
  BLANK,
  callOf,
  comment,
  constant,
  float64,
  func,
  give,
  id,
  loop,
  member,
  newOf,
  num,
  objectOf,
  perform,
  str,
} from "./construct.ts";
import { drawCode, exactGroups, infinity, propagatorStatements } from "./creation.ts";
import { defineDraws, eventStreams, nameDraws } from "./eventDraws.ts";
import type { Block } from "./expressions.ts";
import { integrate, rootsOf } from "./grid.ts";
import { place } from "./place.ts";
import { mentions } from "./mentions.ts";
import { timesCode } from "./stimulus.ts";
import type { ProjectionEmitter, Where } from "./projection.ts";

const CONNECTION_ARROW: readonly Parameter[] = [
  { name: "row", type: "Stream" },
  { name: "k", type: "number" },
  { name: "i", type: "number" },
  { name: "j", type: "number" },
];
const ROW: readonly Parameter[] = [
  { name: "i", type: "number" },
  { name: "from", type: "number" },
  { name: "to", type: "number" },
];
/** Of what is read as it was a delay ago. */
const PAST: Parameter = { name: "row", type: "number" };
const JUMP: readonly Parameter[] = [
  ...["i", "j", "c", "t"].map((name) => ({ name, type: "number" })),
  { name: "state", type: "Float64Array" },
];
const EACH: readonly Parameter[] = [
  { name: "ring", type: "Int32Array" },
  { name: "mask", type: "number" },
  { name: "from", type: "number" },
  { name: "to", type: "number" },
];
const COLUMN: readonly Parameter[] = [
  { name: "j", type: "number" },
  { name: "from", type: "number" },
  { name: "to", type: "number" },
];

export interface ProjectionOptions {
  readonly functionName: string;
  readonly hasSetup: boolean;
  /** Spikes arrive at any time inside a step. */
  readonly precise: boolean;
}

export function projectionFunction(e: ProjectionEmitter, options: ProjectionOptions): Statement {
  const { plan } = e;
  // First of all: kernels need to know what the coefficients are called.
  const propagators = exactGroups(plan.groups).flatMap((g) =>
    propagatorStatements(e, g, plan.groups.length === 1 ? "" : g.id),
  );
  const kernels = options.precise ? [jumpKernel(e)] : kernelsOf(e);
  const keepsTime = !options.precise && mentions(kernels, "t");
  const draws = drawsIn(assignedThrough(plan));
  const isDriven = keepsTime || draws.length > 0;
  const counts = drawsIn(plan.onPre.perConnection).length > 0;
  const values = plan.values.map((v) => present(e.values.get(v.name), v.name));
  const creation: Statement[] = [
    ...connectStatements(e, options.precise),
    ...plan.values.flatMap((v) => valueStatements(e, v)),
  ];
  const single = kernels.some((k) => k.name === "deliverEach")
    ? [
        constant("starts", member(id("connections"), "starts")),
        constant("first_source", member(id("connections"), "firstSource")),
      ]
    : [];
  const incoming = kernels.some((k) => k.name === "reply") ? incomingStatements(e) : [];
  const body: Statement[] = [
    ...e.endStatements(),
    ...creation,
    ...[...e.kept.values()].map(({ end, of, array }) =>
      constant(
        array,
        callOf(
          e.runtime("pastOf"),
          callOf(e.runtime("variableOf"), id(end === "pre" ? "source" : "target"), str(of)),
          id("connections"),
        ),
        "a row a step",
      ),
    ),
    ...propagators,
    ...single,
    ...incoming,
    ...(e.coefficients.codes.length > 0 ? [constant("coefficient", float64(e.coefficients.codes))] : []),
    ...eventStreams(e, draws, plan.name),
    ...(counts ? [constant("arrived", callOf(e.runtime("arrivalOrder"), member(id("target"), "size")))] : []),
    ...(keepsTime ? [{ kind: "let", name: "t", value: num(0) } as const] : []),
    ...(draws.length > 0 ? [{ kind: "let", name: "step", value: num(0) } as const] : []),
    ...(isDriven
      ? [
          BLANK,
          func("drive", [{ name: "tick", type: "number" }], "void", [
            ...(keepsTime ? [assign(id("t"), callOf(e.runtime("timeOf"), id("tick"), id("dt")))] : []),
            ...(draws.length > 0 ? [assign(id("step"), id("tick"))] : []),
            ...(counts ? [perform(callOf(e.runtime("beginArrivals"), id("arrived")))] : []),
          ]),
        ]
      : []),
    BLANK,
    ...kernels.flatMap((k) => [k, BLANK]),
    give(
      objectOf([
        { name: "kind", value: str(options.precise ? "precise" : "grid") },
        { name: "name", value: str(plan.name) },
        { name: "connection", value: str(plan.connection) },
        { name: "source", value: str(plan.source.population) },
        { name: "target", value: str(plan.target.population) },
        { name: "connections", value: callOf(e.runtime("settled"), id("connections")) },
        { name: "values", value: arrayOf(plan.values.map((v, k) => valueObject(v, present(values[k], v.name)))) },
        ...(options.precise
          ? [{ name: "delays", value: id("delays") }]
          : [
              ...(incoming.length === 0 ? [] : [{ name: "incoming", value: id("incoming_connections") }]),
              { name: "protects", value: arrayOf(plan.jumpsIntoHeld.map(str)) },
              ...(e.kept.size === 0
                ? []
                : [
                    {
                      name: "kept",
                      value: arrayOf(
                        [...e.kept.values()].map(({ end, of, array }) =>
                          objectOf([
                            { name: "population", value: str((end === "pre" ? plan.source : plan.target).population) },
                            { name: "array", value: str(of) },
                            { name: "past", value: id(array) },
                          ]),
                        ),
                      ),
                    },
                  ]),
              ...(plan.oneByOne ? [{ name: "oneByOne", value: { kind: "boolean", value: true } } as const] : []),
              { name: "fills", value: arrayOf([...plan.couplings, ...plan.motions].map((c) => fillObject(plan, c))) },
              {
                name: "ahead",
                value: arrayOf(
                  plan.ahead.map(({ end, state }) =>
                    objectOf([
                      { name: "population", value: str((end === "pre" ? plan.source : plan.target).population) },
                      { name: "state", value: str(state) },
                      { name: "slope", value: str(inputSymbol(slopeInput(state))) },
                    ]),
                  ),
                ),
              },
              ...delayTimes(e),
              ...(isDriven ? [{ name: "drive", value: id("drive") }] : []),
            ]),
        ...kernels.map((k): Property => ({ name: k.name, value: id(k.name) })),
      ]),
    ),
  ];
  return {
    kind: "function",
    name: options.functionName,
    parameters: [
      { name: "source", type: options.precise ? "PreciseKernel" : "GridKernel" },
      { name: "target", type: options.precise ? "PreciseKernel" : "GridKernel" },
      ...(options.hasSetup ? [{ name: "setup", type: "Setup" }] : []),
      { name: "dt", type: "number" },
      { name: "seed", type: "number" },
      { name: "options", type: "Options" },
    ],
    returns: options.precise ? "PreciseProjection" : "GridProjection",
    doc: `Connections ${plan.connection} from ${plan.source.population} to ${plan.target.population} by ${plan.synapse}.`,
    body,
  };
}

function valueObject(v: ConnectionValuePlan, array: string): Code {
  return objectOf([
    { name: "name", value: str(v.name) },
    { name: "role", value: str(v.role) },
    { name: "unit", value: str(v.unit) },
    { name: "values", value: id(array) },
    { name: "changes", value: { kind: "boolean", value: v.changes } },
  ]);
}

function fillObject(plan: ProjectionPlan, c: CouplingPlan): Code {
  const { population } = c.end === "pre" ? plan.source : plan.target;
  return objectOf([
    { name: "population", value: str(population) },
    { name: "array", value: str(c.array) },
    { name: "constant", value: { kind: "boolean", value: c.constant } },
  ]);
}

/** Delays that are written or stand in a file; those that are drawn, or made for each pair, are rounded as a matter of course. */
function delayTimes({ plan: { delay, oneDelay, connection, rule }, inline }: ProjectionEmitter): Property[] {
  if (delay.kind === "column")
    return [
      {
        name: "times",
        value: arrayOf([
          timesCode(
            rule.kind === "file" ? `a delay in ${rule.path}` : `a delay of \`${connection}\``,
            id("delay_column"),
          ),
        ]),
      },
    ];
  return oneDelay && delay.kind === "expression"
    ? [
        {
          name: "times",
          value: arrayOf([timesCode(`the delay of \`${connection}\``, arrayOf([inline(delay.expression)]))]),
        },
      ]
    : [];
}

// ---- creation

function connectStatements(e: ProjectionEmitter, precise: boolean): Statement[] {
  const { plan } = e;
  const end = (of: "source" | "target", { slice }: EndPlan): Code => {
    const size = member(id(of), "size");
    return objectOf([
      { name: "size", value: size },
      { name: "first", value: slice === null ? num(0) : e.inline(slice.first) },
      { name: "last", value: slice === null ? binary("-", size, num(1)) : e.inline(slice.last) },
    ]);
  };
  const pair: readonly Parameter[] = [
    { name: "i", type: "number" },
    { name: "j", type: "number" },
  ];
  const { rule } = plan;
  const given = (value: Expr): Code => (e.differs(value) ? arrow(pair, e.inline(value)) : e.inline(value));
  const bytes =
    plan.values.reduce((sum, v) => sum + (v.single ? 4 : 8), 0) + (plan.onPost.perConnection.length > 0 ? 8 : 0);
  const request: Property[] = [
    { name: "name", value: str(plan.name) },
    { name: "seed", value: id("seed") },
    { name: "source", value: end("source", plan.source) },
    { name: "target", value: end("target", plan.target) },
    { name: "same", value: binary("===", member(id("source"), "name"), member(id("target"), "name")) },
    { name: "rule", value: str(rule.kind === "file" ? "pairs" : rule.kind) },
    ...(rule.kind === "file"
      ? [
          {
            name: "pairs",
            value: objectOf([
              { name: "sources", value: integers(rule.sources) },
              { name: "targets", value: integers(rule.targets) },
            ]),
          },
        ]
      : rule.arguments.map(({ name, value }) => ({ name, value: given(value) }))),
    ...(rule.where === null ? [] : [{ name: "where", value: arrow(pair, e.inline(rule.where)) }]),
    { name: "self", value: { kind: "boolean", value: rule.self } },
    { name: "multiple", value: { kind: "boolean", value: rule.multiple } },
    { name: "delay", value: precise ? num(0) : delayRequest(e) },
    { name: "bytesPerConnection", value: num(bytes) },
    { name: "memoryLimit", value: member(id("options"), "memoryLimit") },
    { name: "progress", value: member(id("options"), "progress") },
  ];
  const column =
    plan.delay.kind === "column" ? [constant("delay_column", float64(plan.delay.values.map(num)), "delay (ms)")] : [];
  return [
    ...column,
    constant("connections", callOf(e.runtime("connect"), objectOf(request))),
    constant("count", member(id("connections"), "count")),
    constant("target_of", member(id("connections"), "target")),
    ...(precise ? exactDelays(e) : []),
  ];
}

/** Delays as they are, not rounded to steps: one number, or one for each connection. */
function exactDelays(e: ProjectionEmitter): Statement[] {
  const { delay, oneDelay, name } = e.plan;
  if (oneDelay && delay.kind === "expression") return [constant("delays", e.inline(delay.expression), "delay (ms)")];
  const draws = callOf(e.runtime("stream"), id("seed"), str(`${name}/delay`));
  const whole = rowDrawCode(e, delay);
  const pair = at(callOf(e.runtime("pairsOf"), id("connections")), id("c"));
  const one =
    delay.kind === "column"
      ? at("delay_column", pair)
      : delay.kind === "expression"
        ? e.inline(delay.expression)
        : drawCode(
            e,
            withParts(delay, (part) => e.inline(part)),
            id("row"),
            id("k"),
          );
  return [
    constant("delays", newOf("Float64Array", id("count")), "delay (ms)"),
    {
      kind: "do",
      expression:
        whole === null
          ? callOf(
              e.runtime("fillConnections"),
              id("connections"),
              draws,
              id("delays"),
              arrow([...CONNECTION_ARROW, { name: "c", type: "number" }], one),
            )
          : callOf(e.runtime("drawConnections"), id("connections"), draws, id("delays"), whole),
    },
  ];
}

function delayRequest(e: ProjectionEmitter): Code {
  const { delay, oneDelay, connection } = e.plan;
  if (oneDelay) return delayCode(e);
  const whole = rowDrawCode(e, delay);
  return whole === null
    ? arrow([...CONNECTION_ARROW, { name: "pair", type: "number" }], delayCode(e))
    : callOf(e.runtime("drawnDelays"), whole, id("dt"), str(connection));
}

/** Draws of whole rows, where a distribution has them and is the same for all connections; else null. */
function rowDrawCode(e: ProjectionEmitter, value: ConnectionValue): Code | null {
  if (value.kind !== "draw" || distributionOf(value.distribution).fill === undefined) return null;
  const bounds = [value.min, value.max];
  if ([...value.arguments, ...bounds].some((b) => b !== null && e.differs(b))) return null;
  const bound = (b: Expr | null, sign: number): Code => (b === null ? infinity(sign) : e.inline(b));
  return callOf(
    e.runtime("rowDraw"),
    str(value.distribution),
    ...value.arguments.map((a) => e.inline(a)),
    ...(value.arguments.length < 2 ? [num(0)] : []),
    bound(value.min, -1),
    bound(value.max, 1),
  );
}

function delayCode(e: ProjectionEmitter): Code {
  const { delay, connection } = e.plan;
  const time =
    delay.kind === "column"
      ? at("delay_column", id("pair"))
      : delay.kind === "expression"
        ? e.inline(delay.expression)
        : drawCode(
            e,
            withParts(delay, (part) => e.inline(part)),
            id("row"),
            id("k"),
          );
  return callOf(e.runtime("delaySteps"), time, id("dt"), str(connection));
}

function integers(values: readonly number[]): Code {
  return newOf("Int32Array", arrayOf(values.map(num)));
}

function valueStatements(e: ProjectionEmitter, v: ConnectionValuePlan): Statement[] {
  const array = present(e.values.get(v.name), v.name);
  const note = `${v.doc === "" ? v.name : v.doc} (${v.unit})`;
  const { value } = v;
  const zeros = v.single ? "connectionSingles" : "connectionDoubles";
  const arrayWith = (...start: Code[]): Statement =>
    constant(array, callOf(e.runtime(zeros), id("connections"), ...start), note);
  if (value.kind === "expression" && value.expression.kind === "number")
    return [value.expression.value === 0 ? arrayWith() : arrayWith(num(value.expression.value))];
  const made = arrayWith();
  const columnName = value.kind === "column" ? e.names.fresh(`column_${v.name}`) : "";
  const code =
    value.kind === "column"
      ? at(columnName, at(callOf(e.runtime("pairsOf"), id("connections")), id("c")))
      : value.kind === "expression"
        ? e.inline(value.expression)
        : drawCode(
            e,
            withParts(value, (part) => e.inline(part)),
            id("row"),
            id("k"),
          );
  const whole = rowDrawCode(e, value);
  if (whole !== null)
    return [
      made,
      {
        kind: "do",
        expression: callOf(
          e.runtime("drawConnections"),
          id("connections"),
          callOf(e.runtime("stream"), id("seed"), str(`${e.plan.name}.${v.name}`)),
          id(array),
          whole,
        ),
      },
    ];
  return [
    made,
    ...(value.kind === "column" ? [constant(columnName, float64(value.values.map(num)))] : []),
    {
      kind: "do",
      expression: callOf(
        e.runtime("fillConnections"),
        id("connections"),
        callOf(e.runtime("stream"), id("seed"), str(`${e.plan.name}.${v.name}`)),
        id(array),
        arrow([...CONNECTION_ARROW, { name: "c", type: "number" }], code),
      ),
    },
  ];
}

function incomingStatements(e: ProjectionEmitter): Statement[] {
  return [
    constant("incoming_connections", callOf(e.runtime("incoming"), id("connections"), member(id("target"), "size"))),
    constant("position", member(id("incoming_connections"), "position")),
    constant("source_of", member(id("incoming_connections"), "source")),
  ];
}

// ---- kernels

type Kernel = Extract<Statement, { readonly kind: "function" }>;

function kernelsOf(e: ProjectionEmitter): Kernel[] {
  const { onPre, onPost, couplings, motions, groups } = e.plan;
  const some = (condition: boolean, make: () => Kernel): Kernel[] => (condition ? [make()] : []);
  const varying = couplings.filter((c) => !c.constant);
  const steady = couplings.filter((c) => c.constant);
  return [
    ...some(onPre.perConnection.length > 0, () =>
      hasSingleRows(e.plan)
        ? eventKernel(e, "deliverEach", "each", EACH, onPre.perConnection)
        : eventKernel(e, "deliver", "row", ROW, onPre.perConnection),
    ),
    ...some(onPre.atNeuron.length > 0, () => eventKernel(e, "arrive", "source", ROW.slice(0, 1), onPre.atNeuron)),
    ...some(onPost.perConnection.length > 0, () => eventKernel(e, "reply", "column", COLUMN, onPost.perConnection)),
    ...some(onPost.atNeuron.length > 0, () => eventKernel(e, "settle", "target", COLUMN.slice(0, 1), onPost.atNeuron)),
    ...some(varying.length > 0, () => coupleKernel(e, "couple", varying)),
    ...some(steady.length > 0, () => coupleKernel(e, "coupleOnce", steady)),
    ...some(groups.length > 0 || motions.length > 0, () => updateKernel(e)),
  ];
}

/** Each source has one connection at most and nothing else to do at its spikes: then the loop runs over spikes. */
function hasSingleRows({ rule, oneDelay, onPre, oneByOne }: ProjectionPlan): boolean {
  return ruleOf(rule.kind).pairsUp === true && oneDelay && onPre.atNeuron.length === 0 && !oneByOne;
}

/** All right sides read the values before the spike; all assignments take effect together. */
function eventKernel(
  e: ProjectionEmitter,
  name: string,
  where: Where,
  parameters: readonly Parameter[],
  assignments: readonly AssignmentPlan[],
): Kernel {
  const written = new Set(assignments.map((a) => a.state));
  const draws = drawsIn(assignments);
  nameDraws(e, draws);
  const body = e.block(where, written, valuesOf(assignments));
  if (draws.length > 0) {
    const arrives = where !== "column";
    const order = arrives
      ? callOf(e.runtime("orderOfArrival"), id("arrived"), id("j"))
      : binary("-", id("entry"), at(member(id("incoming_connections"), "starts"), id("j")));
    body.push(constant("order", order));
    defineDraws(e, draws, body, { neuron: id("j"), step: id("step"), order: id("order") });
  }
  const lines = (a: AssignmentPlan): Statement => comment(`${place(a)}  ${a.text}`);
  if (assignments.length === 1) {
    const [only] = assignments as [AssignmentPlan];
    body.push(lines(only));
    body.push(assign(e.element(only.state), body.code(only.value)));
  } else {
    const locals = assignments.map((a) => {
      const local = e.name(`#after:${name}:${a.state}`, `${atEnd(a.state)?.of ?? a.state}_after`);
      body.push(lines(a));
      body.define(local, a.value);
      return local;
    });
    assignments.forEach((a, k) => body.push(assign(e.element(a.state), id(present(locals[k], "local")))));
  }
  return kernel(name, where, parameters, body);
}

/** The same on the state of one target neuron, at any time. */
function jumpKernel(e: ProjectionEmitter): Kernel {
  const { perConnection } = e.plan.onPre;
  const body = e.block(
    "jump",
    new Set(),
    perConnection.map((a) => a.value),
  );
  const locals = perConnection.map((a) => {
    const local = e.name(`#after:jump:${a.state}`, `${atEnd(a.state)?.of ?? a.state}_after`);
    body.push(comment(`${place(a)}  ${a.text}`));
    body.define(local, a.value);
    return local;
  });
  perConnection.forEach((a, k) => body.push(assign(e.stateElement(a.state), id(present(locals[k], "local")))));
  return {
    kind: "function",
    name: "jump",
    parameters: JUMP,
    returns: "void",
    body: [...body.prelude(), ...body.statements],
  };
}

function coupleKernel(e: ProjectionEmitter, name: string, couplings: readonly CouplingPlan[]): Kernel {
  const body = e.block(
    "row",
    new Set(),
    couplings.map((c) => c.value),
  );
  addUp(e, couplings, body);
  return kernel(name, "row", ROW, body);
}

function addUp(e: ProjectionEmitter, couplings: readonly CouplingPlan[], body: Block): void {
  for (const c of couplings) {
    body.push(comment(`${place(c)}  ${c.text}`));
    const value = body.code(c.value);
    body.push({ kind: "assign", target: e.element(endSymbol(c.end, c.array)), operator: "+=", value });
  }
}

/** What the source neuron alone decides is looked ahead to once a row. */
function updateKernel(e: ProjectionEmitter): Kernel {
  const { groups, motions } = e.plan;
  const atSource = groups.filter((g) => g.states.every((s) => atEnd(s, "pre") !== null || agoAt(s, "pre") !== null));
  const body = e.block("row", new Set(), [...rootsOf(groups), ...motions.map((m) => m.value)]);
  integrate(e, atSource, body);
  const once = body.statements.length;
  integrate(
    e,
    groups.filter((g) => !atSource.includes(g)),
    body,
  );
  addUp(e, motions, body);
  for (const state of groups.flatMap((g) => g.states))
    if (e.values.has(state)) body.push(assign(e.element(state), id(e.name(nextSymbol(state), state))));
  return kernel("update", "row", ROW, body, once);
}

/** A loop over connections, or what happens once at a neuron; the first `once` statements stand before the loop. */
function kernel(name: string, where: Where, parameters: readonly Parameter[], body: Block, once = 0): Kernel {
  const prelude = [...body.prelude(), ...body.statements.slice(0, once)];
  const statements = body.statements.slice(once);
  const reads = where === "row" && mentions([...prelude, ...statements], "row") ? [...parameters, PAST] : parameters;
  if (where === "source" || where === "target")
    return { kind: "function", name, parameters, returns: "void", body: [...prelude, ...statements] };
  const used = usedNames(statements);
  if (where === "each") {
    const row = binary("-", id("i"), id("first_source"));
    const inside = binary(
      "&&",
      binary(">=", id("row"), num(0)),
      binary("<", id("row"), binary("-", member(id("starts"), "length"), num(1))),
    );
    const connection = [
      constant("c", at("starts", id("row"))),
      ...(used.has("j") ? [constant("j", at("target_of", id("c")))] : []),
    ];
    const connected = binary("<", at("starts", id("row")), at("starts", binary("+", id("row"), num(1))));
    return {
      kind: "function",
      name,
      parameters,
      returns: "void",
      body: [
        ...prelude,
        loop("entry", id("from"), id("to"), [
          constant("i", at("ring", binary("&", id("entry"), id("mask")))),
          constant("row", row),
          { kind: "if", condition: binary("&&", inside, connected), then: [...connection, ...statements] },
        ]),
      ],
    };
  }
  const starts: Statement[] =
    where === "row"
      ? [...(used.has("j") ? [constant("j", at("target_of", id("c")))] : [])]
      : [
          ...(used.has("c") ? [constant("c", at("position", id("entry")))] : []),
          ...(used.has("i") ? [constant("i", at("source_of", id("entry")))] : []),
        ];
  return {
    kind: "function",
    name,
    parameters: reads,
    returns: "void",
    body: [...prelude, loop(where === "row" ? "c" : "entry", id("from"), id("to"), [...starts, ...statements])],
  };
}

/** Plain names that statements read. */
function usedNames(statements: readonly Statement[]): ReadonlySet<string> {
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      if ("kind" in value && value.kind === "name" && "name" in value && typeof value.name === "string")
        used.add(value.name);
      Object.values(value).forEach(visit);
    }
  };
  visit(statements);
  return used;
}
