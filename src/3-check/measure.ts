// The dimension of every expression, bottom up, and the tree in canonical units that comes of it. One mistake, one message: what is unknown fits everywhere.
import { assertNever, present } from "../base/invariant.ts";
import { misplacedList } from "../diagnostics/indices.ts";
import { misplacedNoise } from "../diagnostics/noise.ts";
import { conditionNeeded, misplacedFunction, numberNeeded } from "../diagnostics/model.ts";
import { badExponent, mismatchedTerms } from "../diagnostics/units.ts";
import { DIMENSIONLESS, divide, equal, isDimensionless, multiply, NOISE, power, rational, rationalFromNumber, TIME } from "../quantities/dimension.ts";
import { phrase } from "../quantities/phrase.ts";
import type { ResolvedExpr } from "../2-resolve/resolved.ts";
import { measureCall } from "./measureCall.ts";
import { fileConstant, measureReference, valueOfIndex } from "./measureReference.ts";
import { measureNumber } from "./measureNumber.ts";
import { evaluateNumber, defaults } from "./evaluate.ts";
import type { Context } from "./context.ts";
import { isDimension, settle, side, sized, unknown } from "./sized.ts";
import type { Sized, Sort } from "./sized.ts";
import { declaredOf, waysOutOfTerms } from "./waysOut.ts";

