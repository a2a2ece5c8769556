// Kernels of a population whose spikes are located inside the step: functions of one neuron's `state`, integrated over any `span`.
import { append } from "../base/lists.ts";
import type { Expr } from "../algebra/expression.ts";
import { FUNCTIONS } from "../algebra/functions.ts";
import type { Edge } from "../algebra/functions.ts";
import { arithmetic, number, symbol } from "../algebra/expression.ts";
import { nodesOf, substitute, symbolsOf } from "../algebra/traverse.ts";
import { assertNever, present } from "../base/invariant.ts";
import { isAdaptive, type AssignmentPlan, type ExactGroup, type UpdateGroup } from "../4-plan/plan.ts";
import { TIME, nextSymbol } from "../4-plan/symbols.ts";
import { influences, isInRows, reach } from "../4-plan/scheme.ts";
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
  func,
  give,
  id,
  listOf,
  member,
  newOf,
  num,
  objectOf,
  perform,
  str,
  sum,
} from "./construct.ts";
import { exactGroups, matrixCode } from "./creation.ts";
import type { Block } from "./expressions.ts";
import { adaptiveCall, adaptiveFunctions } from "./adaptive.ts";
import { integrate, rootsOf } from "./grid.ts";
import { place } from "./place.ts";
import { entriesStatement, nextOf } from "./rows.ts";
import { groupWithWholeStep, withWholeStep } from "./wholeStep.ts";
import { beforeTheRun, movingStates, type PopulationEmitter } from "./population.ts";

const STATE: Parameter = { name: "state", type: "Float64Array" };
const AT: Parameter = { name: "t", type: "number" };

export interface PreciseParts {
  /** At creation: exact steps of any length. */
  readonly creation: readonly Statement[];
  readonly functions: readonly Statement[];
  /** Whether all of it is solved exactly. */
  readonly solved: boolean;
  /** Whether it chooses substeps of its own. */
  readonly adaptive: boolean;
  readonly spike: Code | null;
  readonly events: readonly Code[];
  /** Where conditions jump or bend; null where all are smooth. */
  readonly edges: Code | null;
}

export function preciseParts(e: PopulationEmitter): PreciseParts {
  const { plan } = e;
  const creation: Statement[] = [];
  const functions: Statement[] = [loadFunction(e), BLANK, storeFunction(e), BLANK];
  const groups = plan.groups.map(groupWithWholeStep);
  const steps: ExactCode[] = [];
  append(functions, [
    ...flowFunctions(e, "flow", groups, "", creation, steps),
    ...flowFunctions(e, "flowHeld", plan.heldGroups?.map(groupWithWholeStep) ?? groups, "_held", creation, []),
  ]);
  functions.push(
    lookFunction("firstLook", steps),
    BLANK,
    lookFunction("longestLook", steps),
    BLANK,
    periodFunction(e),
    BLANK,
  );

  const condition = (
    name: string,
    written: Expr,
    assignments: readonly AssignmentPlan[],
    text: string,
    extra: readonly Property[],
  ): Code => {
    const of = withWholeStep(written);
    const [holds, margin, apply] = [
      e.names.fresh(`holds_${name}`),
      e.names.fresh(`margin_${name}`),
      e.names.fresh(`apply_${name}`),
    ];
    functions.push(
      lookedAt(e, holds, "boolean", of, text),
      BLANK,
      lookedAt(e, margin, "number", marginOf(of), text),
      BLANK,
      applyFunction(e, apply, assignments, text),
      BLANK,
    );
    const initial = arrow([{ name: "i", type: "number" }], e.inline(substitute(of, beforeTheRun(e.plan))));
    return objectOf([
      { name: "text", value: str(text) },
      { name: "holds", value: id(holds) },
      { name: "margin", value: id(margin) },
      { name: "initial", value: initial },
      { name: "apply", value: id(apply) },
      ...extra,
    ]);
  };
  const { spike } = plan;
  const spikeCode =
    spike === null || spike.mode === "rate"
      ? null
      : condition("spike", spike.condition, spike.reset, spike.text, [
          { name: "crossing", value: { kind: "boolean", value: spike.mode === "crossing" } },
        ]);
  const events = plan.events.map((event, k) =>
    condition(`event_${k + 1}`, event.condition, event.assignments, event.text, []),
  );
  const edges = edgesCode(
    e,
    [
      ...(spike === null || spike.mode === "rate" ? [] : [spike.condition]),
      ...plan.events.map((event) => event.condition),
    ].map(withWholeStep),
    functions,
  );
  return {
    creation,
    functions,
    edges,
    solved: groups.every((g) => g.method === "exact"),
    adaptive: groups.some(isAdaptive),
    spike: spikeCode,
    events,
  };
}

