// Whether a shorter step or the method for stiff equations would have kept a value among the numbers: tried, by running everything again up to there and as long beyond.
import { refusalText } from "./refusal.ts";
import type { SimulationPlan } from "../4-plan/plan.ts";
import { NonFiniteError, type Simulation } from "../runtime/simulation.ts";
import { instantiate } from "./load.ts";

/** What was found. `step`: ms; null where no shorter step mends it. `stiff`: whether the Rosenbrock method does at the step asked for. */
export type Mending = ({ readonly tried: true; readonly step: number | null } | { readonly tried: false }) & {
  readonly stiff: boolean;
};

export interface MendingWishes {
  /** The plan with the Rosenbrock method for all equations; null where some cannot have it. */
  readonly stiffly: () => SimulationPlan | null;
  readonly memoryLimit: number | undefined;
  readonly stopped: () => boolean;
}

const PARTS = [2, 10, 100, 1000, 10_000];
/** Steps of neurons, and of connections that move, that are worth knowing it. */
const MOST_WORK = 5e6;

/** The first of step/2, /10, /100, /1000, /10,000 (ms) with which all values stay finite for twice as long as they did. Nothing is tried that would take many seconds. */
export function mendingStep(
  plan: SimulationPlan,
  failed: Simulation,
  error: NonFiniteError,
  { stiffly, memoryLimit, stopped }: MendingWishes,
): Mending {
  const until = Math.min(2 * error.time, (plan.steps ?? Infinity) * plan.step);
  const movingConnections = failed.projections.filter((p) =>
    plan.projections.some((q) => q.name === p.name && q.groups.length > 0),
  );
  const size =
    failed.populations.reduce((n, p) => n + p.size, 0) + movingConnections.reduce((n, p) => n + p.connections.count, 0);
  /** Whether the values stay finite; null where it cannot be known. */
  const isFinite = (by: SimulationPlan, step: number): boolean | null => {
    const steps = Math.ceil(until / step);
    if (steps * size > MOST_WORK) return null;
    try {
      instantiate(by, { seed: failed.seed, step, ...(memoryLimit === undefined ? {} : { memoryLimit }) }).advance(
        steps,
        stopped,
      );
      return stopped() ? null : true;
    } catch (problem) {
      if (problem instanceof NonFiniteError) return false;
      if (refusalText(problem) === null) throw problem;
      return null;
    }
  };
  const other = stiffly();
  const stiff = other !== null && isFinite(other, plan.step) === true;
  for (const parts of PARTS) {
    const step = Number((plan.step / parts).toPrecision(12));
    const finite = isFinite(plan, step);
    if (finite === null) return { tried: false, stiff };
    if (finite) return { tried: true, step, stiff };
  }
  return { tried: true, step: null, stiff };
}
