// A plan becomes a module: its populations' kernels, and `create`, which puts them together into a simulation.
import { present } from "../base/invariant.ts";
import {
  shownGroups,
  type ParameterPlan,
  type PopulationPlan,
  type ProjectionPlan,
  type SimulationPlan,
} from "../4-plan/plan.ts";
import { isShown } from "../4-plan/symbols.ts";
import type { Code, CodeModule, InterfaceMember, Property, Statement } from "./code.ts";
import {
  arrayOf,
  binary,
  BLANK,
  callOf,
  comment,
  constant,
  field,
  float64,
  give,
  givenField,
  id,
  member,
  num,
  objectOf,
  str,
} from "./construct.ts";
import * as runtimeValues from "../runtime/index.ts";
import { populationFunction } from "./emitPopulation.ts";
import { projectionFunction } from "./emitProjection.ts";
import { moduleNames } from "./moduleNames.ts";
import { populationEmitter, type PopulationEmitter } from "./population.ts";
import { projectionEmitter } from "./projection.ts";
import { setupCode, type SetupCode } from "./setup.ts";

/** Where emitted modules import the runtime from. */
export const RUNTIME = "glif/runtime";

/** Names that the fixed parts of emitted modules give. */
const FIXED = [
  "size",
  "given",
  "setup",
  "dt",
  "seed",
  "seeds",
  "memory",
  "coefficient",
  "t",
  "t_next",
  "state",
  "slopes",
  "span",
  "tick",
  "i",
  "index",
  "low",
  "high",
  "count",
  "neurons",
  "found",
  "now",
  "candidates",
  "scratch",
  "current",
  "uniforms",
  "uniform_draws",
  "prepare",
  "advance",
  "tile",
  "first",
  "last",
  "near_0",
  "near_1",
  "near_2",
  "near_3",
  "near_4",
  "near_5",
  "near_6",
  "near_7",
  "exp_per_root",
  "exp_rounder",
  "exp_root_head",
  "exp_root_tail",
  "exp_series_1",
  "exp_series_2",
  "exp_series_3",
  "exp_series_4",
  "exp_far",
  "paired_populations",
  "attempt",
  "drive",
  "shake",
  "update",
  "hold",
  "restore",
  "reset",
  "rearm",
  "holds",
  "refractorySteps",
  "refractoryPeriod",
  "load",
  "store",
  "flow",
  "flowHeld",
  "firstLook",
  "longestLook",
  "derivatives",
  "derivatives_held",
  "substep_at",
  "substep_held_at",
  "Partial",
  "Readonly",
  "apply",
  "detect",
  "integrate",
  "integrate_held",
  "create",
  "options",
  "experiment",
  "Options",
  "Setup",
  "Simulation",
  "GridKernel",
  "PreciseKernel",
  "event_step",
  "step",
  "order",
  "arrived",
  "source",
  "target",
  "connections",
  "target_of",
  "source_of",
  "ring",
  "mask",
  "starts",
  "first_source",
  "deliverEach",
  "position",
  "entry",
  "row",
  "k",
  "j",
  "c",
  "from",
  "to",
  "pair",
  "delay_column",
  "incoming_connections",
  "deliver",
  "arrive",
  "reply",
  "settle",
  "couple",
  "coupleOnce",
  "GridProjection",
  "PreciseProjection",
  "Stream",
  "delays",
  "jump",
  "parameters",
  "sizes",
  "settings",
  "settable",
  "Settable",
  "Numbers",
  "Quantity",
  "substep",
  "fires",
  "upstroke",
  "spikeRate",
  "jacobian",
  "jacobian_held",
  "matrix",
];
/** Never given to anything of a model. */
const TAKEN: ReadonlySet<string> = new Set([...Object.keys(runtimeValues), ...FIXED]);