export function measure(expr: ResolvedExpr, context: Context): Sized {
  if (context.calls.length > 0 && --context.budget.left < 0) return unknown(expr.span);
  const at = expr.span;
  switch (expr.kind) {
    case "number":
      return measureNumber(expr, context);
    case "array":
      context.say(misplacedList(at, { name: null }));
      return unknown(at);
    case "string":
      context.say(misplacedFunction(at, { name: "", kind: "text", fix: null }));
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
      return context.parameters.get(expr.name) ?? unknown(at);
    case "time":
      if (!context.place.time) return misplaced(expr, context, "t", "time");
      return sized(at, TIME, { kind: "time" }, 1);
    case "step":
      return sized(at, TIME, { kind: "step" }, 1);
    case "neuron":
      return sized(at, DIMENSIONLESS, { kind: "neuron" }, 1);
    case "pi":
      return sized(at, DIMENSIONLESS, { kind: "number", value: Math.PI }, 1);
    case "noise": {
      if (!context.place.noise) {
        context.say(misplacedNoise(at, { where: context.place.words }));
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
      const [left, right] = agree("compare", measure(expr.left, context), measure(expr.right, context), expr, context) ?? [];
      if (left === undefined || right === undefined) return unknown(at);
      const sort = left.sort === "unknown" || right.sort === "unknown" ? "unknown" : "condition";
      return sized(at, sort === "unknown" ? "condition" : sort, { kind: "comparison", operator: expr.operator, left: left.expr, right: right.expr }, left.size + right.size + 1);
    }
    case "conditional": {
      const when = condition(measure(expr.condition, context), "`if`", context);
      const branches = agree("choose between", measure(expr.then, context), measure(expr.otherwise, context), expr, context);
      if (branches === null) return unknown(at);
      const [then, otherwise] = branches;
      return sized(at, sortOfBoth(then, otherwise), { kind: "conditional", condition: when.expr, then: then.expr, otherwise: otherwise.expr }, when.size + then.size + otherwise.size + 1, then.unit ?? otherwise.unit);
    }
    case "call":
      return measureCall(expr, context, measure);
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
  return sized(node.span, "condition", { kind: "logical", operator: node.operator, left: a.expr, right: b.expr }, a.size + b.size + 1);
}

function binary(node: Extract<Chain, { kind: "binary" }>, left: Sized, right: Sized, context: Context): Sized {
  const { operator, span: at } = node;
  const build = (sort: Sort, a: Sized, b: Sized, unit?: Sized["unit"]): Sized =>
    sized(at, sort, { kind: "arithmetic", operator, left: a.expr, right: b.expr }, a.size + b.size + 1, unit);
  if (operator === "+" || operator === "-") {
    const terms = agree(operator === "+" ? "add" : "subtract", left, right, node, context);
    if (terms === null) return unknown(at);
    return build(sortOfBoth(...terms), ...terms, terms[0].unit ?? terms[1].unit);
  }
  if (!isNumber(left, context) || !isNumber(right, context)) return unknown(at);
  const [a, b] = [settle(left, DIMENSIONLESS), settle(right, DIMENSIONLESS)];
  if (operator === "^") return powerOf(node, a, b, context, build);
  if (!isDimension(a.sort) || !isDimension(b.sort)) return build("unknown", a, b);
  const keepsUnit = isDimensionless(b.sort) ? a.unit : operator === "*" && isDimensionless(a.sort) ? b.unit : undefined;
  return build(operator === "*" ? multiply(a.sort, b.sort) : divide(a.sort, b.sort), a, b, keepsUnit);
}

function powerOf(node: Extract<Chain, { kind: "binary" }>, base: Sized, exponent: Sized, context: Context, build: (sort: Sort, a: Sized, b: Sized) => Sized): Sized {
  const complain = (problem: "has-dimension" | "not-constant" | "not-rational"): Sized => {
    context.say(badExponent(exponent.expr.origin, { problem, base: side(base), exponent: side(exponent) }));
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
  if (expr.operand.kind === "number" && expr.operand.unit?.text === "degC") return measureNumber({ ...expr.operand, span: expr.span, text: `-${expr.operand.text}` }, context);
  const operand = measure(expr.operand, context);
  if (!isNumber(operand, context)) return unknown(expr.span);
  return sized(expr.span, operand.sort, { kind: "negate", operand: operand.expr }, operand.size + 1, operand.unit);
}

/** Two terms of one kind, a bare 0 adapted to the other; null after telling why they do not fit. */
export function agree(
  verb: "add" | "subtract" | "compare" | "choose between" | "take the extreme of" | "clamp", left: Sized, right: Sized, _node: unknown, context: Context,
): readonly [Sized, Sized] | null {
  const numbers = [isNumber(left, context), isNumber(right, context)];
  if (!numbers[0] || !numbers[1]) return null;
  if (isDimension(left.sort) && isDimension(right.sort)) {
    if (equal(left.sort, right.sort)) return [left, right];
    const ways = waysOutOfTerms(left, right, context);
    context.say(mismatchedTerms(right.expr.origin, { verb, left: side(left), right: side(right), declared: [...(isDimensionless(left.sort) ? declaredOf(left) : []), ...declaredOf(right)], waysOut: ways }));
    return null;
  }
  return [isDimension(right.sort) ? settle(left, right.sort) : left, isDimension(left.sort) ? settle(right, left.sort) : right];
}

/** Of two terms that agree. */
export function sortOfBoth(a: Sized, b: Sized): Sort {
  if (isDimension(a.sort)) return a.sort;
  if (isDimension(b.sort)) return b.sort;
  return a.sort === "unknown" || b.sort === "unknown" ? "unknown" : "zero";
}

/** False for a condition, which is told. */
export function isNumber(s: Sized, context: Context): boolean {
  if (s.sort !== "condition") return true;
  context.say(numberNeeded(s.expr.origin, { where: "in arithmetic" }));
  return false;
}

/** The same, or something unknown after telling that it is no condition. */
export function condition(s: Sized, where: string, context: Context): Sized {
  if (s.sort === "condition" || s.sort === "unknown") return s;
  const words = isDimension(s.sort) ? phrase(s.sort, isDimensionless(s.sort) ? undefined : s.unit) : "a pure number";
  context.say(conditionNeeded(s.expr.origin, { where, actual: words }));
  return unknown(s.expr.origin);
}

function misplaced(expr: ResolvedExpr, context: Context, name: string, kind: "time" | "neuron"): Sized {
  context.say(misplacedFunction(expr.span, { name, kind, fix: null }));
  return unknown(expr.span);
}

/** √ of a dimension, where there is one to take it of. */
export function rooted(sort: Sort): Sort {
  return isDimension(sort) ? power(sort, rational(1, 2)) : sort;
}
