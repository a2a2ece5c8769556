// How near a spike condition is to being true, as a number that has a slope: a - b for `a > b`.
import { arithmetic, call, type Expr } from "../algebra/expression.ts";

/** Above 0 where the condition holds, below where it does not, up to its edges; null where it says how far off nothing is: `a == b`, a flag. */
export function marginOf(condition: Expr): Expr | null {
  switch (condition.kind) {
    case "compare":
      switch (condition.operator) {
        case ">":
        case ">=":
          return arithmetic("-", condition.left, condition.right);
        case "<":
        case "<=":
          return arithmetic("-", condition.right, condition.left);
        default:
          return null;
      }
    case "logical": {
      const [left, right] = [marginOf(condition.left), marginOf(condition.right)];
      return left === null || right === null ? null : call(condition.operator === "and" ? "min" : "max", left, right);
    }
    case "not": {
      const inner = marginOf(condition.operand);
      return inner === null ? null : { kind: "negate", operand: inner };
    }
    default:
      return null;
  }
}
