// States that are read as they were, `x(t - T)`: each is a state that moves inside the step, a cubic through the values and slopes that x had at both ends of the step T ago.
import { number, symbol, type Expr } from "../algebra/expression.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type { CheckedNeuron } from "../3-check/checked.ts";
import type { Attachment } from "./attach.ts";
import { elementName, lowering, positionsOf, targetElements, UNBOUND, type ReadPast } from "./lower.ts";
import { motionEquations, motionNames } from "./motion.ts";
import type { PastPlan, UpdateGroup } from "./plan.ts";
import { inputSymbol } from "./symbols.ts";
import { oneLine, shownUnit } from "./units.ts";

/** All pasts that a neuron reads, by the names of the states that they become. */
export function pastsOf(neuron: CheckedNeuron): ReadonlyMap<string, ReadPast> {
  const open = lowering({ contributions: [] }, (q, positions) => symbol(inputSymbol(elementName(q, positions))));
  for (const { target, value } of [...neuron.equations, ...neuron.contributions])
    for (const { bound } of targetElements(target)) open.expression(value, bound);
  for (const { target, value } of [...(neuron.reset ?? []), ...neuron.events.flatMap((e) => e.assignments)])
    for (const { bound } of targetElements(target)) open.expression(value, bound);
  for (const { condition } of neuron.events) open.expression(condition, UNBOUND);
  if (neuron.spike !== null) open.expression(neuron.spike.value, UNBOUND);
  for (const q of neuron.quantities)
    if (q.role === "let") for (const positions of positionsOf(q.indices)) open.quantity(q, positions);
  return open.pasts;
}

/** What they bring to their population. */
export function attachedPasts(pasts: ReadonlyMap<string, ReadPast>, neuron: CheckedNeuron): Attachment {
  const all = [...pasts].map(([name, past]) => {
    const { quantity, positions, text } = past;
    const shared = {
      unit: canonicalUnit(quantity.dimension).text,
      shown: shownUnit(quantity.unit),
      doc: oneLine(text),
    };
    return { name, shared, of: elementName(quantity, positions) };
  });
  const made: Attachment = {
    states: all.flatMap(({ name, shared, of }) =>
      motionNames(name).states.map((state, k) => ({
        ...shared,
        name: state,
        initial: { kind: "expression" as const, expression: k === 0 ? symbol(of) : number(0) },
      })),
    ),
    equations: () =>
      all.flatMap(({ name, shared }) => motionEquations(name, { text: shared.doc, origin: neuron.origin })),
    received: () => [],
    inputs: all.map(({ name, shared }) => ({
      ...shared,
      name: motionNames(name).input,
      stimulus: number(0),
      shapes: [],
      timed: false,
      perNeuron: true,
    })),
    sayings: (population) => made.equations(population).map((e) => ({ role: "'", of: e.state, values: [e.value] })),
  };
  return made;
}

/** How they are kept: by which slopes x moves, free and refractory. */
export function pastPlans(
  pasts: ReadonlyMap<string, ReadPast>,
  groups: readonly UpdateGroup[],
  heldGroups: readonly UpdateGroup[] | null,
): readonly PastPlan[] {
  return [...pasts].map(([name, { quantity, positions, delay, text }]): PastPlan => {
    const of = elementName(quantity, positions);
    const free = slopeIn(groups, of);
    const { states, input } = motionNames(name);
    return {
      states,
      third: input,
      of,
      delay,
      text: oneLine(text),
      slope: free,
      heldSlope: heldGroups === null ? free : slopeIn(heldGroups, of),
    };
  });
}

/** Null where noise shakes it: no slope tells how it moves. A state without an equation stands still. */
function slopeIn(groups: readonly UpdateGroup[], state: string): Expr | null {
  const equation = groups.flatMap((g) => g.equations).find((e) => e.state === state);
  if (equation === undefined) return number(0);
  return equation.diffusion.size > 0 ? null : equation.drift;
}
