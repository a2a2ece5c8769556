// How long a step of a neuron takes, roughly, as its equations tell: where threads are asked for, they are not where they cannot pay. No bit hangs on it.
import { nodesOf } from "../algebra/traverse.ts";
import type { Expr } from "../algebra/expression.ts";
import { methodOf } from "../methods/methods.ts";
import type { PopulationPlan, SimulationPlan, UpdateGroup } from "./plan.ts";

/** ns on one core, taken from the networks of the bench (`npm run bench`), whose steps are told within a factor of two. */
const OPERATION = 0.1,
  FUNCTION = 3,
  STATE = 0.5,
  RANDOM_NUMBER = 6,
  PROCESS = 5;

/** ns of one neuron and step, by population. */
export function neuronWorks(plan: SimulationPlan): Readonly<Record<string, number>> {
  return Object.fromEntries(plan.populations.map((p) => [p.name, neuronWork(p)]));
}

function neuronWork({ groups, states, noises, source, spike }: PopulationPlan): number {
  if (source !== null) return source.kind === "poisson" ? PROCESS : 0;
  const drawn = noises.length + (spike?.mode === "rate" ? 1 : 0);
  return STATE * states.length + RANDOM_NUMBER * drawn + groups.reduce((sum, group) => sum + groupWork(group), 0);
}

/** Right sides are computed once a stage; where equations are solved exactly, about as many products stand in their place, and exponential steps take a function each. */
function groupWork({ method, equations }: UpdateGroup): number {
  const { step } = methodOf(method);
  const sides = equations.reduce((sum, { drift }) => sum + expressionWork(drift), 0);
  switch (step.kind) {
    case "exact":
      return sides;
    case "exponential":
      return sides + FUNCTION * equations.length;
    case "stages":
      return step.tableau.c.length * sides;
    case "adaptive":
      return ADAPTIVE_STAGES * sides;
  }
}

/** Of one substep, at the least. */
const ADAPTIVE_STAGES = 3;

function expressionWork(e: Expr): number {
  let work = 0;
  for (const node of nodesOf([e])) work += node.kind === "call" ? FUNCTION : OPERATION;
  return work;
}