const NEURON_I = constant("i", id("current"));

function loadFunction(e: PopulationEmitter): Statement {
  return func("load", [{ name: "i", type: "number" }, STATE], "void", [
    assign(id("current"), id("i")),
    ...e.plan.states.map((s, k) =>
      assign(at("state", num(k)), at(present(e.identifiers.state.get(s.name), s.name).array, id("i"))),
    ),
  ]);
}

function storeFunction(e: PopulationEmitter): Statement {
  return func(
    "store",
    [{ name: "i", type: "number" }, STATE],
    "void",
    e.plan.states.map((s, k) =>
      assign(at(present(e.identifiers.state.get(s.name), s.name).array, id("i")), at("state", num(k))),
    ),
  );
}

function flowFunctions(
  e: PopulationEmitter,
  name: string,
  groups: readonly UpdateGroup[],
  suffix: string,
  creation: Statement[],
  steps: ExactCode[],
): Statement[] {
  const adaptive = groups.find(isAdaptive);
  const own: string[] = [];
  const derivatives = adaptiveFunctions(e, groups, suffix, own);
  const straight = groups.filter((g) => g.method !== "exact" && !isAdaptive(g));
  const exact = exactGroups(groups);
  const forces = exact.map((group) => group.states.map((_, row) => forceOf(group, row)));
  const body = e.block("flow", [...forces.flat().filter((r) => r !== null), ...rootsOf(straight)]);
  if (adaptive !== undefined) {
    // Each call starts with the whole length as its first guess; the error control shortens it.
    body.push(perform(adaptiveCall(adaptive, suffix, id("t"), id("span"), id("span"))));
    return [...derivatives, func(name, [AT, { name: "span", type: "number" }, STATE], "void", body.statements), BLANK];
  }
  exact.forEach((group, g) =>
    steps.push(exactFlow(e, group, present(forces[g], "forces"), `${suffix}_${g + 1}`, body, creation)),
  );
  integrate(e, straight, body);
  for (const state of movingStates(groups))
    body.push(assign(at("state", num(stateIndex(e, state))), e.leaf("flow", nextSymbol(state)).code));
  return [
    func(name, [AT, { name: "span", type: "number" }, STATE], "void", [
      ...body.prelude(),
      NEURON_I,
      ...body.statements,
    ]),
    BLANK,
  ];
}

function stateIndex(e: PopulationEmitter, state: string): number {
  return e.plan.states.findIndex((s) => s.name === state);
}

/** Everything in a row's right side that is no state of the group; null for nothing. */
function forceOf(group: ExactGroup, row: number): Expr | null {
  const terms: Expr[] = group.forcing.flatMap(({ value, column }) => {
    const factor = column[row] ?? null;
    if (factor === null) return [];
    return [factor.kind === "number" && factor.value === 1 ? value : arithmetic("*", factor, value)];
  });
  const still = group.constant[row] ?? null;
  if (still !== null) terms.push(still);
  return terms.length === 0 ? null : terms.reduce((a, b) => arithmetic("+", a, b));
}