export function emitModule(plan: SimulationPlan): CodeModule {
  const names = moduleNames(TAKEN);
  const imported = new Set<string>();
  const runtime = (name: string): string => {
    imported.add(name);
    return name;
  };
  runtime(simulating(plan));
  if (plan.neuronsAreRuns !== true) for (const name of ["settingsOf", "populationSize"]) runtime(name);

  // Names of the module come first, so that no function hides one; then each function has names of its own.
  const named = plan.populations.map((population) => ({
    population,
    parametersType: names.fresh(`${population.name}Parameters`),
    functionName: names.fresh(`population_${population.name}`),
    local: names.fresh(population.name),
  }));
  const namedProjections = plan.projections.map((projection) => ({
    projection,
    functionName: names.fresh(
      `projection_${projection.connection}_${projection.source.population}_${projection.target.population}`,
    ),
  }));
  const hasSetup = plan.setup.length > 0;
  const tables: Statement[] = [];
  const table: PopulationEmitter["table"] = (wanted, values, note) => {
    const name = names.fresh(wanted);
    tables.push(constant(name, float64(values.map(num)), note));
    return name;
  };
  const populations = named.map((ids) => {
    const { population } = ids;
    const observed = new Set(
      plan.steps === null
        ? population.observables.map((o) => o.name)
        : plan.records.filter((r) => r.population === population.name).flatMap((r) => r.variables),
    );
    return {
      ...ids,
      code: populationFunction(populationEmitter(population, plan, names.inner(), runtime, table), {
        precise: plan.precise,
        observed,
        ...ids,
        hasSetup,
      }),
    };
  });
  const projections = namedProjections.map((ids) => ({
    ...ids,
    code: projectionFunction(projectionEmitter(ids.projection, plan, names.inner(), runtime), {
      ...ids,
      hasSetup,
      precise: plan.precise,
    }),
  }));

  const body: Statement[] = [
    BLANK,
    ...populations.flatMap(({ population, parametersType }) => [
      parametersInterface(population, parametersType),
      BLANK,
    ]),
    ...(plan.setup.length === 0
      ? []
      : [
          {
            kind: "interface" as const,
            name: "Setup",
            exported: true,
            members: plan.setup.map((p) => parameterMember(p, false)),
            doc: "Parameters of the network and the experiment.",
          },
          BLANK,
        ]),
    optionsInterface(plan, populations),
    BLANK,
    experimentConstant(plan),
    BLANK,
    ...(tables.length === 0 ? [] : [comment("Recorded stimuli."), ...tables, BLANK]),
    ...(plan.neuronsAreRuns === true ? [] : [settableConstant(plan), BLANK]),
    createFunction(plan, populations, projections, setupCode(plan, names.inner(), runtime), runtime),
    BLANK,
    ...[...populations, ...projections].flatMap(({ code }) => [code, BLANK]),
  ];
  const types = [
    ...(plan.setup.length + plan.populations.reduce((n, p) => n + p.parameters.length, 0) > 0 ? ["Quantity"] : []),
    ...(plan.populations.length > 0 ? ["Numbers"] : []),
    "Settable",
    plan.precise ? "PreciseKernel" : "GridKernel",
    ...(projections.length > 0 ? [plan.precise ? "PreciseProjection" : "GridProjection"] : []),
    "Simulation",
    ...(drawsConnections(plan) ? ["Stream"] : []),
  ];
  return {
    header: headerOf(plan),
    body: [
      { kind: "import", names: [...imported].sort(), from: RUNTIME, typeOnly: false },
      { kind: "import", names: types, from: RUNTIME, typeOnly: true },
      ...body,
    ],
  };
}

function headerOf(plan: SimulationPlan): string[] {
  const what =
    plan.name === plan.subject
      ? `${plan.name}: one model by itself.`
      : `${plan.name}: an experiment of ${plan.subject}.`;
  return [
    what,
    ...(plan.doc === "" ? [] : plan.doc.split("\n")),
    "",
    `Written by glif from ${plan.source.split("/").at(-1) ?? plan.source}; change that file, not this one.`,
    "Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.",
    "",
    ...plan.populations.flatMap((p) => [
      `Population ${p.name}:`,
      ...shownGroups(p.groups).map((g) => `  ${g.reason}.`),
      ...(p.heldGroups === null
        ? []
        : [
            `  While refractory ${p.held.length === 0 ? "nothing is held" : `${p.held.join(", ")} ${p.held.length > 1 ? "are" : "is"} held`}.`,
          ]),
    ]),
  ];
}

/** What TypeScript knows every object to have: `{}` gives nothing under such a name, but has something. */
const INHERITED: ReadonlySet<string> = new Set([
  "constructor",
  "toString",
  "toLocaleString",
  "valueOf",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
]);

function givenType(name: string, type: string): string {
  return INHERITED.has(name) ? `${type} | Object[${JSON.stringify(name)}]` : type;
}

/** `settable`: numbers, or texts with their units; else numbers alone. */
function parameterMember(p: ParameterPlan, settable: boolean): InterfaceMember {
  const value = p.shown.value === null ? "" : `; ${p.shown.value} unless given`;
  const one = settable ? quantityType(p) : "number";
  const type = p.perNeuron ? `${one} | ArrayLike<number>` : one;
  return {
    name: p.name,
    type: settable ? givenType(p.name, type) : type,
    optional: settable,
    doc: `${p.doc === "" ? p.name : p.doc} (${p.unit})${value}`,
  };
}

