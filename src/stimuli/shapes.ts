// Every shape of a stimulus that is a function of named parts: the language, the planner, the emitter and the comparison go by this table, the reference is held against it.
import { present } from "../base/invariant.ts";
import { PULSE } from "./pulse.ts";
import { PULSES } from "./pulses.ts";
import { RAMP } from "./ramp.ts";
import type { Shape, ShapeClock } from "./shape.ts";
import { SINE } from "./sine.ts";

/** In the order in which messages list them. */
export const SHAPES = { pulse: PULSE, pulses: PULSES, ramp: RAMP, sine: SINE } as const satisfies Readonly<
  Record<string, Shape>
>;

export type ShapeName = keyof typeof SHAPES;

export function shapeOf(name: ShapeName): Shape {
  return SHAPES[name];
}

/** A shape whose parts are given, those that are open left out. */
export interface NamedShape<V> {
  readonly shape: "named";
  readonly name: ShapeName;
  readonly parts: ReadonlyMap<string, V>;
}

/** Its parts that are values, times, …, in the order of the language. */
export function partsOfKind<V>({ name, parts }: NamedShape<V>, is: Shape["parts"][number]["is"]): readonly V[] {
  return shapeOf(name).parts.flatMap((p) => (p.is === is ? (parts.get(p.name) ?? []) : []));
}

/** Its value in the step that the clock shows; `read` makes of a part what the clock reckons with. */
export function shapeValue<P, V>({ name, parts }: NamedShape<P>, read: (part: P) => V, clock: ShapeClock<V>): V {
  const maybe = (wanted: string): V | null => {
    const given = parts.get(wanted);
    return given === undefined ? null : read(given);
  };
  return shapeOf(name).value({ maybe, part: (wanted) => present(maybe(wanted), `${wanted} of ${name}`) }, clock);
}

/** Shapes as numbers in step n, or at a time where there are no steps: `stepOf` gives where a time lies. `sin` is the runtime's where the bits matter. */
export function stepClock(
  n: number,
  { t, stepOf, sin }: Readonly<{ t: number; stepOf: (time: number) => number; sin: (angle: number) => number }>,
): ShapeClock<number> {
  return {
    number: (x) => x,
    plus: (a, b) => a + b,
    minus: (a, b) => a - b,
    times: (a, b) => a * b,
    sin,
    t,
    during: (from, to, value) => ((from === null || n >= stepOf(from)) && (to === null || n < stepOf(to)) ? value : 0),
    repeated(from, every, width, value) {
      const since = n - (from === null ? 0 : stepOf(from));
      return since % stepOf(every) < stepOf(width) ? value : 0;
    },
    along: (from, to, before, inside, after) => {
      const [begins, ends] = [stepOf(from), stepOf(to)];
      return n <= begins ? before : n >= ends ? after : inside((n - begins) / (ends - begins));
    },
  };
}
