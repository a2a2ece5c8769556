// In which order states are integrated and contributions are added: one that neither their names nor the order of the text decide, so that neither changes a bit of a result.
import { components } from "../algebra/graph.ts";
import { likeness, type Likeness, type Saying } from "../algebra/likeness.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { sortedBy } from "../base/lists.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type {
  CheckedEquation,
  CheckedContribution,
  CheckedNeuron,
  CheckedQuantity,
  CheckedTarget,
} from "../3-check/checked.ts";
import { elementName, positionsOf, targetElements, UNBOUND, type Lowering } from "./lower.ts";
import { partsOfDraw, type ValuePlan } from "./plan.ts";
import { inputSymbol, keyOf, symbolOf } from "./symbols.ts";

/** Of what the elements of quantities are, without their names. */
export function kindsOf(quantities: readonly CheckedQuantity[]): (symbol: string) => string {
  const kinds = new Map(
    quantities.flatMap((q) =>
      positionsOf(q.indices).map((positions): [string, string] => [
        q.role === "input" ? inputSymbol(elementName(q, positions)) : elementName(q, positions),
        `${q.role} ${canonicalUnit(q.dimension).text} [${positions.join(",")}]`,
      ]),
    ),
  );
  return (s) => kinds.get(s) ?? generalKind(s);
}

function generalKind(s: string): string {
  const symbol = symbolOf(s);
  switch (symbol.kind) {
    case "time":
    case "step":
    case "listed":
    case "neuron":
    case "target":
      return s;
    case "input":
    case "noise":
    case "setup":
    case "shape":
      return keyOf({ ...symbol, name: "" });
    case "end":
    case "ago":
      return keyOf({ ...symbol, of: "" });
    default:
      return "other";
  }
}

/** What a value is made of. */
export function sayingOf(of: string | null, role: string, value: ValuePlan): Saying {
  if (value.kind === "expression") return { role, of, values: [value.expression] };
  return {
    role: `${role} ~ ${value.distribution} ${value.min === null ? "" : "min"} ${value.max === null ? "" : "max"}`,
    of,
    values: partsOfDraw(value),
  };
}

export const EQUATION = "'";
export const CONTRIBUTION = "+=";

/** What a model says that a run may say otherwise: no number that is set, swept or driven decides an order. */
export function defaultOf(of: string, role: string, value: ValuePlan): Saying {
  return { ...sayingOf(of, role, value), onlyAmongAlike: true };
}

export interface Described {
  readonly neuron: CheckedNeuron;
  /** Of parameters and states, those that the model gives, whatever is set. */
  readonly defaults: readonly { readonly name: string; readonly role: "param" | "state"; readonly value: ValuePlan }[];
  /** Equations and contributions that connections bring, and what their events do. */
  readonly brought: readonly Saying[];
}

/** What tells the symbols of a population apart; in `open` an input is a symbol of its own. */
export function neuronLikeness({ neuron, defaults, brought }: Described, open: Lowering): Likeness {
  const itself = (name: string): string => name;
  const assigned = (role: string, list: readonly CheckedEquation[], symbol = itself): Saying[] =>
    list.flatMap((a) =>
      targetElements(a.target).map(({ name, bound }) => ({
        role,
        of: symbol(name),
        values: [open.expression(a.value, bound)],
      })),
    );
  const targets = (role: string, list: readonly CheckedTarget[], symbol = itself): Saying[] =>
    list.flatMap((t) => targetElements(t).map((e) => ({ role, of: symbol(e.name), values: [] })));
  const condition = (role: string, value: Parameters<Lowering["expression"]>[0]): Saying => ({
    role,
    of: null,
    values: [open.expression(value, UNBOUND)],
  });
  const { spike, refractory } = neuron;
  const sayings: Saying[] = [
    ...assigned(EQUATION, neuron.equations),
    ...assigned(CONTRIBUTION, neuron.contributions, inputSymbol),
    ...defaults.map((d) => defaultOf(d.name, d.role, d.value)),
    ...(spike === null ? [] : [condition(spike.mode, spike.value)]),
    ...assigned("reset", neuron.reset ?? []),
    ...neuron.events.flatMap((e, k) => [condition(`on ${k}`, e.condition), ...assigned(`event ${k}`, e.assignments)]),
    ...(refractory === null
      ? []
      : [
          condition("refractory", refractory.duration),
          ...targets("held", refractory.held),
          ...targets("dropped", refractory.dropped, inputSymbol),
        ]),
    ...brought,
  ];
  const [kinds, levels] = [
    kindsOf(neuron.quantities),
    levelsOf(sayings.filter((s) => s.role === EQUATION || s.role === CONTRIBUTION)),
  ];
  return likeness(
    sayings,
    (s) => `${kinds(s)} ${levels.get(s) ?? 0}`,
    sayings.flatMap((s) => (s.role === EQUATION ? (s.of ?? []) : [])),
  );
}

/** How many circles of equations, one reading the next, stand before each symbol: what tells the links of a chain apart at once. */
function levelsOf(sayings: readonly Saying[]): ReadonlyMap<string, number> {
  const read = new Map<string, Set<string>>();
  for (const { of, values } of sayings) {
    if (of === null) continue;
    const all = read.get(of) ?? new Set();
    read.set(of, all);
    for (const e of values) for (const s of symbolsOf(e)) all.add(s);
  }
  const levels = new Map<string, number>();
  for (const circle of components([...read.keys()], (s) => read.get(s) ?? [])) {
    let level = 0;
    for (const s of circle) for (const r of read.get(s) ?? []) level = Math.max(level, (levels.get(r) ?? -1) + 1);
    for (const s of circle) levels.set(s, level);
  }
  return levels;
}

/** Contributions in the order in which they are added. */
export function inSumOrder(neuron: CheckedNeuron, open: Lowering, alike: Likeness): readonly CheckedContribution[] {
  return sortedBy(neuron.contributions, (c) =>
    targetElements(c.target).reduce((sum, { bound }) => sum + alike.ofExpression(open.expression(c.value, bound)), 0),
  );
}
