// A state as it was some time ago, `x(t - T)`, T rounded to steps: of each step the values and slopes at both ends are kept, and the step that is due is gone through once more as a cubic.
import { LOOK_EVERY, stepsIn } from "./clock.ts";
import { UsageError } from "./usageError.ts";

/** What a delay line keeps and where it puts it. */
export interface Delayed {
  /** As written: `x(t - T)`; of which population. */
  readonly text: string;
  readonly population: string;
  readonly size: number;
  /** x of each neuron. */
  readonly values: Float64Array;
  readonly dt: number;
  /** T of neuron i (ms). */
  readonly delay: (i: number) => number;
  /** x(t - T), its first and second derivative at the beginning of the step, and the third, which stays. */
  readonly into: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  /** How fast x of neuron i moves as things stand at time t (per ms), free or refractory; absent where noise moves it, and a step is a straight line. */
  readonly slope?: (i: number, t: number) => number;
  readonly heldSlope?: (i: number, t: number) => number;
}

export interface DelayLine {
  /** Puts in what belongs to step n. Before the run x has its initial value. */
  recall(n: number): void;
  /** Keeps what x of neurons low .. high - 1 is at the beginning of step n, at t_n, and what it is at its end, before anything happens there. `isHeld`: refractory in this step. */
  begin(n: number, t: number, low: number, high: number, isHeld: (i: number) => boolean): void;
  end(n: number, t: number, low: number, high: number, isHeld: (i: number) => boolean): void;
  /** These neurons have spiked at the end of step n: an upstroke that was cut there has no slope, and the step is a straight line. */
  straighten(n: number, neurons: Int32Array, count: number): void;
}

export function delayLine({ text, population, size, values, dt, delay, into, slope, heldSlope }: Delayed): DelayLine {
  const delays = new Int32Array(size);
  let longest = 1;
  for (let i = 0; i < size; i++) {
    const time = delay(i);
    const steps = time > 0 && time < Infinity ? stepsIn(time, dt) : 0;
    if (!(steps >= 1 && steps <= MOST_STEPS_BACK))
      throw new UsageError(
        `\`${text}\` of ${population}[${i}] lies ${time} ms back: it is a step before now at least, ${dt} ms, and at most ${MOST_STEPS_BACK} steps`,
      );
    delays[i] = steps;
    longest = Math.max(longest, steps);
  }
  // So many rows more than needed that going back to the last save finds all that it needs: nothing of it is saved.
  const rows = longest + 1 + LOOK_EVERY;
  const room = (): Float64Array => new Float64Array(rows * size);
  const [starts, ends, startSlopes, endSlopes] = [room(), room(), room(), room()];
  const first = values.slice();
  const [now, rate, curve, third] = into;

  const keep = (
    [kept, slopes]: readonly [Float64Array, Float64Array],
    n: number,
    t: number,
    low: number,
    high: number,
    isHeld: (i: number) => boolean,
  ): void => {
    const row = (n % rows) * size;
    for (let i = low; i < high; i++) {
      kept[row + i] = values[i] as number;
      const by = isHeld(i) ? heldSlope : slope;
      slopes[row + i] = by === undefined ? NaN : by(i, t);
    }
  };
  return {
    recall(n) {
      if (n === 0) first.set(values);
      for (let i = 0; i < size; i++) {
        const m = n - (delays[i] as number);
        if (m < 0) {
          now[i] = first[i] as number;
          rate[i] = curve[i] = third[i] = 0;
          continue;
        }
        const at = (m % rows) * size + i;
        const a = starts[at] as number,
          p = startSlopes[at] as number,
          q = endSlopes[at] as number;
        const mean = ((ends[at] as number) - a) / dt;
        const bends = Number.isFinite(p) && Number.isFinite(q);
        now[i] = a;
        rate[i] = bends ? p : mean;
        curve[i] = bends ? (2 * (3 * mean - (2 * p + q))) / dt : 0;
        third[i] = bends ? (6 * (p + q - 2 * mean)) / (dt * dt) : 0;
      }
    },
    begin: (n, t, low, high, isHeld) => keep([starts, startSlopes], n, t, low, high, isHeld),
    end: (n, t, low, high, isHeld) => keep([ends, endSlopes], n, t, low, high, isHeld),
    straighten(n, neurons, count) {
      for (let k = 0; k < count; k++) endSlopes[(n % rows) * size + (neurons[k] as number)] = NaN;
    },
  };
}

/** Bytes of the past of one state of `size` neurons, read up to `longest` steps later. */
export function bytesOfDelayLine(size: number, longest: number): number {
  return 8 * size * (4 * (longest + 1 + LOOK_EVERY) + 1);
}

const MOST_STEPS_BACK = 2147483647;
