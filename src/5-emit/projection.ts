// What all kernels of one projection share while they are emitted: its identifiers, its coefficients, and what each symbol is where.
import { interner } from "../algebra/intern.ts";
import type { Expr } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import { type End, type PopulationPlan, type ProjectionPlan, type SimulationPlan } from "../4-plan/plan.ts";
import {
  agoAt,
  atEnd,
  endSymbol,
  inputSymbol,
  isSetup,
  NEURON,
  STEP,
  TARGET,
  TIME,
  writtenSymbol,
} from "../4-plan/symbols.ts";
import type { Code, Statement } from "./code.ts";
import { at, binary, callOf, constant, field, id, num, str } from "./construct.ts";
import {
  block,
  coefficients,
  inlineCode,
  type Block,
  type BlockContext,
  type Coefficients,
  type Leaf,
} from "./expressions.ts";
import type { ModuleNames } from "./moduleNames.ts";
import type { SchemeEmitter } from "./population.ts";

/** Where a block stands. */
export type Where =
  /** In a loop over the connections `c` of source `i`. */
  | "row"
  /** In a loop over spikes, each of a source `i` with one connection `c`. */
  | "each"
  /** In a loop over the connections that reach target `j`. */
  | "column"
  /** In a function of the `state` of target `j`, for connection `c` of source `i`. */
  | "jump"
  /** At source `i` itself, at target `j` itself. */
  | "source"
  | "target";

export interface ProjectionEmitter extends SchemeEmitter {
  readonly plan: ProjectionPlan;
  readonly coefficients: Coefficients;
  readonly names: ModuleNames;
  /** Arrays of the values that differ between connections. */
  readonly values: ReadonlyMap<string, string>;
  /** `written`: what the block assigns to, which therefore is read anew for every connection. */
  block(where: Where, written: ReadonlySet<string>, roots: readonly Expr[]): Block;
  /** What an assignment to a symbol writes. */
  element(symbol: string): Code;
  /** What an assignment to a state of the target writes in a function of its `state`. */
  stateElement(symbol: string): Code;
  /** Whether an expression depends on the connection or its neurons. */
  differs(e: Expr): boolean;
  /** The arrays and parameters of both populations that were asked for. */
  endStatements(): Statement[];
  /** What is read as it was a delay ago: of which end, and the array with its past, a row a step. */
  readonly kept: ReadonlyMap<string, { readonly end: End; readonly of: string; readonly array: string }>;
}

