// What a neuron reads of its states' past, wherever it stands.
import type { CheckedExpr, CheckedNeuron } from "./checked.ts";
import { valuesOf } from "./readBy.ts";
import { visit } from "./walk.ts";

export type Past = Extract<CheckedExpr, { readonly kind: "past" }>;

/** Each `x(t - T)` of its text. */
export function pastsIn({
  equations,
  contributions,
  reset,
  events,
  spike,
  quantities,
}: CheckedNeuron): readonly Past[] {
  const found: Past[] = [];
  for (const root of [
    ...[...equations, ...contributions, ...(reset ?? []), ...events.flatMap((e) => e.assignments)].map((a) => a.value),
    ...events.map((e) => e.condition),
    ...(spike === null ? [] : [spike.value]),
    ...quantities.filter((q) => q.role === "let").flatMap(valuesOf),
  ])
    visit(root, (e) => (e.kind === "past" ? void found.push(e) : undefined));
  return found;
}

/** The state that is read. */
export function nameOfPast({ of }: Past): string {
  return of.kind === "quantity" ? of.quantity.name : "";
}
