// One population as a function that creates its kernels: arrays are constants of its closure, so that V8 knows them.
import type { Expr } from "../algebra/expression.ts";
import { nodesOf, substitute } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import { assignedBy, drawsIn, type EventDrawPlan, type ShownUnit } from "../4-plan/plan.ts";
import { inputSymbol, streamName } from "../4-plan/symbols.ts";
import { CLOCKS, type Code, type PopulationCode, type Property, type Statement } from "./code.ts";
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
  kernelOf,
  load,
  loop,
  member,
  newOf,
  num,
  objectOf,
  store,
  perform,
  str,
  ternary,
  when,
} from "./construct.ts";
import { delayLines } from "./delayLines.ts";
import { eventStreams } from "./eventDraws.ts";
import { exactGroups, initialStatements, parameterStatements, propagatorStatements } from "./creation.ts";
import { escapingGroup, gridParts, groupsApart, scratchWidth, type GridParts } from "./grid.ts";
import { mentions } from "./mentions.ts";
import { beforeTheRun, type PopulationEmitter } from "./population.ts";
import { preciseParts } from "./precise.ts";
import { drivingOf, timeCode } from "./stimulus.ts";
import { fillerOf, type Fill } from "./written.ts";

/** What decides the shape of a population's kernels besides its plan. */
export interface PopulationOptions {
  readonly precise: boolean;
  /** Lets and parameters to be recorded, besides states and inputs. */
  readonly observed: ReadonlySet<string>;
  readonly functionName: string;
  readonly parametersType: string;
  /** Whether there are parameters of a network or an experiment. */
  readonly hasSetup: boolean;
}

export function populationFunction(e: PopulationEmitter, options: PopulationOptions): PopulationCode {
  const { plan } = e;
  const propagators = options.precise
    ? []
    : [...exactGroups(plan.groups), ...exactGroups(plan.heldGroups ?? [])].flatMap((g) =>
        propagatorStatements(e, g, plan.groups.length === 1 && g.id === "1" ? "" : g.id),
      );
  const driving = drivingOf(e);
  const grid = options.precise ? null : gridParts(e);
  const precise = options.precise ? preciseParts(e) : null;
  const observables = observableCodes(e, options.observed);
  const eventDraws = drawsOfEvents(e);
  const lines = delayLines(e);

  const arrays = [
    ...plan.states.map((s) => present(e.identifiers.state.get(s.name), s.name).array),
    ...(grid?.memories.map((m) => m.array) ?? []),
    ...(grid?.substeps ?? []),
  ];
  const needsState = precise !== null || (grid?.substeps.length ?? 0) > 0 || escapingGroup(plan) !== null;

  const creation: Statement[] = [
    ...(needsState
      ? [
          { kind: "let", name: "current", value: num(0) } as const,
          constant("state", newOf("Float64Array", num(plan.states.length))),
        ]
      : []),
    ...driving.creation,
    ...[...e.normals].flatMap(([symbol, array]) => normalArray(e, symbol, array)),
    ...(eventDraws.length === 0
      ? []
      : [{ kind: "let", name: "event_step", value: num(0) } as const, ...eventStreams(e, eventDraws, plan.drawnAs)]),
    ...(plan.spike?.mode === "rate" ? drawnArray(e, "uniforms", "uniform_draws", plan.spike.purpose) : []),
    ...(grid === null
      ? []
      : [{ kind: "array", name: "candidates", holds: "integers", length: "size" } as const, ...scratch(e)]),
    ...initialStatements(e),
    ...lines.creation,
    ...(grid === null ? [] : memoryStatements(e, grid)),
  ];
  const functions: Statement[] = [
    shakeFunction(e),
    BLANK,
    ...(grid?.functions ?? precise?.functions ?? []),
    ...observables.functions,
    ...lines.functions,
    ...(grid === null ? [] : refractorySteps(e)),
  ];
  const source = sourceStatements(e, options.precise);
  const result: Property[] = [
    ...kernelProperties(e, grid, precise, observables.properties, [
      ...driving.times,
      ...refractoryTimes(e, options.precise),
      ...lines.times,
    ]),
  ];
  if (lines.names.length > 0) result.push({ name: "pasts", value: arrayOf(lines.names.map(id)) });
  const clocks = CLOCKS.filter((clock) =>
    mentions([...creation, ...driving.timed, ...functions, ...source, give(objectOf(result))], clock),
  );
  e.runtime("allocate");
  const parameters = parameterStatements(e);
  const body: Statement[] = [
    ...[...e.lists.values()].map((list) =>
      perform(callOf(e.runtime("demandOneEach"), member(id(list), "length"), id("size"), str(plan.name))),
    ),
    comment("Parameters."),
    ...parameters,
    ...propagators,
    ...(precise?.creation ?? []),
    ...(e.coefficients.codes.length > 0
      ? [
          BLANK,
          comment("What the kernels read: coefficients that are the same for all neurons and steps."),
          { kind: "array", name: "coefficient", holds: "doubles", length: e.coefficients.codes } as const,
        ]
      : []),
    BLANK,
    comment("State, inputs and noise, an array a variable."),
    { kind: "pool", arrays },
    ...clocks.map((clock): Statement => ({ kind: "let", name: clock, value: clock === "t" ? num(0) : id("dt") })),
    ...creation,
    BLANK,
    driving.drive(clocks, lines.recall),
    BLANK,
    ...functions,
    ...source,
  ];
  return {
    kind: "population",
    name: options.functionName,
    parameters: [
      { name: "size", type: "number" },
      { name: "given", type: `Numbers<${options.parametersType}>` },
      ...(options.hasSetup ? [{ name: "setup", type: "Setup" }] : []),
      { name: "dt", type: "number" },
      e.ofRuns ? { name: "seeds", type: "ArrayLike<number>" } : { name: "seed", type: "number" },
    ],
    returns: options.precise ? "PreciseKernel" : "GridKernel",
    body,
    result,
    doc: `The kernels of population ${plan.name}: ${plan.size === 1 ? "one neuron" : `${plan.size} neurons`} of ${plan.model}.`,
  };
}

