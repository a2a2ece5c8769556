// What connections bring to the populations at their ends: states that live at neurons, their equations, and what the neurons' inputs receive.
import type { Expr } from "../algebra/expression.ts";
import { arithmetic, number, symbol } from "../algebra/expression.ts";
import type { Saying } from "../algebra/likeness.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { invariant, present } from "../base/invariant.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type { CheckedQuantity, End } from "../3-check/checked.ts";
import { affineIn } from "./affineIn.ts";
import { CONTRIBUTION, EQUATION } from "./order.ts";
import { elementName, type Lowering } from "./lower.ts";
import type { Equation } from "./equations.ts";
import { motionEquations, motionNames } from "./motion.ts";
import type { Place, Placement } from "./place.ts";
import { type CouplingPlan, type InputPlan, type StatePlan } from "./plan.ts";
import { TIME, atEnd, endSymbol, inputSymbol, setupSymbol } from "./symbols.ts";
import { isEnd, isShared, readsOnly, sharedName, synapseView, type Line, type SynapseStudy } from "./synapse.ts";
import { shownUnit } from "./units.ts";

export interface PlacedSynapse {
  readonly study: SynapseStudy;
  readonly placement: Placement;
}

/** What one projection brings to one of its populations. */
export interface Attachment {
  readonly states: readonly StatePlan[];
  /** In the names of the population, whose lowering is given. */
  equations(population: Lowering): readonly Equation[];
  /** What an input element receives. */
  received(population: Lowering, input: string): readonly Expr[];
  /** Arrays that connections fill in every step. */
  readonly inputs: readonly InputPlan[];
  /** All that it says of the population's symbols, also by its events. */
  sayings(population: Lowering, inputs: readonly string[]): readonly Saying[];
}

/** States that live at a neuron, in the population's names. */
export function livesAt(end: End, place: Place | undefined): boolean {
  return end === "pre" ? place === "source" : place === "summed" || place === "target";
}

/** By population. States that several projections of one `connect` share are brought once. */
export function attachments(synapses: readonly PlacedSynapse[]): ReadonlyMap<string, readonly Attachment[]> {
  const result = new Map<string, Attachment[]>();
  const brought = new Set<string>();
  for (const synapse of synapses) {
    for (const end of ["pre", "post"] as const) {
      const { projection } = synapse.study;
      const population = (end === "pre" ? projection.source : projection.target).population;
      const once = (key: string): boolean => {
        const full = `${population}/${projection.connection}/${key}`;
        return !brought.has(full) && brought.add(full).size > 0;
      };
      result.set(population, [...(result.get(population) ?? []), attachment(synapse, end, once)]);
    }
  }
  return result;
}

function attachment({ study, placement }: PlacedSynapse, end: End, once: (key: string) => boolean): Attachment {
  const { projection } = study;
  const { connection } = projection;
  const here = study.states.filter((s) => livesAt(end, placement.place.get(s.name)) && once(s.name));
  const names = new Set(here.map((s) => s.name));
  const view = (population: Lowering): Lowering => neuronView(study, end, population);
  const summed = summedContributions({ study, placement }).filter(
    (l) => l.end === end && [...symbolsOf(l.lower(study.plain))].some((s) => names.has(s)),
  );
  const couplings = couplingsOf({ study, placement }).filter((c) => c.plan.end === end && once(c.plan.input));
  const moving = couplings.filter((c) => c.moves);
  const made: Attachment = {
    states: [
      ...here.map(({ name, quantity }) => ({
        name: sharedName(connection, name),
        unit: canonicalUnit(quantity.dimension).text,
        shown: shownUnit(quantity.unit),
        doc: quantity.doc,
        initial: present(study.values.get(name), name),
      })),
      ...moving.flatMap((c) =>
        motionNames(c.plan.input).states.map((name) => ({
          ...receivedAs(c, connection),
          name,
          initial: { kind: "expression" as const, expression: number(0) },
        })),
      ),
    ],
    equations: (population) => [
      ...study.equations
        .filter((l) => names.has(l.element))
        .map((l) => ({
          state: sharedName(connection, l.element),
          value: l.lower(view(population)),
          text: l.text,
          origin: l.origin,
        })),
      ...moving.flatMap((c) => motionEquations(c.plan.input, c.plan)),
    ],
    received: (population, input) => [
      ...summed.filter((l) => l.element === input).map((l) => l.lower(view(population))),
      ...couplings
        .filter((c) => c.element === input)
        .map((c) =>
          c.factor === null
            ? symbol(c.plan.array)
            : arithmetic("*", symbol(c.plan.array), population.quantity(c.factor.quantity, c.factor.positions)),
        ),
    ],
    inputs: couplings.map((c) => ({
      ...receivedAs(c, connection),
      name: c.moves ? motionNames(c.plan.input).input : c.plan.input,
      stimulus: number(0),
      shapes: [],
      timed: false,
      perNeuron: true,
    })),
    sayings: (population, inputs) => [
      ...made.equations(population).map((e): Saying => ({ role: EQUATION, of: e.state, values: [e.value] })),
      ...inputs.flatMap((input) =>
        made
          .received(population, input)
          .map((value): Saying => ({ role: CONTRIBUTION, of: inputSymbol(input), values: [value] })),
      ),
      ...[...study.onPre, ...study.onPost].flatMap((l): Saying[] => {
        const of =
          l.end === end ? l.element : names.has(l.element) && l.end === null ? sharedName(connection, l.element) : null;
        return of === null ? [] : [{ role: `arrival ${study.alike.formOf(l.lower(study.plain))}`, of, values: [] }];
      }),
    ],
  };
  return made;
}

