// `V ~ uniform(-70 mV, -50 mV)`: distributions, their arguments and which dimension each has.
import { badDraw, drawOperator } from "../diagnostics/experiment.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { wrongArguments } from "../diagnostics/model.ts";
import { textOf } from "../base/source.ts";
import { wrongDimension } from "../diagnostics/units.ts";
import { DIMENSIONLESS, isDimensionless } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { exampleLiteral } from "../quantities/phrase.ts";
import type { Unit } from "../quantities/unit.ts";
import { distributionOf } from "../runtime/distributions.ts";
import type { ResolvedExpr } from "../2-resolve/resolved.ts";
import type { CheckedDraw, CheckedExpr } from "./checked.ts";
import type { Context } from "./context.ts";
import { evaluateNumber } from "./evaluate.ts";
import type { Values } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { placeArguments } from "./arguments.ts";
import { isDimension, wordsOf } from "./sized.ts";
import type { Sort } from "./sized.ts";

/** Null after telling what is wrong. `sort` is what the target takes. */
export function measureDraw(
  expr: ResolvedExpr,
  target: { readonly name: string; readonly sort: Sort; readonly unit: Unit; readonly inEvent?: boolean },
  values: Values,
  context: Context,
): CheckedDraw | null {
  if (expr.kind === "missing") return null;
  if (expr.kind !== "call" || expr.callee.kind !== "draw") {
    context.say(
      drawOperator(expr.span, {
        problem: "value-after-tilde",
        name: target.name,
        at: null,
        inside: drawInside(expr),
        inEvent: target.inEvent === true,
      }),
    );
    return null;
  }
  const distribution = expr.callee.name;
  const { arguments: taken, counts, usage, elsewhere } = distributionOf(distribution);
  const names = taken.map((a) => a.name);
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
    const say = expr.arguments.flatMap((a) => elsewhere?.[a.label?.name ?? ""] ?? [])[0];
    context.say(wrongArguments(expr.nameSpan, { name: distribution, problem: problem ?? "", usage, say }));
    return null;
  }
  const drawn: Dimension | null = counts ? DIMENSIONLESS : isDimension(target.sort) ? target.sort : null;
  const of = (name: string): CheckedExpr | null => {
    const argument = placed.get(name);
    if (argument === undefined) return null;
    const given = context.library.measure(argument.value, context);
    return drawn === null
      ? given.expr
      : expectDimension(
          given,
          {
            what: `\`${name}\` of \`${distribution}\``,
            dimension: drawn,
            unit: counts ? undefined : target.unit,
            // `-70 mV` is no standard deviation.
            ...(name === "sd" ? { example: exampleLiteral(drawn).replace("-", "") } : {}),
          },
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
    except: null,
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
  const moved = draw.callee.kind === "draw" ? distributionOf(draw.callee.name).moves : 0;
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
  const { arguments: taken, range } = distributionOf(draw.distribution);
  const value = (e: CheckedExpr | null): number => (e === null ? NaN : (evaluateNumber(e, values) ?? NaN));
  const given = draw.arguments.map(value);
  const [min, max] = [value(draw.min), value(draw.max)];
  const tell = (at: CheckedExpr | null | undefined, problem: string): void => {
    if (at != null)
      context.say(badDraw(at.origin, { problem: `in \`${draw.distribution}\` ${problem}, not ${textOf(at.origin)}` }));
  };
  taken.forEach(({ problem }, k) => {
    const found = problem(given[k] ?? NaN, given.slice(0, k));
    if (found !== null) tell(draw.arguments[k], found);
  });
  if (min > max) tell(draw.max, "`max` must be above `min`");
  const [least, most] = range(given);
  if (min > most || max < least) tell(min > most ? draw.min : draw.max, "the bounds must leave something of the range");
}
