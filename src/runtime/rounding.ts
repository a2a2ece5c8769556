// Times of a model that a simulation takes to whole steps: what that changes is told, as the compiler tells it for the step that it knows.
import { isMultiple, plainTime, stepsIn } from "./clock.ts";
import { UsageError } from "./usageError.ts";

/** A time that somebody wrote, with its value in this simulation. */
export interface ModelTime {
  /** `the delay of "exc"` */
  readonly what: string;
  /** ms: one for all, a list of further ones of the kind, or one for each neuron. */
  readonly times: ArrayLike<number> | ((i: number) => number);
  /** Whether it is rounded to the step. */
  readonly rounded: boolean;
  /** A period: it cannot be negative. */
  readonly lasts: boolean;
}

/** What is rounded to another value, a sentence a time of the model. @throws UsageError for a period that is negative */
export function roundings(times: readonly ModelTime[], size: number, dt: number): string[] {
  return times.flatMap((time) => roundingOf(time, size, dt));
}

function roundingOf(time: ModelTime, size: number, dt: number): string[] {
  const { times } = time;
  if (!(times instanceof Float64Array)) return lookedAt(time, size, dt);
  let known = roundedTables.get(times);
  if (known?.dt !== dt || known.what !== time.what)
    roundedTables.set(times, (known = { dt, what: time.what, told: lookedAt(time, size, dt) }));
  return known.told;
}

/** A table may be as long as a recording, and does not change: it is looked at once. */
const roundedTables = new WeakMap<
  Float64Array,
  { readonly dt: number; readonly what: string; readonly told: string[] }
>();

function lookedAt({ what, times, rounded, lasts }: ModelTime, size: number, dt: number): string[] {
  const count = typeof times === "function" ? size : times.length;
  let first = "";
  let more = 0;
  for (let i = 0; i < count; i++) {
    const time = typeof times === "function" ? times(i) : (times[i] as number);
    const whose = typeof times === "function" ? `${what}, neuron ${i}` : what;
    if (lasts && time < 0)
      throw new UsageError(
        `${whose} is negative: ${plainTime(time)} ms${whose === what ? "" : "; draws can be kept above 0 with `min: 0 ms`"}`,
      );
    if (!rounded || !(time >= 0 && time < Infinity) || isMultiple(time, dt)) continue;
    if (first === "")
      first = `${whose}, ${plainTime(time)} ms, is not a multiple of the step, ${plainTime(dt)} ms: it is rounded to ${plainTime(stepsIn(time, dt) * dt)} ms`;
    else more++;
  }
  return first === "" ? [] : [more === 0 ? first : `${first}, and so ${more === 1 ? "is 1" : `are ${more}`} more`];
}
