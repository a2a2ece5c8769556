// How many connections a network will have and what they take, known before one is made.
import { evaluate } from "../algebra/evaluate.ts";
import type { Expr } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { elementary } from "../4-plan/elementary.ts";
import { NEURON, STEP, TARGET, type EndPlan, type PopulationPlan, type ProjectionPlan, type SimulationPlan } from "../4-plan/plan.ts";
import { predictConnections, type ConnectionEnd, type ConnectionRequest } from "../runtime/index.ts";
import { setupNumbers } from "./planNumbers.ts";

export interface NetworkNeeds {
  readonly connections: number;
  readonly bytes: number;
  /** The projection that takes most, `exc E->I`; null without connections. */
  readonly largest: string | null;
}

/** The mean number where it is left to chance; where parameters of the neurons decide, a condition that they might meet is taken as met. */
export function networkNeeds(plan: SimulationPlan): NetworkNeeds {
  const each = plan.projections.map((p) => ({ name: p.name, ...predictConnections(requestOf(p, plan)) }));
  const largest = each.reduce<(typeof each)[number] | null>((most, p) => (most === null || p.bytes > most.bytes ? p : most), null);
  return { connections: each.reduce((sum, p) => sum + p.connections, 0), bytes: each.reduce((sum, p) => sum + p.bytes, 0), largest: largest?.name ?? null };
}

function requestOf(p: ProjectionPlan, plan: SimulationPlan): ConnectionRequest {
  const numbers = new Map([...setupNumbers(plan), [STEP, plan.step]]);
  const population = (end: EndPlan): PopulationPlan | undefined => plan.populations.find((q) => q.name === end.population);
  const endOf = (end: EndPlan): ConnectionEnd => {
    const size = population(end)?.size ?? 0;
    return { size, first: end.first, last: end.last ?? size - 1 };
  };
  const of = (e: Expr, i = 0, j = 0): number => evaluate(e, (s) => (s === NEURON ? i : s === TARGET ? j : (numbers.get(s) ?? NaN)), elementary);
  const known = (e: Expr): boolean => [...symbolsOf(e)].every((s) => s === NEURON || s === TARGET || numbers.has(s));
  const { rule } = p;
  const bytesPerConnection = p.values.reduce((sum, v) => sum + (v.single ? 4 : 8), 0) + (p.onPost.perConnection.length > 0 ? 8 : 0);
  return {
    name: p.name, seed: plan.seed ?? 0, source: endOf(p.source), target: endOf(p.target), same: p.source.population === p.target.population,
    rule: rule.kind === "file" ? "pairs" : rule.kind, self: rule.self, multiple: rule.multiple, bytesPerConnection,
    ...(rule.kind === "random" ? { p: chance(rule.p) } : {}),
    ...("n" in rule ? { n: of(rule.n) } : {}),
    ...(rule.kind === "file" ? { pairs: { sources: rule.sources, targets: rule.targets } } : {}),
    ...(rule.where !== null && known(rule.where) ? { where: (i: number, j: number) => of(rule.where as Expr, i, j) !== 0 } : {}),
    // Delays decide how finely rows are cut: a few bytes a source.
    delay: 0,
  };

  function chance(e: Expr): number | ((i: number, j: number) => number) {
    if (!known(e)) return 1;
    return [...symbolsOf(e)].some((s) => s === NEURON || s === TARGET) ? (i, j) => of(e, i, j) : of(e);
  }
}
