// What a method computes in one step, as a straight line of named expressions: kernels print it, the interpreter evaluates it.
import { arithmetic, call, number, symbol, type Expr } from "../algebra/expression.ts";
import { append } from "../base/lists.ts";
import { keptMap, mapExpr, substitute } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import type { Tableau } from "../methods/method.ts";
import { isStagesName, tableauOf } from "../methods/methods.ts";
import { type ExactGroup, type GroupEquation, type StagedGroup, type UpdateGroup } from "./plan.ts";
import {
  constantSymbol,
  forcingSymbol,
  incrementSymbol,
  keyOf,
  nextSymbol,
  noiseFactorSymbol,
  normalSymbol,
  propagatorSymbol,
  STEP,
  TIME,
} from "./symbols.ts";

// What a Rosenbrock method solves with belongs to what it computes.
export { jacobianOf } from "./jacobian.ts";

export interface SchemeStep {
  readonly name: string;
  readonly value: Expr;
  /** The equation it integrates, where it is a next value. */
  readonly equation: GroupEquation | null;
}

/** One step of a group; an adaptive one has no straight line and is integrated by the runtime. */
export function schemeOf(group: UpdateGroup): readonly SchemeStep[] {
  switch (group.method) {
    case "exact":
      return exactScheme(group);
    case "exponential_euler":
      return exponentialScheme(group);
    default:
      return isStagesName(group.method) ? stageScheme(group, tableauOf(group.method)) : [];
  }
}

/** The order of a group's step for smooth solutions: 1 to 4; null where it is exact, or kept to a tolerance. With noise, in the absence of it. */
export function orderOf(group: UpdateGroup): number | null {
  switch (group.method) {
    case "exact":
      return null;
    case "exponential_euler":
      return group.order;
    default:
      return isStagesName(group.method) ? tableauOf(group.method).order : null;
  }
}

/**
 * x + f·dt·exprel(a·dt), which is x + f·dt where a is 0; noise adds a normal number of the variance that it gives to x' = a·x + b·ξ in a step. The states of a group follow
 * one another, each with the new values of those before it: the gates of a channel see the old voltage and the voltage the new gates, which staggers them in time and brings
 * spikes fifty times closer (Hines 1984). The time, and what earlier groups have moved, are read at the middle of the step.
 */
function exponentialScheme(
  group: Extract<UpdateGroup, { readonly method: "exponential_euler" }>,
): readonly SchemeStep[] {
  const dt = symbol(STEP);
  const renewed = new Map<string, Expr>(
    group.halfway.map((s) => [s, times(number(0.5), plus(symbol(s), symbol(nextSymbol(s))))]),
  );
  renewed.set(TIME, plus(symbol(TIME), times(number(0.5), dt)));
  return group.equations.map((equation, k) => {
    const { state } = equation;
    const exponent = times(signsOutside(substitute(present(group.rates[k], "rate"), renewed)), dt);
    const span = times(dt, call("exprel", exponent));
    const moved = plus(symbol(state), times(substitute(equation.drift, renewed), span));
    // ∫ exp(2as) ds over the step is dt·exprel(2a·dt), without a second exponential.
    const spread = call(
      "sqrt",
      times(span, plus(number(1), times(number(0.5), times(exponent, call("exprel", exponent))))),
    );
    const shaken = [...equation.diffusion].reduce(
      (value, [noise, factor]) => plus(value, times(factor, times(spread, symbol(normalSymbol(noise))))),
      moved,
    );
    renewed.set(state, symbol(nextSymbol(state)));
    return { name: nextSymbol(state), value: withFewDivisions(shaken), equation };
  });
}

/** -(c·x) for (-c)·x and -(c/x) for (-c)/x: the same bits, and the parts are those of the drift, computed once. */
function signsOutside(e: Expr): Expr {
  return mapExpr(e, (node) => {
    if (
      node.kind !== "arithmetic" ||
      (node.operator !== "*" && node.operator !== "/") ||
      node.left.kind !== "number" ||
      !(node.left.value < 0)
    )
      return node;
    return { kind: "negate", operand: { ...node, left: number(-node.left.value) } };
  });
}

/**
 * x·(1/c) for x/c with a number c, and c·(u/expm1(u)), which is c at u = 0, for c/exprel(u): a division takes as long as ten products, and the rates of channels are
 * full of them. A product instead of a quotient costs at most half a unit in the last place.
 */
