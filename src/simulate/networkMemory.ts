// How many connections a network will have and what they take, known before one is made.
import { evaluate } from "../algebra/evaluate.ts";
import type { Expr } from "../algebra/expression.ts";
import { requestOf } from "../4-plan/connectionRequest.ts";
import { elementary } from "../4-plan/elementary.ts";
import { readLate, type EndPlan, type ProjectionPlan, type SimulationPlan } from "../4-plan/plan.ts";
import { NEURON, STEP, TARGET } from "../4-plan/symbols.ts";
import { distributionOf } from "../runtime/distributions.ts";
import { bytesOfPast, predictConnections } from "../runtime/index.ts";
import { setupNumbers } from "./planNumbers.ts";

export interface NetworkNeeds {
  readonly connections: number;
  readonly bytes: number;
  /** The projection that takes most, `exc E->I`; null without connections. */
  readonly largest: string | null;
}

/** What is kept of the neurons at either end for connections that read it late. */
function pastBytes(p: ProjectionPlan, plan: SimulationPlan, numbers: ReadonlyMap<string, number>): number {
  const sizes = { pre: p.source.population, post: p.target.population };
  const values = readLate(p).reduce(
    (sum, { end }) => sum + (plan.populations.find((q) => q.name === sizes[end])?.size ?? 0),
    0,
  );
  return values === 0 ? 0 : bytesOfPast(values, Math.ceil(longestDelay(p, plan, numbers) / plan.step));
}

/** About (ms): of draws without an end ten times what lies in their middle; what only the neurons tell counts as 0. */
function longestDelay(
  { delay, source, target }: ProjectionPlan,
  plan: SimulationPlan,
  numbers: ReadonlyMap<string, number>,
): number {
  if (delay.kind === "column") return delay.values.reduce((most, d) => Math.max(most, d), 0);
  const of = (e: Expr, i = 0, j = 0): number =>
    evaluate(e, (s) => (s === NEURON ? i : s === TARGET ? j : (numbers.get(s) ?? NaN)), elementary);
  if (delay.kind === "draw") {
    const { range, middle } = distributionOf(delay.distribution);
    const given = delay.arguments.map((e) => of(e));
    const most = Math.min(delay.max === null ? Infinity : of(delay.max), range(given)[1]);
    return finite(Number.isFinite(most) ? most : 10 * middle(given));
  }
  const some = ({ population, first, last }: EndPlan): number[] => {
    const end = last ?? (plan.populations.find((q) => q.name === population)?.size ?? 1) - 1;
    return [first, (first + end) >> 1, end];
  };
  return Math.max(...some(source).flatMap((i) => some(target).map((j) => finite(of(delay.expression, i, j)))));
}

function finite(time: number): number {
  return Number.isFinite(time) ? time : 0;
}

/** The mean number where it is left to chance. */
export function networkNeeds(plan: SimulationPlan): NetworkNeeds {
  const numbers = new Map([...setupNumbers(plan), [STEP, plan.step]]);
  const each = plan.projections.map((p) => {
    const made = predictConnections(requestOf(p, plan.populations, plan.seed ?? 0, (s) => numbers.get(s) ?? null));
    return { ...made, name: p.name, bytes: made.bytes + pastBytes(p, plan, numbers) };
  });
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
