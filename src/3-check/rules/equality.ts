// `spike when V == Θ`: what changes continuously is hardly ever equal to a value at the end of a step. In the `if` of an equation, equality guards singular points: nothing is said of it.
import { isCallThat } from "../../algebra/functions.ts";
import { textOf } from "../../base/source.ts";
import type { Span } from "../../base/source.ts";
import { exactEquality, THE_TIME } from "../../diagnostics/model.ts";
import type { CheckedExpr } from "../checked.ts";
import { shortName } from "../measureReference.ts";
import { childrenOf, visit } from "../walk.ts";
import type { ModelRule } from "./rule.ts";

export const noExactEquality: ModelRule = ({ neuron }, say) => {
  const continuous = new Set(neuron.equations.map((e) => e.target.quantity.name));
  /** The time or a state with an equation, through lets; null for what changes in jumps or not at all. */
  const movingIn = (expr: CheckedExpr, seen: Set<string>): string | null => {
    let found: string | null = null;
    visit(
      expr,
      (e) => {
        if (found !== null) return;
        if (e.kind === "time") found = THE_TIME;
        if (e.kind !== "quantity" || seen.has(e.quantity.name)) return;
        seen.add(e.quantity.name);
        if (continuous.has(e.quantity.name)) found = `\`${shortName(e.quantity.name)}\``;
        else if (e.quantity.role === "let" && e.quantity.value?.kind === "expression")
          found = movingIn(e.quantity.value.expression, seen);
      },
      continuousIn,
    );
    return found;
  };
  const conditions = [
    ...(neuron.spike?.mode === "when" ? [neuron.spike.value] : []),
    ...neuron.events.flatMap((e) => (e.every === null ? [e.condition] : [])),
  ];
  for (const condition of conditions) {
    visit(condition, (e) => {
      if (e.kind !== "comparison" || (e.operator !== "==" && e.operator !== "!=")) return;
      const seen = new Set<string>();
      const what = movingIn(e.left, seen) ?? movingIn(e.right, seen);
      if (what === null) return;
      const at = operatorIn(e.origin, e.left.origin.end);
      const instead =
        textOf({ ...e.origin, end: at.start }) +
        (e.operator === "==" ? ">=" : ">") +
        textOf({ ...e.origin, start: at.end });
      say(exactEquality(e.origin, { condition: textOf(e.origin), what, operator: e.operator, instead, at }));
    });
  }
};

/** What makes a value continuous: `floor(10*x) == 5`, `max(x, 0) == 0` and what an `if` chooses last for a while. */
function continuousIn(e: CheckedExpr): readonly CheckedExpr[] {
  return e.kind === "conditional" || isCallThat("lasting", e) ? [] : childrenOf(e);
}

/** `==`, `!=` or `≠` between the two sides; parentheses may stand before it. */
function operatorIn(whole: Span, leftEnd: number): Span {
  const { source } = whole;
  const found = /==|!=|≠/.exec(source.text.slice(leftEnd, whole.end));
  const start = leftEnd + (found?.index ?? 0);
  return { source, start, end: start + (found?.[0].length ?? 0) };
}
