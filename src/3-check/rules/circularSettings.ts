// What is set is computed once, before the run: settings and the defaults that they leave in force must not lead back to themselves.
import type { Span } from "../../base/source.ts";
import { cycle } from "../../diagnostics/names.ts";
import type { CheckedExpr, CheckedQuantity, CheckedSetting, CheckedTarget } from "../checked.ts";
import { nameOf } from "../measureReference.ts";
import { inOrder } from "../order.ts";
import { drawParts, visit } from "../walk.ts";
import type { ExperimentRule } from "./rule.ts";

export const settingsAreNotCircular: ExperimentRule = ({ populations, projections }, say) => {
  const settable = [
    ...populations.map((p) => ({ quantities: p.neuron.quantities, settings: p.settings })),
    ...projections.map((p) => ({ quantities: p.synapse.quantities, settings: p.settings })),
  ];
  for (const population of settable) {
    const settings = new Map<string, CheckedSetting[]>();
    for (const s of population.settings)
      settings.set(s.target.quantity.name, [...(settings.get(s.target.quantity.name) ?? []), s]);
    if (settings.size === 0) continue;
    const read = readsOf(population, settings);
    for (const names of inOrder(read.keys(), (name) => read.get(name) ?? []).cycles) {
      // Circles of declarations alone have been told at the model.
      const parts = names
        .flatMap((name) => settings.get(name)?.slice(-1) ?? [])
        .sort((a, b) => population.settings.indexOf(b) - population.settings.indexOf(a));
      // Told at the last of them: the experiment's rather than the network's.
      const [first, ...others] = parts.map((s): { readonly name: string; readonly at: Span } => ({
        name: s.target.quantity.name,
        at: s.origin,
      }));
      if (first === undefined) continue;
      const start = names.indexOf(first.name);
      say(
        cycle(first.at, { names: [...names.slice(start), ...names.slice(0, start)], what: "the setting of", others }),
      );
    }
  }
};

interface Settable {
  readonly quantities: readonly CheckedQuantity[];
  readonly settings: readonly CheckedSetting[];
}

/** For each quantity, those that its value in this population is made of. */
function readsOf(
  { quantities }: Settable,
  settings: ReadonlyMap<string, readonly CheckedSetting[]>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    quantities.flatMap((q) => {
      if (q.role === "input") return [];
      const own = settings.get(q.name) ?? [];
      const replaced = own.some((s) => s.target.indices.every((i) => i.kind === "index"));
      const names = new Set<string>();
      const add = (expr: CheckedExpr, target: CheckedTarget | null): void =>
        visit(expr, (e) => {
          if (e.kind !== "quantity" || e.quantity.role === "input") return;
          // One element may be made of another: `k[1] = 2*k[2]`.
          const otherElement =
            target !== null &&
            e.quantity.name === q.name &&
            nameOf({ quantity: q, indices: e.indices, end: null }) !== nameOf(target);
          if (!otherElement) names.add(e.quantity.name);
        });
      if (!replaced) for (const expr of expressionsIn(q.value)) add(expr, null);
      for (const s of own) for (const expr of expressionsIn(s.value)) add(expr, s.target);
      return [[q.name, [...names]] as const];
    }),
  );
}

function expressionsIn(value: CheckedSetting["value"] | null): readonly CheckedExpr[] {
  if (value === null) return [];
  if (value.kind === "draw") return drawParts(value);
  return value.kind === "expression" ? [value.expression] : value.elements;
}
