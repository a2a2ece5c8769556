// `floor(t/T)`: where the time is a multiple of T the quotient may lie a rounding below the whole number, and what should jump there jumps a step late.
import { isCallThat } from "../../algebra/functions.ts";
import { textOf } from "../../base/source.ts";
import { wholePartOfTime } from "../../diagnostics/model.ts";
import type { CheckedExperiment, CheckedExpr } from "../checked.ts";
import type { Say } from "../context.ts";
import { visit } from "../walk.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";
import { valuesOf } from "./division.ts";

export const noWholePartOfTime: ModelRule = ({ neuron }, say) =>
  askAll([...valuesOf(neuron), ...neuron.events.flatMap((e) => (e.every === null ? [e.condition] : []))], say);

export const noWholePartOfTimeInSynapse: SynapseRule = ({ synapse }, say) => askAll(valuesOf(synapse), say);

/** The same of stimuli. */
export function noWholePartInSettings(experiment: CheckedExperiment, say: Say): void {
  askAll(
    [...experiment.populations, ...experiment.projections].flatMap((p) =>
      p.settings.flatMap((s) => (s.value.kind === "expression" ? [s.value.expression] : [])),
    ),
    say,
  );
}

function askAll(roots: readonly CheckedExpr[], say: Say): void {
  for (const root of roots) {
    visit(root, (e) => {
      if (e.kind !== "call" || !isCallThat("whole", e)) return;
      const [of] = e.arguments;
      if (
        of === undefined ||
        !mentions(of, "time") ||
        isMovedAside(of) ||
        (e.function === "round" && mentions(of, "step"))
      )
        return;
      say(wholePartOfTime(e.origin, { written: textOf(e.origin), name: e.function }));
    });
  }
}

/** Also through lets. */
function mentions(expr: CheckedExpr, kind: "time" | "step"): boolean {
  const seen = new Set<string>();
  const stack = [expr];
  let found = false;
  for (let next = stack.pop(); next !== undefined && !found; next = stack.pop()) {
    visit(next, (e) => {
      if (e.kind === kind) found = true;
      if (
        e.kind !== "quantity" ||
        e.quantity.role !== "let" ||
        e.quantity.value?.kind !== "expression" ||
        seen.has(e.quantity.name)
      )
        return;
      seen.add(e.quantity.name);
      stack.push(e.quantity.value.expression);
    });
  }
  return found;
}

/** `t + dt/2`: no time of the grid comes near to a multiple. */
function isMovedAside(expr: CheckedExpr): boolean {
  let found = false;
  visit(expr, (e) => {
    if (e.kind !== "arithmetic" || (e.operator !== "+" && e.operator !== "-")) return;
    found ||=
      (mentions(e.left, "time") && mentions(e.right, "step")) ||
      (mentions(e.right, "time") && mentions(e.left, "step"));
  });
  return found;
}
