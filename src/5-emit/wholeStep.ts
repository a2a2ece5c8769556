// Where only a part of a step is integrated, `dt` as the modeller writes it is still the step.
import { symbol, type Expr } from "../algebra/expression.ts";
import { substitute } from "../algebra/traverse.ts";
import { type GroupEquation, type UpdateGroup } from "../4-plan/plan.ts";
import { STEP, WHOLE_STEP } from "../4-plan/symbols.ts";

const WHOLE: ReadonlyMap<string, Expr> = new Map([[STEP, symbol(WHOLE_STEP)]]);

export function withWholeStep(e: Expr): Expr {
  return substitute(e, WHOLE);
}

/** The group with every `dt` of its equations as the step; what a scheme adds is the part that is integrated. */
export function groupWithWholeStep(group: UpdateGroup): UpdateGroup {
  const equations = group.equations.map(equationWithWholeStep);
  switch (group.method) {
    case "exact":
      return {
        ...group,
        equations,
        matrix: group.matrix.map(eachWithWholeStep),
        constant: eachWithWholeStep(group.constant),
        forcing: group.forcing.map(({ value, column }) => ({
          value: withWholeStep(value),
          column: eachWithWholeStep(column),
        })),
        noise: group.noise.map((noise) => ({ ...noise, column: eachWithWholeStep(noise.column) })),
      };
    case "exponential_euler":
      return { ...group, equations, rates: group.rates.map(withWholeStep) };
    default:
      return { ...group, equations, auxiliary: group.auxiliary.map(equationWithWholeStep) };
  }
}

function eachWithWholeStep(entries: readonly (Expr | null)[]): readonly (Expr | null)[] {
  return entries.map((entry) => entry && withWholeStep(entry));
}

function equationWithWholeStep(equation: GroupEquation): GroupEquation {
  return {
    ...equation,
    drift: withWholeStep(equation.drift),
    diffusion: new Map([...equation.diffusion].map(([noise, factor]) => [noise, withWholeStep(factor)])),
  };
}
