// What neurons were in the steps before: connections with a delay read it, a row of values for each step.
import { doubles } from "./connectMemory.ts";
import type { Connections } from "./connectivity.ts";
import { LOOK_EVERY } from "./clock.ts";

/** A variable of a population, by name, and its past: rows of as many values as it has. */
export interface KeptVariable {
  readonly population: string;
  readonly array: string;
  readonly past: Float64Array;
}

/** Bytes of the past of `values` numbers that is read up to `longest` steps later. */
export function bytesOfPast(values: number, longest: number): number {
  return 8 * values * (longest + 2 + LOOK_EVERY);
}

/** Steps for which rows are kept. So many more than the longest delay that going back to the last save finds all that it needs: nothing of it is saved. */
export function rowsKept({ delays }: Pick<Connections, "delays">): number {
  return (delays.at(-1) ?? 0) + 1 + LOOK_EVERY;
}

/** The row of step n; those before the run are one, behind all others. */
export function pastRow(n: number, connections: Pick<Connections, "delays">): number {
  const rows = rowsKept(connections);
  return n < 0 ? rows : n % rows;
}

/** Room for the past of a variable as connections read it. */
export function pastOf(values: Float64Array, connections: Connections): Float64Array {
  return doubles(values.length * (rowsKept(connections) + 1), "what connections read late");
}

/** Keeps the values of a variable as those of step n; -1 is before the run. */
export function keepValues(values: Float64Array, past: Float64Array, n: number, connections: Connections): void {
  past.set(values, pastRow(n, connections) * values.length);
}
