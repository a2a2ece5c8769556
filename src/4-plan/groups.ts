// Makes groups of equations of one method each: matrices and forcing of exact steps, rates of exponential ones, what the stages of the rest need along.
import type { Expr } from "../algebra/expression.ts";
import { arithmetic, number, symbol } from "../algebra/expression.ts";
import { mapExpr, symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import { affineIn } from "./affineIn.ts";
import { isConstant, ownLine, readBy, type System } from "./equations.ts";
import type { AdaptiveName, StagesName } from "../methods/methods.ts";
import type { GroupEquation, UpdateGroup } from "./plan.ts";
import { orderOf } from "./scheme.ts";

type Equations = readonly GroupEquation[];

export function exactGroup(equations: Equations, system: System, reason: string): UpdateGroup {
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
      for (const [name, coefficient] of split.coefficients) column(name, symbol(name))[row] = coefficient;
    } else {
      constant.push(null);
      column(`row ${row}`, rest)[row] = number(1);
    }
  });
  const noises = [...new Set(equations.flatMap((e) => [...e.diffusion.keys()]))];
  const noise = noises.map((name) => ({ symbol: name, column: equations.map((e) => e.diffusion.get(name) ?? null) }));
  return {
    id: "",
    method: "exact",
    states,
    told: [],
    equations,
    matrix,
    constant,
    forcing: [...columns.values()],
    noise,
    reason,
  };
}

function isZeroNumber(e: Expr): boolean {
  return e.kind === "number" && e.value === 0;
}

/**
 * Those that read the fewest of the others come first, and of those that read as many a membrane potential last: gates before the voltage. What groups `before` it have moved it reads at the middle of the step, which makes the step
 * of one state of order 2: a conductance that decays is not half a step behind.
 */
export function exponentialGroup(
  unordered: Equations,
  before: readonly UpdateGroup[],
  reason: (order: 1 | 2) => string,
  { isPotential }: System,
): UpdateGroup {
  const states = new Set(unordered.map((e) => e.state));
  const read = new Set(unordered.flatMap((e) => [...readBy(e)]));
  const others = (e: GroupEquation): number => [...readBy(e)].filter((s) => states.has(s) && s !== e.state).length;
  const last = (e: GroupEquation): number => Number(isPotential(e.state));
  const equations = [...unordered].sort((a, b) => others(a) - others(b) || last(a) - last(b));
  const readGroups = before.filter((g) => g.states.some((s) => read.has(s)));
  const order = equations.length > 1 || readGroups.some((g) => orderOf(g) === 1) ? 1 : 2;
  const rates = equations.map((e) => present(ownLine(e), `rate of ${e.text}`).rate);
  return {
    id: "",
    method: "exponential_euler",
    states: equations.map((e) => e.state),
    told: [],
    equations,
    rates,
    order,
    halfway: readGroups.flatMap((g) => g.states).filter((s) => read.has(s)),
    reason: reason(order),
  };
}

const ADAPTIVE_TOLERANCE = 1e-9;

/** `auxiliary`: equations with an exact step of their own that the stages read. */
export function stagedGroup(
  method: StagesName | AdaptiveName,
  equations: Equations,
  auxiliary: Equations,
  tolerance: number | null,
  reason: string,
): UpdateGroup {
  return {
    id: "",
    method,
    states: equations.map((e) => e.state),
    told: [],
    equations,
    auxiliary,
    tolerance: tolerance ?? ADAPTIVE_TOLERANCE,
    reason,
  };
}

/** x·(1/C) for x/C with a constant C: its reciprocal is computed once, and a division takes as long as ten products. An exact group is divided at its creation alone. */
export function withReciprocals(group: UpdateGroup, system: System): UpdateGroup {
  if (group.method === "exact") return group;
  const go = (e: Expr): Expr =>
    mapExpr(e, (node) =>
      node.kind === "arithmetic" &&
      node.operator === "/" &&
      node.right.kind !== "number" &&
      isConstant(node.right, system) &&
      !isConstant(node.left, system)
        ? arithmetic("*", node.left, arithmetic("/", number(1), node.right))
        : node,
    );
  const written = (q: GroupEquation): GroupEquation => ({
    ...q,
    drift: go(q.drift),
    diffusion: new Map([...q.diffusion].map(([noise, factor]) => [noise, go(factor)])),
  });
  const equations = group.equations.map(written);
  return group.method === "exponential_euler"
    ? { ...group, equations, rates: group.rates.map(go) }
    : { ...group, equations, auxiliary: group.auxiliary.map(written) };
}
