// Chooses for every group of equations the most exact method it admits, and says why. The order of preference is the table of the language reference, "Time".
import { affineIn } from "./affineIn.ts";
import type { Expr } from "../algebra/expression.ts";
import { arithmetic, number } from "../algebra/expression.ts";
import { components } from "../algebra/graph.ts";
import { mapExpr, symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import type { Span } from "../base/source.ts";
import type { MethodName } from "../3-check/checked.ts";
import { isSetup, isShown, STEP, type GroupEquation, type UpdateGroup } from "./plan.ts";

/** A right side, noise and all. */
export interface Equation {
  readonly state: string;
  readonly value: Expr;
  readonly text: string;
  readonly origin: Span;
}

export interface System {
  readonly equations: readonly Equation[];
  /** Symbols of white noise. */
  readonly noises: ReadonlySet<string>;
  /** Values that no kernel changes: parameters. */
  readonly parameters: ReadonlySet<string>;
  /** Values that stand still over a step: inputs, states without an equation, held states. */
  readonly still: ReadonlySet<string>;
  readonly calculus: "ito" | "stratonovich" | null;
}

/** Why a method that was asked for by name cannot be had. */
export interface Refusal {
  readonly equation: Equation;
  readonly why: string;
}

export const RK45_TOLERANCE = 1e-9;

/** `prefix` goes before the groups' numbers in their ids. */
export function chooseMethods(system: System, method: MethodName, tolerance: number | null, prefix = ""): { readonly groups: readonly UpdateGroup[]; readonly refusal: Refusal | null } {
  const { groups, refusal } = choose(system, method, tolerance);
  return { groups: halfway(groups).map((group, k) => ({ ...withReciprocals(group, system), id: `${prefix}${k + 1}` })), refusal };
}

/** x·(1/C) for x/C with a constant C: its reciprocal is computed once, and a division takes as long as ten products. An exact group is divided at its creation alone. */
function withReciprocals(group: UpdateGroup, system: System): UpdateGroup {
  if (group.method === "exact") return group;
  const go = (e: Expr): Expr =>
    mapExpr(e, (node) =>
      node.kind === "arithmetic" && node.operator === "/" && node.right.kind !== "number" && isConstant(node.right, system) && !isConstant(node.left, system)
        ? arithmetic("*", node.left, arithmetic("/", number(1), node.right))
        : node,
    );
  const written = (q: GroupEquation): GroupEquation => ({ ...q, drift: go(q.drift), diffusion: new Map([...q.diffusion].map(([noise, factor]) => [noise, go(factor)])) });
  const equations = group.equations.map(written);
  return group.method === "exponential_euler" ? { ...group, equations, rates: group.rates.map(go) } : { ...group, equations, auxiliary: group.auxiliary.map(written) };
}

/** Exponential Euler reads what has moved exactly at the middle of its step, which makes it of order 2 in that: a conductance that decays is no longer half a step behind. */
function halfway(groups: readonly UpdateGroup[]): readonly UpdateGroup[] {
  const exact = new Set<string>();
  return groups.map((group) => {
    if (group.method === "exact") for (const s of group.states) exact.add(s);
    return group.method === "exponential_euler" ? { ...group, halfway: [...exact] } : group;
  });
}

/** Groups without an id yet. */
function choose(system: System, method: MethodName, tolerance: number | null): { readonly groups: readonly UpdateGroup[]; readonly refusal: Refusal | null } {
  const equations = system.equations.map((e) => splitNoise(e, system.noises));
  if (equations.length === 0) return { groups: [], refusal: null };
  if (method === "auto") return { groups: automatic(equations, system), refusal: null };

  const refusal = refuse(method, equations, system);
  if (refusal !== null) return { groups: [], refusal };
  const byName = `asked for by name: method ${method}`;
  switch (method) {
    case "exact":
      return { groups: linearParts(equations, system).map((part) => exactGroup(part, system, byName)), refusal: null };
    case "exponential_euler":
      return { groups: coupledParts(equations).map((part) => exponentialGroup(part, byName)), refusal: null };
    case "euler":
    case "heun":
    case "rk4":
    case "rk45":
      return { groups: [{ id: "", method, states: equations.map((e) => e.state), equations, auxiliary: [], tolerance: tolerance ?? RK45_TOLERANCE, reason: byName + stochasticNote(method, equations) }], refusal: null };
  }
}

function automatic(equations: readonly GroupEquation[], system: System): UpdateGroup[] {
  const linear = linearEquations(equations, system);
  const groups: UpdateGroup[] = connectedParts(linear).map((part) => exactGroup(part, system, exactReason(part)));

  const rest = equations.filter((e) => !linear.includes(e));
  const byState = new Map(equations.map((e) => [e.state, e]));
  const restStates = new Set(rest.map((e) => e.state));
  const needs = (state: string): string[] => [...dependsOn(present(byState.get(state), state))].filter((s) => restStates.has(s));
  const linearStates = new Set(linear.map((e) => e.state));

  const staged: GroupEquation[][] = [];
  for (const component of components(rest.map((e) => e.state), needs)) {
    const members = component.map((s) => present(byState.get(s), s));
    if (members.every((e) => e.diffusion.size === 0 && ownRate(e) !== null)) {
      groups.push(exponentialGroup(members, exponentialReason(members)));
    } else {
      staged.push(members);
    }
  }
  for (const members of joined(staged, needs)) {
    const states = new Set(members.map((e) => e.state));
    // What else of the non-linear part the stages need is integrated along with them; what is linear keeps its exact update.
    const auxiliary = reachable(members, byState).filter((e) => linearStates.has(e.state) && !states.has(e.state));
    const method = stageMethod(members, system);
    groups.push({ id: "", method, states: members.map((e) => e.state), equations: members, auxiliary, tolerance: RK45_TOLERANCE, reason: stageReason(method, members) });
  }
  return absorb(groups, byState);
}

/** An exponential-Euler group that a staged group reads is integrated with it: its value inside the step matters to the order. */
function absorb(groups: readonly UpdateGroup[], byState: ReadonlyMap<string, GroupEquation>): UpdateGroup[] {
  const result: UpdateGroup[] = [];
  const taken = new Set<string>();
  for (const group of groups) {
    if (!("auxiliary" in group)) continue;
    const also = reachable(group.equations, byState).filter((e) => groups.some((g) => g.method === "exponential_euler" && g.states.includes(e.state)));
    for (const e of also) taken.add(e.state);
    const equations = [...group.equations, ...also.filter((e) => !group.states.includes(e.state))];
    result.push({ ...group, equations, states: equations.map((e) => e.state) });
  }
  const others = groups.filter((g) => !("auxiliary" in g)).flatMap((g) => {
    if (g.method !== "exponential_euler") return [g];
    const equations = g.equations.filter((e) => !taken.has(e.state));
    return equations.length === 0 ? [] : [exponentialGroup(equations, g.reason)];
  });
  return [...others, ...result];
}

/** Separates the factors of white noise; the checker has made sure that noise enters linearly. */
function splitNoise(e: Equation, noises: ReadonlySet<string>): GroupEquation {
  const { state, text, origin } = e;
  if (![...symbolsOf(e.value)].some((s) => noises.has(s))) return { state, drift: e.value, diffusion: new Map(), text, origin };
  const parts = present(affineIn(e.value, noises), `linear noise in ${text}`);
  return { state, drift: parts.rest, diffusion: parts.coefficients, text, origin };
}

function isConstant(e: Expr, system: System): boolean {
  return [...symbolsOf(e)].every((s) => system.parameters.has(s) || isSetup(s) || s === STEP);
}

function isStill(e: Expr, system: System): boolean {
  return [...symbolsOf(e)].every((s) => system.parameters.has(s) || system.still.has(s) || isSetup(s) || s === STEP);
}

/** The largest set of equations that are linear in each other with constant coefficients and read no other state. */
function linearEquations(equations: readonly GroupEquation[], system: System): readonly GroupEquation[] {
  let kept = equations;
  for (;;) {
    const states = new Set(kept.map((e) => e.state));
    const next = kept.filter((e) => {
      const parts = affineIn(e.drift, states);
      if (parts === null || !isStill(parts.rest, system)) return false;
      return [...parts.coefficients.values()].every((c) => isConstant(c, system)) && [...e.diffusion.values()].every((c) => isConstant(c, system));
    });
    if (next.length === kept.length) return kept;
    kept = next;
  }
}

function linearParts(equations: readonly GroupEquation[], system: System): readonly (readonly GroupEquation[])[] {
  return connectedParts(linearEquations(equations, system));
}

/** Equations that share neither states nor noise are groups of their own. */
function connectedParts(equations: readonly GroupEquation[]): readonly (readonly GroupEquation[])[] {
  const states = new Set(equations.map((e) => e.state));
  const touches = equations.map((e) => new Set([e.state, ...[...dependsOn(e)].filter((s) => states.has(s)), ...e.diffusion.keys()]));
  const parts: { equations: number[]; symbols: Set<string> }[] = [];
  touches.forEach((symbols, k) => {
    const met = parts.filter((p) => [...symbols].some((s) => p.symbols.has(s)));
    const merged = { equations: [...met.flatMap((p) => p.equations), k], symbols: new Set([...met.flatMap((p) => [...p.symbols]), ...symbols]) };
    for (const p of met) parts.splice(parts.indexOf(p), 1);
    parts.push(merged);
  });
  return parts
    .map((p) => p.equations.sort((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
    .map((indices) => indices.map((k) => present(equations[k], "equation")));
}

function exactGroup(equations: readonly GroupEquation[], system: System, reason: string): UpdateGroup {
  const states = equations.map((e) => e.state);
  const variables = new Set(states);
  const parts = equations.map((e) => present(affineIn(e.drift, variables), `linear ${e.text}`));
  const matrix = parts.map((p) => states.map((s) => p.coefficients.get(s) ?? null));
  const constant: (Expr | null)[] = [];
  // Forcing that is a constant times one still value gets a column of its own; anything else stands as it is in its row.
  const columns = new Map<string, { readonly value: Expr; readonly column: (Expr | null)[] }>();
  const column = (key: string, value: Expr): (Expr | null)[] => {
    const known = columns.get(key) ?? { value, column: states.map(() => null) };
    columns.set(key, known);
    return known.column;
  };
  parts.forEach(({ rest }, row) => {
    const still = new Set([...symbolsOf(rest)].filter((s) => system.still.has(s)));
    const split = still.size === 0 ? null : affineIn(rest, still);
    const separable = split !== null && [...split.coefficients.values()].every((c) => isConstant(c, system));
    if (still.size === 0) {
      constant.push(isZeroNumber(rest) ? null : rest);
    } else if (separable) {
      constant.push(isZeroNumber(split.rest) ? null : split.rest);
      for (const [symbol, coefficient] of split.coefficients) column(symbol, { kind: "symbol", name: symbol })[row] = coefficient;
    } else {
      constant.push(null);
      column(`row ${row}`, rest)[row] = number(1);
    }
  });
  const noises = [...new Set(equations.flatMap((e) => [...e.diffusion.keys()]))];
  const noise = noises.map((symbol) => ({ symbol, column: equations.map((e) => e.diffusion.get(symbol) ?? null) }));
  return { id: "", method: "exact", states, equations, matrix, constant, forcing: [...columns.values()], noise, reason };
}

function isZeroNumber(e: Expr): boolean {
  return e.kind === "number" && e.value === 0;
}

/** Equations that depend on one another in circles, each part after those it reads. */
function coupledParts(equations: readonly GroupEquation[]): readonly (readonly GroupEquation[])[] {
  const byState = new Map(equations.map((e) => [e.state, e]));
  const needs = (state: string): string[] => [...dependsOn(present(byState.get(state), state))].filter((s) => byState.has(s));
  return components(equations.map((e) => e.state), needs).map((part) => equations.filter((e) => part.includes(e.state)));
}

/** Those that read the fewest of the others come first: gates before the voltage. */
function exponentialGroup(unordered: readonly GroupEquation[], reason: string): UpdateGroup {
  const states = new Set(unordered.map((e) => e.state));
  const reads = (e: GroupEquation): number => [...dependsOn(e)].filter((s) => states.has(s) && s !== e.state).length;
  const equations = [...unordered].sort((a, b) => reads(a) - reads(b));
  return { id: "", method: "exponential_euler", states: equations.map((e) => e.state), equations, rates: equations.map((e) => present(ownRate(e), `rate of ${e.text}`)), halfway: [], reason };
}

/** a in x' = a·x + b with a, b free of x, or null. */
function ownRate({ drift, state }: GroupEquation): Expr | null {
  const known = ownRates.get(drift) ?? new Map<string, Expr | null>();
  ownRates.set(drift, known);
  const old = known.get(state);
  if (old !== undefined) return old;
  const parts = affineIn(drift, new Set([state]));
  const rate = parts === null ? null : (parts.coefficients.get(state) ?? number(0));
  known.set(state, rate);
  return rate;
}

/** Rates by right side and state: the proof of one takes milliseconds, and it is asked for again and again. */
const ownRates = new WeakMap<Expr, Map<string, Expr | null>>();

function dependsOn(e: GroupEquation): ReadonlySet<string> {
  return new Set([...symbolsOf(e.drift), ...[...e.diffusion.values()].flatMap((d) => [...symbolsOf(d)])]);
}

function reachable(from: readonly GroupEquation[], byState: ReadonlyMap<string, GroupEquation>): GroupEquation[] {
  const seen = new Set(from.map((e) => e.state));
  const queue = [...from];
  for (let e = queue.shift(); e !== undefined; e = queue.shift()) {
    for (const s of dependsOn(e)) {
      const next = byState.get(s);
      if (next === undefined || seen.has(s)) continue;
      seen.add(s);
      queue.push(next);
    }
  }
  return [...byState.values()].filter((e) => seen.has(e.state));
}

/** Staged components that read one another become one group. */
function joined(staged: readonly (readonly GroupEquation[])[], needs: (state: string) => string[]): readonly (readonly GroupEquation[])[] {
  const result: GroupEquation[][] = [];
  for (const members of staged) {
    const read = new Set(members.flatMap((e) => needs(e.state)));
    const met = result.filter((other) => other.some((e) => read.has(e.state)));
    for (const m of met) result.splice(result.indexOf(m), 1);
    result.push([...met.flat(), ...members]);
  }
  return result;
}

function isMultiplicative(equations: readonly GroupEquation[], system: System): boolean {
  return equations.some((e) => [...e.diffusion.values()].some((d) => !isStill(d, system)));
}

function stageMethod(equations: readonly GroupEquation[], system: System): "euler" | "heun" | "rk4" {
  if (equations.every((e) => e.diffusion.size === 0)) return "rk4";
  return isMultiplicative(equations, system) && system.calculus === "ito" ? "euler" : "heun";
}

function refuse(method: MethodName, equations: readonly GroupEquation[], system: System): Refusal | null {
  const at = (e: GroupEquation, why: string): Refusal => ({ equation: { state: e.state, value: e.drift, text: e.text, origin: e.origin }, why });
  const noisy = equations.find((e) => e.diffusion.size > 0);
  switch (method) {
    case "exact": {
      const linear = linearEquations(equations, system);
      const other = equations.find((e) => !linear.includes(e));
      return other === undefined ? null : at(other, "it is not linear with constant coefficients");
    }
    case "exponential_euler": {
      if (noisy !== undefined) return at(noisy, "it has noise, which exponential Euler cannot take");
      const other = equations.find((e) => ownRate(e) === null);
      return other === undefined ? null : at(other, `it is not linear in ${other.state} itself`);
    }
    case "rk4":
    case "rk45":
      return noisy === undefined ? null : at(noisy, "it has noise, which Runge-Kutta methods of higher order cannot take");
    case "euler":
      return noisy !== undefined && isMultiplicative(equations, system) && system.calculus !== "ito" ? at(noisy, "its noise is multiplied by a state and meant in Stratonovich's sense; the Euler-Maruyama method converges to Itô's") : null;
    case "heun":
      return noisy !== undefined && isMultiplicative(equations, system) && system.calculus !== "stratonovich" ? at(noisy, "its noise is multiplied by a state and meant in Itô's sense; the Heun method converges to Stratonovich's") : null;
    case "auto":
      return null;
  }
}

// ---- reasons

function list(names: readonly string[]): string {
  if (names.length <= 1) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1] ?? ""}`;
}

/** Those that people are told of. */
function told(equations: readonly GroupEquation[]): readonly GroupEquation[] {
  return equations.filter((e) => isShown(e.state));
}

function exactReason(all: readonly GroupEquation[]): string {
  const equations = told(all);
  const names = list(equations.map((e) => e.state));
  const noisy = equations.some((e) => e.diffusion.size > 0);
  const many = equations.length > 1;
  return `${names} ${many ? "are linear in each other" : "is linear"} with constant coefficients${noisy ? " and additive noise: exact Ornstein-Uhlenbeck step" : ": exact propagator"}`;
}

function exponentialReason(all: readonly GroupEquation[]): string {
  const equations = told(all);
  const names = list(equations.map((e) => e.state));
  return `${names} ${equations.length > 1 ? "are each linear in themselves given the others" : "is linear in itself given the others"}, with coefficients that change: exponential Euler${equations.length > 1 ? ", one after the other" : ""}`;
}

function stageReason(method: "euler" | "heun" | "rk4", all: readonly GroupEquation[]): string {
  const equations = told(all);
  const guilty = equations.filter((e) => ownRate(e) === null).map((e) => e.state);
  const names = list(equations.map((e) => e.state));
  const why = guilty.length > 0 ? `${list(guilty)} ${guilty.length > 1 ? "are" : "is"} not linear in ${guilty.length > 1 ? "themselves" : "itself"}` : `${names} ${equations.length > 1 ? "are" : "is"} not linear with constant coefficients and noise enters`;
  const how = { rk4: "Runge-Kutta of order 4", heun: "stochastic Heun (Stratonovich; the same for additive noise)", euler: "Euler-Maruyama (Itô)" }[method];
  return `${why}${equations.length > guilty.length && guilty.length > 0 ? `, and ${names} depend on each other` : ""}: ${how}`;
}

function stochasticNote(method: MethodName, equations: readonly GroupEquation[]): string {
  if (equations.every((e) => e.diffusion.size === 0)) return "";
  return method === "euler" ? " (Euler-Maruyama)" : " (stochastic Heun)";
}