function quantityType(p: ParameterPlan): string {
  return `Quantity<${JSON.stringify(p.unit)}>`;
}

function parametersInterface(population: PopulationPlan, name: string): Statement {
  return {
    kind: "interface",
    name,
    exported: true,
    members: population.parameters.map((p) => parameterMember(p, true)),
    doc: `Parameters of ${population.name}${population.doc === "" ? "" : `: ${population.doc.split("\n")[0] ?? ""}`}`,
  };
}

interface Emitted {
  readonly population: PopulationPlan;
  readonly parametersType: string;
  readonly functionName: string;
  /** What `create` calls its kernels. */
  readonly local: string;
}

interface EmittedProjection {
  readonly projection: ProjectionPlan;
  readonly functionName: string;
}

/** Whether a value or a delay is made for each connection, from its source's stream of draws. */
function drawsConnections(plan: SimulationPlan): boolean {
  return plan.projections.some(
    (p) => !p.oneDelay || p.values.some((v) => v.value.kind !== "expression" || v.value.expression.kind !== "number"),
  );
}

function optionsInterface(plan: SimulationPlan, populations: readonly Emitted[]): Statement {
  const perPopulation = (type: (p: Emitted) => string): string =>
    `{ ${populations.map((p) => `${JSON.stringify(p.population.name)}?: ${givenType(p.population.name, type(p))}`).join("; ")} }`;
  return {
    kind: "interface",
    name: "Options",
    exported: true,
    doc: "What may be set when a simulation is created; everything else is as the source says.",
    members: [
      { name: "step", type: "number", optional: true, doc: `integration step (ms); ${plan.step} unless given` },
      {
        name: "seed",
        type: "number",
        optional: true,
        doc: `seed of every random draw, 0 to 2^53 - 1; ${plan.seed ?? 0} unless given`,
      },
      {
        name: "parameters",
        type: perPopulation((p) => p.parametersType),
        optional: true,
        doc: "parameters by population",
      },
      ...(plan.setup.length === 0
        ? []
        : [
            {
              name: "setup",
              type: `{ ${plan.setup.map((p) => `${JSON.stringify(p.name)}?: ${givenType(p.name, quantityType(p))}`).join("; ")} }`,
              optional: true,
              doc: "parameters of the network and the experiment",
            },
          ]),
      { name: "sizes", type: perPopulation(() => "number"), optional: true, doc: "numbers of neurons by population" },
      ...(plan.projections.length === 0
        ? []
        : [
            {
              name: "memoryLimit",
              type: "number | undefined",
              optional: true,
              doc: "bytes that connections may take together",
            },
            {
              name: "progress",
              type: "((done: number, total: number) => void) | undefined",
              optional: true,
              doc: "told how many sources of the connections in the making are done",
            },
          ]),
    ],
  };
}

function experimentConstant(plan: SimulationPlan): Statement {
  return {
    kind: "const",
    name: "experiment",
    exported: true,
    type: "{ readonly name: string; readonly duration: number; readonly step: number; readonly seed: number }",
    doc: "The clock as the source sets it (ms). A model by itself has no duration: 0.",
    value: objectOf([
      { name: "name", value: str(plan.name) },
      { name: "duration", value: num((plan.steps ?? 0) * plan.step) },
      { name: "step", value: num(plan.step) },
      { name: "seed", value: num(plan.seed ?? 0) },
    ]),
  };
}

/** What `create` holds what it is given against. */
function settableConstant(plan: SimulationPlan): Statement {
  const units = (parameters: readonly ParameterPlan[]): Code =>
    objectOf(parameters.map((p) => ({ name: p.name, value: p.perNeuron ? arrayOf([str(p.unit)]) : str(p.unit) })));
  return {
    kind: "const",
    name: "settable",
    exported: false,
    type: "Settable",
    doc: "Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere.",
    value: objectOf([
      {
        name: "parameters",
        value: objectOf(plan.populations.map((p) => ({ name: p.name, value: units(p.parameters) }))),
      },
      { name: "setup", value: units(plan.setup) },
      { name: "elsewhere", value: objectOf(elsewhere(plan)) },
    ]),
  };
}

