// What connections give moves inside a step: a cubic through its values and slopes at both ends of the step, which the receiving neurons integrate like states of theirs.
import { differentiate } from "../algebra/differentiate.ts";
import { number, symbol, type Expr } from "../algebra/expression.ts";
import { minus, over, plus, times } from "../algebra/reals.ts";
import { fold } from "../algebra/simplify.ts";
import { substitute, symbolsOf } from "../algebra/traverse.ts";
import type { Equation } from "./equations.ts";
import { type CouplingPlan, type GroupEquation, type UpdateGroup } from "./plan.ts";
import { STEP, TIME, inputSymbol, nextSymbol, slopeInput } from "./symbols.ts";

/** The sum R and its first and second derivative are states of the neuron, the third is an input: R' = R₁, R₁' = R₂, R₂' = R₃. */
export function motionNames(sum: string): {
  readonly states: readonly [string, string, string];
  readonly input: string;
} {
  return { states: [sum, `${sum}'`, `${sum}''`], input: `${sum}'''` };
}

/** That the sum and its derivatives are the derivatives of one another. */
export function motionEquations(sum: string, { text, origin }: Pick<Equation, "text" | "origin">): readonly Equation[] {
  const { states, input } = motionNames(sum);
  const next = [...states.slice(1), inputSymbol(input)];
  return states.map((state, k) => ({ state, value: symbol(next[k] ?? ""), text, origin }));
}

/** A neuron's state as connections see it move, `symbolAt(state)`: straight, as fast as a look ahead shows or, of one that is read late, has shown. */
export function aheadOf(symbolAt: (of: string) => string, state: string, reader: Equation): Equation {
  return { ...reader, state: symbolAt(state), value: symbol(symbolAt(inputSymbol(slopeInput(state)))) };
}

/** What each connection adds to the derivatives, in terms of its states at the beginning of the step and at its end (`nextSymbol`), as `groups` move them. */
export function motionOf(coupling: CouplingPlan, groups: readonly UpdateGroup[]): readonly CouplingPlan[] {
  const { value, input } = coupling;
  const equations = new Map(groups.flatMap((g) => g.equations).map((e) => [e.state, e]));
  const [dt, t] = [symbol(STEP), symbol(TIME)];
  const atEnd = (e: Expr): Expr =>
    substitute(
      e,
      new Map([[TIME, plus(t, dt)], ...[...equations.keys()].map((s): [string, Expr] => [s, symbol(nextSymbol(s))])]),
    );
  const perStep = over(number(1), dt);
  const mean = times(minus(atEnd(value), value), perStep);
  const slope = slopeOf(value, equations);
  const names = motionNames(input);
  const into = (name: string, e: Expr): CouplingPlan => ({ ...coupling, array: name, value: fold(e) });
  if (slope === null) return [into(names.states[1], mean)];
  const slopeAtEnd = atEnd(slope);
  const second = times(
    minus(times(number(3), mean), plus(times(number(2), slope), slopeAtEnd)),
    times(number(2), perStep),
  );
  const third = times(
    minus(plus(slope, slopeAtEnd), times(number(2), mean)),
    times(number(6), times(perStep, perStep)),
  );
  return [into(names.states[1], slope), into(names.states[2], second), into(inputSymbol(names.input), third)];
}

/** d value/dt where the states move by their equations; null where it has no derivative: then it moves straight from one end to the other. */
function slopeOf(value: Expr, equations: ReadonlyMap<string, GroupEquation>): Expr | null {
  let slope: Expr | null = null;
  for (const s of symbolsOf(value)) {
    const drift = s === TIME ? number(1) : equations.get(s)?.drift;
    if (drift === undefined) continue;
    const part = differentiate(value, s);
    if (part === null) return null;
    slope = slope === null ? times(part, drift) : plus(slope, times(part, drift));
  }
  return slope;
}

/** The equations that those of `needed` read, themselves included. */
export function reached(equations: readonly Equation[], needed: ReadonlySet<string>): readonly Equation[] {
  const byState = new Map(equations.map((e) => [e.state, e]));
  const found = new Set([...needed].filter((s) => byState.has(s)));
  for (const s of found)
    for (const read of symbolsOf(byState.get(s)?.value ?? number(0))) if (byState.has(read)) found.add(read);
  return equations.filter((e) => found.has(e.state));
}
