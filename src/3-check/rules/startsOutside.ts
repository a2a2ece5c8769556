// A state or weight that begins outside of what its own events keep it in: the first of them moves it to the bound at once.
import { textOf } from "../../base/source.ts";
import { startsOutside } from "../../diagnostics/network.ts";
import { inUnit } from "../../quantities/unit.ts";
import type { CheckedAssignment, CheckedExperiment, CheckedExpr, CheckedSetting } from "../checked.ts";
import type { Say } from "../context.ts";
import { evaluateNumber, inForce } from "../evaluate.ts";

export function startsWithinBounds({ populations, projections, setup }: CheckedExperiment, say: Say): void {
  for (const { synapse, settings } of projections) ask([...synapse.onPre, ...synapse.onPost], settings, setup, say);
  for (const { neuron, settings } of populations)
    ask([...(neuron.reset ?? []), ...neuron.events.flatMap((e) => e.assignments)], settings, setup, say);
}

function ask(
  assignments: readonly CheckedAssignment[],
  settings: readonly CheckedSetting[],
  setup: CheckedExperiment["setup"],
  say: Say,
): void {
  const values = inForce({ settings }, setup);
  for (const { target, value } of settings) {
    if (value.kind !== "expression" || target.indices.length > 0) continue;
    const start = evaluateNumber(value.expression, values);
    if (start === null) continue;
    for (const assigned of assignments) {
      if (assigned.target.quantity.name !== target.quantity.name || assigned.target.end !== null) continue;
      const bounds = boundsOf(assigned.value);
      const [low, high] = bounds.map(({ at }) => evaluateNumber(at, values));
      // Bounds in the wrong order are told by themselves.
      if (bounds[0]?.sign === -1 && bounds[1]?.sign === 1 && low != null && high != null && low > high) continue;
      const found = bounds.find(({ at, sign }) => {
        const bound = evaluateNumber(at, values);
        return bound !== null && sign * (start - bound) > 1e-9 * Math.abs(bound);
      });
      if (found === undefined) continue;
      const { name, unit } = target.quantity;
      const bound = evaluateNumber(found.at, values) ?? 0;
      say(
        startsOutside(value.expression.origin, {
          name,
          value: textOf(value.expression.origin),
          clamp: textOf(assigned.value.origin),
          bound: textOf(found.at.origin),
          worth: `${Number(inUnit(bound, unit).toPrecision(6))}${unit.text === "1" ? "" : ` ${unit.text}`}`,
          isUpper: found.sign > 0,
        }),
      );
      break;
    }
  }
}

/** `clamp(x, low, high)`, `min(x, high)`, `max(x, low)`: above which (1) or below which (-1) nothing is let. */
function boundsOf(e: CheckedExpr): readonly { readonly at: CheckedExpr; readonly sign: number }[] {
  if (e.kind !== "call") return [];
  const [a, b, c] = e.arguments;
  if (e.function === "clamp" && b !== undefined && c !== undefined)
    return [
      { at: b, sign: -1 },
      { at: c, sign: 1 },
    ];
  if (e.function !== "min" && e.function !== "max") return [];
  return [a, b].flatMap((at) => (at === undefined ? [] : [{ at, sign: e.function === "min" ? 1 : -1 }]));
}
