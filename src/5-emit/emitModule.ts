// A plan becomes a module: its populations' kernels, and `create`, which puts them together into a simulation.
import type { ParameterPlan, PopulationPlan, SimulationPlan } from "../4-plan/plan.ts";
import type { Code, CodeModule, InterfaceMember, Statement } from "./code.ts";
import { arrayOf, binary, BLANK, callOf, constant, field, give, givenField, id, mathRound, num, objectOf, str } from "./construct.ts";
import { populationFunction } from "./emitPopulation.ts";
import { moduleNames } from "./moduleNames.ts";
import { populationEmitter } from "./population.ts";
import { setupStatements } from "./setup.ts";

/** Where emitted modules import the runtime from. */
export const RUNTIME = "glif/runtime";

/** Names of the runtime and of the fixed parts of emitted modules: never given to anything of a model. */
const TAKEN = [
  "size", "given", "setup", "dt", "seed", "memory", "coefficient", "t", "t_next", "state", "slopes", "span", "tick", "i", "index", "low", "high", "count", "neurons", "found", "now", "candidates", "scratch", "current", "uniforms",
  "uniform_draws", "POWER_OF_TWO", "EXPONENTIAL", "exprelNear0", "EXPREL_SERIES", "series_2", "series_3", "series_4", "series_5", "series_6", "series_7", "series_8", "series_9", "series_10", "series_11", "series_12", "series_13", "exp_per_ln2", "exp_rounder", "exp_ln2_head", "exp_ln2_tail", "exp_far", "attempt", "drive", "shake", "update", "hold", "restore", "reset", "holds", "refractorySteps", "refractoryPeriod", "load", "store", "flow", "flowHeld", "derivatives", "derivatives_held",
  "integrate", "integrate_held", "create", "options", "experiment", "Options", "Setup", "simulate", "Simulation", "GridKernel", "PreciseKernel", "allocate", "propagator", "propagators", "noiseFactor",
  "stream", "fillNormal", "fillUniform", "drawUniform", "drawNormal", "drawLognormal", "drawGamma", "drawExponential", "drawPoisson", "drawBinomial", "truncated", "substep", "fires", "upstroke", "crossByHalving", "elementOf", "ownValue", "sampleAt", "timeOf", "dormandPrince",
  "exp", "expm1", "log", "log1p", "log10", "sqrt", "abs", "sign", "floor", "ceil", "round", "min", "max", "clamp", "step", "exprel", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "pow",
];

export function emitModule(plan: SimulationPlan): CodeModule {
  const names = moduleNames(TAKEN);
  const imported = new Set<string>();
  const runtime = (name: string): string => {
    imported.add(name);
    return name;
  };
  runtime("simulate");

  const populations = plan.populations.map((population) => {
    const ids = { parametersType: names.fresh(`${population.name}Parameters`), functionName: names.fresh(`population_${population.name}`) };
    const observed = new Set(plan.steps === null ? population.observables.map((o) => o.name) : plan.records.filter((r) => r.population === population.name).flatMap((r) => r.variables));
    const emitter = populationEmitter(population, plan, names, runtime);
    return { population, ...ids, code: populationFunction(emitter, { precise: plan.precise, observed, ...ids, hasSetup: plan.setup.length > 0 }) };
  });

  const body: Statement[] = [
    BLANK,
    ...populations.flatMap(({ population, parametersType }) => [parametersInterface(population, parametersType), BLANK]),
    ...(plan.setup.length === 0 ? [] : [{ kind: "interface" as const, name: "Setup", exported: true, members: plan.setup.map((p) => parameterMember(p, false)), doc: "Parameters of the network and the experiment." }, BLANK]),
    optionsInterface(plan, populations),
    BLANK,
    experimentConstant(plan),
    BLANK,
    createFunction(plan, populations, setupStatements(plan.setup, names, runtime), runtime),
    BLANK,
    ...populations.flatMap(({ code }) => [code, BLANK]),
  ];
  return {
    header: headerOf(plan),
    body: [
      { kind: "import", names: [...imported].sort(), from: RUNTIME, typeOnly: false },
      { kind: "import", names: [plan.precise ? "PreciseKernel" : "GridKernel", "Simulation"], from: RUNTIME, typeOnly: true },
      ...body,
    ],
  };
}

