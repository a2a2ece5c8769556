// `reset` and `refractory` follow a spike: there must be one.
import { span } from "../../base/source.ts";
import { withoutSpike } from "../../diagnostics/model.ts";
import type { ResolvedModel } from "../../2-resolve/resolved.ts";
import type { ModelRule } from "./rule.ts";

export const resetNeedsSpike: ModelRule = ({ resolved }, say) => {
  if (resolved.kind !== "neuron" || resolved.spike !== null || resolved.damaged) return;
  const follows = resolved.reset ?? resolved.refractory;
  if (follows === null) return;
  const { source, start } = follows.span;
  const condition = conditionOf(resolved);
  say(
    withoutSpike(follows.span, {
      what: resolved.reset === null ? "`refractory`" : "`reset`",
      meant: condition === null ? null : { condition, at: span(source, start, start) },
    }),
  );
};

/** `V > V_th`, where the model has a voltage and one threshold by their usual names. */
function conditionOf({ quantities }: ResolvedModel): string | null {
  const names = (role: string, like: RegExp): string[] =>
    [...quantities.values()].filter((q) => q.role === role && like.test(q.name)).map((q) => q.name);
  const [voltages, thresholds] = [
    names("state", /^[vV](?:_?m)?$/u),
    names("param", /^(?:[vV]_?(?:th|T)\p{Ll}*|Θ|θ|thresh\p{Ll}*)$/u),
  ];
  const [v, θ] = [voltages[0], thresholds[0]];
  return v === undefined || θ === undefined || voltages.length + thresholds.length > 2 ? null : `${v} > ${θ}`;
}
