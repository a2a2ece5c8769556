// Which equations have to be integrated together. An exact step knows what it moves at every moment; whatever else moves inside a step must be in the group of what reads it.
import { components } from "../algebra/graph.ts";
import { present } from "../base/invariant.ts";
import { sortedBy } from "../base/lists.ts";
import { isConstant, isMultiplicative, ownLine, readBy, type System } from "./equations.ts";
import type { GroupEquation } from "./plan.ts";

type Equations = readonly GroupEquation[];

const places = new WeakMap<System, ReadonlyMap<string, number>>();

/** In the order in which people wrote them, and are told of them. */
export function asTold(part: Equations, system: System): Equations {
  const known = places.get(system) ?? new Map(system.equations.map((e, k) => [e.state, k]));
  places.set(system, known);
  return sortedBy(part, (e) => known.get(e.state) ?? 0);
}

/** Equations that share neither states nor noise are parts of their own. Nothing hangs on the order of the parts, which is that in which people are told of them. */
export function connectedParts(equations: Equations, system: System): readonly Equations[] {
  const states = new Set(equations.map((e) => e.state));
  // Of each symbol one that it is connected with, up to the one that stands for its part.
  const towards = new Map<string, string>();
  const standsFor = (symbol: string): string => {
    let root = symbol;
    for (let next = towards.get(root); next !== undefined; next = towards.get(root)) root = next;
    for (let s = symbol; s !== root;) {
      const next = present(towards.get(s), s);
      towards.set(s, root);
      s = next;
    }
    return root;
  };
  for (const e of equations) {
    for (const s of [...[...readBy(e)].filter((read) => states.has(read)), ...e.diffusion.keys()]) {
      const [own, other] = [standsFor(e.state), standsFor(s)];
      if (own !== other) towards.set(other, own);
    }
  }
  const parts = new Map<string, GroupEquation[]>();
  const listed = (e: GroupEquation): GroupEquation[] => {
    const root = standsFor(e.state);
    const part = parts.get(root) ?? [];
    parts.set(root, part);
    return part;
  };
  for (const e of asTold(equations, system)) listed(e); // The parts as they are told of, the equations of each as they are integrated.
  for (const e of equations) listed(e).push(e);
  return [...parts.values()];
}

/** Equations that depend on one another in a circle, or one by itself; each circle after those it reads. */
export function circles(equations: Equations): readonly Equations[] {
  const byState = new Map(equations.map((e) => [e.state, e]));
  const needs = (state: string): string[] =>
    [...readBy(present(byState.get(state), state))].filter((s) => byState.has(s));
  const place = new Map(equations.map((e, k) => [e.state, k]));
  return components(
    equations.map((e) => e.state),
    needs,
  ).map((part) => sortedBy(part, (s) => place.get(s) ?? 0).map((s) => present(byState.get(s), s)));
}

/**
 * The circles of a part where each can take an exponential step: its states relax at rates that change, or it is one state that is linear in itself and follows such
 * states. Null where anything else is in the part: then the part is one group, since its stages need the values inside the step of all that they read.
 */
export function relaxing(part: Equations, system: System): readonly Equations[] | null {
  const states = new Set(part.map((e) => e.state));
  const found = circles(part);
  return found.every((circle) => relaxes(circle, system) || follows(circle, states, system)) ? found : null;
}

/** Whether each state is linear in itself at a rate that changes; in a circle towards something, since growth at one another's rates is no relaxation. */
function relaxes(circle: Equations, system: System): boolean {
  if (isMultiplicative(circle, system)) return false;
  return circle.every((e) => {
    const line = ownLine(e);
    return (
      line !== null &&
      !isConstant(line.rate, system) &&
      (circle.length === 1 || !(line.rest.kind === "number" && line.rest.value === 0))
    );
  });
}

function follows(circle: Equations, states: ReadonlySet<string>, system: System): boolean {
  const [e] = circle;
  if (e === undefined || circle.length > 1 || isMultiplicative(circle, system)) return false;
  return ownLine(e) !== null && [...readBy(e)].some((s) => s !== e.state && states.has(s));
}

/** Of `others`, the equations whose states these read, themselves or through one another. */
export function reachable(from: Equations, others: Equations): Equations {
  const byState = new Map(others.map((e) => [e.state, e]));
  const seen = new Set<GroupEquation>();
  const queue = [...from];
  for (let e = queue.pop(); e !== undefined; e = queue.pop()) {
    for (const s of readBy(e)) {
      const next = byState.get(s);
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return others.filter((e) => seen.has(e));
}
