// Plans of runs that a fit needs besides those of the model as it is: with more that can be recorded, with the recorded spikes in the place of its own.
import { number, type Expr } from "../algebra/expression.ts";
import type { SimulationPlan } from "../4-plan/plan.ts";

/** The plan of a lone neuron in which this expression is recorded as well, every so many steps. */
export function recordingAlso(plan: SimulationPlan, name: string, value: Expr, every: number): SimulationPlan {
  const shown = { unit: "", multiply: 1, divide: 1 };
  return {
    ...plan,
    populations: plan.populations.map((p, k) =>
      k > 0 ? p : { ...p, observables: [...p.observables, { name, kind: "other", shown, value }] },
    ),
    records: [
      ...plan.records,
      {
        population: plan.populations[0]?.name ?? "",
        variables: [name],
        first: 0,
        last: 0,
        whole: false,
        every,
        interval: number(every * plan.step),
      },
    ],
  };
}
