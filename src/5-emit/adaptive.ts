// The runtime's adaptive steps over functions of one neuron: its derivatives, and for a stiff method their Jacobian.
import { number, type Expr } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import { isAdaptive, type AdaptiveGroup, type UpdateGroup } from "../4-plan/plan.ts";
import { nextSymbol } from "../4-plan/symbols.ts";
import { jacobianOf } from "../4-plan/scheme.ts";
import { METHODS } from "../methods/methods.ts";
import type { Code, Parameter, Statement } from "./code.ts";
import { arrayOf, assign, at, BLANK, callOf, comment, constant, func, id, load, num, store } from "./construct.ts";
import type { Block } from "./expressions.ts";
import { place } from "./place.ts";
import type { PopulationEmitter } from "./population.ts";
import { withWholeStep } from "./wholeStep.ts";

const TIME: Parameter = { name: "t", type: "number" };
const array = (name: string): Parameter => ({ name, type: "Float64Array" });

/** `derivatives(t, state, slopes)` of neuron `current`, for groups that are integrated adaptively; `jacobian(t, state, matrix, slopes)` for a Rosenbrock method. */
export function adaptiveFunctions(
  e: PopulationEmitter,
  groups: readonly UpdateGroup[],
  suffix: string,
  substeps: string[],
): Statement[] {
  const group = groups.find(isAdaptive);
  if (group === undefined) return [];
  substeps.push(`substep${suffix}_at`);
  const { integrator, jacobian: withJacobian } = METHODS[group.method].step;
  return [
    derivatives(e, group, `derivatives${suffix}`),
    ...(withJacobian ? [BLANK, jacobian(e, group, `jacobian${suffix}`)] : []),
    constant(
      `integrate${suffix}`,
      callOf(
        e.runtime(integrator),
        withJacobian ? arrayOf(group.states.map((s) => num(indexOf(e, s)))) : num(e.plan.states.length),
        num(group.tolerance),
        num(group.tolerance),
      ),
    ),
    BLANK,
  ];
}

/** Integrates `state` over a span; gives the substep to begin with next time. */
export function adaptiveCall(group: AdaptiveGroup, suffix: string, time: Code, span: Code, first: Code): Code {
  const slopes = METHODS[group.method].step.jacobian ? [id(`jacobian${suffix}`)] : [];
  return callOf(`integrate${suffix}`, id(`derivatives${suffix}`), ...slopes, time, id("state"), span, first);
}

export function integrateAdaptive(
  e: PopulationEmitter,
  groups: readonly UpdateGroup[],
  body: Block,
  suffix: string,
): void {
  const group = groups.find(isAdaptive);
  if (group === undefined) return;
  const substeps = `substep${suffix}_at`;
  body.push(assign(id("current"), id("i")));
  e.plan.states.forEach((s, k) =>
    body.push(assign(at("state", num(k)), load(present(e.identifiers.state.get(s.name), s.name).array))),
  );
  const begin: Code = { kind: "clock", clock: "t" };
  body.push(store(substeps, adaptiveCall(group, suffix, begin, id("dt"), load(substeps))));
  for (const state of group.states)
    body.push(constant(e.name(nextSymbol(state), `${state}_next`), at("state", num(indexOf(e, state)))));
}

function derivatives(e: PopulationEmitter, group: AdaptiveGroup, name: string): Statement {
  const drifts = group.equations.map((q) => withWholeStep(q.drift));
  const body = e.block("flow", drifts);
  const slopes = drifts.map((drift) => body.code(drift));
  const moving = new Set(group.states);
  const all = e.plan.states.map((s, k) =>
    assign(at("slopes", num(k)), moving.has(s.name) ? present(slopes[group.states.indexOf(s.name)], "slope") : num(0)),
  );
  return func(name, [TIME, array("state"), array("slopes")], "void", [
    ...body.prelude(),
    ...locals(e, drifts),
    ...group.equations.map((q) => comment(`${place(q)}  ${q.text}`)),
    ...body.statements,
    ...all,
  ]);
}

/** Elements that are always 0 are so from the beginning: nobody else writes to the matrix. */
function jacobian(e: PopulationEmitter, group: AdaptiveGroup, name: string): Statement {
  const { rows, time } = jacobianOf(group.equations);
  const entries = [
    ...rows.flat().map((value, k) => ({ value: withWholeStep(value), target: at("matrix", num(k)) })),
    ...time.map((value, i) => ({ value: withWholeStep(value), target: at("slopes", num(i)) })),
  ].filter(({ value }) => value.kind !== "number" || value.value !== 0);
  const values = entries.map(({ value }) => value);
  const body = e.block("flow", values.length === 0 ? [number(0)] : values);
  const codes = values.map((value) => body.code(value));
  return func(name, [TIME, array("state"), array("matrix"), array("slopes")], "void", [
    comment(`How fast the derivatives change with ${group.states.join(", ")}, and with the time.`),
    ...body.prelude(),
    ...locals(e, values),
    ...body.statements,
    ...entries.map(({ target }, k) => assign(target, present(codes[k], "entry"))),
  ]);
}

function locals(e: PopulationEmitter, expressions: readonly Expr[]): readonly Statement[] {
  const usesNeuron = expressions.some(
    (x) => e.variesByNeuron(x) || [...symbolsOf(x)].some((s) => e.identifiers.input.get(s)?.plan.perNeuron === true),
  );
  return usesNeuron ? [constant("i", id("current"))] : [];
}

function indexOf(e: PopulationEmitter, state: string): number {
  return e.plan.states.findIndex((s) => s.name === state);
}
