// Expressions of a plan in the modeller's own names: `pre.x`, not the planner's symbol for it.
import type { Expr } from "../algebra/expression.ts";
import { GLIF, printExpr } from "../algebra/print.ts";
import { writtenSymbol } from "../4-plan/symbols.ts";

export function writtenExpr(e: Expr): string {
  return printExpr(e, { ...GLIF, symbol: writtenSymbol });
}
