// How fast the right sides of a system change with its states and with the time: what a stiff method solves with, and what shows that a step is too long.
import type { Expr } from "../algebra/expression.ts";
import { slopeOf } from "../algebra/differentiate.ts";
import { type GroupEquation } from "./plan.ts";
import { TIME } from "./symbols.ts";

export interface Jacobian {
  readonly states: readonly string[];
  /** ∂f_i/∂x_j, row by row. */
  readonly rows: readonly (readonly Expr[])[];
  /** ∂f_i/∂t */
  readonly time: readonly Expr[];
}

const known = new WeakMap<readonly GroupEquation[], Jacobian>();

/** Of the drifts of `equations` by each other's states. */
export function jacobianOf(equations: readonly GroupEquation[]): Jacobian {
  const old = known.get(equations);
  if (old !== undefined) return old;
  const states = equations.map((e) => e.state);
  const jacobian = {
    states,
    rows: equations.map((e) => states.map((s) => slopeOf(e.drift, s))),
    time: equations.map((e) => slopeOf(e.drift, TIME)),
  };
  known.set(equations, jacobian);
  return jacobian;
}