function scratch(e: PopulationEmitter): Statement[] {
  const width = scratchWidth(e);
  return groupsApart(e.plan) === null || width === 0
    ? []
    : [{ kind: "array", name: "scratch", holds: "doubles", length: { each: width } }];
}

function drawsName(e: PopulationEmitter, symbol: string): string {
  return e.name(`#stream:${symbol}`, `${present(e.normals.get(symbol), symbol)}_draws`);
}

function normalArray(e: PopulationEmitter, symbol: string, array: string): Statement[] {
  return drawnArray(e, array, drawsName(e, symbol), `${e.plan.drawnAs}/${streamName(symbol)}`);
}

/** The array that a step draws numbers into, and the stream they come from; where neurons are runs, the streams. */
function drawnArray(e: PopulationEmitter, array: string, draws: string, purpose: string): Statement[] {
  const doubles: Statement = { kind: "array", name: array, holds: "doubles", length: "size" };
  if (!e.ofRuns) return [doubles, constant(draws, callOf(e.runtime("stream"), id("seed"), str(purpose)))];
  const keys = keysOf(e, draws);
  return [
    doubles,
    ...keys.map((name): Statement => ({ kind: "array", name, holds: "integers", length: "size" })),
    constant(draws, callOf(e.runtime("streamsOf"), id("seeds"), str(purpose), ...keys.map(id))),
  ];
}

/** The arrays that hold the keys of the streams `draws`. */
function keysOf(e: PopulationEmitter, draws: string): readonly [string, string] {
  const name = (k: 0 | 1): string => e.name(`#keys${k}:${draws}`, `${draws}_keys_${k}`);
  return [name(0), name(1)];
}

/** What its events draw. */
function drawsOfEvents({ plan }: PopulationEmitter): readonly EventDrawPlan[] {
  return drawsIn(assignedBy(plan));
}

function shakeFunction(e: PopulationEmitter): Statement {
  const fill = (draws: Fill["draws"], array: string, stream: string): Statement => {
    const made: Fill = { kind: "fill", draws, array, stream, keys: e.ofRuns ? keysOf(e, stream) : null };
    e.runtime(fillerOf(made));
    return made;
  };
  const fills = [...e.normals].map(([symbol, array]) => fill("normal", array, drawsName(e, symbol)));
  if (e.plan.spike?.mode === "rate") fills.push(fill("uniform", "uniforms", "uniform_draws"));
  if (drawsOfEvents(e).length > 0) fills.push(assign(id("event_step"), id("tick")));
  return func("shake", fills.length === 0 ? [] : [{ name: "tick", type: "number" }], "void", fills);
}

/** Before the run nothing is set from outside: what is true then has not just become true. Adaptive substeps start with the whole step. */
function memoryStatements(e: PopulationEmitter, grid: GridParts): Statement[] {
  const quiet = beforeTheRun(e.plan);
  const starts = [
    ...grid.memories.map((m) => store(m.array, ternary(e.inline(substitute(m.condition, quiet)), num(1), num(0)))),
    ...grid.substeps.map((array) => store(array, id("dt"))),
  ];
  return starts.length === 0 ? [] : [loop("i", num(0), id("size"), starts)];
}

