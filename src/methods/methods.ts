// Every method of integration there is, by its name in the language: checker, planner, emitter and messages go by this table, the reference is held against it.
import { EULER } from "./euler.ts";
import { EXACT } from "./exact.ts";
import { EXPONENTIAL_EULER } from "./exponentialEuler.ts";
import { HEUN } from "./heun.ts";
import type { Method, Step, Tableau } from "./method.ts";
import { RK4 } from "./rk4.ts";
import { RK45 } from "./rk45.ts";
import { ROSENBROCK } from "./rosenbrock.ts";

/** In the order in which messages list them. */
export const METHODS = {
  exact: EXACT,
  exponential_euler: EXPONENTIAL_EULER,
  euler: EULER,
  heun: HEUN,
  rk4: RK4,
  rk45: RK45,
  rosenbrock: ROSENBROCK,
} as const satisfies Readonly<Record<string, Method>>;

type Named = keyof typeof METHODS;
type Making<K extends Step["kind"]> = {
  [N in Named]: (typeof METHODS)[N]["step"]["kind"] extends K ? N : never;
}[Named];

/** Explicit Runge-Kutta methods of a fixed step. */
export type StagesName = Making<"stages">;
/** Methods that choose steps of their own inside a step, to a tolerance. */
export type AdaptiveName = Making<"adaptive">;
/** As an experiment asks for it; `auto` leaves the choice to the planner, for each group of equations. */
export type MethodName = "auto" | Named;

export function methodOf(name: Named): Method {
  return METHODS[name];
}

/** Of all names, `auto` first. */
export function methodNames(): readonly MethodName[] {
  return ["auto", ...(Object.keys(METHODS) as Named[])];
}

export function isAdaptiveName(name: MethodName): name is AdaptiveName {
  return name !== "auto" && methodOf(name).step.kind === "adaptive";
}

export function isStagesName(name: MethodName): name is StagesName {
  return name !== "auto" && methodOf(name).step.kind === "stages";
}

export function tableauOf(name: StagesName): Tableau {
  return METHODS[name].step.tableau;
}