export function projectionEmitter(
  plan: ProjectionPlan,
  simulation: SimulationPlan,
  names: ModuleNames,
  runtime: (name: string) => string,
): ProjectionEmitter {
  const populationOf = (end: End): PopulationPlan => {
    const { population } = end === "pre" ? plan.source : plan.target;
    return present(
      simulation.populations.find((p) => p.name === population),
      population,
    );
  };
  const populations = { pre: populationOf("pre"), post: populationOf("post") };
  const values = new Map(plan.values.map((v) => [v.name, names.fresh(`${v.name}_at`)]));
  const valueLocals = new Map(plan.values.map((v) => [v.name, names.fresh(v.name)]));
  const setupNames = new Map(simulation.setup.map((p) => [`@${p.name}`, p.name]));
  const numbers = interner();
  const slots = coefficients();
  const locals = new Map<string, string>();
  const special = new Map<string, Leaf>();

  // Identifiers of what is taken from the populations, in the order of asking.
  const ends = new Map<string, { readonly name: string; readonly local: string; readonly statement: Statement }>();
  const fromEnd = (symbol: string, kind: "array" | "parameter"): { readonly name: string; readonly local: string } => {
    const known = ends.get(symbol);
    if (known !== undefined) return known;
    const { end, of: inner } = present(atEnd(symbol), symbol);
    const local = names.fresh(`${end}_${writtenSymbol(inner)}`);
    const population = id(end === "pre" ? "source" : "target");
    const name = kind === "array" ? names.fresh(`${local}_at`) : local;
    const made = {
      name,
      local,
      statement: constant(
        name,
        callOf(runtime(kind === "array" ? "variableOf" : "parameterOf"), population, str(inner)),
      ),
    };
    ends.set(symbol, made);
    return made;
  };

  const kept = new Map<
    string,
    { readonly end: End; readonly of: string; readonly array: string; readonly local: string }
  >();
  const agoLeaf = (
    where: Where | "creation",
    symbol: string,
    { end, of }: { readonly end: End; readonly of: string },
  ): Leaf => {
    const local = kept.get(symbol)?.local ?? names.fresh(`${end}_${writtenSymbol(of)}_ago`);
    const array = kept.get(symbol)?.array ?? names.fresh(`${end}_${writtenSymbol(of)}_past`);
    kept.set(symbol, { end, of, array, local });
    const input = populations[end].inputs.find((i) => inputSymbol(i.name) === of);
    const one = input !== undefined && !input.perNeuron;
    const size = field(id(end === "pre" ? "source" : "target"), "size");
    const index = one ? id("row") : binary("+", binary("*", id("row"), size), id(end === "pre" ? "i" : "j"));
    return {
      kind: one || (end === "pre" && where === "row") ? "stepwise" : "load",
      name: local,
      code: at(array, index),
    };
  };

  const stateLocals = new Map<string, string>();
  const locally = (symbol: string): string => {
    const local = stateLocals.get(symbol) ?? names.fresh(present(atEnd(symbol), symbol).of);
    stateLocals.set(symbol, local);
    return local;
  };

  const endLeaf = (
    where: Where | "creation",
    symbol: string,
    { end, of: inner }: { readonly end: End; readonly of: string },
    written: ReadonlySet<string>,
  ): Leaf => {
    const population = populations[end];
    const stateAt = population.states.findIndex((s) => s.name === inner);
    if (where === "jump" && end === "post" && stateAt >= 0)
      return { kind: "load", name: locally(symbol), code: at("state", num(stateAt)) };
    const parameter = population.parameters.find((p) => p.name === inner);
    if (parameter !== undefined && !parameter.perNeuron) {
      const { name } = fromEnd(symbol, "parameter");
      return { kind: "coefficient", name, code: id(name) };
    }
    const { name, local } = fromEnd(symbol, "array");
    const input = population.inputs.find((i) => inputSymbol(i.name) === inner);
    if (input !== undefined && !input.perNeuron) return { kind: "stepwise", name: local, code: at(name, num(0)) };
    const code = at(name, id(end === "pre" ? "i" : "j"));
    // In a connection of a neuron with itself both ends are one.
    const alias = plan.source.population === plan.target.population ? (["pre", "post"] as const) : [end];
    const still =
      !alias.some((e) => written.has(endSymbol(e, inner))) &&
      (where === (end === "pre" ? "row" : "column") || where === (end === "pre" ? "source" : "target"));
    return { kind: still ? "stepwise" : "load", name: local, code };
  };

  const leafIn =
    (where: Where | "creation", written: ReadonlySet<string>) =>
    (symbol: string): Leaf => {
      const known = special.get(symbol);
      if (known !== undefined) return known;
      const scheme = locals.get(symbol);
      if (scheme !== undefined) return { kind: "code", code: id(scheme) };
      const array = values.get(symbol);
      if (array !== undefined)
        return { kind: "load", name: present(valueLocals.get(symbol), symbol), code: at(array, id("c")) };
      const ago = agoAt(symbol);
      if (ago !== null) return agoLeaf(where, symbol, ago);
      const far = atEnd(symbol);
      if (far !== null) return endLeaf(where, symbol, far, written);
      const setup = setupNames.get(symbol);
      if (setup !== undefined && isSetup(symbol))
        return { kind: "coefficient", name: setup, code: field(id("setup"), setup) };
      switch (symbol) {
        case STEP:
          return { kind: "coefficient", name: "dt", code: id("dt") };
        case TIME:
          return { kind: "code", code: id("t") };
        case NEURON:
          return { kind: "code", code: id("i") };
        case TARGET:
          return { kind: "code", code: id("j") };
        default:
          return present<Leaf>(null, `meaning of ${symbol}`);
      }
    };

  const contextOf = (where: Where | "creation", written: ReadonlySet<string>): BlockContext => {
    const inner = names.inner();
    return {
      leaf: leafIn(where, written),
      runtime,
      fresh: inner.fresh,
      coefficientName: (wanted) => names.fresh(wanted),
      interner: numbers,
      lets: new Map(),
      coefficients: where === "creation" ? null : slots,
      atCreation: (e) => inline(e),
    };
  };
  const setupLocals = new Map<string, string>();
  const nameSetup = (leaf: Leaf): Leaf => {
    if (leaf.kind !== "coefficient" || leaf.code.kind === "name") return leaf;
    const local = setupLocals.get(leaf.name) ?? names.fresh(leaf.name);
    setupLocals.set(leaf.name, local);
    return { ...leaf, name: local };
  };

  const NOTHING: ReadonlySet<string> = new Set();
  const inline = (e: Expr): Code => {
    const context = contextOf("creation", NOTHING);
    return inlineCode({ ...context, leaf: (s) => ({ kind: "code", code: context.leaf(s).code }) }, e);
  };

  return {
    plan,
    each: { variable: "c", count: "count" },
    coefficients: slots,
    names,
    values,
    runtime,
    inline,
    block(where, written, roots) {
      const context = contextOf(where, written);
      return block({ ...context, leaf: (s) => nameSetup(context.leaf(s)) }, roots);
    },
    element(symbol) {
      const array = values.get(symbol);
      if (array !== undefined) return at(array, id("c"));
      const { end } = present(atEnd(symbol), symbol);
      return at(fromEnd(symbol, "array").name, id(end === "pre" ? "i" : "j"));
    },
    stateElement: (symbol) =>
      at("state", num(populations.post.states.findIndex((s) => s.name === present(atEnd(symbol, "post"), symbol).of))),
    differs: (e) => [...symbolsOf(e)].some((s) => s === NEURON || s === TARGET || values.has(s) || atEnd(s) !== null),
    variesByNeuron: (e) => [...symbolsOf(e)].some((s) => values.has(s)),
    kept,
    endStatements: () => [...ends.values()].map((e) => e.statement),
    name(symbol, wanted) {
      const fresh = locals.get(symbol) ?? names.fresh(wanted);
      locals.set(symbol, fresh);
      return fresh;
    },
    coefficient(symbol, wanted, code, perConnection) {
      const fresh = names.fresh(wanted);
      const array = perConnection ? names.fresh(`${fresh}_at`) : null;
      special.set(
        symbol,
        array === null
          ? { kind: "coefficient", name: fresh, code }
          : { kind: "load", name: fresh, code: at(array, id("c")) },
      );
      return array;
    },
  };
}
