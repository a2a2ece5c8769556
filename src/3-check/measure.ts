// The dimension of every expression, bottom up, and the tree in canonical units that comes of it. One mistake, one message: what is unknown fits everywhere.
import { assertNever, present } from "../base/invariant.ts";
import { misplacedList } from "../diagnostics/indices.ts";
import { misplacedNoise } from "../diagnostics/noise.ts";
import { misplacedFunction } from "../diagnostics/model.ts";
import { textOf } from "../base/source.ts";
import { badExponent, rateOrTime } from "../diagnostics/units.ts";
import {
  DIMENSIONLESS,
  divide,
  isDimensionless,
  multiply,
  NOISE,
  power,
  rationalFromNumber,
  TIME,
} from "../quantities/dimension.ts";
import type { ResolvedExpr } from "../2-resolve/resolved.ts";
import { agree, condition, isNumber, sortOfBoth } from "./agree.ts";
import { measureCall } from "./measureCall.ts";
import { fileConstant, measureEnd, measureReference, valueOfIndex } from "./measureReference.ts";
import { measurePast } from "./measurePast.ts";
import { measureNumber } from "./measureNumber.ts";
import { evaluateNumber, defaults } from "./evaluate.ts";
import type { Context } from "./context.ts";
import { measureLocal } from "./eventDraws.ts";
import { scales } from "./waysOut.ts";
import { saysDegrees } from "./temperature.ts";
import { isDimension, settle, side, sized, unknown } from "./sized.ts";
import type { Sized, Sort } from "./sized.ts";

