// What a plan draws from distributions: each quantity with the key of its random stream, so that a draw that cannot be made is told by name, unit and place.
import type { Span } from "../base/source.ts";
import type { ConnectionValue, SimulationPlan } from "./plan.ts";

export interface DrawnQuantity {
  /** That of the stream: `E/V`, `exc E->I.w`. */
  readonly key: string;
  /** "`V` of `E`" */
  readonly words: string;
  /** Canonical; empty for a pure number. */
  readonly unit: string;
  /** The distribution. */
  readonly origin: Span;
}

export function drawnQuantities({ populations, projections }: SimulationPlan): readonly DrawnQuantity[] {
  const drawn = (key: string, name: string, of: string, unit: string, value: ConnectionValue): DrawnQuantity[] =>
    value.kind === "draw"
      ? [{ key, words: `\`${name}\` of \`${of}\``, unit: unit === "1" ? "" : unit, origin: value.origin }]
      : [];
  return [
    ...populations.flatMap((p) => [
      ...p.parameters.flatMap(({ name, unit, value }) => drawn(`${p.drawnAs}/${name}`, name, p.name, unit, value)),
      ...p.states.flatMap(({ name, unit, initial }) => drawn(`${p.drawnAs}/${name}`, name, p.name, unit, initial)),
    ]),
    ...projections.flatMap((p) => [
      // On the grid a delay is drawn from the stream of the connections themselves.
      ...[`${p.name}/delay`, p.name].flatMap((key) => drawn(key, "delay", p.connection, "ms", p.delay)),
      ...p.values.flatMap(({ name, unit, value }) => drawn(`${p.name}.${name}`, name, p.connection, unit, value)),
    ]),
  ];
}
