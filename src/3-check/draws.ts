// `V ~ uniform(-70 mV, -50 mV)`: distributions, their arguments and which dimension each has.
import { badDraw, drawOperator } from "../diagnostics/experiment.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { wrongArguments } from "../diagnostics/model.ts";
import { textOf } from "../base/source.ts";
import { wrongDimension } from "../diagnostics/units.ts";
import { DIMENSIONLESS, isDimensionless } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import type { Unit } from "../quantities/unit.ts";
import type { DrawName } from "../2-resolve/builtins.ts";
import type { ResolvedExpr } from "../2-resolve/resolved.ts";
import type { CheckedDraw, CheckedExpr } from "./checked.ts";
import type { Context } from "./context.ts";
import { evaluateNumber } from "./evaluate.ts";
import type { Values } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { measure } from "./measure.ts";
import { placeArguments } from "./arguments.ts";
import { isDimension, wordsOf } from "./sized.ts";
import type { Sort } from "./sized.ts";

interface Distribution {
  readonly names: readonly [string] | readonly [string, string];
  /** Where all arguments are pure numbers, whatever is drawn must be one. */
  readonly counts: boolean;
  readonly usage: string;
}

const DISTRIBUTIONS: Readonly<Record<DrawName, Distribution>> = {
  uniform: { names: ["low", "high"], counts: false, usage: "uniform(-70 mV, -50 mV)" },
  normal: { names: ["mean", "sd"], counts: false, usage: "normal(1 nS, 0.2 nS)" },
  lognormal: { names: ["mean", "sd"], counts: false, usage: "lognormal(mean: 1 nS, sd: 0.2 nS)" },
  gamma: { names: ["mean", "sd"], counts: false, usage: "gamma(mean: 1 nS, sd: 0.2 nS)" },
  exponential: { names: ["mean"], counts: false, usage: "exponential(5 ms)" },
  poisson: { names: ["mean"], counts: true, usage: "poisson(4)" },
  binomial: { names: ["n", "p"], counts: true, usage: "binomial(10, 0.5)" },
};

/** Null after telling what is wrong. `sort` is what the target takes. */
export function measureDraw(
  expr: ResolvedExpr,
  target: { readonly name: string; readonly sort: Sort; readonly unit: Unit },
  values: Values,
  context: Context,
): CheckedDraw | null {
  if (expr.kind === "missing") return null;
  if (expr.kind !== "call" || expr.callee.kind !== "draw") {
    context.say(
      drawOperator(expr.span, { problem: "value-after-tilde", name: target.name, at: null, inside: drawInside(expr) }),
    );
    return null;
  }
  const distribution = expr.callee.name;
  const { names, counts, usage } = DISTRIBUTIONS[distribution];
  const placed = placeArguments(expr.arguments, [...names, "min", "max"]);
  const unplaced =
    typeof placed === "string" ? placed : names.filter((n) => !placed.has(n)).map((n) => `lacks \`${n}\``)[0];
  const positional = expr.arguments.filter((a) => a.label === null).length;
  const problem =
    unplaced ??
    (positional > names.length
      ? `takes ${names.length} argument${names.length === 1 ? "" : "s"} by position; \`min:\` and \`max:\` are named`
      : undefined);
  if (typeof placed === "string" || problem !== undefined) {
    context.say(wrongArguments(expr.nameSpan, { name: distribution, problem: problem ?? "", usage }));
    return null;
  }
  const drawn: Dimension | null = counts ? DIMENSIONLESS : isDimension(target.sort) ? target.sort : null;
  const of = (name: string): CheckedExpr | null => {
    const argument = placed.get(name);
    if (argument === undefined) return null;
    const given = measure(argument.value, context);
    return drawn === null
      ? given.expr
      : expectDimension(
          given,
          { what: `\`${name}\` of \`${distribution}\``, dimension: drawn, unit: counts ? undefined : target.unit },
          context,
        ).expr;
  };
  const args = names.flatMap((n) => of(n) ?? []);
  const draw: CheckedDraw = {
    kind: "draw",
    distribution,
    arguments: args,
    min: of("min"),
    max: of("max"),
    origin: expr.span,
  };
  if (counts && isDimension(target.sort) && !isDimensionless(target.sort)) {
    const help = `\`${distribution}\` draws whole numbers without a unit; \`normal\`, \`lognormal\` and \`gamma\` draw quantities`;
    const actual = { span: expr.span, ...wordsOf(DIMENSIONLESS) };
    context.say(
      wrongDimension(expr.span, {
        what: `\`${target.name}\``,
        expected: wordsOf(target.sort, target.unit),
        example: "",
        actual,
        because: null,
        declared: [],
        waysOut: [{ help, fix: null }],
      }),
    );
  }
  proveSensible(draw, values, context);
  return draw;
}

