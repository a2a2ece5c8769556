// `reset` and `refractory` follow a spike: there must be one.
import { withoutSpike } from "../../diagnostics/model.ts";
import type { ModelRule } from "./rule.ts";

export const resetNeedsSpike: ModelRule = ({ resolved }, say) => {
  if (resolved.kind !== "neuron" || resolved.spike !== null || resolved.damaged) return;
  if (resolved.reset !== null) say(withoutSpike(resolved.reset.span, { what: "`reset`" }));
  if (resolved.refractory !== null) say(withoutSpike(resolved.refractory.span, { what: "`refractory`" }));
};