export function measure(expr: ResolvedExpr, context: Context): Sized {
  if (context.calls.length > 0 && --context.budget.left < 0) return unknown(expr.span);
  const at = expr.span;
  switch (expr.kind) {
    case "number":
      return measureNumber(expr, context);
    case "array":
      context.say(misplacedList(at, { name: null, index: null }));
      return unknown(at);
    case "string":
      context.say(misplacedFunction(at, { name: "", kind: "text", where: context.place.words }));
      return unknown(at);
    case "quantity":
      return measureReference(expr, context);
    case "setup": {
      const known = present(context.setup.get(expr.name), expr.name);
      return sized(at, known.sort, { kind: "setup", quantity: known.quantity }, 1, known.quantity.unit);
    }
    case "constant":
      return { ...fileConstant(expr.key, context) };
    case "index":
      return valueOfIndex(expr.name, at, context);
    case "parameter":
      return parameterAt(expr, context);
    case "local": {
      const known = measureLocal(expr.local, context);
      // Of another name for a quantity it is told where that name is given.
      const isName = known.expr.kind === "quantity" || known.expr.kind === "end";
      return isName ? known : { ...known, expr: { ...known.expr, origin: at } };
    }
    case "time":
      if (!context.place.time) return misplaced(expr, context);
      return sized(at, TIME, { kind: "time" }, 1);
    case "step":
      return sized(at, TIME, { kind: "step" }, 1);
    case "neuron":
      return sized(at, DIMENSIONLESS, { kind: "neuron" }, 1);
    case "target":
      return sized(at, DIMENSIONLESS, { kind: "target" }, 1);
    case "end":
      return measureEnd(expr, context);
    case "pi":
      return sized(at, DIMENSIONLESS, { kind: "number", value: Math.PI }, 1);
    case "noise": {
      if (!context.place.noise) {
        context.say(
          misplacedNoise(at, {
            where: context.place.words,
            within: context.place.synapse ? "synapse" : context.place.stimuli ? "source" : "neuron",
          }),
        );
        return unknown(at);
      }
      if (expr.named !== null) return sized(at, NOISE, { kind: "noise", name: expr.named }, 1);
      const number = ++context.noise.count;
      return sized(at, NOISE, { kind: "noise", name: `ξ#${context.noise.name}${number === 1 ? "" : `#${number}`}` }, 1);
    }
    case "negate":
      return negated(expr, context);
    case "not": {
      const operand = condition(measure(expr.operand, context), "`not`", context);
      return sized(at, operand.sort, { kind: "not", operand: operand.expr }, operand.size + 1);
    }
    case "binary":
    case "logical":
      return measureChain(expr, context);
    case "comparison": {
      const [left, right] = agree("compare", measure(expr.left, context), measure(expr.right, context), context) ?? [];
      if (left === undefined || right === undefined) return unknown(at);
      const sort = left.sort === "unknown" || right.sort === "unknown" ? "unknown" : "condition";
      return sized(
        at,
        sort === "unknown" ? "condition" : sort,
        { kind: "comparison", operator: expr.operator, left: left.expr, right: right.expr },
        left.size + right.size + 1,
      );
    }
    case "conditional": {
      const when = condition(measure(expr.condition, context), "`if`", context);
      const branches = agree(
        "the branches of an `if`",
        measure(expr.then, context),
        measure(expr.otherwise, context),
        context,
      );
      if (branches === null) return unknown(at);
      const [then, otherwise] = branches;
      return sized(
        at,
        sortOfBoth(then, otherwise),
        { kind: "conditional", condition: when.expr, then: then.expr, otherwise: otherwise.expr },
        when.size + then.size + otherwise.size + 1,
        then.unit ?? otherwise.unit,
      );
    }
    case "past":
      return measurePast(expr, context);
    case "call":
      return measureCall(expr, context);
    case "missing":
      return unknown(at);
    default:
      return assertNever(expr);
  }
}

type Chain = Extract<ResolvedExpr, { kind: "binary" | "logical" }>;

/** Long sums and products lean to the left: walked along their spine. */
function measureChain(expr: Chain, context: Context): Sized {
  const spine: Chain[] = [];
  let leftmost: ResolvedExpr = expr;
  while (leftmost.kind === "binary" || leftmost.kind === "logical") {
    spine.push(leftmost);
    leftmost = leftmost.left;
  }
  let left = measure(leftmost, context);
  for (const node of spine.reverse()) {
    const right = measure(node.right, context);
    left = node.kind === "binary" ? binary(node, left, right, context) : logical(node, left, right, context);
  }
  return left;
}

function logical(node: Extract<Chain, { kind: "logical" }>, left: Sized, right: Sized, context: Context): Sized {
  const [a, b] = [condition(left, `\`${node.operator}\``, context), condition(right, `\`${node.operator}\``, context)];
  return sized(
    node.span,
    "condition",
    { kind: "logical", operator: node.operator, left: a.expr, right: b.expr },
    a.size + b.size + 1,
  );
}

function isSum(expr: ResolvedExpr): boolean {
  return expr.kind === "binary" && (expr.operator === "+" || expr.operator === "-");
}

function binary(node: Extract<Chain, { kind: "binary" }>, left: Sized, right: Sized, context: Context): Sized {
  const { operator, span: at } = node;
  const build = (sort: Sort, a: Sized, b: Sized, unit?: Sized["unit"]): Sized =>
    sized(at, sort, { kind: "arithmetic", operator, left: a.expr, right: b.expr }, a.size + b.size + 1, unit);
  if (operator === "+" || operator === "-") {
    const terms = agree(operator === "+" ? "add" : "subtract", left, right, context);
    // a sum of which something was told is of no kind, whatever is added to it
    if (terms === null || (left.sort === "unknown" && isSum(node.left))) return unknown(at);
    return build(sortOfBoth(...terms), ...terms, terms[0].unit ?? terms[1].unit);
  }
  if (!isNumber(left, context) || !isNumber(right, context)) return unknown(at);
  const [a, b] = [settle(left, DIMENSIONLESS), settle(right, DIMENSIONLESS)];
  if (operator === "/" && saysRateOrTime(node, context)) return unknown(at);
  if (saysDegrees(node, a, b, context.say)) return unknown(at);
  if (operator === "^") return powerOf(node, a, b, context, build);
  if (!isDimension(a.sort) || !isDimension(b.sort)) return build("unknown", a, b);
  const keepsUnit = isDimensionless(b.sort) ? a.unit : operator === "*" && isDimensionless(a.sort) ? b.unit : undefined;
  return build(operator === "*" ? multiply(a.sort, b.sort) : divide(a.sort, b.sort), a, b, keepsUnit);
}

/** `1/15 /ms`, `-x/15 /ms`: told, since hardly anybody means the time that it is. */
function saysRateOrTime({ left, right, span: at }: Extract<Chain, { kind: "binary" }>, context: Context): boolean {
  if (
    (left.kind === "number" && left.unit !== null) ||
    right.kind !== "number" ||
    !/^\/[^/*^]+$/u.test(right.unit?.text ?? "")
  )
    return false;
  // `x/(15 /ms)` says what it is
  if (/[()]/u.test(textOf({ ...at, start: left.span.end }).replace(/^\s*\)+/u, ""))) return false;
  context.say(
    rateOrTime(at, {
      written: textOf(at),
      above: textOf({ ...at, end: right.span.start }).trimEnd(),
      number: right.text,
      unit: (right.unit?.text ?? "").slice(1),
      at,
    }),
  );
  return true;
}

function powerOf(
  node: Extract<Chain, { kind: "binary" }>,
  base: Sized,
  exponent: Sized,
  context: Context,
  build: (sort: Sort, a: Sized, b: Sized) => Sized,
): Sized {
  const complain = (problem: "has-dimension" | "not-constant" | "not-rational"): Sized => {
    context.say(
      badExponent(exponent.expr.origin, {
        problem,
        base: side(base),
        exponent: side(exponent),
        waysOut: problem === "has-dimension" ? scales("^", exponent, context) : [],
      }),
    );
    return unknown(node.span);
  };
  if (isDimension(exponent.sort) && !isDimensionless(exponent.sort)) return complain("has-dimension");
  if (!isDimension(base.sort)) return build("unknown", base, exponent);
  if (isDimensionless(base.sort)) return build(DIMENSIONLESS, base, exponent);
  if (exponent.sort === "unknown") return build("unknown", base, exponent);
  const value = evaluateNumber(exponent.expr, defaults(new Map(), new Set(["const"])));
  if (value === null) return complain("not-constant");
  const fraction = rationalFromNumber(value);
  if (fraction === null || Math.abs(value) > 100) return complain("not-rational");
  return build(power(base.sort, fraction), base, exponent);
}

function negated(expr: Extract<ResolvedExpr, { kind: "negate" }>, context: Context): Sized {
  // The sign belongs to a temperature's number: -5 degC is 268.15 K.
  if (expr.operand.kind === "number" && expr.operand.unit?.text === "degC")
    return measureNumber({ ...expr.operand, span: expr.span, text: `-${expr.operand.text}` }, context);
  const operand = measure(expr.operand, context);
  if (!isNumber(operand, context)) return unknown(expr.span);
  return sized(expr.span, operand.sort, { kind: "negate", operand: operand.expr }, operand.size + 1, operand.unit);
}

/** What was given for a parameter, as if it stood where the parameter does: mistakes are about the function's text. */
function parameterAt(expr: Extract<ResolvedExpr, { kind: "parameter" }>, context: Context): Sized {
  const given = context.parameters.get(expr.name);
  return given === undefined ? unknown(expr.span) : { ...given, expr: { ...given.expr, origin: expr.span } };
}

function misplaced(expr: ResolvedExpr, context: Context): Sized {
  context.say(misplacedFunction(expr.span, { name: "t", kind: "time", where: context.place.words }));
  return unknown(expr.span);
}
