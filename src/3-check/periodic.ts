// `every 100 ms from 1 s to 5 s { … }`: events that go by the clock. Steps are counted, so that nothing drifts; the condition that they become is true at the end of each step in which they happen.
import type { Span } from "../base/source.ts";
import type { FunctionName } from "../algebra/expression.ts";
import { DIMENSIONLESS, TIME, type Dimension } from "../quantities/dimension.ts";
import type { ResolvedEvent, ResolvedExpr } from "../2-resolve/resolved.ts";
import type { CheckedEvent, CheckedExpr, CheckedExprShape } from "./checked.ts";
import type { Context } from "./context.ts";
import { expectDimension } from "./expect.ts";

type Every = NonNullable<CheckedEvent["every"]>;

/** All that says when an event happens. */
export function partsOfWhen({ condition, every }: Pick<ResolvedEvent, "condition" | "every">): readonly ResolvedExpr[] {
  return [condition, every?.from ?? null, every?.to ?? null].filter((e) => e !== null);
}

export function checkEvery(
  period: ResolvedExpr,
  { from, to }: NonNullable<ResolvedEvent["every"]>,
  context: Context,
): Every {
  const time = (expr: ResolvedExpr, what: string): CheckedExpr =>
    expectDimension(context.library.measure(expr, context), { what, dimension: TIME, example: "10 ms" }, context).expr;
  return {
    period: time(period, "the period of an event"),
    from: from === null ? null : time(from, "`from` of an event"),
    to: to === null ? null : time(to, "`to` of an event"),
  };
}

/** Expressions that stand nowhere in the text. */
function writing(origin: Span) {
  const made = (shape: CheckedExprShape, dimension = DIMENSIONLESS): CheckedExpr => ({ origin, dimension, ...shape });
  const of = (
    operator: "+" | "-" | "*" | "/",
    left: CheckedExpr,
    right: CheckedExpr,
    dimension?: Dimension,
  ): CheckedExpr => made({ kind: "arithmetic", operator, left, right }, dimension);
  const number = (value: number): CheckedExpr => made({ kind: "number", value });
  const call = (name: FunctionName, ...args: CheckedExpr[]): CheckedExpr =>
    made({ kind: "call", function: name, arguments: args });
  const dt = made({ kind: "step" }, TIME);
  return {
    made,
    of,
    number,
    call,
    dt,
    inSteps: (time: CheckedExpr): CheckedExpr => call("round", of("*", of("/", time, dt), number(AS_WRITTEN))),
  };
}

/** Decimals are meant as they are written: 0.15 ms are 2 steps of 0.1 ms, although their quotient is 1.4999999999999998. */
const AS_WRITTEN = 1 + 1e-12;

/** A period in whole steps, one at least; ms. */
export function wholePeriod(period: CheckedExpr): CheckedExpr {
  const { of, number, call, dt, inSteps } = writing(period.origin);
  return of("*", call("max", number(1), inSteps(period)), dt, TIME);
}

/** At the end of step n - 1, where t is n steps: n >= f and n < g and (n - f) is a whole number of periods. */
export function everyCondition({ period, from, to }: Every, origin: Span): CheckedExpr {
  const { made, of, number, call, dt, inSteps } = writing(origin);
  const compare = (operator: "<" | ">=", left: CheckedExpr, right: CheckedExpr): CheckedExpr =>
    made({ kind: "comparison", operator, left, right });
  const both = (left: CheckedExpr, right: CheckedExpr): CheckedExpr =>
    made({ kind: "logical", operator: "and", left, right });
  const n = call("round", of("/", made({ kind: "time" }, TIME), dt));
  const since = from === null ? n : of("-", n, inSteps(from));
  const steps = call("max", number(1), inSteps(period));
  const left = of("-", since, of("*", steps, call("floor", of("/", since, steps))));
  const due = compare("<", left, number(0.5));
  const begun = from === null ? due : both(compare(">=", since, number(-0.5)), due);
  return to === null ? begun : both(compare("<", n, of("-", inSteps(to), number(0.5))), begun);
}
