// What the runtime will be asked to connect, as far as it is known before anything is made: to refuse what is impossible, and to predict the memory.
import { evaluate } from "../algebra/evaluate.ts";
import type { Expr } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import type { ConnectionEnd, ConnectionRequest } from "../runtime/connectivity.ts";
import { elementary } from "./elementary.ts";
import { type EndPlan, type PopulationPlan, type ProjectionPlan } from "./plan.ts";
import { NEURON, TARGET } from "./symbols.ts";

/** `number`: what a symbol of the set-up is worth, null for all others. Where parameters of the neurons decide, a condition that they might meet is taken as met. */
export function requestOf(
  p: ProjectionPlan,
  populations: readonly PopulationPlan[],
  seed: number,
  number: (symbol: string) => number | null,
): ConnectionRequest {
  const endOf = (end: EndPlan): ConnectionEnd => {
    const size = populations.find((q) => q.name === end.population)?.size ?? 0;
    return { size, first: end.first, last: end.last ?? size - 1 };
  };
  const of = (e: Expr, i = 0, j = 0): number =>
    evaluate(e, (s) => (s === NEURON ? i : s === TARGET ? j : (number(s) ?? NaN)), elementary);
  const isOfPair = (s: string): boolean => s === NEURON || s === TARGET;
  const known = (e: Expr): boolean => [...symbolsOf(e)].every((s) => isOfPair(s) || number(s) !== null);
  const { rule } = p;
  const { where } = rule;
  const chance = (e: Expr): number | ((i: number, j: number) => number) =>
    !known(e) ? 1 : [...symbolsOf(e)].some(isOfPair) ? (i, j) => of(e, i, j) : of(e);
  return {
    name: p.name,
    seed,
    source: endOf(p.source),
    target: endOf(p.target),
    same: p.source.population === p.target.population,
    rule: rule.kind === "file" ? "pairs" : rule.kind,
    self: rule.self,
    multiple: rule.multiple,
    bytesPerConnection:
      p.values.reduce((sum, v) => sum + (v.single ? 4 : 8), 0) + (p.onPost.perConnection.length > 0 ? 8 : 0),
    ...(rule.kind === "file"
      ? { pairs: { sources: rule.sources, targets: rule.targets } }
      : Object.fromEntries(
          rule.arguments.map(({ name, is, value }) => [name, is === "probability" ? chance(value) : of(value)]),
        )),
    ...(where !== null && known(where) ? { where: (i: number, j: number) => of(where, i, j) !== 0 } : {}),
    // Delays decide how finely rows are cut: a few bytes a source.
    delay: 0,
  };
}
