// All assignments of one event take effect together: two to one state contradict each other.
import { assignedTwice } from "../../diagnostics/model.ts";
import { nameOf } from "../measureReference.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";
import { overlaps } from "./coverage.ts";
import type { Blocks } from "./coverage.ts";

export const oneAssignment: ModelRule = ({ neuron, table }, say) => {
  assignedOnce({ blocks: [neuron.reset ?? [], ...neuron.events.map((e) => e.assignments)], table }, say);
};

export const oneAssignmentOfSynapse: SynapseRule = ({ synapse, table }, say) => {
  assignedOnce({ blocks: [synapse.onPre, synapse.onPost], table }, say);
};

function assignedOnce({ blocks, table }: Blocks, say: Parameters<ModelRule>[1]): void {
  for (const block of blocks) {
    for (const [first, second] of overlaps(block, table))
      say(assignedTwice(second.origin, { name: nameOf(second.target), first: first.origin }));
  }
}
