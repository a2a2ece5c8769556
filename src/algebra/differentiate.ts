// Derivatives as expressions.
import { assertNever, present } from "../base/invariant.ts";
import type { Expr } from "./expression.ts";
import { call, number } from "./expression.ts";
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
        return (
          slopeOfFunction(node, parts) ?? present(derivative(node, parts, symbol), `derivative of ${node.function}`)
        );
      default:
        return present(derivative(node, parts, symbol), `derivative of ${node.kind}`);
    }
  });
}

/** What `derivative` knows nothing of, or not everywhere; null for all others. */
function slopeOfFunction(e: Extract<Expr, { kind: "call" }>, parts: readonly Expr[]): Expr | null {
  const [u = nought, v = nought, w = nought] = e.arguments;
  const [du = nought, dv = nought, dw = nought] = parts;
  const below = (a: Expr, b: Expr): Expr => ({ kind: "compare", operator: "<", left: a, right: b });
  switch (e.function) {
    case "abs":
      return times(call("sign", u), du);
    case "min":
      return either(below(u, v), du, dv);
    case "max":
      return either(below(u, v), dv, du);
    case "clamp":
      return either(below(u, v), dv, either(below(w, u), dw, du));
    case "sign":
    case "step":
    case "floor":
    case "ceil":
    case "round":
      return nought;
    case "exprel":
      // Near 0 the quotient has lost its digits; the series has them.
      return times(
        either(
          below(call("abs", u), number(0.001)),
          plus(number(0.5), over(u, number(3))),
          over(minus(call("exp", u), e), u),
        ),
        du,
      );
    default:
      return null;
  }
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
      const outer = derivativeOfFunction(e);
      return outer && times(outer, du);
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

/** Derivative with respect to the function's one argument. */
function derivativeOfFunction(e: Extract<Expr, { kind: "call" }>): Expr | null {
  const u = present(e.arguments[0], "argument");
  const square = (x: Expr): Expr => power(x, number(2));
  switch (e.function) {
    case "exp":
      return e;
    case "expm1":
      return call("exp", u);
    case "log":
      return over(unity, u);
    case "log1p":
      return over(unity, plus(unity, u));
    case "log10":
      return over(unity, times(u, call("log", number(10))));
    case "sqrt":
      return over(unity, times(number(2), e));
    case "exprel":
      return over(minus(call("exp", u), e), u);
    case "sin":
      return call("cos", u);
    case "cos":
      return negated(call("sin", u));
    case "tan":
      return plus(unity, square(e));
    case "asin":
      return over(unity, call("sqrt", minus(unity, square(u))));
    case "acos":
      return over(number(-1), call("sqrt", minus(unity, square(u))));
    case "atan":
      return over(unity, plus(unity, square(u)));
    case "sinh":
      return call("cosh", u);
    case "cosh":
      return call("sinh", u);
    case "tanh":
      return minus(unity, square(e));
    case "abs":
    case "sign":
    case "floor":
    case "ceil":
    case "round":
    case "min":
    case "max":
    case "clamp":
    case "step":
      return null;
    default:
      return assertNever(e.function);
  }
}
