// One exact step of many coupled states: a product of a matrix and a vector over what can be other than 0, in the order in which smaller kernels write it out.
import type { ExactStep } from "./flow.ts";

/** A matrix as modules write it: for each row the columns and the values of its entries, in turn. What is not written is 0 whatever the parameters are. */
export type WrittenRows = readonly (readonly number[])[];

export function matrixOf(rows: WrittenRows, columns: number): Float64Array {
  const matrix = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    for (let k = 0; k < row.length; k += 2) matrix[i * columns + row[k]!] = row[k + 1]!;
  });
  return matrix;
}

/** Σ value[k]·z[column[k]] over first[row] ≤ k < first[row + 1] is how a state changes. */
export interface StepRows {
  readonly first: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/**
 * The rows of D x + Q r + c + L η over z = (x, r, 1, η). `driving`: what r and 1, at `one` in z, drive. `shaken`: the states that the normal numbers η belong to, each of which moves those
 * from its own on. Of a state that only decays there is no row: its step is P x.
 */
export function exactRows(
  matrix: WrittenRows,
  driving: WrittenRows,
  { D, Q }: ExactStep,
  one: number,
  L: Float64Array | null = null,
  shaken: readonly number[] = [],
): StepRows {
  const n = matrix.length,
    influence = influenceOf(matrix);
  const first = new Int32Array(n + 1);
  const column: number[] = [],
    value: number[] = [];
  const add = (at: number, coefficient: number): void => {
    column.push(at);
    value.push(coefficient);
  };
  const response = new Float64Array(one + 1),
    driven = new Uint8Array(one + 1);
  for (let i = 0; i < n; i++) {
    const reached = (j: number): boolean => j === i || influence[i * n + j] === 1;
    response.fill(-0);
    driven.fill(0);
    driving.forEach((row, j) => {
      if (!reached(j)) return;
      for (let k = 0; k < row.length; k += 2) {
        response[n + row[k]!]! += Q[i * n + j]! * row[k + 1]!;
        driven[n + row[k]!] = 1;
      }
    });
    const noisy = shaken.indexOf(i) + 1;
    let coupled = noisy > 0 || driven.includes(1);
    for (let j = 0; j < n && !coupled; j++) coupled = j !== i && influence[i * n + j] === 1;
    if (coupled) {
      for (let j = 0; j < n; j++) if (influence[i * n + j] === 1) add(j, D[i * n + j]!);
      for (let k = n; k <= one; k++) if (driven[k] === 1) add(k, response[k]!);
      for (let k = 0; k < noisy; k++) add(one + 1 + k, L![i * n + shaken[k]!]!);
    }
    first[i + 1] = column.length;
  }
  return { first, column: Int32Array.from(column), value: Float64Array.from(value) };
}

/** moved = x + (Σ value·z), where z begins with x. */
export function stepRows({ first, column, value }: StepRows, z: Float64Array, moved: Float64Array): void {
  for (let row = 0; row < moved.length; row++) {
    // -0 + a is a, to the sign of a zero.
    let change = -0;
    for (let k = first[row]!; k < first[row + 1]!; k++) change += value[k]! * z[column[k]!]!;
    moved[row] = z[row]! + change;
  }
}

/** For steps of any length: in the rows of D and of Q, the places of what can be other than 0, and the columns there. */
export interface StepPaths {
  readonly first: Int32Array;
  readonly firstForce: Int32Array;
  readonly column: Int32Array;
}

/** `forced`: the states that something drives. */
export function exactPaths(matrix: WrittenRows, forced: readonly number[]): StepPaths {
  const n = matrix.length,
    influence = influenceOf(matrix);
  const first = new Int32Array(n + 1),
    firstForce = new Int32Array(n);
  const column: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (influence[i * n + j] === 1) column.push(j);
    firstForce[i] = column.length;
    for (const j of forced) if (j === i || influence[i * n + j] === 1) column.push(j);
    first[i + 1] = column.length;
  }
  return { first, firstForce, column: Int32Array.from(column) };
}

/** moved = x + (D x + Q r) */
export function stepAlong(
  { first, firstForce, column }: StepPaths,
  { D, Q }: ExactStep,
  x: Float64Array,
  r: Float64Array,
  moved: Float64Array,
): void {
  const n = moved.length;
  for (let row = 0; row < n; row++) {
    let change = -0;
    let k = first[row]!;
    for (; k < firstForce[row]!; k++) change += D[row * n + column[k]!]! * x[column[k]!]!;
    for (; k < first[row + 1]!; k++) change += Q[row * n + column[k]!]! * r[column[k]!]!;
    moved[row] = x[row]! + change;
  }
}

/** [i, j]: whether a path along the written entries leads from state i to what it depends on, state j. */
function influenceOf(matrix: WrittenRows): Uint8Array {
  const n = matrix.length;
  const influence = new Uint8Array(n * n);
  const open: number[] = [];
  for (let i = 0; i < n; i++) {
    open.push(i);
    for (let j = open.pop(); j !== undefined; j = open.pop()) {
      const row = matrix[j]!;
      for (let k = 0; k < row.length; k += 2) {
        if (influence[i * n + row[k]!] === 1) continue;
        influence[i * n + row[k]!] = 1;
        open.push(row[k]!);
      }
    }
  }
  return influence;
}
