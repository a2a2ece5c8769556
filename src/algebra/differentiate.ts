// Derivatives as expressions.
import { assertNever, present } from "../base/invariant.ts";
import type { Expr } from "./expression.ts";
import { call, number } from "./expression.ts";
import { FUNCTIONS } from "./functions.ts";
import { either, isNumber, minus, negated, nought, over, plus, power, times, unity } from "./reals.ts";
import { foldExpr } from "./traverse.ts";

/**
 * ∂e/∂symbol, with neutral operands dropped and shared parts shared. Null where that is no expression: where the symbol is in a condition, or under a function that
 * has kinks or jumps (abs, sign, floor, ceil, round, min, max, clamp, step). A conditional is differentiated branch by branch. Of exprel(u) the derivative
 * (e^u - exprel(u))/u is given, which has a removable singularity at u = 0.
 */
export function differentiate(e: Expr, symbol: string): Expr | null {
  return foldExpr<Expr | null>(e, (node, parts) => {
    // No short cut around a part without derivative: 0*abs(x) has none either.
    const known: Expr[] = [];
    for (const part of parts) {
      if (part === null) return null;
      known.push(part);
    }
    return known.every((part) => part === nought) && node.kind !== "symbol" ? nought : derivative(node, known, symbol);
  });
}

/**
 * ∂e/∂symbol wherever there is one, as an expression that has a value everywhere else as well: at a kink it is the slope to one side, and a jump counts for nothing.
 * For Jacobians, which are asked where the state happens to be.
 */
export function slopeOf(e: Expr, symbol: string): Expr {
  return foldExpr<Expr>(e, (node, parts) => {
    if (parts.every((part) => part === nought) && node.kind !== "symbol") return nought;
    switch (node.kind) {
      case "compare":
      case "logical":
      case "not":
        return nought;
      case "conditional":
        return either(node.condition, present(parts[1], "branch"), present(parts[2], "branch"));
      case "call":
        return slopeOfCall(node, parts);
      default:
        return present(derivative(node, parts, symbol), `derivative of ${node.kind}`);
    }
  });
}

function slopeOfCall(e: Extract<Expr, { kind: "call" }>, slopes: readonly Expr[]): Expr {
  const of = FUNCTIONS[e.function];
  if (of.derivative === null) return of.slope(e.arguments, slopes);
  return times((of.computed ?? of.derivative)(present(e.arguments[0], "argument"), e), slopes[0] ?? nought);
}

/** `parts` are the derivatives of the operands. A derivative that is zero for want of the symbol is `nought` itself. */
function derivative(e: Expr, parts: readonly Expr[], symbol: string): Expr | null {
  const du = parts[0] ?? nought;
  const dv = parts[1] ?? nought;
  switch (e.kind) {
    case "number":
      return nought;
    case "symbol":
      return e.name === symbol ? unity : nought;
    case "negate":
      return negated(du);
    case "arithmetic": {
      const { left: u, right: v } = e;
      switch (e.operator) {
        case "+":
          return plus(du, dv);
        case "-":
          return minus(du, dv);
        case "*":
          return plus(times(du, v), times(u, dv));
        case "/":
          if (dv === nought) return over(du, v);
          return over(minus(times(du, v), times(u, dv)), power(v, number(2)));
        case "^":
          return derivativeOfPower(u, v, du, dv);
        default:
          return assertNever(e);
      }
    }
    case "call": {
      const outer = FUNCTIONS[e.function].derivative?.(present(e.arguments[0], "argument"), e);
      return outer === undefined ? null : times(outer, du);
    }
    case "conditional":
      return du === nought ? either(e.condition, dv, present(parts[2], "branch")) : null;
    // Jumps where the symbol crosses over.
    case "compare":
    case "logical":
    case "not":
      return null;
    default:
      return assertNever(e);
  }
}

/** (u^v)' = v·u^(v-1)·u' + u^v·log(u)·v' */
function derivativeOfPower(u: Expr, v: Expr, du: Expr, dv: Expr): Expr {
  const byBase = isNumber(v, 0) ? nought : times(times(v, power(u, minus(v, unity))), du);
  return dv === nought ? byBase : plus(byBase, times(times(power(u, v), call("log", u)), dv));
}