function refractorySteps(e: PopulationEmitter): Statement[] {
  const { refractory } = e.plan;
  const steps = refractory === null ? num(0) : callOf(e.runtime("stepsIn"), e.inline(refractory.duration), id("dt"));
  return [
    func("refractorySteps", refractory?.perNeuron === true ? [{ name: "i", type: "number" }] : [], "number", [
      give(steps),
    ]),
    BLANK,
  ];
}

/** Where spikes are located inside the step, a period ends where it ends. */
function refractoryTimes(e: PopulationEmitter, precise: boolean): Code[] {
  const { refractory, name } = e.plan;
  return refractory === null || refractory.atSpike
    ? []
    : [timeCode(e, `the refractory period of \`${name}\``, refractory.duration, { rounded: !precise, lasts: true })];
}

function observableCodes(
  e: PopulationEmitter,
  observed: ReadonlySet<string>,
): { readonly functions: readonly Statement[]; readonly properties: readonly Code[] } {
  const functions: Statement[] = [];
  const entry = (name: string, kind: string, shown: ShownUnit, read: Code): Code =>
    objectOf([
      { name: "name", value: str(name) },
      { name: "unit", value: str(shown.unit) },
      { name: "kind", value: str(kind) },
      { name: "read", value: read },
    ]);
  const reader = (value: Code, shown: ShownUnit): Code => arrow([{ name: "i", type: "number" }], scaled(value, shown));
  const properties = e.plan.states.map((s) =>
    entry(s.name, "state", s.shown, reader(load(present(e.identifiers.state.get(s.name), s.name).array), s.shown)),
  );
  const read = e.plan.observables.filter((o) => o.kind === "input" || observed.has(o.name));
  const shared = readTogether(read.map((o) => o.value));
  const together = read.filter((o) => shared.has(o.value));
  const name = together.length === 0 ? "" : e.names.fresh("read");
  const chain = e.block(
    "loop",
    together.map((o) => o.value),
  );
  const number = { name: "number", type: "number" };
  let count = 0;
  for (const o of read) {
    if (shared.has(o.value)) {
      const value = scaled(chain.code(o.value), o.shown);
      const k = count++;
      chain.push(k + 1 === together.length ? give(value) : when(binary("===", id(number.name), num(k)), [give(value)]));
      properties.push(
        entry(o.name, o.kind, o.shown, arrow([{ name: "i", type: "number" }], callOf(name, id("i"), num(k)))),
      );
      continue;
    }
    const body = e.block("loop", [o.value]);
    const value = body.code(o.value);
    const own = e.names.fresh(`read_${o.name}`);
    functions.push(
      func(own, [{ name: "i", type: "number" }], "number", [
        ...body.prelude(),
        ...body.statements,
        give(scaled(value, o.shown)),
      ]),
      BLANK,
    );
    properties.push(entry(o.name, o.kind, o.shown, id(own)));
  }
  if (count > 0)
    functions.push(
      comment("What is made of one another, up to the one asked for."),
      func(name, [{ name: "i", type: "number" }, number], "number", [...chain.prelude(), ...chain.statements]),
      BLANK,
    );
  return { functions, properties };
}

/** Larger than these, in nodes and in how often a node would be written, expressions that share their parts are read by one function: the text of a long chain stays linear. */
const LARGE = 50;
const MOST_WRITTEN = 4;

function readTogether(values: readonly Expr[]): ReadonlySet<Expr> {
  const count = (roots: Iterable<Expr>, most: number): number => {
    const nodes = nodesOf(roots);
    let met = 0;
    while (met <= most && nodes.next().done !== true) met++;
    return met;
  };
  const large = new Set(values.filter((value) => count([value], LARGE) > LARGE));
  const all = count(large, Infinity);
  let apart = 0;
  for (const value of large) {
    apart += count([value], all);
    if (apart > MOST_WRITTEN * all) return large;
  }
  return new Set();
}

function scaled(value: Code, shown: ShownUnit): Code {
  if (shown.multiply !== 1) return binary("*", value, num(shown.multiply));
  return shown.divide === 1 ? value : binary("/", value, num(shown.divide));
}

/** Everything of a neuron that a connection may read or write. */
function arraysOf(e: PopulationEmitter): Property[] {
  const { state, parameter, input } = e.identifiers;
  return [
    ...[...state].map(([name, { array }]) => ({ name, value: id(array) })),
    ...[...parameter].filter(([, p]) => p.plan.perNeuron).map(([name, { array }]) => ({ name, value: id(array) })),
    ...[...input].map(([name, { array }]) => ({ name, value: id(array) })),
  ];
}

