// What an input receives is a sum over the connections: it must not depend on that very sum, at once or round through other populations. With a state in between it may.
import { append } from "../../base/lists.ts";
import type { Span } from "../../base/source.ts";
import { cycle } from "../../diagnostics/names.ts";
import type { CheckedExperiment, CheckedExpr, CheckedQuantity } from "../checked.ts";
import type { Say } from "../context.ts";
import { inOrder } from "../order.ts";
import { visit } from "../walk.ts";

export function noInputLoops(experiment: CheckedExperiment, say: Say): void {
  // By the names of inputs, `E.I_e`: those that each is made of, and the contribution that makes it so.
  const needs = new Map<string, Map<string, Span>>();
  const add = (input: string, read: Iterable<string>, at: Span): void => {
    const known = needs.get(input) ?? new Map<string, Span>();
    needs.set(input, known);
    for (const name of read) if (!known.has(name)) known.set(name, at);
  };
  const neurons = new Map(experiment.populations.map((p) => [p.name, p.neuron]));
  for (const [name, neuron] of neurons) {
    const lets = letsOf(neuron.quantities);
    for (const c of neuron.contributions)
      add(
        `${name}.${c.target.quantity.name}`,
        [...inputsIn(c.value, lets)].map((i) => `${name}.${i}`),
        c.origin,
      );
  }
  for (const { synapse, source, target } of experiment.projections) {
    const at = { pre: source.population, post: target.population };
    const own = letsOf(synapse.quantities);
    for (const c of synapse.contributions) {
      if (c.target.end === null) continue;
      const read = new Set<string>();
      throughLets(c.value, own, (e) => {
        if (e.kind !== "end") return;
        const quantities = neurons.get(at[e.end])?.quantities ?? [];
        const found =
          e.quantity.role === "input"
            ? [e.quantity.name]
            : e.quantity.role === "let"
              ? inputsIn({ ...e, kind: "quantity" }, letsOf(quantities))
              : [];
        for (const input of found) read.add(`${at[e.end]}.${input}`);
      });
      add(`${at[c.target.end]}.${c.target.quantity.name}`, read, c.origin);
    }
  }
  for (const names of inOrder(needs.keys(), (n) => [...(needs.get(n)?.keys() ?? [])]).cycles) {
    const steps = names.map((name, k) => ({ name, at: needs.get(name)?.get(names[(k + 1) % names.length] ?? "") }));
    const [first, ...others] = steps.flatMap(({ name, at }) => (at === undefined ? [] : [{ name, at }]));
    // Circles inside one neuron have been told there.
    if (first === undefined || steps.every(({ at }) => isOfNeurons(at, experiment))) continue;
    say({
      ...cycle(first.at, { names, what: "input", others: [] }),
      secondary: others
        .filter((o) => o.at !== first.at)
        .map((o) => ({ span: o.at, text: `\`${o.name}\` is part of the cycle` })),
    });
  }
}

function isOfNeurons(at: Span | undefined, { populations }: CheckedExperiment): boolean {
  return populations.some((p) => p.neuron.contributions.some((c) => c.origin === at));
}

function letsOf(quantities: readonly CheckedQuantity[]): ReadonlyMap<string, CheckedQuantity> {
  return new Map(quantities.filter((q) => q.role === "let").map((q) => [q.name, q]));
}

function inputsIn(expr: CheckedExpr, lets: ReadonlyMap<string, CheckedQuantity>): Set<string> {
  const found = new Set<string>();
  throughLets(expr, lets, (e) => {
    if (e.kind === "quantity" && e.quantity.role === "input") found.add(e.quantity.name);
  });
  return found;
}

/** Each node of an expression, and of the lets that it reads. */
function throughLets(
  root: CheckedExpr,
  lets: ReadonlyMap<string, CheckedQuantity>,
  see: (e: CheckedExpr) => void,
): void {
  const seen = new Set<string>();
  const pending = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    visit(next, (e) => {
      see(e);
      const declared = e.kind === "quantity" && !seen.has(e.quantity.name) ? lets.get(e.quantity.name) : undefined;
      if (declared?.value == null) return;
      seen.add(declared.name);
      append(pending, declared.value.kind === "expression" ? [declared.value.expression] : declared.value.elements);
    });
  }
}
