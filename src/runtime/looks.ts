// How values are looked at while a simulation runs: what can be recorded, whether all are finite, what is said of them.
import type { Observable, PopulationKernel } from "./kernel.ts";
import { UsageError } from "./usageError.ts";

/** @throws UsageError for a name that is not there */
export function observableOf(kernel: PopulationKernel, variable: string): Observable {
  const observable = kernel.observables.find((o) => o.name === variable);
  if (observable === undefined)
    throw new UsageError(
      `population '${kernel.name}' has nothing named '${variable}' to record; there are ${kernel.observables.map((o) => o.name).join(", ")}`,
    );
  return observable;
}

/** The first element that is no finite number; -1 where all are. */
export function indexOfNonFinite(values: Float64Array | Float32Array): number {
  // x·0 is 0 for finite x and NaN for all others, and a sum keeps a NaN.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) * 0;
  return sum === 0 ? -1 : values.findIndex((x) => !Number.isFinite(x));
}

/** What is told where a reset has left the spike condition of neuron i true, which people know as number `shown`. */
export function stillTrueText({ name, states }: PopulationKernel, i: number, shown: number, time: number): string {
  const values = states.map((s) => `${s.name} = ${withUnit(s.values[i] ?? NaN, s.unit)}`).join(", ");
  return `the reset of ${name}[${shown}] at t = ${time} ms left its spike condition true: ${values}`;
}

/** A pure number stands alone. */
export function withUnit(value: number, unit: string): string {
  return unit === "1" ? String(value) : `${value} ${unit}`;
}
