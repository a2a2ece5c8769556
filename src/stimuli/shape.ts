// What a shape of a stimulus is: a function of the time with named parts, written once and read as code, as a number and as an expression.

export interface ShapePart {
  readonly name: string;
  /** `value` is in the unit of what is driven, and the shape is proportional to it; a `time` is rounded to steps, and so is a `period`, which comes to one at least. */
  readonly is: "value" | "time" | "period" | "frequency" | "number";
  /** `open`: the shape does without it; a number: what it is then. */
  readonly otherwise: "needed" | "open" | number;
  /** What other tools call it. */
  readonly also: readonly string[];
}

/** The time as a shape sees it, whose value in the step that begins at `t` is wanted, and the arithmetic of what it is made of. */
export interface ShapeClock<V> {
  number(value: number): V;
  plus(a: V, b: V): V;
  minus(a: V, b: V): V;
  times(a: V, b: V): V;
  sin(angle: V): V;
  /** ms */
  readonly t: V;
  /** `value` from the step that `from` is rounded to until the one of `to`, else 0; null is open. */
  during(from: V | null, to: V | null, value: V): V;
  /** `value` in the first steps of each `every`, so many as `width` is, counted from the step of `from` (null: from the first), else 0. */
  repeated(from: V | null, every: V, width: V, value: V): V;
  /** `before` up to the step of `from`, `after` from that of `to` on; between them `inside` of the share of the steps that have gone. */
  along(from: V, to: V, before: V, inside: (share: V) => V, after: V): V;
}

export interface ShapeParts<V> {
  part(name: string): V;
  /** Null where it is open. */
  maybe(name: string): V | null;
}

export interface Shape {
  /** As it is written, for messages. */
  readonly usage: string;
  /** In the order in which they may be given without names. */
  readonly parts: readonly ShapePart[];
  /** It changes between its times, too. */
  readonly smooth: boolean;
  value<V>(parts: ShapeParts<V>, clock: ShapeClock<V>): V;
}

const part = (
  name: string,
  is: ShapePart["is"],
  otherwise: ShapePart["otherwise"],
  also: readonly string[] = [],
): ShapePart => ({ name, is, otherwise, also });

export const value = (name: string, also: readonly string[] = []): ShapePart => part(name, "value", "needed", also);
export const frequency = (name: string, also: readonly string[] = []): ShapePart =>
  part(name, "frequency", "needed", also);
export const time = (name: string, also: readonly string[] = []): ShapePart => part(name, "time", "needed", also);
export const period = (name: string, also: readonly string[] = []): ShapePart => part(name, "period", "needed", also);
export const plainNumber = (name: string, otherwise: ShapePart["otherwise"]): ShapePart =>
  part(name, "number", otherwise);

/** When it begins and ends. */
export const span = (otherwise: "needed" | "open"): readonly ShapePart[] => [
  part("from", "time", otherwise, ["start", "onset", "begin", "t_start"]),
  part("to", "time", otherwise, ["stop", "end", "until", "t_stop"]),
];
