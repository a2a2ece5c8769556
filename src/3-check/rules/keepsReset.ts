// A child's `reset` takes the place of its parent's: what that brought back below the threshold is no longer brought back.
import { textOf } from "../../base/source.ts";
import { lostReset } from "../../diagnostics/model.ts";
import { visit } from "../walk.ts";
import type { ModelRule } from "./rule.ts";

export const resetsKeepTheParents: ModelRule = ({ neuron, resolved }, say) => {
  const { spike } = neuron;
  const [own, inherited] = [resolved.reset, resolved.parent?.reset];
  if (spike?.mode !== "when" || own === null || inherited == null || own.span.start === inherited.span.start) return;
  const crossing = new Set<string>();
  visit(spike.value, (e) => {
    if (e.kind === "quantity" && e.quantity.role === "state") crossing.add(e.quantity.name);
  });
  const kept = new Set(own.assignments.map((a) => a.target.name));
  const lost = inherited.assignments.find((a) => crossing.has(a.target.name) && !kept.has(a.target.name));
  const last = own.assignments[own.assignments.length - 1];
  if (lost === undefined) return;
  say(
    lostReset(own.span, {
      name: lost.target.name,
      parent: resolved.parent?.name ?? "",
      assignment: textOf(lost.span),
      at: lost.span,
      behind: last?.span ?? null,
    }),
  );
};
