// A reset that leaves the spike condition true, where the defaults prove it: the neuron would spike in every step.
import { textOf } from "../../base/source.ts";
import { resetAbove } from "../../diagnostics/model.ts";
import { inUnit } from "../../quantities/unit.ts";
import { isDimensionless } from "../../quantities/dimension.ts";
import type { CheckedQuantity } from "../checked.ts";
import { defaults, evaluate, evaluateNumber } from "../evaluate.ts";
import type { ModelRule } from "./all.ts";

export const resetBelowThreshold: ModelRule = ({ neuron }, say) => {
  const { spike, reset } = neuron;
  if (spike?.mode !== "when" || reset === null) return;
  const before = defaults();
  const assigned = new Map<CheckedQuantity, number>();
  for (const { target, value } of reset) {
    const number = target.indices.length === 0 ? evaluateNumber(value, before) : null;
    if (number !== null) assigned.set(target.quantity, number);
  }
  if (evaluate(spike.value, defaults(assigned)) !== true) return;
  const values = [...assigned].map(([q, value]) => `\`${q.name}\` is ${inUnit(value, q.unit)}${isDimensionless(q.dimension) ? "" : ` ${q.unit.text}`} after it`);
  const first = reset.find((a) => assigned.has(a.target.quantity));
  if (first !== undefined) say(resetAbove(first.origin, { condition: textOf(spike.value.origin), values, spike: spike.value.origin }));
};
