// Whether the seed of a plan matters: something in it is drawn.
import { assignedBy, assignedThrough, drawsIn, type SimulationPlan } from "../4-plan/plan.ts";
import { ruleOf } from "../runtime/rules.ts";

export function isRandom(plan: SimulationPlan): boolean {
  const drawn = ({ kind }: { readonly kind: string }): boolean => kind === "draw";
  return (
    plan.populations.some(
      (p) =>
        p.noises.length > 0 ||
        p.spike?.mode === "rate" ||
        p.source?.kind === "poisson" ||
        drawsIn(assignedBy(p)).length > 0 ||
        p.parameters.some((q) => drawn(q.value)) ||
        p.states.some((s) => drawn(s.initial)),
    ) ||
    plan.projections.some(
      (p) =>
        ruleOf(p.rule.kind).draws ||
        drawn(p.delay) ||
        p.values.some((v) => drawn(v.value)) ||
        drawsIn(assignedThrough(p)).length > 0,
    )
  );
}
