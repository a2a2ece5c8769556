// Values from a table: samples of a recorded stimulus, and parameters given one a neuron.

import { stepsIn } from "./clock.ts";
import { UsageError } from "./usageError.ts";

/** The last of `values` whose time, rounded to steps, is not after step n; 0 before the first. Times (ms) ascend. */
export function sampleAt(times: Float64Array, values: Float64Array, n: number, dt: number): number {
  return valueAt(values, begunIn(times, n, dt));
}

/** How many of the ascending times (ms) of a table, rounded to steps, are not after step n. */
export function begunIn(times: Float64Array, n: number, dt: number): number {
  let table = tables.get(times);
  if (table?.dt !== dt) tables.set(times, (table = { dt, steps: times.map((t) => stepsIn(t, dt)), begun: 0 }));
  const { steps } = table;
  let { begun } = table;
  // Steps are taken one after the other: the next entry is near the last, else it is looked for.
  if (begun < steps.length && (steps[begun] as number) <= n) begun++;
  const isThere =
    (begun === 0 || (steps[begun - 1] as number) <= n) && (begun === steps.length || (steps[begun] as number) > n);
  if (!isThere) begun = begunAt(times, n, dt);
  table.begun = begun;
  return begun;
}

/** Times in steps, and how many of them had begun when it was last asked. A table does not change. */
const tables = new WeakMap<Float64Array, { readonly dt: number; readonly steps: Float64Array; begun: number }>();

/** How many of the ascending times (ms), rounded to steps, are not after step n. */
export function begunAt(times: Float64Array, n: number, dt: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stepsIn(times[middle] as number, dt) <= n) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same where neurons have times of their own (ms), in any order: the place, counted from 1, of the last entry that has begun for neuron i. */
export function begunFor(times: readonly ((i: number) => number)[], i: number, n: number, dt: number): number {
  let k = times.length;
  while (k > 0 && stepsIn((times[k - 1] as (i: number) => number)(i), dt) > n) k--;
  return k;
}

/** The last of the first `begun` values, 0 where there is none. */
export function valueAt(values: Float64Array, begun: number): number {
  return begun === 0 ? 0 : (values[begun - 1] as number);
}

/** The same of a table with a row of `count` values for each time: the one in place k of the row, 0 where there is none. */
export function valueInRow(rows: Float64Array, begun: number, count: number, k: number): number {
  return begun === 0 || k < 0 || k >= count ? 0 : (rows[(begun - 1) * count + k] as number);
}

/** The same of neuron i. */
export function valueFor(values: readonly ((i: number) => number)[], begun: number, i: number): number {
  return begun === 0 ? 0 : (values[begun - 1] as (i: number) => number)(i);
}

/** Times (ms) that follow from settings, made to ascend: an entry that begins before its predecessors replaces them, so that they begin no more. */
export function overtake(times: Float64Array): void {
  for (let k = times.length - 2; k >= 0; k--) times[k] = Math.min(times[k] as number, times[k + 1] as number);
}

/** A property of the object's own; what it inherits (`constructor`, `__proto__`) was not given. */
export function ownValue<T extends object, K extends keyof T>(
  given: T,
  name: K,
): Exclude<T[K], object["constructor"]> | undefined {
  return Object.hasOwn(given, name) ? (given[name] as Exclude<T[K], object["constructor"]>) : undefined;
}

/** @throws UsageError where a parameter of the set-up that decided times or slices when the module was written is given another value. */
export function decided(name: string, value: number, planned: number): void {
  if (Math.abs(value - planned) <= 1e-12 * Math.abs(planned)) return;
  throw new UsageError(
    `\`${name}\` is ${planned} in this module, which has the times or slices that follow from it, and cannot be set to ${value} here: compile it with that value, \`--set "${name}=…"\` or, in a program, \`compile(source, host, name, ["${name} = …"])\``,
  );
}

/** @throws UsageError where a list has a value for another number of neurons than a population is created with. */
export function demandOneEach(listed: number, size: number, population: string): void {
  if (listed === size) return;
  throw new UsageError(
    `\`${population}\` has ${size} neurons here, and a list or file in its settings has values for ${listed}: give it as many, or leave the size as it is`,
  );
}

/** Element i of what was given: a number for all, one a neuron, or nothing. */
export function elementOf(given: number | ArrayLike<number> | undefined, i: number): number | undefined {
  if (typeof given !== "object") return given;
  if (i >= given.length)
    throw new UsageError(`a list of ${given.length} values was given for a parameter, and there is a neuron ${i}`);
  return given[i];
}
