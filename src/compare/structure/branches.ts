// Points at which every branch of two expressions is taken: that they agree elsewhere says nothing about a branch that no point has come into.
import { arithmetic, number, type Expr } from "../../algebra/expression.ts";
import { evaluate } from "../../algebra/evaluate.ts";
import { partsOf, symbolsOf } from "../../algebra/traverse.ts";
import { elementary } from "../../4-plan/elementary.ts";

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

/** Besides `points`, those that are tried anyway. `isFixed`: what is moved only where nothing else helps. */
export function branchesOf(e: Expr, points: readonly Point[], isFixed: (name: string) => boolean): readonly Point[] {
  const found: Point[] = [];
  for (const { condition, guards } of edgesOf(e)) {
    for (const holds of [true, false]) {
      const all = [...guards, { condition, holds }];
      let count = points.filter((at) => all.every((g) => isMet(g, at))).length;
      for (const from of count >= ENOUGH ? [] : points.slice(0, STARTS)) {
        const at = all.reduce<Point>((here, g) => towards(g, here, isFixed), from);
        if (!all.every((g) => isMet(g, at))) continue;
        found.push(at);
        if (++count >= ENOUGH) break;
      }
    }
  }
  return found;
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
    const moved =
      (value: number): Point =>
      (n) =>
        n === name ? value : at(n);
    const value = (x: number): number => evaluate(excess, moved(x), elementary);
    const reach = Math.max(1e-3, Math.abs(here));
    const slope = (value(here + reach / 64) - value(here)) / (reach / 64);
    const root = here - value(here) / slope;
    for (const start of Number.isFinite(root) ? [root, here] : [here]) {
      for (const by of [0.05, 0.3, 1, 8]) {
        for (const direction of [1, -1]) {
          const candidate = moved(start + direction * by * Math.max(reach, Math.abs(start)));
          if (isMet(guard, candidate)) return candidate;
        }
      }
    }
  }
  return at;
}

function edgesOf(e: Expr): readonly Edge[] {
  const edges: Edge[] = [];
  const seen = new Set<Expr>();
  const add = (a: Expr, b: Expr, guards: readonly Guard[]): void =>
    void edges.push({ condition: { kind: "compare", operator: ">", left: a, right: b }, guards });
  const pending: { readonly e: Expr; readonly guards: readonly Guard[] }[] = [{ e, guards: [] }];
  for (let visits = 0; pending.length > 0; visits++) {
    const { e: node, guards } = pending.pop() as (typeof pending)[number];
    if (visits > MOST_VISITS || edges.length > MOST_EDGES) break;
    // What has been looked into without any condition need not be looked into under one.
    if (seen.has(node)) continue;
    if (guards.length === 0) seen.add(node);
    if (node.kind === "conditional") {
      edges.push({ condition: node.condition, guards });
      pending.push(
        { e: node.condition, guards },
        { e: node.then, guards: [...guards, { condition: node.condition, holds: true }] },
        { e: node.otherwise, guards: [...guards, { condition: node.condition, holds: false }] },
      );
      continue;
    }
    if (node.kind === "call") {
      const [x, y, z] = node.arguments;
      if (x !== undefined && (node.function === "abs" || node.function === "sign" || node.function === "step"))
        add(x, number(0), guards);
      if (node.function === "min" || node.function === "max")
        node.arguments.forEach((a, k) => node.arguments.slice(k + 1).forEach((b) => add(a, b, guards)));
      if (node.function === "clamp" && x !== undefined && y !== undefined && z !== undefined) {
        add(x, y, guards);
        add(x, z, guards);
      }
    }
    for (const part of partsOf(node)) pending.push({ e: part, guards });
  }
  return edges;
}
