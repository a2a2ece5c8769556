// Conductances below 0: elsewhere the sign of a weight makes a synapse inhibitory; here, as in the cell, its reversal potential does.
import { textOf } from "../../base/source.ts";
import { negativeConductance } from "../../diagnostics/network.ts";
import { CONDUCTANCE, equal, VOLTAGE } from "../../quantities/dimension.ts";
import type { CheckedExperiment, CheckedExpr, CheckedProjection, CheckedQuantity, CheckedSynapse } from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, evaluateNumber } from "../evaluate.ts";
import { isFixed, lossesIn, ofLet } from "../losses.ts";
import { visit } from "../walk.ts";

export function weightsNotNegative({ projections }: CheckedExperiment, say: Say): void {
  for (const { settings, synapse } of projections)
    for (const { target, value } of settings) {
      if (target.quantity.role !== "weight" || !equal(target.quantity.dimension, CONDUCTANCE)) continue;
      const given = value.kind === "expression" ? value.expression : null;
      if (given?.kind !== "negate" || given.operand.kind !== "number" || given.operand.value <= 0) continue;
      const reversal = reversalOf(target.quantity.name, synapse);
      if (reversal === null) continue;
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

/**
 * The potential towards which a weight draws a neuron, w*(E - post.V); null where it does not. Times a difference that is not the neuron's own, as of graded
 * release, a negative weight inhibits; between two neurons, as at a gap junction, it repels, and may be meant.
 */
function reversalOf(weight: string, synapse: CheckedSynapse): CheckedQuantity | null {
  const follows = followersOf(weight, synapse);
  for (const { target, value } of synapse.contributions) {
    const isPotential = (e: CheckedExpr): boolean =>
      e.kind === "end" && e.end === target.end && equal(e.dimension, VOLTAGE);
    for (const { rest, scales, drivesAway } of lossesIn(value, isPotential, isFixed, ofLet))
      if (!drivesAway && rest.kind === "quantity" && scales.some((e) => readsAny(e, follows))) return rest.quantity;
  }
  return null;
}

/** The weight, and what it moves: what arrivals and equations make of it. */
function followersOf(weight: string, synapse: CheckedSynapse): ReadonlySet<string> {
  const { quantities, onPre, onPost, equations } = synapse;
  const made = [
    ...[...onPre, ...onPost, ...equations].map(({ target, value }) => ({ name: target.quantity.name, value })),
    ...quantities.flatMap((q) => ofLet(q).map((value) => ({ name: q.name, value }))),
  ];
  const follows = new Set([weight]);
  for (let size = 0; size < follows.size;) {
    size = follows.size;
    for (const { name, value } of made) if (readsAny(value, follows)) follows.add(name);
  }
  return follows;
}

function readsAny(root: CheckedExpr, names: ReadonlySet<string>): boolean {
  let found = false;
  visit(root, (e) => {
    found ||= e.kind === "quantity" && names.has(e.quantity.name);
  });
  return found;
}

/** mV; a potential below it inhibits. */
const REST = -60;

function potentialIn(settings: CheckedProjection["settings"], reversal: CheckedQuantity): number | null {
  const value = settings.findLast((s) => s.target.quantity.name === reversal.name)?.value ?? reversal.value;
  return value?.kind === "expression" ? evaluateNumber(value.expression, defaults()) : null;
}