function exactFlow(
  e: PopulationEmitter,
  group: ExactGroup,
  forces: readonly (Expr | null)[],
  suffix: string,
  body: Block,
  creation: Statement[],
): ExactCode {
  const n = group.states.length;
  const paths = reach(group);
  const influence = influences(group);
  const perNeuron = group.matrix.flat().some((entry) => entry !== null && e.variesByNeuron(entry));
  const steps = e.names.fresh(`steps${suffix}`);
  creation.push(comment(`Exact steps of any length of ${group.states.join(", ")}.`));
  const entries = isInRows(group) ? entriesStatement(e, group, suffix, perNeuron) : null;
  if (entries !== null) creation.push(entries.statement);
  const matrix = matrixCode(e, group, entries?.name ?? null, perNeuron);
  const made = (kept: number): Code =>
    callOf(e.runtime("propagators"), matrix, num(n), num(Math.min(kept, roomFor(n))));
  creation.push(constant(steps, perNeuron ? listOf(id("size"), "i", made(KEPT_ALONE)) : made(KEPT)));

  const step = e.names.fresh(`step${suffix}`);
  body.push(constant(step, callOf(perNeuron ? at(steps, id("i")) : id(steps), id("span"))));
  if (entries !== null) {
    const any = perNeuron ? callOf(entries.name, num(0)) : id(entries.name);
    flowRows(e, group, forces, any, id(step), suffix, body, creation);
    return { steps, perNeuron };
  }
  const [d, q] = [e.names.fresh(`D${suffix}`), e.names.fresh(`Q${suffix}`)];
  body.push(constant(d, member(id(step), "D")), constant(q, member(id(step), "Q")));
  const force = forces.map((r, k) => {
    if (r === null) return null;
    const name = e.names.fresh(`r_${group.states[k] ?? ""}`);
    body.define(name, r);
    return name;
  });
  nextOf(e, group, body, (i) => {
    const terms: Code[] = [];
    group.states.forEach((state, j) => {
      if (influence[i]?.[j]) terms.push(binary("*", at(d, num(i * n + j)), body.code(symbol(state))));
    });
    force.forEach((name, k) => {
      if (name !== null && paths[i]?.[k]) terms.push(binary("*", at(q, num(i * n + k)), id(name)));
    });
    const state = body.code(symbol(present(group.states[i], "state")));
    return terms.length === 0 ? state : binary("+", state, sum(terms));
  });
  return { steps, perNeuron };
}

/** The step of a large group: the runtime adds up the products of each row. `entries`: any matrix of its form. */
function flowRows(
  e: PopulationEmitter,
  group: ExactGroup,
  forces: readonly (Expr | null)[],
  entries: Code,
  step: Code,
  suffix: string,
  body: Block,
  creation: Statement[],
): void {
  const [paths, x, r, moved] = ["paths", "x", "r", "moved"].map((word) => e.names.fresh(word + suffix)) as [
    string,
    string,
    string,
    string,
  ];
  const forced = forces.flatMap((force, k) => (force === null ? [] : [num(k)]));
  creation.push(constant(paths, callOf(e.runtime("exactPaths"), entries, arrayOf(forced))));
  for (const array of [x, r, moved]) creation.push(constant(array, newOf("Float64Array", num(group.states.length))));
  group.states.forEach((state, k) => body.push(assign(at(x, num(k)), body.code(symbol(state)))));
  forces.forEach((force, k) => {
    if (force !== null) body.push(assign(at(r, num(k)), body.code(force)));
  });
  body.push(perform(callOf(e.runtime("stepAlong"), id(paths), step, id(x), id(r), id(moved))));
  nextOf(e, group, body, (row) => at(moved, num(row)));
}

/** Exact steps of as many lengths are kept where all neurons share them, and of as many for each neuron. */
const KEPT = 512,
  KEPT_ALONE = 16;

/** How many steps of n states find room: a power of two, so that their matrices hold at most `MOST_KEPT` numbers. */
function roomFor(n: number): number {
  let room = 2;
  while (2 * room * n * n <= MOST_KEPT) room *= 2;
  return room;
}

const MOST_KEPT = 2 ** 22;

/** Where a population's exact steps of one group are found. */
interface ExactCode {
  readonly steps: string;
  readonly perNeuron: boolean;
}

function lookFunction(name: "firstLook" | "longestLook", exact: readonly ExactCode[]): Statement {
  const looks = exact.map(({ steps, perNeuron }) => member(perNeuron ? at(steps, id("current")) : id(steps), name));
  return func(name, [], "number", [
    give(looks.reduce((a, b) => callOf(member(id("Math"), "min"), a, b), member(id("Number"), "POSITIVE_INFINITY"))),
  ]);
}

function periodFunction(e: PopulationEmitter): Statement {
  const duration = withWholeStep(e.plan.refractory?.duration ?? number(0));
  const body = e.block("flow", [duration]);
  const value = body.code(duration);
  return func("refractoryPeriod", e.plan.refractory?.atSpike === true ? [STATE] : [], "number", [
    ...body.prelude(),
    NEURON_I,
    ...body.statements,
    give(value),
  ]);
}

/** A function of the time and the state: whether a condition holds, or its margin. */
function lookedAt(
  e: PopulationEmitter,
  name: string,
  returns: "boolean" | "number",
  of: Expr,
  text: string,
): Statement {
  const body = e.block("flow", [of]);
  const value = body.code(of);
  return func(name, [AT, STATE], returns, [
    comment(text),
    ...body.prelude(),
    NEURON_I,
    ...body.statements,
    give(value),
  ]);
}

