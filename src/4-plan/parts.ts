// Which equations have to be integrated together. An exact step knows what it moves at every moment; whatever else moves inside a step must be in the group of what reads it.
import { components } from "../algebra/graph.ts";
import { present } from "../base/invariant.ts";
import { isConstant, isMultiplicative, ownLine, readBy, type System } from "./equations.ts";
import type { GroupEquation } from "./plan.ts";

type Equations = readonly GroupEquation[];

/** Equations that share neither states nor noise are parts of their own. Nothing hangs on the order of the parts, which is that in which people are told of them. */
export function connectedParts(equations: Equations, system: System): readonly Equations[] {
  const place = new Map(system.equations.map((e, k) => [e.state, k]));
  const states = new Set(equations.map((e) => e.state));
  const touches = equations.map((e) => new Set([e.state, ...[...readBy(e)].filter((s) => states.has(s)), ...e.diffusion.keys()]));
  const parts: { equations: number[]; symbols: Set<string> }[] = [];
  touches.forEach((symbols, k) => {
    const met = parts.filter((p) => [...symbols].some((s) => p.symbols.has(s)));
    const merged = { equations: [...met.flatMap((p) => p.equations), k], symbols: new Set([...met.flatMap((p) => [...p.symbols]), ...symbols]) };
    for (const p of met) parts.splice(parts.indexOf(p), 1);
    parts.push(merged);
  });
  return parts
    .map((p) => p.equations.sort((a, b) => a - b))
    .map((indices) => indices.map((k) => present(equations[k], "equation")))
    .map((part) => ({ part, place: Math.min(...part.map((e) => place.get(e.state) ?? 0)) }))
    .sort((a, b) => a.place - b.place)
    .map(({ part }) => part);
}

/** Equations that depend on one another in a circle, or one by itself; each circle after those it reads. */
export function circles(equations: Equations): readonly Equations[] {
  const byState = new Map(equations.map((e) => [e.state, e]));
  const needs = (state: string): string[] => [...readBy(present(byState.get(state), state))].filter((s) => byState.has(s));
  return components(equations.map((e) => e.state), needs).map((part) => equations.filter((e) => part.includes(e.state)));
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
    return line !== null && !isConstant(line.rate, system) && (circle.length === 1 || !(line.rest.kind === "number" && line.rest.value === 0));
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