export const withFewDivisions = keptMap((node) => {
  if (node.kind !== "arithmetic" || node.operator !== "/") return node;
  const { left, right } = node;
  if (right.kind === "number") {
    const reciprocal = 1 / right.value;
    return left.kind === "number" || !(Math.abs(reciprocal) > 1e-300 && Math.abs(reciprocal) < 1e300)
      ? node
      : times(left, number(reciprocal));
  }
  const u = right.kind === "call" && right.function === "exprel" ? right.arguments[0] : undefined;
  if (u === undefined) return node;
  const smooth: Expr = {
    kind: "conditional",
    condition: { kind: "compare", operator: "==", left: u, right: number(0) },
    then: number(1),
    otherwise: arithmetic("/", u, call("expm1", u)),
  };
  return times(left, smooth);
});

interface Paths {
  readonly influence: readonly (readonly boolean[])[];
  readonly reach: readonly (readonly boolean[])[];
}

const pathsOf = new WeakMap<ExactGroup, Paths>();

/** Found once for each group: from every state along the entries of the matrix. */
function paths(group: ExactGroup): Paths {
  const known = pathsOf.get(group);
  if (known !== undefined) return known;
  const next = group.matrix.map((row) => row.flatMap((entry, j) => (entry === null ? [] : [j])));
  const influence = next.map((direct) => {
    const row = next.map(() => false);
    const open = [...direct];
    for (let k = open.pop(); k !== undefined; k = open.pop()) {
      if (row[k] === true) continue;
      row[k] = true;
      append(open, next[k] ?? []);
    }
    return row;
  });
  const made = { influence, reach: influence.map((row, i) => row.map((path, j) => path || i === j)) };
  pathsOf.set(group, made);
  return made;
}

/** Which states a state's change depends on: the paths of the matrix, D's pattern. */
export function influences(group: ExactGroup): readonly (readonly boolean[])[] {
  return paths(group).influence;
}

/** Where what drives a state arrives: the paths and every state itself, Q's pattern. */
export function reach(group: ExactGroup): readonly (readonly boolean[])[] {
  return paths(group).reach;
}

/** Whether a state decays by itself and nothing else happens to it: then its step is one product. */
export function decaysAlone(group: ExactGroup, row: number): boolean {
  const others = influences(group)[row]?.some((path, j) => path && j !== row) === true;
  const driven = [group.constant, ...group.forcing.map((f) => f.column), ...group.noise.map((f) => f.column)].some(
    (column) => column[row] !== null,
  );
  return !others && !driven;
}

/** The places of an exact group's states in the order of their names: random numbers follow names, so that nothing said elsewhere, which decides the order of integration, moves a draw. */
export function namedOrder({ states }: Pick<ExactGroup, "states">): readonly number[] {
  return [...states.keys()].sort((a, b) => ((states[a] ?? "") < (states[b] ?? "") ? -1 : 1));
}

/** States that noise reaches, in the order of their names: each takes one normal number a step, and those of the ones before it. */
export function shaken(group: ExactGroup): readonly string[] {
  const reached = reach(group);
  return namedOrder(group)
    .filter((i) => group.noise.some(({ column }) => column.some((factor, k) => factor !== null && reached[i]?.[k])))
    .map((i) => group.states[i] ?? "");
}

/** Whether something that is said of the states of `column` reaches a state within a step. */
export function drives(group: ExactGroup, row: number, column: readonly (Expr | null)[]): boolean {
  const reached = reach(group)[row];
  return column.some((entry, k) => entry !== null && reached?.[k] === true);
}

/**
 * Whether an exact step has so many coefficients that kernels take it row by row, in a loop: their text then grows with the states and with what the equations say of them,
 * not with the square of their number. The additions are the same, in the same order.
 */
export function isInRows(group: ExactGroup): boolean {
  const known = inRows.get(group);
  if (known !== undefined) return known;
  const noisy = shaken(group).length;
  const columns = [group.constant, ...group.forcing.map((f) => f.column)];
  let terms = (noisy * (noisy + 1)) / 2;
  influences(group).forEach((row, i) => {
    if (terms > MOST_WRITTEN_OUT) return;
    for (const path of row) if (path) terms++;
    for (const column of columns) if (drives(group, i, column)) terms++;
  });
  inRows.set(group, terms > MOST_WRITTEN_OUT);
  return terms > MOST_WRITTEN_OUT;
}

const MOST_WRITTEN_OUT = 1000;
const inRows = new WeakMap<ExactGroup, boolean>();

