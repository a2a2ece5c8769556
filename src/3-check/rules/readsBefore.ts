// A reset that reads below what it assigns above: it reads the value before the event, which who thinks in statements may not expect.
import { textOf } from "../../base/source.ts";
import type { Span } from "../../base/source.ts";
import { readsBefore } from "../../diagnostics/model.ts";
import type { CheckedAssignment } from "../checked.ts";
import type { Say } from "../context.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";
import { ownerName } from "./coverage.ts";
import { visit } from "../walk.ts";

export const readsBeforeEvent: ModelRule = ({ neuron }, say) => {
  for (const block of [neuron.reset ?? [], ...neuron.events.map((e) => e.assignments)]) ask(block, say);
};

export const readsBeforeArrival: SynapseRule = ({ synapse }, say) => {
  for (const block of [synapse.onPre, synapse.onPost]) ask(block, say);
};

/** `let d = V; V <- 0; x <- d`: who names a value before it changes means that one. */
function isNamedAbove(read: Span, named: readonly Span[], written: Span): boolean {
  return named.some((n) => n.start <= read.start && read.end <= n.end && n.end <= written.start);
}

/** Once for each state that is read so. */
function ask(block: readonly CheckedAssignment[], say: Say): void {
  const told = new Set<string>();
  for (const [k, assignment] of block.entries()) {
    const above = new Map(block.slice(0, k).map((a) => [ownerName(a.target), a]));
    // Its own value before the event is what an assignment such as w <- w + b means.
    above.delete(ownerName(assignment.target));
    if (above.size === 0) continue;
    visit(assignment.value, (e) => {
      if (e.kind !== "quantity" && e.kind !== "end") return;
      const name = ownerName({ quantity: e.quantity, end: e.kind === "end" ? e.end : null });
      const written = above.get(name);
      if (written === undefined || told.has(name) || isNamedAbove(e.origin, assignment.named, written.origin)) return;
      told.add(name);
      const after = textOf(written.value.origin);
      const isDrawn = written.value.kind === "drawn" && written.value.drawn.of !== "local";
      const value = isDrawn ? null : /^[\p{L}\p{N}_.]+$/u.test(after) ? after : `(${after})`;
      say(readsBefore(e.origin, { name, written: written.origin, value }));
    });
  }
}