/** What people look for among the parameters, and what it is. */
function elsewhere({ populations, projections }: SimulationPlan): Property[] {
  const base = (name: string): string => name.replace(/\[.*$/, "");
  const own = (p: PopulationPlan): string[][] => {
    const brought = projections
      .filter((q) => q.target.population === p.name || q.source.population === p.name)
      .map((q) => `${q.connection}.`);
    const states = p.states.filter((s) => isShown(s.name) && !brought.some((c) => s.name.startsWith(c)));
    return [
      ...states.map((s) => [`${p.name}.${base(s.name)}`, "state"]),
      ...(p.source === null
        ? p.inputs
            .filter((i) => isShown(i.name))
            .map((i) => [`${p.name}.${base(i.name)}`, i.timed ? "stimulus" : "input"])
        : []),
    ];
  };
  const all = new Map([...populations.flatMap(own), ...projections.map((p) => [`${p.connection}.delay`, "delay"])] as [
    string,
    string,
  ][]);
  return [...all].map(([name, kind]) => ({ name, value: str(kind) }));
}

/** What the runtime makes of the kernels: one run, or a run a neuron. */
function simulating(plan: SimulationPlan): "simulate" | "simulateRuns" {
  return plan.neuronsAreRuns === true ? "simulateRuns" : "simulate";
}

function createFunction(
  plan: SimulationPlan,
  populations: readonly Emitted[],
  projections: readonly EmittedProjection[],
  setup: SetupCode,
  runtime: (name: string) => string,
): Statement {
  const orEmpty = (value: Code): Code => binary("??", value, objectOf([]));
  const ofRuns = plan.neuronsAreRuns === true;
  const seed = ofRuns ? "seeds" : "seed";
  const common = [...(plan.setup.length === 0 ? [] : [id("setup")]), id("dt"), id(seed)];
  const localOf = (population: string): string =>
    present(
      populations.find((p) => p.population.name === population),
      population,
    ).local;
  const records = plan.records.flatMap((r) =>
    r.variables.map((variable) =>
      objectOf([
        { name: "population", value: str(r.population) },
        { name: "variable", value: str(variable) },
        { name: "first", value: num(r.first) },
        {
          name: "last",
          value: r.whole && !ofRuns ? binary("-", member(id(localOf(r.population)), "size"), num(1)) : num(r.last),
        },
        {
          name: "every",
          value: r.interval === null ? num(1) : callOf(runtime("samplingSteps"), setup.code(r.interval), id("dt")),
        },
      ]),
    ),
  );
  return {
    kind: "function",
    name: "create",
    exported: true,
    parameters: [{ name: "options", type: "Options", default: objectOf([]) }],
    returns: "Simulation",
    doc: "A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it.",
    body: [
      constant("dt", binary("??", field(id("options"), "step"), num(plan.step))),
      ofRuns
        ? constant("seeds", field(id("options"), "seeds"))
        : constant("seed", binary("??", field(id("options"), "seed"), num(plan.seed ?? 0))),
      constant(
        "settings",
        ofRuns ? callOf(runtime("settingsOfRuns"), id("options")) : callOf("settingsOf", id("options"), id("settable")),
      ),
      constant("parameters", field(id("settings"), "parameters")),
      ...(ofRuns ? [] : [constant("sizes", field(id("settings"), "sizes"))]),
      ...setup.statements,
      ...populations.map(({ population, functionName, local }) =>
        constant(
          local,
          callOf(
            functionName,
            ofRuns
              ? member(id("seeds"), "length")
              : callOf(
                  "populationSize",
                  str(population.name),
                  binary("??", givenField("sizes", population.name, runtime), setup.code(population.sizeBy)),
                ),
            orEmpty(givenField("parameters", population.name, runtime)),
            ...common,
          ),
        ),
      ),
      give(
        callOf(
          simulating(plan),
          objectOf([
            { name: "name", value: str(plan.name) },
            { name: "dt", value: id("dt") },
            { name: seed, value: id(seed) },
            {
              name: "populations",
              value: arrayOf(populations.map(({ local }) => id(local))),
            },
            {
              name: "projections",
              value: arrayOf(
                projections.map(({ projection, functionName }) =>
                  callOf(
                    functionName,
                    id(localOf(projection.source.population)),
                    id(localOf(projection.target.population)),
                    ...common,
                    id("options"),
                  ),
                ),
              ),
            },
            { name: "spikesOf", value: arrayOf(plan.spikesOf.map(str)) },
            { name: "records", value: arrayOf(records) },
          ]),
        ),
      ),
    ],
  };
}
