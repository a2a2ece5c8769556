// Conductances below 0: elsewhere the sign of a weight makes a synapse inhibitory; here, as in the cell, its reversal potential does.
import { textOf } from "../../base/source.ts";
import { negativeConductance } from "../../diagnostics/network.ts";
import { CONDUCTANCE, equal, VOLTAGE } from "../../quantities/dimension.ts";
import type { CheckedExperiment, CheckedProjection, CheckedQuantity } from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, evaluateNumber } from "../evaluate.ts";

export function weightsNotNegative({ projections }: CheckedExperiment, say: Say): void {
  for (const { settings, synapse } of projections)
    for (const { target, value } of settings) {
      if (target.quantity.role !== "weight" || !equal(target.quantity.dimension, CONDUCTANCE)) continue;
      const given = value.kind === "expression" ? value.expression : null;
      if (given?.kind !== "negate" || given.operand.kind !== "number" || given.operand.value <= 0) continue;
      // Between potentials alone, as at a gap junction, a negative coupling repels: it may be meant.
      const reversal = synapse.quantities.find((q) => q.role === "param" && equal(q.dimension, VOLTAGE));
      if (reversal === undefined) continue;
      say(
        negativeConductance(given.origin, {
          text: textOf(given.origin),
          name: target.quantity.name,
          meant: textOf(given.operand.origin),
          reversal: reversal.name,
          inhibits: (potentialIn(settings, reversal) ?? 0) < REST,
          at: given.origin,
        }),
      );
    }
}

/** mV; a potential below it inhibits. */
const REST = -60;

function potentialIn(settings: CheckedProjection["settings"], reversal: CheckedQuantity): number | null {
  const value = settings.findLast((s) => s.target.quantity.name === reversal.name)?.value ?? reversal.value;
  return value?.kind === "expression" ? evaluateNumber(value.expression, defaults()) : null;
}
