// Conditions on the grid, each with its memory: when it becomes true, and when it may become so again.
import type { Expr } from "../algebra/expression.ts";
import { substitute, symbolsOf } from "../algebra/traverse.ts";
import type { AssignmentPlan } from "../4-plan/plan.ts";
import type { Kernel } from "./code.ts";
import { binary, constant, id, load, num, store, ternary, when } from "./construct.ts";
import { AT_EVENT, type PopulationEmitter } from "./population.ts";

/** An array of 0 and 1 in the pool: what was true when a neuron was last looked at. */
export interface Memory {
  readonly array: string;
  readonly condition: Expr;
}

/** Finds the neurons whose condition has become true since the step before, and remembers. */
export function detectFunction(
  e: PopulationEmitter,
  name: string,
  { array, condition: written }: Memory,
  title: string,
): Kernel {
  const condition = substitute(written, AT_EVENT);
  const body = e.block("loop", [condition]);
  const result = body.code(condition);
  body.push(
    constant("now", ternary(result, num(1), num(0))),
    { kind: "list", condition: binary(">", id("now"), load(array)), into: "found" },
    store(array, id("now")),
  );
  return {
    kind: "kernel",
    name,
    title: `${title}: when it becomes true`,
    over: "range",
    lists: "found",
    before: body.prelude(),
    body: body.statements,
  };
}

/** Finds the neurons for which the clock has come to an event. */
export function clockFunction(e: PopulationEmitter, name: string, written: Expr, title: string): Kernel {
  const condition = substitute(written, AT_EVENT);
  const body = e.block("loop", [condition]);
  body.push({ kind: "list", condition: body.code(condition), into: "found" });
  return {
    kind: "kernel",
    name,
    title,
    over: "range",
    lists: "found",
    before: body.prelude(),
    body: body.statements,
  };
}

/** Conditions that resets and events have made false can become true in the next step; null where none of them reads what is assigned. */
export function rearmFunction(
  e: PopulationEmitter,
  memories: readonly Memory[],
  assignments: readonly AssignmentPlan[],
): Kernel | null {
  const assigned = new Set(assignments.map((a) => a.state));
  const touched = memories.filter((m) => [...symbolsOf(m.condition)].some((s) => assigned.has(s)));
  if (touched.length === 0) return null;
  const conditions = touched.map((m) => substitute(m.condition, AT_EVENT));
  const body = e.block("loop", conditions);
  const results = conditions.map((condition) => body.code(condition));
  touched.forEach((m, k) =>
    body.push(when({ kind: "unary", operator: "!", operand: results[k] ?? num(0) }, [store(m.array, num(0))])),
  );
  return {
    kind: "kernel",
    name: "rearm",
    title: "What a reset or an event has made false can become true again.",
    over: "list",
    lists: "nowhere",
    before: body.prelude(),
    body: body.statements,
  };
}
