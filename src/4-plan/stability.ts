// Warns where an explicit method's step is too long for the fastest decay it can see at the initial values.
import { evaluate } from "../algebra/evaluate.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { unstableStep } from "../diagnostics/plan.ts";
import { affineIn } from "./affineIn.ts";
import { STEP, isSetup } from "./symbols.ts";
import { elementary } from "./elementary.ts";
import { type ParameterPlan, type StatePlan, type UpdateGroup } from "./plan.ts";
import type { Setup } from "./setup.ts";

/** Explicit Euler is stable for real rates a with |a|·dt <= 2. */
const STABLE = 2;

export function warnOfUnstableStep(
  population: string,
  groups: readonly UpdateGroup[],
  parameters: readonly ParameterPlan[],
  states: readonly StatePlan[],
  setup: Setup,
  step: number,
  diagnostics: Diagnostic[],
): void {
  const values = new Map<string, number>([[STEP, step]]);
  const value = (name: string): number => (isSetup(name) ? setup.value(name) : (values.get(name) ?? 0));
  for (const p of parameters)
    values.set(p.name, p.value.kind === "expression" ? evaluate(p.value.expression, value, elementary) : NaN);
  for (const s of states)
    values.set(s.name, s.initial.kind === "expression" ? evaluate(s.initial.expression, value, elementary) : NaN);
  for (const group of groups) {
    if (group.method !== "euler") continue;
    for (const equation of group.equations) {
      const rate = affineIn(equation.drift, new Set([equation.state]))?.coefficients.get(equation.state);
      if (rate === undefined) continue;
      const a = evaluate(rate, value, elementary);
      if (-a * step > STABLE)
        diagnostics.push(
          unstableStep(equation.origin, {
            state: equation.state,
            population,
            stable: Number((STABLE / -a).toPrecision(3)),
            step,
          }),
        );
    }
  }
}
