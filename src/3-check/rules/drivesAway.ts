// The sign of a current: a conductance brings the membrane towards its reversal potential, g*(E - V). Elsewhere a current counts as positive that leaves the cell, g*(V - E), and is
// subtracted; added, it drives V away from E, the faster the further it is.
import { drivesAway } from "../../diagnostics/model.ts";
import { textOf } from "../../base/source.ts";
import { equal, VOLTAGE } from "../../quantities/dimension.ts";
import type { CheckedExpr, CheckedQuantity } from "../checked.ts";
import { defaults, evaluate } from "../evaluate.ts";
import type { Say } from "../context.ts";
import { isFixed, lossesIn, madeOf, ofLet } from "../losses.ts";
import type { Loss } from "../losses.ts";
import { visit } from "../walk.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";

export const currentsReturn: ModelRule = ({ neuron }, say) => {
  for (const { target, value } of neuron.equations) {
    const state = target.quantity;
    if (!equal(state.dimension, VOLTAGE) || state.indices.length > 0) continue;
    const isIt = (e: CheckedExpr): boolean => e.kind === "quantity" && e.quantity === state;
    // An adaptation that follows V brings back what a time constant alone would drive away: E-GLIF is written so.
    const isFollowed = neuron.equations.some((q) => q.target.quantity !== state && reads(q.value, state.name));
    tell(
      lossesIn(value, isIt, isFixed, (q) => madeOf(q, neuron), !isFollowed),
      say,
    );
  }
};

/** What a synapse gives to a neuron whose potential rises with that input. */
export const currentsReturnAtEnds: SynapseRule = ({ synapse, neurons }, say) => {
  for (const { target, value } of synapse.contributions) {
    const { end, quantity: input } = target;
    const neuron = end === null ? null : neurons[end];
    const equation = neuron?.equations.find(
      ({ target: { quantity }, value: side }) => equal(quantity.dimension, VOLTAGE) && reads(side, input.name),
    );
    if (neuron === null || equation === undefined) continue;
    const [without, one] = [0, 1].map((x) => {
      const known = new Map<CheckedQuantity, number>();
      for (const q of neuron.quantities) {
        if (q.role === "input") known.set(q, q.name === input.name ? x : 0);
        // The sign alone is asked for: a state need not be where it begins.
        if (q.role === "state") known.set(q, 1);
      }
      return evaluate(equation.value, defaults(known));
    });
    if (typeof without !== "number" || typeof one !== "number" || !(one > without)) continue;
    const name = equation.target.quantity.name;
    const isIt = (e: CheckedExpr): boolean => e.kind === "end" && e.end === end && e.quantity.name === name;
    // A gap junction draws its neuron towards the other one.
    const isRest = (e: CheckedExpr): boolean =>
      isFixed(e) || (e.kind === "end" && e.end !== end && equal(e.dimension, VOLTAGE));
    tell(lossesIn(value, isIt, isRest, ofLet), say);
  }
};

function tell(losses: readonly Loss[], say: Say): void {
  for (const { at, difference, potential, rest, drivesAway: isAway } of losses) {
    if (!isAway) continue;
    const [a, b] = [textOf(difference.left.origin), textOf(difference.right.origin)];
    say(
      drivesAway(at.origin, {
        text: textOf(at.origin),
        name: textOf(potential.origin),
        from: textOf(rest.origin),
        turned: textOf(difference.origin).startsWith("(") ? `(${b} - ${a})` : `${b} - ${a}`,
        at: difference.origin,
      }),
    );
  }
}

function reads(root: CheckedExpr, name: string): boolean {
  let found = false;
  visit(root, (e) => {
    found ||= e.kind === "quantity" && e.quantity.name === name;
  });
  return found;
}