/** Declares `source`, where spikes come from one. */
function sourceStatements(e: PopulationEmitter, precise: boolean): Statement[] {
  const { source } = e.plan;
  if (source === null) return [];
  if (source.kind === "given") {
    const maker = e.runtime(precise ? "exactSource" : "givenSource");
    const times = float64(source.times.map((t) => e.inline(t)));
    const neurons = newOf("Int32Array", arrayOf(source.neurons.map(num)));
    return [constant("source", callOf(maker, id("size"), times, neurons, id("dt")))];
  }
  e.runtime("poissonSource");
  const rates = present(e.identifiers.input.get(inputSymbol("rate")), "rate").array;
  return [{ kind: "processes", rates, purpose: source.purpose }];
}

function kernelProperties(
  e: PopulationEmitter,
  grid: GridParts | null,
  precise: ReturnType<typeof preciseParts> | null,
  observables: readonly Code[],
  times: readonly Code[],
): readonly Property[] {
  const { plan } = e;
  const free = plan.inputs.filter((i) => !i.timed);
  const firstValue = (name: string): Code => {
    const { local, array, plan: parameter } = present(e.identifiers.parameter.get(name), name);
    return parameter.perNeuron ? at(array, num(0)) : id(local);
  };
  const shared: Property[] = [
    { name: "name", value: str(plan.name) },
    { name: "model", value: str(plan.model) },
    { name: "size", value: id("size") },
    { name: "memory", value: id("memory") },
    {
      name: "states",
      value: arrayOf(
        plan.states.map((s) =>
          objectOf([
            { name: "name", value: str(s.name) },
            { name: "unit", value: str(s.unit) },
            { name: "values", value: id(present(e.identifiers.state.get(s.name), s.name).array) },
          ]),
        ),
      ),
    },
    { name: "observables", value: arrayOf(observables) },
    {
      name: "inputs",
      value: objectOf(
        free.map((i) => ({
          name: i.name,
          value: id(present(e.identifiers.input.get(inputSymbol(i.name)), i.name).array),
        })),
      ),
    },
    { name: "arrays", value: objectOf(arraysOf(e)) },
    { name: "held", value: arrayOf(plan.held.map(str)) },
    ...(plan.source === null ? [] : [{ name: "source", value: id("source") }]),
    { name: "parameters", value: objectOf(plan.parameters.map((p) => ({ name: p.name, value: firstValue(p.name) }))) },
    ...(times.length === 0 ? [] : [{ name: "times", value: arrayOf(times) }]),
    { name: "drive", value: id("drive") },
    { name: "shake", value: id("shake") },
  ];
  const own = (...names: string[]): Property[] => names.map((name) => ({ name, value: id(name) }));
  const periodsAtSpikes: Property[] =
    plan.refractory?.atSpike === true ? [{ name: "periodsAtSpikes", value: { kind: "boolean", value: true } }] : [];
  if (precise !== null) {
    return [
      { name: "kind", value: str("precise") },
      ...shared,
      ...own("load", "store", "flow", "flowHeld"),
      { name: "solved", value: { kind: "boolean", value: precise.solved } },
      ...(precise.adaptive ? [{ name: "substeps", value: arrow([], member(id("integrate"), "accepted")) }] : []),
      ...own("firstLook", "longestLook", "refractoryPeriod"),
      ...periodsAtSpikes,
      ...(precise.spike === null ? [] : [{ name: "spike", value: precise.spike }]),
      { name: "events", value: arrayOf(precise.events) },
      ...(precise.edges === null ? [] : [{ name: "edges", value: precise.edges }]),
    ];
  }
  const parts = present(grid, "grid kernels");
  const kernels = (...names: string[]): Property[] => names.map((name) => ({ name, value: kernelOf(name) }));
  return [
    { name: "kind", value: str("grid") },
    ...shared,
    ...kernels("update"),
    ...own("candidates"),
    ...kernels("hold", "restore"),
    ...own("refractorySteps"),
    ...periodsAtSpikes,
    ...kernels("reset"),
    ...own("holds"),
    ...(e.plan.spike?.mode === "rate" ? [{ name: "rate", value: id("spikeRate") }] : []),
    ...(parts.crossings === null ? [] : [{ name: "crossings", value: kernelOf(parts.crossings) }]),
    {
      name: "events",
      value: arrayOf(
        parts.events.map((event) =>
          objectOf([
            { name: "detect", value: kernelOf(event.detect) },
            { name: "apply", value: kernelOf(event.apply) },
            ...(event.byClock ? [{ name: "byClock", value: { kind: "boolean", value: true } } as const] : []),
          ]),
        ),
      ),
    },
    ...(parts.rearms ? kernels("rearm") : []),
    ...(parts.substeps.length > 0 ? [{ name: "underWay", value: arrow([], id("current")) }] : []),
  ];
}
