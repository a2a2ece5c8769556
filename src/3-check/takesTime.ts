// Whether anything travels through a synapse, so that a delay means something: spikes, or what changes of the neuron at the other end.
import type { CheckedExpr, CheckedSynapse, End } from "./checked.ts";
import { valuesOf } from "./readBy.ts";
import { childrenOf, visit } from "./walk.ts";

/** Spikes that do something where they arrive, or a contribution or equation that reads a state, a let or an input of the other end. */
export function takesTime({ onPre, equations, contributions }: CheckedSynapse): boolean {
  return (
    onPre.length > 0 ||
    [...equations, ...contributions].some(({ target, value }) => readsEnd(value, target.end === "pre" ? "post" : "pre"))
  );
}

function readsEnd(root: CheckedExpr, end: End): boolean {
  let found = false;
  visit(
    root,
    (e) => {
      if (e.kind === "end" && e.end === end && e.quantity.role !== "param" && e.quantity.role !== "const") found = true;
    },
    (e) => (e.kind === "quantity" && e.quantity.role === "let" ? valuesOf(e.quantity) : childrenOf(e)),
  );
  return found;
}