/** `E_L + uniform(0 mV, 20 mV)` is `uniform(E_L + 0 mV, E_L + 20 mV)`. */
export function drawInside(expr: ResolvedExpr): { readonly name: string; readonly fix: Fix | null } | undefined {
  if (expr.kind === "negate") return drawInside(expr.operand);
  if (expr.kind !== "binary") return undefined;
  const isDraw = (e: ResolvedExpr): e is Extract<ResolvedExpr, { kind: "call" }> =>
    e.kind === "call" && e.callee.kind === "draw";
  const { left, right, operator } = expr;
  const draw = isDraw(left) ? left : isDraw(right) ? right : null;
  if (draw === null) return drawInside(left) ?? drawInside(right);
  const other = textOf((draw === left ? right : left).span);
  const args = draw.arguments.map((a) => (a.label === null ? textOf(a.value.span) : null));
  const moved = draw.name === "uniform" ? args.length : draw.name === "normal" ? 1 : 0;
  const [first] = args;
  if (moved === 0 || operator !== "+" || first === undefined || args.some((a) => a === null))
    return { name: draw.name, fix: null };
  const text = `${draw.name}(${args.map((a, k) => (k < moved ? (draw === left ? `${a ?? ""} + ${other}` : `${other} + ${a ?? ""}`) : a)).join(", ")})`;
  return {
    name: draw.name,
    fix: { title: `write \`${text}\``, edits: [{ span: expr.span, newText: text }], confidence: "likely" },
  };
}

/** What the defaults prove to be no distribution. */
function proveSensible(draw: CheckedDraw, values: Values, context: Context): void {
  const { distribution } = draw;
  const [a, b] = draw.arguments;
  const value = (e: CheckedExpr | null | undefined): number => (e == null ? NaN : (evaluateNumber(e, values) ?? NaN));
  const [first, second, min, max] = [a, b, draw.min, draw.max].map(value) as [number, number, number, number];
  const tell = (at: CheckedExpr | null | undefined, problem: string): void => {
    if (at != null)
      context.say(badDraw(at.origin, { problem: `in \`${distribution}\` ${problem}, not ${textOf(at.origin)}` }));
  };
  switch (distribution) {
    case "uniform":
      if (first > second) tell(b, "the upper bound must be above the lower one");
      break;
    case "normal":
      if (second < 0) tell(b, "the standard deviation must be 0 or more");
      break;
    case "lognormal":
    case "gamma":
      if (first <= 0) tell(a, "the mean must be positive");
      if (second < 0) tell(b, "the standard deviation must be 0 or more");
      break;
    case "exponential":
    case "poisson":
      if (first < 0) tell(a, "the mean must be 0 or more");
      break;
    case "binomial":
      if (first < 0 || (Number.isFinite(first) && !Number.isInteger(first)))
        tell(a, "the number of trials must be a whole number, 0 or more");
      if (second < 0 || second > 1) tell(b, "the probability must be between 0 and 1");
      break;
  }
  if (min > max) tell(draw.max, "`max` must be above `min`");
  if (distribution === "uniform" && (min > second || max < first))
    tell(min > second ? draw.min : draw.max, "the bounds must leave something of the range");
}
