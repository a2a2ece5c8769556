// Points at which every branch of two expressions is taken: that they agree elsewhere says nothing about a branch that no point has come into.
import { withArms } from "../../algebra/cases.ts";
import { arithmetic, type Expr } from "../../algebra/expression.ts";
import { evaluate } from "../../algebra/evaluate.ts";
import { partsOf, symbolsOf } from "../../algebra/traverse.ts";
import { append } from "../../base/lists.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { NEURON, TARGET } from "../../4-plan/symbols.ts";

export type Point = (name: string) => number;

/** Where an expression goes one way or the other, as long as the guards around it hold. */
interface Edge {
  readonly condition: Expr;
  readonly guards: readonly Guard[];
}

interface Guard {
  readonly condition: Expr;
  readonly holds: boolean;
}

/** Visits of parts, and edges, beyond which the rest is not looked into. */
const MOST_VISITS = 4000;
const MOST_EDGES = 48;
/** Points that a side of an edge has at least. */
const ENOUGH = 3;
/** Points from which others are looked for. */
const STARTS = 12;
/** Points beside an edge that are looked for, and symbols that are moved for it. */
const AT_EDGE = 6;
const MOST_MOVED = 2;

/** Besides `points`, those that are tried anyway. `isFixed`: what is moved only where nothing else helps. */
export function branchesOf(e: Expr, points: readonly Point[], isFixed: (name: string) => boolean): readonly Point[] {
  const found: Point[] = [];
  for (const { condition, guards } of edgesOf(withArms(e))) {
    const isInside = (at: Point): boolean => guards.every((g) => isMet(g, at));
    const starts = points
      .slice(0, STARTS)
      .map((from) => guards.reduce<Point>((here, g) => towards(g, here, isFixed), from))
      .filter(isInside);
    for (const holds of [true, false]) {
      let count = points.filter((at) => isMet({ condition, holds }, at) && isInside(at)).length;
      for (const from of count >= ENOUGH ? [] : starts) {
        const at = towards({ condition, holds }, from, isFixed);
        if (!isMet({ condition, holds }, at) || !isInside(at)) continue;
        found.push(at);
        if (++count >= ENOUGH) break;
      }
    }
    if (condition.kind === "compare") {
      const excess = arithmetic("-", condition.left, condition.right);
      append(
        found,
        starts
          .slice(0, AT_EDGE)
          .flatMap((at) => beside(excess, at, isFixed))
          .filter(isInside),
      );
    }
  }
  return found;
}

/** On both sides of where an excess is 0, close to it and farther away. */
function beside(excess: Expr, at: Point, isFixed: (name: string) => boolean): Point[] {
  // What moves is moved; a parameter only where nothing else is there.
  const names = [...symbolsOf(excess)];
  const moving = names.some((n) => !isFixed(n)) ? names.filter((n) => !isFixed(n)) : names;
  return moving.slice(0, MOST_MOVED).flatMap((name) => {
    const root = rootOf(excess, name, at);
    if (root === null) return [];
    const steps =
      name === NEURON || name === TARGET
        ? [-1, 0, 1]
        : [1e-6, -1e-6, 1e-3, -1e-3].map((by) => by * Math.max(Math.abs(root), 1e-3));
    return steps.map((by) => moved(at, name, root + by));
  });
}

/** Where an expression is 0 along one symbol, by a few steps of the secant; null where it is not found. */
function rootOf(e: Expr, name: string, at: Point): number | null {
  const value = (x: number): number => evaluate(e, moved(at, name, x), elementary);
  let x = at(name);
  let before = x + Math.max(1e-3, Math.abs(x)) / 64;
  let [f, g] = [value(x), value(before)];
  for (let step = 0; step < 12; step++) {
    if (f === 0) return x;
    const next = x - (f * (x - before)) / (f - g);
    if (!Number.isFinite(next)) return null;
    if (Math.abs(next - x) <= 1e-12 * Math.abs(x)) return next;
    [before, g] = [x, f];
    [x, f] = [next, value(next)];
  }
  return null;
}

export function moved(at: Point, name: string, value: number): Point {
  return (n) => (n === name ? value : at(n));
}

function isMet({ condition, holds }: Guard, at: Point): boolean {
  return (evaluate(condition, at, elementary) !== 0) === holds;
}

/** The point with as few symbols moved as it takes to meet the condition, where that is found. */
function towards({ condition, holds }: Guard, at: Point, isFixed: (name: string) => boolean): Point {
  if (isMet({ condition, holds }, at)) return at;
  switch (condition.kind) {
    case "compare":
      return overEdge({ condition, holds }, arithmetic("-", condition.left, condition.right), at, isFixed);
    case "not":
      return towards({ condition: condition.operand, holds: !holds }, at, isFixed);
    case "logical": {
      const [left, right] = [condition.left, condition.right].map((c) => ({ condition: c, holds }));
      if (left === undefined || right === undefined) return at;
      const first = towards(left, at, isFixed);
      // Both are needed, or one will do.
      return (condition.operator === "and") === holds || !isMet({ condition, holds }, first)
        ? towards(right, first, isFixed)
        : first;
    }
    default:
      return at;
  }
}

/** One symbol moved: to where the excess would be 0 if it were linear, and a little or a lot further. */
function overEdge(guard: Guard, excess: Expr, at: Point, isFixed: (name: string) => boolean): Point {
  for (const name of [...symbolsOf(excess)].sort((a, b) => Number(isFixed(a)) - Number(isFixed(b)))) {
    const here = at(name);
    const value = (x: number): number => evaluate(excess, moved(at, name, x), elementary);
    const reach = Math.max(1e-3, Math.abs(here));
    const slope = (value(here + reach / 64) - value(here)) / (reach / 64);
    const root = here - value(here) / slope;
    for (const start of Number.isFinite(root) ? [root, here] : [here]) {
      for (const by of [0.05, 0.3, 1, 8]) {
        for (const direction of [1, -1]) {
          const candidate = moved(at, name, start + direction * by * Math.max(reach, Math.abs(start)));
          if (isMet(guard, candidate)) return candidate;
        }
      }
    }
  }
  return at;
}

/** Conditions of arms and the comparisons in them, each with what decides whether they are asked. */
function edgesOf(e: Expr): readonly Edge[] {
  const edges: Edge[] = [];
  const seen = new Set<Expr>();
  const pending: { readonly e: Expr; readonly guards: readonly Guard[] }[] = [{ e, guards: [] }];
  for (let visits = 0; pending.length > 0; visits++) {
    const { e: node, guards } = pending.pop() as (typeof pending)[number];
    if (visits > MOST_VISITS || edges.length > MOST_EDGES) break;
    // What has been looked into without any condition need not be looked into under one.
    if (seen.has(node)) continue;
    if (guards.length === 0) seen.add(node);
    const under = (condition: Expr, holds: boolean): readonly Guard[] => [...guards, { condition, holds }];
    if (node.kind === "conditional") {
      if (node.condition.kind !== "compare") edges.push({ condition: node.condition, guards });
      pending.push(
        { e: node.condition, guards },
        { e: node.then, guards: under(node.condition, true) },
        { e: node.otherwise, guards: under(node.condition, false) },
      );
    } else if (node.kind === "logical") {
      // Where one side decides, the other is nothing.
      const { left, right } = node;
      const isAnd = node.operator === "and";
      pending.push({ e: left, guards: under(right, isAnd) }, { e: right, guards: under(left, isAnd) });
    } else {
      if (node.kind === "compare") edges.push({ condition: node, guards });
      for (const part of partsOf(node)) pending.push({ e: part, guards });
    }
  }
  return edges;
}