function receivedAs({ quantity }: Coupling, connection: string): Pick<InputPlan, "unit" | "shown" | "doc"> {
  return {
    unit: canonicalUnit(quantity.dimension).text,
    shown: shownUnit(quantity.unit),
    doc: `given by the connections ${connection}`,
  };
}

/** The synapse's expressions in the names of the population at one end. */
function neuronView(study: SynapseStudy, end: End, population: Lowering): Lowering {
  const { connection } = study.projection;
  return synapseView(study.projection, {
    own: (q, positions) =>
      symbol(
        q.role === "state"
          ? sharedName(connection, elementName(q, positions))
          : setupSymbol(sharedName(connection, elementName(q, positions))),
      ),
    end(e, q, positions) {
      invariant(e === end, `${e}.${q.name} is not known at ${end}`);
      return population.quantity(q, positions);
    },
  });
}

/** Contributions that summed states make at their neuron: whatever reads one. */
function summedContributions({ study, placement }: PlacedSynapse): readonly Line[] {
  return study.contributions.filter((l) =>
    [...symbolsOf(l.lower(study.plain))].some((s) => placement.place.get(s) === "summed"),
  );
}

export interface Coupling {
  readonly plan: CouplingPlan;
  /** The input element that receives it. */
  readonly element: string;
  readonly quantity: CheckedQuantity;
  /** The receiving neuron's own quantity that the sum is multiplied by there. */
  readonly factor: { readonly quantity: CheckedQuantity; readonly positions: readonly number[] } | null;
  /** It reads states that move inside the step, or the time. */
  readonly moves: boolean;
}

/**
 * Contributions that are sums over connections. What is affine in the receiving neuron's own values is summed as `rest` and one factor a value, so that the
 * neuron's integrator sees them move: G·(V_pre - V) is A - B·V with A = ΣG V_pre and B = ΣG.
 */
export function couplingsOf({ study, placement }: PlacedSynapse): readonly Coupling[] {
  const { connection, synapse } = study.projection;
  const summed = new Set(summedContributions({ study, placement }).map((l) => l.origin));
  const steady = (e: Expr): boolean =>
    readsOnly(
      e,
      (s) =>
        isShared(s) ||
        (study.varying.has(s) && !study.onPre.concat(study.onPost).some((l) => l.end === null && l.element === s)),
    );
  const moving = new Set([TIME, ...study.equations.map((l) => l.element)]);
  const result: Coupling[] = [];
  for (const [k, l] of study.contributions.entries()) {
    if (summed.has(l.origin) || l.end === null) continue;
    const { end, element } = l;
    const target = present(
      synapse.contributions.find((c) => c.origin === l.origin),
      l.text,
    ).target;
    const { view, ends } = recordingEnds(study);
    const value = l.lower(view);
    const own = new Set([...symbolsOf(value)].filter((s) => isEnd(s, end)));
    const parts = own.size === 0 ? null : affineIn(value, own);
    const name = `${element}~${connection}${study.contributions.filter((c) => c.element === element).length > 1 ? k + 1 : ""}`;
    const add = (input: string, sum: Expr, factor: Coupling["factor"]): void => {
      if (sum.kind === "number" && sum.value === 0) return;
      const moves = [...symbolsOf(sum)].some((s) => moving.has(s));
      const array = moves ? motionNames(input).states[0] : inputSymbol(input);
      result.push({
        plan: { end, input, array, value: sum, constant: steady(sum), text: l.text, origin: l.origin },
        element,
        quantity: target.quantity,
        factor,
        moves,
      });
    };
    if (parts === null) {
      add(name, value, null);
      continue;
    }
    add(name, parts.rest, null);
    for (const [s, coefficient] of parts.coefficients)
      add(`${name}*${present(atEnd(s), s).of}`, coefficient, present(ends.get(s), s));
  }
  return result;
}

/** The plain view, with a memory of which quantity of the neurons each symbol is. */
function recordingEnds(study: SynapseStudy): {
  readonly view: Lowering;
  readonly ends: ReadonlyMap<string, { readonly quantity: CheckedQuantity; readonly positions: readonly number[] }>;
} {
  const ends = new Map<string, { readonly quantity: CheckedQuantity; readonly positions: readonly number[] }>();
  const view = synapseView(study.projection, {
    own: (q, positions) => study.plain.quantity(q, positions),
    end(end, quantity, positions) {
      const s = endSymbol(end, elementName(quantity, positions));
      ends.set(s, { quantity, positions });
      return symbol(s);
    },
  });
  return { view, ends };
}
