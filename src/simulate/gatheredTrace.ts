// A trace for a figure, gathered while a run goes on: all samples, or of a long run the lowest and the highest of every so many.
import type { Trace } from "../figure/figure.ts";
import { timeOf } from "../runtime/clock.ts";
import type { TraceLog } from "../runtime/recording.ts";

export interface GatheredTrace {
  /** Takes the samples that are new in the log. */
  take(): void;
  trace(unnamed: boolean): Trace;
}

/** Samples that are kept one by one; a figure is a thousand pixels wide. */
const MOST_SAMPLES = 1 << 16;

/** Of a run of `steps` steps at most. */
export function gatheredTrace(log: TraceLog, steps: number, dt: number): GatheredTrace {
  const expected = Math.floor(steps / log.every) + 1;
  // Two samples for each stretch: an excursion of one sample stays as high as it was.
  const stretch = expected <= MOST_SAMPLES ? 1 : Math.ceil(expected / (MOST_SAMPLES / 2));
  const numbers = growing();
  const values = growing();
  let told = 0;
  let gap = false;
  // Numbers and values of the extremes of the stretch that is being taken; -1 where it has none yet.
  let [low, high, lowest, highest] = [-1, -1, NaN, NaN];
  const keep = (number: number, value: number): void => {
    numbers.push(number);
    values.push(value);
  };
  const closeStretch = (): void => {
    if (low < 0) return;
    if (low === high) keep(low, lowest);
    else if (low < high) {
      keep(low, lowest);
      keep(high, highest);
    } else {
      keep(high, highest);
      keep(low, lowest);
    }
    low = high = -1;
  };
  return {
    take() {
      const samples = log.values();
      for (; told < log.first + log.length; told++) {
        const value = samples[told - log.first] ?? NaN;
        if (stretch === 1) {
          keep(told, value);
          continue;
        }
        if (told % stretch === 0) closeStretch();
        if (!Number.isFinite(value)) {
          // A gap stays one, however long it is.
          closeStretch();
          if (!gap) keep(told, value);
          gap = true;
          continue;
        }
        gap = false;
        if (low < 0 || value < lowest) [low, lowest] = [told, value];
        if (high < 0 || value > highest) [high, highest] = [told, value];
      }
    },
    trace(unnamed) {
      closeStretch();
      const t = Float64Array.from(numbers.values(), (k) => timeOf(k * log.every, dt));
      return {
        name: log.variable,
        unit: log.unit,
        t,
        y: values.values(),
        ...(unnamed ? {} : { label: `${log.population}[${log.neuron}]` }),
      };
    },
  };
}

/** Numbers in an array that grows. */
export function growing(): { readonly length: number; push(value: number): void; values(): Float64Array } {
  let values = new Float64Array(256);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const longer = new Float64Array(2 * length);
        longer.set(values);
        values = longer;
      }
      values[length++] = value;
    },
    values: () => values.subarray(0, length),
  };
}
