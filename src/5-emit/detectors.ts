// Conditions on the grid, each with its memory: when it becomes true, and when it may become so again.
import type { Expr } from "../algebra/expression.ts";
import { substitute, symbolsOf } from "../algebra/traverse.ts";
import type { AssignmentPlan } from "../4-plan/plan.ts";
import type { Parameter, Statement } from "./code.ts";
import {
  assign,
  at,
  binary,
  comment,
  constant,
  func,
  give,
  id,
  increment,
  loop,
  num,
  ternary,
  when,
} from "./construct.ts";
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
): Statement {
  const condition = substitute(written, AT_EVENT);
  const body = e.block("loop", [condition]);
  const result = body.code(condition);
  body.push(
    constant("now", ternary(result, num(1), num(0))),
    when(binary(">", id("now"), at(array, id("i"))), [assign(at("found", id("count")), id("i")), increment("count")]),
    assign(at(array, id("i")), id("now")),
  );
  const parameters: Parameter[] = [
    { name: "low", type: "number" },
    { name: "high", type: "number" },
    { name: "found", type: "Int32Array" },
  ];
  return func(name, parameters, "number", [
    comment(`${title}: when it becomes true`),
    ...body.prelude(),
    { kind: "let", name: "count", value: num(0) },
    loop("i", id("low"), id("high"), body.statements),
    give(id("count")),
  ]);
}

/** Conditions that resets and events have made false can become true in the next step; null where none of them reads what is assigned. */
export function rearmFunction(
  e: PopulationEmitter,
  memories: readonly Memory[],
  assignments: readonly AssignmentPlan[],
): Statement | null {
  const assigned = new Set(assignments.map((a) => a.state));
  const touched = memories.filter((m) => [...symbolsOf(m.condition)].some((s) => assigned.has(s)));
  if (touched.length === 0) return null;
  const conditions = touched.map((m) => substitute(m.condition, AT_EVENT));
  const body = e.block("loop", conditions);
  const results = conditions.map((condition) => body.code(condition));
  touched.forEach((m, k) =>
    body.push(
      when({ kind: "unary", operator: "!", operand: results[k] ?? num(0) }, [assign(at(m.array, id("i")), num(0))]),
    ),
  );
  const parameters: Parameter[] = [
    { name: "neurons", type: "Int32Array" },
    { name: "count", type: "number" },
  ];
  return func("rearm", parameters, "void", [
    comment("What a reset or an event has made false can become true again."),
    ...body.prelude(),
    loop("index", num(0), id("count"), [constant("i", at("neurons", id("index"))), ...body.statements]),
  ]);
}
