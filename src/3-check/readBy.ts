// Which parameters of the set-up reach what a neuron does or when it is run: its equations, its spikes, its resets, its initial values, directly or through what is computed and set from them.
import { append } from "../base/lists.ts";
import type {
  CheckedDraw,
  CheckedExperiment,
  CheckedExpr,
  CheckedNeuron,
  CheckedQuantity,
  CheckedValue,
} from "./checked.ts";
import { drawParts, visit } from "./walk.ts";

/** Names of the parameters of an experiment's set-up. What is recorded of a neuron counts where measures read it; `observed` are names that a recording has. */
export function readByNeurons(
  { populations, setup, records, duration, step }: CheckedExperiment,
  observed: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { name, neuron, settings } of populations) {
    const reached = new Set<string>();
    const pending = [
      ...rootsOf(neuron),
      ...[duration, step, ...records.map((r) => r.every)].filter((e) => e !== null),
      ...records.flatMap((r) => (r.population === name && r.measured ? valuesOf(r.quantity) : [])),
      ...neuron.quantities.flatMap((q) => (observed.has(q.name) ? valuesOf(q) : [])),
    ];
    for (let next = pending.pop(); next !== undefined; next = pending.pop())
      visit(next, (e) => {
        if (e.kind === "setup" && !found.has(e.quantity.name)) {
          found.add(e.quantity.name);
          const declared = setup.find((q) => q.name === e.quantity.name);
          if (declared !== undefined) append(pending, valuesOf(declared));
        }
        if (e.kind !== "quantity" || reached.has(e.quantity.name)) return;
        reached.add(e.quantity.name);
        append(pending, valuesOf(e.quantity));
        append(
          pending,
          settings.flatMap((s) => (s.target.quantity.name === e.quantity.name ? partsOf(s.value) : [])),
        );
      });
  }
  return found;
}

/** What a neuron computes whether or not anybody looks. */
function rootsOf(neuron: CheckedNeuron): CheckedExpr[] {
  const { equations, contributions, events, spike, reset, refractory, quantities } = neuron;
  const states = quantities.filter((q) => q.role === "state");
  const seen = (quantity: CheckedQuantity): CheckedExpr => ({
    kind: "quantity",
    quantity,
    indices: [],
    origin: quantity.origin,
    dimension: quantity.dimension,
  });
  return [
    ...[...equations, ...contributions, ...events.flatMap((e) => e.assignments), ...(reset ?? [])].map((a) => a.value),
    ...events.map((e) => e.condition),
    ...(spike === null ? [] : [spike.value]),
    ...(refractory === null ? [] : [refractory.duration]),
    ...states.map(seen),
  ];
}

/** What it is made of where it has a value of its own. */
export function valuesOf({ value }: CheckedQuantity): readonly CheckedExpr[] {
  return value === null ? [] : partsOf(value);
}

function partsOf(value: CheckedValue | CheckedDraw): readonly CheckedExpr[] {
  switch (value.kind) {
    case "expression":
      return [value.expression];
    case "elements":
      return value.elements;
    case "draw":
      return drawParts(value);
  }
}