function exactScheme(group: ExactGroup): readonly SchemeStep[] {
  const { influence } = paths(group);
  const noisy = shaken(group);
  return group.equations.map((equation, i) => {
    const row = equation.state;
    if (decaysAlone(group, i)) return { name: nextSymbol(row), value: decay(group, row), equation };
    const terms: Expr[] = group.states.flatMap((column, j) =>
      influence[i]?.[j] ? [times(symbol(incrementSymbol(group.id, row, column)), symbol(column))] : [],
    );
    group.forcing.forEach(({ value, column }, k) => {
      if (drives(group, i, column)) terms.push(times(symbol(forcingSymbol(group.id, row, k)), value));
    });
    if (drives(group, i, group.constant)) terms.push(symbol(constantSymbol(group.id, row)));
    for (const column of noisy.slice(0, noisy.indexOf(row) + 1))
      terms.push(times(symbol(noiseFactorSymbol(group.id, row, column)), symbol(normalSymbol(`exact:${column}`))));
    // x + (change): the sum of all that is small comes first.
    return {
      name: nextSymbol(row),
      value: terms.length === 0 ? symbol(row) : plus(symbol(row), terms.reduce(plus)),
      equation,
    };
  });
}

/** P x */
export function decay(group: ExactGroup, state: string): Expr {
  return times(symbol(propagatorSymbol(group.id, state)), symbol(state));
}

function stageScheme(group: StagedGroup, tableau: Tableau): readonly SchemeStep[] {
  const all = tableau.c.length === 1 ? group.equations : [...group.equations, ...group.auxiliary];
  const dt = symbol(STEP);
  const steps: SchemeStep[] = [];
  // Groups that read the same exact state each have its stages.
  const inside = (value: "k" | "x" | "g", stage: number, state: string): string =>
    keyOf({ kind: "stage", value, number: stage + 1, state, group: group.id });
  const slope = (stage: number, state: string): Expr => symbol(inside("k", stage, state));
  const shake = (stage: number, state: string): Expr => symbol(inside("g", stage, state));
  const weighted = (weights: readonly number[], of: (stage: number) => Expr): Expr | null => {
    const terms = weights.flatMap((w, stage) => (w === 0 ? [] : [w === 1 ? of(stage) : times(number(w), of(stage))]));
    return terms.length === 0 ? null : terms.reduce(plus);
  };
  // Auxiliary states feel their noise in their own exact step, not here.
  const noisy = (e: GroupEquation): boolean => e.diffusion.size > 0 && group.equations.includes(e);

  tableau.c.forEach((c, stage) => {
    const values = new Map<string, Expr>();
    if (c !== 0) values.set(TIME, plus(symbol(TIME), c === 1 ? dt : times(number(c), dt)));
    const weights = tableau.a[stage] ?? [];
    if (weights.some((w) => w !== 0)) {
      for (const e of all) {
        const name = inside("x", stage, e.state);
        const moved = plus(
          symbol(e.state),
          times(
            dt,
            present(
              weighted(weights, (r) => slope(r, e.state)),
              "stage",
            ),
          ),
        );
        steps.push({
          name,
          value: noisy(e)
            ? plus(
                moved,
                present(
                  weighted(weights, (r) => shake(r, e.state)),
                  "stage",
                ),
              )
            : moved,
          equation: null,
        });
        values.set(e.state, symbol(name));
      }
    }
    for (const e of all)
      steps.push({ name: inside("k", stage, e.state), value: substitute(e.drift, values), equation: null });
    for (const e of group.equations) {
      if (!noisy(e)) continue;
      const terms = [...e.diffusion].map(([noise, factor]) =>
        times(substitute(factor, values), times(call("sqrt", dt), symbol(normalSymbol(noise)))),
      );
      steps.push({ name: inside("g", stage, e.state), value: terms.reduce(plus), equation: null });
    }
  });

  for (const e of group.equations) {
    const drift = times(
      tableau.divisor === 1 ? dt : arithmetic("/", dt, number(tableau.divisor)),
      present(
        weighted(tableau.b, (s) => slope(s, e.state)),
        "weights",
      ),
    );
    const moved = plus(symbol(e.state), drift);
    const diffusion = noisy(e)
      ? present(
          weighted(tableau.b, (s) => shake(s, e.state)),
          "weights",
        )
      : null;
    const value =
      diffusion === null
        ? moved
        : plus(moved, tableau.divisor === 1 ? diffusion : arithmetic("/", diffusion, number(tableau.divisor)));
    steps.push({ name: nextSymbol(e.state), value, equation: e });
  }
  return steps;
}

function plus(a: Expr, b: Expr): Expr {
  return arithmetic("+", a, b);
}

function times(a: Expr, b: Expr): Expr {
  return arithmetic("*", a, b);
}
