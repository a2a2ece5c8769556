// What an equation is by itself: its noise split off, what it reads, at which rate it relaxes, and which equations are linear in each other.
import type { Expr } from "../algebra/expression.ts";
import { number } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import type { Span } from "../base/source.ts";
import { affineIn } from "./affineIn.ts";
import { type GroupEquation } from "./plan.ts";
import { STEP, isSetup } from "./symbols.ts";

/** A right side, noise and all. */
export interface Equation {
  readonly state: string;
  readonly value: Expr;
  readonly text: string;
  readonly origin: Span;
}

export interface System {
  /** In the order in which people are told of them. */
  readonly equations: readonly Equation[];
  /** Sorts states by what they are, see `order.ts`. */
  rank(state: string): number;
  /** A membrane potential moves after the gates that it reads, and that read it. */
  isPotential(state: string): boolean;
  /** Symbols of white noise. */
  readonly noises: ReadonlySet<string>;
  /** Values that no kernel changes: parameters. */
  readonly parameters: ReadonlySet<string>;
  /** Values that stand still over a step: inputs, states without an equation, held states. */
  readonly still: ReadonlySet<string>;
  readonly calculus: "ito" | "stratonovich" | null;
}

/** Separates the factors of white noise; the checker has made sure that noise enters linearly. */
export function splitNoise(e: Equation, noises: ReadonlySet<string>): GroupEquation {
  const { state, text, origin } = e;
  if (![...symbolsOf(e.value)].some((s) => noises.has(s)))
    return { state, drift: e.value, diffusion: new Map(), text, origin };
  const parts = present(affineIn(e.value, noises), `linear noise in ${text}`);
  return { state, drift: parts.rest, diffusion: parts.coefficients, text, origin };
}

export function isConstant(e: Expr, system: System): boolean {
  return [...symbolsOf(e)].every((s) => system.parameters.has(s) || isSetup(s) || s === STEP);
}

function isStill(e: Expr, system: System): boolean {
  return [...symbolsOf(e)].every((s) => system.parameters.has(s) || system.still.has(s) || isSetup(s) || s === STEP);
}

/** Whether something that moves multiplies noise. */
export function isMultiplicative(equations: readonly GroupEquation[], system: System): boolean {
  return equations.some((e) => [...e.diffusion.values()].some((d) => !isStill(d, system)));
}

/** Everything that an equation reads. */
export function readBy(e: GroupEquation): ReadonlySet<string> {
  return new Set([...symbolsOf(e.drift), ...[...e.diffusion.values()].flatMap((d) => [...symbolsOf(d)])]);
}

/** x' = rate·x + rest, neither with x in it. */
export interface OwnLine {
  readonly rate: Expr;
  readonly rest: Expr;
}

/** How a right side depends on its own state, where that is a line; else null. */
export function ownLine({ drift, state }: GroupEquation): OwnLine | null {
  const known = ownLines.get(drift) ?? new Map<string, OwnLine | null>();
  ownLines.set(drift, known);
  const old = known.get(state);
  if (old !== undefined) return old;
  const parts = affineIn(drift, new Set([state]));
  const line = parts === null ? null : { rate: parts.coefficients.get(state) ?? number(0), rest: parts.rest };
  known.set(state, line);
  return line;
}

/** Lines by right side and state: the proof of one takes milliseconds, and it is asked for again and again. */
const ownLines = new WeakMap<Expr, Map<string, OwnLine | null>>();

/** The largest set of equations that are linear in each other with constant coefficients and read no other state. */
export function linearEquations(equations: readonly GroupEquation[], system: System): readonly GroupEquation[] {
  let kept = equations;
  for (;;) {
    const states = new Set(kept.map((e) => e.state));
    const next = kept.filter((e) => {
      const parts = affineIn(e.drift, states);
      if (parts === null || !isStill(parts.rest, system)) return false;
      return (
        [...parts.coefficients.values()].every((c) => isConstant(c, system)) &&
        [...e.diffusion.values()].every((c) => isConstant(c, system))
      );
    });
    if (next.length === kept.length) return kept;
    kept = next;
  }
}

/** Of the linear equations those that an exact step can have: noise that one shares with an equation that is not linear must be the same noise there. */
export function exactEquations(equations: readonly GroupEquation[], system: System): readonly GroupEquation[] {
  let kept = linearEquations(equations, system);
  for (;;) {
    const elsewhere = new Set(equations.filter((e) => !kept.includes(e)).flatMap((e) => [...e.diffusion.keys()]));
    const alone = kept.filter((e) => [...e.diffusion.keys()].every((noise) => !elsewhere.has(noise)));
    if (alone.length === kept.length) return kept;
    kept = linearEquations(alone, system);
  }
}