/** Positive where the condition is true, and continuous, so that its root is the crossing. */
export function marginOf(e: Expr): Expr {
  switch (e.kind) {
    case "compare":
      if (e.operator === "<" || e.operator === "<=") return arithmetic("-", e.right, e.left);
      if (e.operator === ">" || e.operator === ">=") return arithmetic("-", e.left, e.right);
      return { kind: "conditional", condition: e, then: number(1), otherwise: number(-1) };
    case "logical":
      return {
        kind: "call",
        function: e.operator === "and" ? "min" : "max",
        arguments: [marginOf(e.left), marginOf(e.right)],
      };
    case "not":
      return { kind: "negate", operand: marginOf(e.operand) };
    case "conditional":
      return { kind: "conditional", condition: e.condition, then: marginOf(e.then), otherwise: marginOf(e.otherwise) };
    case "number":
    case "symbol":
    case "negate":
    case "arithmetic":
    case "call":
      return { kind: "conditional", condition: e, then: number(1), otherwise: number(-1) };
    default:
      return assertNever(e);
  }
}

function edgesCode(e: PopulationEmitter, conditions: readonly Expr[], functions: Statement[]): Code | null {
  const moving = new Set([TIME, ...movingStates(e.plan.groups)]);
  const found = new Map<string, Edge>();
  for (const node of nodesOf(conditions.flatMap(comparedIn))) {
    for (const edge of edgesOf(node))
      if ([...symbolsOf(edge.of)].some((s) => moving.has(s)))
        found.set(`${edge.kind} ${e.interner.idOf(edge.of)}`, edge);
  }
  if (found.size === 0) return null;
  const edges = [...found.values()];
  const name = e.names.fresh("edges_at"),
    into = e.names.fresh("u");
  const body = e.block(
    "flow",
    edges.map(({ of }) => of),
  );
  edges.forEach(({ of }, k) => body.push(assign(at(into, num(k)), body.code(of))));
  functions.push(
    func(name, [AT, STATE, { name: into, type: "Float64Array" }], "void", [
      comment("Where conditions jump or bend."),
      ...body.prelude(),
      NEURON_I,
      ...body.statements,
    ]),
    BLANK,
  );
  return objectOf([
    { name: "kinds", value: arrayOf(edges.map(({ kind }) => str(kind))) },
    { name: "values", value: id(name) },
  ]);
}

/**
 * What stands in the comparison that a condition is, what chooses between conditions, and each comparison of several that are joined, whose margin bends where another one takes
 * over: all but what its margin is smooth in.
 */
function comparedIn(condition: Expr): readonly Expr[] {
  const compared: Expr[] = [];
  const seen = new Set<Expr>();
  const pending = [condition];
  let isJoined = false;
  for (let e = pending.pop(); e !== undefined; e = pending.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    if (e.kind === "logical") {
      isJoined = true;
      pending.push(e.left, e.right);
    } else if (e.kind === "not") pending.push(e.operand);
    else if (e.kind === "compare") compared.push(...(isJoined ? [e] : [e.left, e.right]));
    else if (e.kind === "conditional") {
      compared.push(e.condition);
      pending.push(e.then, e.otherwise);
    } else compared.push(e);
  }
  return compared;
}

/** The edges that a part of a condition has by itself. Two values that are equal only as they pass each other are equal at no time that lasts: no edge. */
function edgesOf(e: Expr): readonly Edge[] {
  if (e.kind === "compare") {
    const of = arithmetic("-", e.left, e.right);
    return e.operator === ">" || e.operator === "<="
      ? [{ kind: "above", of }]
      : e.operator === ">=" || e.operator === "<"
        ? [{ kind: "from", of }]
        : [];
  }
  return e.kind === "call" ? (FUNCTIONS[e.function].edges?.(...e.arguments) ?? []) : [];
}

function applyFunction(
  e: PopulationEmitter,
  name: string,
  assignments: readonly AssignmentPlan[],
  text: string,
): Statement {
  const values = assignments.map((a) => withWholeStep(a.value));
  const body = e.block("flow", values);
  const locals = assignments.map((a, k) => {
    const local = e.name(`#after:${a.state}`, `${a.state}_after`);
    body.push(comment(`${place(a)}  ${a.text}`));
    body.define(local, present(values[k], "value"));
    return local;
  });
  assignments.forEach((a, k) =>
    body.push(assign(at("state", num(stateIndex(e, a.state))), id(present(locals[k], "local")))),
  );
  return func(name, [AT, STATE], "void", [comment(text), ...body.prelude(), NEURON_I, ...body.statements]);
}
