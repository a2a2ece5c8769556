// What all kernels of one population share while they are emitted: its identifiers, its coefficients, and what each symbol is where.
import { interner, type Interner } from "../algebra/intern.ts";
import { number, type Expr } from "../algebra/expression.ts";
import { substitute, symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import {
  type InputPlan,
  type ParameterPlan,
  type PopulationPlan,
  type SimulationPlan,
  type UpdateGroup,
} from "../4-plan/plan.ts";
import {
  inputSymbol,
  isOfNeuron,
  isSetup,
  NEURON,
  nextSymbol,
  normalSymbol,
  STEP,
  symbolOf,
  TIME,
  WHOLE_STEP,
  writtenSymbol,
} from "../4-plan/symbols.ts";
import { schemeOf, shaken, withFewDivisions } from "../4-plan/scheme.ts";
import type { Code } from "./code.ts";
import { at, field, id, load, LOOP_NEURON, num } from "./construct.ts";
import {
  block,
  coefficients,
  inlineCode,
  type Block,
  type BlockContext,
  type Coefficients,
  type Leaf,
  type Stage,
} from "./expressions.ts";
import type { ModuleNames } from "./moduleNames.ts";

/** `t` where spikes and events happen: the end of the step. */
export const EVENT_TIME = "#t_next";

/** Where a block stands: it decides what a state, the step and the neuron's number are. */
export type Place =
  /** In a loop over neurons `i`: states are elements of arrays. */
  | "loop"
  /** In a function of one neuron's `state`; the step is `span`. */
  | "flow"
  /** Where the simulation is created; `i` is free in loops over neurons. */
  | "creation";

/** What writing out a scheme needs, for neurons and for connections alike. */
export interface SchemeEmitter {
  readonly names: ModuleNames;
  /** The variable of loops over all neurons or connections at creation, and how many there are. */
  readonly each: { readonly variable: string; readonly count: "size" | "count" };
  runtime(name: string): string;
  /** An expression on one line, at creation. */
  inline(e: Expr): Code;
  variesByNeuron(e: Expr): boolean;
  /** Makes a symbol of a scheme known under an identifier. */
  name(symbol: string, wanted: string): string;
  /** Makes known what a coefficient of an exact group is at creation; the name of its array, which is indexed by neuron or connection, where these differ. */
  coefficient(symbol: string, wanted: string, code: Code, differs: boolean): string | null;
}

export interface PopulationEmitter extends SchemeEmitter {
  readonly plan: PopulationPlan;
  readonly identifiers: Identifiers;
  readonly coefficients: Coefficients;
  readonly interner: Interner;
  /** Whether its neurons are runs: each with a seed of its own, `seeds[i]`, under which it is number 0. */
  readonly ofRuns: boolean;
  /** The lists with a value for each neuron that were asked for, by their symbols: their names. */
  readonly lists: ReadonlyMap<string, string>;
  /** A list that is the same for all simulations of the module, and made once; its name. */
  table(wanted: string, values: readonly number[], note?: string): string;
  /** Normal numbers that a step draws, by symbol, with the array they come in. */
  readonly normals: ReadonlyMap<string, string>;
  leaf(place: Place, symbol: string): Leaf;
  block(place: Place, roots: readonly Expr[], stage?: Stage | null): Block;
}

export interface Identifiers {
  readonly state: ReadonlyMap<string, { readonly local: string; readonly array: string }>;
  readonly parameter: ReadonlyMap<
    string,
    { readonly local: string; readonly array: string; readonly plan: ParameterPlan }
  >;
  readonly input: ReadonlyMap<string, { readonly local: string; readonly array: string; readonly plan: InputPlan }>;
}

export function populationEmitter(
  plan: PopulationPlan,
  simulation: SimulationPlan,
  names: ModuleNames,
  runtime: (name: string) => string,
  table: PopulationEmitter["table"],
): PopulationEmitter {
  const identifiers: Identifiers = {
    state: new Map(plan.states.map((s) => [s.name, both(names, s.name)])),
    parameter: new Map(plan.parameters.map((p) => [p.name, { ...both(names, p.name), plan: p }])),
    input: new Map(
      plan.inputs.map((i) => [inputSymbol(i.name), { ...both(names, i.name.replace("~", "_")), plan: i }]),
    ),
  };
  const numbers = interner();
  const lets = new Map(
    [...plan.lets].flatMap(([e, name]) => [e, withFewDivisions(e)].map((form) => [numbers.idOf(form), name])),
  );
  const slots = coefficients();
  const locals = new Map<string, string>();
  const special = new Map<string, Leaf>();
  const varying = new Set([
    ...plan.parameters.filter((p) => p.perNeuron).map((p) => p.name),
    ...plan.inputs.filter((i) => i.perNeuron).map((i) => inputSymbol(i.name)),
  ]);
  const normals = new Map(
    normalsOf(plan).map((symbol) => [symbol, names.fresh(`η:${writtenSymbol(symbol).replace("exact:", "")}`)]),
  );
  const stateNumbers = new Map(plan.states.map((s, k) => [s.name, k]));
  const normalLocals = new Map([...normals].map(([symbol, array]) => [symbol, names.fresh(`${array}_i`)]));
  const setupNames = new Map(simulation.setup.map((p) => [`@${p.name}`, p.name]));

  const listNames = new Map<string, string>();
  const setupLocals = new Map<string, string>();
  const setupLocal = (name: string): string => {
    const local = setupLocals.get(name) ?? names.fresh(name);
    setupLocals.set(name, local);
    return local;
  };

  const leaf = (place: Place, symbol: string): Leaf => {
    const known = special.get(symbol);
    if (known !== undefined) return known;
    const local = locals.get(symbol);
    if (local !== undefined) return { kind: "code", code: id(local) };
    const state = identifiers.state.get(symbol);
    if (state !== undefined) {
      if (place === "flow")
        return { kind: "load", name: state.local, code: at("state", num(present(stateNumbers.get(symbol), symbol))) };
      return { kind: "load", name: state.local, code: load(state.array) };
    }
    const parameter = identifiers.parameter.get(symbol);
    if (parameter !== undefined) {
      return parameter.plan.perNeuron
        ? { kind: "load", name: parameter.local, code: load(parameter.array) }
        : { kind: "coefficient", name: parameter.local, code: id(parameter.local) };
    }
    const input = identifiers.input.get(symbol);
    if (input !== undefined)
      return {
        kind: input.plan.perNeuron ? "load" : "stepwise",
        name: input.local,
        code: load(input.array, input.plan.perNeuron ? { of: "neuron" } : { of: "place", place: 0 }),
      };
    const setup = setupNames.get(symbol);
    if (setup !== undefined && isSetup(symbol))
      return { kind: "coefficient", name: setupLocal(setup), code: field(id("setup"), setup) };
    const normal = normals.get(symbol);
    if (normal !== undefined)
      return { kind: "load", name: present(normalLocals.get(symbol), symbol), code: load(normal) };
    const list = plan.lists.get(symbol);
    if (list !== undefined) {
      const name = listNames.get(symbol) ?? table("listed_values", list, `one for each neuron of ${plan.name}`);
      listNames.set(symbol, name);
      return { kind: "code", code: at(name, LOOP_NEURON) };
    }
    switch (symbol) {
      case STEP:
        return place === "flow"
          ? { kind: "code", code: id("span") }
          : { kind: "coefficient", name: "dt", code: id("dt") };
      case WHOLE_STEP:
        return { kind: "coefficient", name: "dt", code: id("dt") };
      case TIME:
      case EVENT_TIME:
        return {
          kind: "code",
          code: place === "flow" ? id("t") : { kind: "clock", clock: symbol === TIME ? "t" : "t_next" },
        };
      case NEURON:
        return { kind: "code", code: simulation.neuronsAreRuns ? num(0) : LOOP_NEURON };
      default:
        return present<Leaf>(null, `meaning of ${symbol}`);
    }
  };

  const emitter: PopulationEmitter = {
    plan,
    each: { variable: "i", count: "size" },
    identifiers,
    coefficients: slots,
    interner: numbers,
    names,
    ofRuns: simulation.neuronsAreRuns === true,
    lists: listNames,
    table,
    normals,
    runtime,
    leaf,
    block: (place, roots, stage) => block(contextOf(place), roots, stage),
    inline: (e) =>
      inlineCode(
        { ...contextOf("creation"), coefficients: null, lets: new Map(), leaf: (s) => inlined(leaf("creation", s)) },
        e,
      ),
    variesByNeuron: (e) => [...symbolsOf(e)].some((s) => isOfNeuron(s) || varying.has(s)),
    name(symbol, wanted) {
      // Functions are scopes of their own: one name serves a symbol in all of them.
      const fresh = locals.get(symbol) ?? names.fresh(wanted);
      locals.set(symbol, fresh);
      return fresh;
    },
    coefficient(symbol, wanted, code, perNeuron) {
      const fresh = names.fresh(wanted);
      const array = perNeuron ? names.fresh(`${fresh}_at`) : null;
      special.set(
        symbol,
        array === null ? { kind: "coefficient", name: fresh, code } : { kind: "load", name: fresh, code: load(array) },
      );
      return array;
    },
  };

  function contextOf(place: Place): BlockContext {
    const inner = names.inner();
    return {
      leaf: (s) => leaf(place, s),
      runtime,
      fresh: inner.fresh,
      coefficientName: (wanted) => names.fresh(wanted),
      interner: numbers,
      lets,
      coefficients: place === "creation" ? null : slots,
      atCreation: (e) => emitter.inline(e),
    };
  }
  return emitter;
}

/** Elements are read where they stand, without a constant of their own. */
function inlined(leaf: Leaf): Leaf {
  return { kind: "code", code: leaf.code };
}

function both(names: ModuleNames, wanted: string): { readonly local: string; readonly array: string } {
  const local = names.fresh(wanted);
  return { local, array: names.fresh(`${local}_at`) };
}

/** Every standard normal number that one step of a neuron draws. */
function normalsOf(plan: PopulationPlan): readonly string[] {
  const found = new Set<string>();
  for (const group of [...plan.groups, ...(plan.heldGroups ?? [])]) {
    if (group.method === "exact") {
      for (const state of shaken(group)) found.add(normalSymbol(`exact:${state}`));
      continue;
    }
    for (const step of schemeOf(group))
      for (const symbol of symbolsOf(step.value)) if (symbolOf(symbol).kind === "normal") found.add(symbol);
  }
  return [...found];
}

/** States that change between events. */
export function movingStates(groups: readonly UpdateGroup[]): readonly string[] {
  return groups.flatMap((g) => g.states);
}

/** Reads the value after the step of every moving state, and the time at its end. */
export function afterStep(plan: PopulationPlan): ReadonlyMap<string, Expr> {
  return new Map<string, Expr>([
    ...movingStates(plan.groups).map((s): [string, Expr] => [s, { kind: "symbol", name: nextSymbol(s) }]),
    [TIME, { kind: "symbol", name: EVENT_TIME }],
  ]);
}

/** Nothing is set from outside, each input is its default, and the time is 0: what is true then has not just become true. */
export function beforeTheRun(plan: PopulationPlan): ReadonlyMap<string, Expr> {
  const start = new Map<string, Expr>([[TIME, number(0)]]);
  return new Map<string, Expr>([
    ...plan.inputs.map((i): [string, Expr] => [
      inputSymbol(i.name),
      i.unset === undefined ? number(0) : substitute(i.unset, start),
    ]),
    ...start,
  ]);
}

/** Only the time moves on: for conditions and resets that read states from their arrays. */
export const AT_EVENT: ReadonlyMap<string, Expr> = new Map([[TIME, { kind: "symbol", name: EVENT_TIME }]]);
