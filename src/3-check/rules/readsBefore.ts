// A reset that reads below what it assigns above: it reads the value before the event, which who thinks in statements may not expect.
import { readsBefore } from "../../diagnostics/model.ts";
import type { ModelRule } from "./all.ts";
import { visit } from "../walk.ts";

export const readsBeforeEvent: ModelRule = ({ neuron }, say) => {
  for (const block of [neuron.reset ?? [], ...neuron.events.map((e) => e.assignments)]) {
    for (const [k, assignment] of block.entries()) {
      const above = new Map(block.slice(0, k).map((a) => [a.target.quantity.name, a]));
      // Its own value before the event is what an assignment such as w <- w + b means.
      above.delete(assignment.target.quantity.name);
      if (above.size === 0) continue;
      visit(assignment.value, (e) => {
        const written = e.kind === "quantity" ? above.get(e.quantity.name) : undefined;
        if (written !== undefined && e.kind === "quantity") say(readsBefore(e.origin, { name: e.quantity.name, written: written.origin }));
      });
    }
  }
};
