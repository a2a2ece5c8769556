// Stimuli as numbers, step by step, and as few of them as say it all: for targets that take a current as a list of values.
import { shapeValue, stepClock } from "../stimuli/shapes.ts";
import type { InputPlan, StimulusShape } from "../4-plan/plan.ts";
import { symbolOf } from "../4-plan/symbols.ts";
import { elementary } from "../4-plan/elementary.ts";
import { stepsIn, timeOf } from "../runtime/clock.ts";
import { greatestCommonDivisor } from "../runtime/rational.ts";
import type { ExportPopulation, Place } from "./exported.ts";

/** Values from the beginning on, each for `every` steps; the last for ever. Of each neuron in turn, where they differ, rows first. Canonical, without noise. */
export interface Sampled {
  readonly every: number;
  /** How many each neuron has. */
  readonly count: number;
  readonly values: Float64Array;
}

/** More values than this are not written down. */
export const MOST_SAMPLES = 20_000_000;

/** `neurons` is 1 where all see the same. Null where there would be too many values. */
export function sampled(
  population: ExportPopulation,
  input: InputPlan,
  { steps, dt, neurons, own }: { steps: number; dt: number; neurons: number; own: (i: number) => Place["own"] },
): Sampled | null {
  if (steps * neurons > 10 * MOST_SAMPLES) return null;
  const count = Math.max(1, steps);
  const all = new Float64Array(count * neurons);
  for (let n = 0; n < count; n++) {
    const t = timeOf(n, dt);
    for (let i = 0; i < neurons; i++) {
      const ofNeuron = own(i);
      const place: Place = {
        i,
        t,
        own: (s) => {
          const symbol = symbolOf(s);
          if (symbol.kind === "noise") return 0;
          const shape = symbol.kind === "shape" ? input.shapes.find((x) => x.symbol === s) : undefined;
          return shape === undefined ? ofNeuron?.(s) : valueOf(shape, population, place, n, dt);
        },
      };
      all[n * neurons + i] = population.value(input.stimulus, place);
    }
  }
  return thinned(all, count, neurons);
}

function valueOf(shape: StimulusShape, population: ExportPopulation, place: Place, n: number, dt: number): number {
  const stepOf = (time: number): number => stepsIn(time, dt);
  if (shape.shape === "named")
    return shapeValue(
      shape,
      (part) => population.value(part, place),
      stepClock(n, { t: place.t ?? 0, stepOf, sin: elementary.sin }),
    );
  const isSamples = shape.shape === "samples";
  // Of a file with a column for each neuron those without one get 0.
  const samples = !isSamples
    ? []
    : shape.each === null
      ? shape.values
      : shape.each.columns[(place.i ?? 0) - shape.each.first];
  let value = 0;
  for (const [k, given] of shape.times.entries()) {
    const time = typeof given === "number" ? given : population.value(given, place);
    if (stepOf(time) > n) break;
    const of = isSamples ? samples?.[k] : shape.values[k];
    value = typeof of === "number" ? of : of === undefined ? 0 : population.value(of, place);
  }
  return value;
}

/** Every so many steps that nothing changes in between. */
function thinned(all: Float64Array, count: number, neurons: number): Sampled {
  let every = 0;
  for (let n = 1; n < count && every !== 1; n++)
    for (let i = 0; i < neurons; i++)
      if (all[n * neurons + i] !== all[(n - 1) * neurons + i]) {
        every = greatestCommonDivisor(every, n);
        break;
      }
  if (every === 0) return { every: 1, count: 1, values: all.slice(0, neurons) };
  const kept = Math.ceil(count / every);
  const values = new Float64Array(kept * neurons);
  for (let k = 0; k < kept; k++) values.set(all.subarray(k * every * neurons, (k * every + 1) * neurons), k * neurons);
  return { every, count: kept, values };
}
