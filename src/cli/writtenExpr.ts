// Expressions of a plan in the modeller's own names: `pre.x`, not the planner's symbol for it.
import { symbol, type Expr } from "../algebra/expression.ts";
import { printExpr } from "../algebra/print.ts";
import { substitute, symbolsOf } from "../algebra/traverse.ts";
import { writtenSymbol } from "../4-plan/symbols.ts";

export function writtenExpr(e: Expr): string {
  return printExpr(substitute(e, new Map([...symbolsOf(e)].map((s) => [s, symbol(writtenSymbol(s))]))));
}