function headerOf(plan: SimulationPlan): string[] {
  const what = plan.name === plan.subject ? `${plan.name}: one model by itself.` : `${plan.name}: an experiment of ${plan.subject}.`;
  return [
    what,
    ...(plan.doc === "" ? [] : plan.doc.split("\n")),
    "",
    `Written by glif from ${plan.source.split("/").at(-1) ?? plan.source}; change that file, not this one.`,
    "Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.",
    "",
    ...plan.populations.flatMap((p) => [`Population ${p.name}:`, ...p.groups.map((g) => `  ${g.reason}.`), ...(p.heldGroups === null ? [] : [`  While refractory ${p.held.length === 0 ? "nothing is held" : `${p.held.join(", ")} ${p.held.length > 1 ? "are" : "is"} held`}.`])]),
  ];
}

function parameterMember(p: ParameterPlan, optional: boolean): InterfaceMember {
  const value = p.shown.value === null ? "" : `; ${p.shown.value} unless given`;
  return { name: p.name, type: p.perNeuron ? "number | ArrayLike<number>" : "number", optional, doc: `${p.doc === "" ? p.name : p.doc} (${p.unit})${value}` };
}

function parametersInterface(population: PopulationPlan, name: string): Statement {
  return { kind: "interface", name, exported: true, members: population.parameters.map((p) => parameterMember(p, true)), doc: `Parameters of ${population.name}${population.doc === "" ? "" : `: ${population.doc.split("\n")[0] ?? ""}`}` };
}

interface Emitted {
  readonly population: PopulationPlan;
  readonly parametersType: string;
  readonly functionName: string;
}

function optionsInterface(plan: SimulationPlan, populations: readonly Emitted[]): Statement {
  const perPopulation = (type: (p: Emitted) => string): string => `{ ${populations.map((p) => `${JSON.stringify(p.population.name)}?: ${type(p)}`).join("; ")} }`;
  return {
    kind: "interface",
    name: "Options",
    exported: true,
    doc: "What may be set when a simulation is created; everything else is as the source says.",
    members: [
      { name: "step", type: "number", optional: true, doc: `integration step (ms); ${plan.step} unless given` },
      { name: "seed", type: "number", optional: true, doc: `seed of every random draw, 0 to 2^53 - 1; ${plan.seed ?? 0} unless given` },
      { name: "parameters", type: perPopulation((p) => p.parametersType), optional: true, doc: "parameters by population" },
      ...(plan.setup.length === 0 ? [] : [{ name: "setup", type: "Partial<Setup>", optional: true, doc: "parameters of the network and the experiment" }]),
      { name: "sizes", type: perPopulation(() => "number"), optional: true, doc: "numbers of neurons by population" },
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

function createFunction(plan: SimulationPlan, populations: readonly Emitted[], setup: readonly Statement[], runtime: (name: string) => string): Statement {
  const orEmpty = (value: Code): Code => binary("??", value, objectOf([]));
  const records = plan.records.flatMap((r) =>
    r.variables.map((variable) =>
      objectOf([
        { name: "population", value: str(r.population) },
        { name: "variable", value: str(variable) },
        { name: "first", value: num(r.first) },
        { name: "last", value: num(r.last) },
        { name: "every", value: r.every === 1 ? num(1) : mathRound(binary("/", num(r.every * plan.step), id("dt"))) },
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
      constant("seed", binary("??", field(id("options"), "seed"), num(plan.seed ?? 0))),
      constant("parameters", orEmpty(field(id("options"), "parameters"))),
      constant("sizes", orEmpty(field(id("options"), "sizes"))),
      ...setup,
      give(
        callOf(
          "simulate",
          objectOf([
            { name: "name", value: str(plan.name) },
            { name: "dt", value: id("dt") },
            { name: "seed", value: id("seed") },
            {
              name: "populations",
              value: arrayOf(
                populations.map(({ population, functionName }) =>
                  callOf(functionName, binary("??", givenField("sizes", population.name, runtime), num(population.size)), orEmpty(givenField("parameters", population.name, runtime)), ...(plan.setup.length === 0 ? [] : [id("setup")]), id("dt"), id("seed")),
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
