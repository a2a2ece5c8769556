// Kernels of a population that steps on the grid: lean loops over arrays; resets and refractoriness work on lists afterwards.
import { append } from "../base/lists.ts";
import type { Expr } from "../algebra/expression.ts";
import { substitute, symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import {
  isAdaptive,
  assignedBy,
  drawsIn,
  type AssignmentPlan,
  type EventPlan,
  type GroupEquation,
  type PopulationPlan,
  type StagedGroup,
  type UpdateGroup,
  valuesOf,
} from "../4-plan/plan.ts";
import { STEP, nextSymbol, symbolOf, writtenSymbol } from "../4-plan/symbols.ts";
import { isStagesName, methodOf, tableauOf } from "../methods/methods.ts";
import { isInRows, schemeOf, type SchemeStep } from "../4-plan/scheme.ts";
import { groupWithWholeStep, withWholeStep } from "./wholeStep.ts";
import type { Code, ElementIndex, Kernel, Parameter, Statement } from "./code.ts";
import {
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
  kernelOf,
  load,
  loop,
  LOOP_NEURON,
  member,
  num,
  perform,
  product,
  store,
  ternary,
} from "./construct.ts";
import { adaptiveCall, adaptiveFunctions, integrateAdaptive } from "./adaptive.ts";
import { isPerNeuron } from "./creation.ts";
import { clockFunction, detectFunction, rearmFunction, type Memory } from "./detectors.ts";
import { defineDraws, nameDraws } from "./eventDraws.ts";
import type { Block, Stage } from "./expressions.ts";
import { place } from "./place.ts";
import { afterStep, AT_EVENT, movingStates, type PopulationEmitter, type SchemeEmitter } from "./population.ts";
import { integrateRows, rootsOfRows } from "./rows.ts";
import { firstStage, TILE } from "./stages.ts";

const RANGE: readonly Parameter[] = [
  { name: "low", type: "number" },
  { name: "high", type: "number" },
];

export interface GridParts {
  readonly functions: readonly Statement[];
  /** What `was true before` needs: arrays of 0 and 1 in the pool, with the condition each remembers. */
  readonly memories: readonly Memory[];
  /** Arrays of the pool for adaptive substeps. */
  readonly substeps: readonly string[];
  readonly crossings: string | null;
  readonly events: readonly { readonly detect: string; readonly apply: string; readonly byClock: boolean }[];
  readonly rearms: boolean;
}

export function gridParts(e: PopulationEmitter): GridParts {
  const { plan } = e;
  const functions: Statement[] = [];
  const memories: Memory[] = [];
  const substeps: string[] = [];

  append(functions, [
    ...adaptiveFunctions(e, plan.groups, "", substeps),
    ...upstrokeFunctions(e),
    ...updateFunctions(e),
    BLANK,
    ...heldFunctions(e, substeps),
    BLANK,
  ]);
  functions.push(
    resetFunction(e, "reset", plan.spike?.reset ?? [], plan.spike?.text ?? "no spikes"),
    BLANK,
    holdsFunction(e),
    BLANK,
    ...rateFunction(e),
  );

  const detector = (name: string, condition: Expr, text: string): string => {
    const array = e.names.fresh(`was_${name}_at`);
    const wanted = e.names.fresh(`detect_${name}`);
    memories.push({ array, condition });
    functions.push(detectFunction(e, wanted, { array, condition }, text), BLANK);
    return wanted;
  };
  const onClock = (name: string, { condition, text }: EventPlan): string => {
    const wanted = e.names.fresh(`detect_${name}`);
    functions.push(clockFunction(e, wanted, condition, text), BLANK);
    return wanted;
  };
  const crossings = plan.spike?.mode === "crossing" ? detector("spike", plan.spike.condition, plan.spike.text) : null;
  const events = plan.events.map((event: EventPlan, k) => {
    const detect =
      event.mode === "clock"
        ? onClock(`event_${k + 1}`, event)
        : detector(`event_${k + 1}`, event.condition, event.text);
    const apply = e.names.fresh(`apply_event_${k + 1}`);
    functions.push(resetFunction(e, apply, event.assignments, event.text), BLANK);
    return { detect, apply, byClock: event.mode === "clock" };
  });
  const rearm = rearmFunction(e, memories, assignedBy(plan));
  if (rearm !== null) functions.push(rearm, BLANK);
  return { functions, memories, substeps, crossings, events, rearms: rearm !== null };
}

/** Statements that leave the next value of every moving state in a constant of its own. */
export function integrate(e: SchemeEmitter, groups: readonly UpdateGroup[], body: Block): void {
  for (const group of groups) {
    if (group.method === "exact" && isInRows(group)) {
      integrateRows(e, group, isPerNeuron(e, group), body);
      continue;
    }
    const steps = schemeOf(group);
    for (const step of steps) {
      const local = e.name(step.name, localName(step));
      const note =
        step.equation === null
          ? undefined
          : `${place(step.equation)}  ${step.equation.text}  [${methodOf(group.method).title}]`;
      if (note !== undefined) body.push(comment(note));
      body.define(local, step.value);
    }
  }
}

function localName(step: SchemeStep): string {
  const symbol = symbolOf(step.name);
  if (symbol.kind === "stage") return `${symbol.value}${symbol.number}_${symbol.state}`;
  return `${writtenSymbol(step.name)}_next`;
}

export function rootsOf(groups: readonly UpdateGroup[]): Expr[] {
  return groups.flatMap((g) =>
    g.method === "exact" && isInRows(g) ? rootsOfRows(g) : schemeOf(g).map((s) => s.value),
  );
}

function updateFunctions(e: PopulationEmitter): Statement[] {
  const { plan } = e;
  const after = afterStep(plan);
  const level = plan.spike?.mode === "level" ? substitute(plan.spike.condition, after) : null;
  const rate = plan.spike?.mode === "rate" ? spikeProbability(plan.spike.rate, after) : null;
  const roots = [...rootsOf(plan.groups), ...(level === null ? [] : [level]), ...(rate === null ? [] : [rate])];
  const early = earlyStage(e, roots);
  const body = e.block("loop", roots, early?.stage);
  integrateAdaptive(e, plan.groups, body, "");
  integrate(e, plan.groups, body);
  const moving = movingStates(plan.groups);
  const next = (state: string): Code => nextCode(e, state);
  const escaping = escapingGroup(plan);
  if (level !== null && escaping !== null) {
    const alsoSpikes = !isTakenAsItIs(escaping);
    body.push(
      comment(
        `${place(present(plan.spike, "spike"))}  ${plan.spike?.text ?? ""}; an upstroke that leaves the numbers (x*0 is not 0)${alsoSpikes ? ", or is too steep for the step," : ""} is cut at the crossing`,
      ),
      {
        kind: "cut",
        escaping: escaping.states.map(next),
        spikes: body.code(level),
        alsoSpikes,
        stores: moving.map((state) => ({
          array: arrayOf(e, state),
          value: next(state),
          found: escaping.states.includes(state) ? plan.states.findIndex((s) => s.name === state) : null,
        })),
      },
    );
  } else {
    for (const state of moving) body.push(store(arrayOf(e, state), next(state)));
    if (level !== null)
      body.push(comment(`${place(present(plan.spike, "spike"))}  ${plan.spike?.text ?? ""}`), {
        kind: "list",
        condition: body.code(level),
        into: "candidates",
      });
  }
  if (rate !== null) {
    const chance = e.names.fresh("chance");
    body.push(
      comment(
        `${place(present(plan.spike, "spike"))}  ${plan.spike?.text ?? ""}: with probability 1 - exp(-rate dt); a rate that is none is told`,
      ),
      constant(chance, body.code(rate)),
    );
    const none: Code = { kind: "unary", operator: "!", operand: binary(">=", id(chance), num(-1e-12)) };
    body.push({
      kind: "list",
      condition: binary("||", binary("<", load("uniforms"), id(chance)), none),
      into: "candidates",
    });
  }
  const step = (name: string, lists: Kernel["lists"]): Kernel => ({
    kind: "kernel",
    name,
    title: null,
    over: "range",
    lists,
    before: body.prelude(),
    body: body.statements,
  });
  if (early === null) return [step("update", "candidates")];
  const last = binary("+", id("first"), num(TILE));
  return [
    ...early.arrays,
    BLANK,
    early.prepare,
    BLANK,
    step("advance", "further candidates"),
    BLANK,
    func("update", RANGE, "number", [
      { kind: "let", name: "count", value: num(0) },
      loop(
        "tile",
        num(0),
        callOf(member(id("Math"), "ceil"), binary("/", binary("-", id("high"), id("low")), num(TILE))),
        [
          constant("first", binary("+", id("low"), product(id("tile"), num(TILE)))),
          constant("last", ternary(binary("<", last, id("high")), last, id("high"))),
          perform(callOf(kernelOf("prepare"), id("first"), id("last"))),
          assign(id("count"), callOf(kernelOf("advance"), id("first"), id("last"), id("count"))),
        ],
      ),
      give(id("count")),
    ]),
  ];
}

interface EarlyStage {
  /** Where what `prepare` leaves is found. */
  readonly stage: Stage;
  readonly arrays: readonly Statement[];
  readonly prepare: Kernel;
}

/** What holds one exponential in a row, computed for a tile of neurons before `advance` takes them a step; null where that would not pay. */
function earlyStage(e: PopulationEmitter, roots: readonly Expr[]): EarlyStage | null {
  const { plan, interner } = e;
  if (!plan.groups.some((group) => group.method === "exponential_euler")) return null;
  const underWay = new Set([
    ...plan.groups.flatMap((group) => (group.method === "exact" ? [] : schemeOf(group).map((step) => step.name))),
    ...movingStates(plan.groups).map(nextSymbol),
  ]);
  const fixed = (part: Expr): boolean =>
    [...symbolsOf(part)].every((s) => !underWay.has(s) && e.leaf("loop", s).kind === "coefficient");
  const parts = firstStage(roots, (s) => underWay.has(s), fixed, interner);
  if (parts.length === 0) return null;
  const stored = new Map<number, { readonly name: string; readonly code: Code }>();
  const arrays: Statement[] = [];
  const body = e.block("loop", parts, { stored: new Map() });
  for (const part of parts) {
    const name = e.names.fresh("part");
    const array = e.names.fresh(`${name}_at`);
    const inTile: ElementIndex = { of: "tile", length: TILE };
    arrays.push({ kind: "array", name: array, holds: "doubles", length: TILE });
    body.push(store(array, body.code(part), inTile));
    stored.set(interner.idOf(part), { name, code: load(array, inTile) });
  }
  return {
    stage: { stored },
    arrays,
    prepare: {
      kind: "kernel",
      name: "prepare",
      title: "For a tile of neurons what needs one exponential in a row; `advance` then takes them a step.",
      over: "range",
      lists: "nowhere",
      before: body.prelude(),
      body: body.statements,
    },
  };
}

/**
 * What can run to infinity on its way to the level and is cut at the crossing: the groups that the condition reads, as one. Others do not hang together with them and take their whole step. Without
 * noise, which is nothing beside a slope that leaves the numbers.
 */
export function escapingGroup({ spike, groups }: PopulationPlan): StagedGroup | null {
  if (spike?.mode !== "level") return null;
  const asked = symbolsOf(spike.condition);
  const read = groups.filter((g): g is StagedGroup => "auxiliary" in g && g.states.some((s) => asked.has(s)));
  const [first] = read;
  if (first === undefined) return null;
  const equations = read.flatMap((g) => g.equations).map(withoutNoise);
  const along = new Map(read.flatMap((g) => g.auxiliary).map((q) => [q.state, withoutNoise(q)]));
  return {
    // Where one of several is Euler's, the substeps are those of another.
    ...(read.find((g) => !isTakenAsItIs(g)) ?? first),
    equations,
    states: equations.map((q) => q.state),
    auxiliary: [...along.values()],
  };
}

function withoutNoise(equation: GroupEquation): GroupEquation {
  return { ...equation, diffusion: new Map() };
}

/** What moves in substeps of an upstroke: the exact states that the stages read as well, since each substep begins where the last one has brought them. */
function withAuxiliary(group: StagedGroup): StagedGroup {
  const equations = [...group.equations, ...group.auxiliary];
  return { ...group, equations, states: equations.map((q) => q.state), auxiliary: [] };
}

/** Euler's method stands for the very steps that it makes: they are cut only where they leave the numbers. */
export function isTakenAsItIs(group: StagedGroup): boolean {
  return isStagesName(group.method) && tableauOf(group.method).c.length === 1;
}

function upstrokeFunctions(e: PopulationEmitter): Statement[] {
  const { plan } = e;
  const escaping = escapingGroup(plan);
  if (escaping === null || plan.spike?.mode !== "level") return [];
  const group = groupWithWholeStep(withAuxiliary(escaping));
  const index = (state: string): number => plan.states.findIndex((s) => s.name === state);
  const body = e.block("flow", rootsOf([group]));
  if (isAdaptive(group)) {
    body.push(perform(adaptiveCall(group, "", id("t"), id("span"), id("span"))));
  } else {
    integrate(e, [group], body);
    for (const state of group.states)
      body.push(assign(at("state", num(index(state))), e.leaf("flow", nextSymbol(state)).code));
  }
  const level = withWholeStep(plan.spike.condition);
  const condition = e.block("flow", [level]);
  const fires = condition.code(level);
  const state: Parameter = { name: "state", type: "Float64Array" };
  const time: Parameter = { name: "t", type: "number" };
  const neuron = constant("i", id("current"));
  return [
    func("substep", [time, { name: "span", type: "number" }, state], "void", [
      ...body.prelude(),
      neuron,
      ...body.statements,
    ]),
    BLANK,
    func("fires", [time, state], "boolean", [...condition.prelude(), neuron, ...condition.statements, give(fires)]),
    BLANK,
    func("upstroke", [{ name: "i", type: "number" }], "boolean", [
      assign(id("current"), id("i")),
      ...plan.states.map((s, k) => assign(at("state", num(k)), load(arrayOf(e, s.name)))),
      give(
        callOf(
          e.runtime(isTakenAsItIs(escaping) ? "crossByHalving" : "cutUpstroke"),
          id("substep"),
          id("fires"),
          { kind: "clock", clock: "t" },
          id("dt"),
          id("state"),
        ),
      ),
    ]),
    BLANK,
  ];
}

/** 1 - exp(-rate·dt), with the digits that a small rate needs. */
export function spikeProbability(rate: Expr, after: ReadonlyMap<string, Expr>): Expr {
  const exponent: Expr = {
    kind: "negate",
    operand: {
      kind: "arithmetic",
      operator: "*",
      left: substitute(rate, after),
      right: { kind: "symbol", name: STEP },
    },
  };
  return { kind: "negate", operand: { kind: "call", function: "expm1", arguments: [exponent] } };
}

function arrayOf(e: PopulationEmitter, state: string): string {
  return present(e.identifiers.state.get(state), state).array;
}

function nextCode(e: PopulationEmitter, state: string): Code {
  return e.leaf("loop", nextSymbol(state)).code;
}

/** Numbers that are put aside for each refractory neuron. */
export function scratchWidth(e: PopulationEmitter): number {
  return apart(e).length + (e.plan.groups.some(isAdaptive) ? 1 : 0);
}

/** How refractory neurons are integrated apart; null where they move like all others. Nothing of theirs is cut: they do not spike. */
export function groupsApart(plan: PopulationPlan): readonly UpdateGroup[] | null {
  return plan.heldGroups ?? (plan.refractory !== null && escapingGroup(plan) !== null ? plan.groups : null);
}

/** States that a refractory neuron's step takes elsewhere than a free one's, or that `update` may cut. */
function apart({ plan, interner }: PopulationEmitter): readonly string[] {
  const stepsOf = (groups: readonly UpdateGroup[]): ReadonlyMap<string, Expr> =>
    new Map(
      groups.flatMap((g) =>
        g.method === "exact" && isInRows(g) ? [] : schemeOf(g).map((s): [string, Expr] => [s.name, s.value]),
      ),
    );
  const free = stepsOf(plan.groups),
    held = stepsOf(groupsApart(plan) ?? []),
    cut = new Set(escapingGroup(plan)?.states);
  const known = new Map<string, boolean>();
  const agree = (name: string): boolean => {
    const [one, other] = [free.get(name), held.get(name)];
    const same =
      known.get(name) ??
      (one !== undefined &&
        other !== undefined &&
        interner.idOf(one) === interner.idOf(other) &&
        [...symbolsOf(one)].every((s) => (!free.has(s) && !held.has(s)) || agree(s)));
    known.set(name, same);
    return same;
  };
  return movingStates(plan.groups).filter((state) => cut.has(state) || !agree(nextSymbol(state)));
}

/** `hold` integrates refractory neurons apart, into scratch; `restore` puts that over what `update` made of them. */
function heldFunctions(e: PopulationEmitter, substeps: string[]): Statement[] {
  const { plan } = e;
  const moving = apart(e);
  const groups = groupsApart(plan);
  if (groups === null || movingStates(plan.groups).length === 0)
    return [func("hold", [], "void", []), func("restore", [], "void", [])];
  const functions = adaptiveFunctions(e, groups, "_held", substeps);
  const free = new Set(movingStates(groups));
  const needed = neededFor(moving, groups);
  const body = e.block("loop", rootsOf(needed));
  integrateAdaptive(e, needed, body, "_held");
  integrate(e, needed, body);
  const width = scratchWidth(e);
  const slot = (place: number): ElementIndex => ({ of: "slot", width, place });
  // What `update` does to a refractory neuron leaves no trace: its next substep after the period is the one from before.
  const kept = plan.groups.some(isAdaptive) ? ["substep_at"] : [];
  moving.forEach((state, k) =>
    body.push(store("scratch", free.has(state) ? nextCode(e, state) : load(arrayOf(e, state)), slot(k))),
  );
  kept.forEach((array, k) => body.push(store("scratch", load(array), slot(moving.length + k))));
  const apartFrom = (name: string, before: readonly Statement[], body: readonly Statement[]): Kernel => ({
    kind: "kernel",
    name,
    title: null,
    over: "list",
    lists: "nowhere",
    before,
    body,
  });
  return [
    ...functions,
    apartFrom("hold", body.prelude(), body.statements),
    BLANK,
    apartFrom(
      "restore",
      [],
      [
        ...moving.map((state, k) => store(arrayOf(e, state), load("scratch", slot(k)))),
        ...kept.map((array, k) => store(array, load("scratch", slot(moving.length + k)))),
      ],
    ),
  ];
}

/** The groups that move some states, and those whose new values these read. */
function neededFor(states: readonly string[], groups: readonly UpdateGroup[]): readonly UpdateGroup[] {
  const wanted = new Set(states.map(nextSymbol));
  const needed = new Set<UpdateGroup>();
  for (const group of [...groups].reverse()) {
    if (!group.states.some((state) => wanted.has(nextSymbol(state)))) continue;
    needed.add(group);
    for (const root of rootsOf([group])) for (const name of symbolsOf(root)) wanted.add(name);
  }
  return groups.filter((group) => needed.has(group));
}

/** All right sides read the values before the event; all states change together. */
function resetFunction(
  e: PopulationEmitter,
  name: string,
  assignments: readonly AssignmentPlan[],
  title: string,
): Statement {
  const atEvent = (part: Expr): Expr => substitute(part, AT_EVENT);
  const draws = drawsIn(assignments);
  nameDraws(e, draws);
  const values = assignments.map((a) => atEvent(a.value));
  const body = e.block("loop", valuesOf(assignments).map(atEvent));
  defineDraws(e, draws, body, { neuron: LOOP_NEURON, step: id("event_step"), order: num(0) }, atEvent);
  const locals = assignments.map((a, k) => {
    const local = e.name(`#after:${a.state}`, `${a.state}_after`);
    body.push(comment(`${place(a)}  ${a.text}`));
    body.define(local, present(values[k], "value"));
    return local;
  });
  assignments.forEach((a, k) => body.push(store(arrayOf(e, a.state), id(present(locals[k], "local")))));
  return assignments.length === 0
    ? func(name, [], "void", [comment(title)])
    : {
        kind: "kernel",
        name,
        title,
        over: "list",
        lists: "nowhere",
        before: body.prelude(),
        body: body.statements,
      };
}

function holdsFunction(e: PopulationEmitter): Statement {
  const { spike } = e.plan;
  if (spike === null || spike.mode !== "level")
    return func("holds", [], "boolean", [give({ kind: "boolean", value: false })]);
  const condition = substitute(spike.condition, AT_EVENT);
  const body = e.block("loop", [condition]);
  const result = body.code(condition);
  return func("holds", [{ name: "i", type: "number" }], "boolean", [
    ...body.prelude(),
    ...body.statements,
    give(result),
  ]);
}

/** Where spikes are drawn with a rate, that rate. */
function rateFunction(e: PopulationEmitter): Statement[] {
  const { spike } = e.plan;
  if (spike?.mode !== "rate") return [];
  const rate = substitute(spike.rate, AT_EVENT);
  const body = e.block("loop", [rate]);
  const result = body.code(rate);
  return [
    func("spikeRate", [{ name: "i", type: "number" }], "number", [...body.prelude(), ...body.statements, give(result)]),
    BLANK,
  ];
}
