// How many connections a network will have and what they take, known before one is made.
import { requestOf } from "../4-plan/connectionRequest.ts";
import { type SimulationPlan } from "../4-plan/plan.ts";
import { STEP } from "../4-plan/symbols.ts";
import { predictConnections } from "../runtime/index.ts";
import { setupNumbers } from "./planNumbers.ts";

export interface NetworkNeeds {
  readonly connections: number;
  readonly bytes: number;
  /** The projection that takes most, `exc E->I`; null without connections. */
  readonly largest: string | null;
}

/** The mean number where it is left to chance. */
export function networkNeeds(plan: SimulationPlan): NetworkNeeds {
  const numbers = new Map([...setupNumbers(plan), [STEP, plan.step]]);
  const each = plan.projections.map((p) => ({
    name: p.name,
    ...predictConnections(requestOf(p, plan.populations, plan.seed ?? 0, (s) => numbers.get(s) ?? null)),
  }));
  const largest = each.reduce<(typeof each)[number] | null>(
    (most, p) => (most === null || p.bytes > most.bytes ? p : most),
    null,
  );
  return {
    connections: each.reduce((sum, p) => sum + p.connections, 0),
    bytes: each.reduce((sum, p) => sum + p.bytes, 0),
    largest: largest?.name ?? null,
  };
}
