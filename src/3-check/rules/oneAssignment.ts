// All assignments of one event take effect together: two to one state contradict each other.
import { assignedTwice } from "../../diagnostics/model.ts";
import { nameOf } from "../neuron.ts";
import type { ModelRule } from "./all.ts";
import { overlaps } from "./coverage.ts";

export const oneAssignment: ModelRule = ({ neuron, table }, say) => {
  for (const block of [neuron.reset ?? [], ...neuron.events.map((e) => e.assignments)]) {
    for (const [first, second] of overlaps(block, table)) say(assignedTwice(second.origin, { name: nameOf(second.target), first: first.origin }));
  }
};
