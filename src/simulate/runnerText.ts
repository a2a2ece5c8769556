// What a runner is made of, as plain data: emitted once a plan, sent to any thread.
import type { SimulationPlan } from "../4-plan/plan.ts";
import { drawnQuantities } from "../4-plan/drawn.ts";
import { isPlanned, placeOf, together, withFreeInitials, type FreeValue } from "../4-plan/together.ts";
import { moduleText } from "./load.ts";
import type { RunnerText } from "./runner.ts";

/** A runner of the plan in which these values differ from run to run. With `oneByOne` its runs are never taken together: for few of them a second module would not pay. */
export function runnerText(
  plan: SimulationPlan,
  free: readonly FreeValue[],
  { oneByOne = false }: { readonly oneByOne?: boolean } = {},
): RunnerText {
  const settable = withFreeInitials(plan, free);
  const many = oneByOne ? { alone: "there are few of them" } : together(settable, free);
  return {
    alone: moduleText(settable),
    ...("alone" in many ? { together: null, because: many.alone } : { together: moduleText(many.plan), because: "" }),
    population: plan.populations[0]?.name ?? "",
    free: free.map((f) => ({ ...placeOf(f), planned: isPlanned(plan, free, f) })),
    draws: drawnQuantities(plan).map(({ key, words, unit }) => ({ key, words, unit })),
  };
}
